"""What the window's commands are and do, menu by menu: a new command is one entry in one of these files."""

from __future__ import annotations

from desktop.ui.actions import edit, file, go, helping, own, view, work
from desktop.ui.commands import Command

EVERYTHING: tuple[Command, ...] = (
    *file.COMMANDS,
    *edit.COMMANDS,
    *go.COMMANDS,
    *work.COMMANDS,
    *own.COMMANDS,
    *view.COMMANDS,
    *helping.COMMANDS,
)
"""Every command of the window, in the order of its menus."""
