"""Does the plan reach every dimension and sub-dimension?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number, words
from desktop.checks.spots import PROGRAMMES
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Place


@check_rule("dimension_has_programme")
def dimension_has_programme(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every dimension of the guideline (or of ``dimension(s)``) has at least ``min`` (1) programmes."""
    chosen = words(rule, "dimension", "dimensions")
    least = number(rule, "min", 1)
    there = Counter(programme.dimension for programme in reading.plan.programmes)
    for dimension in reading.pack.dimensions:
        if there[dimension.id] < least and (not chosen or dimension.id in chosen):
            message = Message(
                "checks.dimension_has_programme", dimension=dimension.name, n=least, there=there[dimension.id]
            )
            yield Hit(message, Place("programme", field="dimension", item=dimension.id), PROGRAMMES)


@check_rule("sub_dimension_covered")
def sub_dimension_covered(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every sub-dimension has at least ``min`` (1) programmes.

    Silent about a dimension without any programme: that is one remark, not four.
    """
    least = number(rule, "min", 1)
    chosen = words(rule, "dimension", "dimensions")
    dimensions = {programme.dimension for programme in reading.plan.programmes}
    there = Counter((programme.dimension, programme.sub_dimension) for programme in reading.plan.programmes)
    for dimension in reading.pack.dimensions:
        if dimension.id not in dimensions or (chosen and dimension.id not in chosen):
            continue
        for sub in dimension.sub_dimensions:
            if there[dimension.id, sub.id] < least:
                message = Message(
                    "checks.sub_dimension_covered", sub_dimension=sub.name, dimension=dimension.name
                )
                place = Place("programme", field="sub_dimension", item=f"{dimension.id}.{sub.id}")
                yield Hit(message, place, PROGRAMMES)
