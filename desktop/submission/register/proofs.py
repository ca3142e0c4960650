"""What a register calls judged counts as that only where we judged it: each of our rows bears a proof of it.

A register comes from a colleague, or from anybody, and may say of any content that it was found valid, and of
any file that it is that content. So what we found is signed with a word that only this profile knows, with
everything that hangs on it: nobody else can write such a row, or make another one of ours.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import sqlalchemy as sa

from desktop.submission.register import tables
from desktop.submission.register.own_word import own_word

_NOT_FOUND = frozenset({"id", "state", "last_run", "proof"})
"""What changes of a file's row without its being read. When it came first decides which copy is heard."""
_FOUND = tuple(one for one in tables.FILE.c if one.name not in _NOT_FOUND)
_AT_ONCE = 1_000
"""Rows read in one go."""
_SOUND_RUN = 1 << 62
"""More runs than there can be."""
_LATER = {tables.SIGNER: 1}
"""How many columns came at the end of a table after what is gone by now may have been signed."""
_JUDGED = (tables.PACKAGE, *tables.DETAILS)


def prove_package(connection: sa.Connection, sha256: str) -> None:
    """Sign what was just judged, as it stands in the tables: nothing else may hang on it there."""
    package = tables.PACKAGE
    for proof in _proofs(connection, sha256).values():
        connection.execute(package.update().where(package.c.sha256 == sha256).values(proof=proof))


def proven_packages(connection: sa.Connection) -> frozenset[str]:
    """The contents that were judged here, and of which nothing was changed since."""
    proofs, package = _proofs(connection), tables.PACKAGE.c
    stated = connection.execute(sa.select(package.sha256, package.proof))
    return frozenset(sha256 for sha256, proof in stated if _are_same(proof, proofs.get(sha256, "")))


def is_proven_package(connection: sa.Connection, sha256: str) -> bool:
    """Whether one content was judged here."""
    stated = connection.scalar(sa.select(tables.PACKAGE.c.proof).where(tables.PACKAGE.c.sha256 == sha256))
    return any(_are_same(stated, proof) for proof in _proofs(connection, sha256).values())


def prove_file(connection: sa.Connection, path: str) -> None:
    """Sign what was just read of the file that lies there."""
    file, begun = tables.FILE, _begun(connection)
    here = (file.c.path == path, file.c.state != "replaced")
    for row in connection.execute(sa.select(file).where(*here)).all():
        connection.execute(file.update().where(file.c.id == row.id).values(proof=_proof_of_file(begun, row)))


def proven_files(connection: sa.Connection) -> Callable[[Any], bool]:
    """What says of a file's row whether it was read here, and nothing of it was changed since."""
    begun = _begun(connection)
    return lambda row: _are_same(row.proof, _proof_of_file(begun, row))


def next_run(connection: sa.Connection) -> int:
    """A number after all that anything was read in here, and after that of every run there.

    Which of two files came first goes by these; somebody may have taken away runs, or written any number.
    """
    is_proven, run = proven_files(connection), tables.RUN.c
    read = {row.first_run for row in connection.execute(sa.select(tables.FILE)) if is_proven(row)}
    there = set(connection.scalars(sa.select(run.id).where(run.id.between(0, _SOUND_RUN))))
    number = max({0} | there | read) + 1
    while connection.scalar(sa.select(run.id).where(run.id == number)) is not None:
        number += 1
    return number


def own_row(connection: sa.Connection, here: Any) -> int | None:
    """The row of ours about what lies there by this row, which somebody else may have written; None: none.

    What others say of when it came stays beside what we say, and one row is enough for each of them.
    """
    is_proven, file = proven_files(connection), tables.FILE.c
    if is_proven(here):
        return int(here.id)
    wanted = sa.select(tables.FILE).where(file.path == here.path, file.id != here.id)
    before = connection.execute(wanted.order_by(file.id.desc())).all()
    same = takewhile(lambda row: here.sha256 and row.sha256 == here.sha256, before)
    return next((int(row.id) for row in same if is_proven(row)), None)


def _proof_of_file(begun: hmac.HMAC, row: Any) -> str:
    made = begun.copy()
    made.update(_line(("file", *(getattr(row, column.name) for column in _FOUND))))
    return made.hexdigest()


def _proofs(connection: sa.Connection, only: str = "") -> dict[str, str]:
    """What the proof of each content has to be: over all that stands in its tables, in order.

    A register may hold millions of rows: each is signed as it is read, and none is kept.
    """
    made: dict[str, hmac.HMAC] = {}
    begun = _begun(connection)
    for table in _JUDGED:
        columns = [one for one in table.c if one.name != "proof"]
        wanted = sa.select(*columns).order_by(*table.primary_key)
        if only:
            wanted = wanted.where(table.c.sha256 == only)
        place, later = [one.name for one in columns].index("sha256"), _LATER.get(table, 0)
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(wanted):
            # what an earlier version had no room for is no part of what it signed
            values = (table.name, *(row if not later or any(row[-later:]) else row[:-later]))
            if table is tables.PACKAGE:
                made[row[place]] = begun.copy()
            if row[place] in made:
                made[row[place]].update(_line(values))
    return {sha256: each.hexdigest() for sha256, each in made.items()}


def _begun(connection: sa.Connection) -> hmac.HMAC:
    """Of this register: what another one of ours has read came to that one."""
    setting = tables.SETTING.c
    number = connection.scalar(sa.select(setting.value).where(setting.name == tables.NUMBER))
    return hmac.new(own_word().encode(), _line(("register", number)), "sha256")


def _line(row: tuple[Any, ...]) -> bytes:
    return repr(row).encode("utf-8", "surrogatepass") + b"\n"


def _are_same(stated: object, proof: str) -> bool:
    return (
        isinstance(stated, str)
        and bool(proof)
        and hmac.compare_digest(stated.encode("utf-8", "replace"), proof.encode())
    )
