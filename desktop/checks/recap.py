"""A worksheet that agencies fill, seen as one: who wrote how much, and how their answers spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.guideline.pack import Field, FixedRow, Worksheet
from desktop.workspace.plan import Agency, Cell, Plan, Row

_SPREAD = frozenset({"choice", "boolean"})
"""Types of columns whose answers can be counted."""


def says_something(row: Row) -> bool:
    """Whether anything stands in a row."""
    return any(said(cell) for cell in row.cells.values())


def said(cell: Cell | None) -> bool:
    """Whether anything stands in a cell."""
    return cell is not None and (bool(cell.text) or cell.value not in (None, "", ()))


def by_agencies(sheet: Worksheet) -> bool:
    """Whether each agency has rows of its own in this worksheet."""
    return sheet.scope == "agency" and not sheet.binding


def speaking(sheet: Worksheet, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that speak for the region: of the guideline's rows the region's own, else all agencies'.

    Where agencies answer too, theirs are the material; what the region says itself is its answer. Rows
    that people added all count.
    """
    rows = tuple(rows)
    if not by_agencies(sheet):
        return rows
    own = {row.fixed for row in rows if row.fixed and not row.agency and says_something(row)}
    return tuple(row for row in rows if not row.fixed or not row.agency or row.fixed not in own)


@dataclass(frozen=True, slots=True)
class Spread:
    """A row of the guideline: the region's own answer, and those of the agencies."""

    fixed: FixedRow
    own: Row | None
    agencies: tuple[Row, ...]

    def counts(self, column: Field) -> Mapping[str, int]:
        """How many agencies gave which answer, by choice id (true, false), in the guideline's order."""
        given = Counter(
            str(cell.value).lower() if isinstance(cell.value, bool) else str(cell.value)
            for row in self.agencies
            if (cell := row.cells.get(column.id)) is not None and said(cell)
        )
        order = [choice.id for choice in column.choices] or ["true", "false"]
        return {choice: given[choice] for choice in order if given[choice]}


@dataclass(frozen=True, slots=True)
class Recap:
    """One worksheet over all agencies."""

    sheet: Worksheet
    counts: tuple[tuple[Agency, int], ...]
    """Every agency with how many of its rows say something."""
    region: int
    """The same of the region's own rows."""
    spreads: tuple[Spread, ...]
    """The guideline's rows, in its order."""

    @property
    def silent(self) -> tuple[Agency, ...]:
        """Agencies that have written nothing yet."""
        return tuple(agency for agency, rows in self.counts if not rows)

    @property
    def spread_columns(self) -> tuple[Field, ...]:
        """Columns whose answers can be counted."""
        return tuple(column for column in self.sheet.columns if column.type in _SPREAD)


def recap(plan: Plan, sheet: Worksheet) -> Recap:
    """The worksheet over all agencies. Pure."""
    rows = plan.rows.get(sheet.id, ())
    written = Counter(row.agency for row in rows if says_something(row))
    return Recap(
        sheet,
        tuple((agency, written[agency.id]) for agency in plan.agencies),
        written[""],
        tuple(
            Spread(
                fixed,
                next((row for row in rows if row.fixed == fixed.id and not row.agency), None),
                tuple(row for row in rows if row.fixed == fixed.id and row.agency and says_something(row)),
            )
            for fixed in sheet.fixed_rows
        ),
    )
