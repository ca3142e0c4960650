"""What happens with files that came in, given what is open: one answer for window and command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.base import Message
from desktop.exchange.arrival import EVIDENCE, Arrival, Kind


class Deed(StrEnum):
    """What is done with files."""

    OPEN = "open"
    BRING_BACK = "bring-back"
    VERIFY = "verify"
    GUIDELINE = "guideline"
    RETURN = "return"
    WORKBOOKS = "workbooks"
    """Workbooks of agencies are merged against what they were handed out with."""
    IMPORT = "import"
    INPUT_SHEET = "input-sheet"
    EDITED = "edited"
    """Chapters that were edited in Word are held against the plan."""
    START = "start"
    """A list came in while nothing is open: a document is begun for it, then the list is imported."""
    EVIDENCE = "evidence"
    NEEDS_DOCUMENT = "needs-document"
    READ_ONLY = "read-only"
    EXPLAIN = "explain"


_REFUSALS = (Deed.NEEDS_DOCUMENT, Deed.READ_ONLY, Deed.EXPLAIN)


@dataclass(frozen=True, slots=True)
class Situation:
    """What is open: the workspace's identity and file, if any, and whether it is only read."""

    workspace: str = ""
    path: Path | None = None
    read_only: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a document is open."""
        return bool(self.workspace)


@dataclass(frozen=True, slots=True)
class Task:
    """Files that are treated alike."""

    deed: Deed
    arrivals: tuple[Arrival, ...]

    @property
    def paths(self) -> list[Path]:
        """The files."""
        return [each.path for each in self.arrivals]

    @property
    def refused(self) -> bool:
        """Whether nothing will be done, only said."""
        return self.deed in _REFUSALS

    @property
    def promise(self) -> Message:
        """What will happen when these files are let go."""
        if self.deed is Deed.EXPLAIN and len(self.arrivals) == 1:
            return self.arrivals[0].explanation
        if self.deed is Deed.NEEDS_DOCUMENT and all(each.kind is Kind.CHANGES for each in self.arrivals):
            return Message("exchange.receive.needs-own-document", n=len(self.arrivals))
        if self.deed is Deed.WORKBOOKS:
            books = sum(each.kind is Kind.WORKBOOK for each in self.arrivals)
            return Message("exchange.receive.workbooks", n=books)
        return Message(
            f"exchange.receive.{self.deed.value}", n=len(self.arrivals), file=self.arrivals[0].path.name
        )


def decide(arrivals: Iterable[Arrival], now: Situation) -> tuple[Task, ...]:
    """What to do with files, in the order in which it is done: documents first, evidence last."""
    sorted_: dict[Deed, list[Arrival]] = {}
    for arrival in arrivals:
        sorted_.setdefault(_deed(arrival, now), []).append(arrival)
    if Deed.WORKBOOKS in sorted_:
        # photos that came with a workbook are what its evidence column names
        sorted_[Deed.WORKBOOKS] += sorted_.pop(Deed.EVIDENCE, [])
    return tuple(Task(deed, tuple(sorted_[deed])) for deed in Deed if deed in sorted_)


def _deed(arrival: Arrival, now: Situation) -> Deed:
    match arrival.kind:
        case Kind.WORKSPACE:
            return _workspace(arrival, now)
        case Kind.PACKAGE:
            return Deed.VERIFY
        case Kind.GUIDELINE:
            return Deed.GUIDELINE
        case Kind.TABLE if not now.is_open:
            return Deed.START
        case Kind.SIGNED_PDF if now.is_open:
            return Deed.RETURN
        case kind if kind in _TAKEN or kind in EVIDENCE:
            if not now.is_open:
                return Deed.NEEDS_DOCUMENT
            if now.read_only:
                return Deed.READ_ONLY
            return _TAKEN.get(kind, Deed.EVIDENCE)
    return Deed.EXPLAIN


_TAKEN = {
    Kind.TABLE: Deed.IMPORT,
    Kind.WORKBOOK: Deed.WORKBOOKS,
    Kind.INPUT_SHEET: Deed.INPUT_SHEET,
    Kind.EDITED: Deed.EDITED,
    Kind.CHANGES: Deed.BRING_BACK,
}
"""What is read into the open document instead of being kept as evidence."""


def _workspace(arrival: Arrival, now: Situation) -> Deed:
    if not now.is_open or arrival.workspace != now.workspace:
        return Deed.OPEN
    if now.path is not None and _same(arrival.path, now.path):
        return Deed.OPEN
    return Deed.READ_ONLY if now.read_only else Deed.BRING_BACK


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other
