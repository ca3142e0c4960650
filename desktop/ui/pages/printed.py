"""The chapter as it will be printed."""

from __future__ import annotations

from desktop.ui.journey import Stop
from desktop.ui.pages.page import Page
from desktop.ui.session import Session


class PrintedPage(Page):
    """x."""

    def __init__(self, session: Session, stop: Stop) -> None:
        super().__init__(session)
        self._stop = stop
