"""Which of the five answers the reasons of a verdict add up to."""

from __future__ import annotations

from desktop.submission.verdict import Reason, VerdictKind, Weight

SIGNATURES_TO_COME = frozenset({"missing.pdf_signature", "missing.container_signature"})
"""What is missing of a package that not everybody has signed yet."""
STILL_TO_COME = SIGNATURES_TO_COME | {"missing.mandatory"}
"""What is missing of every package that nobody has signed yet, and of a draft."""


def decide(reasons: tuple[Reason, ...], *, signed: bool) -> VerdictKind:
    """The verdict that the reasons add up to."""
    weights = {reason.weight for reason in reasons}
    if Weight.REFUSAL in weights:
        return VerdictKind.REFUSED
    missing = {reason.code for reason in reasons if reason.weight is Weight.MISSING}
    if not signed:
        # what is sealed can no more be added to: officials would sign in vain
        return VerdictKind.INCOMPLETE if missing - STILL_TO_COME else VerdictKind.SEALED
    if missing:
        return VerdictKind.INCOMPLETE
    return VerdictKind.VALID_WITH_NOTES if Weight.NOTE in weights else VerdictKind.VALID
