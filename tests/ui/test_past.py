"""The history in the window: its parts, what each step wrote, saved to a file; how busy the weeks were."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl

from desktop.base.jobs import quiet
from desktop.cli.revisions import Wanted
from desktop.ui.pages import history
from desktop.workspace import Author


def write(desk, author, title):
    desk.session.workspace.author = Author(author, "agency")
    row = desk.change(lambda op: op.insert("programme", title={"id": title}))
    desk.session.workspace.author = Author("Sari")
    return row


@pytest.fixture
def page(desk):
    desk.health = desk.change(
        lambda op: op.insert("agency", name={"id": "Dinas Kesehatan"}, short_name="Dinkes")
    )
    desk.change(lambda op: op.insert("person", name="Budi", agency=desk.health))
    desk.row = write(desk, "Budi", "Sumur warga")
    desk.other = write(desk, "Ani", "Jembatan")
    long = "Warga mendaftar di loket setiap hari kerja dari pagi hingga siang di kantor kelurahan."
    desk.change(lambda op: op.set("programme", desk.row, service={"id": long}))
    desk.change(lambda op: op.set("programme", desk.row, service={"id": long.replace("siang", "sore")}))
    shown = desk.visit("history")
    shown.steps.show_chosen()
    desk.qtbot.waitUntil(lambda: "sore" in shown.steps.told.toPlainText())
    return shown


def notes(page):
    return [entry.note for entry in page.steps.list.rows.entries()]


@pytest.mark.slow
def test_each_step_tells_who_and_what_with_the_words_that_changed(desk, page):
    text = page.steps.told.toPlainText()
    assert "siang" in text
    assert "sore" in text
    assert "Sumur warga" in text
    page.steps._go(QUrl("go:0"))
    desk.settle()
    assert desk.window.workbench.stop.page == "programmes"


@pytest.mark.slow
def test_who_never_said_a_name_is_told_as_such(desk, page):
    write(desk, "", "Jembatan")
    page.mark_stale()
    page.bring_up_to_date()
    desk.settle()
    assert any("pengguna tanpa nama (perangkat daerah)" in each for each in notes(page))


@pytest.mark.slow
def test_it_is_narrowed_by_person_agency_programme_and_day(desk, page):
    everything = len(notes(page))
    page.filters.person.setCurrentIndex(page.filters.person.findData("Ani"))
    page.filters.changed.emit()
    assert len(notes(page)) == 1
    page.filters.choose(agency=desk.health)
    assert len(notes(page)) == 1
    assert "Budi (perangkat daerah, Dinkes)" in notes(page)[0]
    desk.session.show("history", desk.row)
    desk.settle()
    assert len(notes(page)) == 3
    page.filters.choose(since="2001-01-01", until="2001-01-02")
    assert notes(page) == []
    page.steps.show_chosen()
    assert "Tidak ada" in page.steps.told.toPlainText()
    page.filters.clear.click()
    assert len(notes(page)) == everything


@pytest.mark.slow
def test_more_is_told_page_by_page(desk, page, monkeypatch):
    from desktop.workspace import story

    usual = story.steps
    monkeypatch.setattr(story, "steps", lambda *args, **_: usual(*args, limit=2))
    page.filters.reset()
    assert len(notes(page)) == 2
    assert not page.steps.more.isHidden()
    while not page.steps.more.isHidden():
        page.steps.next_page()
    assert len(notes(page)) == story.count(desk.session.workspace)


@pytest.mark.slow
def test_it_is_saved_by_a_job(desk, page, monkeypatch):
    target = desk.folder / "riwayat.csv"
    monkeypatch.setattr(history, "ask_save", lambda *_: target)
    page.filters.choose(programme=desk.row)
    page._save()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=30_000)
    written = target.read_text("utf-8-sig")
    assert "Sumur warga" in written
    assert "Jembatan" not in written
    monkeypatch.setattr(history, "ask_save", lambda *_: desk.folder / "riwayat.odt")
    page._save()
    assert desk.said[-1].id == "cli.past.ending"


@pytest.mark.slow
def test_a_programme_leads_to_its_history(desk, page):
    programmes = desk.visit("programmes", desk.row)
    assert programmes.shown == desk.row
    desk.window.commands.run("programme-history")
    desk.settle()
    assert desk.window.workbench.stop.page == "history"
    assert len(notes(desk.window.workbench.current)) == 3


@pytest.mark.slow
def test_the_weeks_are_counted_and_lead_to_their_history(desk, page):
    shown = desk.visit("activity")
    desk.qtbot.waitUntil(lambda: shown.found is not None)
    table = shown.agencies
    rows = [
        table.verticalHeaderItem(row) or table.model().headerData(row, 2) for row in range(table.rowCount())
    ]
    assert len(rows) == 2
    last = table.columnCount() - 2
    sums = {table.chart.rows[row]: sum(table.chart.counts[row]) for row in range(table.rowCount())}
    assert sums["Dinkes"] == 1
    assert "Dinkes" in table.item(list(sums).index("Dinkes"), last).toolTip()
    assert shown.stages.rowCount() >= 1
    table.asked.emit(list(sums).index("Dinkes"), last)
    desk.settle()
    assert desk.window.workbench.stop.page == "history"
    assert len(notes(page)) == 1


@pytest.mark.slow
def test_two_states_are_compared_on_paper_from_the_page(desk, page, tmp_path, monkeypatch):
    card = page.comparing
    said = []
    desk.session.told.connect(said.append)
    card.forms["html"].click()
    assert [each.id for each in said] == ["ui.comparing.which"]
    older = tmp_path / "older.rancang"
    desk.session.workspace.snapshot(older)
    desk.change(lambda op: op.set("programme", desk.row, title={"id": "Sumur bersih"}))
    card.take(older)
    assert not card.since.isEnabled()
    begun = []
    monkeypatch.setattr(card, "make", lambda *what: begun.append(what))
    card.forms["html"].click()
    card.take(None)
    card.since.show_value("2026-11-01")
    card.until.edit.setText("31-02-2026")
    card.forms["pdf"].click()
    assert [each.id for each in said[1:]] == ["exchange.value.date"]
    card.until.edit.clear()
    card.forms["pdf"].click()
    (name, work, language, wanted), (other, *_, day) = begun
    assert (name, other) == ("perbandingan-revisi.id.html", "perbandingan-revisi.id.pdf")
    assert wanted == Wanted(older)
    assert day.since.astimezone().date().isoformat() == "2026-11-01"
    target = work(quiet, desk.session.workspace.path, tmp_path / name, language, wanted)
    text = target.read_text(encoding="utf-8")
    assert "Sumur bersih" in text
    assert "older.rancang" in text
