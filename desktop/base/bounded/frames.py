"""What passes between the program and a process that judges: pieces with their length before them."""

from __future__ import annotations

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">I")
_SHORT = 1 << 16
MAXIMUM = 64 << 20
"""Bytes of one piece; a verdict on 10,000 files is a few megabytes."""
MAXIMUM_SETUP = 1 << 30
"""Bytes of what the program itself sends first, with every revocation list at hand."""


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Send one piece. Raises OSError when nobody reads any more."""
    if len(data) < _SHORT:
        data = _LENGTH.pack(len(data)) + data
    else:  # a second copy of a long one would be the half of what a process may have
        stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO, most: int = MAXIMUM) -> bytes | None:
    """The next piece; None when the other side has gone, or sends what cannot be one."""
    head = _exactly(stream, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    return _exactly(stream, length) if length <= most else None


def _exactly(stream: BinaryIO, length: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < length:
        piece = stream.read(length - len(parts))
        if not piece:
            return None
        parts += piece
    return bytes(parts)
