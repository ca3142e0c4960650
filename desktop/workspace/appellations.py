"""What reads as somebody's name, office and number where officials sign, and what as a sentence.

On an approval sheet, in a list of parafs and in a stamp these three stand in the program's own letters, and
whoever fills in the plan writes them. A sentence there would be read as what is signed. So there are bounds:
how long, of which signs, no sum of money, and none of the words that make a sentence. Any name and any office
within them is fine. What does not fit may be quite honest: it is told and never refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from desktop.base.plain import plain
from desktop.trust.person import ABBREVIATED, DEGREES
from desktop.workspace.deeds import (
    ALONE,
    AS_USUAL,
    BARE,
    DEEDS,
    IN_OFFICES,
    RESERVED,
    RESERVES,
    VERB,
    folded,
)

_LONGEST_NAME, _LONGEST_OFFICE = 120, 160
_OF_NAME, _LETTERS = 7, 60
"""Words of a name, without titles and particles, and its letters with the spaces between them: as long as one
may be in a register of persons (Permendagri 73/2022, article 4)."""
_OF_CHUNKS, _OF_INITIALS, _OF_TITLE = 20, 6, 7
_OF_CERTIFICATES, _OF_WORDS_BEHIND, _OF_DEGREE = 6, 3, 6
"""Behind a name: how many in capitals (*CRMP*), how many other words (*Psikolog*); letters of a degree."""
_SPELT_DEGREE = 4
_OF_PARTS = 2
"""Of one word: *Haning-Bullu*, *Ma'ruf*; and letters with which a degree begins: *Sp.PD*."""
_OF_OFFICE, _OF_LETTERS, _OF_FIGURES = 18, 4, 2
"""Of an office: words, letters alone, and figures alone."""
_FIGURES = 20
_LETTER = r"[^\W\d_]"
_BRACKETS = re.compile(rf"\((?:{_LETTER}{{1,9}}\.?|(?:{_LETTER}\. ?){{2,4}}|{_LETTER}\.?{_LETTER})\)")
_OF_BRACKETS = 2
_QUOTES = "'\u2018\u2019\u02bc`\u00b4"
_NAME = re.compile(rf"(?:{_LETTER}|[ .,{_QUOTES}-])*")
_PART = re.compile(rf"{_LETTER}+")
_APART = re.compile(r"[^\w.]+|_+")
_SPACED = re.compile(rf"\b({_LETTER}{{1,2}}\.) +(?={_LETTER}{{1,4}}\b)")
"""*S. Sos.*, *M. Si*."""
_RUN, _SHORT, _SPELT = 12, 3, 4
"""Short words one after another, which spell a longer one together."""
_SMALL = "bin binti bt ibn ibnu al el as ar az ash asy ad an at van der den de da do dos te ter von la"
_PARTICLES = frozenset(_SMALL.split())
"""Written small within a name."""
_NUMBER = re.compile(r"(?:(?:NIP|NRP|NIK|NRK|NI ?PPPK|NIPPPK)[.:]{0,2} ?)?[0-9][0-9 ./-]*", re.IGNORECASE)
_OFFICE = re.compile(r"[^\W_]+(?:[ _.,/&()'\u2019\u2013-]+[^\W_]+)*[.,)]{0,2}")
_STOP = re.compile(rf"{_LETTER}{{6,}}\. ?\w")
"""A whole word with a full stop, and something further."""
_USUAL = re.compile(r"\b(?:a\.? ?n|u\.? ?b|d\.? ?i|d\.? ?k\.? ?i)\b\.?", re.IGNORECASE)
"""*a.n.*, *u.b.*, *D.I. Yogyakarta*."""
_FIGURE = re.compile(r"[0-9]{1,2}|(?:19|20)[0-9]{2}")
_WITH_FIGURES = re.compile(r"(?!rp[0-9])(?:[a-z]+[0-9]{1,2}){1,3}[a-z]*", re.IGNORECASE)
"""*DP3A*, *P3AP2KB*."""


def is_name(text: str) -> bool:
    """Whether it reads as a name, with titles before and degrees behind it; nothing is nobody's name."""
    text = _flat(text)
    if len(text) > _LONGEST_NAME:
        return False
    inside = _BRACKETS.findall(text)
    own, _, behind = _BRACKETS.sub(" ", text).partition(",")
    behind = _SPACED.sub(r"\1", behind)
    return (
        len(inside) <= _OF_BRACKETS
        and _NAME.fullmatch(own + behind) is not None
        and _is_latin(text)
        and _is_own(own)
        and _are_degrees(behind)
        and not _is_sentence([*_said(own), *_said(behind), *(folded(one) for one in inside)])
    )


def _flat(text: str) -> str:
    return " ".join(plain(text).split())


@cache
def _latin(sign: str) -> bool:
    return not sign.isalpha() or unicodedata.name(sign, "").startswith("LATIN ")


def _is_latin(text: str) -> bool:
    """Letters of other scripts look like ours, and spell what is not found."""
    return all(map(_latin, text))


def _is_own(own: str) -> bool:
    """Titles and the name itself, before the first comma."""
    chunks = own.split()
    words, initials = list[str](), 0
    for chunk in chunks:
        *shortened, last = chunk.split(".")
        for part, short in (*((one, True) for one in shortened), (last, False)):
            small = part.casefold()
            if len(part) == 1 or small in DEGREES or small in ABBREVIATED:
                initials += len(part) == 1
            elif not _is_word(part, short=short):
                return False
            else:
                words += _PART.findall(part)
    letters = len(" ".join(words))
    return (
        len(chunks) <= _OF_CHUNKS
        and sum(one.casefold() not in _PARTICLES for one in words) <= _OF_NAME
        and letters <= _LETTERS
        and initials <= _OF_INITIALS
    )


def _is_word(part: str, *, short: bool) -> bool:
    """With a capital, of two parts at most but for an article; ``short``: shortened by a stop."""
    cut = part.lstrip(_QUOTES).split("-")
    capital = not cut[0] or cut[0][:1].isupper() or cut[0].casefold() in _PARTICLES
    parts = [one for one in cut if one.casefold() not in _PARTICLES]
    marks = [one for one in parts if len(_PART.findall(one)) > _OF_PARTS]
    return capital and len(parts) <= _OF_PARTS and not marks and not (short and len(part) > _OF_TITLE)


def _are_degrees(behind: str) -> bool:
    certificates = words = 0
    for segment in behind.split(","):
        chunks = segment.split()
        for chunk in chunks:
            parts = _PART.findall(chunk)
            if all(len(one) == 1 or one.casefold() in DEGREES for one in parts):
                if len(parts) > _SPELT_DEGREE:
                    return False
            elif not (parts[0][0].isupper() or parts[0].casefold() in DEGREES):
                return False
            elif len(chunks) == 1 and chunk.rstrip(".").isupper() and len(parts) == 1:
                certificates += 1
            elif not _is_degree(chunk, parts):
                words += 1
    return certificates <= _OF_CERTIFICATES and words <= _OF_WORDS_BEHIND


def _is_degree(chunk: str, parts: list[str]) -> bool:
    """*M.Med.Ph.*, *Sp.PD-KEMD*, *S.Tr.IP.*."""
    few = 1 < len(parts) <= _SPELT_DEGREE + 1
    return "." in chunk and few and len(parts[0]) <= _OF_PARTS and max(map(len, parts)) <= _OF_DEGREE


def _is_sentence(said: list[str]) -> bool:
    alone = sum(word in ALONE for word in said)
    return alone > 1 or any(
        word in DEEDS or VERB.fullmatch(word) or (word in BARE and at) for at, word in enumerate(said)
    )


def _said(text: str) -> list[str]:
    """The words as they are looked up: each, each taken together at its stops, and short ones that spell."""
    return list(_words(text))


def _words(text: str) -> Iterator[str]:
    short = list[str]()
    for piece in filter(None, _APART.split(text)):
        parts = _PART.findall(piece)
        whole = folded("".join(parts))
        yield whole
        if len(parts) > 1:
            # a short one is a degree's
            yield from (folded(one) for one in parts if len(one) > _SHORT)
        for part in parts:
            short = [*short, part][-_RUN:] if len(part) <= _SHORT else []
            yield from (
                word
                for at in range(len(short) - 1)
                if len(word := folded("".join(short[at:]))) >= _SPELT and word != whole
            )
    for each in re.findall(rf"{_LETTER}+(?:-{_LETTER}+)+", text):
        yield folded(each)


def is_office(text: str) -> bool:
    """Whether it reads as an office; nothing is none."""
    text = _flat(text)
    if not text or len(text) > _LONGEST_OFFICE:
        return not text
    usual = AS_USUAL.sub(" ", text.casefold())
    said = _said(_USUAL.sub(" ", usual))
    verbs = sum(VERB.fullmatch(word) is not None for word in said)
    tokens = [one for one in re.split(r"[\W_]+", _USUAL.sub(" ", text)) if one]
    figures = [one for one in tokens if any(sign.isdigit() for sign in one)]
    alone = [one for one in figures if one.isdigit()]
    return (
        _OFFICE.fullmatch(text) is not None
        and _is_latin(text)
        and _STOP.search(text) is None
        and len(tokens) <= _OF_OFFICE
        and sum(len(one) == 1 and one.isalpha() for one in tokens) <= _OF_LETTERS
        and len(alone) <= _OF_FIGURES
        and all(_FIGURE.fullmatch(one) or _WITH_FIGURES.fullmatch(one) for one in figures)
        and verbs <= 1
        and RESERVED.search(" ".join(re.split(r"[\W_]+", usual))) is None
        and not any(word in each for word in said for each in (DEEDS, IN_OFFICES, RESERVES))
    )


def is_number(text: str) -> bool:
    """Whether it looks like the number of a civil servant, a soldier or a policeman; or there is none."""
    text = _flat(text)[: _LONGEST_NAME + 1]
    figures = sum(sign.isdigit() for sign in text)
    return text in {"", "-", "\N{EN DASH}"} or (_NUMBER.fullmatch(text) is not None and figures <= _FIGURES)
