"""A review never changes the plan: neither in the copy it is written in, nor when its file comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Message
from desktop.base.ids import derived_id, new_id
from desktop.workspace import Author, Place, Workspace, tables
from desktop.workspace.journal import ChangeSet, Edit
from desktop.workspace.registers import TABLES
from desktop.workspace.reviewing import REVIEW_TABLES, NotAReview, ReviewOnly, judge
from tests.reviewers import make_for
from tests.workspace.forging import add, well_made
from tests.workspace.histories import integrity
from tests.workspace.test_merge_laws import LABEL, seed_rows

MENTOR = Author("Rina", "mentor")
ASSESSOR = Author("Dewi", "assessor")
PLAN_TABLES = sorted(set(TABLES) - set(REVIEW_TABLES))


def filled(make: Callable[..., Workspace], name: str = "mine") -> Workspace:
    """A plan about which something was said, scored and recorded by the team."""
    made = make(name)
    seed_rows(made)
    row = made.plan().programmes[0].id
    with made.operation(LABEL) as op:
        op.comment(Place("programme", row, "service", "id"), "Apa layanannya?", Author("Sari", "secretary"))
        op.comment(Place("programme", row, "service", "id"), "Siapa dilayani?", MENTOR)
        op.suggest(Place("programme", row, "title", "id"), "a", "b", Author("Sari", "secretary"))
        meeting = op.insert("meeting", kind="visit", start="2026-05-12", place="Aula")
        op.insert("attendance", meeting=meeting, name="Budi", present=True)
        op.insert("score", item="ready.rating", scope="", by="assessor", value="good")
        op.insert("session_output", session="b1", output="o1", state="drafted")
    return made


def beyond(workspace: Workspace, *made: ChangeSet, **more: Any) -> list[str]:
    with workspace._trying() as journal:
        return [each.table for each in judge(journal, made, **more)]


# -- in the copy -------------------------------------------------------------------------------------
@pytest.mark.parametrize("made_for", [True, False])
def test_a_reviewers_copy_takes_remarks_suggestions_scores_and_visits(
    make: Callable[..., Workspace], *, made_for: bool
) -> None:
    mine = filled(make)
    if made_for:
        make_for(mine, "mentor")
    else:
        mine.author = MENTOR
    row, agency = mine.plan().programmes[0].id, mine.plan().agencies[0].id
    place = Place("programme", row, "service", "id")
    with mine.operation(LABEL) as op:
        first = op.comment(place, "Sebutkan layanannya.", MENTOR, owner=agency, due="2027-02-28")
        op.suggest(place, "lama", "baru", MENTOR, reason="Lebih jelas.")
        op.insert("score", item="ready.rating", scope="", by="mentor", value="poor", author="Rina")
        visit = op.insert("meeting", kind="visit", start="2026-06-01", place="Kantor Bappeda")
        op.insert("attendance", meeting=visit, agency=agency, name="Budi", present=True)
        op.insert("session_output", session="b1", output="o2", signed_by="Rina")
    with mine.operation(LABEL) as op:
        op.set("comment", first, state="done")
        op.set("meeting", visit, place="Aula")
        theirs = next(each for each in mine.plan().comments if each.author == "Sari")
        op.reply(theirs.id, "Perizinan.", MENTOR)
        op.set("comment", theirs.id, state="answered")
    assert len(mine.plan().comments) == 4
    mine.undo()
    mine.undo()
    mine.redo()
    integrity(mine)


def _refused(workspace: Workspace, work: Callable[[Any], object]) -> None:
    before = workspace.head
    with pytest.raises(ReviewOnly), workspace.operation(LABEL) as op:
        work(op)
    assert workspace.head == before


@pytest.mark.parametrize("role", ["mentor", "assessor", "ministry"])
def test_everything_else_is_refused_there(make: Callable[..., Workspace], role: str) -> None:
    mine = filled(make)
    plan = mine.plan()
    row, comment = plan.programmes[0].id, next(each for each in plan.comments if each.author == "Sari")
    with mine.operation(LABEL) as op:
        op.set("programme", row, status="planned")
    make_for(mine, role)
    mine.author = Author("Rina", role)
    _refused(mine, lambda op: op.set("programme", row, status="done"))
    _refused(mine, lambda op: op.write("programme", row, "service", "id", "x"))
    _refused(mine, lambda op: op.delete("programme", row))
    _refused(mine, lambda op: op.answer("profile.name", "x"))
    _refused(mine, lambda op: op.insert("agency", code="9", name={"id": "x"}))
    _refused(mine, lambda op: op.delete("comment", comment.id))
    _refused(mine, lambda op: op.set("comment", comment.id, state="done"))
    _refused(mine, lambda op: op.set("comment", comment.id, body="x"))
    _refused(mine, lambda op: op.set("suggestion", plan.suggestions[0].id, state="accepted"))
    _refused(mine, lambda op: op.set("meeting", plan.meetings[0].id, place="x"))
    _refused(mine, lambda op: op.insert("attendance", meeting=plan.meetings[0].id, name="x"))
    _refused(mine, lambda op: op.insert("meeting", kind="bimtek", start="2026-06-01"))
    _refused(mine, lambda op: op.insert("session_output", session="b1", output="o1", state="done"))
    other = "assessor" if role == "mentor" else "mentor"
    _refused(mine, lambda op: op.insert("score", item="ready.rating", scope="", by=other, value="poor"))
    with pytest.raises(ReviewOnly):
        mine.undo()  # what the team did before is the team's to take back
    make_for(mine, "agency")
    mine.author = Author("Budi", "agency")
    with mine.operation(LABEL) as op:
        op.set("programme", row, status="done")


def test_an_assessor_changes_their_own_scores_and_none_of_a_mentors(make: Callable[..., Workspace]) -> None:
    mine = filled(make)
    mine.author = ASSESSOR
    with mine.operation(LABEL) as op:
        op.insert("score", item="ready.rating", scope="", by="assessor", value="poor", note="Bukti kurang.")
    assert [each.value for each in mine.plan().scores] == ["poor"]
    mine.author = MENTOR
    _refused(mine, lambda op: op.delete("score", mine.plan().scores[0].id))


def test_a_reviewer_may_begin_a_document_of_their_own(tmp_path: Any, tiny_pack: bytes) -> None:
    made = Workspace.create(
        tmp_path / "own.rancang", region="18.07", first_year=2026, last_year=2030, pack=tiny_pack,
        author=MENTOR,
    )  # fmt: skip
    made.close()


# -- when it comes back ------------------------------------------------------------------------------
def test_a_file_that_names_what_is_deleted_here_would_bring_it_back(make: Callable[..., Workspace]) -> None:
    mine = filled(make)
    agency = mine.plan().agencies[0].id
    about = {"table": "programme", "row": new_id(), "body": "x", "state": "open", "owner": agency}
    remark = well_made(
        mine.path, [Edit("comment", new_id(), "I", "", about, ())], role="mentor", author="Rina"
    )
    assert beyond(mine, remark) == []
    with mine.operation(LABEL) as op:
        op.delete("agency", agency)
    assert beyond(mine, remark) == ["comment"]


def test_a_copy_made_for_a_reviewer_is_judged_whatever_it_claims(make: Callable[..., Workspace]) -> None:
    mine = filled(make)
    edit = Edit("programme", mine.plan().programmes[0].id, "U", "status", "x", ())
    claimed = well_made(mine.path, [edit], role="secretary", author="Sari")
    assert beyond(mine, claimed) == []
    assert beyond(mine, claimed, role="mentor", replicas=[claimed.replica]) == ["programme"]
    assert beyond(mine, claimed, role="agency", replicas=[claimed.replica]) == []
    assert beyond(mine, claimed, role="mentor", replicas=[new_id()]) == []


def test_moving_or_importing_is_none_of_a_reviewers_business(make: Callable[..., Workspace]) -> None:
    mine = filled(make)
    edit = Edit("comment", new_id(), "I", "", {"body": "x"}, ())
    assert beyond(mine, well_made(mine.path, [edit], role="mentor", kind="import")) == ["comment"]


_ID = derived_id("score", "ready.rating", "", "mentor")
_VALUES = st.sampled_from(
    [None, "", "x", "open", "accepted", "answered", "visit", "mentor", "assessor", 3, True, ["a"], {"a": 1}]
)


@st.composite
def edits(draw: st.DrawFn, rows: dict[str, list[str]], ops: list[str]) -> Edit:
    """Any edit of any table: of rows that are there, of new ones, with values that fit or do not."""
    table = draw(st.sampled_from([*REVIEW_TABLES * 4, *TABLES, "unknown"]))
    row = draw(st.sampled_from([*rows.get(table, []), new_id(), _ID]))
    kind: Any = draw(st.sampled_from("IUD"))
    spec = TABLES.get(table)
    names = [each.name for each in spec.registers] if spec else ["x"]
    every = st.one_of(_VALUES, st.sampled_from([each for ids in rows.values() for each in ids]))
    pred = tuple(draw(st.lists(st.sampled_from(ops), max_size=2, unique=True)))
    if kind == "I":
        chosen = draw(st.lists(st.sampled_from(names), unique=True))
        return Edit(table, row, "I", "", {name: draw(every) for name in chosen}, pred)
    if kind == "D":
        return Edit(table, row, "D", "", None, pred)
    return Edit(table, row, "U", draw(st.sampled_from(names)), draw(every), pred)


def contents(workspace: Workspace) -> list[tuple[str, list[Any]]]:
    """All rows of all tables of the plan."""
    raw = sqlite3.connect(workspace.path)
    try:
        return [(t, raw.execute(f'SELECT * FROM "{t}" ORDER BY id').fetchall()) for t in PLAN_TABLES]
    finally:
        raw.close()


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_law_what_passes_as_a_review_never_changes_the_plan(
    make: Callable[..., Workspace], data: st.DataObject
) -> None:
    _law(make, data)


@pytest.mark.torture
@settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_same_law_four_thousand_times(make: Callable[..., Workspace], data: st.DataObject) -> None:
    _law(make, data)


def _law(make: Callable[..., Workspace], data: st.DataObject) -> None:
    mine = _the_one(make)
    with mine._trying() as journal:
        rows = {
            table: list(journal.connection.execute(tables.rows[table].select()).scalars()) for table in TABLES
        }
        ops = [
            op.id for found in journal.load([(t, r) for t in rows for r in rows[t]]).values() for op in found
        ]
    wanted = data.draw(st.lists(edits(rows, ops), min_size=1, max_size=6))
    role = data.draw(st.sampled_from(["mentor", "assessor"]))
    before, ours = contents(mine), _ours(mine)
    # what is refused alone is left out, so that much of what is drawn gets through
    kept = [e for e in wanted if not beyond(mine, well_made(mine.path, [e], role=role, author="Rina"))]
    made = well_made(mine.path, kept or wanted, role=role, author="Rina")
    if beyond(mine, made):
        return
    with mine._writing(keep=False) as journal:
        journal.receive([made])
        touched = {(e.table, e.row) for e in made.edits if e.table in TABLES}
        from desktop.workspace import projection
        from desktop.workspace.errors import UnknownRow

        try:
            touched |= projection.project(journal, touched)
        except UnknownRow:  # such a file is refused as a whole
            return
        after = {
            t: journal.connection.execute(tables.rows[t].select().order_by(tables.rows[t].c.id)).fetchall()
            for t in TABLES
        }
    assert [(t, [tuple(r) for r in after[t]]) for t in PLAN_TABLES] == before
    # the team's own words, visits and what it says about them stand as they were
    assert {row: dict(r._mapping) for t in ours for r in after[t] if (row := r.id) in ours[t]} == {
        row: values for t in ours for row, values in ours[t].items()
    }


def _ours(workspace: Workspace) -> dict[str, dict[str, dict[str, Any]]]:
    with workspace._trying() as journal:
        return {
            t: {r.id: dict(r._mapping) for r in journal.connection.execute(tables.rows[t].select())}
            for t in ("meeting", "attendance", "suggestion")
        }


_MADE: dict[Callable[..., Workspace], Workspace] = {}


def _the_one(make: Callable[..., Workspace]) -> Workspace:
    """One workspace for all examples of a law: nothing of them is kept in it."""
    if make not in _MADE:
        _MADE.clear()
        _MADE[make] = filled(make)
    return _MADE[make]


def test_the_refusals_are_sentences(make: Callable[..., Workspace]) -> None:
    from desktop.base import Language, render

    mine = filled(make)
    edit = Edit("programme", mine.plan().programmes[0].id, "D", "", None, ())
    with mine._trying() as journal:
        found = judge(journal, [well_made(mine.path, [edit], role="mentor", author="Rina")])
    said = render(NotAReview("reviu.rancang-changes", found).message, Language.EN)
    assert "reviu.rancang-changes by Rina" in said
    assert render(Message("workspace.error.review_only"), Language.ID)


# -- there and back ----------------------------------------------------------------------------------
def copy_for(workspace: Workspace, target: Path, role: str, person: str) -> Workspace:
    """The copy as a reviewer works in it, on another computer."""
    workspace.snapshot(target)
    made = Workspace.open(target, author=Author(person, role))
    make_for(made, role, person)
    return made


def test_a_review_comes_back_beside_what_the_team_wrote_meanwhile(
    make: Callable[..., Workspace], tmp_path: Path
) -> None:
    mine = filled(make)
    row = mine.plan().programmes[0].id
    with copy_for(mine, tmp_path / "asesor.rancang", "assessor", "Dewi") as theirs:
        with theirs.operation(LABEL) as op:
            op.comment(Place("programme", row, "service", "id"), "Buktinya?", theirs.author)
            op.insert("score", item="ready.rating", scope="", by="assessor", value="poor", note="Kurang.")
        with mine.operation(LABEL) as op:
            op.set("programme", row, status="running")
    before = contents(mine)
    mine.bring_back(tmp_path / "asesor.rancang")
    assert contents(mine) == before, "nothing of the plan itself moved"
    assert [(each.by, each.value, each.note) for each in mine.plan().scores] == [
        ("assessor", "poor", "Kurang.")
    ]
    assert any(each.author == "Dewi" for each in mine.plan().comments)
    integrity(mine)


def test_a_review_that_holds_anything_else_is_refused_as_a_whole(
    make: Callable[..., Workspace], tmp_path: Path
) -> None:
    mine = filled(make)
    row = mine.plan().programmes[0].id
    path = tmp_path / "pendamping.rancang"
    with copy_for(mine, path, "mentor", "Rina") as theirs, theirs.operation(LABEL) as op:
        op.comment(Place("programme", row, "service", "id"), "Bagus.", theirs.author)
    edit = Edit("programme", row, "U", "status", "hacked", ())
    add(path, well_made(path, [edit], role="mentor", author="Rina"))
    before, head = contents(mine), mine.head
    with pytest.raises(NotAReview) as refused:
        mine.bring_back(path)
    assert [each.table for each in refused.value.beyond] == ["programme"]
    assert (contents(mine), mine.head) == (before, head)
    assert not any(each.body == "Bagus." for each in mine.plan().comments)
