"""One registry of everything a person can tell the window to do; menus, keys and tooltips read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton

from desktop.base import Message
from desktop.ui import icons
from desktop.ui.keys import sequence
from desktop.ui.roles import EVERYONE, Role

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


class Menu(StrEnum):
    """The menus, in order."""

    FILE = "file"
    EDIT = "edit"
    GO = "go"
    WORK = "work"
    VIEW = "view"
    ADVANCED = "advanced"
    HELP = "help"


MENU_TITLES = {
    Menu.FILE: Message("ui.menu.file"),
    Menu.EDIT: Message("ui.menu.edit"),
    Menu.GO: Message("ui.menu.go"),
    Menu.WORK: Message("ui.menu.work"),
    Menu.VIEW: Message("ui.menu.view"),
    Menu.ADVANCED: Message("ui.menu.advanced"),
    Menu.HELP: Message("ui.menu.help"),
}


# -- when a command can be given --------------------------------------------------------------------
def always(_window: MainWindow) -> bool:
    """Whenever."""
    return True


def is_open(window: MainWindow) -> bool:
    """While a workspace is open."""
    return window.session.is_open


def may_change(window: MainWindow) -> bool:
    """While a workspace is open that may be written."""
    return window.session.is_open and not window.session.read_only


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do. Declared once, in ``desktop.ui.actions``; the window only selects."""

    id: str
    menu: Menu
    title: Message
    hint: Message
    """One sentence: what happens then (tooltip, status line, palette, cheat sheet)."""
    run: Callable[[MainWindow], object]
    keys: str = ""
    """Shortcuts, separated by spaces; the first is the one that is told."""
    icon: str = ""
    when: Callable[[MainWindow], bool] = always
    roles: frozenset[Role] = EVERYONE
    """Whose window offers it."""
    rare: bool = False
    """Whether it stands behind *Lanjutan*."""
    group: str = ""
    """Commands of one menu that belong together; a line stands between two groups."""
    named: Callable[[MainWindow], Message] | None = None
    """What it is called just now, where that changes (*Urungkan: …*)."""
    ticked: Callable[[MainWindow], bool] | None = None
    """Whether it is on, for what is switched on and off."""

    @property
    def place(self) -> Menu:
        """The menu it stands in."""
        return Menu.ADVANCED if self.rare else self.menu


def key_text(keys: str) -> str:
    """Shortcuts as this computer writes them; the first one where there are several."""
    first = keys.partition(" ")[0]
    return sequence(first).toString(QKeySequence.SequenceFormat.NativeText) if first else ""


class Commands(QObject):
    """Every command as an action of the window; the role at work selects which of them are offered."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._menus: list[QMenu] = []

    def add(self, commands: Iterable[Command]) -> None:
        """Make commands known and their shortcuts live."""
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"two commands are called {command.id}")
            action = QAction(self._window)
            self._commands[command.id] = command
            self._actions[command.id] = action
            action.setObjectName(command.id)
            if command.keys:
                action.setShortcuts([sequence(keys) for keys in command.keys.split(" ")])
            if command.icon:
                icons.tie(action, partial(_draw, name=command.icon))
            action.setCheckable(command.ticked is not None)
            self._window.session.speaker.tie(action, QAction.setText, partial(self._name, command))
            self._window.session.speaker.tie(action, QAction.setStatusTip, command.hint)
            self._window.session.speaker.tie(action, QAction.setToolTip, partial(self.tip, command.id))
            action.triggered.connect(partial(_give, command, self._window))
            self._window.addAction(action)

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __contains__(self, name: str) -> bool:
        return name in self._commands

    def command(self, name: str) -> Command:
        """The command of this id."""
        return self._commands[name]

    def action(self, name: str) -> QAction:
        """The action of a command."""
        return self._actions[name]

    def offered(self) -> Iterator[Command]:
        """The commands that the role at work sees."""
        role = self._window.session.role
        return (command for command in self if role in command.roles)

    def run(self, name: str) -> None:
        """Do what a command says, if it can be done now."""
        if self._commands[name].when(self._window):
            _give(self._commands[name], self._window)

    def name(self, name: str) -> str:
        """What a command is called now, in the window's language."""
        return self._window.session.say(self._name(self._commands[name]))

    def tip(self, name: str) -> str:
        """What a tooltip says of a command: its name, its keys, and what happens then."""
        command = self._commands[name]
        keys = key_text(command.keys)
        head = f"{self.name(name)} ({keys})" if keys else self.name(name)
        return f"{head}\n{self._window.session.say(command.hint)}"

    def _name(self, command: Command) -> Message:
        return command.named(self._window) if command.named is not None else command.title

    def refresh(self) -> None:
        """Ask every command anew whether it is offered, can be done, and what it is called."""
        role = self._window.session.role
        for name, command in self._commands.items():
            action = self._actions[name]
            # A command that is not offered has no live shortcut either.
            action.setVisible(role in command.roles)
            action.setEnabled(role in command.roles and command.when(self._window))
            if command.named is not None:
                action.setText(self.name(name))
                action.setToolTip(self.tip(name))
            if command.ticked is not None:
                action.setChecked(command.ticked(self._window))
        for menu in self._menus:
            menu.menuAction().setVisible(any(action.isVisible() for action in menu.actions()))

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus; a line stands where the group changes."""
        for which in Menu:
            mine = [command for command in self if command.place is which]
            if not mine:
                continue
            menu = QMenu(bar)
            menu.setToolTipsVisible(True)
            self._window.session.speaker.tie(menu, QMenu.setTitle, MENU_TITLES[which])
            before = mine[0]
            for command in mine:
                if command.group != before.group:
                    menu.addSeparator()
                menu.addAction(self._actions[command.id])
                before = command
            menu.aboutToShow.connect(self.refresh)
            bar.addMenu(menu)
            self._menus.append(menu)

    def follow(self, button: QToolButton, name: str) -> None:
        """Let a button with an icon give a command: name, tooltip and whether it can be pressed follow it."""
        action = self._actions[name]
        button.clicked.connect(action.trigger)

        def follow() -> None:
            if not shiboken6.isValid(button):
                # the button went with its document; the command stays with the window
                action.changed.disconnect(follow)
                return
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())
            button.setAccessibleName(action.text())

        action.changed.connect(follow)
        follow()


def _draw(action: QAction, name: str) -> None:
    action.setIcon(icons.icon(name, "label", 16))


def _give(command: Command, window: MainWindow, _checked: bool = False) -> None:
    """Qt hands an action's state along; commands do not want it."""
    command.run(window)
    window.refresh_commands()
