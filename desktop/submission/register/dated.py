"""The day on which a package says to be signed, held against those that it follows.

It names what it follows by the hash of the whole file, signatures included: those were there before it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.submission.register.heard import is_training
from desktop.trust.revocation import CLOCK_DIFFERENCE

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry


_BEFORE = "submission.standing.signed_before"


def says_before(one: Entry) -> bool:
    """Whether its own day is contradicted: whether it came in time is not known then."""
    return any(each.id == _BEFORE for each in one.doubts)


def last_signed(before: Entry, last: tuple[str, str]) -> tuple[str, str]:
    """When the last of a chain was signed, and which that is; but for training, and for what is refused.

    By whomever: what names a file was made after it.
    """
    if before.judged == "refused" or not before.proven or not before.signed_at or is_training(before):
        return last
    # whoever named it had all of it there, with the times of clocks in it
    stamped = max((one.stamped_at for one in before.signers if not one.test), default="")
    return max(last, (max(before.signed_at, stamped), before.name))


def signed_before(one: Entry, last: str, name: str) -> tuple[Message, ...]:
    """Told when it says to be signed before something that it follows: it names that as it was signed."""
    try:
        claimed, then = dt.datetime.fromisoformat(one.signed_at), dt.datetime.fromisoformat(last)
    except ValueError:
        return ()
    if then - claimed <= CLOCK_DIFFERENCE:
        return ()
    return (Message("submission.standing.signed_before", claimed=claimed, before=name, then=then),)
