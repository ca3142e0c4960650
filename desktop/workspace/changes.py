"""What the workspace tells of a change: which rows it touched, and the story of a field."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.base import Message
from desktop.base.canonical import Json


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit, undo or merge touched: what a window has to show anew."""

    rows: frozenset[tuple[str, str]]
    head: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of one field: from which values (several after a merge) to which."""

    when: dt.datetime
    author: str
    role: str
    label: Message
    kind: str
    field: str
    before: tuple[Json, ...]
    after: Json
