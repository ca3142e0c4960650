"""The model over a grid source: list of rows, own reading and writing, no proxies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from desktop.base import Language, Message, RancangError
from desktop.exchange.values import NotUnderstood, Option, parse, show
from desktop.guideline.pack import Field
from desktop.ui import theme
from desktop.ui.grid.source import GridRow, GridSource, name_of
from desktop.ui.session import Session
from desktop.ui.tracing import Subject
from desktop.workspace.plan import Value

Index = QModelIndex | QPersistentModelIndex
NUMBERS = frozenset({"integer", "decimal", "rupiah", "percent", "year"})
Role = Qt.ItemDataRole
TONE = Role.UserRole + 1
FIELD = Role.UserRole + 2


class GridModel(QAbstractTableModel):
    """Rows of a source in one language; every change is one operation."""

    refused = Signal(object)
    """A :class:`Message` about input that was not understood; None when all is well again."""

    def __init__(self, session: Session, source: GridSource) -> None:
        super().__init__()
        self.session = session
        self.source = source
        self.language = session.source.value
        self._columns = source.columns()
        self._rows: list[GridRow] = []
        self._labelled = source.labelled
        session.speaker.changed.connect(self._on_language)

    # -- reading --------------------------------------------------------------------------------
    @property
    def rows(self) -> Sequence[GridRow]:
        """The rows shown, the empty line for a new one included."""
        return self._rows

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns."""
        return self._columns

    @property
    def first(self) -> int:
        """The model column of the first field (1 when rows have a name)."""
        return 1 if self._labelled else 0

    def field_at(self, column: int) -> Field | None:
        """The field of a model column; None for the column of names."""
        place = column - self.first
        return self._columns[place] if 0 <= place < len(self._columns) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._rows)

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
        return self.source.options(field, self._rows[row])

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, field = self._rows[index.row()], self.field_at(index.column())
        if row.heading or field is None:
            return self._label_data(row, index.column(), role)
        match role:
            case Role.DisplayRole | Role.EditRole:
                value = self.value_at(row, field)
                choices = self.source.options(field, row) if value is not None else ()
                return show(field.type, value, self.session.speaker.language, choices)
            case Role.ToolTipRole:
                return self.data(index, Role.DisplayRole) or None
            case Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if field.type in NUMBERS else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Role.UserRole:
                return self.value_at(row, field)
            case _ if role == TONE:
                wanted = str(self.value_at(row, field) or "")
                return next(
                    (each.tone for each in self.source.options(field, row) if each.value == wanted), ""
                )
            case _ if role == FIELD:
                return field.type
            case Role.AccessibleTextRole:
                said = self.session.say(name_of(field))
                return f"{said}: {self.data(index, Role.DisplayRole)}"
            case _:
                return None

    def _label_data(self, row: GridRow, column: int, role: int) -> Any:
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole if column == 0:
                return self.session.say(row.label)
            case Role.ToolTipRole:
                return self.session.say(row.help) or self.session.say(row.label)
            case Role.FontRole if row.heading:
                font = QFont(theme.FAMILY)
                font.setPixelSize(12)
                font.setBold(True)
                return font
            case Role.BackgroundRole if row.heading:
                return QColor(theme.colours().sunken)
            case Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Role.DisplayRole and not self.source.labelled else None
        field = self.field_at(section)
        if role == Role.DisplayRole:
            return self.session.say(Message("ui.grid.item") if field is None else self._heading(field))
        if role == Role.ToolTipRole and field is not None:
            return self.session.say(field.help) or self.session.say(name_of(field))
        if role == Role.TextAlignmentRole:
            right = field is not None and field.type in NUMBERS
            return (
                Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            ) | Qt.AlignmentFlag.AlignVCenter
        return None

    def _heading(self, field: Field) -> str:
        unit = self.session.say(field.unit)
        if field.type == "rupiah" and not unit:
            unit = "Rp"
        name = self.session.say(name_of(field)) + (" *" if field.required else "")
        return f"{name} ({unit})" if unit else name

    def flags(self, index: Index) -> Qt.ItemFlag:
        row, field = self._rows[index.row()], self.field_at(index.column())
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.heading:
            return Qt.ItemFlag.ItemIsEnabled
        if field is None or self.session.read_only or self.source.locked(field):
            return shown
        return shown | Qt.ItemFlag.ItemIsEditable

    def subject(self, index: Index) -> Subject | None:
        """A cell as something whose history can be told; None where nothing is written yet."""
        if not index.isValid():
            return None
        row, field = self._rows[index.row()], self.field_at(index.column())
        if field is None or row.heading or row.fresh:
            return None
        line = row.label or str(index.row() + 1)
        title = Message("ui.trace.cell", column=name_of(field), row=line, sheet=_param(self.source.title))
        return Subject(title, field, self.source.records(row, field), self.source.options(field, row))

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the rows again; cells that stay where they are keep editors and selection."""
        rows = self.source.rows(self.session.plan)
        if self.source.may_add and not self.session.read_only:
            rows.append(GridRow("", fresh=True))
        columns = self.source.columns()
        labelled, self._labelled = self._labelled, self.source.labelled
        if columns != self._columns or labelled != self._labelled or not self._same_shape(rows):
            self.beginResetModel()
            self._columns, self._rows = columns, rows
            self.endResetModel()
            return
        had = len(self._rows)
        if len(rows) > had:
            self.beginInsertRows(QModelIndex(), had, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        else:
            self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))

    def _same_shape(self, rows: list[GridRow]) -> bool:
        """Whether the old rows are all still there, in place, and new ones only follow."""
        kept = [row.identity for row in self._rows if not row.fresh]
        return len(rows) >= len(self._rows) > 0 and [row.identity for row in rows[: len(kept)]] == kept

    def speak_in(self, language: str) -> None:
        """Show and edit the texts of another language of the plan."""
        self.language = language
        self.beginResetModel()
        self.endResetModel()

    def _on_language(self) -> None:
        if self._rows:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    # -- writing --------------------------------------------------------------------------------
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole:
            return False
        return self.write([(index.row(), index.column(), str(value))]) == 1

    def understand(self, row: int, column: int, text: str) -> Value:
        """The value a text means in a cell. Raises :class:`NotUnderstood`."""
        field = self.field_at(column)
        if field is None:
            raise NotUnderstood(text, "choice")
        english = self.session.speaker.language is Language.EN
        line = self._rows[row] if row < len(self._rows) else GridRow("", fresh=True)
        return parse(field.type, text, self.source.options(field, line), english=english)

    def write(self, cells: Sequence[tuple[int, int, str]]) -> int:
        """Fill cells by what was typed or pasted, as one operation; how many were filled.

        Rows beyond the last are added. What is not understood is left out and told.
        """
        wanted: list[tuple[int, Field, Value]] = []
        problems: list[Message] = []
        for row, column, text in cells:
            field = self.field_at(column)
            if field is None or self.source.locked(field) or not self._writable(row):
                continue
            try:
                value = self.understand(row, column, text)
            except NotUnderstood as problem:
                problems.append(problem.message)
                continue
            if row >= len(self._rows) or value != self.value_at(self._rows[row], field):
                wanted.append((row, field, value))
        self._tell(problems)
        if not wanted:
            return 0 if problems else len(cells)
        return len(cells) - len(problems) if self._commit(wanted) else 0

    def _writable(self, row: int) -> bool:
        if row < len(self._rows):
            return not self._rows[row].heading
        return self.source.may_add

    def _tell(self, problems: list[Message]) -> None:
        if not problems:
            self.refused.emit(None)
        elif len(problems) == 1:
            self.refused.emit(problems[0])
        else:
            self.refused.emit(Message("ui.grid.not_understood", n=len(problems), first=problems[0]))

    def _commit(self, wanted: list[tuple[int, Field, Value]]) -> bool:
        label = Message("ui.op.cells", sheet=_param(self.source.title), n=len(wanted))
        made: dict[int, GridRow] = {}
        try:
            with self.session.change(label) as operation:
                for row, field, value in wanted:
                    line = made.get(row) or (
                        self._rows[row] if row < len(self._rows) else GridRow("", fresh=True)
                    )
                    if line.fresh:
                        coming = {each.id: it for at, each, it in wanted if at == row}
                        line = GridRow(self.source.add(operation, "", coming))
                    made[row] = line
                    language = self.language if field.bilingual else ""
                    self.source.write(operation, line, field, value, language)
        except RancangError as error:
            self.session.failed.emit(error.message)
            return False
        return True

    # -- rows -----------------------------------------------------------------------------------
    def add_row(self, before: int | None) -> bool:
        """Add an empty row before another one, or at the end."""
        key = ""
        if before is not None and before < len(self._rows):
            key = self._rows[before].key
        label = Message("ui.op.add_row", sheet=_param(self.source.title))
        return self._attempt(label, lambda operation: self.source.add(operation, key, {}))

    def delete_rows(self, rows: Sequence[int]) -> bool:
        """Delete rows; fixed rows and headings stay."""
        going = [self._rows[row] for row in rows if row < len(self._rows)]
        going = [row for row in going if row.key and not row.fixed and not row.heading]
        if not going:
            return False
        label = Message("ui.op.delete_rows", sheet=_param(self.source.title), n=len(going))

        def work(operation: Any) -> None:
            for row in going:
                self.source.delete(operation, row)

        return self._attempt(label, work)

    def move_row_by(self, row: int, step: int) -> bool:
        """Move a row up (-1) or down (1)."""
        target = row + step
        real = [index for index, each in enumerate(self._rows) if each.key and not each.fixed]
        if row not in real or target not in real:
            return False
        anchor = target if step < 0 else target + 1
        before = self._rows[anchor].key if anchor in real else ""
        label = Message("ui.op.move_row", sheet=_param(self.source.title))
        return self._attempt(label, lambda operation: self.source.move(operation, self._rows[row], before))

    def _attempt(self, label: Message, work: Any) -> bool:
        try:
            with self.session.change(label) as operation:
                work(operation)
        except RancangError as error:
            self.session.failed.emit(error.message)
            return False
        return True


def _param(title: Any) -> Any:
    return title() if callable(title) else title
