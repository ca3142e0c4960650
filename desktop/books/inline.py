"""What stands in a paragraph or a cell of a book: letters, small labels, footnotes, references."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from desktop.base.richtext import Run


class Tone(StrEnum):
    """How loud a mark or a box is; colours belong to the writer."""

    SOFT = "soft"
    EXAMPLE = "example"
    WARNING = "warning"
    GOOD = "good"
    MODERATE = "moderate"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Tag:
    """A small label within a line: *contoh*, *teks Indonesia*, *isian berbeda*, a rating."""

    text: str
    tone: Tone = Tone.SOFT


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark stands in the line, its text at the foot of the page or the end of the chapter."""

    line: tuple[Run, ...]
    number: int = 0
    """Given by the composer, from 1 through the whole book; the same in every language."""


@dataclass(frozen=True, slots=True, eq=False)
class Cited(Run):
    """A reference as printed; ``key`` is what it leads to, even where nothing in this book is led to."""

    key: str = ""

    def __eq__(self, other: object) -> bool:
        # it reads as the run it is: what it leads to is for files that come back
        return isinstance(other, Run) and _read(self) == _read(other)

    def __hash__(self) -> int:
        return hash(_read(self))


def _read(run: Run) -> tuple[object, ...]:
    return run.text, run.bold, run.italic, run.underline, run.strike, run.raised, run.href


Inline: TypeAlias = Run | Tag | Note
Line: TypeAlias = tuple[Inline, ...]
"""What stands in a paragraph or a cell."""


def text_of(line: Line) -> str:
    """A line without its marks; labels in square brackets."""
    return "".join(_said(part) for part in line)


def _said(part: Inline) -> str:
    match part:
        case Run():
            return part.text
        case Tag():
            return f" [{part.text}]"
        case Note():
            return ""
