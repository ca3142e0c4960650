"""The rows of a sheet that came back: those that were handed out, and those that are missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.base.speech import value_text
from desktop.exchange.agency_workbook import cells
from desktop.exchange.agency_workbook.doubts import Choice, DropRow, SetCell, Where, leave
from desktop.exchange.agency_workbook.layout import HEADING, LABEL, OWNER
from desktop.exchange.agency_workbook.matching import Met, Row
from desktop.exchange.agency_workbook.new_rows import NewRows
from desktop.exchange.agency_workbook.part import SheetPart, blank
from desktop.exchange.agency_workbook.proofs import Proofs

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook.comparing import Comparing

MANY = 5
"""Missing rows of one sheet that are asked about one by one; more are one question."""


class SheetRows(SheetPart):
    """Compares one sheet."""

    def __init__(self, book: Comparing, met: Met, rows: list[Row]) -> None:
        super().__init__(book, met, rows)
        self._proofs = Proofs(book, met, rows)
        self._new = NewRows(book, met, rows, self._proofs)

    def run(self, keyed: set[str], *, last: bool) -> None:
        """Every row; ``keyed`` are the keys met so far: after the last tab the others are missing."""
        met, book = self.met, self.book
        if met.missing_columns and self.rows:
            names = ", ".join(value_text(column.heading, book.language) for column in met.missing_columns)
            book.notes.append(
                Message("exchange.agency_book.note.columns_gone", sheet=met.tab.name, columns=names)
            )
        for row in self.rows:
            if row.key and (row.key in met.base.rows or row.key in book.known_rows):
                before = len(book.effects) + len(book.doubts)
                self._known(row)
                book.same += before == len(book.effects) + len(book.doubts)
            else:
                self._new.unknown(row)
        for row, key in met.copies:
            self._new.copy(row, key)
        # where a whole sheet was left out by the answer, its rows are not missing
        if last and (self.rows or not met.rows):
            self._missing([key for key in met.base.rows if key not in keyed and key != HEADING])

    # -- rows that were handed out ---------------------------------------------------------------
    def _known(self, row: Row) -> None:
        base, line = self.handed(row.key), self.lines.get(row.key)
        if self._is_emptied(row, base):
            self._emptied(row, base)
            return
        changed = list(self.changes(row, base, line))
        if changed and line is None:
            self._gone(row, base, changed)
        else:
            self.book.effects += changed
        if line is not None:
            self._proofs.compare(row, base)

    def _is_emptied(self, row: Row, base: Mapping[str, Json]) -> bool:
        """Whether everything they could fill in was taken out of a row that had something."""
        asked = [column for column in self.met.columns() if not (column.locked or column.new_only)]
        had = [column for column in asked if blank(base.get(column.id)) is not None]
        return len(had) > 1 and all(cells.is_blank(row.cells.get(column.id)) for column in asked)

    def _emptied(self, row: Row, base: Mapping[str, Json]) -> None:
        line = self.lines.get(row.key)
        if line is None:
            return
        changed = []
        for column in self.met.columns():
            if not (column.locked or column.new_only or column.is_evidence):
                change = self.change(row, column, None, base, line)
                if change is not None and blank(base.get(column.id)) is not None:
                    changed.append(change)
        if not changed:
            return
        name = self.named(row.key, base)
        message = Message("exchange.agency_book.doubt.emptied", row=name)
        choices = [Choice("clear", Message("exchange.agency_book.answer.clear"), tuple(changed))]
        if self._may_drop(row.key):
            drop = DropRow(self.met.sheet.id, row.key, name)
            choices.append(Choice("delete", Message("exchange.agency_book.answer.delete"), (drop,)))
        self.book.ask("emptied", self.where(row), message, *choices)

    def _gone(self, row: Row, base: Mapping[str, Json], changed: list[SetCell]) -> None:
        message = Message("exchange.agency_book.doubt.gone", row=self.called(base), n=len(changed))
        back = Choice("back", Message("exchange.agency_book.answer.back"), tuple(changed))
        self.book.ask("gone", self.where(row), message, back)

    # -- rows that did not come back -------------------------------------------------------------
    def _may_drop(self, key: str) -> bool:
        """Whether a row can be deleted: the guideline's own cannot."""
        return self.met.sheet.free and LABEL not in (self.met.base.rows.get(key) or {})

    def _missing(self, keys: list[str]) -> None:
        """Rows that were handed out and did not come back are never deleted by that alone."""
        met, book = self.met, self.book
        keys = [key for key in keys if key in self.lines]
        fixed = [key for key in keys if not self._may_drop(key)]
        if fixed:
            book.notes.append(
                Message("exchange.agency_book.note.rows_gone", sheet=met.tab.name, n=len(fixed))
            )
        free = [key for key in keys if self._may_drop(key) and self._says_something(key)]
        names = [self.named(key, met.base.rows[key]) for key in free]
        drops = [DropRow(met.sheet.id, key, name) for key, name in zip(free, names, strict=True)]
        if len(free) > MANY:
            message = Message("exchange.agency_book.doubt.many_missing", n=len(free), sheet=met.tab.name)
            self._ask_missing(message, *drops)
            return
        for name, drop in zip(names, drops, strict=True):
            message = Message("exchange.agency_book.doubt.missing", row=name, sheet=met.tab.name)
            self._ask_missing(message, drop)

    def _ask_missing(self, message: Message, *drops: DropRow) -> None:
        keep = leave(Message("exchange.agency_book.answer.keep"))
        delete = Choice("delete", Message("exchange.agency_book.answer.delete"), drops)
        self.book.ask("missing", Where(self.met.tab.name), message, keep, delete)

    def _says_something(self, key: str) -> bool:
        """Whether more than what the program itself writes stands in a row."""
        return any(
            blank(value) is not None
            for name, value in self.lines[key].values.items()
            if name not in {self.met.sheet.parent, "source", LABEL, OWNER}
        )
