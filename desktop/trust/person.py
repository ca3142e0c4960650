"""Whose name is it: the person a package expects, and the holder that a certificate names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

_PLACED_BEFORE = (
    "dr dra drs drg drh ir h hj kh haji hajah prof tgk ust ustadz pdt ny ns apt plt plh pj pjs r ra rr rd rm "
    "raden roro capt kapten kol kolonel letkol letjen mayjen brigjen jend jenderal laksma laksda marsma "
    "marsda komjen irjen kombes akbp kompol akp iptu tni pol purn"
)
_PLACED_BEHIND = (
    "ag ak amd ap ars cn eng farm gz hum ikom ip ked keb kep kes kn kom lc ling ma map mba mh mhum "
    "mkes mkom mm mp mpd msc msi mt og par pd phd psi pt sc se sh si sip skm skom sos sp spd spt ssos st "
    "stp sstp tech th tr"
)
_BEFORE = frozenset(_PLACED_BEFORE.split())
"""Titles that stand before a name."""
_SPELLED = frozenset({"kh", "ra", "rm", "rr", "rd", "hj"})
"""Those that are written letter by letter too: *K.H.*, *R.A.*"""
DEGREES = _BEFORE.union(_PLACED_BEHIND.split())
"""What stands behind a name, taken apart at its dots."""
_MUHAMMAD = (
    "moh mohd moch muh much mhd md mochamad mochammad mohamad mohammad mohammed muchamad muchammad muhamad "
    "muhammed"
)
_SHORT = {**dict.fromkeys(_MUHAMMAD.split(), "muhammad"), "abd": "abdul", "tb": "tubagus", "cok": "cokorda"}
"""How names are shortened, or written otherwise in other papers."""
_SPELT_OUT = {
    "ign": ("i", "gusti", "ngurah"), "gst": ("gusti",), "ngr": ("ngurah",), "aa": ("anak", "agung"),
}  # fmt: skip
"""What Balinese names begin with, as it is shortened in other papers."""
_BALINESE = {
    "md": "made", "nym": "nyoman", "kt": "ketut", "wyn": "wayan", "pt": "putu", "km": "komang", "kd": "kadek",
}  # fmt: skip
"""What stands behind *I* or *Ni*, shortened so."""
ABBREVIATED = frozenset((*_SHORT, *_SPELT_OUT))
"""Words of names that other papers write in full."""
_OLD_SPELLING = re.compile("tj|dj|oe")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_SPACED = re.compile(r"^\s*([KR]\.)\s+([HAMRD]\.)(?=\s)", re.IGNORECASE)
"""*K. H.*, *R. A.*"""
_BRACKETS = re.compile(r"\([^()]{1,12}\)\.?")
_SIGNS = re.compile(r"[^\W\d_]+")
_MOST = 40
"""Words of a name that are compared in parts; with more it has to be the same."""


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    """In their order; a letter alone is an initial."""
    degrees: frozenset[str]
    """What was taken for degrees before any comma, and could be names."""
    titles: tuple[str, ...]
    """The same as they are written, but for stops; where there are any, with what follows the comma."""


@lru_cache(maxsize=4096)
def _read(text: str, *, spelled: bool = False, today: bool = False) -> _Name:
    """A name without its titles; somebody may be called just as a degree is.

    ``spelled``: letters that spell a title are one (*R.A. Kartini*), and no initials. ``today``: shortened
    names are spelt out, and old spelling is today's.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    # retired, of honour: what stands in brackets is no part of a name
    plain = _BRACKETS.sub(" ", plain)
    plain = _SPACED.sub(lambda found: "".join(found.groups()), plain)
    # by custom all that follows a comma is degrees
    chunks = plain.partition(",")[0].split() if _SIGNS.search(plain.partition(",")[0]) else plain.split()
    chunks = [chunk for chunk in chunks if _SIGNS.search(chunk)]
    loud = plain == plain.upper()
    _take_titles(chunks, spelled=spelled)
    behind: list[str] = []
    while len(chunks) > 1 and _is_degree(chunks[-1], loud=loud):
        behind.insert(0, chunks.pop())
    degrees = frozenset(sign for chunk in behind for sign in _signs(chunk))
    if behind:
        behind += plain.partition(",")[2].replace(",", " ").split()
    signs = [sign for chunk in chunks for sign in _signs(chunk)]
    if signs[:1] in (["i"], ["ni"]):
        signs[1:2] = [_BALINESE.get(sign, sign) for sign in signs[1:2]]
    if today:
        signs = [_spelt_today(each) for sign in signs for each in _SPELT_OUT.get(sign, (sign,))]
    return _Name(
        tuple(_SHORT.get(sign, sign) for sign in signs),
        degrees,
        tuple("".join(_signs(chunk)) for chunk in behind),
    )


def _take_titles(chunks: list[str], *, spelled: bool) -> None:
    """Take off what stands before a name, also where nothing parts it: *Dr.Ir.Suharto*, *H.M. Yusuf*."""
    while chunks:
        parts = [part for part in chunks[0].split(".") if _SIGNS.search(part)]
        left = list(dropwhile(lambda part: set(_signs(part)) <= _BEFORE, parts))
        if len(parts) > 1 and "".join(_signs(chunks[0])) in _SPELLED:
            if not spelled:
                return
            left = []
        if not left and len(chunks) == 1:
            return
        if left:
            chunks[0] = ".".join(left) if len(left) < len(parts) else chunks[0]
            if len(chunks) > 1 and _signs(chunks[0]) == ["st"]:
                # before a name it is Siti, behind it a degree
                chunks[0] = "siti"
            return
        del chunks[0]


def _signs(chunk: str) -> list[str]:
    return _SIGNS.findall(chunk.casefold())


def _spelt_today(word: str) -> str:
    """*Tjokorda*, *Djoko*, *Soeharto*, *Njoman*, *Sjarif* as they are spelt since 1972.

    A *j* is one of old, and a *y* today, where the word has other marks of that spelling: *Djaja* is *Jaya*.
    """
    word = re.sub("^nj", "ny", word).replace("sj", "sy")
    if not _OLD_SPELLING.search(word):
        return word
    word = re.sub("(?<![dtsn])j", "y", word)
    return word.replace("tj", "c").replace("dj", "j").replace("oe", "u")


def _is_degree(chunk: str, *, loud: bool) -> bool:
    """*SE*, *S.Kom*, *M.T.*; a letter alone is an initial, and *Ma* a name where not all is in capitals."""
    signs = _signs(chunk)
    if not loud and "." not in chunk and chunk != chunk.upper():
        return False
    return all(len(sign) == 1 or sign in DEGREES for sign in signs) and (
        len(signs) > 1 or signs[0] in DEGREES - {"h", "r"}
    )


def same_person(person: str, holder: str) -> bool:
    """Whether two names can be one person's: titles and degrees may stand in one and not in the other.

    A name within the other one, in the same order, counts from two words on: many people are called Budi.
    An initial may stand for a word in its very place. Two names without a letter are nobody's.
    """
    return any(
        _same(_read(person, spelled=one, today=today), _read(holder, spelled=other, today=today))
        for today in (False, True)
        for one in (False, True)
        for other in (False, True)
    )


def _same(one: _Name, other: _Name) -> bool:
    if one.words == other.words:
        return bool(one.words) and (_words(one) != 1 or _degrees_agree(one, other))
    if max(len(one.words), len(other.words)) > _MOST:
        return False
    # of as many words each may be the one within the other
    return _within(one, other) or _within(other, one)


def _within(shorter: _Name, longer: _Name) -> bool:
    if not _words(shorter):
        return False
    if _in_common(shorter.words, [word for word in longer.words if word not in shorter.degrees], whole=True):
        return True
    common = _in_common(shorter.words, longer.words)
    # *M. Yusuf* is *Muhammad Yusuf*, *Yusuf* need not be
    as_long = len(shorter.words) == len(longer.words)
    return common > 1 or (common == 1 and as_long and _degrees_agree(shorter, longer))


def _words(name: _Name) -> int:
    return sum(len(word) > 1 for word in name.words)


def _degrees_agree(one: _Name, other: _Name) -> bool:
    # *SE* is *S.E.*
    # *S.E., M.M.* are *SE MM*, and who has a second one had the first
    pairs = (one.degrees, other.degrees), (frozenset(one.titles), frozenset(other.titles))
    agree = any(said <= also or also <= said for said, also in pairs)
    return agree or "".join(one.titles) == "".join(other.titles)


def _in_common(shorter: Sequence[str], longer: Sequence[str], *, whole: bool = False) -> int:
    """How many words are the same at most, where all of one stand in their order within the other; else 0.

    ``whole``: where nothing else stands there.
    """
    if whole and len(shorter) != len(longer):
        return 0
    # for each beginning of the longer one, what the shorter one's beginning has in common with it
    best: list[int | None] = [0] * (len(longer) + 1)
    for word in shorter:
        found: list[int | None] = [None]
        for place, other in enumerate(longer):
            before = best[place]
            if before is not None and _may_be(word, other):
                before += word == other and len(word) > 1
                found.append(max(before, found[-1] or 0))
            else:
                found.append(found[-1])
        best = found
    return best[-1] or 0


def _may_be(word: str, other: str) -> bool:
    return word == other or (1 in {len(word), len(other)} and word[0] == other[0])
