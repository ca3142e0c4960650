"""A list that Calc, openpyxl, xlsxwriter or any CSV wrote says the same."""

from decimal import Decimal
from pathlib import Path

import pytest

from desktop.exchange import preview_programmes, refine
from tests.data.foreign import make

FILES = Path(make.__file__).parent
WANTED = [
    (
        "Adminduk “Sehari Jadi”", "Dinas Dukcapil", (2026, 2027),
        {
            "Indeks kepuasan – layanan": ("poin", "81.5", {2026: "82", 2027: "83"}),
            "Cakupan KTP-el": ("persen", "98.25", {2026: "98.5", 2027: "99"}),
        },
        {2026: "1500000", 2027: "1650000.5"},
    ),
    (
        "Kafé Baca Desa", "Dinas Perpustakaan", (None, None),
        {"Jumlah pengunjung": ("orang", None, {2026: "1250", 2027: "1500"})},
        {2026: "350000"},
    ),
    (
        "Air Bersih Perdesaan", "Dinas PUPR", (None, None),
        {"Cakupan air bersih": ("%", "78.5", {2026: "80", 2027: "82.5"})},
        {2026: "2500000", 2027: "0"},
    ),
]  # fmt: skip
PER_CENT = {f"number:Rencana!{cell}": "percent" for cell in make.PERCENTS}


def read(ground, path, **answers):
    preview = refine(preview_programmes(path, *ground), answers, *ground)
    assert preview.refused == ()
    unit = next(each for each in preview.questions if each.id == "rupiah_unit")
    assert (unit.suggestion, unit.certainty) == ("thousand", "stated")
    return preview


def said(preview):
    """Everything the list says, in plain words."""
    return [
        (
            draft.title, draft.agency, (draft.start_year, draft.end_year),
            {
                each.name: (each.unit, plain(each.baseline), {y: plain(v) for y, v in each.targets.items()})
                for each in draft.indicators.values()
            },
            {year: plain(amount.value) for (year, _, _), (amount,) in draft.amounts.items()},
        )
        for draft in preview.programmes
    ]  # fmt: skip


def plain(value):
    return None if value is None else f"{Decimal(value).normalize():f}"


@pytest.mark.parametrize("name", ["xlsxwriter.xlsx", "calc.xlsx", "calc.ods"])
def test_workbooks_of_other_programs(ground, name):
    preview = read(ground, FILES / name)
    assert said(preview) == WANTED
    assert not [each for each in preview.questions if each.kind == "cells"]


def test_a_workbook_of_openpyxl(ground, tmp_path):
    assert said(read(ground, make.by_openpyxl(tmp_path / "made.xlsx"))) == WANTED


def test_an_old_workbook_of_calc_asks_what_it_does_not_tell(ground):
    preview = preview_programmes(FILES / "calc.xls", *ground)
    asked = {each.id for each in preview.questions if each.kind == "cells"}
    assert asked == set(PER_CENT)
    assert {problem.message.id for problem in preview.refused} == {"exchange.import.two_ways"}
    assert said(read(ground, FILES / "calc.xls", **PER_CENT)) == WANTED


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("english", [False, True])
def test_csv_in_every_encoding_with_every_separator(ground, tmp_path, delimiter, encoding, english):
    path = make.by_csv(tmp_path / "list.csv", delimiter=delimiter, encoding=encoding, english=english)
    answers = {"number_style": "point"} if english else {}
    assert said(read(ground, path, **answers)) == WANTED


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "csv"])
def test_what_calc_writes_today(ground, tmp_path, kind):
    import shutil

    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed: its files could not be read back")
    path = make.by_calc(make.by_openpyxl(tmp_path / "list.xlsx"), kind, tmp_path / "out")
    sheet = "Rencana" if kind != "csv" else "list"
    answers = {f"number:{sheet}!{cell}": "percent" for cell in make.PERCENTS}
    found = said(refine(preview_programmes(path, *ground), answers, *ground))
    assert [each[:2] for each in found] == [each[:2] for each in WANTED]
    if kind != "csv":
        assert found == WANTED


@pytest.mark.slow
def test_what_xlsxwriter_writes_today(ground, tmp_path):
    pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed: its file was made once")
    assert said(read(ground, make.by_xlsxwriter(tmp_path / "made.xlsx"))) == WANTED
