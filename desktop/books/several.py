"""Much to be written goes to several processes: what was composed here is laid out on every core there is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.jobs import Done, Failed, Job, Progress, Report
from desktop.books.document import Document, Figure, Photo, Table
from desktop.books.formats import FORMATS, Written

if TYPE_CHECKING:
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
    """
    mine, *others = _shared(tasks, processes)
    jobs: list[tuple[list[int], Job[list[tuple[Written, ...]]]]] = []
    found: dict[int, tuple[Written, ...]] = {}

    def look() -> None:
        for share, job in jobs:
            for news in job.poll():
                _heard(news, share, tell, found)

    def telling(place: int) -> Report:
        def told(done: int, total: int, message: Message) -> None:  # noqa: ARG001 - the book is named instead
            look()
            tell(place, done, total)

        return told

    try:
        for share in others:
            jobs.append((share, Job(_write_share, [tasks[place] for place in share], pictures)))  # noqa: PERF401 - what was begun is ended whatever the next does
        for place in mine:
            found[place] = write(tasks[place], telling(place), pictures)
        while any(job.running for _, job in jobs):
            look()
            # a book that is judged says nothing for a while, and may be given up all the same
            tell(0, 0, 0)
            time.sleep(_PAUSE)
    finally:
        for _, job in jobs:
            job.cancel()
    return [found[place] for place in range(len(tasks))]


def _heard(
    news: Progress | Done[list[tuple[Written, ...]]] | Failed,
    share: Sequence[int],
    tell: Callable[[int, int, int], None],
    found: dict[int, tuple[Written, ...]],
) -> None:
    match news:
        case Progress(done, total, message):
            tell(share[int(str(message.params["page"]))], done, total)
        case Done(result):
            found.update(zip(share, result, strict=True))
        case Failed(message, exit_code):
            error = RancangError(message)
            error.exit_code = exit_code
            raise error


def _shared(tasks: Sequence[Task], processes: int) -> list[list[int]]:
    """The places of the tasks for each process, the largest first to whoever has least to do."""
    shares: list[list[int]] = [[] for _ in range(processes)]
    load = [0] * processes
    for place in sorted(range(len(tasks)), key=lambda each: -tasks[each].size):
        least = load.index(min(load))
        shares[least].append(place)
        load[least] += tasks[place].size
    return [share for share in shares if share]


def _write_share(
    report: Report, tasks: Sequence[Task], pictures: Pictures | None
) -> list[tuple[Written, ...]]:
    """Write one share of the tasks; runs in a process of its own."""
    if hasattr(os, "nice"):  # Windows itself prefers the window in front
        os.nice(_POLITE)
    return [write(task, _numbered(report, place), pictures) for place, task in enumerate(tasks)]


def _numbered(report: Report, place: int) -> Report:
    def told(done: int, total: int, message: Message) -> None:  # noqa: ARG001 - the book is named instead
        report(done, total, Message("books.progress.page", page=str(place)))

    return told
