"""Texts filled differently, sentence by sentence: where they clash, and the text made of what was chosen.

With two sides it finds what the sentence merge found; with more, every side is held against the same base.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desktop.base import richtext
from desktop.workspace.errors import NotAllChosen, TornText
from desktop.workspace.sentences import Apart, beyond_measure, nests, stretches, tokens

_BLOCK = r"</?(?:p|h[1-4]|ul|ol|li|table|tr|td)(?:\s[^<>]*)?/?>"
_SHELL = re.compile(rf"((?:\s*{_BLOCK})*)(.*?)((?:{_BLOCK}\s*)*)", re.DOTALL)
_RICH = re.compile(r"<(?:p|h[1-4]|ul|ol|table)[\s>]")
_TAG = re.compile(r"<[^<>]*>")
_LOOSE = re.compile(rf"(?<![ \t])[ \t]++(?=\n|\Z|{_BLOCK})")
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
    if beyond_measure(split, *sides):
        return whole
    parts: list[Part] = []
    number = 0
    for each in stretches(split, sides):
        if isinstance(each, Apart):
            number += 1
            parts.append(Clash(number, each.base, each.options))
        else:
            parts.append(each)
    agreed = [part for part in parts if isinstance(part, str)]
    if len(agreed) == len(parts) and rich and not nests("".join(agreed)):
        return whole  # every sentence agrees, and yet the marks do not nest: only one of the wholes is right
    return Clashing(tuple(parts), rich)


def _is_rich(texts: Sequence[str]) -> bool:
    written = [text for text in texts if text.strip()]
    return bool(written) and all(_RICH.match(text.lstrip()) for text in written)


def _joined(texts: Sequence[str]) -> str:
    """Texts one after the other, each said once, with a blank between sentences that have none."""
    made = ""
    for text in dict.fromkeys(texts):
        if not text:
            continue
        bare = made and not made[-1].isspace() and not text[0].isspace()
        made += f" {text}" if bare and made[-1] != ">" and text[0] != "<" else text
    return made
