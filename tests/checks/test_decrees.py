"""Decrees: numbered, dated, in force, here as a scan; and the regulation of the masterplan."""

import datetime as dt

import pytest

from desktop.workspace.plan import Place
from tests.checks.build import answer, evidence, found, plan, with_answers
from tests.checks.ground import body, decree


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", dt.datetime(2026, 11, 24, tzinfo=dt.UTC).isoformat())


def test_what_is_issued_has_a_number_and_a_day():
    assert found(plan(decrees=(decree(),)), "decree_undated") == []
    assert found(plan(decrees=(decree(number="", date=""),)), "decree_undated") == [
        "checks.decree.no_number",
        "checks.decree.no_date",
    ]
    assert found(plan(decrees=(decree(number="", date="", state="drafted"),)), "decree_undated") == []


def test_an_expired_decree_is_told_until_it_is_renewed_or_repealed():
    assert found(plan(decrees=(decree(until="2026-11-24"),)), "decree_expired") == []
    assert found(plan(decrees=(decree(until="2026-11-23"),)), "decree_expired") == ["checks.decree.expired"]
    assert found(plan(decrees=(decree(until="2026-11-23", state="repealed"),)), "decree_expired") == []
    serving = plan(decrees=(decree(state="repealed"),), bodies=(body(decree="d1"),))
    assert found(serving, "decree_expired") == ["checks.decree.repealed"]


def test_an_issued_decree_is_here_as_evidence():
    assert found(plan(decrees=(decree(),)), "decree_evidence") == ["checks.decree.evidence"]
    assert found(plan(decrees=(decree(state="planned"),)), "decree_evidence") == []
    scanned = plan(decrees=(decree(),), evidence=(evidence([Place("decree", "d1")]),))
    assert found(scanned, "decree_evidence") == []


def test_evidence_beside_the_answer_that_names_the_decree_counts_too():
    wants = ("body_decree", {"body": "council", "item": "profile.motto"})
    claimed = plan(
        decrees=(decree(),), bodies=(body(decree="d1"),),
        evidence=(evidence([Place("answer", item="profile.motto")]),),
    )  # fmt: skip
    assert found(claimed, "decree_evidence", wants) == []


def test_the_masterplan_wants_a_regulation_in_force():
    rule = ("plan_regulation", {"item": "profile.motto", "equals": "issued"})
    assert found(plan(), rule) == ["checks.decree.no_regulation"]
    assert found(plan(), "plan_regulation") == ["checks.decree.no_regulation"]
    assert found(with_answers(answer("profile.motto", value="issued")), rule) == []
    assert found(plan(decrees=(decree(kind="perkada"),)), rule) == []
    assert found(plan(decrees=(decree(kind="perkada", state="drafted"),)), rule) == [
        "checks.decree.no_regulation"
    ]
    council = plan(decrees=(decree(kind="perkada"),), bodies=(body(decree="d1"),))
    assert found(council, rule) == ["checks.decree.no_regulation"], "that one sets up the council"
