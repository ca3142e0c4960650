"""The roadmap as a table: what each dimension reaches in the short, medium and long term."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from desktop.base import LocalText, Message
from desktop.base.speech import number
from desktop.checks.spots import named
from desktop.checks.terms import Milestone, milestones, spans
from desktop.ui import theme, widgets
from desktop.ui.session import Session


class Milestones(QTableWidget):
    """Rows are dimensions, columns are terms; Enter or a double click opens the first programme of a cell."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)
        self.setMinimumHeight(theme.grown(220))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().hide()
        widgets.call(session.speaker, self, Message("ui.roadmap.table"))
        self.activated.connect(lambda index: self.open_at(index.row(), index.column()))
        self._cells: dict[tuple[int, int], tuple[Milestone, ...]] = {}

    def refresh(self) -> None:
        """Show the plan as it is now."""
        session, say = self._session, self._session.say
        plan, pack = session.plan, session.pack
        terms = spans(plan, pack)
        table = milestones(plan, pack)
        names = {each.id: each.name for each in pack.dimensions}
        self.setRowCount(len(table))
        self.setColumnCount(len(terms) + 1)
        heads = [
            say(Message("ui.roadmap.term_years", term=term.label, years=_span(first, last)))
            for term, first, last in terms
        ]
        self.setHorizontalHeaderLabels([say(Message("ui.programmes.head.dimension")), *heads])
        none = Message("ui.programmes.no_group")
        self._cells = {}
        for row, (dimension, cells) in enumerate(table):
            self.setItem(row, 0, QTableWidgetItem(say(names.get(dimension, none))))
            for column, cell in enumerate(cells, 1):
                self._cells[row, column] = cell
                self.setItem(row, column, QTableWidgetItem("\n".join(map(self._told, cell))))
        self.resizeRowsToContents()

    def _told(self, each: Milestone) -> str:
        session = self._session
        title = session.say(_speech(named(each.programme.title)))
        text = f"\N{BULLET} {title} ({each.programme.end_year or each.programme.start_year})"
        if each.indicator is None or each.target is None:
            return text
        value = number(each.target, session.speaker.language)
        indicator = session.say(_speech(named(each.indicator.name)))
        return f"{text}: {indicator} {value} {each.indicator.unit}".rstrip()

    def open_at(self, row: int, column: int) -> None:
        """Open the first programme of a cell."""
        cell = self._cells.get((row, column), ())
        if cell:
            self._session.show("programmes", cell[0].programme.id)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def _speech(said: object) -> LocalText | Message | str:
    return said if isinstance(said, LocalText | Message) else str(said)
