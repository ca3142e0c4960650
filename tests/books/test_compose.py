"""What stands in a book: compared with reviewed pages of text, and alike in both languages."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.base import Language, Message
from desktop.base.richtext import Run
from desktop.books.compose import UnknownBook, compose
from desktop.books.document import (
    Callout,
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Roadmap,
    Signatures,
    Table,
    Tag,
    Tone,
    text_of,
)
from desktop.guideline import load_pack
from desktop.workspace.plan import Answer, Text
from tests.books import plans

DATA = Path(__file__).parent.parent / "data"


def book(language=Language.ID, plan=None, *, book_id="everything", draft=True, **more) -> Document:
    return compose(plan or plans.plan(), plans.pack(), book_id, language, draft=draft, **more)


def written(document: Document) -> str:
    """A document as text that a person can review."""
    lines = [document.title, *document.cover.lines, *document.notices, document.running_foot]
    for element in document.all if document.letter else document.elements:
        match element:
            case Heading():
                tags = " ".join(f"[{tag.text}]" for tag in element.tags)
                lines += ["", f"{'#' * element.level} {element.number} {element.text} {tags}".rstrip()]
            case Paragraph():
                lines.append(
                    f"{element.style}{' (example)' if element.example else ''}: {text_of(element.line)}"
                )
            case ListBlock():
                lines += [f"{'  ' * i.depth}{i.ordinal or '*'} {text_of(i.line)}" for i in element.items]
            case Table():
                lines.append(f"Table {element.number}: {element.caption}")
                lines.append("  | " + " | ".join(column.title for column in element.columns))
                lines += [f"  {row.kind[0]} " + " | ".join(map(text_of, row.cells)) for row in element.rows]
            case Figure():
                lines += [f"Figure {element.number}: {element.caption}", f"  {element.chart}"]
            case Callout():
                lines.append(f"!! {element.title}: " + " / ".join(map(text_of, element.lines)))
            case Signatures():
                lines += [f"sign: {s.role} | {s.office} | {s.name} | {s.details}" for s in element.signers]
            case _:
                lines.append(type(element).__name__)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("book_id", ["everything", "pledge"])
def test_the_book_says_what_was_reviewed(language, book_id):
    found = written(book(language, book_id=book_id))
    golden = DATA / "books" / f"{book_id}.{language.value}.txt"
    if os.environ.get("RANCANG_WRITE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_both_languages_have_the_same_numbers():
    one, other = book(Language.ID), book(Language.EN)
    assert [(h.level, h.number, h.target) for h in one.headings] == [
        (h.level, h.number, h.target) for h in other.headings
    ]
    assert [(t.number, t.target, len(t.rows)) for t in one.tables] == [
        (t.number, t.target, len(t.rows)) for t in other.tables
    ]
    assert [t.number for t in one.tables] == list(range(1, 1 + len(list(one.tables))))


def test_chapter_numbers_are_those_of_the_guideline():
    from desktop.guideline import Guideline

    numbers = {h.target: h.number for h in book().headings}
    for entry in Guideline(plans.pack()).chapters("everything"):
        assert numbers[f"chapter/{entry.chapter.id}"] == entry.number


def table(document: Document, target: str) -> Table:
    return next(t for t in document.tables if t.target == target)


@pytest.mark.parametrize("target", ["table/budget", "table/budget/dimension", "table/budget/programme"])
def test_budget_sums_reconcile(target):
    plan = plans.plan()
    lines = [line for programme in plan.programmes for line in programme.budget]
    found = table(book(plan=plan, language=Language.EN), target)
    total = next(row for row in found.rows if row.kind == "total")
    figures = [text_of(cell).replace(",", "") for cell in total.cells[1:]]
    by_year = [sum(x.indicative for x in lines if x.year == year) for year in plan.years]
    assert "(million rupiah)" in found.caption
    assert [int(n) * 1_000_000 for n in figures] == [*by_year, sum(by_year)]


@pytest.mark.parametrize(
    ("amount", "unit"), [(5_000_000, "juta rupiah"), (5_001_000, "ribu rupiah"), (5_000_001, "rupiah")]
)
def test_money_is_printed_in_the_largest_unit_that_loses_nothing(amount, unit):
    plan = plans.plan()
    first = plan.programmes[0]
    line = replace(first.budget[0], indicative=amount)
    plan = replace(plan, programmes=(replace(first, budget=(line, *first.budget[1:])), *plan.programmes[1:]))
    found = table(book(plan=plan), "table/budget/programme")
    assert found.caption.endswith(f"({unit})")


def test_a_table_of_programmes_knows_what_it_comes_to_up_to_each_row():
    found = table(book(language=Language.EN), "table/budget/programme")
    bodies = [row for row in found.rows if row.kind == "body"]
    sums = [0] * (len(found.columns) - 1)
    for row in bodies:
        cells = [text_of(cell).replace(",", "").replace("–", "0") for cell in row.cells[1:]]
        sums = [before + int(cell) for before, cell in zip(sums, cells, strict=True)]
        assert [said.replace(",", "") for said in row.so_far[1:]] == [str(n) for n in sums]
    total = next(row for row in found.rows if row.kind == "total")
    assert bodies[-1].so_far[1:] == tuple(map(text_of, total.cells[1:]))


def test_money_outside_the_years_of_the_plan_is_shown_not_lost():
    plan = plans.plan()
    first = plan.programmes[0]
    late = replace(first.budget[0], id="late", year=2040, indicative=7)
    plan = replace(plan, programmes=(replace(first, budget=(*first.budget, late)), *plan.programmes[1:]))
    found = table(book(plan=plan), "table/budget")
    assert [c.title for c in found.columns][-2:] == ["2040", "Jumlah"]
    assert text_of(found.rows[-1].cells[-2]) == "7"


def test_money_of_a_source_the_guideline_does_not_know_is_in_the_total():
    plan = plans.plan()
    first = plan.programmes[0]
    odd = replace(first.budget[0], source="lotre", indicative=1)
    plan = replace(plan, programmes=(replace(first, budget=(odd,)),))
    rows = table(book(plan=plan), "table/budget").rows
    assert [text_of(row.cells[0]) for row in rows] == ["lotre", "Jumlah"]
    assert text_of(rows[-1].cells[-1]) == "1"


def test_missing_language_is_printed_in_the_other_and_marked():
    plan = replace(
        plans.plan(),
        answers={
            ("chapter.II.2", ""): Answer(
                "chapter.II.2", "", None, Text({"id": "<p>Hanya Indonesia.</p>", "en": "<p> </p>"}), ""
            )
        },
    )
    text = written(book(Language.EN, plan))
    assert "note:  [Indonesian text]\nbody: Hanya Indonesia." in text
    assert "[teks Indonesia]" not in written(book(Language.ID, plan))


def test_example_text_is_marked_and_real_data_is_not():
    headings = {h.text: [tag.text for tag in h.tags] for h in book().headings}
    assert headings["Surat desa dalam satu hari"] == ["contoh"]
    assert headings["Program Pengelolaan Pendidikan"] == []


def test_fields_filled_differently_are_stamped():
    document = book(Language.EN)
    assert "1 field filled in differently and not settled" in document.notices
    assert any(
        isinstance(e, Callout) and e.title == "1 field filled in differently" for e in document.elements
    )
    tags = {h.text: [tag.text for tag in h.tags] for h in document.headings}
    assert "filled in differently" in tags["One-stop licensing without a counter"]


def test_a_final_book_has_no_draft_mark_and_no_gaps_pointed_out():
    document = book(draft=False)
    assert document.watermark is None
    assert "Bagian ini belum ditulis." not in written(document)
    assert book().watermark is not None


def test_test_identity_is_announced():
    assert "UJI – tanda tangan tidak tersertifikasi" in book(test=True).notices


def test_findings_set_aside_are_printed_as_sentences():
    findings = {"budget.sum:x": Message("books.budget.none")}
    row = table(book(findings=findings), "table/set_aside").rows[0]
    assert [text_of(cell) for cell in row.cells] == [
        "Anggaran program belum diisi.",
        "Pagu provinsi belum ditetapkan.",
        "Sari",
    ]


def test_references_become_numbers_with_a_way_to_get_there():
    document = book()
    runs = [
        r
        for e in document.elements
        if isinstance(e, Paragraph)
        for r in e.line
        if isinstance(r, Run) and r.href
    ]
    number = table(document, "table/budget").number
    assert Run(f"Tabel {number}", href="ref:table/budget") in runs
    assert Run("Bab 6", href="ref:chapter/II.6") in runs


def test_a_reference_to_nothing_is_only_text():
    plan = replace(
        plans.plan(),
        answers={
            ("chapter.II.1", ""): Answer(
                "chapter.II.1", "", None, Text({"id": '<p><a href="ref:table/none">x</a></p>'}), ""
            )
        },
    )
    lines = [e.line for e in book(plan=plan).elements if isinstance(e, Paragraph)]
    assert (Run("x"), Tag("rujukan tidak ditemukan", Tone.WARNING)) in lines
    final = [e.line for e in book(plan=plan, draft=False).elements if isinstance(e, Paragraph)]
    assert (Run("x"),) in final


def test_signers_stand_in_their_offices():
    (signatures,) = [e for e in book().elements if isinstance(e, Signatures)]
    assert [(s.role, s.office, s.name) for s in signatures.signers] == [
        ("head", "Bupati Lampung Timur", "Ela Siti Nuryamah"),
        ("secretary", "Plt. Sekretaris Daerah", "Ir. Budi Santoso, M.T."),
        ("chair", "Ketua Dewan Smart City", "(nama pejabat belum diisi)"),
    ]


def test_the_roadmap_shows_every_programme_with_years():
    (figure,) = [f for f in book().figures if isinstance(f.chart, Roadmap)]
    bars = [bar for group in figure.chart.groups for bar in group.bars]
    assert len(bars) == len(plans.plan().programmes)
    assert sum(bar.quick_win for bar in bars) == 2


def test_targets_are_written_by_locale():
    plan = plans.plan()
    assert plan.programmes[0].indicators[0].baseline == Decimal("41.5")
    rows = table(book(Language.ID), "table/indicators").rows
    assert "41,5 (2025)" in [text_of(cell) for cell in rows[1].cells]
    assert "41.5 (2025)" in [text_of(c) for c in table(book(Language.EN), "table/indicators").rows[1].cells]


@pytest.mark.parametrize("language", list(Language))
def test_an_empty_plan_makes_a_book_of_gaps(language):
    document = book(language, plans.empty_plan())
    assert len(list(document.headings)) > 7
    assert all(table.rows for table in document.tables)


def test_a_book_the_guideline_does_not_have_is_refused():
    with pytest.raises(UnknownBook) as refusal:
        book(book_id="X")
    assert refusal.value.message.params["known"] == "everything, pledge"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("book_id", ["look", "do"])
def test_another_guideline_needs_no_other_code(language, book_id):
    pack = load_pack(DATA / "tiny-pack")
    document = compose(plans.plan(), pack, book_id, language, draft=True)
    assert len(list(document.headings)) >= 3
    assert all(row.cells for table in document.tables for row in table.rows)
