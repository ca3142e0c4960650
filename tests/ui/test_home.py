"""Home answers what now: steps lead to the exact field, deadlines are kept right there, nothing is slow."""

import itertools
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from desktop.base import Language, Message
from desktop.ui import theme
from desktop.ui.journey import Stop
from desktop.ui.pages.home import deadlines
from desktop.ui.pages.home import page as home_page
from desktop.ui.pages.home.deadlines import DeadlineDialog
from desktop.ui.theme import Theme
from desktop.workspace import Author, Place, Workspace
from tests.effort import steps
from tests.submission.golden import KEPT

TODAY = "2027-02-15T03:00:00+00:00"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", TODAY)


def home(desk):
    """The page, with everything worked out."""
    page = desk.visit("home")
    desk.session.check_now()
    desk.settle()
    page.bring_up_to_date()
    page.finish()
    desk.known()
    page.finish()
    desk.settle()
    return page


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def begun(op):
    """A document somebody has begun: two agencies, a programme of which much is missing."""
    agency = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR")
    op.insert("agency", name={"id": "Dinas Tanah"}, short_name="TANAH")
    return op.insert("programme", title={"id": "Sumur warga"}, lead=agency), agency


def test_a_document_opens_with_home(desk):
    bench = desk.window.workbench
    assert bench.stop == Stop("home")
    assert bench.journey.stops[0] == Stop("home")
    assert bench.panel.current() == Stop("home")
    assert not bench.findings.isVisible()


@pytest.mark.slow
def test_an_empty_document_teaches_how_to_begin(desk, monkeypatch):
    page = home(desk)
    assert page.welcome.isVisible()
    assert not page.steps.isVisible()
    chosen = []
    monkeypatch.setattr("desktop.ui.dialogs.importing.import_file", lambda *_: chosen.append("import"))
    monkeypatch.setattr("desktop.ui.dialogs.demo.open_demo", lambda *_: chosen.append("demo"))
    page.welcome.ways[0].click()
    page.welcome.ways[2].click()
    assert chosen == ["import", "demo"]
    page.welcome.ways[1].click()
    desk.settle()
    assert desk.window.workbench.stop == Stop("profile")
    desk.change(begun)
    page = home(desk)
    assert not page.welcome.isVisible()
    assert page.steps.isVisible()


@pytest.mark.slow
def test_a_step_leads_to_the_exact_field(desk):
    desk.change(begun)
    page = home(desk)
    first = page.steps.shown[0]
    assert len(page.steps.shown) == 3
    assert desk.session.say(first.message) in texts(page.steps)
    page.steps.buttons[0].click()
    desk.settle()
    assert desk.window.workbench.stop == desk.window.workbench.journey.home_of(first.page, first.ref)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.window.workbench.current.isAncestorOf(focus)


@pytest.mark.slow
def test_what_is_settled_leaves_the_steps_at_once(desk):
    desk.change(lambda op: (begun(op), op.deadline("2027-02-01", page="form", ref="oath")))
    page = home(desk)
    assert page.steps.shown[0].ref == "oath"
    desk.change(lambda op: op.answer_text("oath.text", "id", "Kami berjanji merawat air, tanah, dan udara."))
    page = home(desk)
    assert not any(step.ref == "oath" for step in page.steps.shown)
    assert "Selesai" in texts(page.deadlines)


@pytest.mark.slow
def test_progress_is_told_in_words_and_by_shape(desk):
    desk.change(begun)
    page = home(desk)
    ring = page.overview.ring
    assert f"{ring.percent} persen" in ring.accessibleName()
    assert ring.count() in ring.accessibleName()
    bar = page.overview.stages.bars[0]
    assert bar.part.title.read(Language.ID) in bar.accessibleName()
    assert " dari " in bar.accessibleName()
    page.parts.choose("agency")
    names = [each.accessibleName() for each in page.parts.kinds["agency"].bars]
    assert [name.partition(":")[0] for name in names] == ["Dinas Air", "Dinas Tanah"]
    assert names[1] == "Dinas Tanah: belum ada isian"
    kept = page.parts.kinds["agency"].bars
    page.parts.kinds["agency"].bars[0].click()
    desk.settle()
    assert desk.window.workbench.stop.page == "programmes"
    page = home(desk)
    page.parts.choose("agency")
    assert page.parts.kinds["agency"].bars == kept, "what did not change is not made again"


@pytest.mark.slow
def test_titles_of_bars_are_never_cut(desk):
    long = "Dinas Ketahanan Pangan, Tanaman Pangan, Hortikultura, Perkebunan, dan Peternakan"
    desk.change(lambda op: op.insert("agency", name={"id": long}))
    page = home(desk)
    page.parts.choose("agency")
    for percent in (100, 200):
        desk.session.remember(text_percent=percent)
        desk.settle()
        (bar,) = page.parts.kinds["agency"].bars
        assert bar.height() >= bar._title_height(bar.width())
        assert bar.minimumHeight() == bar.height()


@pytest.mark.slow
def test_a_deadline_is_set_moved_and_removed_right_there(desk, monkeypatch):
    _, agency = desk.change(begun)
    page = home(desk)

    def answer(dialog):
        dialog.due.edit.setText("28 Februari 2027")
        dialog.due.edited.emit()
        dialog.page.show_value("programmes/")
        dialog.agency.show_value(agency)
        dialog.note.setText("Rapat pokja")
        assert dialog.ok.isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(DeadlineDialog, "exec", answer)
    page.deadlines.add_button.click()
    (deadline,) = desk.plan.deadlines
    assert (deadline.due, deadline.page, deadline.agency, deadline.note) == (
        "2027-02-28", "programmes", agency, "Rapat pokja",
    )  # fmt: skip
    page = home(desk)
    assert "13 hari lagi" in texts(page.deadlines)
    assert "28 Februari 2027, AIR" in texts(page.deadlines)
    page.deadlines.set_deadline("2027-02-01", "programmes", "", "", "", instead_of=deadline)
    (moved,) = desk.plan.deadlines
    assert (moved.due, moved.agency) == ("2027-02-01", "")
    desk.session.undo()
    assert desk.plan.deadlines == (deadline,), "moving it is one step"
    desk.session.redo()
    page = home(desk)
    assert "Lewat tenggat" in texts(page.deadlines)
    assert page.steps.shown[0].kind == "late"
    page.deadlines._remove(moved)
    assert desk.plan.deadlines == ()
    page = home(desk)
    assert any("Belum ada tenggat" in text for text in texts(page.deadlines))


@pytest.mark.slow
def test_the_dialog_takes_days_only_and_knows_every_page(desk):
    desk.change(begun)
    page = home(desk)
    dialog = DeadlineDialog(desk.session, page)
    assert not dialog.ok.isEnabled()
    dialog.due.edit.setText("kapan-kapan")
    dialog.due.edited.emit()
    assert not dialog.ok.isEnabled()
    assert any("kapan-kapan" in text for text in texts(dialog))
    dialog.due.edit.setText("1 Maret 2027")
    dialog.due.edited.emit()
    assert dialog.values() == ("2027-03-01", "", "", "", "")
    offered = {option.value for option in deadlines.pages(desk.session)}
    stops = [stop for stop in desk.window.workbench.journey.stops if stop.page not in {"home", "chapter"}]
    assert {f"{stop.page}/{stop.ref}" for stop in stops} <= offered
    dialog.deleteLater()


@pytest.mark.slow
def test_agreed_actions_stand_among_the_deadlines(desk):
    programme, agency = desk.change(begun)
    place = Place("programme", programme, "title")
    desk.change(
        lambda op: op.comment(
            place, "Cantumkan jumlah warga.", Author("Rina"), owner=agency, due="2027-02-01"
        )
    )
    page = home(desk)
    assert "Cantumkan jumlah warga." in texts(page.deadlines)
    assert "Tindak lanjut yang disepakati: 1 Februari 2027, AIR" in texts(page.deadlines)
    assert page.steps.shown[0].kind == "late"


@pytest.mark.slow
def test_many_deadlines_are_shown_when_asked_for(desk):
    def work(op):
        begun(op)
        for number in range(8):
            op.deadline("2027-03-01", page="worksheet", ref=f"w{number}")

    desk.change(work)
    page = home(desk)
    assert desk.session.say(Message("ui.home.deadline.more", n=2)) == "Tampilkan 2 tenggat lagi"
    page.deadlines._show_all()
    assert len([text for text in texts(page.deadlines) if text.startswith("1 Maret 2027")]) == 8


@pytest.mark.slow
def test_what_came_in_since_the_last_visit_is_told(desk, monkeypatch, tmp_path):
    programme, _ = desk.change(begun)
    copy = tmp_path / "salinan.rancang"
    shutil.copy(desk.path, copy)
    with monkeypatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(tmp_path / "budi"))
        theirs = Workspace.open(copy, author=Author("Budi"))
        with theirs, theirs.operation(Message("ui.op.add_programme")) as op:
            op.set("programme", programme, status="siap")
    desk.change(lambda op: op.set("programme", programme, status="draf"))
    desk.session.workspace.bring_back(copy)
    page = home(desk)
    assert "Pekerjaan Budi diterima" in texts(page.news)
    assert "1 isian berbeda belum diputuskan" in texts(page.news)
    assert "differing" in {step.kind for step in page.steps.shown}
    desk.window.open_path(desk.path)
    desk.settle()
    page = home(desk)
    assert "Pekerjaan Budi diterima" not in texts(page.news), "it was seen"
    assert "Terakhir diterima: salinan.rancang" in texts(page.news)


@pytest.mark.slow
def test_packages_say_who_has_not_signed_and_what_changed_since(desk, tmp_path):
    from desktop.submission.assembling import seal_workspace

    programme, _ = desk.change(begun)
    target = tmp_path / "usulan.asice"
    snapshot = tmp_path / "snapshot.rancang"
    desk.session.workspace.snapshot(snapshot)
    sealed = seal_workspace(lambda *_: None, snapshot, target)
    page = home(desk)
    assert any("Belum ada paket" in text for text in texts(page.packages))
    desk.session.workspace.remember_package(target, sealed.id, position=sealed.position)
    page.mark_stale()
    page = home(desk)
    assert any(text.startswith("Menunggu 3 tanda tangan") for text in texts(page.packages)), texts(
        page.packages
    )
    desk.change(lambda op: op.set("programme", programme, status="siap"))
    page = home(desk)
    assert any(text.startswith("Tidak mutakhir: 1 perubahan") for text in texts(page.packages))
    assert "seal_again" in {step.kind for step in page.steps.shown}
    target.write_bytes((KEPT / "signed.asice").read_bytes())
    page.mark_stale()
    page = home(desk)
    assert any("tidak lagi berada di tempatnya" in text for text in texts(page.packages))


@pytest.mark.slow
def test_sealing_in_the_window_is_remembered(desk, tmp_path):
    desk.change(begun)
    page = desk.visit("package")
    target = tmp_path / "usulan.asice"
    page.sealing.seal(target)
    desk.qtbot.waitUntil(lambda: page.verdict is not None, timeout=60_000)
    (package,) = desk.session.workspace.packages()
    assert package.path == target
    assert not package.outdated


@pytest.mark.slow
def test_an_agency_sees_its_own_part_first(desk):
    def work(op):
        begun(op)
        tanah = op.insert("agency", name={"id": "Dinas Hutan"}, short_name="HUTAN")
        op.insert("person", name="Budi", agency=tanah)
        return op.insert("programme", title={"id": "Hutan kota"}, lead=tanah, service={"id": "a"}), tanah

    own, agency = desk.change(work)
    desk.session.remember(role="agency", name="Budi")
    desk.settle()
    page = home(desk)
    assert page.steps.shown[0].ref == own
    page.parts.choose("agency")
    assert page.parts.kinds["agency"].bars[0].part.ref == agency


@pytest.mark.slow
def test_to_read_only_nothing_is_offered_to_change(desk):
    desk.change(lambda op: (begun(op), op.deadline("2027-03-01")))
    path = desk.path
    desk.session.leave()
    desk.session.open(path, read_only=True)
    desk.settle()
    page = home(desk)
    assert not page.deadlines.add_button.isVisible()
    names = [
        each.accessibleName() for each in page.deadlines.findChildren(type(desk.window.workbench.header.next))
    ]
    assert not any("Hapus" in name for name in names)


@pytest.mark.slow
def test_it_speaks_the_other_language_and_wears_the_other_colours(desk):
    desk.change(lambda op: (begun(op), op.deadline("2027-02-01")))
    page = home(desk)
    desk.window.speak_language(Language.EN)
    desk.settle()
    assert "Overdue" in texts(page.deadlines)
    assert " of " in page.overview.ring.accessibleName()
    pictures = {}
    for wanted in (Theme.LIGHT, Theme.DARK):
        desk.session.remember(theme=wanted)
        desk.settle()
        image = page.overview.ring.grab().toImage()
        colours = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
        pictures[wanted] = colours
        assert QColor(theme.colours().line).name() in colours
    assert pictures[Theme.LIGHT] != pictures[Theme.DARK]


@pytest.mark.slow
def test_one_column_where_there_is_no_room_for_two(desk):
    desk.change(begun)
    page = home(desk)
    assert page.overview.x() > page.steps.x()
    desk.window.resize(1000, 700)
    desk.session.remember(text_percent=200)
    desk.settle()
    assert page.overview.geometry().left() == page.steps.geometry().left()
    assert page.overview.y() > page.steps.y()


@pytest.mark.slow
def test_a_card_grows_with_what_is_put_into_it_later(desk):
    desk.change(begun)
    page = home(desk)
    desk.window.resize(1300, 740)
    desk.settle()
    desk.change(lambda op: op.deadline("2027-03-01", page="evidence", note="Rapat pokja"))
    page = home(desk)
    for card in (page.steps, page.deadlines):
        for label in card.findChildren(QLabel):
            assert not label.text() or label.height() >= label.fontMetrics().height(), label.text()


@pytest.mark.slow
def test_leaving_while_it_is_still_working_things_out_is_no_harm(desk):
    desk.change(begun)
    page = desk.visit("home")
    page.mark_stale()
    page.bring_up_to_date()
    desk.window.workbench.visit(Stop("checks"))
    assert not page._slices.isActive()
    page = home(desk)
    assert page.steps.shown


@pytest.mark.slow
def test_home_is_there_at_once_and_worked_out_in_small_parts(desk, large_file, monkeypatch):
    """Milliseconds: tests/bench/bench_frames.py."""
    desk.window.open_path(shutil.copy(large_file, desk.folder / "besar.rancang"))
    desk.check()
    page = home(desk)
    desk.visit("checks")
    parts, work_on = [], page._work_on
    monkeypatch.setattr(home_page, "monotonic", lambda: next(seconds))
    seconds = itertools.count()
    page._slices.timeout.disconnect()
    page._slices.timeout.connect(lambda: parts.append(steps(work_on)))
    page.mark_stale()
    assert steps(lambda: desk.window.workbench.visit(Stop("home"))) < 25_000
    desk.qtbot.waitUntil(lambda: page._work is None, timeout=60_000)
    assert len(parts) > 30
    assert max(parts) < 500_000


@pytest.mark.slow
def test_bars_are_pressed_with_the_keyboard(desk):
    desk.change(begun)
    page = home(desk)
    bar = page.overview.stages.bars[-1]
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    assert bar.hasFocus()
    desk.qtbot.keyClick(bar, Qt.Key.Key_Space)
    desk.settle()
    assert desk.window.workbench.stop != Stop("home")


@pytest.mark.slow
def test_no_step_leads_where_the_person_has_no_page(desk):
    page = home(desk)
    all_steps = {step.page for step in page.steps.shown}
    desk.session.remember(role="agency")
    page = home(desk)
    assert not {step.page for step in page.steps.shown} & {"agencies", "chapter", "books", "package"}
    assert all_steps


@pytest.mark.slow
def test_readiness_and_coverage_are_seen_at_a_glance_once_there_is_something(desk):
    page = desk.visit("home")
    page.finish()
    assert not page.readiness.isVisibleTo(page)

    def work(op):
        op.cell(op.fixed_row("ready", "left"), "level", "s4")

    desk.change(work)
    page.finish()
    desk.qtbot.waitUntil(lambda: page.readiness.isVisibleTo(page), timeout=20_000)
    assert "4" in page.readiness.view.accessibleDescription()
    page.readiness.go.click()
    assert desk.window.workbench.current is not page
