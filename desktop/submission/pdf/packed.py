"""What a stream of a PDF holds, where it is packed in a way that has one reading."""

from __future__ import annotations

import base64
import re
from typing import Any

from desktop.submission.pdf.inflate import Room, inflated, is_one

_FLATE, _ASCII, _SHORT = "/FlateDecode", "/ASCII85Decode", "/Fl"
_WAYS: tuple[list[str], ...] = ([], [_FLATE], [_ASCII], [_ASCII, _FLATE])
_END_FOR_PRINTERS = b"%-EOD-"
_LETTERS = re.compile(rb"[!-uz \t\r\n]*+~>[\r\n]*+")


def from_ascii85(data: bytes) -> bytes:
    """What ASCII85 holds that is written in the one way of each (ISO 32000-1, 7.4.3).

    Other spaces, an end that is missing or letters beyond the largest number are read by each program as it
    likes. Poppler hands letters to printers as they are, where a line of its own ends them, and what follows
    is run. Raises ValueError for them.
    """
    if _LETTERS.fullmatch(data) is None or _END_FOR_PRINTERS in data:
        raise ValueError(data[-8:])
    body = data[: data.rindex(b"~>")].translate(None, b" \t\r\n")
    found = base64.a85decode(body)
    if base64.a85encode(found) != body:
        raise ValueError(data[-8:])
    return found


def unpacked(stream: Any) -> bytes | None:
    """What a stream holds, packed in a way that has one reading; else None."""
    import pikepdf

    packing = stream.get("/Filter")
    if any(key in stream for key in ("/DecodeParms", "/DP", "/F", "/FFilter", "/FDecodeParms")):
        return None
    named = list(packing) if isinstance(packing, pikepdf.Array) else [] if packing is None else [packing]
    if not all(isinstance(one, pikepdf.Name) for one in named):
        return None
    names = [str(one) for one in named]
    if names not in _WAYS:
        return None
    data: bytes = stream.read_raw_bytes()
    try:
        # nothing is nothing in each of these ways; in those of pictures some programs stumble over it
        if data and names[:1] == [_ASCII]:
            data = from_ascii85(data)
        return inflated(data) if data and names[-1:] == [_FLATE] else data
    except ValueError:
        return None


def is_inflated_alike(stream: Any, room: Room | None = None) -> bool:
    """Whether programs find the same bytes in a stream that may be deflated, whoever reads it."""
    import pikepdf

    packing = stream.get("/Filter")
    names = [str(one) for one in (packing if isinstance(packing, pikepdf.Array) else [packing])]
    if not set(names) & {_FLATE, _SHORT}:
        return True
    data: bytes = stream.read_raw_bytes()
    if names[0] == _ASCII:
        try:
            names, data = names[1:], from_ascii85(data)
        except ValueError:
            return False
    first, *others = names
    return not data or (
        first in {_FLATE, _SHORT} and not set(others) & {_FLATE, _SHORT} and is_one(data, room)
    )


def table_of(table: Any) -> bytes:
    """The colours of an Indexed one after another. A number is no table, though Python makes one of it."""
    import pikepdf

    if isinstance(table, pikepdf.Stream):
        return unpacked(table) or b""
    return bytes(table) if isinstance(table, pikepdf.String) else b""
