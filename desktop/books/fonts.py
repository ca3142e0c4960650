"""The fonts of the books: always embedded, and never a silent hole where a character is missing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape
from pathlib import Path

from desktop.base.resources import resource

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "NotoSans", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic"
_FALLBACKS = ("NotoSansMath-Subset", "NotoSansSymbols2-Subset")
REPLACEMENT = "\ufffd"
"""Stands for a character that none of the fonts has (emoji, Chinese): visible, and known everywhere."""

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\U000e0000-\U000e01ef]")
_PLANES = range(0xFFFF, 0x110000, 0x10000)
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(last - 1)}{chr(last)}" for last in _PLANES)
_CONTROLS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_NO_CHARACTERS}]")
_LONG = 300
_ENDLESS = re.compile(r"(\S{300,2000})\S*")
"""What goes on for so long is no word; breaking it over lines takes a time that grows with its square."""
_PIECE = re.compile(r".{40}(?=.)", re.DOTALL)
_ALMOST = str.maketrans({"→": "->", "≤": "<=", "≥": ">=", "−": "-", "✓": "v", "●": "•", "■": "•", "▪": "•"})


def _file(name: str) -> Path:
    return resource("fonts", f"{name}.ttf" if "-" in name else f"{name}-Regular.ttf")


@cache
def register() -> None:
    """Make the fonts known to ReportLab; only the first call costs anything."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from desktop.books.quick_font import QuickFont

    for name in (REGULAR, BOLD, ITALIC, BOLD_ITALIC):
        pdfmetrics.registerFont(QuickFont(name, str(_file(name))))
    for name in _FALLBACKS:
        pdfmetrics.registerFont(TTFont(name, str(_file(name))))
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, BOLD)
    addMapping(REGULAR, 0, 1, ITALIC)
    addMapping(REGULAR, 1, 1, BOLD_ITALIC)
    for name in _FALLBACKS:  # one weight only, whatever is asked for
        addMapping(name, 0, 0, name)
        addMapping(name, 1, 0, name)
        addMapping(name, 0, 1, name)
        addMapping(name, 1, 1, name)


@cache
def _covered(name: str) -> frozenset[str]:
    from reportlab.pdfbase import pdfmetrics

    register()
    glyphs: dict[int, int] = vars(pdfmetrics.getFont(name))["face"].charToGlyph
    # some fonts name a code to say that they have nothing for it
    return frozenset(chr(code) for code, glyph in glyphs.items() if glyph)


@cache
def _foreign() -> re.Pattern[str]:
    """Stretches of characters that Noto Sans does not have."""
    codes = sorted(map(ord, _covered(REGULAR) & _covered(BOLD) & _covered(ITALIC) & _covered(BOLD_ITALIC)))
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    inside = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(f"[^{inside}\\s]")


def tidy(text: str) -> str:
    """Composed, without invisible characters and controls; line breaks and tabs stay.

    What has hundreds of letters without a space is broken, and of thousands the first are left.
    """
    if not (text.isascii() and (text.isprintable() or not _CONTROLS.search(text))):
        text = _CONTROLS.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return _ENDLESS.sub(_broken, text) if len(text) >= _LONG else text


def _broken(found: re.Match[str]) -> str:
    left = _PIECE.sub(r"\g<0> ", found.group(1))
    return left if found.end(1) == found.end() else f"{left} …"


def is_plain(text: str) -> bool:
    """Whether Noto Sans alone can write a text (that :func:`tidy` has seen)."""
    return text.isascii() or not _foreign().search(text)


def markup(text: str) -> str:
    """A text as ReportLab's paragraph markup: escaped, other fonts named where they are needed."""
    text = tidy(text)
    if is_plain(text):
        return escape(text, quote=False)
    return _foreign().sub(_in_other_font, escape(text, quote=False))


def _in_other_font(match: re.Match[str]) -> str:
    for name in _FALLBACKS:
        if match.group() in _covered(name):
            return f'<font face="{name}">{match.group()}</font>'
    return REPLACEMENT


def drawable(text: str) -> str:
    """A text that Noto Sans alone can write (charts, page heads): near equivalents, else a replacement."""
    text = tidy(text)
    if is_plain(text):
        return text
    return _foreign().sub(REPLACEMENT, text.translate(_ALMOST))
