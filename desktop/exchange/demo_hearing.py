"""The demo region's stakeholders, consultations and inputs, written by the operations that users have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

_PROGRAMME = "programme:"
"""Begins what an input is about where that is a programme, by its name in the demo's files."""
_DAY = "2025-12-01"
"""When the demo's inputs were answered."""


def hear(op: Operation, content: Mapping[str, Any], programmes: Mapping[str, str], author: str) -> None:
    """Write everything in ``hearing.json``; ``programmes`` are ids by their names in the demo's files."""
    people = {
        entry["key"]: op.insert("stakeholder", **{key: value for key, value in entry.items() if key != "key"})
        for entry in content["stakeholders"]
    }
    meetings = {entry["key"]: _consultation(op, entry) for entry in content["consultations"]}
    days = {entry["key"]: entry["start"] for entry in content["consultations"]}
    for entry in content["inputs"]:
        about = entry["about"]
        if about.startswith(_PROGRAMME):
            about = f"programme/{programmes[about.removeprefix(_PROGRAMME)]}"
        row = op.insert(
            "input",
            stakeholder=people[entry["from"]],
            meeting=meetings[entry["meeting"]],
            date=days[entry["meeting"]],
            channel="meeting",
            item=about,
            body=entry["body"],
            decision=entry["decision"],
            answer=entry["answer"],
            answered_by=author,
            answered_on=_DAY,
        )
        for name in entry["programmes"]:
            op.put("input_programme", input=row, programme=programmes[name])


def _consultation(op: Operation, entry: Mapping[str, Any]) -> str:
    values = {key: value for key, value in entry.items() if key not in {"key", "attendance"}}
    meeting = op.insert("meeting", kind="consultation", **values)
    for name, office, institution, present in entry["attendance"]:
        op.insert(
            "attendance", meeting=meeting, name=name, office=office, institution=institution, present=present
        )
    return meeting
