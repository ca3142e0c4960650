"""Cells of money in whole rupiah: lines as rows, years as columns, a column of sums at the end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from desktop.base import Message
from desktop.base.speech import number
from desktop.ui import theme
from desktop.ui.grid.cells import CellModel, Index, Role

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MoneyModel(CellModel):
    """How money by years reads, whatever its lines are and whether it can be written."""

    years: Sequence[int] = ()

    def amount(self, row: int, column: int) -> int | None:
        """What stands in a cell in whole rupiah; None where nothing is stated."""
        raise NotImplementedError

    def is_sum(self, row: int, column: int) -> bool:
        """Whether a cell is a sum of others beside or above it."""
        raise NotImplementedError

    def line_name(self, row: int) -> str | None:
        """What a row is called."""
        raise NotImplementedError

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.years) + 1

    def kind(self, column: int) -> str:
        del column
        return "rupiah"

    def figure(self, row: int, column: int) -> Decimal | None:
        amount = self.amount(row, column)
        return None if amount is None else Decimal(amount)

    def writes_number(self, column: int, number: Decimal) -> str:
        del column
        return f"{int(number)}"

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        match role:
            case Role.DisplayRole | Role.EditRole:
                amount = self.amount(row, column)
                return "" if amount is None else number(amount, self.session.speaker.language)
            case Role.TextAlignmentRole:
                return _RIGHT
            case Role.FontRole if self.is_sum(row, column):
                font = QFont(theme.FAMILY)
                font.setPixelSize(theme.grown(13))
                font.setBold(True)
                return font
            case Role.BackgroundRole if self.is_sum(row, column):
                return QColor(theme.colours().sunken)
            case Role.AccessibleTextRole:
                said = self.data(index) or self.session.say(Message("ui.grid.blank"))
                return f"{self.session.say(self.cell_name(row, column))}: {said}"
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if role == Role.TextAlignmentRole and across:
            return _RIGHT
        if role not in {Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole}:
            return None
        if not across:
            return self.line_name(section)
        known = section < len(self.years)
        return str(self.years[section]) if known else self.session.say(Message("ui.budget.sum"))
