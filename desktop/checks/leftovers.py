"""Is anything kept from an earlier guideline that has no place in the present one?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule
from desktop.guideline.pack import PageRef, Rule
from desktop.workspace.moving.slots import fallen
from desktop.workspace.plan import Place

LEFTOVER = PageRef(page="leftover")


@check_rule("leftovers")
def leftovers(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """What fell away in a move was looked at: some of it may belong elsewhere now."""
    count = fallen(reading.plan)
    if count:
        yield Hit(Message("checks.leftovers", n=count), Place("guideline", item="leftover"), LEFTOVER)
