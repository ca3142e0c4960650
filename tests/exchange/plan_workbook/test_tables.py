"""A plan as CSV files: separators, marks, numbers as each spreadsheet reads them, and no formulas."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from desktop.base import Language
from desktop.base.jobs import quiet
from desktop.base.spreadsheets import as_text
from desktop.exchange.plan_workbook.making import Wanted
from desktop.exchange.plan_workbook.tables import separator_of, write_tables
from desktop.exchange.table import read_tables


def written(region: Any, separator: str, language: str = "id") -> dict[str, Path]:
    plan, pack = region.workspace.plan(), region.workspace.pack()
    found = write_tables(quiet, plan, pack, region.folder / "csv", Wanted(language), separator)
    return {each.sheet: each.path for each in found}


@pytest.mark.parametrize(("separator", "mark"), [("semicolon", ";"), ("comma", ","), ("tab", "\t")])
def test_every_sheet_with_rows_is_a_file(region: Any, separator: str, mark: str) -> None:
    files = written(region, separator)
    assert {"programme", "budget", "worksheet.wishes", "answers.forms", "figure", "agency"} <= set(files)
    data = files["indicator"].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=mark)
    assert head[:2] == ["Program", "Indikator"]
    assert row[head.index("Kondisi awal")] == ("7.5" if mark == "," else "7,5")
    assert files["programme"].name == "01 Program.csv"
    (table,) = read_tables(files["budget"])
    assert table.rows[1][2] == "1000", "our own reader takes it"


def test_no_text_becomes_a_formula(region: Any) -> None:
    said = written(region, "semicolon")["answers.forms"].read_text("utf-8-sig")
    assert "'=Selamat datang" in said
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "＝1", "\n=1", "－1"):
        assert as_text(text).startswith("'"), text
    assert as_text("2 - 1 = 1") == "2 - 1 = 1"
    assert as_text("a\x00b\x1bc") == "a b c"


def test_what_parts_cells_follows_the_language() -> None:
    assert (separator_of(Language.ID), separator_of(Language.EN)) == ("semicolon", "comma")
