"""The model over a grid source: rows in the source's order, shown sorted, filtered and folded, no proxies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal

from desktop.base import Message
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui.differing.open import differing
from desktop.ui.grid.arranging import Arrangement
from desktop.ui.grid.cells import (
    FIELD,
    NUMBERS,
    SUMMED,
    TONE,
    CellModel,
    CellTexts,
    Index,
    Role,
)
from desktop.ui.grid.following import MANY, Kept
from desktop.ui.grid.numbers import Numbers
from desktop.ui.grid.ordering import ColumnFilter, text_key
from desktop.ui.grid.reading import Ahead, Reading
from desktop.ui.grid.source import FRESH, GridRow, GridSource, TableField, name_of
from desktop.ui.grid.telling import Telling
from desktop.ui.grid.writing import Writing
from desktop.ui.session import Session
from desktop.ui.tracing import Subject
from desktop.workspace.plan import OpenConflict, Value


class GridModel(CellModel):
    """Rows of a source in one language; every change is one operation."""

    arranging = Signal()
    """Rows are about to be sorted or filtered anew."""
    arranged = Signal()
    """Other rows are shown, or in another order."""

    def __init__(self, session: Session, source: GridSource) -> None:
        super().__init__()
        self.session = session
        self.source = source
        self.language = session.source.value
        self._columns = source.columns()
        self._labelled = source.labelled
        self._shown: list[GridRow] = []
        self.reading = Reading(self)
        self.said = self.reading.said
        self.order = Arrangement(self.said, self.reading.sort_key)
        self._writing = Writing(self)
        self._numbers = Numbers(self)
        self.telling = Telling(self)
        self._ahead = Ahead(self)
        session.speaker.changed.connect(self._on_language)

    # -- reading --------------------------------------------------------------------------------
    @property
    def labelled(self) -> bool:
        """Whether rows have a name of their own before the columns."""
        return self._labelled

    @property
    def rows(self) -> Sequence[GridRow]:
        """The rows shown, the empty line for a new one included."""
        return self._shown

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns."""
        return self._columns

    @property
    def first(self) -> int:
        """The model column of the first field (1 when rows have a name)."""
        return 1 if self._labelled else 0

    @property
    def grows(self) -> bool:  # type: ignore[override]  # a property where the base has a constant
        """Writing below the last row adds rows where rows can be added."""
        return self.source.may_add and not self.shut and not self.source.others(FRESH)

    @property
    def shut(self) -> bool:
        """Whether nothing here may be written: reviewers write into what is for them."""
        return self.session.locked if self.source.for_review else self.session.read_only

    def field_at(self, column: int) -> Field | None:
        """The field of a model column; None for the column of names."""
        place = column - self.first
        return self._columns[place] if 0 <= place < len(self._columns) else None

    def kind(self, column: int) -> str:
        field = self.field_at(column)
        return field.type if field else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._columns) + self.first

    def value_at(self, row: GridRow, field: Field) -> Value:
        """What stands in a cell, in the model's language for texts."""
        if field.bilingual:
            text = row.texts.get(field.id)
            return (text.values.get(self.language) or None) if text else None
        return row.values.get(field.id)

    def options(self, row: int, field: Field) -> tuple[Option, ...]:
        """What a cell can be answered by."""
        return self.source.options(field, self._shown[row])

    def choices(self, row: int, column: int) -> Sequence[Option]:
        field = self.field_at(column)
        return self.options(row, field) if field is not None else ()

    def understands(self, row: int, column: int, text: str) -> bool:
        return self._writing.understands(row, column, text)

    def hint(self, row: int, column: int, text: str) -> Message | None:
        return self.telling.hint(self.field_at(column), text) if row < len(self._shown) else None

    def quotable(self, row: int, column: int) -> Field | None:
        return self._writing.quotable(row, column)

    def quote(self, row: int, column: int, text: str, label: Message) -> bool:
        return self._writing.quote(row, column, text, label)

    def level(self) -> str:
        return str(getattr(self.source, "level", ""))

    def locked(self, column: int) -> bool:
        field = self.field_at(column)
        return field is not None and self.source.locked(field)

    def why_locked(self, index: Index) -> Message:
        theirs = self.source.others(self._shown[index.row()])
        return Message("ui.own.only_read") if theirs else super().why_locked(index)

    def column_key(self, column: int) -> str:
        field = self.field_at(column)
        return field.id if field is not None else "label"

    def wide(self, column: int) -> int:
        field = self.field_at(column)
        return field.wide if isinstance(field, TableField) else 0

    def rarely_shown(self) -> Sequence[str]:
        return self.source.rare

    def figures(self, rows: range, columns: Sequence[int]) -> tuple[int, list[Decimal | int]]:
        return self._numbers.within(rows, columns)

    def text(self, row: int, column: int) -> str:
        line, field = self._shown[row], self.field_at(column)
        if line.heading or field is None:
            return self.session.say(line.label) if column == 0 else ""
        return self.reading.typed(line, field)

    def filled(self, row: int, column: int) -> bool:
        line = self._shown[row]
        return not line.heading and bool(self.said(line)[0][column])

    def figure(self, row: int, column: int) -> Decimal | None:
        return self._numbers.at(row, column)

    def writes_number(self, column: int, number: Decimal) -> str:
        return self._numbers.written(column, number)

    def reads_number(self, column: int, text: str) -> Decimal | None:
        return self._numbers.read(column, text)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, field = self._shown[index.row()], self.field_at(index.column())
        if row.heading or field is None:
            return self.telling.label(row, index.column(), role)
        if role == Role.DisplayRole:
            return self.said(row)[0][index.column()]
        return self.telling.cell(row, field, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            if role == Role.DisplayRole and not self._labelled and section < len(self._shown):
                line = self._shown[section]
                return "" if line.heading else "*" if line.fresh else str(section + 1)
            if role == Role.AccessibleTextRole and section < len(self._shown):
                return self.session.say(self._shown[section].label) or str(section + 1)
            return None
        return self.telling.head(section, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row, field = self._shown[index.row()], self.field_at(index.column())
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.heading or field is None or self.shut or self.source.locked(field):
            return shown
        if self.source.others(row):
            return shown
        return shown | Qt.ItemFlag.ItemIsEditable

    def subject(self, index: Index) -> Subject | None:
        row, field = (
            (self._shown[index.row()], self.field_at(index.column())) if index.isValid() else (None, None)
        )
        if row is None or field is None or row.heading or not (row.key or row.fixed):
            return None
        records = self.source.records(row, field)
        if not records:
            return None
        line = row.label or str(index.row() + 1)
        title = Message("ui.trace.cell", column=name_of(field), row=line, sheet=param(self.source.title))
        return Subject(title, field, records, self.source.options(field, row))

    def differing(self, index: Index) -> OpenConflict | None:
        row, field = self._shown[index.row()], self.field_at(index.column())
        return self.differs(row, field) if field is not None else None

    def differs(self, row: GridRow, field: Field) -> OpenConflict | None:
        """The same by row and field; a source may count more to a row than its own registers."""
        if row.heading or not (row.key or row.fixed):
            return None
        found = differing(self.session.plan, self.source.records(row, field))
        also: Callable[[GridRow, Field], OpenConflict | None] | None = getattr(self.source, "also", None)
        return found or (also(row, field) if also is not None else None)

    def skips(self, row: int) -> bool:
        return row < len(self._shown) and self._shown[row].heading

    def fresh(self, row: int) -> bool:
        return row < len(self._shown) and self._shown[row].fresh

    def heading_spans(self) -> list[int]:
        return [place for place, row in enumerate(self._shown) if row.heading]

    def cell_name(self, row: int, column: int) -> Message:
        field = self.field_at(column)
        label = self._shown[row].label if row < len(self._shown) else ""
        return Message(
            "ui.grid.cell",
            column=name_of(field) if field else Message("ui.grid.item"),
            row=label or str(row + 1),
        )

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the rows again. Only what changed is told; cells that stay keep editors and selection."""
        rows = self.source.rows(self.session.plan)
        columns, labelled = self.source.columns(), self.source.labelled
        self.reading.renew(self._columns)
        fresh = [FRESH] if self.grows else []
        if columns != self._columns or labelled != self._labelled:
            self.beginResetModel()
            self._columns, self._labelled = columns, labelled
            self.reading.forget()
            self._shown = self.order.start(rows) + fresh
            self.endResetModel()
            self.arranged.emit()
        else:
            self._follow(self.order.follow(rows) + fresh)
        if len(rows) > MANY:
            self._ahead.start()

    def _follow(self, rows: list[GridRow]) -> None:
        """Show other rows: as little as possible is inserted, removed or told to have changed."""
        old = self._shown
        kept = Kept.between(old, rows)
        if kept is None:
            self._reset(rows)
            return
        had, has = len(old), len(rows)
        if had - kept.back > kept.front:
            self.beginRemoveRows(QModelIndex(), kept.front, had - kept.back - 1)
            self._shown = old[: kept.front] + old[had - kept.back :]
            self.endRemoveRows()
        if has - kept.back > kept.front:
            self.beginInsertRows(QModelIndex(), kept.front, has - kept.back - 1)
            self._shown = rows
            self.endInsertRows()
        self._shown = rows
        self._told(kept.changed(old, rows))
        if had != has:
            self.arranged.emit()

    def _reset(self, rows: list[GridRow]) -> None:
        self.beginResetModel()
        self._shown = rows
        self.endResetModel()
        self.arranged.emit()

    def _told(self, changed: list[int]) -> None:
        last = self.columnCount() - 1
        for _, run in groupby(enumerate(changed), lambda pair: pair[1] - pair[0]):
            rows = [place for _, place in run]
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], last))

    def speak_in(self, language: str) -> None:
        """Show and edit the texts of another language of the plan."""
        self.language = language
        self.reading.forget()
        self._told(list(range(len(self._shown))))

    def _on_language(self) -> None:
        self.reading.forget()
        if self._shown:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self._told(list(range(len(self._shown))))

    # -- order and filter -----------------------------------------------------------------------
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.order.sort(column, backwards=order is Qt.SortOrder.DescendingOrder)
        self.arrange()

    def search(self, text: str) -> None:
        """Show only rows that hold every word."""
        self.order.words = tuple(text.casefold().split())
        self.arrange()

    def filter_column(self, column: int, wanted: ColumnFilter) -> None:
        """Show only rows whose cell in a column passes."""
        self.order.narrow(column, wanted)
        self.arrange()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def filter_of(self, column: int) -> ColumnFilter:
        return self.order.columns.get(column, ColumnFilter())

    def fold(self, row: int, *, closed: bool | None = None) -> bool:
        line = self._shown[row] if 0 <= row < len(self._shown) else FRESH
        if not line.heading or closed is self.order.is_folded(line):
            return False
        self.order.fold(line, closed=not self.order.is_folded(line))
        self._follow(self.order.again() + [row for row in self._shown if row.fresh])
        self._told([self._shown.index(line)])
        return True

    def arrange(self) -> None:
        """Sort and filter anew. Places stay and are told to say something else: far quicker than moving them.

        Whoever shows the rows hears of it before and after, and lets the cursor follow its row.
        """
        self.arranging.emit()
        fresh = [row for row in self._shown if row.fresh]
        rows, had = self.order.again() + fresh, len(self._shown)
        if len(rows) < had:
            self.beginRemoveRows(QModelIndex(), len(rows), had - 1)
            self._shown = rows
            self.endRemoveRows()
        elif len(rows) > had:
            self.beginInsertRows(QModelIndex(), had, len(rows) - 1)
            self._shown = rows
            self.endInsertRows()
        self._shown = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
        self.arranged.emit()

    def texts_of(self, column: int) -> list[str]:
        """Every different text in a column, in order, for the choice of a filter."""
        found = {self.said(row)[0][column] for row in self.order.everything if not row.heading}
        return sorted(found, key=text_key)

    def totals(self) -> list[str]:
        """Sums of numbers and counts of the rest, over the rows shown."""
        return self._writing.totals([row for row in self._shown if not row.heading and not row.fresh])

    # -- writing --------------------------------------------------------------------------------
    def write(self, cells: CellTexts) -> int:
        return self._writing.write(cells)

    @property
    def may_insert(self) -> bool:
        return self.grows

    @property
    def may_move(self) -> bool:
        return self.source.may_move and not self.shut

    def insert_rows(self, before: int | None, count: int = 1) -> bool:
        return self._writing.insert_rows(before, count)

    def delete_rows(self, rows: Sequence[int]) -> bool:
        return self._writing.delete_rows(rows)

    def move_rows(self, rows: Sequence[int], step: int) -> bool:
        return self._writing.move_rows(rows, step)


def param(title: Any) -> Any:
    """A title as a message's parameter."""
    return title() if callable(title) else title


__all__ = ["FIELD", "NUMBERS", "SUMMED", "TONE", "GridModel"]
