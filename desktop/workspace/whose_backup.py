"""Of which copy a backup is: every copy of a document that is opened here is backed up into one folder.

Copies that colleagues, agencies or a consultant sent back are among them. One's own are those of the file
that lies, or lay, at the place at hand: the place on this computer stands in no file, and what does stand
there anybody can have written. Of every other one it is told whose copy it is, by its own word.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from desktop.base import Message
from desktop.base.errors import RancangError
from desktop.base.quoting import bounded
from desktop.workspace import backup, file, handouts
from desktop.workspace.backup import Backup

_ASKED = ("replica", "device", "made_for")


def is_own(saved: Backup, path: Path) -> bool:
    """Whether a backup is of the file at a place, whatever lies there by now."""
    return saved.place == backup.place_word(path)


def divided(saved: Iterable[Backup], path: Path) -> tuple[list[Backup], list[Backup]]:
    """Those of the file at a place and all others, each in the order in which they come."""
    own, others = list[Backup](), list[Backup]()
    for each in saved:
        (own if is_own(each, path) else others).append(each)
    return own, others


def told(saved: Backup, path: Path | None = None) -> Message:
    """Whose copy a backup is of: the file at hand, which lies at ``path``, or whose it says itself."""
    if path is not None and is_own(saved, path):
        return Message("workspace.backup.of_here")
    by, whom = _said(saved.path)
    if whom and by and whom != by:
        return Message("workspace.backup.of_for", by=bounded(by), whom=bounded(whom))
    if whom or by:
        return Message("workspace.backup.of", by=bounded(by or whom))
    return Message("workspace.backup.of_nobody")


def _said(path: Path) -> tuple[str, str]:
    """Who worked in it last on another computer (else here), and for whom it was made; empty: nobody."""
    with (
        contextlib.suppress(RancangError, sqlite3.Error, OSError, ValueError, TypeError, LookupError),
        file.peeked(path) as opened,
    ):
        meta = dict(opened.execute("SELECT key, value FROM sync_meta WHERE key IN (?, ?, ?)", _ASKED))
        known = {
            str(replica): (str(person), str(device), str(parent or ""))
            for replica, person, device, parent in opened.execute(
                "SELECT id, person, device, parent FROM sync_replica"
            )
        }
        at = str(meta.get("replica") or "")
        by = known[at][0] if at in known else ""
        # whoever opened it here only looked into it: it is the copy of whom it came from
        while at in known:
            person, device, parent = known.pop(at)
            if device != meta.get("device"):
                by = person
                break
            at = parent
        whom = handouts.read_made_for(str(meta.get("made_for") or "null"))
        if whom is None:
            return by, ""
        return by, whom.person or _agency(opened, whom.agency) or whom.role
    return "", ""


def _agency(opened: sqlite3.Connection, identity: str) -> str:
    row = opened.execute("SELECT name FROM agency WHERE id = ?", (identity,)).fetchone()
    named = json.loads(row[0]) if row and row[0] else {}
    return next((str(each) for each in named.values() if each), "")
