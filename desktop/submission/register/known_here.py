"""Which states of a register this computer wrote: by a word that stands in it and in the profile.

What a crash left of a transaction looks whole where each table is whole by itself, and a journal that
somebody laid beside a register looks like a crash's. So each transaction gives the register a new word that
nobody can guess, and the profile knows both words while it is under way, and the number that SQLite gave to
its journal. Only then is a journal asked for, only that one, and only to lead back to the older word.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.base.paths import folder, home
from desktop.workspace.beside import NamesAnother
from desktop.workspace.databases import alone, guard

_NAME = "here"
"""The setting in which it stands."""
_TURN = "turn"
"""The setting in which the number of transactions stands."""
_READ = "SELECT value FROM setting WHERE name = ?"
_KEEP = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class KnownHere:
    """What the profile knows of a register; see :class:`desktop.workspace.databases.Known`."""

    whole: Callable[[Path], bool]

    def unfinished(self, there: Path, copy: Path) -> bool | None:
        """Whether a transaction was under way in this register when it was last written here."""
        words, number = _noted(there)
        if _word_of(copy) not in words or (len(words) > 1 and number != _number(there)):
            return None
        return len(words) > 1

    def leads_back(self, there: Path, copy: Path) -> bool:
        """Whether a copy is the register before that transaction."""
        words, _ = _noted(there)
        return _word_of(copy) in words[:1] and self.whole(copy)


def begin(path: Path, raw: sqlite3.Connection) -> str:
    """A transaction has begun: the register gets a new word, this one. Raises sqlite3.Error."""
    old, new = _word(raw), secrets.token_hex(16)
    turn = turn_of(raw)
    raw.execute(_KEEP, (_NAME, new))  # it makes the journal, and the file itself is written at the end alone
    with contextlib.suppress(OSError):
        _note(path, [old, new], _number(path))
    raw.execute(_KEEP, (_TURN, str(turn + 1)))
    return new


def turn_of(raw: sqlite3.Connection) -> int:
    """How many transactions have written into it: an older copy has seen fewer. Raises sqlite3.Error."""
    found = raw.execute(_READ, (_TURN,)).fetchone()
    return int(found[0]) if found and re.fullmatch(r"[0-9]{1,15}", str(found[0])) else 0


def end(path: Path, raw: sqlite3.Connection, own: str) -> None:
    """The transaction that has drawn this word has ended, well or not.

    Another one may be under way by now, of another program: its note stays. While this connection is the one
    that may write, none begins.
    """
    with contextlib.suppress(OSError, sqlite3.Error, NamesAnother):
        raw.execute("PRAGMA busy_timeout=0")
        with contextlib.closing(guard(path, 0)):
            raw.execute("BEGIN IMMEDIATE")
        try:
            words, _ = _noted(path)
            word = _word(raw)
            if not words or (words[-1] == own and word in words):
                _note(path, [word])
        finally:
            raw.execute("ROLLBACK")


def _word(raw: sqlite3.Connection) -> str:
    found = raw.execute(_READ, (_NAME,)).fetchone()
    return str(found[0]) if found else ""


def _word_of(copy: Path) -> str:
    with contextlib.suppress(sqlite3.Error), contextlib.closing(alone(copy)) as raw:
        return _word(raw)
    return "?"


def _number(path: Path) -> str:
    """What SQLite drew for the sums of a journal; empty where there is none."""
    there = Path(os.path.realpath(path))
    with contextlib.suppress(OSError), there.with_name(f"{there.name}-journal").open("rb") as file:
        return file.read(16)[12:].hex()
    return ""


def _noted(path: Path) -> tuple[list[str], str]:
    """The words and the number; nothing where nothing was noted."""
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        words, number = json.loads(place_of(path).read_text(encoding="utf-8"))
        if isinstance(words, list) and all(isinstance(each, str) for each in words):
            return words, str(number)
    return [], ""


def _note(path: Path, words: list[str], number: str = "") -> None:
    """On the disk before anything is written into the register, so that a power cut leaves it."""
    folder("registers")
    place = place_of(path)
    half = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with half.open("w", encoding="utf-8") as file:
            json.dump([words, number], file)
            file.flush()
            if len(words) > 1:
                os.fsync(file.fileno())
        half.replace(place)
    finally:
        half.unlink(missing_ok=True)


def place_of(path: Path) -> Path:
    """Where the profile keeps what it knows of a register."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
    return home() / "registers" / f"{name}.json"
