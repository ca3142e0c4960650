"""Offices on the day of printing, and the codes of agencies."""

import datetime as dt
from dataclasses import replace

import pytest

from desktop.workspace.plan import Person, Text
from tests.checks.build import AGENCY, found, plan


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", dt.datetime(2026, 11, 24, tzinfo=dt.UTC).isoformat())


def person(key="p1", name="Ani", since="", until=""):
    return Person(key, name, Text(), "head", "", "", "", since, until)


def test_the_holder_of_an_office_is_still_there():
    assert found(plan(people=(person(until="2026-11-24"),)), "office_current") == []
    assert found(plan(people=(person(until="2026-11-23"),)), "office_current") == ["checks.office.over"]
    assert found(plan(people=(person(since="2026-11-25"),)), "office_current") == ["checks.office.not_yet"]
    assert found(plan(), "office_current") == [], "an office never filled is another check's"
    follows = plan(people=(person(until="2026-11-23"), person("p2", "Budi", since="2026-11-24")))
    assert found(follows, "office_current") == []


def test_two_holders_on_the_same_day_are_told():
    both = plan(people=(person(), person("p2", "Budi")))
    assert found(both, "office_current") == ["checks.office.several"]
    assert found(both, ("office_current", {"roles": ("other",)})) == []


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", []),
        ("2.16", []),
        ("1.01.0.00.0.00.01.0000", []),
        ("1.01.01.0000", []),
        ("2.16-2.20", []),
        ("Kominfo", ["checks.agency.code"]),
        ("16", ["checks.agency.code"]),
    ],
)
def test_agency_codes_have_their_form(code, told):
    assert found(plan(agencies=(replace(AGENCY, code=code),)), "agency_code") == told


def test_no_two_agencies_share_a_code():
    one, other = replace(AGENCY, code="2.16"), replace(AGENCY, id="a2", code="2.16")
    assert found(plan(agencies=(one, other)), "agency_code") == ["checks.agency.same_code"]
