"""The start screen: what was worked on, a new document by keyboard alone, last year's list as real rows."""

import datetime as dt
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from desktop.base import Language, Message, render
from desktop.ui import application, leaving
from desktop.ui.ago import ago
from desktop.ui.dialogs import demo, files, importing
from desktop.ui.pages import new_document
from desktop.ui.pages.recent import RecentRow
from desktop.ui.settings import SettingsFile
from desktop.workspace import Workspace
from tests.exchange.lists import REAL, xlsx_file


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def rows(desk):
    return desk.window.start.findChildren(RecentRow)


def left(desk):
    """Leave the document, and wait until it is summed up."""
    with desk.qtbot.waitSignal(desk.session.summing_up.told, timeout=5_000):
        desk.session.leave()


# -- recent documents -----------------------------------------------------------------------------
def test_how_far_a_document_is_stands_beside_it_without_opening_the_file(desk, monkeypatch):
    desk.change(lambda op: op.answer("town.mayor", "Ratna"))
    left(desk)
    desk.settle()
    (kept,) = SettingsFile().value.recent
    assert 0 <= kept.percent < 100
    assert kept.mandatory > 0
    assert (kept.region, kept.example) == ("Kabupaten Lampung Timur", False)
    monkeypatch.setattr(Workspace, "open", lambda *_, **__: pytest.fail("opened"))
    desk.window.start.refresh()
    (row,) = rows(desk)
    said = texts(row)
    assert f"{kept.percent}% lengkap" in said
    assert f"{kept.mandatory} wajib" in said
    about = next(label.toolTip() for label in row.findChildren(QLabel) if label.toolTip())
    assert about == f"Kabupaten Lampung Timur · diubah baru saja · {desk.folder}"


@pytest.mark.slow
def test_what_was_typed_last_counts_in_the_summary(desk):
    before = len(desk.check().mandatory)
    desk.change(lambda op: op.answer("town.mayor", "Ratna"))
    left(desk)
    assert desk.session.settings.recent[0].mandatory < before


def test_who_leaves_while_checks_run_waits_for_nothing(desk, monkeypatch):
    """They were run to the end at once: half a second in which the window stood still."""
    before = len(desk.check().mandatory)
    desk.change(lambda op: op.answer("town.mayor", "Ratna"))
    monkeypatch.setattr(leaving, "SLICE", 0)
    desk.session.leave()
    (row,) = rows(desk)
    row.title.setFocus()
    desk.session.summing_up._go_on()
    assert rows(desk) == [row]
    # and who ends the program
    desk.session.summing_up.finish()
    assert desk.session.settings.recent[0].mandatory < before
    (fresh,) = [each for each in rows(desk) if each is not row]
    assert f"{desk.session.settings.recent[0].mandatory} wajib" in texts(fresh)
    assert fresh.title.hasFocus()


def test_a_check_that_fails_on_a_document_that_was_left_is_not_tried_for_ever(desk, monkeypatch):
    def failing(*_given):
        yield None
        raise LookupError

    monkeypatch.setattr(leaving, "_summed", failing)
    summing = desk.session.summing_up
    summing.of(desk.path, desk.session.plan, desk.session.pack, None)
    with pytest.raises(LookupError):
        summing.finish()
    summing.finish()


def test_a_document_is_taken_off_the_list_and_its_file_stays(desk):
    desk.session.leave()
    desk.settle()
    (row,) = rows(desk)
    row.findChild(QToolButton).click()
    desk.settle()
    assert desk.session.settings.recent == ()
    assert desk.path.is_file()
    assert "Satu jam pertama" in texts(desk.window.start)


@pytest.mark.slow
def test_a_press_anywhere_on_the_row_opens_the_document(desk):
    desk.session.leave()
    desk.settle()
    (row,) = rows(desk)
    desk.qtbot.mouseClick(
        row, Qt.MouseButton.LeftButton, pos=row.rect().bottomRight() - row.rect().center() / 4
    )
    assert desk.session.is_open


@pytest.mark.slow
def test_a_missing_file_says_what_to_do_and_is_found_again(desk, monkeypatch):
    desk.session.workspace.backup("open")
    desk.session.leave()
    moved = desk.folder / "baru" / "kota.rancang"
    moved.parent.mkdir()
    desk.path.rename(moved)
    desk.window.start.refresh()
    (row,) = rows(desk)
    assert row.missing
    assert any("tempat barunya" in text for text in texts(row))
    buttons = {button.text(): button for button in row.findChildren(QPushButton)}
    assert "Pulihkan dari cadangan" in buttons
    monkeypatch.setattr(files.QFileDialog, "getOpenFileName", lambda *_: (str(moved), ""))
    buttons["Cari berkas…"].click()
    desk.settle()
    assert desk.session.workspace.path == moved
    assert [each.path for each in desk.session.settings.recent] == [str(moved)]


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (dt.timedelta(seconds=5), "baru saja"),
        (dt.timedelta(minutes=5), "5 menit yang lalu"),
        (dt.timedelta(days=1), "kemarin"),
        (dt.timedelta(days=3), "3 hari yang lalu"),
        (dt.timedelta(days=20), "2 minggu yang lalu"),
        (dt.timedelta(days=100), "16 Agustus 2026"),
        (-dt.timedelta(days=3), "baru saja"),
    ],
)
def test_when_it_was_in_words(back, said):
    now = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    assert render(ago(now - back, now), Language.ID) == said


# -- a new document -------------------------------------------------------------------------------
@pytest.fixture
def form(empty_desk, monkeypatch):
    monkeypatch.setattr(new_document, "documents", lambda: empty_desk.folder / "Dokumen")
    empty_desk.window.commands.run("new")
    return empty_desk.window.start.new


@pytest.mark.slow
def test_a_document_is_made_with_the_keyboard_alone(empty_desk, form):
    desk = empty_desk
    assert form.search.hasFocus()
    desk.qtbot.keyClicks(form.search, "lampng")
    desk.qtbot.keyClick(form.search, Qt.Key.Key_Return)
    assert form.first.hasFocus()
    form.search.setFocus()
    desk.qtbot.keyClick(form.search, Qt.Key.Key_Down)
    assert form.picker.region.name == "Kabupaten Lampung Tengah"
    desk.qtbot.keyClick(form.search, Qt.Key.Key_Return)
    form.name.setFocus()
    desk.qtbot.keyClicks(form.name, "Sari")
    desk.qtbot.keyClick(form.name, Qt.Key.Key_Return)
    desk.settle()
    assert desk.said == []
    year = form.first.value()
    assert desk.session.workspace.path == (
        desk.folder / "Dokumen" / f"Lampung Tengah {year}-{year + 4}.rancang"
    )
    assert (desk.plan.region.code, desk.plan.first_year, desk.plan.last_year) == ("18.02", year, year + 4)
    assert (SettingsFile().value.name, SettingsFile().value.role) == ("Sari", "secretary")


def test_what_is_missing_is_said_beside_its_field_and_not_before_it_was_tried(form):
    problems = form._problems
    assert not any(label.isVisible() for label in problems.values())
    form.make_it.click()
    assert "kabupaten atau kota" in problems["region"].text()
    assert "nama Anda" in problems["name"].text()
    assert form.search.hasFocus()
    form.picker.choose("18.07")
    assert not problems["region"].isVisible()
    form.make_it.click()
    assert form.name.hasFocus()


def test_years_can_only_be_what_the_guideline_allows(form):
    form.first.setValue(2027)
    assert [form.last.itemData(row) for row in range(form.last.count())] == list(range(2031, 2037))
    assert form.last.currentText() == "2031 (5 tahun)"
    form.last.setCurrentIndex(5)
    form.first.setValue(2030)
    assert form.last_year == 2039


def test_a_file_that_is_there_is_never_written_over(empty_desk, form):
    folder = empty_desk.folder / "Dokumen"
    folder.mkdir()
    form.picker.choose("18.07")
    first = form.path
    first.write_text("milik orang lain")
    assert form.path == first.with_name(f"{first.stem} (2).rancang")


def test_a_region_nobody_has_says_what_else_to_try(form):
    form.picker.look_for("atlantis")
    assert "kode Kemendagri" in form.picker.found.text()
    assert form.picker.region is None


# -- from what exists -----------------------------------------------------------------------------
OLD = [
    ["PEMERINTAH KABUPATEN LAMPUNG TIMUR"],
    ["DAFTAR PROGRAM RPJMD TAHUN 2025-2029"],
    ["No", "Program", "Perangkat Daerah", "Indikator", "Satuan", "Kondisi Awal", "Target 2025", "Target 2026",
     "Pagu 2025", "Pagu 2026"],
    [1, "Program Pengelolaan Pendidikan", "Dinas Pendidikan", "Angka partisipasi", "persen", 90, 92, 94,
     1_000_000_000, 1_200_000_000],
    [2, "Program Layanan Kesehatan", "Dinas Kesehatan", "Waktu tunggu", "menit", 60, 50, 40,
     2_000_000_000, 2_500_000_000],
]  # fmt: skip


def agree(dialog, qtbot):
    """A first-time official who takes what is suggested, step by step."""
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=30_000)
    for _ in range(3):
        assert dialog.ok.isEnabled()
        dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=30_000)
    return 1


@pytest.mark.slow
@pytest.mark.parametrize("source", ["old.xlsx", "real.csv"])
def test_from_last_years_list_to_rows_on_screen(empty_desk, monkeypatch, source):
    desk = empty_desk
    monkeypatch.setattr(new_document, "documents", lambda: desk.folder / "Dokumen")
    monkeypatch.setattr(importing.ImportDialog, "exec", lambda dialog: agree(dialog, desk.qtbot))
    path = REAL if source == "real.csv" else xlsx_file(desk.folder, OLD, name=source)
    began = time.perf_counter()
    desk.window.receive([path])
    form = desk.window.start.new
    desk.qtbot.waitUntil(form.isVisible, timeout=30_000)
    assert form.picker.region.code == "18.07"
    assert (form.first.value(), form.last_year) == (2025, 2029)
    assert form.name.hasFocus()
    desk.qtbot.keyClicks(form.name, "Sari")
    form.make_it.click()
    desk.settle()
    took = f"{source}: {time.perf_counter() - began:.1f} s from the file to {len(desk.plan.programmes)} rows"
    sys.stdout.write(f"{took}\n")
    assert desk.said == []
    assert len(desk.plan.programmes) == (11 if source == "real.csv" else 2)
    assert desk.window.workbench.stop.page == "programmes"


@pytest.mark.slow
def test_a_list_that_cannot_be_read_says_so_on_the_start_screen(empty_desk):
    path = empty_desk.folder / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04")
    empty_desk.window.start.start_from([path])
    empty_desk.qtbot.waitUntil(lambda: empty_desk.said != [], timeout=30_000)
    assert empty_desk.said[0].id == "exchange.table.unreadable"
    assert not empty_desk.window.start.runner.running


# -- the example ----------------------------------------------------------------------------------
@pytest.mark.slow
def test_a_fresh_example_leaves_the_one_worked_on_as_it_is(empty_desk, monkeypatch):
    desk = empty_desk
    monkeypatch.setattr(
        demo.DemoDialog,
        "exec",
        lambda dialog: (
            desk.qtbot.waitUntil(lambda: dialog.made is not None, timeout=60_000) or dialog.result()
        ),
    )
    demo.open_demo(desk.window, desk.session)
    first = desk.session.workspace.path
    desk.change(lambda op: op.insert("agency", name={"id": "Milik saya"}))
    left(desk)
    desk.settle()
    assert any("Contoh" in texts(row) for row in rows(desk))
    demo.fresh_demo(desk.window, desk.session)
    second = desk.session.workspace.path
    assert second != first
    assert not any(each.name.values["id"] == "Milik saya" for each in desk.plan.agencies)
    desk.session.leave()
    with Workspace.open(first, read_only=True) as kept:
        assert any(each.name.values["id"] == "Milik saya" for each in kept.plan().agencies)


def test_the_example_needs_no_more_than_one_press(empty_desk, monkeypatch):
    made = []
    monkeypatch.setattr(demo, "make_demo", lambda *arguments: made.append(arguments[2]))
    button = next(
        each
        for each in empty_desk.window.start.findChildren(QPushButton)
        if each.text() == empty_desk.session.say(Message("ui.start.demo"))
    )
    button.click()
    assert [path.parent.name for path in made] == ["demo"]
    assert isinstance(made[0], Path)


class Shows(QObject):
    """Every window that was shown, for however short a moment."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_other_window_flashes_while_the_first_one_is_made(qapp, qtbot, own_home):
    shows = Shows()
    qapp.installEventFilter(shows)
    window = application.build(qapp)
    window.start.show_new()
    qapp.removeEventFilter(shows)
    qtbot.addWidget(window)
    assert shows.seen == []
    qapp.setStyleSheet("")


def test_importing_is_a_command_before_any_document_is_open(empty_desk, monkeypatch):
    came = []
    monkeypatch.setattr("desktop.ui.pages.ways_to_begin.ask_open_many", lambda *_: [Path("lama.xlsx")])
    monkeypatch.setattr(empty_desk.window, "receive", came.append)
    empty_desk.window.commands.run("import")
    assert came == [[Path("lama.xlsx")]]
