"""Where the program keeps its own things on this computer: settings, backups, crash notes."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The program's data folder for this person; ``RANCANG_HOME`` moves it (tests, portable sticks)."""
    override = os.environ.get("RANCANG_HOME")
    if override:
        return Path(override)
    from platformdirs import user_data_path

    return user_data_path("rancang", appauthor=False)


def folder(*parts: str) -> Path:
    """A folder under :func:`home`, made when it is not there."""
    path = home().joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True)
    return path
