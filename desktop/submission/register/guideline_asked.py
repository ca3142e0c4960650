"""The guideline that a desk asks for: by one that its computer does not have nothing can be checked."""

from __future__ import annotations

from desktop.base import Message, RancangError
from desktop.base.quoting import bounded
from desktop.guideline.store import available

_MOST = 6
"""Guidelines that are named."""


class NotAtHand(RancangError):
    """A guideline was asked for that is not on this computer: a slip, or it is still to be installed."""

    def __init__(self, asked: str) -> None:
        names = [f"{one.id}@{one.version}" for one in available(judge=False) if one.usable]
        known = ", ".join(names[:_MOST]) + ", \N{HORIZONTAL ELLIPSIS}" * (len(names) > _MOST)
        super().__init__(
            Message("submission.register.guideline_not_here", guideline=bounded(asked), known=known)
        )


def is_at_hand(asked: str) -> bool:
    """Whether the guideline (``id`` or ``id@version``) is on this computer; so is none."""
    id_, _, version = asked.partition("@")
    return not asked or any(
        one.usable and one.id == id_ and version in {"", one.version} for one in available(judge=False)
    )


def asked_for(typed: str) -> str:
    """What was typed, to be kept. Raises :class:`NotAtHand`."""
    asked = typed.strip()
    if not is_at_hand(asked):
        raise NotAtHand(asked)
    return asked


def not_at_hand(asked: str) -> Message | None:
    """The warning of a desk that asks for what its computer does not have, as a register from elsewhere."""
    if is_at_hand(asked):
        return None
    return Message("submission.standing.guideline_not_here", guideline=bounded(asked))
