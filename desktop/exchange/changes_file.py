"""Send changes: a small file with what others do not have yet, recognised wherever it is brought back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, render
from desktop.exchange.handing_out import CHAT_LIMIT, tidy
from desktop.workspace import sending
from desktop.workspace.changes_file import SUFFIX
from desktop.workspace.errors import NothingToSend
from desktop.workspace.incoming import Incoming, read_incoming
from desktop.workspace.reviewing import REVIEWERS

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.workspace import Author, Workspace


@dataclass(frozen=True, slots=True)
class Sent:
    """A changes file that was written."""

    path: Path
    size: int
    """Bytes."""
    change_sets: int
    fits_chat: bool
    operations: int = 0
    files: int = 0
    """Evidence files that go along."""
    left_out: int = 0
    """Evidence files that belong to these changes and stay behind."""
    heads: tuple[str, ...] = ()
    """The newest change sets that were sent."""
    review: bool = False


def send(
    workspace: Workspace,
    target: Path,
    *,
    since: Iterable[str] | None = None,
    review: bool = False,
    evidence: bool = False,
    full: bool = False,
) -> Sent:
    """Write what the receiver does not have, to be brought back there.

    ``since`` are the newest change sets that the receiver has; without it, what they are known to have:
    whoever gave this copy, or all to whom copies were given. ``full`` counts on nothing. Raises
    NothingToSend, FileProblem, TooLarge.
    """
    parcel = sending.parcel(workspace, since=since, full=full)
    if not parcel.change_sets and not (evidence and parcel.evidence):
        raise NothingToSend
    reviewing = review or sending.role_of(workspace) in REVIEWERS
    size = sending.write(workspace, target, parcel, review=reviewing, evidence=evidence)
    sent = Sent(
        path=target,
        size=size,
        change_sets=len(parcel.change_sets),
        fits_chat=size <= CHAT_LIMIT,
        operations=sum(len(each.edits) for each in parcel.change_sets),
        files=len(parcel.needed) + (len(parcel.evidence) if evidence else 0),
        left_out=0 if evidence else len(parcel.evidence),
        heads=parcel.heads,
        review=reviewing,
    )
    remember(workspace, sent)
    return sent


def remember(workspace: Workspace, sent: Sent) -> None:
    """Remember what was sent; what is open to read only remembers nothing."""
    facts = {"change_sets": sent.change_sets, "files": sent.files, "size": sent.size, "review": sent.review}
    sending.remember(workspace, sent.path.name, sent.heads, facts)


def send_job(
    report: Report,
    snapshot: Path,
    target: Path,
    author: Author,
    evidence: bool,  # noqa: FBT001 - a job's arguments have no names
    full: bool,  # noqa: FBT001
) -> Sent:
    """Send from a snapshot, as a job; whoever has the workspace open remembers it afterwards."""
    from desktop.workspace import Workspace

    report(0, 0, Message("exchange.changes.writing", file=target.name))
    with Workspace.open(snapshot, author=author, read_only=True) as workspace:
        return send(workspace, target, evidence=evidence, full=full)


def waiting_evidence(workspace: Workspace) -> tuple[int, int]:
    """How many evidence files would go along, and their bytes."""
    return sending.waiting_evidence(workspace)


def read_changes(path: Path) -> Incoming:
    """Read a changes file (or a workspace file) before it is known for whom. Raises as bringing back does."""
    return read_incoming(path)


def file_name(workspace: Workspace) -> str:
    """How a changes file is called: whose, of which region, of which day."""
    plan = workspace.plan()
    message = Message(
        "exchange.changes.file",
        region=plan.region.name,
        whom=workspace.author.name,
        at=plan.changed_on,
    )
    return tidy(render(message, Language(plan.source_language))) + SUFFIX


def waiting(workspace: Workspace) -> int:
    """How many changes are not known to be where this copy came from (or at all its copies)."""
    return sending.waiting(workspace)
