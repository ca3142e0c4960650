"""The story of a workspace: pages, filters, families, and what came in since some heads."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Message, clock
from desktop.workspace import Author, Workspace, since, story
from desktop.workspace.story import Wanted
from tests.workspace.histories import Copies
from tests.workspace.histories import seed as seed_rows
from tests.workspace.test_merge_laws import LABEL, apart, set_status

PART = Message("workspace.label.resolve")


def told(workspace: Workspace, wanted: Wanted) -> list[str]:
    """The ids of a part of the story, page by page."""
    found, after = story.steps(workspace, wanted, limit=3)
    while after is not None:
        more, after = story.steps(workspace, wanted, after, limit=3)
        found += more
    return [each.id for each in found]


def test_pages_follow_each_other_without_gap_or_repetition(workspace: Workspace) -> None:
    for n in range(10):
        with workspace.operation(LABEL) as op:
            op.insert("agency", code=str(n))
    ids = [each.id for each in workspace.recent(100)]
    assert told(workspace, Wanted()) == ids
    assert story.count(workspace) == len(ids)


def test_a_day_is_the_readers_own(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (1, 2, 2, 3):
        at = dt.datetime(2031, 5, day, 23, 30).astimezone()
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        with workspace.operation(LABEL) as op:
            op.insert("agency", code="x")
    second = dt.date(2031, 5, 2)
    assert story.count(workspace, Wanted(since=second, until=second)) == 2
    assert story.count(workspace, Wanted(since=second)) == 3
    assert story.count(workspace, Wanted(since=dt.date(2031, 5, 1), until=second)) == 3
    assert story.count(workspace, Wanted(until=dt.date.max)) > 4
    assert story.count(workspace, Wanted(since=dt.date.min)) > 4


def test_by_person_by_row_and_by_field(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    set_status(mine, row, "a")
    set_status(theirs, row, "b")
    with theirs.operation(LABEL) as op:
        op.set("programme", row, title={"en": "Plan"})
    mine.bring_back(theirs.path)
    assert story.count(mine, Wanted(authors=frozenset({"Budi"}))) == 2
    assert story.count(mine, Wanted(authors=frozenset())) == 0
    assert {each.author for each in story.hands(mine).hands} == {"Sari", "Budi"}
    row_of = frozenset({("programme", row)})
    assert story.count(mine, Wanted(rows=row_of, field="status")) == 3, "and the edit that made the row"
    assert story.count(mine, Wanted(rows=row_of, field="title")) == 2
    assert story.count(mine, Wanted(rows=frozenset())) == 0
    newest = story.steps(mine, Wanted(rows=row_of))[0]
    assert [each.arrived for each in newest].count(True) == 2


def test_details_tell_before_and_after_and_leave_out_what_says_nothing(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        row = op.insert("programme", title={"id": "Satu", "en": "One"}, status="plan")
    made = workspace.recent(1)[0].id
    with workspace.operation(LABEL) as op:
        op.set("programme", row, title={"id": "Dua"}, status="run")
        other = op.insert("programme", title={"id": "Lain"})
    changed = workspace.recent(1)[0].id
    with workspace.operation(LABEL) as op:
        op.delete("programme", other)
    gone = workspace.recent(1)[0].id
    found = story.details(workspace, [made, changed, gone])
    assert {each.field: each.after for each in found[made]} == {
        "title:id": "Satu", "title:en": "One", "status": "plan",
    }  # fmt: skip
    mine = [each for each in found[changed] if each.row == row]
    assert [(each.field, each.before, each.after) for each in mine] == [
        ("title:id", ("Satu",), "Dua"), ("status", ("plan",), "run"),
    ]  # fmt: skip
    assert [(each.kind, each.field) for each in found[gone]] == [("D", "")]
    narrow = story.details(workspace, [changed], {("programme", row)}, "status")
    assert [each.field for each in narrow[changed]] == ["status"]


def test_a_family_is_a_row_with_all_that_was_ever_part_of_it(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        row = op.insert("programme", title={"id": "Satu"})
        other = op.insert("programme", title={"id": "Dua"})
        line = op.put("budget_line", programme=row, year=2026, source="apbd", indicative=5)
        op.put("budget_line", programme=other, year=2026, source="apbd", indicative=5)
        indicator = op.insert("indicator", programme=row, name={"id": "Layanan"})
        target = op.put("target", indicator=indicator, year=2026, target="5")
    with workspace.operation(LABEL) as op:
        op.delete("budget_line", line)
    mine = {("programme", row), ("budget_line", line), ("indicator", indicator), ("target", target)}
    assert story.family(workspace, "programme", row) == mine
    said = story.facts(workspace, mine | {("nonsense", "x"), ("programme", "nobody")})
    assert said["budget_line", line]["indicative"] == 5, "as it was before it went"
    assert said["programme", row]["title"]["id"] == "Satu"
    assert story.standing(workspace, mine) == mine - {("budget_line", line)}


def test_what_came_in_since(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    seen = since.heads(mine)
    assert since.since(mine, seen) == frozenset()
    set_status(theirs, row, "b")
    his = since.heads(theirs)
    set_status(mine, row, "a")
    own = since.heads(mine)
    mine.bring_back(theirs.path)
    assert since.since(mine, seen) == {*his, *own}
    assert since.since(mine, own) == {*his}, "what stands beside is new as well"
    assert since.since(mine, his) == {*own}
    assert since.since(mine, [*own, *his]) == frozenset()
    assert since.since(mine, []) == mine._journal.ids()
    assert since.since(mine, ["0" * 64]) == mine._journal.ids(), "what is not here says nothing"
    assert since.below(mine, [*own, "0" * 64]) == {*own}


@pytest.mark.slow
@pytest.mark.uncounted
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_since_is_everything_but_the_past_of_the_known(
    make: Callable[..., Workspace], tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    rng = random.Random(seed)
    folder: Path = tmp_path_factory.mktemp("story")
    template = make(folder.name)
    seed_rows(template)
    shutil.copy(template.path, folder / "first.rancang")
    first = Workspace(folder / "first.rancang", Author("Sari"), read_only=False)
    first._connect()
    world = Copies(first, folder, 3)
    try:
        for _ in range(rng.randrange(4, 24)):
            world.act(rng)
        for copy in world.copies:
            sets = {each.id: each.parents for each in copy._journal.change_sets()}
            known = rng.sample(sorted(sets), rng.randrange(0, min(3, len(sets)) + 1))
            past, queue = set(), list(known)
            while queue:
                one = queue.pop()
                if one not in past:
                    past.add(one)
                    queue += sets[one]
            since._Walk.STRETCH = rng.choice([1, 3, 500])
            assert since.since(copy, known) == sets.keys() - past
    finally:
        since._Walk.STRETCH = 500
        world.close()
        first.close()
