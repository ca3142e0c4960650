"""Money filled differently: the difference between the sides, and the totals with each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.base import LocalText, Message, Rupiah
from desktop.base.message import Param
from desktop.ui import theme, widgets
from desktop.workspace.cases import LETTERS

if TYPE_CHECKING:
    from desktop.ui.session import Session
    from desktop.workspace.totals_apart import Money, Total

NAMED = 180
"""The least width of the names before their figures, in pixels at 100 %."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MoneyTable(QWidget):
    """One line for each total: what it comes to with each side, and how far they are apart."""

    def __init__(self, session: Session, money: Money) -> None:
        super().__init__()
        self._session = session
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self._stacked: bool | None = None
        speaker, count = session.speaker, len(money.amounts)
        heads: list[Message] = [Message("ui.differing.with", letter=LETTERS[n]) for n in range(count)]
        heads.append(Message("ui.differing.apart"))
        self._heads = [self._cell(head, "muted") for head in heads]
        self._rows: list[tuple[QLabel, list[QLabel]]] = []
        lines: list[tuple[Message, tuple[int, ...]]] = [
            (Message("ui.differing.this_figure"), tuple(each or 0 for each in money.amounts))
        ]
        lines += [(self._of(total), total.amounts) for total in money.totals]
        for name, amounts in lines:
            figures = (*amounts, max(amounts) - min(amounts))
            said = [Message("ui.differing.money", amount=Rupiah(amount)) for amount in figures]
            cells = [self._cell(each, "" if self._rows else "field") for each in said]
            self._rows.append((widgets.label(speaker, name, wrap=True), cells))
        self._arrange(stacked=False)
        widgets.call(speaker, self, Message("ui.differing.totals"))

    def _arrange(self, *, stacked: bool) -> None:
        """Each name before its figures, or above them where they leave it no room."""
        if stacked is self._stacked:
            return
        self._stacked = stacked
        grid, step = self._grid, 2 if stacked else 1
        for column, head in enumerate(self._heads, 1):
            grid.addWidget(head, 0, column)
        for row, (name, cells) in enumerate(self._rows):
            grid.addWidget(name, 1 + row * step, 0, 1, len(cells) + 1 if stacked else 1)
            for column, cell in enumerate(cells, 1):
                grid.addWidget(cell, step + row * step, column)

    def _figures(self) -> int:
        """How wide the figures are together."""
        columns = zip(self._heads, *(cells for _, cells in self._rows), strict=True)
        return sum(max(each.sizeHint().width() for each in column) + 10 for column in columns)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._figures(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(stacked=self.width() < self._figures() + theme.grown(NAMED))

    def _cell(self, said: Message, look: str) -> QLabel:
        made = widgets.label(self._session.speaker, said, look)
        made.setAlignment(RIGHT)
        return made

    def _of(self, total: Total) -> Message:
        plan, pack = self._session.plan, self._session.pack
        name: Param = total.name
        match total.kind:
            case "programme":
                found = next((each for each in plan.programmes if each.id == total.name), None)
                name = LocalText(dict(found.title.values)) if found and found.title else "\N{EM DASH}"
                return Message("ui.differing.of_programme", name=name)
            case "year":
                return Message("ui.differing.of_year", name=name)
            case "source":
                name = next((e.label for e in pack.planning.funding if e.id == total.name), total.name)
                return Message("ui.differing.of_source", name=name)
            case "dimension":
                name = next((each.name for each in pack.dimensions if each.id == total.name), total.name)
                return Message("ui.differing.of_dimension", name=name)
            case _:
                return Message("ui.differing.of_plan")
