"""Remarks as people sort and settle them: whose they are, which agency they concern, who may close one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.workspace.plan import Comment, Place, Plan, Suggestion
from desktop.workspace.records import STATES, UNSETTLED

if TYPE_CHECKING:
    from desktop.workspace.author import Author
    from desktop.workspace.operation import Operation

_SETTLERS = frozenset({"", "secretary"})
"""Roles that settle anybody's remark; whoever has none is the team."""


class NotYoursToSettle(RancangError):
    """Only who asked, or the team's secretary, says that a remark is done."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(Message("exchange.remark.not_yours", author=comment.author))


__all__ = ["STATES", "UNSETTLED", "Narrowed", "NotYoursToSettle", "agencies_of", "authors_of", "settle"]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which remarks are wanted; what is empty narrows nothing."""

    states: tuple[str, ...] = ()
    agency: str = ""
    author: str = ""

    def wants(self, plan: Plan, remark: Comment | Suggestion) -> bool:
        """Whether a remark or suggestion is one of them."""
        return (
            (not self.states or remark.state in self.states)
            and (not self.author or remark.author == self.author)
            and (not self.agency or self.agency in agencies_of(plan, remark))
        )


def may_settle(comment: Comment, author: Author) -> bool:
    """Whether this person says that a remark is done or declined."""
    return author.role in _SETTLERS or comment.author == author.name


def settle(op: Operation, comment: Comment, state: str, author: Author) -> None:
    """Say what became of a remark. Raises NotYoursToSettle, ReviewOnly."""
    if state in {"done", "declined"} and not may_settle(comment, author):
        raise NotYoursToSettle(comment)
    op.set("comment", comment.id, state=state)


def authors_of(plan: Plan) -> tuple[str, ...]:
    """Everybody who remarked or suggested something, in the order in which they first did."""
    firsts = [each.author for each in plan.comments if not each.parent]
    return tuple(dict.fromkeys([*firsts, *(each.author for each in plan.suggestions)]))


def agencies_of(plan: Plan, remark: Comment | Suggestion) -> tuple[str, ...]:
    """The agencies a remark concerns: who shall do what was agreed, and whose part it is about."""
    owner = remark.owner if isinstance(remark, Comment) else ""
    return tuple(dict.fromkeys(each for each in (owner, agency_at(plan, remark.place)) if each))


def agency_at(plan: Plan, place: Place) -> str:
    """The agency that has to do with a place: it leads the programme, or the row is its own."""
    if place.table == "agency":
        return place.row
    wanted = {place.row, place.scope} - {""}
    for programme in plan.programmes:
        parts = {each.id for each in programme.budget} | {each.id for each in programme.ceilings}
        parts |= {each.id for each in programme.indicators} | {each.id for each in programme.activities}
        parts |= {each.id for each in programme.risks} | {programme.id}
        if parts & wanted:
            return programme.lead
    rows = (row for sheet in plan.rows.values() for row in sheet)
    return next((row.agency for row in rows if row.id in wanted and row.agency), "")
