"""What changed between two texts, word by word, in the few words a reader needs."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Any, TypeAlias, TypeVar

AROUND = 4
"""Words of context before and after a change."""
_LONGEST = 6000
"""Words beyond which two texts are compared by lines first."""
_EFFORT = 12_000_000
"""Looks beyond which only the beginning and the end are compared: a second, where it could be hours."""
_EACH = 4
"""Looks that a part costs by itself, beside one for each part that is equal to it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that went (``gone``), came (``new``) or stayed (``same``); how many ``more`` changes."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The whole text as pieces; those that are not gone make the new text, those not new the old one."""
    before, after = _split(old), _split(new)
    pieces: list[Piece] = []
    for op, i1, i2, j1, j2 in changes_of_words(before, after, _ends_line):
        if op == "equal":
            pieces.append(Piece("same", "".join(after[j1:j2])))
            continue
        if i1 < i2:
            pieces.append(Piece("gone", "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("new", "".join(after[j1:j2])))
    return pieces


def _split(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _ends_line(word: str) -> bool:
    return "\n" in word


def held_apart(texts: Sequence[str]) -> list[list[Piece]]:
    """Each of several texts as pieces: ``new`` is what is otherwise in any of the others.

    A ``gone`` one without words stands where another one has something that is not here. All are held against
    the first: what two have and the first has not is otherwise in it, and so is shown of each.
    """
    first, *others = map(_split, texts)
    budget = [_EFFORT]
    found = [(first, [("equal", 0, len(first), 0, len(first))])]
    found += [(each, changes_of_words(first, each, _ends_line, budget)) for each in others]
    differs, cuts = bytearray(len(first)), bytearray(len(first) + 1)
    for op, start, end, _, _ in (change for _, changes_ in found for change in changes_):
        if op != "equal":
            differs[start:end] = b"\1" * (end - start)
            cuts[start] = cuts[end] = 1
    return [list(_cut(words, changes_, differs, cuts)) for words, changes_ in found]


def _cut(words: list[str], found: list[Change], differs: bytearray, cuts: bytearray) -> Iterator[Piece]:
    """A text as pieces, by what became of the first one's words and where that differs from any."""
    mine, marks = bytearray(len(words)), bytearray(len(words) + 1)
    for op, i1, i2, j1, j2 in found:
        if op == "equal":
            mine[j1:j2], marks[j1 : j2 + 1] = differs[i1:i2], cuts[i1 : i2 + 1]
    for op, _, _, j1, j2 in found:
        if op != "equal":
            mine[j1:j2] = b"\1" * (j2 - j1)
            marks[j1] = marks[j2] = 1
    at = 0
    for end in (place for place in range(len(words) + 1) if marks[place] or place == len(words)):
        if at < end:
            yield Piece("new" if mine[at] else "same", "".join(words[at:end]))
        if marks[end]:
            yield Piece("gone", "")
        at = end


class _Tired(Exception):
    """It would take too long."""


class _Bounded(SequenceMatcher[Any]):
    """Looks through all that is left once for each stretch it finds, and counts that."""

    def __init__(self, before: Sequence[Hashable], after: Sequence[Hashable], budget: list[int]) -> None:
        """``budget``: how many looks are left, in its one place; several comparisons may share it."""
        super().__init__(None, before, after, autojunk=False)
        there = Counter(after)
        self._costs = [0, *accumulate(_EACH + there[one] for one in before)]
        self._budget = budget

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        self._budget[0] -= self._costs[-1 if ahi is None else ahi] - self._costs[alo]
        if self._budget[0] < 0:
            raise _Tired
        return super().find_longest_match(alo, ahi, blo, bhi)


Change: TypeAlias = tuple[str, int, int, int, int]
"""As :mod:`difflib` tells it."""
_Word = TypeVar("_Word", bound=Hashable)


def changes_of_words(
    before: Sequence[_Word],
    after: Sequence[_Word],
    ends: Callable[[_Word], bool],
    budget: list[int] | None = None,
) -> list[Change]:
    """What became of the words of a text; a long one is compared by lines, then within those that differ.

    ``ends`` says whether a line ends with a word, ``budget`` how many looks are left.
    """
    budget = budget or [_EFFORT]
    if max(len(before), len(after)) <= _LONGEST:
        return changes(before, after, budget)
    old, new = _rows(before, ends), _rows(after, ends)
    one, other = ([0, *accumulate(map(len, side))] for side in (old, new))
    found: list[Change] = []
    for op, i1, i2, j1, j2 in changes(old, new, budget):
        a, b = one[i1], other[j1]
        if op != "replace":
            found.append((op, a, one[i2], b, other[j2]))
            continue
        inside = changes(before[a : one[i2]], after[b : other[j2]], budget)
        found += [(what, a + k1, a + k2, b + m1, b + m2) for what, k1, k2, m1, m2 in inside]
    return found


def _rows(words: Sequence[_Word], ends: Callable[[_Word], bool]) -> list[tuple[_Word, ...]]:
    rows: list[tuple[_Word, ...]] = []
    begun = 0
    for place, word in enumerate(words, 1):
        if ends(word) or place == len(words):
            rows.append(tuple(words[begun:place]))
            begun = place
    return rows


def changes(
    before: Sequence[Hashable], after: Sequence[Hashable], budget: list[int] | None = None
) -> list[Change]:
    """What became of a series, as :mod:`difflib` tells it, in bounded time.

    One line ten thousand times, in both, is a hundred million pairs; and where every second line differs, all
    that follows is looked through for each.
    """
    with contextlib.suppress(_Tired):
        return list(_Bounded(before, after, budget or [_EFFORT]).get_opcodes())
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    rest = most - start
    end = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    old, new = len(before) - end, len(after) - end
    found = [
        ("equal", 0, start, 0, start),
        ("replace", start, old, start, new),
        ("equal", old, len(before), new, len(after)),
    ]
    return [each for each in found if each[1] < each[2] or each[3] < each[4]]


def excerpt(pieces: list[Piece], most: int | None = None) -> Iterator[Piece]:
    """The changes with a few words around each; what lies between is an ellipsis.

    ``most`` changes, where nobody decides by them; how many more there are is the last piece (``more``), for
    the ellipsis says that nothing changed.
    """
    # what came in the place of what went is one change with it
    begins = [
        piece.kind != "same" and not (piece.kind == "new" and place and pieces[place - 1].kind == "gone")
        for place, piece in enumerate(pieces)
    ]
    shown = 0
    for place, piece in enumerate(pieces):
        shown += begins[place]
        if most is not None and shown > most:
            yield Piece("more", str(sum(begins[place:])))
            return
        if piece.kind != "same":
            yield piece
            continue
        words = _split(piece.text)
        head = words[:AROUND] if place else []
        tail = words[-AROUND:] if place + 1 < len(pieces) else []
        if len(words) <= len(head) + len(tail):
            yield piece
        else:
            yield Piece("same", "".join(head) + ("… " if place or tail else "") + "".join(tail))
