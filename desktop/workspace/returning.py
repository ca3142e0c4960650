"""One file or several brought back into an open workspace: first tried, then, if accepted, done."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from desktop.base import Message, RancangError, clock
from desktop.base.canonical import canonical_text
from desktop.base.errors import Cancelled, FileProblem
from desktop.base.jobs import Report, quiet
from desktop.workspace import blobs, peers, reading, tables
from desktop.workspace.bring_back import Uniting
from desktop.workspace.errors import Busy, FileMoved, IncompleteChanges, ReadOnly
from desktop.workspace.incoming import Incoming, Sender, read_incoming
from desktop.workspace.merge_report import FileReport, MergeReport
from desktop.workspace.transactions import Transactions

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal
    from desktop.workspace.plan import Plan
    from desktop.workspace.store import Workspace

# What Workspace.preview and Workspace.bring_back do, and the same upon a connection of its own.
# ruff: noqa: SLF001

_OURS = (FileProblem, Busy, FileMoved, ReadOnly, Cancelled)
"""What is wrong with our own file or disk (or with nothing) is no reason to go on with the next file."""


Refused: TypeAlias = Mapping[Path, RancangError]
"""Files of which is known already that nothing can be taken, and why."""
_NONE: Refused = {}


def preview(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    picture: bool = False,
    report: Report = quiet,
    refused: Refused = _NONE,
) -> MergeReport:
    """What bringing these files back would do; nothing is written. ``picture``: with the plan as it would be.

    Of one file everything is raised that is wrong with it; of several those that cannot be taken are
    reported and the others looked at.
    """
    read = _read(workspace.journal, paths, report, refused)
    with workspace._trying() as journal:
        found = _unite(journal, read, report)
        if picture:
            found = replace(found, plan=reading.read_plan(journal))
        return found


def take(
    workspace: Workspace, paths: Sequence[Path], *, report: Report = quiet, refused: Refused = _NONE
) -> MergeReport:
    """Take over what these files bring, in one transaction; a backup is made first."""
    read = _read(workspace.journal, paths, report, refused)
    saved = workspace.backup("bring_back")
    with workspace._writing() as journal:
        found = _unite(journal, read, report)
        past = peers.Past(journal)
        for incoming, told in zip(read, found.per_file, strict=True):
            if isinstance(incoming, Incoming) and told.refused is None:
                peers.learn(journal, incoming, past)
                _log(journal, workspace.author.name, told, saved.path.name)
    touched = {(change.table, change.row) for change in found.rows}
    touched |= {(conflict.table, conflict.row) for conflict in found.new_conflicts}
    # Also when no row looks different: the head has moved, and with it the plan; or evidence came along.
    workspace._tell(touched or ({("", "")} if found.change_sets or found.files else set()))
    return replace(found, backup=saved.name)


@contextlib.contextmanager
def rehearsal(
    workspace: Path, paths: Sequence[Path], report: Report, *, read_only: bool
) -> Iterator[tuple[Plan, bytes]]:
    """All of :func:`preview` once, upon a connection of its own, for whoever asks first whether it ends.

    Yields the plan and the guideline as they would be.

    Nothing of it reaches the disk, wherever this process may be ended; what is only read lends a copy.
    """
    tried = Transactions(workspace, read_only=read_only)
    tried._connect()
    try:
        if not read_only:
            for setting in ("journal_mode=MEMORY", "cache_spill=OFF"):
                tried._raw().execute(f"PRAGMA {setting}")
        read = _read(tried.journal, paths, report, _NONE)
        with tried._trying() as journal:
            # evidence is bounded by its size, and is taken one file after the other
            _unite(journal, read, report, evidence=False)
            plan = reading.read_plan(journal)
            yield plan, blobs.read(journal.connection, plan.guideline.sha256)
    finally:
        tried._disconnect()


def _read(
    journal: Journal, paths: Sequence[Path], report: Report, refused: Refused
) -> list[Incoming | FileReport]:
    """Each file read, or why it cannot be."""
    known = journal.ids()
    read: list[Incoming | FileReport] = []
    for number, path in enumerate(paths):
        report(number, 2 * len(paths), Message("workspace.job.reading", file=path.name))
        try:
            if path in refused:
                raise refused[path]
            read.append(peers.whose(journal, read_incoming(path, known)))
        except RancangError as error:
            if len(paths) == 1:
                raise
            read.append(_refused(path.name, error))
    return read


def _unite(
    journal: Journal, read: Sequence[Incoming | FileReport], report: Report, *, evidence: bool = True
) -> MergeReport:
    uniting, run = Uniting(journal, evidence=evidence), journal.connection.exec_driver_sql
    told: list[FileReport | None] = [each if isinstance(each, FileReport) else None for each in read]
    todo = [number for number, each in enumerate(told) if each is None]
    while todo:
        late: list[int] = []
        for number in todo:
            incoming = read[number]
            assert isinstance(incoming, Incoming)  # noqa: S101 - the others were told above
            report(
                len(read) + number, 2 * len(read), Message("workspace.job.uniting", file=incoming.path.name)
            )
            run("SAVEPOINT one_file")
            try:
                told[number] = uniting.take(incoming)
            except _OURS:
                raise
            except RancangError as error:
                if len(read) == 1:
                    raise
                run("ROLLBACK TO one_file")
                told[number] = _refused(incoming.path.name, error, incoming)
                if isinstance(error, IncompleteChanges):
                    late.append(number)
            run("RELEASE one_file")
        # what one file rests on may have come with another
        todo = late if len(late) < len(todo) else []
    return uniting.report(tuple(each for each in told if each is not None))


def _refused(name: str, error: RancangError, incoming: Incoming | None = None) -> FileReport:
    sender = incoming.sender if incoming is not None else Sender()
    review = incoming is not None and incoming.review
    return FileReport(name, sender, review, 0, (), "", "", frozenset(), 0, 0, (), error.message)


def _log(journal: Journal, by: str, told: FileReport, backup: str) -> None:
    """Remember in the workspace which file came in when, from whom, and where the backup is."""
    counts = {"change_sets": told.change_sets, "rows": len(told.touched), "conflicts": told.conflicts}
    journal.connection.execute(
        tables.package_log.insert().values(
            direction="in",
            file=told.file,
            at=clock.now().isoformat(),
            by=by,
            counts=canonical_text(counts),
            backup=backup,
        )
    )
