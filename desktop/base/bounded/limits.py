"""How long and with how much memory one file may be judged, so that a hostile one cannot hold up the rest.

Time is the processor's: a computer that is busy with other things refuses nobody. By the clock there is
three times as much, for a file that keeps the process waiting.

Memory is limited by the kernel on Linux (``RLIMIT_DATA``, set by the judging process itself) and watched
from outside everywhere (Linux, Windows, macOS): what passes the limit is ended within a moment.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from desktop.base.bounded import pace

_T = TypeVar("_T")

SMALL = 50 << 20
"""Bytes; up to here the plain limits hold, above they grow with the file."""
SECONDS_PER_BYTE = 0.2 / (1 << 20)
"""Above :data:`SMALL`; a memory stick gives 10 MB or more in a second, and a file is read twice at most."""
MEMORY_PER_BYTE = 0.5
MOST_MEMORY = 1 << 30
LARGEST = 2 << 30
"""Bytes of a package; an empty file can claim any size, and gets no more for it."""
_NEAR = 12 << 20
"""Bytes; as a thread asks for at once."""

CLOCK = 3.0
"""Times the seconds of the processor that may pass by the clock."""

_SYSTEM: str = sys.platform


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds (of the processor) and bytes of memory (the whole process) for a file of up to 50 MB.

    The seconds are those of a usual computer; a slower one has as many more (:mod:`pace`).
    """

    seconds: float = 10.0
    memory: int = 200 << 20
    clock: float = CLOCK
    """Times the seconds that may pass by the clock; more where somebody waits and may give up."""

    @property
    def longest(self) -> float:
        """Seconds by the clock."""
        return self.seconds * self.clock

    def of(self, size: int) -> Limits:
        """The limits for a file of ``size`` bytes, on this computer."""
        more = max(0, min(size, LARGEST) - SMALL)
        memory = max(self.memory, min(MOST_MEMORY, self.memory + int(more * MEMORY_PER_BYTE)))
        return Limits((self.seconds + more * SECONDS_PER_BYTE) * pace.slowness(), memory, self.clock)


STANDARD = Limits()
PATIENT = Limits(100.0, 800 << 20)
"""For a slow computer, when somebody asks for it."""


def confine(memory: int) -> None:
    """Let this process have ``memory`` bytes in all from now on, where the system can see to it (Linux)."""
    if sys.platform != "linux":
        return
    import resource

    used = resident(os.getpid()) or 0
    data = _status("VmData")
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = data + max(0, memory - used)
    with contextlib.suppress(ValueError, OSError):
        # a system that allows less already sees to it by itself
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def hand_back() -> None:
    """Let the system have what was freed and is still held (Linux): it would count for the next file."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def starved(error: Exception) -> bool:
    """Whether a failure comes of memory that ran out: libraries say so in many ways, or not at all."""
    if isinstance(error, MemoryError):
        return True
    if sys.platform != "linux":
        return False
    import resource

    allowed, _ = resource.getrlimit(resource.RLIMIT_DATA)
    return allowed != resource.RLIM_INFINITY and _status("VmData") + _NEAR > allowed


def read_or(read: Callable[[], _T], otherwise: _T, told: tuple[type[Exception], ...] = ()) -> _T:
    """What ``read`` gives, or ``otherwise`` where a stranger's file makes a library raise whatever it raises.

    Raised on are what ``told`` names, and memory that ran out: that is no answer about the file.
    """
    try:
        return read()
    except told:
        raise
    except Exception as error:  # hostile files make readers, books and checks raise anything at all
        if starved(error):
            raise
        return otherwise


KEPT_BACK = 0.2
"""Of the time there is: what has to be asked comes to its end in it, and so does what is kept of a plan."""


def is_short(given: float = 0.0) -> bool:
    """Whether so little time is left that what can be left out, and told so, is left out.

    ``given``: as if there were so many seconds in all, in place of what this process has.
    """
    if not _Spending.given:
        return False
    if sys.platform != "win32":
        import signal

        left = signal.getitimer(signal.ITIMER_PROF)[0]
    else:
        left = _Spending.until - time.process_time()
    whole = given or _Spending.given
    return _Spending.given - left > whole * (1 - KEPT_BACK)


USED_UP = 124
"""How a process ends that has used up its time, where there is no signal for it."""


def spend_at_most(seconds: float) -> None:
    """End this process when it has worked so long from now on; 0 takes the limit back."""
    _Spending.given = seconds
    if sys.platform != "win32":
        import signal

        signal.setitimer(signal.ITIMER_PROF, seconds)
    else:
        _Spending.until = time.process_time() + seconds if seconds else float("inf")
        _Spending.watch()


def used_up(code: int | None) -> bool:
    """Whether a process that ended with this code had used up its time."""
    import signal

    return code in {USED_UP, -getattr(signal, "SIGPROF", USED_UP)}


class _Spending:
    """What time there is; where there is no timer of the processor, a thread looks now and then."""

    given = 0.0
    """Seconds in all; 0 without a limit."""
    until = float("inf")
    thread: threading.Thread | None = None

    @classmethod
    def watch(cls) -> None:
        """Start looking, once."""
        if cls.thread is None:
            cls.thread = threading.Thread(target=cls._look, daemon=True)
            cls.thread.start()

    @classmethod
    def _look(cls) -> None:
        while True:
            time.sleep(0.1)
            if time.process_time() > cls.until:
                os._exit(USED_UP)


def end_after(seconds: float) -> None:
    """End this process by itself then, should whoever watches it be gone; 0 takes the promise back."""
    if sys.platform != "win32":
        import signal

        signal.setitimer(signal.ITIMER_REAL, seconds)


def resident(pid: int) -> int | None:
    """Bytes of memory a process holds now; None where that cannot be asked."""
    try:
        if os.name == "nt":
            return _resident_windows(pid)
        if _SYSTEM == "darwin":
            return _resident_mac(pid)
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None


def _status(name: str) -> int:
    """A figure of this process that Linux keeps, in bytes."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) << 10
    return 0


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of Windows."""

    _fields_ = (
        ("size", ctypes.c_ulong),
        ("faults", ctypes.c_ulong),
        *((name, ctypes.c_size_t) for name in ("peak", "resident", "a", "b", "c", "d", "committed", "e")),
    )


def _resident_windows(pid: int) -> int | None:
    libraries: Any = ctypes
    kernel = libraries.windll.kernel32
    kernel.OpenProcess.restype = ctypes.c_void_p
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    kernel.K32GetProcessMemoryInfo.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
    handle = kernel.OpenProcess(0x1000, 0, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return None
    try:
        counters = _Counters(size=ctypes.sizeof(_Counters))
        good = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
        # what was asked for and swapped out counts too
        return max(int(counters.resident), int(counters.committed)) if good else None
    finally:
        kernel.CloseHandle(handle)


def _resident_mac(pid: int) -> int | None:
    room = (ctypes.c_uint64 * 12)()  # struct proc_taskinfo is 96 bytes; its second figure is what counts
    library = ctypes.CDLL("/usr/lib/libproc.dylib")
    length = library.proc_pidinfo(pid, 4, ctypes.c_uint64(0), ctypes.byref(room), ctypes.sizeof(room))
    return int(room[1]) if length == ctypes.sizeof(room) else None
