"""Whoever answers a question, or takes a workbook over, has been shown all that it does."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.base import Language, render
from desktop.exchange.agency_workbook import compare, read, take_over
from desktop.exchange.agency_workbook.doubts import Choice, Doubt
from tests.exchange.agency_workbook.books import LABEL, Book

WISHES = "worksheet.wishes"


def does(choice: Choice) -> str:
    return "\n".join(render(said, Language.ID) for said in choice.does)


def the_doubt(region: Any, book: Book) -> Doubt:
    (doubt,) = compare(region.workspace, read(book.save())).doubts
    return doubt


def copied(region: Any, book: Book, **changed: Any) -> int:
    row, free = book.row("programme", region.programme), book.free("programme")
    page = book.sheet("programme")
    for at in range(1, page.max_column + 1):
        if page.cell(row, at).data_type != "f":
            page.cell(free, at).value = page.cell(row, at).value
    for column, value in changed.items():
        book.put("programme", free, column, value)
    return free


def test_a_copied_row_says_what_it_would_be(region: Any, book: Book) -> None:
    """The name of the old row was all that was shown of “Make it a new row”."""
    copied(region, book, title="Mobil dinas bupati", total_budget=99_000_000_000)
    doubt = the_doubt(region, book)
    new = doubt.choice(doubt.default)
    assert new is not None
    assert "Mobil dinas bupati" in does(new)
    assert "99.000.000.000" in does(new)
    assert does(doubt.choices[-1]) == ""


def test_a_row_with_a_key_that_nobody_knows_says_what_it_would_be(region: Any, book: Book) -> None:
    free = copied(region, book, title="Mobil dinas", total_budget=123_456)
    book.sheet("programme").cell(free, 1).value = "01a22bcb38ed79f8a7966b5e2a1c0000"
    doubt = the_doubt(region, book)
    assert "123.456" in does(doubt.choices[0])


def test_a_row_of_no_programme_says_the_same_of_each(region: Any, book: Book) -> None:
    with region.workspace.operation(LABEL) as op:
        op.insert("programme", title={"id": "Lain"}, lead=region.agency)
    row = book.free("activity")
    book.put("activity", row, "title", "Pengadaan")
    book.put("activity", row, "budget", 7_654_321)
    doubt = the_doubt(region, book)
    assert doubt.kind == "whose"
    assert len([each for each in doubt.choices if each.effects]) == 2
    (said,) = doubt.does
    assert "7.654.321" in render(said, Language.ID)


@pytest.mark.slow
def test_what_comes_back_or_goes_is_told(region: Any, book: Book) -> None:
    row = book.free(WISHES)
    book.put(WISHES, row, "wish", "Air bersih bagi semua")
    take_over(region.workspace, read(book.save()))
    (added,) = (each for each in region.workspace.plan().rows["wishes"] if each.id not in region.rows)
    with region.workspace.operation(LABEL) as op:
        op.delete("row", added.id)
    page = book.sheet(WISHES)
    gone = book.row(WISHES, region.rows[0])
    page.delete_rows(gone)
    doubts = {each.kind: each for each in compare(region.workspace, read(book.save())).doubts}
    assert "Air bersih bagi semua" in does(doubts["deleted_since"].choices[0])
    assert "Masalah nomor 0" in does(next(each for each in doubts["missing"].choices if each.effects))


def test_a_long_text_is_told_to_its_end(region: Any, book: Book) -> None:
    """Into an empty field, or in a new row: 120 letters were shown and all of it taken."""
    words = f"Anggaran tersedia {'dan cukup ' * 40}SELUNDUPAN tanpa lelang."
    book.put("programme", book.row("programme", region.programme), "technology", words)
    row = book.free(WISHES)
    book.put(WISHES, row, "wish", words)
    found = compare(region.workspace, read(book.save()))
    told = [*found.taken, *found.new_rows]
    assert len(told) == 2
    assert all("SELUNDUPAN" in render(each.message, Language.ID) for each in told)
