"""Whatever a plan says, the checks answer; and they answer while somebody types."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Language, render
from desktop.checks import check, progress, readiness_scores
from desktop.workspace.plan import (
    Answer,
    BudgetLine,
    Cell,
    Comment,
    Deadline,
    EvidenceFile,
    Indicator,
    OpenConflict,
    Place,
    Row,
    SetAside,
    Target,
    Text,
)
from tests.checks.build import PACK, indicator, line, plan, programme, row, rules, text, with_answers
from tests.checks.test_run import everything
from tests.effort import steps

pytestmark = [pytest.mark.uncounted, pytest.mark.slow]

words = st.sampled_from(
    ["", " ", "-", "tidak ada", "<p>a</p>", "<p", "&amp;", "Pengadaan server", "Layanan warga", "{n}", "\x00"]
) | st.text(max_size=12)
texts = st.builds(
    Text,
    st.dictionaries(st.sampled_from(["id", "en", "su"]), words, max_size=3),
    st.dictionaries(st.sampled_from(["id", "en"]), words, max_size=2),
)
ids = st.sampled_from(["", "a1", "p1", "governance", "service", "apbd", "profile.about", "hr", "rating", "x"])
years = st.none() | st.integers(-5, 3000)
amounts = st.none() | st.integers(-(10**18), 10**18)
decimals = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3)
values = st.none() | words | st.booleans() | st.integers() | st.lists(words, max_size=3).map(tuple)
places = st.builds(Place, ids, ids, ids, ids, ids, ids)
lines = st.builds(BudgetLine, ids, st.integers(-5, 3000), ids, amounts, amounts, amounts)
targets = st.builds(Target, ids, st.integers(-5, 3000), decimals, decimals)
indicators = st.builds(
    Indicator,
    ids, texts, words, st.sampled_from(["up", "down", "keep", "", "x"]), decimals, years, words,
    st.lists(targets, max_size=4).map(tuple), st.just(""),
)  # fmt: skip
programmes = st.builds(
    programme,
    id=ids, code=words, title=texts, dimension=ids, sub_dimension=ids, lead=ids, service=texts, before=texts,
    after=texts, served=texts, technology=texts, start_year=years, end_year=years, quick_win=st.booleans(),
    total_budget=amounts, budget=st.lists(lines, max_size=4).map(tuple),
    indicators=st.lists(indicators, max_size=3).map(tuple),
)  # fmt: skip
cells = st.dictionaries(
    st.sampled_from(["rating", "condition", "strength", "x"]), st.builds(Cell, values, texts), max_size=3
)
due = st.dates().map(lambda day: day.isoformat())
days = st.just("") | due
rows = st.builds(Row, ids, ids, ids, ids, st.just(""), cells)
items = st.sampled_from(
    [
        "profile.about",
        "profile.decree",
        "profile.meetings",
        "chapter.I.1",
        "quick_win.benefit",
        "programme.place",
    ]
)
plans = st.builds(
    lambda **fields: replace(plan(), **fields),
    first_year=st.integers(1990, 2030), last_year=st.integers(1990, 2045),
    source_language=st.sampled_from(["id", "en", ""]),
    programmes=st.lists(programmes, max_size=4).map(tuple),
    answers=st.dictionaries(st.tuples(items, ids), st.builds(Answer, items, ids, values, texts, st.just(""))),
    rows=st.dictionaries(st.sampled_from(["readiness", "swot", "x"]), st.lists(rows, max_size=4).map(tuple)),
    evidence=st.lists(
        st.builds(
            EvidenceFile,
            ids, ids, words, words, st.integers(0), texts, st.booleans(),
            st.lists(places, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    set_aside=st.dictionaries(words, st.builds(SetAside, ids, words, words, words), max_size=2),
    conflicts=st.lists(st.builds(OpenConflict, ids, ids, ids, words), max_size=3).map(tuple),
    comments=st.lists(
        st.builds(
            Comment,
            ids, places, ids, words, words, words, words, st.sampled_from(["", "2026-11-24T01:00:00+00:00"]),
            st.sampled_from(["open", "done", "declined"]), ids, ids, days,
        ),
        max_size=3,
    ).map(tuple),
    deadlines=st.lists(
        st.builds(Deadline, ids, st.sampled_from(["", "form", "chapter", "x"]), ids, ids, due, words),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


FEW = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


def checked(made):
    """No plan brings the checks down."""
    report = check(made, everything())
    again = check(made, everything())
    assert report == again
    assert len({finding.key for finding in report.findings}) == len(report.findings)
    for finding in report.findings[:20]:
        assert render(finding.message, Language.ID)
    measured = progress(made, PACK)
    assert 0 <= measured.filled <= measured.required
    scores = readiness_scores(made, PACK)
    assert scores.overall.mean is None or scores.least <= scores.overall.mean <= scores.most


test_no_plan_brings_the_checks_down = FEW(given(plans)(checked))
test_no_plan_of_many_does = pytest.mark.torture(settings(FEW, max_examples=3_000)(given(plans)(checked)))


def large_plan(programmes=300):
    """Programmes with budget and indicators, 33 times as many filled cells, every text in two languages."""
    many = tuple(
        programme(
            id=f"p{n}",
            title=text(f"Layanan perizinan nomor {n} bagi pelaku usaha", f"Licensing {n} for small firms"),
            budget=tuple(line(year, 10**9 + n) for year in range(2026, 2031)),
            indicators=(indicator(id=f"i{n}", targets=("60", "65", "70", "75", "80")),),
            total_budget=5 * (10**9 + n),
            end_year=2030,
        )
        for n in range(programmes)
    )
    sheets = {
        "swot": tuple(
            row(
                f"s{n}", "swot",
                strength=text(f"Nelayan terampil di kecamatan {n}", f"Skilled fishers in district {n}"),
                weakness=text(f"Dermaga di kecamatan {n} rusak", f"The pier of district {n} is broken"),
            )
            for n in range(programmes * 50 // 3)
        )
    }  # fmt: skip
    return with_answers(programmes=many, rows=sheets)


def test_four_times_as_large_a_plan_takes_some_four_times_as_much_checking():
    """Milliseconds: tests/bench/bench_rooms.py."""
    pack = everything()
    check(large_plan(1), pack)
    small, large = (steps(check, large_plan(n), pack) for n in (15, 60))
    assert large < 6 * small


def test_decimals_of_any_length_keep_their_value():
    made = plan(
        programmes=(programme(indicators=(indicator(baseline="0.1", targets=("0.1" + "0" * 40 + "1",)),)),)
    )
    assert check(made, rules("target_direction")).findings == ()
    assert Decimal("0.1" + "0" * 40 + "1") > Decimal("0.1")
