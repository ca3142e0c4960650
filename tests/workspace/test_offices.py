"""Who holds an office on a day."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workspace.offices import by_role, holder, holders, tenure
from desktop.workspace.plan import Person, Text

DAY = dt.date(2026, 6, 1)


def person(name="Ani", role="head", since="", until=""):
    return Person("p", name, Text(), role, "", "", "", since, until)


def plan(*people):
    return SimpleNamespace(people=people)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("", "", "current"),
        ("2026-06-01", "2026-06-01", "current"),
        ("2026-06-02", "", "future"),
        ("", "2026-05-31", "former"),
    ],
)
def test_both_ends_of_a_term_belong_to_it(since, until, said):
    assert tenure(person(since=since, until=until), DAY) == said


def test_the_holder_of_the_day_signs_not_the_one_before_or_after():
    before, now, after = (
        person("Ani", until="2026-03-31"),
        person("Budi", since="2026-04-01", until="2026-12-31"),
        person("Cici", since="2027-01-01"),
    )
    there = plan(before, now, after)
    assert holder(there, "head", DAY) is now
    assert holder(there, "head", dt.date(2026, 3, 31)) is before
    assert holder(there, "head", dt.date(2027, 1, 1)) is after
    assert holder(there, "other", DAY) is None
    assert by_role(there, ["head", "other"], DAY) == {"head": now}


def test_of_two_holders_the_one_in_office_last_signs_and_a_name_goes_before_none():
    first, second, blank = (
        person("Ani", since="2024-01-01"), person("Budi", since="2026-01-01"), person("", since="2026-05-01"),
    )  # fmt: skip
    assert holder(plan(first, second, blank), "head", DAY) is second
    assert holders(plan(first, second, blank), "head", DAY) == (first, second)
    assert holder(plan(blank), "head", DAY) is blank


def test_nobody_whose_term_is_over_is_named():
    assert holder(plan(person(until="2026-05-31")), "head", DAY) is None


days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)).map(dt.date.isoformat) | st.just("")


@given(st.lists(st.tuples(days, days)), st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)))
def test_the_holder_is_always_one_of_the_holders(terms, day):
    there = plan(*(person(f"n{at}", since=since, until=until) for at, (since, until) in enumerate(terms)))
    found, all_of_them = holder(there, "head", day), holders(there, "head", day)
    assert (found is None) == (not all_of_them)
    assert found is None or found in all_of_them
