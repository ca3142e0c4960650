"""Finding things by a few letters, in whatever order and however incompletely they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SPREAD = 3
"""Letters of a guess may lie so many times their number apart."""


def fold(text: str) -> str:
    """A text as it is compared: lower case, one blank before every word."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.casefold()))


class Haystack:
    """Names and what is known beside them, ready to be searched at every key (10,000 take 6 ms)."""

    def __init__(self, things: Iterable[tuple[str, str]]) -> None:
        self._names: list[str] = []
        self._all: list[str] = []
        for name, beside in things:
            self._names.append(fold(name))
            self._all.append(self._names[-1] + fold(beside))
        self._letters = [frozenset(name) for name in self._names]

    def find(self, typed: str) -> list[int]:
        """The places of what answers, best first, of equal ones in order; all where nothing is typed.

        Best are names that begin as typed, then those in which every word begins a word, then those that
        hold every word, then those of which something beside the name does; where there are none, names in
        which the letters follow each other closely are guessed.
        """
        words = fold(typed).split()
        if not words:
            return list(range(len(self._names)))
        starts = [f" {word}" for word in words]
        anywhere = _holding(self._all, words, range(len(self._all)))
        named = _holding(self._names, words, anywhere)
        well = _holding(self._names, starts, named)
        begin = " " + " ".join(words)
        found = dict.fromkeys(place for place in well if self._names[place].startswith(begin))
        for more in (well, named, _holding(self._all, starts, anywhere)):
            found.update(dict.fromkeys(more))
        return list(found) or self._guess(words)

    def _guess(self, words: list[str]) -> list[int]:
        letters = frozenset("".join(words))
        long = [word for word in words if len(word) > 1]
        found: list[tuple[int, int]] = []
        for place, known in enumerate(self._letters):
            if letters <= known:
                spread = _spread(long, self._names[place])
                if spread is not None:
                    found.append((spread, place))
        return [place for _, place in sorted(found)]


def _holding(texts: Sequence[str], words: Sequence[str], places: Iterable[int]) -> list[int]:
    """Those of the places whose text holds every word; the longest, which throws out most, is asked first."""
    for word in sorted(words, key=len, reverse=True):
        places = [place for place in places if word in texts[place]]
    return list(places)


def _spread(words: Sequence[str], name: str) -> int | None:
    """How far the letters of every word lie apart; None where they do not follow each other closely."""
    total = 0
    for word in words:
        first = place = name.find(word[0])
        for letter in word[1:]:
            place = name.find(letter, place + 1)
            if place < 0:
                return None
        if place - first > SPREAD * len(word):
            return None
        total += place - first - len(word)
    return total
