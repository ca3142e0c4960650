"""``comment`` and ``deadline``: what is said about a field, and by when a page must be done."""

import pytest


@pytest.fixture
def remark(call, town):
    """Add a comment about the title of the programme; its id."""

    def add(*words, **how):
        said = call.ok(
            "comment", town, "add", *(words or ("programme/T-001/title", "Sebutkan layanannya.")),
            "--name", "Rina", "--role", "mentor", json=True, **how,
        )  # fmt: skip
        return said.record["id"]

    return add


@pytest.mark.slow
def test_a_comment_is_added_answered_and_settled(call, town, remark):
    first = remark("programme/T-001/title", "Dua baris:\nsatu dan dua.", "--quote", "Sumur")
    call.ok("comment", town, "answer", first[-8:], "Sudah.", "--name", "Sari")
    listed = call("comment", town, json=True)
    assert listed.code == 1, "something is open"
    one, reply = listed.records
    assert one["about"]["field"] == "title"
    assert (one["text"], one["quote"], one["author"], one["role"]) == (
        "Dua baris:\nsatu dan dua.",
        "Sumur",
        "Rina",
        "mentor",
    )
    assert (reply["parent"], reply["text"]) == (first, "Sudah.")
    told = call("comment", town).out
    assert 'field title, programme "Wells"' in told
    assert "      Dua baris:\n      satu dan dua.\n" in told
    call.ok("comment", town, "done", first)
    assert call.ok("comment", town, json=True).out == ""
    assert call.ok("comment", town, "--all", json=True).records[0]["state"] == "done"
    call.ok("comment", town, "open", first)
    call.ok("comment", town, "decline", first)
    assert call.ok("comment", town, "--all").out.startswith("[declined]")


def test_an_agreed_action_names_the_agency_and_the_day(call, town, remark):
    remark("town.words", "Lengkapi.", "--owner", "AIR", "--due", "28 Februari 2027", "--text", "id")
    told = call("comment", town, language="id").out
    assert 'Tindak lanjut: perangkat daerah "Dinas Air", paling lambat 28 Februari 2027' in told
    record = call("comment", town, json=True).record
    assert (record["due"], record["about"]["item"], record["about"]["language"]) == (
        "2027-02-28",
        "town.words",
        "id",
    )


def test_a_comment_on_what_was_deleted_is_still_found_by_its_name(call, town, remark):
    remark()
    call.ok("programme", town, "delete", "T-001")
    assert "Wells" in call("comment", town).out
    call.ok("undo", town)
    assert "Wells" in call("comment", town).out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["add", "town.words"], "add"),
        (["add", "town.words", "a", "b"], '"b"'),
        (["add", "town.words", "  "], "empty"),
        (["add", "town.wrods", "x"], "town.words"),
        (["add", "nothing/x/y", "x"], "programme"),
        (["add", "programme/T-009", "x"], "T-009"),
        (["add", "programme/T-001/nothing", "x"], "title"),
        (["add", "town.words", "x", "--due", "besok"], "besok"),
        (["add", "town.words", "x", "--owner", "API"], "API"),
        (["answer", "12345678", "x"], "12345678"),
        (["done", "12345678"], "12345678"),
    ],
)
def test_what_cannot_be_said_is_told_and_changes_nothing(call, town, words, part):
    head = call.ok("show", town, json=True).record["head"]
    assert part in call.fails("comment", town, *words)
    assert call.ok("show", town, json=True).record["head"] == head


@pytest.mark.slow
def test_comments_come_back_with_a_copy_and_say_so(call, town, tmp_path, remark, monkeypatch):
    copy = tmp_path / "copy.rancang"
    copy.write_bytes(town.read_bytes())
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "elsewhere"))
    call.ok("comment", copy, "add", "programme/T-001/title", "Dari luar.", "--name", "Rina")
    call.ok("deadline", copy, "set", "evidence", "2027-02-28", "--name", "Rina")
    preview = call("bring-back", town, copy).out
    assert 'comment by Rina about programme "Wells"' in preview
    assert "deadline of Evidence (all agencies)" in preview
    call.ok("bring-back", town, copy, "--yes")
    assert call("comment", town, json=True).record["text"] == "Dari luar."


@pytest.mark.slow
def test_deadlines_are_set_moved_and_removed(call, town, monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", "2027-02-15T03:00:00+00:00")
    call.ok("set", town, "programme/T-001/dimension", "")
    call.ok("deadline", town, "set", "evidence", "28 Februari 2027", "--note", "Rapat pokja")
    call.ok("deadline", town, "set", "programmes/T-001", "2027-02-01", "--agency", "AIR")
    call.ok("deadline", town, "set", "-", "2027-12-31")
    listed = call("deadline", town, json=True)
    assert listed.code == 1, "one is overdue"
    assert [(one["page"], one["due"], one["state"]) for one in listed.records] == [
        ("programmes", "2027-02-01", "late"),
        ("evidence", "2027-02-28", "done"),
        ("", "2027-12-31", "ahead"),
    ]
    told = call("deadline", town, language="id").out
    assert "1 Februari 2027: Sumur warga (AIR). Lewat tenggat" in told
    assert "28 Februari 2027: Bukti dukung (semua perangkat daerah). Selesai  Rapat pokja" in told
    call.ok("deadline", town, "remove", "programmes/T-001", "--agency", "AIR")
    assert call.ok("deadline", town, json=True).records[0]["page"] == "evidence"
    call.ok("undo", town)
    assert len(call("deadline", town, json=True).records) == 3
    call.ok("deadline", town, "remove", listed.records[1]["id"][-8:])
    call.ok("deadline", town, "remove", "-")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["set", "evidence"], "set"),
        (["set", "evidence", "besok"], "besok"),
        (["set", "chapter/999", "2027-01-01"], "chapter/A"),
        (["set", "nowhere", "2027-01-01"], "evidence"),
        (["set", "programmes/T-009", "2027-01-01"], "T-009"),
        (["remove", "checks"], "checks"),
        (["set", "evidence", "2027-01-01", "--agency", "API"], "API"),
    ],
)
def test_a_deadline_that_cannot_be_is_told(call, town, words, part):
    assert part in call.fails("deadline", town, *words)
