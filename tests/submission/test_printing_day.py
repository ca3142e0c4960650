"""The day on which documents count as printed: one of those that the plan names, so that bytes stay equal."""

from __future__ import annotations

import datetime as dt

from desktop.submission.printing_day import printing_day, printing_days

CHANGED = dt.date(2026, 11, 20)


at = dt.date.fromisoformat


def test_a_plan_that_names_no_day_is_printed_on_that_of_its_last_change() -> None:
    assert printing_day(b"{}", CHANGED, at("2027-05-01")) == CHANGED
    assert printing_day(b"{}", CHANGED, at("2026-01-01")) == CHANGED, "a clock that is behind"


def test_a_term_counts_from_its_day_and_until_the_day_after() -> None:
    data = b'{"until":"2026-11-30","since":"2026-12-01","no":"2026-13-45","long":"12026-12-05"}'
    days = [str(one) for one in printing_days(data, CHANGED, at("2027-01-01"))]
    assert days == ["2026-11-20", "2026-11-30", "2026-12-01", "2026-12-02"]
    assert str(printing_day(data, CHANGED, at("2026-11-30"))) == "2026-11-30"
    assert str(printing_day(data, CHANGED, at("2026-11-29"))) == "2026-11-20"
    assert printing_day(b'"9999-12-31"', CHANGED, at("2027-01-01")) == CHANGED
