"""Does each programme say what it is, who leads it, and is it there only once?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import PROGRAMME_TEXTS, Reading
from desktop.checks.registry import check_rule, words
from desktop.checks.spots import FIELD_NAMES, ProgrammeSpot, called
from desktop.checks.words import bare, says_nothing
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Programme

NEEDED = ("title", "dimension", "sub_dimension", "lead", "service", "before", "after", "served", "years")
"""What a programme needs when the rule does not say otherwise (product.md, step 7)."""


@check_rule("programme_complete", yields_to=("required_answers",))
def programme_complete(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every programme has the fields a reader needs to understand it.

    ``fields`` chooses among title, dimension, sub_dimension, lead, service, before, after, served,
    technology, years, budget, indicator, code; without it :data:`NEEDED`.
    """
    fields = words(rule, "fields") or NEEDED
    for programme in reading.plan.programmes:
        for field in missing_fields(reading, programme, fields):
            spot = ProgrammeSpot(programme, field)
            language = reading.source if field in PROGRAMME_TEXTS else ""
            message = Message(
                "checks.programme_complete", programme=called(programme.title), field=FIELD_NAMES[field]
            )
            yield Hit(message, spot.place(language), spot.page)


def missing_fields(reading: Reading, programme: Programme, fields: tuple[str, ...] = NEEDED) -> list[str]:
    """Which of the fields a programme lacks; ``years`` stands for its two years."""
    single = [
        name for field in fields for name in (("start_year", "end_year") if field == "years" else (field,))
    ]
    return [name for name in single if _lacks(reading, programme, name)]


def _lacks(reading: Reading, programme: Programme, field: str) -> bool:
    if field in PROGRAMME_TEXTS:
        return says_nothing(getattr(programme, field).values.get(reading.source, ""))
    dimension = reading.dimensions.get(programme.dimension)
    match field:
        case "dimension":
            return dimension is None
        case "sub_dimension":
            known = {sub.id for sub in dimension.sub_dimensions} if dimension else set()
            return bool(known) and programme.sub_dimension not in known
        case "start_year" | "end_year":
            return getattr(programme, field) is None
        case "budget":
            # A line that states no figure says nothing of money.
            return all(
                figure is None
                for line in programme.budget
                for figure in (line.indicative, line.ceiling, line.realised)
            )
        case "indicator":
            return not programme.indicators
        case "lead" | "code":
            return not getattr(programme, field)
        case _:
            return False


@check_rule("agency_lead_missing", yields_to=("programme_complete",))
def agency_lead_missing(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every programme is led by an agency that is in the plan's list of agencies."""
    for programme in reading.plan.programmes:
        if programme.lead not in reading.agencies:
            message = Message("checks.agency_lead_missing", programme=called(programme.title))
            spot = ProgrammeSpot(programme, "lead")
            yield Hit(message, spot.place(), spot.page)


@check_rule("duplicate_programme")
def duplicate_programme(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """No two programmes of one dimension have the same title (case, spaces and punctuation aside)."""
    same: dict[tuple[str, str], list[Programme]] = defaultdict(list)
    for programme in reading.plan.programmes:
        title = bare(programme.title.read(reading.source))
        if title:
            same[programme.dimension, title].append(programme)
    for programmes in same.values():
        for programme in programmes[1:]:
            message = Message("checks.duplicate_programme", programme=called(programme.title))
            spot = ProgrammeSpot(programme, "title")
            yield Hit(message, spot.place(reading.source), spot.page)
