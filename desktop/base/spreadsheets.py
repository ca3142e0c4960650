"""Texts for spreadsheets, of which none may become a formula or other signs than it has.

CSV has no types, and nobody knows which sign parts the cells where it is opened: an Indonesian Excel takes
``;``, an English one ``,``, and LibreOffice both. So a stranger's text could open a cell of its own.
"""

from __future__ import annotations

import re

LONGEST = 32_500
"""Letters of a cell; Excel takes 32,767."""
SIGNS = (
    "=", "+", "-", "@", "\t", "\r", "\n",
    "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)  # fmt: skip
"""What a formula begins with, and what some programs pass over before one."""
_UNHEARD_OF = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_COMPUTES = "=+\\-@\uff0b\uff0d\uff1d\uff20"
_WITHIN = re.compile(rf"([,;\t\r\n][ \xa0\"']*)(?=([{_COMPUTES}])([^,;\t\r\n]*))")
_QUOTED = re.compile(rf"[ \xa0]*\"[ \xa0\"]*[{_COMPUTES}]")
_NUMBER = re.compile(r"[\d\s./()]*")
"""What follows a plus or minus in ``Rp5.000.000,-`` and ``; +62 811-22``: nothing that is computed."""
_FOLDED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def clean(text: str) -> str:
    """Without what no spreadsheet can hold."""
    return _UNHEARD_OF.sub(" ", text)


def in_csv(text: str) -> str:
    """A text for CSV that stays text, with an apostrophe before what would be computed.

    At its beginning, and behind whatever parts cells in any program.
    """
    said = as_text(_WITHIN.sub(_apart, text[:LONGEST]))
    # a quotation mark may be taken for that of the cell
    return f"'{said}" if _QUOTED.match(said) else said


def as_text(text: str) -> str:
    """The same at its beginning only, and whole: where it is read back, and what parts cells is known."""
    cleaned = clean(text)
    begins = cleaned.startswith(SIGNS) or cleaned.lstrip(" \xa0").startswith(SIGNS)
    return f"'{cleaned}" if begins else cleaned


def _apart(found: re.Match[str]) -> str:
    mark, rest = found[2], found[3]
    harmless = mark in "+-" and _NUMBER.fullmatch(rest.replace("-", ""))
    return found[1] if harmless else f"{found[1]}'"


def in_workbook(text: str) -> str:
    """A text for a cell of a workbook: ``_x000A_`` is how that form writes signs, so it says it is none."""
    return _FOLDED.sub("_x005F_", clean(text[:LONGEST]))
