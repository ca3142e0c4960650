"""The sheets of all programmes: what they are, their activities, money, indicators and risks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.base import LocalText, Message
from desktop.base.canonical import Json
from desktop.exchange.agency_workbook.layout import Column, Line, Offers, Proofs, Sheet, plain_field
from desktop.exchange.agency_workbook.planning import (
    ACTIVITY,
    FIGURES,
    PARENT,
    PROGRAMME,
    RISK,
    Own,
    Planning,
)
from desktop.exchange.agency_workbook.registers import SUPPORTING
from desktop.exchange.values import Option
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan

OF_ACTIVITY = "activity"
"""The column that says which activity a sub-activity belongs to."""
_LEAD = Own("lead", Message("exchange.agency_book.field.lead"), "agency")
_SOURCE = Own("source", Message("exchange.agency_book.field.source"))
_SUB_ACTIVITY = (
    Own("code", Message("exchange.agency_book.field.code")),
    Own("title", Message("exchange.plan_book.field.sub_activity"), bilingual=True),
    Own("output", Message("exchange.agency_book.field.output"), "long_text", bilingual=True),
    Own("lead", Message("exchange.agency_book.field.lead"), "agency"),
    Own("start_year", Message("exchange.agency_book.field.start_year"), "year"),
    Own("end_year", Message("exchange.agency_book.field.end_year"), "year"),
    Own("budget", Message("exchange.agency_book.field.budget"), "rupiah"),
)


class _Whole(Planning):
    """Makes the sheets of every programme of a plan."""

    def sheets(self) -> Iterator[Sheet]:
        """All of them."""
        yield self._programmes()
        yield replace(self.parts("activity", ACTIVITY, lambda each: each.activities), totals=True)
        yield self._sub_activities()
        yield self._budget()
        yield self._ceilings()
        yield self.indicators()
        yield self.parts("risk", RISK, lambda each: each.risks)

    def _programmes(self) -> Sheet:
        own = [each for each in PROGRAMME if each.name != "quick_win" or self._pack.planning.quick_win]
        at = next(number for number, each in enumerate(own) if each.name == "service")
        sheet = self.programmes([*own[:at], _LEAD, *own[at:], _SOURCE])
        field = plain_field(SUPPORTING, "choices")
        agencies = tuple(Option(each.id, LocalText(each.name.values)) for each in self._plan.agencies)
        supporting = Column(SUPPORTING, field, Message("exchange.plan_book.field.supporting"), agencies)
        place = 1 + next(number for number, each in enumerate(sheet.columns) if each.id == "lead")
        known = {each.id: each.supporting for each in self.mine}
        lines = tuple(
            replace(line, values={**line.values, SUPPORTING: sorted(known[line.key]) or None})
            for line in sheet.lines
        )
        columns = (*sheet.columns[:place], supporting, *sheet.columns[place:])
        purpose = Message("exchange.plan_book.purpose.programme")
        return replace(sheet, purpose=purpose, columns=columns, lines=lines, totals=True)

    def _sub_activities(self) -> Sheet:
        columns = self.both(self.columns("sub_activity", _SUB_ACTIVITY))
        named = tuple(
            Option(each.id, LocalText(each.title.values))
            for programme in self.mine
            for each in programme.activities
        )
        heading = Message("exchange.agency_book.field.activity")
        parent = Column(OF_ACTIVITY, plain_field(OF_ACTIVITY, "choice"), heading, named, new_only=True)
        lines = tuple(
            Line(sub.id, {OF_ACTIVITY: each.id, **self.values(sub, columns)})
            for programme in self.mine
            for each in programme.activities
            for sub in each.sub_activities
        )
        title = Message("exchange.plan_book.sheet.sub_activity")
        purpose = Message("exchange.plan_book.purpose.sub_activity")
        whole = (parent, *columns)
        return Sheet("sub_activity", title, purpose, whole, lines, free=True, parent=OF_ACTIVITY, totals=True)

    def _budget(self) -> Sheet:
        """The money by programme, source and year, with the sum of each figure over the years."""
        sheet = self.budget()
        sums = []
        for what in FIGURES:
            years = tuple(each.id for each in sheet.columns if each.id.startswith(f"{what}:"))
            sums.append(Column(f"={what}", plain_field(what, "rupiah"), _SUMS[what], sums=years))
        given, spent = sums[1].sums, sums[2].sums
        share = Column(
            "=share", plain_field("share", "percent"), Message("exchange.plan_book.sum.share"),
            sums=spent, share=given,
        )  # fmt: skip
        return replace(sheet, columns=(*sheet.columns, *sums, share), totals=True)

    def _ceilings(self) -> Sheet:
        """What the RPJMD allows, a row for each programme and a column for each year."""
        years = [
            Column(f"amount:{year}", plain_field("amount", "rupiah"), str(year)) for year in self._plan.years
        ]
        total = Column(
            "=amount", plain_field("amount", "rupiah"), Message("exchange.plan_book.sum.all"),
            sums=tuple(each.id for each in years),
        )  # fmt: skip
        lines = []
        for programme in self.mine:
            known = {each.year: each.amount for each in programme.ceilings}
            figures: dict[str, Json] = {f"amount:{year}": known.get(year) for year in self._plan.years}
            lines.append(Line(programme.id, {PARENT: programme.id, **figures}))
        title = Message("exchange.plan_book.sheet.ceilings")
        purpose = Message("exchange.plan_book.purpose.ceilings")
        parent = replace(self.parent(), new_only=False, locked=True)
        return Sheet(
            "rpjmd_ceiling", title, purpose, (parent, *years, total), tuple(lines), free=False,
            parent=PARENT, totals=True,
        )  # fmt: skip


_SUMS = {
    "indicative": Message("exchange.plan_book.sum.indicative"),
    "ceiling": Message("exchange.plan_book.sum.ceiling"),
    "realised": Message("exchange.plan_book.sum.realised"),
}


def plan_sheets(
    plan: Plan, pack: Pack, proofs: Proofs, offers: Offers, languages: tuple[str, ...]
) -> tuple[Sheet, ...]:
    """The sheets of all programmes of a plan."""
    return tuple(_Whole(plan, pack, plan.programmes, proofs, offers, languages).sheets())
