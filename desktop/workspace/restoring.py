"""Putting a backup back: the present file is moved aside with its time, never deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.base import clock
from desktop.base.errors import FileProblem
from desktop.workspace import file, remembered
from desktop.workspace.backup import Backup, flush


def put_back(path: Path, saved: Backup) -> Path | None:
    """Replace ``path`` by the backup; returns where the former file went.

    Raises DamagedFile, FileProblem, InUse.
    """
    path = file.real(path)
    file.inspect(saved.path)
    lock = file.Lock(path, "")
    lock.take()
    aside = None
    part = path.with_name(path.name + ".part")
    try:
        shutil.copyfile(saved.path, part)
        flush(part)
        if path.exists():
            aside = _free_name(path)
            path.replace(aside)
        # what a crash left half-written belongs to the former file; SQLite would play it into the backup
        half_written = path.with_name(path.name + "-journal")
        if half_written.exists() and aside is not None:
            half_written.replace(aside.with_name(aside.name + "-journal"))
        half_written.unlink(missing_ok=True)
        part.replace(path)
        # backups lie in a folder named after their workspace
        remembered.forget(saved.path.parent.name, path)
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error
    finally:
        part.unlink(missing_ok=True)
        lock.release()
    return aside


def _free_name(path: Path) -> Path:
    stem = f"{path.stem} ({clock.now():%Y-%m-%d %H.%M.%S})"
    candidate, n = path.with_name(f"{stem}{path.suffix}"), 2
    while candidate.exists():
        candidate, n = path.with_name(f"{stem} {n}{path.suffix}"), n + 1
    return candidate
