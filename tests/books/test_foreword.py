"""The foreword: written as a chapter, printed before the contents, signed by the head of region."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from desktop.base import Language
from desktop.books.compose import compose, composing
from desktop.books.document import Heading, Note, Paragraph, text_of
from desktop.books.docx import render_docx
from desktop.books.html import render_html
from desktop.books.pdf import render_pdf
from desktop.checks.forewords import unwritten
from desktop.checks.places import title_of_page
from desktop.checks.reading import reading_of
from desktop.guideline import Guideline
from desktop.guideline.foreword import foreword
from desktop.workspace.plan import Answer, Text
from tests.books import plans
from tests.books.test_references import REAL

ITEM = "chapter.II.foreword"
WORDS = "<p>Puji syukur<fn>Ucapan pembuka</fn> kami panjatkan.</p><p>Buku ini janji kami.</p>"


def plan(**texts):
    made = plans.plan()
    return replace(made, answers={**made.answers, (ITEM, ""): Answer(ITEM, "", None, Text(texts), "")})


def book(language=Language.ID, **texts):
    return compose(plan(**texts), REAL, "II", language, draft=False)


@pytest.fixture(scope="module")
def made():
    return book(id=WORDS)


def test_it_stands_before_the_contents_signed_and_its_footnotes_count_first(made):
    heading, *rest, signed = made.front
    assert (heading.text, heading.number, heading.level) == ("Kata Pengantar", "", 1)
    assert signed.style == "signed"
    when, office, *_, name = text_of(signed.line).split("\n")
    assert "202" in when
    assert office
    assert name
    (note,) = [part for each in rest for part in each.line if isinstance(part, Note)]
    assert note.number == 1
    first = next(each for each in made.elements if isinstance(each, Heading))
    assert first.number == "1", "chapters keep their numbers"
    assert next(iter(made.headings)) is heading, "the contents list it"


def test_a_book_without_one_is_what_it_was(made):
    empty = book(id="<p> </p>")
    assert empty.front == ()
    assert [e.number for e in empty.headings] == [e.number for e in made.headings][1:]
    assert unwritten(plan(id=WORDS), REAL) == tuple(b.title for b in REAL.books if b.id in {"I", "III"})


def test_a_missing_translation_is_marked(made):
    english = book(Language.EN, id=WORDS)
    assert english.front[0].text == "Foreword"
    assert isinstance(english.front[1], Paragraph)
    assert "Indonesian text" in text_of(english.front[1].line)
    assert "Puji syukur" in text_of(english.front[2].line)


@pytest.mark.slow
def test_every_form_prints_it_before_the_contents(made):
    import pypdfium2

    data = render_pdf(made).pdf
    pdf = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    at = [next(n for n, text in enumerate(pages) if words in text) for words in ("Puji syukur", "Daftar Isi")]
    assert at == [2, 3]
    assert pages[3].count("Kata Pengantar") == 1, "in the contents, and not over them"
    assert all(text.strip() for text in pages[:6]), "no page is empty"
    html = render_html(made).decode()
    assert html.index("Puji syukur") < html.index(">1<")
    with ZipFile(BytesIO(render_docx(made))) as zipped:
        body = zipped.read("word/document.xml").decode()
    assert body.index("Puji syukur") < body.index("TOCHeading")


def test_it_is_a_chapter_like_any_to_checks_names_and_screens():
    chapter = foreword(next(each for each in REAL.books if each.id == "II"))
    guide = Guideline(REAL)
    assert guide.chapter("II.foreword") is chapter
    assert guide.field(ITEM).type == "rich_text"
    assert guide.book_of("II.foreword").id == "II"
    assert next(each.chapter.id for each in guide.chapters("II")) == "II.1"
    spots = [each.chapter.id for each in reading_of(plan(id=WORDS), REAL).chapters]
    assert spots.index("II.foreword") == spots.index("II.1") - 1
    assert "Kata Pengantar" in str(title_of_page(plan(), guide, "chapter", "II.foreword"))
    *_, shown = composing(plan(), REAL, "II", Language.ID, draft=True, on_screen=True)
    assert shown.front == ()
    assert shown.elements[0].target == "chapter/II.foreword"


@pytest.mark.parametrize("kind", ["application", "memorandum", "statement", "presentation", "commitment"])
def test_letters_have_none(kind):
    assert all(foreword(each) is None for each in REAL.books if each.kind == kind)
