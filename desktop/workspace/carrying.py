"""What was sealed of a document is known as well where a backup of before takes its place.

The file that is replaced lies beside it and knows; a copy that does not know what was handed in would call
the next package the first, and every signer is told so. Where nobody can say what was sealed since the backup
(the file is gone, damaged or another document's), that is written down too: then a person is asked.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop.base.canonical import canonical_text
from desktop.base.errors import RancangError
from desktop.workspace import file, parcels, tables
from desktop.workspace.journal import Journal

_LONGEST = 10_000
"""Characters of a text in the log; what a program of ours writes is far shorter."""
_ROW = ("file", "at", "by", "counts", "backup", "facts")


@dataclass(frozen=True, slots=True)
class Former:
    """What the file that was replaced knew."""

    records: tuple[Mapping[str, str], ...]
    """Of the packages sealed, in their order."""
    content: Mapping[str, int]
    """Each change set that touched what goes into a package, with its place in that file."""


def read(aside: Path | None, workspace: str) -> Former | None:
    """What a file knows that may be anybody's; None where it is not there, damaged or another document's."""
    if aside is None:
        return None
    texts = " AND ".join(f"typeof({one}) = 'text' AND length({one}) <= {_LONGEST}" for one in _ROW)
    try:
        with file.peeked(aside) as connection:
            own = connection.execute("SELECT value FROM sync_meta WHERE key = 'workspace'").fetchone()
            if own != (workspace,):
                return None
            records = connection.execute(
                f"SELECT {', '.join(_ROW)} FROM sync_package_log WHERE direction = 'sealed' AND {texts}"  # noqa: S608 - names of ours
                " ORDER BY no DESC LIMIT ?",
                (parcels.REMEMBERED,),
            ).fetchall()
            touched = connection.execute(
                "SELECT DISTINCT t.id, t.no, o.tbl FROM sync_txn t JOIN sync_op o ON o.txn = t.id"
            ).fetchall()
    except (sqlite3.Error, RancangError):
        return None
    return Former(
        tuple(dict(zip(_ROW, each, strict=True)) for each in reversed(records)),
        {str(each): no for each, no, table in touched if table not in parcels.TALK and type(no) is int},
    )


def carry(journal: Journal, former: Former | None) -> None:
    """Write down what the backup does not know: what was sealed since, or that nobody can say."""
    log = tables.package_log
    if former is None:
        _add(journal, dict.fromkeys(_ROW, "") | {"counts": "{}", "facts": canonical_text({"unknown": True})})
        return
    query = sa.select(log.c.file, log.c.at, log.c.by).where(log.c.direction == "sealed")
    known = set(map(tuple, journal.connection.execute(query)))
    fresh = [each for each in former.records if (each["file"], each["at"], each["by"]) not in known]
    if fresh:
        standing = _Standing(journal, former.content)
        for each in fresh:
            _add(journal, {**each, "facts": standing.told(each["facts"])})


def _add(journal: Journal, record: Mapping[str, str]) -> None:
    journal.connection.execute(tables.package_log.insert().values(direction="sealed", **record))


class _Standing:
    """How far the copy that was put back is from what was sealed, in changes."""

    def __init__(self, journal: Journal, content: Mapping[str, int]) -> None:
        here = parcels.content(journal)
        self._last = journal.position()
        self._lost = _places(no for each, no in content.items() if each not in here)
        self._common = _places(no for each, no in content.items() if each in here)
        self._more = len(here - content.keys())

    def told(self, facts: str) -> str:
        """The facts of a record, its place being one of this copy; as they are where they say nothing."""
        try:
            data: Any = json.loads(facts)
            position = data["position"]
        except (ValueError, TypeError, LookupError, RecursionError):
            return facts
        if not isinstance(data, dict) or type(position) is not int:
            return facts
        gone = bisect_right(self._lost, position)
        later = len(self._common) - bisect_right(self._common, position)
        return canonical_text({**data, "position": self._last, "apart": gone + later + self._more})


def _places(numbers: Iterable[int]) -> list[int]:
    return sorted(numbers)
