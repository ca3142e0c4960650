"""Reads every sheet of a list: which of them hold programmes, what they say, and what they leave open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from desktop.base import Message, RancangError
from desktop.base.jobs import Report, quiet
from desktop.exchange.cells import Ways, as_text
from desktop.exchange.columns import MONEY, NAMES, Role, bare
from desktop.exchange.drafts import Drafts, LeftColumn, ProgrammeDraft
from desktop.exchange.flat import Collector
from desktop.exchange.header import Column, Header, find_header, likely_header
from desktop.exchange.layouts import Sheet, recognised
from desktop.exchange.levels import Told
from desktop.exchange.money_unit import sheets_apart
from desktop.exchange.number_styles import VALUES, styles_in
from desktop.exchange.numbers import NumberStyle
from desktop.exchange.sipd import sipd_header
from desktop.exchange.table import Table, column_name, filled
from desktop.exchange.tree import TreeCollector
from desktop.exchange.unclear import Open
from desktop.workspace.plan import Plan

_UNPLACED = frozenset({Role.GOAL, Role.OBJECTIVE, Role.NOTE, Role.IGNORE, Role.LOCATION})
"""What columns may say and a plan has no place for (a location only where there are no activities)."""


class NoProgrammes(RancangError):
    """No sheet of the file has a column that names programmes."""

    def __init__(self, file: str, headers: Iterable[str]) -> None:
        found = ", ".join(f'"{header}"' for header in headers)
        super().__init__(Message("exchange.import.no_programmes", file=file, headers=found or "-"))


class NoSuchSheet(RancangError):
    """A sheet was asked for that the file does not have, or that holds no programmes."""

    def __init__(self, file: str, sheet: str, known: Iterable[str]) -> None:
        super().__init__(Message("exchange.import.no_sheet", file=file, sheet=sheet, known=", ".join(known)))


@dataclass(frozen=True, slots=True)
class Options:
    """How a list is read: which sheets, what columns say, how numbers are written, which years are meant."""

    columns: Mapping[str, Role]
    style: NumberStyle | None = None
    value_style: NumberStyle | None = None
    """How values of indicators are written, where they are not written as amounts are."""
    left_out: frozenset[str] = frozenset()
    sheets: frozenset[str] | None = None
    """None: all that hold programmes."""
    first_year: int | None = None
    """Which year *Tahun ke-1* is."""
    year: int | None = None
    """Of which year amounts are whose header names none."""
    levels: str = ""
    """``tree`` or ``flat``, where only the look of the rows tells levels; empty when nobody said."""
    hidden: str = ""
    """``take`` or ``leave`` rows and columns that are hidden."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """How single cells are meant that can be read in several ways, by the question about them."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet that holds programmes: what it is, and what it gave when it was read."""

    sheet: Sheet
    drafts: Drafts | None
    """None when the sheet was not chosen."""
    left: tuple[LeftColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a file said."""

    sheets: tuple[ReadSheet, ...]
    others: tuple[str, ...]
    """Sheets without programmes, by name."""
    programmes: tuple[ProgrammeDraft, ...]
    open: Open
    notes: tuple[Message, ...]
    heads: tuple[str, ...] = ()
    """What the columns of all sheets are called."""

    @property
    def read(self) -> list[tuple[ReadSheet, Drafts]]:
        """The sheets that were chosen."""
        return [(each, each.drafts) for each in self.sheets if each.drafts is not None]


def read_sheets(
    file: str,
    tables: tuple[Table, ...],
    options: Options,
    plan: Plan,
    agencies: Iterable[str],
    report: Report = quiet,
) -> Reading:
    """Read the chosen sheets. Raises NoProgrammes, NoSuchSheet."""
    known, found, others = tuple(agencies), [], []
    for table in tables:
        header = sipd_header(table, options.columns) or find_header(table, options.columns)
        header = _of_money(header, options.columns) if header is not None else None
        if header is None or not any(map(header.of, NAMES)):  # a person may take every name away
            others.append(table.sheet)
            continue
        found.append(recognised(table, header, several=len(tables) > 1, known=known))
    if not found:
        return _nameless(file, tables)
    names = [sheet.table.sheet for sheet in found]
    for name in options.sheets or ():
        if name not in names:
            raise NoSuchSheet(file, name, names)
    read: list[ReadSheet] = []
    factors = sheets_apart(sheet.header for sheet in found)
    for at, sheet in enumerate(found):
        report(at, len(found), Message("exchange.reading.rows", sheet=sheet.table.sheet))
        if options.sheets is None or sheet.table.sheet in options.sheets:
            read.append(_read(sheet, options, plan, report, factor=factors.get(at, 0)))
        else:
            read.append(ReadSheet(sheet, None))
    chosen_sheets = [(each.sheet, each.drafts) for each in read if each.drafts is not None]
    joined, doubled = _joined(chain.from_iterable(drafts.programmes for _, drafts in chosen_sheets))
    programmes = tuple(draft for draft in joined if draft.key not in options.left_out)
    hidden = [_hidden(sheet) for sheet, _ in chosen_sheets]
    left = Open(
        ambiguous=tuple(dict.fromkeys(each for _, drafts in chosen_sheets for each in drafts.ambiguous)),
        several=any(_differ(draft) for draft in programmes),
        headers=tuple(_headers([sheet for sheet, _ in chosen_sheets])),
        hidden=(sum(rows for rows, _ in hidden), sum(columns for _, columns in hidden)),
        cells=tuple(doubt for _, drafts in chosen_sheets for doubt in drafts.doubts),
    )
    notes = tuple(_notes(chosen_sheets, programmes, plan, doubled))
    heads = dict.fromkeys(column.header for sheet in found for column in sheet.header.columns)
    return Reading(tuple(read), tuple(others), programmes, left, notes, tuple(heads))


def _of_money(header: Header, chosen: Mapping[str, Role]) -> Header:
    """*Realisasi* beside amounts, in a list without indicators, is what was spent."""
    if header.of(Role.INDICATOR) or not any(map(header.of, MONEY - {Role.REALISED_BUDGET})):
        return header
    columns = tuple(
        replace(column, role=Role.REALISED_BUDGET)
        if column.role is Role.REALISED and bare(column.header) not in chosen
        else column
        for column in header.columns
    )
    return replace(header, columns=columns)


def _nameless(file: str, tables: tuple[Table, ...]) -> Reading:
    """A list of which no head says where its programmes stand: somebody is asked. Raises NoProgrammes."""
    found = [(table, header) for table in tables if (header := likely_header(table)) is not None]
    if not found:
        raise NoProgrammes(file, _first_texts(tables))
    table, header = max(found, key=lambda each: len(each[0].rows))
    columns = {column.header: _example(table, header, column) for column in header.columns}
    note = Message("exchange.note.nameless", sheet=table.sheet)
    others = tuple(each.sheet for each in tables)
    return Reading((), others, (), Open(nameless=tuple(columns.items())), (note,), tuple(columns))


def _example(table: Table, header: Header, column: Column) -> str:
    cells = (row[column.index] for row in table.rows[header.first_row :] if column.index < len(row))
    return next((as_text(cell)[:40] for cell in cells if filled(cell)), "")


def _read(sheet: Sheet, options: Options, plan: Plan, report: Report, *, factor: int = 0) -> ReadSheet:
    table = sheet.table
    leave = options.hidden == "leave"
    first = options.first_year or (sheet.header.span[0] if sheet.header.span else plan.first_year)
    header = sheet.header.dated(first, options.year or sheet.header.year)
    header = header.without(table.hidden_columns) if leave else header
    skipped = table.hidden_rows if leave else frozenset[int]()
    styles = styles_in(table, header, options.style, options.value_style)
    ways = Ways(styles, options.cells, skipped, factor)
    told, region = _told(sheet, options), plan.region.code
    collector: Collector
    if told == "flat":
        collector = Collector(table, header, ways, region, agency=sheet.agency)
    else:
        collector = TreeCollector(
            table, header, ways, region, lines=sheet.lines, told=told, agency=sheet.agency
        )
    drafts = collector.collect(report)
    return ReadSheet(sheet, drafts, tuple(_left(sheet, header, told)))


def _told(sheet: Sheet, options: Options) -> Told:
    if sheet.told != "looks":
        return sheet.told
    if options.levels:
        return "looks" if options.levels == "tree" else "flat"
    # Until somebody said so, looks count as levels only where a level below programmes is named.
    return "looks" if any(level > 1 for level in sheet.lines.by_look.values()) else "flat"


def _hidden(sheet: Sheet) -> tuple[int, int]:
    table, first = sheet.table, sheet.header.first_row
    rows = sum(
        1 for row in table.hidden_rows if first <= row < len(table.rows) and any(map(filled, table.rows[row]))
    )
    known = {column.index for column in sheet.header.columns if column.role not in {Role.IGNORE, Role.NUMBER}}
    return rows, len(table.hidden_columns & known)


def _left(sheet: Sheet, header: Header, told: Told) -> Iterator[LeftColumn]:
    """Columns with something in them that is not taken over."""
    rows = sheet.table.rows
    for column in header.columns:
        lost = column.role in VALUES and not header.of(Role.INDICATOR)
        if not lost and (column.role not in _UNPLACED or (column.role is Role.LOCATION and told != "flat")):
            continue
        cells = [
            at + 1
            for at in range(header.first_row, len(rows))
            if column.index < len(rows[at])
            and filled(rows[at][column.index])
            and not header.repeated(rows[at])
        ]
        if cells:
            name = column_name(column.index)
            yield LeftColumn(sheet.table.sheet, name, column.header, (cells[0], cells[-1]), len(cells))


def _notes(
    sheets: list[tuple[Sheet, Drafts]], programmes: tuple[ProgrammeDraft, ...], plan: Plan, doubled: int
) -> Iterator[Message]:
    for _, drafts in sheets:
        yield from drafts.notes
    outside = sorted({year for draft in programmes for year in draft.years if year not in plan.years})
    if outside:
        yield Message(
            "exchange.note.years",
            n=len(outside),
            years=", ".join(map(str, outside)),
            first=str(plan.first_year),
            last=str(plan.last_year),
        )
    summed = sum(draft.summed for draft in programmes)
    if summed:
        yield Message("exchange.note.summed", n=summed)
    if doubled:
        yield Message("exchange.note.doubled", n=doubled)
    if any(sheet.table.old for sheet, _ in sheets):
        yield Message("exchange.note.old_file")
    if any(sheet.table.strayed for sheet, _ in sheets):
        yield Message("exchange.note.strayed")


def _first_texts(tables: tuple[Table, ...]) -> list[str]:
    """What stands in the first row with several texts: most likely the header that was not understood."""
    for table in tables:
        for row in table.rows[:40]:
            texts = [cell for cell in row if isinstance(cell, str) and cell]
            if len(texts) >= 2:
                return texts[:12]
    return []


def _headers(sheets: list[Sheet]) -> Iterator[tuple[str, Role]]:
    """Every head with something below it, and what it is taken to say."""
    seen: set[str] = set()
    for sheet in sheets:
        for column in sheet.header.columns:
            if bare(column.header) not in seen and bare(column.header) and _has_cells(sheet, column):
                seen.add(bare(column.header))
                yield column.header, column.role


def _has_cells(sheet: Sheet, column: Column) -> bool:
    rows = sheet.table.rows[sheet.header.first_row :]
    return any(column.index < len(row) and filled(row[column.index]) for row in rows)


def _joined(drafts: Iterable[ProgrammeDraft]) -> tuple[list[ProgrammeDraft], int]:
    """The same title twice (two agencies, two sheets) gets the agency's name, so that each has a key.

    A programme that stands on two sheets with the same figures is one; how often is told beside.
    """
    everything: list[ProgrammeDraft] = []
    first: dict[tuple[str, str, str], ProgrammeDraft] = {}
    doubled = 0
    for draft in drafts:
        known = first.setdefault((draft.key, bare(draft.agency), draft.code), draft)
        if known is not draft and known.sheet != draft.sheet and _same(known, draft):
            doubled += 1
        else:
            everything.append(draft)
    keys = Counter(draft.key for draft in everything)
    taken: Counter[str] = Counter()
    for draft in everything:
        if keys[draft.key] > 1 and draft.agency:
            draft.title = f"{draft.title} ({draft.agency})"
        taken[draft.key] += 1
        if taken[draft.key] > 1:
            draft.title = f"{draft.title} ({taken[draft.key]})"
    return everything, doubled


def _same(one: ProgrammeDraft, other: ProgrammeDraft) -> bool:
    def values(draft: ProgrammeDraft) -> dict[object, set[object]]:
        return {figure: {amount.value for amount in amounts} for figure, amounts in draft.amounts.items()}

    return values(one) == values(other)


def _differ(draft: ProgrammeDraft) -> bool:
    """Whether the list gives different amounts for the same year, source and figure."""
    if draft.summed:
        return any(
            len({amount.value for amount in amounts}) > 1
            for activity in draft.activities
            for amounts in activity.amounts.values()
        )
    return any(len({amount.value for amount in amounts}) > 1 for amounts in draft.amounts.values())
