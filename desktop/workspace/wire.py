"""Change sets as lines of text, as short as they can be told to somebody who has what they rest on.

A *packed* line is one of a series: it leaves out its own id (the hash of what it says), points at earlier
lines by their distance, and tells a long text as the difference to the one it replaced. A thousand small
edits then take some 40 KB in a ZIP.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from sys import getsizeof
from typing import Any

from desktop.base.canonical import Json, canonical_text
from desktop.workspace.journal import ChangeSet, Edit

FORMAT = 1
"""The version of the packed lines."""
LONG = 200
"""Letters from which a text is told as a difference."""
MOST_TEXT = 1 << 28
"""Bytes of memory that all texts told as differences may take: a few forged ones could otherwise fill it."""
_PARTS, _MARKS = 8, 24
"""Lists and objects, and commas, for each operation that there may be; ours have a third of both.

Two letters of JSON become sixty bytes of memory, so they are counted before they are read.
"""
_PLAIN = (
    "replica", "seq", "lamport", "wall", "tz_minutes", "clock_suspect", "author", "role", "kind",
    "label", "undoes", "schema",
)  # fmt: skip
"""What a line begins with; parents and edits follow."""

Texts = Callable[[Mapping[str, tuple[str, str]]], Mapping[str, tuple[str, str, Mapping[str, Json]]]]
"""Of operations, each looked for in a (table, row): both again, and the values by field."""


class Garbled(ValueError):
    """A line is not a change set."""


class TooMuch(Garbled):
    """More than any team writes."""


class Unfounded(LookupError):
    """A line rests on an operation that is not here."""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Garbled from error


def _refuse(said: str) -> Any:
    raise Garbled(said)


def pack(change_sets: Iterable[ChangeSet], texts: Texts) -> Iterator[str]:
    """A series as packed lines, parents first; ``texts`` knows what was written before it."""
    series = list(change_sets)
    at = {c.id: number for number, c in enumerate(series)}
    inside = {f"{c.id}.{i}": e for c in series for i, e in enumerate(c.edits)}
    bases = {e.pred[0]: (e.table, e.row) for e in inside.values() if _is_long(e)}
    earlier = texts({base: row for base, row in bases.items() if base not in inside})
    for number, c in enumerate(series):
        points = _Pointing(number, at)
        edits = [_packed(e, inside, earlier, points) for e in c.edits]
        plain = [getattr(c, name) for name in _PLAIN]
        plain[_PLAIN.index("undoes")] = points.change_set(c.undoes) if c.undoes else c.undoes
        yield canonical_text([*plain, [points.change_set(each) for each in c.parents], edits])


@dataclass(frozen=True, slots=True)
class _Pointing:
    """How the line of this number names other change sets and operations."""

    number: int
    at: Mapping[str, int]

    def change_set(self, identity: str) -> str | int:
        """Earlier lines by distance, everything else by its whole name."""
        there = self.at.get(identity, self.number)
        return self.number - there if there < self.number else identity

    def op(self, identity: str) -> Json:
        """An operation in the same way."""
        change_set, _, index = identity.rpartition(".")
        there = self.change_set(change_set)
        return [there, int(index)] if isinstance(there, int) else identity


def _packed(
    e: Edit,
    inside: Mapping[str, Edit],
    earlier: Mapping[str, tuple[str, str, Mapping[str, Json]]],
    points: _Pointing,
) -> list[Json]:
    told = [e.table, e.row, e.kind, e.field, e.value, [points.op(each) for each in e.pred]]
    if not _is_long(e):
        return told
    before = _stated(inside[e.pred[0]], e) if e.pred[0] in inside else _known(earlier, e)
    if not isinstance(before, str):
        return told
    start, end, between = _difference(before, e.value)
    return [*told[:4], [start, end, between], told[5], 1] if len(between) < len(e.value) - 20 else told


def _is_long(e: Edit) -> bool:
    return e.kind == "U" and isinstance(e.value, str) and len(e.value) > LONG and bool(e.pred)


def _stated(base: Edit, e: Edit) -> Json:
    """What an edit wrote into the register of another."""
    if (base.table, base.row) != (e.table, e.row):
        return None
    if base.kind == "I" and isinstance(base.value, dict):
        return base.value.get(e.field)
    return base.value if base.kind == "U" and base.field == e.field else None


def _known(earlier: Mapping[str, tuple[str, str, Mapping[str, Json]]], e: Edit) -> Json:
    found = earlier.get(e.pred[0])
    return found[2].get(e.field) if found is not None and found[:2] == (e.table, e.row) else None


def _difference(before: str, after: str) -> tuple[int, int, str]:
    """Letters kept at the start and at the end, and what stands between them now."""
    most = min(len(before), len(after))
    start = _alike(before, after, most)
    end = _alike(before[::-1], after[::-1], most - start)
    return start, end, after[start : len(after) - end]


def _alike(one: str, other: str, most: int) -> int:
    """How many letters two texts begin with alike, found by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def parse(lines: Iterable[str], most: int) -> Iterator[list[Any]]:
    """Packed lines as lists, still packed; of at most so many operations. Raises Garbled, TooMuch."""
    operations = parts = marks = 0
    for text in lines:
        parts += text.count("[") + text.count("{")
        marks += text.count(",")
        if parts > _PARTS * most or marks > _MARKS * most:
            raise TooMuch
        said = _parsed(text)
        if not isinstance(said, list) or len(said) != len(_PLAIN) + 2 or not isinstance(said[-1], list):
            raise Garbled
        operations += len(said[-1])
        if operations > most:
            raise TooMuch
        yield said


def unpack(lines: Iterable[list[Any]], texts: Texts) -> list[ChangeSet]:
    """The change sets of a series; ``texts`` tells what was before it. Raises Garbled, TooMuch, Unfounded."""
    series = list(lines)
    try:
        outside = {base: row for said in series for base, row in _outside(said)}
        return _Unpacking(texts(outside)).all(series)
    except Garbled:
        raise
    except (ValueError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise Garbled from error


def _outside(said: list[Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The operations before the series to which the texts of a line are differences, each with its row."""
    for edit in said[-1]:
        if len(edit) == 7 and isinstance(edit[5][0], str):
            table, row = edit[:2]
            if not isinstance(table, str) or not isinstance(row, str):
                raise Garbled
            yield edit[5][0], (table, row)


class _Unpacking:
    """Reads a series from its first line to its last."""

    def __init__(self, earlier: Mapping[str, tuple[str, str, Mapping[str, Json]]]) -> None:
        self._earlier = earlier
        self._done: list[ChangeSet] = []
        self._taken = 0

    def all(self, series: list[list[Any]]) -> list[ChangeSet]:
        """Every change set, each with the id that its content gives it."""
        for said in series:
            plain = dict(zip(_PLAIN, said, strict=False))
            plain["undoes"] = (
                plain["undoes"] if plain["undoes"] is None else self._change_set(plain["undoes"])
            )
            parents = tuple(self._change_set(each) for each in said[-2])
            draft = ChangeSet(id="", **plain, parents=parents, edits=tuple(self._edit(e) for e in said[-1]))
            self._done.append(replace(draft, id=draft.content_hash()))
        return self._done

    def _change_set(self, said: Any) -> str:
        if isinstance(said, str):
            return said
        if not isinstance(said, int) or isinstance(said, bool) or not 0 < said <= len(self._done):
            raise Garbled
        return self._done[-said].id

    def _op(self, said: Any) -> str:
        if isinstance(said, str):
            return said
        there, index = said
        if isinstance(there, str) or not isinstance(index, int) or isinstance(index, bool) or index < 0:
            raise Garbled
        return f"{self._change_set(there)}.{index}"

    def _edit(self, said: list[Any]) -> Edit:
        if len(said) == 6:
            table, row, kind, field, value, pred = said
            return Edit(table, row, kind, field, value, tuple(self._op(each) for each in pred))
        table, row, kind, field, between, pred, mark = said
        if mark != 1 or kind != "U":
            raise Garbled
        whole = Edit(table, row, kind, field, "", tuple(self._op(each) for each in pred))
        return replace(whole, value=self._text(whole, pred[0], between))

    def _text(self, e: Edit, base: Any, said: Any) -> str:
        start, end, between = said
        before = self._base(e, base)
        if not isinstance(before, str):
            raise Garbled
        whole = [isinstance(each, int) and not isinstance(each, bool) and each >= 0 for each in (start, end)]
        if not all(whole) or not isinstance(between, str) or start + end > len(before):
            raise Garbled
        text = before[:start] + between + before[len(before) - end :]
        self._taken += getsizeof(text)
        if self._taken > MOST_TEXT:
            raise TooMuch
        return text

    def _base(self, e: Edit, said: Any) -> Json:
        if isinstance(said, str):
            if e.pred[0] not in self._earlier:
                raise Unfounded(e.pred[0])
            return _known(self._earlier, e)
        edits = self._done[-said[0]].edits
        return _stated(edits[said[1]], e) if said[1] < len(edits) else None
