"""What a changes file is made of: the change sets that the receiver lacks, and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop.workspace import blobs, changes_file, file, handing, handouts, peers, tables, wire
from desktop.workspace.changes_file import Manifest, Sender
from desktop.workspace.handouts import MadeFor
from desktop.workspace.incoming import pick
from desktop.workspace.journal import ChangeSet, Journal
from desktop.workspace.registers import PLAN_ROW

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent."""

    change_sets: tuple[ChangeSet, ...] = field(repr=False)
    since: tuple[str, ...]
    """The newest change sets the receiver has."""
    heads: tuple[str, ...]
    """The newest change sets here."""
    needed: tuple[str, ...]
    """Bytes that must go along, by hash: a guideline or list of codes that the changes go over to."""
    evidence: tuple[str, ...]
    """Evidence files that belong to what is sent and are here, by hash."""


def parcel(workspace: Workspace, *, since: Iterable[str] | None, full: bool) -> Parcel:
    """What the receiver lacks; ``since`` None: what they are known to have is left out."""
    with file.understood(workspace.path):
        journal = workspace.journal
        past = peers.Past(journal)
        there = _there(journal, past, since, full=full)
        new = past.parents.keys() - there
        few = len(new) < len(past.parents) / 2
        sets = pick(journal, new) if few else journal.change_sets(there)
        here = set(workspace.journal.connection.execute(sa.select(tables.blob.c.sha256)).scalars())
        return Parcel(
            tuple(sets),
            past.newest(there),
            journal.newest(),
            tuple(sorted(_named(sets, "plan", ("guideline_sha256", "nomenclature")) & here)),
            tuple(sorted(_evidence(journal, past, sets, full=full) & here)),
        )


def _there(journal: Journal, past: peers.Past, since: Iterable[str] | None, *, full: bool) -> set[str]:
    if full:
        return set()
    return peers.known_there(journal, past) if since is None else past.until(since)


def _named(sets: Iterable[ChangeSet], table: str, fields: tuple[str, ...]) -> set[str]:
    """The hashes that edits of a table write into some fields."""
    found: set[str] = set()
    for change_set in sets:
        for e in change_set.edits:
            if e.table == table and (table != "plan" or e.row == PLAN_ROW):
                said = e.value if e.kind == "I" and isinstance(e.value, dict) else {e.field: e.value}
                found |= {str(said[name]) for name in fields if said.get(name)}
    return found


def _evidence(journal: Journal, past: peers.Past, sets: Iterable[ChangeSet], *, full: bool) -> set[str]:
    """Files of what is sent; of a copy made for somebody also those of everything written in it.

    Its giver may have got the words before and still wait for the photos, but not for their own.
    """
    whom = handouts.made_for(journal)
    if whom is None or full:
        return _named(sets, "evidence", ("sha256",))
    before = past.until(whom.heads)
    ours, giver = _written_here(journal, before)
    since = [each for each in pick(journal, past.parents.keys() - before) if each.replica in ours]
    return _named([*(each for each in sets if each.replica != giver), *since], "evidence", ("sha256",))


def _written_here(journal: Journal, before: set[str]) -> tuple[set[str], str]:
    """This copy and the copies made of it, by id, and the copy it was made of itself."""
    found = journal.connection.execute(sa.select(tables.replica.c.id, tables.replica.c.parent)).all()
    parents: dict[str, str] = {name: parent or "" for name, parent in found}
    wrote = journal.connection.execute(sa.select(tables.change_set.c.id, tables.change_set.c.replica)).all()
    theirs = {replica for name, replica in wrote if name in before}
    ours, at = set[str](), journal.meta("replica")
    while at and at not in theirs | ours:
        ours.add(at)
        at = parents.get(at, "")
    while more := {name for name, parent in parents.items() if parent in ours} - ours - {at}:
        ours |= more
    return ours, at


def write(workspace: Workspace, target: Path, it: Parcel, *, review: bool, evidence: bool) -> int:
    """Write the file; its size in bytes. Raises FileProblem, TooLarge."""
    with file.understood(workspace.path):
        journal = workspace.journal
        operations = sum(len(each.edits) for each in it.change_sets)
        whom = handouts.made_for(journal) or MadeFor()
        sender = Sender(
            workspace.author.name,
            workspace.author.role or whom.role,
            whom.agency,
            whom.person,
            whom.handout,
            journal.meta("replica"),
        )
        along = sorted({*it.needed, *(it.evidence if evidence else ())})
        counts = {"change_sets": len(it.change_sets), "operations": operations, "files": len(along)}
        changes_file.write(
            target,
            Manifest(workspace.id, sender, it.since, it.heads, review, counts),
            _replicas(journal, it.change_sets),
            wire.pack(it.change_sets, journal.texts),
            _bytes(workspace, along),
        )
    return target.stat().st_size


def remember(workspace: Workspace, file: str, heads: tuple[str, ...], facts: dict[str, Any]) -> None:
    """Remember that changes were sent: those up to ``heads``, which may or may not arrive."""
    whom = MadeFor(given_by=workspace.author.name)
    facts = {**facts, "sent": list(heads)}
    handing.remember(workspace, whom, kind="changes", file=file, heads=(), facts=facts)


def _bytes(workspace: Workspace, along: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for sha256 in along:
        yield sha256, blobs.read(workspace.journal.connection, sha256)


def _replicas(journal: Journal, sets: Iterable[ChangeSet]) -> list[dict[str, Any]]:
    """The copies that wrote these change sets, and those they were made of."""
    known = {r["id"]: r for r in journal.connection.execute(sa.select(tables.replica)).mappings()}
    wanted, todo = set[str](), {each.replica for each in sets}
    while todo:
        wanted |= todo
        parents = {known[each]["parent"] for each in todo if each in known}
        todo = {each for each in parents if each and each in known} - wanted
    return [dict(known[each]) for each in sorted(wanted) if each in known]


def role_of(workspace: Workspace) -> str:
    """The role in which this copy is worked on: the one it was made for, else the person's own."""
    with file.understood(workspace.path):
        whom = handouts.made_for(workspace.journal)
    return (whom.role if whom is not None else "") or workspace.author.role


def waiting(workspace: Workspace) -> int:
    """How many change sets are not known to be at whoever gets our changes."""
    with file.understood(workspace.path):
        past = peers.Past(workspace.journal)
        return len(past.parents) - len(peers.known_there(workspace.journal, past))


def waiting_evidence(workspace: Workspace) -> tuple[int, int]:
    """How many evidence files belong to what would be sent, and their bytes."""
    found = parcel(workspace, since=None, full=False).evidence
    sizes = sa.select(sa.func.sum(tables.blob.c.size)).where(tables.blob.c.sha256.in_(found))
    return len(found), int(workspace.journal.connection.execute(sizes).scalar() or 0)
