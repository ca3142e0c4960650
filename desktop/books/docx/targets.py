"""What contents and references lead to: bookmarks, and the numbers that Word gives by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from desktop.books.document import Document, Element, Figure, Heading, Table

Goal: TypeAlias = Heading | Table | Figure
DEEPEST = 4
"""Headings below stand on this level."""


@dataclass(frozen=True, slots=True)
class Target:
    """A heading, table or figure with its bookmarks."""

    goal: Goal
    place: int
    automatic: bool
    """Whether Word counts it as the tree does; else its number is written out."""

    @property
    def name(self) -> str:
        """The bookmark of the whole line."""
        return f"_Toc{self.place:08d}"

    @property
    def label(self) -> str:
        """The bookmark of label and number alone (*Tabel 3*)."""
        return f"_Ref{self.place:08d}"


class Targets:
    """Everything in a document that can be led to."""

    def __init__(self, book: Document) -> None:
        goals = [each for each in book.all if isinstance(each, Heading | Table | Figure)]
        counted = _counted(book.headings)
        self._found = {
            id(goal): Target(goal, place, id(goal) in counted) for place, goal in enumerate(goals, 1)
        }
        self._named = {goal.target: self._found[id(goal)] for goal in reversed(goals) if goal.target}

    def of(self, goal: Goal) -> Target:
        """The bookmarks of an element of the document."""
        return self._found[id(goal)]

    def named(self, target: str) -> Target | None:
        """What a reference leads to, if it is in this document."""
        return self._named.get(target)


def _counted(headings: Iterable[Heading]) -> set[int]:
    """The headings whose number is the one that Word gives, counting as it does."""
    counters = [0] * DEEPEST
    found = set()
    for heading in headings:
        parts = heading.number.split(".")
        level = heading.level
        if not heading.number or level > DEEPEST or len(parts) != level:
            continue
        counters[level:] = [0] * (DEEPEST - level)
        if parts == [*map(str, counters[: level - 1]), str(counters[level - 1] + 1)]:
            counters[level - 1] += 1
            found.add(id(heading))
    return found


def is_goal(element: Element) -> bool:
    """Whether something can lead to an element."""
    return isinstance(element, Heading | Table | Figure)
