"""Whose name is it: the person a package expects, and the holder that a certificate names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PLACED_BEFORE = "dr dra drs drg drh ir h hj kh prof tgk plt plh pj pjs"
_PLACED_BEHIND = (
    "ag ak amd ap ars cn eng farm gz hum ikom ip ked keb kep kes kn kom lc ling ma map mba mh mhum "
    "mkes mkom mm mp mpd msc msi mt og par pd phd psi pt sc se sh si sip skm skom sos sp spd spt ssos st "
    "stp sstp tech th tr"
)
_BEFORE = frozenset(_PLACED_BEFORE.split())
"""Titles that stand before a name."""
_DEGREES = _BEFORE.union(_PLACED_BEHIND.split())
"""What stands behind a name, taken apart at its dots."""
_MUHAMMAD = "moh muh mhd md mochamad mochammad mohamad mohammad mohammed muhamad muhammed"
_SHORT = {**dict.fromkeys(_MUHAMMAD.split(), "muhammad"), "abd": "abdul", "tb": "tubagus"}
"""How names are shortened, or written otherwise in other papers."""
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_SIGNS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Name:
    words: frozenset[str]
    letters: frozenset[str]
    """Initials, as they stand alone."""
    degrees: frozenset[str]
    """What was taken for titles and degrees behind the name, and could be names."""


def _read(text: str) -> _Name:
    """A name without its titles; somebody may be called just as a degree is."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    name, _, rest = plain.partition(",")
    chunks = _chunks(name)
    if not chunks or not all(len(sign) == 1 or sign in _DEGREES for sign in _SIGNS.findall(rest)):
        chunks = _chunks(plain)
    while len(chunks) > 1 and set(chunks[0]) <= _BEFORE:
        del chunks[0]
    behind: set[str] = set()
    while len(chunks) > 1 and _is_degree(chunks[-1]):
        behind.update(chunks.pop())
    signs = [sign for chunk in chunks for sign in chunk]
    words = frozenset(_SHORT.get(sign, sign) for sign in signs if len(sign) > 1)
    if not words:
        return _Name(frozenset(signs), frozenset(), frozenset(behind))
    return _Name(words, frozenset(sign for sign in signs if len(sign) == 1), frozenset(behind))


def _chunks(text: str) -> list[list[str]]:
    found = (_SIGNS.findall(part) for part in text.split())
    return [signs for signs in found if signs]


def _is_degree(chunk: list[str]) -> bool:
    """*SE*, *S.Kom*, *M.T.*; a letter alone is an initial."""
    return all(len(sign) == 1 or sign in _DEGREES for sign in chunk) and (
        len(chunk) > 1 or chunk[0] in _DEGREES - {"h"}
    )


def same_person(person: str, holder: str) -> bool:
    """Whether two names can be one person's: titles and degrees may stand in one and not in the other.

    A name within the other one counts from two words on: many people are called Budi. Initials may stand
    for words of the other name, and do not contradict each other. Two names without a letter are nobody's.
    """
    one, other = _read(person), _read(holder)
    if not one.words or not other.words:
        return False
    shorter, longer = sorted((one, other), key=lambda name: len(name.words))
    if shorter.words == longer.words:
        return _agree(shorter, longer)
    if len(shorter.words) == 1 or not shorter.words < longer.words:
        return False
    initials = {word[0] for word in longer.words - shorter.words}
    return shorter.letters <= initials | longer.letters


def _agree(one: _Name, other: _Name) -> bool:
    """Whether what stands beside the same words can be one person's."""
    if len(one.words) == 1:
        degrees = one.degrees == other.degrees or not one.degrees or not other.degrees
        return one.letters == other.letters and degrees
    return one.letters <= other.letters or other.letters <= one.letters
