"""Three-way merge of texts by sentence: what two people changed in different sentences is both kept.

Hunks that only touch (neighbouring sentences) merge; hunks that share a base sentence, and two
different inserts at one point, clash. Texts in the HTML subset keep their tags: a block tag is a token
of its own, an inline tag belongs to the sentence it stands in, and a result whose tags do not nest is
a clash too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

_LONGEST, _PAIRS = 20_000, 2_000_000
"""Sentences of a text, and pairs of equal ones, beyond which two texts are not merged but shown both."""
_BLOCK_NAME = r"(?:p|h[1-4]|ul|ol|li|table|tr|td)\b"
_BLOCK = rf"</?{_BLOCK_NAME}(?:\s[^<>]*)?/?>"
_END = r"[.!?;:](?=[\s<]|$)"
"""What ends a sentence: the points within ``Rp1.250.000`` or ``10.30`` end none."""
_TOKEN = re.compile(
    rf"\n*{_BLOCK}|\n+"
    rf"|[ \t]*(?:(?!{_BLOCK}|{_END})[^\n])+(?:{_END}(?:</(?!{_BLOCK_NAME})\w+>)*)?"
    rf"|[ \t]*{_END}|[ \t]+"
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(/?)>")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Base tokens ``start`` to ``end`` (not included) replaced by ``tokens``."""

    start: int
    end: int
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A stretch both sides agree on, or that only one of them changed."""

    text: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A stretch both sides changed differently."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The result: ``text`` is None when something clashed; the chunks show where."""

    text: str | None
    chunks: tuple[Agreed | Clash, ...]


def tokens(text: str) -> list[str]:
    """Sentences, block tags and line ends, each with the blanks before it; joined they are the text again.

    So the last sentence of a paragraph is the same one when another follows it.
    """
    return _TOKEN.findall(text)


def _hunks(base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    codes = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [Hunk(i1, i2, tuple(other[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _clash(a: Hunk, b: Hunk) -> bool:
    if a == b:
        return False
    if a.start == a.end and b.start == b.end:
        return a.start == b.start
    if a.start == a.end:
        return b.start < a.start < b.end
    if b.start == b.end:
        return a.start < b.start < a.end
    return a.start < b.end and b.start < a.end


@dataclass(slots=True)
class _Group:
    """Hunks of both sides that clash with each other, directly or through a third."""

    hunks: list[tuple[Hunk, bool]]

    @property
    def start(self) -> int:
        return min(hunk.start for hunk, _ in self.hunks)

    @property
    def end(self) -> int:
        return max(hunk.end for hunk, _ in self.hunks)


def _grouped(mine: list[Hunk], theirs: list[Hunk]) -> list[_Group]:
    sided = [(hunk, True) for hunk in mine] + [(hunk, False) for hunk in theirs if hunk not in mine]
    groups: list[_Group] = []
    for hunk, is_mine in sorted(sided, key=lambda pair: (pair[0].start, pair[0].end, not pair[1])):
        hit = [g for g in groups if any(side != is_mine and _clash(other, hunk) for other, side in g.hunks)]
        if not hit:
            groups.append(_Group([(hunk, is_mine)]))
            continue
        hit[0].hunks.append((hunk, is_mine))
        for more in hit[1:]:
            hit[0].hunks += more.hunks
            groups.remove(more)
    return _swallowed(sorted(groups, key=lambda g: (g.start, g.end)))


def _swallowed(groups: list[_Group]) -> list[_Group]:
    """A clashing range takes in every hunk that lies inside it."""
    out: list[_Group] = []
    for group in groups:
        if out and len(out[-1].hunks) > 1 and group.start < out[-1].end:
            out[-1].hunks += group.hunks
        else:
            out.append(group)
    return out


def _side(base: Sequence[str], hunks: list[Hunk], start: int, end: int) -> str:
    parts: list[str] = []
    at = start
    for hunk in sorted(hunks, key=lambda h: (h.start, h.end)):
        parts += [*base[at : hunk.start], *hunk.tokens]
        at = hunk.end
    return "".join([*parts, *base[at:end]])


def _diff3(base: list[str], mine: list[str], theirs: list[str]) -> list[Agreed | Clash]:
    my_hunks, their_hunks = _hunks(base, mine), _hunks(base, theirs)
    shared = [hunk for hunk in my_hunks if hunk in their_hunks]
    chunks: list[Agreed | Clash] = []
    at = 0
    for group in _grouped(my_hunks, their_hunks):
        start, end = group.start, group.end
        chunks.append(Agreed("".join(base[at:start])))
        if len(group.hunks) == 1:
            chunks.append(Agreed("".join(group.hunks[0][0].tokens)))
        else:
            my_part = [hunk for hunk, is_mine in group.hunks if is_mine]
            their_part = [hunk for hunk, is_mine in group.hunks if not is_mine]
            their_part += [hunk for hunk in shared if hunk in my_part]
            chunks.append(
                Clash(
                    "".join(base[start:end]),
                    _side(base, my_part, start, end),
                    _side(base, their_part, start, end),
                )
            )
        at = end
    chunks.append(Agreed("".join(base[at:])))
    return [chunk for chunk in chunks if isinstance(chunk, Clash) or chunk.text]


def nests(text: str) -> bool:
    """Whether every tag that opens also closes, in order (plain text always does)."""
    stack: list[str] = []
    for closing, name, single in _TAG.findall(text):
        if single or name == "br":
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def _beyond_measure(base: list[str], *others: list[str]) -> bool:
    """Whether comparing would take minutes: no text of a plan, but one sentence a hundred thousand times."""
    counts = Counter(base)
    return any(
        len(other) > _LONGEST or sum(counts[token] for token in other) > _PAIRS for other in (base, *others)
    )


@lru_cache(maxsize=256)
def merge(base: str, mine: str, theirs: str) -> Merge:
    """Merge two descendants of ``base``. Swapping the sides never changes a clean result."""
    if mine in (theirs, base):
        return Merge(theirs, (Agreed(theirs),))
    if theirs == base:
        return Merge(mine, (Agreed(mine),))
    swapped = mine > theirs
    first, second = (theirs, mine) if swapped else (mine, theirs)
    parts = tokens(base), tokens(first), tokens(second)
    if _beyond_measure(*parts):
        return Merge(None, (Clash(base, mine, theirs),))
    chunks = _diff3(*parts)
    if swapped:
        chunks = [Clash(c.base, c.theirs, c.mine) if isinstance(c, Clash) else c for c in chunks]
    if any(isinstance(chunk, Clash) for chunk in chunks):
        return Merge(None, tuple(chunks))
    text = "".join(chunk.text for chunk in chunks if isinstance(chunk, Agreed))
    if not nests(text) and nests(mine) and nests(theirs):
        return Merge(None, (Clash(base, mine, theirs),))
    return Merge(text, tuple(chunks))
