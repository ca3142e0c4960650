"""An agency at work: sending its part, and looking beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.ui.commands import Command, Menu
from desktop.ui.journey import OWN
from desktop.ui.roles import Role

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

AGENCY = frozenset({Role.AGENCY})


def send(window: MainWindow) -> None:
    """Send what this office filled in."""
    from desktop.ui.pages.mine import MinePage

    window.session.show(OWN)
    page = window.workbench.current if window.workbench is not None else None
    if isinstance(page, MinePage):
        page.send()


def has_part(window: MainWindow) -> bool:
    """Whether the person works for an office whose part is known."""
    return window.workbench is not None and window.session.is_open and window.workbench.frame.applies


def may_send(window: MainWindow) -> bool:
    """The same, in a document that may be written."""
    return has_part(window) and not window.session.workspace.read_only


def everything(window: MainWindow) -> None:
    """Show the whole journey, or the own part alone."""
    if window.workbench is not None:
        window.workbench.frame.show_everything()


def everything_shown(window: MainWindow) -> bool:
    """Whether the whole journey is shown."""
    return has_part(window) and window.workbench is not None and window.workbench.frame.everything


def outside(window: MainWindow) -> None:
    """Let the parts of others be changed, or no more."""
    if window.workbench is not None:
        window.workbench.frame.change_outside()


def outside_changed(window: MainWindow) -> bool:
    """Whether the parts of others may be changed."""
    return has_part(window) and window.workbench is not None and window.workbench.frame.outside


COMMANDS = (
    Command(
        "send-own",
        Menu.WORK,
        Message("ui.own.send"),
        Message("ui.hint.send_own"),
        send,
        "Ctrl+Shift+Return Ctrl+Shift+Enter",
        "upload",
        may_send,
        AGENCY,
        group="own",
    ),
    Command(
        "whole-journey",
        Menu.VIEW,
        Message("ui.command.whole_journey"),
        Message("ui.hint.whole_journey"),
        everything,
        "",
        "",
        has_part,
        AGENCY,
        rare=True,
        group="own",
        ticked=everything_shown,
    ),
    Command(
        "edit-outside",
        Menu.EDIT,
        Message("ui.own.outside"),
        Message("ui.hint.edit_outside"),
        outside,
        "",
        "",
        has_part,
        AGENCY,
        rare=True,
        group="own",
        ticked=outside_changed,
    ),
)
