"""Who was heard and who never: consultations and inputs read together; and what an input is about."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.workspace.hearing import Input, Stakeholder
    from desktop.workspace.operation import Operation
    from desktop.workspace.organisation import Attendance, Meeting
    from desktop.workspace.plan import Plan

ABOUT_PROGRAMME, ABOUT_CHAPTER, ABOUT_DIMENSION = "programme/", "chapter.", "dimension/"
"""How ``Input.item`` begins when an input is about a programme (with its row), a chapter, a dimension."""
ANSWERED = ("accepted", "partly", "rejected")
"""The decisions that are one."""
NEEDS_REASON = ("partly", "rejected")
"""The decisions that somebody is owed a reason for."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """How often one stakeholder was asked and heard."""

    invited: int
    """Consultations whose list of attendance names the stakeholder, present or not."""
    attended: int
    """Those at which somebody was present."""
    inputs: int

    @property
    def heard(self) -> bool:
        """Whether the stakeholder was there or said something at all."""
        return bool(self.attended or self.inputs)


def spelled(name: str) -> str:
    """A name for comparing: capitals, dots and spaces do not tell two names apart."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def consultations(plan: Plan) -> tuple[Meeting, ...]:
    """The consultations (*FGD*) of a plan, earliest first."""
    return tuple(meeting for meeting in plan.meetings if meeting.kind == "consultation")


def held(plan: Plan) -> tuple[Meeting, ...]:
    """The consultations that have taken place: their day is not after the plan's last change."""
    today = plan.changed_on.isoformat()
    return tuple(meeting for meeting in consultations(plan) if meeting.start and meeting.start <= today)


def hearings(plan: Plan) -> Mapping[str, Hearing]:
    """How often each registered stakeholder was heard, by id.

    Lists of attendance name people and institutions, not rows of the register: a line is of a stakeholder
    when its institution or its name is spelled as the stakeholder's.
    """
    said = Counter(each.stakeholder for each in plan.inputs if each.stakeholder)
    invited: Counter[str] = Counter()
    attended: Counter[str] = Counter()
    by_name = {spelled(each.name): each.id for each in plan.stakeholders if spelled(each.name)}
    for meeting in consultations(plan):
        lines = [(_whose(line, by_name), line.present) for line in meeting.attendance]
        invited.update({who for who, _ in lines if who})
        attended.update({who for who, present in lines if who and present})
    return {
        each.id: Hearing(invited[each.id], attended[each.id], said[each.id]) for each in plan.stakeholders
    }


def _whose(line: Attendance, by_name: Mapping[str, str]) -> str:
    return by_name.get(spelled(line.institution)) or by_name.get(spelled(line.name), "")


def subject(item: str) -> tuple[str, str]:
    """What an input is about: ``programme``, ``dimension``, ``chapter``, ``item`` or ``plan``, and its id."""
    for kind, start in (
        ("programme", ABOUT_PROGRAMME),
        ("dimension", ABOUT_DIMENSION),
        ("chapter", ABOUT_CHAPTER),
    ):
        if item.startswith(start):
            return kind, item.removeprefix(start)
    return ("item", item) if item else ("plan", "")


def about_programme(inputs: Iterable[Input], programme: str) -> tuple[Input, ...]:
    """The inputs that speak of a programme, and those that changed it."""
    return tuple(
        each
        for each in inputs
        if each.item == f"{ABOUT_PROGRAMME}{programme}" or programme in each.programmes
    )


def about_item(inputs: Iterable[Input], item: str) -> tuple[Input, ...]:
    """The inputs that speak of an item of the guideline (``chapter.II.3``)."""
    return tuple(each for each in inputs if each.item == item)


def speaker(plan: Plan, each: Input) -> Stakeholder | None:
    """The registered stakeholder who gave an input, if one did."""
    return next((one for one in plan.stakeholders if one.id == each.stakeholder), None)


def decide(op: Operation, row: str, decision: str, *, by: str, on: dt.date) -> None:
    """Write what was decided about an input, with who decided and when; open again it is nobody's."""
    answered = decision in ANSWERED
    op.set(
        "input",
        row,
        decision=decision or "open",
        answered_by=by if answered else "",
        answered_on=on.isoformat() if answered else "",
    )
