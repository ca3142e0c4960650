"""Writes what a list says into the plan: new rows, or only what is new in those that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.base import Language, Message, render
from desktop.base.speech import number
from desktop.exchange.amounts import Figures
from desktop.exchange.brought import NOTHING, Away, Brought, Wanted, found_again, indicators_again
from desktop.exchange.columns import bare
from desktop.exchange.drafts import ActivityDraft, IndicatorDraft, Planned, ProgrammeDraft
from desktop.exchange.matching import Agencies
from desktop.exchange.questions import (
    LATER,
    NEW,
    RPJMD_CEILING,
    agency_id,
    dimension_id,
    direction_id,
    quick_win_id,
)
from desktop.workspace.plan import Activity, Indicator, Plan, Programme, SubActivity
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.exchange.rehearsing import Register, Writes

_Part = TypeVar("_Part", Activity, SubActivity)
"""What an activity of a list becomes: an activity of the plan, or a part of one."""
_WHOLES = frozenset({"programme", "activity"})


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
        brought: Brought = NOTHING,
    ) -> None:
        self._op = op
        self._brought = brought
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
        indicators = list(draft.indicators.values())
        known = indicators_again(indicators, found, self._brought)
        for indicator, there in zip(indicators, known, strict=True):
            self._indicator(draft, indicator, row, there)
        parts = self._figures.activities(draft)
        again = self._parts("activity", row, parts, found.activities if found else ())
        for activity, part in zip(parts, again, strict=True):
            self._activity(draft, activity, row, part)

    def _parts(
        self, table: str, whole: str, parts: Sequence[ActivityDraft], there: Sequence[_Part]
    ) -> list[_Part | Away | None]:
        wanted = [Wanted(each.title, each.code) for each in parts]
        return found_again(table, whole, wanted, there, self._brought)

    def _add(
        self,
        table: str,
        away: Away | None,
        values: dict[str, Any],
        said: Mapping[Register, Any] = MappingProxyType({}),
    ) -> str:
        """A new row; one that the team deleted since an import only where it does not stay away.

        ``said`` is what the list says of what belongs to such a row.
        """
        if away is None:
            return self._op.insert(table, **values)
        own = {
            (table, away.row, name): value
            for name, value in values.items()
            if not isinstance(value, dict) and name not in _WHOLES
        }
        return self._op.again(table, away.row, {**own, **said}, **values)

    def _named(self, table: str, known: Indicator | Activity | SubActivity, title: str) -> None:
        """What came by another name before the team renamed it: that is told, and the team's stays."""
        said = known.name if isinstance(known, Indicator) else known.title
        if bare(title) not in {bare(text) for text in said.values.values()}:
            name = "name" if isinstance(known, Indicator) else "title"
            self._op.write(table, known.id, name, self._language, title)

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
        if f"match:{draft.key}" in self._answers or self._came_as(draft, found):
            self._op.write("programme", found.id, "title", self._language, draft.title)
        if not found.lead and draft.agency:
            self._op.set("programme", found.id, lead=self._agency(draft.agency))
        if draft.quick_win is not None and self._quick_wins:
            self._op.set("programme", found.id, quick_win=self._is_quick_win(draft))
        for name, text in draft.texts.items():
            if text and not getattr(found, name).has(self._language):
                self._op.write("programme", found.id, name, self._language, text)
        return found.id

    def _came_as(self, draft: ProgrammeDraft, found: Programme) -> bool:
        """Whether it came by the list's title and the team renamed it since."""
        titles = {bare(text) for text in found.title.values.values()}
        return draft.key not in titles and found.id in self._brought.rows("programme", "", draft.title)

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
        self,
        draft: ProgrammeDraft,
        indicator: IndicatorDraft,
        programme: str,
        known: Indicator | Away | None,
    ) -> None:
        values: dict[str, Any] = {
            "unit": indicator.unit,
            "direction": indicator.direction or self._decided(direction_id(draft, indicator)),
            "baseline": indicator.baseline,
            "baseline_year": indicator.baseline_year,
        }
        values = {name: value for name, value in values.items() if value not in (None, "")}
        yearly = {
            year: {
                name: values[year]
                for name, values in (("target", indicator.targets), ("realised", indicator.realised))
                if year in values
            }
            for year in sorted(indicator.targets.keys() | indicator.realised.keys())
        }
        if isinstance(known, Indicator):
            row = known.id
            self._named("indicator", known, indicator.name)
            self._op.set("indicator", row, **values)
        else:
            said = _targets_of(known.row, yearly) if known is not None else {}
            name = {self._language: indicator.name}
            row = self._add("indicator", known, {"programme": programme, "name": name, **values}, said)
            if not row:
                return
        self.counts["indicator"] += 1
        for year, figures in yearly.items():
            self._op.put("target", indicator=row, year=year, **figures)
            self.counts["target"] += 1

    # -- activities --------------------------------------------------------------------------------
    def _activity(
        self, draft: ProgrammeDraft, activity: ActivityDraft, programme: str, known: Activity | Away | None
    ) -> None:
        values, output = self._part_values(draft, activity, known), self._output(activity)
        if isinstance(known, Activity):
            self.counts["activity"] += 1
            self._named("activity", known, activity.title)
            self._op.set("activity", known.id, **values)
            if output and not known.output.has(self._language):
                self._op.write("activity", known.id, "output", self._language, output)
            self._sub_activities(draft, activity, known.id, known)
            return
        row = self._add("activity", known, self._new_part(activity, {"programme": programme, **values}))
        if row:
            self.counts["activity"] += 1
            self._sub_activities(draft, activity, row, None)

    def _part_values(
        self, draft: ProgrammeDraft, part: ActivityDraft, there: Activity | SubActivity | Away | None
    ) -> dict[str, Any]:
        """What the list says of an activity or sub-activity, blank entries left out."""
        yearly = self._figures.planned(part.amounts, draft)
        years = sorted({year for year, amount in yearly.items() if amount} | part.dated)
        values: dict[str, Any] = {
            "start_year": years[0] if years else None,
            "end_year": years[-1] if years else None,
            "budget": sum(yearly.values()) if yearly else None,
        }
        if part.code and (there is None or isinstance(there, Away) or not there.code):
            values["code"] = part.code
        return {name: value for name, value in values.items() if value is not None}

    def _new_part(self, part: ActivityDraft, values: dict[str, Any]) -> dict[str, Any]:
        texts, output = {"title": {self._language: part.title}}, self._output(part)
        if output:
            texts["output"] = {self._language: output}
        lead = self._agency(part.agency)
        return {**texts, **values, **({"lead": lead} if lead else {})}

    def _sub_activities(
        self, draft: ProgrammeDraft, activity: ActivityDraft, row: str, found: Activity | None
    ) -> None:
        """The parts of an activity; those that are there already follow the list's figures."""
        subs = activity.activities
        parts = self._parts("sub_activity", row, subs, found.sub_activities if found else ())
        for part, there in zip(subs, parts, strict=True):
            values = self._part_values(draft, part, there)
            if isinstance(there, SubActivity):
                self._named("sub_activity", there, part.title)
                self._op.set("sub_activity", there.id, **values)
            else:
                self._add("sub_activity", there, self._new_part(part, {"activity": row, **values}))

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


def _targets_of(indicator: str, yearly: Mapping[int, Mapping[str, Any]]) -> dict[Register, Any]:
    """What a list says of the years of an indicator, by the registers of their rows."""
    target = TABLES["target"]
    return {
        ("target", target.identify({"indicator": indicator, "year": year}), name): value
        for year, figures in yearly.items()
        for name, value in figures.items()
    }
