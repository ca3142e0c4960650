"""The fonts by which a stamp may show letters that every program shows, prints and copies alike.

What the fonts of others do elsewhere in a document cannot be foreseen: programs take one font for another by
a name, a number or a sum, printers run what a font says of itself, and each reads widths, names and tables in
its own way. So nobody follows them. Two kinds are known letter by letter: exact pieces of our own fonts, and
those that every program has (ISO 32000-1, 9.6.2.2) called by nothing but their names, as PDFBox, iText and
pyHanko do by default. Of all others readers are told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from desktop.submission.pdf.font import odd_font, shown_letters

Widths = Mapping[int, float]
"""How wide each letter is by its code, in parts of the size."""

_KINDS = frozenset({"/Type0", "/Type1", "/MMType1", "/TrueType"})
_MOST_ENTRIES = 12
_USUAL = re.compile(
    rb"<< /BaseFont /(?P<name>(?:Courier|Helvetica)(?:-(?:Bold|Oblique|BoldOblique))?"
    rb"|Times-(?:Roman|Bold|Italic|BoldItalic))"
    rb"(?P<coded> /Encoding /WinAnsiEncoding)?"
    # too few names for anybody to choose among: poppler knows by a sum over them what is no object
    rb"(?: /Name /(?:Helv|HeBo|Cour|CoBo|TiRo|TiBo|TT?[0-9]{1,2}|[Ff][0-9]{1,2}))?"
    rb" /Subtype /Type1 /Type /Font >>"
)
_COURIER = re.compile(
    rb"<< /BaseFont /Courier /Encoding /WinAnsiEncoding /FirstChar 32 /FontDescriptor [0-9]+ 0 R"
    rb" /LastChar 32 /Subtype /Type1 /Type /Font /Widths \[ 600 \] >>"
)
_COURIER_DESCRIBED = (
    b"<< /Ascent 629 /AvgWidth 600 /CapHeight 629 /Descent -157 /Flags 35 /FontBBox [ -23 -250 715 805 ]"
    b" /FontName /Courier /ItalicAngle 0 /MaxWidth 600 /MissingWidth 600 /StemV 51 /Type /FontDescriptor >>"
)
"""As pyHanko describes it always."""
_ASCII, _BEYOND = range(32, 127), range(128, 256)
_NOBODYS = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xAD})
"""Codes of WinAnsiEncoding for which each program has a sign of its own, or none."""
_QUOTES = frozenset({0x27, 0x60})
"""Straight or bent, where nothing is said of the codes."""


def is_followed(font: Any) -> bool:
    """Whether its letters are outlines, which stay in their stamp, and no little programs."""
    import pikepdf

    return (
        isinstance(font, pikepdf.Dictionary)
        and not isinstance(font, pikepdf.Stream)
        and str(font.get("/Subtype", "")) in _KINDS
        and "/CharProcs" not in font
    )


def known_widths(font: Any) -> Widths | None:
    """How wide letters of a font are that every program shows alike; None for a font of others."""
    import pikepdf

    try:
        return _known_widths(font)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _known_widths(font: Any) -> Widths | None:
    if len(font.keys()) > _MOST_ENTRIES:
        return None
    said = font.unparse(resolved=True)
    if (usual := _USUAL.fullmatch(said)) is not None:
        return _usual(usual["name"].decode("ascii"), coded=usual["coded"] is not None)
    if _COURIER.fullmatch(said) and font.FontDescriptor.unparse(resolved=True) == _COURIER_DESCRIBED:
        return _usual("Courier", coded=True)
    # what is no object poppler knows by a sum that somebody may have chosen
    return _ours(font) if font.is_indirect and not odd_font(font) else None


def _usual(name: str, *, coded: bool) -> Widths:
    """By Adobe's measures, as ReportLab has them."""
    from reportlab.pdfbase.pdfmetrics import getFont

    known = {*_ASCII, *_BEYOND} - _NOBODYS if coded else {*_ASCII} - _QUOTES
    widths = getFont(name).widths
    return {code: widths[code] / 1000 for code in known}


def _ours(font: Any) -> Widths:
    """Our fonts have signs that turn what follows as well; those are no letters of a stamp."""
    return {
        code: int(font.Widths[code]) / 1000
        for code, letter in shown_letters(font).items()
        if unicodedata.category(chr(letter)) not in {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
    }
