"""Help, and what program this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.ui.commands import Command, Menu

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def about(window: MainWindow) -> None:
    """Say what program this is."""
    from desktop import __version__
    from desktop.ui.dialogs.ask import tell

    tell(window, window.session, Message("ui.about", version=__version__))


def keys(window: MainWindow) -> None:
    """Show every key on one sheet."""
    from desktop.ui.dialogs.cheat_sheet import show_cheat_sheet

    show_cheat_sheet(window)


COMMANDS = (
    Command(
        "keys",
        Menu.HELP,
        Message("ui.command.keys"),
        Message("ui.hint.keys"),
        keys,
        "Ctrl+/ Shift+F1",
        "keyboard",
    ),
    Command("about", Menu.HELP, Message("ui.command.about"), Message("ui.hint.about"), about, icon="info"),
)
