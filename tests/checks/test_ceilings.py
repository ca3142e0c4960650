from desktop.checks import check
from desktop.checks.ceilings import exceeded
from desktop.workspace.plan import Ceiling
from tests.checks.build import found, line, plan, programme, rules

BUDGET = (line(2026, 100), line(2027, 200), line(2027, 50, "csr"))


def limited(*ceilings, budget=BUDGET):
    made = tuple(Ceiling(f"c{year}", year, amount, "") for year, amount in ceilings)
    return plan(programmes=(programme(ceilings=made, budget=budget),))


def test_a_year_above_the_rpjmd_is_told_with_both_amounts():
    (finding,) = check(limited((2026, 100), (2027, 240)), rules("within_rpjmd_ceiling")).findings
    assert finding.message.id == "checks.rpjmd_ceiling.indicative"
    assert (finding.message.params["amount"].amount, finding.message.params["allowed"].amount) == (250, 240)
    assert (finding.place.table, finding.place.row, finding.page.ref) == ("rpjmd_ceiling", "c2027", "p1")


def test_within_unstated_and_other_years_are_no_remark():
    assert found(limited((2026, 100), (2027, 250), (2029, 1)), "within_rpjmd_ceiling") == []
    assert found(limited((2027, None)), "within_rpjmd_ceiling") == []
    assert found(limited((2027, 240)), ("within_rpjmd_ceiling", {"percent": 5})) == []


def test_the_pagu_is_told_before_the_indicative_amount():
    made = limited((2026, 90), budget=(line(2026, 100, ceiling=95),))
    assert [each.figure for each in exceeded(made.programmes[0])] == ["ceiling"]
    assert found(made, "within_rpjmd_ceiling") == ["checks.rpjmd_ceiling.pagu"]
    nothing = limited((2026, 0), budget=(line(2026, None, realised=5),))
    assert found(nothing, "within_rpjmd_ceiling") == []
