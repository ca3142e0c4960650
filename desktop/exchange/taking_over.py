"""Writes what a list says into the plan: new rows, or only what is new in those that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from desktop.base import Message, RancangError
from desktop.exchange.columns import bare
from desktop.exchange.drafts import Amount, IndicatorDraft, ProgrammeDraft
from desktop.exchange.questions import LATER, dimension_id, direction_id, funding_id, quick_win_id
from desktop.exchange.suggest import UNITS
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Indicator, Plan, Programme

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation


LARGEST_AMOUNT = 10**17
"""A hundred thousand trillion rupiah: beyond it the unit is wrong, whatever else is right."""


class AmountTooLarge(RancangError):
    """An amount no region has, most likely because the unit is wrong; nothing was taken over."""

    def __init__(self, row: int) -> None:
        super().__init__(Message("exchange.import.amount_too_large", row=str(row)))


class TakingOver:
    """Takes over the programmes of one list within one operation."""

    def __init__(
        self,
        op: Operation,
        plan: Plan,
        pack: Pack,
        known: Mapping[str, Programme],
        answers: Mapping[str, str],
        file: str,
    ) -> None:
        self._op = op
        self._plan = plan
        self._pack = pack
        self._known = known
        self._answers = answers
        self._file = file
        self._agencies = _agencies_by_name(plan)
        self.agencies_made = 0
        self.counts: Counter[str] = Counter()
        self._lines: set[tuple[str, int, str]] = set()

    @property
    def budget_lines(self) -> int:
        """How many budget lines were written or confirmed."""
        return len(self._lines)

    def programme(self, draft: ProgrammeDraft) -> None:
        """One programme with its money and indicators."""
        found = self._known.get(draft.key)
        row = self._existing(draft, found) if found else self._new(draft)
        for (year, source, figure), amounts in draft.amounts.items():
            funding = self._answers.get(funding_id(source), "")
            amount = self._amount(amounts, self._factor(draft))
            self._op.put("budget_line", programme=row, year=year, source=funding, **{figure: amount})
            self._lines.add((row, year, funding))
        for indicator in draft.indicators.values():
            self._indicator(draft, indicator, row, found)

    def _decided(self, question: str) -> str:
        answer = self._answers.get(question, "")
        return "" if answer == LATER else answer

    # -- the programme itself ----------------------------------------------------------------------
    def _values(self, draft: ProgrammeDraft) -> dict[str, Any]:
        """What the list and the decisions say about a programme, blank entries left out."""
        dimension, _, sub = self._decided(dimension_id(draft)).partition("/")
        years = draft.years
        total = self._whole(draft.total, self._factor(draft)) if draft.total else None
        values: dict[str, Any] = {
            "code": draft.code,
            "dimension": dimension,
            "sub_dimension": sub,
            "start_year": years[0] if years else None,
            "end_year": years[-1] if years else None,
            "total_budget": total,
            "source": "; ".join(filter(None, (draft.plan, self._file, draft.source))),
        }
        return {name: value for name, value in values.items() if value not in (None, "")}

    def _new(self, draft: ProgrammeDraft) -> str:
        language = self._plan.source_language
        texts = {name: {language: text} for name, text in draft.texts.items() if text}
        return self._op.insert(
            "programme",
            title={language: draft.title},
            lead=self._agency(draft.agency),
            quick_win=self._is_quick_win(draft),
            origin="imported",
            **self._values(draft),
            **texts,
        )

    def _existing(self, draft: ProgrammeDraft, found: Programme) -> str:
        """Figures and years follow the list; words people may have written since stay as they are."""
        self._op.set("programme", found.id, **self._values(draft))
        if not found.lead and draft.agency:
            self._op.set("programme", found.id, lead=self._agency(draft.agency))
        if draft.quick_win is not None:
            self._op.set("programme", found.id, quick_win=self._is_quick_win(draft))
        language = self._plan.source_language
        for name, text in draft.texts.items():
            if text and not getattr(found, name).has(language):
                self._op.write("programme", found.id, name, language, text)
        return found.id

    def _is_quick_win(self, draft: ProgrammeDraft) -> bool:
        decided = self._answers.get(quick_win_id(draft))
        if decided:
            return decided == "yes"
        return bool(draft.quick_win) and self._answers.get("quick_win", "yes") == "yes"

    def _agency(self, name: str) -> str | None:
        if not name:
            return None
        known = self._agencies.get(bare(name))
        if known is None:
            known = self._op.insert("agency", name={self._plan.source_language: name}, short_name="")
            self._agencies[bare(name)] = known
            self.agencies_made += 1
        return known

    # -- money -------------------------------------------------------------------------------------
    def _factor(self, draft: ProgrammeDraft) -> int:
        """How many rupiah the list's amounts for a programme are counted in."""
        whole = self._answers.get("rupiah_unit") or "rupiah"
        return UNITS[self._answers.get(f"rupiah_unit:{draft.key}", whole)]

    def _amount(self, amounts: list[Amount], factor: int) -> int:
        """One amount of several rows: repeated ones count once, different ones as was decided."""
        distinct = {amount.value for amount in amounts}
        if len(distinct) == 1 or self._answers.get("several_amounts") == "first":
            return self._whole(amounts[0], factor)
        return sum(self._whole(amount, factor) for amount in amounts)

    @staticmethod
    def _whole(amount: Amount, factor: int) -> int:
        """Whole rupiah; halves are rounded up. Raises AmountTooLarge: no region has a trillion trillion."""
        value = amount.value * (1 if amount.absolute else factor)
        if abs(value) > LARGEST_AMOUNT:
            raise AmountTooLarge(amount.row)
        return int(value.quantize(Decimal(1), ROUND_HALF_UP))

    # -- indicators --------------------------------------------------------------------------------
    def _indicator(
        self, draft: ProgrammeDraft, indicator: IndicatorDraft, programme: str, found: Programme | None
    ) -> None:
        known = _indicator_of(found, indicator.name)
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
            name = {self._plan.source_language: indicator.name}
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


def _agencies_by_name(plan: Plan) -> dict[str, str]:
    known: dict[str, str] = {}
    for agency in plan.agencies:
        for name in (agency.short_name, *agency.name.values.values()):
            if name.strip():
                known.setdefault(bare(name), agency.id)
    return known


def _indicator_of(programme: Programme | None, name: str) -> Indicator | None:
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
