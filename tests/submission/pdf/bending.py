"""Every dictionary and every entry of a sealed document, bent in each way that a forger can think of.

``python -m tests.submission.pdf.bending FILE...`` bends all of them and tells what nobody noticed.
"""

from __future__ import annotations

import io
import random
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.pdf.profile import PACKED, TRAILER, beyond_profile
from desktop.submission.pdf.shape import Walk

Way = tuple[str | int, ...]
"""From an object to a value within it."""
Bend = Callable[[pikepdf.Pdf, Any, str | int], None]
"""Changes an entry of what holds it."""


@dataclass(frozen=True)
class Place:
    """An entry of an object."""

    number: int
    """0 is the trailer."""
    way: Way
    kind: str = ""

    def __str__(self) -> str:
        return " ".join(str(one) for one in (self.kind, *self.way))


def packed(document: pikepdf.Pdf, data: bytes) -> Any:
    return document.make_stream(zlib.compress(data), Filter=Name.FlateDecode)


def put(make: Callable[[pikepdf.Pdf], Any]) -> Bend:
    def bend(document: pikepdf.Pdf, holder: Any, key: str | int) -> None:
        holder[key] = make(document)

    return bend


def without(_: pikepdf.Pdf, holder: Any, key: str | int) -> None:
    del holder[key]


def nudge(_: pikepdf.Pdf, holder: Any, key: str | int) -> None:
    """A little more, or another letter."""
    value = holder[key]
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, String, Name, pikepdf.Stream)):
        raise Unbent
    if isinstance(value, (int, Decimal)):
        holder[key] = value + 1
    elif isinstance(value, String):
        held = bytes(value)
        holder[key] = String(held[:-1] + bytes([(held[-1] if held else 0) ^ 1]))
    elif isinstance(value, Name):
        holder[key] = Name(str(value) + "x")
    else:
        data = value.read_bytes()
        changed = data[:-1] + bytes([(data[-1] if data else 0) ^ 1])
        if value.get("/Filter") == "/FlateDecode":
            value.write(zlib.compress(changed), filter=Name.FlateDecode)
        else:
            value.write(changed)


def as_other_type(document: pikepdf.Pdf, holder: Any, key: str | int) -> None:
    """The same letters or number as another type."""
    value = holder[key]
    if isinstance(value, Name):
        holder[key] = String(str(value))
    elif isinstance(value, String):
        text = str(value)
        if not text or not text.isascii() or not text.isalnum():
            raise Unbent
        holder[key] = Name("/" + text)
    elif isinstance(value, bool):
        holder[key] = int(value)
    elif isinstance(value, int):
        holder[key] = Decimal(f"{value}.5")
    elif isinstance(value, pikepdf.Stream):
        holder[key] = Dictionary({each: value[each] for each in set(value.keys()) - {"/Length", "/Filter"}})
    elif isinstance(value, Dictionary):
        if "/Parent" in value or "/Kids" in value:
            raise Unbent
        stream = document.make_stream(b"")
        for each in set(value.keys()):
            stream[each] = value[each]
        holder[key] = stream
    else:
        holder[key] = Array([value])


def led_to(document: pikepdf.Pdf, holder: Any, key: str | int) -> None:
    """By a reference where it stands itself, or the other way round."""
    value = holder[key]
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if isinstance(value, pikepdf.Stream):
            raise Unbent
        if isinstance(value, Dictionary):
            if "/Kids" in value or "/Parent" in value or "/P" in value:
                raise Unbent
            holder[key] = Dictionary({each: value[each] for each in set(value.keys())})
        else:
            holder[key] = Array(list(value))
    else:
        holder[key] = document.make_indirect(
            value if isinstance(value, pikepdf.Object) else pikepdf.Object.parse(str(value).lower().encode())
        )


def twin(document: pikepdf.Pdf, holder: Any, key: str | int) -> None:
    """A copy of an object, of which only one is led to from elsewhere."""
    value = holder[key]
    if not isinstance(value, pikepdf.Object) or not value.is_indirect or isinstance(value, pikepdf.Stream):
        raise Unbent
    if isinstance(value, Array):
        raise Unbent
    holder[key] = document.make_indirect(Dictionary({each: value[each] for each in set(value.keys())}))


def more(name: str, make: Callable[[pikepdf.Pdf], Any]) -> Bend:
    def bend(document: pikepdf.Pdf, holder: Any, key: str | int) -> None:
        value = holder[key]
        if not isinstance(value, (Dictionary, pikepdf.Stream)) or name in value:
            raise Unbent
        value[name] = make(document)

    return bend


def longer(_: pikepdf.Pdf, holder: Any, key: str | int) -> None:
    value = holder[key]
    if not isinstance(value, Array) or not len(value):
        raise Unbent
    value.append(value[len(value) - 1])


def shorter(_: pikepdf.Pdf, holder: Any, key: str | int) -> None:
    value = holder[key]
    if not isinstance(value, Array) or not len(value):
        raise Unbent
    del value[len(value) - 1]


AS_IT_IS: dict[str, Any] = {
    "deterministic_id": True,
    "preserve_pdfa": True,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
}
"""Written as our writer writes, with every stream packed as it is."""


class Unbent(Exception):
    """This way of bending has no meaning here."""


BENDS: dict[str, Bend] = {
    "left out": without,
    "a little otherwise": nudge,
    "of another type": as_other_type,
    "led to": led_to,
    "a twin": twin,
    "one more": longer,
    "one less": shorter,
    "a truth": put(lambda _: True),
    "nothing of it": put(lambda _: 0),
    "less than nothing": put(lambda _: -1),
    "a large number": put(lambda _: 99999),
    "a share": put(lambda _: Decimal("0.5")),
    "another name": put(lambda _: Name.Crypt),
    "another text": put(lambda _: String("Rp 9")),
    "no text": put(lambda _: String("")),
    "an empty list": put(lambda _: Array([])),
    "an empty dictionary": put(lambda _: Dictionary()),
    "a stream": put(lambda document: packed(document, b"q Q")),
    "the root": put(lambda document: document.Root),
    "the first page": put(lambda document: document.pages[0].obj),
    "an unknown entry": more("/Rancang", lambda _: 1),
    "metadata": more("/Metadata", lambda document: packed(document, b"<x/>")),
    "an alternative": more("/Alt", lambda _: String("Rp 9")),
    "a group": more("/Group", lambda _: Dictionary(S=Name.Transparency)),
    "a language": more("/Lang", lambda _: String("en")),
    "a mark": more("/StructParent", lambda _: 0),
    "a colour": more("/C", lambda _: Array([1, 0, 0])),
    "a flag": more("/Ff", lambda _: 1),
    "a date": more("/M", lambda _: String("D:20260101000000Z")),
}


def places(document: pikepdf.Pdf, each: int) -> list[Place]:
    """Every entry of ``each`` objects of every kind."""
    walk = Walk()
    walk.run(PACKED if "/Type" in document.trailer else TRAILER, document.trailer)
    counted: Counter[tuple[str, Way]] = Counter()
    found: list[Place] = []
    for number in [0, *(one.objgen[0] for one in document.objects if isinstance(one, pikepdf.Object))]:
        start = document.trailer if not number else document.get_object(number, 0)
        if isinstance(start, pikepdf.Stream) and start.get("/Type") in ("/ObjStm", "/XRef"):
            continue
        kind = walk.kinds.get(number, "")
        for way in _ways(start, ()):
            counted[kind, way] += 1
            if counted[kind, way] <= each:
                found.append(Place(number, way, kind))
    return found


def _ways(value: Any, way: Way) -> Iterator[Way]:
    if isinstance(value, (Dictionary, pikepdf.Stream)):
        inside: list[tuple[str | int, Any]] = [(key, value[key]) for key in sorted(set(value.keys()))]
    elif isinstance(value, Array):
        # of a long list the ends
        count = len(value)
        inside = [(at, value[at]) for at in sorted({*range(min(count, 6)), count - 1} - {-1})]
    else:
        return
    for key, one in inside:
        yield (*way, key)
        if not (isinstance(one, pikepdf.Object) and one.is_indirect):
            yield from _ways(one, (*way, key))


def bent(data: bytes, place: Place, bend: Bend) -> bytes:
    """The document with one entry bent, written as our writer writes. Raises Unbent."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        holder: Any = document.trailer if not place.number else document.get_object(place.number, 0)
        for key in place.way[:-1]:
            holder = holder[key]
        try:
            bend(document, holder, place.way[-1])
            document.save(target, **AS_IT_IS)
        except (
            pikepdf.PdfError,
            ValueError,
            TypeError,
            KeyError,
            IndexError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise Unbent from error
    return target.getvalue()


def said(data: bytes) -> Any:
    """All that the document says, but for numbers of objects and how they are packed."""
    with pikepdf.open(io.BytesIO(data)) as document:
        numbers: dict[int, int] = {}

        def told(value: Any) -> Any:
            if isinstance(value, pikepdf.Object) and value.is_indirect and value.objgen[0]:
                number = value.objgen[0]
                if number in numbers:
                    return ("again", numbers[number])
                numbers[number] = len(numbers)
            if isinstance(value, pikepdf.Stream):
                entries = [(key, told(value[key])) for key in sorted(set(value.keys()) - {"/Length"})]
                return ("stream", entries, value.read_raw_bytes())
            if isinstance(value, Dictionary):
                return [(key, told(value[key])) for key in sorted(set(value.keys()))]
            if isinstance(value, Array):
                return [told(value[at]) for at in range(len(value))]
            return (type(value).__name__, bytes(value) if isinstance(value, String) else str(value))

        return [told(document.trailer[key]) for key in ("/Root", "/Info")]


def noticed(data: bytes) -> bool:
    """Whether the verifier tells of it, or cannot read it and refuses."""
    try:
        return bool(beyond_profile(io.BytesIO(data)))
    except pikepdf.PdfError:
        return True


def run(
    data: bytes, *, each: int = 2, most: int | None = None, seed: int = 0
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Bend all, or as many as ``most`` drawn by chance; what passed, by entry and way."""
    sound = said(bent(data, Place(0, ("/Root",)), lambda *_: None))
    with pikepdf.open(io.BytesIO(data)) as document:
        every = [(place, title) for place in places(document, each) for title in BENDS]
    if most is not None:
        every = random.Random(seed).sample(every, min(most, len(every)))
    counts: Counter[str] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    for place, title in every:
        try:
            made = bent(data, place, BENDS[title])
        except Unbent:
            counts["unbent"] += 1
            continue
        if noticed(made):
            counts["noticed"] += 1
        elif said(made) == sound:
            counts["same"] += 1
        else:
            counts["passed"] += 1
            passed[str(place), title] += 1
    return counts, passed


if __name__ == "__main__":
    import sys
    from pathlib import Path

    for path in sys.argv[1:]:
        totals, through = run(Path(path).read_bytes())
        print(path, dict(totals))  # noqa: T201
        for (entry, title), count in sorted(through.items()):
            print("   ", entry, "|", title, count)  # noqa: T201
