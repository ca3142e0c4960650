"""No text of anybody becomes a formula, whatever parts the cells where it is opened, nor other signs."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.spreadsheets import SIGNS, as_text, in_csv, in_workbook


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Layanan", "Layanan"),
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("\uff0d1+1", "'\uff0d1+1"),
        ("Layanan;=1+1;x", "Layanan;'=1+1;x"),
        ("Layanan,=1+1,x", "Layanan,'=1+1,x"),
        ('"=1+1', "'\"=1+1"),
        ("a; @SUM(A1)", "a; '@SUM(A1)"),
        ('a\n"=cmd|x', "a\n\"'=cmd|x"),
        ("a;-cmd|' /C calc'!A1", "a;'-cmd|' /C calc'!A1"),
        # nothing is computed in what is written like this every day
        ("Rp5.000.000,- per tahun", "Rp5.000.000,'- per tahun"),
        ("Rp5.000.000,-", "Rp5.000.000,-"),
        ("Telepon; +62 811-22", "Telepon; +62 811-22"),
    ],
)
def test_what_would_be_computed_has_an_apostrophe_before_it(text, said):
    assert in_csv(text) == said


_WORDS = st.lists(st.sampled_from([*"ab1 ,;\"'=+-@\t\n\uff1d", "=1+1"]), max_size=12).map("".join)


@given(st.lists(_WORDS, min_size=1, max_size=3), st.sampled_from(",;\t"), st.sampled_from(",;\t"))
def test_no_cell_of_any_reader_begins_like_a_formula(texts, written, read):
    out = io.StringIO()
    csv.writer(out, delimiter=written, lineterminator="\r\n").writerow(["35.07", *map(in_csv, texts)])
    for row in csv.reader(io.StringIO(out.getvalue()), delimiter=read):
        for cell in row:
            said = cell.lstrip("\r\n\t \"'")
            apostrophe = "'" in cell[: len(cell) - len(said)]
            # a sum of nothing but figures, which ends where another program would begin a cell
            harmless = re.match(r"[-+][-\d\s\"]*([,;\t]|$)", said)
            assert apostrophe or harmless or not said.startswith(SIGNS), cell


def test_what_is_read_back_is_changed_at_its_beginning_only():
    assert as_text("Layanan;=1+1") == "Layanan;=1+1"
    assert as_text("@a\x07") == "'@a "


def test_signs_that_a_workbook_would_unfold_stay_as_they_are(tmp_path):
    from openpyxl import Workbook
    from python_calamine import CalamineWorkbook

    texts = ["Sah_x000A_DITOLAK", "a_x202E_b", "_x0041__x0042_", "a_x005F_", "biasa_x"]
    book = Workbook()
    page = book.active
    assert page is not None
    for row, text in enumerate(texts, 1):
        page.cell(row, 1, in_workbook(text))
    book.save(tmp_path / "a.xlsx")
    read = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert [row[0] for row in read] == texts
