"""What a workspace file is asked when it is opened, and what happens to one that comes from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import RancangError, clock
from desktop.workspace import file, selfcheck
from desktop.workspace.errors import DamagedFile
from desktop.workspace.profile import device

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace

# The second half of Workspace.open, which hands itself over.
# ruff: noqa: SLF001


def check_facts(workspace: Workspace) -> None:
    """What the file says about itself must be possible. Raises DamagedFile."""
    with file.understood(workspace.path):
        found = selfcheck.facts(workspace._journal)
    if found:
        raise DamagedFile(workspace.path.name, ", ".join(found))


def settle(workspace: Workspace, *, crashed: bool) -> None:
    """A copy opened by another profile or computer becomes a copy of its own, by itself.

    That, and a file left behind by a crash, is read once from end to end. Raises DamagedFile.
    """
    here = device()
    foreign = workspace._journal.meta("device") != here
    if foreign or crashed:
        with file.understood(workspace.path), workspace._writing() as journal:
            damaged = selfcheck.mend(journal)
            if damaged:
                raise DamagedFile(workspace.path.name, ", ".join(damaged[:5]))
            if foreign:
                parent = journal.meta("replica") or None
                journal.register_replica(workspace.author, here, parent, clock.now().isoformat())
    try:
        workspace.backup("open")
    except RancangError as error:
        # a full disk at home or a locked-down profile is no reason to keep people from their work
        workspace.backup_problem = error.message
