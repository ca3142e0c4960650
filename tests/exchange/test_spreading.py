from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.spreading import shares, spread
from tests.checks.build import line, programme


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**12), min_size=1, max_size=40))
def test_no_rupiah_is_lost(total, weights):
    assert sum(shares(total, weights)) == total


def test_a_total_is_spread_equally_or_by_what_stands_there():
    made = programme(budget=(line(2026, 100), line(2027, 300), line(2029, 5)))
    assert spread(made, "indicative", 10, [2026, 2027, 2028], ["apbd"]) == {
        ("apbd", 2026): 4, ("apbd", 2027): 3, ("apbd", 2028): 3, ("apbd", 2029): None,
    }  # fmt: skip
    now = spread(made, "indicative", 1000, [2026, 2027], ["apbd", "csr"], as_now=True)
    assert now == {("apbd", 2026): 250, ("apbd", 2027): 750, ("apbd", 2029): None}
    assert spread(made, "ceiling", 7, [2026], ["csr"]) == {("csr", 2026): 7}
