"""Going places: the palette, the next step, and every page that has a name of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.ui.commands import Command, Menu, always, is_open
from desktop.ui.pages.directory import KINDS, Kind

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def palette(window: MainWindow) -> None:
    """Let the person type what they want."""
    from desktop.ui.shell.palette import open_palette

    open_palette(window)


def next_stop(window: MainWindow) -> None:
    """Go to the next stop of the journey."""
    if window.workbench is not None:
        window.workbench.next()


def previous_stop(window: MainWindow) -> None:
    """Go to the stop before."""
    if window.workbench is not None:
        window.workbench.previous()


def _show(page: str, window: MainWindow) -> None:
    window.show_page(page)


def page_command(kind: Kind) -> Command:
    """The command that goes to a page."""
    title = kind.title or Message("ui.page.unnamed")
    return Command(
        f"go-{kind.id}",
        Menu.GO,
        title,
        kind.hint or Message("ui.hint.go", page=title),
        partial(_show, kind.id),
        kind.keys,
        kind.icon,
        always if kind.anytime else is_open,
        kind.roles,
        kind.rare,
        group="pages",
    )


COMMANDS = (
    Command(
        "palette",
        Menu.GO,
        Message("ui.command.palette"),
        Message("ui.hint.palette"),
        palette,
        "Ctrl+K",
        "search",
    ),
    Command(
        "next",
        Menu.GO,
        Message("ui.command.next"),
        Message("ui.hint.next"),
        next_stop,
        "Ctrl+PgDown",
        "arrow-right",
        is_open,
        group="way",
    ),
    Command(
        "previous",
        Menu.GO,
        Message("ui.command.previous"),
        Message("ui.hint.previous"),
        previous_stop,
        "Ctrl+PgUp",
        "",
        is_open,
        group="way",
    ),
    *(page_command(kind) for kind in KINDS.values() if kind.title is not None),
)
