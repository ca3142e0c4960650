import pytest

from desktop.checks import check
from tests.checks.build import answer, found, plan, row, rules, text, with_answers


@pytest.mark.parametrize(
    "said", ["", "   ", "-", "...", "n/a", "N/A", "tidak ada", "Tidak ada.", "xxx", "to be filled in"]
)
def test_a_required_text_that_says_nothing_is_missing(said):
    made = with_answers(answer("profile.about", words=text(said)))
    assert found(made, "required_answers") == ["checks.required_answer"]


def test_a_required_text_in_the_other_language_only_is_missing():
    made = with_answers(answer("profile.about", words=text("", "A coastal region of fishers and farmers")))
    assert found(made, "required_answers") == ["checks.required_answer"]


def test_nothing_is_missing_from_a_filled_plan():
    assert found(plan(), "required_answers") == []


def test_the_finding_points_at_the_exact_field():
    made = with_answers(without=["profile.about"])
    (finding,) = check(made, rules("required_answers")).mandatory
    assert (finding.place.table, finding.place.item, finding.place.language) == (
        "answer",
        "profile.about",
        "id",
    )
    assert (finding.page.page, finding.page.ref) == ("form", "profile")


def test_a_required_cell_of_a_written_row_is_missing():
    rows = {"swot": (row("s1", "swot", weakness=text("Sedikit dermaga")),)}
    (finding,) = check(plan(rows=rows), rules("required_answers")).findings
    assert (finding.place.row, finding.place.field, finding.page.ref) == ("s1", "strength", "swot")


def test_a_rule_may_be_about_some_forms_only():
    made = with_answers(without=["profile.about"], rows={"swot": (row("s1", "swot"),)})
    assert len(found(made, "required_answers")) == 2
    assert len(found(made, ("required_answers", {"form": "profile"}))) == 1
    assert len(found(made, ("required_answers", {"worksheets": ("swot",)}))) == 1


def test_answer_present():
    assert found(plan(), ("answer_present", {"item": "profile.motto"})) == ["checks.answer_missing"]
    assert found(plan(), ("answer_present", {"items": ("profile.meetings", "chapter.I.1")})) == []
    assert found(plan(), ("answer_present", {"item": "chapter.I.1.1"})) == ["checks.answer_missing"]


def test_answer_present_only_if_another_answer_calls_for_it():
    rule = ("answer_present", {"item": "profile.motto", "if_item": "profile.decree", "if_value": True})
    assert found(plan(), rule) == ["checks.answer_missing"]
    assert found(with_answers(answer("profile.decree", value=False)), rule) == []


def test_answer_present_may_wait_for_one_of_several_answers():
    rule = (
        "answer_present",
        {"item": "profile.motto", "if_item": "profile.meetings", "if_value": ("2", "3")},
    )
    assert found(with_answers(answer("profile.meetings", value="3")), rule) == ["checks.answer_missing"]
    assert found(with_answers(answer("profile.meetings", value="4")), rule) == []


def test_answer_present_may_ask_for_one_answer():
    rule = ("answer_present", {"item": "profile.decree", "equals": True})
    assert found(plan(), rule) == []
    assert found(with_answers(answer("profile.decree", value=False)), rule) == ["checks.answer_other"]


def test_answer_at_least():
    assert found(plan(), ("answer_at_least", {"item": "profile.meetings", "min": 2})) == []
    assert found(plan(), ("answer_at_least", {"item": "profile.meetings", "min": 3})) == [
        "checks.answer_too_small"
    ]
    assert found(
        with_answers(without=["profile.meetings"]), ("answer_at_least", {"item": "profile.meetings"})
    ) == ["checks.answer_missing"]


def test_worksheet_rows():
    assert found(plan(), "worksheet_rows") == []
    assert found(plan(rows={}), "worksheet_rows") == ["checks.worksheet_rows"]
    assert found(plan(), ("worksheet_rows", {"worksheet": "swot", "min": 2})) == ["checks.worksheet_rows"]
    empty_row = {"swot": (row("s1", "swot"), row("s2", "swot", strength=text("")))}
    assert found(plan(rows=empty_row), "worksheet_rows") == ["checks.worksheet_rows"]


def test_chapter_written():
    assert found(plan(), "chapter_written") == []
    optional = check(plan(), rules(("chapter_written", {"optional": True}))).findings
    assert sorted(one.place.item.endswith(".foreword") for one in optional) == [False, True]
    blank = with_answers(answer("chapter.I.1", words=text('<p id="a"></p>\n<p id="b">&nbsp;</p>')))
    (finding,) = check(blank, rules("chapter_written")).findings
    assert (finding.page.page, finding.page.ref, finding.place.item) == ("chapter", "I.1", "chapter.I.1")
    assert found(blank, ("chapter_written", {"book": "II"})) == []
