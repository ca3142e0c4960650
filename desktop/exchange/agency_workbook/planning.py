"""The sheets of an agency's programmes: what each is, its activities, money, indicators and risks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
from desktop.exchange.values import PICKED, YES_NO, Option
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


class Own(NamedTuple):
    """A field that first-class rows have whatever the guideline says."""

    name: str
    heading: Message
    kind: FieldType = "text"
    bilingual: bool = False


PROGRAMME = (
    Own("code", Message("exchange.agency_book.field.code")),
    Own("title", Message("exchange.agency_book.field.title"), bilingual=True),
    Own("dimension", Message("exchange.agency_book.field.dimension"), "dimension"),
    Own("sub_dimension", Message("exchange.agency_book.field.sub_dimension"), "sub_dimension"),
    Own("service", Message("exchange.agency_book.field.service"), "long_text", bilingual=True),
    Own("before", Message("exchange.agency_book.field.before"), "long_text", bilingual=True),
    Own("after", Message("exchange.agency_book.field.after"), "long_text", bilingual=True),
    Own("served", Message("exchange.agency_book.field.served"), "long_text", bilingual=True),
    Own("technology", Message("exchange.agency_book.field.technology"), "long_text", bilingual=True),
    Own("start_year", Message("exchange.agency_book.field.start_year"), "year"),
    Own("end_year", Message("exchange.agency_book.field.end_year"), "year"),
    Own("quick_win", Message("exchange.agency_book.field.quick_win"), "boolean"),
    Own("total_budget", Message("exchange.agency_book.field.total_budget"), "rupiah"),
)
ACTIVITY = (
    Own("area", Message("exchange.agency_book.field.area"), "choice"),
    Own("code", Message("exchange.agency_book.field.code")),
    Own("title", Message("exchange.agency_book.field.activity"), bilingual=True),
    Own("output", Message("exchange.agency_book.field.output"), "long_text", bilingual=True),
    Own("lead", Message("exchange.agency_book.field.lead"), "agency"),
    Own("start_year", Message("exchange.agency_book.field.start_year"), "year"),
    Own("end_year", Message("exchange.agency_book.field.end_year"), "year"),
    Own("budget", Message("exchange.agency_book.field.budget"), "rupiah"),
)
INDICATOR = (
    Own("name", Message("exchange.agency_book.field.indicator"), bilingual=True),
    Own("unit", Message("exchange.agency_book.field.unit")),
    Own("direction", Message("exchange.agency_book.field.direction"), "choice"),
    Own("baseline", Message("exchange.agency_book.field.baseline"), "decimal"),
    Own("baseline_year", Message("exchange.agency_book.field.baseline_year"), "year"),
    Own("source", Message("exchange.agency_book.field.source")),
)
RISK = (
    Own("title", Message("exchange.agency_book.field.risk"), bilingual=True),
    Own("likelihood", Message("exchange.agency_book.field.likelihood"), "choice"),
    Own("impact", Message("exchange.agency_book.field.impact"), "choice"),
    Own("mitigation", Message("exchange.agency_book.field.mitigation"), "long_text", bilingual=True),
    Own("owner", Message("exchange.agency_book.field.owner")),
)


class Planning:
    """Makes the sheets of some programmes; ``languages`` are those of the translations beside the texts."""

    def __init__(
        self,
        plan: Plan,
        pack: Pack,
        programmes: Iterable[Programme],
        proofs: Proofs,
        offers: Offers,
        languages: tuple[str, ...] = (),
    ) -> None:
        self._plan, self._pack, self._proofs, self._offers = plan, pack, proofs, offers
        self._source, self._languages = plan.source_language, languages
        self.mine = tuple(programmes)
        self._names = tuple(Option(each.id, LocalText(each.title.values)) for each in self.mine)

    # -- columns ---------------------------------------------------------------------------------
    def columns(self, table: str, own: Iterable[Own]) -> list[Column]:
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
            picked = said is not None and (said.choices or said.type in PICKED)
            kind = said.type if said is not None and picked else each.kind
            field = msgspec.structs.replace(
                plain_field(each.name, kind, bilingual=each.bilingual), choices=said.choices if said else ()
            )
            columns.append(Column(each.name, field, heading, self._options(field)))
        return columns

    def both(self, columns: Iterable[Column]) -> list[Column]:
        """Columns, each text followed by its translations."""
        return [each for column in columns for each in in_languages(column, self._languages)]

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

    def parent(self) -> Column:
        """The column that says whose part a row is."""
        field = plain_field(PARENT, "programme")
        heading = Message("exchange.agency_book.field.programme")
        return Column(PARENT, field, heading, self._names, new_only=True)

    def asked_besides(self, table: str) -> list[Column]:
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
        name, language = column.name, column.language or self._source
        if "." in name:
            answer = self._plan.answer(name, thing.id)
            return answer.text.values.get(language) if column.field.bilingual else raw(answer.value)
        found = getattr(thing, name)
        if isinstance(found, Text):
            return found.values.get(language)
        if isinstance(found, Decimal):
            return f"{found:f}"
        return raw(found) if found != "" else None

    def values(self, thing: Any, columns: Iterable[Column]) -> dict[str, Json]:
        return {column.id: self._value(thing, column) for column in columns}

    # -- sheets ----------------------------------------------------------------------------------
    def sheets(self) -> Iterator[Sheet]:
        """All of them; without quick wins in the guideline nobody is asked about them."""
        own = [each for each in PROGRAMME if each.name != "quick_win" or self._pack.planning.quick_win]
        yield self.programmes(own)
        yield self.parts("activity", ACTIVITY, lambda each: each.activities)
        yield self.budget()
        yield self.indicators()
        yield self.parts("risk", RISK, lambda each: each.risks)

    def programmes(self, own: Iterable[Own]) -> Sheet:
        """The programmes themselves."""
        columns = self.both([*self.columns("programme", own), *self.asked_besides("programme")])
        proof = evidence_column(None)
        lines = [
            Line(
                each.id,
                {
                    **self.values(each, columns),
                    proof.id: self._proofs.names(place_of("programme", each.id, proof)),
                },
            )
            for each in self.mine
        ]
        title = Message("exchange.agency_book.sheet.programme")
        purpose = Message("exchange.agency_book.purpose.programme")
        return Sheet("programme", title, purpose, (*columns, proof), tuple(lines), free=True)

    def parts(self, table: str, own: Iterable[Own], read: Callable[[Programme], Iterable[Any]]) -> Sheet:
        """What programmes are made of, or threatened by."""
        columns = self.both([*self.columns(table, own), *self.asked_besides(table)])
        lines = tuple(
            Line(thing.id, {PARENT: programme.id, **self.values(thing, columns)})
            for programme in self.mine
            for thing in read(programme)
        )
        titles = {
            "activity": Message("exchange.agency_book.sheet.activity"),
            "risk": Message("exchange.agency_book.sheet.risk"),
        }
        purpose = Message("exchange.agency_book.purpose.part")
        return Sheet(
            table, titles[table], purpose, (self.parent(), *columns), lines, free=True, parent=PARENT
        )

    def indicators(self) -> Sheet:
        """A row for each indicator, a column for each target and year."""
        columns = self.both([*self.columns("indicator", INDICATOR), *self.asked_besides("indicator")])
        yearly = [
            Column(f"{what}:{year}", plain_field(what, "decimal"), _heading(what, year))
            for what in REACHED
            for year in self._plan.years
        ]
        lines = tuple(
            Line(
                each.id,
                {PARENT: programme.id, **self.values(each, columns), **_targets(each, yearly)},
            )
            for programme in self.mine
            for each in programme.indicators
        )
        title = Message("exchange.agency_book.sheet.indicator")
        purpose = Message("exchange.agency_book.purpose.part")
        whole = (self.parent(), *columns, *yearly)
        return Sheet("indicator", title, purpose, whole, lines, free=True, parent=PARENT)

    def budget(self) -> Sheet:
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
        whole = (self.parent(), funds, *yearly)
        return Sheet("budget", title, purpose, whole, lines, free=True, parent=PARENT)

    def _funds(self, programme: Programme) -> list[str]:
        """The sources a programme has money from, in the guideline's order; else the first there is."""
        order = [fund.id for fund in self._pack.planning.funding]
        used = {line.source for line in programme.budget}
        known = [fund for fund in order if fund in used]
        return [*known, *sorted(used - {*known})] or order[:1]


def in_languages(column: Column, languages: Iterable[str]) -> list[Column]:
    """A column, and where it is a text in several languages one for each translation."""
    out = [column]
    if column.field.bilingual:
        out += [
            replace(
                column, id=f"{column.id}@{each}", heading=_translated(column.heading, each), language=each
            )
            for each in languages
        ]
    return out


def _translated(heading: Param, language: str) -> Message:
    if language == "en":
        return Message("exchange.plan_book.translated.en", column=heading)
    return Message("exchange.plan_book.translated.id", column=heading)


def planning_sheets(
    plan: Plan, pack: Pack, agency: str, also: frozenset[str], proofs: Proofs, offers: Offers
) -> tuple[Sheet, ...]:
    """The sheets of the programmes an agency leads."""
    mine = (each for each in plan.programmes if each.lead == agency or each.id in also)
    return tuple(Planning(plan, pack, mine, proofs, offers).sheets())


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
