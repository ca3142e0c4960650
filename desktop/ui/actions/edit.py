"""Taking back, doing again, and what can be asked of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QWidget

from desktop.base import Message, RancangError
from desktop.ui.commands import Command, Menu, is_open, may_change
from desktop.ui.tracing import Traced

if TYPE_CHECKING:
    from desktop.ui.fields.box import FieldBox
    from desktop.ui.grid.table import CellTable
    from desktop.ui.window import MainWindow


def _next(window: MainWindow, which: Literal["can_undo", "can_redo"]) -> Message | None:
    """What would be taken back or done again; nothing where the file cannot be read any more."""
    if not window.session.is_open:
        return None
    try:
        workspace = window.session.workspace
        return workspace.can_undo if which == "can_undo" else workspace.can_redo
    except RancangError:
        return None


def undo_name(window: MainWindow) -> Message:
    """What would be taken back."""
    what = _next(window, "can_undo")
    return Message("ui.command.undo_what", what=what) if what else Message("ui.command.undo")


def redo_name(window: MainWindow) -> Message:
    """What would be done again."""
    what = _next(window, "can_redo")
    return Message("ui.command.redo_what", what=what) if what else Message("ui.command.redo")


def can_undo(window: MainWindow) -> bool:
    """Whether there is something of this person to take back."""
    return not window.session.locked and _next(window, "can_undo") is not None


def can_redo(window: MainWindow) -> bool:
    """Whether something was taken back."""
    return not window.session.locked and _next(window, "can_redo") is not None


def may_speak(window: MainWindow) -> bool:
    """While a document is open that may be written, if only beside the plan."""
    return not window.session.locked


def field_history(window: MainWindow) -> None:
    """Show the history of the field that has the cursor."""
    widget: object = window.focusWidget()
    while isinstance(widget, QWidget) and not isinstance(widget, Traced):
        widget = widget.parentWidget()
    window.session.history_wanted.emit(widget.subject() if isinstance(widget, Traced) else None)


def _programme(window: MainWindow) -> str:
    """The programme that is open, or the one chosen in the list; empty where there is none."""
    from desktop.ui.pages.programmes import ProgrammesPage

    page = window.workbench.current if window.workbench is not None else None
    if not isinstance(page, ProgrammesPage):
        return ""
    lines = page.list.chosen_lines()
    return page.shown or (lines[0].key if lines else "")


def programme_history(window: MainWindow) -> None:
    """Show who changed what in a programme and all its parts."""
    programme = _programme(window)
    if programme:
        window.session.show("history", programme)
    else:
        window.session.told.emit(Message("ui.past.no_programme"))


def remark(window: MainWindow) -> None:
    """Show or add remarks about the field that has the cursor."""
    from desktop.ui.grid.table import CellTable
    from desktop.ui.reviewing import cells

    found = _field(window)
    if isinstance(found, CellTable):
        cells.remark(found)
    elif found is not None:
        found.spoken.remark()
    else:
        window.session.told.emit(Message("ui.told.no_field"))


def suggest(window: MainWindow) -> None:
    """Suggest what should stand in the field that has the cursor."""
    from desktop.ui.grid.table import CellTable
    from desktop.ui.reviewing import cells

    found = _field(window)
    if isinstance(found, CellTable):
        cells.better(found)
    elif found is None or not cells.suggest_at(found, window.session, found.register.place()):
        window.session.told.emit(Message("ui.told.no_field"))


def _field(window: MainWindow) -> FieldBox | CellTable | None:
    """The field or the table that has the cursor."""
    from desktop.ui.fields.box import FieldBox
    from desktop.ui.grid.table import CellTable

    widget: object = window.focusWidget()
    while isinstance(widget, QWidget) and not isinstance(widget, FieldBox | CellTable):
        widget = widget.parentWidget()
    return widget if isinstance(widget, FieldBox | CellTable) else None


def footnote(window: MainWindow) -> None:
    """Put a footnote into the text that has the cursor, or change the one it is at."""
    from desktop.ui.fields.richedit import RichEditor

    widget: object = window.focusWidget()
    while isinstance(widget, QWidget) and not isinstance(widget, RichEditor):
        widget = widget.parentWidget()
    if isinstance(widget, RichEditor) and not widget.edit.isReadOnly():
        widget.edit_footnote()
    else:
        window.session.told.emit(Message("ui.footnote.no_text"))


def toggle_second(window: MainWindow) -> None:
    """Show or hide the texts of the second language."""
    window.session.remember(second_language=not window.session.settings.second_language)


COMMANDS = (
    Command(
        "undo",
        Menu.EDIT,
        Message("ui.command.undo"),
        Message("ui.hint.undo"),
        lambda window: window.session.undo(),
        "Ctrl+Z",
        "undo-2",
        can_undo,
        named=undo_name,
    ),
    Command(
        "redo",
        Menu.EDIT,
        Message("ui.command.redo"),
        Message("ui.hint.redo"),
        lambda window: window.session.redo(),
        "Ctrl+Y Ctrl+Shift+Z",
        "redo-2",
        can_redo,
        named=redo_name,
    ),
    Command(
        "field-history",
        Menu.EDIT,
        Message("ui.command.field_history"),
        Message("ui.hint.field_history"),
        field_history,
        "Ctrl+Shift+H",
        "history",
        is_open,
        rare=True,
        group="past",
    ),
    Command(
        "programme-history",
        Menu.EDIT,
        Message("ui.past.of_programme"),
        Message("ui.hint.programme_history"),
        programme_history,
        "",
        "history",
        is_open,
        rare=True,
        group="past",
    ),
    Command(
        "comment-field",
        Menu.EDIT,
        Message("ui.command.remark"),
        Message("ui.hint.remark"),
        remark,
        "Ctrl+Alt+C",
        "message-square-plus",
        is_open,
        group="past",
    ),
    Command(
        "suggest-field",
        Menu.EDIT,
        Message("ui.command.suggest"),
        Message("ui.hint.suggest"),
        suggest,
        "Ctrl+Alt+U",
        "pen-line",
        may_speak,
        group="past",
    ),
    Command(
        "footnote",
        Menu.EDIT,
        Message("ui.rich.footnote"),
        Message("ui.hint.footnote"),
        footnote,
        "",
        "asterisk",
        may_change,
        rare=True,
        group="text",
    ),
    Command(
        "second-language",
        Menu.VIEW,
        Message("ui.command.second"),
        Message("ui.hint.second"),
        toggle_second,
        "Ctrl+L",
        "languages",
        is_open,
        rare=True,
        group="languages",
        ticked=lambda window: window.session.settings.second_language,
    ),
)
