"""Answers and cells as a reader sees them: choices by their labels, numbers by locale, names for ids."""

from __future__ import annotations

import datetime as dt

from desktop.base.richtext import Run
from desktop.books.composer import Composer
from desktop.books.document import Align, Line, Tag, Tone
from desktop.books.words import EMPTY, listed, rich_line
from desktop.guideline.pack import Field
from desktop.workspace.plan import Text, Value
from desktop.workspace.row_names import find_row, row_name

_NUMERIC = frozenset({"integer", "decimal", "rupiah", "percent"})
_NARROW = frozenset({"integer", "decimal", "rupiah", "percent", "date", "year", "boolean", "choice"})


def value_line(to: Composer, field: Field, value: Value, text: Text) -> Line:
    """An answer as a line; a dash when there is none."""
    if field.bilingual:
        return _text(to, field, text)
    if value is None or value in {"", ()}:
        return (Run(EMPTY),)
    if field.type == "choice":
        return _choice(to, field, value)
    shown = _named(to, field, value) if isinstance(value, str | tuple) else _counted(to, field, value)
    unit = to.words.local(field.unit)
    if field.type == "percent":
        unit = unit or "%"
    gap = "" if unit == "%" else "\u00a0"
    return (Run(f"{shown}{gap}{unit}".strip() if field.type in _NUMERIC else shown),)


def align(field: Field) -> Align:
    """How a column of such values stands."""
    return "right" if field.type in _NUMERIC else "left"


def width(field: Field) -> float:
    """How much room a column of such values wants; 0 = as much as its contents."""
    if field.type in _NARROW:
        return 0.0
    return {"long_text": 2.4, "rich_text": 2.4, "text": 1.5}.get(field.type, 1.1)


def _text(to: Composer, field: Field, text: Text) -> Line:
    shown = to.words.text(text)
    if not shown:
        return (Run(EMPTY),)
    line = rich_line(shown) if field.type == "rich_text" else (Run(shown),)
    return (*(line or (Run(EMPTY),)), *to.words.foreign(text))


def _choice(to: Composer, field: Field, value: Value) -> Line:
    choice = next((choice for choice in field.choices if choice.id == value), None)
    if choice is None:
        return (Run(str(value)),)
    label = to.words.local(choice.label)
    return (Tag(label, Tone(choice.tone)),) if choice.tone else (Run(label),)


def _counted(to: Composer, field: Field, value: int | bool) -> str:  # noqa: FBT001 - the value itself
    if isinstance(value, bool):
        return to.words.yes_no(value)
    if field.type == "rupiah":
        return to.words.money(value)
    return str(value) if field.type == "year" else to.words.number(value)


def _named(to: Composer, field: Field, value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        labels = {choice.id: to.words.local(choice.label) for choice in field.choices}
        chosen = [labels[choice.id] for choice in field.choices if choice.id in value]
        return listed([*chosen, *(one for one in value if one not in labels)])
    match field.type:
        case "decimal" | "percent":
            return to.words.decimal(value)
        case "date":
            return _day(to, value)
        case "dimension":
            dimension = to.guide.dimension(value)
            return to.words.local(dimension.name) if dimension else value
        case "sub_dimension":
            sub = to.guide.sub_dimension(value)
            return to.words.local(sub.name) if sub else value
        case "agency":
            return to.agency(value)
        case "person":
            return next((person.name for person in to.plan.people if person.id == value), EMPTY)
        case "programme":
            return next((to.programme_title(p) for p in to.plan.programmes if p.id == value), EMPTY)
        case "row":
            return _row(to, field, value)
        case _:
            return value


def _row(to: Composer, field: Field, value: str) -> str:
    """The row of another worksheet by its own words; a dash when it was deleted."""
    sheet = to.guide.worksheet(field.worksheet)
    row = find_row(to.plan, field.worksheet, value)
    return to.words.local(row_name(sheet, row)) or EMPTY if sheet and row else EMPTY


def _day(to: Composer, value: str) -> str:
    try:
        return to.words.date(dt.date.fromisoformat(value))
    except ValueError:
        return value
