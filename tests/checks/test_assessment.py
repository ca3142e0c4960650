"""Own ratings beside those of others: means, weights, differences, and what would raise the result most."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base import Language
from desktop.base.ids import derived_id
from desktop.base.speech import value_text
from desktop.checks.assessment import (
    Assessed,
    Assessment,
    Section,
    evaluation_assessment,
    kinds,
    readiness_assessment,
    shares,
)
from desktop.checks.ratings import UnfitRating, read_rating, scale, shown, whole
from desktop.guideline.pack import Evaluation, Field, FieldGroup
from desktop.workspace.organisation import Score
from desktop.workspace.plan import Answer, Place, Text
from tests.checks.build import PACK, evidence, found, local, plan, replace_pack, row, with_answers

PUBLISHED = Path(__file__).parent.parent / "data" / "evaluation-2022.csv"
HR = derived_id("row", "readiness", "hr", "")


def given_score(row_, value, by="assessor", note=""):
    return Score(f"s-{row_}-{by}", "readiness.rating", row_, by, value, note, "Rina", "2026-01-01T00:00:00")


def rated(scores=(), **ratings):
    rows = tuple(row(derived_id("row", "readiness", each, ""), "readiness", each, rating=value)
                 for each, value in ratings.items())  # fmt: skip
    return plan(rows={"readiness": rows}, scores=tuple(scores))


def test_readiness_by_component_and_together() -> None:
    made = readiness_assessment(rated(hr="good", money="poor", ict="moderate"), PACK)
    assert made is not None
    assert [section.mean("own") for section in made.sections] == [2, 2]
    assert made.result("own") == Decimal("2.00")
    assert made.result("assessor") is None
    assert shares(made, "own") == {"good": 1, "moderate": 1, "poor": 1}
    assert (made.least, made.most) == (1, 3)


def test_an_assessor_beside_the_region_and_the_list_of_differences() -> None:
    scores = (given_score(HR, "moderate"), given_score(derived_id("row", "readiness", "ict", ""), "moderate"))
    made = readiness_assessment(rated(scores, hr="good", ict="moderate"), PACK)
    assert made is not None
    assert [item.id for item in made.differences("assessor")] == ["hr"]
    assert made.differences("assessor")[0].difference("assessor") == -1
    assert made.result("assessor") == Decimal("2.00")
    assert made.result("own") == Decimal("2.50")


def test_what_would_raise_the_result_most() -> None:
    made = readiness_assessment(rated(hr="good", money="poor", ict="moderate"), PACK)
    assert made is not None
    gains = made.gains()
    assert [gain.item.id for gain in gains] == ["money", "ict"]
    assert gains[0].step == Fraction(1, 3)
    assert gains[0].top == Fraction(2, 3)
    assert readiness_assessment(rated(hr="good", money="good", ict="good"), PACK).gains() == ()  # type: ignore[union-attr]


def test_evidence_is_counted_for_an_item() -> None:
    made = replace(rated(hr="good"), evidence=(evidence(claims=[Place("cell", HR, "rating")]),))
    assert readiness_assessment(made, PACK).items[0].evidence == 1  # type: ignore[union-attr]


A = Field(id="a", label=local("A"), type="integer")
B, C = (Field(id=each, label=local(each), type="decimal") for each in "bc")
EVALUATED = replace_pack(
    PACK,
    evaluation=Evaluation(
        scale_max=4,
        sections=(
            FieldGroup(id="baseline", title=local("Baseline"), fields=(A,)),
            FieldGroup(id="impact", title=local("Dampak"), fields=(B, C)),
        ),
        weights={"new": {"baseline": 40, "impact": 60}},
    ),
)  # fmt: skip


def answers(cohort="new", **values):
    made = {
        (f"evaluation.{name}", ""): Answer(f"evaluation.{name}", "", value, Text(), "typed")
        for name, value in values.items()
    }
    if cohort:
        made["evaluation.cohort", ""] = Answer("evaluation.cohort", "", cohort, Text(), "typed")
    return plan(answers=made)


def test_the_evaluation_is_weighted_by_cohort() -> None:
    made = evaluation_assessment(answers(a=4, b="2.5", c="3.5"), EVALUATED)
    assert made is not None
    assert made.result("own") == Decimal("3.40")
    assert made.cohort == "new"
    assert evaluation_assessment(answers("", a=4, b="2.5", c="3.5"), EVALUATED).result("own") == Decimal(
        "3.33"
    )  # type: ignore[union-attr]
    # a section nobody filled counts as nothing, as in the published scores
    assert evaluation_assessment(answers(a=4), EVALUATED).result("own") == Decimal("1.60")  # type: ignore[union-attr]
    gains = evaluation_assessment(answers(a=4, b="2", c="4"), EVALUATED).gains()  # type: ignore[union-attr]
    assert [(gain.item.id, gain.step) for gain in gains] == [("b", Fraction(3, 10))]


@pytest.mark.parametrize("off", ["987", "4.01", "-1", "999.99", "nan", "4 of 4"])
def test_what_lies_off_the_scale_rates_nothing(off: str) -> None:
    """A workbook or another program may have written it; regions are ranked by the mean."""
    made = evaluation_assessment(answers(a=4, b=off, c="0"), EVALUATED)
    assert made is not None
    assert [section.mean("own") for section in made.sections] == [4, 0]
    assert made.result("own") == evaluation_assessment(answers(a=4, c="0"), EVALUATED).result("own")  # type: ignore[union-attr]


def test_it_agrees_with_what_the_ministry_published() -> None:
    """38 regions of 2022: the weighted mean of the published sections is the published result."""
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 38
    for each in rows:
        sections = []
        for name in ("baseline_10", "output_20", "outcome_30", "impact_10", "quick_win_30"):
            item = Assessed(
                name, name, "", local(name), local(""), each[name], Text(), {}, 0, Place("answer"), {}
            )
            sections.append(Section(name, local(name), (item,), int(name.rpartition("_")[2])))
        result = Assessment("evaluation", tuple(sections), 0, 4).result("own")
        assert result is not None
        assert abs(result - Decimal(each["final_reported"])) <= Decimal("0.02"), each["region"]


def test_a_guideline_without_scale_has_none() -> None:
    assert kinds(PACK) == ("readiness",)
    assert kinds(EVALUATED) == ("readiness", "evaluation")
    assert kinds(replace_pack(PACK, readiness=None)) == ()
    assert readiness_assessment(plan(), replace_pack(PACK, readiness=None)) is None
    assert evaluation_assessment(plan(), PACK) is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [("2", "moderate"), ("Sedang", "moderate"), ("good", "good"), (" baik ", "good"), ("", ""), ("-", "")],
)
def test_steps_are_read_as_people_write_them(said: str, kept: str) -> None:
    made = readiness_assessment(plan(), PACK)
    assert made is not None
    assert read_rating(made, said) == kept


@pytest.mark.parametrize("said", ["4", "lumayan", "0", "bai"])
def test_what_is_no_step_is_told_with_the_scale(said: str) -> None:
    made = readiness_assessment(plan(), PACK)
    assert made is not None
    with pytest.raises(UnfitRating) as error:
        read_rating(made, said)
    told = value_text(error.value.message, Language.ID)
    assert said in told
    assert "1 (buruk), 2 (sedang), 3 (baik)" in told


def test_numbers_are_read_with_comma_or_point() -> None:
    made = evaluation_assessment(plan(), EVALUATED)
    assert made is not None
    assert read_rating(made, "2,5") == "2.5"
    assert shown(made, "2.5", Language.ID) == "2,5"
    assert "0" in value_text(scale(made), Language.EN)
    assert whole(made, "3.0") == 3
    for wrong in ("4.1", "-1", "x", "NaN", "1.234", "1e3"):
        with pytest.raises(UnfitRating):
            read_rating(made, wrong)
    with pytest.raises(UnfitRating):
        whole(made, "2.5")


@given(st.lists(st.sampled_from(["", "poor", "moderate", "good"]), min_size=3, max_size=3))
def test_a_gain_is_what_the_result_really_rises_by(ratings: list[str]) -> None:
    names = ("hr", "money", "ict")
    made = readiness_assessment(rated(**dict(zip(names, ratings, strict=True))), PACK)
    # what is not rated counts as the lowest step: rating one item could lower the mean otherwise
    lowest = {name: each or "poor" for name, each in zip(names, ratings, strict=True)}
    before = readiness_assessment(rated(**lowest), PACK)
    assert made is not None
    assert before is not None
    for gain in made.gains(limit=9):
        after = readiness_assessment(rated(**{**lowest, gain.item.id: "good"}), PACK)
        assert after is not None
        assert (after._exact("own") or 0) - (before._exact("own") or 0) == gain.top > 0
        assert gain.step >= 0


def test_lower_ratings_of_others_are_a_finding() -> None:
    lower = rated((given_score(HR, "moderate"),), hr="good")
    assert found(lower, "rating_differs") == ["checks.rating.lower"]
    assert found(lower, ("rating_differs", {"min": 2})) == []
    assert found(rated((given_score(HR, "good"),), hr="moderate"), "rating_differs") == []
    assert found(rated(hr="good"), "rating_differs") == []


def test_a_top_rating_wants_evidence() -> None:
    assert found(rated(hr="good"), "rating_without_evidence") == ["checks.rating.no_evidence"]
    assert found(rated(hr="moderate"), "rating_without_evidence") == []
    shown_ = replace(rated(hr="good"), evidence=(evidence(claims=[Place("cell", HR, "rating")]),))
    assert found(shown_, "rating_without_evidence") == []


def test_the_survey_is_asked_for_once_the_region_scores_itself() -> None:
    from desktop.checks import check
    from tests.checks.build import rules

    pack = replace_pack(EVALUATED, rules=rules("users_surveyed").rules)
    assert [each.message.id for each in check(answers(a=3), pack).findings] == ["checks.rating.no_survey"]
    assert check(answers(a=3, b="2"), pack).findings == ()
    assert check(with_answers(), pack).findings == ()
