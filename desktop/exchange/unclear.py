"""What reading a list left unclear, and the questions about how it is to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.base import Message
from desktop.exchange.columns import ROLE_NAMES, Role, bare
from desktop.exchange.counting import counted
from desktop.exchange.layouts import Sheet
from desktop.exchange.levels import Level
from desktop.exchange.number_styles import Unclear
from desktop.exchange.questions import (
    NUMBER_STYLE,
    PROGRAMME_COLUMN,
    VALUE_STYLE,
    Certainty,
    Option,
    Question,
    column_id,
)
from desktop.workspace.plan import Plan

_LEVELS = {
    Level.PROGRAMME: Message("exchange.level.programme"),
    Level.ACTIVITY: Message("exchange.level.activity"),
    Level.SUB_ACTIVITY: Message("exchange.level.sub_activity"),
    Level.HEADING: Message("exchange.level.heading"),
}


@dataclass(frozen=True, slots=True)
class Open:
    """What reading a list left unclear."""

    ambiguous: tuple[Unclear, ...] = ()
    several: bool = False
    headers: tuple[tuple[str, Role], ...] = ()
    """What columns with something in them are called, and what they are taken to say."""
    nameless: tuple[tuple[str, str], ...] = ()
    """The columns of a list of which none is known to name programmes, each with an example."""
    hidden: tuple[int, int] = (0, 0)
    """How many filled rows and columns are hidden."""
    cells: tuple[Question, ...] = ()
    """Single cells that can be meant in several ways."""


def about_reading(left: Open, sheets: Sequence[Sheet], plan: Plan) -> Iterator[Question]:
    """The questions whose answers change how a list is read, the widest first."""
    yield from _naming(left.nameless)
    yield from _levels(sheets)
    yield from _hidden(*left.hidden)
    yield from _mapping(left.headers)
    yield from _years(sheets, plan)
    yield from _numbers(left.ambiguous)
    yield from left.cells


def _levels(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """Levels that only the look of the rows tells are a guess, and so they are asked about."""
    looked = next((sheet for sheet in sheets if sheet.lines.told == "looks"), None)
    if looked is None:
        return
    examples = list(looked.lines.examples())
    parts = {f"level{at}": _LEVELS[level] for at, (level, _) in enumerate(examples[:3], 1)}
    titles = {f"title{at}": title for at, (_, title) in enumerate(examples[:3], 1)}
    hint = Message(f"exchange.ask.levels.hint{min(len(examples), 3)}", **parts, **titles)
    options = (
        Option("tree", Message("exchange.ask.levels.tree")),
        Option("flat", Message("exchange.ask.levels.flat")),
    )
    several = any(level is Level.ACTIVITY for level, _ in examples)
    message = Message("exchange.ask.levels", sheet=looked.table.sheet)
    yield Question("levels", "levels", message, options, "tree" if several else "flat", hint=hint)


def _hidden(rows: int, columns: int) -> Iterator[Question]:
    if rows or columns:
        options = (
            Option("take", Message("exchange.ask.hidden.take")),
            Option("leave", Message("exchange.ask.hidden.leave")),
        )
        message = Message("exchange.ask.hidden", what=counted(rows=rows, columns=columns))
        hint = Message("exchange.ask.hidden.hint")
        yield Question("hidden", "hidden", message, options, "take", hint=hint)


def _naming(columns: tuple[tuple[str, str], ...]) -> Iterator[Question]:
    if columns:
        options = tuple(
            Option(
                bare(header), Message("exchange.ask.programme_column.option", header=header, example=example)
            )
            for header, example in columns
            if bare(header)
        )
        message = Message("exchange.ask.programme_column")
        yield Question(PROGRAMME_COLUMN, "naming", message, options)


def _mapping(headers: tuple[tuple[str, Role], ...]) -> Iterator[Question]:
    options = tuple(Option(role.value, ROLE_NAMES[role]) for role in Role)
    for header, role in headers:
        message = Message("exchange.ask.column", header=header)
        certainty: Certainty = "" if role is Role.IGNORE else "stated"
        yield Question(
            column_id(header), "mapping", message, options, role.value, required=False, certainty=certainty
        )


def _years(sheets: Sequence[Sheet], plan: Plan) -> Iterator[Question]:
    ours = list(plan.years)
    counted = next((sheet.header for sheet in sheets if sheet.header.ordinals), None)
    if counted is not None:
        said = counted.span[0] if counted.span else None
        near = sorted({*range(ours[0] - 6, ours[-1] + 1), *([said] if said else [])})
        options = tuple(
            Option(str(year), Message("exchange.ask.year.option", year=str(year))) for year in near
        )
        message = Message("exchange.ask.first_year")
        yield Question("first_year", "years", message, options, str(said or ours[0]), required=said is None)
    undated = next((sheet.header for sheet in sheets if sheet.header.undated), None)
    if undated is not None:
        said = undated.year
        near = sorted({*range(ours[0] - 3, ours[-1] + 1), *([said] if said else [])})
        options = (
            *(Option(str(year), Message("exchange.ask.year.option", year=str(year))) for year in near),
            Option("none", Message("exchange.ask.year.none")),
        )
        message = Message("exchange.ask.year")
        yield Question(
            "year", "years", message, options, str(said) if said else "none", required=said is None
        )


def _numbers(ambiguous: tuple[Unclear, ...]) -> Iterator[Question]:
    """Amounts and values are asked about apart where neither are told by their like."""
    amounts, values = ([each for each in ambiguous if each.money is money] for money in (True, False))
    if amounts and values:
        message = Message("exchange.ask.numbers.amounts", example=amounts[0].text, n=len(amounts))
        yield _style(NUMBER_STYLE, message, amounts)
        message = Message("exchange.ask.numbers.values", example=values[0].text, n=len(values))
        # whoever was asked once for all said it for values too
        said = all(each.decided for each in values)
        yield replace(_style(VALUE_STYLE, message, values), required=not said)
    elif ambiguous:
        message = Message("exchange.ask.numbers", example=ambiguous[0].text, n=len(ambiguous))
        yield _style(NUMBER_STYLE, message, ambiguous)


def _style(name: str, message: Message, unclear: Sequence[Unclear]) -> Question:
    options = (
        Option("comma", Message("exchange.ask.numbers.comma")),
        Option("point", Message("exchange.ask.numbers.point")),
    )
    often = Counter(each.likely for each in unclear)
    return Question(name, "numbers", message, options, often.most_common(1)[0][0].value)
