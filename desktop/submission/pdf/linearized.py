"""Linearised documents: their first object says where the pages lie, and some programs believe it."""

from __future__ import annotations

import os
import re
from typing import BinaryIO

_LINEARIZED = re.compile(b"/" + b"".join(b"(?:%c|#(?i:%x))" % (sign, sign) for sign in b"Linearized"))
"""In each way in which a name may be written."""
_PIECE, _OVERLAP = 1 << 20, 64
"""Bytes that are searched at once, and once more."""


def leads_to_its_pages(file: BinaryIO) -> bool:
    """Whether its first object says where the pages lie, and holds: it says how long the file is.

    Poppler and pdfium take the first page from there (poppler the others, too) instead of the tree, and ask
    no node above it for the size of its sheet. A signature that is appended makes the length untrue, so no
    signed document needs it; asked in the bytes, for the object may stand in no table.
    """
    size = file.seek(0, os.SEEK_END)
    length = re.compile(rb"(?<![0-9])0*+%d(?![0-9])" % size)
    file.seek(0)
    called = long = False
    before = b""
    while piece := file.read(_PIECE):
        piece = before + piece
        called = called or _LINEARIZED.search(piece) is not None
        long = long or length.search(piece) is not None
        before = piece[-_OVERLAP:]
    return called and long
