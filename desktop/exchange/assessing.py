"""Writing ratings: the region's own into its answers, others' beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import clock
from desktop.checks.assessment import READINESS, Assessed, Assessment
from desktop.checks.ratings import whole
from desktop.workspace.groundwork import SCORERS

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.author import Author
    from desktop.workspace.operation import Operation

OWN = "own"
WHO = (OWN, *SCORERS)
"""Whose ratings there are: the region's own, then everybody who may score it."""


def rate(
    op: Operation, pack: Pack, found: Assessment, item: Assessed, who: str, value: str, author: Author
) -> None:
    """Write one rating; ``value`` as :func:`read_rating` gives it."""
    if who != OWN:
        at = clock.now().isoformat(timespec="seconds")
        op.insert("score", item=item.item, scope=item.scope, by=who, value=value, author=author.name, at=at)
    elif found.kind == READINESS:
        readiness = pack.readiness
        if readiness is not None:
            row = op.fixed_row(readiness.worksheet, item.id)
            op.cell(row, readiness.rating, value or None)
    else:
        kept: str | int | None = value or None
        field = next(
            each for section in (pack.evaluation.sections if pack.evaluation else ())
            for each in section.fields if each.id == item.id
        )  # fmt: skip
        if kept is not None and field.type == "integer":
            kept = whole(found, value)
        op.answer(item.item, kept, policy=field.policy)


def remark(op: Operation, item: Assessed, who: str, note: str, author: Author) -> None:
    """Write why somebody else rates an item so."""
    at = clock.now().isoformat(timespec="seconds")
    op.insert("score", item=item.item, scope=item.scope, by=who, note=note, author=author.name, at=at)
