"""References in texts: printed as numbers and present names, with a way to get there."""

from dataclasses import replace
from io import BytesIO

import pytest

from desktop.base import Language
from desktop.base.richtext import Run
from desktop.books.compose import compose, placed
from desktop.books.document import ListBlock, Note, Paragraph
from desktop.books.references import numbers
from desktop.checks.references import live
from desktop.guideline import load_pack
from desktop.guideline.lookup import bundled_bytes
from desktop.workspace.plan import Answer, Text
from tests.books import plans

REAL = load_pack(bundled_bytes("smart-city-2021"))


def book(html, chapter="II.1", book_id="everything", pack=None, language=Language.ID, english=None):
    texts = {"id": html} | ({"en": english} if english else {})
    answer = Answer(f"chapter.{chapter}", "", None, Text(texts), "")
    plan = replace(plans.plan(), answers={(answer.item, ""): answer})
    return compose(plan, pack or plans.pack(), book_id, language, draft=True)


def runs(document):
    return [p for e in document.elements if isinstance(e, Paragraph) for p in e.line if isinstance(p, Run)]


def test_programmes_and_indicators_are_called_by_their_present_names_and_lead_to_their_page():
    programme = next(each for each in plans.plan().programmes if each.indicators)
    indicator = programme.indicators[0]
    made = book(
        f'<p><a href="ref:programme/{programme.id}">nama lama</a> dan '
        f'<a href="ref:indicator/{indicator.id}">nama lama</a></p>'
    )
    assert any(run.text == programme.title.read("id") and run.href for run in runs(made))
    (shown,) = [run for run in runs(made) if run.text == indicator.name.read("id")]
    assert shown.href in {f"ref:programme/{programme.id}", "ref:table/indicators"}


def test_what_another_book_prints_is_cited_with_that_book():
    made = book('<p>Lihat <a href="ref:chapter/I.2">x</a>.</p>', book_id="II", pack=REAL)
    assert Run("Bab 2 Buku I") in runs(made)
    english = book(
        '<p>See <a href="ref:chapter/I.2">x</a>.</p>', book_id="II", pack=REAL, language=Language.EN
    )
    assert Run("Chapter 2 of Book I") in runs(english)


def test_numbers_are_the_same_in_both_languages():
    html = '<p><a href="ref:table/budget">x</a> <a href="ref:chapter/II.6">y</a></p>'
    both = [
        ["".join(filter(str.isdigit, run.text)) for run in runs(book(html, language=language)) if run.href]
        for language in Language
    ]
    assert both[0] == both[1]
    assert all(both[0])


def test_what_the_editor_shows_is_what_other_books_print():
    made = numbers(plans.plan(), REAL, Language.ID)
    assert made.labels["chapter/II.2"] == "Bab 2 Buku II"
    kinds = {each.kind for each in made.referables()}
    assert {"chapter", "table", "programme", "indicator"} <= kinds


def test_every_numbered_thing_a_book_prints_may_be_referred_to():
    plan = plans.plan()
    alive = live(plan, REAL)
    printed = {key for each in REAL.books for key, _, _ in placed(plan, REAL, each, Language.ID)}
    assert {key for key in printed if key not in alive} - {"chapter/signatures"} == set()


def links(document):
    import pikepdf

    from desktop.books.pdf import render_pdf

    with pikepdf.open(BytesIO(render_pdf(document).pdf)) as pdf:
        return sum(1 for page in pdf.pages for note in page.get("/Annots", []) if "/Dest" in note)


@pytest.mark.slow
def test_a_reference_is_a_link_inside_the_pdf():
    with_link = links(book('<p>Lihat <a href="ref:chapter/II.6">bab itu</a>.</p>'))
    assert with_link == links(book("<p>Lihat bab itu.</p>")) + 1


def test_footnotes_count_through_the_book_each_in_one_piece():
    made = book(
        "<p>Naik<fn>BPS, <i>Lampung</i> 2024</fn> dan turun<fn>Diskominfo</fn>.<fn> </fn></p>"
        "<ul><li>Lagi<fn>Bappeda</fn></li></ul>"
    )
    lines = [e.line for e in made.elements if isinstance(e, Paragraph)]
    lines += [item.line for e in made.elements if isinstance(e, ListBlock) for item in e.items]
    notes = [part for line in lines for part in line if isinstance(part, Note)]
    assert [note.number for note in notes] == [1, 2, 3]
    assert notes[0].line == (Run("BPS, "), Run("Lampung", italic=True), Run(" 2024"))
    assert not any(run.raised == "fn" for line in lines for run in line if isinstance(run, Run))


@pytest.mark.slow
def test_footnotes_have_the_same_numbers_in_both_languages_and_the_missing_ones_are_marked():
    both = (
        "<h2>Judul<fn>BPS</fn></h2><p>Naik<fn>Diskominfo</fn> dan turun<fn>Bappeda</fn>.</p>",
        "<h2>Title<fn>BPS</fn></h2><p>Up<fn>Diskominfo</fn> and down.</p>",
    )
    for texts, language, mark in (
        (both, Language.EN, "[Indonesian text] "),
        (both[::-1], Language.ID, "[teks Inggris] "),
        (both, Language.ID, ""),
    ):
        made = book(texts[0], language=language, english=texts[1])
        notes = [p for e in made.elements if isinstance(e, Paragraph) for p in e.line if isinstance(p, Note)]
        assert [note.number for note in notes] == [1, 2, 3]
        said = ["".join(run.text for run in note.line) for note in notes]
        assert said == ["BPS", "Diskominfo", f"{mark}Bappeda"]
        assert not any("BPS" in e.text for e in made.elements if hasattr(e, "level"))


@pytest.mark.parametrize(
    ("english", "printed"),
    [
        ("Bappeda 2025", ["Bappeda 2025", "[Indonesian text] BPS 2025"]),
        # which of them it is nobody can tell: no source is lost
        ("Badan", ["Badan", "[Indonesian text] BPS 2025", "[Indonesian text] Bappeda 2025"]),
        ("2025", ["2025", "[Indonesian text] BPS 2025", "[Indonesian text] Bappeda 2025"]),
    ],
)
def test_the_footnotes_that_a_translation_lacks_are_not_found_by_their_number(english, printed):
    made = book(
        "<p>Naik<fn>BPS 2025</fn> dan turun<fn>Bappeda 2025</fn>.</p>",
        language=Language.EN, english=f"<p>Up, and down<fn>{english}</fn>.</p>",
    )  # fmt: skip
    notes = [p for e in made.elements if isinstance(e, Paragraph) for p in e.line if isinstance(p, Note)]
    assert ["".join(run.text for run in note.line) for note in notes] == printed
