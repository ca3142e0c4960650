"""Help, and what program this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.base import Message
from desktop.ui import theme
from desktop.ui.commands import Command, Menu

if TYPE_CHECKING:
    from desktop.ui.helping.window import HelpWindow
    from desktop.ui.window import MainWindow


def help_window(window: MainWindow) -> HelpWindow:
    """The help window of the main window, made when it is first asked for."""
    from desktop.ui.helping.window import HelpWindow

    # help about a dialog belongs to that dialog
    there = window.findChild(HelpWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if there is None:
        there = HelpWindow(window)
        # On the right, so that what one reads about stays in view on the left.
        corner = window.geometry().topRight()
        there.move(corner.x() - there.width(), corner.y() + theme.PAD)
    return there


def show_help(window: MainWindow) -> None:
    """Show the help about the page in view."""
    there = help_window(window)
    there.show_topic(topic_of(window))
    there.show()
    there.raise_()
    there.activateWindow()


def topic_of(window: MainWindow) -> str:
    """The topic about what the window shows now."""
    bench = window.workbench
    if bench is not None and bench.stop is not None:
        return bench.stop.page
    if window.aside_page:
        return window.aside_page
    return "new-document" if window.start.asks else "start"


def about(window: MainWindow) -> None:
    """Say what program this is."""
    from desktop import __version__
    from desktop.ui.dialogs.ask import inform

    inform(window, window.session, Message("ui.about", version=__version__))


def keys(window: MainWindow) -> None:
    """Show every key on one sheet."""
    from desktop.ui.dialogs.cheat_sheet import show_cheat_sheet

    show_cheat_sheet(window)


COMMANDS = (
    Command(
        "help",
        Menu.HELP,
        Message("ui.command.help"),
        Message("ui.hint.help"),
        show_help,
        "F1",
        "circle-question-mark",
    ),
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
