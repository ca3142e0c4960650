"""Makes something large part by part: what is seen first at once, the rest between the window's turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer

AT_ONCE, LATER = 30, 12
"""Milliseconds spent before the first paint, and in each turn after it."""


class Gradual(QObject):
    """Walks over an iterator whose every step makes one part; ``grown`` is called after each stretch."""

    def __init__(
        self,
        owner: QObject,
        parts: Iterator[object],
        grown: Callable[[], object],
        at_once: int = AT_ONCE,
    ) -> None:
        super().__init__(owner)
        self._parts = parts
        self._grown = grown
        self.done = False
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(lambda: self._grow(LATER))
        self._grow(at_once)
        if not self.done:
            self._turns.start()

    def finish(self) -> None:
        """Make all the rest now."""
        if not self.done:
            self._grow(None)

    def stop(self) -> None:
        """Leave the rest unmade: something else is shown by now."""
        self.done = True
        self._turns.stop()

    def _grow(self, milliseconds: int | None) -> None:
        until = None if milliseconds is None else monotonic() + milliseconds / 1000
        while not self.done:
            self.done = next(self._parts, self) is self
            if until is not None and monotonic() > until:
                break
        if self.done:
            self._turns.stop()
        self._grown()
