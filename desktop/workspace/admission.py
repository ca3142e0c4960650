"""May change sets from elsewhere come in? All of them, or none: judged before anything is written.

Whoever made the file may have forged it. What gets past here can be stored, merged and read like our
own; tables and fields of newer programs may be among it and are kept for them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from desktop.base.canonical import Json
from desktop.workspace.errors import FileTooNew, ForgedChanges, IncompleteChanges
from desktop.workspace.journal import SCHEMA, ChangeSet, Edit, Journal
from desktop.workspace.registers import LARGEST, TABLES, WHOLE

_HASH = re.compile(r"[0-9a-f]{64}")
_ROW = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,59}")
_OP = re.compile(r"([0-9a-f]{64})\.(?:0|[1-9]\d{0,8})")
# seconds in UTC as we write them, and years no time zone can push over the calendar's edge
_WALL = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_NAME, _LABEL, _SHORT = 1_000, 100_000, 300
_DAY = 24 * 60
_NESTING = 8


def admit(journal: Journal, arrived: Iterable[ChangeSet], file: str) -> list[ChangeSet]:
    """Those of the change sets that are new here, parents first.

    Raises ForgedChanges, IncompleteChanges, FileTooNew.
    """
    came = list(arrived)
    known = journal.lamports({c.id for c in came})
    new = [c for c in came if c.id not in known]
    for c in new:
        if not well_formed(c):
            raise ForgedChanges(file)
        if c.schema > SCHEMA:
            raise FileTooNew(file, c.schema, SCHEMA)
    new.sort(key=lambda c: (c.lamport, c.id))
    lamports = journal.lamports({name for c in new for name in (*c.parents, *_replaced(c))})
    for c in new:
        if c.id in lamports or c.content_hash() != c.id:
            raise ForgedChanges(file)
        _check_past(c, lamports, file)
        lamports[c.id] = c.lamport
    return new


def _replaced(c: ChangeSet) -> set[str]:
    """The change sets whose operations this one replaces."""
    return {pred.partition(".")[0] for edit in c.edits for pred in edit.pred}


def _check_past(c: ChangeSet, lamports: dict[str, int], file: str) -> None:
    """Everything a change set rests on is here, and it counts on from there (so order is order)."""
    if not rests_on(c, lamports):
        raise IncompleteChanges(file)
    if not counts_on(c, lamports):
        raise ForgedChanges(file)


def rests_on(c: ChangeSet, lamports: Mapping[str, int]) -> bool:
    """Whether everything that a change set names is there."""
    return lamports.keys() >= {*c.parents} and lamports.keys() >= _replaced(c)


def counts_on(c: ChangeSet, lamports: Mapping[str, int]) -> bool:
    """Whether its number is the next one after those of its parents, which are there."""
    return c.lamport == 1 + max((lamports[parent] for parent in c.parents), default=0)


def well_formed(c: ChangeSet) -> bool:
    """Whether a change set is of the shape in which they are written, all its values included."""
    names: tuple[Json, ...] = (c.replica, c.wall, c.author, c.role, c.kind, c.label)
    numbers: tuple[Json, ...] = (c.seq, c.lamport, c.schema)
    suspect: Json = c.clock_suspect
    return (
        all(isinstance(name, str) and _encodes(name) for name in names)
        and all(_whole(number) and number > 0 for number in numbers)
        and _whole(c.tz_minutes)
        and abs(c.tz_minutes) <= _DAY
        and isinstance(suspect, bool)
        and _ROW.fullmatch(c.replica) is not None
        and _WORD.fullmatch(c.kind) is not None
        and max(len(c.author), len(c.role)) <= _NAME
        and _moment(c.wall)
        and _label(c.label)
        and (c.undoes is None or _matches(_HASH, c.undoes))
        and all(_matches(_HASH, parent) for parent in c.parents)
        and len(c.parents) == len(set(c.parents))
        and all(_edit(edit) for edit in c.edits)
    )


def _edit(edit: Edit) -> bool:
    named = _matches(_WORD, edit.table) and _matches(_ROW, edit.row)
    if not named or not all(_matches(_OP, pred) for pred in edit.pred):
        return False
    kind: Json = edit.kind
    match kind:
        case "I":
            stated = isinstance(edit.value, dict) and all(_field(name) for name in edit.value)
            return stated and edit.field == "" and _json(edit.value, 0)
        case "U":
            return _field(edit.field) and not _is_policy(edit) and _json(edit.value, 0)
        case "D":
            return edit.field == "" and edit.value is None
        case _:
            return False


def _is_policy(edit: Edit) -> bool:
    """How the values of a row are merged is said when it is made, and never again."""
    spec = TABLES.get(edit.table)
    return edit.field == "policy" and spec is not None and any(each.stored_policy for each in spec.registers)


def _field(name: Json) -> bool:
    return isinstance(name, str) and 0 < len(name) <= 200 and not name.startswith(WHOLE) and _encodes(name)


def _json(value: Json, depth: int) -> bool:
    """Whether this is a value as we write them: no floats, no half letters, nothing nested without end."""
    match value:
        case None | bool():
            return True
        case int():
            return _whole(value)
        case str():
            return _encodes(value)
        case list() if depth < _NESTING:
            return all(_json(member, depth + 1) for member in value)
        case dict() if depth < _NESTING:
            return all(_encodes(key) and _json(member, depth + 1) for key, member in value.items())
        case _:
            return False


def _label(text: str) -> bool:
    return _known_label(text) if len(text) <= _SHORT else len(text) <= _LABEL and _object(text)


def _object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


# thousands of change sets bear the same few labels
_known_label = lru_cache(maxsize=512)(_object)


def _moment(text: str) -> bool:
    try:
        return _WALL.fullmatch(text) is not None and bool(dt.datetime.fromisoformat(text))
    except ValueError:
        return False


def _encodes(text: str) -> bool:
    if text.isascii():
        return True
    try:
        return bool(text.encode()) or not text
    except UnicodeEncodeError:
        return False


def _whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def _matches(pattern: re.Pattern[str], text: Json) -> bool:
    return isinstance(text, str) and pattern.fullmatch(text) is not None
