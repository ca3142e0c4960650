"""What the window remembers on this computer; the command line reads and sets the same."""

from __future__ import annotations

from desktop.base.settings import (
    RECENT,
    SIZES,
    Purpose,
    Recent,
    Settings,
    SettingsFile,
    Side,
    Theme,
    start_folder,
)

__all__ = [
    "RECENT", "SIZES", "Purpose", "Recent", "Settings", "SettingsFile", "Side", "Theme", "start_folder",
]  # fmt: skip
