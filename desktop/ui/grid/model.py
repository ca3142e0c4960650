"""The model over a grid source: rows in the source's order, shown sorted, filtered and folded, no proxies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont

from desktop.base import Language, Message
from desktop.exchange.values import PICKED, NotUnderstood, Option, parse, show, spoken
from desktop.guideline.pack import Field
from desktop.ui import theme
from desktop.ui.grid.arranging import Arrangement
from desktop.ui.grid.cells import (
    FIELD,
    HEADING,
    NUMBERS,
    REMARK,
    SUMMED,
    TONE,
    CellModel,
    CellTexts,
    Index,
    Role,
)
from desktop.ui.grid.ordering import ColumnFilter, number_key, text_key
from desktop.ui.grid.source import GridRow, GridSource, TableField, name_of
from desktop.ui.grid.writing import Writing
from desktop.ui.session import Session
from desktop.ui.tracing import Subject
from desktop.workspace.plan import Value

FRESH = GridRow("", fresh=True)
"""The empty line for a new row."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


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
        self.order = Arrangement(self.said, self.sort_key)
        self._writing = Writing(self)
        self._said: dict[str, tuple[GridRow, tuple[str, ...], str]] = {}
        self._keys: dict[int, dict[str, tuple[GridRow, Any]]] = {}
        self._labels: dict[str, dict[str, Option]] = {}
        self._ahead = QTimer(self, interval=0)
        self._ahead.timeout.connect(self._say_ahead)
        session.speaker.changed.connect(self._on_language)

    # -- reading --------------------------------------------------------------------------------
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
        return self.source.may_add and not self.session.read_only

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

    def locked(self, column: int) -> bool:
        field = self.field_at(column)
        return field is not None and self.source.locked(field)

    def column_key(self, column: int) -> str:
        field = self.field_at(column)
        return field.id if field is not None else "label"

    def wide(self, column: int) -> int:
        field = self.field_at(column)
        return field.wide if isinstance(field, TableField) else 0

    def rarely_shown(self) -> Sequence[str]:
        return self.source.rare

    def figures(self, rows: range, columns: Sequence[int]) -> tuple[int, list[Decimal | int]]:
        lines = [self._shown[row] for row in rows if not self._shown[row].heading]
        texts = [self.said(line)[0] for line in lines]
        filled, numbers = 0, list[Decimal | int]()
        for column in columns:
            filled += sum(1 for each in texts if each[column])
            field = self.field_at(column)
            if field is not None and field.type in NUMBERS:
                values = (self.value_at(line, field) for line in lines)
                numbers += [
                    found
                    for value in values
                    if value is not None and (found := number_key(value)) is not None
                ]
        return filled, numbers

    def labels(self, field: Field) -> dict[str, Option]:
        """What the values of a picked column are called, read once per refresh."""
        known = self._labels.get(field.id)
        if known is None:
            known = {each.value: each for each in self.source.options(field, FRESH)}
            self._labels[field.id] = known
        return known

    def display(self, row: GridRow, field: Field) -> str:
        """What a cell says."""
        instead = self.source.says(row, field)
        return self.session.say(instead) if instead is not None else self.typed(row, field)

    def typed(self, row: GridRow, field: Field) -> str:
        """What stands in a cell, as it would be typed."""
        value = self.value_at(row, field)
        if value is None or value == ():
            return ""
        language = self.session.speaker.language
        if field.type in PICKED:
            wanted = str(value).lower() if isinstance(value, bool) else str(value)
            found = self.labels(field).get(wanted)
            return spoken(found.label, language) if found else wanted
        if field.type == "choices":
            return show(field.type, value, language, self.labels(field).values())
        return show(field.type, value, language)

    def said(self, row: GridRow) -> tuple[tuple[str, ...], str]:
        """A row's texts by model column, and all of them folded together (kept until the row changes)."""
        known = self._said.get(row.identity)
        if known is not None and known[0] is row:
            return known[1], known[2]
        texts = [self.session.say(row.label)] if self._labelled else []
        texts += [self.display(row, field) for field in self._columns]
        made = (row, tuple(texts), "\n".join(texts).casefold())
        self._said[row.identity] = made
        return made[1], made[2]

    def sort_key(self, row: GridRow, column: int) -> Any:
        """What a row is sorted by in a column; None for an empty cell (kept until the row changes)."""
        keys = self._keys.setdefault(column, {})
        known = keys.get(row.identity)
        if known is not None and known[0] is row:
            return known[1]
        made = self._make_key(row, column)
        keys[row.identity] = (row, made)
        return made

    def _make_key(self, row: GridRow, column: int) -> Any:
        field = self.field_at(column)
        if field is None:
            return text_key(self.session.say(row.label))
        if field.type in NUMBERS:
            value = self.value_at(row, field)
            return None if value is None else number_key(value)
        if field.type == "date":
            return self.value_at(row, field) or None
        if field.type == "choice":
            places = list(self.labels(field))
            value = str(self.value_at(row, field) or "")
            if places:
                return places.index(value) if value in places else None
        text = self.said(row)[0][column]
        return text_key(text) if text else None

    def text(self, row: int, column: int) -> str:
        line, field = self._shown[row], self.field_at(column)
        if line.heading or field is None:
            return self.session.say(line.label) if column == 0 else ""
        return self.typed(line, field)

    def filled(self, row: int, column: int) -> bool:
        line = self._shown[row]
        return not line.heading and bool(self.said(line)[0][column])

    def figure(self, row: int, column: int) -> Decimal | None:
        field, line = self.field_at(column), self._shown[row]
        if field is None or line.heading or field.type not in NUMBERS:
            return None
        value = self.value_at(line, field)
        found = None if value is None else number_key(value)
        return None if found is None else Decimal(found)

    def writes_number(self, column: int, number: Decimal) -> str:
        kind = self.kind(column)
        value: Value = f"{number:f}" if kind in {"decimal", "percent"} else int(number)
        return show(kind, value, self.session.speaker.language)

    def reads_number(self, column: int, text: str) -> Decimal | None:
        english = self.session.speaker.language is Language.EN
        try:
            value = parse(self.kind(column), text, english=english)
        except NotUnderstood:
            return None
        found = None if value is None else number_key(value)
        return None if found is None else Decimal(found)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, field = self._shown[index.row()], self.field_at(index.column())
        if row.heading or field is None:
            return self._label_data(row, index.column(), role)
        if role == Role.DisplayRole:
            return self.said(row)[0][index.column()]
        find = _ROLES.get(role)
        return find(self, row, field) if find is not None else None

    def _tooltip(self, row: GridRow, field: Field) -> str | None:
        remark = self.source.remark(row, field)
        return (self.session.say(remark) if remark else self.display(row, field)) or None

    def _ground(self, _row: GridRow, field: Field) -> QColor | None:
        return QColor(theme.colours().sunken) if self.source.locked(field) else None

    def _ink(self, _row: GridRow, field: Field) -> QColor | None:
        return QColor(theme.colours().label) if self.source.locked(field) else None

    def _read_aloud(self, row: GridRow, field: Field) -> str:
        said = self.session.say(name_of(field))
        return f"{said}: {self.display(row, field) or self.session.say(Message('ui.grid.blank'))}"

    def _tone(self, row: GridRow, field: Field) -> str:
        own = self.source.tone(row, field)
        if own or field.type != "choice":
            return own
        found = self.labels(field).get(str(self.value_at(row, field) or ""))
        return found.tone if found else ""

    def _described(self, row: GridRow, field: Field) -> str:
        parts = [self.session.say(row.label)] if row.label else []
        remark = self.source.remark(row, field)
        if remark:
            parts.append(self.session.say(remark))
        if self.session.read_only or self.source.locked(field):
            parts.append(self.session.say(Message("ui.grid.read_only")))
        return ". ".join(parts)

    def _label_data(self, row: GridRow, column: int, role: int) -> Any:
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole if column == 0:
                return self.session.say(row.label)
            case Role.ToolTipRole:
                return self.session.say(row.help) or self.session.say(row.label) or None
            case Role.FontRole if row.heading:
                font = QFont(theme.FAMILY)
                font.setPixelSize(theme.grown(12))
                font.setBold(True)
                return font
            case Role.BackgroundRole if row.heading:
                return QColor(theme.colours().sunken)
            case Role.TextAlignmentRole:
                return LEFT
            case Role.AccessibleDescriptionRole if row.heading:
                closed = self.order.is_folded(row)
                return self.session.say(Message("ui.grid.folded") if closed else Message("ui.grid.unfolded"))
            case _ if role == HEADING and row.heading:
                return "closed" if self.order.is_folded(row) else "open"
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            if role == Role.DisplayRole and not self._labelled and section < len(self._shown):
                line = self._shown[section]
                return "" if line.heading else "*" if line.fresh else str(section + 1)
            if role == Role.AccessibleTextRole and section < len(self._shown):
                return self.session.say(self._shown[section].label) or str(section + 1)
            return None
        field = self.field_at(section)
        if role in {Role.DisplayRole, Role.AccessibleTextRole}:
            return self.session.say(Message("ui.grid.item") if field is None else self._heading(field))
        if role == Role.ToolTipRole and field is not None:
            return self.session.say(field.help) or self.session.say(name_of(field))
        if role == Role.AccessibleDescriptionRole:
            return self.session.say(self._arranged_by(section))
        if role == Role.TextAlignmentRole:
            return RIGHT if field is not None and field.type in NUMBERS else LEFT
        return None

    def _arranged_by(self, column: int) -> Message | str:
        """How a column is sorted or filtered, in words."""
        if self.filter_of(column).active:
            return Message("ui.grid.is_filtered")
        by = self.order.sorted_by
        if by is None or by[0] != column:
            return ""
        return Message("ui.grid.is_descending") if by[1] else Message("ui.grid.is_ascending")

    def _heading(self, field: Field) -> str:
        unit = self.session.say(field.unit)
        if field.type == "rupiah" and not unit:
            unit = "Rp"
        name = self.session.say(name_of(field)) + (" *" if field.required else "")
        return f"{name} ({unit})" if unit else name

    def flags(self, index: Index) -> Qt.ItemFlag:
        row, field = self._shown[index.row()], self.field_at(index.column())
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.heading or field is None or self.session.read_only or self.source.locked(field):
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
        labels, self._labels = self._labels, {}
        if any(labels[field.id] != self.labels(field) for field in self._columns if field.id in labels):
            self._forget()
        fresh = [FRESH] if self.grows else []
        if columns != self._columns or labelled != self._labelled:
            self.beginResetModel()
            self._columns, self._labelled = columns, labelled
            self._forget()
            self._shown = self.order.start(rows) + fresh
            self.endResetModel()
            self.arranged.emit()
        else:
            self._follow(self.order.follow(rows) + fresh)
        if len(rows) > 500:
            self._ahead.start()

    def _follow(self, rows: list[GridRow]) -> None:
        """Show other rows: as little as possible is inserted, removed or told to have changed."""
        old = self._shown
        if not old:
            self._reset(rows)
            return
        had, has = len(old), len(rows)
        front = 0
        least = min(had, has)
        while front < least and _same(old[front], rows[front]):
            front += 1
        if had <= has and front == had - 1 and old[-1].fresh:
            front = had  # what was typed into the empty line is the row that now stands there
        back = 0
        while back < min(had, has) - front and _same(old[had - 1 - back], rows[has - 1 - back]):
            back += 1
        if (had - front - back) > 500 and (has - front - back) > 500:
            self._reset(rows)
            return
        if had - back > front:
            self.beginRemoveRows(QModelIndex(), front, had - back - 1)
            self._shown = old[:front] + old[had - back :]
            self.endRemoveRows()
        if has - back > front:
            self.beginInsertRows(QModelIndex(), front, has - back - 1)
            self._shown = rows
            self.endInsertRows()
        self._shown = rows
        places = [*range(min(front, had)), *range(has - back, has)]
        shift = has - had
        changed = [
            place for place in places if rows[place] is not old[place if place < front else place - shift]
        ]
        self._told(changed)
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

    def _say_ahead(self) -> None:
        """Read texts in small slices while nobody does anything, so that the first filter is quick."""
        done = 0
        for row in self.order.everything:
            known = self._said.get(row.identity)
            if not row.heading and (known is None or known[0] is not row):
                self.said(row)
                for column in range(self.columnCount()):
                    self.sort_key(row, column)
                done += 1
                if done >= 100:
                    return
        self._ahead.stop()

    def speak_in(self, language: str) -> None:
        """Show and edit the texts of another language of the plan."""
        self.language = language
        self._forget()
        self._told(list(range(len(self._shown))))

    def _forget(self) -> None:
        self._said.clear()
        self._keys.clear()

    def _on_language(self) -> None:
        self._forget()
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
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole:
            return False
        return self.write([(index.row(), index.column(), str(value))]) == 1

    def write(self, cells: CellTexts) -> int:
        return self._writing.write(cells)

    @property
    def may_insert(self) -> bool:
        return self.grows

    @property
    def may_move(self) -> bool:
        return self.source.may_move and not self.session.read_only

    def insert_rows(self, before: int | None, count: int = 1) -> bool:
        return self._writing.insert_rows(before, count)

    def delete_rows(self, rows: Sequence[int]) -> bool:
        return self._writing.delete_rows(rows)

    def move_rows(self, rows: Sequence[int], step: int) -> bool:
        return self._writing.move_rows(rows, step)


_ROLES: dict[int, Callable[[GridModel, GridRow, Field], Any]] = {
    Role.EditRole: GridModel.typed,
    Role.TextAlignmentRole: lambda _model, _row, field: RIGHT if field.type in NUMBERS else LEFT,
    Role.ToolTipRole: GridModel._tooltip,  # noqa: SLF001 - the model's own table
    Role.UserRole: GridModel.value_at,
    Role.ForegroundRole: GridModel._ink,  # noqa: SLF001 - the same
    Role.BackgroundRole: GridModel._ground,  # noqa: SLF001 - the same
    Role.AccessibleTextRole: GridModel._read_aloud,  # noqa: SLF001 - the same
    Role.AccessibleDescriptionRole: GridModel._described,  # noqa: SLF001 - the same
    TONE: GridModel._tone,  # noqa: SLF001 - the same
    FIELD: lambda _model, _row, field: field.type,
    REMARK: lambda model, row, field: model.source.remark(row, field),
}
"""What a cell answers by role, besides what it says."""


def _same(one: GridRow, other: GridRow) -> bool:
    return one is other or one.identity == other.identity


def param(title: Any) -> Any:
    """A title as a message's parameter."""
    return title() if callable(title) else title


__all__ = ["FIELD", "NUMBERS", "SUMMED", "TONE", "GridModel"]
