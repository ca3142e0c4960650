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

    By whomever: what names a file was made after it, and after the times of clocks in it.
    """
    real = [one for one in before.signers if not one.test]
    if before.judged == "refused" or not before.proven or not real:
        return last
    # a register of an earlier version has the clocks alone
    moments = [one.latest_at or one.stamped_at for one in real]
    # what a trainee has a hand in says when it was signed by the real ones alone
    moments += [one.claimed_at for one in real] if is_training(before) else [before.signed_at]
    return max(last, (max(moments), before.name))


def signed_before(one: Entry, last: str, name: str) -> tuple[Message, ...]:
    """Told when it says to be signed before something that it follows: it names that as it was signed."""
    try:
        said, then = dt.datetime.fromisoformat(one.signed_at), dt.datetime.fromisoformat(last)
    except ValueError:
        return ()
    if then - said <= CLOCK_DIFFERENCE:
        return ()
    return (Message("submission.standing.signed_before", claimed=said, before=name, then=then),)
