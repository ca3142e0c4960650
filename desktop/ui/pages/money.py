"""A programme's money in figures, and in words where its figures disagree."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.base import Message, Rupiah
from desktop.checks.action_plan import of_activities
from desktop.checks.budget import planned
from desktop.workspace.plan import BudgetLine, Programme

FIGURES = {
    "indicative": Message("ui.budget.indicative"),
    "ceiling": Message("ui.budget.ceiling"),
    "realised": Message("ui.budget.realised"),
}
"""The three figures of a budget line, in the order in which they come to be known."""


def stated(line: BudgetLine) -> bool:
    """Whether a line says any amount; one that says none is no money and claims no year."""
    return any(getattr(line, figure) is not None for figure in FIGURES)


def of_lines(programme: Programme) -> int:
    """The sum of the lines as they are planned, in whole rupiah."""
    return sum(map(planned, programme.budget))


def money(programme: Programme) -> int:
    """What a programme costs: its stated total, else the sum of its lines, in whole rupiah."""
    return of_lines(programme) if programme.total_budget is None else programme.total_budget


def disagreeing(programme: Programme, lines: int | None = None) -> Iterable[Message]:
    """Where the programme's own sums disagree; ``lines`` is their sum while somebody types."""
    lines = of_lines(programme) if lines is None else lines
    total = programme.total_budget
    if total is not None and total != lines:
        yield Message(
            "ui.budget.differs", lines=Rupiah(lines), stated=Rupiah(total),
            difference=Rupiah(abs(total - lines)),
        )  # fmt: skip
    activities, whole = of_activities(programme), lines if total is None else total
    if activities is not None and activities > whole:
        yield Message(
            "ui.budget.activities_differ", activities=Rupiah(activities), programme=Rupiah(whole),
            difference=Rupiah(activities - whole),
        )  # fmt: skip


def over(figure: str, amounts: dict[str, int | None]) -> Message | None:
    """Whether one of a cell's three figures is above the one it must stay within."""
    limit = {"ceiling": "indicative", "realised": "ceiling"}.get(figure)
    if limit is None:
        return None
    amount, most = amounts.get(figure), amounts.get(limit)
    if amount is None or most is None or amount <= most:
        return None
    figures = {"amount": Rupiah(amount), "limit": Rupiah(most), "difference": Rupiah(amount - most)}
    if figure == "ceiling":
        return Message("ui.budget.over_indicative", **figures)
    return Message("ui.budget.over_ceiling", **figures)
