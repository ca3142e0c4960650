from desktop.checks import check
from tests.checks.build import (
    PACK,
    answer,
    found,
    plan,
    programme,
    replace_pack,
    risk,
    rules,
    text,
    with_answers,
)

QUICK = {"quick_win": True, "start_year": 2026, "end_year": 2026}


def test_every_aspect_of_a_quick_win_is_asked_for():
    made = plan(programmes=(programme(**QUICK),))
    findings = check(made, rules("quick_win_aspects")).findings
    assert [finding.place.item for finding in findings] == ["quick_win.benefit", "quick_win.appeal"]
    assert {finding.place.scope for finding in findings} == {"p1"}


def test_an_answered_aspect_and_an_ordinary_programme_are_no_remark():
    made = with_answers(
        answer("quick_win.benefit", words=text("Waktu tunggu hilang"), scope="p1"),
        answer("quick_win.appeal", words=text("-"), scope="p1"),
        programmes=(programme(**QUICK), programme(id="p2")),
    )
    (finding,) = check(made, rules("quick_win_aspects")).findings
    assert finding.place.item == "quick_win.appeal"


def test_only_required_aspects_count_where_the_guideline_marks_some():
    import msgspec

    quick_win = PACK.planning.quick_win
    marked = tuple(
        msgspec.structs.replace(aspect, required=aspect.id == "appeal") for aspect in quick_win.aspects
    )
    planning = msgspec.structs.replace(
        PACK.planning, quick_win=msgspec.structs.replace(quick_win, aspects=marked)
    )
    pack = replace_pack(rules("quick_win_aspects"), planning=planning)
    findings = check(plan(programmes=(programme(**QUICK),)), pack).findings
    assert [finding.place.item for finding in findings] == ["quick_win.appeal"]


def test_required_answers_leaves_aspects_to_their_own_check():
    assert found(plan(programmes=(programme(**QUICK),)), "required_answers") == []


def test_quick_win_term():
    assert found(plan(programmes=(programme(**QUICK),)), "quick_win_term") == []
    long = plan(programmes=(programme(quick_win=True, start_year=2026, end_year=2027),))
    assert found(long, "quick_win_term") == ["checks.quick_win.term"]
    assert found(long, ("quick_win_term", {"max_years": 2})) == []
    assert found(plan(programmes=(programme(quick_win=True, end_year=None),)), "quick_win_term") == []


def test_quick_win_count():
    assert found(plan(), "quick_win_count") == ["checks.quick_win.count"]
    one = plan(programmes=(programme(**QUICK),))
    assert found(one, "quick_win_count") == []
    assert found(one, ("quick_win_count", {"min": 3})) == ["checks.quick_win.count"]
    (finding,) = check(one, rules(("quick_win_count", {"per_dimension": True}))).findings
    assert finding.place.item == "mobility"


def test_a_dimension_with_several_quick_wins_is_a_hint_for_competitions():
    one = plan(programmes=(programme(**QUICK), programme(id="p2"), programme(id="p3", dimension="mobility")))
    assert found(one, "quick_win_most") == []
    two = plan(programmes=(programme(**QUICK), programme(id="p2", **QUICK)))
    assert found(two, "quick_win_most") == ["checks.quick_win.most"]
    assert found(two, ("quick_win_most", {"max": 2})) == []
    assert found(two, ("quick_win_most", {"dimension": "mobility"})) == []


def test_a_quick_win_names_its_risks_and_what_is_done_about_them():
    met = risk(mitigation=text("Dua petugas terlatih di setiap titik", "Two trained staff"))
    assert found(plan(programmes=(programme(risks=(met,), **QUICK),)), "quick_win_risk") == []
    assert found(plan(), "quick_win_risk") == []
    (finding,) = check(plan(programmes=(programme(**QUICK),)), rules("quick_win_risk")).findings
    assert (finding.message.id, finding.place.table) == ("checks.quick_win.risk", "risk")
    open_ = plan(programmes=(programme(risks=(met, risk(id="r2")), **QUICK),))
    (finding,) = check(open_, rules("quick_win_risk")).findings
    assert (finding.message.id, finding.place.row) == ("checks.quick_win.mitigation", "r2")
    assert found(open_, ("quick_win_risk", {"min": 3})) == [
        "checks.quick_win.risk", "checks.quick_win.mitigation",
    ]  # fmt: skip
