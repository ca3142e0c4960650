"""The difference between two texts in sentences, each of which can be taken over or left by itself."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop.base.richtext import normalise
from desktop.base.worddiff import changes
from desktop.workspace.sentences import Agreed, Clash, merge, nests, tokens

MOST = 400
"""Steps of one text; what was changed more often is one step."""
LONGEST = 1_000_000
"""Letters of a text beyond which it is one step; a whole book has fewer."""
_PAIRS = 300_000
"""Pairs of equal sentences beyond which two texts are one step."""
_BLOCK_END = re.compile(r"</(?:p|h[1-4]|li|tr|table)>")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Step:
    """Some neighbouring sentences that became others; one side may be empty."""

    before: str
    """Without marks."""
    after: str
    clash: bool = False
    """Whether somebody here changed the same sentences since."""
    kept: tuple[str, str] = ("", "")
    """Before and after as they are kept, with their marks: what is shown to whoever decides."""

    @property
    def is_look(self) -> bool:
        """Whether only the look of the letters differs, or what a reference leads to."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch: tokens ``start`` to ``end`` of the present text become ``text``."""

    start: int
    end: int
    text: str
    step: Step


class Steps:
    """What a text here would become, step by step."""

    def __init__(self, base: str, now: str, theirs: str, *, rich: bool) -> None:
        self._now, self._rich = now, rich
        self._tokens = tokens(now)
        parts: list[str] = []
        clashes: list[tuple[int, int]] = []
        at = 0
        self._heavy = _beyond(self._tokens, tokens(base), tokens(theirs))
        for chunk in self._merged(base, now, theirs):
            text = chunk.text if isinstance(chunk, Agreed) else chunk.theirs
            if isinstance(chunk, Clash):
                clashes.append((at, at + len(text)))
            parts.append(text)
            at += len(text)
        self._outcome = "".join(parts)
        self._changes = tuple(self._grouped(self._found(clashes)))
        self.all = tuple(each.step for each in self._changes)

    @property
    def clashes(self) -> bool:
        """Whether any step would replace what was written here since."""
        return any(step.clash for step in self.all)

    def taken(self, chosen: Collection[int]) -> str:
        """The text with the chosen steps, by their place."""
        text = self._applied([each for place, each in enumerate(self._changes) if place in set(chosen)])
        return normalise(text) if self._rich and text.strip() else text

    def _merged(self, base: str, now: str, theirs: str) -> Sequence[Agreed | Clash]:
        if self._heavy:
            return (Clash(base, now, theirs),) if now != base else (Agreed(theirs),)
        merged = merge(base, now, theirs)
        return merged.chunks if merged.text is None else (Agreed(merged.text),)

    # ---- finding

    def _found(self, clashes: Sequence[tuple[int, int]]) -> list[Change]:
        after = tokens(self._outcome)
        if self._heavy or _beyond(self._tokens, after):
            return [self._change(0, len(self._tokens), self._outcome, clash=bool(clashes))]
        starts = [0]
        for token in after:
            starts.append(starts[-1] + len(token))
        found = []
        for tag, i1, i2, j1, j2 in changes(self._tokens, after):
            if tag != "equal":
                begin, end = starts[j1], starts[j2]
                clash = any(begin <= last and first <= end for first, last in clashes)
                found.append(self._change(i1, i2, "".join(after[j1:j2]), clash=clash))
        if len(found) > MOST:
            return [self._change(0, len(self._tokens), self._outcome, clash=bool(clashes))]
        return found

    def _change(self, start: int, end: int, text: str, *, clash: bool) -> Change:
        before = "".join(self._tokens[start:end])
        step = Step(self._said(before), self._said(text), clash, (before, text))
        return Change(start, end, text, step)

    def _grouped(self, found: list[Change]) -> list[Change]:
        """Changes that only together leave a text whole are one."""
        grouped: list[Change] = []
        waiting: list[Change] = []
        for each in found:
            waiting.append(each)
            one = self._joined(waiting)
            if self._whole(self._applied([one])) or each is found[-1]:
                grouped.append(one)
                waiting = []
        return grouped

    def _joined(self, parts: Sequence[Change]) -> Change:
        if len(parts) == 1:
            return parts[0]
        text, at = "", parts[0].start
        for each in parts:
            text += "".join(self._tokens[at : each.start]) + each.text
            at = each.end
        return self._change(parts[0].start, parts[-1].end, text, clash=any(each.step.clash for each in parts))

    def _applied(self, changes: Sequence[Change]) -> str:
        parts, at = [], 0
        for each in changes:
            parts += [*self._tokens[at : each.start], each.text]
            at = each.end
        return "".join([*parts, *self._tokens[at:]])

    def _whole(self, text: str) -> bool:
        return not self._rich or nests(text)

    def _said(self, text: str) -> str:
        if not self._rich:
            return text.strip()
        noted = text.replace("<fn>", " [").replace("</fn>", "]").replace("<br/>", "\n")
        lines = _TAG.sub("", _BLOCK_END.sub("\n", noted))
        return "\n".join(line.strip() for line in html.unescape(lines).split("\n") if line.strip())


def _beyond(one: Sequence[str], *others: Sequence[str]) -> bool:
    """Whether comparing takes longer than a person waits: long texts, or one sentence thousands of times."""
    counts = Counter(one)
    return any(
        sum(map(len, other)) > LONGEST or sum(counts[token] for token in other) > _PAIRS for other in others
    )
