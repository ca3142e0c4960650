"""Comments and deadlines: rows like all others, except that a comment outlives what it is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.workspace import Author, Place, Workspace
from desktop.workspace.errors import UnfitValue, UnknownRow
from tests.workspace.histories import integrity, take
from tests.workspace.test_merge_laws import LABEL, apart

MENTOR = Author("Rina", "mentor")


def remark(workspace: Workspace, row: str, body: str = "Sebutkan layanannya.", **more: str) -> str:
    with workspace.operation(LABEL) as op:
        return op.comment(Place("programme", row, "service", "id"), body, MENTOR, **more)


def test_a_comment_says_who_when_about_what_and_where(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    made = remark(mine, row, "Dua baris:\nsatu dan dua.", block="b1", quote="Alpha one")
    (comment,) = mine.plan().comments
    assert comment.id == made
    assert comment.place == Place("programme", row, "service", "id")
    assert (comment.block, comment.quote, comment.state, comment.parent) == ("b1", "Alpha one", "open", "")
    assert (comment.author, comment.role) == ("Rina", "mentor")
    assert comment.body == "Dua baris:\nsatu dan dua."
    assert comment.at.endswith("+00:00")


def test_answers_stand_under_the_first_comment(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    first = remark(mine, row)
    with mine.operation(LABEL) as op:
        second = op.reply(first, "Sudah ditulis.", Author("Sari", "secretary"))
        op.reply(second, "Terima kasih.", MENTOR)
    assert [each.parent for each in mine.plan().comments] == ["", first, first]
    assert {each.place for each in mine.plan().comments} == {Place("programme", row, "service", "id")}
    with mine.operation(LABEL) as op:
        op.delete("comment", first)
    assert mine.plan().comments == ()
    mine.undo()
    assert len(mine.plan().comments) == 3
    integrity(mine)


def test_an_agreed_action_has_an_owner_and_a_day(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    agency = mine.plan().agencies[0].id
    remark(mine, row, owner=agency, due="2027-02-28")
    (comment,) = mine.plan().comments
    assert (comment.owner, comment.due) == (agency, "2027-02-28")
    with pytest.raises(UnfitValue):
        remark(mine, row, due="30 Februari")
    with mine.operation(LABEL) as op:
        op.delete("agency", agency)
    assert mine.plan().comments[0].owner == "", "the action is still agreed when the agency is gone"


def test_a_comment_outlives_what_it_is_about(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    remark(mine, row)
    with mine.operation(LABEL) as op:
        op.deadline("2027-01-31", page="programmes", ref=row)
        op.delete("programme", row)
    assert [each.place.row for each in mine.plan().comments] == [row]
    assert mine.plan().deadlines == (), "a day by which nothing is to be done means nothing"
    mine.undo()
    assert row in {each.id for each in mine.plan().programmes}
    integrity(mine)


def test_what_is_no_comment_cannot_be_answered(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    with pytest.raises(UnknownRow), mine.operation(LABEL) as op:
        op.reply(row, "?", MENTOR)


def test_two_who_settle_a_comment_differently_are_told(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    made = remark(mine, row)
    take(theirs, mine)
    for copy, state in ((mine, "done"), (theirs, "declined")):
        with copy.operation(LABEL) as op:
            op.set("comment", made, state=state, block=state)
    take(mine, theirs)
    assert [(c.table, c.field) for c in mine.conflicts()] == [("comment", "state")], (
        "where it stands is no dispute"
    )
    mine.resolve(mine.conflicts()[0], "done")
    take(theirs, mine)
    assert [each.state for each in theirs.plan().comments] == ["done"]


def test_an_answer_brings_back_the_comment_a_colleague_deleted(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    first = remark(mine, row)
    take(theirs, mine)
    with mine.operation(LABEL) as op:
        op.delete("comment", first)
    with theirs.operation(LABEL) as op:
        op.reply(first, "Sebentar.", MENTOR)
    take(mine, theirs)
    take(theirs, mine)
    for copy in (mine, theirs):
        assert copy.plan().comments[0].id == first
        assert [(c.kind, c.table) for c in copy.conflicts()] == [("deleted-parent", "comment")]


def test_a_page_and_an_agency_have_one_deadline(make: Callable[..., Workspace]) -> None:
    mine, _, _ = apart(make)
    agency = mine.plan().agencies[0].id
    with mine.operation(LABEL) as op:
        op.deadline("2027-03-01", page="chapter", ref="4", note="Rapat pokja")
        op.deadline("2027-02-01", page="chapter", ref="4", agency=agency)
        op.deadline("2027-04-01", page="chapter", ref="4")
    assert [(d.due, d.page, d.ref, d.agency, d.note) for d in mine.plan().deadlines] == [
        ("2027-02-01", "chapter", "4", agency, ""),
        ("2027-04-01", "chapter", "4", "", ""),
    ]
    with mine.operation(LABEL) as op:
        op.delete("agency", agency)
    assert len(mine.plan().deadlines) == 1
    mine.undo()
    assert len(mine.plan().deadlines) == 2


@pytest.mark.parametrize("due", ["", "besok", "2027-02-30", "20270301"])
def test_a_deadline_is_a_day(make: Callable[..., Workspace], due: str) -> None:
    mine, _, _ = apart(make)
    with pytest.raises(UnfitValue), mine.operation(LABEL) as op:
        op.deadline(due)


def test_two_who_set_the_same_deadline_differ_in_the_day_only(make: Callable[..., Workspace]) -> None:
    mine, theirs, _ = apart(make)
    for copy, due in ((mine, "2027-03-01"), (theirs, "2027-04-01")):
        with copy.operation(LABEL) as op:
            op.deadline(due, page="evidence")
    take(mine, theirs)
    assert [(c.table, c.field) for c in mine.conflicts()] == [("deadline", "due")]
    assert len(mine.plan().deadlines) == 1


def test_odd_contents_of_a_foreign_file_are_read_as_none(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    made = remark(mine, row)
    with mine.operation(LABEL) as op:
        op.set("comment", made, due="kapan-kapan", state="entahlah")
        odd = op.deadline("2027-03-01", page="checks")
        op.set("deadline", odd, due="kapan-kapan")
    assert [(each.due, each.state) for each in mine.plan().comments] == [("", "open")]
    assert mine.plan().deadlines == ()
