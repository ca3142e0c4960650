import datetime as dt

import msgspec
import pytest

from desktop.base import clock
from desktop.checks import check
from desktop.checks.due import Due
from desktop.checks.sessions import output_row, standings
from desktop.guideline.pack import Output, PageRef, Session
from desktop.workspace.organisation import Attendance, Meeting, SessionOutput
from desktop.workspace.plan import EvidenceFile, Place
from tests.checks import build
from tests.checks.build import local, plan, rules, text

ROW = output_row("one", "draft")
TODAY = dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC))


def pack(*with_rules):
    sessions = (
        Session(
            id="one", title=local("Bimtek I"),
            outputs=(Output(id="draft", label=local("Draf"), page=PageRef(page="form", ref="profile")),),
        ),
    )  # fmt: skip
    return msgspec.structs.replace(rules(*with_rules), sessions=sessions)


def output(**values):
    given = {"state": "open", "due": "", "done_on": "", "signed_by": "", "note": "", **values}
    return SessionOutput(ROW, "one", "draft", **given)


def said(rule, **plan_values):
    return [each.message.id for each in check(plan(**plan_values), pack(rule)).findings]


def proof(place):
    return EvidenceFile("e", "0" * 64, "a.pdf", "application/pdf", 1, text("Bukti"), True, (place,))


def test_an_output_is_overdue_until_it_is_done():
    late = output(due="2026-05-31")
    assert said("session_output_overdue", outputs=(late,)) == ["checks.session.overdue"]
    assert said("session_output_overdue", outputs=(output(due="2026-06-01"),)) == []
    assert said("session_output_overdue", outputs=(output(due="2026-05-31", state="done"),)) == []
    assert said("session_output_overdue") == []


@pytest.mark.parametrize("values", [{"state": "done"}, {"signed_by": "Pendamping"}])
def test_what_is_done_or_signed_off_needs_evidence(values):
    rows = (output(**values),)
    assert said("session_output_evidence", outputs=rows) == ["checks.session.evidence"]
    shown = (proof(Place("session_output", ROW)),)
    assert said("session_output_evidence", outputs=rows, evidence=shown) == []
    assert said("session_output_evidence", outputs=(output(state="drafted"),)) == []


def meeting(start="2026-05-12", *people):
    return Meeting("m", "visit", "", "", text("Kunjungan"), start, "", "", "", text(), text(), people, "")


def came(present=True):
    return Attendance("a", "", "", "Budi", "", "", present, "")


def test_a_meeting_that_took_place_has_a_list_with_somebody_present():
    assert said("attendance_missing", meetings=(meeting(),)) == ["checks.session.attendance"]
    assert said("attendance_missing", meetings=(meeting("2026-05-12", came(False)),)) != []
    assert said("attendance_missing", meetings=(meeting("2026-05-12", came()),)) == []
    assert said("attendance_missing", meetings=(meeting("2026-06-02"),)) == []  # tomorrow
    assert said("attendance_missing", meetings=(meeting(""),)) == []


def test_findings_lead_to_the_page_of_the_sessions():
    report = check(plan(outputs=(output(due="2026-05-31"),)), pack("session_output_overdue"))
    assert report.findings[0].page == PageRef(page="sessions")
    assert report.findings[0].place == Place("session_output", ROW)


def test_a_standing_counts_files_and_open_findings_of_its_page():
    some = pack("required_answers")
    now = build.with_answers(without=["profile.meetings"])
    report = check(now, some)
    (found,) = standings(now, some, report, TODAY)
    assert found.due is Due.AHEAD
    assert {each.page.ref for each in found.open} <= {"profile"}
    assert len(found.open) == sum(
        each.page == PageRef(page="form", ref="profile") for each in report.mandatory
    )
