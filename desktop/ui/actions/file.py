"""Documents: new, open, save, copy, close."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.written import Decision, chosen
from desktop.ui.commands import Command, Menu, is_open
from desktop.ui.dialogs.files import Purpose, ask_open, ask_save

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

WORKSPACES = Message("ui.files.workspaces")


def new(window: MainWindow) -> None:
    """Ask for region, years, guideline and person."""
    window.begin()


def open_file(window: MainWindow) -> None:
    """Choose a file of any kind we know: a workspace is opened, a package verified, a list imported."""
    kinds = Message("ui.files.known")
    path = ask_open(window, window.session, Message("ui.command.open"), kinds, Purpose.DOCUMENTS)
    if path is not None:
        window.receive([path])


def save(window: MainWindow) -> None:
    """Write what is typed; everything else is on disk already."""
    if window.session.drafts.flush():
        window.session.told.emit(Message("ui.told.saved"))


def save_copy(window: MainWindow) -> None:
    """Write a copy of the workspace for a stick or a mail."""
    session = window.session
    session.drafts.flush()
    name = f"{session.workspace.path.stem}-salinan.rancang"
    path = ask_save(window, session, Message("ui.command.save_copy"), name, WORKSPACES, Purpose.DOCUMENTS)
    if path is not None:
        there = chosen(path)
        session.attempt(lambda: _copy(window, path, there))


def _copy(window: MainWindow, path: Path, there: Decision) -> None:
    from desktop.workspace.saved_copy import save_copy as write

    write(window.session.workspace, path, there)
    window.session.told.emit(Message("ui.told.copied", file=path.name))


def export_plan(window: MainWindow) -> None:
    """The whole plan as an Excel workbook or CSV files."""
    from desktop.ui.dialogs.plan_out import export_plan as ask

    window.session.drafts.flush()
    ask(window, window.session)


def close(window: MainWindow) -> None:
    """Write what is pending and go back to the start screen."""
    if window.session.may_leave():
        window.session.leave()


COMMANDS = (
    Command("new", Menu.FILE, Message("ui.command.new"), Message("ui.hint.new"), new, "Ctrl+N", "file-plus"),
    Command(
        "open",
        Menu.FILE,
        Message("ui.command.open"),
        Message("ui.hint.open"),
        open_file,
        "Ctrl+O",
        "folder-open",
    ),
    Command(
        "save",
        Menu.FILE,
        Message("ui.command.save"),
        Message("ui.hint.save"),
        save,
        "Ctrl+S",
        "save",
        is_open,
        group="keep",
    ),
    Command(
        "save-copy",
        Menu.FILE,
        Message("ui.command.save_copy"),
        Message("ui.hint.save_copy"),
        save_copy,
        "Ctrl+Shift+S",
        "copy",
        is_open,
        group="keep",
    ),
    Command(
        "export-plan",
        Menu.FILE,
        Message("ui.command.export_plan"),
        Message("ui.hint.export_plan"),
        export_plan,
        "",
        "file-spreadsheet",
        is_open,
        group="keep",
    ),
    Command(
        "close",
        Menu.FILE,
        Message("ui.command.close"),
        Message("ui.hint.close"),
        close,
        "Ctrl+W",
        "x",
        is_open,
        group="end",
    ),
    Command(
        "quit",
        Menu.FILE,
        Message("ui.command.quit"),
        Message("ui.hint.quit"),
        lambda window: window.close(),
        "Ctrl+Q",
        group="end",
    ),
)
