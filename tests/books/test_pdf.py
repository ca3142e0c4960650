"""Books on paper, looked at with other people's tools: poppler reads what ReportLab wrote."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from desktop.base import Cancelled, Language
from desktop.base.richtext import Run
from desktop.books.compose import compose
from desktop.books.document import Column, Paragraph, Row, Table
from desktop.books.pdf import render_pdf
from desktop.books.pdfa import check_pdfa
from desktop.books.proof import proof_of
from desktop.books.words import Words
from desktop.workspace.plan import Answer, Text
from tests.books import plans


def document(plan=None, language=Language.ID, book="everything", *, draft=True):
    return compose(plan or plans.plan(), plans.pack(), book, language, draft=draft)


@pytest.fixture(scope="module")
def rendered():
    return render_pdf(document())


@pytest.fixture(scope="module")
def pdf(rendered, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "book.pdf"
    path.write_bytes(rendered.pdf)
    return path


def tool(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def pages(path):
    return tool("pdftotext", str(path), "-").split("\f")[:-1]


def squeezed(text):
    return " ".join(text.split())


@pytest.mark.slow
def test_the_text_comes_in_reading_order(tmp_path):
    # without the word across the pages of a draft, which poppler takes for a column of text
    path = tmp_path / "book.pdf"
    path.write_bytes(render_pdf(document(draft=False), archival=False).pdf)
    text = squeezed(tool("pdftotext", str(path), "-"))
    body = text[text.index("Halaman 3 dari") :]
    wanted = [
        "BAB 1 Pendahuluan",
        "Kabupaten Lampung Timur menyusun masterplan ini",
        "Maksud dan tujuan",
        "memperjelas arah",
        "membuka ruang",
        "1.1 Latar belakang",
        "1.2 Profil daerah",
        "Jumlah penduduk",
        "BAB 2 Kesiapan daerah",
        "Gambar 1",
        "3.1 Smart Governance",
        "3.1.1 Perizinan satu pintu",
        "Proses bisnis sebelum",
        "BAB 4 Program percepatan",
        "BAB 5 Rencana aksi dan pembiayaan",
        "Indikator kinerja",
        "BAB 6 Peta jalan",
        "BAB 7 Risiko",
        "BAB 8 Pengesahan",
        "Bupati",
    ]
    places = []
    for words in wanted:
        places.append(body.index(words, places[-1] if places else 0))
    assert places == sorted(places)


@pytest.mark.slow
def test_every_font_is_embedded(pdf):
    fonts = tool("pdffonts", str(pdf)).splitlines()[2:]
    assert len(fonts) >= 3
    assert all(re.search(r" yes (yes|no) +yes ", line) for line in fonts), fonts


@pytest.mark.slow
def test_the_file_is_pdfa_and_says_its_language_and_title(rendered):
    assert check_pdfa(rendered.pdf) == ()
    with pikepdf.open(io.BytesIO(rendered.pdf)) as file:
        assert str(file.Root.Lang) == "id"
        assert "Lampung Timur" in str(file.docinfo["/Title"])
        assert "20261120" in str(file.docinfo["/CreationDate"])


@pytest.mark.slow
@pytest.mark.parametrize("book", ["everything", "pledge"])
def test_the_same_document_gives_the_same_bytes(book):
    assert render_pdf(document(book=book)).pdf == render_pdf(document(book=book)).pdf


@pytest.mark.slow
def test_pages_count_themselves_and_draft_is_on_every_one(rendered, pdf):
    found = pages(pdf)
    assert len(found) == rendered.pages
    for number, text in enumerate(found, 1):
        assert "Draf – isian wajib belum lengkap" in text
        if number > 1:
            assert f"Halaman {number} dari {rendered.pages}" in text


@pytest.mark.slow
def test_a_final_book_bears_no_draft_mark():
    data = render_pdf(document(draft=False)).pdf
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    assert "DRAF" not in text.upper().replace("DRAFT", "DRAF")


@pytest.mark.slow
def test_the_contents_give_the_pages_where_the_headings_are(pdf):
    found = pages(pdf)
    contents = squeezed(found[2])
    for number, title in (
        ("2", "Kesiapan daerah"),
        ("5", "Rencana aksi dan pembiayaan"),
        ("7", "Risiko, bukti, dan catatan"),
    ):
        page = next(n for n, text in enumerate(found, 1) if n > 4 and f"{number} {title}" in squeezed(text))
        lines = tool("pdftotext", "-layout", "-f", "3", "-l", "3", str(pdf), "-")
        assert title in contents
        assert re.search(rf"{re.escape(title)}\s+{page}\b", lines) or str(page) in contents


def test_the_outline_leads_to_every_chapter(rendered):
    with pikepdf.open(io.BytesIO(rendered.pdf)) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles[0] == "1 Pendahuluan"
        assert titles[-3:] == ["Glosarium", "Daftar Lampiran", "8 Pengesahan"]
        assert len(titles) == 10
        assert [item.title for item in outline.root[0].children] == [
            "1.1 Latar belakang",
            "1.2 Profil daerah",
        ]


def test_signature_boxes_lie_on_the_page_and_apart(rendered):
    boxes = rendered.stamp_boxes
    assert set(boxes) == {"head", "secretary", "chair"}
    for box in boxes.values():
        assert 1 <= box.page <= rendered.pages
        assert box.x >= 0
        assert box.x + box.width <= 595.3
        assert 60 < box.y < 800
    head, secretary = boxes["head"], boxes["secretary"]
    assert head.x + head.width < secretary.x


def test_a_signature_box_is_where_it_says(rendered, pdf):
    """The words in the box, as poppler sees them, lie within the rectangle that we hand on."""
    box = rendered.stamp_boxes["head"]
    lines = tool("pdftotext", "-bbox", "-f", str(box.page), "-l", str(box.page), str(pdf), "-")
    hints = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">Tempat<', lines)
    within = [
        (left, top)
        for left, top, _, bottom in (map(float, hint) for hint in hints)
        if box.x < left < box.x + box.width and box.y < 841.89 - bottom < 841.89 - top < box.y + box.height
    ]
    assert len(within) == 1


HOSTILE = [
    "<b>x & <5 </b>\n</para> <font> &amp; &#x0; %s {page}",
    "x" * 10_000,
    "😀🏽‍🚀 漢字 العربية \u200f\u202e 𝔘 \ue000 " * 20,
    "a\x00b\x1bc\u2028d\u0301e\ufeff",
    pytest.param("kata " * 1_500, marks=pytest.mark.slow),
    "\n" * 300 + "akhir",
    "",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", HOSTILE, ids=["markup", "long word", "other scripts", "controls", "long text", "lines", "empty"]
)
def test_hostile_texts_are_printed_not_obeyed(text):
    plan = plans.plan()
    both = Text({"id": text, "en": text})
    first = replace(
        plan.programmes[0],
        title=both,
        service=both,
        before=both,
        after=both,
        served=both,
        technology=both,
        code=text,
        source=text,
        lead=text,
        indicators=tuple(replace(i, name=both, unit=text) for i in plan.programmes[0].indicators),
    )
    from desktop.base.richtext import from_plain

    rich = from_plain(text) + "\n" + f"<table><tr><td>{from_plain(text)}</td><td>b</td></tr></table>"
    narrative = Answer("chapter.II.1", "", None, Text({"id": rich}), "typed")
    rows = {
        key: tuple(
            replace(row, cells={c: replace(v, text=both) for c, v in row.cells.items()}) for row in rows[:2]
        )
        for key, rows in plan.rows.items()
    }
    plan = replace(
        plan,
        programmes=(first, *plan.programmes[1:3]),
        title=both,
        rows=rows,
        region=replace(plan.region, name=text[:400]),
        answers={**plan.answers, ("chapter.II.1", ""): narrative},
        people=tuple(replace(p, name=text, nip=text, office=both) for p in plan.people),
        agencies=tuple(replace(a, name=both, short_name=text, head=text) for a in plan.agencies),
        evidence=tuple(replace(e, name=text, caption=both) for e in plan.evidence),
    )
    result = render_pdf(document(plan))
    assert check_pdfa(result.pdf) == ()
    assert result.pages < 400


@pytest.mark.slow
def test_a_character_no_font_has_leaves_a_visible_mark():
    plan = replace(
        plans.plan(),
        answers={
            ("chapter.II.1", ""): Answer(
                "chapter.II.1", "", None, Text({"id": "<p>Nilai ≤ 8 → baik 漢 selesai</p>"}), ""
            )
        },
    )
    data = render_pdf(document(plan), archival=False).pdf
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    assert "Nilai ≤ 8 → baik \ufffd selesai" in squeezed(text)


@pytest.mark.parametrize("book", ["everything", "pledge"])
def test_an_empty_plan_can_be_printed(book):
    assert render_pdf(document(plans.empty_plan(), book=book)).pages >= 1


def turned(data):
    with pikepdf.open(io.BytesIO(data)) as file:
        boxes = [[float(side) for side in page.mediabox] for page in file.pages]
    return [box[2] > box[3] for box in boxes]


def test_wide_tables_turn_the_page_and_money_in_a_round_unit_need_not(rendered):
    assert not any(turned(rendered.pdf))
    plan = plans.plan()
    first = plan.programmes[0]
    # a single rupiah too many: all sums are printed to the last figure
    line = replace(first.budget[0], indicative=900_000_000_001)
    odd = replace(plan, programmes=(replace(first, budget=(line, *first.budget[1:])), *plan.programmes[1:]))
    sides = turned(render_pdf(document(odd), archival=False).pdf)
    assert any(sides)
    assert not sides[0]
    assert not sides[-1]


@pytest.mark.slow
def test_a_long_table_repeats_its_header():
    book = document(plans.many(60))
    number = next(table.number for table in book.tables if table.target == "table/budget/programme")
    data = render_pdf(book, archival=False).pdf
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    budget = [page for page in text.split("\f") if re.search(rf"Tabel {number}\s+\(lanjutan\)", page)]
    assert len(budget) >= 2
    assert all("2030" in page and "Jumlah" in page for page in budget)


@pytest.mark.slow
@pytest.mark.parametrize("wide", [False, True])
def test_a_small_heading_never_parts_from_its_table(wide):
    """However much stands above, and however high the first rows are."""
    columns = tuple(Column(f"KOLOM{number}") for number in range(18 if wide else 2))
    tall = (Run("\n".join(["ISI"] * 9)),)
    rows = tuple(Row((tall, *[(Run("x"),)] * (len(columns) - 1))) for _ in range(4))
    head, table = Paragraph((Run("KEPALA"),), "minor_heading"), Table(0, "", columns, rows)
    filler = Paragraph((Run("baris"),))
    for lines in range(14, 32, 3):
        book = replace(document(), elements=(*[filler] * lines, head, table), letter=True, proof=None)
        text = subprocess.run(
            ["pdftotext", "-", "-"], input=render_pdf(book, archival=False).pdf, capture_output=True,
            check=True,
        ).stdout.decode()  # fmt: skip
        (page,) = (each for each in text.split("\f") if "KEPALA" in each)
        assert "KOLOM0" in page, lines


@pytest.mark.slow
def test_no_page_of_a_letter_holds_the_fingerprint_alone():
    proof = proof_of(Words(Language.ID, "id"), "ab" * 32, "Pedoman")
    last = Paragraph((Run("TERAKHIR"),), "note")
    for lines in range(24, 40, 2):
        filler = [Paragraph((Run("baris"),))] * lines
        book = replace(document(), elements=(*filler, last), letter=True, proof=proof)
        text = subprocess.run(
            ["pdftotext", "-", "-"], input=render_pdf(book, archival=False).pdf, capture_output=True,
            check=True,
        ).stdout.decode()  # fmt: skip
        (page,) = (each for each in text.split("\f") if proof.title in each)
        assert "TERAKHIR" in page, lines


def test_a_person_can_stop_the_layout():
    seen = []

    def report(done, total, message):
        seen.append((done, total, message.id))
        if len(seen) > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_pdf(document(), report)
    assert seen[0] == (0, 100, "books.progress.laying_out")
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)


def test_words_in_narrow_columns_stay_whole():
    """Eight columns of text share a page: the strong first column keeps *Infrastruktur* in one piece."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    from desktop.base.richtext import Run
    from desktop.books.document import Column, Row, Table
    from desktop.books.pdf.measures import best_widths

    columns = (Column("Komponen", strong=True), *(Column(f"Strategi {n}", width=2.4) for n in range(8)))
    text = (Run("Menyelaraskan rencana dengan anggaran dan melatih petugas di kecamatan"),)
    table = Table(1, "", columns, (Row(((Run("Infrastruktur"),), *(text for _ in range(8)))),))
    size, widths = best_widths(table, 718)
    assert stringWidth("Infrastruktur", "NotoSans-Bold", size) <= widths[0] - 10
    assert sum(widths) <= 718.01
