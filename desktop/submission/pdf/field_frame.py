"""What a field says of its frame, its colours and its letters, of which some programs make a look.

Where a field has none, poppler and ghostscript draw one of what it says of its frame, over what lies there;
and what a form lends to the letters of its fields is read before any page is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from desktop.submission.pdf.stamp_lent import is_lent_plainly

_LENT = frozenset({"/Font", "/Encoding", "/ProcSet"})
_TURNS = frozenset({0, 90, 180, 270})
_COLOURS = frozenset({"/BC", "/BG"})
_WIDEST, _MOST_LENT = 12.0, 16
_LETTERS = re.compile(r"[ -~]{0,200}")
_ELSEWHERE = re.compile(rb"[0-9] R\b")
_FAILURES = (TypeError, ValueError, KeyError, AttributeError, IndexError)


def is_direct(row: Any) -> bool:
    """Whether numbers stand there themselves: pyHanko takes a place of which one is elsewhere for none."""
    import pikepdf

    return isinstance(row, pikepdf.Array) and _ELSEWHERE.search(row.unparse(resolved=True)) is None


def odd_defaults(holder: Any) -> Iterator[str]:
    """What a form or a field lends to letters: fonts as services have them, and how they are set."""
    import pikepdf

    letters, lent = holder.get("/DA"), holder.get("/DR")
    if letters is not None and not _LETTERS.fullmatch(str(letters)):
        yield "/DA"
    if lent is None:
        return
    if not isinstance(lent, pikepdf.Dictionary) or set(lent.keys()) - _LENT:
        yield "/DR"
        return
    for kind in ("/Font", "/Encoding"):
        held = lent.get(kind, pikepdf.Dictionary())
        if (
            not isinstance(held, pikepdf.Dictionary)
            or len(held) > _MOST_LENT
            or not all(is_lent_plainly(kind, one) for one in held.values())
            # the usual fonts need no map, nor programs of their own
            or (
                kind == "/Font"
                and any({"/ToUnicode", "/DescendantFonts"} & set(one.keys()) for one in held.values())
            )
        ):
            yield f"/DR {kind}"


def odd_frame(field: Any) -> Iterator[str]:
    """A frame is a plain line around a look; a field without one has neither frame nor colours."""
    import pikepdf

    try:
        yield from _odd_frame(field, looks="/AP" in field)
    except (*_FAILURES, pikepdf.PdfError):
        yield "/MK"


def _odd_frame(field: Any, *, looks: bool) -> Iterator[str]:
    import pikepdf

    colours, style, border = (field.get(key, pikepdf.Dictionary()) for key in ("/MK", "/BS", "/Border"))
    said = set(colours.keys())
    if said - _COLOURS - {"/R"} or int(colours.get("/R", 0)) not in _TURNS or (said & _COLOURS and not looks):
        yield "/MK"
    if any(not 0 <= float(one) <= 1 for key in said & _COLOURS for one in colours[key]):
        yield "/MK"
    if set(style.keys()) - {"/Type", "/W", "/S"} or str(style.get("/S", "/S")) != "/S":
        yield "/BS"
    wide = float(style.get("/W", 0))
    if isinstance(border, pikepdf.Array):
        *corners, line = (float(one) for one in border)
        wide = max(wide, line)
        if corners != [0.0, 0.0] or line < 0:
            yield "/Border"
    elif len(border):
        yield "/Border"
    if not 0 <= wide <= _WIDEST or (wide and not looks):
        yield "/BS"
