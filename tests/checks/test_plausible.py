"""Days in the wrong order and counts below zero are told; everything else is silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.guideline.pack import Measure
from desktop.workspace.organisation import Decree, Figure, Meeting
from desktop.workspace.plan import Person, Text
from tests.checks.build import PACK, evidence, found, local, plan, replace_pack, rules, text

DECREE = Decree("d", "sk", "1", "2026-01-02", text("SK"), "issued", "", "2026-01-02", "2027-01-01", "")
MEETING = Meeting(
    "m", "visit", "", "", text("Kunjungan"), "2026-03-02", "2026-03-03", "", "", Text(), Text(), (), ""
)
PERSON = Person("p", "Ratna", Text(), "", "", "", "", "2026-01-01", "2026-12-31")
FILE = replace(evidence(), taken_on="2026-01-01", valid_until="2026-12-31")


@pytest.mark.parametrize(
    ("part", "right", "wrong"),
    [
        ("decrees", DECREE, replace(DECREE, until="2025-01-01")),
        ("meetings", MEETING, replace(MEETING, end="2026-03-01")),
        ("people", PERSON, replace(PERSON, until="2025-01-01")),
        ("evidence", FILE, replace(FILE, valid_until="2025-01-01")),
    ],
)
def test_what_ends_before_it_begins_is_told(part: str, right: object, wrong: object) -> None:
    assert found(plan(**{part: (right,)}), "dates_in_order") == []
    assert found(plan(**{part: (wrong,)}), "dates_in_order") == ["checks.plausible.days"]


@pytest.mark.parametrize(
    ("kind", "value", "fires"),
    [("integer", "-5", True), ("rupiah", "-1", True), ("percent", "-2.1", False), ("integer", "5", False)],
)
def test_counts_and_money_below_zero_are_told(kind: str, value: str, fires: bool) -> None:
    from desktop.checks import check

    measure = Measure(id="m", label=local("Jumlah"), type=kind)  # type: ignore[arg-type]
    pack = replace_pack(PACK, figures=(measure,), rules=rules("figure_negative").rules)
    made = plan(figures=(Figure("f", "m", 2025, value, "BPS"),))
    assert bool(check(made, pack).findings) is fires
