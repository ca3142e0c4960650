"""Three-way merge of texts by sentence: what people changed in different sentences is all kept.

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
from functools import lru_cache

from desktop.base.worddiff import changes

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


@dataclass(frozen=True, slots=True)
class Apart:
    """A stretch that the sides changed differently; ``options`` has one text for each side, in order."""

    base: str
    options: tuple[str, ...]


def stretches(base: list[str], sides: Sequence[list[str]]) -> list[str | Apart]:
    """A base of tokens with what its descendants, two or more, made of it, from start to end."""
    hunks = [_hunks(base, side) for side in sides]
    found: list[str | Apart] = []
    at = 0
    for group in _grouped(hunks):
        start, end = _reach(group)
        found.append("".join(base[at:start]))
        if len(group) == 1:
            found.append("".join(group[0].tokens))
        else:
            options = (_side(base, [h for h in each if h in group], start, end) for each in hunks)
            found.append(Apart("".join(base[start:end]), tuple(options)))
        at = end
    found.append("".join(base[at:]))
    return [each for each in found if each]


def _hunks(base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    codes = changes(base, other)
    return [Hunk(i1, i2, tuple(other[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _clash(a: Hunk, b: Hunk) -> bool:
    """Whether two different hunks change the same place (those of one side never do)."""
    if a.start == a.end and b.start == b.end:
        return a.start == b.start
    if a.start == a.end:
        return b.start < a.start < b.end
    if b.start == b.end:
        return a.start < b.start < a.end
    return a.start < b.end and b.start < a.end


def _grouped(sides: Sequence[list[Hunk]]) -> list[list[Hunk]]:
    """Hunks that clash with each other, directly or through a third; what sides have in common is one."""
    hunks = dict.fromkeys(hunk for side in sides for hunk in side)
    groups: list[list[Hunk]] = []
    over: list[list[Hunk]] = []
    for hunk in sorted(hunks, key=lambda h: (h.start, h.end)):
        # what lies wholly before it is met no more
        over += [group for group in groups if _reach(group)[1] < hunk.start]
        groups = [group for group in groups if _reach(group)[1] >= hunk.start]
        hit = [group for group in groups if any(_clash(other, hunk) for other in group)]
        if not hit:
            groups.append([hunk])
            continue
        hit[0].append(hunk)
        for more in hit[1:]:
            hit[0] += more
            groups.remove(more)
    return _swallowed(sorted(over + groups, key=_reach))


def _reach(group: list[Hunk]) -> tuple[int, int]:
    return min(hunk.start for hunk in group), max(hunk.end for hunk in group)


def _swallowed(groups: list[list[Hunk]]) -> list[list[Hunk]]:
    """A clashing range takes in every hunk that lies inside it."""
    out: list[list[Hunk]] = []
    for group in groups:
        if out and len(out[-1]) > 1 and _reach(group)[0] < _reach(out[-1])[1]:
            out[-1] += group
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


def beyond_measure(base: list[str], *others: list[str]) -> bool:
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
    parts = tokens(base), tokens(mine), tokens(theirs)
    if beyond_measure(*parts):
        return Merge(None, (Clash(base, mine, theirs),))
    chunks = [
        Agreed(each) if isinstance(each, str) else Clash(each.base, *each.options)
        for each in stretches(parts[0], parts[1:])
    ]
    if any(isinstance(chunk, Clash) for chunk in chunks):
        return Merge(None, tuple(chunks))
    text = "".join(chunk.text for chunk in chunks if isinstance(chunk, Agreed))
    if not nests(text) and nests(mine) and nests(theirs):
        return Merge(None, (Clash(base, mine, theirs),))
    return Merge(text, tuple(chunks))
