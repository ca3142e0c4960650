"""What the documents of a package are printed from: the plan in ``data.json``, on a day, and nothing else.

The same module serves who seals and who prints again, so that both print the same bytes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base import Message, clock

if TYPE_CHECKING:
    from desktop.checks import Report as Findings
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan


UNRECORDED = Message("submission.reprint.unrecorded")
"""Stands for the sentence of a finding that the data do not give."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A plan as its data tell it, and what the checks say to those data on the day of printing."""

    plan: Plan
    findings: Findings
    day: dt.date


def printable(data: bytes, pack: Pack, day: dt.date) -> Printable:
    """Read the data and ask the checks. Raises msgspec's errors and ValueError for what is no plan.

    Of a finding that was set aside and is settled since, or that only the team's own file gives (about
    remarks, about an older translation), the data hold the reason alone: so do the documents.
    """
    from desktop.checks import check
    from desktop.checks.finding import Finding, SetAsideFinding
    from desktop.guideline.pack import PageRef
    from desktop.workspace.plan import Place
    from desktop.workspace.plan_data import read_data
    from desktop.workspace.plan_from_data import plan_from_data

    plan = plan_from_data(read_data(data))
    with clock.held(day):
        found = check(plan, pack)
    known = {one.finding.key for one in found.set_aside}
    others = tuple(
        SetAsideFinding(
            Finding("", "", "hint", UNRECORDED, Place(""), PageRef(page="checks"), key),
            one.reason,
            one.author,
        )
        for key, one in plan.set_aside.items()
        if key not in known
    )
    return Printable(plan, replace(found, set_aside=(*found.set_aside, *others)), day)
