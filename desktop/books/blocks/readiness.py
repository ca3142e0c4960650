"""Readiness: the radar over the guideline's components, and how many items are rated how."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Radar, Row, Series
from desktop.books.words import EMPTY, listed
from desktop.checks.assessment import Assessed, Assessment, readiness_assessment, rounded
from desktop.checks.ratings import shown
from desktop.checks.recap import speaking
from desktop.guideline.pack import Block, Choice, Field, Worksheet
from desktop.workspace.choices import choice_name
from desktop.workspace.groundwork import SCORERS

_LEAST_AXES, _MOST_AXES = 3, 12


@dataclass(frozen=True, slots=True)
class Component:
    """Readiness items, or one, with the ratings their rows were given (choice ids; "" = none)."""

    label: str
    ratings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """The readiness worksheet as ratings."""

    sheet: Worksheet
    choices: tuple[Choice, ...]
    groups: tuple[Component, ...]
    items: tuple[Component, ...]

    def score(self, component: Component) -> Fraction | None:
        """The mean score of what is rated; None when nothing is."""
        scores = {choice.id: choice.score for choice in self.choices}
        known = [s for rating in component.ratings if (s := scores.get(rating)) is not None]
        return Fraction(sum(known), len(known)) if known else None


def rated(to: Composer, column: str = "") -> Rated | None:
    """The readiness worksheet, if the guideline has one with a scale; by another of its columns if named."""
    readiness = to.pack.readiness
    sheet = to.guide.worksheet(readiness.worksheet) if readiness else None
    if readiness is None or sheet is None:
        return None
    by = column or readiness.rating
    found: Field | None = next((c for c in sheet.columns if c.id == by), None)
    if found is None or not any(choice.score for choice in found.choices):
        return None
    given: dict[str, list[str]] = {}
    for row in speaking(sheet, to.plan.rows.get(sheet.id, ())):
        cell = row.cells.get(by)
        if row.fixed and cell is not None and isinstance(cell.value, str):
            given.setdefault(row.fixed, []).append(cell.value)
    items = tuple(
        Component(to.words.local(fixed.label), tuple(given.get(fixed.id, [""]))) for fixed in sheet.fixed_rows
    )
    groups = tuple(
        Component(
            to.words.local(group.label),
            tuple(
                r for fixed in sheet.fixed_rows if fixed.group == group.id for r in given.get(fixed.id, [""])
            ),
        )
        for group in sheet.groups
    )
    return Rated(sheet, found.choices, groups, items)


def radar_chart(to: Composer) -> Radar | None:
    """The radar alone: an axis for each component; for each item where there are too few components."""
    found = rated(to)
    if found is None:
        return None
    axes = found.groups if len(found.groups) >= _LEAST_AXES else found.items
    if not _LEAST_AXES <= len(axes) <= _MOST_AXES:
        return None
    by_score = {choice.score: to.words.local(choice.label) for choice in found.choices if choice.score}
    maximum = max(by_score)
    scores = tuple(None if (s := found.score(axis)) is None else float(s) for axis in axes)
    series = [Series(to.words.say(Message("books.readiness.self")), scores)]
    series += _others(to, found, axes is found.groups)
    rings = tuple(by_score.get(score, str(score)) for score in range(1, maximum + 1))
    return Radar(tuple(axis.label for axis in axes), tuple(series), maximum, rings)


def _others(to: Composer, own: Rated, by_group: bool) -> list[Series]:  # noqa: FBT001 - what the axes are
    """What others gave (an assessor): further columns of the same scale, once anything stands in them."""
    found: list[Series] = []
    rating = to.pack.readiness.rating if to.pack.readiness else ""
    for column in own.sheet.columns:
        others = rated(to, column.id) if column.id != rating and column.choices else None
        if others is None or {c.score for c in others.choices} != {c.score for c in own.choices}:
            continue
        axes = others.groups if by_group else others.items
        scores = tuple(None if (s := others.score(axis)) is None else float(s) for axis in axes)
        if any(score is not None for score in scores):
            found.append(Series(to.words.local(column.label), scores))
    return [*found, *_scorers(to, by_group)]


def _scorers(to: Composer, by_group: bool) -> list[Series]:  # noqa: FBT001 - what the axes are
    """What assessors, evaluators and mentors gave, once any of them gave anything."""
    assessed = readiness_assessment(to.plan, to.pack) if to.plan.scores else None
    if assessed is None:
        return []
    found = []
    for who in SCORERS:
        given = (
            [section.mean(who) for section in assessed.sections]
            if by_group
            else [item.value(who) for item in assessed.items]
        )
        scores = tuple(None if score is None else float(score) for score in given)
        if any(score is not None for score in scores):
            found.append(Series(to.words.say(choice_name("score", who)), scores))
    return found


def assessment(to: Composer, _block: Block) -> None:
    """Every item with the region's rating beside the assessor's, and how far they differ."""
    found = readiness_assessment(to.plan, to.pack)
    whose = [who for who in SCORERS if found and any(who in item.others for item in found.items)]
    if found is None or not whose:
        to.note(Message("books.assessment.none"))
        return
    say = to.words.say
    columns = (
        Column(say(Message("books.assessment.item")), width=2.0),
        Column(say(Message("books.readiness.self")), width=0.8),
        *(Column(say(choice_name("score", who)), width=0.8) for who in whose),
        Column(say(Message("books.assessment.difference")), "right", 0.7),
        Column(say(Message("books.assessment.note")), width=1.6),
    )
    rows: list[Row] = []
    for section in found.sections:
        rows.append(Row(((Run(to.words.local(section.title)),),), "group"))
        rows += [Row(_assessed(to, found, item, whose)) for item in section.items]
    to.table(say(Message("books.assessment.caption")), columns, rows, target="table/assessment")


def _assessed(to: Composer, found: Assessment, item: Assessed, whose: list[str]) -> tuple[Line, ...]:
    language = to.words.language
    others = [item.others.get(who) for who in whose]
    differences = [d for who in whose if (d := item.difference(who)) is not None]
    largest = max(differences, key=abs, default=None)
    notes = listed(score.note for score in others if score is not None and score.note)
    return (
        (Run(to.words.local(item.label)),),
        (Run(shown(found, item.own, language) or EMPTY),),
        *((Run((shown(found, score.value, language) if score else "") or EMPTY),) for score in others),
        (Run(EMPTY if largest is None else to.words.number(rounded(largest))),),
        (Run(notes or EMPTY),),
    )


def readiness_radar(to: Composer, _block: Block) -> None:
    """The radar as a figure."""
    chart = radar_chart(to)
    if chart is None or all(value is None for value in chart.series[0].values):
        to.note(Message("books.readiness.none"))
        return
    caption = to.words.say(Message("books.readiness.caption"))
    to.figure(caption, chart, target="figure/readiness", description=radar_told(to, chart))


def radar_told(to: Composer, chart: Radar) -> str:
    """The scores in words, axis by axis."""
    say = to.words.say
    told = []
    for axis, name in enumerate(chart.axes):
        given = [(series.name, series.values[axis]) for series in chart.series]
        scores = [
            (who, to.words.number(rounded(Fraction(value)))) for who, value in given if value is not None
        ]
        said = listed(f"{who} {score}" if len(chart.series) > 1 else score for who, score in scores)
        told.append(f"{name}: {said}")
    scale = Message("books.readiness.scale", most=str(chart.maximum), scores="; ".join(told))
    return say(scale)


def readiness_shares(to: Composer, _block: Block) -> None:
    """How many items of each component are rated how, and the mean score."""
    found = rated(to)
    if found is None:
        to.note(Message("books.readiness.none"))
        return
    say = to.words.say
    columns = (
        Column(say(Message("books.readiness.component")), width=1.6),
        *(Column(to.words.local(choice.label), "right", 0.8) for choice in found.choices),
        Column(say(Message("books.readiness.unrated")), "right", 0.8),
        Column(say(Message("books.readiness.mean")), "right", 0),
    )
    components = found.groups or found.items
    rows = [_row(to, found, component) for component in components]
    everything = Component(say(Message("books.total")), tuple(r for c in components for r in c.ratings))
    rows.append(Row(_row(to, found, everything).cells, "total"))
    to.table(say(Message("books.readiness.shares")), columns, rows, target="table/readiness")


def _row(to: Composer, found: Rated, component: Component) -> Row:
    total = len(component.ratings)
    known = {choice.id for choice in found.choices}
    counts = [component.ratings.count(choice.id) for choice in found.choices]
    cells: list[Line] = [(Run(component.label),)]
    cells += [(Run(_share(to, count, total)),) for count in counts]
    cells.append((Run(_share(to, sum(1 for r in component.ratings if r not in known), total)),))
    score = found.score(component)
    mean = (
        None
        if score is None
        else (Decimal(score.numerator) / Decimal(score.denominator)).quantize(Decimal("0.01"))
    )
    cells.append((Run(to.words.number(mean)),))
    return Row(tuple(cells))


def _share(to: Composer, count: int, total: int) -> str:
    percent = round(Decimal(100 * count) / Decimal(total)) if total else 0
    return f"{to.words.number(count)} ({percent}%)"
