"""Copies backups to the second place while the window is at work, and says when that place is away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.base import Message
from desktop.base.jobs import Done, Failed, Job
from desktop.ui.session import Session

POLL = 200
"""Milliseconds between two looks at the job."""


class SecondPlace(QObject):
    """After a document was opened, and when somebody asks, a process of its own makes and spreads backups."""

    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._job: Job[Any] | None = None
        self._asked = False
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self.look)
        session.opened.connect(self._on_opened)

    @property
    def working(self) -> bool:
        """Whether copies are being written."""
        return self._job is not None

    def _on_opened(self) -> None:
        if self._session.settings.backup_place and not self._session.read_only:
            from desktop.workspace.keeping import spread

            self._start(spread, self._session.workspace.id, asked=False)

    def back_up(self) -> None:
        """Back up what is written now, because a person asked for it."""
        from desktop.workspace.keeping import back_up

        self._session.drafts.flush()
        self._start(back_up, self._session.workspace.path, asked=True)

    def _start(self, work: Callable[..., Any], argument: object, *, asked: bool) -> None:
        if self._job is None:
            self._asked = asked
            self._job = Job(work, argument)
            self._timer.start()

    def stop(self) -> None:
        """Give up; what is half-written at the second place is written again the next time."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def look(self) -> None:
        """Ask the job how far it is."""
        for news in self._job.poll() if self._job is not None else ():
            match news:
                case Failed(message, _):
                    # Somebody who asked has to read it; others hear it in passing and go on.
                    (self._session.failed if self._asked else self._session.told).emit(message)
                    self._end()
                case Done(kept):
                    if self._asked:
                        told = Message("ui.told.backed_up", n=kept.copied)
                        self._session.told.emit(told)
                    self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._job = None
        self.ended.emit()
