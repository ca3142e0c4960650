"""Looks for garbage in the window's own thread: among it are widgets, which no other thread may take away."""

from __future__ import annotations

import gc
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from desktop.ui import icons
from desktop.ui.session import Session

EVERY = 1000
"""Milliseconds between two looks."""


class Tidying(QObject):
    """Does what Python does by itself wherever it happens to be, also in a thread that opens a document.

    There it ends the program (PySide6 6.11): a widget of the document before, found to be garbage, is
    destroyed by whoever finds it. So nobody looks but the timer here.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._left = False
        """Whether a document was left since the last thorough look."""
        _at_work.add(id(self))
        gc.disable()
        self.destroyed.connect(partial(_as_ever, id(self)))
        timer = QTimer(self, interval=EVERY)
        timer.timeout.connect(self.look)
        timer.start()
        session.closed.connect(self._on_closed)
        session.opened.connect(self._on_opened)

    def _on_closed(self) -> None:
        self._left = True

    def _on_opened(self) -> None:
        # what is found no garbage now is set apart until this document is left
        if self._left:
            self._thoroughly()

    def look(self) -> None:
        """Look as far as Python would by now; after a document was left, everywhere.

        Not while a document is read: all that is made then stays, and is set apart when it is open.
        """
        if self._session.opening:
            return
        if self._left:
            self._thoroughly()
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[2] > limits[2]:
            self._thoroughly()
        elif counts[1] > limits[1]:
            gc.collect(1)
        elif counts[0] > limits[0]:
            gc.collect(0)

    def _thoroughly(self) -> None:
        self._left = False
        # what speaks and draws through widgets that went would keep them
        self._session.speaker.forget_gone()
        icons.forget_gone()
        gc.collect()


_at_work: set[int] = set()


def _as_ever(who: int, _gone: object = None) -> None:
    """Without a window Python does it by itself again, from the next turn of the loop on.

    Not at once: the window is just being taken apart, and Qt holds a lock which the end of a widget that is
    found to be garbage waits for, in this very thread.
    """
    _at_work.discard(who)
    if _at_work:
        return
    application = QCoreApplication.instance()
    if application is None:
        gc.enable()
        return
    QCoreApplication.postEvent(_Resuming(application), QEvent(QEvent.Type.User))


class _Resuming(QObject):
    """Waits for the next turn of the loop."""

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.User:
            return super().event(event)
        if not _at_work:
            gc.enable()
        self.deleteLater()
        return True
