"""``evidence``: files kept with what they show and what they support; got back as plain numbered files."""

import pytest


@pytest.fixture
def files(tmp_path):
    made = [tmp_path / "sk.pdf", tmp_path / "foto: kota?.jpg"]
    for number, path in enumerate(made):
        path.write_bytes(b"bukti %d" % number)
    return made


def test_files_are_added_described_claimed_and_listed(call, town, files):
    call.ok("evidence", town, *files, "--caption", "Surat", "--caption-en", "Letter", "--for", "town.trees")
    records = call.ok("evidence", town, json=True).records
    assert [each["number"] for each in records] == [1, 2]
    assert records[0]["caption"] == {"id": "Surat", "en": "Letter"}
    assert records[0]["items"] == ["town.trees"]
    assert records[0]["present"] is True
    out = call.ok("evidence", town).out
    assert "sk.pdf" in out
    assert "supports: Number of trees" in out
    assert "mendukung: Jumlah pohon" in call.ok("evidence", town, language="id").out
    assert len(call.ok("history", town, "--limit", "1", json=True).records) == 1
    call.ok("undo", town)
    assert call.ok("evidence", town, json=True).out == ""


def test_evidence_for_programmes_and_for_cells_of_worksheets(call, town, files):
    call.ok("evidence", town, files[0], "--for", "programme.place", "--about", "T-001")
    call.ok("evidence", town, "--of", "1", "--for", "ready.state", "--about", "left")
    call.ok("row", town, "ready", "--fixed", "right", "level=s2")
    row = call.ok("row", town, "ready", json=True).records[1]["row"]
    call.ok("evidence", town, "--of", "sk.pdf", "--for", "ready.level", "--about", row[-8:])
    out = call.ok("evidence", town).out
    assert 'supports: Place, programme "Wells"' in out
    assert out.count("supports:") == 3


def test_evidence_closes_its_finding(call, town, files):
    call.ok("set", town, "town.trees", "12")
    rules = [each["rule"] for each in call("check", town, json=True).records]
    assert "evidence_missing" in rules
    call.ok("evidence", town, files[0], "--for", "town.trees")
    assert rules.count("evidence_missing") - 1 == [
        each["rule"] for each in call("check", town, json=True).records
    ].count("evidence_missing")


def test_files_come_back_numbered_under_names_any_computer_can_write(call, town, files, tmp_path):
    call.ok("evidence", town, *files)
    said = call.ok("evidence", town, "--save", tmp_path / "out", json=True)
    saved = sorted((tmp_path / "out").iterdir())
    assert [path.read_bytes() for path in saved] == [b"bukti 0", b"bukti 1"]
    assert [each["saved"] for each in said.records] == [str(path) for path in saved]
    assert not any(set(':?*<>|"') & set(path.name) for path in saved)


@pytest.mark.parametrize("wanted", ["1", "sk.pdf", "tail"])
def test_a_file_is_taken_out_by_number_name_or_id(call, town, files, wanted):
    call.ok("evidence", town, files[0])
    tail = call.ok("evidence", town, json=True).record["id"][-8:]
    call.ok("evidence", town, "--delete", tail if wanted == "tail" else wanted)
    assert call.ok("evidence", town, json=True).out == ""


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["none.pdf"], "none.pdf"),
        (["."], "folder"),
        (["--for", "town.trees"], "--of"),
        (["--of", "7", "--for", "town.trees"], '"7"'),
        (["--of", "0", "--for", "town.trees"], '"0"'),
        (["--delete", "nobody.pdf"], "nobody.pdf"),
        (["--of", "1", "--for", "town.tree"], "town.trees"),
        (["--of", "1", "--for", "programme.place"], "--about"),
        (["--of", "1", "--for", "ready.state"], "--about"),
        (["--of", "1", "--for", "ready.state", "--about", "nowhere"], "nowhere"),
        (["--of", "1", "--for", "town.trees", "--about", "T-001"], "--about"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(call, town, files, words, part):
    call.ok("evidence", town, files[0])
    head = call.ok("show", town, json=True).record["head"]
    assert part in call.fails("evidence", town, *words)
    assert call.ok("show", town, json=True).record["head"] == head


def test_a_folder_that_cannot_be_written_is_told(call, town, files):
    call.ok("evidence", town, files[0])
    assert "sk.pdf" in call("evidence", town, "--save", files[0]).err
