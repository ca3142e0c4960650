"""What an agency's workbook has in it: its sheets, their columns and rows, with what stands there now.

The same layout is made when a workbook is handed out, and again, of the plan as it is by then, when it
comes back: rows and columns are the same where their keys are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from desktop.base import LocalText, Message
from desktop.base.canonical import Json
from desktop.base.ids import derived_id
from desktop.base.message import Param
from desktop.exchange.claims import key as claim_key
from desktop.exchange.values import Option, options
from desktop.guideline.pack import Field, FixedRow, Pack, Worksheet
from desktop.workspace.plan import Cell, EvidenceFile, Place, Plan, Row, Text, Value

if TYPE_CHECKING:
    from desktop.guideline.pack import FieldType

WORKSHEET = "worksheet."
"""How the id of a sheet begins that is one of the guideline's worksheets."""
EVIDENCE = "evidence:"
"""How the id of a column begins that names files; after it the column they support, or nothing."""
OWNER = "*agency"
"""The column that says whose row of a worksheet it is, where a sheet holds those of all agencies."""
LABEL = "label"
"""The column with the guideline's own name of a row."""
VALUE = "value"
"""The column in which each row asks something else."""
HEADING = "-"
"""The key of a line that is only a heading over the rows below."""


class Register(NamedTuple):
    """Where a cell of the workbook lives in the plan; ``name`` with its language where it has one."""

    table: str
    row: str
    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    id: str
    field: Field
    heading: Param
    options: tuple[Option, ...] = ()
    locked: bool = False
    """Whether it is only shown: it says which row is meant."""
    new_only: bool = False
    """Whether it is filled in for new rows alone (the programme a part belongs to)."""
    language: str = ""
    """Of a translation its language; its id then ends with ``@`` and that."""
    sums: tuple[str, ...] = ()
    """The columns it adds up: a formula, which is nobody's value and never comes back."""
    share: tuple[str, ...] = ()
    """Of ``sums``, what it is a share of, in percent."""
    listed: str = ""
    """Under which name its choices are remembered, where it is not its own."""

    @property
    def name(self) -> str:
        """What it is called without its language."""
        return self.id.partition("@")[0]

    @property
    def is_formula(self) -> bool:
        """Whether the spreadsheet works it out."""
        return bool(self.sums)

    @property
    def list_name(self) -> str:
        """Under which name its choices are remembered."""
        return self.listed or self.id

    @property
    def is_evidence(self) -> bool:
        """Whether it names files."""
        return self.id.startswith(EVIDENCE)

    @property
    def is_text(self) -> bool:
        """Whether people write words in it."""
        return self.field.type in {"text", "long_text", "rich_text"}

    def as_column(self, other: Column) -> Column:
        """This column in another one's place: what is asked is its own, where it stands the other's."""
        return replace(other, field=self.field, options=self.options, listed=self.listed)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its key, and what stands in it by column (texts in the source language)."""

    key: str
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    id: str
    title: Param
    purpose: Param
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    free: bool
    """Whether rows may be added."""
    parent: str = ""
    """The column that says what a row is a part of, where it is one: it names a table of the plan."""
    typed: Mapping[str, Column] = field(default_factory=dict)
    """What stands in the column ``VALUE``, by the key of the row, where each row asks something else."""
    totals: bool = False
    """Whether sums stand over its columns of money."""

    def at(self, key: str, column: Column) -> Column:
        """A column as one row fills it in."""
        kind = self.typed.get(key) if column.name.partition(":")[0] == VALUE else None
        return kind.as_column(column) if kind is not None else column

    def column(self, id: str) -> Column | None:  # noqa: A002 - the field's own word
        """The column with this id."""
        return next((each for each in self.columns if each.id == id), None)

    @property
    def worksheet(self) -> str:
        """The id of the guideline's worksheet, where it is one."""
        return self.id.removeprefix(WORKSHEET) if self.id.startswith(WORKSHEET) else ""


class Proofs:
    """Which files support which place."""

    def __init__(self, plan: Plan) -> None:
        self._files: dict[tuple[str, ...], list[EvidenceFile]] = {}
        for file in plan.evidence:
            for claim in file.claims:
                self._files.setdefault(claim_key(claim), []).append(file)

    def files(self, place: Place) -> list[EvidenceFile]:
        """The files that support a place."""
        return self._files.get(claim_key(place), [])

    def names(self, place: Place) -> list[str] | None:
        """The names of the files that support a place; None where there are none."""
        return [file.name for file in self.files(place)] or None


class Offers:
    """What columns can be answered by: the plan's agencies, programmes and rows are listed once for all."""

    def __init__(self, plan: Plan, pack: Pack) -> None:
        self._plan, self._pack = plan, pack
        self._known: dict[tuple[str, str], tuple[Option, ...]] = {}

    def of(self, field: Field) -> tuple[Option, ...]:
        """What a field can be answered by; nothing where it is written."""
        if field.type in {"choice", "choices", "boolean"}:
            return options(field, self._plan, self._pack)
        key = field.type, field.worksheet
        if key not in self._known:
            self._known[key] = options(field, self._plan, self._pack)
        return self._known[key]


def plain_field(name: str, kind: FieldType, *, bilingual: bool = False) -> Field:
    """A field of a first-class row, as a guideline would declare it."""
    return Field(id=name, label=LocalText({"id": name}), type=kind, translated=bilingual)


def evidence_column(of: Field | None, *, several: bool = False) -> Column:
    """The column for the names of files that support a row, or one column of it."""
    heading = (
        Message("exchange.agency_book.evidence_of", column=of.label)
        if of is not None and several
        else Message("exchange.agency_book.evidence")
    )
    return Column(EVIDENCE + (of.id if of else ""), plain_field("evidence", "text"), heading)


def evidence_columns(asked: Iterable[Field]) -> list[Column]:
    """The columns for the names of files: one for each column that asks for proof, else one."""
    proven = [column for column in asked if column.evidence != "none"]
    return [evidence_column(column, several=len(proven) > 1) for column in proven] or [evidence_column(None)]


def layout(plan: Plan, pack: Pack, agency: str, also: Iterable[str] = ()) -> tuple[Sheet, ...]:
    """The sheets of an agency's workbook as the plan stands.

    ``also`` are the ids of rows and programmes that were the agency's when the workbook was made.
    """
    from desktop.exchange.agency_workbook.planning import planning_sheets

    wanted, proofs, offers = frozenset(also), Proofs(plan), Offers(plan, pack)
    sheets = [
        _worksheet(plan, sheet, agency, wanted, proofs, offers)
        for sheet in pack.worksheets
        if sheet.scope == "agency" and not sheet.binding
    ]
    return (*sheets, *planning_sheets(plan, pack, agency, wanted, proofs, offers))


def _worksheet(
    plan: Plan, sheet: Worksheet, agency: str, also: frozenset[str], proofs: Proofs, offers: Offers
) -> Sheet:
    asked = [column for column in sheet.columns if not column.difference]
    columns = [Column(column.id, column, column.label, offers.of(column)) for column in asked]
    columns += evidence_columns(asked)
    if sheet.fixed_rows:
        label = Column(LABEL, plain_field(LABEL, "text"), Message("exchange.agency_book.row"), locked=True)
        columns.insert(0, label)
    lines = tuple(_lines(plan, sheet, agency, also, tuple(columns), proofs))
    return Sheet(
        WORKSHEET + sheet.id, sheet.title, sheet.purpose, tuple(columns), lines, free=sheet.free_rows
    )


def _lines(
    plan: Plan,
    sheet: Worksheet,
    agency: str,
    also: frozenset[str],
    columns: tuple[Column, ...],
    proofs: Proofs,
) -> Iterator[Line]:
    mine = [row for row in plan.rows.get(sheet.id, ()) if row.agency == agency or row.id in also]
    written = {row.fixed: row for row in mine if row.fixed}
    source = plan.source_language
    for heading, fixed in fixed_in_groups(sheet):
        if heading is not None:
            yield Line(HEADING, {LABEL: heading.read(source)})
        if fixed is None:
            continue
        row = written.pop(fixed.id, None)
        key = row.id if row is not None else derived_id("row", sheet.id, fixed.id, agency)
        values = {LABEL: fixed.label.read(source), **row_values(row, sheet.id, key, columns, source, proofs)}
        yield Line(key, values)
    for row in mine:
        if not row.fixed or row.fixed in written:
            yield Line(row.id, row_values(row, sheet.id, row.id, columns, source, proofs))


def fixed_in_groups(sheet: Worksheet) -> Iterator[tuple[LocalText | None, FixedRow | None]]:
    """The guideline's own rows under their headings, in its order."""
    groups = {group.id for group in sheet.groups}
    for group in sheet.groups:
        found = [each for each in sheet.fixed_rows if each.group == group.id]
        if found:
            yield group.label, None
        yield from ((None, each) for each in found)
    yield from ((None, each) for each in sheet.fixed_rows if each.group not in groups)


def row_values(
    row: Row | None, sheet: str, key: str, columns: tuple[Column, ...], source: str, proofs: Proofs
) -> dict[str, Json]:
    """What stands in a row of a worksheet, by column; ``row`` is None where nobody wrote in it yet."""
    nothing = Cell(None, Text())
    out: dict[str, Json] = {}
    for column in columns:
        if column.id in {LABEL, OWNER}:
            continue
        if column.is_evidence:
            out[column.id] = proofs.names(place_of(WORKSHEET + sheet, key, column))
            continue
        cell = row.cells.get(column.name, nothing) if row is not None else nothing
        out[column.id] = (
            cell.text.values.get(column.language or source) if column.field.bilingual else raw(cell.value)
        )
    return out


def raw(value: Value) -> Json:
    """A value as the journal keeps it."""
    return list(value) if isinstance(value, tuple) else value


def place_of(sheet: str, key: str, column: Column) -> Place:
    """What a file named in an evidence column supports."""
    of = column.id.removeprefix(EVIDENCE)
    if not sheet.startswith(WORKSHEET):
        return Place(sheet, key)
    if not of:
        return Place("row", key)
    return Place("cell", key, of, "", f"{sheet.removeprefix(WORKSHEET)}.{of}")
