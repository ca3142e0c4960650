"""What the lines of an approval sheet say: its own hashes and words, and nothing that looks like others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.base.fingerprint import word_list, words_of
from desktop.submission.sheet.letters import Letter

_PART = 8
"""Letters of a hash that are told from chance."""
_HASHLIKE = re.compile(r"[0-9a-f]{16,}", re.IGNORECASE)
_ALIKE = str.maketrans("OoDQlISZBG", "0000115286")
"""Signs that are taken for a figure at a glance."""
_GROUPS = re.compile(r"(?:[0-9a-f]{3,}[^0-9a-f|]?){3,}", re.IGNORECASE)
"""Groups of a hash with a sign between them that does not belong there."""
_NUMBER = re.compile(r"NIP[0-9]{1,20}(?![0-9])")
"""A civil servant's number, as it stands under a name: 18 figures, of which nobody makes a hash."""
_LEAST_RUN, _LEAST_FIGURES = 20, 6
_ONE_LINE, _SAME_LINE = 0.5, 2.0
"""How much of a letter's size, and points, its neighbour in one line may stand higher or lower."""
_MOST_WORDS = 6
"""Words of the list, one after another, that are told from chance."""
_MOST_NUMBERED = 6
"""Of the ten numbers, behind which a word of the list stands that is not the fingerprint's."""
_NUMBERED = re.compile(r"(?<!\w)(10|[1-9])[^\w\d]*([^\W\d_]{3,})")


def lines_are_plain(letters: Sequence[Letter], hashes: Sequence[str]) -> bool:
    """Whether each line, read as it stands, holds nothing like a hash but parts of those."""
    for line in (*_rows(letters), *_chains(letters)):
        said = re.sub(r"[^0-9A-Za-z|]", "", "".join(one.sign for one in line))
        left = _NUMBER.sub("|", _without(said, hashes))
        if _HASHLIKE.search(left) or _is_like_a_hash(left):
            return False
    return True


def _is_like_a_hash(left: str) -> bool:
    """With other signs for figures, or between the groups."""
    figures = [sign.isdigit() for sign in left]
    for found in _GROUPS.finditer(left.translate(_ALIKE)):
        if found.end() - found.start() >= _LEAST_RUN and sum(figures[slice(*found.span())]) >= _LEAST_FIGURES:
            return True
    return False


def _rows(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """What stands on one height, from left to right."""
    lines: dict[int, list[Letter]] = {}
    for one in letters:
        lines.setdefault(round(one.matrix[5] / _SAME_LINE), []).append(one)
    for line in lines.values():
        yield sorted(line, key=lambda each: each.matrix[4])


def _chains(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Each letter after the one before it that stands next to its height: a line may climb, or be uneven."""
    chains: list[list[Letter]] = []
    for one in sorted(letters, key=lambda each: each.matrix[4]):
        y = one.matrix[5]
        best, least = None, _ONE_LINE * one.seen
        for chain in chains:
            off = abs(chain[-1].matrix[5] - y)
            if off < least:
                best, least = chain, off
        if best is None:
            chains.append([one])
        else:
            best.append(one)
    return chains


def _without(said: str, hashes: Sequence[str]) -> str:
    """A line without the parts of hashes in it."""
    left, at = [], 0
    while at < len(said):
        length = 0
        while at + length < len(said) and any(said[at : at + length + 1] in one for one in hashes):
            length += 1
        if length >= _PART:
            left.append("|")
            at += length
        else:
            left.append(said[at])
            at += 1
    return "".join(left)


def words_are_own(text: str, fingerprint: str) -> bool:
    """Whether the ten words are there as printed, and no others that could be taken for them."""
    own = words_of(fingerprint)
    printed = " ".join(f"{number} {word}" for number, word in enumerate(own, 1))
    if printed not in text:
        return False
    left = text.replace(printed, " | ")
    listed = frozenset(word_list())
    run = 0
    for word in re.findall(r"[^\W\d_]{3,}|\|", left):
        run = run + 1 if word.casefold() in listed else 0
        if run > _MOST_WORDS:
            return False
    return not spells_words(left)


def spells_words(text: str) -> bool:
    """Whether a text could be taken for the words of a fingerprint: numbers from 1 to 10, each with a word.

    "5 Surat Pernyataan", "10 tahun" and "3 program" are said on any sheet.
    """
    listed = frozenset(word_list())
    numbers = {number for number, word in _NUMBERED.findall(text) if word.casefold() in listed}
    return len(numbers) > _MOST_NUMBERED
