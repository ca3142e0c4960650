"""Where a grid's rows come from and how they are written: worksheets, or tables of first-class rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from desktop.base import LocalText, Message
from desktop.exchange.values import NO_TEXT, Option
from desktop.guideline.pack import Field
from desktop.ui.speaker import Speech
from desktop.workspace.plan import Place, Plan, Text, Value

if TYPE_CHECKING:
    from desktop.ui.tracing import Record
    from desktop.workspace.operation import Operation


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line of a grid. ``key`` is empty for a line that is not in the workspace yet."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    label: LocalText | Message | str = ""
    """The guideline's own name of the row, shown before the columns."""
    help: LocalText = NO_TEXT
    fixed: str = ""
    heading: bool = False
    """Whether it is only a heading over the rows below."""
    fresh: bool = False
    """Whether typing into it makes a new row."""
    identity: str = field(init=False, compare=False)
    """What stays the same when the row is written for the first time."""

    def __post_init__(self) -> None:
        name = f"fixed:{self.fixed}" if self.fixed else self.key
        object.__setattr__(self, "identity", name or ("new" if self.fresh else f"head:{self.label}"))


FRESH = GridRow("", fresh=True)
"""The empty line for a new row."""


class GridSource(Protocol):
    """Rows and columns, and how each is changed. Every ``write`` happens inside one operation."""

    @property
    def title(self) -> Speech:
        """What the grid is called."""

    @property
    def name(self) -> str:
        """By what the table's widths and columns are remembered; empty: they are not."""

    @property
    def rare(self) -> tuple[str, ...]:
        """Columns that are hidden until somebody asks for them."""

    @property
    def labelled(self) -> bool:
        """Whether rows have a name of their own before the columns."""

    @property
    def may_add(self) -> bool:
        """Whether rows can be added."""

    @property
    def may_move(self) -> bool:
        """Whether rows can be put in another order."""

    @property
    def for_review(self) -> bool:
        """Whether a reviewer, who only reads the plan, writes into it."""

    def columns(self) -> tuple[Field, ...]:
        """The columns, in order."""

    def rows(self, plan: Plan) -> list[GridRow]:
        """The rows as they stand, without the empty line for a new one."""

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        """What a cell that is answered by picking can be answered by."""

    def locked(self, column: Field) -> bool:
        """Whether a column is only shown."""

    def others(self, row: GridRow) -> bool:
        """Whether a row is somebody else's, and only shown to whoever works here."""

    def remark(self, row: GridRow, column: Field) -> Message | None:
        """What is wrong with a cell, if the grid itself can tell."""

    def hint(self, column: Field, text: str) -> Message | None:
        """What is to be said of what is being typed into a column."""

    def news(self, row: GridRow, column: Field) -> Message | None:
        """What is new in a cell since the person was last here, if the grid itself can tell."""

    def tone(self, row: GridRow, column: Field) -> str:
        """The tone of a chip where a cell that is no rated choice shall be one."""

    def says(self, row: GridRow, column: Field) -> Message | None:
        """What a cell shows instead of its value."""

    def adds_up(self, column: Field) -> bool:
        """Whether the sum of a column of numbers means something."""

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        """Fill a cell; ``language`` is empty for values of no language."""

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        """Add a row before another one (or at the end); its key.

        ``values`` are those that will be written into it next, by column.
        """

    def ensure(self, operation: Operation, row: GridRow) -> str:
        """The key of a row, made if it is not in the workspace yet."""

    def delete(self, operation: Operation, row: GridRow) -> None:
        """Delete a row."""

    def move(self, operation: Operation, row: GridRow, before: str) -> None:
        """Put a row before another one (or at the end)."""

    def place(self, row: GridRow, column: Field) -> Place:
        """Where a cell is, for evidence."""

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        """The journal's registers behind a cell, for its history."""

    def is_at(self, place: Place, row: GridRow, column: Field) -> bool:
        """Whether a finding's place means a cell."""


Reader = Callable[[Any], GridRow]


class KnownLines:
    """Lines made from records, made again only for records that changed: ten thousand stay quick."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[Any, GridRow]] = {}

    def line(self, record: Any, make: Reader) -> GridRow:
        """The line of a record; the very same one as long as the record says the same."""
        known = self._lines.get(record.id)
        if known is not None and (known[0] is record or known[0] == record):
            return known[1]
        made = make(record)
        if known is not None and known[1] == made:
            made = known[1]
        self._lines[record.id] = (record, made)
        return made

    def look_again(self) -> None:
        """What lines are made of besides their record may have changed: make and compare each again."""
        self._lines = {key: (None, line) for key, (_, line) in self._lines.items()}


class PlainCells:
    """What a source says of its cells when there is nothing to say."""

    name = ""
    rare: tuple[str, ...] = ()

    @property
    def for_review(self) -> bool:
        """A plan's own table: a reviewer reads it."""
        return False

    def others(self, row: GridRow) -> bool:
        del row
        return False

    def remark(self, row: GridRow, column: Field) -> Message | None:
        del row, column
        return None

    def hint(self, column: Field, text: str) -> Message | None:
        del column, text
        return None

    def news(self, row: GridRow, column: Field) -> Message | None:
        del row, column
        return None

    def tone(self, row: GridRow, column: Field) -> str:
        del row, column
        return ""

    def says(self, row: GridRow, column: Field) -> Message | None:
        del row, column
        return None

    def adds_up(self, column: Field) -> bool:
        del column
        return True

    def locked(self, column: Field) -> bool:
        del column
        return False


def column(
    name: str, label: Message, kind: str = "text", *, translated: bool = False, wide: int = 0
) -> TableField:
    """A column of a first-class table, described like a pack's field."""
    return TableField(
        id=name, label=LocalText(), type=kind, translated=translated, said=label, wide=wide,  # type: ignore[arg-type]
    )  # fmt: skip


class TableField(Field, frozen=True, kw_only=True):
    """A field of a first-class table: named by a message of ours instead of the pack."""

    said: Message = Message("ui.room")
    said_why: Message | None = None
    said_example: Message | None = None
    wide: int = 0
    """Pixels at 100 % where the type alone gives no good width."""


def name_of(field_: Field) -> LocalText | Message:
    """What a column is called."""
    return field_.said if isinstance(field_, TableField) else field_.label
