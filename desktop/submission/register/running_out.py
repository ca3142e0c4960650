"""What ran out of time or memory at the desk: that is the desk's own affair until it was read patiently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop.base import Message
from desktop.submission.register import tables
from desktop.submission.register.proofs import is_proven_package
from desktop.submission.verdict import Reason, VerdictKind, Weight

if TYPE_CHECKING:
    from desktop.submission.register.examine import Examined
    from desktop.submission.register.reading import Told

LIMITS = frozenset({"submission.limit.time", "submission.limit.memory"})
"""Sentences about what was not looked at to the end."""
HALF = "note.not_looked_through"
PATIENTLY = Message("submission.register.read_patiently")
"""Noted of what ran out even so."""
_PATIENTLY = "register.read_patiently"
_READ_AGAIN = "register.other_basis"
"""What was not judged anew since something changed: it may have run out when that was tried."""


def ran_out(reasons: Iterable[Told]) -> bool:
    """Whether more time and memory may make something else of what has these reasons."""
    codes, sentences = set[str](), set[str]()
    for one in reasons:
        codes.add(one.code)
        sentences.add(one.message.id)
    return bool(codes & {HALF, _READ_AGAIN}) or (bool(sentences & LIMITS) and _PATIENTLY not in codes)


def ended_by_limits(seen: Examined) -> bool:
    """Whether it ran out of time or memory, as on a busy day: that is tried again, and replaces nothing."""
    return seen.verdict is not None and any(one.code.startswith("limit.") for one in seen.verdict.reasons)


def read_patiently(seen: Examined) -> Examined:
    """The same with a note that there was more time and memory, where that was not enough."""
    if not ended_by_limits(seen):
        return seen
    note = Reason(Weight.NOTE, PATIENTLY)
    return replace(seen, extract=replace(seen.extract, reasons=(*seen.extract.reasons, note)))


def says_nothing_new(connection: sa.Connection, seen: Examined) -> bool:
    """Whether what ran out takes nothing's place: what was found here before stands, of whatever basis.

    A slow day, after an update too, takes no accepted package from a region. What was refused may be so no
    more: nobody knows, and the region is not asked by what was found before.
    """
    if not ended_by_limits(seen) or not is_proven_package(connection, seen.sha256):
        return False
    package, reason = tables.PACKAGE.c, tables.REASON.c
    stands = sa.select(package.sha256).where(
        package.sha256 == seen.sha256,
        package.basis != "",
        package.verdict != VerdictKind.REFUSED.value,
    )
    patiently = sa.select(reason.sha256).where(reason.sha256 == seen.sha256, reason.code == _PATIENTLY)
    return connection.scalar(stands) is not None or (
        # with less of both it runs out again
        PATIENTLY not in {one.message for one in seen.extract.reasons}
        and connection.scalar(patiently) is not None
    )
