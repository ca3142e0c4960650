"""A page that needs no document, shown from the start screen, with the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.journey import Stop
from desktop.ui.pages.directory import KINDS, make_page
from desktop.ui.pages.page import Page
from desktop.ui.session import Session


class Aside(QWidget):
    """Title and way back above one page."""

    back_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pages: dict[str, Page] = {}
        self.page: Page | None = None
        self.name = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        head = QFrame()
        head.setProperty("look", "header")
        self.title = widgets.blank()
        self.title.setProperty("look", "title")
        self.title.setWordWrap(True)
        self.back = widgets.button(
            session.speaker, Message("ui.aside_page.back"), self.back_wanted.emit, icon="arrow-left"
        )
        row = widgets.line(self.title, self.back, spacing=10)
        row.setStretch(0, 1)
        row.setContentsMargins(theme.GUTTER, 12, theme.GUTTER, 12)
        head.setLayout(row)
        self._layout.addWidget(head)

    def show_page(self, name: str, ref: str) -> None:
        """Show a page, and something on it."""
        if self.page is not None:
            self.page.hide()
        if name not in self._pages:
            self._pages[name] = make_page(self._session, Stop(name))
            self._layout.addWidget(self._pages[name], 1)
        self.page, self.name = self._pages[name], name
        self._session.speaker.tie(self.title, QLabel.setText, KINDS[name].title or "")
        self.page.show()
        self.page.mark_stale()
        self.page.bring_up_to_date()
        self.page.arrive()
        self.page.take_focus()
        self.page.open_ref(ref)
