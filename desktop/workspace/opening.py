"""What a workspace file is asked when it is opened, and what happens to one that comes from elsewhere."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import RancangError, clock
from desktop.base.canonical import canonical_text
from desktop.workspace import file, handouts, remembered, reviewing, selfcheck
from desktop.workspace.author import Author
from desktop.workspace.errors import DamagedFile
from desktop.workspace.merge import ALGORITHM
from desktop.workspace.profile import device

if TYPE_CHECKING:
    from desktop.workspace.handouts import MadeFor
    from desktop.workspace.store import Workspace

# The second half of Workspace.open, which hands itself over.
# ruff: noqa: SLF001

_WORKERS = "workers"
"""Who said to be working in this copy, by device."""


def check_facts(workspace: Workspace) -> None:
    """What the file says about itself must be possible. Raises DamagedFile."""
    with file.understood(workspace.path):
        found = selfcheck.facts(workspace.journal)
    if found:
        raise DamagedFile(workspace.path.name, ", ".join(found))


def settle(workspace: Workspace, *, crashed: bool) -> None:
    """A copy opened by another profile or computer becomes a copy of its own, by itself.

    That, a file that is not as it was left here (by a crash, or because somebody else had it meanwhile), and
    one whose rows an older program computed are read once from end to end. Raises DamagedFile.
    """
    # in a copy made for a reviewer everybody is one, and what they write says so
    workspace.author = reviewing.as_here(workspace.journal, workspace.author)
    here = device()
    foreign = workspace.journal.meta("device") != here
    outdated = selfcheck.rules_of(workspace.journal, workspace.path.name) < ALGORITHM
    if foreign or crashed or outdated:
        with file.understood(workspace.path), workspace._writing() as journal:
            damaged = selfcheck.mend(journal)
            if damaged:
                raise DamagedFile(workspace.path.name, ", ".join(damaged[:5]))
            journal.set_meta("algo", str(ALGORITHM))
            if foreign:
                parent = journal.meta("replica") or None
                journal.register_replica(workspace.author, here, parent, clock.now().isoformat())
    with file.understood(workspace.path):
        workspace.older = remembered.older_than_remembered(workspace)
    try:
        workspace.backup("open")
    except RancangError as error:
        # a full disk at home or a locked-down profile is no reason to keep people from their work
        workspace.backup_problem = error.message
    remembered.note(workspace)


# -- who works in a copy that was made for somebody ------------------------------------------------------
def made_for(workspace: Workspace) -> MadeFor | None:
    """For whom this copy was made; None where it is nobody's in particular, or where the copies come from."""
    with file.understood(workspace.path):
        return handouts.made_for(workspace.journal)


def asks_who(workspace: Workspace) -> bool:
    """Whether whoever opened it should say who is working: the copy was made for several people."""
    whom = made_for(workspace)
    if whom is None or whom.person or whom.given_on == device() or workspace.read_only:
        return False
    return not _workers(workspace.journal.meta(_WORKERS)).get(device())


def work_as(workspace: Workspace, author: Author) -> None:
    """Be this person in this copy, on this computer, from now on."""
    workspace.author = author
    if workspace.read_only:
        return
    with workspace._writing() as journal:
        known = _workers(journal.meta(_WORKERS))
        known[device()] = [author.name, author.role]
        journal.set_meta(_WORKERS, canonical_text(known))


def author_of(path: Path, otherwise: Author) -> Author:
    """Who works in the file at ``path`` on this computer, before it is opened; never raises.

    A copy made for one person is that person's; of one made for several, whoever said so here. The giver,
    who may look into it before it goes, stays who they are (``otherwise``).
    """
    with (
        contextlib.suppress(RancangError, sqlite3.Error, OSError, ValueError, TypeError, AttributeError),
        file.peeked(path) as opened,
    ):
        asked = ("made_for", _WORKERS)
        meta = dict(opened.execute("SELECT key, value FROM sync_meta WHERE key IN (?, ?)", asked))
        whom = handouts.read_made_for(str(meta.get("made_for") or "null"))
        if whom is None:
            return otherwise
        here = device()
        if whom.given_on == here:
            return otherwise
        said = _workers(str(meta.get(_WORKERS) or "")).get(here)
        return Author(*said) if said else Author(whom.person or otherwise.name, whom.role or otherwise.role)
    return otherwise


def _workers(text: str) -> dict[str, list[str]]:
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        said = json.loads(text or "{}")
        return {str(key): [str(each) for each in value] for key, value in said.items() if len(value) == 2}
    return {}
