"""What belongs to an agency: its programmes and their parts, its rows, what it owes; nothing of another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base.ids import derived_id
from desktop.exchange.own_part import OwnPart, own_part
from desktop.guideline import write_pack
from desktop.workspace import Author, Place, Workspace
from tests.workspace.conftest import TINY
from tests.workspace.test_operation import LABEL


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(
        tmp_path / "kota.rancang", region="18.07", first_year=2026, last_year=2030, pack=write_pack(TINY),
        author=Author("Sari"), title={"id": "Rencana"},
    ) as made:  # fmt: skip
        yield made


def parts(town: Workspace, *agencies: str) -> list[OwnPart]:
    return [own_part(town.plan(), town.pack(), each) for each in agencies]


def test_programmes_with_all_their_parts_and_what_is_said_about_them(town: Workspace) -> None:
    with town.operation(LABEL) as op:
        water, land = (op.insert("agency", name={"id": name}) for name in ("Dinas Air", "Dinas Tanah"))
        wells = op.insert("programme", title={"id": "Sumur"}, lead=water)
        line = op.put("budget_line", programme=wells, year=2027, source="apbd", indicative=1)
        indicator = op.insert("indicator", programme=wells, name={"id": "Sumur jadi"})
        target = op.put("target", indicator=indicator, year=2027, target="4")
        activity = op.insert("activity", programme=wells, title={"id": "Gali"}, lead=land)
        sub = op.insert("sub_activity", activity=activity, title={"id": "Gali dalam"})
        risk = op.insert("risk", programme=wells, title={"id": "Kering"})
        support = op.put("programme_agency", programme=wells, agency=land)
        answer = op.answer("quick.win", "ya", scope=wells)
        photo = op.attach(b"x", name="a.txt", media_type="text/plain")
        claim = op.claim(photo, Place("programme", wells, "service"))
    mine, theirs = parts(town, water, land)
    for key in (
        ("agency", water), ("programme", wells), ("budget_line", line), ("indicator", indicator),
        ("target", target), ("activity", activity), ("sub_activity", sub), ("risk", risk),
        ("programme_agency", support), ("answer", answer), ("evidence", photo), ("claim", claim),
    ):  # fmt: skip
        assert mine.holds(*key), key
        leads = key in {("activity", activity), ("sub_activity", sub)}
        assert theirs.holds(*key) is leads, key
    assert not mine.holds("agency", land)


def test_rows_of_worksheets_people_and_what_is_owed(town: Workspace) -> None:
    with town.operation(LABEL) as op:
        water, land = (op.insert("agency", name={"id": name}) for name in ("Dinas Air", "Dinas Tanah"))
        own, other = op.add_row("wishes", agency=water), op.add_row("wishes", agency=land)
        cell = op.cell_text(own, "wish", "id", "Taman")
        person = op.insert("person", name="Budi", agency=water)
        duty = op.duty("form", "town", water)
        mayor = op.answer("town.mayor", "Ani")
        chapter = op.answer_text("chapter.A.start", "id", "Teks")
    (mine,) = parts(town, water)
    held = [("row", own), ("cell", cell), ("person", person), ("duty", duty), ("answer", mayor)]
    assert all(mine.holds(*key) for key in held)
    assert not mine.holds("row", other)
    assert not mine.holds("answer", chapter)
    # a cell that is still to be filled in is its own, too
    assert mine.holds("cell", derived_id("cell", own, "wish", "en"))


def test_what_everybody_may_add_is_outside_of_nobody_s_part(town: Workspace) -> None:
    with town.operation(LABEL) as op:
        water = op.insert("agency", name={"id": "Dinas Air"})
        comment = op.comment(Place("plan"), "Bagus", Author("Budi"))
    (mine,) = parts(town, water)
    assert mine.holds("comment", comment)
    assert not mine.holds("plan", "x")
