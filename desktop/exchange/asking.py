"""Makes the questions of a list: about the whole of it, and about single programmes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from desktop.base import LocalText, Message, Rupiah
from desktop.base.message import Param
from desktop.exchange.brought import NOTHING, Away, Brought, indicators_again
from desktop.exchange.columns import bare
from desktop.exchange.counting import counted
from desktop.exchange.drafts import ActivityDraft, IndicatorDraft, ProgrammeDraft
from desktop.exchange.layouts import Sheet
from desktop.exchange.matching import Agencies, renamed
from desktop.exchange.money_unit import UNITS, suggest_unit
from desktop.exchange.questions import (
    ACTIVITIES,
    LATER,
    LEAVE,
    NEW,
    RPJMD_CEILING,
    Certainty,
    Option,
    Question,
    again_id,
    agency_id,
    dimension_id,
    direction_id,
    funding_id,
    match_id,
)
from desktop.exchange.suggest import (
    DimensionSuggester,
    named_dimension,
    named_sub_dimension,
    suggest_direction,
)
from desktop.exchange.unclear import Open, about_reading
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Indicator, Plan, Programme

_LATER = Option(LATER, Message("exchange.ask.later"))


@dataclass(frozen=True)
class Asking:
    """Makes the questions of one list."""

    plan: Plan
    pack: Pack
    drafts: tuple[ProgrammeDraft, ...]
    known: Mapping[str, Programme]
    """Programmes of the plan that the list speaks of again, by draft key."""
    sheets: tuple[Sheet, ...]
    agencies: Agencies
    brought: Brought = NOTHING
    away: Mapping[str, str] = field(default_factory=dict)
    """Programmes that an import brought and the team deleted since, by draft key."""

    def questions(self, left: Open) -> Iterator[Question]:
        """All of them, the widest first."""
        yield from about_reading(left, self.sheets, self.plan)
        yield from self._unit([sheet.header.above for sheet in self.sheets])
        yield from self._several(several=left.several)
        yield from self._ceilings()
        yield from self._funding()
        yield from self._quick_win()
        yield from self._activities()
        yield from self._agencies()
        yield from self._renamed()
        yield from self._again()
        for draft in self.drafts:
            yield self._dimension(draft)
            found = indicators_again(draft.indicators.values(), self.known.get(draft.key), self.brought)
            for indicator, there in zip(draft.indicators.values(), found, strict=True):
                if not indicator.direction:
                    yield self._direction(draft, indicator, there)

    # -- about the whole list ----------------------------------------------------------------------
    def _unit(self, above: list[str]) -> Iterator[Question]:
        yearly: dict[int, Decimal] = {}
        for draft in self.drafts:
            for (year, _, figure), amounts in draft.amounts.items():
                relative = [amount.value for amount in amounts if not amount.absolute]
                if relative and figure != "realised":
                    yearly[year] = yearly.get(year, Decimal(0)) + max(relative)
        if not yearly:
            if any(draft.total and not draft.total.absolute for draft in self.drafts):
                yearly[0] = sum((d.total.value for d in self.drafts if d.total), Decimal(0))
            else:
                return
        year = max(yearly, key=lambda each: yearly[each])
        sums: dict[str, Param] = {unit: Rupiah(int(yearly[year] * factor)) for unit, factor in UNITS.items()}
        hint = Message("exchange.ask.unit.hint_total", **sums)
        if year:
            hint = Message("exchange.ask.unit.hint", year=str(year), **sums)
        options = (
            Option("rupiah", Message("exchange.ask.unit.rupiah")),
            Option("thousand", Message("exchange.ask.unit.thousand")),
            Option("million", Message("exchange.ask.unit.million")),
            Option("billion", Message("exchange.ask.unit.billion")),
        )
        suggestion, certainty = suggest_unit(yearly, above)
        message = Message("exchange.ask.unit")
        yield Question("rupiah_unit", "unit", message, options, suggestion, hint=hint, certainty=certainty)

    @staticmethod
    def _several(*, several: bool) -> Iterator[Question]:
        if several:
            options = (
                Option("sum", Message("exchange.ask.amounts.sum")),
                Option("first", Message("exchange.ask.amounts.first")),
            )
            yield Question("several_amounts", "amounts", Message("exchange.ask.amounts"), options, "sum")

    def _ceilings(self) -> Iterator[Question]:
        """A list out of the RPJMD says what the RPJMD allows; of others nobody is asked."""
        rpjmd = any(sheet.kind == "rpjmd" for sheet in self.sheets) or any(
            "rpjmd" in bare(draft.plan).split() for draft in self.drafts
        )
        if rpjmd and any(draft.amounts for draft in self.drafts):
            options = (
                Option("yes", Message("exchange.ask.ceilings.yes")),
                Option("no", Message("exchange.ask.ceilings.no")),
            )
            message = Message("exchange.ask.ceilings")
            yield Question(RPJMD_CEILING, "amounts", message, options, "yes", required=False)

    def _funding(self) -> Iterator[Question]:
        options = tuple(Option(source.id, source.label) for source in self.pack.planning.funding)
        sources = dict.fromkeys(source for draft in self.drafts for _, source, _ in draft.amounts)
        usual = next((source.id for source in self.pack.planning.funding if source.kind == "apbd"), "")
        for source in sources:
            named = self._named_funding(source)
            message = (
                Message("exchange.ask.funding_of", source=source)
                if source
                else Message("exchange.ask.funding")
            )
            yield Question(
                funding_id(source),
                "funding",
                message,
                options,
                named or usual,
                required=bool(source and not named),
            )

    def _named_funding(self, source: str) -> str:
        words = bare(source)
        found = [
            each.id
            for each in self.pack.planning.funding
            if words == each.id
            or any(words in f"{bare(name)} " for name in each.label.texts.values() if words)
        ]
        return found[0] if found else ""

    def _quick_win(self) -> Iterator[Question]:
        marked = [draft for draft in self.drafts if draft.quick_win]
        quick_win = self.pack.planning.quick_win
        if not marked or quick_win is None:
            return
        longer = [draft for draft in marked if _length(draft) > quick_win.max_years]
        options = (
            Option("yes", Message("exchange.ask.quick_win.yes")),
            Option("no", Message("exchange.ask.quick_win.no")),
        )
        hint = (
            Message("exchange.ask.quick_win.hint", n=len(longer), limit=counted(years=quick_win.max_years))
            if longer
            else None
        )
        message = Message("exchange.ask.quick_win", n=len(marked))
        yield Question("quick_win", "quick_win", message, options, "no" if longer else "yes", hint=hint)

    def _activities(self) -> Iterator[Question]:
        activities = [activity for draft in self.drafts for activity in draft.activities]
        if not activities:
            return
        parts = sum(len(activity.activities) for activity in activities)
        options = [Option("activity", Message("exchange.ask.activities.activity", n=len(activities)))]
        if parts:
            options.append(Option("sub_activity", Message("exchange.ask.activities.sub_activity", n=parts)))
        options.append(Option("none", Message("exchange.ask.activities.none")))
        what = counted(activities=len(activities), sub_activities=parts)
        message = Message("exchange.ask.activities", what=what)
        yield Question(ACTIVITIES, "activities", message, tuple(options), "activity", required=False)

    def _agencies(self) -> Iterator[Question]:
        """Names that differ from an agency of the plan in spelling only."""
        for name in self.named_agencies:
            like = None if self.agencies.find(name) else self.agencies.like(name)
            if like is None:
                continue
            options = (
                Option(NEW, Message("exchange.ask.agency.new", name=name)),
                *(Option(each.id, LocalText(each.name.values)) for each in self.plan.agencies),
            )
            message = Message("exchange.ask.agency", name=name)
            yield Question(agency_id(name), "agency", message, options, like.id, certainty="likely")

    @cached_property
    def named_agencies(self) -> tuple[str, ...]:
        """Every agency that the list names."""
        named = (
            each.agency
            for draft in self.drafts
            for each in (draft, *draft.activities, *_parts(draft))
            if each.agency
        )
        return tuple({self.agencies.key(name): name for name in reversed(list(named))}.values())[::-1]

    def _renamed(self) -> Iterator[Question]:
        for draft, likely in renamed(self.drafts, self.plan, self.known, self.agencies):
            options = (
                *(Option(each.id, LocalText(each.title.values)) for each in likely),
                Option(NEW, Message("exchange.ask.match.new")),
            )
            message = Message("exchange.ask.match", programme=draft.title)
            hint = Message("exchange.ask.match.hint")
            yield Question(
                match_id(draft), "match", message, options, likely[0].id, hint=hint, certainty="likely"
            )

    def _again(self) -> Iterator[Question]:
        options = (
            Option(LEAVE, Message("exchange.ask.again.leave")),
            Option("again", Message("exchange.ask.again.again")),
        )
        for draft in self.drafts:
            if draft.key in self.away:
                message = Message("exchange.ask.again", programme=draft.title)
                yield Question(
                    again_id(draft), "again", message, options, LEAVE, required=False, certainty="likely"
                )

    # -- about one programme -----------------------------------------------------------------------
    def _dimension(self, draft: ProgrammeDraft) -> Question:
        suggestion, certainty = self._likely_dimension(draft)
        return Question(
            dimension_id(draft),
            "dimension",
            Message("exchange.ask.dimension", programme=draft.title),
            self._dimensions,
            suggestion,
            required=certainty != "stated" and draft.key not in self.away,
            certainty=certainty,
        )

    @cached_property
    def _dimensions(self) -> tuple[Option, ...]:
        options = [_LATER]
        for dimension in self.pack.dimensions:
            options.append(Option(dimension.id, dimension.name))
            options += [
                Option(
                    f"{dimension.id}/{sub.id}",
                    Message(
                        "exchange.ask.dimension.option", dimension=dimension.name, sub_dimension=sub.name
                    ),
                )
                for sub in dimension.sub_dimensions
            ]
        return tuple(options)

    def _likely_dimension(self, draft: ProgrammeDraft) -> tuple[str, Certainty]:
        """The dimension that plan or list state, else the one that the words suggest."""
        known = self.known.get(draft.key)
        if known is not None and known.dimension:
            return "/".join(filter(None, (known.dimension, known.sub_dimension))), "stated"
        dimension = named_dimension(draft.dimension, self.pack)
        sub = named_sub_dimension(draft.sub_dimension, dimension, self.pack)
        if dimension:
            return "/".join(filter(None, (dimension, sub))), "stated"
        words = [*(indicator.name for indicator in draft.indicators.values()), draft.agency]
        place, certainty = self._suggester.weigh(draft.title, words)
        return "/".join(filter(None, place)), certainty

    @property
    def _suggester(self) -> DimensionSuggester:
        return _suggester_of(self.pack)

    def _direction(
        self, draft: ProgrammeDraft, indicator: IndicatorDraft, there: Indicator | Away | None
    ) -> Question:
        options = (
            Option("up", Message("exchange.ask.direction.up")),
            Option("down", Message("exchange.ask.direction.down")),
            Option("keep", Message("exchange.ask.direction.keep")),
            _LATER,
        )
        away = draft.key in self.away or isinstance(there, Away)
        given = there.direction if isinstance(there, Indicator) else ""
        message = Message("exchange.ask.direction", indicator=indicator.name, programme=draft.title)
        return Question(
            direction_id(draft, indicator),
            "direction",
            message,
            options,
            given or suggest_direction(indicator),
            required=not given and not away,
        )


_made: dict[int, tuple[Pack, DimensionSuggester]] = {}


def _suggester_of(pack: Pack) -> DimensionSuggester:
    """One suggester for each guideline: reading all its words again for every programme would be slow."""
    found = _made.get(id(pack))
    if found is None or found[0] is not pack:
        _made.clear()
        found = _made[id(pack)] = (pack, DimensionSuggester(pack))
    return found[1]


def _parts(draft: ProgrammeDraft) -> Iterator[ActivityDraft]:
    for activity in draft.activities:
        yield from activity.activities


def _length(draft: ProgrammeDraft) -> int:
    years = draft.years
    return years[-1] - years[0] + 1 if years else 0
