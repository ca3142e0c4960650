"""``new`` and ``show``."""

import pytest


def test_a_workspace_is_made_and_shown_in_both_languages(call, tmp_path):
    path = tmp_path / "Kab. Lampung"
    said = call.ok("new", path, "--region", "lampung timur", "--years", "2026 – 2030", "--title", "Rencana")
    made = tmp_path / "Kab. Lampung.rancang"
    assert made.is_file()
    assert str(made) in said.out
    assert "Kabupaten Lampung Timur (18.07)" in call.ok("show", made, language="id").out
    assert "Programmes: 0" in call.ok("show", made).out
    record = call.ok("show", made, json=True).record
    assert record["region"] == "18.07"
    assert record["years"] == [2026, 2030]
    assert len(record["head"]) == 64


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--region", "99.99", "--years", "2026-2030"], "99.99"),
        (["--region", "lampung", "--years", "2026-2030"], "18.01 Kabupaten Lampung Selatan"),
        (["--region", "", "--years", "2026-2030"], "Give the code"),
        (["--region", "18.07", "--years", "26-30"], "2026-2030"),
        (["--region", "18.07", "--years", "2030-2026"], "2030"),
        (["--region", "18.07", "--years", "2026-2027"], "5 to 10 years"),
        (["--region", "18.07", "--years", "2026-2030", "--guideline", "none"], "smart-city-2021"),
        (["--region", "18.07", "--years", "2026-2030", "--guideline", "x" * 5000], "smart-city-2021"),
        (["--region", "18.07"], "missing: --years"),
    ],
)
def test_what_cannot_be_made_is_told_and_leaves_no_file(call, tmp_path, options, part):
    assert part in call.fails("new", tmp_path / "a", *options)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_written_over(call, town):
    before = town.read_bytes()
    assert "town.rancang" in call.fails("new", town, "--region", "18.07", "--years", "2026-2030")
    assert town.read_bytes() == before


def test_a_folder_that_is_not_there_is_told(call, tmp_path):
    call.fails("new", tmp_path / "none" / "a.rancang", "--region", "18.07", "--years", "2026-2030")


def test_one_item_is_shown_with_all_its_answers(call, town):
    call.ok("set", town, "programme.place", "Pasar", "--about", "T-001")
    call.ok("set", town, "programme.place", "Market", "--about", "T-001", "--text", "en")
    out = call.ok("show", town, "programme.place").out
    assert out.splitlines() == [
        'Place, programme "Wells" (id): Pasar',
        'Place, programme "Wells" (en): Market',
    ]
    assert call.ok("show", town, "programme.place", json=True).record["texts"] == {
        "id": "Pasar",
        "en": "Market",
    }
    assert "not answered" in call.ok("show", town, "town.trees").out
    assert call.ok("show", town, "town.trees", json=True).out == ""
    assert "town.trees" in call.fails("show", town, "town.tree")
