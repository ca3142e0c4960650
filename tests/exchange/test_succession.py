"""An office renamed or merged, a person replaced: one step, history kept, open work moved as asked."""

import pytest

from desktop.base import Message
from desktop.exchange.succession import (
    AlreadyOver,
    Holder,
    NoDay,
    NoName,
    NotAfterItself,
    Office,
    follow_agency,
    follow_person,
    name_task,
)
from desktop.guideline.lookup import bundled_bytes
from desktop.workspace import Author, Place, Workspace

LABEL = Message("cli.label.duty")
DAY = "2027-04-01"


@pytest.fixture
def town(tmp_path):
    made = Workspace.create(
        tmp_path / "kota.rancang", region="18.07", first_year=2027, last_year=2031, title={"id": "Rencana"},
        pack=bundled_bytes("smart-city-2021"), author=Author("Sari", "secretary"),
    )  # fmt: skip
    with made:
        with made.operation(LABEL) as op:
            made.old = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR", head="Tono")
            made.other = op.insert("agency", name={"id": "Dinas Tanah"}, short_name="TANAH")
            made.budi = op.insert("person", name="Budi", agency=made.old, task="contact")
            made.programme = op.insert("programme", title={"id": "Sumur"}, lead=made.old)
            op.insert("programme_agency", programme=made.programme, agency=made.old)
            sheet = made.sheet = next(
                each for each in made.pack().worksheets if each.scope == "agency" and each.fixed_rows
            )
            made.row = op.fixed_row(sheet.id, sheet.fixed_rows[0].id, agency=made.old)
            column = next(each for each in sheet.columns if each.bilingual)
            made.column = column.id
            op.cell_text(made.row, column.id, "id", "Ada", policy=column.policy)
            op.claim(
                op.attach(b"bukti", name="a.jpg", media_type="image/jpeg"),
                Place("cell", made.row, column.id),
            )
            op.duty("worksheet", sheet.id, made.old, person=made.budi, state="sent")
            op.duty("programmes", made.programme, made.old, state="approved")
            op.deadline("2027-06-30", page="worksheet", ref=sheet.id, agency=made.old)
            op.comment(Place("row", made.row), "Lengkapi", Author("Ani", "mentor"), owner=made.old)
        yield made


def follow(town, *agencies, into="", move=True, **name):
    plan = town.plan()
    with town.operation(LABEL) as op:
        return follow_agency(
            op, plan, town.pack(), [plan.agency(each) for each in agencies], DAY,
            Office(into, name, "PUPR" if name else ""), move=move,
        )  # fmt: skip


def test_a_renamed_office_leaves_its_open_work_and_keeps_its_past(town):
    moved = follow(town, town.old, id="Dinas Pekerjaan Umum")
    plan = town.plan()
    old, new = plan.agency(town.old), plan.agency(moved.successor)
    assert (old.until, old.successor, old.name.read("id")) == ("2027-03-31", new.id, "Dinas Air")
    assert (new.name.read("id"), new.head) == ("Dinas Pekerjaan Umum", "Tono")
    programme = plan.programmes[0]
    assert (programme.lead, programme.supporting) == (new.id, (new.id,))
    assert [(each.page, each.agency, each.state) for each in plan.duties] == [
        ("programmes", town.old, "approved"),
        ("worksheet", new.id, "sent"),
    ]
    assert [each.agency for each in plan.deadlines] == [new.id]
    assert [each.owner for each in plan.comments] == [new.id]
    assert [each.agency for each in plan.people] == [new.id]
    (row,) = plan.rows[town.sheet.id]
    assert (row.agency, row.cells[town.column].text.read("id")) == (new.id, "Ada")
    assert [claim.row for file in plan.evidence for claim in file.claims] == [row.id]
    assert plan.comments[0].place.row == row.id
    # one step: all of it is taken back at once
    assert town.undo() is not None
    plan = town.plan()
    assert plan.agency(moved.successor) is None
    assert (plan.programmes[0].lead, plan.agency(town.old).until) == (town.old, "")
    assert plan.rows[town.sheet.id][0].agency == town.old
    town.self_check()


def test_where_nothing_is_to_move_everything_stays_with_the_old_office(town):
    moved = follow(town, town.old, move=False, id="Dinas Pekerjaan Umum")
    plan = town.plan()
    assert plan.agency(town.old).successor == moved.successor
    assert plan.programmes[0].lead == town.old
    assert {each.agency for each in plan.duties} == {town.old}


def test_merged_offices_lose_nothing_where_both_answered_the_same_row(town):
    with town.operation(LABEL) as op:
        row = op.fixed_row(town.sheet.id, town.sheet.fixed_rows[0].id, agency=town.other)
        op.cell_text(row, town.column, "id", "Tidak ada")
    moved = follow(town, town.old, town.other, id="Dinas Pekerjaan Umum")
    assert moved.kept == 1
    said = {each.cells[town.column].text.read("id") for each in town.plan().rows[town.sheet.id]}
    assert said == {"Ada", "Tidak ada"}


def test_an_office_never_comes_after_itself(town):
    with pytest.raises(NotAfterItself):
        follow(town, town.old, into=town.old)
    follow(town, town.old, into=town.other)
    with pytest.raises(NotAfterItself):
        follow(town, town.other, into=town.old)
    with pytest.raises(AlreadyOver):
        follow(town, town.old, id="Lain")
    with pytest.raises(NoName):
        follow(town, town.other, id="  ")
    plan = town.plan()
    with pytest.raises(NoDay), town.operation(LABEL) as op:
        follow_agency(op, plan, town.pack(), [plan.agency(town.other)], "31-01", Office("", {"id": "x"}))


def test_somebody_takes_an_office_over(town):
    plan = town.plan()
    with town.operation(LABEL) as op:
        moved = follow_person(op, plan, plan.people[0], DAY, Holder(name="Citra", nip="1"))
    people = {each.name: each for each in town.plan().people}
    assert (people["Budi"].until, people["Budi"].successor) == ("2027-03-31", people["Citra"].id)
    assert (people["Citra"].task, people["Citra"].agency, people["Citra"].since) == (
        "contact", town.old, DAY,
    )  # fmt: skip
    assert moved.duties == 1
    duty = next(each for each in town.plan().duties if each.page == "worksheet")
    assert duty.person == people["Citra"].id
    with pytest.raises(AlreadyOver), town.operation(LABEL) as op:
        follow_person(op, town.plan(), people["Budi"], DAY, Holder(name="Dodi"))


def test_an_office_has_one_contact_and_one_superior(town):
    with town.operation(LABEL) as op:
        name_task(op, town.plan(), town.old, "contact", "Citra")
    with town.operation(LABEL) as op:
        name_task(op, town.plan(), town.old, "superior", "  budi ")
    assert {each.name: each.task for each in town.plan().people} == {"Budi": "superior", "Citra": "contact"}
