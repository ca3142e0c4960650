"""Mutants of dictionaries and streams: any key with any value seen anywhere, or that ISO 32000-1 knows."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.submission.fuzzing.pdf_words import KEYS, VALUES

Part = tuple[Any, str | int]
"""What holds a value, and where."""


class Bends:
    """Changes objects of one document by chance."""

    def __init__(
        self, document: pikepdf.Pdf, starts: list[Any], rng: random.Random, pool: dict[str, list[str]]
    ) -> None:
        self._document = document
        self._rng = rng
        self._pool = pool
        self._holders = list(_holders(starts))

    def _holder(self) -> Any:
        """One kind of dictionary as likely as another, however many of it there are."""
        kinds: dict[str, list[Any]] = {}
        for one in self._holders:
            kinds.setdefault(kind_of(one), []).append(one)
        return self._rng.choice(kinds[self._rng.choice(sorted(kinds))])

    def value(self, key: str) -> Any:
        """One that the key had somewhere, one of another key, one of the specification, another object."""
        rng = self._rng
        way = rng.random()
        seen = self._pool.get(key)
        if seen and way < 0.35:
            return parsed(rng.choice(seen))
        if way < 0.75:
            return parsed(rng.choice(VALUES))
        if way < 0.88:
            return parsed(rng.choice(self._pool[rng.choice(sorted(self._pool))]))
        return self._led(rng.choice(self._holders))

    def _led(self, value: Any) -> Any:
        """By a reference, so that nothing holds itself: what has no end is never written."""
        plain = not isinstance(value, (Array, Dictionary, pikepdf.Stream)) or value.is_indirect
        return value if plain else self._document.make_indirect(value)

    def mutate(self) -> str:
        """One change; what it was."""
        rng = self._rng
        holder = self._holder()
        keys = sorted(set(holder.keys()) - {"/Length"})
        if isinstance(holder, pikepdf.Stream) and rng.random() < 0.3:
            return f"{kind_of(holder)} {self._stream(holder)}"
        way = rng.choice(("other", "other", "new", "new", "new", "off", "deep", "exchange", "led to", "copy"))
        key = rng.choice(keys) if keys and way != "new" else "/" + rng.choice(KEYS)
        match way:
            case "other" | "new":
                holder[key] = self.value(key)
            case "off":
                if key in holder:
                    del holder[key]
            case "deep":
                self._deep(holder, key)
            case "exchange":
                other = self._holder()
                if key in holder and key in other:
                    holder[key], other[key] = self._led(other[key]), self._led(holder[key])
            case "led to":
                self._led_to(holder, key)
            case _:
                self._copy(holder)
        return f"{kind_of(holder)} {key} {way}"

    def _deep(self, holder: Any, key: str) -> None:
        """A number or a name within an array or dictionary below."""
        rng = self._rng
        value = holder.get(key)
        if isinstance(value, Array) and len(value):
            at = rng.randrange(len(value))
            way = rng.randrange(4)
            if way == 0:
                del value[at]
            elif way == 1:
                value.append(parsed(rng.choice(VALUES[:20])))
            else:
                value[at] = parsed(
                    rng.choice((*VALUES[:20], "0.3", "595", "842", "20000", "-20000", "1000000"))
                )
        elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            holder[key] = value + rng.choice((1, -1, 10, 100, -100, 1000))
        elif isinstance(value, (Dictionary, pikepdf.Stream)) and key not in {"/P", "/Parent"}:
            # what leads back up is no part of what is bent
            inner = rng.choice(sorted(set(value.keys())) or ["/X"])
            value[inner] = self.value(inner)

    def _led_to(self, holder: Any, key: str) -> None:
        value = holder.get(key)
        if not isinstance(value, pikepdf.Object):
            holder[key] = self._document.make_indirect(
                parsed(str(value).lower()) if value is not None else Array([])
            )
        elif value.is_indirect and isinstance(value, Dictionary) and "/Parent" not in value:
            holder[key] = Dictionary({one: value[one] for one in set(value.keys())})
        else:
            holder[key] = self._document.make_indirect(value)

    def _copy(self, holder: Any) -> None:
        """All that another of its kind has, or an inherited attribute from or to the node above."""
        page = self._document.pages[0].obj
        above = page.get("/Parent")
        key = self._rng.choice(("/Resources", "/MediaBox", "/CropBox", "/Rotate"))
        if above is not None and self._rng.random() < 0.5:
            if key in page:
                above[key] = self._led(page[key])
                if self._rng.random() < 0.5:
                    del page[key]
            return
        other = self._holder()
        for one in set(other.keys()) - {"/Length", "/Filter", "/DecodeParms", "/Parent", "/Kids"}:
            if self._rng.random() < 0.5:
                holder[one] = self._led(other[one])

    def _stream(self, stream: Any) -> str:
        """How it is packed, or what it holds."""
        rng = self._rng
        raw = stream.read_raw_bytes()
        try:
            data = stream.read_bytes()
        except pikepdf.PdfError:
            data = raw
        way = rng.choice(sorted(PACKINGS))
        if way in {"bytes", "cut", "more"}:
            changed = bytearray(data)
            if way == "bytes" and changed:
                for _ in range(rng.choice((1, 1, 2, 8))):
                    changed[rng.randrange(len(changed))] = rng.randrange(256)
            elif way == "cut":
                del changed[rng.randrange(len(changed) + 1) :]
            else:
                changed += rng.randbytes(rng.choice((1, 20, 3000)))
            if stream.get("/Filter") == "/FlateDecode" and data is not raw:
                stream.write(zlib.compress(bytes(changed)), filter=Name.FlateDecode)
            else:
                kept = stream.get("/Filter")
                stream.write(bytes(changed), filter=kept)
            return way
        packed, names, parameters = PACKINGS[way](data if way != "raw bytes" else raw)
        stream.write(
            packed,
            filter=parsed(names) if names else None,
            decode_parms=parsed(parameters) if parameters else None,
        )
        return way


def parsed(text: str) -> Any:
    return pikepdf.Object.parse(text.encode("latin-1", "replace"))


def _runs(data: bytes) -> bytes:
    return (
        b"".join(
            bytes([len(data[at : at + 128]) - 1]) + data[at : at + 128] for at in range(0, len(data), 128)
        )
        + b"\x80"
    )


def _eighty_five(data: bytes) -> bytes:
    import base64

    return base64.a85encode(data) + b"~>"


def _nothing(data: bytes) -> tuple[bytes, str, str]:
    return data, "", ""


def _flate(data: bytes) -> bytes:
    return zlib.compress(data, 1)


def _in_two(data: bytes) -> bytes:
    half = len(data) // 2
    return _flate(data[:half]) + _flate(data[half:])


PACKINGS: dict[str, Callable[[bytes], tuple[bytes, str, str]]] = {
    "plain": _nothing,
    "flate": lambda data: (_flate(data), "/FlateDecode", ""),
    "flate in a list": lambda data: (_flate(data), "[/FlateDecode]", ""),
    "flate, more behind": lambda data: (_flate(data) + b"Q q 0 0 400 400 re f", "/FlateDecode", ""),
    "flate, cut off": lambda data: (_flate(data)[:-5], "/FlateDecode", ""),
    "flate, two": lambda data: (_in_two(data), "/FlateDecode", ""),
    "flate twice": lambda data: (_flate(_flate(data)), "[/FlateDecode /FlateDecode]", ""),
    "hex": lambda data: (data.hex().encode() + b">", "/ASCIIHexDecode", ""),
    "hex, no end": lambda data: (data.hex().encode(), "/ASCIIHexDecode", ""),
    "hex of flate": lambda data: (_flate(data).hex().encode() + b">", "[/ASCIIHexDecode /FlateDecode]", ""),
    "85": lambda data: (_eighty_five(data), "/ASCII85Decode", ""),
    "85 of flate": lambda data: (_eighty_five(_flate(data)), "[/ASCII85Decode /FlateDecode]", ""),
    "85, a tab": lambda data: (_eighty_five(data).replace(b"a", b"a\x0b", 1), "/ASCII85Decode", ""),
    "runs": lambda data: (_runs(data), "/RunLengthDecode", ""),
    "short names": lambda data: (_flate(data), "/Fl", ""),
    "no predictor": lambda data: (_flate(data), "/FlateDecode", "<< /Predictor 1 >>"),
    "predictor": lambda data: (_flate(data), "/FlateDecode", "<< /Predictor 15 /Columns 4 >>"),
    "tiff": lambda data: (_flate(data), "/FlateDecode", "<< /Predictor 2 /Columns 4 >>"),
    "said wrong": lambda data: (data, "/FlateDecode", ""),
    "raw bytes": lambda data: (data, "/LZWDecode", ""),
    "identity": lambda data: (_flate(data), "[/Crypt /FlateDecode]", "[<< /Name /Identity >> null]"),
    "bytes": _nothing,
    "cut": _nothing,
    "more": _nothing,
}


def kind_of(one: Any) -> str:
    kind = " ".join(str(one[key]) for key in ("/Type", "/Subtype") if isinstance(one.get(key), Name))
    kind = kind or ",".join(sorted(set(one.keys()))[:3])
    return f"stream {kind}" if isinstance(one, pikepdf.Stream) else kind


def _holders(starts: list[Any]) -> Iterator[Any]:
    """Every dictionary and stream that these lead to."""
    waiting, seen = list(starts), set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Object) and one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if isinstance(one, Array):
            waiting += [one[at] for at in range(len(one))]
        elif isinstance(one, (Dictionary, pikepdf.Stream)):
            yield one
            waiting += [one[key] for key in sorted(set(one.keys()) - {"/Parent", "/P"})]


def pool(documents: list[bytes]) -> dict[str, list[str]]:
    """Every value that stands by itself, by key."""
    import io

    found: dict[str, dict[str, None]] = {}
    for data in documents:
        with pikepdf.open(io.BytesIO(data)) as document:
            for one in _holders([document.trailer, *document.objects]):
                for key in sorted(set(one.keys())):
                    value = one[key]
                    text = (
                        value.unparse().decode("latin-1")
                        if isinstance(value, pikepdf.Object)
                        else str(value).lower()
                    )
                    if len(text) < 200 and " R" not in text and "\0" not in text:
                        found.setdefault(key, {})[text] = None
    return {key: list(texts) for key, texts in found.items()}
