"""Texts filled differently, sentence by sentence: where they clash, and the text made of what was chosen.

With two sides it finds what the sentence merge found; with more, every side is held against the same base.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from desktop.base import richtext
from desktop.workspace.errors import NotAllChosen, TornText
from desktop.workspace.sentences import nests, tokens

_LONGEST = 20_000
"""Sentences of a text beyond which it is not taken apart but chosen as a whole."""
_BLOCK = r"</?(?:p|h[1-4]|ul|ol|li|table|tr|td)(?:\s[^<>]*)?/?>"
_SHELL = re.compile(rf"((?:\s*{_BLOCK})*)(.*?)((?:{_BLOCK}\s*)*)", re.DOTALL)
_RICH = re.compile(r"<(?:p|h[1-4]|ul|ol|table)[\s>]")
_TAG = re.compile(r"<[^<>]*>")
_LOOSE = re.compile(rf"[ \t]+(?=\n|\Z|{_BLOCK})")
"""Blanks at the end of a line, which nobody sees."""


@dataclass(frozen=True, slots=True)
class Pick:
    """What is chosen for one clash: a side by its place, the sides one after the other, or own words."""

    kind: Literal["side", "both", "own"]
    side: int = 0
    words: str = ""


BOTH = Pick("both")


@dataclass(frozen=True, slots=True)
class Clash:
    """A stretch that the sides changed differently; ``options`` has one text for each side, in order."""

    number: int
    """From 1, in the order of the text."""
    base: str
    options: tuple[str, ...]

    @property
    def appended(self) -> bool:
        """Whether each side only added something, at the same place."""
        return not words_of(self.base) and all(words_of(each) for each in self.options)

    @property
    def preselected(self) -> Pick | None:
        """The answer that is nearly always meant: who only added loses nothing."""
        return BOTH if self.appended else None

    def choose(self, pick: Pick, *, rich: bool) -> str:
        """The words a choice puts here."""
        match pick.kind:
            case "both":
                return _joined(self.options)
            case "own":
                return self._own(pick.words, rich=rich)
            case _:
                return self.options[pick.side] if 0 <= pick.side < len(self.options) else ""

    def _own(self, words: str, *, rich: bool) -> str:
        pattern = next((each for each in (*self.options, self.base) if words_of(each)), "")
        if not rich:
            return pattern[: len(pattern) - len(pattern.lstrip())] + words.strip()
        found = _SHELL.fullmatch(pattern)
        before, inner, after = found.groups() if found else ("", pattern, "")
        space = inner[: len(inner) - len(inner.lstrip())]
        lines = [html.escape(line.strip(), quote=False) for line in words.splitlines() if line.strip()]
        if before and after:
            return "".join(f"{before}{line}{after}" for line in lines)
        return before + space + " ".join(lines) + after


Part: TypeAlias = str | Clash
"""A stretch of a text: one that everybody agrees on, or a clash."""


@dataclass(frozen=True, slots=True)
class Clashing:
    """A text that several people changed: what stands, and where a choice is needed.

    Looked at this closely there may be no clash left at all; the text is then taken as it is assembled.
    """

    parts: tuple[Part, ...]
    rich: bool
    """Whether it is a text with marks (the HTML subset)."""

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Where a choice is needed."""
        return tuple(part for part in self.parts if isinstance(part, Clash))

    def assemble(self, picks: Mapping[int, Pick]) -> str:
        """The text that the choices make, by number of the clash.

        Raises NotAllChosen, and TornText when what was chosen does not fit together.
        """
        missing = [each.number for each in self.clashes if each.number not in picks]
        if missing:
            raise NotAllChosen(missing)
        chosen = (
            part if isinstance(part, str) else part.choose(picks[part.number], rich=self.rich)
            for part in self.parts
        )
        text = _LOOSE.sub("", "".join(chosen))
        if not self.rich:
            return text
        if not nests(text):
            raise TornText
        return richtext.normalise(text)

    def take(self, side: int) -> str:
        """The text with one side's words wherever sentences clash. Raises TornText."""
        return self.assemble({each.number: Pick("side", side) for each in self.clashes})


def words_of(fragment: str) -> str:
    """A stretch of a text as it is read: without marks, blanks drawn together."""
    return " ".join(html.unescape(_TAG.sub(" ", fragment)).split())


def clashing(base: str, texts: Sequence[str]) -> Clashing:
    """Hold the sides of a text against what they were made from."""
    rich = _is_rich([base, *texts])
    whole = Clashing((Clash(1, base, tuple(texts)),), rich)
    split, sides = tokens(base), [tokens(text) for text in texts]
    if max(map(len, (split, *sides))) > _LONGEST:
        return whole
    parts = _parts(split, sides)
    agreed = [part for part in parts if isinstance(part, str)]
    if len(agreed) == len(parts) and rich and not nests("".join(agreed)):
        return whole  # every sentence agrees, and yet the marks do not nest: only one of the wholes is right
    return Clashing(tuple(parts), rich)


def _is_rich(texts: Sequence[str]) -> bool:
    written = [text for text in texts if text.strip()]
    return bool(written) and all(_RICH.match(text.lstrip()) for text in written)


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Base tokens ``start`` to ``end`` (not included) replaced by ``tokens``."""

    start: int
    end: int
    tokens: tuple[str, ...]


def _hunks(base: list[str], other: list[str]) -> list[_Hunk]:
    codes = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [_Hunk(i1, i2, tuple(other[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _meet(a: _Hunk, b: _Hunk) -> bool:
    """Whether two different hunks change the same place; those that only touch do not."""
    if a.start == a.end and b.start == b.end:
        return a.start == b.start
    if a.start == a.end or b.start == b.end:
        point, span = (a, b) if a.start == a.end else (b, a)
        return span.start < point.start < span.end
    return a.start < b.end and b.start < a.end


def _parts(base: list[str], sides: list[list[str]]) -> list[Part]:
    hunks = [_hunks(base, side) for side in sides]
    parts: list[Part] = []
    at = number = 0
    for group in _groups(sorted({hunk for each in hunks for hunk in each}, key=lambda h: (h.start, h.end))):
        start, end = min(h.start for h in group), max(h.end for h in group)
        parts.append("".join(base[at:start]))
        if len(group) == 1:
            parts.append("".join(group[0].tokens))
        else:
            number += 1
            inside = set(group)
            options = tuple(_side(base, [h for h in each if h in inside], start, end) for each in hunks)
            parts.append(Clash(number, "".join(base[start:end]), options))
        at = end
    parts.append("".join(base[at:]))
    return [part for part in parts if part]


def _groups(hunks: list[_Hunk]) -> list[list[_Hunk]]:
    """Hunks that change the same place, directly or through a third, and what lies between them."""
    groups: list[list[_Hunk]] = []
    for hunk in hunks:
        hit = [group for group in groups if any(_meet(other, hunk) for other in group)]
        if not hit:
            groups.append([hunk])
            continue
        hit[0].append(hunk)
        for more in hit[1:]:
            hit[0] += more
            groups.remove(more)
    out: list[list[_Hunk]] = []
    for group in sorted(groups, key=lambda g: (min(h.start for h in g), max(h.end for h in g))):
        reached = max((h.end for h in out[-1]), default=0) if out else 0
        if out and len(out[-1]) > 1 and min(h.start for h in group) < reached:
            out[-1].extend(group)
        else:
            out.append(group)
    return out


def _side(base: list[str], hunks: list[_Hunk], start: int, end: int) -> str:
    parts: list[str] = []
    at = start
    for hunk in sorted(hunks, key=lambda h: (h.start, h.end)):
        parts += [*base[at : hunk.start], *hunk.tokens]
        at = hunk.end
    return "".join([*parts, *base[at:end]])


def _joined(texts: Sequence[str]) -> str:
    """Texts one after the other, each said once, with a blank between sentences that have none."""
    made = ""
    for text in dict.fromkeys(texts):
        if not text:
            continue
        bare = made and not made[-1].isspace() and not text[0].isspace()
        made += f" {text}" if bare and made[-1] != ">" and text[0] != "<" else text
    return made
