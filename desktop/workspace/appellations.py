"""What may stand as somebody's name, office and number where officials sign: an allow-list, no list of sins.

On an approval sheet, in a list of parafs and in a stamp these three stand in the program's own letters, and
whoever fills in the plan writes them. A sentence there would be read as what is signed. So a name is a few
words with capitals and known titles, a number figures, an office words of government. What does not fit may
be quite honest: it is told and never refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.base.plain import plain
from desktop.trust.person import ABBREVIATED, DEGREES
from desktop.workspace.vocabulary import GIVEN, IN_OFFICES, IN_SENTENCES, MORE_TITLES, PARTICLES

_LONGEST_NAME, _LONGEST_OFFICE = 120, 200
_OF_NAME, _OF_GIVEN = 4, 5
"""Words of a name; and besides them of those with which many names begin, as Balinese and noble ones do."""
_OF_PARTICLES, _OF_TITLES = 3, 16
_SPELLED = re.compile(r"(?:\b[^\W\d_]\b[./-]*){6}|(?:\b[^\W\d_] +){4}")
"""Letters alone spell a word in the end."""
_UNKNOWN_DEGREES, _OF_DEGREE = 2, 6
"""There are ever new certificates; two short ones of them make no sentence."""
_OF_OFFICE, _OF_AGENCY = 16, 3
_FIGURES = 20
_TITLES = DEGREES | MORE_TITLES
_BRACKETS = re.compile(r"\((?:alm|almh|purn|ret|contoh|example|h\.?\s?c|c|cand|hons)\.?\)", re.IGNORECASE)
_PLAIN = re.compile(r"(?:(?:al|el|as|ar|az|ash|asy)-)?[^\W\d_]+(?:['\u2019\u2018`-][^\W\d_]+)*['\u2019]?")
_PART = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")
_VERB = re.compile(r"\w{5,}kan|di\w{3,}kan|me(?:ng|ny)\w{4,}i|(?:memper|diper|keber)\w+")
_NUMBER = re.compile(r"(?:(?:NIP|NRP|NIK|NRK|NI ?PPPK|NIPPPK)[.:]{0,2} ?)?[0-9][0-9 ./-]*", re.IGNORECASE)
_OFFICE = re.compile(r"[^\W_]+(?:[ _.,/&()'\u2019\u2013-]+[^\W_]+)*[.,)]{0,2}")


def is_name(text: str) -> bool:
    """Whether it looks like a name, with titles before and degrees behind it; nothing is nobody's name."""
    text = " ".join(plain(text).split())
    if len(text) > _LONGEST_NAME or _SPELLED.search(text):
        return False
    own, _, behind = _BRACKETS.sub(" ", text).partition(",")
    words = list(_words(own))
    plainly = [each for each in words if each and each not in PARTICLES]
    given = [each for each in plainly if each in GIVEN]
    return (
        None not in words
        and len(own.split()) <= _OF_TITLES
        and len(given) <= _OF_GIVEN
        and len(plainly) - len(given) <= _OF_NAME
        and sum(each in PARTICLES for each in words) <= _OF_PARTICLES
        and _are_degrees(behind)
    )


def _words(own: str) -> Iterator[str | None]:
    """The plain words of a name without its titles; None for what is no word of a name."""
    for chunk in own.split():
        *shortened, last = chunk.split(".")
        if not all(map(_is_known, shortened)):
            yield None
        elif not last or _is_known(last):
            # a title, a degree or an initial
            continue
        else:
            yield _word(last)


def _word(text: str) -> str | None:
    small = text.casefold()
    if small in PARTICLES:
        return small
    capital = text[:1].isupper() or small.partition("-")[0] in PARTICLES
    if not capital or _PLAIN.fullmatch(text) is None or _is_of_sentences(small):
        return None
    return small


def _is_of_sentences(small: str) -> bool:
    return small in IN_SENTENCES or _VERB.fullmatch(small) is not None


def _is_known(part: str) -> bool:
    """One letter, or a title or degree taken apart at its stops: *Sp.PD-KGEH*."""
    found = _PART.findall(part.casefold())
    return "".join(found) == part.casefold().replace("-", "") and all(
        len(one) == 1 or one in _TITLES or one in ABBREVIATED for one in found
    )


def _are_degrees(behind: str) -> bool:
    parts = [part for part in re.split(r"[\s,./-]+", behind) if part]
    unknown = [part for part in parts if not _is_known(part)]
    return len(unknown) <= _UNKNOWN_DEGREES and all(map(_may_be_degree, unknown))


def _may_be_degree(part: str) -> bool:
    short = len(part) <= _OF_DEGREE and part.isalpha() and part[0].isupper()
    return short and not _is_of_sentences(part.casefold())


def is_number(text: str) -> bool:
    """Whether it looks like the number of a civil servant, a soldier or a policeman; or there is none."""
    text = " ".join(plain(text).split())
    figures = sum(sign.isdigit() for sign in text)
    return text in {"", "-", "\N{EN DASH}"} or (_NUMBER.fullmatch(text) is not None and figures <= _FIGURES)


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """Of what words offices are made in a region: of government, and of its own.

    ``own``: of the place and of the guideline's roles; ``agencies``: of its agencies, of which an office has
    but a few that offices elsewhere have not.
    """

    own: frozenset[str]
    agencies: frozenset[str]

    @classmethod
    def of(cls, own: Iterable[str], agencies: Iterable[str]) -> OfficeWords:
        """From the texts in which they stand."""
        return cls(*(frozenset(word for text in some for word in _said(text)) for some in (own, agencies)))

    def has(self, text: str) -> bool:
        """Whether it looks like an office; nothing is none."""
        text = " ".join(plain(text).split())
        said = _said(text)
        usual = IN_OFFICES | self.own
        # a letter or a figure alone: *a.n.*, *Asisten 1*
        more = [each for each in said if each not in usual and len(each) > 1]
        return not text or (
            len(text) <= _LONGEST_OFFICE
            and len(said) <= _OF_OFFICE
            and _OFFICE.fullmatch(text) is not None
            and len(more) <= _OF_AGENCY
            and self.agencies.issuperset(more)
            and not any(map(_is_of_sentences, more))
        )


def _said(text: str) -> list[str]:
    return _WORD.findall(" ".join(plain(text).split()).casefold())
