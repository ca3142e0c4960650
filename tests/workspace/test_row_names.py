"""What a row of a worksheet is called elsewhere."""

from desktop.base import LocalText
from desktop.guideline.pack import Field, FixedRow, Worksheet
from desktop.workspace.plan import Cell, Row, Text
from desktop.workspace.row_names import find_row, named_rows, row_name
from tests.checks.build import local, plan, text

SHEET = Worksheet(
    id="mapping",
    title=local("Pemetaan"),
    columns=(
        Field(id="mission", label=local("Misi"), type="long_text", required=True),
        Field(id="target", label=local("Sasaran"), type="long_text", required=True),
        Field(id="note", label=local("Catatan"), translated=False),
    ),
)


def row(id_, *, fixed="", **cells):
    made = {
        name: Cell(None, value) if isinstance(value, Text) else Cell(value, Text())
        for name, value in cells.items()
    }
    return Row(id_, "mapping", "", fixed, id_, made)


def names(*rows, sheet=SHEET):
    return [each.name.read("id") for each in named_rows(plan(rows={"mapping": rows}), sheet)]


def test_the_most_particular_text_that_must_be_written_names_a_row_in_both_languages():
    made = row("1", mission=text("Misi satu"), target=text("Warga puas", "People are content"), note="x")
    assert row_name(SHEET, made) == LocalText({"id": "Warga puas", "en": "People are content"})


def test_where_it_is_empty_the_next_text_does_and_nothing_at_all_names_nothing():
    assert names(row("1", mission=text("Misi satu")), row("2", note="hanya catatan"), row("3")) == [
        "Misi satu", "hanya catatan", "",
    ]  # fmt: skip


def test_rows_that_say_the_same_are_told_apart_by_their_number():
    one, two = row("1", target=text("Sama")), row("2", target=text("sama"))
    assert names(one, row("3", target=text("Lain")), two) == ["Sama (1)", "Lain", "sama (3)"]


def test_the_other_texts_are_its_details():
    made = row("1", mission=text("Misi satu"), target=text("Puas"), note="x")
    (named,) = named_rows(plan(rows={"mapping": (made,)}), SHEET)
    assert named.details.read("id") == "Misi satu · x"


def test_a_row_of_the_guideline_is_called_as_the_guideline_does():
    fixed = (FixedRow(id="hr", label=local("SDM")),)
    sheet = Worksheet(id="mapping", title=local("x"), columns=SHEET.columns, fixed_rows=fixed)
    assert names(row("1", fixed="hr", target=text("tidak dipakai")), sheet=sheet) == ["SDM"]


def test_a_row_is_found_only_in_its_own_worksheet():
    made = plan(rows={"mapping": (row("1"),)})
    assert find_row(made, "mapping", "1") is not None
    assert find_row(made, "swot", "1") is None
