"""Processes that end with the one that started them, however that ends: nobody reads their answers then."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

_PR_SET_PDEATHSIG = 1
_EVERY = 1.0
"""Seconds between two looks, where the system does not tell."""


def end_with(parent: int, *, with_thread: bool = True) -> None:
    """End this process as soon as its parent, the process ``parent``, is gone; called once, early.

    On Linux also as soon as the thread has ended that started it, unless ``with_thread`` is False.
    """
    if sys.platform == "win32":
        return
    if sys.platform == "linux" and with_thread:
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # it may have gone before anybody asked
    threading.Thread(target=_look, args=(parent,), daemon=True).start()


def _look(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os._exit(1)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Processes started here never see Ctrl+C, which reaches the whole group: who started them decides."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
