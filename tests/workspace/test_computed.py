"""A column that is worked out says the present difference, whatever was typed into it before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.guideline.pack import Field
from desktop.workspace.computed import cell_of, worked_out
from tests.checks.build import local, row

GAP = Field(id="gap", label=local("Gap"), type="decimal", difference=("target", "now"))
WHOLE = Field(id="gap", label=local("Gap"), type="integer", difference=("target", "now"))


@pytest.mark.parametrize(
    ("column", "target", "now", "gap"),
    [
        (GAP, "80.5", "72", "8.5"),
        (GAP, "10", "32.66", "-22.66"),
        (WHOLE, 12, 5, 7),
        (WHOLE, "1.5", 1, "0.5"),
        (GAP, "80", None, None),
        (GAP, "banyak", "2", None),
        (GAP, True, "2", None),
    ],
)
def test_the_first_less_the_second_or_nothing(column, target, now, gap):
    assert worked_out(column, row("r", "s", target=target, now=now)) == gap


def test_a_typed_figure_shows_only_where_there_is_nothing_to_work_with():
    assert cell_of(GAP, row("r", "s", target="3", now="1", gap="9")).value == "2"
    assert cell_of(GAP, row("r", "s", target="3", gap="9")).value == "9"


@given(st.decimals(-(10**9), 10**9, places=3), st.decimals(-(10**9), 10**9, places=3))
def test_it_is_exact(target, now):
    from decimal import Decimal

    found = worked_out(GAP, row("r", "s", target=f"{target:f}", now=f"{now:f}"))
    assert Decimal(found) == target - now
