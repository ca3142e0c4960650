"""The journey and the page side by side: how wide the journey is, and when it gives way."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter

from desktop.ui import theme
from desktop.ui.session import Session
from desktop.ui.settings import Side
from desktop.ui.shell.journey_panel import JourneyPanel

WIDEST = 340
"""Pixels the journey takes at most by itself, however large the letters."""
PAGE_LEAST = 560
"""Pixels at 100 % a page needs; where the journey would leave fewer, it gives way."""
REMEMBER_AFTER = 400
"""Milliseconds after the last move of the border until its place is remembered."""


class Sides(QSplitter):
    """A border that can be drawn; its place is remembered in pixels of 100 % text."""

    def __init__(self, session: Session, panel: JourneyPanel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._session, self._panel = session, panel
        self.withheld = False
        """Whether there is no journey to be shown: an agency has its own part on one page."""
        self.setHandleWidth(5)
        self.setChildrenCollapsible(False)
        self.addWidget(panel)
        self.setStretchFactor(0, 0)
        self._later = QTimer(self, singleShot=True, interval=REMEMBER_AFTER)
        self._later.timeout.connect(self._remember)
        self.splitterMoved.connect(lambda _place, _index: self._later.start())

    def wanted_width(self) -> int:
        """How wide the journey is at the present text size."""
        drawn = self._session.settings.side_width
        return theme.grown(drawn) if drawn else self._usual()

    @property
    def has_room(self) -> bool:
        """Whether journey and page both fit."""
        return self.width() - self._usual() >= theme.grown(PAGE_LEAST)

    @staticmethod
    def _usual() -> int:
        return theme.grown(theme.SIDEBAR, at_most=WIDEST)

    @property
    def side_shown(self) -> bool:
        """Whether the journey stands at the left now."""
        return self._panel.isVisibleTo(self)

    def fit(self) -> None:
        """Give the journey its width, or the page all of it."""
        wish = self._session.settings.side
        if self.withheld:
            self._panel.hide()
            return
        self._panel.setVisible(wish is Side.SHOWN or (wish is Side.AUTO and self.has_room))
        if not self._later.isActive():
            # A journey drawn wide becomes narrower before it gives way.
            wanted = self.wanted_width()
            wide = min(wanted, max(self._usual(), self.width() - theme.grown(PAGE_LEAST)))
            self.setSizes([wide, max(1, self.width() - wide)])

    def toggle(self) -> None:
        """Show or hide the journey, and remember that."""
        shown = Side.AUTO if self.has_room else Side.SHOWN
        self._session.remember(side=Side.HIDDEN if self.side_shown else shown)

    def _remember(self) -> None:
        if self.side_shown:
            percent = theme.grown(1000) / 1000
            self._session.remember(side_width=round(self.sizes()[0] / percent))
