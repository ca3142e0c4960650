"""Reading texts as a checker does: plain words out of stored texts, fillers, likeness."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from itertools import pairwise

from desktop.base import richtext
from desktop.base.plain import plain as shown
from desktop.base.resources import resource

_NOT_WORD = re.compile(r"[\W_]+")
_SYMBOL = re.compile(r"[%‰°€$£²³]")
"""What is no word and yet says something: the unit of an indicator is often just "%"."""
_SAME_LETTER = re.compile(r"(.)\1*")


def is_symbol(sign: str) -> bool:
    """Whether a sign that is no word says something all the same."""
    return _SYMBOL.fullmatch(sign) is not None


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The words of a stored text without markup; each block on a line of its own."""
    return richtext.plain_text(text) if "<" in text or "&" in text else text


def is_reason(text: str) -> bool:
    """Whether something is said: a dash, a dot or a sign without width is no reason for anything."""
    return bool(bare(shown(text)))


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """Lower-case words with single spaces and nothing else, for comparing."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


@lru_cache(maxsize=20_000)
def word_count(text: str) -> int:
    """How many words a plain text has: stretches with at least one letter or digit."""
    return sum(1 for word in text.split() if word[0].isalnum() or any(map(str.isalnum, word)))


@cache
def _fillers() -> frozenset[str]:
    data = json.loads(resource("checks", "fillers.json").read_text("utf-8"))
    return frozenset(bare(entry) for entries in data["fillers"].values() for entry in entries)


def is_blank(text: str) -> bool:
    """Whether nothing but blanks and markup is written."""
    return not text.strip() or not plain(text).strip()


def is_filler(text: str) -> bool:
    """Whether something is written that says nothing: a dash, dots, "n/a", "tidak ada", "xxx"."""
    # The longest filler has some 25 letters; only markup, dots and dashes can make it longer.
    if len(text) > 30 and text[0].isalnum():
        return False
    if len(text) > 200 or is_blank(text):
        return False
    words = bare(plain(text))
    if not words:
        return _SYMBOL.search(text) is None
    if words in _fillers():
        return True
    return len(words) > 1 and not words.isdigit() and _SAME_LETTER.fullmatch(words) is not None


def says_nothing(text: str) -> bool:
    """Blank or a filler: as good as not answered."""
    return is_blank(text) or is_filler(text)


@lru_cache(maxsize=5_000)
def pairs(text: str) -> frozenset[tuple[str, str]]:
    """The neighbouring words of a text: what survives small edits and tells order."""
    words = bare(text).split()
    return frozenset(pairwise(words))


def likeness(first: str, second: str) -> float:
    """How alike two texts are, 0 to 1: the share of neighbouring words they have in common (Dice)."""
    left, right = pairs(first), pairs(second)
    if not left or not right:
        return float(bare(first) == bare(second) != "")
    return 2 * len(left & right) / (len(left) + len(right))
