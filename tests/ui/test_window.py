"""Opening, closing, crashing, checks, evidence, history, import, bring-back and long work in the window."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.base.errors import Cancelled
from desktop.ui import crash, running, window
from desktop.ui.dialogs import bring_back, files, importing
from desktop.ui.running import Runner
from desktop.ui.settings import SettingsFile
from desktop.ui.shell.findings_panel import FindingButton
from desktop.workspace import Author, Workspace

SLOW = [
    "alembic",
    "lxml",
    "openpyxl",
    "pikepdf",
    "pyhanko",
    "pypdfium2",
    "reportlab",
    "sqlalchemy",
    "cryptography",
]
PAINT = """
import sys
from PySide6.QtWidgets import QApplication
from desktop.ui.application import build
application = QApplication([])
window = build(application)
window.show()
application.processEvents()
assert not window.grab().isNull()
print("LOADED", *[name for name in {slow!r} if name in sys.modules])
"""


@pytest.mark.slow
def test_the_first_picture_needs_no_slow_library(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PAINT.format(slow=SLOW)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1].split() == ["LOADED"]


RUN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.ui import application
qt = QApplication([])
def look():
    for window in qt.topLevelWidgets():
        if "Rencana Kota" in window.windowTitle():
            print("OPEN", window.workbench.stop.page)
            window.close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
sys.exit(application.run(["rancang", sys.argv[1]]))
"""


@pytest.mark.slow
def test_the_program_opens_the_file_it_is_given_and_ends_when_its_window_closes(desk):
    path = desk.path
    desk.session.leave()
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["OPEN", "home"]


# -- start ----------------------------------------------------------------------------------------
@pytest.mark.slow
def test_recent_documents_are_offered_again(desk):
    desk.session.leave()
    desk.settle()
    assert desk.window.start.isVisible()
    (recent,) = desk.session.settings.recent
    assert (recent.title, recent.path) == ("Rencana Kota", str(desk.path))
    desk.window.open_path(Path(recent.path))
    assert desk.session.is_open


def test_settings_survive_and_damaged_ones_are_no_obstacle(own_home):
    file = SettingsFile()
    file.keep(file.value.opened(Path("/a.rancang"), "A"))
    assert SettingsFile().value.recent[0].title == "A"
    (own_home / "window.json").write_text('{"language": "xx", "recent": 7')
    assert SettingsFile().value.name == ""


@pytest.mark.slow
def test_a_document_in_use_is_offered_for_reading(desk, monkeypatch):
    from desktop.workspace.errors import InUse

    path = desk.path
    desk.session.leave()
    other = Workspace.open(path, author=Author("Budi"))
    original = Workspace.open.__func__

    def busy(cls, path, *, author=None, read_only=False):
        if not read_only:
            raise InUse(path.name, "Budi", "laptop-budi")
        return original(cls, path, author=author, read_only=read_only)

    monkeypatch.setattr(Workspace, "open", classmethod(busy))
    desk.window.open_path(path)
    desk.settle()
    assert desk.session.read_only
    assert desk.said == []
    other.close()


def test_what_is_no_workspace_is_refused_with_a_sentence(empty_desk):
    path = empty_desk.folder / "bukan.rancang"
    path.write_text("halo")
    empty_desk.window.open_path(path)
    assert [message.id for message in empty_desk.said] == ["workspace.error.not_a_workspace"]
    assert not empty_desk.session.is_open


# -- saving, crashing -----------------------------------------------------------------------------
def test_the_status_line_tells_what_is_typed_and_what_is_saved(desk):
    status = desk.window.statusBar()
    page = desk.visit("form", "town")
    desk.type_into(desk.box(page, "mayor").bindings[0].editor.inner, "Ratna")
    assert "belum tersimpan" in status.saved.text()
    desk.window.commands.run("save")
    assert status.saved.text().startswith("Tersimpan di komputer ini")
    assert "wajib" in status.findings.text()


def test_closing_with_something_not_understood_asks_first(desk, monkeypatch):
    answers = iter([False, True])
    monkeypatch.setattr(window, "confirm", lambda *_, **_how: next(answers))
    page = desk.visit("form", "town")
    desk.type_into(desk.box(page, "trees").bindings[0].editor.inner, "banyak")
    assert desk.window.close() is False
    assert desk.session.is_open
    assert desk.window.close() is True


@pytest.mark.slow
def test_a_crash_saves_writes_a_note_without_contents_and_says_a_sentence(desk, own_home, capsys):
    page = desk.visit("form", "town")
    secret = f"Rahasia{len(desk.plan.programmes)}Kota"
    desk.type_into(desk.box(page, "mayor").bindings[0].editor.inner, secret)
    told = []
    boundary = crash.CrashBoundary(desk.session.drafts.flush, told.append)
    with pytest.raises(ValueError, match="Rahasia") as fell:
        int(secret)
    boundary.caught(fell.type, fell.value, fell.tb)
    assert desk.plan.answer("town.mayor").value == secret
    assert [message.id for message in told] == ["ui.crash.saved"]
    (note,) = (own_home / "crash").iterdir()
    assert "ValueError" in note.read_text()
    assert "test_window" in note.read_text()
    assert secret not in note.read_text()
    assert secret in capsys.readouterr().err


def test_a_crash_while_saving_is_told_too(own_home, capsys):
    told = []

    def broken():
        raise OSError("penuh")

    boundary = crash.CrashBoundary(broken, told.append)
    boundary.caught(ValueError, ValueError("x"), None)
    assert [message.id for message in told] == ["ui.crash.not_saved"]
    assert "ValueError" in capsys.readouterr().err


# -- findings -------------------------------------------------------------------------------------
@pytest.mark.slow
def test_findings_of_the_page_lead_to_their_fields(desk):
    page = desk.visit("form", "town")
    panel = desk.window.workbench.findings
    desk.check()
    assert {finding.page.ref for finding in panel.mine()} == {"town"}
    finding = next(each for each in panel.mine() if each.place.item == "town.happy")
    panel.chosen.emit(finding)
    desk.settle()
    assert desk.box(page, "happy").bindings[0].editor.inner.hasFocus()


@pytest.mark.slow
def test_findings_are_made_while_they_are_seen(desk):
    bench = desk.window.workbench
    panel = bench.findings
    desk.check()
    desk.visit("evidence")
    assert not panel.isVisible()
    assert not panel.findChildren(FindingButton)
    desk.visit("form", "town")
    panel.complete()
    assert panel.isVisible()
    shown = [each.finding for each in panel.findChildren(FindingButton)]
    assert shown == list(panel.mine())
    assert shown
    bench.toggle_findings()
    desk.settle()
    desk.visit("worksheet", "wishes")
    bench.toggle_findings()
    panel.complete()
    assert [each.finding for each in panel.findChildren(FindingButton)] == list(panel.mine())


def test_findings_appear_at_the_field_and_go_when_it_is_filled(desk):
    page = desk.visit("form", "town")
    desk.check()
    box = desk.box(page, "mayor")
    assert box._said.text() == "Belum diisi; diwajibkan pedoman."
    desk.type_into(box.bindings[0].editor.inner, "Ratna")
    desk.leave_field()
    desk.check()
    assert not box._said.isVisible()


@pytest.mark.slow
def test_a_finding_set_aside_can_be_taken_up_again(desk):
    page = desk.visit("checks")
    finding = next(each for each in desk.check().findings if each.may_set_aside)
    page.set_aside(finding, "Tidak berlaku di kota ini")
    desk.qtbot.waitUntil(lambda: desk.session.report.set_aside != ())
    (entry,) = desk.session.report.set_aside
    assert (entry.reason, entry.author) == ("Tidak berlaku di kota ini", "Sari")
    page._take_up(entry)
    desk.qtbot.waitUntil(lambda: desk.session.report.set_aside == ())


@pytest.mark.slow
def test_going_to_a_finding_from_the_list(desk):
    page = desk.visit("checks")
    finding = next(each for each in desk.check().mandatory if each.page.ref == "town")
    page.go_to(finding)
    desk.settle()
    assert desk.window.workbench.stop.ref == "town"


# -- evidence -------------------------------------------------------------------------------------
@pytest.mark.slow
def test_files_dropped_on_the_evidence_page_are_kept_described_and_deleted(desk):
    page = desk.visit("evidence")
    file = desk.folder / "foto.png"
    file.write_bytes(b"\x89PNG")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl.fromLocalFile(str(desk.folder))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
        )
    )
    desk.settle()
    (kept,) = desk.plan.evidence
    assert (kept.name, kept.media_type, kept.size) == ("foto.png", "image/png", 4)
    desk.type_into(page.boxes[0].bindings[0].editor.inner, "Foto taman")
    desk.leave_field()
    assert desk.plan.evidence[0].caption.values == {"id": "Foto taman"}
    page.remove()
    assert desk.plan.evidence == ()


# -- history --------------------------------------------------------------------------------------
@pytest.mark.slow
def test_history_names_who_did_what_and_what_was_undone(desk):
    desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}))
    desk.window.commands.run("undo")
    page = desk.visit("history")
    entry = page.steps.list.rows.entries()[0]
    assert (entry.title, "Sari" in entry.note) == ("Diurungkan: Menambah program", True)


@pytest.mark.slow
def test_two_entries_for_one_field_are_shown_and_settled(desk):
    copy = desk.folder / "salinan.rancang"
    desk.session.workspace.snapshot(copy)
    with (
        Workspace.open(copy, author=Author("Budi")) as other,
        other.operation(Message("ui.op.add_programme")) as op,
    ):
        op.answer("town.mayor", "Pak Budi")
    desk.change(lambda op: op.answer("town.mayor", "Ibu Ratna"))
    desk.session.workspace.bring_back(copy)
    desk.settle()
    # Whichever entry stands meanwhile, the plan knows that there are two.
    assert len(desk.plan.conflicts) == 1
    assert "1 isian berbeda" in desk.window.statusBar().differing.text()
    desk.check()
    page = desk.visit("differing")
    assert any("Nama wali kota" in label.text() for label in page.card.findChildren(QLabel))
    page.card.settle("Pak Budi")
    desk.settle()
    assert desk.plan.answer("town.mayor").value == "Pak Budi"
    assert not desk.window.statusBar().differing.isVisible()


# -- import and bring back ------------------------------------------------------------------------
def agree(dialog, qtbot):
    """Take what is suggested, step by step, to the end."""
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=30_000)
    for _ in range(3):
        assert dialog.ok.isEnabled()
        dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=30_000)
    return 1


CSV = """Program,Perangkat Daerah,Indikator,Satuan,Kondisi Awal,Target 2027,Target 2028,Pagu 2027,Pagu 2028
Program Air Bersih,Dinas Air,Kebocoran pipa,persen,40,30,20,1000000000,2000000000
Program Taman Kota,Dinas Taman,Luas taman,hektare,5,6,8,500000000,700000000
"""


@pytest.mark.slow
def test_a_list_is_imported_after_its_questions_are_answered(desk, monkeypatch):
    file = desk.folder / "daftar.csv"
    file.write_text(CSV, encoding="utf-8")
    asked = []

    def answer(dialog):
        desk.qtbot.waitUntil(lambda: dialog.preview is not None, timeout=30_000)
        asked.extend(question.id for question in dialog.preview.questions)
        return agree(dialog, desk.qtbot)

    monkeypatch.setattr(importing.ImportDialog, "exec", answer)
    importing.import_path(desk.window, desk.session, file)
    desk.settle()
    assert desk.said == []
    assert asked
    assert [each.title.values["id"] for each in desk.plan.programmes] == [
        "Program Air Bersih",
        "Program Taman Kota",
    ]
    assert desk.plan.programmes[0].indicators[0].name.values["id"] == "Kebocoran pipa"
    assert desk.window.workbench.stop.page == "programmes"
    desk.window.commands.run("undo")
    assert desk.plan.programmes == ()


def test_what_is_no_list_is_refused_with_a_sentence(desk):
    file = desk.folder / "x.csv"
    file.write_text("halo\n")
    importing.import_path(desk.window, desk.session, file)
    assert len(desk.said) == 1
    assert desk.said[0].id.startswith("exchange.")


@pytest.mark.slow
def test_a_colleagues_work_is_previewed_then_merged(desk, monkeypatch):
    copy = desk.folder / "budi.rancang"
    desk.session.workspace.snapshot(copy)
    with (
        Workspace.open(copy, author=Author("Budi")) as other,
        other.operation(Message("ui.op.add_programme")) as op,
    ):
        op.insert("programme", title={"id": "Dari Budi"})
        op.answer("town.mayor", "Pak Budi")
    seen = []

    def accept(dialog):
        seen.extend(
            desk.session.say(message)
            for message in bring_back.sentences(desk.session.workspace.preview(copy))
        )
        return 1

    monkeypatch.setattr(bring_back.BringBack, "exec", accept)
    monkeypatch.setattr(bring_back.Brought, "exec", accept)
    monkeypatch.setattr(files.QFileDialog, "getOpenFileNames", lambda *_: ([str(copy)], ""))
    desk.window.commands.run("bring-back")
    desk.settle()
    assert seen[0] == "1 perubahan dari Budi."
    assert desk.plan.programmes[0].title.values["id"] == "Dari Budi"


# -- long work ------------------------------------------------------------------------------------
def slowly(report, steps):
    """A job for tests: it tells its steps and gives their number back."""
    for step in range(steps):
        report(step, steps, Message("ui.job.starting"))
    return steps


def for_ever(report):
    """A job for tests that only ends when it is stopped."""
    import time

    while True:
        report(0, 0, Message("ui.job.starting"))
        time.sleep(0.01)


def gives_up(report):
    """A job for tests that ends with a sentence."""
    raise Cancelled


@pytest.fixture
def runner(desk):
    made = Runner(desk.session)
    desk.window.workbench.layout().addWidget(made)
    return made


@pytest.mark.slow
def test_a_job_tells_its_progress_and_hands_its_result_over(desk, runner):
    results = []
    runner.start(results.append, slowly, 5)
    assert runner.isVisible()
    desk.qtbot.waitUntil(lambda: results == [5], timeout=20_000)
    assert not runner.isVisible()


def test_a_job_can_be_stopped(desk, runner):
    results = []
    work = runner.workshop()
    runner.start(results.append, for_ever)
    desk.qtbot.waitUntil(lambda: runner._bar.maximum() == 0 and runner.running, timeout=20_000)
    runner.cancel.click()
    assert not runner.running
    assert results == []
    assert not work.exists()


@pytest.mark.slow
def test_a_job_that_fails_says_its_sentence(desk, runner):
    runner.start(lambda _: None, gives_up)
    desk.qtbot.waitUntil(lambda: not runner.running, timeout=20_000)
    assert [message.id for message in desk.said] == ["base.cancelled"]
    assert running.POLL < 200


# -- demo and settings ----------------------------------------------------------------------------
@pytest.mark.slow
def test_the_demo_region_is_made_once_and_opened(empty_desk, monkeypatch, own_home):
    from desktop.exchange import demo
    from desktop.ui.dialogs import demo as demo_dialog

    desk = empty_desk

    def wait(dialog):
        desk.qtbot.waitUntil(lambda: dialog.made is not None or desk.said != [], timeout=60_000)
        return dialog.result()

    monkeypatch.setattr(demo_dialog.DemoDialog, "exec", wait)
    demo_dialog.open_demo(desk.window, desk.session)
    assert desk.said == []
    assert desk.session.workspace.path == own_home / "demo" / demo.FILE
    assert desk.plan.example
    desk.session.leave()
    monkeypatch.setattr(demo_dialog.DemoDialog, "exec", lambda _: pytest.fail("made twice"))
    demo_dialog.open_demo(desk.window, desk.session)
    assert desk.session.is_open


@pytest.mark.slow
def test_settings_change_the_window_at_once(desk):
    page = desk.visit("settings")
    page.screen_card.language.setCurrentIndex(1)
    page.screen_card.language.activated.emit(1)
    desk.settle()
    assert desk.window.workbench.header.title.text() == "Settings"
    page.identity.name.setText("Sari Dewi")
    page.identity.name.editingFinished.emit()
    page.screen_card.second.click()
    percent = page.screen_card.percent
    percent.setCurrentIndex(percent.findData(150))
    percent.activated.emit(percent.currentIndex())
    settings = SettingsFile().value
    assert (settings.name, settings.second_language, settings.text_percent) == ("Sari Dewi", True, 150)
    assert settings.language.value == "en"
