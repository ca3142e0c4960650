"""The whole plan for a spreadsheet, from the window: written, brought back, seen, taken over, undone."""

from __future__ import annotations

import pytest

from desktop.base.jobs import quiet
from desktop.exchange.agency_workbook import writing
from desktop.exchange.arrival import Kind, look
from desktop.exchange.plan_workbook.making import Wanted
from desktop.ui.dialogs import plan_out
from desktop.ui.dialogs.plan_out import PlanOut
from desktop.ui.dialogs.workbooks_in import ASKED, SEEN, TAKING, WorkbooksIn
from desktop.ui.running import Runner
from tests.exchange.agency_workbook.books import LABEL, Book
from tests.exchange.plan_workbook.conftest import out


@pytest.fixture
def town(desk, monkeypatch):
    monkeypatch.setattr(writing, "FREE_ROWS", 2)
    with desk.session.workspace.operation(LABEL) as op:
        desk.water = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR")
        desk.wells = op.insert("programme", title={"id": "Sumur"}, lead=desk.water, total_budget=5)
        desk.risk = op.insert("risk", programme=desk.wells, title={"id": "Kering"})
    desk.settle()
    return desk


def opened(town, qtbot):
    dialog = PlanOut(town.session, town.window)
    qtbot.addWidget(dialog)
    return dialog


@pytest.mark.slow
def test_a_workbook_is_written_in_a_process_of_its_own(town, qtbot):
    dialog, target = opened(town, qtbot), town.folder / "rencana.xlsx"
    told = []
    town.session.told.connect(told.append)
    assert dialog.wanted == Wanted("id")
    dialog.translations.setChecked(False)
    dialog.language.setCurrentIndex(1)
    assert dialog.wanted == Wanted("en", translations=False)
    dialog.write_workbook(target)
    assert not dialog.ok.isEnabled()
    qtbot.waitUntil(lambda: not dialog.runner.running, timeout=30_000)
    assert look(target).kind is Kind.WORKBOOK
    assert [each.id for each in told] == ["ui.plan_out.made"]
    assert dialog.result() == dialog.DialogCode.Accepted


def test_the_document_itself_is_never_replaced(town, qtbot):
    dialog, failed = opened(town, qtbot), []
    town.session.failed.connect(failed.append)
    dialog.write_workbook(town.session.workspace.path)
    assert not dialog.runner.running
    assert len(failed) == 1
    assert dialog.ok.isEnabled()


def test_tables_are_written_into_a_folder(town, qtbot, monkeypatch):
    monkeypatch.setattr(plan_out.QDesktopServices, "openUrl", lambda _url: True)
    monkeypatch.setattr(plan_out, "ask_folder", lambda *_: town.folder)
    monkeypatch.setattr(Runner, "start", lambda _self, done, work, *words: done(work(quiet, *words)))
    dialog = opened(town, qtbot)
    dialog.form.setCurrentIndex(2)
    dialog.choose()
    (folder,) = (each for each in town.folder.iterdir() if each.is_dir() and each.name.startswith("Rencana"))
    assert "Sumur" in next(iter(sorted(folder.glob("*.csv")))).read_text("utf-8-sig")


@pytest.mark.slow
def test_what_came_back_is_told_by_sheet_and_undone_at_once(town, qtbot):
    book = Book(out(town.session.workspace, town.folder / "rencana.xlsx"))
    book.put("programme", book.row("programme", town.wells), "start_year", 2028)
    book.put("programme", book.row("programme", town.wells), "total_budget", "kira-kira")
    book.put("agency", book.free("agency"), "name", "Dinas Tanah")
    book.sheet("risk").delete_rows(book.row("risk", town.risk))
    dialog = WorkbooksIn(town.session, [book.save()], town.window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.pages.currentIndex() == SEEN
    said = dialog.seen.text()
    assert "1. Program: 1 isian dan 1 pertanyaan" in said
    assert "Perangkat daerah: 1 baris baru" in said
    assert "baris lainnya sama seperti di sini" in said
    dialog.go_on()
    assert dialog.pages.currentIndex() == ASKED
    missing = next(each for each in dialog.asking.combos if each.endswith(":missing"))
    dialog.asking.combos[missing].setCurrentIndex(1)
    dialog.asking.combos[missing].activated.emit(1)
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == TAKING)
    town.settle()
    plan = town.session.plan
    assert plan.programmes[0].start_year == 2028
    assert (len(plan.agencies), plan.programmes[0].risks) == (2, ())
    assert [each.author for each in town.session.workspace.recent(1)] == [town.session.workspace.author.name]
    town.session.workspace.undo()
    town.settle()
    plan = town.session.workspace.plan()
    assert plan.programmes[0].start_year is None
    assert (len(plan.agencies), len(plan.programmes[0].risks)) == (1, 1)


@pytest.mark.slow
def test_pages_offer_it(town, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(PlanOut, "exec", lambda self: asked.append(self) or 0)
    town.session.show("programmes")
    town.window.workbench.current.out.click()
    assert len(asked) == 1
