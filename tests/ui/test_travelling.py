"""Handing out, sending and bringing back in the window: dialogs, jobs beside them, what is asked of whom."""

from __future__ import annotations

import contextlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTreeWidget

from desktop.base import Message, placing
from desktop.exchange.changes_file import send
from desktop.exchange.handing_out import hand_out
from desktop.ui.dialogs import bring_back, handing_out, sending, who
from desktop.ui.reviewing.diff import DiffLabel
from desktop.workspace import Author, Workspace, handing, opening
from desktop.workspace.handouts import MadeFor
from tests.reviewers import make_for

LABEL = Message("ui.op.add_programme")
LONG = "Layanan masih dilayani tatap muka. Warga datang dua kali. Berkas dicatat di buku. " * 4


@pytest.fixture(autouse=True)
def no_file_manager(monkeypatch):
    for module in (handing_out, sending, bring_back):
        monkeypatch.setattr(module.QDesktopServices, "openUrl", lambda _url: True)
    # a dialog of the computer's own would wait for ever
    monkeypatch.setattr(handing_out, "ask_folder", lambda *_: None)
    monkeypatch.setattr(sending, "ask_save", lambda *_, **_how: None)


@pytest.fixture
def office(desk):
    """A workspace with two agencies and a programme of one of them."""

    def fill(op):
        op.insert("agency", code="1", name={"id": "Dinas Air"}, short_name="AIR")
        op.insert("agency", code="2", name={"id": "Dinas Tanah"}, short_name="TANAH")
        return op.insert("programme", title={"id": "Sumur"}, before={"id": LONG})

    desk.programme = desk.change(fill)
    desk.water, desk.land = desk.plan.agencies
    desk.change(lambda op: op.set("programme", desk.programme, lead=desk.water.id))
    return desk


def away(office, work, whom=None, name="budi"):
    """Let somebody work in a copy at another computer; the changes file they send."""
    whom = whom or MadeFor(role="agency", agency=office.water.id, person="Budi")
    made = hand_out(office.session.workspace, office.folder / f"{name}.rancang", whom, evidence=False)
    with office.monkeypatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(office.folder / f"home of {name}"))
        with Workspace.open(made.path, author=opening.author_of(made.path, Author("?"))) as copy:
            with copy.operation(LABEL) as op:
                work(op)
            return send(copy, office.folder / f"{name}.rancang-changes").path


def finished(desk, dialog):
    desk.qtbot.waitUntil(lambda: not dialog.runner.running, timeout=30_000)
    desk.settle()


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


@pytest.mark.slow
def test_copies_for_agencies_and_a_mentor_are_made_beside_the_window(office):
    dialog = handing_out.HandOut(office.session, office.window)
    office.qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok.isEnabled()
    assert any("muat dalam pesan" in text for text in texts(dialog))
    dialog.people.item(0).setCheckState(Qt.CheckState.Checked)
    office.qtbot.keyClicks(dialog.name, "Prof. Wayan")
    office.qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert [each.person or each.agency for each in dialog.chosen()] == [office.water.id, "Prof. Wayan"]
    target = office.folder / "keluar"
    target.mkdir()
    dialog.make(target)
    finished(office, dialog)
    names = sorted(each.name for each in target.iterdir())
    assert names == [
        "Masterplan Kabupaten Lampung Timur - untuk Dinas Air.rancang",
        "Masterplan Kabupaten Lampung Timur - untuk Prof. Wayan.rancang",
    ]
    given = handing.given(office.session.workspace)
    assert {each.person or each.agency for each in given} == {office.water.id, "Prof. Wayan"}
    assert all(each.heads == office.session.workspace._journal.newest() for each in given)
    assert sum("muat dalam pesan" in text for text in texts(dialog)) == 2
    dialog.ok.click()
    assert dialog.result() == 1
    again = handing_out.HandOut(office.session, office.window)
    office.qtbot.addWidget(again)
    assert [("dibagikan" in again.people.item(at).text()) for at in range(2)] == [True, False]


@pytest.mark.slow
def test_the_name_stands_beside_the_agency_and_a_copy_can_be_left_open_for_several(office):
    bare = handing_out.HandOut(office.session, office.window)
    office.qtbot.addWidget(bare)
    assert bare.several.isHidden()
    office.change(lambda op: op.insert("person", name="Budi", agency=office.water.id, task="contact"))
    dialog = handing_out.HandOut(office.session, office.window)
    office.qtbot.addWidget(dialog)
    item = dialog.people.item(0)
    assert item.text().startswith("Dinas Air: Budi")
    item.setCheckState(Qt.CheckState.Checked)
    assert [each.person for each in dialog.chosen()] == ["Budi"]
    dialog.several.setChecked(True)
    assert [each.person for each in dialog.chosen()] == [""]


@pytest.mark.slow
def test_stopping_leaves_no_half_copy(office):
    dialog = handing_out.HandOut(office.session, office.window)
    office.qtbot.addWidget(dialog)
    dialog.show()
    dialog.people.item(0).setCheckState(Qt.CheckState.Checked)
    target = office.folder / "keluar"
    target.mkdir()
    dialog.make(target)
    name = "Masterplan Kabupaten Lampung Timur - untuk Dinas Air.rancang"
    with placing.marked(dialog._mark), contextlib.ExitStack() as stopped:
        half = stopped.enter_context(placing.own_place(target / name))
        half.write_bytes(b"x")
        kept = stopped.pop_all()
    others = [target / f"{name}.part-lama" / name, target / f"{name}.part1.zip"]
    others[0].parent.mkdir()
    for each in others:
        each.write_bytes(b"of somebody else")
    dialog.reject()
    assert not dialog.runner.running
    assert not half.parent.exists()
    kept.close()
    assert all(each.exists() for each in others)


@pytest.mark.slow
def test_changes_are_sent_with_what_the_others_lack(office):
    away(office, lambda op: op.set("programme", office.programme, code="A"))
    office.change(lambda op: op.set("programme", office.programme, code="P-7"))
    dialog = sending.SendChanges(office.session, office.window)
    office.qtbot.addWidget(dialog)
    dialog.show()
    assert any("1 perubahan belum ada pada semua" in text for text in texts(dialog))
    target = office.folder / "semua.rancang-changes"
    dialog.write(target)
    finished(office, dialog)
    assert dialog.sent.change_sets == 1
    assert target.is_file()
    assert any(each.kind == "changes" for each in handing.given(office.session.workspace))


@pytest.mark.slow
def test_a_review_is_sent_as_one_and_the_folder_is_a_button_away(office):
    path = office.session.workspace.path
    office.change(lambda op: op.set("programme", office.programme, code="P-7"))
    office.session.leave()
    with Workspace.open(path, author=Author("Sari", "secretary")) as workspace:
        make_for(workspace, "mentor")
    office.session.remember(name="Rina", role="mentor")
    office.session.open(path)
    office.settle()
    with office.session.change(LABEL) as op:
        op.insert(
            "comment", table="plan", body="Siap.", author="Rina", role="mentor", at="2026-05-12T00:00:00"
        )
    dialog = sending.SendChanges(office.session, office.window)
    office.qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.windowTitle() == "Kirim reviu"
    assert not dialog.folder.isVisible()
    dialog.write(office.folder / "reviu.rancang-changes")
    finished(office, dialog)
    assert dialog.sent.review
    assert dialog.folder.isVisible()
    assert dialog.height() <= dialog._needed()


@pytest.mark.slow
def test_nothing_new_can_still_be_sent_whole(office):
    away(office, lambda op: op.set("programme", office.programme, code="A"))
    dialog = sending.SendChanges(office.session, office.window)
    office.qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.full.setChecked(True)
    assert dialog.ok.isEnabled()


@pytest.mark.slow
def test_what_comes_back_is_seen_in_tabs_then_taken_over_and_reported(office, monkeypatch):
    theirs = LONG.replace("dua kali", "satu kali", 1)

    def work(op):
        op.set("programme", office.programme, code="A-1", before={"id": theirs})
        op.insert("programme", title={"id": "Jalan"}, lead=office.land.id)
        op.answer("town.mayor", "Pak Budi")

    file = away(office, work)
    ours = LONG + "Antrean panjang."
    office.change(lambda op: op.set("programme", office.programme, before={"id": ours}, code="B-1"))
    dialog = bring_back.BringBack(office.session, [file], office.window)
    office.qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok.isEnabled()
    finished(office, dialog)
    assert "0 berkas" not in " ".join(dialog.words.files)
    assert dialog.words.counts == {
        "new": 2, "changed": 1, "deleted": 0, "outside": 2, "merged": 1, "conflicts": 1
    }  # fmt: skip
    (tabs,) = dialog.findChildren(bring_back.ComingTabs)
    heads = [tabs.tabText(at) for at in range(tabs.count())]
    assert heads == [
        "Baru (2)", "Berubah (1)", "Dihapus (0)", "Di luar bagiannya (2)", "Tulisan digabungkan (1)",
        "Isian berbeda (1)",
    ]  # fmt: skip
    assert [tabs.isTabEnabled(at) for at in range(tabs.count())] == [True, True, False, True, True, True]
    changed = tabs.widget(1)
    assert isinstance(changed, QTreeWidget)
    heading = changed.topLevelItem(0)
    assert heading.text(0) == "Perangkat daerah “Dinas Air”"
    assert heading.isFirstColumnSpanned()
    assert heading.child(0).isFirstColumnSpanned()
    differing = tabs.widget(5)
    assert [differing.headerItem().text(at) for at in range(differing.columnCount())] == ["Isian"]
    assert "Sumur" in changed.topLevelItem(0).child(0).text(0)
    assert "<u" in tabs.widget(4).findChildren(DiffLabel)[0].text()
    tabs.setCurrentIndex(1)
    row = heading.child(0)
    changed.setCurrentItem(row.child(0))
    assert "tiga kali" not in dialog.looked.toPlainText(), "all of a text, not its beginning alone"
    changed.setCurrentItem(heading)
    assert "Pilih satu baris" in dialog.looked.toPlainText()
    head = office.session.workspace.head
    dialog.reject()
    assert office.session.workspace.head == head

    monkeypatch.setattr(bring_back.BringBack, "exec", lambda _: 1)
    shown = []
    monkeypatch.setattr(bring_back.Brought, "exec", lambda self: shown.append(self) or 1)
    bring_back.bring_back_paths(office.window, office.session, [file])
    (report,) = shown
    office.qtbot.addWidget(report)
    assert office.plan.answer("town.mayor").value == "Pak Budi"
    said = " ".join(texts(report))
    assert "cadangan" in said
    assert "isian berbeda" in said
    assert "catatan pemeriksaan baru" in said
    paper = office.folder / "laporan.pdf"
    monkeypatch.setattr(bring_back, "ask_save", lambda *_, **_how: paper)
    report.print.click()
    assert paper.read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_another_file_than_the_one_that_was_shown_is_not_taken_by_the_window(office, monkeypatch):
    """Exchanged while the person read what it would bring, and before the yes."""
    file = away(office, lambda op: op.set("programme", office.programme, code="A"))

    def read(dialog):
        office.qtbot.addWidget(dialog)
        dialog.show()
        finished(office, dialog)
        file.write_bytes(file.read_bytes() + b"x")
        return 1

    monkeypatch.setattr(bring_back.BringBack, "exec", read)
    head = office.session.workspace.head
    bring_back.bring_back_paths(office.window, office.session, [file])
    assert [message.id for message in office.said][-1:] == ["exchange.coming.changed"]
    assert office.session.workspace.head == head


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_told_and_the_window_closes(office):
    bad = office.folder / "rusak.rancang-changes"
    bad.write_bytes(b"PK\3\4" + b"\0" * 26 + b"replicas.json")
    dialog = bring_back.BringBack(office.session, [bad], office.window)
    assert dialog.windowTitle() == f"Terima kembali {bad.name}"
    several = bring_back.BringBack(office.session, [bad, bad], office.window)
    assert several.windowTitle() == "Terima kembali 2 berkas"
    several.deleteLater()
    office.qtbot.addWidget(dialog)
    dialog.show()
    office.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=30_000)
    assert [message.id for message in office.said] == ["workspace.error.damaged_changes"]


@pytest.mark.slow
def test_a_changes_file_opens_the_document_it_belongs_to(office, monkeypatch):
    file = away(office, lambda op: op.set("programme", office.programme, code="A"))
    office.session.leave()
    back = []
    monkeypatch.setattr(bring_back, "bring_back_paths", lambda _parent, _session, paths: back.extend(paths))
    office.window.receive([file])
    assert office.session.workspace.path == office.path
    assert back == [file]


@pytest.mark.slow
def test_a_copy_made_for_somebody_asks_nothing_and_is_theirs(office, monkeypatch):
    whom = MadeFor(role="agency", agency=office.water.id, person="Budi")
    made = hand_out(office.session.workspace, office.folder / "b.rancang", whom, evidence=False)
    asked = []
    monkeypatch.setattr(who.Who, "exec", lambda self: asked.append(self) or 0)
    monkeypatch.setenv("RANCANG_HOME", str(office.folder / "elsewhere"))
    office.window.open_path(made.path)
    assert asked == []
    assert office.session.author() == Author("Budi", "agency")
    assert office.session.workspace.author == Author("Budi", "agency")


@pytest.mark.slow
def test_a_copy_for_several_asks_once_who_is_working(office, monkeypatch):
    whom = MadeFor(role="agency", agency=office.water.id)
    made = hand_out(office.session.workspace, office.folder / "b.rancang", whom, evidence=False)
    asked = []

    def answer(dialog):
        asked.append(texts(dialog))
        dialog.name.setText("Ani")
        return 1

    monkeypatch.setattr(who.Who, "exec", answer)
    monkeypatch.setenv("RANCANG_HOME", str(office.folder / "elsewhere"))
    office.window.open_path(made.path)
    assert any("Dinas Air" in text for text in asked[0])
    assert office.session.workspace.author == Author("Ani", "agency")
    office.session.leave()
    office.window.open_path(made.path)
    assert len(asked) == 1
    assert office.session.author() == Author("Ani", "agency")


@pytest.mark.slow
def test_without_a_name_nothing_is_written_in_a_copy_for_several(office, monkeypatch):
    whom = MadeFor(role="agency", agency=office.water.id)
    made = hand_out(office.session.workspace, office.folder / "b.rancang", whom, evidence=False)
    monkeypatch.setattr(who.Who, "exec", lambda _dialog: 0)
    monkeypatch.setenv("RANCANG_HOME", str(office.folder / "elsewhere"))
    office.window.open_path(made.path)
    assert office.session.is_open  # Sari is known on this computer
    office.session.leave()
    office.session.remember(name="")
    office.window.open_path(made.path)
    assert not office.session.is_open
    assert office.window.workbench is None
