"""Noting a paraf: who may say what of which step, written into one operation.

An agency says it of its own head only; those who read the plan (mentor, assessor, ministry) of nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.checks.initials import Paraf, content_of
from desktop.workspace.reviewing import REVIEWERS

if TYPE_CHECKING:
    from desktop.guideline import Pack
    from desktop.workspace import Author, Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Plan

GIVEN, RETURNED, WAITING = "initialled", "returned", ""


class NotEntitled(RancangError):
    """Somebody else says this of the step."""

    def __init__(self, paraf: Paraf) -> None:
        super().__init__(Message("exchange.initials.not_entitled", who=paraf.message))


class NeedsName(RancangError):
    """Initials by nobody."""

    def __init__(self, paraf: Paraf) -> None:
        super().__init__(Message("exchange.initials.needs_name", who=paraf.message))


class NeedsReason(RancangError):
    """Given back without a word why."""

    def __init__(self, paraf: Paraf) -> None:
        super().__init__(Message("exchange.initials.needs_reason", who=paraf.message))


class NotYet(RancangError):
    """Initials on a day that has not come."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(Message("exchange.initials.not_yet", day=day))


@dataclass(frozen=True, slots=True)
class Said:
    """What is noted of a paraf; who and what office are those of today where they are left empty."""

    by: str = ""
    office: str = ""
    day: dt.date | None = None
    note: str = ""
    scan: Path | None = None
    """A picture or scan of the initialled sheet, kept as evidence as it is."""


def entitled(paraf: Paraf, author: Author, own_agency: str) -> bool:
    """Whether a person may note a paraf; ``own_agency`` is the one they work for, or empty."""
    if author.role in REVIEWERS:
        return False
    return author.role != "agency" or (bool(own_agency) and paraf.agency == own_agency)


def within(found: Iterable[Paraf], author: Author, own_agency: str) -> tuple[Paraf, ...]:
    """The parafs a person is shown: an agency sees that of its own head, the team all of them."""
    if author.role != "agency":
        return tuple(found)
    return tuple(each for each in found if each.agency and each.agency == own_agency)


def give(operation: Operation, paraf: Paraf, plan: Plan, pack: Pack, said: Said, today: dt.date) -> str:
    """Note that initials were given, for the plan as it stands; the id of the paraf.

    Raises NeedsName, NotYet, TooLarge, FileProblem.
    """
    by = said.by.strip() or paraf.expected
    day = said.day or today
    if not by:
        raise NeedsName(paraf)
    if day > today:
        raise NotYet(day)
    office = said.office.strip() or (
        paraf.title(plan.source_language) if by == paraf.expected else paraf.office.read(plan.source_language)
    )
    return operation.initial(
        paraf.step.id, paraf.agency,
        state=GIVEN, by=by, office=office, at=day.isoformat(), note=said.note.strip(),
        content=content_of(plan, pack, paraf.agency, today), **_scan(operation, plan, said),
    )  # fmt: skip


def give_back(operation: Operation, paraf: Paraf, plan: Plan, said: Said, today: dt.date) -> str:
    """Note that the papers came back without initials. Raises NeedsReason."""
    if not said.note.strip():
        raise NeedsReason(paraf)
    day = (said.day or today).isoformat()
    by = said.by.strip() or paraf.expected
    return operation.initial(
        paraf.step.id, paraf.agency,
        state=RETURNED, by=by, office="", at=day, note=said.note.strip(), content="",
        **_scan(operation, plan, said),
    )  # fmt: skip


def clear(operation: Operation, paraf: Paraf) -> None:
    """Take back what was noted."""
    if paraf.initial is not None:
        operation.delete("initial", paraf.initial.id)


def _scan(operation: Operation, plan: Plan, said: Said) -> dict[str, str]:
    """The scan among the evidence; what is there already is not kept twice."""
    if said.scan is None:
        return {}
    from desktop.base import Language
    from desktop.base.speech import render
    from desktop.exchange.photos import Wishes, prepare

    made = prepare(said.scan, Wishes(original=True))
    known = next((file.id for file in plan.evidence if file.sha256 == made.sha256), "")
    source = Language(plan.source_language)
    caption = {source.value: render(Message("exchange.initials.scan"), source)}
    return {
        "evidence": known
        or operation.attach(made.data, name=made.name, media_type=made.media_type, caption=caption)
    }


def own_agency(workspace: Workspace) -> str:
    """The agency of whoever works in a copy, or empty."""
    from desktop.exchange.authors import Authors
    from desktop.workspace.story import hands

    everybody = hands(workspace)
    author = workspace.author
    return Authors(workspace.plan(), everybody).agency(author.name, author.role, everybody.replica)
