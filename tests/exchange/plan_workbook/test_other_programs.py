"""A plan's workbook that another program opened and saved again is still known, cell by cell."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.exchange import arrival
from desktop.exchange.agency_workbook import compare, read, take_over
from tests.exchange.agency_workbook.books import Book


def saved_again(path: Path, out: Path, form: str, tool: Callable[[str], str]) -> Path:
    """Opened by LibreOffice and saved."""
    run = [tool("soffice"), "--headless", f"-env:UserInstallation=file://{out}/profile"]
    subprocess.run(
        [*run, "--convert-to", form, "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return out / f"{path.stem}.{form}"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_libreoffice_keeps_everything(
    region: Any, book: Book, tmp_path: Path, tool: Callable[[str], str], form: str
) -> None:
    untouched = saved_again(region.book, tmp_path / "sama", form, tool)
    assert compare(region.workspace, read(untouched)).is_empty
    row = book.row("programme", region.programme)
    book.put("programme", row, "start_year", "=2000+28")
    book.put("budget", book.row("budget", f"{region.programme}.purse"), "ceiling:2027", "=SUM(1,2)")
    book.put("answers.forms", book.row("answers.forms", "town.founded"), "value", "2001-02-03")
    book.put("worksheet.wishes", book.free("worksheet.wishes"), "wish", "Baris baru")
    saved = saved_again(book.save(tmp_path / "isian.xlsx"), tmp_path / "diubah", form, tool)
    assert arrival.look(saved).kind is arrival.Kind.WORKBOOK
    returned = read(saved)
    proposal = compare(region.workspace, returned)
    assert not proposal.doubts
    assert not proposal.notes
    assert sorted(str(each.value) for each in proposal.taken) == ["2001-02-03", "2028", "3"]
    taken = take_over(region.workspace, returned)
    assert (taken.values, taken.rows, taken.differing) == (3, 1, 0)


@pytest.mark.slow
def test_libreoffice_counts_the_sums(region: Any, tmp_path: Path, tool: Callable[[str], str]) -> None:
    saved = saved_again(region.book, tmp_path / "hitung", "xlsx", tool)
    made = openpyxl.load_workbook(saved, data_only=True)
    page = next(each for each in made if str(each.cell(1, 1).value or "").endswith(":budget"))
    at = {cell.value: cell.column for cell in page[1]}
    first = next(row for row in range(1, 8) if page.cell(row, 1).value == "key") + 1
    assert page.cell(first - 2, at["indicative:2026"]).value == 1000
    assert page.cell(first, at["=indicative"]).value == 1000
    assert page.cell(first, at["=ceiling"]).value in {None, ""}
    errors = [cell.coordinate for each in made for line in each.iter_rows() for cell in line
              if isinstance(cell.value, str) and cell.value.startswith("#")]  # fmt: skip
    assert errors == []
