"""What an agency's workbook is laid out of: sheets, their columns and lines, what cells offer and prove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from desktop.base import LocalText, Message
from desktop.base.canonical import Json
from desktop.base.message import Param
from desktop.exchange.claims import key as claim_key
from desktop.exchange.values import Option, options
from desktop.guideline.pack import Field, Pack
from desktop.workspace.plan import EvidenceFile, Place, Plan, Value

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
    means: tuple[str, ...] = ()
    """Columns of whose rows the mean stands beside each heading."""

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
