"""Of which copy a backup is: every copy of a document that is opened here is backed up into one folder.

Copies that colleagues, agencies or a consultant sent back are among them. One's own is the copy at hand, at
the place where it lies (or, where its file is gone or damaged, the one of which a backup holds what stood
there last); of every other one it is told whose copy it is, by its own word.
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
from desktop.workspace import backup, file, handouts, remembered
from desktop.workspace.backup import Backup

_ASKED = ("replica", "device", "made_for")


def copy_at(path: Path, workspace: str) -> str:
    """Which copy of the document is at a place, in one word; empty where nobody can say."""
    # what this computer knows of the place goes before what a file says that may be anybody's by now
    left = remembered.head_left(workspace, path)[: backup.HEAD]
    same = {each.copy for each in backup.listed(workspace) if left and each.head == left}
    if len(same) == 1:
        return same.pop()
    return _copy_in(path, workspace) if path.is_file() else ""


def is_own(saved: Backup, copy: str) -> bool:
    """Whether a backup is of this copy."""
    return bool(copy) and saved.copy == copy


def divided(saved: Iterable[Backup], copy: str) -> tuple[list[Backup], list[Backup]]:
    """Those of this copy and those of all others, each in the order in which they come."""
    own, others = list[Backup](), list[Backup]()
    for each in saved:
        (own if is_own(each, copy) else others).append(each)
    return own, others


def told(saved: Backup, copy: str = "") -> Message:
    """Whose copy a backup is of: ``copy``, which is the one at hand, or whose it says itself."""
    if is_own(saved, copy):
        return Message("workspace.backup.of_here")
    by, whom = _said(saved.path)
    if whom and by and whom != by:
        return Message("workspace.backup.of_for", by=bounded(by), whom=bounded(whom))
    if whom or by:
        return Message("workspace.backup.of", by=bounded(by or whom))
    return Message("workspace.backup.of_nobody")


def _copy_in(path: Path, workspace: str) -> str:
    with (
        contextlib.suppress(RancangError, sqlite3.Error, OSError, ValueError, TypeError),
        file.peeked(path) as opened,
    ):
        found = dict(opened.execute("SELECT key, value FROM sync_meta WHERE key IN ('replica', 'workspace')"))
        if found["workspace"] == workspace and found.get("replica"):
            return backup.copy_word(found["replica"], path)
    return ""


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
