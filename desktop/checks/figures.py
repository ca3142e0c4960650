"""Are the region's figures stated, recent, with their source and evidence, and do the parts add up?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from desktop.base import LocalText, Message, Rupiah
from desktop.base.ids import derived_id
from desktop.checks.finding import Hit
from desktop.checks.offers import newest
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number
from desktop.checks.spots import FIGURES
from desktop.guideline.pack import Measure, Rule
from desktop.workspace.organisation import Figure
from desktop.workspace.plan import Place

OLDEST = 3
"""How many years a figure may be old where a rule does not say."""


@check_rule("figure_required")
def figure_required(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every figure the guideline requires is stated for some year, here or in the form that asks the same."""
    for measure in reading.pack.figures:
        if not measure.required or newest(reading.plan, measure.id) is not None:
            continue
        asked = reading.find(measure.item) if measure.item else None
        if asked is None or not asked.answered(reading.source):
            message = Message("checks.figure.required", measure=measure.label)
            yield Hit(message, _somewhere(reading, measure), FIGURES)


@check_rule("figure_source")
def figure_source(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every stated figure says where it is from: who published it, or which document."""
    for measure, figure in _stated(reading):
        if not figure.source.strip():
            message = Message("checks.figure.source", measure=measure.label, year=str(figure.year))
            yield Hit(message, Place("figure", figure.id, "source"), FIGURES)


@check_rule("figure_old")
def figure_old(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The newest figure of every measure is at most ``max_years`` (3) old."""
    most = number(rule, "max_years", OLDEST)
    for measure in reading.pack.figures:
        figure = newest(reading.plan, measure.id)
        if figure is not None and reading.today.year - figure.year > most:
            message = Message(
                "checks.figure.old", measure=measure.label, year=str(figure.year), n=most
            )  # fmt: skip
            yield Hit(message, Place("figure", figure.id, "value"), FIGURES)


@check_rule("figure_parts")
def figure_parts(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """The parts of a whole are together not more than the whole, year by year (APBD)."""
    for whole, year, parts in parts_of(reading.pack.figures, reading.plan.figures):
        said = _amount(whole.value)
        total = sum(parts, Decimal())
        if said is not None and total > said:
            measure = next(each for each in reading.pack.figures if each.id == whole.measure)
            message = Message(
                "checks.figure.parts", measure=measure.label, year=str(year),
                sum=_shown(measure, total), whole=_shown(measure, said),
            )  # fmt: skip
            yield Hit(message, Place("figure", whole.id, "value"), FIGURES)


@check_rule("figure_evidence")
def figure_evidence(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """The newest figure of a measure that requires evidence has a file, or the answer that it is taken to."""
    for measure in reading.pack.figures:
        figure = newest(reading.plan, measure.id)
        if measure.evidence != "required" or figure is None:
            continue
        places = [Place("figure", figure.id, "value")]
        places += [Place("answer", item=measure.item)] if measure.item else []
        if not any(map(reading.has_evidence, places)):
            message = Message("checks.figure.evidence", measure=measure.label, year=str(figure.year))
            yield Hit(message, places[0], FIGURES)


def parts_of(
    measures: tuple[Measure, ...], figures: tuple[Figure, ...]
) -> Iterator[tuple[Figure, int, list[Decimal]]]:
    """Every stated whole with its year and the stated amounts of its parts, if there are any."""
    wholes = {each.id: each.part_of for each in measures if each.part_of}
    parts: dict[tuple[str, int], list[Decimal]] = defaultdict(list)
    for figure in figures:
        amount = _amount(figure.value)
        if figure.measure in wholes and amount is not None:
            parts[wholes[figure.measure], figure.year].append(amount)
    for figure in figures:
        if (figure.measure, figure.year) in parts and figure.value.strip():
            yield figure, figure.year, parts[figure.measure, figure.year]


def _stated(reading: Reading) -> Iterator[tuple[Measure, Figure]]:
    measures = {each.id: each for each in reading.pack.figures}
    for figure in reading.plan.figures:
        if figure.measure in measures and figure.value.strip():
            yield measures[figure.measure], figure


def _somewhere(reading: Reading, measure: Measure) -> Place:
    """The cell of a measure's present year, which nobody has filled yet."""
    year = str(reading.today.year)
    return Place("figure", derived_id("figure", measure.id, year), "value", item=measure.id)


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _shown(measure: Measure, amount: Decimal) -> Rupiah | Decimal | LocalText:
    return Rupiah(int(amount)) if measure.type == "rupiah" else amount
