"""Judging in bounds: every file in a process of its own kind, with a limit of time and memory.

A process is used again for the next file (starting one takes half a second), and thrown away after a
fault. Files are judged side by side; verdicts come in the order of the files.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.submission.frames import read_frame, write_frame
from desktop.submission.judge_process import ARGUMENT
from desktop.submission.limits import CLOCK, STANDARD, Limits, resident, used_up
from desktop.submission.task import Setup, Task
from desktop.submission.verdict import Reason, Verdict, VerdictKind, Weight
from desktop.trust.anchors import Anchors

STARTING = 60.0
"""Seconds a judging process may take to start, on a slow disk."""
FILES_EACH = 100
"""A process is replaced after so many files, so that nothing adds up."""
_LOOK_EVERY = 0.02
_TELL_EVERY = 0.1
_SLACK = 1.15
"""Resident memory may pass the limit by so much: the kernel counts a little otherwise."""

Tell = Callable[[int, int, Message], object]


@dataclass(frozen=True, slots=True)
class How:
    """How files are judged; the plain way when nothing is said."""

    any: bool = False
    """Accept containers of other programs too, judged by structure, coverage and signatures."""
    due: dt.datetime | None = None
    """A signature after this moment is an administrative fault."""
    digest: bool = False
    """Also say the SHA-256 of each whole file, by which a resubmission names the one before."""
    workers: int = 0
    """Processes side by side; 0: as many as the computer has cores."""
    limits: Limits = STANDARD


PLAIN = How()


def judge(
    path: Path, anchors: Anchors, now: dt.datetime, report: Report = quiet, how: How = PLAIN
) -> Verdict:
    """As :func:`desktop.submission.verify`, in bounds; Cancelled from ``report`` ends it at once."""
    (verdict,) = judge_many((path,), anchors, now, report, how)
    return verdict


def judge_many(
    paths: Iterable[Path], anchors: Anchors, now: dt.datetime, report: Report = quiet, how: How = PLAIN
) -> Iterator[Verdict]:
    """A verdict for each file, in their order.

    A file that runs out of its limits is refused (codes ``limit.time``, ``limit.memory``,
    ``limit.crash``) and the others go on. ``report`` is called in the caller's thread, also while
    nothing happens; when it raises Cancelled, or the iterator is closed, every process is ended.
    """
    desk = _Desk(tuple(paths), Setup(anchors, now, how.any, how.due, how.digest), how)
    try:
        yield from desk.verdicts(report)
    finally:
        desk.close()


class _Desk:
    """Hands files to processes and lays their verdicts in order."""

    def __init__(self, paths: tuple[Path, ...], setup: Setup, how: How) -> None:
        self._paths = paths
        self._limits = how.limits
        self._setup = pickle.dumps(setup)
        self._waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        for index in range(len(paths)):
            self._waiting.put(index)
        self._news: queue.SimpleQueue[tuple[int, Verdict | tuple[int, int, Message]]] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._processes: dict[int, _Process] = {}
        count = min(how.workers or os.cpu_count() or 1, len(paths))
        self._threads = [
            threading.Thread(target=self._work, args=(slot,), daemon=True) for slot in range(count)
        ]
        self._threads.append(threading.Thread(target=self._watch, daemon=True))

    def verdicts(self, report: Report) -> Iterator[Verdict]:
        """Start, and yield each verdict as soon as those before it are there."""
        for thread in self._threads:
            thread.start()
        ready: dict[int, Verdict] = {}
        given = done = 0
        total = len(self._paths)
        last = (0, total, Message("submission.verify.package", file=self._paths[0].name if total else ""))
        while given < total:
            # told now and then without news too, so that whoever gave up is heard
            report(*last)
            try:
                index, news = self._news.get(timeout=_TELL_EVERY)
            except queue.Empty:
                continue
            if isinstance(news, Verdict):
                ready[index] = news
                done += 1
                last = (done, total, Message("submission.verify.package", file=self._paths[index].name))
            elif total == 1:
                last = news
            while given in ready:
                yield ready.pop(given)
                given += 1

    def close(self) -> None:
        """End what still runs."""
        self._closed.set()
        for process in tuple(self._processes.values()):
            process.kill("closed")
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _work(self, slot: int) -> None:
        """Judge one waiting file after another."""
        used = 0
        try:
            while not self._closed.is_set():
                try:
                    index = self._waiting.get_nowait()
                except queue.Empty:
                    return
                if used >= FILES_EACH or (slot in self._processes and self._processes[slot].gone):
                    self._end(slot)
                    used = 0
                used += 1
                self._news.put((index, self._judge(slot, index)))
        finally:
            self._end(slot)

    def _judge(self, slot: int, index: int) -> Verdict:
        path = self._paths[index]
        try:
            if slot not in self._processes:
                self._processes[slot] = _Process()
            process = self._processes[slot]
            if self._closed.is_set():
                process.kill("closed")
            process.set_up(self._setup)
            return process.judge(path, self._limits, lambda *news: self._news.put((index, news)))
        except OSError:
            return _out(path, Message("submission.limit.crash"))

    def _end(self, slot: int) -> None:
        process = self._processes.pop(slot, None)
        if process is not None:
            process.close()

    def _watch(self) -> None:
        while not self._closed.wait(_LOOK_EVERY):
            for process in tuple(self._processes.values()):
                process.look()


class _Process:
    """One judging process, what it is doing now, and until when."""

    def __init__(self) -> None:
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._child: subprocess.Popen[bytes] = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=hidden,
        )
        self._until = time.monotonic() + STARTING
        self._memory: float = 0
        self._ready = False
        self._lock = threading.Lock()
        self.why = ""
        """Which limit ended it."""

    @property
    def gone(self) -> bool:
        """Whether it cannot judge any more."""
        return bool(self.why) or self._child.poll() is not None

    def set_up(self, setup: bytes) -> None:
        """Tell a new process whom to believe. Raises OSError when it cannot start."""
        if not self._ready:
            self._send(setup)
            if self._receive() is None:
                raise BrokenPipeError
            self._ready = True
            self._rest()

    def judge(self, path: Path, limits: Limits, tell: Tell) -> Verdict:
        """The verdict on a file, or the limit it ran into."""
        try:
            size = path.stat().st_size
        except (OSError, ValueError):
            size = 0
        mine = limits.of(size)
        with self._lock:
            self._until, self._memory = time.monotonic() + mine.seconds * CLOCK, mine.memory * _SLACK
        try:
            self._send(pickle.dumps(Task(str(path), mine)))
            while (news := self._receive()) is not None:
                if "verdict" in news:
                    return self._read(path, news["verdict"])
                done, total, message = news["progress"]
                tell(int(done), int(total), Message.from_json(message))
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            # gone, or it says what no process of ours would say
            self.kill("crash")
        return _out(path, self._reason(mine))

    def _read(self, path: Path, data: Any) -> Verdict:
        """What it answered, if that is a verdict on this file."""
        verdict = Verdict.from_json(data)
        if verdict.file != path.name:
            raise ValueError(verdict.file)
        self._rest()
        if any(reason.code == "limit.memory" for reason in verdict.reasons):
            # what is left of its memory is in pieces
            self.kill("memory")
        return verdict

    def _reason(self, limits: Limits) -> Message:
        """Which limit ended it: ours, or the one it set itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self.why in {"", "crash"} and used_up(self._child.wait(1)):
                self.why = "time"
        match self.why:
            case "time":
                return Message("submission.limit.time", seconds=round(limits.seconds))
            case "memory":
                return Message("submission.limit.memory", megabytes=limits.memory >> 20)
        return Message("submission.limit.crash")

    def look(self) -> None:
        """End it when its time or its memory is used up."""
        with self._lock:
            late = time.monotonic() > self._until
            memory = self._memory
        if late:
            self.kill("time")
        elif memory and (resident(self._child.pid) or 0) > memory:
            self.kill("memory")

    def _rest(self) -> None:
        with self._lock:
            self._until, self._memory = float("inf"), 0

    def _send(self, data: bytes) -> None:
        write_frame(_open(self._child.stdin), data)

    def _receive(self) -> dict[str, Any] | None:
        """What it says next; None when it is gone or says what makes no sense."""
        piece = read_frame(_open(self._child.stdout))
        try:
            found = json.loads(piece) if piece is not None else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self.kill(self.why or "crash")
            return None
        return found

    def kill(self, why: str) -> None:
        """End it at once."""
        self.why = self.why or why
        with contextlib.suppress(OSError):
            self._child.kill()

    def close(self) -> None:
        """Let it go; an idle one ends when nobody speaks to it any more."""
        for stream in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                _open(stream).close()
        try:
            self._child.wait(1)
        except subprocess.TimeoutExpired:
            self.kill("closed")
            self._child.wait()


def _open(stream: IO[bytes] | None) -> Any:
    assert stream is not None  # noqa: S101 - both were asked for
    return stream


def _command() -> list[str]:
    """How this program is started as a judging process: from its sources, as a package, or frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    home = str(Path(__file__).parents[2])
    start = (
        f"import sys; sys.path.insert(0, {home!r}); from desktop.submission.judge_process import main; main()"
    )
    return [sys.executable, "-c", start]


def _out(path: Path, message: Message) -> Verdict:
    return Verdict(VerdictKind.REFUSED, path.name, (Reason(Weight.REFUSAL, message),))
