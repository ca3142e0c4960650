"""What is typed but not yet written: nothing of it may be lost, whatever happens next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE = 2000
"""Milliseconds without typing after which an operation is written (decisions: 2 s)."""


class Pending(Protocol):
    """Something that holds unwritten input."""

    def commit(self) -> bool:
        """Write it; whether nothing is left unwritten."""


class Drafts(QObject):
    """Everything unwritten, in the order it was touched; written when the person pauses or leaves."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pending: list[Pending] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.flush)

    def __bool__(self) -> bool:
        return bool(self._pending)

    def __iter__(self) -> Iterator[Pending]:
        return iter(tuple(self._pending))

    def touch(self, draft: Pending) -> None:
        """Somebody typed into it: remember it, and start the pause again."""
        self._pause.start()
        if draft not in self._pending:
            self._pending.append(draft)
            self.changed.emit()

    def settle(self, draft: Pending) -> None:
        """It is written, or given up."""
        if draft in self._pending:
            self._pending.remove(draft)
            if not self._pending:
                self._pause.stop()
            self.changed.emit()

    def flush(self) -> bool:
        """Write everything pending now; whether all of it could be written."""
        self._pause.stop()
        # Every one is tried, also after one that could not be written.
        written = [draft.commit() for draft in tuple(self._pending)]
        return all(written)
