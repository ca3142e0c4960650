"""Judging in bounds: every file in a process of its own kind, with a limit of time and memory.

A process is used again for the next file (starting one takes half a second), and thrown away after a
fault. Files are judged side by side; verdicts come in the order of the files.

Whoever signs a package asks for a verdict after each signature, and most of it is as it was. So the process
that judged one package alone waits for the next verdict on it. It has read nothing else, and was told the
same: what a hostile file leaves behind in it can do no more than that file could by itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import pickle
import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.base import Message
from desktop.base.bounded.kept import Kept
from desktop.base.bounded.limits import STANDARD, Limits
from desktop.base.jobs import Report, quiet
from desktop.submission.child import LOOK_EVERY, Child, Tell
from desktop.submission.task import Setup, Task
from desktop.submission.verdict import Reason, Verdict, VerdictKind, Weight
from desktop.trust.anchors import Anchors

FILES_EACH = 100
"""A process is replaced after so many files, so that nothing adds up."""
_TELL_EVERY = 0.1
_WANT_ROOM = frozenset({"limit.memory", "limit.crash"})
"""A process fell over, or had too little memory."""


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
    again: Path | None = None
    """The package of which the one file is a state, where further verdicts on it are to be expected."""


PLAIN = How()


def _start() -> Child:
    return Child()


VERDICTS = Kept(_start)
"""The process that judged one package alone, for the next verdict on it."""


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
    desk = _Desk(tuple(paths), Setup(anchors, how.any, how.due, how.digest), now, how)
    try:
        yield from desk.verdicts(report)
    finally:
        desk.close()


class _Desk:
    """Hands files to processes and lays their verdicts in order."""

    def __init__(self, paths: tuple[Path, ...], setup: Setup, now: dt.datetime, how: How) -> None:
        self._paths, self._now = paths, now
        self._limits = how.limits
        self._setup = pickle.dumps(setup)
        self._about = _about(how.again, self._setup) if len(paths) == 1 else ""
        """Under what its process waits for the next verdict; empty where it does not."""
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
        try:
            while not self._closed.is_set():
                try:
                    index = self._waiting.get_nowait()
                except queue.Empty:
                    return
                process = self._processes.get(slot)
                if process is not None and (process.gone or process.asked >= FILES_EACH):
                    self._end(slot)
                verdict = self._judge(slot, index)
                if self._is_doubtful(slot, verdict) and not self._closed.is_set():
                    self._end(slot)
                    verdict = self._judge(slot, index, anew=True)
                if self._about:
                    # before it is told: who has all verdicts ends what still runs
                    self._let_wait(slot)
                self._news.put((index, verdict))
        finally:
            self._end(slot)

    def _is_doubtful(self, slot: int, verdict: Verdict) -> bool:
        """Whether what it says may lie in what its process judged before: time is each file's own."""
        process = self._processes.get(slot)
        if process is None or process.asked <= 1:
            return False
        codes = {reason.code for reason in verdict.reasons if reason.weight is Weight.REFUSAL}
        return bool(codes & _WANT_ROOM or (self._about and codes and "limit.time" not in codes))

    def _judge(self, slot: int, index: int, *, anew: bool = False) -> Verdict:
        path = self._paths[index]
        try:
            if slot not in self._processes:
                again = self._about and not anew
                self._processes[slot] = VERDICTS.take(self._about) if again else Child()
            process = self._processes[slot]
            if self._closed.is_set():
                process.kill("closed")
            process.set_up(self._setup)
            limits = self._limits.of(_size(path))
            task = Task(str(path), self._now, limits)
            return _judged(process, path, task, lambda *news: self._news.put((index, news)))
        except OSError:
            return _out(path, Message("submission.limit.crash"))

    def _end(self, slot: int) -> None:
        process = self._processes.pop(slot, None)
        if process is not None:
            process.close()

    def _let_wait(self, slot: int) -> None:
        process = self._processes.pop(slot, None)
        if process is not None:
            VERDICTS.give(process, self._about)

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_EVERY):
            for process in tuple(self._processes.values()):
                process.look()


def _about(package: Path | None, setup: bytes) -> str:
    """What verdicts have in common that one process may give: the package, and what it was told of it."""
    if package is None:
        return ""
    return f"{hashlib.sha256(setup).hexdigest()} {package.absolute()}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _judged(process: Child, path: Path, task: Task, tell: Tell) -> Verdict:
    """The verdict on a file, or the limit it ran into."""
    answer = process.ask(task, task.limits, tell)
    if answer is not None:
        try:
            verdict = replace(Verdict.from_json(answer), until=_until(answer.get("until")))
            if verdict.file == path.name:
                if any(reason.code == "limit.memory" for reason in verdict.reasons):
                    # what is left of its memory is in pieces
                    process.kill("memory")
                return verdict
        except (ValueError, TypeError, LookupError, AttributeError):
            pass
        # it says what no process of ours would say
        process.kill("crash")
    return _out(path, process.reason(task.limits))


def _until(said: object) -> dt.datetime | None:
    """The moment that goes along with a verdict, in no report. Raises ValueError for anything else."""
    if said is None:
        return None
    moment = dt.datetime.fromisoformat(str(said))
    if moment.tzinfo is None:
        raise ValueError(said)
    return moment


def _out(path: Path, message: Message) -> Verdict:
    return Verdict(VerdictKind.REFUSED, path.name, (Reason(Weight.REFUSAL, message),))
