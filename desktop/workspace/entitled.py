"""Who may settle what was filled differently, and what an owner agency's own entries decide. Pure.

This is asked where a person settles; it is never a rule of the merge, which takes in everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.base import Message, RancangError
from desktop.workspace.cases import Case
from desktop.workspace.resolving import Decision
from desktop.workspace.reviewing import REVIEWERS


class NotEntitled(RancangError):
    """Somebody else has to settle this."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)


def why_not(role: str, agency: str, name: str, case: Case, *, own: bool = False) -> Message | None:
    """Why this person may not settle a case; None when they may.

    The team's secretary (and whoever has no role of ours) settles everything, an agency its own part,
    a reviewer only what they themselves remarked. ``own`` says that a row is the agency's own
    although it does not belong to it alone; who leads a programme is still nobody's own to say.
    """
    if role in REVIEWERS:
        own = bool(case.by) and case.by == name
        return None if own else Message("workspace.entitled.reviewer")
    if role != "agency":
        return None
    if case.by and case.by == name:
        return None
    if not agency:
        return Message("workspace.entitled.unknown_agency")
    leads = case.conflict.table == "programme" and case.conflict.field == "lead"
    if case.belongs.agency == agency or (own and not leads):
        return None
    return Message("workspace.entitled.not_yours" if case.belongs.agency else "workspace.entitled.nobodys")


@dataclass(slots=True)
class Taken:
    """What *take all from the owner agency* comes to: decisions, and what stays with the reason."""

    decisions: list[Decision] = field(default_factory=list)
    left: list[tuple[Case, Message]] = field(default_factory=list)


def from_owner(cases: Iterable[Case], agency: str = "") -> Taken:
    """Decide cases by what their owner agency filled in; only those of ``agency`` where one is named."""
    taken = Taken()
    for case in cases:
        owner = case.belongs.agency
        if agency and owner != agency:
            continue
        if not owner:
            taken.left.append((case, Message("workspace.owner.none")))
            continue
        place = case.side_of(owner)
        if place is None:
            wrote = any(writer.agency == owner for side in case.sides for writer in side.writers)
            reason = Message("workspace.owner.both" if wrote else "workspace.owner.not_theirs")
            taken.left.append((case, reason))
            continue
        taken.decisions.append(decision(case, place))
    return taken


def decision(case: Case, place: int) -> Decision:
    """One side is taken. In a text this means its words where sentences clash; the rest stays merged."""
    side = case.sides[place]
    if case.whole_row:
        return Decision(case.conflict, keep=not side.deletes)
    if case.text is not None:
        from desktop.workspace.errors import TornText

        try:
            return Decision(case.conflict, case.text.take(place))
        except TornText:
            return Decision(case.conflict, side.value)
    return Decision(case.conflict, side.value)
