"""Where words are broken at the end of a line: what the dictionaries allow, as a reader of the language does.

The Indonesian dictionary (pyphen) knows no stems: it parts *selur-uh* and *masyarak-at*, and gives two places
for one in *pembangu-n-an*. What it allows is held against how Indonesian syllables begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from desktop.base import Language

_DICTIONARIES = {Language.ID: "id_ID", Language.EN: "en_GB"}
_LEAST = {Language.ID: (2, 3), Language.EN: (2, 3)}
"""Letters that stay, and that go to the next line, at least."""
_ONSET = re.compile(
    r"(?:[aeiou]|(?:kh|ng|ny|sy|str|[bcdfgkpt]r|[bfgkp]l|s[klptw]|[bcdfghjklmnpqrstvwxyz])[aeiou])"
)
"""How a syllable begins."""
_PREFIX = re.compile(r"(?:di|ke|se)?(?:ber|per|ter|mem|men|meng|pem|pen|peng|antar|inter)\Z")
"""What may end in a consonant before a stem that begins with a vowel: *ber-akhir*, *meng-ukur*."""
_SUFFIX = re.compile(r"[b-df-hj-np-tv-z]an(?:nya)?\Z")
"""A stem's last letter and a suffix belong together here: nobody can tell *bangun-an* from *peru-bahan*."""
_VOWELS = "aeiou"


@cache
def breaks(language: Language) -> Callable[[str], Iterable[tuple[str, str]]]:
    """Where words of a language may be broken, the last place first; the dictionary is read when it is asked.

    Given only its name, ReportLab would fetch it for each paragraph, and look each word up anew.
    """
    stays, goes = _LEAST[language]

    @lru_cache(4096)
    def broken(word: str) -> tuple[tuple[str, str], ...]:
        from pyphen import Pyphen

        found = Pyphen(lang=_DICTIONARIES[language], left=stays, right=goes).iterate(word)
        return tuple(pair for pair in found if language is not Language.ID or _reads(*pair))

    def asked(word: str) -> Iterable[tuple[str, str]]:
        return broken(word)

    return asked


def _reads(left: str, right: str) -> bool:
    """Whether an Indonesian word is broken there by somebody who can read it."""
    left, right = left.casefold(), right.casefold()
    letters = re.sub(r"[^a-z]+\Z", "", right)
    if not _ONSET.match(letters) or _SUFFIX.fullmatch(letters):
        return False
    return letters[0] not in _VOWELS or left[-1] in _VOWELS or bool(_PREFIX.search(left))
