"""What a page draws, stream by stream, and what it inherits from the nodes above it."""

from __future__ import annotations

import re
from typing import Any

from desktop.submission.pdf.packed import unpacked

_PACKED = frozenset({"/Length", "/Filter"})
"""Firefox and Ghostscript look for fonts with the stream itself, before they do with the page."""
_DEEPEST = 32
"""Nodes above a page."""
_FRAMES = re.compile(rb"(?:\A|[ \n\r])[qQ]\Z")
"""A word with which no longer one begins: where states are kept and given back."""


def parts_of(page: Any) -> list[bytes] | None:
    """What a page draws, stream by stream; None where that has several readings."""
    import pikepdf

    contents = page.get("/Contents")
    several = list(contents) if isinstance(contents, pikepdf.Array) else [contents] * (contents is not None)
    parts = [
        unpacked(one) if isinstance(one, pikepdf.Stream) and set(one.keys()) <= _PACKED else None
        for one in several
    ]
    found = [one for one in parts if one is not None]
    return found if len(found) == len(parts) else None


def is_cut_plainly(before: bytes, after: bytes) -> bool:
    """Whether two parts of a page stay apart for programs, too, that lay nothing between them.

    Firefox makes one number of two. Who frames a page, as we do, begins and ends with a state.
    """
    apart = before[-1:].isspace() or after[:1].isspace()
    return apart or _FRAMES.search(before[-2:]) is not None


def inherited(page: Any, key: str) -> Any:
    """Its own, or that of the nearest node above that has any.

    Raises ValueError where there is no end of nodes: other programs may find what was not looked for.
    """
    for _ in range(_DEEPEST):
        if page is None:
            return None
        if key in page:
            return page[key]
        page = page.get("/Parent")
    raise ValueError(key)
