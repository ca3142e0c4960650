"""Looking at documents of elsewhere in bounds: compared and drawn in a process of its own.

What comes back was made by somebody else's program, or by somebody who means harm. A page may take minutes to
draw or gigabytes of memory, so nothing of it is opened in the program itself.
"""

from __future__ import annotations

import base64
import contextlib
import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from desktop.base import Message
from desktop.base.bounded.asking import Asker
from desktop.base.bounded.limits import STANDARD, Limits
from desktop.base.jobs import Report
from desktop.submission import kept
from desktop.submission.returning.pages import Area, Kind, PageDifference, draw_page
from desktop.submission.returning.returned import AS_IT_IS, Before, Comparison, Returned, compare
from desktop.submission.task import Look, Setup
from desktop.trust.anchors import Anchors

SECONDS_PER_PAGE = 0.1
"""Added to the time for each page of the sealed document: drawing one twice takes a third of that."""
_MOST_PAGES = 2_000
_MOST_OF_LISTS = 4 << 20
"""Bytes of lists that are told with a look; more are told to a process of their own before it has limits:
they are this computer's own, and would cost what a package may."""


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
    signers: int
    before: Before
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:
        files = self.sealed, self.returned
        return compare(*files, self.name, report, signers=self.signers, before=self.before).to_json()


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
    with laying() as lay:
        yield lay("sealed.pdf", sealed), lay("returned.pdf", returned)


@contextlib.contextmanager
def laying() -> Iterator[Callable[[str, bytes], Path]]:
    """What lays documents, each under a name, where nobody else changes them while they are looked at."""
    with tempfile.TemporaryDirectory(prefix="rancang-") as folder:

        def lay(name: str, data: bytes) -> Path:
            path = Path(folder) / name
            path.write_bytes(data)
            return path

        yield lay


class Looker:
    """Asks one process after another; a context, at whose end the process is gone, or kept for the next.

    ``anchors``: whom looks go by that ask whom to believe.
    """

    def __init__(
        self,
        report: Report,
        limits: Limits = STANDARD,
        *,
        keep: bool = False,
        anchors: Anchors = Anchors(),  # noqa: B008 - it cannot be changed
    ) -> None:
        first = Message("submission.returned.opening")
        self._report, self._limits = report, limits
        many = sum(map(len, anchors.crls)) > _MOST_OF_LISTS
        self.believed = None if many else anchors
        """For :class:`~desktop.submission.task.Believing`."""
        processes = kept.knowing(anchors) if many else kept.KEPT
        setup = partial(_setup, anchors if many else Anchors())
        self._asker = Asker(report, processes, setup, first, keep=keep)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._asker.__exit__()

    def compare(
        self,
        sealed: bytes,
        returned: bytes,
        name: str,
        pages: int = 0,
        *,
        signers: int = 0,
        before: Before = AS_IT_IS,
    ) -> Comparison:
        """Grade ``returned`` against ``sealed``, which has so many pages and signers. Raises Cancelled.

        ``before``: how it was before anybody signed.
        What could not be finished is *different*, with the limit as its reason (codes ``limit.*``).
        """
        limits = self._limits.of(len(sealed) + len(returned))
        seconds = limits.seconds + SECONDS_PER_PAGE * min(max(pages, 0), _MOST_PAGES)
        with laid_out(sealed, returned) as (one, other):
            try:
                bounded = replace(limits, seconds=seconds)
                found = self.ask(_Comparing(one, other, name, signers, before, bounded))
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
        try:
            answer, child = self._asker.answer_to(look, doubtful)
        except OSError as error:
            raise NotFinished(Message("submission.limit.crash")) from error
        if answer is None:
            raise NotFinished(child.reason(look.limits))
        return answer


def _setup(anchors: Anchors) -> bytes:
    return pickle.dumps(Setup(anchors, any=False, due=None))
