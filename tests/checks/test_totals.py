import pytest

from desktop.checks.totals import BY, Totals
from desktop.workspace.plan import Ceiling
from tests.checks.build import PACK, line, plan, programme

MADE = plan(
    programmes=(
        programme(budget=(line(2026, 100), line(2027, 200, "csr", ceiling=90))),
        programme(
            id="p2", dimension="mobility", lead="", budget=(line(2026, 50, "gold"), line(2033, 7)),
            ceilings=(Ceiling("c", 2026, 40, ""), Ceiling("d", 2027, None, "")),
        ),
    )
)  # fmt: skip


def test_every_sum_comes_to_the_same_whole():
    totals = Totals(MADE, PACK)
    assert totals.total.whole == 357
    for what in BY:
        assert sum(each.whole for each in totals.by(what)) == 357
    assert totals.years == (2026, 2027, 2028, 2029, 2030, 2033)
    assert totals.total.years == {2026: 150, 2027: 200, 2033: 7}
    assert [(each.key, each.whole) for each in totals.by("source")] == [
        ("apbd", 107), ("csr", 200), ("gold", 50),
    ]  # fmt: skip
    assert [each.key for each in totals.by("dimension")] == ["governance", "mobility"]
    assert [each.key for each in totals.by("agency")] == ["a1", ""]
    assert [each.key for each in totals.by("programme")] == ["p1", "p2"]


def test_shares_and_ceilings():
    totals = Totals(MADE, PACK)
    assert totals.kinds == {"apbd": 107, "non_apbd": 200, "": 50}
    assert (totals.per_mille("apbd"), totals.per_mille("non_apbd")) == (300, 560)
    assert totals.ceilings == {2026: 40}
    ceilings = Totals(MADE, PACK, "ceiling")
    assert ceilings.total.whole == 90
    assert ceilings.stated
    nothing = Totals(MADE, PACK, "realised")
    assert (nothing.stated, nothing.per_mille("apbd"), nothing.by("source")) == (False, None, ())
    with pytest.raises(ValueError, match="spent"):
        Totals(MADE, PACK, "spent")
