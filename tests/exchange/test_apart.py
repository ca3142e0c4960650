"""Tables that are damaged or made to do harm end as a sentence, in the window and on the command line."""

from __future__ import annotations

import io
import shutil
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from desktop.base.bounded import Limits, Unfinished
from desktop.base.bounded.shapes import packed, unpacked
from desktop.exchange import apart, table, workbook
from desktop.exchange.agency_workbook.reading import DamagedWorkbook, read
from desktop.exchange.opendocument import percents_of
from desktop.exchange.table import NotATable, ProtectedTable, TableTooLarge, read_tables
from tests.archives import packed as packed_zip
from tests.data.planning import sipd
from tests.exchange.lists import csv_file, xlsx_file

BENT = Path(__file__).parents[1] / "data" / "foreign" / "bent.xls"
"""One number in it says that a sheet has as many rows as no computer can hold."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
URIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = f'xmlns:office="{URIS}:office:1.0" xmlns:table="{URIS}:table:1.0"'
ROWS = [["Program", "Target"], ["Air Bersih", 70]]


def with_sheet(tmp_path: Path, xml: str) -> Path:
    """A workbook of one sheet, with this XML."""
    sound, path = xlsx_file(tmp_path, ROWS), tmp_path / "odd.xlsx"
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(
                name, f'<worksheet xmlns="{MAIN}">{xml}</worksheet>' if "sheet1" in name else old.read(name)
            )
    return path


def cell(place: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>x</t></is></c>'


def rows(*cells: tuple[int, str]) -> str:
    return "<sheetData>" + "".join(f'<row r="{n}">{one}</row>' for n, one in cells) + "</sheetData>"


@pytest.mark.slow
def test_a_library_that_ends_the_program_ends_as_a_sentence(tmp_path, read_apart):
    path = tmp_path / "program.xls"
    shutil.copy(BENT, path)
    with pytest.raises(NotATable):
        read_tables(path)
    with pytest.raises(DamagedWorkbook):
        read(path)
    told = []
    sound = read_tables(sipd.flat(tmp_path), lambda *news: told.append(news))
    assert sound, "the next file is read"
    assert told


def test_what_a_process_reads_is_what_is_read_here(tmp_path, monkeypatch):
    """Also where it says nothing that makes sense."""
    for path in (sipd.flat(tmp_path), csv_file(tmp_path, ROWS, delimiter=";")):
        here = table.parsed(path.read_bytes(), path.name)
        assert read_tables(path) == tuple(each for each in here if each.rows)
    for answer in ({"data": b"x"}, {"bad": "anything"}, {}):
        monkeypatch.setattr(apart, "ask", lambda *_, answer=answer: answer)
        with pytest.raises(NotATable):
            read_tables(path)
    monkeypatch.setattr(apart, "ask", lambda *_: {"bad": "protected"})
    with pytest.raises(ProtectedTable):
        read_tables(path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_list_is_never_there_twice(tmp_path, kind):
    """It was, and once more packed: 190,000 rows took 0.8 GB. They are packed while they are read."""
    rows = [
        [f"Program pembangunan {at} {n}" if n % 3 else at * 7 + n for n in range(20)] for at in range(1_500)
    ]
    path = csv_file(tmp_path, rows, delimiter=";") if kind == "csv" else xlsx_file(tmp_path, rows)
    data = path.read_bytes()
    list(apart.begun(data, path.name))  # what it imports
    tracemalloc.start()
    try:
        sent = packed(apart.begun(data, path.name))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < (5 if kind == "csv" else 15) * len(sent)
    (back,) = unpacked(tuple[table.Table, ...], sent)
    assert (back,) == table.parsed(data, path.name)


def test_cells_with_nothing_in_them_count_too(tmp_path, monkeypatch):
    """100,000 lines of five hundred separators each were 0.9 GB."""
    monkeypatch.setattr(table, "MAX_CELLS", 400)
    for text in (";" * 20 + "x\n") * 20, "<table>" + ("<tr>" + "<td></td>" * 20 + "<td>x</td>") * 20:
        path = tmp_path / ("a.xls" if text.startswith("<") else "a.csv")
        path.write_text(text, encoding="utf-8")
        with pytest.raises(TableTooLarge):
            read_tables(path)


def test_a_sheet_that_begins_further_right_keeps_its_columns(tmp_path):
    path = xlsx_file(tmp_path, [[], [None, None, "Program", "Target"], [], [None, None, None, 70]])
    (found,) = read_tables(path)
    assert found.rows == ((), (None, None, "Program", "Target"), (), (None, None, None, 70))


def test_shares_of_a_table_within_a_cell_are_its_own(tmp_path):
    cell = '<table:table-cell office:value-type="percentage" office:value="1"/>'
    row = f"<table:table-row>{cell}</table:table-row>"
    inner = f'<table:table table:name="B">{row}</table:table>'
    outer = f"<table:table-row><table:table-cell>{inner}</table:table-cell>{cell}</table:table-row>"
    content = f"<x {NAMES}><table:table table:name='A'>{row}{outer}{row}</table:table></x>"
    with zipfile.ZipFile(io.BytesIO(packed_zip({"content.xml": content.encode()}))) as archive:
        found = percents_of(archive, "x.ods")
    assert found == {"A": frozenset({(0, 0), (1, 1), (2, 0)}), "B": frozenset({(0, 0)})}


def test_a_file_that_takes_too_long_is_told_as_that(tmp_path, monkeypatch):
    def late(look, file, report):
        raise Unfinished(file, "time", look.limits)

    monkeypatch.setattr(apart, "ask", late)
    with pytest.raises(Unfinished) as error:
        read_tables(csv_file(tmp_path, ROWS))
    assert error.value.message.params["seconds"] == round(apart.LIMITS.seconds)
    assert apart.limits_of(0) == apart.LIMITS
    assert apart.limits_of(100 << 20) == Limits(60.0, 600 << 20)


@pytest.mark.slow
def test_two_cells_at_the_corners_of_a_sheet_lay_out_nothing(tmp_path):
    with pytest.raises(TableTooLarge):
        read_tables(with_sheet(tmp_path, rows((1, cell("A1")), (200_000, cell("ZZ200000")))))
    (sound,) = read_tables(with_sheet(tmp_path, rows((1, cell("A1")), (9_000, cell("CV9000")))))
    assert len(sound.rows) == 9_000, "a cell that strayed somewhat"


@pytest.mark.slow
def test_merged_areas_one_over_the_other_are_counted(tmp_path):
    sheet = rows(*((n, cell(f"A{n}")) for n in range(1, 2_001)))
    merged = '<mergeCells count="9000">' + '<mergeCell ref="A1:SF2000"/>' * 9_000 + "</mergeCells>"
    with pytest.raises(TableTooLarge):
        read_tables(with_sheet(tmp_path, sheet + merged))


@pytest.mark.parametrize(
    "noise",
    [
        "<row " * 80_000,
        '<row hidden="1" ' * 40_000,
        '<c r="AAA1">' * 40_000,
        '<c r="A1" s="' + 't="e" ' * 40_000,
        '<c r="A1" t="e"><f' * 30_000,
        '<col min="1" max="16384" hidden="1"/>' * 30_000,
    ],
    ids=["rows", "hidden rows", "wide cells", "errors", "formulas", "columns"],
)
def test_tags_without_an_end_are_scanned_once(tmp_path, noise):
    """Each of them was looked through to the end of the file: hours, and nothing could end it."""
    path = with_sheet(tmp_path, f"{rows((1, cell('A1')))}<!-- {noise} -->")
    found = read_tables(path)
    assert not found or found[0].rows == (("x",),)


def test_shares_of_a_row_that_stand_for_five_hundred_are_counted(tmp_path, monkeypatch):
    from desktop.exchange import opendocument

    monkeypatch.setattr(opendocument, "_MOST", 900)
    path = tmp_path / "a.ods"
    uris = "urn:oasis:names:tc:opendocument:xmlns"
    share = (
        '<table:table-row><table:table-cell office:value-type="percentage" office:value="1" '
        'table:number-columns-repeated="500"/></table:table-row>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{uris}:office:1.0" xmlns:table="{uris}:table:1.0">'
            f'<office:body><office:spreadsheet><table:table table:name="A">{share * 3}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    with pytest.raises(TableTooLarge):
        workbook.read_workbook(path.read_bytes(), path.name, lambda *_: None)
