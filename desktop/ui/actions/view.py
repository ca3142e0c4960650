"""How the window looks and speaks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.ui.commands import Command, Menu, is_open
from desktop.ui.views import NAMES, View

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def toggle_findings(window: MainWindow) -> None:
    """Show or hide the findings at the right."""
    window.session.remember(findings_shown=not window.session.settings.findings_shown)


def _speak(language: Language, window: MainWindow) -> None:
    window.speak_language(language)


def _look(view: View, window: MainWindow) -> None:
    window.session.remember(view=view.value)


def _looks(view: View, window: MainWindow) -> bool:
    return View.of(window.session.settings.view) is view


def _speaks(language: Language, window: MainWindow) -> bool:
    return window.session.speaker.language is language


COMMANDS = (
    *(
        Command(
            f"view-{view.value}",
            Menu.VIEW,
            Message("ui.command.view", view=NAMES[view][0]),
            NAMES[view][1],
            partial(_look, view),
            keys,
            NAMES[view][2],
            is_open,
            group="view",
            ticked=partial(_looks, view),
        )
        for view, keys in ((View.FIELDS, "Alt+1"), (View.INTERVIEW, "Alt+2"), (View.BOOK, "Alt+3"))
    ),
    Command(
        "findings",
        Menu.VIEW,
        Message("ui.command.findings"),
        Message("ui.hint.findings"),
        toggle_findings,
        "F8",
        "panel-right",
        is_open,
        ticked=lambda window: window.session.settings.findings_shown,
    ),
    *(
        Command(
            f"language-{language.value}",
            Menu.VIEW,
            name,
            Message("ui.hint.language", language=name),
            partial(_speak, language),
            keys,
            "languages",
            group="language",
            ticked=partial(_speaks, language),
        )
        for language, name, keys in (
            (Language.ID, Message("ui.language.id"), "Ctrl+Alt+1"),
            (Language.EN, Message("ui.language.en"), "Ctrl+Alt+2"),
        )
    ),
)
