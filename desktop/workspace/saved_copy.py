"""A copy of the open workspace for a stick or a mail, where the person wants it."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import FileProblem
from desktop.base.written import ChangedInTheWay, Decision, careful, keep_strangers, remember
from desktop.workspace import file

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace

_COMMAND = "save-copy"


def save_copy(workspace: Workspace, target: Path, there: Decision) -> None:
    """Write it where a dialog was told to, if there still lies what lay ``there`` then.

    It takes no workspace's place but that of a copy that was made here and nobody has touched: workspaces are
    work, and nobody means to replace one, neither this one, whatever the name for it, nor one that somebody
    has open. Raises FileProblem, InUse.
    """
    with careful(_COMMAND, force=True), contextlib.ExitStack() as held:
        if target.exists() or target.is_symlink():
            if target.exists() and target.samefile(workspace.path):
                raise FileProblem.from_os(
                    FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)), str(target)
                )
            keep_strangers(target)
            lock = file.Lock(target, workspace.author.name)
            lock.take()
            held.callback(lock.release)

        def last_look() -> None:
            if not there.allows(target):
                raise ChangedInTheWay(str(target))

        last_look()
        workspace.snapshot(target, last_look)
        try:
            with target.open("rb") as made:
                remember(target, hashlib.file_digest(made, "sha256").hexdigest())
        except OSError as error:
            raise FileProblem.from_os(error, str(target)) from error
