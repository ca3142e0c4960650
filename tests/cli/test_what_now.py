"""``show --next``: the same next steps and progress as the page Home."""

import pytest

from tests.submission.golden import KEPT


def kinds(said):
    return [one["kind"] for one in said.records]


def test_the_next_steps_and_the_progress_of_every_part(call, town):
    said = call.ok("show", town, "--next", json=True)
    steps = [one for one in said.records if one["kind"] == "step"]
    assert [one["number"] for one in steps] == list(range(1, len(steps) + 1))
    assert len(steps) > 3, "a program gets them all"
    first = steps[0]
    assert first["step"] == "mandatory"
    assert first["text"]
    assert first["reason"]
    assert first["place"]["table"]
    parts = [one for one in said.records if one["kind"] == "progress"]
    assert parts[0]["part"] == ""
    assert parts[0]["filled"] <= parts[0]["required"]
    assert {one["part"] for one in parts} == {"", "stage", "chapter", "dimension", "agency"}


def test_people_get_the_best_three(call, town):
    told = call.ok("show", town, "--next", language="id").out
    assert told.startswith("Langkah berikutnya:\n  1. ")
    assert "  3. " in told
    assert "  4. " not in told
    assert "Kelengkapan: " in told
    assert "Perangkat daerah:" in told
    assert "Dinas Air" in told


def test_what_is_overdue_comes_first_and_the_agency_asked_for_before_others(call, town, monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", "2027-02-15T03:00:00+00:00")
    call.ok("deadline", town, "set", "form/oath", "2027-02-01", "--agency", "")
    assert call.ok("show", town, "--next", json=True).records[0]["step"] == "late"
    call.ok("set", town, "programme/T-001/dimension", "")
    programme = call.ok("programme", town, "list", json=True).record["id"]
    assert call.ok("show", town, "--next", json=True).records[1]["ref"] != programme
    own = call.ok("show", town, "--next", "--agency", "AIR", json=True).records
    assert own[1]["ref"] == programme
    assert "SUNGAI" in call.fails("show", town, "--next", "--agency", "SUNGAI")


@pytest.mark.slow
def test_a_package_is_told_with_who_must_sign_and_what_changed_since(call, town, tmp_path):
    package = tmp_path / "usulan.asice"
    call.ok("seal", town, package)
    told = call.ok("show", town, "--next", json=True).records[-1]
    assert (told["kind"], told["present"], told["changes"]) == ("package", True, 0)
    assert told["waiting"]
    call.ok("comment", town, "add", "town.words", "Baik.")
    assert call.ok("show", town, "--next", json=True).records[-1]["changes"] == 0
    call.ok("set", town, "town.trees", "7")
    assert "Outdated: 1 change" in call.ok("show", town, "--next").out
    # by whoever may write there
    package.write_bytes((KEPT / "signed.asice").read_bytes())
    other = call.ok("show", town, "--next", json=True).records[-1]
    assert (other["present"], other["waiting"]) == (False, []), "another package in its place"
    package.unlink()
    assert "no longer where it was" in call.ok("show", town, "--next").out


@pytest.mark.slow
def test_sealing_a_document_that_is_open_elsewhere_works_as_before(call, town, tmp_path):
    lock = town.with_name(town.name + ".lock")
    lock.write_text('{"person": "Budi", "host": "elsewhere", "process": 1}')
    call.ok("seal", town, tmp_path / "usulan.asice")
    lock.unlink()
    assert kinds(call.ok("show", town, "--next", json=True)).count("package") == 0
