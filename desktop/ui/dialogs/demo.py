"""The demo region: made once on this computer, in a process of its own, then opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from desktop.base import Message
from desktop.base.paths import folder
from desktop.ui import widgets
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


class DemoDialog(QDialog):
    """Progress while the demo is made; closing it stops the making."""

    def __init__(self, session: Session, parent: MainWindow) -> None:
        super().__init__(parent)
        self.made: Any = None
        session.speaker.tie(self, QDialog.setWindowTitle, Message("ui.start.demo"))
        self.setMinimumWidth(460)
        layout = widgets.column(margins=(20, 18, 20, 16), spacing=10)
        self.setLayout(layout)
        layout.addWidget(widgets.label(session.speaker, Message("ui.demo.making"), "section", wrap=True))
        layout.addWidget(widgets.label(session.speaker, Message("ui.demo.note"), "muted", wrap=True))
        self.runner = Runner(session)
        layout.addWidget(self.runner)
        self.runner.cancel.clicked.connect(self.reject)
        session.failed.connect(self.reject)

    def begin(self) -> None:
        """Make the demo."""
        from desktop.exchange.demo import build_demo

        self.runner.start(self._on_made, build_demo, folder("demo"))

    def _on_made(self, made: Any) -> None:
        self.made = made
        self.accept()

    def reject(self) -> None:
        self.runner.stop()
        super().reject()


def open_demo(window: MainWindow, session: Session) -> None:
    """Open the demo region; make it first where it is not there yet."""
    from desktop.exchange.demo import FILE

    path = folder("demo") / FILE
    if path.is_file():
        window.open_path(path)
        return
    dialog = DemoDialog(session, window)
    dialog.begin()
    if dialog.exec() == QDialog.DialogCode.Accepted:
        window.open_path(dialog.made.path)
    elif path.is_file():
        # A demo that was given up half-way is no demo.
        path.unlink()
