"""Worksheets in a book: the region's answers, a recap of agencies, marks counted, differences worked out."""

from dataclasses import replace

from desktop.base import Language
from desktop.books.compose import compose
from desktop.books.document import Paragraph, Table, text_of
from desktop.guideline.pack import Block, Book, Chapter, Field, Worksheet
from tests.checks.build import AGENCY, PACK, local, plan, replace_pack, row, text

OTHER = replace(AGENCY, id="a2", name=text("Dinas Kesehatan", "Health agency"), short_name="Dinkes")
READY = replace_pack(PACK.worksheets[0], scope="agency")
MAPPING = Worksheet(
    id="map",
    title=local("Pemetaan", "Mapping"),
    columns=(
        Field(id="target", label=local("Sasaran"), type="long_text", required=True),
        Field(id="gov", label=local("Tata kelola"), type="boolean", dimension="governance"),
        Field(id="mob", label=local("Mobilitas"), type="boolean", dimension="mobility"),
    ),
)
GAP = Worksheet(
    id="gap",
    title=local("Kesenjangan", "Gap"),
    columns=(
        Field(id="rests", label=local("Dasar"), type="row", worksheet="map"),
        Field(id="now", label=local("Kini"), type="decimal"),
        Field(id="goal", label=local("Target"), type="decimal"),
        Field(id="gap", label=local("Selisih"), type="decimal", difference=("goal", "now")),
    ),
)


def printed(rows, *blocks, language=Language.EN):
    chapter = Chapter(
        id="B.1", title=local("Bab"), blocks=tuple(Block(show=show, ref=ref) for show, ref in blocks)
    )
    book = Book(id="B", code="B", title=local("Buku"), kind="application", chapters=(chapter,))
    pack = replace_pack(PACK, worksheets=(READY, MAPPING, GAP), books=(book,))
    document = compose(plan(agencies=(AGENCY, OTHER), rows=rows), pack, "B", language, draft=False)
    tables = [each for each in document.elements if isinstance(each, Table)]
    cells = [[tuple(map(text_of, line.cells)) for line in table.rows] for table in tables]
    notes = [text_of(each.line) for each in document.elements if isinstance(each, Paragraph)]
    return cells, notes


RATED = {
    "readiness": (
        row("r1", "readiness", "hr", rating="good", condition=text("Cukup", "Enough")),
        row("r2", "readiness", "hr", "a1", rating="poor", condition=text("Kurang", "Too little")),
    )
}


def test_the_worksheet_is_the_regions_and_the_recap_says_how_agencies_answered():
    (sheet, recap), notes = printed(RATED, ("worksheet", "readiness"), ("recap", "readiness"))
    assert ("Human resources", " [good]", "Enough") in sheet
    assert not any("Too little" in " ".join(line) for line in sheet)
    assert ("Human resources", " [good]", "1 poor", "1") in recap
    assert any("Dinkes" in note or "Health agency" in note for note in notes)


def test_before_any_agency_answered_the_recap_says_so():
    cells, notes = printed({}, ("recap", "readiness"))
    assert cells == []
    assert any("No agency" in note for note in notes)


def test_marks_are_counted_below_the_mapping():
    rows = {"map": (row("m1", "map", target=text("Layanan", "Services"), gov=True),)}
    _, notes = printed(rows, ("worksheet", "map"))
    assert any("Governance 1" in note and "Mobility 0" in note for note in notes)
    assert any(note.endswith("Mobility.") for note in notes)


def test_a_difference_is_worked_out_and_a_row_is_printed_by_its_words_or_a_dash():
    rows = {
        "map": (row("m1", "map", target=text("Layanan", "Services")),),
        "gap": (
            row("g1", "gap", rests="m1", now="70.5", goal="72", gap="9"),
            row("g2", "gap", rests="gone", now="1"),
        ),
    }
    (cells,), _ = printed(rows, ("worksheet", "gap"))
    assert cells[0] == ("Services", "70.5", "72", "1.5")
    assert cells[1][0] == "–"
