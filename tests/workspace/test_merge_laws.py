"""The laws of merging, on random histories: equal everywhere, nothing lost, in any order, twice or once."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from desktop.base import Message
from desktop.workspace import Workspace
from desktop.workspace.errors import IncompleteChanges
from tests.workspace.histories import (
    HOW,
    Copies,
    hurried,
    incoming_from,
    integrity,
    oracle,
    state,
    take,
    unite,
)
from tests.workspace.histories import seed as seed_rows

pytestmark = pytest.mark.uncounted


@pytest.fixture
def template(make: Callable[..., Workspace]) -> Path:
    """A small workspace that every history starts from."""
    workspace = make("template")
    seed_rows(workspace)
    workspace.close()
    return workspace.path


def run(template: Path, folder: Path, rng: random.Random) -> None:
    """One history: people work apart and together, then everybody gets everything."""
    shutil.copy(template, folder / "first.rancang")
    first = hurried(folder / "first.rancang", "Sari")
    world = Copies(first, folder, rng.choice([2, 2, 3, 3, 4]))
    try:
        for _ in range(rng.randrange(4, 24)):
            world.act(rng)
        integrity(rng.choice(world.copies))
        for copy in world.copies:
            oracle(copy, world.seen_when_written)
        pairs = [*itertools.permutations(range(len(world.copies)), 2)]
        rng.shuffle(pairs)
        for source, target in [*pairs, *pairs]:
            world.sync(source, target, rng.choice(HOW[:4]))
        reference = state(first)
        for copy in world.copies:
            assert state(copy) == reference
        integrity(first)
        oracle(first, world.seen_when_written)
        take(first, world.copies[1])
        assert state(first) == reference
    finally:
        world.close()
        first.close()


@pytest.mark.slow
@pytest.mark.parametrize("block", range(2))
def test_random_histories_end_equal_with_nothing_lost(template: Path, tmp_path: Path, block: int) -> None:
    """40 histories in two blocks; the ten thousand run behind the torture marker (test_torture.py)."""
    count = itertools.count()

    @seed(block)
    @settings(
        max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    @given(st.integers(0, 2**32))
    def histories(number: int) -> None:
        folder = tmp_path / str(next(count))
        folder.mkdir()
        run(template, folder, random.Random(number))

    histories()


def apart(make: Callable[..., Workspace]) -> tuple[Workspace, Workspace, str]:
    """Two copies of one workspace with a programme; returns its id too."""
    mine = make("mine")
    seed_rows(mine)
    theirs = make("theirs", copy_of=mine, person="Budi")
    return mine, theirs, mine.plan().programmes[0].id


LABEL = Message("workspace.label.resolve")


def write(workspace: Workspace, row: str, text: str) -> None:
    with workspace.operation(LABEL) as op:
        op.write("programme", row, "service", "id", text)


def set_status(workspace: Workspace, row: str, status: str) -> None:
    with workspace.operation(LABEL) as op:
        op.set("programme", row, status=status)


def test_editing_a_field_filled_differently_settles_it_everywhere(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    set_status(mine, row, "a")
    set_status(theirs, row, "b")
    take(mine, theirs)
    assert [c.field for c in mine.conflicts()] == ["status"]
    set_status(mine, row, "c")
    assert mine.conflicts() == []
    take(theirs, mine)
    assert theirs.conflicts() == []
    assert theirs.plan().programmes == mine.plan().programmes


def test_settling_by_the_value_already_shown_is_an_edit_too(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    set_status(mine, row, "a")
    set_status(theirs, row, "b")
    take(mine, theirs)
    shown = next(p.status for p in mine.plan().programmes if p.id == row)
    set_status(mine, row, shown)
    assert mine.conflicts() == []


def test_two_who_settle_differently_differ_again_and_equally_do_not(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    set_status(mine, row, "a")
    set_status(theirs, row, "b")
    take(mine, theirs)
    take(theirs, mine)
    set_status(mine, row, "c")
    set_status(theirs, row, "c")
    take(mine, theirs)
    assert mine.conflicts() == []


def test_texts_merge_over_a_common_base_that_is_not_empty(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    write(mine, row, "Alpha one. Beta two.")
    take(theirs, mine)
    write(mine, row, "Alpha one. Beta zwei.")
    write(theirs, row, "Alpha eins. Beta two.")
    take(mine, theirs)
    assert mine.conflicts() == []
    assert mine.plan().programmes[0].service.read("id") == "Alpha eins. Beta zwei."


def test_criss_cross_texts_merge(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    write(mine, row, "Satu. Dua. Tiga. Empat.")
    take(theirs, mine)
    write(mine, row, "SATU. Dua. Tiga. Empat.")
    write(theirs, row, "Satu. DUA. Tiga. Empat.")
    take(mine, theirs)
    take(theirs, mine)
    write(mine, row, "SATU. DUA. TIGA. Empat.")
    write(theirs, row, "SATU. DUA. Tiga. EMPAT.")
    take(mine, theirs)
    take(theirs, mine)
    assert mine.conflicts() == theirs.conflicts() == []
    assert mine.plan().programmes[0].service.read("id") == "SATU. DUA. TIGA. EMPAT."


def test_each_writes_on_in_what_the_other_had_written(make: Callable[..., Workspace]) -> None:
    """After a criss-cross the base is what both had by then, not what either of them started from."""
    mine, theirs, row = apart(make)
    write(mine, row, "Satu. Dua. Tiga.")
    take(theirs, mine)
    write(mine, row, "SATU. Dua. Tiga.")
    write(theirs, row, "Satu. DUA. Tiga.")
    take(mine, theirs)
    take(theirs, mine)
    write(mine, row, "SATU. DUA LAGI. Tiga.")
    write(theirs, row, "SATU LAGI. DUA. Tiga.")
    take(mine, theirs)
    assert mine.conflicts() == []
    assert mine.plan().programmes[0].service.read("id") == "SATU LAGI. DUA LAGI. Tiga."


def test_what_rests_on_missing_changes_is_refused_though_it_replaces_none(
    make: Callable[..., Workspace],
) -> None:
    mine, theirs, _ = apart(make)
    known = mine._journal.ids()
    for title in ("first", "second"):
        with theirs.operation(LABEL) as op:
            op.insert("agency", name={"id": title})
    came = incoming_from(theirs)
    new = tuple(c for c in came.change_sets if c.id not in known)
    before = state(mine)
    with pytest.raises(IncompleteChanges):
        unite(mine, replace(came, change_sets=new[1:]))
    assert state(mine) == before
    assert unite(mine, replace(came, change_sets=new[::-1])).change_sets == 2


def test_what_is_written_after_a_merge_rests_on_both(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    for status in ("a", "b", "c"):
        set_status(mine, row, status)
    write(theirs, row, "Satu.")
    heads = {*mine._journal.newest(), *theirs._journal.newest()}
    take(mine, theirs)
    assert {*mine._journal.newest()} == heads
    set_status(mine, row, "d")
    assert len(mine._journal.newest()) == 1
    take(theirs, mine)
    assert theirs._journal.newest() == mine._journal.newest()


def test_an_edit_on_what_a_colleague_deleted_stays_and_is_shown(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    set_status(mine, row, "a")
    with theirs.operation(LABEL) as op:
        op.delete("programme", row)
    take(mine, theirs)
    take(theirs, mine)
    for copy in (mine, theirs):
        assert row in {p.id for p in copy.plan().programmes}
        assert ("delete-edit", row) in {(c.kind, c.row) for c in copy.conflicts()}
    mine.resolve(next(c for c in mine.conflicts() if c.kind == "delete-edit"), keep=False)
    take(theirs, mine)
    assert row not in {p.id for p in theirs.plan().programmes}
    assert theirs.conflicts() == []


def test_a_part_added_to_what_a_colleague_deleted_brings_it_back(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    with mine.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2030, source="csr", indicative=7)
    with theirs.operation(LABEL) as op:
        op.delete("programme", row)
    take(mine, theirs)
    take(theirs, mine)
    for copy in (mine, theirs):
        assert ("deleted-parent", row) in {(c.kind, c.row) for c in copy.conflicts()}
        found = next(p for p in copy.plan().programmes if p.id == row)
        assert [(line.year, line.indicative) for line in found.budget] == [(2030, 7)]


def test_a_form_filled_before_a_merge_does_not_overwrite_what_came_in(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    seen = mine.position
    set_status(theirs, row, "theirs")
    take(mine, theirs)
    with mine.operation(LABEL, seen=seen) as op:
        op.set("programme", row, status="mine")
    assert [(c.kind, c.field) for c in mine.conflicts()] == [("value", "status")]
    mine.self_check()


def test_old_work_brought_back_late_changes_nothing(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    set_status(theirs, row, "old")
    take(mine, theirs)
    set_status(mine, row, "new")
    before = state(mine)
    take(mine, theirs)
    assert state(mine) == before
