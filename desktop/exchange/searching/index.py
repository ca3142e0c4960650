"""The index behind the search: an FTS5 table in memory, never in the workspace file.

It is filled beside the window, kept up to date by the rows that changed, and asked at every key. One lock
guards it, and is held for a few milliseconds at a time.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from desktop.base import Message, RancangError
from desktop.exchange.searching.asking import Asked, fold, understood
from desktop.exchange.searching.documents import WEIGHTS, Document, Kind

Marked: TypeAlias = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is what was looked for."""
PER_KIND = 8
"""Results shown of one kind unless more are asked for."""
AROUND = 60
"""Letters shown before what was found."""
SHOWN = 180
"""Letters shown of a text."""
_TITLE, _BODY = 6.0, 1.0
_STEP = 64
"""A document's number in the index is a count times this, plus the number of its kind."""
_KINDS = tuple(Kind)
_ENTRY = "SELECT id, tbl, row, field, facts, title, body FROM entry JOIN doc ON doc.rowid = id"
_SCHEMA = """
CREATE VIRTUAL TABLE doc USING fts5(
    title, body, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, tbl TEXT NOT NULL, row TEXT NOT NULL, field TEXT NOT NULL, facts TEXT NOT NULL
);
CREATE INDEX entry_row ON entry (row, tbl);
"""
_UNPACKED = "SELECT {columns} FROM json_each(?)"
_MEANT = """
SELECT entry.id FROM json_each(?) AS each JOIN entry
ON entry.row = json_extract(each.value, '$[1]') AND entry.tbl = json_extract(each.value, '$[0]')
"""


def _columns(*places: int) -> str:
    return ", ".join(f"json_extract(value, '$[{place}]')" for place in places)


@dataclass(frozen=True, slots=True)
class Match:
    """One document that answers."""

    kind: Kind
    table: str
    row: str
    field: str
    facts: Mapping[str, Any]
    text: Marked
    score: float
    """How well it answers; more is better."""

    @property
    def plain(self) -> str:
        """What is shown of it, without marks."""
        return "".join(piece for piece, _ in self.text)


@dataclass(frozen=True, slots=True)
class Group:
    """The best answers of one kind, and how many there are in all."""

    kind: Kind
    total: int
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a query; the kind of the best answer comes first."""

    asked: Asked
    groups: tuple[Group, ...] = ()

    @property
    def total(self) -> int:
        """How many answers there are."""
        return sum(group.total for group in self.groups)


class NoSearch(RancangError):
    """The SQLite of this installation was built without its full-text search."""

    def __init__(self) -> None:
        super().__init__(Message("exchange.search.no_index"))


class Index:
    """Documents that can be asked for; every method may be called from any thread. Raises NoSearch."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        try:
            self._db.executescript(_SCHEMA)
        except sqlite3.OperationalError as error:
            self._db.close()
            raise NoSearch from error
        self._next = 1
        self.head = ""
        """The journal head of what it holds, as whoever fills it says; empty while it is being filled."""

    def close(self) -> None:
        """Give its memory back; asked afterwards, it finds nothing."""
        with self._lock:
            self._db.close()

    # -- filling ---------------------------------------------------------------------------------
    def put(self, documents: Iterable[Document]) -> None:
        """Add documents."""
        with self._lock:
            made = []
            for each in documents:
                number = self._next * _STEP + _KINDS.index(each.kind)
                self._next += 1
                facts = json.dumps(dict(each.facts))
                made.append((number, each.table, each.row, each.field, facts, each.title, each.body))
            if not made:
                return
            # all in one value: row by row this thread would wait for the window's after each of them
            packed = (json.dumps(made),)
            self._db.execute("BEGIN")
            self._db.execute(f"INSERT INTO entry {_UNPACKED.format(columns=_columns(0, 1, 2, 3, 4))}", packed)
            self._db.execute(
                f"INSERT INTO doc (rowid, title, body) {_UNPACKED.format(columns=_columns(0, 5, 6))}", packed
            )
            self._db.execute("COMMIT")

    def replace(self, rows: Iterable[tuple[str, str]], documents: Iterable[Document]) -> None:
        """Put documents in place of those of some rows; whoever asks meanwhile finds the one or the other."""
        with self._lock:
            self.drop(rows)
            self.put(documents)

    def drop(self, rows: Iterable[tuple[str, str]]) -> None:
        """Take out every document of some rows (table, id)."""
        packed = (json.dumps(list(rows)),)
        with self._lock:
            self._db.execute("BEGIN")
            self._db.execute(f"DELETE FROM doc WHERE rowid IN ({_MEANT})", packed)  # noqa: S608 - our own words
            self._db.execute(f"DELETE FROM entry WHERE id IN ({_MEANT})", packed)  # noqa: S608
            self._db.execute("COMMIT")

    def clear(self) -> None:
        """Take everything out."""
        with self._lock:
            self._db.executescript("DELETE FROM doc; DELETE FROM entry;")
            self.head = ""

    def __len__(self) -> int:
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def contents(self) -> list[tuple[str, ...]]:
        """Everything it holds, in an order of its own: two indexes of the same texts say the same."""
        query = (
            "SELECT tbl, row, field, facts, title, body, entry.id % ? FROM entry JOIN doc ON doc.rowid = id"
        )
        with self._lock:
            return sorted(tuple(map(str, each)) for each in self._db.execute(query, (_STEP,)))

    # -- asking ----------------------------------------------------------------------------------
    def find(self, typed: str, *, per_kind: int = PER_KIND, kinds: Iterable[Kind] | None = None) -> Found:
        """What answers; nothing that can be typed is an error."""
        asked = understood(typed)
        if not asked:
            return Found(asked)
        wanted = None if kinds is None else {_KINDS.index(kind) for kind in kinds}
        best: dict[int, list[tuple[float, int]]] = {}
        totals: dict[int, int] = {}
        with self._lock:
            for number, score in self._scores(asked):
                kind = number % _STEP
                if wanted is None or kind in wanted:
                    totals[kind] = totals.get(kind, 0) + 1
                    few = best.setdefault(kind, [])
                    if len(few) < per_kind:
                        few.append((score, number))
            groups = [
                Group(_KINDS[kind], totals[kind], tuple(self._match(asked, *each) for each in few))
                for kind, few in best.items()
            ]
        groups.sort(key=lambda group: -group.matches[0].score)
        return Found(asked, tuple(groups))

    def _scores(self, asked: Asked) -> Iterable[tuple[int, float]]:
        """Numbers of what answers with how well, best first."""
        query = (
            "SELECT rowid, -bm25(doc, ?, ?) AS score FROM doc WHERE doc MATCH ? ORDER BY score DESC, rowid"
        )
        try:
            return self._db.execute(query, (_TITLE, _BODY, asked.expression)).fetchall()
        except sqlite3.Error:  # closed meanwhile, or letters that are words to Python and none to SQLite
            return []

    def _match(self, asked: Asked, score: float, number: int) -> Match:
        query = (
            "SELECT tbl, row, field, facts, title, body FROM entry JOIN doc ON doc.rowid = id WHERE id = ?"
        )
        table, row, field, facts, title, body = self._db.execute(query, (number,)).fetchone()
        kind = _KINDS[number % _STEP]
        score *= WEIGHTS.get(kind, 1.0)
        return Match(kind, table, row, field, json.loads(facts), marked(asked, title, body), score)


def marked(asked: Asked, title: str, body: str) -> Marked:
    """A stretch of a text around what was looked for, with that marked."""
    in_title = title and (not body or asked.marks.search(fold(title)))
    text = " ".join((title if in_title else body).split())
    folded = fold(text)
    first = asked.marks.search(folded)
    start = _start(text, first.start() if first else 0)
    end = min(len(text), start + SHOWN)
    if end < len(text):
        blank = text.rfind(" ", start + SHOWN // 2, end)
        end = blank if blank > 0 else end
    pieces: list[tuple[str, bool]] = [("\N{HORIZONTAL ELLIPSIS}", False)] if start else []
    at = start
    for hit in asked.marks.finditer(folded, start):
        if hit.start() >= end:
            break
        if hit.start() > at:
            pieces.append((text[at : hit.start()], False))
        pieces.append((text[hit.start() : min(hit.end(), end)], True))
        at = min(hit.end(), end)
    if at < end:
        pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append(("\N{HORIZONTAL ELLIPSIS}", False))
    return tuple(pieces)


def _start(text: str, hit: int) -> int:
    """Where to begin so that what was found stands in view, at the beginning of a word."""
    if hit <= AROUND:
        return 0
    start = text.find(" ", hit - AROUND, hit)
    return start + 1 if start >= 0 else hit


__all__ = ["Found", "Group", "Index", "Marked", "Match", "marked"]
