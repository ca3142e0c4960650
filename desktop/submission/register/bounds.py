"""What a plan of any region can hold at most; a signed one may hold anything, and all of it is kept.

What passes these bounds is no plan, and nothing of it is compared: a register that takes it in could not be
written, or not be read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from desktop.submission.plainly import plain

YEARS = range(1900, 2201)
LARGEST = 1 << 53
"""Rupiah, and any other whole number: what every program that reads a list counts without rounding."""
LONGEST = 2_000
"""Letters of one text."""
MOST = 20_000
"""Rows of one table."""
T = TypeVar("T")


class OutOfBounds(ValueError):
    """No plan of any region holds this."""


def year(value: int | None) -> int | None:
    """A calendar year, or nothing. Raises :class:`OutOfBounds`."""
    if value is not None and value not in YEARS:
        raise OutOfBounds
    return value


def number(value: int) -> int:
    """A whole number. Raises :class:`OutOfBounds`."""
    if abs(value) >= LARGEST:
        raise OutOfBounds
    return value


def amount(value: int | None) -> int | None:
    """Whole rupiah, or nothing. Raises :class:`OutOfBounds`."""
    return None if value is None else number(value)


def words(text: str) -> str:
    """A text on one line, cut where it is longer than any."""
    return plain(text[: LONGEST + 1])[:LONGEST]


def few(rows: Iterable[T]) -> tuple[T, ...]:
    """The rows of one table. Raises :class:`OutOfBounds` when there are more than anybody compares."""
    out: list[T] = []
    for each in rows:
        if len(out) == MOST:
            raise OutOfBounds
        out.append(each)
    return tuple(out)
