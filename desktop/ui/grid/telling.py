"""What a grid tells of its cells and heads besides their text: tone, remarks, words for screen readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from desktop.base import Message
from desktop.guideline.pack import Field
from desktop.ui import theme
from desktop.ui.differing.badge import NAME
from desktop.ui.grid.cells import FIELD, HEADING, NEWS, NUMBERS, REMARK, TONE, Role
from desktop.ui.grid.source import GridRow, name_of

if TYPE_CHECKING:
    from desktop.ui.grid.model import GridModel

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Telling:
    """Answers of a :class:`GridModel` by role."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._cells: dict[int, Callable[[GridRow, Field], Any]] = {
            Role.EditRole: model.reading.typed,
            Role.TextAlignmentRole: lambda _row, field: RIGHT if field.type in NUMBERS else LEFT,
            Role.ToolTipRole: self._tooltip,
            Role.UserRole: model.value_at,
            Role.ForegroundRole: self._ink,
            Role.BackgroundRole: self._ground,
            Role.AccessibleTextRole: self._read_aloud,
            Role.AccessibleDescriptionRole: self._described,
            TONE: self._tone,
            FIELD: lambda _row, field: field.type,
            REMARK: model.source.remark,
            NEWS: model.source.news,
        }

    def cell(self, row: GridRow, field: Field, role: int) -> Any:
        """What a cell answers."""
        find = self._cells.get(role)
        return find(row, field) if find is not None else None

    def _tooltip(self, row: GridRow, field: Field) -> str | None:
        """The remark or the whole text of a cell, and softly where it comes from."""
        model = self._model
        remark, shown = model.source.remark(row, field), model.reading.display(row, field)
        news = model.source.news(row, field)
        said = "\n".join(model.session.say(each) for each in (remark or shown, news) if each)
        if not shown or row.fresh:
            return said or None
        from desktop.ui.fields.provenance import origin

        told = origin(model.session, model.source.records(row, field))
        return f"{said}\n{model.session.say(told)}" if told is not None else said

    def _ground(self, _row: GridRow, field: Field) -> QColor | None:
        return QColor(theme.colours().sunken) if self._model.source.locked(field) else None

    def _ink(self, _row: GridRow, field: Field) -> QColor | None:
        return QColor(theme.colours().label) if self._model.source.locked(field) else None

    def _read_aloud(self, row: GridRow, field: Field) -> str:
        said = self._model.session.say(name_of(field))
        blank = self._model.session.say(Message("ui.grid.blank"))
        return f"{said}: {self._model.reading.display(row, field) or blank}"

    def _tone(self, row: GridRow, field: Field) -> str:
        own = self._model.source.tone(row, field)
        if own or field.type != "choice":
            return own
        found = self._model.reading.labels(field).get(str(self._model.value_at(row, field) or ""))
        return found.tone if found else ""

    def _described(self, row: GridRow, field: Field) -> str:
        parts = [self._model.session.say(row.label)] if row.label else []
        remark = self._model.source.remark(row, field)
        if remark:
            parts.append(self._model.session.say(remark))
        news = self._model.source.news(row, field)
        if news:
            parts.append(self._model.session.say(news))
        if self._model.session.plan.conflicts and self._model.differs(row, field) is not None:
            parts.append(self._model.session.say(NAME))
        if self._model.shut or self._model.source.locked(field):
            parts.append(self._model.session.say(Message("ui.grid.read_only")))
        return ". ".join(parts)

    def hint(self, field: Field | None, text: str) -> Message | None:
        """What is to be said of what is being typed into a column."""
        return self._model.source.hint(field, text) if field is not None else None

    def label(self, row: GridRow, column: int, role: int) -> Any:
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole if column == 0:
                return self._model.session.say(row.label)
            case Role.ToolTipRole:
                return self._model.session.say(row.help) or self._model.session.say(row.label) or None
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
                closed = self._model.order.is_folded(row)
                return self._model.session.say(
                    Message("ui.grid.folded") if closed else Message("ui.grid.unfolded")
                )
            case _ if role == HEADING and row.heading:
                return "closed" if self._model.order.is_folded(row) else "open"
            case _:
                return None

    def head(self, column: int, role: int) -> Any:
        """What the head of a column answers."""
        say, field = self._model.session.say, self._model.field_at(column)
        if role in {Role.DisplayRole, Role.AccessibleTextRole}:
            return say(Message("ui.grid.item") if field is None else self.heading(field))
        if role == Role.ToolTipRole and field is not None:
            return self.about(field)
        if role == Role.AccessibleDescriptionRole:
            return say(self.arranged_by(column))
        if role == Role.TextAlignmentRole:
            return RIGHT if field is not None and field.type in NUMBERS else LEFT
        return None

    def arranged_by(self, column: int) -> Message | str:
        """How a column is sorted or filtered, in words."""
        if self._model.filter_of(column).active:
            return Message("ui.grid.is_filtered")
        by = self._model.order.sorted_by
        if by is None or by[0] != column:
            return ""
        return Message("ui.grid.is_descending") if by[1] else Message("ui.grid.is_ascending")

    def about(self, field: Field) -> str:
        """What a column asks, and whether any source confirms it."""
        say = self._model.session.say
        told = say(field.help) or say(name_of(field))
        return told if field.verified else f"{told}\n{say(Message('ui.unverified.field'))}"

    def heading(self, field: Field) -> str:
        unit = self._model.session.say(field.unit)
        if field.type == "rupiah" and not unit:
            unit = "Rp"
        name = self._model.session.say(name_of(field)) + (" *" if field.required else "")
        return f"{name} ({unit})" if unit else name
