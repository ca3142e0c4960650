"""A process for looking, kept for the next look: starting one takes half a second."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from desktop.base.bounded.child import Child
from desktop.base.bounded.limits import resident

C = TypeVar("C", bound=Child)

_TASKS = 50
"""Looks of one process, so that nothing adds up."""
_IDLE = 300.0
"""Seconds after which nobody asks one again: on a computer that slept it may be gone."""
_MEMORY = 144 << 20
"""Bytes that a process may still hold when it is kept: what it holds counts for the next look too."""
_ASKED = 3
"""Times the size of what it was told when it began, which is no look's: lists that were asked take more."""


class Kept(Generic[C]):
    """Processes that wait; one at most, unless several are asked at the same time."""

    def __init__(self, start: Callable[[], C], *, most: int = 1) -> None:
        self.start = start
        """Start one more. Raises OSError."""
        self._lock = threading.Lock()
        self._most = most
        self._waiting: list[tuple[C, float, str]] = []
        atexit.register(self.close)

    def take(self, about: str = "") -> C:
        """A process to ask: one that waits, or a new one. Raises OSError.

        ``about``: what all that it was asked has in common; none that was asked about anything else is taken.
        """
        while True:
            with self._lock:
                if not self._waiting:
                    break
                child, since, of = self._waiting.pop()
            if of == about and not child.gone and time.monotonic() - since < _IDLE:
                return child
            child.close()
        return self.start()

    def give(self, child: C, about: str = "") -> None:
        """Let a process wait for the next who asks about the same, unless it is gone, large or old."""
        most = _MEMORY + _ASKED * child.own
        if not child.gone and child.asked < _TASKS and (resident(child.pid) or most) < most:
            with self._lock:
                if len(self._waiting) < self._most:
                    self._waiting.append((child, time.monotonic(), about))
                    return
        child.close()

    def close(self) -> None:
        """End those that wait."""
        with self._lock:
            found, self._waiting = self._waiting, []
        for child, *_ in found:
            child.close()
