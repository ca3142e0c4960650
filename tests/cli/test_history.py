"""``history``, ``undo``, ``redo``: who changed what, in words, and taking it back."""

import pytest


def test_the_newest_changes_are_told_newest_first(call, town):
    call.ok("set", town, "town.trees", "5", "--name", "Budi")
    call.ok("set", town, "town.trees", "6", "--name", "Ani")
    lines = call.ok("history", town, "--limit", "2").out.splitlines()
    assert [line.split("  ")[1] for line in lines] == ["Ani", "Budi"]
    assert all("Answer: Number of trees" in line for line in lines)
    records = call.ok("history", town, json=True).records
    assert records[0]["author"] == "Ani"
    assert records[-1]["what"] == "create"


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
    assert "title (en): Wells" in call.ok("history", town, "programme/T-001").out
    assert "content (id): Pasar" in call.ok("history", town, "programme.place", "--about", "T-001").out
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
