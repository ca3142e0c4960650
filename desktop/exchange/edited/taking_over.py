"""Takes over what a person accepted of a Word file: one change, with the file in its name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.exchange.edited.proposal import Proposal, Remark
from desktop.workspace.author import Author
from desktop.workspace.suggesting import write_at

if TYPE_CHECKING:
    from desktop.workspace import Workspace


class Moved(RancangError):
    """The plan is no longer what the file was held against."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.edited.moved", file=file))


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file."""

    file: str
    texts: int
    steps: int
    remarks: int
    left: int
    """Steps that were not taken over."""
    backup: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.texts or self.remarks)


def certain(proposal: Proposal) -> dict[int, tuple[int, ...]]:
    """By number of a passage the steps that are taken over unless somebody says otherwise."""
    return {each.number: each.certain for each in proposal.passages}


def everything(proposal: Proposal) -> dict[int, tuple[int, ...]]:
    """All steps, also those over which a person should think."""
    return {each.number: tuple(range(len(each.steps))) for each in proposal.passages}


def take_over(
    workspace: Workspace,
    proposal: Proposal,
    chosen: Mapping[int, Collection[int]],
    remarks: Collection[int] | None = None,
) -> Taken:
    """Write the chosen steps of each passage (by its number), and comments (by their place; all, if None).

    Raises Moved, ReadOnly, ReviewOnly.
    """
    if workspace.plan().head != proposal.head:
        raise Moved(proposal.file)
    written = {
        each.number: each.with_steps(chosen[each.number])
        for each in proposal.passages
        if chosen.get(each.number)
    }
    written = {
        each.number: written[each.number]
        for each in proposal.passages
        if each.number in written and written[each.number] != each.now
    }
    said = [
        each
        for place, each in enumerate(proposal.remarks)
        if each.is_new and (remarks is None or place in remarks)
    ]
    total = sum(len(each.steps) for each in proposal.passages)
    steps = sum(len(set(chosen[number])) for number in written)
    if not written and not said:
        return Taken(proposal.file, 0, 0, 0, total)
    backup = workspace.backup("bring_back").name
    with workspace.operation(_label(proposal), kind="import") as op:
        for each in proposal.passages:
            if each.number in written:
                write_at(op, workspace, each.place, written[each.number], made_from=each.made_from)
        for remark in said:
            op.comment(
                remark.place, remark.said.body, _author(remark), block=remark.block, quote=remark.said.quote
            )
    return Taken(proposal.file, len(written), steps, len(said), total - steps, backup)


def _label(proposal: Proposal) -> Message:
    who = ", ".join(proposal.authors[:5])
    if who:
        return Message("exchange.edited.label_by", file=proposal.file, who=who)
    return Message("exchange.edited.label", file=proposal.file)


def _author(remark: Remark) -> Author:
    return Author(remark.said.author or "?")
