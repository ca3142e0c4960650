"""Strengths and weaknesses from readiness, milestones from programmes: added below what is written."""

import pytest

from desktop.exchange.suggestions import accept, suggestions, suggests
from desktop.workspace.provenance import Manner
from tests.exchange.test_growing import DO, add, sheet_of, workspace

__all__ = ["workspace"]


def rate(workspace, fixed, rating, condition=None, agency=""):
    with workspace.operation(DO) as op:
        row = op.fixed_row("readiness", fixed, agency=agency)
        op.cell(row, "rating", rating)
        for language, text in (condition or {}).items():
            op.cell_text(row, "condition", language, text)


def found(workspace, sheet):
    return suggestions(workspace.plan(), workspace.pack(), sheet_of(workspace, sheet))


def cell(workspace, fixed, column):
    row = next(each for each in workspace.plan().rows["swot"] if each.fixed == fixed)
    return row.cells[column].text


def test_good_items_are_strengths_poor_ones_weaknesses_of_their_component_and_moderate_ones_nothing(
    workspace,
):
    rate(workspace, "human_resources", "good", {"id": "40 pranata komputer", "en": "40 ICT staff"})
    rate(workspace, "digital", "poor", {"id": "62 desa tanpa internet"})
    rate(workspace, "budget", "moderate", {"id": "Cukup"})
    one, two = found(workspace, "swot")
    assert one.key.startswith("structure.strengths.")
    assert one.text.read("en").endswith(": 40 ICT staff")
    assert two.key.startswith("infrastructure.weaknesses.")


def test_they_are_added_below_what_is_written_in_one_operation_and_not_offered_again(workspace):
    rate(workspace, "human_resources", "good", {"id": "40 pranata komputer"})
    rate(workspace, "process", "good")
    with workspace.operation(DO) as op:
        op.cell_text(op.fixed_row("swot", "structure"), "strengths", "id", "Dukungan bupati")
    before = len(workspace.recent())
    assert accept(workspace, sheet_of(workspace, "swot"), found(workspace, "swot")) == 2
    assert len(workspace.recent()) == before + 1
    lines = cell(workspace, "structure", "strengths").read("id").splitlines()
    assert lines[0] == "Dukungan bupati"
    assert lines[1].endswith(": 40 pranata komputer")
    assert len(lines) == 3
    assert found(workspace, "swot") == ()
    row = next(each for each in workspace.plan().rows["swot"] if each.fixed == "structure")
    from desktop.base.ids import derived_id

    register = ("cell", derived_id("cell", row.id, "strengths", "id"), "value")
    assert workspace.provenance([register])[register].manner is Manner.CARRIED


def test_the_regions_rating_is_taken_and_the_agencies_only_where_it_has_none(workspace):
    agency = workspace.plan().agencies[0].id
    rate(workspace, "human_resources", "poor", {"id": "Kurang"}, agency)
    assert [each.key.split(".")[1] for each in found(workspace, "swot")] == ["weaknesses"]
    rate(workspace, "human_resources", "good", {"id": "Cukup"})
    assert [each.key.split(".")[1] for each in found(workspace, "swot")] == ["strengths"]


@pytest.fixture
def programmes(workspace):
    with workspace.operation(DO) as op:
        first = op.insert("programme", title={"id": "Layanan"}, start_year=2027, end_year=2029)
        op.insert("activity", programme=first, title={"id": "Latih petugas"}, output={"id": "12 petugas"},
                  start_year=2027, end_year=2027)  # fmt: skip
        op.insert("activity", programme=first, title={"id": "Perluas"}, start_year=2028, end_year=2029)
        second = op.insert("programme", title={"id": "Jalan"}, start_year=2028, end_year=2031)
        indicator = op.insert("indicator", programme=second, name={"id": "Jalan mantap"}, unit="%")
        op.put("target", indicator=indicator, year=2031, target="82.5")
        op.insert("programme", title={"id": "Baru"}, start_year=2027)
    return workspace


def test_milestones_are_activities_that_end_in_the_term_else_a_target_else_the_beginning(programmes):
    short = {(each.text.read("id"), each.where.params["year"]) for each in found(programmes, "roadmap_short")}
    assert short == {("12 petugas", "2027"), ("Mulai dilaksanakan: Baru", "2027")}
    medium = {
        (each.text.read("id"), each.where.params["year"]) for each in found(programmes, "roadmap_medium")
    }
    assert medium == {("Perluas", "2029"), ("Jalan mantap: 82,5 %", "2031")}
    assert found(programmes, "roadmap_long") == ()


def test_accepted_they_are_rows_of_their_programme_and_not_offered_again(programmes):
    sheet = sheet_of(programmes, "roadmap_short")
    accept(programmes, sheet, found(programmes, "roadmap_short")[:1])
    (row,) = programmes.plan().rows["roadmap_short"]
    assert row.cells["milestone"].text.read("id") == "12 petugas"
    assert row.cells["year"].value == 2027
    assert row.cells["programme"].value == programmes.plan().programmes[0].id
    assert len(found(programmes, "roadmap_short")) == 1


def test_other_sheets_are_suggested_nothing(workspace):
    add(workspace, "rpjmd", mission={"id": "Misi"})
    assert found(workspace, "rpjmd") == ()
    kinds = [each.id for each in workspace.pack().worksheets if suggests(workspace.pack(), each)]
    assert kinds == ["swot", "roadmap_short", "roadmap_medium", "roadmap_long"]
