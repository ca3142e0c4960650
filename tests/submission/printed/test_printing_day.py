"""The day on which documents count as printed: one of those that the plan names, so that bytes stay equal."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from desktop.submission.printed.printing_day import printing_day, printing_days, stated_day

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


def test_a_stated_day_is_one_that_sealing_may_take() -> None:
    data = (
        b'{"until":"2026-11-30","since":"2026-12-05","no":"2026-13-45","long":"12026-12-20","2026-12-301":0}'
    )
    may = set(printing_days(data, CHANGED, dt.date.max))
    for later in range(-30, 60):
        day = CHANGED + dt.timedelta(days=later)
        manifest = SimpleNamespace(
            application=SimpleNamespace(printing=2), region=SimpleNamespace(code="18.07"),
            moment=dt.datetime(2026, 11, 19, 20, tzinfo=dt.UTC), printed_on=day.isoformat(),
        )  # fmt: skip
        assert stated_day(manifest, data) == (day if day in may else CHANGED)  # type: ignore[arg-type]
