"""Reads a planning table of levels: headings, programmes, their activities and sub-activities, and sums."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.base import Message
from desktop.exchange.cells import Ways, as_text
from desktop.exchange.columns import Role, bare, has_letters
from desktop.exchange.drafts import ActivityDraft, Amount, Planned, ProgrammeDraft, Stated, sum_of
from desktop.exchange.flat import Collector, Total, planned_for
from desktop.exchange.header import Header
from desktop.exchange.levels import TOTALS, Level, Line, Lines, Told, is_unit
from desktop.exchange.table import Table, Value, filled


class TreeCollector(Collector):
    """Reads one sheet of levels; each row belongs to what was named last at the level above it."""

    def __init__(
        self,
        table: Table,
        header: Header,
        ways: Ways,
        region: str,
        *,
        lines: Lines,
        told: Told,
        agency: str = "",
    ) -> None:
        super().__init__(table, header, ways, region, agency=agency)
        self._lines = lines
        self._told = told
        self._at_level: dict[Level, Planned] = {}
        self._current: Planned | None = None
        self._last = ("", "", "")
        self._whole = ("", "", "")
        """Name, code and agency of the programme that rows named last beside their activities."""
        self._parts: dict[tuple[int, str, str], ActivityDraft] = {}
        self._accounts = 0

    def _notes(self) -> list[Message]:
        notes = super()._notes()
        if self._accounts:
            notes.append(Message("exchange.note.accounts", sheet=self._table.sheet, n=self._accounts))
        return notes

    # -- one row -----------------------------------------------------------------------------------
    def _read(self, row: tuple[Value, ...]) -> None:
        line = self._lines.line(self._row.row - 1)
        if self._header.levelled and line.title:
            # The name of a programme or an activity is merged over the columns of its indicators.
            row = tuple(
                None if at > line.column and cell == line.title else cell for at, cell in enumerate(row)
            )
        if not line.title and self._is_below(row):
            self._below.append(self._row.row)
            return
        if not line.title and not line.code:
            self._continued(row)
            return
        here = (bare(line.title), line.code, self._whose(row))
        again = here == self._last or (not line.title and here[1:] == self._last[1:])
        if self._current is not None and again:
            # A title merged over the rows of its indicators, or printed again on the next page; or its code.
            self._continued(row)
            return
        if not line.title and TOTALS.match(bare(line.code)):
            self._total(row, line.code)  # "JUMLAH" in the first column, where codes stand
            return
        if not line.title:
            self._refuse_title(row, line)
            return
        level = self._lines.level(line, self._told)
        self._last = here if level is not Level.DETAIL else self._last
        match level:
            case Level.TOTAL:
                self._total(row, line.title)
            case Level.ACCOUNT:
                self._accounts += 1
            case Level.HEADING | Level.AGENCY:
                self._heading(row, line, level)
            case Level.PROGRAMME:
                self._begin(row, line)
            case Level.ACTIVITY | Level.SUB_ACTIVITY:
                self._part(row, line, level)
            case _:
                self._detail(row, line)

    def _continued(self, row: tuple[Value, ...]) -> None:
        """A row without a name of its own: further indicators or amounts of what stands above."""
        label = self._first_text(row)
        if bare(label).partition(" ")[0] in {"jumlah", "total", "subtotal"}:
            self._total(row, label)
        elif self._current is not None:
            self._current.rows.append(self._row.row)
            self._figures(self._current, row)
        elif any(filled(cell) for cell in row[1:]):
            self._no_programme(row)

    def _refuse_title(self, row: tuple[Value, ...], line: Line) -> None:
        column = self._header.of(Role.CODE)[0]
        there = self._at(column, line.code)
        if any(
            filled(row[c.index])
            for c in self._header.columns
            if c.index < len(row) and c.role is not Role.CODE
        ):
            self._refuse(column, Message("exchange.import.no_title", **there))

    def _heading(self, row: tuple[Value, ...], line: Line, level: Level) -> None:
        if level is Level.AGENCY:
            self._agency = line.title
        here = len(self._programmes)
        depth = line.code.count(".") + 1 if line.code and level is Level.HEADING else 1
        for total in self._totals:
            # A sum beside a heading ends with the next heading that is as wide.
            if total.last is None and total.depth >= depth:
                total.last = here
        self._note_total(row, line.title, Total(self._row.row, line.title, {}, here, here, None, depth))
        self._section = here
        self._at_level = {}
        self._current = None
        self._above = {}

    def _begin(self, row: tuple[Value, ...], line: Line) -> None:
        self._closed = False
        self._above = {Role.PROGRAMME: line.title}
        if self._elsewhere(row):
            self._current, self._at_level = None, {}
            return
        programme = self._programme(row, line.code)
        self._at_level = {Level.PROGRAMME: programme}
        self._current = programme
        self._figures(programme, row)

    def _part(self, row: tuple[Value, ...], line: Line, level: Level) -> None:
        if self._told == "columns" and (wider := self._said(row, Role.PROGRAMME)):
            self._wider(row, wider)
        if (
            level is Level.SUB_ACTIVITY
            and self._told == "columns"
            and (name := self._said(row, Role.ACTIVITY))
        ):
            self._activity(name, Level.ACTIVITY, row, self._lines.code_of(row, Level.ACTIVITY))
        found = self._activity(line.title, level, row, line.code)
        if found is not None:
            self._current = found
            self._above.pop(Role.INDICATOR, None)
            self._figures(found, row)

    def _wider(self, row: tuple[Value, ...], title: str) -> None:
        """The programme that a row names beside its activity."""
        known, code = self._at_level.get(Level.PROGRAMME), self._lines.code_of(row, Level.PROGRAMME)
        who = self._whose(row)
        if known is None or (bare(title), code, who) != self._whole:
            self._above = {Role.PROGRAMME: title}
            self._at_level = {Level.PROGRAMME: self._programme(row, code)}
            self._whole = (bare(title), code, who)

    def _whose(self, row: tuple[Value, ...]) -> str:
        """The agency that tells apart what agencies have in common, in a list of the accounts of all."""
        return bare(self._said(row, Role.AGENCY)) if self._header.adds else ""

    def _activity(self, title: str, level: Level, row: tuple[Value, ...], code: str) -> ActivityDraft | None:
        whole = self._at_level.get(Level.PROGRAMME)
        if level is Level.SUB_ACTIVITY:
            whole = self._at_level.get(Level.ACTIVITY) or whole
        if whole is None:
            self._no_programme(row)
            self._current = None
            return None
        self._closed = False
        title = " ".join(title.split())
        known = self._parts.get((id(whole), bare(title), code))
        if known is None:
            known = ActivityDraft(
                title=title,
                code=code,
                level="activity" if level is Level.ACTIVITY else "sub_activity",
                sheet=self._table.sheet,
            )
            whole.activities.append(known)
            self._parts[id(whole), bare(title), code] = known
        known.rows.append(self._row.row)
        who = " ".join(self._said(row, Role.AGENCY).split())
        if not has_letters(who):
            pass  # how many agencies, or how much they spent: no name
        elif is_unit(who):
            known.unit = known.unit or who
        else:
            known.agency = known.agency or who
        known.location = known.location or " ".join(self._said(row, Role.LOCATION).split())
        self._at_level[level] = known
        if level is Level.ACTIVITY:
            self._at_level.pop(Level.SUB_ACTIVITY, None)
        return known

    def _detail(self, row: tuple[Value, ...], line: Line) -> None:
        """A sentence below a programme or an activity: what comes of it, mostly with the indicator beside."""
        if self._current is None:
            self._no_programme(row)
            return
        self._current.rows.append(self._row.row)
        if isinstance(self._current, ActivityDraft):
            self._current.details.append(" ".join(line.title.split()))
        else:
            column = next(c for c in self._header.columns if c.index == line.column)
            self._refuse(column, Message("exchange.import.detail", **self._at(column, as_text(line.title))))
        self._above.pop(Role.INDICATOR, None)
        self._figures(self._current, row)

    def _owners(self, planned: Planned) -> Iterator[tuple[int, Planned]]:
        if not self._header.levelled:
            yield from super()._owners(planned)
            return
        for level in (Level.PROGRAMME, Level.ACTIVITY, Level.SUB_ACTIVITY):
            owner = self._at_level.get(level)
            if owner is not None:
                yield level, owner

    # -- when every row was read -----------------------------------------------------------------------
    def _finish(self) -> None:
        for programme in self._programmes.values():
            for activity in programme.activities:
                self._add_up(activity)
            self._add_up(programme)
            if not programme.agency:
                programme.agency = next((each.agency for each in programme.activities if each.agency), "")

    def _add_up(self, whole: Planned) -> None:
        """The sum of the parts, where the list states none; where it does, both are compared."""
        if not whole.activities:
            return
        parts = whole.activities
        stated = {(year, figure) for year, _, figure in whole.amounts}
        # a whole that states one year says nothing of the others
        left = {key for part in parts for key in part.amounts if (key[0], key[2]) not in stated}
        for key in dict.fromkeys(key for part in parts for key in part.amounts if key in left):
            whole.amounts[key] = _summed([part.amounts[key] for part in parts if key in part.amounts])
        whole.summed = bool(left)
        if not stated:
            return
        for year in sorted({year for year, figure in stated if figure != "realised"}):
            own, counted = planned_for(whole, year), sum((planned_for(p, year) for p in parts), Decimal(0))
            if counted and own != counted and isinstance(whole, ProgrammeDraft):
                self._totals.append(_Parts(whole, year, own, counted))

    def _stated(self, total: Total) -> list[Stated]:
        if isinstance(total, _Parts):
            return [total.stated(self._table.sheet)]
        return super()._stated(total)


class _Parts(Total):
    """A programme's own amount that is not the sum of its activities."""

    def __init__(self, whole: Planned, year: int, stated: Decimal, counted: Decimal) -> None:
        row = whole.rows[0]
        super().__init__(row, whole.title, {year: Amount(stated, absolute=False, row=row)}, 0, 0, 0)
        self._counted = counted

    def stated(self, sheet: str) -> Stated:
        """Both figures."""
        ((year, amount),) = self.amounts.items()
        return Stated(sheet, self.row, self.label, year, amount, self._counted)


def _summed(parts: list[list[Amount]]) -> list[Amount]:
    """One amount for the amounts of several parts; those that name their own scale stay apart."""
    made = []
    for absolute in (False, True):
        group = [[amount for amount in each if amount.absolute is absolute] for each in parts]
        group = [each for each in group if each]
        if group:
            total = sum((sum_of(each) for each in group), Decimal(0))
            made.append(Amount(total, absolute, group[0][0].row))
    return made
