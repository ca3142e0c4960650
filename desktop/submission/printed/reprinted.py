"""What printing the documents of a package again has shown: document by document, and in all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.base import Message

_SHOWN = 10
"""Of them that people are shown."""
_NUMBERING = re.compile(r"(?:[0-9]{1,4} ?)*")
"""What stands in the contents, and moves when a line is longer."""


class Match(StrEnum):
    """How a document in the package and the same one printed again relate."""

    SAME = "same"
    """To the byte, as it was sealed."""
    ALIKE = "alike"
    """Other bytes (as where a service wrote the file anew), but every word and every page as printed."""
    LOOK = "look"
    """All words in their order, but pages that look otherwise."""
    DIFFERENT = "different"
    """Other words."""
    UNKNOWN = "unknown"
    """The guideline inside knows no such document, or it could not be printed."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A place (page from 1, of the document in the package): what is printed there, and by the data."""

    page: int
    printed: str
    data: str

    @property
    def numbering(self) -> bool:
        """Whether both are numbers of pages."""
        return all(_NUMBERING.fullmatch(each) for each in (self.printed, self.data))

    @property
    def message(self) -> Message:
        """Both in a sentence."""
        printed, data = (each or "\N{EM DASH}" for each in (self.printed, self.data))
        return Message("submission.reprint.place", page=self.page, printed=printed, data=data)


@dataclass(frozen=True, slots=True)
class Reprinted:
    """One document; ``count`` is the number of all its differing places, ``places`` the first of them.

    ``pages``: the first of those (from 1) that look otherwise, ``looks`` how many there are.
    """

    path: str
    match: Match
    places: tuple[Differing, ...] = ()
    count: int = 0
    pages: tuple[int, ...] = ()
    looks: int = 0
    anew: bool = False
    """Whether the package says that another service wrote the file anew."""
    unusual: str = ""
    """What is drawn there otherwise than in our documents, so that it may be shown otherwise elsewhere."""

    @property
    def _alike(self) -> Message:
        if self.anew and self.unusual:
            return Message("submission.reprint.alike_here", file=self.path, what=self.unusual)
        if self.anew:
            return Message("submission.reprint.alike", file=self.path)
        return Message("submission.reprint.other_bytes", file=self.path)

    @property
    def shown(self) -> tuple[Differing, ...]:
        """The first places to look at: words before numbers, that no page number crowds out a sum."""
        return tuple(sorted(self.places, key=lambda one: one.numbering)[:_SHOWN])

    @property
    def look_message(self) -> Message | None:
        """Which pages look otherwise, if any do."""
        if not self.pages:
            return None
        pages = ", ".join(map(str, self.pages[:_SHOWN]))
        return Message("submission.reprint.looks", n=self.looks, pages=pages)

    @property
    def message(self) -> Message:
        """The answer in a sentence."""
        return {
            Match.SAME: Message("submission.reprint.same", file=self.path),
            Match.ALIKE: self._alike,
            Match.LOOK: Message("submission.reprint.look", file=self.path),
            Match.DIFFERENT: Message("submission.reprint.different", file=self.path, n=self.count),
            Match.UNKNOWN: Message("submission.reprint.unknown", file=self.path),
        }[self.match]


@dataclass(frozen=True, slots=True)
class Reprint:
    """All documents of a package, in its order, and the edition of the program that sealed it."""

    documents: tuple[Reprinted, ...]
    sealed_by: str
    own: str
    open: int = 0
    """How many mandatory findings the data give on the day of printing."""
    stated: int = 0
    """How many are open by the word of the package."""
    excused: int = 0
    """How many mandatory ones the data set aside with a reason, by the same count."""
    whole: bool = True
    """Whether the data hold no more than what a plan gives: nothing twice, of which one is printed."""

    @property
    def agrees(self) -> bool:
        """Whether every document says and shows what the data give.

        One drawing cannot tell what every program would show: other bytes are as good only where a service
        wrote the file anew.
        """
        good = all(
            one.match is Match.SAME or (one.match is Match.ALIKE and one.anew) for one in self.documents
        )
        return self.whole and not self.understated and bool(self.documents) and good

    @property
    def understated(self) -> bool:
        """Whether more is missing than the package says, as this program counts."""
        return self.open > self.stated

    @property
    def excused_message(self) -> Message | None:
        """That mandatory entries were set aside, if any were: the documents say why, no draft mark does."""
        return Message("submission.reprint.excused", n=self.excused) if self.excused else None

    @property
    def message(self) -> Message:
        """What it comes to."""
        same = sum(one.match is Match.SAME for one in self.documents)
        if self.agrees and same == len(self.documents):
            return Message("submission.reprint.all_same", n=same)
        if self.agrees and any(one.unusual for one in self.documents):
            return Message("submission.reprint.all_alike_here")
        if self.agrees:
            return Message("submission.reprint.all_alike", n=len(self.documents))
        if not self.whole:
            return Message("submission.reprint.doubled")
        if self.understated and self.sealed_by != self.own:
            more = {"sealed": self.sealed_by, "own": self.own}
            return Message("submission.reprint.understated_there", n=self.open, stated=self.stated, **more)
        if self.understated:
            return Message("submission.reprint.understated", n=self.open, stated=self.stated)
        if not self.documents:
            return Message("submission.reprint.none")
        if self.sealed_by != self.own:
            return Message("submission.reprint.other_edition", sealed=self.sealed_by, own=self.own)
        return Message("submission.reprint.not_all")
