"""A note about a crash, for those who mend the program; nothing in it leaves this computer by itself."""

from __future__ import annotations

import platform
import tempfile
import traceback
from pathlib import Path

from desktop import __version__
from desktop.base import clock
from desktop.base.paths import folder


def note_crash(error: BaseException) -> Path:
    """Write what happened into a file of its own and return where it lies."""
    path = _place() / f"{clock.now():%Y%m%dT%H%M%SZ}-{type(error).__name__}.txt"
    told = "".join(traceback.format_exception(error))
    path.write_text(
        f"rancang {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{told}",
        encoding="utf-8",
    )
    return path


def _place() -> Path:
    """The program's own folder, or the system's for passing things when that cannot be written."""
    try:
        return folder("crash")
    except OSError:
        return Path(tempfile.gettempdir())
