"""From which folders this computer has received with a register: the register itself may name any.

A register comes from a colleague, or from anybody; what it names as the folders of its last run is not read,
nor so much as looked for (the name of another computer's folder would sign somebody on there), unasked.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop.base.placing import put
from desktop.submission.register import tables
from desktop.submission.register.file import told
from desktop.submission.register.known_here import place_of

if TYPE_CHECKING:
    from desktop.submission.register.store import Register

_MOST = 1000
"""Folders remembered of one register."""


def received_from(register: Path) -> frozenset[str]:
    """The folders, as a register names them."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(_place(register).read_text(encoding="utf-8"))
        if isinstance(found, list):
            return frozenset(each for each in found if isinstance(each, str))
    return frozenset()


def folders_of(register: Register, places: Iterable[str]) -> tuple[Path, ...]:
    """The folders from which the things at these places were received, called as they were here.

    A folder that was not received from here is called as the register calls it, and nobody looks there.
    """
    wanted, file = frozenset(places), tables.FILE.c
    rows = sa.select(file.path, file.unit, file.root)
    with told(register.path), register.engine.connect() as connection:
        roots = {str(row.root) for row in connection.execute(rows) if wanted & {row.path, row.unit}}
    named = {os.path.realpath(each): each for each in sorted(received_from(register.path))}
    return tuple(Path(named.get(each, each)) for each in sorted(roots))


def read_at(rows: list[Any], unread: frozenset[int], register: Path) -> tuple[list[Any], frozenset[int]]:
    """The rows of files without those of others about what was read here, at places where nobody here looks.

    They say nothing against it, and no run could ever take them back: another computer calls the same folder
    by another path, and a stranger names any. With them which rows are left that lie at such places.
    """
    folders = frozenset(map(Path, received_from(register)))
    strange = frozenset(row.id for row in rows if row.id in unread and not _lies_in(Path(row.path), folders))
    own = {row.sha256 for row in rows if row.id not in unread} - {""}
    return [row for row in rows if row.id not in strange or row.sha256 not in own], strange


def _lies_in(place: Path, folders: frozenset[Path]) -> bool:
    return not folders.isdisjoint((place, *place.parents))


def note_received(register: Path, folders: Iterable[str]) -> None:
    """Somebody has received from these here; a computer that keeps no list asks again."""
    fresh = list(dict.fromkeys([*folders, *sorted(received_from(register))]))[:_MOST]
    with contextlib.suppress(OSError):
        _place(register).parent.mkdir(parents=True, exist_ok=True)
        put(_place(register), json.dumps(fresh).encode())


@contextlib.contextmanager
def thrown_away(register: Path) -> Iterator[Path]:
    """A register that goes with its folder: nothing is known of it any more, nor from where it received."""
    try:
        yield register
    finally:
        for each in (place_of(register), _place(register)):
            with contextlib.suppress(OSError):
                each.unlink(missing_ok=True)


def _place(register: Path) -> Path:
    return place_of(register).with_suffix(".folders.json")
