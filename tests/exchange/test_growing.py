"""A row of a worksheet becomes a programme once, with what it says and no guess beyond it."""

import pytest

from desktop.base import Message
from desktop.exchange.growing import IsProgramme, NoProgrammeOfIt, make_programme, may_grow
from desktop.guideline.lookup import bundled_bytes
from desktop.workspace import Author, Workspace
from desktop.workspace.provenance import Manner

DO = Message("ui.op.add_row", sheet="x")


@pytest.fixture
def workspace(tmp_path):
    made = Workspace.create(
        tmp_path / "kota.rancang", region="18.07", first_year=2027, last_year=2031, title={"id": "Rencana"},
        pack=bundled_bytes("smart-city-2021"), author=Author("Sari", "secretary"),
    )  # fmt: skip
    with made:
        with made.operation(DO) as op:
            op.insert("agency", name={"id": "Dinas Kesehatan"}, short_name="Dinkes")
        yield made


def sheet_of(workspace, name):
    return next(each for each in workspace.pack().worksheets if each.id == name)


def add(workspace, sheet, agency="", **cells):
    with workspace.operation(DO) as op:
        row = op.add_row(sheet, agency=agency)
        for column, value in cells.items():
            if isinstance(value, dict):
                for language, text in value.items():
                    op.cell_text(row, column, language, text)
            else:
                op.cell(row, column, value)
    return read(workspace, sheet, row)


def read(workspace, sheet, row):
    return next(each for each in workspace.plan().rows[sheet] if each.id == row)


def test_an_initiative_gives_title_service_served_sub_dimension_and_its_dimension(workspace):
    agency = workspace.plan().agencies[0].id
    row = add(
        workspace, "initiatives", agency, title={"en": "Boat clinic", "id": "Perahu sehat"},
        problem={"id": "Pulau jauh"}, service={"id": "Puskesmas keliling"}, served={"id": "Warga pulau"},
        sub_dimension="health",
    )  # fmt: skip
    made = make_programme(workspace, sheet_of(workspace, "initiatives"), row)
    (programme,) = workspace.plan().programmes
    assert programme.id == made
    assert dict(programme.title.values) == {"id": "Perahu sehat", "en": "Boat clinic"}
    assert not programme.title.stale("en", "id")
    assert [programme.before.read("id"), programme.service.read("id"), programme.served.read("id")] == [
        "Pulau jauh", "Puskesmas keliling", "Warga pulau",
    ]  # fmt: skip
    assert (programme.dimension, programme.sub_dimension, programme.lead) == ("living", "health", agency)
    assert (programme.start_year, programme.end_year) == (2027, 2031)
    assert read(workspace, "initiatives", row.id).cells["programme"].value == made
    register = ("programme", made, "title")
    assert workspace.provenance([register])[register].manner is Manner.CARRIED
    workspace.undo()
    assert workspace.plan().programmes == ()
    assert not read(workspace, "initiatives", row.id).cells.get("programme")


def test_a_problem_without_a_need_lends_its_text_as_title_once(workspace):
    row = add(workspace, "problems", problem={"id": "Antre enam jam"})
    make_programme(workspace, sheet_of(workspace, "problems"), row)
    (programme,) = workspace.plan().programmes
    assert programme.title.read("id") == "Antre enam jam"
    assert not programme.before
    assert not programme.lead


def test_a_row_becomes_one_programme_and_another_when_that_one_is_gone(workspace):
    sheet = sheet_of(workspace, "inventory")
    row = add(workspace, "inventory", name={"id": "e-Izin"}, kind="application")
    made = make_programme(workspace, sheet, row)
    row = read(workspace, "inventory", row.id)
    assert not may_grow(sheet, row, workspace.plan())
    with pytest.raises(IsProgramme):
        make_programme(workspace, sheet, row)
    with workspace.operation(DO) as op:
        op.delete("programme", made)
    assert may_grow(sheet, row, workspace.plan())


def test_empty_rows_and_rows_of_other_sheets_become_none(workspace):
    with pytest.raises(NoProgrammeOfIt):
        make_programme(workspace, sheet_of(workspace, "inventory"), add(workspace, "inventory"))
    row = add(workspace, "rpjmd", mission={"id": "Misi"})
    with pytest.raises(NoProgrammeOfIt):
        make_programme(workspace, sheet_of(workspace, "rpjmd"), row)
