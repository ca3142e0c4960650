"""Answers as people write and read them: between a typed value and the text in a field or a grid."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from desktop.base import Language, LocalText, Message, RancangError
from desktop.base.speech import date, number
from desktop.exchange.directions import DIRECTIONS, direction_named
from desktop.guideline.pack import Choice, Field, Pack
from desktop.workspace.plan import Plan, Value
from desktop.workspace.row_names import named_rows

TEXTS = frozenset({"text", "long_text", "rich_text"})
PICKED = frozenset(
    {"choice", "dimension", "sub_dimension", "agency", "person", "programme", "row", "boolean"}
)
"""Types answered by picking one of a list."""
MONTHS = (
    ("jan",), ("feb", "peb"), ("mar",), ("apr",), ("mei", "may"), ("jun",), ("jul",), ("agu", "agt", "aug"),
    ("sep",), ("okt", "oct"), ("nov", "nop"), ("des", "dec"),
)  # fmt: skip


class NotUnderstood(RancangError):
    """What was typed or pasted is not of the kind the field wants; nothing was changed."""

    def __init__(self, text: str, kind: str) -> None:
        known = {
            "integer": Message("exchange.value.integer", text=text),
            "decimal": Message("exchange.value.decimal", text=text),
            "rupiah": Message("exchange.value.rupiah", text=text),
            "percent": Message("exchange.value.decimal", text=text),
            "date": Message("exchange.value.date", text=text),
            "year": Message("exchange.value.year", text=text),
        }
        super().__init__(known.get(kind) or Message("exchange.value.choice", text=text))


NO_TEXT = LocalText()
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,\s\u00a0])\d{3})(?:\1\d{3})*")
_LONGEST = 30
"""No number that anybody means has more signs."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things a field may be answered by."""

    value: str
    label: LocalText | Message | str
    tone: str = ""
    help: LocalText = NO_TEXT
    details: LocalText = NO_TEXT
    """More of its own words, shown beside the label where one of many is looked for."""


GONE_ROW = Message("exchange.value.row_gone")
"""What stands for a row that was chosen and is deleted now."""
YES_NO = (Option("true", Message("exchange.value.yes")), Option("false", Message("exchange.value.no")))


def options(field: Field, plan: Plan, pack: Pack, dimension: str = "") -> tuple[Option, ...]:
    """What a field that is answered by picking can be answered by.

    ``dimension`` narrows sub-dimensions to those of one dimension.
    """
    match field.type:
        case "choice" | "choices":
            return tuple(_of_choice(choice) for choice in field.choices)
        case "boolean":
            return YES_NO
        case "dimension":
            return tuple(Option(each.id, each.name) for each in pack.dimensions)
        case "sub_dimension":
            return tuple(
                Option(sub.id, sub.name)
                for each in pack.dimensions
                if not dimension or each.id == dimension
                for sub in each.sub_dimensions
            )
        case "agency":
            return tuple(Option(each.id, LocalText(each.name.values)) for each in plan.agencies)
        case "person":
            return tuple(Option(each.id, each.name) for each in plan.people)
        case "programme":
            return tuple(Option(each.id, LocalText(each.title.values)) for each in plan.programmes)
        case "row":
            return _rows(field.worksheet, plan, pack)
        case _:
            return ()


def _rows(worksheet: str, plan: Plan, pack: Pack) -> tuple[Option, ...]:
    """The rows of a worksheet by their own words; one that says nothing yet by its number."""
    sheet = next((each for each in pack.worksheets if each.id == worksheet), None)
    return tuple(
        Option(
            each.row.id,
            each.name or Message("exchange.value.row", number=str(each.number)),
            details=each.details,
        )
        for each in (named_rows(plan, sheet) if sheet else ())
    )


def _of_choice(choice: Choice) -> Option:
    return Option(choice.id, choice.label, choice.tone, choice.help)


def show(field_type: str, value: Value, language: Language, choices: Iterable[Option] = ()) -> str:
    """A value as a reader of ``language`` sees it in a field; nothing is an empty text."""
    if value is None or value == ():
        return ""
    match field_type:
        case "integer" | "rupiah" if isinstance(value, int):
            return number(value, language)
        case "decimal" | "percent":
            return number(Decimal(str(value)), language)
        case "date":
            return _show_date(str(value), language)
        case "choices" if isinstance(value, tuple):
            names = {option.value: option.label for option in choices}
            return ", ".join(spoken(names.get(each, each), language) for each in value)
        case _ if field_type in PICKED:
            wanted = str(value).lower() if isinstance(value, bool) else str(value)
            found = next((each.label for each in choices if each.value == wanted), None)
            if found is None:
                return spoken(GONE_ROW, language) if field_type == "row" else wanted
            return spoken(found, language)
        case _:
            return str(value)


def spoken(speech: LocalText | Message | str, language: Language) -> str:
    """A label in a language."""
    from desktop.base import render

    match speech:
        case Message():
            return render(speech, language)
        case LocalText():
            return speech.read(language)
        case _:
            return speech


def _show_date(value: str, language: Language) -> str:
    try:
        return date(dt.date.fromisoformat(value), language)
    except ValueError:
        return value


def parse(field_type: str, text: str, choices: Iterable[Option] = (), *, english: bool = False) -> Value:
    """The value a person meant. Raises :class:`NotUnderstood`; blank is None.

    Numbers are read in both manners as long as they are unambiguous; ``english`` decides when a text
    like ``1.234`` could be either (Indonesian: thousands).
    """
    text = text.strip()
    if not text:
        return None
    match field_type:
        case "integer":
            return _whole(text, field_type)
        case "rupiah":
            return _whole(re.sub(r"(?i)^\s*(rp\.?|idr)\s*|,-$|[.,]00$", "", text), field_type)
        case "year":
            if not re.fullmatch(r"[12]\d{3}", text):
                raise NotUnderstood(text, "year")
            return int(text)
        case "decimal" | "percent":
            return _decimal(text.removesuffix("%").strip(), english=english)
        case "date":
            return _date(text)
        case "choices":
            return tuple(_pick(part, tuple(choices)) for part in re.split(r"\s*[;,\n]\s*", text) if part)
        case "boolean":
            return _pick(text, tuple(choices) or YES_NO) == "true"
        case _ if field_type in PICKED:
            return _pick(text, tuple(choices))
        case _:
            return text


def year_named(text: str) -> int:
    """The calendar year that must be named here. Raises NotUnderstood, for nothing too."""
    year = parse("year", text)
    if not isinstance(year, int):
        raise NotUnderstood(text, "year")
    return year


def _whole(text: str, kind: str) -> int:
    """A whole number; its groups are of three digits, so that ``5,5`` never becomes 55."""
    if not _GROUPED.fullmatch(text) and not re.fullmatch(r"-?\d+", text):
        raise NotUnderstood(text, kind)
    digits = re.sub(r"[^-\d]", "", text)
    if not re.fullmatch(r"-?\d{1,18}", digits):
        raise NotUnderstood(text, kind)
    return int(digits)


def _decimal(text: str, *, english: bool) -> str:
    plain = re.sub(r"[\s\u00a0]", "", text)
    if not re.fullmatch(rf"-?[\d.,]{{1,{_LONGEST}}}", plain):
        raise NotUnderstood(text, "decimal")  # neither a power of ten (1e400) nor 1_000 is how people write
    point = "." if english else ","
    if "," in plain and "." in plain:
        point = "," if plain.rindex(",") > plain.rindex(".") else "."
    elif english and re.fullmatch(r"-?\d{1,3}(,\d{3})+", plain):
        point = "."
    elif "," in plain:
        point = ","
    elif not re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+", plain):
        point = "."
    group = "," if point == "." else "."
    if group in plain and not _GROUPED.fullmatch(plain.partition(point)[0]):
        raise NotUnderstood(text, "decimal")
    try:
        value = Decimal(plain.replace(group, "").replace(point, "."))
    except InvalidOperation:
        raise NotUnderstood(text, "decimal") from None
    if not value.is_finite():
        raise NotUnderstood(text, "decimal")
    return f"{value:f}"


def _date(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    parts = re.fullmatch(r"(\d{1,2})[\s./-]+(\d{1,2}|[^\W\d]{3,})[\s./-]+(\d{4})", text)
    if parts is None:
        raise NotUnderstood(text, "date")
    day, month, year = parts.groups()
    number_of_month = int(month) if month.isdecimal() else _month(month)
    try:
        return dt.date(int(year), number_of_month, int(day)).isoformat()
    except ValueError:
        raise NotUnderstood(text, "date") from None


def _month(word: str) -> int:
    start = word.lower()[:3]
    return next((place for place, names in enumerate(MONTHS, 1) if start in names), 0)


def _pick(text: str, choices: tuple[Option, ...]) -> str:
    wanted = text.casefold()
    for option in choices:
        names = {option.value.casefold(), *(spoken(option.label, each).casefold() for each in Language)}
        if wanted in names:
            return option.value
    direction = direction_named(text)
    if direction and {*DIRECTIONS} <= {option.value for option in choices}:
        return direction  # pasted from a sheet that says naik, turun, tetap
    raise NotUnderstood(text, "choice")


def blank(value: Value) -> bool:
    """Whether nothing was answered."""
    return value is None or value in ("", ())
