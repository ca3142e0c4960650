"""From which folders this computer has received with a register: the register itself may name any.

A register comes from a colleague, or from anybody; what it names as the folders of its last run is not read,
nor so much as looked for (the name of another computer's folder would sign somebody on there), unasked.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path

from desktop.base.placing import put
from desktop.submission.register.known_here import place_of

_MOST = 1000
"""Folders remembered of one register."""


def received_from(register: Path) -> frozenset[str]:
    """The folders, as a register names them."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(_place(register).read_text(encoding="utf-8"))
        if isinstance(found, list):
            return frozenset(each for each in found if isinstance(each, str))
    return frozenset()


def note_received(register: Path, folders: Iterable[str]) -> None:
    """Somebody has received from these here; a computer that keeps no list asks again."""
    fresh = list(dict.fromkeys([*folders, *sorted(received_from(register))]))[:_MOST]
    with contextlib.suppress(OSError):
        _place(register).parent.mkdir(parents=True, exist_ok=True)
        put(_place(register), json.dumps(fresh).encode())


def _place(register: Path) -> Path:
    return place_of(register).with_suffix(".folders.json")
