"""Which states of a register this computer wrote: by a word that stands in it and in the profile.

What a crash left of a transaction looks whole where each table is whole by itself, and a journal that
somebody laid beside a register looks like a crash's. Each time a register is opened to be written it gets a
new word that nobody can guess, and a journal is true when it leads back to that.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
from pathlib import Path

from desktop.base.paths import folder, home
from desktop.workspace.databases import alone

_NAME = "here"
"""The setting in which it stands."""
_KEEP = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"


def begin(path: Path, raw: sqlite3.Connection) -> None:
    """Give a register a new word; where nothing may be written it keeps its own."""
    with contextlib.suppress(sqlite3.Error, OSError):
        word = secrets.token_hex(16)
        _note(path, [each for each in (_word(raw), word) if each])
        raw.execute(_KEEP, (_NAME, word))
        _note(path, [word])


def is_known(path: Path, copy: Path) -> bool | None:
    """Whether a copy of a register says what was written here; None where nothing was noted of it."""
    try:
        noted = json.loads(_place(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    with contextlib.suppress(sqlite3.Error, TypeError), contextlib.closing(alone(copy)) as raw:
        return _word(raw) in noted
    return False


def _word(raw: sqlite3.Connection) -> str:
    found = raw.execute("SELECT value FROM setting WHERE name = ?", (_NAME,)).fetchone()
    return str(found[0]) if found else ""


def _note(path: Path, words: list[str]) -> None:
    """On the disk before anything is written into the register, so that a power cut leaves it."""
    folder("registers")
    place = _place(path)
    half = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with half.open("w", encoding="utf-8") as file:
            json.dump(words, file)
            file.flush()
            os.fsync(file.fileno())
        half.replace(place)
    finally:
        half.unlink(missing_ok=True)


def _place(path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
    return home() / "registers" / f"{name}.json"
