"""Whatever a person does while something is typed: it is written, or they are asked; nothing just goes."""

import shutil

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QPlainTextEdit

from desktop.base import Message
from desktop.guideline.lookup import bundled_bytes
from desktop.ui import crash, window
from desktop.ui.grid.table import CellTable
from desktop.workspace import Author, Workspace
from tests.ui.desk import DO


def refused(desk):
    """A number field with something in it that is no number."""
    inner = desk.box(desk.visit("form", "town"), "rain").bindings[0].editor.inner
    desk.type_into(inner, "hujan")
    return inner


def another(desk):
    """A second document, closed."""
    path = desk.folder / "lain.rancang"
    desk.session.workspace.snapshot(path)
    return path


WAYS = {
    "close": lambda desk: desk.window.commands.run("close"),
    "new": lambda desk: desk.window.commands.run("new"),
    "open": lambda desk: desk.window.open_path(desk.other),
    "window": lambda desk: desk.window.close(),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_not_understood_is_left_only_after_a_question(desk, monkeypatch, way):
    desk.other = another(desk)
    asked = []
    monkeypatch.setattr(window, "confirm", lambda *what, **_how: asked.append(what[2].id) or False)
    inner = refused(desk)
    WAYS[way](desk)
    desk.settle()
    assert asked == ["ui.close.unwritten"]
    assert desk.session.is_open
    assert desk.session.workspace.path == desk.path
    assert desk.window.workbench.isVisible()
    assert inner.text() == "hujan"


def test_after_a_document_was_left_so_the_next_one_is_written_as_ever(desk):
    other = another(desk)
    refused(desk)
    desk.window.commands.run("close")
    desk.settle()
    assert not desk.session.drafts
    desk.window.open_path(other)
    desk.type_into(desk.box(desk.visit("form", "town"), "mayor").bindings[0].editor.inner, "Ibu Ratna")
    assert desk.session.drafts.flush()
    assert desk.plan.answer("town.mayor").value == "Ibu Ratna"


class Gone(QObject):
    """A field whose page was given up."""

    def commit(self):
        raise AssertionError("nobody is there to be asked")


def test_a_field_that_went_away_does_not_keep_the_others_from_being_written(desk):
    page = desk.visit("form", "town")
    gone = Gone(page)
    desk.session.drafts.touch(gone)
    desk.type_into(desk.box(page, "mayor").bindings[0].editor.inner, "Ibu Ratna")
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    assert desk.session.drafts.flush()
    assert desk.plan.answer("town.mayor").value == "Ibu Ratna"
    assert not desk.session.drafts


# -- a cell being edited ----------------------------------------------------------------------------
@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """A document of the bundled guideline with a risk in it."""
    folder = tmp_path_factory.mktemp("region")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        made = Workspace.create(
            folder / "kabupaten.rancang", region="18.07", first_year=2027, last_year=2031,
            pack=bundled_bytes("smart-city-2021"), author=Author("Sari", "secretary"),
        )  # fmt: skip
        with made, made.operation(DO) as op:
            op.insert("risk", programme=op.insert("programme", title={"id": "Sumur"}), title={"id": "Banjir"})
    return made.path


@pytest.fixture
def cell(empty_desk, region):
    """A cell of a table of the bundled guideline, with something typed into its open editor."""
    desk = empty_desk
    desk.path = desk.folder / "kabupaten.rancang"
    shutil.copy(region, desk.path)
    desk.session.remember(name="Sari")
    desk.window.open_path(desk.path)
    table = next(
        each for each in desk.visit("worksheet", "risk").findChildren(CellTable) if each.shown_columns()
    )
    table.setFocus()
    long = next(column for column in table.shown_columns() if table.cells.kind(column) == "long_text")
    table.setCurrentIndex(table.cells.index(0, long))
    desk.qtbot.keyClick(table, Qt.Key.Key_F2)
    desk.editor = table.viewport().findChild(QPlainTextEdit)
    desk.qtbot.keyClicks(desk.editor, "Sungai meluap")
    return desk


def kept(desk):
    """Whether what was typed into the cell is in the file."""
    desk.session.leave()
    with Workspace.open(desk.path, read_only=True) as again:
        return "Sungai meluap" in repr(again.plan())


@pytest.mark.parametrize(
    "leave",
    [
        lambda desk: desk.window.commands.run("save"),
        lambda desk: desk.window.commands.run("close"),
        lambda desk: desk.window.close(),
        lambda desk: desk.visit("home"),
        lambda desk: desk.window.commands.run("language-en"),
        lambda desk: desk.session.undo(),
    ],
    ids=["save", "close", "window", "page", "language", "undo"],
)
def test_an_open_cell_is_written_once_like_every_field(cell, leave):
    before = len(cell.session.workspace.recent())
    undone = leave.__code__.co_names[-1] == "undo"
    leave(cell)
    cell.settle()
    if cell.session.is_open:
        assert len(cell.session.workspace.recent()) == before + (2 if undone else 1)
        assert cell.session.drafts.flush()
        assert len(cell.session.workspace.recent()) == before + (2 if undone else 1)
    assert kept(cell) is not undone


def test_a_pause_leaves_an_open_cell_open(cell):
    cell.session.drafts._on_pause()
    assert cell.editor.isVisible()
    assert cell.editor.toPlainText() == "Sungai meluap"


# -- when something failed --------------------------------------------------------------------------
def test_a_crash_is_told_also_where_no_note_can_be_kept(monkeypatch):
    said, saved = [], []

    def nowhere(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(crash, "folder", nowhere)
    monkeypatch.setattr(crash.sys, "__excepthook__", lambda *_: None)
    boundary = crash.CrashBoundary(lambda: saved.append(1) or False, said.append)
    boundary.caught(ValueError, ValueError("x"), None)
    assert saved == [1]
    # not everything could be written, and the person hears so
    assert said == [Message("ui.crash.not_saved", note="\N{EM DASH}")]
