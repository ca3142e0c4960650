"""Chapters that others edited in Word come back: read, held against the plan, taken over as accepted.

``read`` reads a file without trusting it; ``compare`` says text by text what it would change, in
sentences; ``take_over`` writes what a person accepted, as one change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.exchange.edited.comparing import compare
    from desktop.exchange.edited.proposal import Passage, Proposal, Standing
    from desktop.exchange.edited.reading import is_ours, read
    from desktop.exchange.edited.steps import Step
    from desktop.exchange.edited.taking_over import Taken, take_over

__all__ = [
    "Passage",
    "Proposal",
    "Standing",
    "Step",
    "Taken",
    "compare",
    "is_ours",
    "read",
    "take_over",
]

_HOME = {
    "comparing": ("compare",),
    "proposal": ("Passage", "Proposal", "Standing"),
    "reading": ("is_ours", "read"),
    "steps": ("Step",),
    "taking_over": ("Taken", "take_over"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
