"""What a table asks of any model with cells: text and number of a cell, what may be written, rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.base import Message
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui.differing.open import differing
from desktop.ui.grid.ordering import ColumnFilter
from desktop.ui.session import Session
from desktop.ui.tracing import Subject
from desktop.workspace.plan import OpenConflict

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
CellTexts = Sequence[tuple[int, int, str]]
"""Row, column and what is to stand there, as a person would type it."""
TONE = Role.UserRole + 1
FIELD = Role.UserRole + 2
REMARK = Role.UserRole + 3
"""What is wrong with a cell, in words; it is marked with a corner and said by screen readers."""
HEADING = Role.UserRole + 4
"""Whether a row is a heading that can be folded: "open", "closed", or nothing."""
NEWS = Role.UserRole + 5
"""What others did here since the person was last here, in words; it is marked with a dot."""
NUMBERS = frozenset({"integer", "decimal", "rupiah", "percent", "year"})
SUMMED = frozenset({"integer", "decimal", "rupiah"})
"""Types whose column has a sum at the foot; years and shares are only counted."""


class CellModel(QAbstractTableModel):
    """Rows and columns of cells; every change is one operation. Rows and columns are those on screen."""

    refused = Signal(object)
    """A :class:`Message` about input that was not understood; None when all is well again."""
    session: Session
    grows = False
    """Whether writing below the last row adds rows."""
    _hinted: Message | None = None
    """What is said of what is being typed."""
    wrong: tuple[tuple[int, int], ...] = ()
    """The cells the last write left alone because it did not understand them."""

    @property
    def shut(self) -> bool:
        """Whether nothing here may be written."""
        return self.session.read_only

    # -- cells ----------------------------------------------------------------------------------
    def kind(self, column: int) -> str:
        """The type of a column's values; empty for names of rows."""
        raise NotImplementedError

    def kind_at(self, row: int, column: int) -> str:
        """The type of the value of a cell, where rows differ in that."""
        del row
        return self.kind(column)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, as it would be typed."""
        return str(self.index(row, column).data(Role.EditRole) or "")

    def filled(self, row: int, column: int) -> bool:
        """Whether anything stands in a cell."""
        return not self.skips(row) and bool(self.text(row, column))

    def figure(self, row: int, column: int) -> Decimal | None:
        """The number in a cell."""
        raise NotImplementedError

    def writes_number(self, column: int, number: Decimal) -> str:
        """A number as it would be typed into a column."""
        raise NotImplementedError

    def reads_number(self, column: int, text: str) -> Decimal | None:
        """The number a text means in a column."""
        raise NotImplementedError

    def choices(self, row: int, column: int) -> Sequence[Option]:
        """What a cell that is answered by picking can be answered by."""
        del row, column
        return ()

    def quotable(self, row: int, column: int) -> Field | None:
        """The field of a cell of words, where an answer from a conversation can be pasted."""
        del row, column
        return None

    def quote(self, row: int, column: int, text: str, label: Message) -> bool:
        """Write what was said elsewhere into a cell; the label tells the source."""
        del row, column, text, label
        return False

    def level(self) -> str:
        """What a nomenclature code in this table names (``programme``, ``activity``, ...); empty: any."""
        return ""

    def understands(self, row: int, column: int, text: str) -> bool:
        """Whether a text can be written into a cell; why not is told."""
        raise NotImplementedError

    def preview(self, row: int, column: int, text: str) -> None:
        """What is being typed into a cell, before it is written; a negative row when that has ended."""
        hint = self.hint(row, column, text) if row >= 0 else None
        if hint != self._hinted:
            self._hinted = hint
            self.refused.emit(hint)

    def hint(self, row: int, column: int, text: str) -> Message | None:
        """What is to be said of what is being typed into a cell; it may be written all the same."""
        del row, column, text
        return None

    def locked(self, column: int) -> bool:
        """Whether a column is computed and only shown."""
        del column
        return False

    def why_locked(self, index: Index) -> Message:
        """Why a cell that is not shut by its page is only shown."""
        del index
        return Message("ui.grid.locked")

    def column_key(self, column: int) -> str:
        """By what a column is remembered."""
        return str(column)

    def wide(self, column: int) -> int:
        """A column's own natural width in pixels at 100 %; 0 where its type decides."""
        del column
        return 0

    def rarely_shown(self) -> Sequence[str]:
        """Columns that are hidden until somebody asks for them."""
        return ()

    def figures(self, rows: range, columns: Sequence[int]) -> tuple[int, list[Decimal | int]]:
        """How many cells of a block are filled, and the numbers in it."""
        filled, numbers = 0, list[Decimal | int]()
        for row in rows:
            for column in columns:
                number = self.figure(row, column)
                if number is not None:
                    numbers.append(number)
                filled += bool(number is not None or (not self.skips(row) and self.text(row, column)))
        return filled, numbers

    def skips(self, row: int) -> bool:
        """Whether a row is a heading, which blocks step over."""
        del row
        return False

    def fresh(self, row: int) -> bool:
        """Whether a row is the empty line for a new one."""
        del row
        return False

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        return role == Role.EditRole and self.write([(index.row(), index.column(), str(value))]) == 1

    def write(self, cells: CellTexts) -> int:
        """Fill cells by what was typed or pasted, as one operation; how many were understood."""
        raise NotImplementedError

    def subject(self, index: Index) -> Subject | None:
        """A cell as something whose history can be told; None where nothing is written yet."""
        raise NotImplementedError

    def differing(self, index: Index) -> OpenConflict | None:
        """What two people filled in differently in a cell, if they did."""
        subject = self.subject(index)
        return differing(self.session.plan, subject.records) if subject is not None else None

    def cell_name(self, row: int, column: int) -> Message:
        """A cell as people would say it: its column and its row."""
        head = str(self.headerData(column, Qt.Orientation.Horizontal) or column + 1)
        side = self.headerData(row, Qt.Orientation.Vertical)
        return Message("ui.grid.cell", column=head, row=str(side or row + 1))

    def editable(self, row: int, column: int) -> bool:
        """Whether a cell can be written."""
        return bool(self.flags(self.index(row, column)) & Qt.ItemFlag.ItemIsEditable)

    # -- rows -----------------------------------------------------------------------------------
    @property
    def may_insert(self) -> bool:
        """Whether rows can be added and deleted."""
        return False

    @property
    def may_move(self) -> bool:
        """Whether rows can be put in another order."""
        return False

    def insert_rows(self, before: int | None, count: int = 1) -> bool:
        """Add empty rows before another one, or at the end."""
        del before, count
        return False

    def delete_rows(self, rows: Sequence[int]) -> bool:
        """Delete rows."""
        del rows
        return False

    def move_rows(self, rows: Sequence[int], step: int) -> bool:
        """Move neighbouring rows up (-1) or down (1) by one."""
        del rows, step
        return False

    # -- view -----------------------------------------------------------------------------------
    def filter_of(self, column: int) -> ColumnFilter:
        """What is filtered by in a column."""
        del column
        return ColumnFilter()

    def fold(self, row: int, *, closed: bool | None = None) -> bool:
        """Fold a heading's rows away, or show them; whether anything changed."""
        del row, closed
        return False

    def totals(self) -> list[str]:
        """The foot's text for every column; empty lists mean there is no foot."""
        return []

    def heading_spans(self) -> list[int]:
        """Rows that are one cell from side to side."""
        return []

    def tell(self, problems: Sequence[tuple[int, int, Message]]) -> None:
        """Say which cells were left alone and why; the first three by name."""
        self.wrong = tuple((row, column) for row, column, _ in problems)
        if not problems:
            self.refused.emit(None)
            return
        if len(problems) == 1:
            row, column, why = problems[0]
            self.refused.emit(Message("ui.grid.left_one", cell=self.cell_name(row, column), why=why))
            return
        named = [self.cell_name(row, column) for row, column, _ in problems[:3]]
        cells: Any = named[0]
        for each in named[1:]:
            cells = Message("ui.grid.and", one=cells, other=each)
        self.refused.emit(Message("ui.grid.left_out", n=len(problems), cells=cells, first=problems[0][2]))
