"""The figures of a list as the answers make them: whole rupiah by year and source, and its activities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from desktop.base import Message, RancangError
from desktop.exchange.drafts import ActivityDraft, Amount, Amounts, ProgrammeDraft
from desktop.exchange.money_unit import UNITS
from desktop.exchange.questions import ACTIVITIES, funding_id

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
        """Whole rupiah by year, all sources together: each year's indicative amounts, else its ceilings."""
        factor = self.factor(draft)
        made: dict[int, int] = {}
        for figure in ("ceiling", "indicative"):
            sums: Counter[int] = Counter()
            for (year, _, what), each in amounts.items():
                if what == figure:
                    sums[year] += self._amount(each, factor)
            made |= sums
        return dict(sorted(made.items()))

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
