"""One process for looking, kept for the next look: starting one takes half a second."""

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
_MEMORY = 128 << 20
"""Bytes that a process may still hold when it is kept: what it holds counts for the next look too."""


class Kept(Generic[C]):
    """At most one process that waits."""

    def __init__(self, start: Callable[[], C]) -> None:
        self.start = start
        """Start one more. Raises OSError."""
        self._lock = threading.Lock()
        self._waiting: tuple[C, float] | None = None
        atexit.register(self.close)

    def take(self) -> C:
        """A process to ask: the one that waits, or a new one. Raises OSError."""
        with self._lock:
            found, self._waiting = self._waiting, None
        if found is not None:
            child, since = found
            if not child.gone and time.monotonic() - since < _IDLE:
                return child
            child.close()
        return self.start()

    def give(self, child: C) -> None:
        """Let a process wait for the next who asks, unless it is gone, large or old."""
        if not child.gone and child.asked < _TASKS and (resident(child.pid) or _MEMORY) < _MEMORY:
            with self._lock:
                if self._waiting is None:
                    self._waiting = child, time.monotonic()
                    return
        child.close()

    def close(self) -> None:
        """End the one that waits."""
        with self._lock:
            found, self._waiting = self._waiting, None
        if found is not None:
            found[0].close()
