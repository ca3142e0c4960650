"""Whether a document lies in its file byte for byte as qpdf writes it, which wrote everything we seal.

One way of writing each object, one object behind the other, one table: then no program finds another word,
another key or another object in it, however it reads. Earlier programs sealed with a table that is a stream,
and with objects within streams.
"""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from desktop.submission.pdf.packed import unpacked

_HEAD = b"%PDF-1.5\n%\xbf\xf7\xa2\xfe\n"
_TRAILER = re.compile(
    rb"trailer << /Info [1-9][0-9]* 0 R /Root [1-9][0-9]* 0 R /Size ([0-9]+)"
    rb" /ID \[<[0-9a-f]{32}><[0-9a-f]{32}>\] >>"
)
_TABLE = re.compile(
    rb"([0-9]+) 0 obj\n<< /Type /XRef /Length ([0-9]+) /Filter /FlateDecode"
    rb" /DecodeParms << /Columns [2-9] /Predictor 12 >> /W \[ 1 [1-4] [0-2] \]"
    rb" /Info [0-9]+ 0 R /Root [0-9]+ 0 R /Size ([0-9]+) /ID \[<[0-9a-f]{32}><[0-9a-f]{32}>\] >>\nstream\n"
)
_END = b"\nstartxref\n%d\n%%%%EOF\n"
_LONGEST = 512


def odd_writing(file: BinaryIO, document: Any) -> str:
    """The first that is written otherwise, as ISO 32000-1 calls it; empty when nothing is.

    Raises what pikepdf raises.
    """
    file.seek(0)
    if file.read(len(_HEAD)) != _HEAD:
        return "%PDF"
    table = document.get_xref_table()
    numbers = sorted(number for number, _ in table)
    if numbers != list(range(1, document.trailer.Size)):
        return "/Size"
    places = sorted((one.offset, number) for (number, _), one in table.items() if one.type == 1)
    packed = "/Type" in document.trailer
    last = places.pop() if packed else (0, 0)
    inside: dict[int, list[tuple[int, int]]] = {}
    for (number, _), one in table.items():
        if one.type != 1:
            inside.setdefault(one.obj_stream_number, []).append((one.obj_stream_index, number))
    at = len(_HEAD)
    for place, number in places:
        held = document.get_object(number, 0)
        size = _size_as_written(file, place, number, held)
        if place != at or not size:
            return "obj"
        if number in inside and not _are_inside(document, held, sorted(inside.pop(number))):
            return "/ObjStm"
        at += size
    ends = _ends_packed(file, at, last) if packed else _ends(file, at, places)
    return "" if ends and not inside else "/XRef"


def _ends(file: BinaryIO, start: int, places: list[tuple[int, int]]) -> bool:
    """With the one table, and where it begins."""
    lines = b"".join(b"%010d 00000 n \n" % place for _, place in sorted((one, at) for at, one in places))
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + lines
    file.seek(start)
    if file.read(len(table)) != table:
        return False
    rest = file.read(_LONGEST)
    found = _TRAILER.match(rest)
    return found is not None and int(found[1]) == len(places) + 1 and rest[found.end() :] == _END % start


def _ends_packed(file: BinaryIO, at: int, last: tuple[int, int]) -> bool:
    """With the one table, which is a stream, and where it begins."""
    start, number = last
    file.seek(start)
    found = _TABLE.match(file.read(_LONGEST))
    if found is None or start != at or (int(found[1]), int(found[3])) != (number, number + 1):
        return False
    file.seek(start + found.end() + int(found[2]))
    return file.read(_LONGEST) == b"\nendstream\nendobj" + _END % start


def _size_as_written(file: BinaryIO, place: int, number: int, held: Any) -> int:
    """How many bytes an object takes that is written as it should be; 0 for one that is not."""
    import pikepdf

    stream = isinstance(held, pikepdf.Stream)
    about = held.stream_dict if stream else held
    text = b"%d 0 obj\n" % number + _unparsed(about)
    end = b"\nendobj\n"
    file.seek(place)
    found = file.read(len(text))
    if not stream:
        return len(text) + len(end) if found + file.read(len(end)) == text + end else 0
    # the length of what it packs itself, and how, qpdf writes behind the rest
    if found[: found.index(b"<<")] != text[: text.index(b"<<")] or not _has_the_same(found, about):
        return 0
    begin, end = b"\nstream\n", b"\nendstream" + end
    if file.read(len(begin)) != begin:
        return 0
    length = int(about.Length)
    file.seek(length, 1)
    return len(text) + len(begin) + length + len(end) if file.read(len(end)) == end else 0


def _unparsed(value: Any) -> bytes:
    import pikepdf

    return bytes(value.unparse(resolved=True)) if isinstance(value, pikepdf.Object) else str(value).encode()


def _has_the_same(found: bytes, about: Any) -> bool:
    """The same entries in any order, each once, since there are as many bytes."""
    entries = [b" %s %s" % (key.encode(), _entry(about, key)) for key in set(about.keys())]
    return found.endswith(b" >>") and all(found.count(one + b" ") == 1 for one in entries)


def _entry(about: Any, key: str) -> bytes:
    import pikepdf

    value = about[key]
    return bytes(value.unparse()) if isinstance(value, pikepdf.Object) else str(value).encode()


def _are_inside(document: Any, held: Any, places: list[tuple[int, int]]) -> bool:
    """Whether a stream of objects holds just these, in the order of the table."""
    if [index for index, _ in places] != list(range(len(places))):
        return False
    texts = [_unparsed(document.get_object(number, 0)) + b"\n" for _, number in places]
    starts, at = [], 0
    for (_, number), text in zip(places, texts, strict=True):
        starts.append(b"%d %d" % (number, at))
        at += len(text)
    return unpacked(held) == b" ".join(starts) + b"\n" + b"".join(texts)
