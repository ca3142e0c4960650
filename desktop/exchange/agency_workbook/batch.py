"""Many workbooks that come back at once: looked at together, asked about together, taken over one by one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Cancelled, Message, RancangError
from desktop.base.folders import files_below
from desktop.base.jobs import quiet
from desktop.exchange.agency_workbook.comparing import Proposal, compare_with
from desktop.exchange.agency_workbook.doubts import Doubt
from desktop.exchange.agency_workbook.evidence import TABLES, Evidence
from desktop.exchange.agency_workbook.reading import Returned, is_ours, read
from desktop.exchange.agency_workbook.taking_over import Before, Taken, take_over
from desktop.exchange.photos import AS_USUAL, Wishes

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.exchange.agency_workbook.memory import Standing
    from desktop.workspace import Workspace

ENDINGS = frozenset(TABLES)
MOST = 500
"""Workbooks taken at once; a region has some thirty agencies."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that nothing could be taken from, and why."""

    path: Path
    reason: Message


@dataclass(frozen=True, slots=True)
class Looked:
    """What came back, as it was looked at; nothing is written."""

    books: tuple[Returned, ...]
    proposals: tuple[Proposal, ...]
    """One for each of ``books``, in the same order."""
    refused: tuple[Refused, ...]
    repeated: tuple[tuple[str, str], ...]
    """Files that are letter by letter the same as another one of them."""
    loose_files: tuple[str, ...] = ()
    """Evidence that came along and that no row of any workbook names."""

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """All questions of all workbooks."""
        return tuple(doubt for each in self.proposals for doubt in each.doubts)

    def open_doubts(self, answers: Mapping[str, str]) -> tuple[Doubt, ...]:
        """Those that these answers do not answer."""
        return tuple(doubt for doubt in self.doubts if doubt.id not in answers)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of them all."""

    taken: tuple[Taken, ...]
    refused: tuple[Refused, ...] = field(default=())


def gather(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The workbooks among files and folders; and folders, ZIPs and files that may be evidence."""
    books: list[Path] = []
    beside: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                each
                for each in files_below(path)
                if each.suffix.casefold() in ENDINGS and not each.name.startswith(("~$", "."))
            )
            books += inside[:MOST]
            beside.append(path)
        elif path.suffix.casefold() in ENDINGS or not path.exists() or is_ours(path):
            books.append(path)
        else:
            beside.append(path)
    return list(dict.fromkeys(books)), beside


def inside(evidence: Evidence) -> list[Path]:
    """The workbooks that lie in ZIPs, unpacked: agencies send them together with their photos.

    Raises BadArchive.
    """
    found = []
    for came in evidence.packed:
        if Path(came.name).suffix.casefold() in ENDINGS:
            path = evidence.path(came.id)
            # one that cannot be opened was a workbook, too: it is told to be damaged
            if is_ours(path) or not zipfile.is_zipfile(path):
                found.append(path)
    return found[:MOST]


def look(
    stands: Standing,
    paths: Iterable[Path],
    evidence: Evidence | None = None,
    answers: Mapping[str, str] | None = None,
    report: Report = quiet,
) -> Looked:
    """Read every workbook and compare it with the plan as it stands; what cannot be read is told.

    May be called in any thread. Raises Cancelled.
    """
    wanted = list(paths)
    books: list[Returned] = []
    proposals: list[Proposal] = []
    refused: list[Refused] = []
    repeated: list[tuple[str, str]] = []
    known: dict[str, str] = {}
    for number, path in enumerate(wanted):
        now = number, len(wanted), Message("exchange.agency_book.looking", file=path.name)
        report(*now)
        try:
            returned = read(path, lambda *_, now=now: report(*now))
            if returned.sha256 in known:
                repeated.append((returned.file, known[returned.sha256]))
                continue
            proposals.append(compare_with(stands, returned, evidence, answers))
        except Cancelled:
            raise
        except RancangError as error:
            refused.append(Refused(path, error.message))
            continue
        known[returned.sha256] = returned.file
        books.append(returned)
    proofs = {each.file for proposal in proposals for each in proposal.files}
    refused = [each for each in refused if not _is_proof(each, proofs)]
    loose = set.intersection(*(set(each.loose_files) for each in proposals)) if proposals else set[str]()
    own = {path.name for path in (*wanted, *(each.path for each in books))}
    return Looked(
        tuple(books),
        tuple(_sharing(each, proposals) for each in proposals),
        tuple(refused),
        tuple(repeated),
        tuple(sorted(name for name in loose if name.rpartition("/")[2] not in own)),
    )


def _sharing(proposal: Proposal, every: Iterable[Proposal]) -> Proposal:
    """With a note of each file that another agency's workbook names too: agencies call their files alike."""
    notes = []
    for file in dict.fromkeys(each.file for each in proposal.files if each.file):
        others = dict.fromkeys(
            other.name
            for other in every
            if other.agency != proposal.agency and any(each.file == file for each in other.files)
        )
        if others:
            notes.append(
                Message("exchange.agency_book.note.shared_file", file=file, others=", ".join(others))
            )
    return replace(proposal, notes=(*proposal.notes, *notes)) if notes else proposal


def _is_proof(refused: Refused, proofs: set[str]) -> bool:
    """Whether a table that is no workbook of ours came along as evidence."""
    stranger = refused.reason.id == "exchange.agency_book.not_ours"
    return stranger and any(file.rpartition("/")[2] == refused.path.name for file in proofs)


def take(
    workspace: Workspace,
    books: Iterable[Returned],
    evidence: Evidence | None = None,
    answers: Mapping[str, str] | None = None,
    *,
    wishes: Wishes = AS_USUAL,
    report: Report = quiet,
) -> Result:
    """Take workbooks over one after the other, each one operation, after one backup.

    Doubts without an answer are left out.

    Raises NoSuchAnswer, Cancelled.
    """
    wanted, saved = list(books), ""
    taken: list[Taken] = []
    refused: list[Refused] = []
    for number, returned in enumerate(wanted):
        report(number, len(wanted), Message("exchange.agency_book.taking", file=returned.file))
        try:
            done = take_over(
                workspace, returned, evidence, answers,
                skip_doubts=True, wishes=wishes, before=Before(saved=saved),
            )  # fmt: skip
            saved = saved or done.backup
            taken.append(done)
        except RancangError as error:
            refused.append(Refused(returned.path, error.message))
    return Result(tuple(taken), tuple(refused))
