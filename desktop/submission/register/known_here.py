"""Which states of a register this computer wrote: by a word that stands in it and in the profile.

What a crash left of a transaction looks whole where each table is whole by itself, and a journal that
somebody laid beside a register looks like a crash's. So each transaction gives the register a new word that
nobody can guess, and the profile knows both words while it is under way. Only then is a journal asked for,
and it is true when it leads back from the new word to the old one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.base.paths import folder, home
from desktop.workspace.databases import alone

_NAME = "here"
"""The setting in which it stands."""
_READ = "SELECT value FROM setting WHERE name = ?"
_KEEP = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class KnownHere:
    """What the profile knows of a register; see :class:`desktop.workspace.databases.Known`."""

    whole: Callable[[Path], bool]

    def unfinished(self, there: Path, copy: Path) -> bool | None:
        """Whether a transaction was under way in this register when it was last written here."""
        noted = _noted(there)
        if noted is None or _word_of(copy) not in noted:
            return None
        return len(noted) > 1

    def leads_back(self, there: Path, copy: Path) -> bool:
        """Whether a copy is the register before that transaction."""
        noted = _noted(there)
        return bool(noted) and _word_of(copy) == (noted or [""])[0] and self.whole(copy)


def begin(path: Path, raw: sqlite3.Connection) -> None:
    """A transaction has begun: the register gets a new word. Raises sqlite3.Error."""
    old, new = _word(raw), secrets.token_hex(16)
    with contextlib.suppress(OSError):
        _note(path, [old, new])
    raw.execute(_KEEP, (_NAME, new))


def end(path: Path, raw: sqlite3.Connection) -> None:
    """It has ended, well or not."""
    noted = _noted(path)
    with contextlib.suppress(OSError, sqlite3.Error):
        word = _word(raw)
        if noted is None or (len(noted) > 1 and word in noted):
            _note(path, [word])


def _word(raw: sqlite3.Connection) -> str:
    found = raw.execute(_READ, (_NAME,)).fetchone()
    return str(found[0]) if found else ""


def _word_of(copy: Path) -> str:
    with contextlib.suppress(sqlite3.Error), contextlib.closing(alone(copy)) as raw:
        return _word(raw)
    return "?"


def _noted(path: Path) -> list[str] | None:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(_place(path).read_text(encoding="utf-8"))
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return found
    return None


def _note(path: Path, words: list[str]) -> None:
    """On the disk before anything is written into the register, so that a power cut leaves it."""
    folder("registers")
    place = _place(path)
    half = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with half.open("w", encoding="utf-8") as file:
            json.dump(words, file)
            file.flush()
            if len(words) > 1:
                os.fsync(file.fileno())
        half.replace(place)
    finally:
        half.unlink(missing_ok=True)


def _place(path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
    return home() / "registers" / f"{name}.json"
