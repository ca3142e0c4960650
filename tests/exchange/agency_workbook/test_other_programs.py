"""A workbook that another program opened and saved again is still known, cell by cell."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange import arrival
from desktop.exchange.agency_workbook import compare, read, take_over
from tests.exchange.agency_workbook.books import Book

WISHES = "worksheet.wishes"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_libreoffice_keeps_the_keys(
    region: Any, book: Book, tmp_path: Path, tool: Callable[[str], str], form: str
) -> None:
    row = book.row("programme", region.programme)
    book.put("programme", row, "start_year", "=2000+28")
    book.put("indicator", book.row("indicator", region.indicator), "target:2028", 4.75)
    book.put(WISHES, book.free(WISHES), "wish", "Baris baru")
    path = book.save(tmp_path / "isian.xlsx")
    out = tmp_path / "disimpan ulang"
    run = [tool("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    subprocess.run(
        [*run, "--convert-to", form, "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved = out / f"isian.{form}"
    assert arrival.look(saved).kind is arrival.Kind.WORKBOOK
    returned = read(saved)
    proposal = compare(region.workspace, returned)
    assert not proposal.doubts
    assert not proposal.notes
    assert sorted(str(each.value) for each in proposal.taken) == ["2028", "4.75"]
    taken = take_over(region.workspace, returned)
    assert (taken.values, taken.rows, taken.differing) == (2, 1, 0)
