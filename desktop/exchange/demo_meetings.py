"""The demo region's guidance sessions, meetings and visit, with who came, what came out, who signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desktop.checks.application import SIGNED
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Plan


def meetings(op: Operation, content: Mapping[str, Any], plan: Plan, evidence: Mapping[str, str]) -> None:
    """Write what ``resources/demo/meetings.json`` tells; ``evidence`` are the files by name."""
    for entry in content["meetings"]:
        values = {key: value for key, value in entry.items() if key not in {"everyone", "guests"}}
        meeting = op.insert("meeting", **values)
        if entry["everyone"]:
            _everyone(op, meeting, plan)
        for guest in entry["guests"]:
            op.insert("attendance", meeting=meeting, present=True, **guest)
    for entry in content["outputs"]:
        values = {key: value for key, value in entry.items() if key != "evidence"}
        row = op.put("session_output", **values)
        for name in entry["evidence"]:
            op.claim(evidence[name], Place("session_output", row))
    for agency in plan.agencies:
        op.claim(evidence[content["commitments"]], Place("agency", agency.id, SIGNED))


def _everyone(op: Operation, meeting: str, plan: Plan) -> None:
    """The region's people and the heads of agencies that have nobody among them; the ministry stays away."""
    own = [person for person in plan.people if person.agency]
    for person in own:
        office = person.office.read(plan.source_language)
        op.insert(
            "attendance", meeting=meeting, person=person.id, agency=person.agency, name=person.name,
            office=office, present=True,
        )  # fmt: skip
    there = {person.agency for person in own}
    for agency in plan.agencies:
        if agency.id not in there:
            op.insert("attendance", meeting=meeting, agency=agency.id, name=agency.head, present=True)
