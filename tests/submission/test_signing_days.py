"""On which days somebody may have signed: one day where a time is claimed, else all that are possible."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from desktop.submission.signing_days import signing_days
from desktop.submission.verdict import SignatureReport

SEALED = dt.datetime(2026, 12, 1, 3, tzinfo=dt.UTC)
NOW = SEALED + dt.timedelta(days=30)
SILENT = SignatureReport("a.pdf", "mayor", "A", "", "", "", None, test=False, anchor="", timestamped=False)


def manifest(code: str = "18.07") -> SimpleNamespace:
    return SimpleNamespace(moment=SEALED, region=SimpleNamespace(code=code))


def day(number: int, hour: int = 3) -> dt.datetime:
    return dt.datetime(2026, 12, number, hour, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("code", "hour", "found"),
    [("18.07", 15, "02"), ("18.07", 17, "03"), ("94.01", 14, "02"), ("94.01", 15, "03"), ("18.07", 0, "02")],
)
def test_a_claimed_time_is_of_one_day_as_it_is_in_the_region(code, hour, found) -> None:
    """The evening before counted as the next day: an office was held by whoever came into it then."""
    claimed = replace(SILENT, claimed_at=day(2, hour))
    assert signing_days([claimed], manifest(code), NOW)[0] == (f"2026-12-{found}",)


def test_a_clock_that_sees_it_later_makes_no_other_day_of_a_claim() -> None:
    """By the claim it was in time, by the clock its official was in office: one of the two is not so."""
    claimed = replace(SILENT, claimed_at=day(2), proven_at=day(3))
    assert signing_days([claimed], manifest(), NOW)[0] == ("2026-12-02",)
    contradicted = replace(claimed, not_before=day(5))
    assert signing_days([contradicted], manifest(), NOW)[0] == ("2026-12-05",)


def test_without_a_claim_it_may_be_of_any_day_that_nothing_speaks_against() -> None:
    people = [SimpleNamespace(since="2026-12-04", until=""), SimpleNamespace(since="", until="2026-12-20")]

    def days(**said: dt.datetime) -> list[str]:
        found = signing_days([replace(SILENT, **said)], manifest(), NOW, people)[0]
        return [each[8:] for each in found]

    assert days() == ["01", "04", "20", "31"]
    assert days(proven_at=day(10)) == ["01", "04", "10"]
    assert days(proven_at=day(10), valid_from=day(3)) == ["03", "04", "10"]
    # what it covers was there by then, as a clock says
    assert days(not_before=day(5), proven_at=day(10)) == ["05", "10"]
    assert days(not_before=day(12), proven_at=day(10)) == ["12"]


def test_a_clock_over_two_that_say_nothing_is_the_beginning_of_neither() -> None:
    """Anybody can have asked it later, of the closing: the upper one was of that day alone."""
    both = [replace(SILENT, role=role, proven_at=day(10)) for role in ("x", "y")]
    reports = [replace(SILENT, file="", role="team", claimed_at=day(3)), *both]
    for place in (1, 2):
        assert signing_days(reports, manifest(), NOW)[place] == ("2026-12-01", "2026-12-03")


@pytest.mark.parametrize(
    ("below", "above", "closing", "found"),
    [
        (None, None, {}, ("01", "31")),
        (5, None, {}, ("05", "31")),
        (None, 7, {}, ("01", "07")),
        (None, None, {"claimed_at": day(9)}, ("01", "09")),
        (5, 7, {"claimed_at": day(9)}, ("05", "07")),
        # a stranger and a trainee close a copy with whatever day, and speak of nobody else
        (5, None, {"claimed_at": day(2), "asked": False}, ("05", "31")),
        (5, None, {"claimed_at": day(9), "test": True}, ("05", "31")),
        (5, None, {"claimed_at": day(2)}, ("05",)),
    ],
)
def test_where_one_says_nothing_the_claims_of_those_beside_him_count(below, above, closing, found) -> None:
    """The former mayor signed over a colleague who says to have signed after his term."""
    team = replace(SILENT, file="", role="team", **closing)
    other = replace(SILENT, file="b.pdf", claimed_at=day(20))
    reports = [team, other]
    reports += [replace(SILENT, role="x", claimed_at=day(below))] if below else []
    place = len(reports)
    reports.append(SILENT)
    reports += [replace(SILENT, role="y", claimed_at=day(above))] if above else []
    days = signing_days(reports, manifest(), NOW)[place]
    assert tuple(each[8:] for each in days) == found
