"""``programme``: what ``list`` prints is what the other actions take."""

import re

import pytest


@pytest.mark.slow
def test_list_shows_everything_and_its_short_ids_are_good(call, town):
    call.ok("programme", town, "budget", "T-001", "2026", "purse", "indicative=5.000.000", "ceiling=4000000")
    call.ok("programme", town, "budget", "T-001", "2027", "gift", "indicative=1")
    call.ok("programme", town, "budget", "T-001", "2026", "purse", "realised=3000000")
    call.ok(
        "programme", town, "indicator", "T-001", "name=Sumur", "unit=buah", "direction=up", "baseline=2,5"
    )
    out = call.ok("programme", town).out
    programme, indicator = (
        re.match(r"\w{8}", out)[0],
        re.search(r"^    (\w{8}) indicator", out, re.MULTILINE)[1],
    )
    call.ok("programme", town, "target", indicator, "2027", "3,5")
    call.ok("programme", town, "target", indicator, "2028", "target=4", "realised=4,25")
    call.ok("programme", town, "support", programme, "TANAH")
    call.ok("programme", town, "set", programme, "place=Pasar", "quick_win=ya", "quick_win.joy=Warga senang")
    out = call.ok("programme", town).out
    assert "T-001 Wells | Water | AIR | 2026–2028 | IDR 5,000,001" in out
    assert "2026 Town purse: indicative IDR 5,000,000, ceiling IDR 4,000,000, realised IDR 3,000,000" in out
    assert "supported by agency" in out
    assert "Sumur (buah), baseline 2.5; targets 2027: 3.5, 2028: 4" in out
    indonesian = call.ok("programme", town, language="id").out
    assert "Sumur (buah), awal 2,5; target 2027: 3,5, 2028: 4" in indonesian
    record = call.ok("programme", town, "list", json=True).record
    assert [line["indicative"] for line in record["budget"]] == [5000000, 1]
    assert record["indicators"][0]["targets"][1]["realised"] == "4.25"
    assert record["indicators"][0]["baseline"] == "2.5"
    assert call.ok("show", town, "quick_win.joy", json=True).record["texts"] == {"id": "Warga senang"}


def test_only_the_programmes_named_are_listed(call, town):
    call.ok("programme", town, "add", "title=Kebun")
    assert len(call.ok("programme", town, "list", json=True).records) == 2
    assert call.ok("programme", town, "list", "Kebun", json=True).record["title"] == {"id": "Kebun"}


def test_a_programme_is_deleted_with_all_its_parts_and_comes_back_by_undo(call, town):
    call.ok("programme", town, "indicator", "T-001", "name=Sumur")
    call.ok("programme", town, "delete", "T-001")
    assert call.ok("programme", town).out == ""
    assert call.ok("row", town, "indicator", json=True).out == ""
    call.ok("undo", town)
    assert call.ok("programme", town, "list", json=True).record["indicators"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["add"], '"add"'),
        (["set"], '"set"'),
        (["set", "T-001"], '"set"'),
        (["set", "T-999", "title=x"], "T-999"),
        (["set", "T-001", "dimension=metal"], "air, udara"),
        (["set", "T-001", "nothing=x"], "quick_win.joy"),
        (["set", "T-001", "title"], "NAME=VALUE"),
        (["budget", "T-001", "2026", "purse"], '"budget"'),
        (["budget", "T-001", "soon", "purse", "indicative=5"], "soon"),
        (["budget", "T-001", "2026", "moon", "indicative=5"], "purse, gift"),
        (["budget", "T-001", "2026", "purse", "indicative=much"], "much"),
        (["budget", "T-001", "2026", "purse", "indicative=1" + "0" * 30], "1"),
        (["indicator", "T-001"], '"indicator"'),
        (["indicator", "T-001", "direction=around"], "up, down, keep"),
        (["target", "nobody", "2027", "5"], "nobody"),
        (["target", "nobody"], '"target"'),
        (["support", "T-001", "NOBODY"], "NOBODY"),
        (["delete", "T-001", "now"], "now"),
        (["delete"], '"delete"'),
        (["list", "T-999"], "T-999"),
        (["sing"], "'sing'"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(call, town, words, part):
    head = call.ok("show", town, json=True).record["head"]
    assert part in call.fails("programme", town, *words)
    assert call.ok("show", town, json=True).record["head"] == head
