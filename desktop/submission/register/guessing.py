"""Which region is a folder or file of? A suggestion from its name, never more than that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from desktop.base.resources import resource
from desktop.workspace.regions import regions

_CODE = re.compile(r"(?<!\d)(?<!\d\.)(\d{2})\.?(\d{2})(?!\.?\d)")
_DOTTED = re.compile(r"(?<!\d)(?<!\d\.)(\d{2})\.(\d{2})(?!\.?\d)")
_LOOSE = re.compile(r"(?<!\d)(\d{2})[\-_ ]?(\d{2})(?!\d)")
"""A code as some write it: it is one where the region's name stands beside it."""
_NUMBERED = re.compile(r"\.(?!(?:asice|sce|zip|7z|rar)$)[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
"""How the name of a paper or a picture ends: four figures in it are a camera's number, or a letter's; in the
name of a folder or a package they are a code."""
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,8}$")
_LETTER = re.compile(r"[^\W\d_]")
_HOUR = r"\d{1,2}[.:\-_]?\d{2}(?:[.:\-_]?\d{2})?(?!\d)"
_MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|ag[ust]|agustus"
    r"|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[sc](?:ember)?)(?![a-z])"
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}([.\-_ ])\d{1,2}\1\d{1,2}|\d{1,2}([.\-_ ])\d{1,2}\2(?:\d{4}|\d{2})|20\d{6}"
    rf"|\d{{1,2}}[.\-_ ]*{_MONTH}(?:[.\-_ ]*20\d{{2}})?)(?!\d)"
    rf"(?:[ _T\-]*(?:at|pukul|pkl|jam)?[. _(,]*{_HOUR}(?: ?- ?{_HOUR})?)?"
    rf"|\b(?:at|pukul|pkl|jam)[. _]*{_HOUR}|(?<![\d.]){_HOUR}[. _]*wi(?:b|ta|t)\b",
    re.IGNORECASE,
)
"""A day with the hours behind it, or an hour called one: a third of all days are some region's code."""
_SAME = {"kab": "kabupaten", "regency": "kabupaten", "kodya": "kota", "kep": "kepulauan"}
"""Words people write for those that stand in a region's name. *City* is none: *Smart City Bogor* is a plan of
the regency as often as of the town."""
_KINDS = ("kabupaten", "kota")
_PROVINCE = frozenset({"province"})
_OFFICIAL = frozenset({"daerah", "istimewa", "khusus", "ibukota", "dki"})
_OF_OTHERS = {
    "kota": frozenset({"bupati", "pemkab", "perbup"}),
    "kabupaten": frozenset({"wali", "walikota", "pemkot", "perwali"}),
}
"""What only the other kind has: *Surat Bupati Malang kepada Wali Kota Malang* is not surely the town's."""
LONGEST = 6
"""Words of a region's name."""


def guessed_region(*names: str, within: Iterable[str] = ()) -> str:
    """The code of the one region that these names (the nearest last) speak of; empty where none is sure.

    In a region's own folder things may be called after whatever place they are about, so the first name that
    speaks of one decides; a province's folder speaks of none. A name that may speak of one (*Aplikasi SIAK*,
    *3507 Kota Malang*) lets none below it speak of another. A word that is a region's (*Batu*) decides
    nothing above a folder of another one, and figures that may be a day (*12.11*) nothing either, nor above
    anything ``within``: of what lies there.
    """
    maybe: set[str] = set()
    for place, name in enumerate(names):
        code = _guessed(name)
        if not code:
            called = _called(name)
            maybe |= set() if called & _PROVINCE else called
            continue
        if maybe and code not in maybe:
            return ""
        if surely_named(name) == code or (_coded(name) and not _may_be_a_day(code)):
            return code
        below = (*names[place + 1 :], *(within if _coded(name) else ()))
        return "" if {_clearly(each) for each in below} - {"", code} else code
    return ""


def surely_named(name: str) -> str:
    """The one region that a name says with what kind it is, or with its code; empty where it does not."""
    return _agreed(name) or ("" if _coded(name) else _alone(name))


def _alone(name: str) -> str:
    """The one region that a name says with its kind, beside nothing but everyday words and itself."""
    code = _named(name, _full())
    if not code:
        return ""
    entry = next(each for each in regions() if each.code == code)
    full, province = _words(entry.name), _words(entry.province)
    said = {"".join(words) for words in (full, full[1:], province)} | {"kotacerdas"}
    said.add("".join(word for word in province if word not in _OFFICIAL))
    rest, words = set[str](), _words(_DATE.sub(" ", _ENDING.sub("", name)))
    while words:
        sizes = range(min(LONGEST, len(words)), 0, -1)
        size = next((one for one in sizes if "".join(words[:one]) in said), 0)
        rest |= set() if size else {words[0]}
        del words[: size or 1]
    if rest & _OF_OTHERS[full[0]]:
        return ""
    # "Tim" is a team, and short for Timur: Ogan Komering Ulu Timur
    on = [words[len(full)] for words in map(_words, _longer(entry.name))]
    led = any(further.startswith(word) for further in on for word in rest)
    return code if rest <= _everyday() and not led else ""


def speaks_of_others(name: str, code: str) -> bool:
    """Whether a name speaks of a region that is not this one, or may not be: a province, or two of them."""
    return not (_coded(name) | _called(name)) <= {code}


def _guessed(name: str) -> str:
    """The one region that a name says: with its kind, with its code, or as all that it says.

    Beside other words figures are as often a day or a letter's number, and a region's name a word (*siak*,
    *batu*, *metro*) or a place that something is about.
    """
    if sure := surely_named(name):
        return sure
    paper, found = bool(_NUMBERED.search(name)), _coded(name)
    if not found:
        return "" if paper or "".join(_words(_ENDING.sub("", name))) not in _names() else _named(name)
    alone = len(found) == 1 and not _LETTER.search(_DATE.sub(" ", _ENDING.sub("", name)))
    code = found.pop()
    return code if alone and not (paper and _may_be_a_day(code)) else ""


def _may_be_a_day(code: str) -> bool:
    day, month = map(int, code.split("."))
    return day <= 31 and month <= 12


def _clearly(name: str) -> str:
    """The region that a name says with no figures that may be a day."""
    code = _guessed(name)
    return "" if code and _coded(name) and _may_be_a_day(code) and not surely_named(name) else code


def _coded(name: str) -> set[str]:
    code = _DOTTED if _NUMBERED.search(name) else _CODE
    return {f"{a}.{b}" for a, b in code.findall(_DATE.sub(" ", name))} & _codes()


def _agreed(name: str) -> str:
    """The one region whose code, with any mark in it, and whose name stand there: *35-07 Malang*."""
    loose = {f"{a}.{b}" for a, b in _LOOSE.findall(_DATE.sub(" ", name))}
    found = (loose | _coded(name)) & _called(name)
    return found.pop() if len(found) == 1 else ""


def _named(name: str, names: dict[str, set[str]] | None = None) -> str:
    """The one region that is named.

    *Malang* alone is two regions, and *Jambi* may be the province, whose folder holds many: no answer.
    """
    found = _called(name, names)
    return found.pop() if len(found) == 1 and not found & _PROVINCE else ""


def _called(name: str, names: dict[str, set[str]] | None = None) -> set[str]:
    """What the longest run of words that is any region's or province's name can mean."""
    names = _names() if names is None else names
    words = _words(name)
    for length in range(min(LONGEST, len(words)), 0, -1):
        found: set[str] = set()
        for start in range(len(words) - length + 1):
            found |= names.get("".join(words[start : start + length]), set())
        if found:
            return found
    return set()


def _words(name: str) -> list[str]:
    """The words of a name, each kind of region in one way."""
    return [_SAME.get(word, word) for word in re.findall(r"[^\W\d_]+", _parted(name).casefold())]


def _parted(name: str) -> str:
    """``KabMalang`` as two words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _longer(name: str) -> list[str]:
    """The names of regions that begin as this one's does, and go on."""
    return [each.name for each in regions() if each.name.startswith(f"{name} ")]


@cache
def _everyday() -> frozenset[str]:
    """What stands beside a region's name in names of papers of this movement, and leads to no other region.

    *Kota Padang Sidempuan* is not Kota Padang, nor is *Kab. Bandung Brt* Kabupaten Bandung.
    """
    return frozenset(resource("regions", "beside_names.txt").read_text("ascii").split())


@cache
def _codes() -> frozenset[str]:
    return frozenset(each.code for each in regions())


@cache
def _full() -> dict[str, set[str]]:
    """Regions by their names written together, with what kind of region it is."""
    return {"".join(_words(each.name)): {each.code} for each in regions()}


@cache
def _names() -> dict[str, set[str]]:
    """Regions by their names written together: with what kind of region it is, and without."""
    out: dict[str, set[str]] = {}
    for each in regions():
        words = _words(each.name)
        out.setdefault("".join(words), set()).add(each.code)
        bare = "".join(words[1:] if words and words[0] in _KINDS else words)
        if len(bare) > 3:
            out.setdefault(bare, set()).add(each.code)
        words = re.findall(r"[^\W\d_]+", each.province.casefold())
        for name in (words, [word for word in words if word not in _OFFICIAL]):
            out.setdefault("".join(name), set()).update(_PROVINCE)
    return out
