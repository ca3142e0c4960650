import pytest

from desktop.checks import check
from tests.checks.build import found, indicator, plan, programme, rules


def with_indicator(**changes):
    return plan(programmes=(programme(indicators=(indicator(**changes),)),))


@pytest.mark.parametrize(
    ("direction", "baseline", "targets", "told"),
    [
        ("up", "99.09", ("99.3", "99.5", "99.6"), []),
        ("down", "98.8", ("90", "86", "78"), []),  # maternal mortality: falling is better
        ("down", "11.9", ("10.8", "9.0", "9"), []),  # 9.0 and 9 are the same figure
        ("up", "-5.7", ("2", "7", "10"), []),  # a negative baseline
        ("keep", "100", ("100", "100.0", "100"), []),
        ("keep", "202.65", ("100", "100", "100"), []),
        ("up", "202.65", ("100", "100", "100"), ["checks.indicator.below_baseline"]),
        ("down", "50", ("50", "55"), ["checks.indicator.above_baseline", "checks.indicator.rises"]),
        ("up", "50", ("60", "55", "70"), ["checks.indicator.falls"]),
        ("up", "50", ("60", None, "55"), ["checks.indicator.falls"]),
        ("down", None, ("60", "70"), ["checks.indicator.rises"]),
        ("keep", "50", ("50", "60", "70"), ["checks.indicator.changes"]),
        ("", "50", ("60",), ["checks.indicator.no_direction"]),
        ("sideways", "50", ("60",), ["checks.indicator.no_direction"]),
        ("up", "50", (), []),
    ],
)
def test_target_direction(direction, baseline, targets, told):
    made = with_indicator(direction=direction, baseline=baseline, targets=targets)
    assert found(made, "target_direction") == told


def test_tenths_are_compared_exactly():
    assert found(with_indicator(baseline="0.3", targets=("0.30", "0.3")), "target_direction") == []


def test_the_finding_points_at_the_target_and_is_remembered_by_the_indicator():
    first = check(with_indicator(targets=("60", "55", "70")), rules("target_direction")).findings[0]
    then = check(with_indicator(targets=("60", "70", "65")), rules("target_direction")).findings[0]
    assert (first.place.row, then.place.row) == ("target-2027", "target-2028")
    assert first.key == then.key


def test_baseline_missing():
    assert found(plan(), "baseline_missing") == []
    assert found(with_indicator(baseline=None), "baseline_missing") == ["checks.indicator.baseline"]
    assert found(with_indicator(baseline="0"), "baseline_missing") == []


def test_targets_missing():
    assert found(plan(), "targets_missing") == []
    assert found(with_indicator(targets=("60", "70")), "targets_missing") == ["checks.indicator.targets"]
    gap = with_indicator(targets=("60", None, "80"))
    assert found(gap, "targets_missing") == []
    (finding,) = check(gap, rules(("targets_missing", {"every_year": True}))).findings
    assert finding.message.params["years"] == "2027"


def test_indicator_and_unit_missing():
    assert found(plan(), "indicator_missing", "unit_missing") == []
    assert found(plan(programmes=(programme(indicators=()),)), "indicator_missing") == [
        "checks.indicator.missing"
    ]
    assert found(with_indicator(unit=" "), "unit_missing") == ["checks.indicator.unit"]
