"""Rows moved under each other by people apart: one move steps back, on every copy the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from desktop.workspace import Author, Place, Workspace
from tests.workspace.histories import seed, state, take
from tests.workspace.test_conflicts import agree
from tests.workspace.test_merge_laws import LABEL


def three(
    make: Callable[..., Workspace], names: tuple[str, ...] = ("Sari", "Budi", "Tuti")
) -> list[Workspace]:
    """As many copies as names."""
    first = make(names[0])
    seed(first)
    return [first, *(make(name, copy_of=first, person=name) for name in names[1:])]


def move(copy: Workspace, row: str, under: str | None) -> None:
    with copy.operation(LABEL) as op:
        op.set("agency", row, successor=under)


def successors(copy: Workspace) -> dict[str, str]:
    return {a.id: a.successor for a in copy.plan().agencies if a.successor}


def test_two_moves_against_each_other_leave_the_older_and_list_the_newer(
    make: Callable[..., Workspace],
) -> None:
    mine, theirs = three(make)[:2]
    a, b, c = (agency.id for agency in mine.plan().agencies)
    move(theirs, b, c)
    move(mine, a, b)
    move(theirs, b, a)
    agree(mine, theirs)
    # theirs was the second one written there, so it is the newest and goes back to what stood before
    assert successors(mine) == {a: b, b: c}
    conflict = mine.conflicts()[0]
    assert (conflict.kind, conflict.table, conflict.row, conflict.field) == (
        "cycle",
        "agency",
        b,
        "successor",
    )
    assert [choice.value for choice in mine.choices(conflict)] == [c, a]


@pytest.mark.slow
@pytest.mark.parametrize("settled", ["as shown", "the other way round", "by hand"])
def test_a_circle_is_settled_for_all(make: Callable[..., Workspace], settled: str) -> None:
    mine, theirs = three(make)[:2]
    a, b, c = (agency.id for agency in mine.plan().agencies)
    move(mine, a, b)
    move(theirs, b, a)
    agree(mine, theirs)
    conflict = mine.conflicts()[0]
    stepped, other = conflict.row, ({a, b} - {conflict.row}).pop()
    shown = successors(mine).get(stepped)
    match settled:
        case "as shown":
            move(mine, stepped, shown)
            expected = {other: stepped}
        case "the other way round":
            move(mine, other, None)
            expected = {stepped: other}
        case _:
            mine.resolve(conflict, c)
            expected = {other: stepped, stepped: c}
    assert mine.conflicts() == []
    agree(mine, theirs)
    assert successors(theirs) == expected
    assert theirs.conflicts() == []


@pytest.mark.slow
def test_settling_by_the_move_that_closes_the_circle_moves_the_other_row_back(
    make: Callable[..., Workspace],
) -> None:
    """Chosen alone it was stepped back again at once, and whoever chose it was asked for ever."""
    mine, theirs = three(make)[:2]
    a, b, _ = (agency.id for agency in mine.plan().agencies)
    move(mine, a, b)
    move(theirs, b, a)
    agree(mine, theirs)
    conflict = mine.conflicts()[0]
    other = ({a, b} - {conflict.row}).pop()
    mine.resolve(conflict, other)
    agree(mine, theirs)
    assert theirs.conflicts() == []
    assert successors(theirs) == {conflict.row: other}


@pytest.mark.slow
def test_three_in_a_ring_in_any_order_of_exchange(make: Callable[..., Workspace]) -> None:
    copies = three(make)
    ids = [agency.id for agency in copies[0].plan().agencies]
    for copy, row, under in zip(copies, ids, [*ids[1:], ids[0]], strict=True):
        move(copy, row, under)
    for source, target in itertools.permutations(reversed(copies), 2):
        take(target, source)
    agree(*copies)
    assert len(successors(copies[0])) == 2
    assert [c.kind for c in copies[0].conflicts()] == ["cycle"]


def test_a_step_back_that_closes_another_circle_steps_back_again(make: Callable[..., Workspace]) -> None:
    mine, theirs = three(make)[:2]
    a, b, c = (agency.id for agency in mine.plan().agencies)
    move(theirs, b, c)  # what it goes back to
    move(theirs, b, a)
    move(mine, a, b)
    move(mine, c, b)
    agree(mine, theirs)
    assert len(mine.conflicts()) >= 1
    assert {x.kind for x in mine.conflicts()} == {"cycle"}
    mine.self_check()


def test_a_row_under_itself_is_put_back(make: Callable[..., Workspace]) -> None:
    mine, theirs = three(make)[:2]
    a = mine.plan().agencies[0].id
    move(mine, a, a)
    assert successors(mine) == {}
    assert [c.kind for c in mine.conflicts()] == ["cycle"]
    mine.undo()
    agree(mine, theirs)
    assert mine.conflicts() == []


@pytest.mark.slow
def test_comments_under_each_other_can_still_be_read_and_deleted(make: Callable[..., Workspace]) -> None:
    mine = make("mine")
    seed(mine)
    with mine.operation(LABEL) as op:
        place = Place("programme", mine.plan().programmes[0].id, "service")
        first, second = (op.comment(place, word, Author("Rina")) for word in ("satu", "dua"))
    theirs = make("theirs", copy_of=mine, person="Budi")
    for copy, row, under in ((mine, first, second), (theirs, second, first)):
        with copy.operation(LABEL) as op:
            op.set("comment", row, parent=under)
    agree(mine, theirs)
    assert [c.kind for c in mine.conflicts()] == ["cycle"]
    assert len([c for c in mine.plan().comments if c.parent]) == 1
    with mine.operation(LABEL) as op:
        op.delete("comment", mine.conflicts()[0].row)
    agree(mine, theirs)
    assert theirs.plan().comments == ()
    assert theirs.conflicts() == []


def test_the_preview_says_which_row_is_stepped_back(make: Callable[..., Workspace]) -> None:
    """A row moved back by what came in was once told as new."""
    mine, theirs = three(make)[:2]
    a, b, c = (agency.id for agency in mine.plan().agencies)
    move(theirs, b, a)
    for under in (c, b):
        move(mine, a, under)
    theirs.close()
    report = mine.preview(theirs.path)
    assert [x.kind for x in report.new_conflicts] == ["cycle"]
    assert {(x.row, x.kind) for x in report.rows} == {(a, "changed"), (b, "changed")}
    assert mine.conflicts() == []
    before = mine.bring_back(theirs.path)
    assert before.rows == report.rows
    assert successors(mine) == {a: c, b: a}


def test_rows_judged_again_in_every_merge_are_not_told_as_new(make: Callable[..., Workspace]) -> None:
    """What lives only because something refers to it was told as new whenever anything came in."""
    mine, theirs = three(make)[:2]
    row = mine.plan().programmes[0].id
    with mine.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2030, source="csr", indicative=7)
    with theirs.operation(LABEL) as op:
        op.delete("programme", row)
    agree(mine, theirs)
    with theirs.operation(LABEL) as op:
        op.set("programme", theirs.plan().programmes[1].id, status="x")
    theirs.close()
    assert [x.kind for x in mine.preview(theirs.path).rows] == ["changed"]
    assert state(mine)
