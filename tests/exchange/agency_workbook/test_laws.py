"""Laws of the three-way comparison, over random edits here, in the workbook, and both."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.exchange.agency_workbook import compare, read, take_over
from desktop.exchange.agency_workbook.doubts import LEAVE
from desktop.workspace import Author, Workspace
from tests.exchange.agency_workbook.books import LABEL, Book

WISHES = "worksheet.wishes"
WORDS = st.sampled_from(["Sumur", "Jalan", "Pasar", "Kebun", ""])
FIGURES = st.sampled_from([0, 5, 70, 1_250_000])
EXAMPLES = int(os.environ.get("RANCANG_EXAMPLES", "12"))

edits = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from(["wish", "by", "cost"])),
    st.one_of(WORDS, FIGURES),
    max_size=8,
)
"""What somebody writes: row and column, and the value (a figure only in a column of figures)."""


def fitting(wanted: dict[tuple[int, str], Any]) -> dict[tuple[int, str], Any]:
    """Only values of the column's own kind."""
    return {place: value for place, value in wanted.items() if isinstance(value, int) is (place[1] == "cost")}


def state(workspace: Workspace, rows: list[str]) -> dict[tuple[int, str], Any]:
    """What stands in every cell, nothing as None."""
    known = {row.id: row for row in workspace.plan().rows["wishes"]}
    out: dict[tuple[int, str], Any] = {}
    for number, key in enumerate(rows):
        for column in ("wish", "by", "cost"):
            cell = known[key].cells.get(column)
            value = (cell.text.values.get("id") if column == "wish" else cell.value) if cell else None
            out[number, column] = value or (0 if value == 0 and value is not False else None)
    return out


def write_here(workspace: Workspace, rows: list[str], wanted: dict[tuple[int, str], Any]) -> None:
    """The same by somebody at the workspace."""
    with workspace.operation(LABEL) as op:
        for (row, column), value in wanted.items():
            if column == "wish":
                op.cell_text(rows[row], column, "id", value)
            else:
                op.cell(rows[row], column, value)


def law(
    handed_out: Any, here: dict[Any, Any], there: dict[Any, Any], order: list[int], *, renamed: bool
) -> None:
    """No newer value is overwritten, none of theirs is lost, and a second time nothing is left to do."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "daerah.rancang"
        shutil.copy(handed_out.file, file)
        shutil.copy(handed_out.book, Path(folder) / "buku.xlsx")
        with Workspace.open(file, author=Author("Sari")) as workspace:
            before = state(workspace, handed_out.rows)
            write_here(workspace, handed_out.rows, here)
            present = state(workspace, handed_out.rows)
            book = Book(Path(folder) / "buku.xlsx")
            for (row, column), value in there.items():
                book.put(
                    WISHES, book.row(WISHES, handed_out.rows[row]), column, value if value != "" else None
                )
            _shuffle(book, order)
            if renamed:
                book.sheet(WISHES).title = "Lembar kami"
            returned = read(book.save())
            theirs = {**before, **{place: value if value != "" else None for place, value in there.items()}}
            proposal = compare(workspace, returned)
            answers = {doubt.id: LEAVE for doubt in proposal.doubts}
            doubtful = {effect.key + effect.column for doubt in proposal.doubts for choice in doubt.choices
                        for effect in choice.effects if hasattr(effect, "column")}  # fmt: skip
            take_over(workspace, returned, answers=answers)
            check(workspace, handed_out.rows, before, present, theirs, doubtful)
            head = workspace.head
            again = compare(workspace, returned)
            take_over(workspace, returned, answers={doubt.id: LEAVE for doubt in again.doubts})
            sides = {c.row: len(workspace.choices(c)) for c in workspace.conflicts()}
            assert workspace.head == head or all(count <= 3 for count in sides.values())
            workspace.self_check()


def _shuffle(book: Book, order: list[int]) -> None:
    """Put the four handed-out rows into another order, keys and all."""
    page, first = book.sheet(WISHES), min(book.row(WISHES, key) for key in book.keys(WISHES)[1:5])
    rows = [[page.cell(first + n, at).value for at in range(1, page.max_column + 1)] for n in range(4)]
    for place, source in enumerate(order):
        for at, value in enumerate(rows[source], 1):
            cell: Any = page.cell(first + place, at)
            cell.value = value


def check(
    workspace: Workspace, rows: list[str], before: Any, present: Any, theirs: Any, doubtful: set[str]
) -> None:
    """The law itself, cell by cell."""
    after = state(workspace, rows)
    shown = {}
    for conflict in workspace.conflicts():
        shown[conflict.row] = {
            side.value if side.value != "" else None for side in workspace.choices(conflict)
        }
    from desktop.base.ids import derived_id

    for place, base in before.items():
        row, column = place
        if rows[row] + column in doubtful:
            assert after[place] == present[place]
            continue
        cell = derived_id("cell", rows[row], column, "id" if column == "wish" else "")
        mine, came = present[place], theirs[place]
        if came in {base, mine}:
            assert after[place] == mine, "an untouched cell changes nothing"
        elif mine == base:
            assert after[place] == came, "what only they changed is taken"
        else:
            assert shown[cell] == {mine, came}, "what both changed stands side by side"


@pytest.mark.slow
@pytest.mark.uncounted
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=edits, there=edits, order=st.permutations(range(4)), renamed=st.booleans())
def test_nothing_newer_is_overwritten_and_nothing_lost(
    handed_out: Any,
    here: Any,
    there: Any,
    order: list[int],
    renamed: bool,
) -> None:
    law(handed_out, fitting(here), fitting(there), list(order), renamed=renamed)


@pytest.mark.torture
@settings(max_examples=1500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=edits, there=edits, order=st.permutations(range(4)), renamed=st.booleans())
def test_the_same_many_times(
    handed_out: Any,
    here: Any,
    there: Any,
    order: list[int],
    renamed: bool,
) -> None:
    law(handed_out, fitting(here), fitting(there), list(order), renamed=renamed)
