"""The ministry's desk in the window: receive, look, narrow, hand on; all without a document."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from desktop.base import Language, Message
from desktop.base.bounded.limits import Limits
from desktop.base.errors import FileProblem
from desktop.base.jobs import quiet
from desktop.submission.register.entry import Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.letters import Desk
from desktop.submission.register.posting import receipts_for, write_letters
from desktop.submission.register.run import receive
from desktop.submission.register.store import DUE, GUIDELINE, Register
from desktop.submission.signed import OWN_STAMPS
from desktop.trust.anchors import Anchors
from desktop.ui.dialogs.several import Several
from desktop.ui.pages.desk import DeskPage
from desktop.ui.pages.directory import KINDS, seen_by
from desktop.ui.receiving import again
from desktop.ui.receiving.detail import Detail
from desktop.ui.roles import Role
from tests.effort import steps
from tests.measuring import unnamed
from tests.submission.register.many import NOW, Country, Opened
from tests.trust import pki


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    made = Country(tmp_path_factory.mktemp("country") / "inbox")
    made.good("18.07", 1, made.inbox / "a.asice")
    made.rivals("35.07", 2, made.inbox / "b.asice")
    made.stranger("35.73", 3, made.inbox / "c.asice")
    (made.inbox / "Kab Blitar.pdf").write_bytes(b"%PDF-1.7 x")
    return made


@pytest.fixture
def page(empty_desk, country, monkeypatch):
    monkeypatch.setattr("desktop.trust.load_anchors", lambda *_: country.keys.anchors)
    monkeypatch.setenv("RANCANG_NOW", NOW.isoformat())
    empty_desk.session.remember(role="ministry")
    empty_desk.window.commands.run("go-desk")
    empty_desk.settle()
    assert empty_desk.window.aside_page == "desk"
    return empty_desk.window._aside.page


def wait(desk, page):
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=60_000)
    desk.settle()


def shown(page):
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_only_the_ministry_sees_it():
    assert KINDS["desk"] in seen_by(Role.MINISTRY)
    assert all(KINDS["desk"] not in seen_by(role) for role in Role if role is not Role.MINISTRY)


def test_folders_in_and_verdicts_out(empty_desk, page, country, tmp_path):
    assert not page.take.isEnabled()
    assert list(unnamed(empty_desk.window)) == []
    page.begin(tmp_path / "meja.sqlite")
    assert page.take.isEnabled()
    page.receive((country.inbox,))
    assert page.runner.running
    wait(empty_desk, page)
    assert shown(page) == [
        "18.07 Kabupaten Lampung Timur",
        "35.05 Kabupaten Blitar (dugaan)",
        "35.07 Kabupaten Malang",
        "35.07 Kabupaten Malang",
        "35.73 Kota Malang (pengakuan paket)",
    ]
    page.list.selectRow(2)
    empty_desk.settle()
    assert page.detail.entry.region == "35.07"
    assert page.detail.entry.rivals
    assert list(unnamed(empty_desk.window)) == []
    page.words.setText("stranger orang lain")
    assert shown(page) == []
    page.words.setText("signature.unknown malang")
    assert shown(page) == ["35.73 Kota Malang (pengakuan paket)"]
    page.words.setText("")
    page.result.setCurrentIndex(page.result.findData("unsigned"))
    page.result.activated.emit(page.result.currentIndex())
    assert shown(page) == ["35.05 Kabupaten Blitar (dugaan)"]
    assert page.comparison.model().rowCount() == 2
    page._again()
    wait(empty_desk, page)
    assert len(page.received.entries) == 5


@pytest.mark.slow
def test_what_tells_no_region_is_told_and_found(empty_desk, page, country, tmp_path):
    from PySide6.QtWidgets import QLabel

    inbox = tmp_path / "kiriman"
    inbox.mkdir()
    country.cut_off("18.08", 4, inbox / "rusak.asice")
    page.begin(tmp_path / "meja.sqlite")
    page.receive((country.inbox / "a.asice",))
    wait(empty_desk, page)
    said = empty_desk.session.say(Message("submission.standing.no_region", n=1))
    assert said not in [each.text() for each in page.detail.glance.findChildren(QLabel)]
    page.receive((inbox,))
    wait(empty_desk, page)
    assert said in [each.text() for each in page.detail.glance.findChildren(QLabel)]
    page.words.setText("daerah tidak diketahui")
    assert shown(page) == ["daerah tidak diketahui"]


@pytest.mark.slow
def test_what_ran_out_of_time_is_read_again_with_more(empty_desk, page, country, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QLabel

    from desktop.submission.register import run

    page.begin(tmp_path / "meja.sqlite")
    with monkeypatch.context() as patch:
        patch.setattr(run, "STANDARD", Limits(seconds=0.001))
        page.receive((country.inbox,))
        wait(empty_desk, page)
    half = [one for one in page.entries.values() if one.ran_out]
    # what is no package at all may run out as well
    assert "refused" in {one.result for one in half} <= {"refused", "unsigned"}
    # whatever was received since: it read that folder alone, and these stayed refused
    later = tmp_path / "lain"
    later.mkdir()
    page.receive((later,))
    wait(empty_desk, page)
    assert page.slowly.isVisible()
    told = Message("ui.desk.glance.ran_out", n=len(half), button=Message("ui.desk.more_time"))
    assert empty_desk.session.say(told) in [each.text() for each in page.detail.glance.findChildren(QLabel)]
    page.slowly.click()
    wait(empty_desk, page)
    assert not any(one.ran_out for one in page.entries.values())
    assert not page.slowly.isVisible()
    # what was read before it with the usual time stays among the folders that are read once more
    with Register(page.register, read_only=True) as register:
        assert set(register.last_folders()) == {later, country.inbox}


@pytest.mark.slow
def test_that_others_are_believed_than_those_who_judged_is_told(
    empty_desk, page, country, tmp_path, monkeypatch
):
    """A list that withdraws a signer comes in, and the desk would go on saying that he is sound."""
    page.begin(tmp_path / "meja.sqlite")
    page.receive((country.inbox / "a.asice",))
    wait(empty_desk, page)
    assert page.otherwise.isHidden()
    monkeypatch.setattr("desktop.trust.load_anchors", lambda *_: Anchors())
    page.refresh()
    assert not page.otherwise.isHidden()
    page.receive((country.inbox / "a.asice",))
    wait(empty_desk, page)
    assert page.otherwise.isHidden()


def test_a_page_that_goes_while_it_reads_is_left_alone(empty_desk, page, tmp_path, monkeypatch):
    """The window goes on meanwhile, and may show another page in its place."""
    page.begin(tmp_path / "meja.sqlite")
    other = DeskPage(empty_desk.session)

    def reads(work):
        found = work()
        shiboken6.delete(other)
        return found

    monkeypatch.setattr("desktop.ui.pages.desk.beside", reads)
    other.refresh()
    assert not shiboken6.isValid(other)


def test_what_could_not_be_read_shows_no_other_registers_packages_and_is_read_again(
    empty_desk, page, country, tmp_path, monkeypatch
):
    """The list of the register before stood under its name, and nothing was read any more."""
    ours, theirs = tmp_path / "kita.sqlite", tmp_path / "mereka.sqlite"
    page.begin(theirs)
    page.begin(ours)
    receive(quiet, ours, [country.inbox], country.keys.anchors, 1, NOW)
    with Register(ours) as register:
        register.keep_setting(DUE, "2026-12-01T16:59:00+00:00")
        register.keep_setting(GUIDELINE, "tiny@9")
    with sqlite3.connect(ours, isolation_level=None) as held:
        held.execute("BEGIN EXCLUSIVE")
        page.refresh()
        assert shown(page) == []
        held.execute("ROLLBACK")
    held.close()
    page.refresh()
    assert len(shown(page)) == 5
    asked = page.due.text(), page.guideline.text(), page.lacking.isHidden()
    assert asked == ("2026-12-01 23:59", "tiny@9", False)

    def odd(*_):
        raise FileProblem(Message("submission.register.not_one", file="mereka.sqlite"))

    monkeypatch.setattr("desktop.ui.pages.desk._read", odd)
    page.begin(theirs)
    assert (page.register, shown(page)) == (theirs, [])
    # nor its date and guideline, which would seem to be asked of theirs
    assert (page.due.text(), page.guideline.text(), page.lacking.isHidden()) == ("", "", True)


def test_a_register_that_was_gone_for_a_moment_is_read_again(empty_desk, page, country, tmp_path):
    """Its share was off; back as it was it seemed to be empty."""
    ours, away = tmp_path / "kita.sqlite", tmp_path / "pergi.sqlite"
    page.begin(ours)
    receive(quiet, ours, [country.inbox], country.keys.anchors, 1, NOW)
    with Register(ours) as register:
        register.keep_setting(DUE, "2026-12-01T16:59:00+00:00")
    page.refresh()
    assert (len(shown(page)), page.due.text()) == (5, "2026-12-01 23:59")
    ours.rename(away)
    page.refresh()
    assert (page.register, shown(page), page.due.text()) == (None, [], "")
    away.rename(ours)
    page.refresh()
    assert (len(shown(page)), page.due.text()) == (5, "2026-12-01 23:59")


def test_an_empty_comparison_says_why(empty_desk, page, country, tmp_path):
    ours = tmp_path / "kita.sqlite"
    page.begin(ours)
    receive(quiet, ours, [country.inbox], country.keys.anchors, 1, NOW)
    page.refresh()
    page.tabs.setCurrentWidget(page.comparison)
    assert page.none_counts.isHidden() is bool(page.compared.rowCount())
    with Register(ours) as register:
        register.keep_setting(GUIDELINE, "tiny@9")
    page.refresh()
    assert (page.compared.rowCount(), page.none_counts.isHidden()) == (0, False)
    page.tabs.setCurrentWidget(page.list)
    assert page.none_counts.isHidden()


@pytest.mark.slow
def test_everything_that_a_run_could_not_look_at_is_told(empty_desk, page, country, tmp_path, monkeypatch):
    """A link that somebody lays there, told first, hid that a region's package was not looked at."""
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    (inbox / ".paket Kab Malang.asice").write_bytes((country.inbox / "a.asice").read_bytes())
    (inbox / "0 pintasan").symlink_to(tmp_path)
    seen: list[str] = []
    monkeypatch.setattr(Several, "exec", lambda self: seen.append(self.told.toPlainText()))
    page.begin(tmp_path / "meja.sqlite")
    page.receive((inbox,))
    wait(empty_desk, page)
    (told,) = seen
    for name in ("0 pintasan", ".paket Kab Malang.asice"):
        assert name in told


@pytest.mark.slow
def test_folders_that_only_the_register_names_are_asked_about_unlooked_at(
    empty_desk, page, country, tmp_path, monkeypatch
):
    """A register comes from anybody, and names whatever folders of this computer, or of another one."""
    path, asked, read = tmp_path / "orang.sqlite", [], []
    monkeypatch.setattr(again, "confirm", lambda *given, careful: asked.append(given[2]) or len(asked) > 1)
    page.begin(path)
    receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW)
    moved = path.rename(tmp_path / "kiriman.sqlite")
    page.begin(moved)
    looked = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self: read.append(self) or looked(self))
    page._again()
    assert country.inbox not in read
    assert not page.runner.running
    assert str(country.inbox) in str(asked[0].params["folders"])
    page._again()
    wait(empty_desk, page)
    # from now on this computer has received from there
    page._again()
    wait(empty_desk, page)
    assert len(asked) == 2


def test_a_long_list_of_strange_folders_is_told_in_short(empty_desk, page, monkeypatch):
    asked = []
    monkeypatch.setattr(again, "confirm", lambda *given, careful: asked.append(given[2]))
    named = [Path(f"/srv/{number}\u202e\n") for number in range(20)]
    again.may_read(page, empty_desk.session, Path("x.sqlite"), named)
    said = str(asked[0].params["folders"]).splitlines()
    assert len(said) == 9
    assert "12" in said[-1]
    assert "\u202e" not in said[0]


@pytest.mark.slow
def test_the_date_asked_for_is_kept_and_a_wrong_one_told(empty_desk, page, country, tmp_path):
    path = tmp_path / "meja.sqlite"
    page.begin(path)
    receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW)
    page.refresh()
    page.due.setText("kapan saja")
    page.due.editingFinished.emit()
    assert empty_desk.said[-1].id == "cli.desk.not_a_date"
    page.due.setText("2020-01-01")
    page.due.editingFinished.emit()
    assert page.due.text() == "1 Januari 2020"
    results = {one.region: one.result for one in page.received.entries}
    assert results["18.07"] == "incomplete"
    for typed, shown_as in (("31-12-2026", "31 Desember 2026"), ("2026-12-31 16:00", "2026-12-31 16:00")):
        page.due.setText(typed)
        page.due.editingFinished.emit()
        assert page.due.text() == shown_as
    page.due.setText("5 Desember 2026")
    page.due.editingFinished.emit()
    empty_desk.window.speak_language(Language.EN)
    assert page.due.text() == "5 December 2026"
    empty_desk.window.speak_language(Language.ID)


@pytest.mark.slow
def test_what_was_set_elsewhere_since_it_was_shown_stays(empty_desk, page, country, tmp_path):
    path = tmp_path / "meja.sqlite"
    page.begin(path)
    receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW)
    page.refresh()
    page.due.setText("2026-11-20")
    page.due.editingFinished.emit()
    later, asked = "2026-12-07T23:59:59+07:00", "lain@1"

    def kept() -> tuple[str, str]:
        with Register(path, read_only=True) as register:
            return register.setting(DUE), register.setting(GUIDELINE)

    with Register(path) as register:
        register.keep_setting(DUE, later)
        register.keep_setting(GUIDELINE, asked)
    # whoever only walks through the fields has set nothing
    page.due.editingFinished.emit()
    page.guideline.editingFinished.emit()
    assert kept() == (later, asked)
    # nor has he set the other one
    page.due.setText("2026-12-31")
    page.due.editingFinished.emit()
    assert kept() == ("2026-12-31T23:59:59+07:00", asked)
    assert page.guideline.text() == asked


@pytest.mark.slow
def test_before_anything_is_chosen_it_tells_how_things_stand(
    empty_desk, page, country, tmp_path, monkeypatch
):
    from PySide6.QtWidgets import QLabel

    def told():
        return [each.text() for each in page.detail.glance.findChildren(QLabel)]

    say = empty_desk.session.say
    assert say(Message("ui.desk.step.register")) in told()
    page.begin(tmp_path / "meja.sqlite")
    assert say(Message("ui.desk.nothing_yet")) in told()
    receive(quiet, tmp_path / "meja.sqlite", [country.inbox], country.keys.anchors, 1, NOW)
    page.refresh()
    assert say(Message("ui.desk.glance.regions", n=2)) in told()
    assert say(Message("submission.standing.to_look_at", n=1)) in told()
    marks = [page.list.model().index(row, 2).data() for row in range(page.list.model().rowCount())]
    compared = [page.comparison.model().index(row, 1).data() for row in range(2)]
    assert sorted(compared) == sorted(filter(None, marks)) == ["ya", "ya, perlu ditinjau"]
    path = tmp_path / "meja.sqlite"
    asked = {one.region for one in write_letters(quiet, path, tmp_path / "surat", Desk(), NOW)}
    given = {one.region for one in receipts_for(path)}
    assert say(Message("ui.desk.glance.letters", n=len(asked), button=Message("ui.desk.letters"))) in told()
    assert say(Message("ui.desk.glance.receipts", n=len(given), button=Message("ui.desk.receipts"))) in told()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("desktop.submission.register.proofs.own_word", lambda: "x" * 64)
        path.touch()
        page.refresh()
        made = write_letters(quiet, path, tmp_path / "lain", Desk(), NOW)
        assert {one.region for one in made if one.problem} == asked
        assert all(one.problem for one in made)
        assert say(Message("ui.desk.glance.untold", n=len(asked))) in told()
        assert not any(say(Message("ui.desk.letters")) in each for each in told())
    path.touch()
    page.refresh()
    # a package of its own people that is late, and so incomplete, gets a receipt, too
    page.due.setText("2020-01-01")
    page.due.editingFinished.emit()
    assert not any(one.current for one in page.received.entries)
    given = {one.region for one in receipts_for(path)}
    assert given
    assert say(Message("ui.desk.glance.receipts", n=len(given), button=Message("ui.desk.receipts"))) in told()
    page.due.setText("")
    page.due.editingFinished.emit()
    assert list(unnamed(page)) == []
    page.detail.glance.buttons["unsigned"].click()
    assert shown(page) == ["35.05 Kabupaten Blitar (dugaan)"]
    assert page.result.currentData() == "unsigned"
    page.list.selectRow(0)
    assert page.detail.glance is None
    assert page.detail.entry.result == "unsigned"
    page.narrow("")
    page.tabs.setCurrentWidget(page.comparison)
    assert page.detail.isHidden()  # figures side by side have all the width
    page.comparison.selectRow(0)
    assert page.detail.isVisible()


@pytest.mark.slow
def test_what_a_run_did_names_nothing_that_there_was_none_of(empty_desk, page, country, tmp_path):
    path = tmp_path / "meja.sqlite"
    page.begin(path)
    say = empty_desk.session.say
    first = receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW)
    assert (
        say(first.message)
        == "5 berkas ditemukan: 5 dibaca karena baru atau berubah dan 4 paket diverifikasi."
    )
    second = receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW)
    assert say(second.message) == "5 berkas ditemukan; tidak ada yang baru atau berubah."


def test_giving_up_ends_the_run_and_keeps_what_was_read(empty_desk, page, country, tmp_path):
    page.begin(tmp_path / "meja.sqlite")
    page.receive((country.inbox,))
    empty_desk.qtbot.mouseClick(page.runner.cancel, Qt.MouseButton.LeftButton)
    assert not page.runner.running
    assert page.take.isEnabled()
    page.receive((country.inbox,))
    wait(empty_desk, page)
    assert len(page.received.entries) == 5


@pytest.mark.slow
def test_lists_are_written(empty_desk, page, country, tmp_path, monkeypatch):
    path = tmp_path / "meja.sqlite"
    page.begin(path)
    receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW)
    target = tmp_path / "daftar.csv"
    monkeypatch.setattr("desktop.ui.receiving.handing_on.ask_save", lambda *_: target)
    page.handing.csv.click()
    wait(empty_desk, page)
    assert target.read_bytes().count(b"\r\n") == 6


def test_five_hundred_rows_are_smooth(empty_desk, page):
    from desktop.submission.register.entry import Basis, Entry
    from desktop.submission.register.examine import Sort

    one = Entry(1, "/x/a.asice", 1, Sort.PACKAGE, "valid", "18.07", "Lampung Timur", Basis.SIGNED)
    page._list(tuple(replace(one, id=number, path=f"/x/{number}.asice") for number in range(514)))
    assert steps(lambda: page.list.sortByColumn(7, Qt.SortOrder.DescendingOrder)) < 2_500 * 514
    assert steps(lambda: (page.words.setText("51"), empty_desk.settle())) < 100 * 514
    assert len(shown(page)) == 9


def test_chosen_rows_are_copied_with_their_headings_and_without_formulas(empty_desk, page):
    from desktop.submission.register.entry import Basis, Entry
    from desktop.submission.register.examine import Sort

    one = Entry(1, "/x/=1+1.asice", 1, Sort.PACKAGE, "valid", "18.07", "Lampung Timur", Basis.SIGNED)
    page._list((one, replace(one, id=2, path="/x/b.asice", region="35.07", region_name="Malang")))
    page.list.copy()
    page.list.selectAll()
    empty_desk.qtbot.keyClick(page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, first, second = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t")[0] == empty_desk.session.say(Message("submission.sheet.region_name"))
    assert first.endswith("\t'=1+1.asice")
    assert second.startswith("35.07 Malang\t")


def test_figures_are_written_as_the_language_has_them_and_strange_ones_as_they_are(empty_desk, page):
    from desktop.submission.register.entry import Basis, Entry
    from desktop.submission.register.examine import Sort
    from desktop.submission.register.reading import PlanSums
    from desktop.ui.receiving.model import COMPARED, Rows

    def entry(number: int, readiness: str) -> Entry:
        sums = PlanSums("Kota", 1204, 0, 2, 3, None, None, None, readiness, 5, 4, 4, "2600.5", 3600, 69, 69)
        one = Entry(number, "/x/a.asice", 1, Sort.PACKAGE, "valid", "18.07", "Lampung Timur", Basis.SIGNED)
        return replace(one, plan=sums)

    rows = Rows(empty_desk.session, COMPARED)
    rows.show_entries((entry(1, "2.75"), entry(2, "1E+99999"), entry(3, "")))
    for language, programmes, readiness, evaluation in (
        (Language.ID, "1.204", "2,75 / 5", "2.600,5 / 3.600"),
        (Language.EN, "1,204", "2.75 / 5", "2,600.5 / 3,600"),
    ):
        empty_desk.session.speaker.switch(language)
        first, strange, none = (
            [rows.index(row, column).data() for column in range(len(COMPARED))] for row in range(3)
        )
        assert (first[2], first[3], first[-2], first[-1]) == (programmes, "", readiness, evaluation)
        assert strange[-2].startswith("1E+99999")
        assert none[-2] == ""
    order = [COMPARED[-2].key(each) for each in rows.entries]
    assert order == [(True, 2.75), (False, -1.0), (False, -1.0)]
    # the mean of one item, and that is the best
    one = entry(4, "5")
    assert one.plan is not None
    rows.show_entries((replace(one, plan=replace(one.plan, readiness_rated=1)), entry(5, "4.75")))
    some, whole = rows.entries
    assert rows.index(0, len(COMPARED) - 2).data() == "5 / 5 (1 of 4 items)"
    assert COMPARED[-2].key(some) < COMPARED[-2].key(whole)


def test_another_file_is_told_and_left_alone(empty_desk, page, tmp_path):
    other = tmp_path / "x.sqlite"
    other.write_bytes(b"nothing of ours")
    page.begin(other)
    assert empty_desk.said[-1].id == "submission.register.not_one"
    assert other.read_bytes() == b"nothing of ours"
    assert page.register is None


@pytest.mark.parametrize("signs", [False, True])
def test_the_dialog_before_letters_and_receipts(empty_desk, page, signs, country):
    from desktop.ui.dialogs.posting import PostingDialog

    dialog = PostingDialog(empty_desk.session, page, signs=signs)
    try:
        dialog.show()
        assert list(unnamed(dialog)) == []
        dialog.office.setText(" Kementerian Contoh ")
        assert dialog.desk().answer_by is None
        for typed in ("31 Desember 2026", "31-12-2026", "2026-12-31"):
            dialog.answer_by.inner.setText(typed)
            desk = dialog.desk()
            assert (desk.office, desk.answer_by.isoformat()) == ("Kementerian Contoh", "2026-12-31")
        dialog.answer_by.inner.setText("besok")
        assert empty_desk.session.attempt(dialog.desk) is None
        assert empty_desk.said[-1].id.startswith("exchange.")
        if signs:
            # a key for practice is told before hundreds of receipts are signed with it
            dialog._hold(country.keys.trial)
            told = [dialog.known.itemAt(at).widget().text() for at in range(dialog.known.count())]
            assert empty_desk.session.say(Message("trust.examine.test")) in told
            assert dialog.key.key is country.keys.trial
            dialog._hold(country.keys.expired)
            assert dialog.key.key is country.keys.trial
            assert empty_desk.said[-1].id == "trust.examine.unfit"
    finally:
        dialog.close()
        dialog.deleteLater()


def test_letters_are_written_from_the_window(empty_desk, page, country, tmp_path, monkeypatch):
    from desktop.submission.register.letters import Desk

    path, out = tmp_path / "meja.sqlite", tmp_path / "surat"
    page.begin(path)
    receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW)
    monkeypatch.setattr("desktop.ui.dialogs.posting.ask_desk", lambda *_, **__: (Desk("Contoh"), out, None))
    page.handing.letters.click()
    wait(empty_desk, page)
    assert {each.suffix for each in out.iterdir()} == {".pdf", ".docx"}
    page.handing.receipts.click()
    wait(empty_desk, page)
    assert {re.sub(r"(terima-[0-9.]{5})-[0-9a-f]{8}", r"\1", each.name) for each in out.glob("konsep-*")} == {
        "konsep-tanda-terima-18.07.pdf",
        "konsep-tanda-terima-35.07.pdf",
    }


def test_a_computer_that_believes_nobody_says_so_with_what_to_install(
    empty_desk, page, tmp_path, monkeypatch
):
    page.begin(tmp_path / "meja.sqlite")
    assert page.nobody.isHidden()
    monkeypatch.setattr("desktop.trust.load_anchors", lambda *_: Anchors())
    page.refresh()
    assert not page.nobody.isHidden()
    part = empty_desk.session.say(Message("ui.settings.anchors"))
    assert part in page.nobody.text()


def test_a_guideline_that_is_not_at_hand_is_told_with_what_to_do(page, tmp_path):
    path = tmp_path / "meja.sqlite"
    page.begin(path)
    assert page.lacking.isHidden()
    with Register(path) as register:
        register.keep_setting("guideline", "tinny@3")
    page.refresh()
    assert not page.lacking.isHidden()
    assert "tinny@3" in page.lacking.text()


@pytest.mark.slow
def test_an_issuer_of_several_regions_is_told_and_asked_about_where_the_desk_says_so(
    empty_desk, page, country, tmp_path, monkeypatch
):
    from desktop.ui.dialogs.posting import PostingDialog

    inbox, asked = tmp_path / "lain", []
    made = Country(inbox, country.keys)
    other = pki.make("Root Lain", ca=True, start=NOW - 900 * pki.DAY)
    key = Opened(pki.make("Orang Lain", other, start=NOW - 400 * pki.DAY), other)
    for place, code in enumerate(("18.07", "35.07")):
        made.close(made.sealed(code, place), inbox / f"{code}.asice", key)
    path, out = tmp_path / "meja.sqlite", tmp_path / "surat"
    page.begin(path)
    receive(quiet, path, [inbox], country.keys.anchors, 1, NOW)
    page.refresh()
    assert any("“Root Lain”" in each.text() for each in page.detail.findChildren(QLabel))

    def answered(parent, session, *, signs, shared=False):
        dialog = PostingDialog(session, parent, signs=signs, shared=shared)
        assert dialog.unknown.isVisibleTo(dialog)
        dialog.unknown.setChecked(bool(asked))
        asked.append(dialog.desk())
        dialog.deleteLater()
        return asked[-1], out, None

    monkeypatch.setattr("desktop.ui.dialogs.posting.ask_desk", answered)
    for count in (0, 2):
        page.handing.letters.click()
        wait(empty_desk, page)
        assert len(list(out.glob("*.pdf"))) == count
    assert [each.ask_unknown for each in asked] == [False, True]


def test_what_somebody_nobody_asked_calls_himself_is_told_as_his_own_word() -> None:
    """A role that anybody may claim was called by the guideline's own name for it."""
    from desktop.guideline import bundled, load_pack
    from desktop.submission.register.reading import Signer
    from desktop.submission.register.repeating import role_called

    pack = load_pack(bundled()[0].path)
    role = pack.roles[0]
    claimed = Signer(
        "", role.id, "Orang Asing", "", "", "ab" * 32, "", test=False, anchor="", timestamped=True
    )
    assert role_called(pack, claimed) == role.label
    said = role_called(pack, replace(claimed, asked=False))
    assert said == Message("submission.signer.claims", office=role.id)


def test_what_signatures_show_in_their_boxes_is_told_below_them(empty_desk) -> None:
    """Where nothing but the package is signed there is no box."""
    from PySide6.QtWidgets import QLabel

    from desktop.submission.register.entry import Basis, Entry
    from desktop.submission.register.examine import Sort
    from desktop.submission.register.reading import Signer

    for documents, told in (([""], 0), (["", "buku.pdf", "lain.pdf"], 1)):
        signers = tuple(
            Signer(each, "elder", "A", "", "", "ab" * 32, "", test=False, anchor="", timestamped=False)
            for each in documents
        )
        entry = Entry(
            1, "/a.asice", 1, Sort.PACKAGE, "valid", "18.07", "Lampung Timur", Basis.SIGNED, signers=signers
        )
        detail = Detail(empty_desk.session, lambda _: None)
        empty_desk.qtbot.addWidget(detail)
        detail.show_entry(entry, {})
        said = [each.text() for each in detail.findChildren(QLabel)]
        assert said.count(empty_desk.session.say(OWN_STAMPS)) == told


def test_of_very_many_that_name_it_or_are_it_the_first_are_told_and_how_many_more(empty_desk) -> None:
    """Anybody sends thousands of small files that name a region's package: each was a line, for minutes."""

    def made(number: int, region: str = "18.07", **changes: object) -> Entry:
        place, at = f"/in/{number}.asice", (Basis.CLAIMED, f"{number:064x}")
        one = Entry(number, place, 1, Sort.PACKAGE, "sealed", region, "Kabupaten", at[0], sha256=at[1])
        return replace(one, **changes)

    own = made(1, result="valid", current=True, copies=tuple(f"/lain/{n}.asice" for n in range(40)))
    after = {n: made(n, follows=1) for n in range(2, 300)}
    others = {1: own, **after, 300: made(300, follows=1, current=True), 301: made(301, "35.07", follows=1)}
    detail = Detail(empty_desk.session, lambda _: None)
    detail.show_entry(own, others)
    told = [each.text() for each in detail.findChildren(QLabel)]
    assert len(told) < 40
    followed = [one for one in told if "asice" in one and "/lain/" not in one and one != own.path]
    assert len(followed) == 6
    assert "300.asice" in followed[0]
    assert not any("301.asice" in one for one in told)
    for count in (293, 34):
        assert empty_desk.session.say(Message("submission.letter.more", n=count)) in told
    detail.deleteLater()
