"""The fingerprint (*sidik dokumen*) that stands on paper: 64 hexadecimal letters, or ten words to read aloud.

Nine words carry 90 bits, the tenth is computed from them (a Reed-Solomon symbol over GF(1024)), so one
word misread or two exchanged never go unnoticed. 90 bits are few against somebody who looks for two
plans with the same words; therefore they come out of a deliberately slow hash (PBKDF2), which turns that
search into years. The letters and the QR hold all 256 bits.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from desktop.base.canonical import digest
from desktop.base.message import Message
from desktop.base.resources import resource

WORDS = 10
"""Words of a fingerprint, the checking one included."""
ABBREVIATED = 4
"""Letters after which no two words of the list are alike."""
QR_PREFIX = "RANCANG:SIDIK:"
_BITS, _FIELD = 10, 0x409  # x^10 + x^3 + 1, primitive: powers of x give every number but 0
_SALT, _ROUNDS = b"rancang-sidik-1", 100_000
_GROUP = 4


def content_fingerprint(
    data: str, guideline: str, version: str, pack: str, evidence: Iterable[str] = ()
) -> str:
    """SHA-256 over what a plan says, shows and was asked: the only things known before books are printed.

    ``data`` is the SHA-256 of the plan's ``data.json``, ``pack`` that of the guideline pack's bytes,
    ``evidence`` those of the files that go along, in any order. The domain (``format``) keeps it apart from
    every other hash of ours.
    """
    return digest(
        {
            "format": "rancang-fingerprint",
            "version": 1,
            "data": data,
            "evidence": sorted(evidence),
            "guideline": {"id": guideline, "version": version, "sha256": pack},
        }
    )


@cache
def word_list() -> tuple[str, ...]:
    """All 1,024 words in order."""
    lines = resource("fingerprint", "words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _places() -> dict[str, int]:
    """Where each word stands, by its first letters."""
    return {word[:ABBREVIATED]: place for place, word in enumerate(word_list())}


@cache
def words_of(fingerprint: str) -> tuple[str, ...]:
    """The ten words of a fingerprint (64 hexadecimal letters); takes some 20 ms the first time."""
    slow = hashlib.pbkdf2_hmac("sha256", bytes.fromhex(fingerprint), _SALT, _ROUNDS, 12)
    bits = int.from_bytes(slow, "big") >> (8 * len(slow) - _BITS * (WORDS - 1))
    symbols = [bits >> (_BITS * place) & (1 << _BITS) - 1 for place in reversed(range(WORDS - 1))]
    return tuple(word_list()[symbol] for symbol in (*symbols, _check(symbols)))


def _check(symbols: Sequence[int]) -> int:
    """The symbol that makes the word a multiple of (x - alpha): each place weighs another power of alpha."""
    total = 0
    for symbol in symbols:
        total = _doubled(total ^ symbol)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value >> _BITS else value


def groups_of(fingerprint: str) -> tuple[str, ...]:
    """The 64 letters in groups of four."""
    return tuple(fingerprint[at : at + _GROUP] for at in range(0, len(fingerprint), _GROUP))


def short_form(fingerprint: str) -> str:
    """The first sixteen letters in groups: enough to tell documents apart at a glance, not to prove."""
    return " ".join(groups_of(fingerprint)[:4])


def qr_text(fingerprint: str) -> str:
    """What the QR beside a fingerprint says; capitals only, which makes it smaller."""
    return QR_PREFIX + fingerprint.upper()


# ------------------------------------------------------------------------------------------- typed from paper


class Match(StrEnum):
    """How what somebody typed from paper stands to a fingerprint."""

    EQUAL = "equal"
    MISREAD = "misread"
    """A word differs, and the words do not belong together: most likely misread."""
    OTHER = "other"
    """The words belong together, but are those of another state of the plan."""
    UNKNOWN_WORD = "unknown-word"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer; ``place`` counts words (or groups of letters) from 1, 0 = none in particular."""

    match: Match
    message: Message
    place: int = 0
    nearest: str = ""
    """For a word that is not in the list: which one may be meant."""


def compare(fingerprint: str, typed: str) -> Comparison:
    """Hold words (or the letters in groups, or the QR's text) against a fingerprint.

    Words may be cut to their first four letters, numbered, in capitals, with any signs between them.
    """
    letters = _as_letters(typed)
    if letters:
        return _compare_letters(fingerprint, letters)
    typed_words = re.findall(r"[^\W\d_]+", typed.casefold())
    for place, word in enumerate(typed_words, 1):
        if not _known(word):
            near = nearest(word)
            message = Message("base.fingerprint.unknown_word", place=place, word=word, nearest=near)
            return Comparison(Match.UNKNOWN_WORD, message, place, near)
    if len(typed_words) != WORDS:
        return Comparison(
            Match.COUNT, Message("base.fingerprint.count", typed=len(typed_words), expected=WORDS)
        )
    symbols = [_places()[word[:ABBREVIATED]] for word in typed_words]
    expected = words_of(fingerprint)
    wrong = next((at for at, s in enumerate(symbols) if word_list()[s] != expected[at]), None)
    if wrong is None:
        return Comparison(Match.EQUAL, Message("base.fingerprint.equal"))
    place, typed_word = wrong + 1, word_list()[symbols[wrong]]
    if _check(symbols[:-1]) != symbols[-1]:
        said = Message("base.fingerprint.misread", place=place, typed=typed_word, expected=expected[wrong])
        return Comparison(Match.MISREAD, said, place)
    said = Message("base.fingerprint.other", place=place, typed=typed_word, expected=expected[wrong])
    return Comparison(Match.OTHER, said, place)


def _as_letters(typed: str) -> str:
    """What was typed as hexadecimal letters, if it is that; no word of the list is."""
    text = typed.strip()
    if text.upper().startswith(QR_PREFIX):
        text = text[len(QR_PREFIX) :]
    text = re.sub(r"[\s:.\-]+", "", text).casefold()
    return text if re.fullmatch(r"[0-9a-f]{8,}", text) and re.search(r"[0-9]", text) else ""


def _compare_letters(fingerprint: str, letters: str) -> Comparison:
    if letters == fingerprint:
        return Comparison(Match.EQUAL, Message("base.fingerprint.equal"))
    if len(letters) != len(fingerprint):
        message = Message("base.fingerprint.letters", typed=len(letters), expected=len(fingerprint))
        return Comparison(Match.COUNT, message)
    pairs = zip(groups_of(letters), groups_of(fingerprint), strict=True)
    place = next(at for at, (one, other) in enumerate(pairs, 1) if one != other)
    return Comparison(Match.OTHER, Message("base.fingerprint.group", place=place), place)


def _known(word: str) -> bool:
    place = _places().get(word[:ABBREVIATED])
    return place is not None and len(word) >= ABBREVIATED and word_list()[place].startswith(word)


def nearest(word: str) -> str:
    """The word of the list that is most like this one."""
    return min(word_list(), key=lambda each: (_distance(word[:16], each), each))


def _distance(one: str, other: str) -> int:
    """Letters to add, drop or change (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, found in enumerate(other, 1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (letter != found)),
            )
    return row[-1]
