"""Rows of a workbook that were not handed out: added, copied, pasted from elsewhere, or come twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.base.ids import derived_id
from desktop.exchange.agency_workbook import cells
from desktop.exchange.agency_workbook.doubts import LEAVE, AddRow, Attach, Choice
from desktop.exchange.agency_workbook.layout import WORKSHEET, Column, Line
from desktop.exchange.agency_workbook.matching import Met, Row
from desktop.exchange.agency_workbook.part import SheetPart, blank
from desktop.exchange.agency_workbook.planning import PARENT
from desktop.exchange.agency_workbook.registers import BUDGET, OWN_ROWS, WHOLLY_YEARLY

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook.comparing import Comparing
    from desktop.exchange.agency_workbook.proofs import Proofs

_SUMS = frozenset({"jumlah", "total", "jumlah total", "grand total", "sub total", "subtotal", "sum"})
_TITLES = {
    "programme": "title", "activity": "title", "sub_activity": "title", "risk": "title", "indicator": "name",
    "agency": "name", "person": "name", "decree": "title", "stakeholder": "name", "input": "body",
}  # fmt: skip


class NewRows(SheetPart):
    """The rows of one sheet that have no key, or one that another row has too."""

    def __init__(self, book: Comparing, met: Met, rows: list[Row], proofs: Proofs) -> None:
        super().__init__(book, met, rows)
        self._proofs = proofs
        self._often: Counter[str] = Counter()

    def copy(self, row: Row, key: str) -> None:
        """A second row with the same key: a copy says nothing new, unless it was written in."""
        base = self.met.base.rows[key]
        first = next((each for each in self.rows if each.key == key), None)
        as_handed = all(self.same(row, column, base.get(column.id)) for column in self.met.columns())
        if as_handed or (first is not None and _text(first) == _text(row)):
            return
        message = Message("exchange.agency_book.doubt.copied", row=self.named(key, base))
        self._add(Row(row.at, "", row.cells, row.broken), ask=message)

    def unknown(self, row: Row) -> None:
        """A row that was not handed out under this key."""
        asked = [
            column.id
            for column in self.met.columns()
            if not cells.is_blank(row.cells.get(column.id)) or column.id in row.broken
        ]
        if not asked:
            return
        first = cells.tidy(cells.as_text(row.cells.get(asked[0])))
        if not self.met.sheet.free:
            message = Message("exchange.agency_book.doubt.no_rows", sheet=self.met.tab.name, row=first[:80])
            self.book.ask("no_rows", self.where(row), message)
        elif first.casefold().rstrip(" :") in _SUMS:
            self._add(row, ask=Message("exchange.agency_book.doubt.sum", value=first), default=LEAVE)
        elif row.key:
            self._add(row, ask=Message("exchange.agency_book.doubt.strange", row=first[:80]))
        else:
            again = self._came_before(row)
            if again:
                self._again(row, again)
            else:
                self._add(row)

    # -- come a second time ----------------------------------------------------------------------
    def _key(self, row: Row) -> str:
        """The id of a new row: the same row of the same hand-out has the same, whenever it comes."""
        text = _text(row)
        return derived_id("returned", self.book.handout, self.met.sheet.id, text, str(self._often[text]))

    def _came_before(self, row: Row) -> str:
        """A row that this workbook brought when it came the first time, and that was changed in it since."""
        known_rows = self.book.known_rows
        if not known_rows or self._key(row) in known_rows:
            return ""
        still = {self._key(each) for each in self.rows} | {each.key for each in self.rows}
        likely, most = "", 0
        for known, (sheet, values) in known_rows.items():
            if sheet != self.met.sheet.id or known in still:
                continue
            filled = [column for column in self.met.columns() if blank(values.get(column.id)) is not None]
            alike = sum(self.same(row, column, values[column.id]) for column in filled)
            if alike > most and alike * 2 >= len(filled):
                likely, most = known, alike
        return likely

    def _again(self, row: Row, key: str) -> None:
        base, line = self.book.known_rows[key][1], self.lines.get(key)
        changed = tuple(self.changes(Row(row.at, key, row.cells, row.broken), base, line))
        if not changed:
            return
        message = Message("exchange.agency_book.doubt.again", row=self.named(key, base))
        update = Choice("update", Message("exchange.agency_book.answer.update"), changed)
        added = self._made(row)
        fresh = (Choice("new", Message("exchange.agency_book.answer.new"), added),) if added else ()
        self.book.ask("again", self.where(row), message, update, *fresh, default="update")

    # -- made new --------------------------------------------------------------------------------
    def _add(self, row: Row, *, ask: Message | None = None, default: str = "new") -> None:
        added = self._made(row)
        if not added:
            return
        if ask is None:
            self.book.effects += added
            return
        new = Choice("new", Message("exchange.agency_book.answer.new"), added)
        self.book.ask("new", self.where(row), ask, new, default=default)

    def _made(self, row: Row) -> tuple[AddRow | Attach, ...]:
        """A new row with what is certain in it and its files; nothing where it is here or cannot be one."""
        met, book = self.met, self.book
        key = self._key(row)
        self._often[_text(row)] += 1
        if key in self.lines:
            return ()
        if key in book.known_rows:
            self._deleted_since(row, key)
            return ()
        values: dict[str, Json] = {}
        unfit: list[tuple[Column, cells.Meant]] = []
        for column in met.columns():
            if column.is_evidence or column.locked:
                continue
            cell, broken = row.cells.get(column.id), column.id in row.broken
            meant = cells.meant(column, cell, book.choices(met.base, column), book.language, broken=broken)
            if meant.problem is None and blank(meant.value) is not None:
                values[column.id] = meant.value
            elif meant.problem is not None and not column.new_only:
                unfit.append((column, meant))
        if not met.sheet.id.startswith(WORKSHEET):
            key = self._placed(row, values, key)
            if not key:
                return ()
        for column, meant in unfit:
            self.unfit(Row(row.at, key, row.cells), column, meant, {}, Line(key))
        book.added[key] = (met.sheet.id, values)
        added = AddRow(met.sheet.id, key, values, self.where(row), self.called(values), self.filled(values))
        return (added, *self._proofs.of_new(row, key))

    def _deleted_since(self, row: Row, key: str) -> None:
        sheet, values = self.book.known_rows[key]
        name = self.called(values)
        message = Message("exchange.agency_book.doubt.deleted_since", row=name)
        back = AddRow(sheet, key, values, self.where(row), name, self.filled(values))
        again = Choice("new", Message("exchange.agency_book.answer.new"), (back,))
        self.book.ask("deleted_since", self.where(row), message, again)

    # -- first-class rows ------------------------------------------------------------------------
    def _placed(self, row: Row, values: dict[str, Json], key: str) -> str:
        """The key of a new programme or part of one; empty where something it cannot be without is asked."""
        sheet = self.met.sheet.id
        title = _TITLES.get(sheet, "")
        if title and blank(values.get(title)) is None:
            column = self.met.sheet.column(title)
            heading = column.heading if column is not None else title
            self.book.ask(
                "untitled", self.where(row), Message("exchange.agency_book.doubt.untitled", column=heading)
            )
            return ""
        if sheet in OWN_ROWS:
            return key
        name = self.met.sheet.parent
        parent = str(values.get(name) or self._new_parent(row) or "")
        if sheet in WHOLLY_YEARLY:
            return self._money(row, values, parent)
        if not parent:
            self._whose(row, values, key)
            return ""
        values[name] = parent
        return key

    def _new_parent(self, row: Row) -> str:
        """A programme or activity that the same workbook adds, by its title."""
        name = self.met.sheet.parent
        wanted = cells.tidy(cells.as_text(row.cells.get(name))).casefold()
        for key, (sheet, values) in {**self.book.known_rows, **self.book.added}.items():
            if sheet == name and wanted and str(values.get("title") or "").casefold() == wanted:
                return key
        return ""

    def _parents(self) -> list[tuple[str, str]]:
        """What a part can belong to, with names."""
        column = self.met.sheet.column(self.met.sheet.parent)
        if column is None:
            return []
        return list(next(iter(self.book.choices(self.met.base, column)[1:]), ()))

    def _whose(self, row: Row, values: dict[str, Json], key: str) -> None:
        column = self.met.sheet.column(self.met.sheet.parent)
        asked = column.heading if column is not None else ""
        message = Message("exchange.agency_book.doubt.whose", row=self.called(values), parent=asked)
        choices = [
            Choice(
                programme,
                label,
                (
                    AddRow(
                        self.met.sheet.id,
                        key,
                        {**values, self.met.sheet.parent: programme},
                        self.where(row),
                        self.called(values),
                        self.filled(values),
                    ),
                ),
            )
            for programme, label in self._parents()
        ]
        self.book.added[key] = (self.met.sheet.id, values)
        self.book.ask("whose", self.where(row), message, *choices)

    def _money(self, row: Row, values: dict[str, Json], programme: str) -> str:
        """A line of money is known by its programme and source; one that is there already is no new one."""
        by_fund = self.met.sheet.id == BUDGET
        fund = str(values.get("source") or "")
        figures = {name: value for name, value in values.items() if name not in {PARENT, "source"}}
        if not figures:
            return ""
        if not programme or (by_fund and not fund):
            self.book.ask("untitled", self.where(row), Message("exchange.agency_book.doubt.no_fund"))
            return ""
        key = f"{programme}.{fund}" if by_fund else programme
        values |= {PARENT: programme, **({"source": fund} if by_fund else {})}
        line = self.lines.get(key)
        if line is None:
            return key
        base = self.handed(key)
        changed = []
        for name, value in figures.items():
            column = self.met.sheet.column(name)
            change = column and self.change(Row(row.at, key, row.cells), column, value, base, line)
            if change:
                changed.append(change)
        if changed:
            message = Message("exchange.agency_book.doubt.same_money", row=self.called(values))
            use = Choice("use", Message("exchange.agency_book.answer.use_values"), tuple(changed))
            self.book.ask("same_money", self.where(row), message, use)
        return ""


def _text(row: Row) -> str:
    """All that a row says, in one text."""
    return "\x1f".join(
        f"{name}={cells.tidy(cells.as_text(cell))}"
        for name, cell in sorted(row.cells.items())
        if not cells.is_blank(cell)
    )
