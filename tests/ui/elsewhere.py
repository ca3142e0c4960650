"""Hands for tests of working apart: people at computers of their own, and what they answer in dialogs.

A person's computer is a folder for the program's own things; whoever sits down there opens a window of
their own, works and closes it again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from desktop.ui.dialogs import files
from tests.ui.desk import Desk

LOOK = 10
"""Milliseconds between two looks for a dialog."""
WAIT = 60_000
PICTURES = os.environ.get("RANCANG_VISIT_PICTURES", "")
"""A folder for a picture of each step, to be looked at."""
Deed = Callable[..., object]


@contextmanager
def sitting(place: Path, hands, name: str = "") -> Iterator[Desk]:
    """A window on somebody's own computer; closed, and the document with it, when they get up."""
    qtbot, qapp, monkeypatch = hands
    place.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("RANCANG_HOME", str(place / "rancang"))
    desk = Desk(qtbot, qapp, place, monkeypatch)
    if name:
        desk.session.remember(name=name)
    try:
        yield desk
        assert [desk.session.say(message) for message in desk.said] == []
    finally:
        desk.end()


class Region:
    """The four files and whose computers they lie on."""

    def __init__(self, folder: Path, hands) -> None:
        self.folder, self.hands = folder, hands
        self.stick = folder / "stik"
        self.stick.mkdir()
        self.steps = 0

    def sits(self, who: str, name: str = ""):
        return sitting(self.folder / who, self.hands, name)

    def file(self, who: str) -> Path:
        """The document on somebody's computer."""
        (found,) = (self.folder / who).glob("*.rancang")
        return found

    def carry(self, file: Path, who: str) -> Path:
        """Take a file to another computer."""
        target = self.folder / who / file.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(file.read_bytes())
        return target

    def look(self, widget, name: str) -> None:
        """A picture of this step, where somebody wants to look at them."""
        if PICTURES:
            self.steps += 1
            widget.grab().save(str(Path(PICTURES) / f"{self.steps:02d}-{name}.png"))


def open_file(desk: Desk, path: Path) -> None:
    """Open a file as a double click on it does."""
    desk.window.receive([path])
    desk.settle()
    assert desk.session.workspace.path == path


class Answers:
    """What a person does in the dialogs that open, one after the other."""

    def __init__(self, desk: Desk, deeds: list[tuple[type[QDialog], Deed]]) -> None:
        self._deeds = deeds
        self._met: list[QWidget] = []
        self.problem: BaseException | None = None
        self._timer = QTimer(desk.window, interval=LOOK)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or any(dialog is each for each in self._met):
            return
        self._met.append(dialog)
        try:
            assert self._deeds, f"nobody expected {dialog.windowTitle()!r}: {words(dialog)}"
            kind, deed = self._deeds.pop(0)
            assert isinstance(dialog, kind), dialog.windowTitle()
            deed(dialog)
            assert not dialog.isVisible(), f"left open: {dialog.windowTitle()!r}: {words(dialog)}"
        except BaseException as problem:  # noqa: BLE001 - told where the test waits, not in the event loop
            self.problem = self.problem or problem
            dialog.reject()

    def end(self) -> None:
        """No dialog is expected any more."""
        self._timer.stop()
        self._timer.deleteLater()
        if self.problem is not None:
            raise self.problem
        assert not self._deeds, f"never asked: {self._deeds}"


@contextmanager
def answering(desk: Desk, *deeds: tuple[type[QDialog], Deed]) -> Iterator[None]:
    """Answer the dialogs that open meanwhile: just these, in this order."""
    answers = Answers(desk, list(deeds))
    try:
        yield
    finally:
        answers._timer.stop()
    desk.settle()
    answers.end()


def choosing(desk: Desk, **chosen: object) -> None:
    """What the system's own dialogs for files answer: ``open``, ``save`` or ``folder``."""
    patch = desk.monkeypatch.setattr
    if "open" in chosen:
        paths = [str(each) for each in chosen["open"]]
        patch(files.QFileDialog, "getOpenFileNames", lambda *_: (paths, ""))
    if "save" in chosen:
        patch(files.QFileDialog, "getSaveFileName", lambda *_: (str(chosen["save"]), ""))
    if "folder" in chosen:
        patch(files.QFileDialog, "getExistingDirectory", lambda *_: str(chosen["folder"]))


def command(desk: Desk, name: str) -> None:
    """Choose from a menu what can be chosen."""
    action = desk.window.commands.action(name)
    assert action.isVisible(), name
    assert action.isEnabled(), name
    action.trigger()
    desk.settle()


def finished(desk: Desk, runner) -> None:
    """Wait until a job beside the window has ended."""
    desk.qtbot.waitUntil(lambda: not runner.running, timeout=WAIT)
    desk.settle()


def words(widget: QWidget) -> list[str]:
    """Every sentence on a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def rewrite(desk: Desk, box, before: str, after: str) -> None:
    """Choose words in a text with the mouse and type others in their place."""
    inner = box.bindings[0].editor.inner
    assert inner.isVisible()
    inner.setFocus()
    text = inner.toPlainText()
    cursor = inner.textCursor()
    cursor.setPosition(text.index(before))
    cursor.setPosition(text.index(before) + len(before), QTextCursor.MoveMode.KeepAnchor)
    inner.setTextCursor(cursor)
    desk.qtbot.keyClicks(inner, after)
    desk.session.drafts.flush()
    desk.settle()


def fill_cell(desk: Desk, grid, row: int, column: int, text: str) -> None:
    """Type into a cell of a table and leave it with Enter."""
    assert grid.table.isVisible()
    grid.table.setFocus()
    grid.table.setCurrentIndex(grid.model.index(row, column))
    desk.qtbot.keyClicks(grid.table, text[0])  # the first sign opens the editor
    editor = grid.table.viewport().findChild(QLineEdit)
    desk.qtbot.keyClicks(editor, text[1:])
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.settle()
