"""Looking at documents of elsewhere in bounds: compared and drawn in a process of its own.

What comes back was made by somebody else's program, or by somebody who means harm. A page may take minutes to
draw or gigabytes of memory, so nothing of it is opened in the program itself.
"""

from __future__ import annotations

import base64
import contextlib
import pickle
import queue
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from desktop.base import Message, clock
from desktop.base.jobs import Report
from desktop.submission import kept
from desktop.submission.child import LOOK_EVERY, Child
from desktop.submission.limits import STANDARD, Limits
from desktop.submission.pages import Area, Kind, PageDifference, draw_page
from desktop.submission.refusal import code_of
from desktop.submission.returned import Comparison, Returned, compare
from desktop.submission.task import Look, Setup
from desktop.trust.anchors import Anchors

SECONDS_PER_PAGE = 0.1
"""Added to the time for each page of the sealed document: drawing one twice takes a quarter of that."""
_MOST_PAGES = 2_000
_TELL_EVERY = 5
"""Looks between two tellings of how far it is, by which a person who gives up is heard."""


class NotFinished(Exception):
    """The process ran into a limit; carries the sentence (codes ``limit.*``)."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class _Comparing:
    sealed: Path
    returned: Path
    name: str
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:
        return compare(self.sealed, self.returned, self.name, report).to_json()


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One page of both documents."""

    sealed: Path
    returned: Path
    page: int
    area: Area | None
    width: int
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:
        report(0, 0, Message("submission.returned.drawing", page=self.page))
        drawn = (draw_page(one, self.page, self.width, self.area) for one in (self.sealed, self.returned))
        before, after = (base64.b64encode(one).decode() for one in drawn)
        return {"before": before, "after": after}


@dataclass(frozen=True, slots=True)
class _Showing:
    """Which pages people sign on."""

    sealed: Path
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:  # noqa: ARG002 - it is done at once
        from desktop.submission.pdf.fields import boxes_in

        with self.sealed.open("rb") as file:
            return {"pages": sorted({1, *(box.page + 1 for box in boxes_in(file).values())})}


@contextlib.contextmanager
def laid_out(sealed: bytes, returned: bytes = b"") -> Iterator[tuple[Path, Path]]:
    """Both documents as files that nobody else changes while they are looked at."""
    with tempfile.TemporaryDirectory(prefix="rancang-") as folder:
        paths = (Path(folder) / "sealed.pdf", Path(folder) / "returned.pdf")
        for path, data in zip(paths, (sealed, returned), strict=True):
            path.write_bytes(data)
        yield paths


class Looker:
    """Asks one process after another; a context, at whose end the process is gone, or kept for the next."""

    def __init__(self, report: Report, limits: Limits = STANDARD, *, keep: bool = False) -> None:
        self._report = report
        self._limits = limits
        self._keep = keep
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            child, self._child = self._child, None
            if self._keep:
                kept.give(child)
            else:
                child.close()

    def compare(self, sealed: bytes, returned: bytes, name: str, pages: int = 0) -> Comparison:
        """Grade ``returned`` against ``sealed``, which has so many pages. Raises Cancelled.

        What could not be finished is *different*, with the limit as its reason (codes ``limit.*``).
        """
        limits = self._limits.of(len(sealed) + len(returned))
        seconds = limits.seconds + SECONDS_PER_PAGE * min(max(pages, 0), _MOST_PAGES)
        with laid_out(sealed, returned) as (one, other):
            try:
                found = self.ask(_Comparing(one, other, name, replace(limits, seconds=seconds)))
                return Comparison.from_json(found)
            except NotFinished as error:
                return Comparison(Returned.DIFFERENT, (), error.message)
            except (ValueError, TypeError, LookupError, AttributeError):
                # it says what no process of ours would say
                return Comparison(Returned.DIFFERENT, (), Message("submission.limit.crash"))

    def draw(
        self, files: tuple[Path, Path], pages: Sequence[PageDifference], width: int
    ) -> Iterator[tuple[int, bytes, bytes]]:
        """Each page of both files as PNG, what differs framed. Raises NotFinished, Cancelled."""
        limits = self._limits.of(sum(one.stat().st_size for one in files))
        for one in pages:
            found = self.ask(_Drawing(*files, one.page, one.area, width, limits))
            try:
                before, after = (base64.b64decode(found[side], validate=True) for side in ("before", "after"))
            except (ValueError, TypeError, LookupError) as error:
                raise NotFinished(Message("submission.limit.crash")) from error
            yield one.page, before, after

    def signed_pages(self, file: Path) -> tuple[PageDifference, ...]:
        """The first page and those that people sign on. Raises NotFinished, Cancelled."""
        found = self.ask(_Showing(file, self._limits.of(file.stat().st_size)))
        pages = found.get("pages")
        if not isinstance(pages, list) or not all(isinstance(one, int) for one in pages):
            raise NotFinished(Message("submission.limit.crash"))
        return tuple(PageDifference(page, Kind.LOOK) for page in pages)

    def ask(
        self, look: Look, doubtful: Callable[[Mapping[str, Any]], bool] = lambda _answer: False
    ) -> Mapping[str, Any]:
        """What the process answers. Raises NotFinished, Cancelled.

        What fell over, had too little memory, or is ``doubtful`` (a refusal) in a process that was asked
        before is asked once more in a new one: what came before may be to blame.
        """
        child = self._alive()
        before, answer = child.asked, self._answer(child, look)
        if before and (doubtful(answer) if answer is not None else _wants_room(child, look.limits)):
            child.close()
            self._child = None
            child = self._alive(anew=True)
            answer = self._answer(child, look)
        if answer is None:
            raise NotFinished(child.reason(look.limits))
        return answer

    def _alive(self, *, anew: bool = False) -> Child:
        """The process to ask. Raises NotFinished."""
        if self._child is None or self._child.gone:
            self.__exit__()
            try:
                self._child = kept.take() if self._keep and not anew else Child()
            except OSError as error:
                raise NotFinished(Message("submission.limit.crash")) from error
        return self._child

    def _answer(self, child: Child, look: Look) -> Mapping[str, Any] | None:
        """What a process answers; None when it ran into a limit. Raises Cancelled."""
        news = queue.SimpleQueue[Any]()

        def work() -> None:
            try:
                child.set_up(pickle.dumps(Setup(Anchors(), clock.now(), any=False, due=None)))
                news.put(child.ask(look, look.limits, lambda *told: news.put(told)))
            except OSError:
                news.put(None)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            return self._wait(child, news)
        except BaseException:  # whoever gives up, in whatever way, leaves no process at work; raised again
            child.kill("closed")
            raise
        finally:
            thread.join()

    def _wait(self, child: Child, news: queue.SimpleQueue[Any]) -> Mapping[str, Any] | None:
        last, looks = (0, 0, Message("submission.returned.opening")), 0
        while True:
            if looks % _TELL_EVERY == 0:
                self._report(*last)
            looks += 1
            try:
                one = news.get(timeout=LOOK_EVERY)
            except queue.Empty:
                child.look()
                continue
            if not isinstance(one, tuple):
                found: Mapping[str, Any] | None = one
                return found
            last = one


def _wants_room(child: Child, limits: Limits) -> bool:
    """Whether it fell over or had too little memory; time is each look's own."""
    return code_of(child.reason(limits)) in {"limit.memory", "limit.crash"}
