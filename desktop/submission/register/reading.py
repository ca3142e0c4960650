"""What hangs on the packages of a register, read in a few statements.

A register is a file that may come from anybody: each value is looked at before it is believed to be what
ours would be. What no register of ours can hold raises ValueError or TypeError; what can be left out is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa

from desktop.base import Message
from desktop.submission.plainly import plain, plain_message
from desktop.submission.register import tables
from desktop.submission.register.bounds import YEARS
from desktop.submission.register.proofs import proven_files, proven_packages

LONGEST = 100_000
"""Letters of one value; ours are cut long before."""
_HASH = re.compile(r"[0-9a-f]{64}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """One reason, as it is kept."""

    weight: str
    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature, as it is kept; ``document`` is empty for the package."""

    document: str
    role: str
    holder: str
    organisation: str
    issuer: str
    certificate: str
    claimed_at: str
    test: bool
    anchor: str
    timestamped: bool
    asked: bool = True
    """Whether the package asks for it, of this person."""
    stamped_at: str = ""
    """Since when it exists, by the word of a clock that is believed; empty where none says so."""
    latest_at: str = ""
    """The last moment that is known of it: whatever names a file with all of it in it was made later."""

    @property
    def vouches(self) -> bool:
        """As :attr:`desktop.submission.verdict.SignatureReport.vouches`."""
        return self.asked and not self.document


@dataclass(frozen=True, slots=True)
class PlanSums:
    """The plan of a valid package in a few figures; rupiah whole, None where nothing is stated."""

    title: str
    programmes: int
    quick_wins: int
    activities: int
    indicators: int
    indicative: int | None
    ceiling: int | None
    realised: int | None
    readiness: str
    readiness_most: int
    readiness_items: int
    readiness_rated: int
    """A score is the mean of what was rated, be it a single item."""
    evaluation: str
    evaluation_most: int
    evaluation_items: int
    evaluation_rated: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """When something came: by what was read here, by rows from elsewhere, and by which run of ours.

    See :class:`desktop.submission.register.entry.Entry`.
    """

    here: str = ""
    said: str = ""
    run: str = "~"


When: TypeAlias = Callable[[Iterable[Any]], Arrival]


class Read:
    """Everything that hangs on packages, by the hash of each."""

    def __init__(self, connection: sa.Connection) -> None:
        self.packages = {row.sha256: row for row in sound(connection, tables.PACKAGE)}
        self.proven = proven_packages(connection)
        self.reasons = _grouped(connection, tables.REASON, _told)
        self.signers = _grouped(connection, tables.SIGNER, _signer)
        self.plans = {row.sha256: row for row in sound(connection, tables.PLAN)}
        self.arrivals = _arrivals(connection)
        self._sums = _sums(connection)
        scores = sound(connection, tables.SCORE, tables.SCORE.c.section == "")
        self._scores = {(row.sha256, row.kind): row for row in scores}

    def plan(self, sha256: str) -> PlanSums | None:
        """The figures of a package's plan; None where it has none."""
        row = self.plans.get(sha256)
        if row is None:
            return None
        indicative, ceiling, realised = self._sums.get(sha256, (None, None, None))
        return PlanSums(
            plain(row.title), row.programmes, row.quick_wins, row.activities, row.indicators,
            indicative, ceiling, realised,
            *self._score(sha256, "readiness"), *self._score(sha256, "evaluation"),
        )  # fmt: skip

    def _score(self, sha256: str, kind: str) -> tuple[str, int, int, int]:
        """The mean, the highest it may be, how many items there are, and how many it is the mean of."""
        row = self._scores.get((sha256, kind))
        return ("", 0, 0, 0) if row is None else (plain(row.mean), row.most, row.items, row.rated)


def sound(connection: sa.Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> Iterator[Any]:
    """The rows of a table in order, each value of its column's kind: SQLite itself keeps anything anywhere.

    Raises TypeError, ValueError.
    """
    kinds = [(one.name, str if isinstance(one.type, sa.Text) else int, one.nullable) for one in table.c]
    hashed = "sha256" in table.c
    for row in connection.execute(sa.select(table).where(*where).order_by(*table.primary_key)):
        for (name, kind, nullable), value in zip(kinds, row, strict=True):
            if not isinstance(value, kind) and not (nullable and value is None):
                raise TypeError(f"{table.name}.{name}")
            if isinstance(value, str) and len(value) > LONGEST:
                raise ValueError(f"{table.name}.{name}")
        # it becomes part of the names of files
        if hashed and row.sha256 and not _HASH.fullmatch(row.sha256):
            raise ValueError(f"{table.name}.sha256")
        yield row


def moment(text: str) -> str:
    """A time as it is kept, in UTC; an empty text where it is none."""
    try:
        found = dt.datetime.fromisoformat(text) if text else None
        if found is None or found.tzinfo is None or found.year not in YEARS[1:-1]:
            return ""
        return found.astimezone(dt.UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


def hashed(text: str) -> str:
    """A SHA-256 as it is kept; an empty text where it is none."""
    return text if _HASH.fullmatch(text) else ""


def _grouped(connection: sa.Connection, table: sa.Table, made: Callable[[Any], T]) -> dict[str, list[T]]:
    out: dict[str, list[T]] = {}
    for row in sound(connection, table):
        out.setdefault(row.sha256, []).append(made(row))
    return out


def _told(row: Any) -> Told:
    message = plain_message(Message.from_text(row.message))
    if plain(message.id) != message.id:
        raise ValueError("reason.message")
    return Told(plain(row.weight), plain(row.code), message)


def _signer(row: Any) -> Signer:
    return Signer(
        document=plain(row.document),
        role=plain(row.role),
        holder=plain(row.holder),
        organisation=plain(row.organisation),
        issuer=plain(row.issuer),
        certificate=plain(row.certificate),
        claimed_at=moment(row.claimed_at),
        test=bool(row.test),
        anchor=plain(row.anchor),
        timestamped=bool(row.timestamped),
        asked=bool(row.asked),
        stamped_at=moment(row.stamped_at),
        latest_at=moment(row.latest_at),
    )


def _arrivals(connection: sa.Connection) -> dict[str, Arrival]:
    """Of each content when it came, wherever it lay then: a file that is moved comes no second time."""
    rows: dict[str, list[Any]] = {}
    for row in sound(connection, tables.FILE):
        if row.sha256:
            rows.setdefault(row.sha256, []).append(row)
    is_proven = proven_files(connection)
    return {sha256: _arrival_of(each, is_proven) for sha256, each in rows.items()}


def told_when(rows: Iterable[Any], is_read_here: Callable[[Any], bool]) -> When:
    """What says when files came that rows are about: of each content in its place there may be more rows."""
    same: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        same.setdefault((row.path, row.sha256), []).append(row)

    def when(files: Iterable[Any]) -> Arrival:
        return _arrival_of((each for one in files for each in same[one.path, one.sha256]), is_read_here)

    return when


def _arrival_of(rows: Iterable[Any], is_read_here: Callable[[Any], bool]) -> Arrival:
    """When one thing came, by the rows of files that are about it."""
    here, said, came = set[str](), set[str](), set[str]()
    for row in rows:
        own = is_read_here(row)
        (here if own else said).update({moment(row.first_seen)} - {""})
        came |= {f"{row.first_run:020d}"} if own else set()
    first, other = min(here, default=""), min(said, default="")
    return Arrival(first, other if other < (first or "~") else "", min(came, default="~"))


def _sums(connection: sa.Connection) -> dict[str, tuple[int | None, ...]]:
    """Each package's amounts together; SQLite itself would give up on what it cannot count.

    What a plan costs is what its programmes cost, as its documents print it: some have no lines by year.
    """
    out: dict[str, tuple[int | None, ...]] = {}
    costs = ((row.sha256, (row.total_budget, None, None)) for row in sound(connection, tables.PROGRAMME))
    lines = ((row.sha256, (None, row.ceiling, row.realised)) for row in sound(connection, tables.BUDGET))
    for sha256, stated in chain(costs, lines):
        before = out.get(sha256, (None, None, None))
        out[sha256] = tuple(_plus(each, more) for each, more in zip(before, stated, strict=True))
    return out


def _plus(before: int | None, more: int | None) -> int | None:
    return before if more is None else (before or 0) + more


def problems(rows: Iterable[Any]) -> list[Message]:
    """What was in the way of reading files."""
    return [plain_message(Message.from_text(each.problem)) for each in rows if each.problem]
