"""Money as charts: by year with the sources on top of each other, and what each dimension has of it."""

from __future__ import annotations

from decimal import Decimal

from desktop.base import Message
from desktop.books.charted import Amount, Layer, Share, Shares, Stacked
from desktop.books.composer import Composer
from desktop.books.scales import Money
from desktop.books.words import EMPTY
from desktop.checks.totals import Line, Totals
from desktop.workspace.moving.slots import funding_called


def _totals(to: Composer, only: str, figure: str) -> Totals:
    """The sums of all programmes, of one dimension's, or of those of an agency's copy."""
    found = tuple(each for each in to.programmes if not only or each.dimension == only)
    return Totals(to.plan, to.pack, figure, programmes=found)


def stacked_chart(to: Composer, only: str = "", figure: str = "indicative") -> Stacked | None:
    """Money by year and source; None while none is stated."""
    totals = _totals(to, only, figure)
    lines = [line for line in totals.by("source") if any(amount > 0 for amount in line.years.values())]
    if not lines:
        return None
    years = totals.years
    sums = [sum(max(0, line.years.get(year, 0)) for line in lines) for year in years]
    money = Money(to.words, sums)
    layers = []
    for line in lines:
        values = tuple(max(0, line.years.get(year, 0)) for year in years)
        layers.append(Layer(_source(to, line), values, money.text(sum(values))))
    texts = tuple(map(money.text, sums))
    return Stacked(tuple(map(str, years)), tuple(layers), texts, money.axis(max(sums)))


def _source(to: Composer, line: Line) -> str:
    known = next((each.label for each in to.pack.planning.funding if each.id == line.key), None)
    if known is not None:
        return to.words.local(known)
    return to.words.local(funding_called(to.plan, line.key)) if line.key else EMPTY


def shares_chart(to: Composer, figure: str = "indicative") -> Shares | None:
    """What each dimension has; those without any money stand in it as well. None while none is stated."""
    sums = {line.key: line.whole for line in _totals(to, "", figure).by("dimension")}
    named = [(key, name) for key, name, found in to.by_dimension() if found or key]
    known = {key for key, _ in named if key}
    # programmes of a dimension that this guideline does not have stand among those without one
    sums[""] = sum(amount for key, amount in sums.items() if key not in known)
    amounts = [(name, max(0, sums.get(key, 0))) for key, name in named]
    whole = sum(amount for _, amount in amounts)
    if whole <= 0:
        return None
    money = Money(to.words, (amount for _, amount in amounts))
    shares = tuple(
        Share(name, Amount(float(amount), money.text(amount)), percent(to, amount, whole))
        for name, amount in amounts
    )
    return Shares(shares, money.unit)


def percent(to: Composer, part: int, whole: int) -> str:
    """A share to one decimal with its sign."""
    value = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"))
    return f"{to.words.number(value)}%"


def budget_charts(to: Composer, only: str = "") -> None:
    """Both as figures; of one dimension the first alone."""
    stacked = stacked_chart(to, only)
    if stacked is not None:
        caption = to.words.say(Message("books.chart.stacked"))
        target = "/".join(filter(None, ("figure/budget", only)))
        to.figure(caption, stacked, target=target, description=stacked_told(to, stacked))
    shares = None if only else shares_chart(to)
    if shares is not None and len(shares.shares) > 1:
        caption = to.words.say(Message("books.chart.shares"))
        to.figure(caption, shares, target="figure/budget/dimension", description=shares_told(to, shares))


def stacked_told(to: Composer, chart: Stacked) -> str:
    """The sum, the year and the source with most."""
    sums = [chart.total(column) for column in range(len(chart.columns))]
    whole = sum(sums)
    money = Money(to.words, (whole,))
    first = to.words.say(Message("books.chart.whole", amount=money.full(whole)))
    most = max(range(len(sums)), key=lambda place: sums[place])
    layer = max(chart.layers, key=lambda each: sum(each.values))
    share = percent(to, sum(layer.values), whole)
    parts = [first]
    if len([amount for amount in sums if amount]) > 1:
        amount = Money(to.words, (sums[most],)).full(sums[most])
        parts.append(to.words.say(Message("books.chart.most_in", year=chart.columns[most], amount=amount)))
    parts.append(to.words.say(Message("books.chart.most_from", source=layer.name, percent=share)))
    return " ".join(parts)


def shares_told(to: Composer, chart: Shares) -> str:
    """The dimension with most, and those with nothing."""
    most = max(chart.shares, key=lambda share: share.amount.value)
    parts = [to.words.say(Message("books.chart.most_for", name=most.name, percent=most.percent))]
    without = [share.name for share in chart.shares if not share.amount.value]
    if without:
        parts.append(to.words.say(Message("books.chart.without_money", names="; ".join(without))))
    return " ".join(parts)
