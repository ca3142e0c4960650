"""Who claims to have signed when, held against what must have been there before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.submission.covering import covered, covering
from desktop.submission.judging import Clocks, Judge
from desktop.submission.manifest import Manifest
from desktop.submission.verdict import SignatureReport
from desktop.trust.revocation import CLOCK_DIFFERENCE

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack


def note_sequence(manifest: Manifest, judge: Judge) -> None:
    """Note each claimed time that another one contradicts, or that is out of the guideline's order.

    What one covers was there before it (:mod:`.covering`).
    """
    over = [_clocks_over(place, one, judge) for place, one in enumerate(judge.reports)]
    there = [
        _There(
            one,
            over[place],
            frozenset().union(*(over[at] for at in (place, *covering(judge.reports, place)))),
        )
        for place, one in enumerate(judge.reports)
    ]
    told = {
        place
        for place, each in enumerate(there)
        if _contradicted(each, [there[at] for at in covered(judge.reports, place)], judge, place)
    }
    steps = {
        (file.path, one.role): one.step
        for file in manifest.files
        for one in file.signers
        if isinstance(one.step, int)
    }
    left = [each.report for at, each in enumerate(there) if each.report.file and at not in told]
    _out_of_order([(steps.get((one.file, one.role), 0), one) for one in left], judge)


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


@dataclass(frozen=True, slots=True)
class _There:
    """A signature, and when clocks say that it was there."""

    report: SignatureReport
    clocks: Clocks
    all_clocks: Clocks
    """Those over whatever covers it as well."""


def _clocks_over(place: int, one: SignatureReport, judge: Judge) -> Clocks:
    own = frozenset() if one.stamped_at is None else frozenset({(one.stamped_at, one.test)})
    return judge.clocks.get(place, own)


def _earlier(one: SignatureReport, other: dt.datetime | None) -> bool:
    """Whether one claims an earlier time than another, by more than clocks differ."""
    if one.claimed_at is None or other is None:
        return False
    return other - one.claimed_at > CLOCK_DIFFERENCE


def _contradicted(outer: _There, below: list[_There], judge: Judge, place: int) -> bool:
    """Note that a signature says to be older than one that it covers, or than what others know of that.

    A clock's time that lies over both in a document came after both; nothing for training says anything to
    others. From when its certificate is valid tells of one that states no time as well; but what a clock saw
    before that was there all the same.
    """
    one, over = outer.report, outer.clocks if outer.report.file else frozenset()
    clocks = [
        (moment, each.report.holder)
        for each in below
        for moment, test in each.clocks - over
        if one.test or not test
    ]
    seen = min((moment for moment, test in outer.all_clocks if one.test or not test), default=None)
    begun = [
        (each.report.valid_from, each.report.holder)
        for each in below
        if each.report.valid_from is not None
        and (one.test or not each.report.test)
        and (seen is None or seen >= each.report.valid_from)
    ]
    claimed = [(each.report.claimed_at, each.report.holder) for each in below if each.report.claimed_at]
    since = max((moment for moment, _ in (*clocks, *begun)), default=None)
    if since is not None:
        is_later = one.claimed_at is None or _earlier(one, since)
        latest = max(one.latest or since, since)
        judge.reports[place] = replace(one, latest=latest, not_before=since if is_later else None)
    said, began = max((*clocks, *claimed), default=None), max(begun, default=None)
    if one.claimed_at is None:
        return False
    if said is not None and _earlier(one, said[0]):
        told = {"claimed": one.claimed_at, "shown": said[0]}
        judge.note(Message("submission.note.order", holder=one.holder, other=said[1], **told))
        return True
    if began is not None and _earlier(one, began[0]):
        told = {"claimed": one.claimed_at, "shown": began[0]}
        judge.note(Message("submission.note.order_begun", holder=one.holder, other=began[1], **told))
        return True
    return False


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
