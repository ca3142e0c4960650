"""What a review may hold: remarks, suggestions, scores and visits of the reviewer's own, and nothing else.

A reviewer (mentor, assessor, ministry) reads the plan and writes beside it. That is kept twice: a
reviewer's copy refuses every other change, and a file that comes back from a reviewer is judged again
before anything of it is taken in, whoever made it and with whatever program.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from desktop.base import Message, RancangError
from desktop.base.canonical import Json
from desktop.workspace import tables
from desktop.workspace.handouts import made_for
from desktop.workspace.profile import device
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.workspace.author import Author
    from desktop.workspace.journal import ChangeSet, Edit, Journal
    from desktop.workspace.merge import Op
    from desktop.workspace.store import Workspace


SCORES: Mapping[str, tuple[str, ...]] = {
    "mentor": ("mentor",),
    "assessor": ("assessor", "evaluator"),
    "evaluator": ("assessor", "evaluator"),
    "ministry": ("assessor", "evaluator"),
}
"""Whose scores (``score.by``) a reviewer of a role writes."""
REVIEWERS = tuple(SCORES)
"""The roles that read the plan and write beside it."""
REVIEW_TABLES = ("comment", "suggestion", "score", "meeting", "attendance", "session_output")
"""The tables in which a review may say anything at all; which registers of which rows, each says below."""
KINDS = ("edit", "undo", "redo", "resolve")
"""How a reviewer's change comes about; importing and moving to another guideline are not among it."""
_ANSWERED = ("state", "answer", "answered_by", "answered_at")
"""What becomes of a suggestion: its owner says so."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """One change that goes beyond a review: whose it is, and what it touches."""

    author: str
    role: str
    table: str
    row: str
    field: str
    """The register, or empty where a whole row is added or deleted."""
    kind: str


class ReviewOnly(RancangError):
    """A reviewer's copy is to be read and remarked on; the plan itself is not changed in it."""

    def __init__(self) -> None:
        super().__init__(Message("workspace.error.review_only"))


class NotAReview(RancangError):
    """A file that came from a reviewer changes the plan itself; nothing of it is taken in."""

    def __init__(self, file: str, beyond: Sequence[Beyond]) -> None:
        by = ", ".join(dict.fromkeys(each.author for each in beyond)) or "?"
        super().__init__(Message("workspace.error.not_a_review", file=file, by=by, n=len(beyond)))
        self.beyond = tuple(beyond)


class _Maker(NamedTuple):
    """Who added a row, and which one it is a part of or was scored by."""

    role: str
    author: str
    stated: Mapping[str, Json]
    alone: bool = True
    """Whether nobody else wrote anything in it since."""


def reviewer_here(journal: Journal, author: Author) -> str:
    """The reviewer's role in which this copy is worked on: the one it was made for, else the author's own.

    The giver, who looks into a copy before it goes, stays who they are.
    """
    whom = made_for(journal)
    given = whom is not None and whom.role in SCORES and whom.given_on != device()
    held = whom.role if whom is not None and given else author.role
    return held if held in SCORES else ""


def as_here(journal: Journal, author: Author) -> Author:
    """The author as this copy knows them: in one made for a reviewer everybody writes as a reviewer."""
    role = reviewer_here(journal, author)
    return replace(author, role=role) if role else author


def made_for_role(workspace: Workspace) -> str:
    """The role a copy was made for, or empty: whoever opens it has that role in it, except the giver."""
    whom = made_for(workspace.journal)
    return whom.role if whom is not None and whom.given_on != device() else ""


def own_rows(workspace: Workspace, table: str, author: Author) -> frozenset[str]:
    """The rows of a table that this reviewer added, and may therefore change."""
    journal = workspace.journal
    ids = journal.connection.execute(sa.select(tables.rows[table].c.id)).scalars()
    found = _makers(journal, [(table, row) for row in ids])
    return frozenset(
        row for (_, row), maker in found.items() if maker.author == author.name and maker.role in SCORES
    )


def guard(journal: Journal, edits: Sequence[Edit], kind: str, author: Author) -> Author:
    """Whoever reviews writes a review; asked before a change set is written. Raises ReviewOnly.

    Returns the author as the change set is to name them.
    """
    author = as_here(journal, author)
    if author.role not in SCORES or not journal.newest():  # the first change makes a document of one's own
        return author
    rows = _Rows(journal, ((author.role, author.name, edit) for edit in edits))
    if kind not in KINDS or any(not rows.allows(author.role, author.name, edit) for edit in edits):
        raise ReviewOnly
    return author


def judge(
    journal: Journal, change_sets: Iterable[ChangeSet], *, role: str = "", replicas: Collection[str] = ()
) -> list[Beyond]:
    """What in these change sets goes beyond a review; empty when a reviewer may have written all of it.

    Judged are those that a reviewer wrote by their own word, and those of ``replicas``: copies known to
    have been made for a reviewer of this ``role``, whatever they claim. Others' work may travel in the
    same file and is none of a review's business. Nothing of them has to be in the journal yet.
    """
    held_by = [
        (each, role if each.role not in SCORES and each.replica in replicas else each.role)
        for each in sorted(change_sets, key=lambda one: (one.lamport, one.id))
    ]
    chosen = [(each, held) for each, held in held_by if held in SCORES]
    if not chosen:
        return []
    rows = _Rows(journal, ((held, each.author, edit) for each, held in held_by for edit in each.edits))
    return [
        Beyond(each.author, held, edit.table, edit.row, edit.field, edit.kind)
        for each, held in chosen
        for edit in each.edits
        if each.kind not in KINDS or not rows.allows(held, each.author, edit)
    ]


class _Rows:
    """The rows that some edits touch: who made them, and whether what they refer to is there."""

    def __init__(self, journal: Journal, edits: Iterable[tuple[str, str, Edit]]) -> None:
        self._connection = journal.connection
        found = list(edits)
        named = {(edit.table, edit.row) for _, _, edit in found if edit.table in REVIEW_TABLES}
        named |= {
            ("meeting", meeting)
            for _, _, edit in found
            if isinstance(meeting := _value(edit, "meeting"), str) and edit.table == "attendance"
        }
        self._makers = _makers(journal, named)
        # an attendance that is only changed names its meeting where it was added
        more = {("meeting", str(maker.stated.get("meeting"))) for maker in self._makers.values()} - named
        self._makers |= _makers(journal, more)
        for role, author, edit in found:
            key = edit.table, edit.row
            if edit.kind == "I" and isinstance(edit.value, dict):
                self._makers.setdefault(key, _Maker(role, author, edit.value))
            maker = self._makers.get(key)
            if maker is not None and (maker.role, maker.author) != (role, author):
                self._makers[key] = maker._replace(alone=False)

    def allows(self, role: str, author: str, edit: Edit) -> bool:
        """Whether a reviewer of this role and name may write this."""
        if edit.table not in REVIEW_TABLES or not self._refers_well(edit):
            return False
        maker = self._makers.get((edit.table, edit.row))
        own = maker is not None and maker.author == author and maker.role in SCORES
        match edit.table:
            case "score":
                return maker is not None and _may_score(role, edit, maker)
            case "session_output":
                # the mentor signs what the region hands in; the rest of the line is the region's
                fresh = own and edit.kind == "I" and _value(edit, "state") in (None, "open")
                kept = {"session", "output", "state"} if fresh else set()
                signs = (fresh or edit.kind == "U") and set(_fields(edit)) <= {"signed_by"} | kept
                alone = own and edit.kind == "D" and maker is not None and maker.alone
                return role == "mentor" and (signs or alone)
            case "comment":
                # others' remarks may be said to be answered; settling them is for who asked
                says = edit.kind == "U" and edit.field == "state" and edit.value in ("answered", "open")
                return own or says
            case "suggestion":
                answers = edit.kind == "U" and edit.field in _ANSWERED
                fresh = all(_value(edit, name) in (None, "", "open") for name in _ANSWERED)
                return own and fresh and not answers
            case "meeting":
                return own and _value(edit, "kind", "visit") == "visit"
            case _:
                return own and self._visit_of(author, edit, maker)

    def _visit_of(self, author: str, edit: Edit, maker: _Maker | None) -> bool:
        """Whether an attendance belongs to a visit of the same reviewer, and stays there."""
        stated = maker.stated.get("meeting") if maker is not None else None
        for meeting in {str(stated), str(_value(edit, "meeting", stated))}:
            visit = self._makers.get(("meeting", meeting))
            if visit is None or visit.author != author or visit.role not in SCORES:
                return False
        return True

    def _refers_well(self, edit: Edit) -> bool:
        """A remark that names what was deleted meanwhile would bring it back, and with it change the plan."""
        for register in TABLES[edit.table].registers:
            target, wanted = register.references, _value(edit, register.name)
            if target and wanted and target not in REVIEW_TABLES:
                there = sa.select(tables.rows[target].c.id).where(tables.rows[target].c.id == wanted)
                if not isinstance(wanted, str) or self._connection.execute(there).first() is None:
                    return False
        return True


def _may_score(role: str, edit: Edit, maker: _Maker) -> bool:
    """A score is somebody's by its key, and its id says which key; nobody writes another's."""
    natural = TABLES["score"].identify(dict(maker.stated)) == edit.row
    same = edit.kind != "I" or _value(edit, "by") == maker.stated.get("by")
    return natural and same and maker.stated.get("by") in SCORES[role] and _plainly(edit)


def _plainly(edit: Edit) -> bool:
    """The key of a score is never written anew."""
    return edit.kind != "U" or edit.field not in TABLES["score"].natural


def _fields(edit: Edit) -> list[str]:
    """The registers an edit states; a deletion touches all of them."""
    if edit.kind == "I" and isinstance(edit.value, dict):
        return [name for name, value in edit.value.items() if value is not None]
    return [edit.field] if edit.kind == "U" else ["*"]


def _value(edit: Edit, name: str, otherwise: Json = None) -> Json:
    """What an edit states for a register, if it states anything."""
    if edit.kind == "I" and isinstance(edit.value, dict):
        return edit.value.get(name, otherwise)
    return edit.value if edit.kind == "U" and edit.field == name else otherwise


def _makers(journal: Journal, rows: Collection[tuple[str, str]]) -> dict[tuple[str, str], _Maker]:
    """Who added these rows first, by the journal, with what was stated of them then."""
    found: dict[tuple[str, str], tuple[Op, set[str]]] = {}
    for key, ops in journal.load(rows).items():
        added = min((op for op in ops if op.kind == "I"), key=lambda op: op.order, default=None)
        if added is not None:
            found[key] = added, {op.change_set for op in ops}
    sets, wanted = tables.change_set.c, {each for _, names in found.values() for each in names}
    query = sa.select(sets.id, sets.role, sets.author).where(tables.among(sets.id, wanted))
    writers = {r.id: (r.role, r.author) for r in journal.connection.execute(query)}
    return {
        key: _Maker(
            *writers[op.change_set],
            op.value if isinstance(op.value, dict) else {},
            alone=len({writers[name] for name in names}) == 1,
        )
        for key, (op, names) in found.items()
    }
