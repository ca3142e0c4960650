"""Is the file still what its journal says? Hashes of every change set, and rows = rebuild."""

from __future__ import annotations

import json
import re

import sqlalchemy as sa

from desktop.base.canonical import Json
from desktop.workspace import admission, tables
from desktop.workspace.errors import DamagedFile, FileTooNew
from desktop.workspace.journal import LAST_NUMBER, SCHEMA, Journal
from desktop.workspace.merge import ALGORITHM
from desktop.workspace.registers import TABLES

_NAME = re.compile(r"[0-9a-f]{32}")


def problems(journal: Journal) -> list[str]:
    """Names of what is wrong: change sets whose content does not match, rows that differ. Empty = whole.

    The caller owns the transaction with the gate open, and rolls it back afterwards.
    """
    found = damaged(journal)
    before = state(journal.connection)
    journal.rebuild()
    after = state(journal.connection)
    found += [f"rows of {name}" for name in sorted(before) if before[name] != after[name]]
    return found


def damaged(journal: Journal) -> list[str]:
    """The change sets that are not what their name says, or that no other copy would take over."""
    known = {name: count for name, count in journal.lamports().items() if type(count) is int}
    return [
        f"change set {c.id[:12]}"
        for c in journal.change_sets()
        if not admission.well_formed(c)
        or c.content_hash() != c.id
        or c.schema > SCHEMA
        or not (admission.rests_on(c, known) and admission.counts_on(c, known))
    ]


def mend(journal: Journal) -> list[str]:
    """Check the change sets; where those are whole, the rows are computed anew, whatever stood there.

    The rows are only what the journal says, so that nothing is lost by it.
    """
    found = damaged(journal)
    if not found:
        journal.rebuild()
    return found


def rules_of(journal: Journal, name: str) -> int:
    """The version of the rules by which the rows of a file were computed. Raises FileTooNew."""
    found = int(journal.meta("algo", "1"))
    if found > ALGORITHM:
        raise FileTooNew(name, found, ALGORITHM)
    return found


def facts(journal: Journal) -> list[str]:
    """Names of what a file says about itself that cannot be so; quick enough for every opening."""
    # somebody may work in it meanwhile: what only grows is asked last
    highest = max(journal.lamports().values(), default=0)
    whole = {
        "workspace": _NAME.fullmatch(journal.meta("workspace")) is not None,
        "replica": _NAME.fullmatch(journal.meta("replica", "0" * 32)) is not None,
        "seq": int(journal.meta("seq", "0")) >= 0,
        "lamport": int(journal.meta("lamport", "0")) >= highest,
        "dag_heads": _are_the_heads(journal.connection),
    }
    found = [f"sync_meta {name}" for name, good in whole.items() if not good]
    numbered = (tables.change_set, tables.op, tables.package_log)
    return found + [f"{each.name} no" for each in numbered if not _counts_on(journal.connection, each)]


_HEADS = sa.text(
    "SELECT value, (SELECT json_group_array(id) FROM sync_txn WHERE id NOT IN"
    " (SELECT named.value FROM sync_txn AS other, json_each(other.parents) AS named))"
    " FROM sync_meta WHERE key = 'dag_heads'"
)
"""Asked at once: somebody may work in it meanwhile."""


def _are_the_heads(connection: sa.Connection) -> bool:
    """Whether the newest change sets are those that no other names: else what others changed is no news."""
    try:
        said, found = ({*json.loads(each)} for each in connection.execute(_HEADS).one())
    except (sa.exc.SQLAlchemyError, ValueError, TypeError):
        return False
    return bool(found) and said == found


def check_room(connection: sa.Connection, name: str) -> None:
    """Whether nothing has counted beyond the last number: the file could not be opened again.

    Raises DamagedFile.
    """
    numbered = (tables.change_set, tables.op, tables.package_log)
    beyond = [f"{each.name} no" for each in numbered if _is_overrun(connection, each)]
    if beyond:
        raise DamagedFile(name, ", ".join(beyond))


def _is_overrun(connection: sa.Connection, table: sa.Table) -> bool:
    query = sa.select(sa.literal(1)).select_from(table).where(table.c.no > LAST_NUMBER).limit(1)
    return connection.execute(query).first() is not None


def _counts_on(connection: sa.Connection, table: sa.Table) -> bool:
    """Whether what is written from now on has a higher number than all that is there: that is its order."""
    # where it may be left out, SQLite does not count at all: the file has another kind of column
    needed = sa.text("SELECT 1 FROM pragma_table_info(:name) WHERE name = 'no' AND \"notnull\"")
    return (
        not _is_overrun(connection, table)
        and connection.execute(needed, {"name": table.name}).first() is not None
    )


def state(connection: sa.Connection) -> dict[str, list[tuple[Json, ...]]]:
    """Everything computed from the journal: rows, heads and conflicts, in a fixed order."""
    computed = [*TABLES, "sync_head", "sync_conflict"]
    out: dict[str, list[tuple[Json, ...]]] = {}
    for name in computed:
        found = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()  # noqa: S608 - names of ours
        out[name] = sorted(map(tuple, found), key=repr)
    return out
