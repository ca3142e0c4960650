"""The process in which a key file is opened: told the password and the file, it says what lay in the file.

Both ways through pipes that only the program holds; it ends when its time is used up, whatever it is at.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
from typing import NoReturn

from desktop.trust.p12 import joined, parted, unfold

_MEMORY = 300 << 20
"""Bytes, where the system can see to it; a key file of one megabyte needs a few."""
_GRACE = 40
"""Seconds by the clock, once told, after which it ends in any case, should the program that asked be gone."""


def main() -> NoReturn:
    """Open one key file, and end."""
    # a thread of its own in C: the library that stretches passwords lets no other thread run
    with open(os.devnull, "w") as nowhere, os.fdopen(os.dup(0), "rb") as asked:  # noqa: PTH123 - no path
        # begun before it is needed, it waits: when the program that would ask is gone, reading ends
        told = asked.read()
        faulthandler.dump_traceback_later(_GRACE, exit=True, file=nowhere)
        seconds, password, data = parted(told)
        _confine(float(seconds))
        said = joined(unfold(password, data))
        with contextlib.suppress(OSError), os.fdopen(os.dup(1), "wb") as out:
            out.write(said)
    # at once: taking down what was imported takes longer than opening the file did, and somebody waits
    os._exit(0)


def _confine(seconds: float) -> None:
    """Let this process work so long from now on, with so much memory, and leave no picture of itself."""
    if sys.platform == "win32":
        return
    import resource
    import signal

    # what it knows is a password and a key
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        # a system that allows less already sees to it by itself
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    signal.setitimer(signal.ITIMER_PROF, seconds)
