from decimal import Decimal

from desktop.checks import check, progress, readiness_scores
from tests.checks.build import (
    PACK,
    answer,
    found,
    plan,
    programme,
    replace_pack,
    row,
    rules,
    text,
    with_answers,
)


def test_readiness_rated():
    assert found(plan(), "readiness_rated") == []
    rows = {"readiness": (row("r1", "readiness", "hr", condition=text("Cukup")),)}
    findings = check(plan(rows=rows), rules("readiness_rated")).findings
    assert len(findings) == 3
    assert {finding.place.field for finding in findings} == {"rating"}


def test_an_untouched_row_has_the_same_place_before_and_after_its_first_use():
    from desktop.base.ids import derived_id

    before = check(plan(rows={}), rules("readiness_rated")).findings[0]
    first_use = derived_id("row", "readiness", "hr", "")
    rows = {"readiness": (row(first_use, "readiness", "hr"),)}
    after = check(plan(rows=rows), rules("readiness_rated")).findings[0]
    assert (before.place, before.key) == (after.place, after.key)


def test_scores_by_component_with_shares():
    scores = readiness_scores(plan(), PACK)
    structure, infra = scores.components
    assert (structure.id, structure.items, structure.rated, structure.mean) == (
        "structure",
        2,
        2,
        Decimal("2.00"),
    )
    assert structure.share("good") == Decimal("50.0")
    assert infra.mean == Decimal("2.00")
    assert (scores.least, scores.most, scores.overall.mean) == (1, 3, Decimal("2.00"))
    assert scores.overall.share("poor") == Decimal("33.3")


def test_nothing_rated_has_no_mean():
    scores = readiness_scores(plan(rows={}), PACK)
    assert scores.overall.mean is None
    assert scores.overall.items == 3
    assert scores.components[0].share("good") == 0


def test_a_guideline_without_readiness_has_no_scores():
    assert readiness_scores(plan(), replace_pack(PACK, readiness=None)) is None
    assert found(plan(), "readiness_rated") == []


def test_progress_counts_what_is_required():
    made = progress(plan(), PACK)
    assert (made.of("form", "profile").filled, made.of("form", "profile").required) == (1, 1)
    assert (made.of("worksheet", "swot").filled, made.of("worksheet", "swot").required) == (2, 2)
    assert made.of("chapter", "I.1").done
    governance = made.of("dimension", "governance")
    assert (governance.filled, governance.required) == (2, 3)  # one sub-dimension of two, one programme
    assert not made.of("dimension", "mobility").done
    assert 0 < made.percent < 100


def test_progress_of_an_empty_plan_is_none():
    made = progress(plan(answers={}, rows={}, programmes=()), PACK)
    assert (made.filled, made.percent) == (0, 0)


def test_a_chapter_is_done_only_when_it_is_long_enough():
    short = with_answers(answer("chapter.I.1", words=text("<p>Tiga kata saja.</p>")))
    assert not progress(short, PACK).of("chapter", "I.1").done


def test_an_incomplete_programme_holds_its_dimension_back():
    made = progress(plan(programmes=(programme(lead=""),)), PACK)
    assert (made.of("dimension", "governance").filled, made.of("dimension", "governance").required) == (1, 3)


def test_part_of_the_progress():
    made = progress(plan(), PACK).within([("form", "profile"), ("chapter", "I.1")])
    assert (made.filled, made.required, made.percent) == (2, 2, 100)
