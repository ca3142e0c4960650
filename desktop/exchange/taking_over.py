"""Writes what a list says into the plan: new rows, or only what is new in those that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.base import Language, Message, RancangError, render
from desktop.base.speech import number
from desktop.exchange.columns import bare
from desktop.exchange.drafts import ActivityDraft, Amount, Amounts, IndicatorDraft, Planned, ProgrammeDraft
from desktop.exchange.matching import Agencies
from desktop.exchange.money_unit import UNITS
from desktop.exchange.questions import (
    ACTIVITIES,
    LATER,
    NEW,
    RPJMD_CEILING,
    agency_id,
    dimension_id,
    direction_id,
    funding_id,
    quick_win_id,
)
from desktop.workspace.plan import Activity, Indicator, Plan, Programme, SubActivity

if TYPE_CHECKING:
    from desktop.exchange.rehearsing import Writes

_Part = TypeVar("_Part", Activity, SubActivity)
"""What an activity of a list becomes: an activity of the plan, or a part of one."""
LARGEST_AMOUNT = 10**17
"""A hundred thousand trillion rupiah: beyond it the unit is wrong, whatever else is right."""


class AmountTooLarge(RancangError):
    """An amount no region has, most likely because the unit is wrong; nothing was taken over."""

    def __init__(self, row: int) -> None:
        super().__init__(Message("exchange.import.amount_too_large", row=str(row)))


class Figures:
    """The figures of a list as the answers make them: whole rupiah, sources of the guideline, activities."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers

    def money(self, draft: ProgrammeDraft) -> dict[tuple[int, str], dict[str, int]]:
        """Whole rupiah of a programme by year and source, and in it by figure."""
        factor = self.factor(draft)
        made: dict[tuple[int, str], dict[str, int]] = {}
        for (year, source, figure), amounts in draft.amounts.items():
            funding = self._answers.get(funding_id(source), "")
            # Several words of the list may mean one source of the guideline: their money adds up.
            figures = made.setdefault((year, funding), {})
            figures[figure] = figures.get(figure, 0) + self._amount(amounts, factor)
        return made

    def activities(self, draft: ProgrammeDraft) -> list[ActivityDraft]:
        """The parts of a programme that become activities of the plan."""
        match self._answers.get(ACTIVITIES, "activity"):
            case "none":
                return []
            case "sub_activity":
                return [part for activity in draft.activities for part in activity.activities or [activity]]
            case _:
                return list(draft.activities)

    def planned(self, amounts: Amounts, draft: ProgrammeDraft) -> dict[int, int]:
        """Whole rupiah by year, all sources together: the indicative amounts, else the ceilings."""
        factor = self.factor(draft)
        for figure in ("indicative", "ceiling"):
            made: Counter[int] = Counter()
            for (year, _, what), each in amounts.items():
                if what == figure:
                    made[year] += self._amount(each, factor)
            if made:
                return dict(made)
        return {}

    def factor(self, draft: ProgrammeDraft) -> int:
        """How many rupiah the list's amounts for a programme are counted in."""
        whole = self._answers.get("rupiah_unit") or "rupiah"
        return UNITS[self._answers.get(f"rupiah_unit:{draft.key}", whole)]

    def total(self, draft: ProgrammeDraft) -> int | None:
        """The sum that the list states for a programme, in whole rupiah."""
        return self.whole(draft.total, self.factor(draft)) if draft.total else None

    def _amount(self, amounts: list[Amount], factor: int) -> int:
        """One amount of several rows: repeated ones count once, different ones as was decided."""
        distinct = {amount.value for amount in amounts}
        if len(distinct) == 1 or self._answers.get("several_amounts") == "first":
            return self.whole(amounts[0], factor)
        return sum(self.whole(amount, factor) for amount in amounts)

    @staticmethod
    def whole(amount: Amount, factor: int) -> int:
        """Whole rupiah; halves are rounded up. Raises AmountTooLarge: no region has a trillion trillion."""
        value = amount.value * (1 if amount.absolute else factor)
        if abs(value) > LARGEST_AMOUNT:
            raise AmountTooLarge(amount.row)
        return int(value.quantize(Decimal(1), ROUND_HALF_UP))


class TakingOver:
    """Takes over the programmes of one list within one operation."""

    def __init__(
        self,
        op: Writes,
        plan: Plan,
        known: Mapping[str, Programme],
        answers: Mapping[str, str],
        file: str,
        *,
        quick_wins: bool,
    ) -> None:
        self._op = op
        self._quick_wins = quick_wins
        self._plan = plan
        self._known = known
        self._answers = answers
        self._file = file
        self._figures = Figures(answers)
        self._language = Language(plan.source_language)
        self._agencies = Agencies(plan)
        self._made: dict[str, str] = {}
        self.counts: Counter[str] = Counter()

    def programme(self, draft: ProgrammeDraft) -> None:
        """One programme with its money, indicators and activities."""
        found = self._known.get(draft.key)
        row = self._existing(draft, found) if found else self._new(draft)
        for (year, funding), figures in self._figures.money(draft).items():
            self._op.put("budget_line", programme=row, year=year, source=funding, **figures)
            self.counts["budget_line"] += 1
        if self._answers.get(RPJMD_CEILING) == "yes":
            self._ceilings(draft, row)
        for indicator in draft.indicators.values():
            self._indicator(draft, indicator, row, found)
        parts = self._figures.activities(draft)
        there = parts_of(parts, found.activities if found else ())
        for activity, known in zip(parts, there, strict=True):
            self._activity(draft, activity, row, known)

    def _ceilings(self, draft: ProgrammeDraft, row: str) -> None:
        """What the list gives a programme in each year is what the RPJMD allows it."""
        for year, amount in sorted(self._figures.planned(draft.amounts, draft).items()):
            self._op.put("rpjmd_ceiling", programme=row, year=year, amount=amount, source=self._place(draft))

    def _decided(self, question: str) -> str:
        answer = self._answers.get(question, "")
        return "" if answer == LATER else answer

    # -- the programme itself ----------------------------------------------------------------------
    def _values(self, draft: ProgrammeDraft) -> dict[str, Any]:
        """What the list and the decisions say about a programme, blank entries left out."""
        dimension, _, sub = self._decided(dimension_id(draft)).partition("/")
        years = draft.years
        values: dict[str, Any] = {
            "code": draft.code,
            "dimension": dimension,
            "sub_dimension": sub,
            "start_year": years[0] if years else None,
            "end_year": draft.last_year,
            "total_budget": self._figures.total(draft),
            "source": "; ".join(filter(None, (draft.plan, self._place(draft), draft.source))),
        }
        return {name: value for name, value in values.items() if value not in (None, "")}

    def _place(self, draft: Planned) -> str:
        """Where in the file a programme stands: file, sheet and first row."""
        row = str(draft.rows[0]) if draft.rows else "-"
        sheet = "" if self._file.startswith(f"{draft.sheet}.") else draft.sheet
        message = (
            Message("exchange.source.sheet", file=self._file, sheet=sheet, row=row)
            if sheet
            else Message("exchange.source.row", file=self._file, row=row)
        )
        return render(message, self._language)

    def _new(self, draft: ProgrammeDraft) -> str:
        texts = {name: {self._language: text} for name, text in draft.texts.items() if text}
        return self._op.insert(
            "programme",
            title={self._language: draft.title},
            lead=self._agency(draft.agency),
            quick_win=self._is_quick_win(draft),
            origin="imported",
            **self._values(draft),
            **texts,
        )

    def _existing(self, draft: ProgrammeDraft, found: Programme) -> str:
        """Figures and years follow the list; words people may have written since stay as they are.

        A title that a person recognised as the same programme under another name follows the list too.
        """
        self._op.set("programme", found.id, **self._values(draft))
        if f"match:{draft.key}" in self._answers:
            self._op.write("programme", found.id, "title", self._language, draft.title)
        if not found.lead and draft.agency:
            self._op.set("programme", found.id, lead=self._agency(draft.agency))
        if draft.quick_win is not None and self._quick_wins:
            self._op.set("programme", found.id, quick_win=self._is_quick_win(draft))
        for name, text in draft.texts.items():
            if text and not getattr(found, name).has(self._language):
                self._op.write("programme", found.id, name, self._language, text)
        return found.id

    def _is_quick_win(self, draft: ProgrammeDraft) -> bool:
        if not self._quick_wins:
            return False  # the guideline knows no quick wins: nothing is marked that nobody was asked about
        decided = self._answers.get(quick_win_id(draft))
        if decided:
            return decided == "yes"
        return bool(draft.quick_win) and self._answers.get("quick_win", "yes") == "yes"

    def _agency(self, name: str) -> str | None:
        if not name:
            return None
        decided = self._answers.get(agency_id(name), "")
        if decided and decided != NEW:
            return decided
        known = self._agencies.find(name)
        if known is not None:
            return known.id
        key = self._agencies.key(name)
        if key not in self._made:
            self._made[key] = self._op.insert("agency", name={self._language: name}, short_name="")
            self.counts["agency"] += 1
        return self._made[key]

    # -- indicators --------------------------------------------------------------------------------
    def _indicator(
        self, draft: ProgrammeDraft, indicator: IndicatorDraft, programme: str, found: Programme | None
    ) -> None:
        known = indicator_of(found, indicator.name)
        values: dict[str, Any] = {
            "unit": indicator.unit,
            "direction": indicator.direction or self._decided(direction_id(draft, indicator)),
            "baseline": indicator.baseline,
            "baseline_year": indicator.baseline_year,
        }
        values = {name: value for name, value in values.items() if value not in (None, "")}
        if known is not None:
            row = known.id
            self._op.set("indicator", row, **values)
        else:
            name = {self._language: indicator.name}
            row = self._op.insert("indicator", programme=programme, name=name, **values)
        self.counts["indicator"] += 1
        for year in sorted(indicator.targets.keys() | indicator.realised.keys()):
            figures = {
                name: values[year]
                for name, values in (("target", indicator.targets), ("realised", indicator.realised))
                if year in values
            }
            self._op.put("target", indicator=row, year=year, **figures)
            self.counts["target"] += 1

    # -- activities --------------------------------------------------------------------------------
    def _activity(
        self, draft: ProgrammeDraft, activity: ActivityDraft, programme: str, known: Activity | None
    ) -> None:
        yearly = self._figures.planned(activity.amounts, draft)
        years = sorted({year for year, amount in yearly.items() if amount} | activity.dated)
        values: dict[str, Any] = {
            "start_year": years[0] if years else None,
            "end_year": years[-1] if years else None,
            "budget": sum(yearly.values()) if yearly else None,
        }
        values = {name: value for name, value in values.items() if value is not None}
        if activity.code and (known is None or not known.code):
            values["code"] = activity.code
        self.counts["activity"] += 1
        output = self._output(activity)
        if known is not None:
            self._op.set("activity", known.id, **values)
            if output and not known.output.has(self._language):
                self._op.write("activity", known.id, "output", self._language, output)
            self._sub_activities(draft, activity, known.id, known)
            return
        texts = {"title": {self._language: activity.title}}
        if output:
            texts["output"] = {self._language: output}
        lead = self._agency(activity.agency)
        row = self._op.insert(
            "activity", programme=programme, **texts, **values, **({"lead": lead} if lead else {})
        )
        self._sub_activities(draft, activity, row, None)

    def _sub_activities(
        self, draft: ProgrammeDraft, activity: ActivityDraft, row: str, found: Activity | None
    ) -> None:
        """The parts of an activity; those that are there already follow the list's figures."""
        parts = parts_of(activity.activities, found.sub_activities if found else ())
        for part, there in zip(activity.activities, parts, strict=True):
            yearly = self._figures.planned(part.amounts, draft)
            years = sorted({year for year, amount in yearly.items() if amount} | part.dated)
            values: dict[str, Any] = {
                "start_year": years[0] if years else None,
                "end_year": years[-1] if years else None,
                "budget": sum(yearly.values()) if yearly else None,
            }
            values = {name: value for name, value in values.items() if value is not None}
            if part.code and (there is None or not there.code):
                values["code"] = part.code
            if there is not None:
                self._op.set("sub_activity", there.id, **values)
                continue
            texts = {"title": {self._language: part.title}}
            output = self._output(part)
            if output:
                texts["output"] = {self._language: output}
            lead = self._agency(part.agency)
            self._op.insert(
                "sub_activity", activity=row, **texts, **values, **({"lead": lead} if lead else {})
            )

    def _output(self, activity: ActivityDraft) -> str:
        """What comes of an activity or sub-activity, in words: its details, indicators and place."""
        lines = [*activity.details, *map(self._in_words, activity.indicators.values())]
        if activity.unit:
            lines.append(render(Message("exchange.activity.unit", unit=activity.unit), self._language))
        if activity.location:
            lines.append(render(Message("exchange.activity.place", place=activity.location), self._language))
        return "\n".join(lines)

    def _in_words(self, indicator: IndicatorDraft) -> str:
        targets = "; ".join(
            f"{year}: {number(value, self._language)}" for year, value in sorted(indicator.targets.items())
        )
        unit = f" {indicator.unit}" if indicator.unit and targets else ""
        return f"{indicator.name} ({targets}{unit})" if targets else indicator.name


def parts_of(drafts: Sequence[ActivityDraft], there: Sequence[_Part]) -> list[_Part | None]:
    """Which part of the plan each part of a list is: of one title that of its code, and each part once."""
    free = list(there)
    found: list[_Part | None] = [None] * len(drafts)
    for by_code in (True, False):
        for at, draft in enumerate(drafts):
            if found[at] is None:
                found[at] = next((each for each in free if _is_part(draft, each, by_code=by_code)), None)
                free = [each for each in free if each is not found[at]]
    return found


def _is_part(draft: ActivityDraft, part: Activity | SubActivity, *, by_code: bool) -> bool:
    titled = bare(draft.title) in {bare(text) for text in part.title.values.values()}
    return titled and (not by_code or draft.code == part.code)


def indicator_of(programme: Programme | None, name: str) -> Indicator | None:
    """A programme's indicator of this name, in any language."""
    if programme is None:
        return None
    return next(
        (
            indicator
            for indicator in programme.indicators
            if bare(name) in {bare(text) for text in indicator.name.values.values()}
        ),
        None,
    )
