"""Fields that people filled differently (*isian berbeda*): a list, and a card to settle each of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSplitter, QWidget

from desktop.base import Message
from desktop.exchange.differing import Differing
from desktop.exchange.whereabouts import Whereabouts
from desktop.ui import theme, widgets
from desktop.ui.differing.card import CaseCard
from desktop.ui.differing.group import GroupBar
from desktop.ui.differing.list import CaseList
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.workspace.cases import Case
    from desktop.workspace.merge import Conflict
    from desktop.workspace.resolving import Decision


LIST = 290
"""Width of the list, in pixels of 100 % text; the rest is the card's."""

NARROW = 800
"""Width below which the card stands under the list, in pixels of 100 % text."""


class DifferingPage(Page):
    """The cases at the left by agency and programme, the chosen one at the right."""

    purpose = Message("ui.differing.note")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self._conflicts: tuple[Conflict, ...] | None = None
        self.differing: Differing | None = None
        self.card: CaseCard | None = None
        self.bar: GroupBar | None = None
        self.none = widgets.line(widgets.picture("circle-check", "good", 18))
        self._nothing = widgets.label(speaker, Message("ui.differing.none"), wrap=True)
        self.none.addWidget(self._nothing, 1)
        self._empty = QWidget()
        self._empty.setLayout(self.none)
        self.add(self._empty)
        self.list = CaseList(session)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_chosen())
        self.list.taken.connect(self._take)
        self.list.wanted.connect(self._enter)
        self._inside = QWidget()
        self._inside.setProperty("look", "page")
        self._cards = widgets.column(margins=(4, 0, 8, 0), spacing=theme.PAD)
        self._inside.setLayout(self._cards)
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setWidget(self._inside)
        left = QWidget()
        column = widgets.column(spacing=6)
        left.setLayout(column)
        self.count = widgets.label(speaker, "", "field", wrap=True)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        column.addWidget(widgets.label(speaker, Message("ui.differing.keys"), "muted", wrap=True))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 0)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([theme.grown(LIST), theme.grown(3 * LIST)])
        self.add(self.split, 1)
        self.body.addStretch(0)
        session.look_changed.connect(self._show_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.grown(NARROW)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.split.orientation() is not wanted:
            self.split.setOrientation(wanted)
            self.split.setSizes([1, 2] if narrow else [theme.grown(LIST), theme.grown(3 * LIST)])

    def has_findings(self) -> bool:
        return False

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what differs now; a card somebody works on stays while nothing else came."""
        conflicts = tuple(self.session.workspace.conflicts())
        self._empty.setVisible(not conflicts)
        self.split.setVisible(bool(conflicts))
        if conflicts == self._conflicts:
            return
        self._conflicts = conflicts
        self.differing = Differing(self.session.workspace, conflicts, self.differing)
        count = Message("ui.differing.count", n=len(conflicts))
        self.session.speaker.tie(self.count, QLabel.setText, count)
        had = self.list.hasFocus() or self._inside.isAncestorOf(self.window().focusWidget())
        self.list.show_cases(self.differing.cases)
        self._show_chosen()
        if had and conflicts:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_language(self) -> None:
        self._conflicts = None
        self.list.forget()
        super()._on_language()

    def _show_chosen(self) -> None:
        """Make the card of the case under the cursor, or what can be done with its whole group."""
        widgets.empty(self._cards)
        self.card = self.bar = None
        differing = self.differing
        group = self.list.group()
        if differing is None or not group:
            return
        bar = GroupBar(self.session, differing, group, self.settle)
        if bar.offered:
            self.bar = bar
            box = widgets.Card(self.session.speaker)
            box.add(bar)
            self._cards.addWidget(box)
        else:
            bar.deleteLater()
        case = self.list.chosen()
        if case is not None:
            case = differing.fresh(case)
            go = partial(self.go, case) if self.place_of(case) is not None else None
            self.card = CaseCard(self.session, case, self.settle, go, differing.why_not(case))
            box = widgets.Card(self.session.speaker)
            box.add(self.card)
            self._cards.addWidget(box)
        self._cards.addStretch(1)
        self.side.verticalScrollBar().setValue(0)

    # -- settling -------------------------------------------------------------------------------
    def settle(self, decisions: list[Decision]) -> None:
        """Settle some as one change; the next one takes its place under the cursor."""
        from desktop.workspace.resolving import resolve_many

        self.session.drafts.flush()
        done = self.session.attempt(lambda: resolve_many(self.session.workspace, decisions))
        if done:
            self.session.told.emit(Message("ui.differing.settled", n=done))

    def _take(self, place: int) -> None:
        if self.card is not None and not self.card.case.whole_row:
            self.card.take(place)

    def _enter(self) -> None:
        if self.card is not None:
            self.card.take_focus()
        elif self.bar is not None:
            self.bar.take.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the way there and back -----------------------------------------------------------------
    def place_of(self, case: Case) -> tuple[str, str, Place] | None:
        """The page that shows a field, and the field on it; None where nothing does."""
        conflict = case.conflict
        where = Whereabouts(self.session.plan, self.session.pack)
        page = where.page(conflict.table, conflict.row, conflict.field, case.values)
        if page is None:
            return None
        return page.page, page.ref, where.place(conflict.table, conflict.row, conflict.field, case.values)

    def go(self, case: Case) -> None:
        """Show the field in its place."""
        found = self.place_of(case)
        if found is not None:
            self.session.show(*found)

    def point_at(self, place: Place) -> bool:
        """Choose the case of a register; a badge knows no more than that."""
        self.bring_up_to_date()
        for case in self.differing.cases if self.differing is not None else ():
            if self._is_at(case, place):
                self.list.choose(case.key)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _is_at(self, case: Case, place: Place) -> bool:
        """Whether a place means a case: by its row, or by the field a finding points at."""
        conflict = case.conflict
        if (conflict.table, conflict.row) == (place.table, place.row):
            return place.field in {"", conflict.field.partition(":")[0], conflict.field}
        found = self.place_of(case)
        if found is None or place.table not in {"answer", "cell"}:
            return False
        own = found[2]
        spoken = not place.language or own.language == place.language
        if place.table == "answer":
            return spoken and bool(own.item) and (own.item, own.scope) == (place.item, place.scope)
        return spoken and (own.table, own.row, own.field) == (place.table, place.row, place.field)

    def step(self, by: int) -> None:
        """Go to the next or previous case."""
        self.list.step(by)

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
