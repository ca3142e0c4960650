"""What an import would change in programmes that the plan has already: before and after, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.base import Message, Rupiah
from desktop.base.message import Param
from desktop.exchange.columns import bare
from desktop.exchange.drafts import IndicatorDraft, ProgrammeDraft
from desktop.exchange.taking_over import Figures, indicator_of
from desktop.workspace.plan import Indicator, Plan, Programme


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure or word that changes."""

    programme: Programme
    message: Message


def differences(
    drafts: Mapping[str, tuple[ProgrammeDraft, Programme]], figures: Figures, plan: Plan
) -> Iterator[Difference]:
    """Every difference between the list and the plan, programme by programme."""
    for draft, programme in drafts.values():
        said = programme.title.read(plan.source_language)
        for message in _of_programme(draft, programme, figures):
            values = {**message.params, "programme": said}
            yield Difference(programme, Message(message.id, **values))


def _of_programme(draft: ProgrammeDraft, programme: Programme, figures: Figures) -> Iterator[Message]:
    if bare(draft.title) not in {bare(text) for text in programme.title.values.values()}:
        yield Message("exchange.differs.title", new=draft.title)
    if draft.code and draft.code != programme.code:
        yield Message("exchange.differs.code", old=programme.code or "-", new=draft.code)
    lines = {(line.year, line.source): line for line in programme.budget}
    for (year, source), values in sorted(figures.money(draft).items()):
        line = lines.get((year, source))
        for figure, new in values.items():
            old = getattr(line, figure) if line else None
            if old != new:
                yield Message("exchange.differs.budget", year=str(year), old=_rupiah(old), new=Rupiah(new))
    for indicator in draft.indicators.values():
        yield from _of_indicator(indicator, indicator_of(programme, indicator.name))
    titles = {bare(text) for each in programme.activities for text in each.title.values.values()}
    new_ones = [each for each in figures.activities(draft) if bare(each.title) not in titles]
    if new_ones:
        yield Message("exchange.differs.activities", n=len(new_ones), first=new_ones[0].title)


def _of_indicator(draft: IndicatorDraft, known: Indicator | None) -> Iterator[Message]:
    if known is None:
        yield Message("exchange.differs.indicator", indicator=draft.name)
        return
    if draft.baseline is not None and draft.baseline != known.baseline:
        yield Message(
            "exchange.differs.baseline", indicator=draft.name, old=_value(known.baseline), new=draft.baseline
        )
    targets = {each.year: each.target for each in known.targets}
    for year, value in sorted(draft.targets.items()):
        if targets.get(year) != value:
            yield Message(
                "exchange.differs.target",
                indicator=draft.name,
                year=str(year),
                old=_value(targets.get(year)),
                new=value,
            )


def _rupiah(value: int | None) -> Param:
    return "-" if value is None else Rupiah(value)


def _value(value: Decimal | None) -> Param:
    return "-" if value is None else value
