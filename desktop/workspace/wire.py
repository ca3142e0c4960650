"""Change sets as lines of text: one canonical JSON object each, read back only in that very shape."""

from __future__ import annotations

import json
from typing import Any

from desktop.base.canonical import canonical_text
from desktop.workspace.journal import ChangeSet, Edit

_PLAIN = (
    "id", "replica", "seq", "lamport", "wall", "tz_minutes", "clock_suspect", "author", "role", "kind",
    "label", "undoes", "schema",
)  # fmt: skip


class Garbled(ValueError):
    """A line is not a change set."""


def line(change_set: ChangeSet) -> str:
    """One change set as a line, without its end."""
    said: dict[str, Any] = {name: getattr(change_set, name) for name in _PLAIN}
    edits = [[e.table, e.row, e.kind, e.field, e.value, list(e.pred)] for e in change_set.edits]
    return canonical_text({**said, "parents": list(change_set.parents), "edits": edits})


def read_line(text: str) -> ChangeSet:
    """A change set from a line; its values are judged by ``admission``. Raises Garbled."""
    try:
        said = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        if not isinstance(said, dict) or set(said) != {*_PLAIN, "parents", "edits"}:
            raise Garbled
        edits = tuple(_edit(each) for each in said["edits"])
        return ChangeSet(**{name: said[name] for name in _PLAIN}, parents=tuple(said["parents"]), edits=edits)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise Garbled from error


def _edit(said: Any) -> Edit:
    table, row, kind, field, value, pred = said
    return Edit(table, row, kind, field, value, tuple(pred))


def _refuse(said: str) -> Any:
    raise Garbled(said)
