"""Ordinary files only: a pipe would never end, and a device is nobody's document."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from desktop.base.errors import FileProblem
from desktop.base.message import Message


def open_ordinary(path: Path) -> BinaryIO:
    """A file to read. Raises FileProblem."""
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise FileProblem(Message("base.file.not_ordinary", file=str(path)))
        return path.open("rb")
    except OSError as error:
        raise FileProblem.from_os(error, str(path)) from error
    except ValueError as error:
        # a zero byte within the name
        raise FileProblem(Message("base.file.missing", file=str(path))) from error
