"""Undo and redo: as if it had never been, after closing too, and never over somebody's later change."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest

from desktop.base import Message
from desktop.workspace import Author, Workspace
from tests.workspace.test_operation import LABEL, programme


def shown(workspace: Workspace) -> object:
    """What a person sees, without the journal's own facts."""
    plan = workspace.plan()
    return plan.programmes, plan.agencies, plan.answers, plan.rows, plan.evidence, plan.title


def edit(workspace: Workspace, rng: random.Random) -> None:
    """One random edit of a small plan."""
    plan = workspace.plan()
    with workspace.operation(LABEL) as op:
        match rng.randrange(7):
            case 0:
                op.insert("programme", title={"id": f"P{rng.random()}"})
            case 1 if plan.programmes:
                op.delete("programme", rng.choice(plan.programmes).id)
            case 2 if plan.programmes:
                op.write("programme", rng.choice(plan.programmes).id, "title", "en", f"T{rng.random()}")
            case 3 if plan.programmes:
                one = rng.choice(plan.programmes).id
                op.put("budget_line", programme=one, year=rng.randrange(2026, 2029), source="apbd",
                       indicative=rng.randrange(9))  # fmt: skip
            case 4:
                op.answer("profile.population", rng.randrange(99))
            case 5:
                op.cell(op.fixed_row("readiness", rng.choice("ab")), "rating", rng.choice(["good", "poor"]))
            case _:
                op.answer_text("chapter.I", rng.choice(["id", "en"]), f"<p>{rng.random()}</p>")


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(each, marks=pytest.mark.slow) for each in range(4, 12))]
)
def test_undo_and_redo_walk_back_and_forth(workspace: Workspace, seed: int) -> None:
    rng = random.Random(seed)
    programme(workspace)
    states = [shown(workspace)]
    for _ in range(12):
        before = workspace.head
        edit(workspace, rng)
        if workspace.head != before:
            states.append(shown(workspace))
    for _ in range(2):
        for state in reversed(states[:-1]):
            assert workspace.undo() is not None
            assert shown(workspace) == state
        for state in states[1:]:
            assert workspace.redo() is not None
            assert shown(workspace) == state
    assert workspace.redo() is None
    workspace.self_check()


def test_undo_survives_closing(workspace: Workspace) -> None:
    programme(workspace)
    path = workspace.path
    workspace.close()
    with Workspace.open(path, author=Author("Sari")) as again:
        assert again.can_undo == LABEL
        again.undo()
        assert again.plan().programmes == ()
        assert again.can_undo is None
        assert again.can_redo == LABEL


def test_a_new_edit_forgets_what_could_be_redone(workspace: Workspace) -> None:
    programme(workspace)
    workspace.undo()
    with workspace.operation(Message("workspace.label.create", region="y")) as op:
        op.answer("profile.population", 5)
    assert workspace.can_redo is None
    workspace.undo()
    assert workspace.plan().answers == {}


def test_what_a_colleague_changed_since_is_left_alone(make: Callable[..., Workspace]) -> None:
    mine = make("a")
    row, _ = programme(mine)
    with mine.operation(LABEL) as op:
        op.set("programme", row, code="P-1")
        op.set("programme", row, status="draft")
    theirs = make("b", copy_of=mine, person="Budi")
    with theirs.operation(LABEL) as op:
        op.set("programme", row, code="P-2")
    theirs.close()
    mine.bring_back(theirs.path)
    result = mine.undo()
    assert result is not None
    assert result.left_alone == (("programme", row, "code"),)
    found = mine.plan().programmes[0]
    assert (found.code, found.status) == ("P-2", "")
    assert mine.conflicts() == []


def lines(workspace: Workspace) -> list[tuple[int, int | None, int | None]]:
    found = workspace.plan().programmes[0].budget
    return [(line.year, line.indicative, line.ceiling) for line in found]


def test_undo_of_deleting_and_putting_again_at_once_brings_the_first_back(workspace: Workspace) -> None:
    """It once deleted the row, because the edit had inserted one."""
    row, _ = programme(workspace)
    with workspace.operation(LABEL) as op:
        op.delete("budget_line", workspace.plan().programmes[0].budget[0].id)
        op.put("budget_line", programme=row, year=2027, source="apbd", ceiling=3)
    assert lines(workspace) == [(2027, None, 3)]
    for _ in range(2):
        workspace.undo()
        assert lines(workspace) == [(2027, 5_000_000_000, None)]
        workspace.redo()
        assert lines(workspace) == [(2027, None, 3)]
    workspace.undo()
    workspace.undo()
    assert workspace.plan().programmes == ()


def test_a_natural_key_deleted_and_used_again_is_undone_step_by_step(workspace: Workspace) -> None:
    row, _ = programme(workspace)
    states = [lines(workspace)]
    line = workspace.plan().programmes[0].budget[0].id
    for n in range(3):
        with workspace.operation(LABEL) as op:
            op.delete("budget_line", line)
        states.append(lines(workspace))
        with workspace.operation(LABEL) as op:
            op.put("budget_line", programme=row, year=2027, source="apbd", ceiling=n)
        states.append(lines(workspace))
    for state in reversed(states[:-1]):
        workspace.undo()
        assert lines(workspace) == state
    for state in states[1:]:
        workspace.redo()
        assert lines(workspace) == state


@pytest.mark.slow
def test_undo_and_redo_to_and_fro_many_times(workspace: Workspace) -> None:
    """Each step once went one call deeper into the history, until there was no deeper."""
    row, _ = programme(workspace)
    with workspace.operation(LABEL) as op:
        op.set("programme", row, code="new")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(250)
    try:
        for _ in range(60):
            workspace.undo()
            workspace.redo()
    finally:
        sys.setrecursionlimit(limit)
    assert workspace.plan().programmes[0].code == "new"
    workspace.undo()
    workspace.undo()
    assert workspace.plan().programmes == ()


def test_undo_of_an_operation_with_evidence_keeps_the_bytes_for_redo(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        op.attach(b"bukti", name="b.txt", media_type="text/plain")
    workspace.undo()
    assert workspace.plan().evidence == ()
    workspace.redo()
    found = workspace.plan().evidence[0]
    assert (found.present, workspace.evidence_bytes(found.sha256)) == (True, b"bukti")


def test_fixed_rows_are_undone_with_their_cells(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        row = op.fixed_row("readiness", "people")
        op.cell(row, "rating", "good")
        op.cell_text(row, "condition", "id", "Baik")
    workspace.undo()
    assert workspace.plan().rows == {}
    with workspace.operation(LABEL) as op:
        op.cell(op.fixed_row("readiness", "people"), "rating", "poor")
    cells = workspace.plan().rows["readiness"][0].cells
    assert {column: cell.value for column, cell in cells.items()} == {"rating": "poor"}
    workspace.undo()
    assert workspace.plan().rows == {}
    workspace.self_check()
