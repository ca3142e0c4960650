"""What other parts of the plan suggest for a worksheet: a person chooses, one operation writes it.

Strengths and weaknesses of the SWOT sheet come from readiness ratings, milestones of a roadmap sheet from
the years of programmes. Nothing that is written is ever replaced: lines are added, rows are added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message, render
from desktop.checks.recap import said, speaking
from desktop.checks.spots import named
from desktop.checks.terms import term_years
from desktop.workspace.plan import Cell, Text

if TYPE_CHECKING:
    from desktop.guideline.pack import Field, FixedRow, Pack, Worksheet
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Activity, Plan, Programme

_NOTHING = Cell(None, Text())


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that could be written: where, what, and how."""

    key: str
    """The same as long as it says the same about the same."""
    where: Message
    text: LocalText
    write: Callable[[Operation], None]


def suggests(pack: Pack, sheet: Worksheet) -> bool:
    """Whether other parts of the plan can suggest anything for a worksheet."""
    swot = pack.readiness.swot if pack.readiness else None
    return (swot is not None and swot.worksheet == sheet.id) or (bool(sheet.term) and not sheet.binding)


def suggestions(plan: Plan, pack: Pack, sheet: Worksheet) -> tuple[Suggestion, ...]:
    """What is suggested for a worksheet and does not stand there yet. Pure."""
    swot = pack.readiness.swot if pack.readiness else None
    if swot is not None and swot.worksheet == sheet.id:
        return tuple(_of_readiness(plan, pack, sheet))
    return tuple(_milestones(plan, pack, sheet)) if sheet.term and not sheet.binding else ()


def accept(workspace: Workspace, sheet: Worksheet, chosen: Iterable[Suggestion]) -> int:
    """Write what was chosen, as one operation whose values are *carried over*; how many were written."""
    wanted = tuple(chosen)
    if not wanted:
        return 0
    label = Message("exchange.suggest.label", sheet=sheet.title, n=len(wanted))
    with workspace.operation(label, kind="carry") as op:
        for each in wanted:
            each.write(op)
    return len(wanted)


# -- strengths and weaknesses from readiness ----------------------------------------------------------
def _of_readiness(plan: Plan, pack: Pack, sheet: Worksheet) -> Iterator[Suggestion]:
    readiness = pack.readiness
    source = next((each for each in pack.worksheets if readiness and each.id == readiness.worksheet), None)
    if readiness is None or readiness.swot is None or source is None:
        return
    rating = next((column for column in source.columns if column.id == readiness.rating), None)
    tones = {choice.id: choice.tone for choice in rating.choices} if rating else {}
    columns = {column.id: column for column in sheet.columns}
    by_tone = {"good": readiness.swot.strengths, "poor": readiness.swot.weaknesses}
    rows = speaking(source, plan.rows.get(source.id, ()))
    groups = {each.id: each for each in sheet.fixed_rows}
    standing = {row.fixed: row for row in plan.rows.get(sheet.id, ()) if row.fixed and not row.agency}
    for item in source.fixed_rows:
        for row in (each for each in rows if each.fixed == item.id):
            rated = row.cells.get(readiness.rating, _NOTHING).value
            column = columns.get(by_tone.get(tones.get(str(rated), ""), ""))
            group = groups.get(item.group)
            if column is None or group is None:
                continue
            line = _line(item, row.cells.get(readiness.condition, _NOTHING).text)
            there = standing.get(group.id)
            if there is not None and _stands(there.cells.get(column.id, _NOTHING).text, item, line):
                continue
            where = Message("exchange.suggest.swot", group=group.label, column=column.label)
            yield Suggestion(
                f"{group.id}.{column.id}.{row.id}", where, line, _adding(plan, sheet, group, column, line)
            )


def _line(item: FixedRow, condition: Text) -> LocalText:
    """``Human resources: 12 staff are trained`` in every language in which the condition is written."""
    spoken = [language for language, text in condition.values.items() if text.strip()] or list(
        item.label.texts
    )
    out = {}
    for language in spoken:
        words = " ".join(condition.values.get(language, "").split())
        name = item.label.read(language)
        out[language] = f"{name}: {words}" if words else name
    return LocalText(out)


def _stands(text: Text, item: FixedRow, line: LocalText) -> bool:
    """Whether a line is there already, in any language, as it is or with another condition."""
    heads = {f"{name.casefold()}:" for name in item.label.texts.values()}
    lines = [each.strip(" -•–").casefold() for value in text.values.values() for each in value.splitlines()]
    wanted = {each.casefold() for each in line.texts.values()}
    return any(each in wanted or any(each.startswith(head) for head in heads) for each in lines)


def _adding(
    plan: Plan, sheet: Worksheet, group: FixedRow, column: Field, line: LocalText
) -> Callable[[Operation], None]:
    def write(op: Operation) -> None:
        row = op.fixed_row(sheet.id, group.id)
        # read within the operation: several lines may go into one cell
        for language in sorted(line.texts, key=lambda each: each != plan.source_language):
            before = op.cell_now(row, column.id, language)
            text = f"{before.rstrip()}\n{line.texts[language]}" if before.strip() else line.texts[language]
            op.cell_text(row, column.id, language, text, policy=column.policy)

    return write


# -- milestones from the years of programmes ----------------------------------------------------------
def _milestones(plan: Plan, pack: Pack, sheet: Worksheet) -> Iterator[Suggestion]:
    """Of each programme at work in the term: activities that end in it, else a target, else its beginning."""
    years = term_years(plan, pack, sheet.term)
    by_type = {column.type: column for column in reversed(sheet.columns)}
    programme_column, text_column, year_column = (
        by_type.get("programme"),
        _text_column(sheet),
        by_type.get("year"),
    )
    if years is None or programme_column is None or text_column is None:
        return
    there = {
        (cell.value, row.cells.get(year_column.id, _NOTHING).value if year_column else None)
        for row in plan.rows.get(sheet.id, ())
        if (cell := row.cells.get(programme_column.id)) is not None and said(cell)
    }
    agency_column = by_type.get("agency")
    for programme in plan.programmes:
        for year, text, lead in _of_programme(programme, years, plan):
            if (programme.id, year if year_column else None) in there:
                continue
            where = Message("exchange.suggest.milestone", programme=named(programme.title), year=str(year))
            values = {
                column.id: (column, value)
                for column, value in (
                    (programme_column, programme.id), (year_column, year),
                    (agency_column, lead or programme.lead),
                )
                if column is not None and value
            }  # fmt: skip
            key = f"{programme.id}.{year}.{text.read(plan.source_language)}"
            yield Suggestion(key, where, text, _row_of(plan, sheet, text_column, text, values))


def _text_column(sheet: Worksheet) -> Field | None:
    return next((column for column in sheet.columns if column.bilingual), None)


def _of_programme(programme: Programme, years: range, plan: Plan) -> Iterator[tuple[int, LocalText, str]]:
    start = programme.start_year or plan.first_year
    end = programme.end_year or start
    if start >= years.stop or end < years.start:
        return
    ending = [each for each in programme.activities if each.title and _ends(each) in years]
    for activity in ending:
        yield (
            _ends(activity) or end,
            LocalText(dict((activity.output or activity.title).values)),
            activity.lead,
        )
    if ending:
        return
    last = min(end, years.stop - 1)
    for indicator in programme.indicators:
        target = next(
            (each for each in indicator.targets if each.year == last and each.target is not None), None
        )
        if target is not None and target.target is not None and indicator.name:
            sentence = Message(
                "exchange.suggest.target",
                indicator=named(indicator.name), value=target.target, unit=indicator.unit,
            )  # fmt: skip
            yield (
                last,
                LocalText({each.value: render(sentence, each).strip() for each in Language}),
                programme.lead,
            )
            return
    if start in years:
        sentence = Message("exchange.suggest.begins", programme=named(programme.title))
        yield start, LocalText({each.value: render(sentence, each) for each in Language}), programme.lead


def _ends(activity: Activity) -> int | None:
    return activity.end_year if activity.end_year is not None else activity.start_year


def _row_of(
    plan: Plan, sheet: Worksheet, column: Field, text: LocalText, values: Mapping[str, tuple[Field, object]]
) -> Callable[[Operation], None]:
    def write(op: Operation) -> None:
        row = op.add_row(sheet.id)
        for name, (field, value) in values.items():
            op.cell(row, name, value, policy=field.policy)
        for language in sorted(text.texts, key=lambda each: each != plan.source_language):
            op.cell_text(row, column.id, language, text.texts[language], policy=column.policy)

    return write
