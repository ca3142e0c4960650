"""``history``, ``undo``, ``redo``: who changed what, in words, and taking it back."""

import pytest


def test_the_newest_changes_are_told_newest_first(call, town):
    call.ok("set", town, "town.trees", "5", "--name", "Budi")
    call.ok("set", town, "town.trees", "6", "--name", "Ani")
    lines = call.ok("history", town, "--limit", "2").out.splitlines()
    told = [line for line in lines if "Answer: Number of trees" in line]
    assert [line.split("  ")[2] for line in told] == ["Ani", "Budi"]
    assert "5 → 6" in lines[2], "what was changed stands below"
    assert "--limit" in lines[-1], "and that there is more"
    records = call.ok("history", town, json=True).records
    assert records[0]["author"] == "Ani"
    assert records[-1]["what"] == "create"


@pytest.mark.slow
def test_the_story_of_an_answer_a_field_and_a_row(call, town):
    call.ok("set", town, "town.trees", "5")
    call.ok("set", town, "town.trees", "6")
    call.ok("set", town, "town.mood", "glad")
    call.ok("set", town, "town.mood", "sad")
    call.ok("set", town, "programme/T-001/lead", "TANAH")
    call.ok("set", town, "programme.place", "Pasar", "--about", "T-001")
    assert "content: 5 → 6" in call.ok("history", town, "town.trees").out
    assert "content: Glad → Sad" in call.ok("history", town, "town.mood").out
    assert "isi: Gembira → Sedih" in call.ok("history", town, "town.mood", language="id").out
    field = call.ok("history", town, "programme/T-001/lead").out
    assert 'lead agency: agency "Water office" → agency "Dinas Tanah"' in field
    assert "title (English): Wells" in call.ok("history", town, "programme/T-001").out
    assert (
        "content (Indonesian): Pasar" in call.ok("history", town, "programme.place", "--about", "T-001").out
    )
    entry = call.ok("history", town, "town.trees", json=True).records[0]
    assert (entry["before"], entry["after"]) == ([5], 6)


def test_a_deleted_row_still_has_its_story(call, town):
    row = call.ok("programme", town, "list", json=True).record["id"]
    call.ok("programme", town, "delete", row)
    assert "Wells" in call.ok("history", town, f"programme/{row}").out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["town.tree"], "town.trees"),
        (["programme.place"], "--about"),
        (["programme/T-999"], "T-999"),
        (["programme/T-001/colour"], "colour"),
        (["colour/T-001"], "colour"),
    ],
)
def test_a_place_that_is_not_there_is_told(call, town, words, part):
    assert part in call.fails("history", town, *words)


def test_nothing_changed_yet_is_said_to_people_only(call, town):
    assert "never changed" in call.ok("history", town, "town.trees").out
    assert call.ok("history", town, "town.trees", json=True).out == ""


@pytest.mark.slow
def test_undo_and_redo_survive_closing_and_say_what(call, town):
    call.ok("set", town, "town.trees", "5")
    assert "Answer: Number of trees" in call.ok("undo", town).out
    assert call.ok("show", town, "town.trees", json=True).out == ""
    assert "Jumlah pohon" in call.ok("redo", town, language="id").out
    assert call.ok("show", town, "town.trees", json=True).record["value"] == 5
    said = call("redo", town)
    assert said.code == 1
    assert "nothing to redo" in said.out
    assert call.ok("undo", town, json=True).record["kind"] == "undone"
    assert call.ok("redo", town, json=True).record["kind"] == "redone"
    assert call("redo", town, json=True).record["kind"] == "message"
    assert "Undone:" in call.ok("history", town).out


def test_undo_to_the_very_beginning_ends_with_an_answer(call, town):
    for _ in range(6):
        said = call("undo", town)
        if said.code:
            break
    assert said.code == 1
    assert call.ok("show", town).code == 0


@pytest.mark.slow
def test_by_person_day_programme_and_agency(call, town):
    call.ok("set", town, "town.trees", "5", "--name", "Budi")
    call.ok("set", town, "programme/T-001/lead", "TANAH", "--name", "Ani")
    assert {each["author"] for each in call.ok("history", town, "--person", "bud", json=True).records} == {
        "Budi"
    }
    told = call.ok("history", town, "--programme", "T-001", json=True).records
    assert told[0]["author"] == "Ani"
    assert [each["field"] for each in told[0]["changes"]] == ["lead"]
    assert all(change["table"] != "answer" for each in told for change in each["changes"])
    today = told[0]["when"][:10]
    everything = call.ok("history", town, json=True).records
    assert len(call.ok("history", town, "--since", "2001-01-01", json=True).records) == len(everything)
    assert call.ok("history", town, "--until", "2001-01-01").out.strip() == "No change answers this."
    assert call.ok("history", town, "--field", "town.trees", json=True).records[0]["kind"] == "entry"
    assert today
    call.ok("set", town, "agency/TANAH/short_name", "Distan")
    call.ok("set", town, "town.trees", "7", "--name", "distan")
    own = call.ok("history", town, "--agency", "Distan", json=True).records
    assert [(each["author"], each["agency"]) for each in own] == [("distan", "Distan")]
    assert call("history", town, "--day", "kemarin").code == 2
    assert "T-999" in call.fails("history", town, "--programme", "T-999")


def test_words_that_changed_in_a_text_are_marked(call, town):
    long = (
        "Warga mendaftar di loket setiap hari kerja dari pagi hingga siang di kantor kelurahan masing-masing."
    )
    call.ok("set", town, "programme/T-001/service", long)
    call.ok("set", town, "programme/T-001/service", long.replace("pagi hingga siang", "pagi hingga sore"))
    out = call.ok("history", town, "--limit", "1").out
    assert "[-siang-] {+sore+}" in out


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".pdf", ".docx"])
def test_it_leaves_as_a_table_or_on_paper(call, town, tmp_path, ending):
    call.ok("set", town, "town.words", "=1+1", "--name", "Budi")
    target = tmp_path / f"riwayat{ending}"
    assert str(target) in call.ok("history", town, "--output", str(target)).out
    data = target.read_bytes()
    assert data[:4] in {b"\xef\xbb\xbfW", b"PK\x03\x04", b"%PDF"}
    if ending == ".csv":
        assert "'=1+1" in data.decode("utf-8-sig")
    if ending == ".xlsx":
        from openpyxl import load_workbook

        cells = [cell for row in load_workbook(target).active.iter_rows() for cell in row]
        assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    # the same once more, in the other language; what is none of ours stays, unless it is meant
    call.ok("history", town, "--output", target, language="id")
    target.write_bytes(b"mine")
    for language, said in (("en", "--force to replace it"), ("id", "tambahkan --force")):
        told = call.fails("history", town, "--output", target, language=language)
        assert said in told
        assert target.name in told
    assert target.read_bytes() == b"mine"
    call.ok("history", town, "--output", target, "--force")
    assert target.read_bytes()[:4] == data[:4]


def test_a_file_of_no_known_kind_is_told_before_anything_is_read(call, town, tmp_path):
    assert ".xlsx" in call.fails("history", town, "--output", str(tmp_path / "riwayat.odt"))


def test_what_is_new_until_it_was_seen(call, town):
    assert "have not been here" in call.ok("history", town, "--new", "--name", "Ani").out
    call.ok("history", town, "--seen", "--name", "Ani")
    assert "Nothing is new" in call.ok("history", town, "--new", "--name", "Ani").out
    call.ok("set", town, "town.trees", "5", "--name", "Budi")
    (new,) = call.ok("history", town, "--new", "--name", "Ani", json=True).records
    assert (new["author"], new["table"], new["after"], new["page"]) == ("Budi", "answer", "5", "form")
    assert call.ok("history", town, "--new", "--name", "Budi", json=True).out == ""
    call.ok("history", town, "--new", "--seen", "--name", "Ani")
    assert call.ok("history", town, "--new", "--name", "Ani", json=True).out == ""


def test_how_busy_the_weeks_were(call, town):
    call.ok("set", town, "town.trees", "5", "--name", "Budi")
    told = call.ok("history", town, "--activity", json=True).records
    by = {(each["by"], each["name"]): each["total"] for each in told}
    total = len(call.ok("history", town, json=True).records)
    assert by["agency", "Team (no agency)"] == total
    assert sum(count for (kind, _), count in by.items() if kind == "stage") >= total
    assert "Team" in call.ok("history", town, "--activity").out
    assert "No change" in call.ok("history", town, "--activity", "--until", "2001-01-01").out


def test_who_wrote_for_an_agency_that_is_gone_counts_with_the_team(call, town, tmp_path, monkeypatch):
    made = call.ok("handout", town, "--to", "AIR", "--person", "Budi", "--out", tmp_path, json=True)
    copy = made.record["file"]
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "their home"))
    call.ok("set", copy, "town.trees", "5")
    call.ok("row", copy, "agency", "--delete", "AIR")
    told = call.ok("history", copy, "--activity", json=True).records
    assert [each["name"] for each in told if each["by"] == "agency"] == ["Team (no agency)"]
