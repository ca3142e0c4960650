"""What a field says of its frame, its colours and its letters, of which some programs make a look.

Where a field has none, poppler and ghostscript draw one of what it says of its frame, over what lies there;
and what a form lends to the letters of its fields is read before any page is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from desktop.submission.pdf.stamp_colours import is_name

_LENT = frozenset({"/Font", "/Encoding", "/ProcSet", "/XObject"})
_TURNS = frozenset({0, 90, 180, 270})
_COLOURS = frozenset({"/BC", "/BG"})
_WIDEST, _MOST_LENT = 12.0, 16
_LETTERS = re.compile(r"[ -~]{0,200}")
_ELSEWHERE = re.compile(rb"[0-9] R\b")
_NO_CLOCKS = frozenset({"/DR", "/Lock", "/Q", "/SV"})
_SETTING = re.compile(r"/[A-Za-z-]{1,40} [0-9.]{1,6} Tf (?:0 Tz )?(?:[0-9.]{1,6} ){1,4}(?:g|rg|k) ?")
"""As Acrobat sets letters in fields of every kind."""
_USUAL = frozenset(
    f"/{name}"
    for name in (
        *("Courier", "Courier-Bold", "Courier-BoldOblique", "Courier-Oblique"),
        *("Helvetica", "Helvetica-Bold", "Helvetica-BoldOblique", "Helvetica-Oblique"),
        *("Times-Roman", "Times-Bold", "Times-BoldItalic", "Times-Italic", "Symbol", "ZapfDingbats"),
    )
)
"""What every program has."""
_FONT_ENTRIES = frozenset({"/Type", "/Subtype", "/Name", "/BaseFont", "/Encoding"})
_ENCODING_ENTRIES = frozenset({"/Type", "/BaseEncoding", "/Differences"})
_MOST_LETTERS = 600
_FAILURES = (TypeError, ValueError, KeyError, AttributeError, IndexError)


def is_direct(row: Any) -> bool:
    """Whether numbers stand there themselves: pyHanko takes a place of which one is elsewhere for none."""
    import pikepdf

    return isinstance(row, pikepdf.Array) and _ELSEWHERE.search(row.unparse(resolved=True)) is None


def odd_defaults(holder: Any, drawn: Container[tuple[int, int]] = ()) -> Iterator[str]:
    """What a form or a field lends to letters: fonts that every program has, and how they are set.

    Poppler's pdftops makes all of them ready, used or not, and hands their programs to printers as they are.
    iText lends what a stamp draws to the whole form as well: by number, what the looks have ``drawn``.
    """
    import pikepdf

    letters, lent = holder.get("/DA"), holder.get("/DR")
    if letters is not None and not _LETTERS.fullmatch(str(letters)):
        yield "/DA"
    if lent is None:
        return
    if not isinstance(lent, pikepdf.Dictionary) or set(lent.keys()) - _LENT:
        yield "/DR"
        return

    def is_drawn(one: Any) -> bool:
        return isinstance(one, pikepdf.Stream) and one.objgen in drawn

    for kind, rule in (("/Font", _is_usual_font), ("/Encoding", _is_encoding), ("/XObject", is_drawn)):
        held = lent.get(kind, pikepdf.Dictionary())
        try:
            plain = (
                isinstance(held, pikepdf.Dictionary)
                and len(held) <= _MOST_LENT
                and all(is_name(pikepdf.Name(key)) and rule(one) for key, one in held.items())
            )
        except (*_FAILURES, pikepdf.PdfError):
            plain = False
        if not plain:
            yield f"/DR {kind}"


def _is_usual_font(font: Any) -> bool:
    """One of the fourteen old ones, by its name alone. May raise where it is broken."""
    import pikepdf

    return (
        isinstance(font, pikepdf.Dictionary)
        and not set(font.keys()) - _FONT_ENTRIES
        and font.Subtype == "/Type1"
        and isinstance(font.BaseFont, pikepdf.Name)
        and str(font.BaseFont) in _USUAL
        and ("/Encoding" not in font or _is_encoding(font.Encoding))
    )


def _is_encoding(encoding: Any) -> bool:
    import pikepdf

    if is_name(encoding):
        return True
    if not isinstance(encoding, pikepdf.Dictionary) or set(encoding.keys()) - _ENCODING_ENTRIES:
        return False
    others = list(encoding.get("/Differences", ()))
    return len(others) <= _MOST_LETTERS and all(
        is_name(one) if isinstance(one, pikepdf.Name) else 0 <= int(one) <= 255 for one in others
    )


def odd_clock(field: Any) -> Iterator[str]:
    """A timestamp over the document shows nothing, asks nothing of anybody and lends nothing."""
    yield from sorted(_NO_CLOCKS & set(field.keys()))
    # pyHanko says its name so
    for key, plain in (("/DA", _SETTING), ("/TU", _LETTERS)):
        if key in field and not plain.fullmatch(str(field[key])):
            yield key


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
