import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import pytest

from desktop.base.errors import FileProblem
from desktop.exchange import html_table, table
from desktop.exchange.table import NotATable, TableTooLarge, column_name, read_tables
from tests.archives import damaged, packed
from tests.effort import effort
from tests.exchange.lists import csv_file, xlsx_file

ROWS = [["Program", "Pagu"], ["Layanan é", "1.5"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_every_encoding_and_separator(tmp_path, encoding, delimiter):
    (read,) = read_tables(csv_file(tmp_path, ROWS, delimiter=delimiter, encoding=encoding))
    assert read.rows == (("Program", "Pagu"), ("Layanan é", "1.5"))
    assert read.decimal_comma is (True if delimiter == ";" else None)


def test_commas_in_a_file_of_semicolons_are_no_separators(tmp_path):
    rows = [["Program", "Target"], ["Jalan, jembatan, dan drainase", "4,14"], ["Air, sanitasi", "3,04"]]
    (read,) = read_tables(csv_file(tmp_path, rows, delimiter=";"))
    assert read.rows[1] == ("Jalan, jembatan, dan drainase", "4,14")


def test_line_breaks_stay_inside_a_quoted_cell(tmp_path):
    (read,) = read_tables(csv_file(tmp_path, [["Program", "Target"], ["A", "4,14\n3,04"]]))
    assert read.rows[1][1] == "4,14\n3,04"


def test_a_workbook_with_its_kinds_of_values(tmp_path):
    rows = [["Program", 1.1, 7, dt.date(2026, 1, 2), True, None, " teks ", 107.1 + 0.7, 250 / 3], []]
    (read,) = read_tables(xlsx_file(tmp_path, rows))
    assert read.sheet == "Program"
    assert read.rows[0][:7] == ("Program", Decimal("1.1"), 7, dt.date(2026, 1, 2), True, None, "teks")
    counted = ["107.8", "83.3333333333333"]
    assert [str(cell) for cell in read.rows[0][7:]] == counted, "what a formula counts is what people see"


def test_merged_cells_say_the_same_everywhere(tmp_path):
    rows = [["Program", "Target", None], [None, 2026, 2027], ["A", 1, 2], [None, 3, 4]]
    (read,) = read_tables(xlsx_file(tmp_path, rows, merges=["A1:A2", "B1:C1", "A3:A4"]))
    assert read.rows[0] == ("Program", "Target", "Target")
    assert read.rows[1][0] == "Program"
    assert read.rows[3][0] == "A"


def test_hidden_and_empty_sheets_are_left_out(tmp_path):
    from openpyxl import load_workbook

    path = xlsx_file(tmp_path, ROWS, more={"Kosong": [], "Rahasia": ROWS})
    book = load_workbook(path)
    book["Rahasia"].sheet_state = "hidden"
    book.save(path)
    book.close()
    assert [read.sheet for read in read_tables(path)] == ["Program"]


def broken(tmp_path, data):
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    return path


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_what_is_no_table_is_refused_with_a_sentence(tmp_path):
    whole = xlsx_file(tmp_path, ROWS).read_bytes()
    for data in (b"PK\x03\x04 broken", zipped(a="b"), b"\x89PNG\0\0\0", whole[: len(whole) // 2]):
        with pytest.raises(NotATable) as error:
            read_tables(broken(tmp_path, data))
        assert error.value.message.id == "exchange.table.unreadable"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damaged_bytes_inside_a_workbook_are_refused(tmp_path, method):
    members = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>" * 900}
    with pytest.raises(NotATable):
        read_tables(broken(tmp_path, damaged(members, "xl/workbook.xml", method)))


def test_a_workbook_packed_as_no_spreadsheet_packs_is_not_unpacked(tmp_path):
    """A few bytes of it become gigabytes at once, whatever its directory says."""
    with zipfile.ZipFile(xlsx_file(tmp_path, ROWS)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert read_tables(broken(tmp_path, packed(members)))
    with pytest.raises(NotATable):
        read_tables(broken(tmp_path, packed(members, zipfile.ZIP_LZMA)))


def test_every_cut_of_a_workbook_is_refused_and_none_brings_the_reader_down(tmp_path):
    whole = xlsx_file(tmp_path, ROWS).read_bytes()
    for length in range(2, len(whole), 97):
        with pytest.raises(NotATable):
            read_tables(broken(tmp_path, whole[:length]))


def test_a_missing_file_and_a_folder_are_said_by_name(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(FileProblem):
            read_tables(path)


def test_a_file_beyond_all_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    for path in (csv_file(tmp_path, ROWS * 3), xlsx_file(tmp_path, ROWS * 3)):
        with pytest.raises(TableTooLarge):
            read_tables(path)
    monkeypatch.setattr(table, "MAX_UNPACKED", 10)
    with pytest.raises(TableTooLarge):
        read_tables(xlsx_file(tmp_path, ROWS))
    monkeypatch.setattr(table, "MAX_BYTES", 10)
    with pytest.raises(TableTooLarge):
        read_tables(csv_file(tmp_path, ROWS))


def test_columns_have_the_letters_of_spreadsheets():
    assert [column_name(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_titles_above_a_short_list_do_not_hide_its_separator(tmp_path):
    """However many rows have one cell: what separates the others is told by the others."""
    for delimiter in ";,\t":
        rows = [*([f"Judul {at}"] for at in range(6)), ["Program", "Pagu 2026"], ["Layanan A", "1\n2"]]
        (read,) = read_tables(csv_file(tmp_path, rows, delimiter=delimiter))
        assert read.rows[6:] == (("Program", "Pagu 2026"), ("Layanan A", "1\n2"))


PAGE = """\ufeff<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>x</title>
<style>td {color: red}</style></head><body><h3>Rencana Kerja Tahun 2026</h3>
<center>(dalam ribuan rupiah)</center>
<table><tr><th rowspan="2">Program</th><th rowspan=2>OPD</th><th colspan="2">Pagu</th></tr>
<tr><th>2026</th><th>2027</th></tr>
<tr><td rowspan=2>Layanan &amp; Data<br>Desa</td><td>Dinas X</td><td>1.000.000</td><td>-</td></tr>
<tr><td>Dinas Y</td><td>2.000.000</td><td></td></tr></table>
<table><tr><td>Jumlah</td><td></td><td>3.000.000</td></tr></table></body></html>"""


def test_a_page_that_is_named_as_a_workbook_is_read(tmp_path):
    """Many systems export a page with tables as .xls; what stands between the tables is a line of its own."""
    path = tmp_path / "ekspor.xls"
    path.write_text(PAGE, encoding="utf-8")
    (read,) = read_tables(path)
    assert [tuple(cell or "" for cell in row) for row in read.rows] == [
        ("Rencana Kerja Tahun 2026",),
        ("(dalam ribuan rupiah)",),
        ("Program", "OPD", "Pagu", ""),
        ("", "", "2026", "2027"),
        ("Layanan & Data\nDesa", "Dinas X", "1.000.000", "-"),
        ("", "Dinas Y", "2.000.000", ""),
        ("Jumlah", "", "3.000.000"),
    ]
    within = PAGE.replace("<h3>", "<table><tr><td>Kepala<h2>Surat</h2></td></tr><tr><td><h3>").replace(
        "</body>", "</td><td>di samping</td></tr></table></body>"
    )
    path.write_text(within, encoding="utf-8")
    (other,) = read_tables(path)
    lines = [tuple(cell or "" for cell in row) for row in other.rows]
    assert lines[0] == ("Kepala\nSurat",)
    assert lines[-1] == ("di samping",)
    assert [row for row in lines if len(row) > 1] == [row for row in read.rows if len(row) > 1]
    merged = "<td rowspan=9999 colspan=9999>x</td>" * 40
    path.write_text(f"<html><table>{'<tr>' + merged + '</tr>'}{'<tr></tr>' * 30}</table></html>")
    assert len(read_tables(path)[0].rows[0]) <= table.MAX_COLUMNS


@pytest.mark.parametrize(
    "broken",
    [
        "<![ ",
        "<!-- ",
        "<? ",
        "<a ",
        "</a ",
        "<",
        "<td a='",
        "<table><tr><td>",
        "<script>",
        "&",
        "<tr><td><br>",
    ],
)
def test_a_broken_page_is_read_as_far_as_it_goes(tmp_path, broken):
    path = tmp_path / "rusak.xls"
    path.write_text(PAGE.replace("</body>", broken * 3000), encoding="utf-8")
    (read,) = read_tables(path)
    assert read.rows[2][0] == "Program"
    assert html_table.read_html(f"<table><tr><td>x</td></tr>{broken * 300}")[0] == ["x"]


@pytest.mark.parametrize("broken", ["<!--", "<a", "<![CDATA[", "<!", "</", "<td ", "<script>"])
def test_what_lies_on_the_clipboard_is_read_once(broken):
    """Any web page may put it there: 800 KB of comments without an end stood still for five minutes."""
    text = f"<table><tr><td>x</td></tr>{broken * 100_000}"
    assert effort(lambda: html_table.read_html(text), 300) < 300
    assert html_table.read_html(f"<table>{'<tr><td>' * 200_000}") == [], "more tags than anybody copies"
    assert html_table.read_html(f"<table>{'x' * html_table.MOST_PASTED}") == []


@pytest.mark.parametrize(
    "rows", ["<tr><td colspan=2000>" * 2_000, "<tr><td colspan=2000>" + "<tr><td>x" * 2_000]
)
def test_cells_of_all_rows_are_counted(tmp_path, monkeypatch, rows):
    """Rows of two thousand columns each, or one of them to whose width all others are filled up: 4.6 GB."""
    assert html_table.read_html(f"<table>{rows}</table>") == []
    path = tmp_path / "lebar.xls"
    path.write_text(f"<html><table>{rows}</table></html>", encoding="utf-8")
    monkeypatch.setattr(html_table, "MOST_CELLS", 2_000)
    with pytest.raises(TableTooLarge):
        read_tables(path)


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?><Workbook/>",
        "%PDF-1.7",
        "{\\rtf1",
        "MIME-Version: 1.0",
        "<html><p>Masuk dahulu</p></html>",
    ],
)
def test_texts_that_are_no_tables_are_told(tmp_path, text):
    path = tmp_path / "ekspor.xls"
    path.write_text(text)
    with pytest.raises(NotATable):
        read_tables(path)


def test_formulas_that_a_program_wrote_and_no_spreadsheet_counted(tmp_path):
    """Some programs write nothing as their value, some nought: the file says that all is to be counted."""
    path = xlsx_file(tmp_path, [["Program", "Pagu 2026"], ["A", "=1+1"], ["B", "=2+2"], ["C", 0]])
    (read,) = read_tables(path)
    assert read.uncounted == {(1, 1), (2, 1)}
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[sheet] = re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>0</v>", parts[sheet])
    assert parts[sheet].count(b"</f><v>0</v>") == 2
    path.write_bytes(packed(parts))
    (read,) = read_tables(path)
    assert read.uncounted == {(1, 1), (2, 1)}
    assert [row[1] if len(row) > 1 else None for row in read.rows[1:]] == [None, None, 0]
    parts["xl/workbook.xml"] = re.sub(rb' fullCalcOnLoad="1"', b"", parts["xl/workbook.xml"])
    path.write_bytes(packed(parts))
    (read,) = read_tables(path)
    assert read.uncounted == frozenset(), "a spreadsheet that saved it counted them"
