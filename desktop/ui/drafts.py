"""What is typed but not yet written: nothing of it may be lost, whatever happens next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import shiboken6
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
        self._open: list[Pending] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._on_pause)

    def __bool__(self) -> bool:
        return bool(self._pending)

    def __iter__(self) -> Iterator[Pending]:
        return iter((*self._pending, *self._open))

    def touch(self, draft: Pending) -> None:
        """Somebody typed into it: remember it, and start the pause again."""
        self._pause.start()
        self.keep(draft)

    def keep(self, draft: Pending) -> None:
        """It could not be written: no pause tries it again (a sentence every two seconds helps nobody)."""
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

    def hold(self, draft: Pending) -> None:
        """Something is open that no pause may write (the cell of a table): it is written when all is."""
        self._open.append(draft)

    def release(self, draft: Pending) -> None:
        """It was closed."""
        if draft in self._open:
            self._open.remove(draft)

    def flush(self) -> bool:
        """Write everything unwritten now; whether all of it could be written."""
        self._pause.stop()
        return self._write((*self._pending, *self._open))

    def _on_pause(self) -> None:
        self._write(tuple(self._pending))

    def _write(self, drafts: tuple[Pending, ...]) -> bool:
        # Every one is tried, also after one that could not be written.
        written = [draft.commit() for draft in drafts if not self._bury(draft)]
        return all(written)

    def forget(self) -> None:
        """Give up what could not be written: its document is left."""
        self._pause.stop()
        self._open.clear()
        if self._pending:
            self._pending.clear()
            self.changed.emit()

    def _bury(self, draft: Pending) -> bool:
        """What went with its field cannot be asked any more, and must not keep others from being written."""
        if not isinstance(draft, QObject) or shiboken6.isValid(draft):
            return False
        self.settle(draft)
        self.release(draft)
        return True
