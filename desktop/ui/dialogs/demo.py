"""The demo region: made on this computer in a process of its own, then opened; another one on request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from desktop.base import Message
from desktop.base.paths import folder
from desktop.ui import widgets
from desktop.ui.helping.asking import offer_help
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


class DemoDialog(QDialog):
    """Progress while the demo is made; closing it stops the making."""

    def __init__(self, session: Session, parent: MainWindow, where: Path) -> None:
        super().__init__(parent)
        offer_help(self, "start")
        self.made: Any = None
        self._where = where
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

        self.runner.start(self._on_made, build_demo, self._where)

    def _on_made(self, made: Any) -> None:
        self.made = made
        self.accept()

    def reject(self) -> None:
        self.runner.stop()
        super().reject()


def demo_file(number: int = 1) -> Path:
    """Where an example lies: each in a folder of its own, so that none is ever written over."""
    from desktop.exchange.demo import FILE

    return (folder("demo") if number == 1 else folder("demo", str(number))) / FILE


def open_demo(window: MainWindow, session: Session) -> None:
    """Open the demo region as it was left; make it first where it is not there yet."""
    numbers = [1, *sorted(int(each.name) for each in folder("demo").iterdir() if each.name.isdecimal())]
    made = [path for path in map(demo_file, numbers) if path.is_file()]
    if made:
        window.open_path(made[-1])
    else:
        make_demo(window, session, demo_file())


def fresh_demo(window: MainWindow, session: Session) -> None:
    """Make another example; the one that was worked on stays as it is."""
    number = 1
    while demo_file(number).exists():
        number += 1
    make_demo(window, session, demo_file(number))


def make_demo(window: MainWindow, session: Session, path: Path) -> None:
    """Make the example with progress, then open it."""
    dialog = DemoDialog(session, window, path.parent)
    dialog.begin()
    if dialog.exec() == QDialog.DialogCode.Accepted:
        window.open_path(dialog.made.path)
    elif path.is_file():
        # A demo that was given up half-way is no demo.
        path.unlink()
