"""What differs between two people: settled both ways, undone, looked at late, and merged in any order."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable

import pytest

from desktop.workspace import Workspace, blobs
from desktop.workspace.errors import SettledAlready, UnfitValue
from tests.workspace.histories import state, take
from tests.workspace.test_merge_laws import LABEL, apart, set_status, write


def agree(*copies: Workspace) -> None:
    """Everybody gets everything, and then all are equal and whole."""
    for _ in range(2):
        for source in copies:
            for target in copies:
                if source is not target:
                    take(target, source)
    for copy in copies:
        assert state(copy) == state(copies[0])
        copy.self_check()


def differ(make: Callable[..., Workspace]) -> tuple[Workspace, Workspace, str]:
    """A programme one deleted and the other added a budget line to, in both copies."""
    mine, theirs, row = apart(make)
    with mine.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2030, source="csr", indicative=7)
    with theirs.operation(LABEL) as op:
        op.delete("programme", row)
    take(mine, theirs)
    take(theirs, mine)
    return mine, theirs, row


@pytest.mark.parametrize("keep", [True, False])
def test_a_row_brought_back_for_its_parts_is_settled_for_good(
    make: Callable[..., Workspace], keep: bool
) -> None:
    """Deleting it once left the part, which brought it back for ever."""
    mine, theirs, row = differ(make)
    conflict = next(c for c in mine.conflicts() if c.kind == "deleted-parent")
    mine.resolve(conflict, keep=keep)
    agree(mine, theirs)
    assert mine.conflicts() == []
    assert (row in {p.id for p in theirs.plan().programmes}) is keep
    assert mine.undo() is not None
    agree(mine, theirs)
    assert row in {p.id for p in mine.plan().programmes}


def test_a_row_kept_here_and_deleted_there_is_listed_though_nobody_edited_it(
    make: Callable[..., Workspace],
) -> None:
    mine, theirs, row = differ(make)
    for copy, keep in ((mine, True), (theirs, False)):
        copy.resolve(next(c for c in copy.conflicts() if c.kind == "deleted-parent"), keep=keep)
    agree(mine, theirs)
    assert ("delete-edit", row) in {(c.kind, c.row) for c in theirs.conflicts()}
    assert row in {p.id for p in theirs.plan().programmes}


def test_settled_both_ways_at_once_is_seen_by_both(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    set_status(mine, row, "a")
    with theirs.operation(LABEL) as op:
        op.delete("programme", row)
    take(mine, theirs)
    take(theirs, mine)
    mine.resolve(next(c for c in mine.conflicts() if c.kind == "delete-edit"), keep=True)
    theirs.resolve(next(c for c in theirs.conflicts() if c.kind == "delete-edit"), keep=False)
    agree(mine, theirs)
    assert row in {p.id for p in mine.plan().programmes}
    conflict = next(c for c in mine.conflicts() if c.row == row)
    assert conflict.kind == "delete-edit"
    assert {choice.deletes for choice in mine.choices(conflict)} == {True, False}
    theirs.resolve(conflict, keep=False)
    agree(mine, theirs)
    assert row not in {p.id for p in mine.plan().programmes}
    assert mine.conflicts() == []


def test_what_was_settled_meanwhile_is_not_settled_again(make: Callable[..., Workspace]) -> None:
    """A list shown before a merge once overwrote what came in with it."""
    mine, theirs, row = apart(make)
    third = make("third", copy_of=mine, person="Tuti")
    for copy, status in ((mine, "a"), (theirs, "b"), (third, "c")):
        set_status(copy, row, status)
    take(mine, theirs)
    shown = mine.conflicts()[0]
    take(mine, third)
    with pytest.raises(SettledAlready):
        mine.resolve(shown, "a")
    mine.resolve(mine.conflicts()[0], "a")
    with pytest.raises(SettledAlready):
        mine.resolve(shown, "b")
    agree(mine, theirs, third)
    assert mine.conflicts() == []


def test_a_field_is_settled_only_with_what_fits_it(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    for copy, amount in ((mine, 5), (theirs, 6)):
        with copy.operation(LABEL) as op:
            op.set("programme", row, total_budget=amount)
    take(mine, theirs)
    for wrong in ("7", 1.5, True, 10**30):
        with pytest.raises(UnfitValue):
            mine.resolve(mine.conflicts()[0], wrong)
    mine.resolve(mine.conflicts()[0], 8)
    assert mine.plan().programmes[0].total_budget == 8


def test_settling_can_be_undone_and_redone(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    set_status(mine, row, "a")
    with theirs.operation(LABEL) as op:
        op.delete("programme", row)
    take(mine, theirs)
    mine.resolve(next(c for c in mine.conflicts() if c.kind == "delete-edit"), keep=True)
    shown = mine.plan().programmes
    mine.undo()
    assert row in {p.id for p in mine.plan().programmes}
    mine.redo()
    assert mine.plan().programmes == shown
    agree(mine, theirs)


def test_both_make_the_same_line_and_say_different_things_of_it(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    with mine.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2029, source="apbd", indicative=1)
    with theirs.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2029, source="apbd", ceiling=2)
    agree(mine, theirs)
    line = next(x for x in mine.plan().programmes[0].budget if x.year == 2029)
    assert (line.indicative, line.ceiling, mine.conflicts()) == (1, 2, [])
    mine.undo()
    agree(mine, theirs)
    assert next(x for x in mine.plan().programmes[0].budget if x.year == 2029).ceiling == 2


def test_undo_of_a_new_row_leaves_it_when_a_colleague_hung_something_on_it(
    make: Callable[..., Workspace],
) -> None:
    """It was deleted and at once brought back, as a conflict nobody had made."""
    mine = make("mine")
    with mine.operation(LABEL) as op:
        row = op.insert("programme", title={"id": "P"})
        op.put("budget_line", programme=row, year=2027, source="apbd", indicative=1)
    theirs = make("theirs", copy_of=mine, person="Budi")
    with theirs.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2028, source="apbd", indicative=2)
    take(mine, theirs)
    result = mine.undo()
    assert result is not None
    assert result.left_alone == (("programme", row, ""),)
    assert mine.conflicts() == []
    assert [line.year for line in mine.plan().programmes[0].budget] == [2028]
    mine.redo()
    assert [line.year for line in mine.plan().programmes[0].budget] == [2027, 2028]
    agree(mine, theirs)


def test_a_form_filled_before_a_merge_from_a_copied_file_does_not_overwrite(
    make: Callable[..., Workspace],
) -> None:
    """A file copied in the file manager goes on under the same replica; what it brings is news too."""
    mine, _, row = apart(make)
    path = mine.path.with_name("copied.rancang")
    shutil.copy(mine.path, path)
    copied = Workspace(path, mine.author, read_only=False)
    copied._connect()
    seen = mine.position
    set_status(copied, row, "theirs")
    take(mine, copied)
    copied.close()
    with mine.operation(LABEL, seen=seen) as op:
        op.set("programme", row, status="mine")
    assert [(c.kind, c.field) for c in mine.conflicts()] == [("value", "status")]


def test_a_form_filled_before_a_preview_is_not_stopped_by_it(
    make: Callable[..., Workspace],
) -> None:
    mine, theirs, row = apart(make)
    set_status(theirs, row, "theirs")
    seen = mine.position
    mine.preview(theirs.path)
    for status in ("one", "two"):
        with mine.operation(LABEL, seen=seen) as op:
            op.set("programme", row, status=status)
    assert mine.conflicts() == []


@pytest.mark.slow
def test_three_who_never_settle_a_text_still_merge_in_no_time(make: Callable[..., Workspace]) -> None:
    """Every round doubled the work: 20 rounds were a million merges of the first."""
    mine, theirs, row = apart(make)
    third = make("third", copy_of=mine, person="Tuti")
    copies = (mine, theirs, third)
    for round_ in range(12):
        for n, copy in enumerate(copies):
            write(copy, row, f"Satu {n} {round_}. Dua. Tiga.")
        for source in copies:
            for target in copies:
                if source is not target:
                    take(target, source)
    agree(*copies)
    assert {c.field for c in mine.conflicts()} == {"service:id"}


def test_a_translation_and_its_source_changed_apart_is_stale(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    with mine.operation(LABEL) as op:
        op.write("programme", row, "title", "id", "Judul baru")
    with theirs.operation(LABEL) as op:
        op.write("programme", row, "title", "en", "Title of the old one")
    agree(mine, theirs)
    title = mine.plan().programmes[0].title
    assert (title.read("id"), title.read("en")) == ("Judul baru", "Title of the old one")
    assert title.stale("en", "id")
    assert mine.conflicts() == []


def test_a_text_emptied_here_and_written_on_there_is_shown(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    write(mine, row, "")
    write(theirs, row, "Alpha one. Beta zwei.")
    agree(mine, theirs)
    assert [c.field for c in mine.conflicts()] == ["service:id"]
    mine.resolve(mine.conflicts()[0], "")
    agree(mine, theirs)
    assert mine.conflicts() == []


def test_bringing_back_a_plan_of_another_guideline_brings_the_guideline(
    make: Callable[..., Workspace],
) -> None:
    mine, theirs, _ = apart(make)
    with theirs.operation(LABEL) as op:
        blobs.store(theirs._connection, b"a newer guideline", "guideline")
        op.set("plan", theirs.plan_row, guideline_sha256=hashlib.sha256(b"a newer guideline").hexdigest())
    theirs.close()
    mine.bring_back(theirs.path)
    assert mine.evidence_bytes(mine.plan().guideline.sha256) == b"a newer guideline"
