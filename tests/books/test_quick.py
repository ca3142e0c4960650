"""The short ways that printing takes lead to what the long ones would have made."""

from __future__ import annotations

import io
import threading
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph as Reportlabs

from desktop.base import Language
from desktop.base.richtext import Run
from desktop.books.compose import compose
from desktop.books.document import Column, Figure, Paragraph, Photo, Row, Table
from desktop.books.fonts import _file, register
from desktop.books.pdf import render_pdf
from desktop.books.pdf.styles import style
from desktop.books.pdf.texts import paragraph
from desktop.books.photos import MOST_PIXELS, scaled
from desktop.books.quick_font import QuickFont
from tests.books import plans

TEXTS = (
    "Kata",
    "dua kata",
    " di depan",
    "di belakang ",
    "dua  spasi",
    "a&amp;b",
    "<b>x</b>",
    "tak\xa0putus",
    "",
    "½ é –",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", [None, Language.ID])
def test_text_without_marks_is_what_the_parser_makes_of_it(text, language):
    register()
    look = style("body", language)
    long, short = Reportlabs(text, look), paragraph(text, look, Reportlabs)
    assert [vars(each) for each in short.frags] == [vars(each) for each in long.frags]
    assert short.wrap(60, 1000) == long.wrap(60, 1000)


def test_ascii_is_written_at_its_own_codes():
    quick, slow = (kind("NotoSans", str(_file("NotoSans"))) for kind in (QuickFont, TTFont))
    document = PDFDocument()
    for text in ("", "Awal", "é", "Rp1.250.000 (50%)", "a\tb", "\xa0", "Ж", "Akhir ~"):
        assert quick.splitString(text, document) == slow.splitString(text, document), text


def test_words_are_broken_where_the_dictionary_says_and_nowhere_else():
    """Which of its places are taken: test_breaking."""
    from pyphen import Pyphen

    asked = vars(style("body", Language.ID))["hyphenationLang"]
    for word in ("penyelenggaraan", "kabupaten", "a"):
        known = list(Pyphen(lang="id_ID").iterate(word))
        taken = list(asked(word))
        assert taken == [each for each in known if each in taken]
        assert bool(taken) == bool(known)
    assert ("penyelengga", "raan") in asked("penyelenggaraan")


def around(*elements):
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    return replace(made, elements=elements)


@pytest.mark.slow
def test_photos_are_read_in_the_thread_of_the_layout_and_kept_once():
    target, threads = io.BytesIO(), set()
    Image.effect_noise((900, 600), 90).convert("RGB").save(target, "JPEG")

    def read(sha256):
        threads.add(threading.get_ident())
        return target.getvalue()

    figures = [Figure(n, "Foto", Photo(f"{n}"), f"foto-{n}") for n in range(1, 13)]
    data = render_pdf(around(*figures), archival=False, pictures=read).pdf
    assert threads == {threading.get_ident()}
    with pikepdf.open(io.BytesIO(data)) as file:
        pictures = {image.objgen for page in file.pages for image in page.get_images().values()}
    assert len(pictures) == 1


def test_a_picture_that_is_far_too_large_stops_no_book(monkeypatch):
    target = io.BytesIO()
    Image.new("1", (300, 200)).save(target, "PNG")
    assert scaled(target.getvalue, 100, 100) is not None
    # a program in PostScript, which another reader of Pillow's hands to Ghostscript
    program = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n{} loop\n"
    assert scaled(lambda: program, 100, 100) is None
    monkeypatch.setitem(MOST_PIXELS, "PNG", 50_000)
    assert scaled(target.getvalue, 100, 100) is None
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000)
    assert scaled(target.getvalue, 100, 100) is None


def test_lines_of_a_row_stand_on_one_line_whether_they_wrap_or_not():
    columns = (Column("A", width=0), Column("B"))
    long = (Run("kata " * 60),)
    book = around(Paragraph((Run("x"),)), Table(0, "", columns, (Row(((Run("SATU"),), long)),)))
    data = render_pdf(replace(book, letter=True, proof=None), archival=False).pdf
    with pikepdf.open(io.BytesIO(data)) as file:
        heights = []
        for operands, operator in pikepdf.parse_content_stream(file.pages[0]):
            if str(operator) == "Tm":
                y = float(operands[5])
            elif str(operator) == "Tj" and bytes(operands[0]).startswith((b"SATU", b"kata kata")):
                heights.append(y)
    assert heights[0] == heights[1]
    assert sorted(heights[1:], reverse=True) == heights[1:]
