"""Backups in the window: restored from the history page, and offered when a document cannot be opened."""

import shutil
import sqlite3

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.ui.dialogs import rescue
from desktop.ui.pages import history
from desktop.workspace import Author, Workspace


@pytest.fixture
def saved(desk):
    """A document with a backup that holds the mayor's name, closed."""
    desk.change(lambda op: op.answer("town.mayor", "Ratna"))
    desk.session.workspace.backup("open")
    desk.session.leave()
    return desk


@pytest.fixture
def offered(monkeypatch):
    seen = []

    def take(dialog):
        seen.append([label.text() for label in dialog.findChildren(QLabel)] + [dialog.list.count()])
        return 1

    monkeypatch.setattr(rescue.Rescue, "exec", take)
    return seen


def too_new(path):
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()


def cut(path):
    path.write_bytes(path.read_bytes()[:9000])


def garbage(path):
    path.write_bytes(b"bukan dokumen" * 500)


def gone(path):
    path.unlink()


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [too_new, cut, garbage, gone])
def test_a_document_that_cannot_be_opened_is_restored_from_its_backup(saved, offered, spoil):
    spoil(saved.path)
    saved.window.start.refresh()
    texts = [button.text() for button in saved.window.start.findChildren(QPushButton)]
    assert "Rencana Kota" in texts
    saved.window.open_path(saved.path)
    assert saved.said == []
    assert len(offered) == 1
    assert offered[0][-1] >= 1
    assert saved.plan.answer("town.mayor").value == "Ratna"
    kept = [path for path in saved.folder.iterdir() if path.suffix == ".rancang" and path != saved.path]
    assert len(kept) == (0 if spoil is gone else 1)


def test_a_strangers_file_of_the_same_number_is_not_filled_without_asking(saved, offered, monkeypatch):
    """It stands in every package and copy; the whole plan would go to where the file came from."""
    theirs = saved.folder / "lain" / "Masterplan lain.rancang"
    theirs.parent.mkdir()
    theirs.write_bytes(saved.path.read_bytes())
    too_new(theirs)
    before, asked = theirs.read_bytes(), []
    monkeypatch.setattr(rescue, "confirm", lambda *about, **_: bool(asked.append(about[2])))
    saved.window.open_path(theirs)
    assert any("Rencana Kota" in str(text) and str(saved.path) in str(text) for text in offered[0])
    assert [each.params["folder"] for each in asked] == [str(theirs.parent)]
    assert (theirs.read_bytes(), saved.session.is_open) == (before, False)


def test_without_backups_the_sentence_is_all(empty_desk, offered):
    path = empty_desk.folder / "asing.rancang"
    path.write_text("halo")
    empty_desk.window.open_path(path)
    assert offered == []
    assert [message.id for message in empty_desk.said] == ["workspace.error.not_a_workspace"]


@pytest.mark.slow
def test_giving_up_leaves_everything_as_it_is(saved, monkeypatch):
    monkeypatch.setattr(rescue.Rescue, "exec", lambda _: 0)
    garbage(saved.path)
    before = saved.path.read_bytes()
    saved.window.open_path(saved.path)
    assert not saved.session.is_open
    assert saved.path.read_bytes() == before


@pytest.mark.slow
def test_the_history_page_restores_a_backup_and_keeps_the_present_state_beside(desk, monkeypatch):
    monkeypatch.setattr(history, "confirm", lambda *_, **_how: True)
    desk.change(lambda op: op.answer("town.mayor", "Ratna"))
    desk.session.workspace.backup("open")
    desk.change(lambda op: op.answer("town.mayor", "Budi"))
    workspace = desk.session.workspace
    workspace.remember_package(desk.folder / "satu.asice", "ab" * 32, position=workspace.position)
    page = desk.visit("history")
    restore = next(button for button in page.findChildren(QPushButton) if button.text() == "Pulihkan")
    restore.click()
    desk.settle()
    assert desk.said == []
    assert desk.plan.answer("town.mayor").value == "Ratna"
    assert [each.id for each in desk.session.workspace.packages()] == ["ab" * 32], (
        "it was locked all the same"
    )
    assert len([path for path in desk.folder.iterdir() if path.suffix == ".rancang"]) == 2


@pytest.fixture
def looked_into(saved, monkeypatch):
    """Budi's copy was opened here once, after everything else."""
    theirs = saved.folder / "kiriman" / "salinan.rancang"
    theirs.parent.mkdir()
    shutil.copy(saved.path, theirs)
    with monkeypatch.context() as away:
        away.setenv("RANCANG_HOME", str(saved.folder / "rumah Budi"))
        with (
            Workspace.open(theirs, author=Author("Budi")) as copy,
            copy.operation(history.Message("x")) as op,
        ):
            op.insert("programme", title={"id": "Milik Budi"})
    Workspace.open(theirs, author=Author("Sari")).close()
    return saved


@pytest.mark.slow
def test_backups_of_another_copy_are_told_apart_and_asked_about_before_they_take_its_place(
    looked_into, monkeypatch
):
    """The newest was somebody else's, and nothing said so before nor after."""
    asked = []
    monkeypatch.setattr(history, "confirm", lambda *what, **how: bool(asked.append((what[2], how))))
    looked_into.window.open_path(looked_into.path)
    page = looked_into.visit("history")
    lines = [label.text() for label in page.findChildren(QLabel)]
    theirs = [at for at, text in enumerate(lines) if "“Budi”" in text]
    (apart,) = [at for at, text in enumerate(lines) if text.startswith("Cadangan dari salinan lain")]
    assert theirs
    assert min(theirs) > apart
    restore = [button for button in page.findChildren(QPushButton) if button.text() == "Pulihkan"]
    restore[0].click()
    restore[-1].click()
    assert [(each.id, how["careful"]) for each, how in asked] == [
        ("ui.backups.question", False),
        ("ui.backups.question_other", True),
    ]


@pytest.mark.slow
def test_a_lost_document_is_offered_its_own_backups_first(looked_into, monkeypatch):
    listed, asked = [], []

    def take(dialog):
        listed.extend(dialog.list.item(at).text() for at in range(dialog.list.count()))
        dialog.list.setCurrentRow(dialog.list.count() - 1)
        return 1

    monkeypatch.setattr(rescue.Rescue, "exec", take)
    monkeypatch.setattr(rescue, "confirm", lambda *about, **_: bool(asked.append(about[2].id)))
    gone(looked_into.path)
    looked_into.window.open_path(looked_into.path)
    assert "salinan ini" in listed[0]
    assert "“Budi”" in listed[-1].splitlines()[1], "at the end of a long line it is cut off"
    assert asked == ["ui.rescue.question_other"]
    assert not looked_into.path.exists()
