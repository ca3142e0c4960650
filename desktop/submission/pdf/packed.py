"""What a stream of a PDF holds, where it is packed in a way that has one reading."""

from __future__ import annotations

import base64
import zlib
from typing import Any

_FLATE, _ASCII = "/FlateDecode", "/ASCII85Decode"


def unpacked(stream: Any) -> bytes | None:
    """What a stream holds, packed in a way that has one reading; else None. Raises zlib.error."""
    import pikepdf

    packing = stream.get("/Filter")
    if any(key in stream for key in ("/DecodeParms", "/DP", "/F", "/FFilter", "/FDecodeParms")):
        return None
    named = list(packing) if isinstance(packing, pikepdf.Array) else [] if packing is None else [packing]
    if not all(isinstance(one, pikepdf.Name) for one in named):
        return None
    names = [str(one) for one in named] or [""]
    data: bytes = stream.read_raw_bytes()
    if not data:
        # nothing is nothing, however it is packed
        return data
    if names and names[0] == _ASCII:
        names, data = names[1:], base64.a85decode(data.strip().removesuffix(b"~>"))
    if names == [_FLATE]:
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(data)
        return found if unpacking.eof and not unpacking.unused_data.strip() else None
    return data if names in ([], [""]) else None
