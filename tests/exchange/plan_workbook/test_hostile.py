"""Workbooks that nobody honest made: one sentence each, nothing taken, and no formula ever comes of them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.base import RancangError
from desktop.exchange import table as limits
from desktop.exchange.agency_workbook import compare, read, suggested, take_over
from desktop.exchange.agency_workbook.reading import DamagedWorkbook
from desktop.exchange.table import TableTooLarge
from tests.exchange.agency_workbook.books import Book
from tests.exchange.plan_workbook.conftest import out

DDE = "cmd|' /C calc'!A0"


def rewritten(path: Path, target: Path, part: str, change: Any) -> Path:
    """The same archive with one of its parts changed, or a new one."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        names = source.namelist()
        for name in names:
            data = source.read(name)
            made.writestr(name, change(data) if name == part else data)
        if part not in names:
            made.writestr(part, change(b""))
    return target


def test_a_bomb_is_refused(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 4 << 20)
    read(region.book)
    bomb = rewritten(region.book, region.folder / "bom.xlsx", "xl/bomb.xml", lambda _: b"0" * (5 << 20))
    with pytest.raises(TableTooLarge):
        read(bomb)


def test_entities_are_never_followed(region: Any) -> None:
    def with_entity(data: bytes) -> bytes:
        head = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        return data.replace(b"<worksheet", head + b"<worksheet", 1)

    path = rewritten(region.book, region.folder / "e.xlsx", "xl/worksheets/sheet2.xml", with_entity)
    try:
        proposal = compare(region.workspace, read(path))
    except RancangError:
        return
    assert "root:" not in str(proposal)


@pytest.mark.parametrize("formula", [DDE, "[1]Sheet1!A1", 'WEBSERVICE("http://x/")', 'HYPERLINK("x","y")'])
def test_formulas_from_outside_are_asked_and_never_kept(region: Any, book: Book, formula: str) -> None:
    row = book.row("programme", region.programme)
    book.put("programme", row, "title", f"={formula}")
    returned = read(book.save())
    proposal = compare(region.workspace, returned)
    assert not proposal.effects
    take_over(region.workspace, returned, answers=suggested([proposal]))
    assert "Layanan satu pintu" in str(region.workspace.plan().programmes[0].title)


@pytest.mark.slow
def test_a_text_like_a_formula_stays_a_text_there_and_back(region: Any, book: Book) -> None:
    row = book.row("programme", region.programme)
    book.put("programme", row, "title", f"={DDE}")
    cell = book.sheet("programme").cell(row, book.at("programme", "title"))
    cell.data_type = "s"
    take_over(region.workspace, read(book.save()))
    assert region.workspace.plan().programmes[0].title.values["id"] == f"={DDE}"
    made = openpyxl.load_workbook(out(region.workspace, region.folder / "lagi.xlsx"))
    cells = [
        cell for page in made for line in page.iter_rows() for cell in line if DDE in str(cell.value or "")
    ]
    assert cells
    assert all(cell.data_type == "s" for cell in cells), "also in lists to pick from"


def test_cut_off_and_shuffled_bytes_are_told(region: Any) -> None:
    data = region.book.read_bytes()
    broken = region.folder / "rusak.xlsx"
    for size in (10, 2000, len(data) // 2, len(data) - 30):
        broken.write_bytes(data[:size])
        with pytest.raises(DamagedWorkbook):
            read(broken)
    for place in range(0, len(data), len(data) // 40):
        broken.write_bytes(
            data[:place] + bytes(255 - each for each in data[place : place + 8]) + data[place + 8 :]
        )
        try:
            compare(region.workspace, read(broken))
        except RancangError:
            continue


def test_a_slip_that_lies_about_its_values_is_not_believed(region: Any, book: Book) -> None:
    page = book.book["rancang"]
    for row in range(1, page.max_row + 1):
        if page.cell(row, 1).value == "values":
            page.cell(row, 2).value = "AAAA"
    book.put("programme", book.row("programme", region.programme), "end_year", 2030)
    proposal = compare(region.workspace, read(book.save()))
    assert [each.column for each in proposal.taken] == ["end_year"], "what is remembered here counts"
