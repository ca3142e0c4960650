"""Money filled differently: the difference between the sides, and the totals with each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.base import LocalText, Message, Rupiah
from desktop.base.message import Param
from desktop.ui import widgets
from desktop.workspace.cases import LETTERS

if TYPE_CHECKING:
    from desktop.ui.session import Session
    from desktop.workspace.totals_apart import Money, Total

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MoneyTable(QWidget):
    """One line for each total: what it comes to with each side, and how far they are apart."""

    def __init__(self, session: Session, money: Money) -> None:
        super().__init__()
        self._session = session
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        self.setLayout(grid)
        speaker, count = session.speaker, len(money.amounts)
        heads: list[Message] = [Message("ui.differing.with", letter=LETTERS[n]) for n in range(count)]
        heads.append(Message("ui.differing.apart"))
        for column, head in enumerate(heads, 1):
            grid.addWidget(self._cell(head, "muted", right=True), 0, column)
        lines: list[tuple[Message, tuple[int, ...]]] = [
            (Message("ui.differing.this_figure"), tuple(each or 0 for each in money.amounts))
        ]
        lines += [(self._of(total), total.amounts) for total in money.totals]
        for row, (name, amounts) in enumerate(lines, 1):
            grid.addWidget(widgets.label(speaker, name, wrap=True), row, 0)
            for column, amount in enumerate((*amounts, max(amounts) - min(amounts)), 1):
                said = Message("ui.differing.money", amount=Rupiah(amount))
                grid.addWidget(self._cell(said, "field" if row == 1 else "", right=True), row, column)
        grid.setColumnStretch(0, 1)
        widgets.call(speaker, self, Message("ui.differing.totals"))

    def _cell(self, said: Message, look: str, *, right: bool) -> QLabel:
        made = widgets.label(self._session.speaker, said, look)
        if right:
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
