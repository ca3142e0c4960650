"""Keeps the window in the look a person asked for, and in the system's where they asked for none."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.ui import icons, theme
from desktop.ui.session import Session


class Dressing(QObject):
    """Dresses the application when a setting or the system's choice of light and dark changes."""

    def __init__(self, application: QApplication, session: Session) -> None:
        super().__init__(session)
        self._application = application
        self._session = session
        self._worn: tuple[theme.Theme, int, theme.Colours] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._wear)
        self._shown = QTimer(self, singleShot=True, interval=0)
        self._shown.timeout.connect(self._show)
        self._wear()
        session.settings_changed.connect(self._dress)
        # a copy made for a reviewer is read in letters of its own size
        session.opened.connect(self._dress)
        session.closed.connect(self._dress)
        application.styleHints().colorSchemeChanged.connect(self._dress)

    def _dress(self) -> None:
        settings = self._session.settings
        wanted = (settings.theme, self._session.text_percent, theme.wanted(self._application, settings.theme))
        if wanted == self._worn:
            return
        self._session.look_changing.emit()
        # in a turn of its own: letting pages go and dressing the rest take 50 ms each
        self._soon.start()

    def _wear(self) -> None:
        settings = self._session.settings
        first = self._worn is None
        # painted when all of it is done, in a turn of its own
        self._paint(on=False)
        try:
            theme.wear(self._application, settings.theme, self._session.text_percent)
        finally:
            # whatever happens, the window is painted again
            self._shown.start()
        # Asked last: telling the system which scheme we wear changes what it answers.
        colours = theme.wanted(self._application, settings.theme)
        self._worn = (settings.theme, self._session.text_percent, colours)
        if first:
            self._shown.stop()
            self._paint(on=True)

    def _show(self) -> None:
        """What draws itself follows, and all of it is painted."""
        try:
            icons.recolour()
            self._session.look_changed.emit()
        finally:
            self._paint(on=True)

    def _paint(self, *, on: bool) -> None:
        for window in self._application.topLevelWidgets():
            if isinstance(window, QMainWindow):
                window.setUpdatesEnabled(on)
