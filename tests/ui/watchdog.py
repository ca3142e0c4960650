"""Tells how long the window could not react: the longest stretch of work between two turns of its loop."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, QObject, QTimer

CALM = 12
"""Turns of the loop without work after which an action has come to rest."""
SHORT = 0.002


def tracing() -> float:
    """How much slower code may be: three times while its coverage is measured, which traces every line."""
    return 3.0 if sys.gettrace() is not None else 1.0


@dataclass(frozen=True)
class Stretch:
    """The longest block during one action, in milliseconds of the window's own processor time."""

    action: str
    worst: float


class Watchdog(QObject):
    """Beats with the loop. Processor time of this thread is counted: what others do meanwhile is not."""

    def __init__(self):
        super().__init__()
        self.seen: list[Stretch] = []
        self._beat = QTimer(self, interval=0)
        self._beat.timeout.connect(self._on_beat)
        self._loop = QEventLoop(self)
        self._last = 0.0
        self._worst = 0.0
        self._calm = 0
        self._until = 0.0
        self._todo: list[Callable[[], object]] = []

    def _on_beat(self):
        now = time.thread_time()
        gap = now - self._last
        self._worst = max(self._worst, gap)
        self._calm = self._calm + 1 if gap < SHORT else 0
        if self._todo:
            self._todo.pop()()
            self._calm = 0
        elif self._calm >= CALM and time.monotonic() >= self._until:
            self._loop.quit()
        # at rest it waits for timers without keeping the processor from others
        self._beat.setInterval(0 if self._calm < CALM else 3)
        # only what happens between two beats counts, the deed included
        self._last = now if gap < 0 else self._last_after(now)

    def _last_after(self, now):
        spent = time.thread_time() - now
        self._worst = max(self._worst, spent)
        return time.thread_time()

    def watch(self, action: str, deed: Callable[[], object], rest: float = 0.05) -> float:
        """Do something from the loop, as a click would, and wait until the window is at rest.

        ``rest`` is the least time in seconds to wait for timers that the deed may have started.
        """
        self._todo = [deed]
        self._calm, self._worst = 0, 0.0
        self._until = time.monotonic() + rest
        self._last = time.thread_time()
        self._beat.setInterval(0)
        self._beat.start()
        self._loop.exec()
        self._beat.stop()
        self.seen.append(Stretch(action, self._worst * 1000))
        return self._worst * 1000

    def longest(self, count: int = 15) -> str:
        """The actions that blocked longest, as lines."""
        worst = sorted(self.seen, key=lambda each: -each.worst)[:count]
        return "\n".join(f"{each.worst:7.1f} ms  {each.action}" for each in worst)
