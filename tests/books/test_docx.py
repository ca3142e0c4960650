"""Books as Word documents: the same headings, numbers, tables, figures and notes as the tree has."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace

import docx
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from desktop.base import Cancelled, Language
from desktop.base.richtext import Run
from desktop.books.compose import compose
from desktop.books.document import (
    Callout,
    Column,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Photo,
    Row,
    Signatures,
    Signer,
    Table,
    Tag,
    Tone,
    text_of,
)
from desktop.books.docx import render_docx
from tests.books import plans
from tests.books.papers import demonstration, papers
from tests.books.word import W, Word

BOTH = pytest.mark.parametrize("language", list(Language))


def composed(language=Language.ID, book="everything", draft=True):
    return compose(plans.plan(), plans.pack(), book, language, draft=draft)


def around(*elements, **more):
    """A book with these elements."""
    return replace(composed(), elements=elements, **more)


def told(line):
    """A line as it stands in a cell."""
    return text_of(tuple(Run(f" {each.text}") if isinstance(each, Tag) else each for each in line))


def headed(document, heading):
    """How Word shows a heading: its level, number and words; above one in the middle stands what it is."""
    text = heading.text + "".join(f" {tag.text}" for tag in heading.tags)
    if heading.centred:
        return heading.level, "", f"{document.over(heading)}\n{text}" if heading.number else text
    return min(heading.level, 4), heading.number, text


def compare(document, data):
    """Everything of a tree that a reader must find in its Word file. Returns what was read."""
    word = Word(data)
    word.check()
    read = word.read()
    assert read.headings == [headed(document, h) for h in document.headings]
    tables = [e for e in document.elements if isinstance(e, Table) and e.columns and e.rows]
    assert len(read.tables) == len(tables)
    for rows, table in zip(read.tables, tables, strict=True):
        if any(column.title for column in table.columns):
            assert rows[0] == [column.title for column in table.columns]
        body = rows[len(rows) - len(table.rows) :]
        for cells, row in zip(body, table.rows, strict=True):
            wanted = [told(cell) for cell in row.cells]
            assert cells == (wanted[:1] if row.kind == "group" else wanted)
    labels = document.labels
    # a sheet that shall stay two pages has none
    captions = {
        f"{labels.table} {t.number} {' '.join(t.caption.split())}"
        for t in document.tables
        if not document.short
    }
    captions |= {f"{labels.figure} {f.number} {' '.join(f.caption.split())}" for f in document.figures}
    assert captions <= set(read.captions)
    if not document.letter and any(h.level <= 2 for h in document.headings):
        chapters = [f"{h.number} {h.text}".strip() for h in document.headings if h.level <= 2]
        assert read.entries[: len(chapters)] == chapters
        assert set(read.entries[len(chapters) :]) == captions
    told_of = [f.description or f.caption for f in document.figures if not isinstance(f.chart, Photo)]
    assert {" ".join(each.split()) for each in told_of} <= set(read.figures)
    return read


@pytest.mark.slow
@BOTH
def test_a_book_has_the_headings_numbers_tables_and_figures_of_its_tree(language):
    document = composed(language)
    data = render_docx(document)
    compare(document, data)
    assert render_docx(document) == data
    opened = docx.Document(io.BytesIO(data))
    assert opened.core_properties.title == document.title
    assert b"<Application>Rancang</Application>" in Word(data).parts["docProps/app.xml"]
    assert opened.core_properties.language == {"id": "id-ID", "en": "en-GB"}[language.value]
    assert opened.styles["Heading 1"].name == "Heading 1"


@BOTH
@pytest.mark.parametrize("book", [each.id for each in plans.pack().books if each.id != "everything"])
def test_every_other_document_too(language, book):
    document = composed(language, book)
    compare(document, render_docx(document))


def test_a_number_that_word_would_count_otherwise_is_written_out():
    document = around(
        Heading(1, "1", "Satu"), Heading(2, "1.1", "Bagian"), Heading(2, "1.3", "Lompat"),
        Heading(1, "", "Tanpa nomor"), Heading(2, "1.2", "Salah tempat"), Heading(1, "2", "Dua"),
        Heading(3, "2.0.1", "Dalam"), Heading(2, "2.1", "Lagi"),
    )  # fmt: skip
    compare(document, render_docx(document))


def test_lists_count_as_the_tree_says():
    items = (
        ListItem((Run("a"),), 1, 1), ListItem((Run("b"),), 1, 2), ListItem((Run("b satu"),), 2, 1),
        ListItem((Run("titik"),), 2), ListItem((Run("c"),), 1, 3), ListItem((Run("lima"),), 1, 5),
    )  # fmt: skip
    word = Word(render_docx(around(ListBlock(items), ListBlock(items[:2]))))
    word.check()
    starts = [
        (each.get(f"{W}ilvl"), each[0].get(f"{W}val"))
        for each in word.part("numbering").iter(f"{W}lvlOverride")
    ]
    assert starts == [("0", "1"), ("0", "5"), ("0", "1")]


def test_footnotes_links_and_references_are_words_own():
    table = Table(
        1, "Anggaran", (Column("Tahun"),), (Row(((Run("2026"), Note((Run("BPS"),), 2)),)),), "table/a"
    )
    document = around(
        Heading(1, "1", "Satu", "chapter/a"),
        Paragraph((
            Run("Lihat "), Run("bab 1", href="ref:chapter/a"), Run(" dan "),
            Run("Tabel 1", href="ref:table/a"), Run(", tabel itu", href="ref:table/a"),
            Run("hilang", href="ref:none/x"),
            Note((Run("Sumber: "), Run("BPS & mitra", href="https://bps.go.id/?a=1&b=2")), 1),
            Run("laman", href="https://example.org"),
        )),
        table,
    )  # fmt: skip
    word = Word(render_docx(document))
    word.check()
    read = word.read()
    assert read.notes == ["Sumber: BPS & mitra", "BPS"]
    assert "Lihat bab 1 dan Tabel 1, tabel ituhilang" in read.text
    fields = [each.text.split()[0] for each in word.part("document").iter(f"{W}instrText")]
    assert fields.count("REF") == 2
    # Word takes a file for broken whose settings name footnotes that it does not have
    assert word.part("settings").find(f"{W}footnotePr") is not None
    assert Word(render_docx(around())).part("settings").find(f"{W}footnotePr") is None
    links = b"".join(part for name, part in word.parts.items() if name.endswith(".rels"))
    assert b"https://bps.go.id/?a=1&amp;b=2" in links
    assert b"https://example.org" in links


def test_long_tables_repeat_their_heads_and_keep_rows_and_groups_whole():
    columns = (Column("Uraian"), Column("Jumlah", "decimal", 0))
    rows = (
        Row(((Run("Kelompok"),),), "group"), Row(((Run("a"),), (Run("1,5"),))),
        Row(((Run("Jumlah"),), (Run("1,5"),)), "total"),
    )  # fmt: skip
    word = Word(render_docx(around(Table(1, "Uang", columns, rows))))
    word.check()
    (table,) = [
        t for t in word.part("document").iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblStyle") is not None
    ]
    lines = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in lines] == [True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in lines)
    assert lines[1].find(f"{W}tc/{W}tcPr/{W}gridSpan").get(f"{W}val") == "2"
    assert lines[2][2].find(f"{W}p/{W}pPr/{W}jc").get(f"{W}val") == "right"


def test_a_wide_table_lies_across_with_its_heading_and_the_text_stands_upright_again():
    columns = tuple(Column("Kolom panjang sekali", "left", 2.0) for _ in range(9))
    cells = tuple((Run("isi yang panjang sekali untuk satu sel tabel"),) for _ in columns)
    wide = Table(1, "Lebar", columns, (Row(cells),))
    opened = docx.Document(io.BytesIO(render_docx(around(
        Paragraph((Run("Tegak"),)), Heading(2, "", "Judul"), wide, Paragraph((Run("Tegak lagi"),)),
    ))))  # fmt: skip
    assert [int(section.orientation) for section in opened.sections][-3:] == [0, 1, 0]


@pytest.mark.slow
def test_a_photo_is_scaled_and_one_that_is_not_at_hand_leaves_its_caption():
    picture = io.BytesIO()
    Image.new("RGB", (4000, 3000), "navy").save(picture, "JPEG")
    document = around(Figure(1, "Balai desa", Photo("f" * 64), description="Gedung putih"))
    word = Word(render_docx(document, pictures=lambda _sha: picture.getvalue()))
    word.check()
    assert "Gedung putih" in word.read().figures
    sizes = [
        Image.open(io.BytesIO(p)).size for name, p in word.parts.items() if name.endswith((".jpg", ".jpeg"))
    ]
    assert sizes
    assert max(sizes[0]) < 1200
    assert "Gambar 1 Balai desa" in Word(render_docx(document)).read().captions


def test_what_xml_cannot_hold_is_left_out_and_boxes_stand_out():
    document = around(
        Paragraph((Run("a\x00b <&> \ud800c", bold=True), Tag("contoh", Tone.EXAMPLE))),
        Callout("Perhatian", ((Run("Jangan lupa"),),)), Paragraph((Run("Contoh"),), example=True),
    )  # fmt: skip
    word = Word(render_docx(document))
    word.check()
    assert "ab <&> c contoh" in word.read().text
    assert "Jangan lupa" in word.read().text


@pytest.mark.slow
def test_head_and_foot_have_fields_and_a_draft_its_mark():
    text = Paragraph((Run("Isi"),))
    word = Word(render_docx(around(Heading(1, "1", "Satu"), text)))
    heads = [part for name, part in word.parts.items() if name.startswith("word/header")]
    # before the first chapter there is none to name
    assert [b"STYLEREF 1" in each for each in heads] == [False, True]
    head, foot = heads[0], word.parts["word/footer1.xml"]
    assert b'string="DRAF"' in head
    assert b" PAGE " in foot
    assert b" NUMPAGES " in foot
    final = Word(render_docx(around(text, watermark=None)))
    assert b"v:textpath" not in final.parts["word/header1.xml"]


def test_writing_can_be_stopped():
    def stop(done, _total, _message):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_docx(composed(), None, stop)


# ---- another program -----------------------------------------------------------------------------------
def as_pdf(tool, folder, files):
    """The words of each page of some files after LibreOffice has made PDFs of them, by their names."""
    sources = []
    for name, data in files.items():
        sources.append(folder / f"{name}.docx")
        sources[-1].write_bytes(data)
    subprocess.run(
        [tool("soffice"), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder / "out"), *map(str, sources)],
        check=True, capture_output=True, timeout=180 + 60 * len(files),
    )  # fmt: skip
    found = {}
    for name in files:
        with PdfDocument(folder / "out" / f"{name}.pdf") as pdf:
            found[name] = [page.get_textpage().get_text_range() for page in pdf]
    return found


def squeezed(text):
    """Letters and figures alone: without what line breaks, hyphens and other fonts do to a text."""
    return "".join(letter for letter in text if letter.isalnum())


def converted(document, tool, folder):
    """Nothing of the tree is missing from LibreOffice's PDF."""
    whole(document, as_pdf(tool, folder, {"buku": render_docx(document)})["buku"])


def whole(document, pages):
    """All that the tree says stands on these pages."""
    words = squeezed("".join(pages))
    for heading in document.headings:
        number = document.over(heading) if heading.centred else heading.number
        assert squeezed(f"{number}{heading.text}") in words
    labels = document.labels
    for each in document.tables:
        assert document.short or squeezed(f"{labels.table}{each.number}{each.caption}") in words
    for each in document.figures:
        assert squeezed(f"{labels.figure}{each.number}{each.caption}") in words
    for table in (e for e in document.elements if isinstance(e, Table)):
        for row in table.rows:
            for cell in row.cells:
                for piece in told(cell).split():
                    assert squeezed(piece) in words, (document.id, piece)


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("book", [each.id for each in plans.pack().books])
def test_libreoffice_loses_nothing(language, book, tool, tmp_path):
    converted(composed(language, book), tool, tmp_path)


@pytest.mark.slow
@BOTH
def test_every_document_of_the_demo(language, tool, tmp_path, monkeypatch):
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    (tmp_path / "demo").mkdir()
    with demonstration(tmp_path / "demo") as demo:
        documents = {document.id: document for document in papers(demo, language)}
        files = {name: render_docx(document, pictures=demo.pictures) for name, document in documents.items()}
    for name, pages in as_pdf(tool, tmp_path, files).items():
        compare(documents[name], files[name])
        assert name != "presentation" or len(pages) == 2
        whole(documents[name], pages)


@pytest.mark.slow
def test_signatures_are_never_alone_on_a_page():
    signed = Signatures((Signer("a", "Bupati", "Andi"),), "Kota")
    rows = tuple(Row(((Run(f"Baris{n}"),),)) for n in range(5))
    document = composed(Language.ID)
    heading = document.elements[0]
    table = replace(document, elements=(heading, Table(0, "", (Column("A"),), rows), signed))
    text = replace(document, elements=(heading, Paragraph((Run("Demikian."),)), signed))

    def kept(made):
        xml = zipfile.ZipFile(io.BytesIO(render_docx(made))).read("word/document.xml").decode()
        return {
            word for word in re.findall(r"(?:Baris\d|Demikian\.)", xml)
            if "keepNext" in xml[xml.rindex("<w:p>", 0, xml.index(word)) : xml.index(word)]
        }  # fmt: skip

    assert kept(table) == {"Baris3", "Baris4"}
    assert kept(text) == {"Demikian."}
