"""Is each programme tied to the region's other plans: the RPJMD, the agency's Renstra?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, words
from desktop.checks.spots import called
from desktop.guideline.pack import Rule


@check_rule("programme_answered", yields_to=("required_answers",))
def programme_answered(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every programme answers the ``extra`` fields that the guideline asks about programmes.

    Evaluators look for smart-city programmes in the RPJMD and in each agency's Renstra (facts.md 0.5, 9).
    """
    chosen = words(rule, "extra")
    for programme in reading.plan.programmes:
        for asked in reading.in_programme(programme):
            if asked.field.id in chosen and not asked.answered(reading.source):
                message = Message(
                    "checks.programme_answered", field=asked.field.label, programme=called(programme.title)
                )
                yield Hit(message, asked.place(reading.source), asked.spot.page)
