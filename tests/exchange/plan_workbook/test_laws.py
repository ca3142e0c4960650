"""Laws of a plan's workbook over generated plans and edits: out, in and out again it says the same."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Language
from desktop.exchange.agency_workbook import cells, compare, read, suggested, take_over
from desktop.exchange.agency_workbook.cells import shown
from desktop.exchange.agency_workbook.layout import HEADING, Column, Sheet
from desktop.exchange.agency_workbook.slip import labelled
from desktop.exchange.plan_workbook.layout import plan_layout
from desktop.workspace import Author, Workspace
from tests.exchange.agency_workbook.books import Book
from tests.exchange.plan_workbook.conftest import out

EXAMPLES = int(os.environ.get("RANCANG_EXAMPLES", "2"))
WORDS = st.one_of(
    st.sampled_from(
        ["=1+1", "@SUM(A1)", "007", "1.250", "-", "n/a", "31/12/2026", "ya", "a\nb", "’kutip”", "𝄞 é"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=30),
)


def value_for(column: Column) -> st.SearchStrategy[Any]:
    """What somebody types into a cell of a column."""
    choices = labelled(column.options, Language.ID)
    match column.field.type:
        case "choices":
            labels = [label for _, label in choices]
            return st.lists(st.sampled_from(labels), unique=True, max_size=3).map("; ".join)
        case _ if choices:
            return st.sampled_from([label for _, label in choices])
        case "integer" | "rupiah":
            return st.integers(-(10**12), 10**12)
        case "year":
            return st.integers(1901, 2199)
        case "decimal" | "percent":
            return st.decimals(-(10**6), 10**6, places=3).map(float)
        case "date":
            return st.dates(min_value=dt.date(1901, 1, 1))
        case _:
            return WORDS


def places(sheets: tuple[Sheet, ...]) -> Iterator[tuple[str, str, Column]]:
    """Every cell that may be filled in."""
    for sheet in sheets:
        for line in sheet.lines:
            for each in sheet.columns if line.key != HEADING else ():
                column = sheet.at(line.key, each)
                if not (column.locked or column.new_only or column.is_formula or column.is_evidence):
                    if column.id in {"title", "name"}:
                        continue  # a name that is emptied is asked about
                    if column.language and not column.field.bilingual:
                        continue
                    yield sheet.id, line.key, column


def grid(path: Path) -> dict[str, list[list[Any]]]:
    """Every visible cell of a workbook but the marks, by the sheet's name."""
    return {
        page.title: [[cell.value for cell in line] for line in page.iter_rows(min_row=2)]
        for page in openpyxl.load_workbook(path)
        if page.sheet_state == "visible"
    }


def law(exported: Any, data: st.DataObject, size: int) -> None:
    """What is typed into a workbook stands in the plan, in the next export, and changes nothing again."""
    with tempfile.TemporaryDirectory() as folder:
        file = shutil.copy(exported.file, Path(folder) / "daerah.rancang")
        path = Path(shutil.copy(exported.book, Path(folder) / "rencana.xlsx"))
        with Workspace.open(Path(file), author=Author("Sari")) as workspace:
            pack, book = workspace.pack(), Book(path)
            every = list(places(plan_layout(workspace.plan(), pack, Language.ID)))
            typed = data.draw(st.lists(st.sampled_from(range(len(every))), unique=True, max_size=size))
            for number in typed:
                sheet, key, column = every[number]
                value = data.draw(value_for(column))
                book.put(sheet, book.row(sheet, key), column.id, value)
                if isinstance(value, str):
                    page: Any = book.sheet(sheet)
                    page.cell(book.row(sheet, key), book.at(sheet, column.id)).data_type = "s"
            returned = read(book.save())
            proposal = compare(workspace, returned)
            doubtful = {each.where.cell + each.where.tab for each in proposal.doubts}
            take_over(workspace, returned, answers=suggested([proposal]))
            again = compare(workspace, read(path))
            assert not again.effects, "the same workbook once more brings nothing"
            assert {each.where.cell + each.where.tab for each in again.doubts} <= doubtful
            second = out(workspace, Path(folder) / "kedua.xlsx")
            proposal = compare(workspace, read(second))
            assert proposal.is_empty, "an export says what the plan says"
            take_over(workspace, read(second))
            third = out(workspace, Path(folder) / "ketiga.xlsx")
            assert grid(second) == grid(third)
            stands(workspace, every, typed, Book(path), doubtful)
            workspace.self_check()


def stands(workspace: Workspace, every: list[Any], typed: list[int], book: Book, doubtful: set[str]) -> None:
    """What was typed is what the plan says now, but for what was asked."""
    sheets = {sheet.id: sheet for sheet in plan_layout(workspace.plan(), workspace.pack(), Language.ID)}
    for number in typed:
        name, key, column = every[number]
        line = next(each for each in sheets[name].lines if each.key == key)
        choices = labelled(column.options, Language.ID)
        cell = book.sheet(name).cell(book.row(name, key), book.at(name, column.id))
        if cell.coordinate + book.sheet(name).title in doubtful:
            continue
        present = shown(column, line.values.get(column.id), choices)
        match cell.value:
            case str() as said if column.field.type == "choices":
                assert {*said.split("; ")} == {*str(present or "").split("; ")}
            case str() as said:
                assert cells.tidy(said) == cells.as_text(present)
            case int() | float() as said:
                assert float(str(present)) == pytest.approx(said)
            case dt.datetime() as said:
                assert present == said.date()
            case None:
                assert present is None


@pytest.mark.uncounted
@pytest.mark.slow
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_out_in_and_out_again_is_the_same(exported: Any, data: st.DataObject) -> None:
    law(exported, data, 12)


@pytest.mark.torture
@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_many_times(exported: Any, data: st.DataObject) -> None:
    law(exported, data, 60)


# -- rows moved, added, copied, deleted ------------------------------------------------------------------
NAMES = {
    "worksheet.wishes": "wish",
    "agency": "name",
    "risk": "title",
    "stakeholder": "name",
    "person": "name",
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sort", "add", "copy", "delete", "insert"]),
        st.sampled_from(list(NAMES)),
        st.integers(0, 3),
    ),
    max_size=6,
)


def moved(exported: Any, steps: list[tuple[str, str, int]]) -> None:
    """However rows are pushed about, none is lost or made twice, and what is new is told once."""
    with tempfile.TemporaryDirectory() as folder:
        file = shutil.copy(exported.file, Path(folder) / "daerah.rancang")
        path = Path(shutil.copy(exported.book, Path(folder) / "rencana.xlsx"))
        with Workspace.open(Path(file), author=Author("Sari")) as workspace:
            pack, book = workspace.pack(), Book(path)
            before = {sheet.id: sheet for sheet in plan_layout(workspace.plan(), pack, Language.ID)}
            added = dict.fromkeys(NAMES, 0)
            for number, (step, sheet, place) in enumerate(steps):
                added[sheet] += pushed(book, sheet, step, place, f"Baru {number}")
            returned = read(book.save())
            proposal = compare(workspace, returned)
            assert all(doubt.kind in {"missing", "whose", "unkeyed"} for doubt in proposal.doubts)
            answers = {doubt.id: doubt.choices[0].id for doubt in proposal.doubts if doubt.kind == "whose"}
            take_over(workspace, returned, answers={**suggested([proposal]), **answers})
            after = {sheet.id: sheet for sheet in plan_layout(workspace.plan(), pack, Language.ID)}
            for name, sheet in before.items():
                known = {line.key: line.values for line in after[name].lines}
                assert all(known[line.key] == line.values for line in sheet.lines if line.key != HEADING)
                assert len(after[name].lines) == len(sheet.lines) + added.get(name, 0)
            again = compare(workspace, read(path))
            assert not again.effects
            second = out(workspace, Path(folder) / "kedua.xlsx")
            assert compare(workspace, read(second)).is_empty


def pushed(book: Book, sheet: str, step: str, place: int, name: str) -> int:
    """Do one thing to the rows of a sheet; how many rows it adds to the plan."""
    page, column = book.sheet(sheet), NAMES[sheet]
    last = book.free(sheet)
    row = min(book.first(sheet) + place, last - 1)
    match step:
        case "sort" if last > book.first(sheet):
            book.sort(sheet, column)
        case "copy" if row >= book.first(sheet):
            values = [cell.value for cell in page[row]]
            if values[0] is None:
                return 0  # a new row once more is another new row, and asked about by nobody
            for at, value in enumerate(values, 1):
                cell: Any = page.cell(last, at)
                cell.value = value
        case "delete" if row >= book.first(sheet):
            gone = page.cell(row, 1).value is None
            page.delete_rows(row)
            return -1 if gone else 0
        case "add":
            book.put(sheet, last, column, name)
            return 1
        case "insert":
            page.insert_rows(max(row, book.first(sheet)))
            book.put(sheet, max(row, book.first(sheet)), column, name)
            return 1
    return 0


@pytest.mark.uncounted
@pytest.mark.slow
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_rows_that_are_pushed_about_stay_what_they_are(exported: Any, steps: Any) -> None:
    moved(exported, steps)


@pytest.mark.torture
@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_same_for_a_long_time(exported: Any, steps: Any) -> None:
    moved(exported, steps)
