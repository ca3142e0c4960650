"""How long what is done without a window takes, as ratios to what was promised (above 1 is too slow).

Run by hand: python -m pytest -q tests/bench/bench_rooms.py
Figures are printed, and what is past its limit fails at the end, named. That each of these costs no more
work than it should is held on to by the tests beside what they test, which count work and know no
clock. Time is the processor's.
"""

from __future__ import annotations

from desktop.base import Language
from desktop.base.spelling import dictionary
from desktop.books.compose import compose
from desktop.books.pdf import render_pdf
from desktop.checks import check
from desktop.exchange.finding import Query, find
from desktop.workspace.nomenclature import CodeList
from tests.bench.figures import repeated, tell  # noqa: F401 - a fixture
from tests.books import plans
from tests.checks.test_any_plan import large_plan
from tests.checks.test_run import everything
from tests.data.planning import tables
from tests.exchange.lists import new_workspace
from tests.exchange.searching import test_index
from tests.exchange.test_finding import DO, forty_thousand, workspace  # noqa: F401 - what is measured
from tests.exchange.test_planning_tables import look, take
from tests.workspace import test_nomenclature

# ruff: noqa: F811 - fixtures are parameters of the same name

KEY = 16.0
"""Milliseconds of a frame: what follows a key."""


def test_words(tell):
    judge = dictionary(Language.ID)
    words = [f"{stem}{end}" for stem in ("pelayan", "kabupat", "terukr") for end in "abcdefghij"]
    tell("a word judged", [each for word in words for each in repeated(1, judge.knows, word)], 0.1)


def test_codes(tell):
    listed = CodeList.of(test_nomenclature.large(20_000)).prepare()
    for typed in test_nomenclature.KEYS:
        tell(f"20,000 codes searched for {typed}", repeated(5, listed.search, typed, "activity"), KEY)


def test_index_of_texts(tell):
    index = test_index.many_texts(20_000)
    for typed in test_index.KEYS:
        tell(f"20,000 texts searched for {typed}", repeated(5, index.find, typed), 30.0)
    index.close()


def test_checks(tell):
    made, pack = large_plan(), everything()
    check(made, pack)
    tell("a plan of 300 programmes checked", repeated(3, check, made, pack), 150.0)


def test_finding(workspace, tell):
    with workspace.operation(DO) as op:
        forty_thousand(op)
    plan, pack = workspace.plan(), workspace.pack()
    tell("40,000 words looked through", repeated(3, find, plan, pack, Query("anggaran")), 200.0)


def test_renstra(tmp_path, tell):
    path, found = tables.renstra(tmp_path, 300), []
    with new_workspace(tmp_path / "region.rancang") as made:
        tell("300 programmes read", repeated(1, lambda: found.append(look(made, path))), 2_000.0)
        tell(
            "300 programmes taken over", repeated(1, lambda: take(made, found[0], activities="none")), 1_500.0
        )


def test_book(tell):
    plan, pack, made = plans.many(300), plans.pack(), []

    def composed():
        made.append(compose(plan, pack, "everything", Language.ID, draft=True))

    tell("a book of 300 programmes composed", repeated(1, composed), 1_000.0)
    tell("a book of 300 programmes printed", repeated(1, render_pdf, made[0]), 5_000.0)
