"""The bundled guideline says what the domain asks, in both languages, with what is unsure marked."""

import hashlib
import re
from collections import Counter

import pytest

from desktop.guideline import Guideline, Pack, bundled, bundled_bytes, load_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(bundled_bytes("smart-city-2021"))


@pytest.fixture(scope="module")
def guideline(pack) -> Guideline:
    return Guideline(pack)


def test_it_is_bundled_and_in_force():
    first = bundled()[0]
    assert (first.id, first.status) == ("smart-city-2021", "in-force")
    assert (
        hashlib.sha256(bundled_bytes(first.id)).digest() == hashlib.sha256(bundled_bytes(first.id)).digest()
    )


def test_an_unknown_bundled_pack_is_a_key_error():
    with pytest.raises(KeyError):
        bundled_bytes("smart-city-1999")


def test_six_dimensions_eighteen_sub_dimensions_and_54_survey_items(pack):
    subs = [sub for dimension in pack.dimensions for sub in dimension.sub_dimensions]
    assert (len(pack.dimensions), len(subs)) == (6, 18)
    assert sum(len(sub.survey_items) for sub in subs) == 54
    assert all(sub.elements and sub.target for sub in subs)
    assert all(dimension.goal and dimension.outcome_indicators for dimension in pack.dimensions)


def test_readiness_has_three_components_of_three_items_and_three_steps(pack, guideline):
    sheet = guideline.worksheet(pack.readiness.worksheet)
    assert Counter(row.group for row in sheet.fixed_rows) == {
        "structure": 3,
        "infrastructure": 3,
        "superstructure": 3,
    }
    rating = guideline.field("readiness.rating")
    assert [(choice.id, choice.score, choice.tone) for choice in rating.choices] == [
        ("good", 3, "good"), ("moderate", 2, "moderate"), ("poor", 1, "poor"),
    ]  # fmt: skip
    assert [choice.label.read("id") for choice in rating.choices] == ["Baik", "Sedang", "Buruk"]
    assert rating.evidence == "required"


def test_every_known_worksheet_is_there_with_its_columns(pack, guideline):
    columns = {sheet.id: {column.id for column in sheet.columns} for sheet in pack.worksheets}
    assert columns["rpjmd"] >= {"mission", "goal", "goal_indicator", "target", "target_indicator"}
    assert columns["rpjmd"] >= {dimension.id for dimension in pack.dimensions}
    assert columns["swot"] == {
        "strengths", "weaknesses", "opportunities", "threats",
        "strategy_so", "strategy_wo", "strategy_st", "strategy_wt",
    }  # fmt: skip
    assert columns["gap"] == {"condition", "trend", "gap"}
    assert columns["gap_indicator"] >= {"sub_dimension", "indicator", "unit", "existing", "target", "gap"}
    assert columns["targets"] >= {"dimension", "sub_dimension", "target", "basis"}
    assert {sheet.number for sheet in pack.worksheets} >= {
        "0a",
        "0b",
        *"123456789",
        "10",
        "11a",
        "11b",
        "11c",
        "12",
    }
    assert {sheet.id: sheet.binding for sheet in pack.worksheets if sheet.binding} == {
        "action": "activity",
        "risk": "risk",
    }


def test_quick_wins_have_twelve_aspects_and_one_year(pack):
    assert pack.planning.quick_win.max_years == 1
    assert len(pack.planning.quick_win.aspects) == 12
    assert all(aspect.type == "long_text" and aspect.bilingual for aspect in pack.planning.quick_win.aspects)


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("2.16.03", True), ("2.16.03.2.02", True), ("2.16.03.2.02.0035", True), ("2.16.03.2.02.35", True),
        ("X.XX.01", True), ("2.16", False), ("2.16.03.2", False),
        ("2.16.03.2.02.035", False), ("2,16,03", False),
    ],
)  # fmt: skip
def test_code_patterns_know_the_levels_of_the_nomenclature(pack, code, fits):
    assert any(re.fullmatch(pattern, code) for pattern in pack.planning.code_patterns) is fits


def test_books_have_their_chapters(guideline):
    assert [chapter.number for chapter in guideline.chapters("I")] == [str(number) for number in range(1, 8)]
    numbers = {chapter.chapter.id: chapter.number for chapter in guideline.chapters("II")}
    assert {f"II.3.{n}" for n in range(1, 5)} <= numbers.keys()
    assert all(
        f"II.{number}" == name for name, number in numbers.items() if re.fullmatch(r"II(\.\d+)+", name)
    )
    assert {book.kind for book in guideline.pack.books} == {
        "book",
        "application",
        "commitment",
        "memorandum",
        "presentation",
        "statement",
    }


def test_evaluation_knows_its_items_and_four_weight_sets(pack):
    evaluation = pack.evaluation
    assert {section.id: len(section.fields) for section in evaluation.sections} == {
        "baseline": 5, "output": 7, "outcome": 33, "impact": 6, "quick_win": 12, "collaboration": 6,
    }  # fmt: skip
    assert {cohort.id for cohort in evaluation.cohorts} == evaluation.weights.keys()
    assert len(evaluation.weights) == 4


def test_collaboration_is_asked_only_of_regions_in_a_national_priority_area(pack, guideline):
    rule = next(rule for rule in pack.rules if rule.id == "area_collaboration")
    areas = {choice.id for choice in guideline.field("criteria.priority_area").choices}
    assert rule.params["if_item"] == "criteria.priority_area"
    assert set(rule.params["if_value"]) == areas - {"none"}
    asked = {guideline.field(item) for item in rule.params["items"]}
    assert None not in asked
    assert not any(field.required for field in asked)
    assert len([item for item in rule.params["items"] if ".collaboration_" in item]) == len(pack.dimensions)


def test_figures_name_the_questions_that_ask_the_same(pack, guideline):
    figures = {measure.id: measure for measure in pack.figures}
    assert figures.keys() >= {
        "population", "area", "hdi", "poverty", "growth", "apbd", "revenue", "own_revenue", "spending",
        "spbe", "sakip", "audit_opinion", "fiscal_capacity", "sustainable_city", "green_city",
        "high_performing_city", "government_performance",
    }  # fmt: skip
    for measure in pack.figures:
        if measure.item:
            asked = guideline.field(measure.item)
            assert asked.type == measure.type
            assert [choice.id for choice in asked.choices] == [choice.id for choice in measure.choices]


def test_marks_gap_and_swot_say_what_they_stand_for(pack, guideline):
    marks = [column for column in guideline.worksheet("rpjmd").columns if column.dimension]
    assert [mark.dimension for mark in marks] == [dimension.id for dimension in pack.dimensions]
    assert guideline.field("gap_indicator.gap").difference == ("target", "existing")
    assert pack.readiness.swot.worksheet == "swot"
    groups = {group.id for group in guideline.worksheet(pack.readiness.worksheet).groups}
    assert groups == {row.id for row in guideline.worksheet("swot").fixed_rows}


def test_every_output_of_a_guidance_session_has_a_place_where_it_is_worked_on(pack):
    outputs = [output for session in pack.sessions for output in session.outputs]
    assert len(outputs) == 8
    assert all(output.page for output in outputs)
