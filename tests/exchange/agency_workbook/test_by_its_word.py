"""A workbook whose hand-out nobody here remembers: what it says of itself decides nothing unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.exchange.agency_workbook import compare, read, take_over
from desktop.exchange.agency_workbook import slip as slips
from desktop.exchange.agency_workbook.slip import Base, Slip
from tests.exchange.agency_workbook.books import LABEL, Book


def by_its_word(book: Book, change: Callable[[Slip], Slip] = lambda slip: slip) -> Book:
    """The workbook with a hand-out that nobody remembers, and what else it says of itself changed."""
    said = read(book.path).slip
    assert said is not None
    forged = change(replace(said, handout=f"{'0' * 8}{said.handout[8:]}"))
    page = book.book[slips.SHEET]
    page.delete_rows(1, page.max_row)
    for number, (name, value) in enumerate(slips.written(forged), 1):
        page.cell(number, 1, name)
        page.cell(number, 2, value)
    for each in book.book:
        mark = str(each.cell(1, 1).value or "")
        if mark.startswith(f"{slips.MARK}:"):
            each.cell(1, 1).value = mark.replace(said.handout, forged.handout)
    book.save()
    return book


def called(names: dict[str, str]) -> Callable[[Slip], Slip]:
    """Labels of its own for some values."""

    def change(slip: Slip) -> Slip:
        assert slip.base is not None
        sheets = {
            name: replace(
                sheet,
                choices={
                    column: tuple((value, names.get(label, label)) for value, label in labels)
                    for column, labels in sheet.choices.items()
                },
            )
            for name, sheet in slip.base.sheets.items()
        }
        return replace(slip, base=Base(sheets))

    return change


@pytest.fixture
def swapped(book: Book) -> Book:
    """Yes is called no in it, and no yes."""
    return by_its_word(book, called({"Ya": "Tidak", "Tidak": "Ya"}))


@pytest.mark.slow
def test_a_label_that_means_another_choice_here_is_asked_about(region: Any, swapped: Book) -> None:
    """“No” was shown, and the plan got yes."""
    row = swapped.row("programme", region.programme)
    swapped.put("programme", row, "quick_win", "Tidak")
    found = compare(region.workspace, read(swapped.save()))
    assert not found.taken
    (doubt,) = found.doubts
    assert doubt.message.params["problem"].id == "exchange.agency_book.two_meanings"
    told = {str(choice.label): [effect.value for effect in choice.effects] for choice in doubt.choices[:2]}
    assert told == {"Ya": [True], "Tidak": []}, "as both are called here"


def test_what_is_taken_is_shown_as_it_is_called_here(region: Any, book: Book) -> None:
    by_its_word(book, called({"Ya": "Mungkin"}))
    row = book.row("programme", region.programme)
    book.put("programme", row, "quick_win", "Mungkin")
    (change,) = compare(region.workspace, read(book.save())).taken
    assert (change.value, change.told[1]) == (True, "Ya")


def test_what_is_no_choice_here_any_more_is_shown_with_its_id(region: Any, book: Book) -> None:
    def more(slip: Slip) -> Slip:
        assert slip.base is not None
        sheet = slip.base.sheets["programme"]
        choices = {**sheet.choices, "dimension": (*sheet.choices["dimension"], ("gone", "Udara"))}
        return replace(slip, base=Base({**slip.base.sheets, "programme": replace(sheet, choices=choices)}))

    by_its_word(book, more)
    book.put("programme", book.row("programme", region.programme), "dimension", "gone")
    (change,) = compare(region.workspace, read(book.save())).taken
    assert change.told[1] == "Udara [gone]"


@pytest.mark.slow
def test_a_row_is_called_what_it_is_called_here(region: Any, book: Book) -> None:
    with region.workspace.operation(LABEL) as op:
        op.set("programme", region.programme, title={"id": "Layanan sehari"})

    def named(slip: Slip) -> Slip:
        assert slip.base is not None
        sheet = slip.base.sheets["programme"]
        rows = {key: {**values, "title": "Program orang lain"} for key, values in sheet.rows.items()}
        return replace(slip, base=Base({**slip.base.sheets, "programme": replace(sheet, rows=rows)}))

    by_its_word(book, named)
    row = book.row("programme", region.programme)
    book.put("programme", row, "title", "Program orang lain")
    book.put("programme", row, "total_budget", 900)
    (change,) = compare(region.workspace, read(book.save())).taken
    assert (change.name, change.value) == ("Layanan sehari", 900)
    assert take_over(region.workspace, read(book.path)).values == 1


@pytest.mark.slow
def test_whose_it_is_is_its_own_word(region: Any, book: Book) -> None:
    """With another agency's id it was shown, recorded, and its rows were told as that agency's."""
    by_its_word(book, lambda slip: replace(slip, agency=region.other))
    book.put("programme", book.row("programme", region.programme), "total_budget", 950)
    found = compare(region.workspace, read(book.save()))
    assert found.name == "Dinas Kesehatan (menurut buku kerja itu sendiri)"
    (outside,) = (note for note in found.notes if note.id == "exchange.agency_book.note.outside")
    assert outside.params["row"] == "Layanan satu pintu"
    take_over(region.workspace, read(book.path))
    assert region.workspace.recent(1)[0].author == found.name


def test_one_of_nobody_is_called_the_whole_plans(region: Any, book: Book) -> None:
    by_its_word(book, lambda slip: replace(slip, agency="", name="Dinas Kesehatan"))
    found = compare(region.workspace, read(book.save()))
    assert found.name == "Seluruh dokumen (menurut buku kerja itu sendiri)"


@pytest.mark.slow
def test_an_agencys_own_rows_are_told_as_they_are(region: Any, book: Book) -> None:
    by_its_word(book)
    book.put("programme", book.row("programme", region.programme), "total_budget", 950)
    row = book.free("activity")
    book.put("activity", row, "programme", "Layanan satu pintu")
    book.put("activity", row, "title", "Pelatihan")
    found = compare(region.workspace, read(book.save()))
    assert found.new_rows
    assert not [note for note in found.notes if note.id == "exchange.agency_book.note.outside"]
