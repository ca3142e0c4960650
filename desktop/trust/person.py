"""Whose name is it: the person a package expects, and the holder that a certificate names."""

from __future__ import annotations

import re
import unicodedata

_WORDS = (
    "dr dra drs drg drh ir hj kh prof tgk plt pj plh pjs "
    "ag ak amd ap ars cn eng farm gz hum ikom ip ked keb kep kes kn kom lc ling ma map mba mh mhum "
    "mkes mkom mm mp mpd msc msi mt og par pd phd psi pt sc se sh si sip skm skom sos sp spd spt ssos st stp "
    "sstp tech th tr"
)
_TITLES = frozenset(_WORDS.split())
"""Titles and degrees, taken apart at their dots; letters that stand alone count as well."""


def _names(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold())
    left = frozenset(word for word in words if len(word) > 1 and word not in _TITLES)
    # Somebody may be called just as a degree is.
    return left or frozenset(words)


def same_person(person: str, holder: str) -> bool:
    """Whether two names can be one person's: titles and degrees may stand in one and not in the other.

    A name within the other one counts from two words on: many people are called Budi. Two names without
    a letter are nobody's.
    """
    one, other = _names(person), _names(holder)
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or (len(shorter) > 1 and shorter < longer)
