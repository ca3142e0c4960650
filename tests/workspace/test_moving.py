"""Moving to another guideline and back: nothing written is lost, and Undo takes all of it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base import Language, Message, render
from desktop.base.ids import derived_id
from desktop.checks.budget import _source
from desktop.checks.reading import Reading
from desktop.guideline import Guideline, write_pack
from desktop.workspace import Author, Place, Workspace
from desktop.workspace.moving.applying import move
from desktop.workspace.moving.holdings import Holdings
from desktop.workspace.moving.leftovers import leftovers
from desktop.workspace.moving.planning import Entry, Move, State
from desktop.workspace.moving.previewing import preview
from desktop.workspace.moving.slots import Contents, Slot, funding_called, is_note
from desktop.workspace.operation import Operation
from desktop.workspace.plan import Plan
from desktop.workspace.plan_data import plan_data, read_data
from desktop.workspace.provenance import Manner
from tests.workspace.moving_packs import NEW, OLD, old, renamed

OLD_GUIDELINE = Guideline(old())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(
        tmp_path / "a.rancang",
        region="18.07",
        first_year=2026,
        last_year=2030,
        pack=OLD,
        author=Author("Sari"),
        title={"id": "Rencana"},
    )
    yield made
    made.close()


def edit(workspace: Workspace, do: Callable[[Operation], object]) -> object:
    with workspace.operation(Message("workspace.label.resolve")) as op:
        return do(op)


def fill(op: Operation) -> dict[str, str]:
    """Something in every kind of place the earlier guideline has."""
    op.answer_text("f.vision", "id", "Kota cerdas")
    op.answer_text("f.vision", "en", "Smart city", policy="conflict")
    op.answer_text("f.story", "id", "Baris satu\nbaris dua", policy="text")
    op.answer("f.people", 1200)
    op.answer("f.grade", "fair")
    op.answer("f.tags", ("a", "c"), policy="set")
    op.answer_text("f.gone", "id", "Tidak ditanyakan lagi")
    op.answer_text("f.swap_a", "id", "A")
    op.answer_text("f.swap_b", "id", "B")
    op.answer_text("f.clash", "id", "hanya teks")
    op.answer_text("chapter.one", "id", '<p id="x">Bab</p>')
    agency = op.insert("agency", code="1", name={"id": "Dinas"}, short_name="D")
    need = op.add_row("needs", agency=agency)
    op.cell_text(need, "what", "id", "Jalan")
    op.cell(need, "weight", 7)
    op.cell(need, "level", "high")
    lost = op.add_row("lost")
    op.cell_text(lost, "what", "id", "Tersisa")
    net, law = op.fixed_row("ready", "net"), op.fixed_row("ready", "law")
    op.cell(net, "rating", "good")
    op.cell_text(net, "condition", "id", "Baik sekali")
    op.cell(law, "rating", "poor")
    programme = op.insert("programme", title={"id": "P"}, dimension="gov", sub_dimension="move")
    other = op.insert("programme", title={"id": "Q"}, dimension="brand")
    op.answer_text("programme.impact", "id", "Dampak", scope=programme, policy="text")
    activity = op.insert("activity", programme=programme, title={"id": "K"}, area="rules")
    op.insert("activity", programme=programme, title={"id": "L"}, area="tools")
    op.insert("budget_line", programme=programme, year=2026, source="dak", indicative=5)
    head = op.insert("person", name="Ibu", role="clerk", dimension="gov")
    body = op.insert("body", body="council", dimension="", name={"id": "Dewan kami"})
    group = op.insert("body", body="group", dimension="gov")
    member = op.insert("member", body=body, person=head, position="chair")
    op.insert("member", body=group, name="Pakar", outsider=True)
    meeting = op.insert("meeting", kind="bimtek", session="s1", body=body, title={"id": "Rapat"})
    op.insert("session_output", session="s1", output="o1", state="done")
    op.insert("figure", measure="pop", year=2025, value="1200", source="BPS")
    op.insert("figure", measure="hdi", year=2025, value="70.5")
    op.insert("score", item="ready.rating", scope=net, by="assessor", value="good")
    op.insert("input", item="f.story", body={"id": "Masukan"})
    evidence = op.attach(b"bukti", name="b.txt", media_type="text/plain")
    op.claim(evidence, Place("answer", item="f.gone"))
    op.claim(evidence, Place("answer", item="f.vision"))
    op.claim(evidence, Place("cell", net, "rating", item="ready.rating"))
    op.comment(Place("answer", item="f.gone"), "Sayang", Author("Pak"))
    op.comment(Place("cell", need, "what"), "Jelaskan", Author("Pak"))
    op.deadline("2026-12-01", page="worksheet", ref="needs")
    op.deadline("2026-12-02", page="chapter", ref="one")
    return {
        "need": need, "lost": lost, "net": net, "law": law, "programme": programme, "other": other,
        "activity": activity, "head": head, "body": body, "member": member, "meeting": meeting,
    }  # fmt: skip


def seen(plan: Plan, guideline: Guideline) -> dict[object, object]:
    """All that a person sees of a plan under a guideline."""
    holdings = Holdings(Contents(plan), guideline)
    found: dict[object, object] = {
        held.slot: (held.content.value, {k: v for k, v in held.content.text.values.items() if v})
        for held in holdings
    }
    known = {each.id for each in guideline.pack.bodies}
    found["programmes"], found["people"] = plan.programmes, plan.people
    dimensions = {"", *(each.id for each in guideline.pack.dimensions)}
    found["bodies"] = tuple(
        each for each in plan.bodies if each.body in known and each.dimension in dimensions
    )
    found["meetings"], found["inputs"], found["comments"] = plan.meetings, plan.inputs, plan.comments
    return found


def content(plan: Plan) -> Plan:
    return replace(plan, head="", changed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def told(worked_out: Move, item: str) -> Entry:
    (found,) = (entry for entry in worked_out.entries if entry.held.item == item)
    return found


# -- there -----------------------------------------------------------------------------------------
def test_a_preview_writes_nothing(workspace):
    edit(workspace, fill)
    before, head = workspace.plan(), workspace.head
    worked_out = preview(workspace, NEW)
    assert workspace.plan() == before
    assert workspace.head == head
    assert worked_out.known
    assert [each.item for each in worked_out.required] == ["g.fresh"]
    assert "chapter.uno" not in {each.item for each in worked_out.new}


def test_what_maps_stands_where_the_other_guideline_asks(workspace):
    rows = edit(workspace, fill)
    move(workspace, NEW)
    plan = workspace.plan()
    assert plan.guideline.id == "new"
    assert workspace.pack().pack.id == "new"
    assert dict(plan.answer("g.dream").text.values) == {"id": "Kota cerdas", "en": "Smart city"}
    assert not plan.answer("g.dream").text.stale("en", "id")
    assert "Baris satu</p>" in plan.answer("chapter.two").text.read("id")
    assert plan.answer("g.people").value == "1200"
    assert plan.answer("g.grade").value == "yes"
    assert plan.answer("g.swap_b").text.read("id") == "A"
    assert plan.answer("chapter.uno").text.read("id") == '<p id="x">Bab</p>'
    (want,) = plan.rows["wants"]
    assert want.id == rows["need"]
    assert want.cells["weight"].text.read("id") == "Jalan"
    assert want.cells["weight"].value is None
    assert want.cells["size"].value == "7"
    state = {row.fixed: row for row in plan.rows["state"]}
    assert state["wire"].cells["mark"].value == "2"
    assert state["wire"].cells["condition"].text.read("id").endswith("Baik sekali</p>")
    assert state["law"].cells["mark"].value == "1"
    one, other = plan.programmes
    assert (one.dimension, one.sub_dimension) == ("mobility", "")
    assert (other.dimension, other.sub_dimension) == ("", "")
    assert "Dampak" in plan.answer("programme.impact", one.id).text.read("id")
    assert [each.area for each in one.activities] == ["policy", ""]
    assert one.budget[0].source == "dak"
    assert plan.answer("~called.funding.dak").text.read("id") == "DAK"
    assert (plan.people[0].role, plan.people[0].dimension) == ("", "bureau")
    force = next(each for each in plan.bodies if each.body == "force")
    assert force.name.read("id") == "Dewan kami"
    assert [each.id for each in force.members] == [rows["member"]]
    assert [each.name for each in plan.bodies if each.body == "group" and each.dimension == "bureau"]
    assert (plan.meetings[0].session, plan.meetings[0].body) == ("b1", force.id)
    assert {(each.session, each.output) for each in plan.outputs} == {("s1", "o1"), ("b1", "x1")}
    assert {each.measure for each in plan.figures} == {"pop", "hdi", "population"}
    assert {(each.item, each.scope, each.value) for each in plan.scores} == {
        ("ready.rating", rows["net"], "good"), ("state.mark", state["wire"].id, "2")
    }  # fmt: skip
    assert plan.inputs[0].item == "chapter.two"
    claims = {(each.table, each.row, each.field, each.item) for each in plan.evidence[0].claims}
    assert ("answer", "", "", "g.dream") in claims
    assert ("answer", "", "", "f.gone") in claims
    assert ("cell", state["wire"].id, "mark", "state.mark") in claims
    assert {each.place.field for each in plan.comments} == {"", "weight"}
    assert {each.ref for each in plan.deadlines} == {"needs", "wants", "one", "uno"}


def test_what_falls_away_is_told_and_kept(workspace):
    edit(workspace, fill)
    worked_out = move(workspace, NEW)
    falls = {entry.held.item for entry in worked_out.of(State.FALLS)}
    assert falls == {
        "f.gone", "f.tags", "f.clash", "needs.level", "lost.what", "worksheet", "dimension", "area", "role"
    }  # fmt: skip
    plan = workspace.plan()
    assert plan.answer("f.gone").text.read("id") == "Tidak ditanyakan lagi"
    # what both ask by the same name in another way is not shown there
    assert not plan.answer("f.clash").text
    assert plan.answer("f.tags").value is None
    kept = {each.item: each for each in leftovers(workspace)}
    assert kept["f.tags"].content.value == ("a", "c")
    assert kept["f.clash"].content.text.read("id") == "hanya teks"
    assert kept["needs.level"].content.value == "high"
    assert kept["lost.what"].label.read("id") == "Hilang: what"
    assert kept["dimension"].content.text.read("en") == "Citra (en)"
    assert kept["hdi"].content.value == "70.5"
    assert [each.name for each in kept["f.gone"].evidence] == ["b.txt"]
    assert [each.body for each in kept["f.gone"].comments] == ["Sayang"]


# -- and back --------------------------------------------------------------------------------------
@pytest.mark.slow
def test_back_again_everything_is_as_it_was(workspace):
    edit(workspace, fill)
    before = seen(workspace.plan(), OLD_GUIDELINE)
    move(workspace, NEW)
    assert seen(workspace.plan(), OLD_GUIDELINE).keys() >= {each for each in before if isinstance(each, Slot)}
    worked_out = move(workspace, OLD)
    assert seen(workspace.plan(), OLD_GUIDELINE) == before
    assert not worked_out.of(State.NEWER, State.EARLIER)
    assert workspace.pack().pack.id == "old"
    # and a third and fourth time
    move(workspace, NEW)
    there = content(workspace.plan())
    move(workspace, OLD)
    assert seen(workspace.plan(), OLD_GUIDELINE) == before
    move(workspace, NEW)
    assert content(workspace.plan()) == there


def test_undo_takes_the_whole_move_back(workspace):
    edit(workspace, fill)
    before = content(workspace.plan())
    move(workspace, NEW)
    after = content(workspace.plan())
    assert workspace.undo().left_alone == ()
    assert content(workspace.plan()) == before
    assert workspace.pack().pack.id == "old"
    workspace.redo()
    assert content(workspace.plan()) == after
    assert workspace.pack().pack.id == "new"
    workspace.self_check()


def test_what_was_written_there_comes_back(workspace):
    rows = edit(workspace, fill)
    move(workspace, NEW)

    def work(op: Operation) -> None:
        op.answer_text("g.dream", "id", "Kota yang lebih cerdas")
        op.answer("g.grade", "no")
        op.answer("f.tags", ("d",), policy="set")
        op.set("programme", rows["other"], dimension="mobility")
        made = op.add_row("wants")
        op.cell_text(made, "weight", "id", "Baru")
        op.insert("member", body=_force(workspace), name="Tambahan")

    edit(workspace, work)
    worked_out = preview(workspace, OLD)
    assert told(worked_out, "g.dream").state is State.NEWER
    assert told(worked_out, "g.dream").other.text.read("id") == "Kota cerdas"
    # a choice that means nothing there falls away, and what was chosen there before stands again
    assert told(worked_out, "f.tags").state is State.FALLS
    move(workspace, OLD)
    plan = workspace.plan()
    assert plan.answer("f.vision").text.read("id") == "Kota yang lebih cerdas"
    assert plan.answer("f.grade").value == "poor"
    assert plan.answer("f.tags").value == ("a", "c")
    other = next(each for each in plan.programmes if each.id == rows["other"])
    assert (other.dimension, other.sub_dimension) == ("gov", "move")
    assert [row.cells["what"].text.read("id") for row in plan.rows["needs"]] == ["Jalan", "Baru"]
    council = next(each for each in plan.bodies if each.body == "council")
    assert len(council.members) == 2
    older = {each.item: each.content for each in leftovers(workspace) if each.older}
    assert older["f.vision"].text.read("id") == "Kota cerdas"
    assert older["f.grade"].value == "fair"
    # and what was chosen over there waits over there
    move(workspace, NEW)
    assert workspace.plan().answer("f.tags").value == ("d",)


def _force(workspace: Workspace) -> str:
    return next(each.id for each in workspace.plan().bodies if each.body == "force")


def test_what_was_left_alone_there_does_not_overwrite_what_was_written_here(workspace):
    edit(workspace, fill)
    move(workspace, NEW)
    edit(workspace, lambda op: op.answer_text("g.dream", "id", "Baru"))
    move(workspace, OLD)
    edit(workspace, lambda op: op.answer_text("f.vision", "id", "Lebih baru"))
    move(workspace, NEW)
    assert workspace.plan().answer("g.dream").text.read("id") == "Lebih baru"
    move(workspace, OLD)
    assert workspace.plan().answer("f.vision").text.read("id") == "Lebih baru"


def test_an_emptied_answer_is_no_reason_to_lose_the_earlier_one(workspace):
    edit(workspace, fill)
    move(workspace, NEW)
    edit(workspace, lambda op: op.answer_text("g.dream", "id", ""))
    edit(workspace, lambda op: op.answer_text("g.dream", "en", ""))
    move(workspace, OLD)
    assert workspace.plan().answer("f.vision").text.read("id") == "Kota cerdas"


def test_a_newer_version_of_the_same_pack_keeps_everything_in_place(workspace):
    edit(workspace, fill)
    before = content(workspace.plan())
    worked_out = move(workspace, write_pack(renamed(old(), "2")))
    assert not worked_out.of(State.FALLS, State.MAPPED, State.NEWER, State.EARLIER)
    plan = workspace.plan()
    assert (plan.guideline.id, plan.guideline.version) == ("old", "2")
    assert replace(content(plan), guideline=before.guideline) == before
    assert workspace.pack().pack.version == "2"
    assert leftovers(workspace) == ()
    workspace.undo()
    assert content(workspace.plan()) == before


def test_a_value_taken_along_says_where_it_comes_from(workspace):
    edit(workspace, fill)
    move(workspace, NEW)
    row = derived_id("answer", "g.dream", "", "id")
    found = workspace.provenance([("answer", row, "value")])
    assert [each.manner for each in found.values()] == [Manner.MOVED]
    assert render(next(iter(found.values())).message, Language.ID).startswith(
        "Dibawa dari pedoman sebelumnya"
    )


def test_money_sources_the_other_guideline_does_not_know_keep_their_name(workspace):
    edit(workspace, fill)
    move(workspace, NEW)
    plan = workspace.plan()
    assert funding_called(plan, "dak").read("en") == "DAK (en)"
    assert funding_called(plan, "never").read("en") == "never"
    assert [line.indicative for line in plan.programmes[0].budget] == [5]
    assert "DAK" in spoken(workspace)


def spoken(workspace: Workspace) -> str:
    """What the checks say of the line whose source they do not know."""
    reading = Reading(workspace.plan(), workspace.pack())
    return _source(reading, workspace.plan().programmes[0].budget[0]).read("id")


def test_notes_of_a_move_are_not_handed_in(workspace):
    edit(workspace, fill)
    move(workspace, NEW)
    data = read_data(plan_data(workspace.plan()))
    assert not [each.item for each in data.answers if is_note(each.item)]
    assert "g.dream" in {each.item for each in data.answers}
