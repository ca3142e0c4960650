"""Two charts of the books at a glance: how ready the region is, and where no programme is yet."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.base import Message
from desktop.books.pictures import coverage_gaps, readiness_told
from desktop.ui import widgets
from desktop.ui.charted import ChartCard, Make
from desktop.ui.session import Session

POINTS = 84
"""At a glance letters are as small as the smallest of the window."""


class Glance(ChartCard):
    """A chart without its words (who hears the window hears them), and the way to where it is made."""

    def __init__(
        self, session: Session, title: Message, make: Make, go: Message, page: str, ref: str = ""
    ) -> None:
        super().__init__(session, title)
        self._chart, self._at = make, ("", "")
        self.view.points = POINTS
        self.words.hide()
        self.export.hide()
        self.go = widgets.button(
            session.speaker, go, lambda: session.show(page, ref), icon="chevron-right", look="quiet"
        )
        self.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Draw it anew where the plan or the language is another."""
        now = self._session.plan.head, self._session.speaker.language.value
        if now != self._at:
            self._at = now
            self.show_chart(self._chart)


def readiness_glance(session: Session) -> Glance:
    """How ready the region is, by components."""
    readiness = session.pack.readiness
    page, ref = ("worksheet", readiness.worksheet) if readiness is not None else ("assessment", "")
    return Glance(
        session, Message("ui.radar.title"), readiness_told, Message("ui.home.to_readiness"), page, ref
    )


def coverage_glance(session: Session) -> Glance:
    """The dimensions in which a sub-dimension has no programme."""
    go = Message("ui.home.to_programmes")
    return Glance(session, Message("ui.home.gaps"), coverage_gaps, go, "programmes")
