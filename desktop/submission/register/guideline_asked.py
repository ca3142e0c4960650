"""The guideline that a desk asks for: by one that its computer does not have nothing can be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.quoting import bounded
from desktop.guideline.store import available
from desktop.submission.verdict import Weight

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry

_MOST = 6
"""Guidelines that are named."""
_UNKNOWN, _OTHER = "note.guideline_unknown", "register.other_guideline"


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


def waits_for_guideline(one: Entry) -> bool:
    """Whether it lacks what only this computer does: what it says is not the region's to read.

    One by another guideline than the desk asks for waits for nothing: anybody can name one that never was.
    """
    codes = {each.code for each in one.reasons if each.weight == Weight.MISSING.value}
    return _UNKNOWN in codes and _OTHER not in codes
