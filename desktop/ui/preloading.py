"""Loads what the first document will need while the person reads the start screen."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject, QTimer

from desktop.ui.pages.directory import KINDS

BESIDE = (
    "sqlalchemy",
    "desktop.workspace.store",
    "desktop.workspace.reading",
    "desktop.workspace.operation",
    "desktop.workspace.opening",
    "desktop.workspace.undo",
    "desktop.guideline.loading",
    "desktop.checks",
    "desktop.exchange",
    "babel.dates",
)
"""Without Qt: loaded in a thread, together about 0.4 s."""


class Preloading(QObject):
    """Loads modules one after the other: those without Qt in a thread, pages between the window's turns."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = Thread(target=_load, args=(BESIDE,), name="preloading", daemon=True)
        self._pages = self._walk()
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._next)

    def begin(self) -> None:
        """Begin, once the window is painted."""
        self._thread.start()
        self._turns.start()

    def _walk(self) -> Iterator[None]:
        yield from (None for _ in iter(self._thread.is_alive, False))
        for kind in KINDS.values():
            import_module(f"desktop.ui.pages.{kind.shown_by.partition('.')[0]}")
            yield

    def _next(self) -> None:
        # a turn without delay would keep a processor busy while the thread loads
        self._turns.setInterval(20 if self._thread.is_alive() else 0)
        if next(self._pages, self) is self:
            self._turns.stop()


def _load(modules: tuple[str, ...]) -> None:
    for name in modules:
        import_module(name)
