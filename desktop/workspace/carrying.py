"""What was sealed of a document is known to each of its files on this computer.

A file knows the union of its own log, of those in the document's backups here, and of the file that it
replaces: an older copy that does not know what was handed in would call the next package the first, and every
signer is told so. Where nobody can say what was sealed (the file that was replaced is gone, damaged, another
document's, or holds what cannot be read), that is written down too: then a person is asked.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from desktop.base.canonical import Json, canonical_text
from desktop.base.errors import RancangError
from desktop.workspace import backup, file, handouts, parcels, remembered, tables
from desktop.workspace.journal import Journal

if TYPE_CHECKING:
    from desktop.workspace.contents import Contents

_LONGEST = 10_000
"""Characters of a text in the log; what a program of ours writes is far shorter."""
_HEADS = 64
"""Heads of one state; a plan that is worked on has few."""
_ROW = ("file", "at", "by", "counts", "backup", "facts")

Record: TypeAlias = Mapping[str, str]
Facts: TypeAlias = Mapping[str, Any] | None

NOBODY_KNOWS: Record = dict.fromkeys(_ROW, "") | {"counts": "{}", "facts": canonical_text({"unknown": True})}
"""What is written down where nobody can say what was sealed."""


def news_of(journal: Journal, other: Path | None) -> list[Record] | None:
    """What another file of this document knows besides; None where it cannot tell.

    The file may be anybody's: what is not as a program of ours writes it is :data:`NOBODY_KNOWS`.
    """
    if other is None:
        return None
    texts = " AND ".join(f"typeof({one}) = 'text' AND length({one}) <= {_LONGEST}" for one in _ROW)
    parts = ", ".join(f"substr({one}, 1, {_LONGEST})" for one in _ROW)
    try:
        with file.peeked(other) as connection:
            own = connection.execute("SELECT value FROM sync_meta WHERE key = 'workspace'").fetchone()
            if own != (journal.meta("workspace"),):
                return None
            found = connection.execute(
                f"SELECT {parts}, {texts} FROM sync_package_log"  # noqa: S608 - names of ours
                " WHERE direction = 'sealed' ORDER BY no DESC LIMIT ?",
                (parcels.REMEMBERED,),
            ).fetchall()
            pairs = [_read(row) for row in reversed(found)]
            known = _known(journal)
            fresh = [pair for pair in pairs if _key(*pair) not in known]
            if not fresh:
                return []
            changes = connection.execute("SELECT no, id, parents FROM sync_txn ORDER BY no").fetchall()
            return _told(fresh, changes)
    except (sqlite3.Error, RancangError, ValueError, TypeError, RecursionError):
        return None


def news_of_backups(journal: Journal) -> list[Record]:
    """What the backups on this computer know besides: of each copy the newest that can tell.

    Not for a copy that was made for somebody: what the giver locked is nobody else's.
    """
    told: dict[tuple[str, ...], Record] = {}
    with contextlib.suppress(RancangError, OSError):
        if handouts.made_for(journal) is None:
            read = set[str]()
            for saved in backup.listed(journal.meta("workspace")):
                found = news_of(journal, saved.path) if saved.copy not in read else None
                if found is not None:
                    read.add(saved.copy)
                    told = {_key(*_read((*each.values(), 1))): each for each in found} | told
    return list(told.values())


def was_locked_elsewhere(workspace: Contents) -> bool:
    """Whether this computer knows that a document was sealed, or nobody can say, where its file does not.

    For one that is only read, in which nothing can be written down.
    """
    older = remembered.older_than_remembered(workspace)
    return bool((older is not None and not older.whole) or news_of_backups(workspace.journal))


def write(journal: Journal, records: Iterable[Record] | None) -> None:
    """Write down what is new here; None: that nobody can say."""
    known = _known(journal)
    for each in (NOBODY_KNOWS,) if records is None else records:
        key = _key(*_read((*each.values(), 1)))
        if key not in known:
            known.add(key)
            journal.connection.execute(tables.package_log.insert().values(direction="sealed", **each))


def _known(journal: Journal) -> set[tuple[str, ...]]:
    log = tables.package_log
    query = sa.select(*(log.c[one] for one in _ROW)).where(log.c.direction == "sealed")
    return {_key(*_read((*row, 1))) for row in journal.connection.execute(query)}


def _read(row: Sequence[Any]) -> tuple[Record, Facts]:
    """A record, and what it says; that is None where it cannot be read, or is that nobody knows."""
    record = dict(zip(_ROW, row, strict=False))
    with contextlib.suppress(ValueError, TypeError, RecursionError):
        facts = json.loads(record["facts"] or "{}")
        if row[-1] and isinstance(facts, dict) and not facts.get("unknown"):
            return record, facts
    return NOBODY_KNOWS, None


def _key(record: Record, facts: Facts) -> tuple[str, ...]:
    """By what one is known again."""
    package = (facts or {}).get("package")
    return record["file"], record["at"], record["by"], package if type(package) is str else ""


def _told(pairs: Iterable[tuple[Record, Facts]], changes: Iterable[Sequence[Any]]) -> list[Record]:
    """Records as they are understood elsewhere: a place in one file says nothing in another."""
    pairs = list(pairs)
    places = {facts["position"] for _, facts in pairs if facts and type(facts.get("position")) is int}
    heads = _heads_at(places, changes)
    return [_carried(record, facts, heads) for record, facts in pairs]


def _carried(record: Record, facts: Mapping[str, Any] | None, heads: Mapping[int, Sequence[str]]) -> Record:
    if facts is None:
        return NOBODY_KNOWS
    kept: dict[str, Json] = {
        name: facts[name] for name in ("package", "path") if type(facts.get(name)) is str
    }
    place, said = facts.get("position"), facts.get("heads")
    if type(place) is int:
        said = heads[place]
    if isinstance(said, list) and len(said) <= _HEADS and all(type(one) is str for one in said):
        kept["heads"] = said
    text = canonical_text(kept)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a letter
        return NOBODY_KNOWS
    return {**record, "facts": text}


def _heads_at(places: Iterable[int], changes: Iterable[Sequence[Any]]) -> dict[int, list[str]]:
    """The change sets that no other named as parent while a file had grown to each of these places."""
    found, heads, left = dict[int, list[str]](), set[str](), sorted(places, reverse=True)
    for no, identity, parents in changes:
        while left and no > left[-1]:
            found[left.pop()] = sorted(heads)
        heads.difference_update(json.loads(parents))
        heads.add(identity)
    return found | dict.fromkeys(left, sorted(heads))
