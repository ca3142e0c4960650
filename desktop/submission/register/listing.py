"""A register as the desk sees it: one entry for each thing handed in, by region, with who follows whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop.base import Message
from desktop.submission.plainly import plain
from desktop.submission.register import tables
from desktop.submission.register.examine import Sort
from desktop.submission.register.file import RegisterUnusable, told
from desktop.submission.register.guessing import guessed_region
from desktop.submission.register.store import DUE, GUIDELINE, REPLACED, VANISHED, Register
from desktop.submission.register.succession import settle
from desktop.submission.verdict import VerdictKind, Weight
from desktop.workspace.regions import regions

UNSIGNED = "unsigned"
"""The result of what is no package: *tidak bertanda tangan, tidak lengkap*."""
ACCEPTED = frozenset({VerdictKind.VALID.value, VerdictKind.VALID_WITH_NOTES.value})


class Basis(StrEnum):
    """How far the region of an entry can be relied on."""

    SIGNED = "signed"
    """The package says so, and its signatures hold."""
    CLAIMED = "claimed"
    """It says so itself, and nobody vouches for it."""
    GUESSED = "guessed"
    """A suggestion from the name of the file or folder."""
    NONE = ""


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
    evaluation: str
    evaluation_most: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was handed in. Times are ISO 8601 in UTC, empty where there is none."""

    id: int
    path: str
    files: int
    sort: Sort
    result: str
    """A verdict, or ``unsigned``."""
    region: str
    region_name: str
    basis: Basis
    sha256: str = ""
    package: str = ""
    previous: str = ""
    created_at: str = ""
    signed_at: str = ""
    fingerprint: str = ""
    """What stands on the printed pages (64 hexadecimal letters), where it can be computed."""
    first_seen: str = ""
    guideline: str = ""
    guideline_version: str = ""
    first_year: int = 0
    last_year: int = 0
    open_mandatory: int | None = None
    late: bool | None = None
    """None when no signature claims a time, or no date was set."""
    reasons: tuple[Told, ...] = ()
    signers: tuple[Signer, ...] = ()
    plan: PlanSums | None = None
    vanished: bool = False
    copies: tuple[str, ...] = ()
    """Other places where the very same package lies."""
    follows: int = 0
    """The entry whose package this one follows; 0 = none, -1 = one that never came in."""
    current: bool = False
    """Whether this is the package that counts for its region."""
    rivals: tuple[int, ...] = ()
    """Other accepted packages of the region, without a word which follows which."""
    doubts: tuple[Message, ...] = ()
    """What is odd about whom it follows; a person has to look at it."""
    kinds: tuple[tuple[str, int], ...] = ()
    """What lies in a folder, by sort."""

    @property
    def name(self) -> str:
        """The file's or folder's own name, on one line: it may pretend to be more."""
        return plain(Path(self.path).name)

    @property
    def accepted(self) -> bool:
        """Whether the package is valid, with notes or without."""
        return self.result in ACCEPTED

    @property
    def guideline_name(self) -> str:
        """Guideline and version in one."""
        return f"{self.guideline} {self.guideline_version}".strip()

    @property
    def period(self) -> str:
        """The plan's years, or an empty text."""
        return f"{self.first_year}\N{EN DASH}{self.last_year}" if self.first_year else ""


def entries(register: Register, region: str = "") -> tuple[Entry, ...]:
    """Everything that came in and is not replaced, by region; only one region's with ``region``.

    Raises RegisterUnusable.
    """
    try:
        return _entries(register, region)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        # a register may come from anybody, and hold what ours never would
        raise RegisterUnusable(register.path.name, type(error).__name__) from error


def _entries(register: Register, region: str) -> tuple[Entry, ...]:
    due, guideline = register.setting(DUE), register.setting(GUIDELINE)
    with told(register.path), register.engine.connect() as connection:
        files = connection.execute(
            sa.select(tables.FILE).where(tables.FILE.c.state != REPLACED).order_by(tables.FILE.c.path)
        ).all()
        read = _Read(connection)
    found = [*_packages(files, read, due, guideline), *_others(files)]
    settled = settle(found)
    ordered = sorted(settled, key=lambda one: (one.region or "~", not one.current, one.path))
    return tuple(one for one in ordered if not region or one.region == region)


class _Read:
    """Everything that hangs on packages, read in a few statements."""

    def __init__(self, connection: sa.Connection) -> None:
        self.packages = {row.sha256: row for row in connection.execute(sa.select(tables.PACKAGE))}
        self.reasons = _grouped(connection, tables.REASON, _told)
        self.signers = _grouped(connection, tables.SIGNER, _signer)
        self.plans = {row.sha256: row for row in connection.execute(sa.select(tables.PLAN))}
        budget = tables.BUDGET.c
        amounts = (budget.indicative, budget.ceiling, budget.realised)
        sums = sa.select(budget.sha256, *(sa.func.sum(each) for each in amounts)).group_by(budget.sha256)
        self.sums = {row[0]: tuple(row[1:]) for row in connection.execute(sums)}
        score = tables.SCORE.c
        whole = sa.select(score.sha256, score.kind, score.mean, score.most).where(score.section == "")
        self.scores = {(row.sha256, row.kind): (row.mean, row.most) for row in connection.execute(whole)}

    def plan(self, sha256: str) -> PlanSums | None:
        row = self.plans.get(sha256)
        if row is None:
            return None
        indicative, ceiling, realised = self.sums.get(sha256, (None, None, None))
        readiness, of_readiness = self.scores.get((sha256, "readiness"), ("", 0))
        evaluation, of_evaluation = self.scores.get((sha256, "evaluation"), ("", 0))
        return PlanSums(
            row.title, row.programmes, row.quick_wins, row.activities, row.indicators,
            indicative, ceiling, realised, readiness, of_readiness, evaluation, of_evaluation,
        )  # fmt: skip


def _grouped(connection: sa.Connection, table: sa.Table, made: Any) -> dict[str, list[Any]]:
    out: dict[str, list[Any]] = {}
    for row in connection.execute(sa.select(table).order_by(table.c.sha256, table.c.no)):
        out.setdefault(row.sha256, []).append(made(row))
    return out


def _told(row: Any) -> Told:
    return Told(row.weight, row.code, Message.from_text(row.message))


def _signer(row: Any) -> Signer:
    return Signer(
        row.document, row.role, row.holder, row.organisation, row.issuer, row.certificate, row.claimed_at,
        bool(row.test), row.anchor, bool(row.timestamped),
    )  # fmt: skip


def _packages(files: Iterable[Any], read: _Read, due: str, guideline: str) -> Iterable[Entry]:
    """One entry for each package that was judged, wherever and however often it lies."""
    lying: dict[str, list[Any]] = {}
    for file in files:
        if file.kind == Sort.PACKAGE and file.sha256:
            lying.setdefault(file.sha256, []).append(file)
    for sha256, places in lying.items():
        here = [each for each in places if each.state != VANISHED] or places
        row = read.packages.get(sha256)
        if row is None:
            yield _unread(here[0])
            continue
        entry = _entry(here, row, read)
        yield _by_the_desk(entry, due, guideline)


def _unread(file: Any) -> Entry:
    """A package that changed while it was read, or is still to be judged."""
    said = Message.from_text(file.problem) if file.problem else Message("submission.register.not_yet")
    reason = Told(Weight.MISSING.value, "register.not_yet", said)
    region, name = _suggested(file.root, file.path)
    return Entry(
        file.id, file.path, 1, Sort.PACKAGE, UNSIGNED, region, name,
        Basis.GUESSED if region else Basis.NONE, sha256=file.sha256, first_seen=file.first_seen,
        reasons=(reason,), vanished=file.state == VANISHED,
    )  # fmt: skip


def _entry(places: list[Any], row: Any, read: _Read) -> Entry:
    first, sha256 = places[0], row.sha256
    region, name, basis = row.region, row.region_name, Basis.SIGNED
    if row.verdict in {VerdictKind.REFUSED.value, VerdictKind.SEALED.value}:
        basis = Basis.CLAIMED
    if not region:
        region, name = _suggested(first.root, first.path)
        basis = Basis.GUESSED if region else Basis.NONE
    return Entry(
        first.id, first.path, 1, Sort.PACKAGE, row.verdict, region, _known_name(region) or name, basis,
        sha256=sha256, package=row.package, previous=row.previous, created_at=row.created_at,
        signed_at=row.signed_at, fingerprint=row.fingerprint, first_seen=first.first_seen,
        guideline=row.guideline, guideline_version=row.guideline_version,
        first_year=row.first_year, last_year=row.last_year,
        open_mandatory=row.open_mandatory, reasons=tuple(read.reasons.get(sha256, ())),
        signers=tuple(read.signers.get(sha256, ())), plan=read.plan(sha256),
        vanished=all(each.state == VANISHED for each in places),
        copies=tuple(each.path for each in places[1:]),
    )  # fmt: skip


def _by_the_desk(entry: Entry, due: str, guideline: str) -> Entry:
    """What the desk itself asks: the date, the guideline, a region that exists. Never of cryptography."""
    added: list[Told] = []
    late = None
    if due and entry.signed_at:
        limit, moment = dt.datetime.fromisoformat(due), dt.datetime.fromisoformat(entry.signed_at)
        late = moment > limit
        if late:
            added.append(_missing(Message("submission.missing.late", moment=moment, due=limit)))
    if entry.result == VerdictKind.REFUSED.value:
        return replace(entry, late=late)
    wanted_id, _, wanted_version = guideline.partition("@")
    if wanted_id and (
        entry.guideline != wanted_id or (wanted_version and entry.guideline_version != wanted_version)
    ):
        wanted = guideline.replace("@", " ")
        added.append(
            _missing(
                Message("submission.register.other_guideline", found=entry.guideline_name, wanted=wanted)
            )
        )
    if entry.region not in _region_names():
        added.append(_missing(Message("submission.register.unknown_region", code=entry.region)))
    reasons = (*entry.reasons, *added)
    return replace(entry, late=late, reasons=reasons, result=_weighed(entry.result, reasons))


def _weighed(result: str, reasons: Iterable[Told]) -> str:
    """What the desk's own reasons make of an accepted package; its cryptography they never touch."""
    weights = {one.weight for one in reasons}
    if result not in ACCEPTED:
        return result
    if Weight.MISSING.value in weights:
        return VerdictKind.INCOMPLETE.value
    return VerdictKind.VALID_WITH_NOTES.value if Weight.NOTE.value in weights else result


def _missing(message: Message) -> Told:
    return Told(Weight.MISSING.value, message.id.removeprefix("submission."), message)


def _others(files: Iterable[Any]) -> Iterable[Entry]:
    """What is no package: each file or folder that was handed in; what lies beside a package goes with it."""
    units: dict[str, list[Any]] = {}
    with_package: set[str] = set()
    for file in files:
        units.setdefault(file.unit, []).append(file)
        if file.kind == Sort.PACKAGE:
            with_package.add(file.unit)
    for unit, inside in units.items():
        if unit not in with_package:
            yield _other(unit, inside)


def _other(unit: str, inside: list[Any]) -> Entry:
    here = [each for each in inside if each.state != VANISHED] or inside
    counts: dict[str, int] = {}
    for each in here:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    sort = Sort(next(iter(counts))) if len(counts) == 1 else Sort.FOLDER
    region, name = _suggested(here[0].root, unit)
    problems = [each.problem for each in here if each.problem]
    message = Message.from_text(problems[0]) if problems else Message(f"submission.unsigned.{sort.value}")
    reasons = (
        Told(Weight.MISSING.value, f"unsigned.{sort.value}", message),
        Told(Weight.MISSING.value, "unsigned.ask", Message("submission.unsigned.ask")),
    )
    return Entry(
        here[0].id, unit, len(here), sort, UNSIGNED, region, name,
        Basis.GUESSED if region else Basis.NONE, first_seen=min(each.first_seen for each in here),
        reasons=reasons, vanished=all(each.state == VANISHED for each in inside),
        kinds=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
    )  # fmt: skip


def _suggested(root: str, path: str) -> tuple[str, str]:
    """Code and name of the region that a place's own names below the named folder speak of."""
    place, below = Path(path), Path(root)
    names = place.relative_to(below).parts if place != below and below in place.parents else (place.name,)
    code = guessed_region(*names)
    return code, _known_name(code)


def _known_name(code: str) -> str:
    return _region_names().get(code, "")


@cache
def _region_names() -> Mapping[str, str]:
    return {each.code: each.name for each in regions()}
