"""A document in which nothing is written yet teaches how to begin: with what exists already."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.session import Session


class WelcomeCard(widgets.Card):
    """Three ways to begin, the quickest first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.home.welcome"), Message("ui.home.welcome.note"))
        self._session = session
        self.ways: list[QPushButton] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setSpacing(theme.PAD)
        ways: tuple[tuple[str, Message, Message, Message, Callable[[], object]], ...] = (
            ("file-up", Message("ui.home.begin.import"), Message("ui.home.begin.import.note"),
             Message("ui.home.begin.import.do"), self._import),
            ("landmark", Message("ui.home.begin.profile"), Message("ui.home.begin.profile.note"),
             Message("ui.home.begin.profile.do"), lambda: session.show("profile")),
            ("eye", Message("ui.home.begin.demo"), Message("ui.home.begin.demo.note"),
             Message("ui.home.begin.demo.do"), self._demo),
        )  # fmt: skip
        for column, (icon, title, note, do, press) in enumerate(ways):
            grid.addWidget(self._way(icon, title, note, do, press, first=not column), 0, column)
            grid.setColumnStretch(column, 1)
        self.add(grid)

    def _way(
        self,
        icon: str,
        title: Message,
        note: Message,
        do: Message,
        press: Callable[[], object],
        *,
        first: bool,
    ) -> QWidget:
        speaker = self._session.speaker
        made = widgets.Card(speaker)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.add(widgets.picture(icon, "primary", 26))
        made.add(widgets.label(speaker, title, "section", wrap=True))
        made.add(widgets.label(speaker, note, "muted", wrap=True))
        made.body.addStretch(1)
        button = widgets.button(speaker, do, press, look="primary" if first else "")
        self.ways.append(button)
        made.add(widgets.line(button, 1))
        return made

    def _import(self) -> None:
        from desktop.ui.dialogs.importing import import_file

        import_file(self, self._session)

    def _demo(self) -> None:
        from desktop.ui.dialogs.demo import open_demo
        from desktop.ui.window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            open_demo(window, self._session)
