"""Who owes what, by command: listed, given out, sent, returned, approved, reminded of, written about."""

import pytest

SHEET = "worksheet/wishes"


@pytest.fixture
def filled(call, town):
    """The water office has wished for something."""
    call.ok("row", town, "wishes", "wish=Sumur", "--agency", "AIR", "--name", "Budi", "--role", "agency")
    return town


def owed(call, town, *words):
    said = call("duty", town, *words, json=True)
    return {(each["agency_name"], each["part"]): each for each in said.records if each["kind"] == "duty"}


def test_what_agencies_owe_by_the_guideline_is_owed_without_anybody_saying_so(call, town):
    found = owed(call, town)
    assert set(found) == {("AIR", SHEET), ("TANAH", SHEET), ("AIR", "programmes/T-001")}
    assert {each["state"] for each in found.values()} == {"empty"}


@pytest.mark.slow
def test_a_part_is_filled_sent_approved_and_what_changes_afterwards_is_told(call, filled):
    assert owed(call, filled)["AIR", SHEET]["state"] == "filled"
    call.ok("duty", filled, "--agency", "AIR", "--send", "--name", "Budi", "--role", "agency")
    assert owed(call, filled)["AIR", SHEET]["state"] == "sent"
    call.ok("duty", filled, SHEET, "--agency", "AIR", "--approve", "--role", "secretary")
    assert owed(call, filled)["AIR", SHEET]["state"] == "approved"
    call.ok("row", filled, "wishes", "wish=Kali", "--agency", "AIR")
    part = owed(call, filled)["AIR", SHEET]
    assert (part["state"], part["changed"], part["changed_by_others"]) == ("approved", False, True)
    call.ok("undo", filled)
    call.ok("row", filled, "wishes", "wish=Kolam", "--agency", "AIR", "--name", "Budi", "--role", "agency")
    part = owed(call, filled)["AIR", SHEET]
    assert part["state"] == "filled"
    assert part["changed"] is True
    assert "changed again" in call("duty", filled, "--agency", "AIR").out
    told = call("duty", filled, SHEET, "--agency", "AIR", "--approve", "--role", "secretary")
    assert "approved as it stands now" in told.out + told.err
    assert owed(call, filled)["AIR", SHEET]["state"] == "approved"
    call.ok("row", filled, "wishes", "wish=Kanal", "--agency", "AIR", "--name", "Budi", "--role", "agency")
    anew = call.ok("duty", filled, SHEET, "--agency", "AIR", "--approve", "--role", "secretary", json=True)
    assert "approved as it stands now" in anew.record["told"]


def test_a_part_is_returned_with_what_is_to_be_mended(call, filled):
    assert "has not been sent" in call.fails("duty", filled, SHEET, "--agency", "AIR", "--return", "Kurang")
    call.ok("duty", filled, "--agency", "AIR", "--send")
    assert "what needs to be corrected" in call.fails(
        "duty", filled, SHEET, "--agency", "AIR", "--return", " "
    )
    call.ok("duty", filled, SHEET, "--agency", "AIR", "--return", "Sebutkan tempatnya")
    part = owed(call, filled)["AIR", SHEET]
    assert (part["state"], part["note"]) == ("returned", "Sebutkan tempatnya")


def test_nothing_is_sent_where_nothing_stands(call, town):
    assert "nothing to send" in call.fails("duty", town, SHEET, "--agency", "TANAH", "--send")


@pytest.mark.slow
def test_an_agency_neither_approves_nor_returns_and_a_mentor_says_nothing(call, filled):
    call.ok("duty", filled, "--agency", "AIR", "--send")
    budi = ["--name", "Budi", "--role", "agency"]
    assert "superior or the team" in call.fails("duty", filled, SHEET, "--agency", "AIR", "--approve", *budi)
    assert "superior or the team" in call.fails(
        "duty", filled, SHEET, "--agency", "AIR", "--return", "x", *budi
    )
    assert "only the agency itself" in call.fails(
        "duty", filled, SHEET, "--agency", "AIR", "--not-ours", "x", "--role", "mentor"
    )
    call.ok("row", filled, "person", "name=Wati", "agency=AIR", "task=superior")
    call.ok("duty", filled, SHEET, "--agency", "AIR", "--approve", "--name", "wati", "--role", "agency")


def test_not_ours_goes_back_to_the_team_and_to_another_agency(call, town):
    part = "programmes/T-001"
    call.ok("duty", town, part, "--agency", "AIR", "--not-ours", "Urusan Dinas Tanah", "--role", "agency")
    found = owed(call, town, "--state", "not_ours")
    assert found["AIR", part]["note"] == "Urusan Dinas Tanah"
    call.ok("duty", town, part, "--agency", "TANAH", "--assign")
    assert {key for key in owed(call, town) if key[1] == part} == {("TANAH", part)}
    call.ok("duty", town, part, "--agency", "TANAH", "--take-away")
    assert {key for key in owed(call, town) if key[1] == part} == {("AIR", part)}


def test_what_is_overdue_is_told_and_lets_the_command_end_with_one(call, town):
    assert call("duty", town).code == 0
    call.ok("deadline", town, "set", "-", "2020-01-31", "--agency", "AIR")
    call.ok("duty", town, SHEET, "--agency", "TANAH", "--due", "2099-01-31")
    said = call("duty", town, "--overdue")
    assert said.code == 1
    assert "OVERDUE 31 January 2020" in said.out
    assert "TANAH" not in said.out
    assert owed(call, town)["TANAH", SHEET]["due"] == "2099-01-31"


def test_other_pages_are_owed_by_whom_they_were_given_to(call, town):
    call.ok("row", town, "person", "name=Wati", "agency=TANAH")
    call.ok("duty", town, "form/town", "--agency", "TANAH", "--assign", "--person", "Wati")
    part = owed(call, town, "form/town")["TANAH", "form/town"]
    assert part["person"] == "Wati"
    assert "does not owe" in call.fails("duty", town, "form/town", "--agency", "AIR", "--withdraw")


def test_a_reminder_says_what_until_when_and_how(call, town):
    call.ok("duty", town, SHEET, "--agency", "AIR", "--due", "2020-01-31")
    call.ok("row", town, "person", "name=Budi Santoso", "agency=AIR", "task=contact")
    said = call.ok("duty", town, "--agency", "AIR", "--reminder", "--name", "Sari", language="id").out
    assert said.startswith("Yth. Bapak/Ibu Budi Santoso (Dinas Air),")
    assert "tenggat 31 Januari 2020" in said
    assert "tekan tombol Kirim" in said
    assert said.rstrip().endswith("Sari")
    assert "Dear Budi Santoso" in call.ok("duty", town, "--agency", "AIR", "--reminder").out
    records = call("duty", town, "--reminder", json=True).records
    assert len(records) == 2


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_an_official_note_is_written_for_one_agency_and_for_all_that_are_late(call, town, tmp_path, ending):
    call.ok("deadline", town, "set", "-", "2020-01-31")
    one = tmp_path / f"nota.{ending}"
    call.ok("duty", town, "--agency", "AIR", "--note", one, "--number", "005/12/2026", language="id")
    text = words(one)
    for said in ("NOTA DINAS", "Kepada", "Yth. Kepala Dinas Air", "005/12/2026", "Segera", "Hal", "Lampiran"):
        assert said in text, said
    assert "only one" in call.fails("duty", town, "--note", one)
    call.ok("duty", town, "--overdue", "--note", tmp_path / "semua", language="id")
    assert {each.name for each in (tmp_path / "semua").iterdir()} == {
        "nota-dinas-air.id.docx",
        "nota-dinas-tanah.id.docx",
    }


def words(path):
    if path.suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as made:
            return "\n".join(page.get_textpage().get_text_bounded() for page in made)
    import docx

    made = docx.Document(str(path))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


@pytest.mark.slow
def test_in_a_copy_made_for_an_agency_nobody_names_it(call, filled, tmp_path, monkeypatch):
    made = call.ok("handout", filled, "--to", "AIR", "--person", "Budi", "--out", tmp_path, json=True)
    copy = made.record["file"]
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "their home"))
    (reminded,) = call.ok("duty", copy, "--reminder", json=True).records
    assert reminded["agency"] == owed(call, copy)["AIR", SHEET]["agency"]
    call.ok("duty", copy, "--send")
    states = {key: each["state"] for key, each in owed(call, copy).items()}
    assert (states["AIR", SHEET], states["TANAH", SHEET]) == ("sent", "empty")
    call.ok("duty", copy, SHEET, "--withdraw")
    # work is given out by the team, which says to whom
    assert "--agency" in call.fails("duty", copy, "form/town", "--assign")


def test_it_is_told_apart_that_nothing_is_owed_and_that_nothing_is_as_asked_for(call, town):
    assert "no such part" in call.ok("duty", town, "--state", "returned").out
    for agency in ("AIR", "TANAH"):
        call.ok("row", town, "agency", "--delete", agency)
    assert "--assign" in call.ok("duty", town).out
    assert "no agency" in call.ok("office", town).out


def test_the_time_of_a_task_is_told_as_people_write_it_and_its_fingerprint_not_at_all(call, filled):
    call.ok("duty", filled, "--agency", "AIR", "--send")
    call.ok("duty", filled, SHEET, "--agency", "AIR", "--return", "Kurang")
    told = call.ok("history", filled, "--limit", "1").out
    assert "returned" in told
    assert "Kurang" in told
    assert "+00:00" not in told
    assert "fingerprint" not in told


@pytest.mark.slow
def test_bad_calls_are_answered_in_a_sentence(call, town):
    assert "--agency" in call.fails("duty", town, SHEET, "--approve")
    assert "Name the part" in call.fails("duty", town, "--agency", "AIR", "--approve")
    assert "worksheet/wishes" in call.fails("duty", town, "worksheet/nothing")
