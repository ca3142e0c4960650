"""``rancang export``: the whole plan for a spreadsheet, and back by ``receive`` and ``bring-back``."""

import openpyxl
import pytest

from desktop.exchange.agency_workbook import writing
from desktop.exchange.arrival import Kind, look
from desktop.workspace import Author, Workspace
from tests.exchange.agency_workbook.books import Book


@pytest.fixture(autouse=True)
def _few_free_rows(monkeypatch):
    monkeypatch.setattr(writing, "FREE_ROWS", 2)


@pytest.mark.slow
def test_a_plan_goes_out_and_comes_back(call, town, tmp_path):
    path = tmp_path / "rencana.xlsx"
    said = call.ok("export", town, "--xlsx", path)
    assert "rancang receive rencana.xlsx" in said.out
    book = Book(path)
    book.put("programme", book.first("programme"), "title", "Layanan terpadu")
    book.put("agency", book.free("agency"), "name", "Dinas Kominfo")
    book.save()
    told = call.ok("bring-back", town, path, "--preview", json=True)
    preview = next(each for each in told.records if each["kind"] == "workbook-preview")
    assert (preview["values"], preview["rows"], preview["doubts"]) == (1, 1, 0)
    assert preview["same"] > 0
    call.ok("receive", path, "--into", town, "--accept", "--name", "Sari")
    assert "Layanan terpadu" in call.ok("programme", town, language="id").out
    call.ok("undo", town, "--name", "Sari")
    assert "Sumur warga" in call.ok("programme", town, language="id").out


@pytest.mark.slow
def test_without_a_name_it_lies_beside_the_workspace(call, town):
    call.ok("export", town, "--one-language", language="en")
    (made,) = town.parent.glob("*.xlsx")
    assert openpyxl.load_workbook(made).sheetnames[0] == "Instructions"
    call.ok("export", town, "--one-language", language="en")


def test_tables_are_parted_as_asked(call, town, tmp_path):
    call.ok("export", town, "--csv", tmp_path / "csv", "--separator", "comma")
    made = sorted((tmp_path / "csv").glob("*.csv"))
    assert made[0].name.startswith("01 ")
    assert made[0].read_bytes().startswith(b"\xef\xbb\xbf")
    assert "Sumur warga" in made[0].read_text("utf-8-sig")


def test_nothing_but_a_table_is_replaced(call, town, tmp_path):
    call.fails("export", town, "--xlsx", town)
    assert look(town).kind is Kind.WORKSPACE
    call.fails("export", town, "--xlsx", tmp_path / "a.xlsx", "--csv", tmp_path)


@pytest.mark.slow
def test_it_goes_out_while_somebody_works_in_it(call, town, tmp_path):
    with Workspace.open(town, author=Author("Sari")):
        call.ok("export", town, "--xlsx", tmp_path / "rencana.xlsx")
    book = Book(tmp_path / "rencana.xlsx")
    book.put("programme", book.first("programme"), "title", "Layanan terpadu")
    book.save()
    call.ok("bring-back", town, tmp_path / "rencana.xlsx", "--accept", "--name", "Sari")
    assert "Layanan terpadu" in call.ok("programme", town, language="id").out
