"""Units and ticks of charts: large sums in billions or millions of rupiah, numbers that fit a label."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from desktop.base import Message
from desktop.books.charted import Amount, Axis
from desktop.books.words import Words

_UNITS: tuple[tuple[int, Message | None], ...] = (
    (10**12, Message("books.scale.trillions")),
    (10**9, Message("books.scale.billions")),
    (10**6, Message("books.scale.millions")),
    (10**3, Message("books.scale.thousands")),
    (1, None),
)
_NUMBERS = (
    (10**12, Message("books.scale.trillions")),
    (10**9, Message("books.scale.billions")),
    (10**6, Message("books.scale.millions")),
)
_TICKS = 5
_DIGITS, _SMALLEST = 5, 6


class Money:
    """The unit of a chart of money: the largest that the largest amount reaches."""

    def __init__(self, words: Words, amounts: Iterable[int]) -> None:
        self._words = words
        most = max((abs(amount) for amount in amounts), default=0)
        self.scale, self._unit = next((each for each in _UNITS if most >= each[0]), _UNITS[-1])

    @property
    def unit(self) -> str:
        """The unit with the currency, for the title of an axis: *Rp miliar*."""
        if self._unit is None:
            return self._words.say(Message("books.unit.short_rupiah"))
        return self._words.say(Message("books.scale.unit", unit=self._unit))

    def text(self, amount: int) -> str:
        """An amount without its unit, to one decimal; what would round to nothing is told as less."""
        value = Decimal(amount) / self.scale
        rounded = value.quantize(Decimal("0.1")) if self.scale > 1 else value
        if amount and not rounded:
            return f"<{self._words.number(Decimal('0.1'))}"
        whole = rounded.to_integral_value()
        return self._words.number(int(whole) if rounded == whole else rounded)

    def full(self, amount: int) -> str:
        """An amount with its unit, for a sentence."""
        if self._unit is None:
            return self._words.money(amount)
        return self._words.say(Message("books.scale.money", amount=self.text(amount), unit=self._unit))

    def axis(self, most: int) -> Axis:
        """A scale from nothing to at least ``most``; its title is the unit."""
        return Axis(self.unit, tuple(self._ticks(most)))

    def _ticks(self, most: int) -> Iterable[Amount]:
        whole = Decimal(max(most, 1)) / self.scale
        step = _round_step(whole)
        count = max(1, math.ceil(whole / step))
        for number in range(count + 1):
            value = step * number
            whole = value.to_integral_value()
            said = self._words.number(int(whole) if value == whole else value.normalize())
            yield Amount(float(value * self.scale), said)


def _round_step(most: Decimal) -> Decimal:
    """One, two or five times a power of ten, of which at most :data:`_TICKS` make the whole."""
    step = Decimal(1).scaleb(most.adjusted() - 1)
    for factor in (1, 2, 5, 10, 20, 50):
        if step * factor * _TICKS >= most:
            return step * factor
    return step * 100


def short(words: Words, value: Decimal) -> str:
    """A number for a label: five digits that count, millions and more by name."""
    for scale, unit in _NUMBERS:
        if abs(value) >= scale:
            return words.say(Message("books.scale.number", number=_digits(words, value / scale), unit=unit))
    return _digits(words, value)


def _digits(words: Words, value: Decimal) -> str:
    if value == value.to_integral_value() and abs(value) < 10**15:
        return words.number(int(value))
    places = max(0, _DIGITS - 1 - max(value.adjusted(), 0))
    rounded = round(value, places) or round(value, _SMALLEST)
    if not rounded:
        return f"{value:.1e}".replace(".", _mark(words))
    text = words.number(rounded)
    mark = _mark(words)
    return text.rstrip("0").rstrip(mark) if mark in text else text


def _mark(words: Words) -> str:
    return words.number(Decimal("0.5"))[1]
