"""Work that only reads and counts, in a thread beside the window: with progress, and given up when asked.

For what needs the workspace there is :mod:`desktop.ui.running`; this is for results too large to be handed
over between processes in a tenth of a second.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.base import Message, RancangError
from desktop.base.errors import Cancelled
from desktop.base.jobs import Report

POLL = 40
"""Milliseconds between two looks at a thread."""


class Beside(QObject):
    """Runs one piece of work at a time; ``work(report)`` must touch neither window nor workspace."""

    def __init__(self, parent: QObject, poll: int = POLL) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=poll)
        self._timer.timeout.connect(self.look)
        self._run: _Run | None = None
        self._done: Callable[[Any], object] = _nothing
        self._failed: Callable[[Message], object] = _nothing
        self._told: Callable[[int, int, Message], object] = _nothing

    @property
    def running(self) -> bool:
        """Whether a result is still to come."""
        return self._run is not None

    def start(
        self,
        work: Callable[[Report], Any],
        done: Callable[[Any], object],
        failed: Callable[[Message], object],
        told: Callable[[int, int, Message], object] | None = None,
    ) -> None:
        """Begin; what was running before is given up. The callbacks are called in the window's thread.

        ``told`` hears how far it is, where somebody watches.
        """
        self.stop()
        self._done, self._failed, self._told = done, failed, told or _nothing
        self._run = _Run(work)
        self._timer.start()

    def look(self) -> None:
        """Ask how far it is."""
        run = self._run
        if run is None:
            return
        if run.news is not None:
            self._told(*run.news)
        if run.thread.is_alive():
            return
        self._end()
        if run.failure is not None:
            self._failed(run.failure)
        elif run.error is not None:
            raise run.error
        else:
            self._done(run.result)

    def stop(self) -> None:
        """Give it up; the thread ends at its next report and nobody hears of it."""
        if self._run is not None:
            self._run.given_up.set()
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._run = None


class _Run:
    """One thread and what it has to say."""

    def __init__(self, work: Callable[[Report], Any]) -> None:
        self.given_up = threading.Event()
        self.news: tuple[int, int, Message] | None = None
        self.result: Any = None
        self.failure: Message | None = None
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._work, args=(work,), daemon=True)
        self.thread.start()

    def _work(self, work: Callable[[Report], Any]) -> None:
        try:
            self.result = work(self._report)
        except Cancelled:
            pass
        except RancangError as error:
            self.failure = error.message
        except BaseException as error:  # noqa: BLE001 - raised again where the window's crash net is
            self.error = error

    def _report(self, done: int, total: int, message: Message) -> None:
        if self.given_up.is_set():
            raise Cancelled
        self.news = (done, total, message)


def _nothing(*_: object) -> None:
    """Nobody listens yet."""
