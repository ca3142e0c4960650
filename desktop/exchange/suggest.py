"""What the import suggests where a list leaves something open; a person decides."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from desktop.base import LocalText
from desktop.base.resources import resource
from desktop.exchange.columns import bare
from desktop.exchange.drafts import IndicatorDraft
from desktop.guideline.pack import Dimension, Pack, SubDimension

_BY_CHANCE = 0.25
_AHEAD = 1.5
"""How many times the score of the next dimension makes a suggestion a likely one."""
_OWN, _ABOUT, _WIDER = 1.0, 0.5, 0.35
"""How much a word of a sub-dimension's name, of what it is about, and of its dimension weighs."""


@cache
def _hints() -> Mapping[str, Any]:
    hints: Mapping[str, Any] = json.loads(resource("exchange", "hints.json").read_text("utf-8"))
    return hints


@cache
def _phrases(kind: str) -> frozenset[str]:
    return frozenset(bare(entry) for entries in _hints()[kind].values() for entry in entries)


# ---- direction -------------------------------------------------------------------------------------
def suggest_direction(indicator: IndicatorDraft) -> str:
    """Up, down or keep: by the indicator's words where they settle it, else by its own figures."""
    words = f" {bare(indicator.name)} "
    falling = any(f" {phrase} " in words for phrase in _phrases("falling"))
    rising = any(f" {phrase} " in words for phrase in _phrases("rising"))
    if falling and not rising:
        return "down"
    return _by_figures(indicator.baseline, [indicator.targets[year] for year in sorted(indicator.targets)])


def _by_figures(baseline: Decimal | None, targets: Sequence[Decimal]) -> str:
    if not targets:
        return "up"
    level = len(targets) > 1 and len(set(targets)) == 1
    if level and (baseline is None or targets[-1] <= baseline):
        return "keep"
    first = baseline if baseline is not None else targets[0]
    return "down" if targets[-1] < first else "up"


# ---- dimension -------------------------------------------------------------------------------------
def named_dimension(text: str, pack: Pack) -> str:
    """The dimension that a list names itself: by id, or by its name or a part of it; empty when unclear."""
    words = bare(text)
    if not words:
        return ""
    found = [dimension.id for dimension in pack.dimensions if _is_called(words, dimension)]
    return found[0] if len(found) == 1 else ""


def named_sub_dimension(text: str, dimension: str, pack: Pack) -> str:
    """The same for a sub-dimension, within a dimension or, when that is empty, anywhere."""
    words = bare(text)
    subs = [sub for each in pack.dimensions if dimension in {"", each.id} for sub in each.sub_dimensions]
    found = [sub.id for sub in subs if words and _is_called(words, sub)]
    return found[0] if len(found) == 1 else ""


def _is_called(words: str, part: Dimension | SubDimension) -> bool:
    names = {bare(name) for name in part.name.texts.values()}
    return words == part.id or any(
        words == name or name.startswith(f"{words} ") or f" {words} " in f" {name} " for name in names
    )


class DimensionSuggester:
    """Compares a programme's words with the guideline's own words for each sub-dimension.

    It knows no dimension by name: another guideline with other dimensions is suggested from its own words.
    Rare words count more (inverse document frequency).
    """

    def __init__(self, pack: Pack) -> None:
        self._bags: dict[tuple[str, str], dict[str, float]] = {}
        for dimension in pack.dimensions:
            wider = dict.fromkeys(_words_of([dimension.name, dimension.goal]), _WIDER)
            for sub in dimension.sub_dimensions:
                about = dict.fromkeys(_words_of([sub.target, *sub.survey_items]), _ABOUT)
                own = dict.fromkeys(_words_of([sub.name, *sub.elements]), _OWN)
                self._bags[dimension.id, sub.id] = wider | about | own
            if not dimension.sub_dimensions:
                self._bags[dimension.id, ""] = wider
        counts = Counter(word for bag in self._bags.values() for word in bag)
        self._rarity = {word: math.log(1 + len(self._bags) / count) for word, count in counts.items()}

    def suggest(self, title: str, others: Iterable[str] = ()) -> tuple[str, str]:
        """The most likely (dimension, sub-dimension); two empty texts when nothing speaks for any."""
        return self.weigh(title, others)[0]

    def weigh(
        self, title: str, others: Iterable[str] = ()
    ) -> tuple[tuple[str, str], Literal["", "likely", "weak"]]:
        """The same, and how far it is ahead of the next dimension."""
        weights: dict[str, float] = {}
        for text, weight in [(title, 2.0), *[(other, 1.0) for other in others]]:
            # Words that were put down as meaning a field say more than words which happen to occur.
            for word in _stems([text]):
                weights[word] = max(weights.get(word, 0), weight * _BY_CHANCE)
            for meaning in map(_stems, _related(text)):
                for word in meaning:
                    weights[word] = max(weights.get(word, 0), weight / len(meaning))
        scores = {
            place: sum(
                weight * bag.get(word, 0) * self._rarity.get(word, 0) for word, weight in weights.items()
            )
            for place, bag in self._bags.items()
        }
        best = max(scores, key=lambda place: scores[place], default=("", ""))
        if scores.get(best, 0) <= 0:
            return ("", ""), ""
        next_best = max((score for place, score in scores.items() if place[0] != best[0]), default=0.0)
        return best, "likely" if scores[best] >= _AHEAD * next_best else "weak"


def _words_of(texts: Iterable[LocalText]) -> set[str]:
    return _stems(word for text in texts for word in text.texts.values())


def _related(text: str) -> list[list[str]]:
    """The guideline's words for each of the fields a text speaks of."""
    words = f" {bare(text)} "
    return [[meaning] for phrase, meaning in _hints()["related"].items() if f" {phrase} " in words]


_COMMON = frozenset({
    "dan", "yang", "di", "ke", "dari", "untuk", "dengan", "pada", "oleh", "atau", "serta", "dalam", "bagi",
    "program", "pengelolaan", "penyelenggaraan", "pengembangan", "peningkatan", "penyediaan", "pembangunan",
    "daerah", "kabupaten", "kota", "dinas", "badan", "persentase", "jumlah", "tingkat", "angka", "indeks",
    "cerdas", "smart", "memiliki", "membangun", "memasarkan", "ekosistem", "sistem", "sarana", "tata",
    "kelola", "lebih", "masyarakat", "the", "of", "and", "in", "for", "to", "a", "an", "is", "are", "with",
    "by",
})  # fmt: skip
"""Words that stand in every list and guideline and tell no field from another."""
_PREFIXES = ("memper", "meng", "peng", "meny", "peny", "mem", "pem", "men", "pen", "ber", "ter", "per", "me",
             "pe", "di", "ke", "se")  # fmt: skip
_SUFFIXES = ("kannya", "annya", "kan", "nya", "an", "i")


def _stems(texts: Iterable[str]) -> set[str]:
    return {_stem(word) for text in texts for word in bare(text).split() if word not in _COMMON}


def _stem(word: str) -> str:
    """A rough root of an Indonesian word: one prefix and one suffix less, at least four letters left."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word.removesuffix(suffix)
            break
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            return word.removeprefix(prefix)
    return word
