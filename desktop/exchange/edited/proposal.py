"""What a Word file would change, as it is shown before anything is taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.exchange.edited.steps import Step, Steps

if TYPE_CHECKING:
    from desktop.exchange.edited.contents import Said
    from desktop.guideline.pack import PageRef
    from desktop.workspace.plan import Place


class Standing(StrEnum):
    """How a text in the file relates to the plan."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICTING = "conflicting"
    """Somebody here changed the same sentences since it went out."""
    DOUBTFUL = "doubtful"
    SAME = "same"


CERTAIN = frozenset({Standing.NEW, Standing.CHANGED})
"""What is taken over unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the plan as it came back."""

    number: int
    """From 1 through all that is not the same, in the order of the file; 0 for what is."""
    place: Place
    where: Message
    page: PageRef
    standing: Standing
    steps: tuple[Step, ...] = ()
    reasons: tuple[Message, ...] = ()
    """What a person should know before deciding."""
    authors: tuple[str, ...] = ()
    """Who changed it, where the file tells."""
    now: str = ""
    ground: tuple[str, str, bool] = ("", "", False)
    """What went out, what came back, whether it is rich: from these the steps are made again."""
    made_from: str = ""
    """Of a translation the hash of the source its editor worked from; empty: of the one that stands now."""

    @property
    def certain(self) -> tuple[int, ...]:
        """The steps that are taken over unless somebody says otherwise, by their place."""
        if self.standing in CERTAIN:
            return tuple(range(len(self.steps)))
        if self.standing is Standing.CONFLICTING:
            return tuple(place for place, step in enumerate(self.steps) if not step.clash)
        return ()

    def with_steps(self, chosen: Iterable[int]) -> str:
        """The text with these steps taken over."""
        base, theirs, rich = self.ground
        return Steps(base, self.now, theirs, rich=rich).taken(set(chosen))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file would change, what is said in it, and what should be known."""

    file: str
    passages: tuple[Passage, ...]
    """All that is not the same."""
    same: int
    remarks: tuple[Remark, ...]
    notes: tuple[Message, ...]
    """What the file is, and what of it can be carried nowhere."""
    authors: tuple[str, ...]
    head: str
    """The journal head of the plan it was held against."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over."""
        return not self.passages and not any(each.is_new for each in self.remarks)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the file, and whether it is a remark here already."""

    said: Said
    place: Place
    where: Message | None
    is_new: bool
    block: str = ""
    """The paragraph it is about, where the words still stand here."""
