"""Moving to another guideline in the window: preview, other pages, undo, and what is kept."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from desktop.base import Language
from desktop.ui.dialogs.moving import Moving, move_guideline
from desktop.ui.journey import Stop
from desktop.workspace import Author, Workspace
from desktop.workspace.moving.applying import move
from tests.workspace.moving_packs import NEW, OLD
from tests.workspace.test_moving import edit, fill


@pytest.fixture
def moving(empty_desk):
    """A document of the earlier guideline, filled in, and the later one as a file."""
    desk = empty_desk
    workspace = Workspace.create(
        desk.folder / "kota.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=OLD, author=Author("Sari", "secretary"), title={"id": "Rencana"},
    )  # fmt: skip
    edit(workspace, fill)
    desk.session.adopt(workspace)
    desk.settle()
    desk.file = desk.folder / "new.rancang-guideline"
    desk.file.write_bytes(NEW)
    return desk


def agree(desk, monkeypatch, yes=True):
    """Choose the file in the dialog and agree (or not)."""
    seen = []

    def answer(dialog):
        dialog.offer_file(desk.file)
        seen.append(dialog)
        return QDialog.DialogCode.Accepted if yes else QDialog.DialogCode.Rejected

    monkeypatch.setattr(Moving, "exec", answer)
    move_guideline(desk.window, desk.session)
    desk.settle()
    return seen[0]


def told(tree):
    """The lines of a tree by the head they stand under."""
    heads = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {
        head.text(0).rpartition(":")[0]: [
            [head.child(row).text(column) for column in range(2)] for row in range(head.childCount())
        ]
        for head in heads
    }


@pytest.mark.slow
def test_the_preview_tells_what_will_happen_and_changes_nothing(moving, monkeypatch):
    moving.session.speaker.switch(Language.ID)
    dialog = agree(moving, monkeypatch, yes=False)
    assert moving.session.plan.guideline.id == "old"
    lines = told(dialog.tree)
    falls = lines["Tidak ada tempatnya di pedoman baru (tetap disimpan)"]
    assert ["gone", "Tidak ditanyakan lagi"] in falls
    assert ["fresh (wajib diisi)", ""] in lines["Baru, belum ada isiannya"]
    assert ["vision", "dream"] in lines["Ikut pindah ke tempat barunya"]
    assert "tidak ada tempatnya" in dialog.sentence.text()
    assert "ditandatangani" in dialog.remarks.text()
    assert dialog.tree.accessibleName()


@pytest.mark.slow
def test_without_a_pack_there_is_nothing_to_agree_to(moving, monkeypatch):
    monkeypatch.setattr("desktop.guideline.store.available", lambda: ())
    dialog = Moving(moving.session, moving.window)
    assert not dialog.ok.isEnabled()
    assert dialog.sentence.text()
    (moving.folder / "broken.rancang-guideline").write_bytes(b"PK")
    dialog.offer_file(moving.folder / "broken.rancang-guideline")
    assert not dialog.ok.isEnabled()
    assert moving.said
    dialog.deleteLater()


@pytest.mark.slow
def test_the_window_has_the_pages_of_the_other_guideline_and_undo_those_of_before(moving, monkeypatch):
    desk = moving
    page = desk.visit("form", "f")
    assert page is desk.window.workbench.current
    agree(desk, monkeypatch)
    bench = desk.window.workbench
    assert desk.session.pack.pack.id == "new"
    assert bench.journey.title(Stop("form", "g")).read("id") == "Lembar"
    assert bench.current is not None
    shown = desk.visit("form", "g")
    assert shown.boxes[0].isVisible()
    desk.session.undo()
    desk.settle()
    assert desk.session.pack.pack.id == "old"
    assert desk.visit("form", "f").boxes
    desk.session.redo()
    desk.settle()
    assert desk.session.pack.pack.id == "new"
    assert desk.window.workbench.current is not None


@pytest.mark.slow
def test_what_is_kept_can_be_read_and_copied(moving, monkeypatch):
    desk = moving
    page = desk.visit("leftover")
    assert page.none.isVisible()
    assert not page.tree.isVisible()
    agree(desk, monkeypatch)
    report = desk.check()
    (finding,) = [each for each in report.hints if each.check == "leftovers"]
    desk.window.workbench.show_finding(finding)
    desk.settle()
    page = desk.window.workbench.current
    assert page.tree.isVisible()
    top = page.tree.topLevelItem(0)
    texts = {top.child(row).text(0): row for row in range(top.childCount())}
    page.tree.setCurrentItem(top.child(texts["gone (en)" if "gone (en)" in texts else "gone"]))
    page.copy.click()
    assert QApplication.clipboard().text() == "Tidak ditanyakan lagi"
    assert "b.txt" in page.about.text()
    assert "Sayang" in page.about.text()
    assert not page.late.isVisible()


@pytest.mark.slow
def test_what_came_late_is_taken_along(moving, monkeypatch, tmp_path):
    desk = moving
    copy = tmp_path / "copy.rancang"
    desk.session.workspace.snapshot(copy)
    agree(desk, monkeypatch)
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home of Budi"))
    with Workspace.open(copy, author=Author("Budi")) as theirs:
        edit(theirs, lambda op: op.answer_text("f.vision", "id", "Dari salinan"))
    desk.session.workspace.bring_back(copy)
    page = desk.visit("leftover")
    assert page.late.isVisible()
    page.late.click()
    desk.settle()
    assert desk.session.plan.answer("g.dream").text.read("id") == "Dari salinan"
    assert not page.late.isVisible()


@pytest.mark.slow
def test_a_colleagues_move_brings_other_pages_too(moving, monkeypatch, tmp_path):
    desk = moving
    copy = tmp_path / "copy.rancang"
    desk.session.workspace.snapshot(copy)
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home of Budi"))
    with Workspace.open(copy, author=Author("Budi")) as theirs:
        move(theirs, NEW)
    desk.session.workspace.bring_back(copy)
    desk.settle()
    assert desk.session.pack.pack.id == "new"
    assert desk.visit("form", "g").boxes
