"""Positions: there is always room, and they stay short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workspace.order import between


@given(st.lists(st.integers(0, 1_000), max_size=200))
def test_there_is_always_a_place_between(choices: list[int]) -> None:
    placed: list[str] = []
    for choice in choices:
        at = choice % (len(placed) + 1)
        new = between(placed[at - 1] if at else "", placed[at] if at < len(placed) else "")
        placed.insert(at, new)
        assert not new.endswith("0")
    assert placed == sorted(set(placed))


@pytest.mark.slow
def test_ten_thousand_rows_at_the_end_stay_short() -> None:
    last = ""
    for _ in range(10_000):
        last = between(last, "")
    assert len(last) < 300


def test_equal_ends_are_answered() -> None:
    assert between("5", "5") > "5"
