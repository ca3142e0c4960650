"""What assessors fault in a plan as a whole: each rule fires where it must and is silent elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.guideline import load_pack
from desktop.guideline.lookup import bundled, bundled_bytes
from desktop.guideline.pack import Choice, Measure
from desktop.workspace.organisation import Decree, Figure
from desktop.workspace.plan import Text
from tests.checks.build import (
    PACK,
    activity,
    found,
    indicator,
    line,
    local,
    plan,
    programme,
    replace_pack,
    row,
    rules,
    text,
)

SPBE = Measure(id="spbe", label=local("Indeks SPBE", "SPBE index"))
AREAS = tuple(Choice(id=each, label=local(each)) for each in ("app", "hr"))


def told(made, entry, **changes):
    """What a plan is told by one rule of a guideline with these changes."""
    from desktop.checks import check

    return [each.message.id for each in check(made, replace_pack(rules(entry), **changes)).findings]


@pytest.mark.parametrize(
    ("values", "fires"),
    [
        ((), False),
        (((2024, "2.59"),), True),
        (((2024, "2.59"), (2025, "2.60")), False),
        (((2025, "?"),), False),
    ],
)
def test_a_low_index(values, fires):
    figures = tuple(Figure(f"f{year}", "spbe", year, value, "Kemenpan") for year, value in values)
    entry = ("figure_at_least", {"measure": "spbe", "least": "2.6"})
    assert told(plan(figures=figures), entry, figures=(SPBE,)) == (
        ["checks.fault.figure_low"] if fires else []
    )


@pytest.mark.parametrize(("inside", "outside", "fires"), [(5, 0, False), (4, 3, True), (3, 3, False)])
def test_too_much_about_applications(inside, outside, fires):
    acts = tuple(activity(id=f"a{n}", area="app" if n < inside else "hr") for n in range(inside + outside))
    planning = replace_pack(PACK.planning, action_areas=AREAS)
    made = plan(programmes=(programme(activities=acts),))
    entry = ("area_share", {"areas": ("app",), "percent": 50})
    assert told(made, entry, planning=planning) == (["checks.fault.area_share"] if fires else [])


def test_some_row_answers():
    entry = ("row_with_answer", {"item": "readiness.rating", "equals": "good"})
    good = plan(rows={"readiness": (row("r1", "readiness", "hr", rating="good"),)})
    poor = plan(rows={"readiness": (row("r1", "readiness", "hr", rating="poor"),)})
    assert found(good, entry) == []
    assert found(poor, entry) == ["checks.fault.no_row"]
    assert found(plan(rows={}), entry) == []


def test_no_money_from_firms():
    entry = ("funding_used", {"funding": ("csr",)})
    assert found(plan(programmes=(programme(budget=(line(2026, 5),)),)), entry) == [
        "checks.fault.funding_unused"
    ]
    assert found(plan(programmes=(programme(budget=(line(2026, 5), line(2026, 1, "csr"))),)), entry) == []
    assert found(plan(programmes=(programme(budget=()),)), entry) == []


def test_the_standard_is_named_somewhere():
    from desktop.checks import check

    entry = ("text_mentions", {"terms": ("37122",)})
    (finding,) = check(plan(), rules(entry)).findings
    assert finding.message.id == "checks.fault.not_mentioned"
    assert "foreword" not in f"{finding.page} {finding.place}", "a foreword is no place to ask for it"
    named = replace(indicator(), source="SNI ISO 37122:2019")
    assert found(plan(programmes=(programme(indicators=(named,)),)), entry) == []
    assert found(plan(answers={}), entry) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, []),
        ({"title": text("Kerja sama smart city")}, ["checks.fault.agreement_scope"]),
        ({"until": ""}, ["checks.fault.agreement_until"]),
        ({"kind": "sk", "until": "", "title": Text()}, []),
        ({"state": "repealed", "until": ""}, []),
    ],
)
def test_an_agreement_says_what_and_until_when(changes, message):
    title = text("Kerja sama pelatihan literasi digital dengan universitas")
    decree = Decree("d1", "agreement", "12/2026", "2026-01-02", title, "issued", "", "", "2028-12-31", "")
    assert found(plan(decrees=(replace(decree, **changes),)), "agreement_scope") == message


@pytest.mark.parametrize("pack", [each.id for each in bundled()])
def test_every_rule_of_a_bundled_guideline_says_why(pack):
    silent = [rule.id for rule in load_pack(bundled_bytes(pack)).rules if not rule.message]
    assert silent == []
    assert [rule.id for rule in load_pack(bundled_bytes(pack)).rules if "en" not in rule.message.texts] == []


def test_the_reason_and_its_source_are_told():
    from desktop.base import Language
    from desktop.base.speech import value_text
    from desktop.checks import check
    from desktop.checks.reasons import reason_of

    with_reason = replace_pack(rules("agreement_scope").rules[0], message=local("Alasan.", "Reason."))
    for changes, said in (
        ({}, "Reason."),
        ({"source": "Report 2023"}, "Reason. Source: Report 2023."),
        ({"source": "Report 2023", "message": local("")}, "Source: Report 2023."),
    ):
        pack = replace_pack(PACK, rules=(replace_pack(with_reason, **changes),))
        decree = Decree("d1", "agreement", "", "", Text(), "issued", "", "", "", "")
        (finding,) = check(plan(decrees=(decree,)), pack).findings
        reason = reason_of(finding)
        assert reason is not None
        assert value_text(reason, Language.EN) == said
