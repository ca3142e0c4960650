"""What came in and what went out of this copy: files brought back, and packages sealed of it.

The log belongs to the copy, not to the plan: it is no part of the journal and is not merged.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PureWindowsPath
from typing import Any

import sqlalchemy as sa

from desktop.base import clock
from desktop.base.canonical import canonical_text
from desktop.base.places import names_of
from desktop.workspace import sealed_here, tables
from desktop.workspace.journal import Journal

TALK = ("comment", "deadline", "duty", "initial", "suggestion")
"""Tables of which nothing is in a package; it is as good as before when only these have changed."""

REMEMBERED = 4000
"""Sealings of one document that are asked about a place."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was brought back: when, by whom, and how much came along."""

    at: dt.datetime
    file: str
    by: str
    change_sets: int
    rows: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class SealedPackage:
    """A package sealed of this document; ``changes`` counts what was written since that belongs into one."""

    path: Path
    id: str
    at: dt.datetime
    by: str
    changes: int | None
    """None where that cannot be known: the plan lacks something of what was sealed, or nobody noted it."""

    @property
    def outdated(self) -> bool:
        """Whether the plan says something else by now, as far as that is known."""
        return self.changes != 0


def arrivals(journal: Journal, limit: int) -> list[Arrival]:
    """The files brought back, newest first; a record that cannot be read is left out."""
    found = []
    for record in _records(journal, "in", limit):
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            counts = _object(record.counts)
            numbers = (int(counts.get(name, 0)) for name in ("change_sets", "rows", "conflicts"))
            found.append(Arrival(_moment(record.at), record.file, record.by, *numbers))
    return found


@dataclass(frozen=True, slots=True)
class News:
    """What somebody else wrote that arrived here, or what was imported: who, how many changes, how new."""

    author: str
    role: str
    imported: bool
    changes: int
    at: dt.datetime


def news(journal: Journal, since: int) -> list[News]:
    """What came in after a position, by whom; the newest first."""
    change_set = tables.change_set
    arrived = journal.arrived_since(since)
    query = (
        sa.select(
            change_set.c.id, change_set.c.author, change_set.c.role, change_set.c.kind, change_set.c.wall
        )
        .where(change_set.c.no > since)
        .order_by(change_set.c.no)
    )
    found: dict[tuple[str, bool], News] = {}
    for record in journal.connection.execute(query):
        imported = record.kind == "import" and record.id not in arrived
        if imported or record.id in arrived:
            key = (record.author, imported)
            before = found[key].changes if key in found else 0
            found[key] = News(record.author, record.role, imported, before + 1, _moment(record.wall))
    return sorted(found.values(), key=lambda each: each.at, reverse=True)


def packages(journal: Journal, workspace: Path, limit: int) -> list[SealedPackage]:
    """The packages sealed, newest first, each place once, in whatever words it was named.

    A place is what was written down, of which no link was part then: who may write in a folder could lay one
    there, and take another place out of the list. The newest that this computer remembers is always there,
    whatever others wrote into the log of the file.
    """
    found: list[tuple[_Sealing, dt.datetime]] = []
    folder, known = os.path.realpath(workspace.parent), dict[str, list[Path]]()
    for each in _sealings(journal, workspace):
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            words = Path(folder, str(each.facts.get("path") or each.path))
            place = Path(os.path.normcase(os.path.normpath(words)))
            alike = known.get(str(place).casefold(), [])
            if each.apart or any(_is_one(place, other) for other in alike):
                continue
            found.append((each, _moment(each.at)))
            known[str(place).casefold()] = [*alike, place]
    since = _Since(journal)
    # a clock may have been wrong: the last one at a place is so whatever it said, only the list goes by it
    found.sort(key=lambda pair: pair[1], reverse=True)
    own = next((pair for pair in found if pair[0].here), None)
    newest = found[:limit]
    if own is not None and own not in newest:
        newest[-1:] = [own]
    return [SealedPackage(each.path, each.id, at, each.by, since.sealed(each.facts)) for each, at in newest]


def _is_one(place: Path, other: Path) -> bool:
    """Whether places that differ by case at most are one, as the drive has it: no folder holds both names."""
    if place == other:
        return True
    try:
        return place.samefile(other) and not any(
            one.name != another.name
            and {one.name, another.name} <= {each.name for each in one.parent.iterdir()}
            for one, another in zip((place, *place.parents), (other, *other.parents), strict=True)
        )
    except (OSError, ValueError):
        return False


def locked_at(journal: Journal, workspace: Path, package: Path) -> frozenset[str]:
    """The ids of what was sealed last at a place: by its name, and by whatever way somebody came to it.

    They are one, but where a link of that name leads to another package by now, or where this computer
    remembers another one than the file, which may be anybody's by now: a person is asked then. The place is
    the person's own choice. What is remembered of another computer is held against it as words, and is not
    looked at. An older record of it in other words says nothing: anybody who had the document before can have
    written that.
    """
    called = {package, Path(os.path.realpath(package.parent), package.name)}
    names, here = {*called, Path(os.path.realpath(package))}, names_of(package)

    def last(sealings: list[_Sealing]) -> frozenset[str]:
        found = list[str]()
        for each in sealings:
            if each.path in called:
                found.append(each.id)
                break
            alike = each.path in names or (not each.apart and not here.isdisjoint(names_of(each.path)))
            if alike and not found:
                found.append(each.id)
        return frozenset(found)

    # out of whatever file of the document: a link, or another name of it, may lie in its place by now
    remembered = _remembered(sealed_here.everywhere(journal))
    by_computer, by_file = last(remembered), last(_logged(journal, workspace))
    # an older state of the file knows one that was sealed here before
    return by_computer | (by_file - {each.id for each in remembered}) if by_computer else by_file


@dataclass(frozen=True, slots=True)
class _Sealing:
    """One that is known here."""

    path: Path
    id: str
    at: str
    by: str
    facts: Mapping[str, Any]
    apart: bool = False
    """Whether its place is on another computer than the workspace."""
    here: bool = False
    """Whether this computer remembers it."""


def _sealings(journal: Journal, workspace: Path) -> list[_Sealing]:
    """What was sealed out of this file, the last first.

    What its log does not know there and this computer does came later: an older state has taken its place.
    What both know is as this computer knows it: anybody may have written into the log.
    """
    logged = _logged(journal, workspace)
    known = {(each.id, each.path) for each in logged}
    here = {(each.id, each.path): each for each in _remembered(sealed_here.sealings(journal, workspace))}
    besides = [each for place, each in here.items() if place not in known]
    # in whatever words the log has its place
    sure = {each.id: each for each in here.values()}
    return [*besides, *(sure.get(each.id, each) for each in logged)]


def _logged(journal: Journal, workspace: Path) -> list[_Sealing]:
    """What the file's own log says, the last first."""
    own, logged = _own(workspace), list[_Sealing]()
    for record in _records(journal, "sealed", REMEMBERED):
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            facts = _object(record.facts or "{}")
            path, apart = _place(facts, record, workspace, own)
            identity = str(facts.get("package", ""))
            logged.append(_Sealing(path, identity, record.at, record.by, facts, apart))
    return logged


def _remembered(sealings: Iterable[sealed_here.Sealing]) -> list[_Sealing]:
    """What this computer sealed, the last first."""
    return [
        _Sealing(each.package, each.id, each.at, each.by, {"heads": list(each.heads)}, here=True)
        for each in sealings
    ]


def _own(workspace: Path) -> frozenset[str]:
    """This computer, and that on which a workspace lies."""
    folder = workspace.parent
    there = (folder.as_posix(), Path(os.path.realpath(folder)).as_posix())
    return frozenset({"", *map(_computer, there)})


def _place(facts: Mapping[str, Any], record: Any, workspace: Path, own: frozenset[str]) -> tuple[Path, bool]:
    """Where a package was sealed, and whether that is another computer than the workspace's.

    Only to look there tells that computer who looks, and the list may have been written by whoever sent the
    file.
    """
    text, folder = str(facts.get("path") or ""), workspace.parent
    if not text:
        return Path(PureWindowsPath(record.file).name), False
    plain = text.replace("\\", "/")
    there = plain if plain.startswith("/") else f"{folder.as_posix()}/{plain}"
    return folder.joinpath(text), _computer(there) not in own


def _computer(path: str) -> str:
    """The other computer that a path leads to, as far as it says so itself; empty for this one."""
    plain = posixpath.normpath(path).casefold()
    for begins, parts in (("//", 3), ("/net/", 3), ("/network/", 4)):
        if plain.startswith(begins):
            return "/".join(plain.split("/")[:parts])
    return ""


def remember(journal: Journal, workspace: Path, by: str, package: Path, identity: str, position: int) -> None:
    """Write down that a package was sealed; beside the workspace it is found again wherever both go."""
    folder, there = os.path.realpath(workspace.parent), os.path.realpath(package)
    with contextlib.suppress(ValueError):  # another drive: as it is
        relative = os.path.relpath(there, folder)
        there = there if relative.startswith("..") else relative
    facts = {"package": identity, "path": there, "position": position}
    at = clock.now().isoformat()
    sealed_here.note(journal, workspace, (os.path.realpath(package), identity, at, by), position)
    journal.connection.execute(
        tables.package_log.insert().values(
            direction="sealed",
            file=package.name,
            at=at,
            by=by,
            counts="{}",
            backup="",
            facts=canonical_text(facts),
        )
    )


def _records(journal: Journal, direction: str, limit: int) -> list[Any]:
    """The last that was written down first: a clock may have been wrong."""
    log = tables.package_log
    query = sa.select(log).where(log.c.direction == direction)
    return list(journal.connection.execute(query.order_by(log.c.no.desc()).limit(limit)))


class _Since:
    """Change sets that touched what goes into a package, and are here since something was sealed."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def sealed(self, facts: Mapping[str, Any]) -> int | None:
        """How many, by what is noted of it; None where that cannot be known."""
        position, heads = facts.get("position"), facts.get("heads")
        if type(position) is int:
            return self._after(position)
        before = self._up_to(heads) if isinstance(heads, list) and heads else None
        return None if before is None else len(self._content - before)

    def _after(self, position: int) -> int:
        change_set, op = tables.change_set, tables.op
        query = (
            sa.select(sa.func.count(sa.distinct(change_set.c.id)))
            .join(op, op.c.txn == change_set.c.id)
            .where(change_set.c.no > position, op.c.tbl.not_in(TALK))
        )
        return self._journal.connection.execute(query).scalar() or 0

    def _up_to(self, heads: list[Any]) -> set[str] | None:
        """These and what they rest on; None where the document does not hold it all."""
        todo, found = list(heads), set[str]()
        while todo:
            one = todo.pop()
            if type(one) is not str or one not in self._parents:
                return None
            if one not in found:
                found.add(one)
                todo += json.loads(self._parents[one])
        return found

    @cached_property
    def _parents(self) -> dict[str, str]:
        query = sa.select(tables.change_set.c.id, tables.change_set.c.parents)
        return {identity: parents for identity, parents in self._journal.connection.execute(query)}  # noqa: C416 - dict() does not know a Row

    @cached_property
    def _content(self) -> frozenset[str]:
        op = tables.op
        query = sa.select(op.c.txn).where(op.c.tbl.not_in(TALK)).distinct()
        return frozenset(self._journal.connection.execute(query).scalars())


def _object(text: str) -> Mapping[str, Any]:
    """Raises ValueError."""
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise ValueError from error
    return data if isinstance(data, dict) else {}


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
