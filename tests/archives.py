"""ZIP archives for tests, whole and damaged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def damaged(members: Mapping[str, bytes], name: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same with the packed bytes of one member turned over; its directory says nothing of it."""
    data = bytearray(packed(members, method))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(name)
        start = entry.header_offset + 30 + len(entry.filename.encode())
        for place in range(start + 12, start + min(entry.compress_size, 200)):
            data[place] ^= 0xFF
    return bytes(data)
