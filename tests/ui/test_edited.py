"""Edited Word files in the window: chapters go out, come back sentence by sentence, and are ticked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from desktop.base import Message
from desktop.base.jobs import quiet
from desktop.ui.dialogs import edited_in
from desktop.ui.dialogs.bring_back import bring_back_file
from desktop.ui.dialogs.chapters_out import ChaptersOut
from desktop.ui.dialogs.edited_in import EditedIn
from desktop.ui.running import Runner
from tests.exchange.edited.word import commented, edit, put, seen, sent

ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def path(desk):
    """Two chapters that went out."""
    put(desk.session.workspace, {
        "A.start": "<p>Satu kalimat. Dua kalimat. Tiga kalimat.</p>", "B.plan": "<p>Yang lain.</p>",
    })  # fmt: skip
    desk.settle()
    return sent(desk.session.workspace, desk.folder / "bab.docx", "A.start", "B.plan")


def shown(desk, qtbot, path):
    dialog = EditedIn(desk.session, path, desk.window)
    qtbot.addWidget(dialog)
    dialog.show_proposal(seen(desk.session.workspace, path))
    return dialog


def text(desk, chapter):
    return desk.session.plan.answer(f"chapter.{chapter}").text.values["id"]


@pytest.mark.slow
def test_sentences_are_ticked_and_taken(desk, qtbot, path):
    edit(edit(path, "Satu kalimat.", "Satu ucapan."), "Tiga kalimat.", "Tiga ucapan.")
    commented(path, "Dua kalimat.", "Dari mana?")
    put(desk.session.workspace, {"A.start": "<p>Satu kalimat. Dua kalimat. Tiga perkara.</p>"})
    desk.settle()
    dialog = shown(desk, qtbot, path)
    assert [dialog.tabs.tabText(at) for at in range(dialog.tabs.count())] == [
        "Berubah juga di sini (1)", "Komentar (1)",
    ]  # fmt: skip
    (tree,) = dialog.trees
    head = tree.topLevelItem(0)
    assert [head.child(at).checkState(0) for at in range(2)] == [ON, OFF]
    assert head.checkState(0) is Qt.CheckState.PartiallyChecked
    assert "ucapan" in dialog.words.text()
    assert dialog.ok.text() == "Ambil alih 1 perubahan dan 1 komentar"
    dialog.take_over()
    assert dialog.taken is not None
    assert text(desk, "A.start").endswith("Satu ucapan. Dua kalimat. Tiga perkara.</p>")
    assert [each.body for each in desk.session.plan.comments] == ["Dari mana?"]
    desk.session.undo()
    assert text(desk, "A.start").endswith("Satu kalimat. Dua kalimat. Tiga perkara.</p>")


@pytest.mark.slow
def test_nothing_ticked_is_nothing_taken(desk, qtbot, path):
    dialog = shown(desk, qtbot, edit(path, "Yang lain.", "Yang baru."))
    head = dialog.trees[0].topLevelItem(0)
    head.setCheckState(0, OFF)
    assert not dialog.ok.isEnabled()
    dialog.take_over()
    assert text(desk, "B.plan").endswith("Yang lain.</p>")
    dialog.reject()
    untouched = shown(desk, qtbot, sent(desk.session.workspace, desk.folder / "lagi.docx", "A.start"))
    assert untouched.ok.isHidden()


@pytest.mark.slow
def test_from_the_menu_and_by_dropping(desk, qtbot, path, monkeypatch):
    """The file is read in a process of its own."""
    told = []

    def look(dialog):
        dialog.show()
        qtbot.waitUntil(lambda: dialog.proposal is not None or not dialog.isVisible(), timeout=20_000)
        told.append(dialog.proposal.same if dialog.proposal is not None else None)
        dialog.close()
        return 0

    monkeypatch.setattr(EditedIn, "exec", look)
    desk.window.dropping.receive([path])
    assert told == [2]
    monkeypatch.setattr(EditedIn, "exec", lambda dialog: told.append(dialog.windowTitle()) or 0)
    monkeypatch.setattr("desktop.ui.dialogs.bring_back.ask_open_many", lambda *_: [path])
    bring_back_file(desk.window, desk.session)
    monkeypatch.setattr(edited_in, "ask_open_many", lambda *_: [path])
    edited_in.receive_word(desk.window, desk.session)
    assert told[1:] == ["Suntingan Word: bab.docx"] * 2


def test_what_cannot_be_read_is_told(desk, qtbot, path):
    dialog = EditedIn(desk.session, path, desk.window)
    qtbot.addWidget(dialog)
    desk.session.failed.emit(Message("exchange.word.bad.old", file="bab.docx"))
    assert dialog.result() == 0
    assert [each.id for each in desk.said] == ["exchange.word.bad.old"]


@pytest.mark.slow
def test_chapters_are_chosen_and_written(desk, qtbot, path, monkeypatch):
    # at once: that jobs run in a process of their own is shown elsewhere
    monkeypatch.setattr(Runner, "start", lambda _runner, done, work, *given: done(work(quiet, *given)))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    dialog = ChaptersOut(desk.session, desk.window, "B.plan")
    qtbot.addWidget(dialog)
    assert dialog.wanted == ("B.plan",)
    dialog.write(desk.folder / "keluar.docx")
    assert dialog.made is not None
    assert seen(desk.session.workspace, desk.folder / "keluar.docx").same == 1
    for row in range(dialog.chapters.count()):
        dialog.chapters.item(row).setCheckState(OFF)
    assert not dialog.ok.isEnabled()


@pytest.mark.slow
def test_a_long_sentence_pushes_no_button_off_the_screen(desk, qtbot, path):
    """Its words stand in a place of their own that is scrolled."""
    edit(path, "Tiga kalimat.", " ".join(f"kata{n}" for n in range(900)) + " akhirnya.")
    desk.settle()
    dialog = shown(desk, qtbot, path)
    dialog.trees[0].look_at_first()
    assert "akhirnya." in dialog.words.text()
    assert dialog.minimumSizeHint().height() < 700
    assert dialog.words.heightForWidth(500) > dialog.words_area.height()
