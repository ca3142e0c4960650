"""``handout``, ``changes``, ``bring-back``: copies leave, small files come back, with a report."""

from __future__ import annotations

import pytest

NAME = ("--name", "Sari", "--role", "secretary")


@pytest.fixture
def away(call, town, tmp_path, monkeypatch):
    """A copy for the water office, which Budi fills in at his own computer; and how to be there."""
    out = tmp_path / "keluar"
    made = call.ok("handout", town, "--to", "AIR", "--person", "Budi", "--out", out, json=True).record
    home = tmp_path / "home of Budi"

    def there(*words, **options):
        with monkeypatch.context() as patch:
            patch.setenv("RANCANG_HOME", str(home))
            return call.ok(*words, **options)

    return made["file"], there


def test_a_copy_for_every_agency(call, town, tmp_path):
    said = call.ok("handout", town, "--all-agencies", "--out", tmp_path / "x", language="id")
    assert "untuk Dinas Air.rancang" in said.out
    assert "untuk Dinas Tanah.rancang" in said.out
    assert said.out.count("muat dalam pesan") == 2
    assert len(list((tmp_path / "x").iterdir())) == 2


def test_the_contact_of_an_agency_is_named_unless_several_work_in_it(call, town, tmp_path):
    call.ok("row", town, "person", "name=Budi", "agency=AIR", "task=contact")
    made = call.ok("handout", town, "--to", "AIR", "--out", tmp_path / "x", json=True).record
    assert made["person"] == "Budi"
    made = call.ok("handout", town, "--to", "AIR", "--several", "--out", tmp_path / "x", json=True).record
    assert made["person"] == ""


def test_copies_need_somebody_to_be_for(call, town, tmp_path):
    assert "--to AGENCY" in call.fails("handout", town)
    assert "no agency of this workspace. If it is a person" in call.fails(
        "handout", town, "--to", "Pak Wayan"
    )
    assert "No agency has" in call.fails("handout", town, "--to", "API", "--role", "agency")
    made = call.ok(
        "handout", town, "--to", "Pak Wayan", "--role", "mentor", "--out", tmp_path, json=True
    ).record
    assert (made["person"], made["role"], made["fits_chat"]) == ("Pak Wayan", "mentor", True)


def test_whoever_it_was_made_for_writes_in_it(call, away):
    path, there = away
    there("programme", path, "set", "T-001", "service=Air bersih")
    assert there("history", path, json=True).records[0]["author"] == "Budi"


def test_a_copy_for_an_office_says_once_who_is_writing(call, town, tmp_path, monkeypatch):
    made = call.ok("handout", town, "--to", "AIR", "--out", tmp_path / "k", json=True).record["file"]
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "their home"))
    first = call.ok("programme", made, "set", "T-001", "service=Air")
    assert "made for several people" in first.err
    assert "several people" not in call.ok("programme", made, "set", "T-001", "service=Air bersih").err


@pytest.mark.slow
def test_changes_come_back_by_agency_and_programme_with_a_report(call, town, away, tmp_path):
    path, there = away
    there("programme", path, "set", "T-001", "service=Air bersih")
    there("set", path, "town.trees", "77")
    file = tmp_path / "budi.rancang-changes"
    sent = there("changes", path, "--out", file, json=True).record
    assert (sent["change_sets"], sent["fits_chat"]) == (2, True)
    said = call.ok("bring-back", town, file, "--preview")
    assert "from Budi" in said.out
    assert 'agency "Water office" / programme "Wells"' in said.out
    assert "changed: programme" in said.out
    assert "Number of trees [outside the sender" in said.out
    paper = tmp_path / "laporan.pdf"
    done = call.ok("bring-back", town, file, "--yes", "--report", paper, *NAME, json=True)
    assert done.kinds == ["preview", "brought-back", "report"]
    assert paper.read_bytes().startswith(b"%PDF-")
    assert [row["outside"] for row in done.records[0]["rows"]].count(True) == 1
    # Budi wrote all of it: there is nothing that he does not have
    assert call("changes", town, "--out", tmp_path / "semua.rancang-changes", *NAME).code == 1


def test_a_changes_file_named_without_an_ending_gets_its_own(call, away, tmp_path):
    path, there = away
    there("set", path, "town.trees", "77")
    for name, called in (
        ("kirim", "kirim.rancang-changes"),
        ("Kab. Lampung", "Kab. Lampung.rancang-changes"),
        ("kirim.bin", "kirim.bin"),
    ):
        sent = there("changes", path, "--full", "--out", tmp_path / name, json=True).record["file"]
        assert sent == str(tmp_path / called)
        assert (tmp_path / called).is_file()
    folder = tmp_path / "folder"
    folder.mkdir()
    sent = there("changes", path, "--full", "--out", folder, json=True).record["file"]
    assert [str(each) for each in folder.iterdir()] == [sent]


def test_nothing_new_is_told_and_no_file_is_made(call, away, tmp_path):
    path, there = away
    target = tmp_path / "kosong.rancang-changes"
    with pytest.raises(AssertionError, match="nothing new to send"):
        there("changes", path, "--out", target)
    assert not target.exists()
    assert there("changes", path, "--full", "--out", target, json=True).record["change_sets"] > 2


def test_what_and_receive_know_a_changes_file(call, town, away, tmp_path):
    path, there = away
    there("programme", path, "set", "T-001", "service=Air bersih")
    file = tmp_path / "entah.bin"
    there("changes", path, "--out", file)
    told = call.ok("what", file, json=True).record
    assert (told["what"], told["deed"]) == ("changes", "needs-document")
    assert "--into" in call("receive", file).out
    said = call.ok("receive", file, "--into", town, "--accept", *NAME, json=True)
    assert said.kinds == ["preview", "brought-back"]


def test_one_person_gets_the_copy_of_one_agency(call, town, tmp_path):
    words = ("handout", town, "--person", "Rina", "--out", tmp_path / "k")
    assert "one person" in call.fails(*words, "--to", "AIR", "--to", "TANAH")
    assert "one person" in call.fails(*words, "--all-agencies")
    assert not list((tmp_path / "k").glob("*"))


def test_a_plan_without_agencies_has_nobody_to_hand_out_to(call, tmp_path):
    new = tmp_path / "baru.rancang"
    call.ok("new", new, "--region", "18.07", "--years", "2026-2030", *NAME)
    assert "no agency in this workspace yet" in call.fails("handout", new, "--all-agencies")


@pytest.mark.slow
def test_sealing_a_copy_without_its_evidence_says_so(call, town, tmp_path):
    photo = tmp_path / "bukti.pdf"
    photo.write_bytes(b"%PDF-1.4 bukti")
    call.ok("evidence", town, photo, *NAME)
    assert not call.ok("seal", town, tmp_path / "own.asice").err
    out = ("--out", tmp_path / "k")
    copy = call.ok("handout", town, "--to", "Rini", "--role", "secretary", *out, json=True).record["file"]
    assert "not in this copy" in call.ok("seal", copy, tmp_path / "p.asice").err


@pytest.mark.parametrize("whom", [("AIR",), ("Pak Wayan", "--role", "mentor")])
def test_a_copy_for_an_agency_or_a_mentor_is_not_sealed(call, town, tmp_path, whom):
    copy = call.ok("handout", town, "--to", *whom, "--out", tmp_path / "k", json=True).record["file"]
    assert "sealed by the team’s secretary" in call.fails("seal", copy, tmp_path / "p.asice")
    assert not (tmp_path / "p.asice").exists()
