"""One cell of a workbook: how a value is shown in it, and what was meant by what came back in it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TypeAlias

from desktop.base import Language, Message, richtext
from desktop.base.canonical import Json
from desktop.base.speech import date, number
from desktop.exchange.agency_workbook.layout import Column
from desktop.exchange.agency_workbook.slip import Choices
from desktop.exchange.numbers import Kind, NumberStyle, parse_number
from desktop.exchange.table import Value, is_error
from desktop.exchange.values import NotUnderstood, parse

Shown: TypeAlias = str | int | Decimal | dt.date | None
"""What a cell of the workbook holds."""
LONGEST = 32_000
"""Letters a cell holds; what is longer is shown by its beginning and cannot be edited in a workbook."""
_IDS = re.compile(r' id="[^"]*"')
_NUMBERS = frozenset({"integer", "rupiah", "year", "decimal", "percent"})
_WHOLE = frozenset({"integer", "rupiah", "year"})
TOLD = 120
"""Letters of a text that changed on one line; of longer ones what differs."""
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na"})


@dataclass(frozen=True, slots=True)
class Meant:
    """What a cell says: a value, or several that it could be, or none that fits."""

    value: Json = None
    problem: Message | None = None
    """Why it is not certain; then ``fitting`` may have what it could be."""
    fitting: tuple[tuple[str, Json], ...] = ()
    """As people read it, and as it is kept."""


def shown(column: Column, value: Json, choices: Choices) -> Shown:
    """What stands in a cell for a value of the plan."""
    kind = column.field.type
    if value in (None, "", []):
        return None
    if column.is_evidence:
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    if kind in _NUMBERS and not isinstance(value, bool):
        return _figure(value)
    if kind == "date":
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            return str(value)
    if choices:
        labels = dict(choices)
        if isinstance(value, list):
            return "; ".join(labels.get(str(each), str(each)) for each in value)
        wanted = str(value).lower() if isinstance(value, bool) else str(value)
        return labels.get(wanted, wanted)
    text = richtext.plain_text(str(value)) if kind == "rich_text" else str(value)
    return tidy(text)[:LONGEST] or None


def _figure(value: Json) -> Shown:
    if isinstance(value, int):
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return str(value)


def told(column: Column, value: Json, choices: Choices, language: Language) -> str:
    """A value of the plan in a sentence."""
    there = shown(column, value, choices)
    match there:
        case None:
            return ""
        case int() | Decimal() if column.field.type != "year":
            return number(there, language)
        case dt.date():
            return date(there, language)
        case _:
            return " ".join(str(there).split())


def tidy(text: str) -> str:
    """A text as two programs agree on it: line ends, blanks at the ends of lines, one form of each letter."""
    if text.isascii() and "\n" not in text and "\r" not in text and "_x000D_" not in text:
        return text.strip()
    plain = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    lines = (line.rstrip() for line in plain.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines)).strip()


def with_paragraphs(column: Column, value: Json, handed: Json) -> Json:
    """A text from a cell with the paragraphs it was handed out with: only its words are different."""
    if column.field.type == "rich_text" and isinstance(value, str) and isinstance(handed, str):
        return richtext.rewritten(value, handed)
    return value


def has_marks(column: Column, value: Json) -> bool:
    """Whether a text has more than paragraphs: what a cell cannot show would be lost with an edit."""
    if column.field.type != "rich_text" or not isinstance(value, str):
        return False
    plain = richtext.from_plain(richtext.plain_text(value))
    return _IDS.sub("", richtext.normalise(value)) != _IDS.sub("", plain)


def is_blank(cell: Value) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not tidy(cell))


def same(column: Column, cell: Value, value: Json, choices: Choices) -> bool:
    """Whether a cell still says what a value of the plan says."""
    there = shown(column, value, choices)
    if is_blank(cell) or there is None:
        return is_blank(cell) and there is None
    if column.is_evidence:
        return {*names_in(cell)} == {*names_in(str(there))}
    if isinstance(there, int | Decimal):
        found = _number(cell)
        return found is not None and float(found) == float(there)
    if isinstance(there, dt.date):
        return cell == there or (isinstance(cell, str) and _date(cell) == there.isoformat())
    said, wanted = tidy(as_text(cell)), tidy(there)
    return said.casefold() == wanted.casefold() if choices else said == wanted


def _number(cell: Value) -> Decimal | None:
    if isinstance(cell, Decimal):
        return cell
    found = parse_number(cell, NumberStyle.COMMA, money=True)
    return found.value if found.kind is Kind.NUMBER else None


def _date(text: str) -> Json:
    try:
        return parse("date", text)
    except NotUnderstood:
        return None


def as_text(cell: Value) -> str:
    """A cell as a text; a number as it was typed."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell.normalize():f}" if cell else "0"
        case dt.date():
            return cell.isoformat()
        case _:
            return cell


def names_in(cell: Value) -> list[str]:
    """The file names in an evidence cell; commas part them only where each piece has an ending."""
    out: list[str] = []
    for part in re.split(r"[;\n]+", as_text(cell)):
        pieces = [piece.strip() for piece in part.split(",")]
        ended = all(re.search(r"\.\w{2,5}$", piece) for piece in pieces)
        out += pieces if ended else [part.strip()]
    return [name for name in dict.fromkeys(out) if name and name not in _NOTHING]


def meant(
    column: Column, cell: Value, choices: Iterable[Choices], language: Language, *, broken: bool
) -> Meant:
    """What a filled cell means. ``broken``: a formula that was never counted. Never raises.

    ``choices`` are the lists its labels may come from: the one it was handed out with, the one of here and
    now, then others. A label that says one thing in the first and another in the second is not certain.
    """
    if broken or is_error(cell):
        return Meant(problem=Message("exchange.agency_book.formula"))
    if is_blank(cell):
        return Meant(None)
    kind = column.field.type
    lists = list(choices)
    if kind == "choices":
        return _several(cell, lists)
    if any(lists):
        return _picked(column, cell, lists)
    if kind in _NUMBERS:
        return _measured(kind, cell, language)
    if kind == "date":
        return _day(cell)
    text = tidy(as_text(cell))
    if len(text) >= LONGEST:
        return Meant(problem=Message("exchange.agency_book.too_long"))
    return Meant(richtext.from_plain(text) if kind == "rich_text" else text)


def _found(text: str, choices: Choices) -> list[str]:
    """What a list says that a label is; an id only where no label is so called."""
    wanted = " ".join(text.split()).casefold()
    by_label = [value for value, label in choices if label.casefold() == wanted]
    return (by_label or [value for value, _ in choices if value.casefold() == wanted])[:1]


def _meanings(text: str, lists: list[Choices]) -> list[str]:
    """What a label can mean: as it was handed out and as it is here and now, else by its other names."""
    handed_or_here = dict.fromkeys(value for each in lists[:2] for value in _found(text, each))
    others = [value for each in lists[2:] for value in _found(text, each)]
    return list(handed_or_here) or others[:1]


def _names(lists: list[Choices]) -> dict[str, str]:
    """What each value is called, here and now before anything else."""
    handed, *here = lists
    known = dict(handed)
    for each in reversed(here):
        known |= dict(each)
    return known


def _picked(column: Column, cell: Value, lists: list[Choices]) -> Meant:
    text = as_text(cell)
    found = _meanings(text, lists)
    if len(found) == 1:
        return Meant(_kept(column, found[0]))
    names = _names(lists)
    return Meant(
        problem=Message("exchange.agency_book.two_meanings" if found else "exchange.agency_book.no_choice"),
        fitting=tuple((names[value], _kept(column, value)) for value in found or _near(text, lists, names)),
    )


def _kept(column: Column, value: str) -> Json:
    return value == "true" if column.field.type == "boolean" else value


def _near(text: str, lists: list[Choices], names: Mapping[str, str]) -> list[str]:
    """What it could have been: the nearest labels, or all of a short list."""
    folded = {label.casefold(): value for choices in reversed(lists) for value, label in choices}
    few = len(names) <= 6
    close = get_close_matches(text.casefold(), folded, len(folded), 0.0 if few else 0.5)
    return list(dict.fromkeys(folded[each] for each in close))[: 6 if few else 4]


def _several(cell: Value, lists: list[Choices]) -> Meant:
    problem = Message("exchange.agency_book.no_choice")
    for between in (r"\s*[;\n]\s*", r"\s*[;,\n]\s*"):  # names may have commas in them
        parts = [part for part in re.split(between, as_text(cell)) if part]
        found = [_meanings(part, lists) for part in parts]
        if all(len(each) == 1 for each in found):
            return Meant(sorted({each[0] for each in found}))
        if all(found):
            problem = Message("exchange.agency_book.two_meanings")
    return Meant(problem=problem)


def _measured(kind: str, cell: Value, language: Language) -> Meant:
    if isinstance(cell, bool | dt.date):
        return Meant(problem=Message("exchange.agency_book.no_number"))
    found = parse_number(cell, None, money=kind == "rupiah")
    if found.kind is Kind.AMBIGUOUS and kind in _WHOLE:
        found = parse_number(cell, NumberStyle.COMMA, money=kind == "rupiah")
    if found.kind is Kind.AMBIGUOUS:
        both = [parse_number(cell, style).value for style in NumberStyle]
        fitting = tuple((number(each, language), f"{each:f}") for each in both if each is not None)
        return Meant(problem=Message("exchange.agency_book.ambiguous"), fitting=fitting)
    if found.kind is Kind.NOTHING:
        return Meant(None)
    value = found.value
    if found.kind is not Kind.NUMBER or value is None or found.unit not in {"", "%"}:
        rest = ((number(value, language), _as_kind(kind, value)),) if value is not None else ()
        return Meant(problem=Message("exchange.agency_book.no_number"), fitting=rest)
    if kind in _WHOLE and value != value.to_integral_value():
        return Meant(
            problem=Message("exchange.agency_book.no_whole"), fitting=_rounded(kind, value, language)
        )
    if kind == "year" and not 1900 <= value <= 2200:
        return Meant(problem=Message("exchange.agency_book.no_year"))
    if abs(value) > 2**53:
        return Meant(problem=Message("exchange.agency_book.no_number"))
    if kind == "percent" and isinstance(cell, Decimal) and 0 < value < 1:
        # Excel turns a typed 50% into 0.5, and shows it as it was typed.
        fitting = tuple(
            (f"{number(each, language)} %", f"{each.normalize():f}") for each in (value * 100, value)
        )
        return Meant(problem=Message("exchange.agency_book.fraction"), fitting=fitting)
    return Meant(_as_kind(kind, value))


def _as_kind(kind: str, value: Decimal) -> Json:
    if kind in _WHOLE:
        return int(value)
    return f"{value.normalize():f}" if value else "0"


def _rounded(kind: str, value: Decimal, language: Language) -> tuple[tuple[str, Json], ...]:
    near = value.to_integral_value()
    return ((number(near, language), _as_kind(kind, near)),)


def _day(cell: Value) -> Meant:
    if isinstance(cell, dt.date):
        return Meant(cell.isoformat())
    if isinstance(cell, Decimal) and cell == cell.to_integral_value() and 20_000 < cell < 80_000:
        # the number behind a date in a cell that lost its format
        return Meant((dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))).isoformat())
    found = _date(as_text(cell))
    return Meant(found) if found is not None else Meant(problem=Message("exchange.agency_book.no_date"))
