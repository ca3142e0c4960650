"""Judging in bounds: every file in a process of its own kind, with a limit of time and memory.

A process is used again for the next file (starting one takes half a second), and thrown away after a
fault. Files are judged side by side; verdicts come in the order of the files.
"""

from __future__ import annotations

import datetime as dt
import os
import pickle
import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.base import Message
from desktop.base.bounded.limits import STANDARD, Limits
from desktop.base.jobs import Report, quiet
from desktop.submission.child import LOOK_EVERY, Child, Tell
from desktop.submission.task import Setup, Task
from desktop.submission.verdict import Reason, Verdict, VerdictKind, Weight
from desktop.trust.anchors import Anchors

FILES_EACH = 100
"""A process is replaced after so many files, so that nothing adds up."""
_TELL_EVERY = 0.1


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
        self._processes: dict[int, Child] = {}
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
                verdict = self._judge(slot, index)
                if used > 1 and _wants_room(verdict) and not self._closed.is_set():
                    # what it ran out of may lie in what it judged before
                    self._end(slot)
                    used, verdict = 1, self._judge(slot, index)
                self._news.put((index, verdict))
        finally:
            self._end(slot)

    def _judge(self, slot: int, index: int) -> Verdict:
        path = self._paths[index]
        try:
            if slot not in self._processes:
                self._processes[slot] = Child()
            process = self._processes[slot]
            if self._closed.is_set():
                process.kill("closed")
            process.set_up(self._setup)
            return _judged(process, path, self._limits, lambda *news: self._news.put((index, news)))
        except OSError:
            return _out(path, Message("submission.limit.crash"))

    def _end(self, slot: int) -> None:
        process = self._processes.pop(slot, None)
        if process is not None:
            process.close()

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_EVERY):
            for process in tuple(self._processes.values()):
                process.look()


def _wants_room(verdict: Verdict) -> bool:
    """Whether a process fell over, or had too little memory."""
    return any(reason.code in {"limit.memory", "limit.crash"} for reason in verdict.reasons)


def _judged(process: Child, path: Path, limits: Limits, tell: Tell) -> Verdict:
    """The verdict on a file, or the limit it ran into."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        size = 0
    mine = limits.of(size)
    answer = process.ask(Task(str(path), mine), mine, tell)
    if answer is not None:
        try:
            verdict = Verdict.from_json(answer)
            if verdict.file == path.name:
                if any(reason.code == "limit.memory" for reason in verdict.reasons):
                    # what is left of its memory is in pieces
                    process.kill("memory")
                return verdict
        except (ValueError, TypeError, LookupError, AttributeError):
            pass
        # it says what no process of ours would say
        process.kill("crash")
    return _out(path, process.reason(mine))


def _out(path: Path, message: Message) -> Verdict:
    return Verdict(VerdictKind.REFUSED, path.name, (Reason(Weight.REFUSAL, message),))
