"""The day on which a package says to be signed, held against those that it follows.

It names what it follows by the hash of the whole file, signatures included: those were there before it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.submission.register.heard import closed_by
from desktop.trust.revocation import CLOCK_DIFFERENCE

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry


_BEFORE = "submission.standing.signed_before"


def says_before(one: Entry) -> bool:
    """Whether its own day is contradicted: whether it came in time is not known then."""
    return any(each.id == _BEFORE for each in one.doubts)


@dataclass(frozen=True, slots=True)
class Last:
    """The last moment in a chain of packages, with the name of the one that it is of: known, and claimed."""

    known: tuple[str, str] = ("", "")
    claimed: tuple[str, str] = ("", "")


def last_signed(before: Entry, last: Last) -> Last:
    """The same with one more; but for what is signed for training, and for what is refused.

    By whomever: what names a file was made after it, and after the times of clocks in it.
    """
    real = [one for one in before.signers if not one.test]
    if before.judged == "refused" or not before.proven or not real:
        return last
    known = max(one.latest_at for one in real)
    # what a trainee has a hand in says when it was signed by real claims alone
    trains = len(real) < len(before.signers)
    claims = [one.claimed_at for one in closed_by(before) if not one.test]
    claimed = max(claims, default="") if trains else before.signed_at
    return Last(max(last.known, (known, before.name)), max(last.claimed, (claimed, before.name)))


def signed_before(one: Entry, last: Last) -> tuple[Message, ...]:
    """Told when it says to be signed before something that it follows: it names that as it was signed.

    A mere claim says nothing against a clock that saw this one earlier: that claim is what is not so.
    """
    stamped = min(
        (each.stamped_at for each in closed_by(one) if each.stamped_at and not each.test), default=""
    )
    claimed = last.claimed if not stamped or last.claimed[0] <= stamped else ("", "")
    moment, name = max(last.known, claimed)
    try:
        said, then = dt.datetime.fromisoformat(one.signed_at), dt.datetime.fromisoformat(moment)
    except ValueError:
        return ()
    if then - said <= CLOCK_DIFFERENCE:
        return ()
    return (Message("submission.standing.signed_before", claimed=said, before=name, then=then),)
