"""The sheets of an agency's programmes: what each is, its activities, money, indicators and risks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from desktop.base import LocalText, Message
from desktop.base.canonical import Json
from desktop.base.message import Param
from desktop.exchange.agency_workbook.layout import (
    Column,
    Line,
    Offers,
    Proofs,
    Sheet,
    evidence_column,
    place_of,
    plain_field,
    raw,
)
from desktop.exchange.values import YES_NO, Option
from desktop.guideline.pack import Field, FieldType, Pack, Worksheet
from desktop.workspace.plan import Indicator, Plan, Programme, Text
from desktop.workspace.registers import TABLES

PARENT = "programme"
"""The column that says which programme a part belongs to."""
FIGURES = ("indicative", "ceiling", "realised")
REACHED = ("target", "realised")
DIRECTIONS = (
    Option("up", Message("exchange.agency_book.choice.up")),
    Option("down", Message("exchange.agency_book.choice.down")),
    Option("keep", Message("exchange.agency_book.choice.keep")),
)
LEVELS = (
    Option("low", Message("exchange.agency_book.choice.low")),
    Option("medium", Message("exchange.agency_book.choice.medium")),
    Option("high", Message("exchange.agency_book.choice.high")),
)


class _Own(NamedTuple):
    """A field that first-class rows have whatever the guideline says."""

    name: str
    heading: Message
    kind: FieldType = "text"
    bilingual: bool = False


_PROGRAMME = (
    _Own("code", Message("exchange.agency_book.field.code")),
    _Own("title", Message("exchange.agency_book.field.title"), bilingual=True),
    _Own("dimension", Message("exchange.agency_book.field.dimension"), "dimension"),
    _Own("sub_dimension", Message("exchange.agency_book.field.sub_dimension"), "sub_dimension"),
    _Own("service", Message("exchange.agency_book.field.service"), "long_text", bilingual=True),
    _Own("before", Message("exchange.agency_book.field.before"), "long_text", bilingual=True),
    _Own("after", Message("exchange.agency_book.field.after"), "long_text", bilingual=True),
    _Own("served", Message("exchange.agency_book.field.served"), "long_text", bilingual=True),
    _Own("technology", Message("exchange.agency_book.field.technology"), "long_text", bilingual=True),
    _Own("start_year", Message("exchange.agency_book.field.start_year"), "year"),
    _Own("end_year", Message("exchange.agency_book.field.end_year"), "year"),
    _Own("quick_win", Message("exchange.agency_book.field.quick_win"), "boolean"),
    _Own("total_budget", Message("exchange.agency_book.field.total_budget"), "rupiah"),
)
_ACTIVITY = (
    _Own("area", Message("exchange.agency_book.field.area"), "choice"),
    _Own("code", Message("exchange.agency_book.field.code")),
    _Own("title", Message("exchange.agency_book.field.activity"), bilingual=True),
    _Own("output", Message("exchange.agency_book.field.output"), "long_text", bilingual=True),
    _Own("lead", Message("exchange.agency_book.field.lead"), "agency"),
    _Own("start_year", Message("exchange.agency_book.field.start_year"), "year"),
    _Own("end_year", Message("exchange.agency_book.field.end_year"), "year"),
    _Own("budget", Message("exchange.agency_book.field.budget"), "rupiah"),
)
_INDICATOR = (
    _Own("name", Message("exchange.agency_book.field.indicator"), bilingual=True),
    _Own("unit", Message("exchange.agency_book.field.unit")),
    _Own("direction", Message("exchange.agency_book.field.direction"), "choice"),
    _Own("baseline", Message("exchange.agency_book.field.baseline"), "decimal"),
    _Own("baseline_year", Message("exchange.agency_book.field.baseline_year"), "year"),
    _Own("source", Message("exchange.agency_book.field.source")),
)
_RISK = (
    _Own("title", Message("exchange.agency_book.field.risk"), bilingual=True),
    _Own("likelihood", Message("exchange.agency_book.field.likelihood"), "choice"),
    _Own("impact", Message("exchange.agency_book.field.impact"), "choice"),
    _Own("mitigation", Message("exchange.agency_book.field.mitigation"), "long_text", bilingual=True),
    _Own("owner", Message("exchange.agency_book.field.owner")),
)


class _Planning:
    """Makes the sheets of one agency's programmes."""

    def __init__(
        self, plan: Plan, pack: Pack, agency: str, also: frozenset[str], proofs: Proofs, offers: Offers
    ) -> None:
        self._plan, self._pack, self._proofs, self._offers = plan, pack, proofs, offers
        self._source = plan.source_language
        self.mine = [each for each in plan.programmes if each.lead == agency or each.id in also]
        self._names = tuple(Option(each.id, LocalText(each.title.values)) for each in self.mine)

    # -- columns ---------------------------------------------------------------------------------
    def _columns(self, table: str, own: Iterable[_Own]) -> list[Column]:
        """The row's own fields, called and answered as the guideline says where it shows them."""
        declared = {
            column.id: column
            for sheet in self._pack.worksheets
            if sheet.binding == table
            for column in sheet.columns
        }
        columns = []
        for each in own:
            said = declared.get(each.name)
            heading: Param = said.label if said is not None else each.heading
            kind = said.type if said is not None and said.choices else each.kind
            field = msgspec.structs.replace(
                plain_field(each.name, kind, bilingual=each.bilingual), choices=said.choices if said else ()
            )
            columns.append(Column(each.name, field, heading, self._options(field)))
        return columns

    def _options(self, field: Field) -> tuple[Option, ...]:
        if field.type == "choice" and not field.choices:
            match field.id:
                case "direction":
                    return DIRECTIONS
                case "likelihood" | "impact":
                    return LEVELS
                case "area":
                    return tuple(Option(area.id, area.label) for area in self._pack.planning.action_areas)
                case "source":
                    return tuple(Option(fund.id, fund.label) for fund in self._pack.planning.funding)
        return self._offers.of(field)

    def _parent(self) -> Column:
        field = plain_field(PARENT, "programme")
        heading = Message("exchange.agency_book.field.programme")
        return Column(PARENT, field, heading, self._names, new_only=True)

    def _extra(self, table: str) -> list[Column]:
        """What the guideline asks besides: answers about the row. Their ids are the items."""
        found: list[Column] = []
        if table == "programme":
            found += [
                self._asked(f"programme.{field.id}", field) for field in self._pack.planning.extra_fields
            ]
        for sheet in self._pack.worksheets:
            if sheet.binding != table:
                continue
            found += [
                self._asked(self._item(sheet, column), column)
                for column in sheet.columns
                if column.id != PARENT and TABLES[table].register(column.id) is None
                and not column.difference and column.id != "supporting"
            ]  # fmt: skip
        return list({column.id: column for column in found}.values())

    def _item(self, sheet: Worksheet, column: Field) -> str:
        extra = {field.id for field in self._pack.planning.extra_fields}
        of_programme = sheet.binding == "programme" and column.id in extra
        return f"{'programme' if of_programme else sheet.id}.{column.id}"

    def _asked(self, item: str, field: Field) -> Column:
        return Column(item, field, field.label, self._options(field))

    # -- values ----------------------------------------------------------------------------------
    def _value(self, thing: Any, column: Column) -> Json:
        if "." in column.id:
            answer = self._plan.answer(column.id, thing.id)
            return answer.text.values.get(self._source) if column.field.bilingual else raw(answer.value)
        found = getattr(thing, column.id)
        if isinstance(found, Text):
            return found.values.get(self._source)
        if isinstance(found, Decimal):
            return f"{found:f}"
        return raw(found) if found != "" else None

    def _values(self, thing: Any, columns: Iterable[Column]) -> dict[str, Json]:
        return {column.id: self._value(thing, column) for column in columns}

    # -- sheets ----------------------------------------------------------------------------------
    def sheets(self) -> Iterator[Sheet]:
        """All of them; without quick wins in the guideline nobody is asked about them."""
        own = [each for each in _PROGRAMME if each.name != "quick_win" or self._pack.planning.quick_win]
        columns = [*self._columns("programme", own), *self._extra("programme")]
        proof = evidence_column(None)
        lines = [
            Line(
                each.id,
                {
                    **self._values(each, columns),
                    proof.id: self._proofs.names(place_of("programme", each.id, proof)),
                },
            )
            for each in self.mine
        ]
        title = Message("exchange.agency_book.sheet.programme")
        purpose = Message("exchange.agency_book.purpose.programme")
        yield Sheet("programme", title, purpose, (*columns, proof), tuple(lines), free=True)
        yield self._parts("activity", _ACTIVITY, lambda each: each.activities)
        yield self._budget()
        yield self._indicators()
        yield self._parts("risk", _RISK, lambda each: each.risks)

    def _parts(self, table: str, own: Iterable[_Own], read: Callable[[Programme], Iterable[Any]]) -> Sheet:
        columns = [*self._columns(table, own), *self._extra(table)]
        lines = tuple(
            Line(thing.id, {PARENT: programme.id, **self._values(thing, columns)})
            for programme in self.mine
            for thing in read(programme)
        )
        titles = {
            "activity": Message("exchange.agency_book.sheet.activity"),
            "risk": Message("exchange.agency_book.sheet.risk"),
        }
        purpose = Message("exchange.agency_book.purpose.part")
        return Sheet(table, titles[table], purpose, (self._parent(), *columns), lines, free=True)

    def _indicators(self) -> Sheet:
        columns = [*self._columns("indicator", _INDICATOR), *self._extra("indicator")]
        yearly = [
            Column(f"{what}:{year}", plain_field(what, "decimal"), _heading(what, year))
            for what in REACHED
            for year in self._plan.years
        ]
        lines = tuple(
            Line(
                each.id,
                {PARENT: programme.id, **self._values(each, columns), **_targets(each, yearly)},
            )
            for programme in self.mine
            for each in programme.indicators
        )
        title = Message("exchange.agency_book.sheet.indicator")
        purpose = Message("exchange.agency_book.purpose.part")
        return Sheet("indicator", title, purpose, (self._parent(), *columns, *yearly), lines, free=True)

    def _budget(self) -> Sheet:
        """A row for each programme and source of money, a column for each figure and year."""
        source = plain_field("source", "choice")
        funds = Column(
            "source",
            source,
            Message("exchange.agency_book.field.funding"),
            self._options(source),
            new_only=True,
        )
        yearly = [
            Column(f"{what}:{year}", plain_field(what, "rupiah"), _heading(what, year))
            for what in FIGURES
            for year in self._plan.years
        ]
        lines = tuple(
            Line(
                f"{programme.id}.{fund}",
                {PARENT: programme.id, "source": fund, **_money(programme, fund, yearly)},
            )
            for programme in self.mine
            for fund in self._funds(programme)
        )
        title = Message("exchange.agency_book.sheet.budget")
        purpose = Message("exchange.agency_book.purpose.budget")
        return Sheet("budget", title, purpose, (self._parent(), funds, *yearly), lines, free=True)

    def _funds(self, programme: Programme) -> list[str]:
        """The sources a programme has money from, in the guideline's order; else the first there is."""
        order = [fund.id for fund in self._pack.planning.funding]
        used = {line.source for line in programme.budget}
        known = [fund for fund in order if fund in used]
        return [*known, *sorted(used - {*known})] or order[:1]


def planning_sheets(
    plan: Plan, pack: Pack, agency: str, also: frozenset[str], proofs: Proofs, offers: Offers
) -> tuple[Sheet, ...]:
    """The sheets of the programmes an agency leads."""
    return tuple(_Planning(plan, pack, agency, also, proofs, offers).sheets())


def _heading(what: str, year: int) -> Message:
    return {
        "indicative": Message("exchange.agency_book.year.indicative", year=str(year)),
        "ceiling": Message("exchange.agency_book.year.ceiling", year=str(year)),
        "realised": Message("exchange.agency_book.year.realised", year=str(year)),
        "target": Message("exchange.agency_book.year.target", year=str(year)),
    }[what]


def _money(programme: Programme, fund: str, columns: Iterable[Column]) -> dict[str, Json]:
    lines = {line.year: line for line in programme.budget if line.source == fund}
    out: dict[str, Json] = {}
    for column in columns:
        what, _, year = column.id.partition(":")
        line = lines.get(int(year))
        out[column.id] = getattr(line, what) if line is not None else None
    return out


def _targets(indicator: Indicator, columns: Iterable[Column]) -> dict[str, Json]:
    known = {target.year: target for target in indicator.targets}
    out: dict[str, Json] = {}
    for column in columns:
        what, _, year = column.id.partition(":")
        found = getattr(known.get(int(year)), what, None)
        out[column.id] = None if found is None else f"{found:f}"
    return out


__all__ = ["DIRECTIONS", "FIGURES", "LEVELS", "PARENT", "YES_NO", "planning_sheets"]
