"""Numbers as people write them: ``1.234,5`` and ``1,234.5``, ``N/A``, ``<1``, ``Rp 1,2 miliar``, ``98 %``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from desktop.exchange.table import Value

MAX_DIGITS = 24
"""More digits than any amount of rupiah or any indicator has: a pasted code, not a number."""


class NumberStyle(StrEnum):
    """Which sign separates decimals in a file."""

    COMMA = "comma"
    """Indonesian: ``1.234,5``."""
    POINT = "point"
    """English: ``1,234.5``."""


class Kind(StrEnum):
    """What a cell that should hold a number turned out to hold."""

    NUMBER = "number"
    NOTHING = "nothing"
    """Blank, a dash, ``N/A``: not known."""
    BOUND = "bound"
    """``<1`` or ``≥ 80``: a number with a bound that a register cannot hold."""
    AMBIGUOUS = "ambiguous"
    """``1.234``: a thousand and more, or a little over one."""
    NO_NUMBER = "no_number"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The result: what it is, its value if it has one, and the unit written with it (``%``, ``hari``)."""

    kind: Kind
    value: Decimal | None = None
    unit: str = ""


_NOTHING = frozenset(
    {"", "-", "--", "–", "—", "n/a", "na", "n.a", "n.a.", "#n/a", "nan", "tad", "t.a.d", "nihil", "belum ada",
     "tidak ada", "tidak ada data", "belum tersedia", "none", "null", "...", "…", "tbd"}
)  # fmt: skip
_SCALES = {
    "ribu": 3, "rb": 3, "thousand": 3, "k": 3,
    "juta": 6, "jt": 6, "million": 6, "mio": 6,
    "miliar": 9, "milyar": 9, "m": 9, "mlr": 9, "billion": 9, "bn": 9,
    "triliun": 12, "trilyun": 12, "t": 12, "trillion": 12, "tn": 12,
}  # fmt: skip
_SHAPE = re.compile(
    r"""(?P<bound>[<>≤≥±~]=?|kurang\ dari|lebih\ dari|minimal|maksimal|maks\.?|min\.
        |below|above|at\ least)?\s*
    (?P<currency>rp\.?|idr)?\s*
    (?P<open>\()?\s*(?P<sign>[-+])?\s*
    (?P<digits>\d[\d.,\ ]*\d|\d)\s*
    (?P<percent>%|persen\b|percent\b|per\ cent\b)?\s*(?P<close>\))?(?P<dash>,-)?
    (?P<tail>[^\d%()]{0,40})""",
    re.VERBOSE,
)
_GROUPED = re.compile(r"[1-9]\d{0,2}([., ])\d{3}(?:\1\d{3})*")


def parse_number(cell: Value, style: NumberStyle | None, *, money: bool = False) -> Parsed:
    """Read a cell as a number; with ``style`` None an ambiguous one is said to be so. Never raises.

    Words like *juta* multiply; the single letters of amounts (``1,2 M``) only where ``money`` is expected.
    """
    if isinstance(cell, Decimal):
        return Parsed(Kind.NUMBER, cell) if _is_sane(cell) else Parsed(Kind.NO_NUMBER)
    if cell is None:
        return Parsed(Kind.NOTHING)
    if not isinstance(cell, str):
        return Parsed(Kind.NO_NUMBER)
    text = _tidy(cell)
    if text in _NOTHING:
        return Parsed(Kind.NOTHING)
    shape = _SHAPE.fullmatch(text)
    if shape is None or bool(shape["open"]) != bool(shape["close"]):
        return Parsed(Kind.NO_NUMBER)
    tail = shape["tail"].strip(" .,/-")
    scale = _SCALES.get(tail, 0) if money or len(tail) > 1 else 0
    if money and tail and not scale:
        return Parsed(Kind.NO_NUMBER)
    value = _digits(shape["digits"], NumberStyle.COMMA if shape["dash"] else style)
    if value is None:
        unclear = len(shape["digits"]) <= MAX_DIGITS and _styles_of_digits(shape["digits"]) == set(
            NumberStyle
        )
        return Parsed(Kind.AMBIGUOUS if unclear else Kind.NO_NUMBER)
    if scale:
        value = value.scaleb(scale)
    negative = shape["sign"] == "-" or bool(shape["open"])
    kind = Kind.BOUND if shape["bound"] else Kind.NUMBER
    unit = "%" if shape["percent"] else "" if scale else tail
    return Parsed(kind, -value if negative else value, unit)


def _is_sane(value: Decimal) -> bool:
    """Whether a spreadsheet's number has no more digits than a figure of a plan can have."""
    _, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and exponent >= -MAX_DIGITS and len(digits) + exponent <= MAX_DIGITS


def _tidy(text: str) -> str:
    for old, new in (("\u2212", "-"), ("\u2013", "-"), ("\xa0", " "), ("\u202f", " ")):
        text = text.replace(old, new)
    return " ".join(text.casefold().split())


def _digits(digits: str, style: NumberStyle | None) -> Decimal | None:
    """What can be read in one way only is read so, whatever the file's style."""
    values = {each: _read(digits, each) for each in _styles_of_digits(digits)}
    if len(set(values.values())) == 1:
        return next(iter(values.values()))
    return values.get(style) if style else None


def _read(digits: str, style: NumberStyle) -> Decimal | None:
    group, point = (".", ",") if style is NumberStyle.COMMA else (",", ".")
    plain = digits.replace(" ", "").replace(group, "").replace(point, ".")
    if len(plain) > MAX_DIGITS:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _styles_of_digits(digits: str) -> set[NumberStyle]:
    """In which styles these digits and signs are a well-formed number."""
    styles = set()
    for style, group, point in ((NumberStyle.COMMA, ".", ","), (NumberStyle.POINT, ",", ".")):
        whole, dot, fraction = digits.partition(point)
        if dot and not fraction.isdecimal():
            continue
        grouped = _GROUPED.fullmatch(whole)
        if whole.isdecimal() or (grouped and grouped[1] in {group, " "}):
            styles.add(style)
    return styles


def styles_of(cell: Value) -> set[NumberStyle]:
    """Which styles a written number allows: both for ``5`` and for ``1.234``, none for no number."""
    if not isinstance(cell, str):
        return set()
    shape = _SHAPE.fullmatch(_tidy(cell))
    return _styles_of_digits(shape["digits"]) if shape else set()


def style_of(cells: Iterable[Value]) -> NumberStyle | None:
    """The style in which all these cells are numbers, if they settle it; None if both or none would do."""
    votes = {NumberStyle.COMMA: 0, NumberStyle.POINT: 0}
    for cell in cells:
        styles = styles_of(cell)
        if len(styles) == 1:
            votes[styles.pop()] += 1
    comma, point = votes[NumberStyle.COMMA], votes[NumberStyle.POINT]
    if comma and not point:
        return NumberStyle.COMMA
    return NumberStyle.POINT if point and not comma else None
