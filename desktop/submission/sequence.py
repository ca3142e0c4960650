"""Who claims to have signed when, held against what must have been there before."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.submission.judging import Judge
from desktop.submission.manifest import Manifest
from desktop.submission.verdict import SignatureReport
from desktop.trust.revocation import CLOCK_DIFFERENCE

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack


def note_sequence(manifest: Manifest, judge: Judge) -> None:
    """Note each claimed time that another one contradicts, or that is out of the guideline's order.

    A signature over the container was made over the signed documents in it, and a later one in a document
    over the earlier ones; the order of a document's reports is that of its signatures.
    """
    documents = [one for one in judge.reports if one.file]
    told: set[int] = set()
    for one in judge.reports:
        if not one.file:
            _contradicted(one, max(documents, key=_there, default=None), judge)
    for before, after in pairwise(documents):
        if before.file == after.file and not _stamped_alike(after, before):
            told |= {id(after)} if _contradicted(after, before, judge) else set()
    steps = {
        (file.path, one.role): one.step
        for file in manifest.files
        for one in file.signers
        if isinstance(one.step, int)
    }
    placed = [(steps.get((one.file, one.role), 0), one) for one in documents if id(one) not in told]
    _out_of_order(placed, judge)


def note_steps(pack: Pack, judge: Judge) -> None:
    """Note who claims to have signed out of a guideline's order, whatever the manifest says of steps."""
    from desktop.guideline.signing import step_numbers

    steps = step_numbers(pack)
    documents = [one for one in judge.reports if one.file]
    told = {id(b) for a, b in pairwise(documents) if a.file == b.file and _earlier(b, a.claimed_at)}
    placed = [(steps.get(("signature", one.role), 0), one) for one in documents if id(one) not in told]
    _out_of_order(placed, judge)


def _when(one: SignatureReport) -> float:
    return one.claimed_at.timestamp() if one.claimed_at is not None else 0


def _there(one: SignatureReport) -> float:
    since = _since(one)
    return since.timestamp() if since is not None else 0


def _since(one: SignatureReport) -> dt.datetime | None:
    """What time is in a signature itself: the claimed one, else that of its own timestamp."""
    return one.claimed_at or one.stamped_at


def _stamped_alike(outer: SignatureReport, inner: SignatureReport) -> bool:
    """Whether the timestamp that is the only time of the inner one may have been made over both."""
    if inner.claimed_at is not None or inner.stamped_at is None or outer.stamped_at is None:
        return False
    return outer.stamped_at <= inner.stamped_at


def _earlier(one: SignatureReport, other: dt.datetime | None) -> bool:
    """Whether one claims an earlier time than another, by more than clocks differ."""
    if one.claimed_at is None or other is None:
        return False
    return other - one.claimed_at > CLOCK_DIFFERENCE


def _contradicted(outer: SignatureReport, inner: SignatureReport | None, judge: Judge) -> bool:
    """Note that a signature says to be older than one that it covers."""
    shown = _since(inner) if inner is not None else None
    if inner is None or outer.claimed_at is None or shown is None or not _earlier(outer, shown):
        return False
    judge.note(
        Message(
            "submission.note.order",
            holder=outer.holder, claimed=outer.claimed_at, other=inner.holder, shown=shown,
        )
    )  # fmt: skip
    return True


def _out_of_order(placed: list[tuple[int, SignatureReport]], judge: Judge) -> None:
    """Note who says to have signed before somebody whose step comes first; 0 is no step."""
    last: SignatureReport | None = None
    at, here = 0, list[SignatureReport]()
    for step, one in sorted((pair for pair in placed if pair[0]), key=lambda pair: pair[0]):
        if step != at:
            last, here = max((last, *here), key=lambda each: _when(each) if each else 0), []
            at = step
        here.append(one)
        if (
            last is None
            or one.claimed_at is None
            or last.claimed_at is None
            or not _earlier(one, last.claimed_at)
        ):
            continue
        judge.note(
            Message(
                "submission.note.steps",
                holder=one.holder, claimed=one.claimed_at, other=last.holder, shown=last.claimed_at,
            )
        )  # fmt: skip
