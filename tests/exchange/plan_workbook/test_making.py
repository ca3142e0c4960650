"""The workbook of a plan as it is given out: sheets, types, lists, sums, protection, instructions."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.base.errors import FileProblem
from desktop.exchange.agency_workbook import slip as slips
from desktop.exchange.plan_workbook.making import check_target
from tests.exchange.agency_workbook.books import Book
from tests.exchange.plan_workbook.conftest import out

SHEETS = [
    "programme", "activity", "sub_activity", "budget", "rpjmd_ceiling", "indicator", "risk",
    "answers.evaluation", "worksheet.ready", "worksheet.wishes", "answers.forms", "figure", "agency",
    "person", "decree", "stakeholder", "input",
]  # fmt: skip


def sheets(book: Book) -> list[str]:
    marks = [str(page.cell(1, 1).value or "") for page in book.book]
    return [mark.rpartition(":")[2] for mark in marks if mark.startswith(f"{slips.MARK}:")]


def test_everything_of_a_plan_has_its_sheet(book: Book) -> None:
    assert sheets(book) == SHEETS
    hidden = {page.title for page in book.book if page.sheet_state != "visible"}
    assert hidden == {slips.SHEET, slips.LISTS}


def test_cells_are_typed(region: Any, book: Book) -> None:
    row = book.row("programme", region.programme)
    assert book.get("programme", row, "total_budget") == 500
    assert book.get("programme", row, "title@en") == "One door"
    assert book.get("programme", row, "supporting") == "Dinas Kesehatan"
    figures = book.row("figure", "people")
    assert book.get("figure", figures, "value:2025") == 1050000
    assert book.get("figure", figures, "source:2025") == "BPS"
    assert book.get("figure", book.row("figure", "opinion"), "value:2025") == "WTP"
    poor = book.sheet("figure").cell(book.row("figure", "poor"), book.at("figure", "value:2025"))
    assert (poor.value, poor.number_format) == (12.5, 'General"%"')
    founded = book.sheet("answers.forms").cell(
        book.row("answers.forms", "town.founded"), book.at("answers.forms", "value")
    )
    assert founded.is_date
    money = book.sheet("budget").cell(book.first("budget"), book.at("budget", "indicative:2026"))
    assert money.number_format == '"Rp" #,##0'


def test_no_text_of_a_plan_becomes_a_formula(region: Any, book: Book) -> None:
    row = book.row("answers.forms", "town.words")
    cell = book.sheet("answers.forms").cell(row, book.at("answers.forms", "value"))
    assert (cell.value, cell.data_type, cell.number_format) == (
        "=Selamat datang di kota kami yang tenang", "s", "@",
    )  # fmt: skip
    with zipfile.ZipFile(region.book) as archive:
        for name in archive.namelist():
            said = archive.read(name)
            formulas = re.findall(rb"<f>([^<]*)</f>", said)
            assert all(each.startswith((b"SUBTOTAL(", b"IF(")) for each in formulas), name
            assert b"externalLink" not in said


@pytest.mark.slow
def test_sums_are_formulas_that_follow_the_filter(book: Book) -> None:
    page, first = book.sheet("budget"), book.first("budget")
    total = page.cell(first - 2, book.at("budget", "indicative:2026")).value
    assert re.fullmatch(rf"=SUBTOTAL\(109,([A-Z]+){first}:\1\d+\)", total)
    assert page.cell(first, book.at("budget", "=indicative")).value.startswith("=IF(COUNT(")
    assert "100*SUM(" in page.cell(first, book.at("budget", "=share")).value


def test_a_section_shows_the_mean_of_its_scores(book: Book) -> None:
    page, row = book.sheet("answers.evaluation"), book.row("answers.evaluation", "evaluation.rule")
    letter = page.cell(row, book.at("answers.evaluation", "value")).column_letter
    area = f"{letter}{row}:{letter}{row}"
    assert page[f"{letter}{row - 1}"].value == f'=IF(COUNT({area})=0,"",AVERAGE({area}))'


def test_guideline_and_plan_say_what_fits(book: Book) -> None:
    def rules(sheet: str, key: str, column: str) -> Any:
        page = book.sheet(sheet)
        cell = page.cell(book.row(sheet, key), book.at(sheet, column)).coordinate
        return next((each for each in page.data_validations.dataValidation if cell in each.sqref), None)

    def offered(rule: Any) -> list[str]:
        letter = re.search(r"\$([A-Z]+)\$", rule.formula1)[1]  # type: ignore[index]
        return [cell.value for cell in book.book[slips.LISTS][letter] if cell.value]

    programme = book.keys("programme")[0]
    assert offered(rules("programme", programme, "lead")) == ["Dinas Kominfo", "Dinas Kesehatan"]
    years = rules("programme", programme, "start_year")
    assert (years.type, years.formula1, years.formula2) == ("whole", "2026", "2030")
    assert offered(rules("figure", "opinion", "value:2025")) == ["WTP", "WDP"]
    assert offered(rules("answers.forms", "town.mood", "value")) == ["Sedih", "Biasa", "Gembira"]
    assert rules("answers.forms", "town.trees", "value").type == "whole"
    assert "Cangkul; Jala" in rules("answers.forms", "town.tools", "value").prompt
    key = next(each for each in book.sheet("programme").data_validations.dataValidation if "A6" in each.sqref)
    assert (key.type, key.formula1, key.errorStyle) == ("custom", "FALSE", "stop")


def test_heads_stay_and_keys_are_kept(book: Book) -> None:
    for name in SHEETS:
        page, first = book.sheet(name), book.first(name)
        assert page.freeze_panes is not None
        assert page.freeze_panes.endswith(str(first))
        assert page.column_dimensions["A"].hidden
        assert page.protection.sheet
        assert not page.protection.password
        assert page.cell(first - 1, 2).protection.locked
    page = book.sheet("budget")
    last = max(page.column_dimensions.values(), key=lambda each: each.max or 0)
    assert (last.max, last.protection.locked) == (16384, False), "Excel deletes only rows that are open"


@pytest.mark.parametrize(("language", "words"), [("id", "Petunjuk"), ("en", "Instructions")])
def test_instructions_speak_the_language_asked_for(region: Any, language: str, words: str) -> None:
    target = out(region.workspace, region.folder / "lain.xlsx", language, translations=False)
    made = openpyxl.load_workbook(target)
    assert made.sheetnames[0] == words
    book = Book(target)
    assert not any(cell.value == "title@en" for cell in book.sheet("programme")[1])
    assert book.get("answers.forms", book.row("answers.forms", "town.trees"), "label") == (
        "Jumlah pohon" if language == "id" else "Number of trees"
    )


def test_only_a_table_is_replaced(region: Any, tmp_path: Path) -> None:
    check_target(region.book)
    check_target(tmp_path / "baru.xlsx")
    with pytest.raises(FileProblem):
        check_target(region.workspace.path)
    with pytest.raises(FileProblem):
        check_target(tmp_path)
