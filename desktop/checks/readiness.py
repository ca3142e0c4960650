"""How ready is the region? The rated items of the readiness worksheet, and their shares for the radar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from desktop.base import LocalText, Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Asked, Reading, reading_of
from desktop.checks.recap import speaking
from desktop.checks.registry import check_rule, flag
from desktop.checks.spots import CellSpot
from desktop.guideline.pack import Choice, Pack, Rule
from desktop.workspace.plan import Plan


@check_rule("readiness_rated", yields_to=("required_answers",))
def readiness_rated(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every readiness item is rated; with ``condition`` its condition is described as well."""
    readiness = reading.pack.readiness
    worksheet = reading.worksheets.get(readiness.worksheet) if readiness else None
    if readiness is None or worksheet is None:
        return
    wanted = {readiness.rating, readiness.condition} if flag(rule, "condition") else {readiness.rating}
    for asked in reading.in_worksheet(worksheet):
        if asked.field.id in wanted and not asked.material and not asked.answered(reading.source):
            message = Message("checks.readiness_rated", where=asked.spot.where())
            yield Hit(message, asked.place(reading.source), asked.spot.page)


@dataclass(frozen=True, slots=True)
class ComponentScore:
    """One component of readiness: how many of its items have which rating.

    ``mean`` is the mean score of the rated items on the guideline's scale, rounded half up to two
    decimals; None while nothing is rated or the ratings carry no score. ``counts`` is by choice id, in the
    guideline's order.
    """

    id: str
    label: LocalText
    items: int
    rated: int
    mean: Decimal | None
    counts: Mapping[str, int]

    def share(self, choice: str) -> Decimal:
        """How much of the rated items has this rating, in percent with one decimal."""
        if not self.rated:
            return Decimal(0)
        return _rounded(Fraction(self.counts.get(choice, 0) * 100, self.rated), "0.1")


@dataclass(frozen=True, slots=True)
class ReadinessScores:
    """The readiness of a region: each component (for the radar), and all items together."""

    choices: tuple[Choice, ...]
    least: int
    most: int
    """The ends of the scale: the lowest and highest score of the guideline's ratings."""
    components: tuple[ComponentScore, ...]
    overall: ComponentScore


def readiness_scores(plan: Plan, pack: Pack) -> ReadinessScores | None:
    """The ratings of the readiness worksheet by component; None when the guideline has no such worksheet.

    Where agencies answer too, the region's own rating counts; an item it left open counts once for each
    agency that rated it. The scale is the guideline's own
    (good/moderate/poor in 2017-2023; facts.md 3.1 knows no weights).
    """
    reading = reading_of(plan, pack)
    readiness = pack.readiness
    worksheet = reading.worksheets.get(readiness.worksheet) if readiness else None
    rating = (
        next((column for column in worksheet.columns if column.id == readiness.rating), None)
        if (worksheet and readiness)
        else None
    )
    if worksheet is None or rating is None:
        return None
    by_group: dict[str, list[str]] = {group.id: [] for group in worksheet.groups}
    known = {row.id for row in speaking(worksheet, reading.rows(worksheet))}
    answered = {row.fixed for row in reading.rows(worksheet) if row.id in known and row.agency}
    for asked in reading.in_worksheet(worksheet):
        if asked.field.id == rating.id and _speaks(asked, known, answered):
            by_group.setdefault(_group(asked), []).append(str(asked.value or ""))
    labels = {group.id: group.label for group in worksheet.groups}
    scores = [choice.score for choice in rating.choices if choice.score is not None]
    components = tuple(
        _component(id, labels.get(id, LocalText()), values, rating.choices)
        for id, values in by_group.items()  # noqa: A001 - the field's own word
        if values or id in labels
    )
    everything = [value for values in by_group.values() for value in values]
    return ReadinessScores(
        rating.choices,
        min(scores, default=0),
        max(scores, default=0),
        components,
        _component("", LocalText(), everything, rating.choices),
    )


def _speaks(asked: Asked, known: set[str], answered: set[str]) -> bool:
    """Whether a rating is the region's, or an agency's that stands in for it."""
    spot = asked.spot
    if not isinstance(spot, CellSpot):
        return True
    if spot.row is None:
        return spot.fixed is None or spot.fixed.id not in answered
    return spot.row.id in known and (bool(spot.row.agency) or spot.row.fixed not in answered)


def _group(asked: Asked) -> str:
    fixed = asked.spot.fixed if isinstance(asked.spot, CellSpot) else None
    return fixed.group if fixed else ""


def _component(id: str, label: LocalText, values: list[str], choices: tuple[Choice, ...]) -> ComponentScore:  # noqa: A002
    there = Counter(values)
    counts = {choice.id: there[choice.id] for choice in choices}
    scored = [(choice.score, counts[choice.id]) for choice in choices if choice.score is not None]
    weight = sum(count for _, count in scored)
    total = sum(score * count for score, count in scored)
    mean = _rounded(Fraction(total, weight), "0.01") if weight else None
    return ComponentScore(id, label, len(values), sum(counts.values()), mean, counts)


def _rounded(value: Fraction, step: str) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(step), ROUND_HALF_UP)
