"""``find`` and ``replace``: words in the whole plan, told and put in place of others as one change."""

import pytest


def test_words_are_found_with_their_place(call, town):
    found = call.ok("find", town, "sumur", json=True).records
    told = [(each["group"], each["page"], each["table"], each["field"], each["found"]) for each in found]
    assert told == [("programme", "programmes", "programme", "title", ["Sumur"])]
    assert "[Sumur] warga" in call.ok("find", town, "SUM").out


def test_every_occurrence_is_told_with_its_field_when_asked_exactly(call, town):
    found = call.ok("find", town, "sumur", "--each", json=True).records
    told = [(each["table"], each["field"], each["found"]) for each in found]
    assert told == [("programme", "title", "Sumur")]
    assert call("find", town, "sumur", "--case").code == 1


def test_what_stands_within_a_word_is_found_as_well(call, town):
    (found,) = call.ok("find", town, "umur", json=True).records
    assert (found["kind"], found["found"]) == ("occurrence", "umur")


def test_only_some_kinds_and_only_so_many(call, town):
    assert call("find", town, "sumur", "--kind", "chapter").code == 1
    told = call.ok("find", town, "kota", "--kind", "guideline", "--limit", "1")
    assert "--limit" in told.out
    assert call("find", town, "x", "--kind", "nonsense").code == 2


def test_nothing_that_is_typed_is_an_error_but_what_is_no_pattern(call, town):
    for typed in ('"', "AND (", "*", "'; DROP TABLE doc; --", "a" * 5000, "((((", "\u200b"):
        assert call("find", town, typed).code in {0, 1}


def test_an_older_file_is_searched_without_being_changed(call, tmp_path):
    import gzip
    from pathlib import Path

    path = tmp_path / "old.rancang"
    packed = Path(__file__).resolve().parent.parent / "data" / "version-1.rancang.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    before = path.read_bytes()
    assert call.ok("find", path, "layanan").out
    assert path.read_bytes() == before


def test_nothing_found_says_what_to_do(call, town):
    said = call("find", town, "tidak-ada-di-sini")
    assert said.code == 1
    assert "was not found" in said.out


@pytest.mark.slow
def test_a_dry_run_changes_nothing_and_replacing_can_be_undone(call, town):
    told = call.ok("replace", town, "Sumur", "Mata air", "--dry-run", json=True).records
    assert told[0]["after"] == "Mata air warga"
    assert call.ok("find", town, "sumur", json=True).records
    call.ok("replace", town, "Sumur", "Mata air")
    assert call.ok("find", town, "mata air", json=True).records
    call.ok("undo", town)
    assert call.ok("find", town, "sumur", json=True).records
