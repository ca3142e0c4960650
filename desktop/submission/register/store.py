"""A register that is open: what is known of files, and what was judged, each written as it comes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, ProgrammingError

from desktop.submission.mark import Mark
from desktop.submission.register import tables
from desktop.submission.register.examine import Examined, written
from desktop.submission.register.extract import PlanFacts
from desktop.submission.register.file import opened, told
from desktop.submission.register.folders_here import note_received
from desktop.submission.register.proofs import (
    next_run,
    own_row,
    prove_file,
    prove_package,
    proven_files,
    proven_packages,
)
from desktop.submission.register.running_out import HALF, ended_by_limits, says_nothing_new
from desktop.submission.register.walking import Found
from desktop.submission.signed import signed_when
from desktop.submission.verdict import Verdict

DUE, GUIDELINE, BASIS = "due", "guideline", "basis"
"""What is set for a whole register: until when, by which guideline, and by what the last run judged."""
HERE, VANISHED, REPLACED = "here", "vanished", "replaced"

_SET_RIGHT = dt.timedelta(minutes=5)
"""By how much a clock may have been set back since something was judged."""
_UNKEEPABLE = (OverflowError, ValueError, IntegrityError, DataError, InterfaceError, ProgrammingError)
"""How it shows that a value does not fit into the tables; all else says something about the file itself."""


class Unkeepable(Exception):
    """What was read of a package does not fit into the tables."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file as the register remembers it."""

    id: int
    mark: Mark
    sha256: str
    sort: str
    state: str
    basis: str
    """What its package was judged by; empty where it is none, its verdict does not stand, or somebody else
    judged it."""
    proven: bool
    """Whether it was read here."""
    problem: str
    received: tuple[str, str]
    """From which named folder, and with what."""


def still_holds(row: Any, now: dt.datetime) -> bool:
    """Whether time alone makes nothing else of what was judged: not before it was, nor after its time."""
    try:
        begins = dt.datetime.fromisoformat(row.judged_at) - _SET_RIGHT
        ends = dt.datetime.fromisoformat(row.until) if row.until else None
        return begins <= now and (ends is None or now < ends)
    except (ValueError, TypeError, OverflowError):
        return False


class Register:
    """One open register. Writing takes one transaction for each thing."""

    def __init__(self, path: Path, *, create: bool = False, read_only: bool = False) -> None:
        """Open (or make) it. Raises what :func:`desktop.submission.register.file.opened` raises."""
        self.path = path
        self.engine = opened(path, create=create, read_only=read_only)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- what holds for all of it ------------------------------------------------------------------
    def setting(self, name: str) -> str:
        """A setting, or an empty text."""
        with told(self.path), self.engine.connect() as connection:
            found = connection.scalar(sa.select(tables.SETTING.c.value).where(tables.SETTING.c.name == name))
            return str(found or "")

    def keep_setting(self, name: str, value: str) -> None:
        """Remember a setting."""
        with told(self.path), self.engine.begin() as connection:
            connection.execute(_set(name, value))

    # -- runs --------------------------------------------------------------------------------------
    def begin_run(self, folders: Iterable[Path], now: dt.datetime, basis: str) -> int:
        """Note that a run begins, and by what it judges; its number."""
        named = [written(each) for each in folders]
        shown = json.dumps(named, ensure_ascii=False)
        with told(self.path), self.engine.begin() as connection:
            number = next_run(connection)
            connection.execute(
                tables.RUN.insert().values(id=number, started=now.isoformat(), ended="", folders=shown)
            )
            connection.execute(_set(BASIS, basis))
        note_received(self.path, named)
        return number

    def clear_strays(self) -> int:
        """Take away what hangs on no package; how much there was.

        No register of ours has any: another program lets a row hang on a package that is still to come.
        """
        judged = sa.select(tables.PACKAGE.c.sha256)
        strays = [(table, table.c.sha256.not_in(judged)) for table in tables.DETAILS]
        with told(self.path), self.engine.begin() as connection:
            there = [
                (table, where)
                for table, where in strays
                if connection.scalar(sa.select(sa.exists().where(where)))
            ]
            return sum(connection.execute(table.delete().where(where)).rowcount for table, where in there)

    def end_run(self, run: int, now: dt.datetime, found: int, read: int, vanished: int) -> None:
        """Note that it came to its end."""
        values = {"ended": now.isoformat(), "found": found, "read": read, "vanished": vanished}
        with told(self.path), self.engine.begin() as connection:
            connection.execute(tables.RUN.update().where(tables.RUN.c.id == run).values(**values))

    def last_folders(self) -> tuple[Path, ...]:
        """The folders of the last run, as the register names them: it may name any, so nobody looks there.

        A relative one names another folder wherever the program is begun, and is none.
        """
        newest = sa.select(tables.RUN.c.folders).order_by(tables.RUN.c.id.desc()).limit(1)
        with told(self.path), self.engine.connect() as connection:
            found = connection.scalar(newest)
        try:
            named = json.loads(found or "[]")
        except (ValueError, TypeError, RecursionError):
            named = []
        paths = (Path(each) for each in named if isinstance(each, str)) if isinstance(named, list) else ()
        return tuple(each for each in paths if each.is_absolute())

    # -- files -------------------------------------------------------------------------------------
    def known_files(self, now: dt.datetime) -> dict[str, Known]:
        """Every file that is here or was, by path; what may be otherwise by now is to be judged anew."""
        file = tables.FILE.c
        judged = tables.PACKAGE.c
        wanted = (
            sa.select(tables.FILE, judged.basis, judged.judged_at, judged.until)
            .outerjoin(tables.PACKAGE, judged.sha256 == file.sha256)
            .where(file.state != REPLACED)
        )
        with told(self.path), self.engine.connect() as connection:
            proven, is_proven_file = proven_packages(connection), proven_files(connection)
            return {
                row.path: Known(
                    row.id, Mark(row.size, row.mtime_ns, row.inode), row.sha256, row.kind, row.state,
                    row.basis if row.sha256 in proven and still_holds(row, now) else "",
                    is_proven_file(row), row.problem, (row.root, row.unit),
                )
                for row in connection.execute(wanted)
            }  # fmt: skip

    def read_here(self) -> frozenset[tuple[str, str]]:
        """Which content was read where, on this computer: a register may name any place."""
        with told(self.path), self.engine.connect() as connection:
            is_proven_file = proven_files(connection)
            rows = connection.execute(sa.select(tables.FILE))
            return frozenset((row.path, row.sha256) for row in rows if is_proven_file(row))

    def judged(self, basis: str, now: dt.datetime) -> frozenset[str]:
        """The contents that were judged here by the same anchors and program, and would be so today."""
        package = tables.PACKAGE.c
        wanted = sa.select(package.sha256, package.judged_at, package.until).where(package.basis == basis)
        with told(self.path), self.engine.connect() as connection:
            rows = connection.execute(wanted)
            judged = frozenset(row.sha256 for row in rows if still_holds(row, now))
            return judged & proven_packages(connection)

    def not_looked_through(self) -> frozenset[str]:
        """The contents of which not all was looked at, for want of time."""
        reason = tables.REASON.c
        wanted = sa.select(reason.sha256).where(reason.code == HALF).distinct()
        with told(self.path), self.engine.connect() as connection:
            return frozenset(connection.scalars(wanted))

    def still_here(self, run: int, ids: Iterable[int]) -> None:
        """Files that were found unchanged."""
        values = [{"which": each, "run": run} for each in ids]
        if not values:
            return
        statement = (
            tables.FILE.update()
            .where(tables.FILE.c.id == sa.bindparam("which"))
            .values(state=HERE, last_run=sa.bindparam("run"))
        )
        with told(self.path), self.engine.begin() as connection:
            connection.execute(statement, values)

    def gone(self, ids: Iterable[int]) -> None:
        """Files that are not there any more: kept, and said."""
        values = [{"which": each} for each in ids]
        if not values:
            return
        statement = (
            tables.FILE.update().where(tables.FILE.c.id == sa.bindparam("which")).values(state=VANISHED)
        )
        with told(self.path), self.engine.begin() as connection:
            connection.execute(statement, values)

    def keep(self, run: int, now: dt.datetime, found: Found, seen: Examined, basis: str) -> bool:
        """Write down what a file turned out to be, in one transaction; whether it takes another's place.

        Raises :class:`Unkeepable`, besides what SQLite says.
        """
        with told(self.path):
            try:
                with self.engine.begin() as connection:
                    if seen.verdict is not None:
                        _keep_verdict(connection, seen, now, basis)
                    replaced = _keep_file(connection, run, now, found, seen)
                    prove_file(connection, written(found.path))
                    return replaced
            except _UNKEEPABLE as error:
                raise Unkeepable from error


def _set(name: str, value: str) -> sa.Executable:
    statement = insert(tables.SETTING).values(name=name, value=value)
    return statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})


def _keep_file(connection: sa.Connection, run: int, now: dt.datetime, found: Found, seen: Examined) -> bool:
    file = tables.FILE.c
    path = written(found.path)
    here = connection.execute(sa.select(tables.FILE).where(file.path == path, file.state != REPLACED)).first()
    values: dict[str, Any] = {
        "unit": written(found.unit),
        "root": written(found.root),
        "size": seen.mark.size,
        "mtime_ns": seen.mark.mtime_ns,
        "inode": seen.mark.inode,
        "sha256": seen.sha256,
        "kind": seen.sort.value,
        "state": HERE,
        "problem": json.dumps(seen.problem.to_json(), ensure_ascii=False) if seen.problem else "",
        "last_run": run,
    }
    came = {"first_run": run, "first_seen": now.isoformat()}
    if here is not None and here.sha256 in {seen.sha256, ""}:
        which = own_row(connection, here)
        if not here.sha256 and (which is None or seen.sha256):
            # whoever wrote the row: what was not read came to this computer when it was
            which, values = here.id, values | came
        if which is not None:
            if which != here.id:
                connection.execute(tables.FILE.update().where(file.id == here.id).values(state=REPLACED))
            connection.execute(tables.FILE.update().where(file.id == which).values(**values))
            return False
    if here is not None:
        connection.execute(tables.FILE.update().where(file.id == here.id).values(state=REPLACED))
    connection.execute(tables.FILE.insert().values(path=path, **came, **values))
    return here is not None and bool(seen.sha256) and here.sha256 != seen.sha256


def _keep_verdict(connection: sa.Connection, seen: Examined, now: dt.datetime, basis: str) -> None:
    verdict, sha256 = seen.verdict, seen.sha256
    if verdict is None or says_nothing_new(connection, seen):
        return
    # what hangs on it goes with it, but not where somebody else has hung something on nothing
    for table in (*tables.DETAILS, tables.PACKAGE):
        connection.execute(table.delete().where(table.c.sha256 == sha256))
    about = verdict.package
    signed = signed_when(verdict.signatures)
    connection.execute(
        tables.PACKAGE.insert().values(
            sha256=sha256,
            verdict=verdict.kind.value,
            judged_at=now.isoformat(),
            until=verdict.until.isoformat() if verdict.until is not None else "",
            basis="" if ended_by_limits(seen) else basis,
            package=about.id if about else "",
            previous=about.previous if about else "",
            created_at=about.created_at.isoformat() if about else "",
            region=about.region_code if about else "",
            region_name=about.region_name if about else "",
            guideline=about.guideline_id if about else "",
            guideline_version=about.guideline_version if about else "",
            first_year=about.first_year if about else 0,
            last_year=about.last_year if about else 0,
            open_mandatory=seen.extract.open_mandatory,
            files=about.files if about else 0,
            fingerprint=about.fingerprint if about else "",
            signed_at=signed.astimezone(dt.UTC).isoformat() if signed else "",
        )
    )
    _keep_reasons(connection, seen, verdict)
    _keep_signers(connection, sha256, verdict)
    if seen.extract.plan is not None:
        _keep_plan(connection, sha256, seen.extract.plan)
    prove_package(connection, sha256)


def _keep_reasons(connection: sa.Connection, seen: Examined, verdict: Verdict) -> None:
    """Those of the verdict first, then the desk's own."""
    _rows(
        connection,
        tables.REASON,
        seen.sha256,
        (
            {"weight": one.weight.value, "code": one.code, "message": _json(one.message.to_json())}
            for one in (*verdict.reasons, *seen.extract.reasons)
        ),
    )


def _keep_signers(connection: sa.Connection, sha256: str, verdict: Verdict) -> None:
    _rows(
        connection,
        tables.SIGNER,
        sha256,
        (
            {
                "document": one.file,
                "role": one.role,
                "holder": one.holder,
                "organisation": one.organisation,
                "issuer": one.issuer,
                "certificate": one.certificate,
                "claimed_at": one.claimed_at.astimezone(dt.UTC).isoformat() if one.claimed_at else "",
                "test": int(one.test),
                "anchor": one.anchor,
                "timestamped": int(one.timestamped),
                "asked": int(one.asked),
                "stamped_at": one.stamped_at.astimezone(dt.UTC).isoformat() if one.stamped_at else "",
                "latest_at": one.latest.astimezone(dt.UTC).isoformat() if one.latest else "",
            }
            for one in verdict.signatures
        ),
    )


def _keep_plan(connection: sa.Connection, sha256: str, plan: PlanFacts) -> None:
    connection.execute(
        tables.PLAN.insert().values(
            sha256=sha256,
            title=plan.title,
            programmes=len(plan.programmes),
            quick_wins=sum(one.quick_win for one in plan.programmes),
            activities=sum(one.activities for one in plan.programmes),
            indicators=len(plan.indicators),
        )
    )
    programmes = ({**_plain(one), "programme": one.id} for one in plan.programmes)
    _rows(connection, tables.PROGRAMME, sha256, programmes)
    _rows(connection, tables.INDICATOR, sha256, (_plain(one) for one in plan.indicators))
    _rows(connection, tables.BUDGET, sha256, (_plain(one) for one in plan.budgets))
    _rows(connection, tables.SCORE, sha256, (_plain(one) for one in plan.scores))


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__ if name != "id"}


def _rows(connection: sa.Connection, table: sa.Table, sha256: str, rows: Iterable[Mapping[str, Any]]) -> None:
    values = [
        {"sha256": sha256, **({"no": no} if "no" in table.c else {}), **row} for no, row in enumerate(rows)
    ]
    if values:
        connection.execute(table.insert(), values)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
