"""Bring a colleague's work back: union of change sets, touched rows recomputed, and a report.

The preview is the same code in a transaction that is rolled back, so what it shows is what happens.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from desktop.workspace import (
    admission,
    blobs,
    handing,
    handouts,
    merge_report,
    projection,
    reading,
    reviewing,
    tables,
)
from desktop.workspace.errors import (
    ForgedChanges,
    IncompleteChanges,
    MissingGuideline,
    OtherWorkspace,
    UnknownRow,
)
from desktop.workspace.incoming import Incoming, attachments, whole
from desktop.workspace.journal import ChangeSet, Journal
from desktop.workspace.merge import RowOps
from desktop.workspace.merge_report import FileReport, MergeReport, Picture
from desktop.workspace.registers import TABLES


def merge(journal: Journal, incoming: Incoming) -> MergeReport:
    """Unite; the caller owns the transaction and the gate, and rolls back for a preview.

    Raises OtherWorkspace, ForgedChanges, DamagedChanges, IncompleteChanges, TooManyChanges, FileTooNew,
    MissingGuideline, NotAReview.
    """
    found = Uniting(journal)
    return found.report((found.take(incoming),))


class Uniting:
    """One or several files united with a journal; remembers how it stood before the first of them.

    Without ``evidence`` its files stay where they are: their bytes decide nothing.
    """

    def __init__(self, journal: Journal, *, evidence: bool = True) -> None:
        self._journal, self._evidence = journal, evidence
        self._before: Picture = {}
        self._conflicts = self._open = set(projection.open_conflicts(journal.connection))
        self._new: set[str] = set()

    def take(self, incoming: Incoming) -> FileReport:
        """Unite with one file. After an error nothing of it may stay: the caller rolls back."""
        journal, name = self._journal, incoming.path.name
        if incoming.workspace != journal.meta("workspace"):
            raise OtherWorkspace(name)
        new = _admitted(journal, incoming)
        _judge(journal, incoming, new)
        touched = {(e.table, e.row) for c in new for e in c.edits if e.table in TABLES}
        fresh = projection.reach(journal.connection, touched) - self._before.keys()
        self._before |= merge_report.picture(journal.connection, fresh)
        if new:
            self._store(incoming, new, touched)
        files, damaged = _take_blobs(journal, incoming, evidence=self._evidence)
        _check_guideline(journal, name)
        self._new |= {c.id for c in new}
        now_open = set(projection.open_conflicts(journal.connection))
        conflicts, self._open = len(now_open - self._open), now_open
        walls = sorted(c.wall for c in new)
        return FileReport(
            file=name,
            sender=incoming.sender,
            review=incoming.review,
            change_sets=len(new),
            authors=tuple(sorted({c.author for c in new})),
            first=walls[0] if walls else "",
            last=walls[-1] if walls else "",
            touched=frozenset(touched),
            conflicts=conflicts,
            files=files,
            damaged=damaged,
            vouched=incoming.vouched,
        )

    def _store(self, incoming: Incoming, new: list[ChangeSet], touched: set[tuple[str, str]]) -> None:
        journal, name = self._journal, incoming.path.name
        _add_replicas(journal.connection, incoming)
        journal.receive(new)
        try:
            brought_back = projection.project(journal, touched)
        except UnknownRow as error:  # something refers to what nobody ever made
            raise ForgedChanges(name) from error
        self._before = {key: {} for key in brought_back} | self._before
        if not reading.stands(journal) or not _stand_under_their_keys(journal, touched):
            raise ForgedChanges(name)

    def report(self, per_file: tuple[FileReport, ...]) -> MergeReport:
        """What all of them did together."""
        connection = self._journal.connection
        after = merge_report.picture(connection, set(self._before))
        now_open = projection.open_conflicts(connection)
        firsts = sorted(each.first for each in per_file if each.first)
        lasts = sorted(each.last for each in per_file if each.last)
        return MergeReport(
            change_sets=len(self._new),
            authors=tuple(sorted({name for each in per_file for name in each.authors})),
            first=firsts[0] if firsts else "",
            last=lasts[-1] if lasts else "",
            rows=tuple(merge_report.differences(self._before, after)),
            new_conflicts=tuple(c for c in now_open if c not in self._conflicts),
            open_conflicts=len(now_open),
            files=sum(each.files for each in per_file),
            merged=tuple(merge_report.merged(self._journal, self._before, after, self._new)),
            per_file=per_file,
        )


def _stand_under_their_keys(journal: Journal, touched: Iterable[tuple[str, str]]) -> bool:
    """Whether rows that have a key are called by it: else one answer might hide another, or wander.

    By what the journal says: a row may be shown without its key where what that names was deleted.
    """
    keyed = [key for key in touched if TABLES[key[0]].natural]
    for (table, row), ops in journal.load(keyed).items():
        spec, history = TABLES[table], RowOps(table, row, ops)
        # each side of what was filled differently, for any of them may stand there one day
        heads = {name: [op for op in history.heads(name) if op.kind != "D"] for name in spec.natural}
        said = {name: [history.value(op, name) for op in ops] for name, ops in heads.items()}
        key = {name: values[0] for name, values in said.items() if values}
        differ = any(str(each or "") != str(key[name] or "") for name, all_ in said.items() for each in all_)
        if len(key) == len(spec.natural) and not differ and spec.identify(dict(key)) == row:
            continue
        found = history.resolve()
        if found.live and (differ or spec.identify(dict(found.values)) != row):
            return False
    return True


def _admitted(journal: Journal, incoming: Incoming) -> list[ChangeSet]:
    try:
        return admission.admit(journal, incoming.unpacked(journal), incoming.path.name)
    except IncompleteChanges as error:
        raise IncompleteChanges(incoming.path.name, incoming.sender.called) from error


def _judge(journal: Journal, incoming: Incoming, new: list[ChangeSet]) -> None:
    """What comes from a reviewer is held to what a review may hold. Raises NotAReview.

    For whom the copy was made our own file knows best, where it was given from here.
    """
    sender = incoming.sender
    given = {each.id: each.role for each in handouts.handouts(journal)}.get(sender.handout, "")
    role = given or sender.role or ("mentor" if incoming.review else "")
    beyond = reviewing.judge(journal, new, role=role, replicas={sender.replica} if sender.replica else ())
    if beyond:
        raise reviewing.NotAReview(incoming.path.name, beyond)


def _add_replicas(connection: sa.Connection, incoming: Incoming) -> None:
    known = set(connection.execute(sa.select(tables.replica.c.id)).scalars())
    texts = [column.name for column in tables.replica.columns if not column.nullable]
    fresh = {
        record["id"]: record
        for record in incoming.replicas
        if record["id"] not in known and all(isinstance(record[name], str) for name in texts)
    }
    if fresh:
        connection.execute(tables.replica.insert(), list(fresh.values()))


def _take_blobs(
    journal: Journal, incoming: Incoming, *, evidence: bool = True
) -> tuple[int, tuple[str, ...]]:
    """Bytes are not journaled: what is missing here and there in the other file is copied by hash.

    Guidelines of before a move come along too: what they asked is shown with their own words. What is
    damaged stays missing, and is told by its caption.
    """
    connection = journal.connection
    here = set(connection.execute(sa.select(tables.blob.c.sha256)).scalars())
    wanted = handing.needed_blobs(journal)
    if evidence:
        named = sa.select(tables.rows["evidence"].c.sha256)
        wanted |= {str(each) for each in connection.execute(named).scalars() if each}
    taken, damaged = 0, list[str]()
    if not wanted - here:
        return 0, ()
    with attachments(incoming) as other:
        for sha256 in sorted(each for each in wanted - here if other.has(each)):
            data = other.read(sha256)
            if data is None or not whole(data, sha256):
                damaged.append(sha256)
                continue
            blobs.store(connection, data, sha256)
            taken += 1
    return taken, tuple(_caption(connection, each) for each in damaged)


def _caption(connection: sa.Connection, sha256: str) -> str:
    evidence = tables.rows["evidence"]
    found = connection.execute(
        sa.select(evidence.c.caption, evidence.c.name)
        .where(evidence.c.sha256 == sha256)
        .order_by(evidence.c.id)
    ).first()
    captions = json.loads(found.caption or "{}") if found is not None else {}
    named = next((text for text in captions.values() if isinstance(text, str) and text.strip()), "")
    return named or (str(found.name or "") if found is not None else "") or sha256[:12]


def _check_guideline(journal: Journal, name: str) -> None:
    """A plan whose guideline is not in the file could not be opened any more."""
    plan = tables.rows["plan"]
    pinned = journal.connection.execute(sa.select(plan.c.guideline_sha256)).scalar()
    if not blobs.present(journal.connection, str(pinned or "")):
        raise MissingGuideline(name)
