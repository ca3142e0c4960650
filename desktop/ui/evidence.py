"""Which evidence supports a field, as the window asks it."""

from __future__ import annotations

from desktop.exchange.claims import key
from desktop.workspace.plan import EvidenceFile, Place, Plan

__all__ = ["key", "supports"]


def supports(plan: Plan, place: Place) -> tuple[EvidenceFile, ...]:
    """The evidence files claimed for a place."""
    wanted = key(place)
    return tuple(file for file in plan.evidence if any(key(claim) == wanted for claim in file.claims))
