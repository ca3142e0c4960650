"""One copy moved to another guideline, another went on writing: united, nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.guideline import Guideline
from desktop.workspace import Author, Workspace
from desktop.workspace.moving.applying import move
from desktop.workspace.moving.late import take_along
from desktop.workspace.moving.leftovers import leftovers
from tests.workspace.moving_packs import NEW, OLD
from tests.workspace.test_moving import OLD_GUIDELINE, content, edit, fill, seen


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    mine = Workspace.create(
        tmp_path / "mine.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=OLD, author=Author("Sari"),
    )  # fmt: skip
    rows = edit(mine, fill)
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home of Budi"))
    shutil.copy(mine.path, tmp_path / "theirs.rancang")
    theirs = Workspace.open(tmp_path / "theirs.rancang", author=Author("Budi"))
    yield mine, theirs, rows
    mine.close()
    theirs.close()


def unite(mine: Workspace, theirs: Workspace) -> None:
    mine.bring_back(theirs.path)
    theirs.bring_back(mine.path)
    assert content(mine.plan()) == content(theirs.plan())


def work(theirs: Workspace, rows: dict[str, str]) -> None:
    """What somebody writes who knows nothing of the move."""

    def do(op):
        op.answer_text("f.vision", "id", "Ditulis di salinan lama")
        op.cell_text(rows["need"], "what", "id", "Jembatan")
        made = op.add_row("needs")
        op.cell_text(made, "what", "id", "Pasar")
        op.insert("programme", title={"id": "Dari salinan"}, dimension="gov", sub_dimension="service")

    edit(theirs, do)


@pytest.mark.slow
def test_the_copy_that_did_not_move_reads_the_united_plan(copies):
    mine, theirs, rows = copies
    move(mine, NEW)
    work(theirs, rows)
    unite(mine, theirs)
    assert theirs.pack().pack.id == "new"
    assert theirs.plan().answer("g.dream").text.read("id") == "Kota cerdas"
    assert theirs.plan().answer("f.vision").text.read("id") == "Ditulis di salinan lama"
    # what was written meanwhile under the earlier guideline is named, and can be taken over
    late = {each.item for each in leftovers(mine) if each.late}
    assert {"f.vision", "needs.what", "worksheet", "dimension"} <= late
    theirs.self_check()


@pytest.mark.slow
def test_what_came_late_is_taken_over_by_asking_for_the_move_again(copies):
    mine, theirs, rows = copies
    move(mine, NEW)
    work(theirs, rows)
    unite(mine, theirs)
    assert take_along(mine) == 5
    plan = mine.plan()
    assert plan.answer("g.dream").text.read("id") == "Ditulis di salinan lama"
    assert [row.cells["weight"].text.read("id") for row in plan.rows["wants"]] == ["Jembatan", "Pasar"]
    late = next(each for each in plan.programmes if each.title.read("id") == "Dari salinan")
    assert (late.dimension, late.sub_dimension) == ("bureau", "service")
    assert not [each for each in leftovers(mine) if each.late]
    assert take_along(mine) == 0
    mine.undo()
    assert mine.plan().answer("g.dream").text.read("id") == "Kota cerdas"
    mine.redo()
    unite(mine, theirs)
    move(mine, OLD)
    assert mine.plan().answer("f.vision").text.read("id") == "Ditulis di salinan lama"


@pytest.mark.slow
def test_back_again_what_both_wrote_is_there(copies):
    mine, theirs, rows = copies
    move(mine, NEW)
    work(theirs, rows)
    unite(mine, theirs)
    move(mine, OLD)
    plan = mine.plan()
    assert plan.answer("f.vision").text.read("id") == "Ditulis di salinan lama"
    assert [row.cells["what"].text.read("id") for row in plan.rows["needs"]] == ["Jembatan", "Pasar"]
    late = next(each for each in plan.programmes if each.title.read("id") == "Dari salinan")
    assert (late.dimension, late.sub_dimension) == ("gov", "service")


@pytest.mark.slow
def test_two_copies_that_moved_alike_are_one(copies):
    mine, theirs, _ = copies
    before = seen(mine.plan(), OLD_GUIDELINE)
    move(mine, NEW)
    move(theirs, NEW)
    alone = seen(mine.plan(), Guideline(mine.pack()))
    unite(mine, theirs)
    assert not mine.conflicts()
    assert seen(mine.plan(), Guideline(mine.pack())) == alone
    move(theirs, OLD)
    unite(mine, theirs)
    assert seen(mine.plan(), OLD_GUIDELINE) == before


@pytest.mark.slow
def test_the_packs_of_before_a_move_come_along(copies, tmp_path):
    mine, theirs, _ = copies
    move(mine, NEW)
    sha256 = mine.plan().guideline.sha256
    theirs.bring_back(mine.path)
    assert theirs.evidence_bytes(sha256) == NEW
    move(theirs, OLD)
    mine.bring_back(theirs.path)
    assert mine.pack().pack.id == "old"
    mine.snapshot(tmp_path / "copy.rancang")
    with Workspace.open(tmp_path / "copy.rancang", read_only=True) as copy:
        assert copy.evidence_bytes(sha256) == NEW


def test_a_window_that_only_reads_follows_a_move(copies):
    mine, _, _ = copies
    with Workspace.open(mine.path, read_only=True) as reading:
        assert reading.pack().pack.id == "old"
        move(mine, NEW)
        assert reading.pack().pack.id == "new"
        assert leftovers(reading)
