"""Parafs by command: listed, noted, given back, cleared; whose turn it is to sign, and out of order."""

import pytest


def listed(call, town, *words):
    said = call("initial", town, *words, json=True)
    return said.code, {
        (each["step"], each["agency_name"]): each for each in said.records if each["kind"] == "paraf"
    }


def test_all_that_are_asked_for_are_listed_until_the_last_is_there(call, town):
    code, found = listed(call, town)
    assert code == 1
    assert list(found) == [("paraf-office", "AIR"), ("paraf-elder", "")]
    assert {each["state"] for each in found.values()} == {"waiting"}
    assert "no electronic signature" in call("initial", town).out
    call.ok("initial", town, "set", "paraf-office", "--agency", "AIR", "--by", "Tirta", "--at", "2026-11-20")
    call.ok("initial", town, "set", "2", "--by", "Wati", "--office", "Plh. Tetua")
    code, found = listed(call, town)
    assert code == 0
    first = found["paraf-office", "AIR"]
    assert (first["state"], first["name"], first["at"]) == ("initialled", "Tirta", "2026-11-20")
    assert found["paraf-elder", ""]["office"] == "Plh. Tetua"


def test_a_change_of_the_plan_makes_a_paraf_stale_and_undo_takes_it_back(call, town):
    call.ok("initial", town, "set", "paraf-elder", "--by", "Wati")
    call.ok("programme", town, "set", "T-001", "title=Sumur dalam")
    assert listed(call, town)[1]["paraf-elder", ""]["state"] == "changed"
    call.ok("undo", town)
    call.ok("undo", town)
    assert listed(call, town)[1]["paraf-elder", ""]["state"] == "waiting"


def test_papers_come_back_with_a_reason_and_a_note_is_cleared(call, town):
    assert "Write why" in call.fails("initial", town, "return", "paraf-elder")
    call.ok("initial", town, "return", "paraf-elder", "--note", "Pagu belum cocok")
    assert listed(call, town)[1]["paraf-elder", ""]["state"] == "returned"
    assert "Pagu belum cocok" in call("initial", town).out
    call.ok("initial", town, "clear", "paraf-elder")
    assert listed(call, town)[1]["paraf-elder", ""]["state"] == "waiting"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["set", "paraf-elder"], "Who initialled"),
        (["set", "nothing", "--by", "x"], "paraf-office, paraf-elder"),
        (["set", "paraf-office", "--by", "x"], "--agency"),
        (["set", "paraf-office", "--agency", "TANAH", "--by", "x"], "AIR"),
        (["set", "paraf-elder", "--by", "x", "--at", "2999-01-01"], "not come yet"),
        (["set", "paraf-elder", "--by", "x", "--at", "kemarin"], "kemarin"),
        (["set", "paraf-elder", "--by", "x", "--scan", "none.pdf"], "none.pdf"),
        (["set"], "set"),
        (["set", "paraf-elder", "more"], "more"),
    ],
)
def test_what_cannot_be_noted_is_told_and_changes_nothing(call, town, words, part):
    before = call.ok("history", town).out
    assert part in call.fails("initial", town, *words)
    assert call.ok("history", town).out == before


def test_a_scan_is_kept_as_evidence(call, town, tmp_path):
    scan = tmp_path / "lembar.pdf"
    scan.write_bytes(b"%PDF-1.4 lembar")
    call.ok("initial", town, "set", "paraf-elder", "--by", "Wati", "--scan", scan)
    assert listed(call, town)[1]["paraf-elder", ""]["evidence"]
    assert "bukan TTE" in call.ok("evidence", town, language="id").out


def test_an_agency_notes_its_own_head_only_and_a_mentor_nobody(call, town):
    call.ok("row", town, "person", "name=Budi", "agency=AIR")
    budi = ["--name", "Budi", "--role", "agency"]
    assert list(listed(call, town, *budi)[1]) == [("paraf-office", "AIR")]
    call.ok("initial", town, "set", "paraf-office", "--by", "Tirta", *budi)
    assert "by the team" in call.fails("initial", town, "set", "paraf-elder", "--by", "x", *budi)
    mentor = ["--name", "Rina", "--role", "mentor"]
    assert "by the team" in call.fails("initial", town, "set", "paraf-elder", "--by", "x", *mentor)


@pytest.mark.slow
def test_who_is_awaited_is_told_in_the_next_steps_and_by_seal(call, town, tmp_path):
    awaited = next(
        each for each in call("show", town, "--next", json=True).records if each["kind"] == "awaited"
    )
    assert [each["step"] for each in awaited["initials"]] == ["paraf-office", "paraf-elder"]
    sealed = call.ok("seal", town, tmp_path / "a.asice", json=True).record
    assert len(sealed["initials_missing"]) == 2
    assert "Awaiting initials" in call("show", town, "--next").out
