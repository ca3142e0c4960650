"""Makes a part of a long page when it is first seen, or when somebody goes there: opening stays quick."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui import theme, widgets


class Later(QFrame):
    """Stands where a card will be; painting it for the first time makes the card."""

    def __init__(self, make: Callable[[], QWidget], high: int, made: Callable[[QWidget], object]) -> None:
        """``high`` is about as high as the card will be, in pixels at 100 %; ``made`` gets the card."""
        super().__init__()
        self._make = make
        self._made = made
        self.card: QWidget | None = None
        self._box = widgets.column()
        self.setLayout(self._box)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.finish)
        self.setMinimumHeight(theme.grown(high))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.card is None and not self._soon.isActive():
            self._soon.start()

    def finish(self) -> None:
        """Make the card now, if it is not there yet."""
        if self.card is not None:
            return
        self._soon.stop()
        self.card = self._make()
        self.setMinimumHeight(0)
        self._box.addWidget(self.card)
        self._made(self.card)
