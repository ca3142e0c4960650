"""Putting a backup back: the present file is moved aside with its time, never deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.base import clock
from desktop.base.errors import FileProblem
from desktop.workspace import file
from desktop.workspace.backup import Backup, flush


def put_back(path: Path, saved: Backup) -> Path | None:
    """Replace ``path`` by the backup; returns where the former file went.

    Raises DamagedFile, FileProblem, InUse.
    """
    file.inspect(saved.path)
    lock = file.Lock(path, "")
    lock.take()
    aside = None
    try:
        part = path.with_name(path.name + ".part")
        shutil.copyfile(saved.path, part)
        flush(part)
        if path.exists():
            aside = _free_name(path)
            path.replace(aside)
        part.replace(path)
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error
    finally:
        lock.release()
    return aside


def _free_name(path: Path) -> Path:
    stem = f"{path.stem} ({clock.now():%Y-%m-%d %H.%M.%S})"
    candidate, n = path.with_name(f"{stem}{path.suffix}"), 2
    while candidate.exists():
        candidate, n = path.with_name(f"{stem} {n}{path.suffix}"), n + 1
    return candidate
