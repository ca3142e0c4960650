"""Offices and people that change, by command."""

import pytest

from tests.cli.test_duty import words


@pytest.fixture
def staffed(call, town):
    call.ok("office", town, "contact", "AIR", "Budi")
    call.ok("office", town, "superior", "AIR", "Wati")
    return town


def offices(call, town):
    return {each["name"]: each for each in call.ok("office", town, json=True).records}


def test_who_answers_for_an_office_is_named_and_listed(call, staffed):
    assert (offices(call, staffed)["AIR"]["contact"], offices(call, staffed)["AIR"]["superior"]) == (
        "Budi",
        "Wati",
    )
    assert "contact Budi, superior Wati" in call.ok("office", staffed).out


def test_an_office_is_renamed_and_its_work_goes_along(call, staffed):
    done = call.ok(
        "office", staffed, "rename", "AIR", "Dinas PU", "--short", "PU", "--from", "2027-01-01", json=True
    )
    assert (done.record["programmes"], done.record["people"]) == (1, 2)
    found = offices(call, staffed)
    assert (found["AIR"]["until"], found["AIR"]["successor"]) == ("2026-12-31", found["PU"]["agency"])
    assert found["PU"]["contact"] == "Budi"
    owed = call("duty", staffed, json=True).records
    assert {each["agency_name"] for each in owed if each["page"] == "programmes"} == {"PU"}
    assert "renamed, merged or replaced already" in call.fails("office", staffed, "rename", "AIR", "Lain")


def test_offices_are_merged_into_one_that_is_named(call, staffed):
    assert "--into" in call.fails("office", staffed, "merge", "AIR")
    call.ok("office", staffed, "merge", "AIR", "--into", "TANAH", "--keep")
    found = offices(call, staffed)
    assert found["AIR"]["successor"] == found["TANAH"]["agency"]
    assert "cannot come after itself" in call.fails("office", staffed, "merge", "TANAH", "--into", "AIR")


def test_somebody_is_replaced_and_the_history_keeps_the_old_name(call, staffed, monkeypatch):
    # half an hour after midnight in western Indonesia, whatever time the computer keeps
    monkeypatch.setenv("RANCANG_NOW", "2027-01-31T17:30:00+00:00")
    call.ok("duty", staffed, "worksheet/wishes", "--agency", "AIR", "--assign", "--person", "Budi")
    assert call.ok("office", staffed, "replace", "Budi", "Citra", json=True).record["duties"] == 1
    assert offices(call, staffed)["AIR"]["contact"] == "Citra"
    people = {each["name"]: each for each in call.ok("row", staffed, "person", json=True).records}
    assert people["Budi"]["until"] == "2027-01-31"


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_successor_gets_a_report(call, staffed, tmp_path, ending):
    call.ok("row", staffed, "wishes", "wish=Sumur", "--agency", "AIR", "--name", "Budi", "--role", "agency")
    call.ok("duty", staffed, "worksheet/wishes", "--agency", "AIR", "--due", "2027-01-31")
    target = tmp_path / f"serah.{ending}"
    call.ok("office", staffed, "handover", "AIR", "--to", target, language="id")
    text = words(target)
    for said in ("Laporan serah terima", "Dinas Air", "Sumur warga", "31 Januari 2027", "Budi", "Wati"):
        assert said in " ".join(text.split()), said


def test_bad_calls_are_answered_in_a_sentence(call, staffed):
    assert "rename" in call.fails("office", staffed, "rename", "AIR")
    assert "31-31" in call.fails("office", staffed, "rename", "AIR", "Baru", "--from", "31-31")
