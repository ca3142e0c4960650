"""How much memory this process and the ones it started held, looked at while they work (Linux)."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Self


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def children() -> list[int]:
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    found = []
    for task in listed.parent.parent.iterdir():
        try:
            found += [int(each) for each in (task / "children").read_text("ascii").split()]
        except (OSError, ValueError):
            continue
    return found


def started(pid: int) -> bool:
    """Whether a child runs its own program yet: until then it shows this process's memory as its own."""
    try:
        own, theirs = (Path(f"/proc/{each}/cmdline").read_bytes() for each in (os.getpid(), pid))
    except OSError:
        return False
    return own != theirs


class Watch:
    """Looks ten times a second."""

    def __enter__(self) -> Self:
        self.before = self.most = resident(os.getpid())
        self.largest_child = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(0.1):
            self.most = max(self.most, resident(os.getpid()))
            self.largest_child = max(
                [self.largest_child, *(resident(each) for each in children() if started(each))]
            )

    @property
    def growth(self) -> int:
        """Bytes this process grew by."""
        return self.most - self.before

    def told(self) -> str:
        return f"grew by {self.growth >> 20} MB, largest process {self.largest_child >> 20} MB"
