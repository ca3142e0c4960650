"""An agency's answer becomes the region's: one operation, nothing that the agency left open is emptied."""

import pytest

from desktop.base import Message
from desktop.exchange.taking_up import NothingToTake, take_for_region
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
        yield made


def sheet_of(workspace, name="readiness"):
    return next(each for each in workspace.pack().worksheets if each.id == name)


def fill(workspace, agency="", **cells):
    with workspace.operation(DO) as op:
        fixed = sheet_of(workspace).fixed_rows[0].id
        row = op.fixed_row("readiness", fixed, agency=agency)
        for column, value in cells.items():
            if isinstance(value, dict):
                for language, text in value.items():
                    op.cell_text(row, column, language, text)
            else:
                op.cell(row, column, value)
    return next(each for each in workspace.plan().rows["readiness"] if each.id == row)


def test_it_replaces_what_stood_there_in_both_languages_and_says_where_it_comes_from(workspace):
    with workspace.operation(DO) as op:
        agency = op.insert("agency", name={"id": "Dinas Kesehatan"})
    fill(workspace, rating="poor", condition={"id": "Lama"})
    theirs = fill(workspace, agency, condition={"en": "New", "id": "Baru"})
    own = take_for_region(workspace, sheet_of(workspace), theirs)
    kept = next(each for each in workspace.plan().rows["readiness"] if each.id == own)
    assert kept.cells["rating"].value == "poor"  # the agency did not rate it
    assert dict(kept.cells["condition"].text.values) == {"id": "Baru", "en": "New"}
    assert not kept.cells["condition"].text.stale("en", "id")
    from desktop.base.ids import derived_id

    cell = ("cell", derived_id("cell", own, "condition", "id"), "value")
    assert workspace.provenance([cell])[cell].manner is Manner.CARRIED
    workspace.undo()
    kept = next(each for each in workspace.plan().rows["readiness"] if each.id == own)
    assert kept.cells["condition"].text.read("id") == "Lama"


def test_the_regions_own_row_and_one_that_says_nothing_cannot_be_taken(workspace):
    own = fill(workspace, rating="good")
    with pytest.raises(NothingToTake):
        take_for_region(workspace, sheet_of(workspace), own)
