"""What is asked of every row of a sheet that came back: what it is called, and what they changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.base.message import Param
from desktop.base.textdiff import apart, unturned
from desktop.exchange.agency_workbook import cells
from desktop.exchange.agency_workbook.doubts import Choice, SetCell, Where
from desktop.exchange.agency_workbook.layout import LABEL, Column, Line
from desktop.exchange.agency_workbook.matching import Met, Row

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook.comparing import Comparing

_NAMES = ("title", "name", LABEL)


def blank(value: Json) -> Json:
    """A value, with every manner of saying nothing as None."""
    return None if value is None or value in ("", []) else value


class SheetPart:
    """One sheet that came back, beside the same sheet as it was handed out and as it is now."""

    def __init__(self, book: Comparing, met: Met, rows: list[Row]) -> None:
        self.book, self.met, self.rows = book, met, rows
        self.lines: dict[str, Line] = {line.key: line for line in met.sheet.lines}

    def where(self, row: Row, column: Column | None = None) -> Where:
        """A cell as a person finds it; without a column the first of the row that is seen."""
        places = self.met.places
        at = min(places.values(), default=0) if column is None else places.get(column.id, 0)
        return Where(self.met.tab.name, self.met.tab.where(row.at, at))

    def called(self, values: Mapping[str, Json]) -> Param:
        """What a row is called: its name, else the first words in it, else its programme."""
        for name in (*_NAMES, *(column.id for column in self.met.sheet.columns if column.is_text)):
            said = values.get(name)
            if isinstance(said, str) and said.strip():
                return " ".join(said.split())[:80]
        name = self.met.sheet.parent
        column, parent = self.met.sheet.column(name) if name else None, values.get(name)
        if column is None or not parent:
            return ""
        return dict(self.book.labels(self.met.base, column)).get(str(parent), "")

    def named(self, key: str, base: Mapping[str, Json]) -> Param:
        """What a row is called here and now; one that is not here as it was handed out."""
        line = self.lines.get(key)
        return (self.called(line.values) if line is not None else "") or self.called(base)

    def handed(self, key: str) -> Mapping[str, Json]:
        """The values a row was handed out with, or came with before."""
        known = self.met.base.rows.get(key)
        if known is not None:
            return known
        return self.book.known_rows[key][1] if key in self.book.known_rows else {}

    def same(self, row: Row, column: Column, value: Json) -> bool:
        """Whether a cell still says what a value says."""
        choices = self.met.base.choices.get(column.list_name, ())
        return cells.same(column, row.cells.get(column.id), value, choices)

    def changes(self, row: Row, base: Mapping[str, Json], line: Line | None) -> Iterator[SetCell]:
        """Every value that they changed, where it is certain what they meant; the rest is asked."""
        met, book = self.met, self.book
        for each in met.columns():
            column = met.sheet.at(row.key, each)
            if column.is_evidence or column.id == LABEL:
                continue
            broken = column.id in row.broken
            handed = base.get(column.id)
            if not broken and self.same(row, column, handed):
                continue
            if column.new_only or column.locked:
                self._moved(row, column)
                continue
            cell = row.cells.get(column.id)
            meant = cells.meant(column, cell, book.choices(met.base, column), book.language, broken=broken)
            if meant.problem is not None:
                self.unfit(row, column, meant, base, line)
            elif blank(meant.value) != blank(handed):
                value = cells.with_paragraphs(column, meant.value, handed)
                change = self.change(row, column, value, base, line)
                emptied = column.id in _NAMES and blank(meant.value) is None
                if change is not None and emptied:
                    self._nameless(row, column, change)
                elif change is not None and cells.has_marks(column, handed):
                    self._unmarked(row, column, change)
                elif change is not None:
                    yield change

    def change(
        self, row: Row, column: Column, value: Json, base: Mapping[str, Json], line: Line | None
    ) -> SetCell | None:
        """One value that goes into a field; None where it stands there already."""
        present = line.values.get(column.id) if line is not None else None
        handed = base.get(column.id)
        if line is not None and blank(present) == blank(value):
            return None
        beside = line is None or self.book.differs(self.met.sheet, row.key, column, handed, present)
        return SetCell(
            self.met.sheet.id, row.key, column.id, value, handed, present, beside,
            self.where(row, column), self.named(row.key, base), column.heading,
            self._told(column, handed, value, present),
        )  # fmt: skip

    def _told(self, column: Column, *values: Json) -> tuple[str, str, str]:
        """Values as people read them; of long texts what differs in them."""
        said = [self._said(column, value) for value in values]
        if sum(map(bool, said)) > 1:
            handed, came, here = apart(said, cells.TOLD)
        else:
            handed, came, here = map(unturned, said)
        return handed, came, here

    def _said(self, column: Column, value: Json) -> str:
        return cells.told(column, value, self.book.labels(self.met.base, column), self.book.language)

    def filled(self, values: Mapping[str, Json]) -> tuple[Message, ...]:
        """What a new row says beside its name: each column with its value."""
        name, found = self.called(values), []
        for column in self.met.columns():
            said = self._said(column, values[column.id]) if values.get(column.id) is not None else ""
            if said and said != name:
                found.append(
                    Message("exchange.agency_book.told.filled", column=column.heading, value=unturned(said))
                )
        return tuple(found)

    def unfit(
        self, row: Row, column: Column, meant: cells.Meant, base: Mapping[str, Json], line: Line | None
    ) -> None:
        """A value that does not fit: what stands there, why not, and what it could be."""
        found = []
        for number, (label, value) in enumerate(meant.fitting, 1):
            change = self.change(row, column, value, base, line)
            found.append(Choice(f"value{number}", label, (change,) if change is not None else ()))
        cell = row.cells.get(column.id)
        message = Message(
            "exchange.agency_book.doubt.value",
            column=column.heading,
            value=" ".join(cells.as_text(cell).split())[:120],
            problem=meant.problem or "",
        )
        self.book.ask("value", self.where(row, column), message, *found)

    def _moved(self, row: Row, column: Column) -> None:
        if not cells.is_blank(row.cells.get(column.id)):
            where = self.where(row, column).message
            self.book.notes.append(
                Message("exchange.agency_book.note.fixed", column=column.heading, where=where)
            )

    def _unmarked(self, row: Row, column: Column, change: SetCell) -> None:
        """A text with headings, lists or emphasis, of which a workbook shows the words alone."""
        message = Message("exchange.agency_book.doubt.marks", column=column.heading, row=change.name)
        take = Choice("take", Message("exchange.agency_book.answer.words"), (change,))
        self.book.ask("marks", self.where(row, column), message, take)

    def _nameless(self, row: Row, column: Column, change: SetCell) -> None:
        message = Message("exchange.agency_book.doubt.nameless", column=column.heading, row=change.name)
        clear = Choice("clear", Message("exchange.agency_book.answer.clear"), (change,))
        self.book.ask("nameless", self.where(row, column), message, clear)
