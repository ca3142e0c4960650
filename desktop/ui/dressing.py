"""Keeps the window in the look a person asked for, and in the system's where they asked for none."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.session import Session


class Dressing(QObject):
    """Dresses the application when a setting or the system's choice of light and dark changes."""

    def __init__(self, application: QApplication, session: Session) -> None:
        super().__init__(session)
        self._application = application
        self._session = session
        self._worn: tuple[theme.Theme, int, theme.Colours] | None = None
        self._dress()
        session.settings_changed.connect(self._dress)
        application.styleHints().colorSchemeChanged.connect(self._dress)

    def _dress(self) -> None:
        settings = self._session.settings
        wanted = (settings.theme, settings.text_percent, theme.wanted(self._application, settings.theme))
        if wanted == self._worn:
            return
        first, self._worn = self._worn is None, wanted
        theme.wear(self._application, settings.theme, settings.text_percent)
        # Telling the system which scheme we wear changes what it answers.
        self._worn = (*wanted[:2], theme.wanted(self._application, settings.theme))
        if not first:
            self._session.look_changed.emit()
