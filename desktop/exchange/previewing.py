"""What a list says, what it leaves open, and what could not be read: nothing is written yet.

A list of a shape that is known is read as such a list was read last time.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.jobs import Report, quiet
from desktop.exchange.asking import Asking
from desktop.exchange.brought import NOTHING, Brought
from desktop.exchange.columns import Role, bare
from desktop.exchange.decisions import Decisions
from desktop.exchange.drafts import LeftColumn, Problem, ProgrammeDraft, Stated
from desktop.exchange.layouts import Kind
from desktop.exchange.levels import Told
from desktop.exchange.matching import Agencies, known_programmes, taken_away
from desktop.exchange.numbers import NumberStyle
from desktop.exchange.questions import (
    NUMBER_STYLE,
    PROGRAMME_COLUMN,
    VALUE_STYLE,
    Answers,
    Question,
    stays_away,
    suggested_answers,
)
from desktop.exchange.reading import Options, Reading, read_sheets
from desktop.exchange.table import Handed, Table, read_tables
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan, Programme

if TYPE_CHECKING:
    from desktop.exchange.list_memory import ListMemory, Remembered

_ROUNDS = 4
"""So often a list is read again for what was suggested, at most: each reading may ask something new."""


class OtherRegions(RancangError):
    """Every row of the list is about another region than the workspace."""

    def __init__(self, file: str, region: str, others: Iterable[str]) -> None:
        names = ", ".join(others)
        super().__init__(Message("exchange.import.other_region", file=file, region=region, others=names))


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet that holds programmes, and what it gave."""

    name: str
    kind: Kind
    told: Told
    """How levels are told; ``flat`` for a plain list."""
    agency: str
    chosen: bool
    programmes: int = 0
    activities: int = 0
    indicators: int = 0


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a list says, what it leaves open, and what could not be read; nothing is written yet."""

    file: str
    tables: tuple[Table, ...]
    options: Options
    programmes: tuple[ProgrammeDraft, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    other_regions: Mapping[str, int]
    """How many rows were about other regions, by name; they are not taken over."""
    known: Mapping[str, Programme]
    """Programmes that the plan has already, by draft key: they are brought up to date."""
    sheets: tuple[FoundSheet, ...] = ()
    other_sheets: tuple[str, ...] = ()
    """Sheets without programmes."""
    stated: tuple[Stated, ...] = ()
    """Sums that the file states, beside what its rows come to."""
    left: tuple[LeftColumn, ...] = ()
    """Columns that are not taken over."""
    notes: tuple[Message, ...] = ()
    new_agencies: tuple[str, ...] = ()
    """Agencies that the list names and the plan does not have."""
    quick_wins: bool = True
    """Whether the guideline knows quick wins."""
    heads: tuple[str, ...] = ()
    """What the columns were called when the file was read first: by them such a list is known again."""
    recalled: Remembered | None = None
    """What was decided when such a list was taken over last time."""
    brought: Brought = NOTHING
    """What lists brought before."""

    @property
    def new(self) -> tuple[ProgrammeDraft, ...]:
        """The programmes that the plan does not have yet."""
        return tuple(draft for draft in self.programmes if draft.key not in self.known)

    def wanted(self, answers: Answers) -> tuple[ProgrammeDraft, ...]:
        """The programmes that are taken over: what the team deleted may stay away."""
        return tuple(draft for draft in self.programmes if not stays_away(draft, answers))

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The cells whose value was not taken."""
        return tuple(problem for problem in self.problems if not problem.taken)


def preview_programmes(
    source: Path | Handed,
    plan: Plan,
    pack: Pack,
    decisions: Decisions | None = None,
    *,
    sheets: Iterable[str] | None = None,
    memory: ListMemory | None = None,
    brought: Brought = NOTHING,
    report: Report = quiet,
) -> ImportPreview:
    """Read a list of programmes (CSV, Excel or OpenDocument) for a plan; ``sheets`` chooses some of them.

    With a ``memory`` it is read as such a list was read last time, and questions suggest what was answered.
    By what lists ``brought`` before, changes of the team are told from changes of the list.

    Raises FileProblem, NotATable, ProtectedTable, TableTooLarge, NoProgrammes, NoSuchSheet, OtherRegions.
    """
    given = decisions or Decisions()
    columns = {bare(header): role for header, role in given.columns.items()}
    style = NumberStyle(given.number_style.answer) if given.number_style else None
    chosen = None if sheets is None else frozenset(sheets)
    options = Options(columns, style, left_out=given.left_out(), sheets=chosen)
    tables = source.tables if isinstance(source, Handed) else read_tables(source, report)
    first = _build(source.name, tables, options, plan, pack, brought, report)
    return _recalled(first, plan, pack, memory, report)


def _recalled(
    first: ImportPreview, plan: Plan, pack: Pack, memory: ListMemory | None, report: Report
) -> ImportPreview:
    """A list as it is read, where such a list is known as it was read last time."""
    recalled = memory.recall(first.heads, plan.workspace) if memory is not None else None
    if recalled is None:
        return first
    columns = {**recalled.roles(first.heads), **first.options.columns}
    again = first
    if columns != first.options.columns:
        options = replace(first.options, columns=columns)
        again = _build(first.file, first.tables, options, plan, pack, first.brought, report)
    return _with_memory(again, first.heads, recalled)


def _with_memory(
    preview: ImportPreview, heads: tuple[str, ...], recalled: Remembered | None
) -> ImportPreview:
    if recalled is None:
        return replace(preview, heads=heads)
    roles = recalled.roles(heads)
    questions = tuple(
        replace(each, certainty="remembered")
        if each.kind == "mapping" and roles.get(each.id.removeprefix("column:")) == each.suggestion
        else recalled.suggested(each)
        for each in preview.questions
    )
    note = Message("exchange.note.remembered", file=recalled.file, at=dt.date.fromisoformat(recalled.at))
    return replace(preview, heads=heads, recalled=recalled, questions=questions, notes=(note, *preview.notes))


def refine(
    preview: ImportPreview,
    answers: Answers,
    plan: Plan,
    pack: Pack,
    *,
    sheets: Iterable[str] | None = None,
    report: Report = quiet,
) -> ImportPreview:
    """Read the list again where answers change how it is read: what columns say, how numbers are written.

    ``sheets`` are the sheets chosen from now on (None: as before).
    """
    options = _answered(preview, answers)
    if sheets is not None:
        options = replace(options, sheets=frozenset(sheets))
    if options == preview.options:
        return preview
    again = _build(preview.file, preview.tables, options, plan, pack, preview.brought, report)
    return _with_memory(again, preview.heads, preview.recalled)


def _answered(preview: ImportPreview, answers: Answers) -> Options:
    roles = set(Role)
    columns = {
        **preview.options.columns,
        **{
            question.id.removeprefix("column:"): Role(answers[question.id])
            for question in preview.questions
            if question.kind == "mapping"
            and answers.get(question.id, question.suggestion) in roles - {question.suggestion}
        },
    }
    asked = next((each for each in preview.questions if each.id == PROGRAMME_COLUMN), None)
    named = bare(answers.get(PROGRAMME_COLUMN, ""))
    if asked is not None and named and named in {option.id for option in asked.options}:
        columns[named] = Role.PROGRAMME
    given = preview.options
    doubted = {each.id for each in preview.questions if each.kind == "cells"}
    cells = {**given.cells, **{key: value for key, value in answers.items() if key in doubted and value}}
    style, values, first, year = (
        answers.get(name, "") for name in (NUMBER_STYLE, VALUE_STYLE, "first_year", "year")
    )
    return replace(
        given,
        columns=columns,
        style=NumberStyle(style) if style in set(NumberStyle) else given.style,
        value_style=NumberStyle(values) if values in set(NumberStyle) else given.value_style,
        first_year=int(first) if first.isdecimal() else given.first_year,
        year=int(year) if year.isdecimal() else given.year,
        levels=answers.get("levels", given.levels),
        hidden=answers.get("hidden", given.hidden),
        cells=cells,
    )


def agreed(
    preview: ImportPreview, answers: Answers, plan: Plan, pack: Pack, report: Report = quiet
) -> ImportPreview:
    """The list as it is read where every suggestion that nobody answered otherwise is agreed to."""
    for _ in range(_ROUNDS):
        said = {**suggested_answers(preview.questions), **answers}
        again = refine(preview, said, plan, pack, report=report)
        if again is preview:
            break
        preview = again
    return preview


# ---- reading ---------------------------------------------------------------------------------------
def _build(
    file: str,
    tables: tuple[Table, ...],
    options: Options,
    plan: Plan,
    pack: Pack,
    brought: Brought,
    report: Report = quiet,
) -> ImportPreview:
    agencies = Agencies(plan)
    reading = read_sheets(file, tables, options, plan, agencies.keys, report)
    drafts = reading.programmes
    others: Counter[str] = Counter()
    for _, each in reading.read:
        others.update(each.other_regions)
    if not drafts and others:
        raise OtherRegions(file, plan.region.name, others)
    known = known_programmes(drafts, plan, agencies, brought)
    away = taken_away(drafts, plan, known, agencies, brought)
    sheets = tuple(each.sheet for each, _ in reading.read)
    asking = Asking(plan, pack, drafts, known, sheets, agencies, brought, away)
    return ImportPreview(
        file=file,
        tables=tables,
        options=options,
        programmes=drafts,
        questions=tuple(asking.questions(reading.open)),
        problems=tuple(problem for _, each in reading.read for problem in each.problems),
        other_regions=dict(others),
        known=known,
        sheets=tuple(_found(reading)),
        other_sheets=reading.others,
        stated=tuple(stated for _, each in reading.read for stated in each.stated),
        left=tuple(left for each, _ in reading.read for left in each.left),
        notes=reading.notes,
        heads=reading.heads,
        brought=brought,
        quick_wins=pack.planning.quick_win is not None,
        new_agencies=tuple(name for name in asking.named_agencies if agencies.find(name) is None),
    )


def _found(reading: Reading) -> Iterable[FoundSheet]:
    for each in reading.sheets:
        sheet = each.sheet
        programmes = each.drafts.programmes if each.drafts else ()
        yield FoundSheet(
            name=sheet.table.sheet,
            kind=sheet.kind,
            told=sheet.told,
            agency=sheet.agency,
            chosen=each.drafts is not None,
            programmes=len(programmes),
            activities=sum(len(draft.activities) for draft in programmes),
            indicators=sum(len(draft.indicators) for draft in programmes),
        )
