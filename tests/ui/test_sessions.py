"""Guidance sessions, meetings and visits: recorded by keyboard, with attendance and what is due at each."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.base import clock
from desktop.checks.sessions import output_row
from desktop.exchange import demo
from desktop.guideline import bundled_bytes
from desktop.ui.meetings.commitments import sheet_place
from desktop.ui.meetings.form import MeetingForm
from desktop.ui.meetings.outputs import OutputDialog
from desktop.ui.meetings.printing import RecordCard
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place


def begin(desk):
    """A document of the guideline in force, which has four sessions."""
    path = desk.folder / "daerah.rancang"
    workspace = Workspace.create(
        path, region="18.07", first_year=2026, last_year=2030, pack=bundled_bytes(demo.GUIDELINE),
        author=Author("Sari", "secretary"), title={"id": "Rencana"},
    )  # fmt: skip
    desk.session.adopt(workspace)
    desk.settle()


def paste(table, text, at):
    """Paste a block of a spreadsheet with its corner at a cell."""
    table.go(at)
    table.paste(text)


def meeting(desk, **values):
    return desk.change(lambda op: op.insert("meeting", **{"kind": "visit", "start": "2026-05-12", **values}))


@pytest.mark.slow
def test_the_sessions_of_the_guideline_stand_with_their_outputs(empty_desk):
    desk = empty_desk
    begin(desk)
    page = desk.visit("sessions")
    assert list(page.outputs.cards) == ["bimtek-1", "bimtek-2", "bimtek-3", "bimtek-4"]
    assert list(page.outputs.cards["bimtek-4"].edits) == ["signed_commitment", "quick_wins", "final_books"]


@pytest.mark.slow
def test_recording_a_session_makes_its_meeting_and_leads_there(empty_desk):
    desk = empty_desk
    begin(desk)
    page = desk.visit("sessions")
    page.outputs.cards["bimtek-2"].record.click()
    desk.settle()
    (made,) = desk.plan.meetings
    assert (made.kind, made.session, made.title.read("id")) == ("bimtek", "bimtek-2", "Bimtek II")
    assert page.meetings.shown == made.id
    assert page.isAncestorOf(QApplication.focusWidget())
    page.outputs.cards["bimtek-2"].record.click()  # a second time it only leads there
    assert len(desk.plan.meetings) == 1


def test_a_day_typed_into_the_empty_row_is_a_meeting(desk):
    page = desk.visit("sessions")
    grid = page.meetings.grid
    paste(grid.table, "12 Mei 2026\tKunjungan\tKunjungan pertama\tSukadana", (0, 0))
    desk.settle()
    (made,) = desk.plan.meetings
    assert (made.start, made.kind, made.place) == ("2026-05-12", "visit", "Sukadana")
    assert made.title.read("id") == "Kunjungan pertama"


def test_meetings_stand_by_their_days(desk):
    later = meeting(desk, start="2026-09-01")
    first = meeting(desk, start="2026-05-12")
    page = desk.visit("sessions")
    assert [row.key for row in page.meetings.grid.model.rows if row.key] == [first, later]


@pytest.mark.slow
def test_the_attendance_is_pasted_and_counted_by_agency(desk):
    agency = desk.change(
        lambda op: op.insert("agency", name={"id": "Dinas Kominfo"}, short_name="Diskominfo")
    )
    made = meeting(desk)
    page = desk.visit("sessions", "")
    page.open_meeting(made)
    form = page.meetings.form
    assert isinstance(form, MeetingForm)
    paste(form.attendance.table, "Budi\tKepala Dinas\tDinas Kominfo\t\tya\nRina\tDosen\t\tUnila\tya", (0, 0))
    desk.settle()
    (now,) = desk.plan.meetings
    assert [(one.name, one.agency, one.institution) for one in now.attendance] == [
        ("Budi", agency, ""),
        ("Rina", "", "Unila"),
    ]
    assert form._counted() == "Hadir 2 dari 2 nama: Diskominfo 1, luar pemerintah daerah 1."


@pytest.mark.slow
def test_the_list_is_filled_from_agencies_and_people_once(desk):
    def fill(op):
        known = op.insert("agency", name={"id": "Bappeda"}, head="Siti")
        op.insert("agency", name={"id": "Dinas Kesehatan"}, head="Joko")
        op.insert("person", name="Sari", office={"id": "Kepala Bidang"}, agency=known)

    desk.change(fill)
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    made = meeting(desk, start=tomorrow)
    page = desk.visit("sessions")
    page.open_meeting(made)
    for _ in range(2):
        page.meetings.form.fill_in()
        desk.settle()
    (now,) = desk.plan.meetings
    assert {one.name for one in now.attendance} == {"Sari", "Joko"}
    assert not any(one.present for one in now.attendance)  # it is still to come


@pytest.mark.slow
def test_an_output_is_filled_in_as_one_change(empty_desk, monkeypatch):
    desk = empty_desk
    begin(desk)
    page = desk.visit("sessions")

    def answer(self):
        self.editors["state"].show_value("done")
        self.editors["due"].show_value("2026-05-20")
        self.editors["signed_by"].show_value("Pendamping")
        return OutputDialog.DialogCode.Accepted

    monkeypatch.setattr(OutputDialog, "exec", answer)
    page.outputs.cards["bimtek-1"].edits["draft_book_1"].click()
    desk.settle()
    (row,) = desk.plan.outputs
    assert (row.id, row.state, row.due, row.signed_by) == (
        output_row("bimtek-1", "draft_book_1"), "done", "2026-05-20", "Pendamping",
    )  # fmt: skip
    desk.session.undo()
    assert desk.plan.outputs == ()


@pytest.mark.slow
def test_findings_lead_to_their_places(empty_desk):
    desk = empty_desk
    begin(desk)
    made = meeting(desk)
    page = desk.visit("sessions")
    assert page.point_at(Place("session_output", output_row("bimtek-1", "draft_book_1")))
    assert page.point_at(Place("meeting", made, "attendance"))
    assert page.meetings.shown == made
    assert page.point_at(Place("meeting", made, "result"))
    assert not page.point_at(Place("meeting", "gone", "result"))


def test_a_meeting_that_is_deleted_is_shown_no_more(desk):
    made = meeting(desk)
    page = desk.visit("sessions")
    page.open_meeting(made)
    desk.change(lambda op: op.delete("meeting", made))
    assert page.meetings.form is None


@pytest.mark.slow
def test_a_record_is_printed_beside_the_document(desk):
    made = meeting(desk)
    page = desk.visit("sessions")
    page.open_meeting(made)
    card = page.findChild(RecordCard)
    card.record.click()
    desk.qtbot.waitUntil(lambda: card.made is not None, timeout=60_000)
    assert card.made.name == "berita-acara-2026-05-12.id.pdf"
    assert card.made.read_bytes().startswith(b"%PDF")
    assert card.open.isVisible()


@pytest.mark.slow
def test_a_signed_sheet_is_seen_at_its_agency(empty_desk):
    desk = empty_desk
    begin(desk)
    agency = desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}))
    page = desk.visit("sessions")
    words = [label.text() for label in page.commitments.findChildren(QLabel)]
    assert "Belum" in words

    def sign(op):
        file = op.attach(b"%PDF-1.4", name="lembar.pdf", media_type="application/pdf")
        op.claim(file, sheet_place(agency))

    desk.change(sign)
    desk.settle()
    words = [label.text() for label in page.commitments.findChildren(QLabel) if label.isVisible()]
    assert "Sudah ditandatangani" in words
    assert page.point_at(sheet_place(agency))
