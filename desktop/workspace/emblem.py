"""The emblem of the region: a picture among the evidence, claimed for the plan itself.

So it is undone, merged, handed out, sealed and proven as evidence is, and every earlier build reads a
workspace or a package that has one. Where copies at work brought two, the one that was taken in last counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.workspace.plan import EvidenceFile, Place, Plan
from desktop.workspace.registers import PLAN_ROW

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

EMBLEM = Place("plan", PLAN_ROW, "emblem")
"""What the picture is claimed for."""
PICTURES = frozenset({"image/jpeg", "image/png"})
"""What a book can print."""


def is_emblem(place: Place) -> bool:
    """Whether a claim says that a file is the emblem."""
    return (place.table, place.field) == (EMBLEM.table, EMBLEM.field)


def emblems(plan: Plan) -> tuple[EvidenceFile, ...]:
    """Every picture that is claimed to be the emblem, the one that counts last."""
    found = (each for each in plan.evidence if each.media_type in PICTURES)
    return tuple(sorted((each for each in found if any(map(is_emblem, each.claims))), key=lambda e: e.id))


def emblem(plan: Plan) -> EvidenceFile | None:
    """The emblem; None where there is none."""
    found = emblems(plan)
    return found[-1] if found else None


def shows_only_emblem(file: EvidenceFile) -> bool:
    """Whether a file is evidence for nothing, but the emblem."""
    return bool(file.claims) and all(map(is_emblem, file.claims))


def put(operation: Operation, plan: Plan, evidence: str) -> None:
    """Make a file of the evidence the emblem; what was the emblem before is that no more."""
    remove(operation, plan, but=evidence)
    operation.claim(evidence, EMBLEM)


def remove(operation: Operation, plan: Plan, *, but: str = "") -> None:
    """Have no emblem any more; a picture that was nothing else goes out of the evidence."""
    for file in emblems(plan):
        if file.id == but:
            continue
        if shows_only_emblem(file):
            operation.delete("evidence", file.id)
            continue
        for place in filter(is_emblem, file.claims):
            operation.unclaim(file.id, place)
