"""The checks of a large plan do not hold up the typing: they run in slices, and give the same findings."""

import pytest

from desktop import checks
from desktop.base.jobs import quiet
from desktop.ui import checking as checking_module


@pytest.mark.slow
def test_checks_run_in_slices_and_typing_goes_on_in_between(desk, monkeypatch):
    desk.change(lambda op: [op.insert("programme", title={"id": f"Program {n}"}) for n in range(30)])
    monkeypatch.setattr(checking_module, "SLICE", 0)
    reports = []
    desk.session.report_changed.connect(lambda: reports.append(desk.session.report))
    desk.session.check_soon()
    desk.session.checking._go_on()
    assert reports == []
    desk.qtbot.waitUntil(lambda: len(reports) == 1, timeout=5_000)
    assert reports[0] == checks.check(desk.plan, desk.session.pack)
    assert not desk.session.checking._slices.isActive()


@pytest.mark.slow
def test_a_change_while_checking_begins_anew_and_closing_ends_it(desk):
    desk.session.check_soon()
    desk.change(lambda op: op.answer("town.mayor", "Ratna"))
    assert not desk.session.checking._slices.isActive()
    assert desk.session.checking._later.isActive()
    desk.qtbot.waitUntil(lambda: not desk.session.checking._later.isActive(), timeout=5_000)
    desk.session.leave()
    assert not desk.session.checking._slices.isActive()
    assert desk.session.report is None


@pytest.mark.slow
def test_a_report_is_printed_from_the_page_of_the_checks(desk, monkeypatch, tmp_path):
    page = desk.visit("checks")
    assert page.report.isHidden()
    page._print.click()
    assert page.report.isVisible()
    begun = []
    monkeypatch.setattr(page.report, "make", lambda *what: begun.append(what))
    page.report.forms["html"].click()
    ((name, work, *rest),) = begun
    assert name == "catatan-pemeriksaan.id.html"
    made = work(quiet, desk.session.workspace.path, tmp_path / name, *rest)
    assert "Laporan catatan pemeriksaan" in made.read_text(encoding="utf-8")
