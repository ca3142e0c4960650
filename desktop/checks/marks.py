"""The dimensions marked in the RPJMD mapping: which targets support which, and what programmes make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.recap import says_something
from desktop.checks.registry import check_rule
from desktop.checks.spots import ProgrammeSpot, called
from desktop.guideline.pack import Dimension, Pack, PageRef, Rule, Worksheet
from desktop.workspace.plan import Place, Plan, Programme, Row
from desktop.workspace.row_names import find_row, row_name


def marks(sheet: Worksheet) -> dict[str, str]:
    """The columns of a worksheet that mark a dimension: column id to dimension id."""
    return {column.id: column.dimension for column in sheet.columns if column.dimension}


def marked(sheet: Worksheet, row: Row) -> tuple[str, ...]:
    """The dimensions a row marks, in the order of the columns."""
    return tuple(
        dict.fromkeys(
            dimension
            for column, dimension in marks(sheet).items()
            if (cell := row.cells.get(column)) is not None and cell.value is True
        )
    )


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many rows of a mapping mark a dimension."""

    dimension: Dimension
    rows: int


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping in short."""

    rows: int
    """Rows that say something."""
    unmarked: int
    """Of these the rows that mark no dimension."""
    counts: tuple[MarkCount, ...]
    """Every dimension that the mapping has a column for."""

    @property
    def without(self) -> tuple[Dimension, ...]:
        """Dimensions that no row marks."""
        return tuple(each.dimension for each in self.counts if not each.rows)


def mapped(plan: Plan, pack: Pack, sheet: Worksheet) -> Mapped | None:
    """How the rows of a worksheet spread over the dimensions; None when it marks none."""
    columns = set(marks(sheet).values())
    if not columns:
        return None
    rows = [row for row in plan.rows.get(sheet.id, ()) if says_something(row)]
    found = [marked(sheet, row) for row in rows]
    return Mapped(
        len(rows),
        sum(not each for each in found),
        tuple(
            MarkCount(dimension, sum(dimension.id in each for each in found))
            for dimension in pack.dimensions
            if dimension.id in columns
        ),
    )


@dataclass(frozen=True, slots=True)
class Suggested:
    """The dimensions that the rows a programme names mark."""

    dimensions: tuple[str, ...]
    sheet: Worksheet
    row: Row

    @property
    def name(self) -> LocalText:
        """What the row is called."""
        return row_name(self.sheet, self.row)


def suggested(plan: Plan, pack: Pack, programme: Programme) -> tuple[Suggested, ...]:
    """What the rows a programme names (fields of type ``row``) say of its dimension."""
    sheets = {sheet.id: sheet for sheet in pack.worksheets}
    out: list[Suggested] = []
    for field in pack.planning.extra_fields:
        sheet = sheets.get(field.worksheet) if field.type == "row" else None
        value = plan.answer(f"programme.{field.id}", programme.id).value if sheet else None
        row = find_row(plan, sheet.id, str(value)) if sheet and value else None
        if sheet is not None and row is not None and marked(sheet, row):
            out.append(Suggested(marked(sheet, row), sheet, row))
    return tuple(out)


@check_rule("programme_outside_marks", yields_to=("programme_complete",))
def programme_outside_marks(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A programme's dimension is among those that its RPJMD row marks.

    Silent where the row marks none, and where the programme has no dimension yet.
    """
    for programme in reading.plan.programmes:
        dimension = reading.dimensions.get(programme.dimension)
        if dimension is None:
            continue
        for each in suggested(reading.plan, reading.pack, programme):
            if dimension.id in each.dimensions:
                continue
            message = Message(
                "checks.outside_marks",
                programme=called(programme.title),
                dimension=dimension.name,
                row=each.name or Message("checks.untitled"),
                marked=listed(reading, each.dimensions),
            )
            spot = ProgrammeSpot(programme, "dimension")
            yield Hit(message, spot.place(), spot.page, each.row.id)


@check_rule("dimension_unmarked")
def dimension_unmarked(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every dimension is supported by at least one row of the mapping, and every row marks one.

    Silent while the mapping is empty: that is said by ``worksheet_rows``.
    """
    for sheet in reading.pack.worksheets:
        found = mapped(reading.plan, reading.pack, sheet)
        if found is None or not found.rows:
            continue
        page = PageRef(page="worksheet", ref=sheet.id)
        for dimension in found.without:
            message = Message("checks.unmarked_dimension", dimension=dimension.name, sheet=sheet.title)
            yield Hit(message, Place("row", item=sheet.id), page, dimension.id)
        first = next(iter(marks(sheet)))
        for row in reading.rows(sheet):
            if says_something(row) and not marked(sheet, row):
                name = row_name(sheet, row) or Message("checks.untitled")
                message = Message("checks.unmarked_row", row=name, sheet=sheet.title)
                yield Hit(message, Place("cell", row.id, first, item=f"{sheet.id}.{first}"), page)


def listed(reading: Reading, dimensions: tuple[str, ...]) -> Param:
    """Names of dimensions as a list in a sentence."""
    said: Param = ""
    for each in dimensions:
        found = reading.dimensions.get(each)
        name: Param = found.name if found else each
        said = Message("checks.and", one=said, other=name) if said else name
    return said
