"""What the window's commands are and do; menus, keys and palette come from this list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.base import Language, Message
from desktop.ui.commands import Command, Menu
from desktop.ui.journey import Stop
from desktop.ui.pages.directory import KINDS
from desktop.ui.speaker import Speech

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

WORKSPACES = Message("ui.files.workspaces")


def everything(window: MainWindow) -> Iterator[Command]:
    """Every command of the window."""
    yield from _file(window)
    yield from _edit(window)
    yield from _go(window)
    yield from _work(window)
    yield from _rare(window)


def _file(window: MainWindow) -> Iterator[Command]:
    session = window.session
    yield Command("new", Message("ui.command.new"), window.start.show_new, Menu.FILE, "Ctrl+N", "file-plus")
    yield Command(
        "open", Message("ui.command.open"), lambda: open_file(window), Menu.FILE, "Ctrl+O", "folder-open"
    )
    yield Command(
        "save",
        Message("ui.command.save"),
        lambda: save(window),
        Menu.FILE,
        "Ctrl+S",
        "save",
        lambda: session.is_open,
    )
    yield Command(
        "save-copy",
        Message("ui.command.save_copy"),
        lambda: save_copy(window),
        Menu.FILE,
        "",
        "copy",
        lambda: session.is_open,
    )
    yield Command(
        "close",
        Message("ui.command.close"),
        session.leave,
        Menu.FILE,
        "Ctrl+W",
        "",
        lambda: session.is_open,
        separator=True,
    )
    yield Command("quit", Message("ui.command.quit"), window.close, Menu.FILE, "Ctrl+Q")


def _edit(window: MainWindow) -> Iterator[Command]:
    session = window.session

    def undo_name() -> Message:
        what = session.workspace.can_undo if session.is_open else None
        return Message("ui.command.undo_what", what=what) if what else Message("ui.command.undo")

    def redo_name() -> Message:
        what = session.workspace.can_redo if session.is_open else None
        return Message("ui.command.redo_what", what=what) if what else Message("ui.command.redo")

    def can_undo() -> bool:
        return not session.read_only and session.workspace.can_undo is not None

    def can_redo() -> bool:
        return not session.read_only and session.workspace.can_redo is not None

    yield Command("undo", undo_name, session.undo, Menu.EDIT, "Ctrl+Z", "undo-2", can_undo)
    yield Command("redo", redo_name, session.redo, Menu.EDIT, "Ctrl+Y Ctrl+Shift+Z", "redo-2", can_redo)
    yield Command(
        "second-language",
        second_name(window),
        lambda: toggle_second(window),
        Menu.EDIT,
        "Ctrl+L",
        "languages",
        lambda: session.is_open,
        separator=True,
    )
    yield Command(
        "field-history",
        Message("ui.command.field_history"),
        window.field_history,
        Menu.EDIT,
        "Ctrl+Shift+H",
        "history",
        lambda: session.is_open,
    )


def second_name(window: MainWindow) -> Speech:
    """What the command for the second language is called now."""
    return lambda: (
        Message("ui.command.second_off")
        if window.session.settings.second_language
        else Message("ui.command.second_on")
    )


def toggle_second(window: MainWindow) -> None:
    """Show or hide the texts of the second language."""
    window.session.remember(second_language=not window.session.settings.second_language)
    window.refresh_commands()


def _go(window: MainWindow) -> Iterator[Command]:
    session = window.session

    def is_open() -> bool:
        return session.is_open

    yield Command(
        "palette", Message("ui.command.palette"), lambda: palette(window), Menu.GO, "Ctrl+K", "search"
    )
    yield Command(
        "next",
        Message("ui.command.next"),
        lambda: next_stop(window),
        Menu.GO,
        "Ctrl+PgDown",
        "arrow-right",
        is_open,
    )
    for page, keys in (
        ("programmes", "Ctrl+1"),
        ("evidence", "Ctrl+2"),
        ("checks", "F7"),
        ("books", "Ctrl+3"),
        ("package", "Ctrl+4"),
    ):
        yield Command(
            f"go-{page}",
            KINDS[page].title or page,
            partial(session.show, page),
            Menu.GO,
            keys,
            "",
            is_open,
            separator=page == "programmes",
        )
    yield Command(
        "findings",
        Message("ui.command.findings"),
        lambda: toggle_findings(window),
        Menu.GO,
        "F8",
        "panel-right",
        is_open,
        separator=True,
    )


def _work(window: MainWindow) -> Iterator[Command]:
    session = window.session

    def may_change() -> bool:
        return session.is_open and not session.read_only

    yield Command(
        "import",
        Message("ui.command.import"),
        lambda: bring_in(window),
        Menu.WORK,
        "Ctrl+I",
        "file-up",
        may_change,
    )
    yield Command(
        "bring-back",
        Message("ui.command.bring_back"),
        lambda: bring_back(window),
        Menu.WORK,
        "",
        "combine",
        may_change,
    )


def _rare(window: MainWindow) -> Iterator[Command]:
    session = window.session
    yield Command(
        "go-history",
        Message("ui.page.history"),
        lambda: session.show("history"),
        Menu.ADVANCED,
        "Ctrl+H",
        "history",
        lambda: session.is_open,
    )
    yield Command(
        "go-settings",
        Message("ui.page.settings"),
        lambda: session.show("settings"),
        Menu.ADVANCED,
        "Ctrl+,",
        "settings",
        lambda: session.is_open,
    )
    for language, name in (
        (Language.ID, Message("ui.language.id")),
        (Language.EN, Message("ui.language.en")),
    ):
        yield Command(
            f"language-{language.value}",
            name,
            partial(window.speak_language, language),
            Menu.ADVANCED,
            "",
            "languages" if language is Language.ID else "",
            separator=language is Language.ID,
        )
    yield Command("about", Message("ui.command.about"), lambda: about(window), Menu.HELP)


# -- what they do ---------------------------------------------------------------------------------
def open_file(window: MainWindow) -> None:
    """Choose a workspace and open it."""
    say = window.session.say
    path, _ = QFileDialog.getOpenFileName(window, say(Message("ui.command.open")), "", say(WORKSPACES))
    if path:
        window.open_path(Path(path))


def save(window: MainWindow) -> None:
    """Write what is typed; everything else is on disk already."""
    if window.session.drafts.flush():
        window.session.told.emit(Message("ui.told.saved"))


def save_copy(window: MainWindow) -> None:
    """Write a copy of the workspace for a stick or a mail."""
    session = window.session
    session.drafts.flush()
    name = str(session.workspace.path.with_stem(session.workspace.path.stem + "-salinan"))
    path, _ = QFileDialog.getSaveFileName(
        window, session.say(Message("ui.command.save_copy")), name, session.say(WORKSPACES)
    )
    if path and session.attempt(lambda: session.workspace.snapshot(Path(path))):
        session.told.emit(Message("ui.told.copied", file=Path(path).name))


def next_stop(window: MainWindow) -> None:
    """Go to the next stop of the journey."""
    if window.workbench is not None:
        window.workbench.next()


def toggle_findings(window: MainWindow) -> None:
    """Show or hide the findings at the right."""
    window.session.remember(findings_shown=not window.session.settings.findings_shown)


def palette(window: MainWindow) -> None:
    """Let the person type what they want."""
    from desktop.ui.shell.palette import Entry, Palette

    session = window.session
    window.refresh_commands()
    entries = [
        Entry(session.say(command.title), session.say(Message("ui.palette.command")), command.run)
        for command in window.commands
        if command.enabled() and command.id != "palette"
    ]
    if window.workbench is not None:
        bench = window.workbench
        for stop in bench.journey.stops:
            title = session.say(bench.journey.title(stop))
            entries.append(Entry(title, session.say(Message("ui.palette.page")), partial(bench.visit, stop)))
        for programme in session.plan.programmes:
            title = programme.title.read(session.speaker.language)
            there = Stop("programmes", programme.id)
            entries.append(
                Entry(
                    title,
                    session.say(Message("ui.palette.programme")),
                    partial(bench.visit, there),
                )
            )
    dialog = Palette(session, entries, window)
    if dialog.exec() and dialog.picked is not None:
        dialog.picked.run()


def bring_in(window: MainWindow) -> None:
    """Import rows from a spreadsheet."""
    from desktop.ui.dialogs.importing import import_file

    window.session.drafts.flush()
    import_file(window, window.session)


def bring_back(window: MainWindow) -> None:
    """Take over a colleague's workspace file."""
    from desktop.ui.dialogs.bring_back import bring_back_file

    window.session.drafts.flush()
    bring_back_file(window, window.session)


def about(window: MainWindow) -> None:
    """Say what program this is."""
    from desktop import __version__
    from desktop.ui.dialogs.ask import tell

    tell(window, window.session, Message("ui.about", version=__version__))
