"""How the window looks and speaks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.ui.commands import Command, Menu, is_open
from desktop.ui.settings import SIZES, Theme
from desktop.ui.views import NAMES, View

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def toggle_findings(window: MainWindow) -> None:
    """Show or hide the findings at the right."""
    if window.workbench is not None:
        window.workbench.toggle_findings()


def toggle_side(window: MainWindow) -> None:
    """Show or hide the journey at the left."""
    if window.workbench is not None:
        window.workbench.toggle_side()


def next_region(window: MainWindow) -> None:
    """Take the keyboard to the next part of the window."""
    if window.workbench is not None:
        window.workbench.regions.walk(1)


def previous_region(window: MainWindow) -> None:
    """Take the keyboard to the part before."""
    if window.workbench is not None:
        window.workbench.regions.walk(-1)


def _speak(language: Language, window: MainWindow) -> None:
    window.speak_language(language)


def _size(window: MainWindow, step: int) -> int | None:
    """The text size after the one in use, or before it; nothing at either end."""
    sizes = sorted(SIZES)
    there = [each for each in sizes if (each - window.session.text_percent) * step > 0]
    return (min(there) if step > 0 else max(there)) if there else None


def _resize(step: int, window: MainWindow) -> None:
    wanted = _size(window, step)
    if wanted is not None:
        window.session.resize_text(wanted)


def _is_dark(window: MainWindow) -> bool:
    return window.session.settings.theme is Theme.DARK


def _darken(window: MainWindow) -> None:
    window.session.remember(theme=Theme.LIGHT if _is_dark(window) else Theme.DARK)


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
        for view, keys in (
            (View.FIELDS, "Alt+1"),
            (View.INTERVIEW, "Alt+2"),
            (View.BOOK, "Alt+3"),
            (View.COPY, "Alt+4"),
        )
    ),
    Command(
        "side",
        Menu.VIEW,
        Message("ui.command.side"),
        Message("ui.hint.side"),
        toggle_side,
        "F9",
        "panel-left",
        is_open,
        ticked=lambda window: window.workbench is not None and window.workbench.panel.isVisible(),
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
        ticked=lambda window: window.workbench is not None and window.workbench.findings.isVisible(),
    ),
    Command(
        "region-next",
        Menu.VIEW,
        Message("ui.command.region_next"),
        Message("ui.hint.region_next"),
        next_region,
        "F6",
        "",
        is_open,
        group="regions",
    ),
    Command(
        "region-previous",
        Menu.VIEW,
        Message("ui.command.region_previous"),
        Message("ui.hint.region_previous"),
        previous_region,
        "Shift+F6",
        "",
        is_open,
        group="regions",
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
            (Language.ID, Message("ui.language.id"), "Ctrl+Alt+I"),
            (Language.EN, Message("ui.language.en"), "Ctrl+Alt+E"),
        )
    ),
    Command(
        "text-larger",
        Menu.VIEW,
        Message("ui.command.text_larger"),
        Message("ui.hint.text_size"),
        partial(_resize, 1),
        "",
        "plus",
        lambda window: _size(window, 1) is not None,
        group="look",
    ),
    Command(
        "text-smaller",
        Menu.VIEW,
        Message("ui.command.text_smaller"),
        Message("ui.hint.text_size"),
        partial(_resize, -1),
        "",
        "minus",
        lambda window: _size(window, -1) is not None,
        group="look",
    ),
    Command(
        "dark",
        Menu.VIEW,
        Message("ui.command.dark"),
        Message("ui.hint.dark"),
        _darken,
        "",
        "moon",
        group="look",
        ticked=_is_dark,
    ),
)
