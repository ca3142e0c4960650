"""What change sets were about, by whom and when; read over a connection of its own, for a thread beside."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from desktop.workspace import file

_LONE = ("answer", "cell", "row", "comment", "suggestion", "claim", "score", "deadline", "duty", "initial")
"""Tables of which the name says too little: where they belong is in their rows."""


class Tally(NamedTuple):
    """One change set: when (UTC, ISO 8601), who, and what it was about."""

    wall: str
    author: str
    role: str
    replica: str
    subjects: frozenset[str]
    """``table:programme``, ``item:form.field``, ``sheet:worksheet`` or ``page:kind/ref``."""


def tally(path: Path, since: str, until: str) -> list[Tally]:
    """The change sets from one moment (ISO 8601, UTC) until before another. Raises DamagedFile."""
    with file.understood(path), closing(file.connect(path, read_only=True)) as connection:
        bounds = (since, until)
        heads = connection.execute(_WRAPPED.format(inner=_HEADS), bounds).fetchone()[0]
        subjects: dict[str, set[str]] = defaultdict(set)
        for query in (_TABLES, _ANSWERS, _CELLS, _ROWS, _PAGES, _SAID, _CLAIMS):
            for change_set, subject in _pairs(connection.execute(_WRAPPED.format(inner=query), bounds)):
                subjects[change_set].add(subject)
    return [
        Tally(wall, author, role, replica, frozenset(subjects.get(one, ())))
        for one, wall, author, role, replica in json.loads(heads)
    ]


def _pairs(found: object) -> Iterator[tuple[str, str]]:
    (text,) = found.fetchone()  # type: ignore[attr-defined]
    for change_set, subject in json.loads(text):
        if subject:
            yield change_set, subject


# As one value each: row by row this thread would wait for the window's after every one of them.
_WRAPPED = "SELECT json_group_array(json(one)) FROM ({inner})"
_TIME = "wall >= ? AND wall < ?"
_OPS = f"(SELECT id FROM sync_txn WHERE {_TIME}) AS t JOIN sync_op AS o ON o.txn = t.id"  # noqa: S608
_HEADS = f"SELECT json_array(id, wall, author, role, replica) AS one FROM sync_txn WHERE {_TIME} ORDER BY no"  # noqa: S608
_TABLES = (
    f"SELECT DISTINCT json_array(t.id, 'table:' || o.tbl) AS one FROM {_OPS} "  # noqa: S608
    f"WHERE o.tbl NOT IN ({', '.join(repr(each) for each in _LONE)})"
)
_ANSWERS = f"""SELECT DISTINCT json_array(t.id, 'item:' || a.item) AS one FROM {_OPS}
JOIN answer AS a ON a.id = o.row WHERE o.tbl = 'answer'"""  # noqa: S608
_CELLS = f"""SELECT DISTINCT json_array(t.id, 'sheet:' || r.worksheet) AS one FROM {_OPS}
JOIN cell AS c ON c.id = o.row JOIN row AS r ON r.id = c.row WHERE o.tbl = 'cell'"""  # noqa: S608
_ROWS = f"""SELECT DISTINCT json_array(t.id, 'sheet:' || r.worksheet) AS one FROM {_OPS}
JOIN row AS r ON r.id = o.row WHERE o.tbl = 'row'"""  # noqa: S608
_PAGES = f"""SELECT DISTINCT json_array(t.id, 'page:' || d.page || '/' || coalesce(d.ref, '')) AS one
FROM {_OPS} JOIN (SELECT id, page, ref FROM deadline UNION ALL SELECT id, page, ref FROM duty) AS d
ON d.id = o.row WHERE o.tbl IN ('deadline', 'duty')"""  # noqa: S608
_SAID = f"""SELECT DISTINCT json_array(
  t.id, CASE WHEN coalesce(s.item, '') <> '' THEN 'item:' || s.item ELSE 'table:' || s.tbl END
) AS one FROM {_OPS}
JOIN (
  SELECT id, item, "table" AS tbl FROM comment UNION ALL SELECT id, item, "table" FROM suggestion
  UNION ALL SELECT id, item, 'score' FROM score
) AS s ON s.id = o.row WHERE o.tbl IN ('comment', 'suggestion', 'score')"""  # noqa: S608
_CLAIMS = f"SELECT DISTINCT json_array(t.id, 'table:evidence') AS one FROM {_OPS} WHERE o.tbl = 'claim'"  # noqa: S608
