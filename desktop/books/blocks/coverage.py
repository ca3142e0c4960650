"""Which sub-dimensions have programmes and money, and which have none: the map of the guideline."""

from __future__ import annotations

from desktop.base import Message
from desktop.books.blocks.money import programme_total
from desktop.books.charted import Area, AreaGroup, Coverage
from desktop.books.composer import Composer
from desktop.books.scales import Money


def coverage_chart(to: Composer) -> Coverage | None:
    """The map; None where the guideline has no sub-dimensions or the plan no programmes."""
    if not to.programmes or not any(each.sub_dimensions for each in to.pack.dimensions):
        return None
    counts: dict[str, int] = {}
    sums: dict[str, int] = {}
    for programme in to.programmes:
        key = programme.sub_dimension
        counts[key] = counts.get(key, 0) + 1
        amount = programme_total(programme)
        if amount is not None:
            sums[key] = sums.get(key, 0) + max(0, amount)
    groups = tuple(
        AreaGroup(
            to.words.local(dimension.name),
            tuple(
                Area(
                    to.words.local(sub.name),
                    counts.get(sub.id, 0),
                    sums.get(sub.id),
                    _told(to, counts.get(sub.id, 0), sums.get(sub.id)),
                )
                for sub in dimension.sub_dimensions
            ),
        )
        for dimension in to.pack.dimensions
        if dimension.sub_dimensions
    )
    most = max((area.money or 0 for group in groups for area in group.areas), default=0)
    return Coverage(groups, _key(to), most)


def _key(to: Composer) -> tuple[str, ...]:
    return tuple(
        to.words.say(message)
        for message in (
            Message("books.coverage.gap"),
            Message("books.coverage.no_money"),
            Message("books.coverage.little"),
            Message("books.coverage.middle"),
            Message("books.coverage.much"),
        )
    )


def _told(to: Composer, programmes: int, amount: int | None) -> str:
    if not programmes:
        return to.words.say(Message("books.coverage.gap"))
    count = to.words.say(Message("books.coverage.count", n=programmes))
    if not amount:
        return count
    return f"{count} · {Money(to.words, (amount,)).full(amount)}"


def coverage(to: Composer) -> None:
    """The map as a figure."""
    chart = coverage_chart(to)
    if chart is not None:
        caption = to.words.say(Message("books.coverage.caption"))
        to.figure(caption, chart, target="figure/coverage", description=coverage_told(to, chart))


def coverage_told(to: Composer, chart: Coverage) -> str:
    """How many sub-dimensions have a programme, and which have none."""
    areas = [area for group in chart.groups for area in group.areas]
    gaps = [area.name for area in areas if not area.programmes]
    counted = Message("books.coverage.covered", covered=len(areas) - len(gaps), all=len(areas))
    parts = [to.words.say(counted)]
    if gaps:
        parts.append(to.words.say(Message("books.coverage.gaps", names="; ".join(gaps))))
    unpaid = [area.name for area in areas if area.programmes and not area.money]
    if unpaid:
        parts.append(to.words.say(Message("books.coverage.unpaid", names="; ".join(unpaid))))
    outside = sum(1 for each in to.programmes if to.guide.sub_dimension(each.sub_dimension) is None)
    if outside:
        parts.append(to.words.say(Message("books.coverage.outside", n=outside)))
    return " ".join(parts)
