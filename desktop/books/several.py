"""Much to be written goes to several processes: what was composed here is laid out on every core there is."""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.jobs import Failed, Job, Progress, Report, spawning
from desktop.books.document import Document, Figure, Photo, Table
from desktop.books.formats import FORMATS, Written

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from desktop.books.document import Pictures

_MOST, _WORTH, _PHOTO = 4, 4_000, 20
"""Processes at most; how much work pays for their start; what a photo counts: in rows of a table."""
_PAUSE = 0.05
"""Seconds between two looks at what the others do."""
_POLITE = 5
"""How far the others stand back (the niceness of Unix), so that a window stays as quick as it was."""


@dataclass(frozen=True, slots=True)
class Task:
    """Documents to be written in one form; with a title into one file."""

    documents: tuple[Document, ...]
    form: str
    title: str = ""

    @property
    def size(self) -> int:
        """How much work it is, in rows of a table."""
        return sum(_size(document) for document in self.documents)


def _size(document: Document) -> int:
    tables = sum(len(each.rows) for each in document.elements if isinstance(each, Table))
    return len(document.elements) + tables + _PHOTO * len(list(_photos(document)))


def _photos(document: Document) -> Iterator[str]:
    if document.emblem is not None:
        yield document.emblem.sha256
    for element in document.all:
        if isinstance(element, Figure) and isinstance(element.chart, Photo):
            yield element.chart.sha256


def write(task: Task, report: Report, pictures: Pictures | None) -> tuple[Written, ...]:
    """The files of one task, here and now."""
    form = FORMATS[task.form]
    if task.title and form.join is not None:
        return (form.join(task.documents, task.title, report, pictures),)
    count = len(task.documents)
    return tuple(
        form.write(document, _part(report, place, count), pictures)
        for place, document in enumerate(task.documents)
    )


def _part(report: Report, place: int, count: int) -> Report:
    return lambda done, total, message: report(place * total + done, count * total, message)


def helpers(tasks: Sequence[Task]) -> int:
    """How many processes write these best, this one among them; 1 = it does it alone."""
    if sum(task.size for task in tasks) < _WORTH:
        return 1
    return max(1, min(os.cpu_count() or 1, len(tasks), _MOST))


def write_all(
    tasks: Sequence[Task], tell: Callable[[int, int, int], None], pictures: Pictures | None, processes: int
) -> list[tuple[Written, ...]]:
    """Every task's files, in the order of the tasks, written by so many processes: this one and others.

    ``tell`` hears of a task, how much of how much of it is done; it may raise Cancelled, which stops all.
    The others read photos themselves, one by one as they print them, so ``pictures`` goes to them (pickled).
    Whoever is done takes the largest task that is left: on a busy computer the others get less done.
    """
    left = deque(sorted(range(len(tasks)), key=lambda each: -tasks[each].size))
    found: dict[int, tuple[Written, ...]] = {}
    others: list[_Other] = []

    def look() -> None:
        for other in others:
            other.look(tasks, left, found, tell)

    def telling(place: int) -> Report:
        def told(done: int, total: int, message: Message) -> None:  # noqa: ARG001 - the book is named instead
            look()
            tell(place, done, total)

        return told

    try:
        for _ in range(processes - 1):
            others.append(_Other(pictures))  # noqa: PERF401 - what was begun is ended whatever the next does
        while left:
            place = left.popleft()
            found[place] = write(tasks[place], telling(place), pictures)
        while len(found) < len(tasks):
            look()
            # a book that is judged says nothing for a while, and may be given up all the same
            tell(0, 0, 0)
            time.sleep(_PAUSE)
    finally:
        for other in others:
            other.end()
    return [found[place] for place in range(len(tasks))]


class _Other:
    """A process that asks for a task, writes it, hands over its files, and asks for the next."""

    def __init__(self, pictures: Pictures | None) -> None:
        self._line, theirs = spawning().Pipe()
        with theirs:
            self._job = Job(_write_what_comes, theirs, pictures)

    def look(
        self,
        tasks: Sequence[Task],
        left: deque[int],
        found: dict[int, tuple[Written, ...]],
        tell: Callable[[int, int, int], None],
    ) -> None:
        """What it told and made since; a task that is left, if it has none."""
        for news in self._job.poll():
            match news:
                case Progress(done, total, message):
                    tell(int(str(message.params["page"])), done, total)
                case Failed(message, exit_code):
                    error = RancangError(message)
                    error.exit_code = exit_code
                    raise error
        # of one that has just died the job tells
        with contextlib.suppress(OSError, EOFError):
            if self._job.running and self._line.poll():
                made = self._line.recv()
                if made is not None:
                    found[made[0]] = made[1]
                place = left.popleft() if left else None
                self._line.send(None if place is None else (place, tasks[place]))

    def end(self) -> None:
        """Stop it, whatever it does."""
        self._job.cancel()
        self._line.close()


def _write_what_comes(report: Report, line: Connection, pictures: Pictures | None) -> None:
    """Write one task after the other; runs in a process of its own."""
    if hasattr(os, "nice"):  # Windows itself prefers the window in front
        os.nice(_POLITE)
    line.send(None)
    while (order := line.recv()) is not None:
        place, task = order
        line.send((place, write(task, _numbered(report, place), pictures)))


def _numbered(report: Report, place: int) -> Report:
    def told(done: int, total: int, message: Message) -> None:  # noqa: ARG001 - the book is named instead
        report(done, total, Message("books.progress.page", page=str(place)))

    return told
