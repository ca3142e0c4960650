import pytest

from desktop.base import Rupiah
from desktop.checks import check
from tests.checks.build import found, line, plan, programme, rules


def with_money(*lines, **changes):
    return plan(programmes=(programme(budget=lines, **changes),))


def test_a_budget_that_adds_up():
    assert found(plan(), "budget_reconciles") == []


def test_a_sum_that_differs_is_told_with_its_difference():
    made = with_money(line(2026, 100), line(2027, 200), total_budget=350)
    (finding,) = check(made, rules("budget_reconciles")).findings
    assert finding.message.id == "checks.budget.sum"
    assert finding.message.params["difference"] == Rupiah(50)
    assert (finding.place.table, finding.place.field) == ("programme", "total_budget")
    assert found(made, ("budget_reconciles", {"tolerance": 50})) == []


def test_no_stated_sum_is_no_contradiction():
    assert found(with_money(line(2026, 100), total_budget=None), "budget_reconciles") == []


def test_ceilings_count_where_no_indicative_figure_is_stated():
    made = with_money(line(2026, None, ceiling=100), line(2027, 200, ceiling=150), total_budget=300)
    assert found(made, "budget_reconciles") == []


def test_a_line_that_is_there_twice():
    made = with_money(line(2026, 100), line(2026, 200), total_budget=300)
    assert found(made, "budget_reconciles") == ["checks.budget.twice"]
    assert (
        found(with_money(line(2026, 100), line(2026, 200, "csr"), total_budget=300), "budget_reconciles")
        == []
    )


@pytest.mark.parametrize(
    "figures", [{"amount": -1}, {"amount": 5, "ceiling": -1}, {"amount": 5, "realised": -1}]
)
def test_a_negative_amount(figures):
    made = with_money(line(2026, **figures), total_budget=None)
    assert found(made, "budget_reconciles") == ["checks.budget.negative"]


def test_ceiling_within_indicative():
    made = with_money(line(2026, 100, ceiling=110))
    assert found(made, "ceiling_within_indicative") == ["checks.budget.ceiling_above"]
    assert found(made, ("ceiling_within_indicative", {"percent": 10})) == []
    assert found(with_money(line(2026, None, ceiling=110)), "ceiling_within_indicative") == []


def test_realised_within_ceiling():
    made = with_money(line(2026, 100, ceiling=90, realised=95))
    assert found(made, "realised_within_ceiling") == ["checks.budget.realised_above"]
    assert found(with_money(line(2026, 100, ceiling=95, realised=95)), "realised_within_ceiling") == []


def test_budget_in_years():
    assert found(plan(), "budget_in_years") == []
    outside_programme = with_money(line(2029, 100))
    assert found(outside_programme, "budget_in_years") == ["checks.budget.year"]
    outside_plan = with_money(line(2031, 100), start_year=None, end_year=None)
    (finding,) = check(outside_plan, rules("budget_in_years")).findings
    assert (finding.place.table, finding.place.scope, finding.page.ref) == ("budget_line", "p1", "p1")


def test_budget_every_year():
    assert found(plan(), "budget_every_year") == []
    (finding,) = check(with_money(line(2027, 100), line(2028, 0)), rules("budget_every_year")).findings
    assert finding.message.params["years"] == "2026, 2028"


def test_budget_missing():
    assert found(plan(), "budget_missing") == []
    assert found(with_money(), "budget_missing") == ["checks.budget.missing"]
    assert found(with_money(line(2026, 0)), "budget_missing") == ["checks.budget.missing"]


def test_budget_source_known():
    assert found(plan(), "budget_source_known") == []
    assert found(with_money(line(2026, 100, "treasure")), "budget_source_known") == ["checks.budget.source"]


def test_non_apbd_source():
    assert found(plan(), "non_apbd_source") == ["checks.budget.non_apbd"]
    mixed = with_money(line(2026, 95), line(2026, 5, "csr"))
    assert found(mixed, "non_apbd_source") == []
    assert found(mixed, ("non_apbd_source", {"percent": 10})) == ["checks.budget.non_apbd_share"]
    assert found(with_money(), "non_apbd_source") == []
    assert found(mixed, ("non_apbd_source", {"min": 2})) == ["checks.budget.few_sources"]
    assert found(plan(), ("non_apbd_source", {"min": 2})) == ["checks.budget.non_apbd"]


def test_apbd_share():
    assert found(plan(), "apbd_share") == []
    assert found(with_money(line(2026, 5, "csr")), "apbd_share") == ["checks.budget.apbd"]
    mixed = with_money(line(2026, 5), line(2026, 95, "csr"))
    assert found(mixed, ("apbd_share", {"percent": 10})) == ["checks.budget.apbd_share"]
