import pytest

from desktop.checks import check
from tests.checks.build import AGENCY, activity, found, indicator, plan, programme, rules, text


def with_programmes(*programmes, **changes):
    return plan(programmes=programmes, **changes)


def test_a_complete_programme_lacks_nothing():
    assert found(plan(), "programme_complete") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": text("")}, "title"),
        ({"dimension": "nowhere", "sub_dimension": ""}, "dimension"),
        ({"sub_dimension": ""}, "sub_dimension"),
        ({"sub_dimension": "of another dimension"}, "sub_dimension"),
        ({"lead": ""}, "lead"),
        ({"service": text("-")}, "service"),
        ({"before": text("", "only English")}, "before"),
        ({"after": text("tidak ada")}, "after"),
        ({"served": text("")}, "served"),
        ({"start_year": None}, "start_year"),
        ({"end_year": None}, "end_year"),
    ],
)
def test_what_a_programme_lacks_is_named(changes, field):
    (finding,) = check(with_programmes(programme(**changes)), rules("programme_complete")).findings
    assert (finding.place.table, finding.place.row, finding.place.field) == ("programme", "p1", field)
    assert (finding.page.page, finding.page.ref) == ("programmes", "p1")


def test_a_dimension_without_sub_dimensions_asks_for_none():
    made = with_programmes(programme(dimension="mobility", sub_dimension=""))
    assert found(made, "programme_complete") == []


def test_the_guideline_chooses_the_fields():
    made = with_programmes(
        programme(service=text(""), technology=text(""), indicators=(), budget=(), code="")
    )
    fields = ("technology", "indicator", "budget", "code")
    assert found(made, ("programme_complete", {"fields": fields})) == ["checks.programme_complete"] * 4


def test_agency_lead_missing():
    assert found(plan(), "agency_lead_missing") == []
    assert found(with_programmes(programme(lead="gone")), "agency_lead_missing") == [
        "checks.agency_lead_missing"
    ]
    nobody = with_programmes(programme(lead=""), agencies=(AGENCY,))
    assert found(nobody, "agency_lead_missing", "programme_complete") == ["checks.programme_complete"]


def test_duplicate_programme():
    other = programme(id="p2", title=text("PERIZINAN USAHA KECIL,  dalam sehari!"))
    assert found(with_programmes(programme(), other), "duplicate_programme") == ["checks.duplicate_programme"]
    elsewhere = programme(id="p2", dimension="mobility")
    assert found(with_programmes(programme(), elsewhere), "duplicate_programme") == []


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("2.16.03", True),
        ("2.16.03.2.02.0035", True),
        ("", True),
        ("2.16", False),
        ("216.03", False),
        ("2.16.03.", False),
    ],
)
def test_code_form(code, right):
    assert found(with_programmes(programme(code=code)), "code_form") == (
        [] if right else ["checks.code_form"]
    )


def test_a_broken_pattern_of_a_rule_judges_nothing():
    assert found(plan(), ("code_form", {"patterns": ("(",)})) == []


def test_years_outside_plan():
    assert found(plan(), "years_outside_plan") == []
    early = with_programmes(programme(start_year=2025))
    assert found(early, "years_outside_plan") == ["checks.years_outside_plan.programme"]
    backwards = with_programmes(programme(start_year=2028, end_year=2026))
    assert found(backwards, "years_outside_plan") == ["checks.years_outside_plan.order"]
    late = with_programmes(programme(indicators=(indicator(targets=("60", "70"), first=2030),)))
    (finding,) = check(late, rules("years_outside_plan")).findings
    assert (finding.place.table, finding.place.row, finding.page.ref) == ("target", "target-2031", "p1")


def test_activities_lie_within_their_programme():
    assert found(with_programmes(programme(activities=(activity(),))), "years_outside_plan") == []
    late = with_programmes(programme(activities=(activity(end_year=2029),)))
    (finding,) = check(late, rules("years_outside_plan")).findings
    assert (finding.place.table, finding.place.row, finding.place.field) == ("activity", "act1", "end_year")
    assert (finding.place.scope, finding.page.ref) == ("p1", "p1")


def test_plan_years():
    assert found(plan(), "plan_years") == []
    assert found(plan(last_year=2028), "plan_years") == ["checks.plan_years"]
    assert found(plan(last_year=2036), "plan_years") == ["checks.plan_years"]
    assert found(plan(last_year=2028), ("plan_years", {"min": 2, "max": 3})) == []


def test_dimension_has_programme():
    made = plan()
    (finding,) = check(made, rules("dimension_has_programme")).findings
    assert finding.place.item == "mobility"
    both = with_programmes(programme(), programme(id="p2", dimension="mobility"))
    assert found(both, "dimension_has_programme") == []
    assert len(found(both, ("dimension_has_programme", {"min": 2}))) == 2
    assert found(made, ("dimension_has_programme", {"dimension": "governance"})) == []


def test_sub_dimension_covered():
    (finding,) = check(plan(), rules("sub_dimension_covered")).findings
    assert finding.place.item == "governance.policy"
    assert found(with_programmes(), "sub_dimension_covered") == []
    both = with_programmes(programme(), programme(id="p2", sub_dimension="policy"))
    assert found(both, "sub_dimension_covered") == []
