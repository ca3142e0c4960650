"""What an agency gets: its own sheets with drop-downs, hidden keys, and advice against losing them."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from desktop.base import RancangError
from desktop.base.errors import Cancelled
from desktop.exchange.agency_workbook import make, make_all
from desktop.exchange.agency_workbook.making import NoSuchAgency
from desktop.exchange.agency_workbook.slip import LISTS, SHEET
from desktop.workspace.handing import given
from tests.exchange.agency_workbook.books import FIRST, Book, filled

READY = "worksheet.ready"
WISHES = "worksheet.wishes"


def test_the_sheets_and_rows_are_the_agencys_own(region: Any, book: Book) -> None:
    ids = [str(page.cell(1, 1).value).rpartition(":")[2] for page in book.book if page.cell(1, 1).value]
    assert ids[:-2] == [READY, WISHES, "programme", "activity", "budget", "indicator", "risk"]
    assert book.keys(WISHES) == region.rows
    other = Book(make(region.workspace, region.other, region.folder / "lain.xlsx").path)
    assert other.keys(WISHES) == []
    assert other.keys("programme") == []
    assert [key for key in other.keys(READY) if key != "-"] != [key for key in book.keys(READY) if key != "-"]


def test_keys_are_hidden_and_kept_from_harm_without_a_password(book: Book) -> None:
    page = book.sheet(WISHES)
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[1].hidden
    assert page.protection.sheet
    assert page.protection.password is None
    assert not page.protection.sort
    assert not page.protection.insertRows
    assert page.freeze_panes is not None
    assert page.page_setup.orientation == "landscape"
    # the column of keys is sorted along with its rows: it is in the filter, and open
    assert str(page.auto_filter.ref).startswith("A")
    assert not page.cell(FIRST, 1).protection.locked
    assert {book.book[name].sheet_state for name in (SHEET, LISTS)} == {"veryHidden"}


def test_choices_are_offered_and_figures_have_their_form(book: Book) -> None:
    rules = book.sheet(READY).data_validations.dataValidation
    (levels,) = [rule for rule in rules if rule.type == "list"]
    place = levels.formula1.rpartition("!")[2].replace("$", "")
    offered = [cell[0].value for cell in book.book[LISTS][place]]
    assert offered[:2] == ["Tingkat 1", "Tingkat 2"]
    assert levels.errorStyle == "warning"
    cost = book.sheet(WISHES).cell(FIRST, book.at(WISHES, "cost"))
    assert cost.number_format == '"Rp" #,##0'
    words = book.sheet(WISHES).cell(FIRST, book.at(WISHES, "wish"))
    assert words.number_format == "@"


@pytest.mark.slow
def test_the_first_sheet_says_for_whom_until_when_and_how(region: Any) -> None:
    filled(region.workspace, lambda op: op.deadline("2026-12-20", agency=region.agency, note="rapat tim"))
    filled(region.workspace, lambda op: op.deadline("2026-12-24", agency=region.other))
    made = make(region.workspace, region.agency, region.folder / "lain.xlsx")
    page = openpyxl.load_workbook(made.path).worksheets[0]
    said = "\n".join(str(row[1]) for row in page.iter_rows(values_only=True) if len(row) > 1 and row[1])
    assert "Buku kerja Dinas Kominfo" in said
    assert "20 Desember 2026 (rapat tim)" in said
    assert "24 Desember" not in said
    assert "kirim kembali kepada Sari" in said
    assert "Kuning" in said


def test_sheets_that_are_not_theirs_are_left_out_unless_they_wrote_in_them(region: Any) -> None:
    for sheet in ("ready", "wishes"):
        filled(
            region.workspace,
            lambda op, sheet=sheet: op.duty("worksheet", sheet, region.agency, state="not_ours"),
        )
    book = Book(make(region.workspace, region.agency, region.folder / "lain.xlsx").path)
    with pytest.raises(KeyError):
        book.sheet(READY)
    assert book.keys(WISHES) == region.rows


def test_what_was_given_is_remembered(region: Any) -> None:
    made = make(region.workspace, region.agency, region.folder / "lain.xlsx")
    known = {each.id: each for each in given(region.workspace)}[made.handout]
    assert (known.kind, known.agency, known.file) == ("workbook", region.agency, "lain.xlsx")
    assert known.heads == made.slip.heads
    head = region.workspace.head
    make(region.workspace, region.agency, region.folder / "lagi.xlsx")
    assert region.workspace.head == head, "handing out is no change of the plan"


def test_nobody_else_gets_one_and_what_was_begun_is_taken_back(region: Any) -> None:
    with pytest.raises(NoSuchAgency):
        make(region.workspace, "nobody", region.folder / "lain.xlsx")
    with pytest.raises(RancangError):
        make(region.workspace, region.agency, region.workspace.path / "x.xlsx")

    def stop(done: int, _total: int, _message: object) -> None:
        if done:
            raise Cancelled

    out = region.folder / "keluar"
    with pytest.raises(Cancelled):
        make_all(stop, region.workspace, [region.agency, region.other], out)
    assert list(out.iterdir()) == []
