"""Is a word spelled well? Hunspell's Indonesian and English, and the words of our own trade."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from desktop.base.language import Language
from desktop.base.resources import resource

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
"""What counts as a word: letters, with hyphens and apostrophes inside."""
_FILES = {Language.ID: ("id_ID", "indonesian.txt"), Language.EN: ("en_GB", "english.txt")}
_CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")
_PREFIXES = (
    "ter", "ber", "memper", "diper", "per", "di", "ke", "se", "non", "pra", "antar", "sub", "multi", "pasca",
)  # fmt: skip
_SUFFIXES = ("kan", "an", "i", "")
MOST = 7
"""How many suggestions are worth reading."""


class Engine(Protocol):
    """The part of Hunspell that is used here."""

    def spell(self, word: str) -> bool:
        """Whether the dictionary has it."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """Words that look like it."""

    def add(self, word: str) -> object:
        """Take a word in, for as long as the program runs."""


def skipped(word: str) -> bool:
    """Whether no dictionary can judge a word: abbreviations (OPD, SPBE, RPJMDes), single letters."""
    return len(word) < 2 or sum(map(str.isupper, word)) > 1


class Dictionary:
    """One language's words. Loading takes 10 (Indonesian) to 80 ms (English); asking, hundredths of one."""

    def __init__(self, language: Language) -> None:
        name, own = _FILES[language]
        self._language = language
        self._engine = _engine(name)
        self._own = frozenset(
            word
            for line in resource("spelling", own).read_text(encoding="utf-8").splitlines()
            for word in line.partition("#")[0].split()
        )

    def knows(self, word: str) -> bool:
        """Whether a word is spelled well."""
        word = word.replace("’", "'")
        if skipped(word) or self._knows(word):
            return True
        parts = word.split("-")
        return len(parts) > 1 and all(part == "" or skipped(part) or self._knows(part) for part in parts)

    def _knows(self, word: str) -> bool:
        if word.lower() in self._own or self._spelled(word):
            return True
        return self._language is Language.ID and self._derived(word.lower())

    def _spelled(self, word: str) -> bool:
        try:
            return self._engine.spell(word)
        except UnicodeEncodeError:
            # The Indonesian dictionary is in Latin-1; a word it cannot even write is a foreign name.
            return True

    def _derived(self, word: str) -> bool:
        """Whether it is formed by rule from a known word: the dictionary lacks many such forms."""
        for clitic in ("", *_CLITICS):
            bare = word.removesuffix(clitic) if clitic and word.endswith(clitic) else word
            if clitic and bare == word:
                continue
            if clitic and self._stem(bare):
                return True
            if any(bare.endswith(end) and self._stem(bare.removesuffix(end)) for end in ("kan", "i")):
                return True
            for prefix in _PREFIXES:
                rest = bare.removeprefix(prefix)
                if rest != bare and any(
                    rest.endswith(suffix) and self._stem(rest[: len(rest) - len(suffix)])
                    for suffix in _SUFFIXES
                ):
                    return True
        return False

    def _stem(self, word: str) -> bool:
        return len(word) > 3 and (word in self._own or self._spelled(word))

    def suggest(self, word: str) -> list[str]:
        """What may have been meant, the likeliest first. Takes 20 to 120 ms."""
        try:
            found = list(self._engine.suggest(word))
        except UnicodeEncodeError:
            return []
        near = [own for own in self._own if abs(len(own) - len(word)) < 2 and _one_off(own, word.lower())]
        return list(dict.fromkeys([*near, *found]))[:MOST]


def _one_off(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two swapped make the difference."""
    if one == other:
        return True
    least = min(len(one), len(other))
    start = next((at for at in range(least) if one[at] != other[at]), least)
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1)


@cache
def _engine(name: str) -> Engine:
    from hunspell import Hunspell

    made: Engine = Hunspell(name, hunspell_data_dir=str(resource("spelling")), system_encoding="UTF-8")
    return made


@cache
def dictionary(language: Language) -> Dictionary:
    """The words of a language, loaded when first asked for."""
    return Dictionary(language)
