import json
from pathlib import Path

import pytest

from tests.cli.calling import TINY

SOURCES = [each["id"] for each in json.loads(Path(TINY, "planning.json").read_text())["funding"]]


def test_a_total_is_spread_shown_and_undone(call, town):
    first, second = SOURCES[:2]
    made = call.ok(
        "budget", town, "spread", "T-001", "1.000.000", "years=2026-2027", f"sources={first},{second}",
        json=True,
    ).record  # fmt: skip
    assert sum(each["amount"] for each in made["lines"]) == 1_000_000
    said = call.ok("budget", town, json=True)
    assert said.records[0]["total"] == 1_000_000
    assert said.records[0]["years"] == {"2026": 500_000, "2027": 500_000}
    assert {each["by"] for each in said.records[1:]} == {"source", "dimension", "agency", "programme"}
    only = call.ok("budget", town, "--by", "agency", json=True).records[1:]
    assert [each["name"] for each in only] == ["Water office"]
    text = call.ok("budget", town, language="id").out
    assert "1.000.000" in text
    assert "%" in text
    call.ok("budget", town, "spread", "T-001", "900", "years=2028")
    assert call.ok("budget", town, json=True).records[0]["years"] == {"2028": 900}
    call.ok("undo", town)
    assert call.ok("budget", town, json=True).records[0]["total"] == 1_000_000
    assert call.ok("budget", town, "--figure", "realised", json=True).records[0]["total"] == 0


@pytest.mark.slow
def test_rpjmd_ceilings_are_typed_warned_about_and_taken_back(call, town):
    call.ok("budget", town, "ceiling", "T-001", "2026=400", "2027=600")
    call.ok("budget", town, "spread", "T-001", "1000", "years=2026,2027")
    assert call.ok("budget", town, json=True).records[0]["rpjmd_ceilings"] == {"2026": 400, "2027": 600}
    assert "RPJMD" in call.ok("budget", town).out
    call.ok("budget", town, "ceiling", "T-001", "2026=")
    assert call.ok("budget", town, json=True).records[0]["rpjmd_ceilings"] == {"2027": 600}
    assert "above the RPJMD" not in call.ok("budget", town).out


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_cannot_be_done_is_said(call, town, language):
    how = {"language": language}
    call.fails("budget", town, "spread", "T-001", **how)
    call.fails("budget", town, "spread", "T-001", "-5", "years=2026", **how)
    call.fails("budget", town, "spread", "T-001", "five", **how)
    call.fails("budget", town, "spread", "T-001", "5", "years=20x6", **how)
    call.fails("budget", town, "spread", "T-001", "5", "sources=gold", **how)
    call.fails("budget", town, "spread", "T-001", "5", "colour=red", **how)
    call.fails("budget", town, "spread", "T-404", "5", **how)
    call.fails("budget", town, "ceiling", "T-001", "2026", **how)
    call.fails("budget", town, "show", "more", **how)
