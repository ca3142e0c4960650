"""In which order values stand when a column is sorted, and which rows a filter lets through."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")
_DIGITS = re.compile(r"\d+")


def text_key(text: str) -> str:
    """Order of texts for people: case and accents do not count, 2 stands before 10.

    Indonesian and English share this order; the text itself decides between otherwise equal ones.
    """
    folded = text.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _DIGITS.sub(lambda digits: digits.group().lstrip("0").zfill(15), folded) + f"\0{text}"


def number_key(value: object) -> Decimal | int | None:
    """Order of numbers, whole or written as decimals; None for what is none."""
    if isinstance(value, int):
        return value
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None


def ordered(rows: Iterable[T], key: Callable[[T], Any], *, backwards: bool = False) -> list[T]:
    """Rows by a key, equal ones in the order they had; those without a key stand last either way."""
    given = list(rows)
    keys = [key(row) for row in given]
    # Places are sorted, not pairs: ten thousand new pairs would wake the garbage collector.
    filled = [place for place, found in enumerate(keys) if found is not None]
    filled.sort(key=keys.__getitem__, reverse=backwards)
    return [given[place] for place in filled] + [
        row for row, found in zip(given, keys, strict=True) if found is None
    ]


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """What one column must say: words it holds, or one of some texts (the empty text is a blank cell)."""

    words: tuple[str, ...] = ()
    texts: frozenset[str] | None = None

    @classmethod
    def of_words(cls, text: str) -> ColumnFilter:
        """Every word of a text must be found, whatever its case."""
        return cls(words=tuple(text.casefold().split()))

    @property
    def active(self) -> bool:
        """Whether it keeps anything out."""
        return bool(self.words) or self.texts is not None

    def lets(self, text: str) -> bool:
        """Whether a cell with this text passes."""
        if self.texts is not None and text not in self.texts:
            return False
        folded = text.casefold()
        return all(word in folded for word in self.words)


def passing(
    rows: Sequence[T],
    said: Callable[[T], tuple[Sequence[str], str]],
    words: Sequence[str],
    columns: Sequence[tuple[int, ColumnFilter]],
) -> list[T]:
    """Rows that hold every word somewhere and pass every column's filter.

    ``said`` gives a row's texts by column, and all of them folded together.
    """
    if not words and not columns:
        return list(rows)
    out = []
    for row in rows:
        texts, hay = said(row)
        if all(word in hay for word in words) and all(each.lets(texts[place]) for place, each in columns):
            out.append(row)
    return out
