"""Ratings as people type and read them: ``2``, ``sedang``, ``3,5``; the steps of a scale in words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop.base import Language, Message, RancangError
from desktop.base.speech import number
from desktop.checks.assessment import Assessment


class UnfitRating(RancangError):
    """What was typed is no step of the scale."""

    def __init__(self, said: str, scale: Message) -> None:
        super().__init__(Message("checks.rating.unfit", said=said, scale=scale))


def read_rating(found: Assessment, said: str) -> str:
    """A rating as it is kept: a choice id or a number as text; empty takes it back. Raises UnfitRating.

    A choice may be given by id, by its name in any language, or by its score; a number with comma or point.
    """
    text = said.strip()
    if not text or text == "-":
        return ""
    if found.choices:
        wanted = text.casefold()
        for choice in found.choices:
            names = {choice.id.casefold(), *(each.casefold() for each in choice.label.texts.values())}
            if wanted in names or (choice.score is not None and text == str(choice.score)):
                return choice.id
        raise UnfitRating(said[:40], scale(found))
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise UnfitRating(said[:40], scale(found)) from None
    if not value.is_finite() or not found.least <= value <= found.most or -value.as_tuple().exponent > 2:  # type: ignore[operator]  # finite: a number
        raise UnfitRating(said[:40], scale(found))
    return format(value, "f")


def scale(found: Assessment) -> Message:
    """The steps of a scale in words, as a sentence about a rating needs them."""
    if not found.choices:
        return Message("checks.rating.numbers", least=found.least, most=found.most)
    said: Message | None = None
    for choice in sorted(found.choices, key=lambda each: each.score or 0):
        one = Message("checks.rating.step", score=str(choice.score or ""), name=choice.label)
        said = one if said is None else Message("checks.rating.steps", one=said, other=one)
    return said if said is not None else Message("checks.rating.no_scale")


def shown(found: Assessment, said: str, language: Language) -> str:
    """A rating as people read it."""
    for choice in found.choices:
        if choice.id == said:
            return choice.label.read(language.value)
    try:
        return number(Decimal(said), language) if said else ""
    except InvalidOperation:
        return said


def whole(found: Assessment, value: str) -> int:
    """A rating of an item that takes whole numbers only. Raises UnfitRating."""
    kept = Decimal(value)
    if kept != kept.to_integral_value():
        raise UnfitRating(value, scale(found))
    return int(kept)
