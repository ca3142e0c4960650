"""One worker beside the window that opens, draws and reads pages and pictures, one thing after the other.

What is drawn of others is drawn in a process with limits, which the worker asks and waits for. One worker
only: pdfium, which draws our own charts and books, is not safe for two.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer

from desktop.base import Cancelled, Message, RancangError
from desktop.ui.session import Session

LOOK = 12
"""Milliseconds between two looks at what the worker has finished."""
NOW, SOON, LATER = 0, 1, 2
"""What a person waits for; what is about to be seen; what may be wanted one day."""


@dataclass(slots=True)
class Errand:
    """Something to be done; whoever asked may lose interest before it is."""

    owner: QObject
    """Who asked; when it has gone nobody wants the result."""
    work: Callable[[], Any]
    done: Callable[[Any], object]
    failed: Callable[[Message], object] | None
    _given_up: bool = False

    def give_up(self) -> None:
        """It is not wanted any more."""
        self._given_up = True

    def given_up(self) -> bool:
        """Whether that has happened; it may at any moment."""
        return self._given_up


_PATIENCE = 1.0
"""Seconds that something may go on that nobody wants any more: the process that does it is ended then, and
starting another takes longer than most pages."""
_HERE = threading.local()
"""What the worker is at, and since when."""


def still_wanted(done: int, total: int, message: Message) -> None:  # noqa: ARG001 - a job's report
    """What a long look tells its progress to. Raises Cancelled when nobody waits for it any more."""
    errand: Errand | None = getattr(_HERE, "errand", None)
    if errand is not None and errand.given_up() and time.monotonic() - _HERE.since > _PATIENCE:
        raise Cancelled


@dataclass(order=True, slots=True)
class _Turn:
    urgency: int
    number: int
    errand: Errand | None = field(compare=False)


def _work_off(turns: queue.PriorityQueue[_Turn], finished: queue.SimpleQueue[tuple[Errand, Any]]) -> None:
    """The worker: knows nothing of Qt's event loop, so nothing of the window can be touched from here."""
    while (errand := turns.get().errand) is not None:
        if errand.given_up():
            finished.put((errand, None))
            continue
        _HERE.errand, _HERE.since = errand, time.monotonic()
        try:
            result = errand.work()
            if errand.given_up():
                let_go(result)
            finished.put((errand, result))
        except RancangError as error:
            finished.put((errand, error.message))
        except Exception:  # noqa: BLE001 - a hostile file may break any library in any way
            finished.put((errand, Message("ui.viewer.broken")))


def let_go(result: Any) -> None:
    """Close a file that was opened for somebody who has gone."""
    close = getattr(result, "close", None)
    if close is not None:
        close()


class Darkroom(QObject):
    """Takes errands and hands over what came of them, in the window's own time."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._turns: queue.PriorityQueue[_Turn] = queue.PriorityQueue()
        self._finished: queue.SimpleQueue[tuple[Errand, Any]] = queue.SimpleQueue()
        self._numbers = itertools.count()
        self._worker: threading.Thread | None = None
        self._out: list[Errand] = []
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self.look)
        session.closed.connect(self.close)

    @classmethod
    def of(cls, session: Session) -> Darkroom:
        """The darkroom of a session; there is one."""
        return session.findChild(cls) or cls(session)

    def ask(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        *,
        failed: Callable[[Message], object] | None = None,
        urgency: int = NOW,
    ) -> Errand:
        """Have something done for ``owner``; ``done`` gets the result, or ``failed`` a sentence."""
        if self._worker is None:
            self._worker = threading.Thread(
                target=_work_off, args=(self._turns, self._finished), name="darkroom", daemon=True
            )
            self._worker.start()
        errand = Errand(owner, work, done, failed)
        self._out.append(errand)
        self._turns.put(_Turn(urgency, next(self._numbers), errand))
        self._look.start()
        return errand

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return bool(self._out)

    def look(self) -> None:
        """Hand over what is finished."""
        while not self._finished.empty():
            errand, result = self._finished.get()
            if errand not in self._out:
                continue
            self._out.remove(errand)
            if errand.given_up() or not shiboken6.isValid(errand.owner):
                let_go(result)
                continue
            if not isinstance(result, Message):
                errand.done(result)
            elif errand.failed is not None:
                errand.failed(result)
        if not self._out:
            self._look.stop()

    def close(self) -> None:
        """Let everything go; what is being drawn right now is thrown away."""
        for errand in self._out:
            errand.give_up()
        self._out.clear()
        self._look.stop()
        if self._worker is not None:
            self._turns.put(_Turn(-1, next(self._numbers), None))
            self._turns, self._finished = queue.PriorityQueue(), queue.SimpleQueue()
            self._worker = None
