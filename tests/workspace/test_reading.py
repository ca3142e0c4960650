"""What is kept of the plan between two edits is never other than what the file says."""

from __future__ import annotations

import random

import pytest

from desktop.workspace import Author, Place, Workspace
from desktop.workspace.reading import read_plan, reader
from tests.workspace.test_operation import LABEL
from tests.workspace.test_undo import edit

KINDS = 13


def more(workspace: Workspace, rng: random.Random) -> None:  # noqa: C901, PLR0912 - a table of edits
    """Edits in the tables that the random edits of undo leave alone."""
    plan = workspace.plan()
    with workspace.operation(LABEL) as op:
        one = rng.choice(plan.programmes).id if plan.programmes else op.insert("programme", title={"id": "P"})
        match rng.randrange(KINDS):
            case 0:
                indicator = op.insert("indicator", programme=one, name={"id": "I"})
                op.put("target", indicator=indicator, year=2026, target=str(rng.randrange(9)))
            case 1:
                for programme in plan.programmes:
                    for each in programme.indicators[:1]:
                        op.put("target", indicator=each.id, year=rng.randrange(2026, 2029), target="7")
            case 2:
                for programme in plan.programmes[:2]:
                    for each in programme.indicators[:1]:
                        op.delete("indicator", each.id)
            case 3:
                op.insert("activity", programme=one, title={"id": f"A{rng.random()}"})
            case 4:
                op.insert("agency", name={"id": f"Dinas {rng.random()}"}, code=str(rng.randrange(9)))
            case 5:
                row = op.add_row("innovations")
                op.cell(row, "year", rng.randrange(2000, 2030))
            case 6:
                for rows in plan.rows.values():
                    for row in rows[:1]:
                        op.delete("row", row.id)
            case 7:
                file = op.attach(f"{rng.random()}".encode(), name="a.txt", media_type="text/plain")
                op.claim(file, Place("programme", one))
            case 8:
                op.set_aside(f"finding-{rng.randrange(4)}", "alasan")
            case 9:
                op.move_row(one, table="programme")
            case 10:
                said = op.comment(Place("programme", one), f"{rng.random()}", Author("Rina"))
                op.set("comment", plan.comments[0].id if plan.comments else said, state="done")
            case 11:
                due = f"2027-01-{rng.randrange(10, 30)}"
                op.deadline(due, page="evidence", agency=plan.agencies[0].id if plan.agencies else "")
            case _:
                op.answer(f"programme.x{rng.randrange(3)}", rng.randrange(9), scope=one)


@pytest.mark.parametrize("many", [0, reader.MANY], ids=["whole-parts", "single-rows"])
@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(each, marks=pytest.mark.slow) for each in range(3, 12))]
)
def test_edits_undo_and_redo_leave_the_kept_picture_true(
    workspace: Workspace, seed: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MANY", many)
    rng = random.Random(seed)
    for _ in range(40):
        match rng.randrange(6):
            case 0:
                workspace.undo()
            case 1:
                workspace.redo()
            case 2:
                edit(workspace, rng)
            case _:
                more(workspace, rng)
        if rng.randrange(3):
            assert workspace.plan() == read_plan(workspace._journal)


def test_a_picture_handed_out_stays_as_it_was(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        row = op.add_row("innovations")
        op.cell(row, "year", 2001)
        op.answer("profile.population", 5)
    before = workspace.plan()
    with workspace.operation(LABEL) as op:
        op.cell(row, "year", 2002)
        op.answer("profile.population", 6)
    after = workspace.plan()
    assert before.rows["innovations"][0].cells["year"].value == 2001
    assert after.rows["innovations"][0].cells["year"].value == 2002
    assert before.answer("profile.population").value == 5
    assert after.answer("profile.population").value == 6


def test_a_row_of_the_guideline_stands_once_for_each_agency(workspace: Workspace) -> None:
    """Another one, which no program of ours writes, is read by everybody as a row that somebody added."""
    sheet, fixed = "services", "mail"
    with workspace.operation(LABEL) as op:
        added = op.insert("row", worksheet=sheet, agency=None, fixed=fixed, sort="")
        more = op.insert("row", worksheet=sheet, agency=None, fixed=fixed, sort="")
        own, agency = op.fixed_row(sheet, fixed), op.insert("agency", name={"id": "Dinas"})
        its = op.fixed_row(sheet, fixed, agency=agency)
        op.cell(added, "a", "tetap terbaca")
    read = {row.id: row for row in workspace.plan().rows[sheet]}
    assert {id_: row.fixed for id_, row in read.items()} == {added: "", more: "", own: fixed, its: fixed}
    assert read[added].cells["a"].value == "tetap terbaca"
    with workspace.operation(LABEL) as op:
        op.delete("row", own)
    assert [row.fixed for row in workspace.plan().rows[sheet] if not row.agency] == [fixed, ""]


def test_many_rows_at_once_are_read_as_a_whole(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        made = [op.insert("programme", title={"id": f"P{n}"}) for n in range(250)]
    assert len(workspace.plan().programmes) == 250
    with workspace.operation(LABEL) as op:
        for each in made:
            op.set("programme", each, code="x")
    assert {each.code for each in workspace.plan().programmes} == {"x"}


def test_what_many_rows_of_one_part_do_leaves_the_other_parts_as_they_were(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MANY", 10)
    with workspace.operation(LABEL) as op:
        op.insert("agency", name={"id": "Dinas"})
        op.insert("stakeholder", name="Asosiasi")
    before = workspace.plan()
    with workspace.operation(LABEL) as op:
        row = op.add_row("innovations")
        for number in range(30):
            op.cell(row, f"c{number}", number)
    after = workspace.plan()
    assert len(after.rows["innovations"][0].cells) == 30
    assert after.agencies is before.agencies
    assert after.stakeholders is before.stakeholders
    assert after == read_plan(workspace._journal)
