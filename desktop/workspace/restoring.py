"""Putting a backup back: the present file is moved aside with its time, never deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.base.aside import free_name
from desktop.base.errors import FileProblem
from desktop.base.placing import own_place
from desktop.workspace import file, remembered
from desktop.workspace.backup import Backup, flush
from desktop.workspace.beside import BESIDE, real


def put_back(path: Path, saved: Backup) -> Path | None:
    """Replace ``path`` by the backup; returns where the former file went.

    Raises DamagedFile, FileProblem, InUse.
    """
    path = real(path)
    file.inspect(saved.path)
    lock = file.Lock(path, "")
    lock.take()
    aside = None
    try:
        with own_place(path) as part:
            shutil.copyfile(saved.path, part)
            flush(part)
            if path.exists():
                aside = free_name(path)
                path.replace(aside)
            for end in BESIDE:
                _take_along(path, aside, end)
            part.replace(path)
        # backups lie in a folder named after their workspace
        remembered.forget(saved.path.parent.name, path)
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error
    finally:
        lock.release()
    return aside


def _take_along(path: Path, aside: Path | None, end: str) -> None:
    """What a crash left half-written belongs to the former file; SQLite would play it into the backup."""
    half_written = path.with_name(path.name + end)
    if half_written.exists() and aside is not None:
        half_written.replace(aside.with_name(aside.name + end))
    half_written.unlink(missing_ok=True)
