"""One registry of everything a person can tell the window to do: menus, shortcuts and the palette read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.base import Message
from desktop.ui import icons
from desktop.ui.speaker import Speaker, Speech


class Menu(StrEnum):
    """The menus, in order."""

    FILE = "file"
    EDIT = "edit"
    GO = "go"
    WORK = "work"
    ADVANCED = "advanced"
    HELP = "help"


MENU_TITLES = {
    Menu.FILE: Message("ui.menu.file"),
    Menu.EDIT: Message("ui.menu.edit"),
    Menu.GO: Message("ui.menu.go"),
    Menu.WORK: Message("ui.menu.work"),
    Menu.ADVANCED: Message("ui.menu.advanced"),
    Menu.HELP: Message("ui.menu.help"),
}


def always() -> bool:
    """A command that can always be given."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: its name, its menu, its keys, and when it can be done."""

    id: str
    title: Speech
    run: Callable[[], object]
    menu: Menu
    keys: str = ""
    icon: str = ""
    enabled: Callable[[], bool] = always
    separator: bool = False
    """Whether a line stands before it in its menu."""


class Commands(QObject):
    """Every command as an action of the window."""

    def __init__(self, speaker: Speaker, owner: QWidget) -> None:
        super().__init__(owner)
        self._speaker = speaker
        self._owner = owner
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, commands: Iterable[Command]) -> None:
        """Make commands known and their shortcuts live."""
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"two commands are called {command.id}")
            action = QAction(self._owner)
            if command.keys:
                action.setShortcuts([QKeySequence(keys) for keys in command.keys.split(" ")])
            if command.icon:
                icons.tie(action, partial(_draw, name=command.icon))
            self._speaker.tie(action, QAction.setText, command.title)
            action.triggered.connect(partial(_give, command))
            self._owner.addAction(action)
            self._commands[command.id] = command
            self._actions[command.id] = action

    def action(self, name: str) -> QAction:
        """The action of a command."""
        return self._actions[name]

    def run(self, name: str) -> None:
        """Do what a command says, if it can be done now."""
        if self._commands[name].enabled():
            self._actions[name].trigger()

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def refresh(self) -> None:
        """Ask every command anew whether it can be done, and what it is called."""
        for name, command in self._commands.items():
            action = self._actions[name]
            action.setEnabled(command.enabled())
            if callable(command.title):
                action.setText(self._speaker.say(command.title))

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for which in Menu:
            mine = [command for command in self if command.menu is which]
            if not mine:
                continue
            menu = QMenu(bar)
            self._speaker.tie(menu, QMenu.setTitle, MENU_TITLES[which])
            for command in mine:
                if command.separator:
                    menu.addSeparator()
                menu.addAction(self._actions[command.id])
            menu.aboutToShow.connect(self.refresh)
            bar.addMenu(menu)


def _draw(action: QAction, name: str) -> None:
    action.setIcon(icons.icon(name, "label", 16))


def _give(command: Command, _checked: bool = False) -> None:
    """Qt hands an action's state along; commands do not want it."""
    command.run()
