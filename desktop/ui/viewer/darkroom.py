"""Workers beside the window that open, draw and read pages and pictures, each one thing after the other.

What is drawn of others is drawn in a process with limits, which a worker asks and waits for: up to six
seconds for one hostile page. So there are several tables with a worker each, and a second one comes where
the first is held up: a page holds up nothing but itself.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer

from desktop.base import Cancelled, Message, RancangError
from desktop.ui.session import Session

LOOK = 12
"""Milliseconds between two looks at what the worker has finished."""
NOW, SOON, LATER = 0, 1, 2
"""What a person waits for; what is about to be seen; what may be wanted one day."""


class Table(Enum):
    """Where something is done; what lies on one table holds up no other."""

    OURS = auto()
    """What this program makes itself: charts, and the books that it printed."""
    READ = auto()
    """What a person waits for: the page of a file that is open."""
    BESIDE = auto()
    """What is seen beside that: small pictures, places that are searched for."""
    INTAKE = auto()
    """Files on their way in."""


_HELPED = frozenset({Table.READ, Table.BESIDE})
"""Where a second worker comes; of what we make ourselves nothing takes so long."""


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


class _Turns:
    """What lies on one table, and who works there."""

    def __init__(self, finished: queue.SimpleQueue[tuple[Errand, Any]], *, helped: bool) -> None:
        self._finished = finished
        self._helped = helped
        self._waiting: queue.PriorityQueue[_Turn] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._since: float | None = None
        """Since when the worker is at one thing; None while it waits for the next."""
        self._helper: threading.Thread | None = None
        threading.Thread(target=self._work_off, name="darkroom", daemon=True).start()

    def put(self, urgency: int, errand: Errand | None) -> None:
        """One more thing to do; None sends the worker home before anything else is done."""
        self._waiting.put(_Turn(urgency, next(self._numbers), errand))

    def look(self) -> None:
        """Let somebody help where the worker is held up and more is to be done."""
        if not self._helped or self._waiting.empty() or (self._helper and self._helper.is_alive()):
            return
        if (since := self._since) is not None and time.monotonic() - since > _PATIENCE:
            self._helper = threading.Thread(target=self._help, name="darkroom-helper", daemon=True)
            self._helper.start()

    def _work_off(self) -> None:
        while (errand := self._waiting.get().errand) is not None:
            self._since = time.monotonic()
            _do(errand, self._finished)
            self._since = None

    def _help(self) -> None:
        """Until nothing waits."""
        while True:
            try:
                turn = self._waiting.get_nowait()
            except queue.Empty:
                return
            if turn.errand is None:  # meant for the worker
                self._waiting.put(turn)
                return
            _do(turn.errand, self._finished)


def _do(errand: Errand, finished: queue.SimpleQueue[tuple[Errand, Any]]) -> None:
    """In a worker, which knows nothing of Qt's event loop: nothing of the window is touched from here."""
    if errand.given_up():
        finished.put((errand, None))
        return
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
        self._tables: dict[Table, _Turns] = {}
        self._finished: queue.SimpleQueue[tuple[Errand, Any]] = queue.SimpleQueue()
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
        table: Table | None = None,
    ) -> Errand:
        """Have something done for ``owner``; ``done`` gets the result, or ``failed`` a sentence."""
        if table is None:
            table = Table.READ if urgency == NOW else Table.BESIDE
        if table not in self._tables:
            self._tables[table] = _Turns(self._finished, helped=table in _HELPED)
        errand = Errand(owner, work, done, failed)
        self._out.append(errand)
        self._tables[table].put(urgency, errand)
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
        for turns in self._tables.values():
            turns.look()
        if not self._out:
            self._look.stop()

    def close(self) -> None:
        """Let everything go; what is being drawn right now is thrown away."""
        for errand in self._out:
            errand.give_up()
        self._out.clear()
        self._look.stop()
        for turns in self._tables.values():
            turns.put(-1, None)
        self._tables, self._finished = {}, queue.SimpleQueue()
