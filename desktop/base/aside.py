"""What lies where another file is put is kept beside it, under its name with the time; never deleted."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.base import clock

_LONGEST = 255
"""Bytes of a name, where most systems end."""


class Aside:
    """Whether what lies at a place is kept when another file takes it, and where it went."""

    def __init__(self) -> None:
        """Nothing is kept until it is ``wanted``."""
        self.wanted = False
        self.path: Path | None = None

    @contextmanager
    def kept(self, target: Path) -> Iterator[None]:
        """Within it the place is taken; where that fails, what lay there lies there again. Raises OSError.

        At no moment is it without a name, and where the disk knows second names neither is the place. An
        interrupt may be heard of only when the place is taken already: then it stays kept.
        """
        if not self.wanted or not target.exists():
            yield
        elif target.is_symlink():
            # only the link goes; what it leads to stays where it is
            self.path = Path(os.path.realpath(target))
            yield
        else:
            self.path, linked = _named_beside(target)
            try:
                yield
            except BaseException:  # an interrupt, too, loses nothing; raised again
                with contextlib.suppress(OSError):
                    if _undone(target, self.path, linked=linked):
                        self.path = None
                raise


def free_name(path: Path, *, after: int = 0) -> Path:
    """A name beside a file with the time now, such as nothing has; ``after`` so many that were tried."""
    # as the clock of this computer shows it
    tail, n = f" ({clock.now().astimezone():%Y-%m-%d %H.%M.%S})", after + 1
    while True:
        end = f"{tail}{f' {n}' if n > 1 else ''}{path.suffix}"
        stem = os.fsencode(path.stem)[: _LONGEST - len(os.fsencode(end))]
        candidate = path.with_name(stem.decode("utf-8", "ignore") + end)
        if not os.path.lexists(candidate):
            return candidate
        n += 1


def _named_beside(target: Path) -> tuple[Path, bool]:
    """Give a file a second name, or where the disk knows none another; which, and whether it is a second."""
    for tried in range(100):
        beside = free_name(target, after=tried)
        try:
            beside.hardlink_to(target)
        except FileExistsError:
            continue  # it came at this moment
        except OSError:
            try:
                # of our own making, so that no other file's place is taken
                os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            except FileExistsError:
                continue
            try:
                target.replace(beside)
            except OSError:
                beside.unlink()
                raise
            return beside, False
        else:
            return beside, True
    raise FileExistsError(str(target))


def _undone(target: Path, beside: Path, *, linked: bool) -> bool:
    """Whether what lay at a place lies there alone again; not where another file has taken it."""
    if linked and target.samefile(beside):
        beside.unlink()
        return True
    if not linked and not os.path.lexists(target):
        beside.replace(target)
        return True
    return False
