"""From the guideline of 2017-2019 to the draft of 2026 and back: every answer is there again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base import Message, richtext
from desktop.guideline import Guideline, bundled_bytes, load_pack
from desktop.guideline.mapping import Crossing
from desktop.guideline.pack import Field, Worksheet
from desktop.workspace import Author, Place, Workspace
from desktop.workspace.moving.applying import move
from desktop.workspace.moving.leftovers import leftovers
from desktop.workspace.moving.planning import State
from desktop.workspace.operation import Operation
from tests.workspace.test_moving import edit, seen

WAYS = [
    ("smart-city-2017", "kota-cerdas-2026"),
    ("smart-city-2021", "kota-cerdas-2026"),
    ("smart-city-2021-four-books", "kota-cerdas-2026"),
    ("smart-city-2017", "smart-city-2021"),
    ("smart-city-2021", "smart-city-2021-four-books"),
]


@pytest.fixture(params=WAYS, ids=" to ".join)
def way(request: pytest.FixtureRequest) -> tuple[bytes, bytes]:
    return tuple(bundled_bytes(each) for each in request.param)


@pytest.fixture
def workspace(way: tuple[bytes, bytes], tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(
        tmp_path / "a.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=way[0], author=Author("Sari"),
    ) as made:  # fmt: skip
        edit(made, lambda op: fill_all(op, Guideline(made.pack())))
        yield made


def fill_all(op: Operation, guideline: Guideline) -> None:
    """An answer to every item of a guideline, a row in every worksheet, a row of every kind."""
    agency = op.insert("agency", code="1", name={"id": "Dinas"})
    person = op.insert("person", name="Ibu", role=guideline.pack.roles[0].id, agency=agency)
    programmes = fill_programmes(op, guideline)
    fits = (guideline, agency, person, programmes[0])
    evidence = op.attach(b"bukti", name="b.txt", media_type="text/plain")
    for item, field in guideline.items():
        holder = item.partition(".")[0]
        if guideline.worksheet(holder) is None:
            for scope in programmes if holder in {"programme", "quick_win"} else ("",):
                answer(op, item, field, scope, *fits)
            op.claim(evidence, Place("answer", item=item))
    for sheet in guideline.pack.worksheets:
        if not sheet.binding:
            fill_sheet(op, sheet, fits)
    fill_bodies(op, guideline, person)


def fill_programmes(op: Operation, guideline: Guideline) -> list[str]:
    planning = guideline.pack.planning
    made = [
        op.insert(
            "programme", title={"id": part.id}, dimension=dimension.id, sub_dimension=part.id, quick_win=True
        )
        for dimension in guideline.pack.dimensions
        for part in dimension.sub_dimensions
    ]
    for area in planning.action_areas:
        op.insert("activity", programme=made[0], title={"id": "Kegiatan"}, area=area.id)
    for funding in planning.funding:
        op.insert("budget_line", programme=made[0], year=2026, source=funding.id, indicative=1)
    return made


def fill_sheet(op: Operation, sheet: Worksheet, fits: tuple[object, ...]) -> None:
    rows = [op.fixed_row(sheet.id, row.id) for row in sheet.fixed_rows]
    if sheet.free_rows:
        rows.append(op.add_row(sheet.id, agency=str(fits[1]) if sheet.scope == "agency" else ""))
    for row in rows:
        for column in sheet.columns:
            if column.bilingual:
                op.cell_text(row, column.id, "id", words(column, f"{sheet.id} {column.id}"))
            elif not column.difference:
                op.cell(row, column.id, value(column, *fits))


def fill_bodies(op: Operation, guideline: Guideline, person: str) -> None:
    pack = guideline.pack
    for each in pack.bodies:
        for dimension in [one.id for one in pack.dimensions] if each.per_dimension else [""]:
            body = op.insert("body", body=each.id, dimension=dimension)
            op.insert("member", body=body, person=person)
    for each in pack.figures:
        op.insert("figure", measure=each.id, year=2025, value=each.choices[0].id if each.choices else "5")
    for each in pack.sessions:
        op.insert("meeting", kind="bimtek", session=each.id, title={"id": "Bimtek"})
        for output in each.outputs:
            op.insert("session_output", session=each.id, output=output.id, state="done")


def answer(op: Operation, item: str, field: Field, scope: str, *rest: object) -> None:
    if field.bilingual:
        op.answer_text(item, "id", words(field, item), scope=scope)
        op.answer_text(item, "en", words(field, f"{item} in English"), scope=scope)
    else:
        op.answer(item, value(field, *rest), scope=scope)


def words(field: Field, text: str) -> str:
    return richtext.from_plain(text) if field.type == "rich_text" else text


PLAIN = {
    "integer": 7, "rupiah": 7, "year": 2025, "decimal": "2.5", "percent": "2.5", "boolean": True,
    "date": "2026-01-02",
}  # fmt: skip


def value(field: Field, guideline: Guideline, agency: str, person: str, programme: str) -> object:
    if field.type in PLAIN:
        return PLAIN[field.type]
    if field.type in {"choice", "choices"}:
        ids = sorted(each.id for each in field.choices)
        return tuple(ids) if field.type == "choices" else ids[-1]
    dimension = guideline.pack.dimensions[1]
    rows = {"agency": agency, "person": person, "programme": programme}
    names = {"dimension": dimension.id, "sub_dimension": dimension.sub_dimensions[0].id}
    return {**rows, **names}.get(field.type, "teks")


@pytest.mark.slow
def test_every_answer_is_there_again(workspace, way):
    here, there = (Guideline(load_pack(each)) for each in way)
    before = seen(workspace.plan(), here)
    worked_out = move(workspace, way[1])
    assert worked_out.known
    assert workspace.pack().pack.id == there.pack.pack.id
    kept = leftovers(workspace)
    told = {
        (entry.held.slot.table, entry.held.slot.row, entry.held.slot.field)
        for entry in worked_out.of(State.FALLS)
    }
    assert {(each.slot.table, each.slot.row, each.slot.field) for each in kept if each.slot.field} == told
    assert all(each.label.read("id") for each in kept)
    assert move(workspace, way[0]).of(State.NEWER, State.EARLIER, State.FALLS) == ()
    assert seen(workspace.plan(), here) == before
    assert leftovers(workspace) == ()


@pytest.mark.slow
def test_what_is_written_over_there_comes_back_too(workspace, way):
    there = Guideline(load_pack(way[1]))
    move(workspace, way[1])
    changed = [
        item
        for item, field in there.items()
        if field.type in {"text", "long_text"} and field.bilingual and there.form(item.partition(".")[0])
    ]

    def write(op: Operation) -> None:
        for item in changed:
            op.answer_text(item, "id", f"baru {item}")
        op.insert("programme", title={"id": "Baru"}, dimension=there.pack.dimensions[-1].id)

    edit(workspace, write)
    move(workspace, way[0])
    plan = workspace.plan()
    here = Guideline(workspace.pack())
    crossing = Crossing(there, here)
    for item in changed:
        for image in crossing.items(item)[:1]:
            text = plan.answer(image).text.read("id")
            assert f"baru {item}" in richtext.plain_text(text) or text == f"baru {item}"
    assert plan.programmes[-1].title.read("id") == "Baru"
    assert here.dimension(plan.programmes[-1].dimension)
    older = {each.item for each in leftovers(workspace) if each.older}
    # where both guidelines have a place of their own; elsewhere it is an edit like any other
    assert older == {image for item in changed for image in crossing.items(item)[:1] if image != item}


@pytest.mark.slow
def test_a_round_over_three_guidelines_ends_where_it_began(tmp_path):
    packs = [bundled_bytes(each) for each in ("smart-city-2017", "smart-city-2021", "kota-cerdas-2026")]
    with Workspace.create(
        tmp_path / "a.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=packs[0], author=Author("Sari"),
    ) as workspace:  # fmt: skip
        here = Guideline(workspace.pack())
        edit(workspace, lambda op: fill_all(op, here))
        before = seen(workspace.plan(), here)
        for pack in (*packs[1:], packs[0]):
            move(workspace, pack)
        assert seen(workspace.plan(), here) == before
        for _ in range(3):
            workspace.undo()
        assert seen(workspace.plan(), here) == before
        assert workspace.can_undo is not None
        assert workspace.can_undo.id == Message("workspace.label.resolve").id
