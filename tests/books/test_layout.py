"""What a printed page owes its reader: footnotes below their marks, sums carried over, figures aligned."""

import io
import re
import subprocess
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from PIL import Image

from desktop.base import Language
from desktop.base.richtext import Run
from desktop.books.compose import compose
from desktop.books.document import (
    Bar,
    BarGroup,
    Column,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Photo,
    Roadmap,
    Row,
    Signatures,
    Signer,
    Table,
)
from desktop.books.pdf import render_pdf
from desktop.books.pdf.measures import best_widths, fits_upright
from desktop.workspace.plan import Text
from tests.books import plans
from tests.effort import steps

SENTENCE = "Penyelenggaraan pemerintahan mempertanggungjawabkan perencanaan pembangunan daerah. "


def book(*elements, language=Language.ID):
    made = compose(plans.plan(), plans.pack(), "everything", language, draft=False)
    heading = next(e for e in made.elements if getattr(e, "level", 0) == 1)
    return replace(made, elements=(heading, *elements))


def pages(document, **how):
    data = render_pdf(document, archival=False, **how).pdf
    said = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    return said.split("\f")[:-1]


def words(document):
    """Every word with its place: page, left, top, right."""
    data = render_pdf(document, archival=False).pdf
    said = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=data, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    found = []
    for page, text in enumerate(said.split("<page ")[1:], 1):
        for left, top, right, word in re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<', text
        ):
            found.append((word, page, float(left), float(top), float(right)))
    return found


@pytest.mark.parametrize("length", [1, 3, 8, 20])
def test_each_footnote_stands_on_the_page_of_its_mark(length):
    numbers = iter(range(1, 400))
    texts = []
    for _ in range(40):
        first, second = next(numbers), next(numbers)
        texts.append(
            Paragraph((
                Run(SENTENCE * length),
                Note((Run(f"Sumber-{first} halaman"),), first),
                Run(f" Lanjut{first} "),
                Run(SENTENCE),
                Note((Run(f"Sumber-{second} halaman"),), second),
                Run(f" Lanjut{second}"),
            ))
        )  # fmt: skip
    found = words(book(*texts))
    where = {word: (page, top) for word, page, _, top, _ in found}
    for number in range(1, 81):
        page, top = where[f"Sumber-{number}"]
        mark, above = where[f"Lanjut{number}"]
        # the word after a mark may stand on the next line, and so on the next page
        assert mark in {page, page + 1}
        assert page != mark or top > above
    lowest = max(top for word, _, _, top, _ in found if not word.startswith("Halaman"))
    assert lowest < 841.89 - 20


def test_footnotes_of_lists_and_tables_stand_at_the_foot_too():
    rows = tuple(
        Row(((Run(f"Baris{n}"), Note((Run(f"Asal-{n}"),), n + 2)), (Run("1"),))) for n in range(1, 90)
    )
    made = book(
        ListBlock((ListItem((Run("Butir"), Note((Run("Asal-0"),), 1))),)),
        Table(1, "Tabel", (Column("A"), Column("B", "right")), rows),
    )
    where = {word: (page, top) for word, page, _, top, _ in words(made)}
    for n in range(1, 90):
        # the mark is set right behind the word
        mark = where.get(f"Baris{n}") or where[f"Baris{n}{n + 2}"]
        assert where[f"Asal-{n}"][0] == mark[0]
        assert where[f"Asal-{n}"][1] > mark[1]


def test_a_long_table_carries_its_sums_over_each_page():
    rows = [Row(((Run(f"Program {n}"),), (Run("10"),)), so_far=("", str(10 * n))) for n in range(1, 151)]
    rows.append(Row(((Run("Jumlah"),), (Run("1500"),)), "total"))
    made = pages(book(Table(1, "Uang", (Column("Program"), Column("Rp", "right", 0)), tuple(rows))))
    over = [re.findall(r"Jumlah dipindahkan +(\d+)", page) for page in made]
    brought = [re.findall(r"Jumlah pindahan +(\d+)", page) for page in made]
    tables = [place for place, page in enumerate(made) if "Jumlah pindahan" in page or "Program 1 " in page]
    assert len(tables) >= 3
    for here, after in pairwise(tables):
        last = max(int(n) for n in re.findall(r"Program (\d+)", made[here]))
        assert over[here] == [str(10 * last)] == brought[after]
    assert over[tables[-1]] == []
    assert "1500" in made[tables[-1]]


@pytest.mark.parametrize(("language", "mark"), [(Language.ID, ","), (Language.EN, ".")])
def test_decimals_stand_below_each_other(language, mark):
    figures = ["7", f"12{mark}5", f"3{mark}14159", "700"]
    rows = tuple(Row(((Run(f"Baris{n}"),), (Run(text),))) for n, text in enumerate(figures))
    document = book(Table(1, "T", (Column("A"), Column("B", "decimal", 0)), rows), language=language)
    found = {word: (left, right) for word, _, left, _, right in words(document)}
    whole = [found[text] for text in ("7", "700")]
    assert whole[0][1] == pytest.approx(whole[1][1], abs=0.1)
    # what follows the sign lies to the right of where whole figures end
    for text in figures[1:3]:
        assert found[text][0] < whole[0][1] < found[text][1]


@pytest.mark.slow
def test_the_running_head_names_the_chapter_but_not_where_it_opens():
    made = compose(plans.many(40), plans.pack(), "everything", Language.ID, draft=False)
    said = pages(made)
    chapters = [h for h in made.headings if h.level == 1]
    opening = next(n for n, page in enumerate(said) if "BAB 3" in page)
    title = f"3 {chapters[2].text}"
    assert title not in said[opening].split("\n")[0]
    assert said[opening + 1].strip().split("\n")[0].rstrip().endswith(title)


@pytest.mark.slow
@pytest.mark.parametrize(
    "mode", ["RGB", "CMYK", "RGBA", *(pytest.param(one, marks=pytest.mark.slow) for one in "PL1")]
)
def test_a_photo_is_printed_no_larger_than_paper_can_show(mode):
    buffer = io.BytesIO()
    picture = Image.effect_noise((3000, 2000), 80).convert("RGB").convert(mode)
    picture.save(buffer, "JPEG" if mode in {"RGB", "CMYK", "L"} else "PNG")
    document = book(Figure(1, "Balai desa", Photo("f" * 64)))
    data = render_pdf(document, archival=False, pictures=lambda _sha: buffer.getvalue()).pdf
    with pikepdf.open(io.BytesIO(data)) as file:
        images = [image for page in file.pages for image in page.get_images().values()]
    (one,) = images
    assert max(int(one.Width), int(one.Height)) <= 1000
    assert one.ColorSpace in {pikepdf.Name.DeviceRGB, pikepdf.Name.DeviceGray}
    assert len(data) < 600_000


@pytest.mark.parametrize("found", [b"", b"no picture", b"\xff\xd8\xff\xe0 cut"])
def test_a_photo_that_cannot_be_read_leaves_its_caption(found):
    document = book(Figure(1, "Balai desa", Photo("f" * 64)))
    assert "Balai desa" in "".join(pages(document))
    assert "Balai desa" in "".join(pages(document, pictures=lambda _sha: found))


def test_photos_among_the_evidence_are_printed_with_their_numbers_and_days():
    plan = plans.plan()
    photo = replace(
        plan.evidence[-1], media_type="image/jpeg", present=True, taken_on="2026-03-04",
        caption=Text({"id": "Balai desa", "en": "Village hall"}),
    )  # fmt: skip
    plan = replace(plan, evidence=(*plan.evidence[:-1], photo))
    made = compose(plan, plans.pack(), "everything", Language.EN, draft=False)
    (figure,) = [e for e in made.elements if isinstance(e, Figure) and isinstance(e.chart, Photo)]
    assert figure.caption == f"Village hall (Evidence {len(plan.evidence)})"
    assert "4 March 2026" in figure.description
    assert figure.chart.sha256 == photo.sha256


def test_words_are_broken_by_the_rules_of_the_language():
    text = "mempertanggungjawabkan pertanggungjawaban penyelenggaraan keberlanjutan " * 20
    said = "".join(pages(book(Paragraph((Run(text),)))))
    broken = re.findall(r"(\w+)-\n", said)
    assert broken
    assert set(broken) <= {
        "mem", "memper", "mempertang", "mempertanggung", "mempertanggungja", "mempertanggungjawab",
        "per", "pertang", "pertanggung", "pertanggungja", "pertanggungjawab",
        "pe", "penye", "penyeleng", "penyelengga", "penyelenggara",
        "ke", "keber", "keberlan", "keberlanjut",
    }  # fmt: skip


def test_a_group_stands_at_the_left_of_its_table_whatever_the_first_column_holds():
    rows = (Row(((Run("Kelompok panjang sekali"),),), "group"), Row(((Run("1"),), (Run("isi"),))))
    found = words(book(Table(1, "T", (Column("No.", "right", 0), Column("A")), rows)))
    left = {word: place for word, _, place, _, _ in found}
    assert left["Kelompok"] == pytest.approx(62 + 5, abs=1)


@pytest.mark.slow
def test_behind_the_cover_stands_whose_book_it_is():
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    said = pages(made)[1]
    for label, value in made.imprint:
        assert label in said
        assert value.split()[0] in said


@pytest.mark.parametrize("language", list(Language))
def test_the_glossary_explains_what_the_book_says_and_nothing_else(language):
    made = compose(plans.plan(), plans.pack(), "everything", language, draft=False)
    title = "Glosarium" if language is Language.ID else "Glossary"
    place = next(n for n, e in enumerate(made.elements) if getattr(e, "text", "") == title)
    rows = made.elements[place + 1].rows
    terms = ["".join(run.text for run in row.cells[0]) for row in rows]
    assert "APBD" in terms
    assert "SIPD" not in terms
    assert terms == sorted(terms, key=str.casefold)


@pytest.mark.slow
def test_four_times_as_many_rows_take_some_four_times_as_much_printing():
    """Seconds for a book of 300 programmes: tests/bench/bench_rooms.py."""
    pack, composed, printed = plans.pack(), [], []
    render_pdf(book(), archival=False)  # what is loaded and kept at the first time
    for many in (1, 20, 80):
        plan = plans.many(many)
        composed.append(steps(lambda plan=plan: compose(plan, pack, "everything", Language.ID, draft=True)))
        rows = tuple(Row(((Run(f"Program {n}"),), (Run("10"),))) for n in range(3 * many))
        texts = [Paragraph((Run(SENTENCE),)) for _ in range(many)]
        made = book(*texts, Table(1, "Uang", (Column("Program"), Column("Rp", "right", 0)), rows))
        printed.append(steps(lambda made=made: render_pdf(made, archival=False)))
    for least, less, more in (composed, printed):
        assert more - least < 6 * (less - least)


@pytest.mark.slow
def test_two_headings_stay_with_a_table_whose_first_row_is_high():
    columns = (Column("No.", "right", 0), Column("Perubahan", width=3))
    high = Row(((Run("1"),), (Run(SENTENCE * 12),)))
    for filled in range(18, 30):
        made = book(
            *[Paragraph((Run("Isi."),))] * filled,
            Heading(2, "", "Masterplan Daerah"),
            Paragraph((Run("Bab Pertama"),), "minor_heading"),
            Table(0, "", columns, (high, high)),
        )
        page = {word: at for word, at, *_ in words(made)}
        assert page["Masterplan"] == page["Pertama"] == page["Perubahan"], filled


@pytest.mark.slow
def test_a_heading_stays_with_a_chart_however_high_and_low_ones_need_no_new_page():
    group = BarGroup("Tata kelola", tuple(Bar(f"Program{n}", 2026, 2030) for n in range(24)))
    high = Figure(1, "Peta", Roadmap(tuple(range(2026, 2031)), (group,), "Quick"))
    for filled in (10, 13, 16, 20):
        made = book(*[Paragraph((Run("Isi."),))] * filled, Heading(2, "", "Judulnya"), high)
        page = {word: at for word, at, *_ in words(made)}
        assert page["Judulnya"] == page["Program0"], filled


def test_words_in_a_column_of_figures_wrap_and_do_not_lay_the_table_across():
    years = tuple(Column(str(year), "right", 0) for year in range(2023, 2027))
    columns = (Column("Ukuran", width=2), *years, Column("Sumber", width=1.5))
    said = tuple((Run("Wajar tanpa pengecualian (WTP)"),) for _ in years)
    counted = tuple((Run("1.090.000"),) for _ in years)
    table = Table(
        1, "Angka", columns, (Row(((Run("Opini"),), *said, ())), Row(((Run("Jiwa"),), *counted, ())))
    )
    assert fits_upright(table, 471)
    _, widths = best_widths(table, 471)
    assert max(widths[1:5]) < 90


def test_a_long_chapter_leaves_no_half_year_in_the_running_head():
    made = book(Paragraph((Run("x"),)), PageBreak(), Paragraph((Run("y"),)))
    chapter = replace(
        made.elements[0], text="Manajemen Risiko, Pemantauan dan Evaluasi, serta Penutup Semua Hal"
    )
    made = replace(
        made, elements=(chapter, *made.elements[1:]), running_head=("Masterplan", "K" * 60 + " 2026")
    )
    head = pages(made)[-1].splitlines()[0]
    assert "Masterplan" in head
    assert "…" not in head.split("   ")[0]


def test_a_single_box_of_a_letter_stands_at_the_right():
    signer = Signer("a", "BUPATI,", "Andi")
    signed = Signatures((signer,), "Ditetapkan di Kota\npada tanggal 1")
    made = replace(book(signed), letter=True, letterhead=("PEMERINTAH",), large=True)
    assert {
        round(left) for word, _, left, *_ in words(made) if word in {"BUPATI,", "Andi", "Ditetapkan", "pada"}
    } == {321}
    left = replace(made, elements=(replace(signed, side="left"),))
    assert {round(at) for word, _, at, *_ in words(left) if word == "BUPATI,"} == {62}


def test_clauses_have_no_rules_and_the_size_of_the_text():
    columns = (Column("", width=0.7), Column("", width=0), Column("", width=3))
    rows = (Row(((Run("Menimbang"),), (Run(":"),), (Run("bahwa"),))),) * 3
    made = replace(book(), elements=(), letter=True, letterhead=("A",), large=True)
    bare = render_pdf(
        replace(made, elements=(Table(0, "", columns, rows, clauses=True),)), archival=False
    ).pdf
    ruled = render_pdf(replace(made, elements=(Table(0, "", columns, rows),)), archival=False).pdf
    assert strokes(ruled) - strokes(bare) == 4


def strokes(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return sum(str(op) == "S" for _, op in pikepdf.parse_content_stream(file.pages[0]))
