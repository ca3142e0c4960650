"""On which days somebody may have signed, as it is day in the region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from desktop.base import clock
from desktop.submission.covering import covered, covering
from desktop.submission.manifest import Manifest
from desktop.submission.verdict import SignatureReport
from desktop.workspace.plan_data_form import PersonPart

Days: TypeAlias = tuple[str, ...]
"""Calendar days (ISO 8601) in order."""


def signing_days(
    reports: Sequence[SignatureReport],
    manifest: Manifest,
    now: dt.datetime,
    people: Sequence[PersonPart] = (),
) -> list[Days]:
    """Of each signature of a package; asked before anybody is marked as not asked by what it says.

    Where a time is claimed the day of that, by which it is in time or late as well; else all it may be of:
    after sealing, after whatever it covers, and while there was such a certificate; before a clock saw it,
    however late somebody asked one, and before what covers it. Where it says nothing itself the claims of
    others do. Of the days between only those are told on which one of ``people`` comes or goes.
    """
    return [
        (day_there(one.signed_at or one.claimed_at, manifest),)
        if one.claimed_at is not None
        else _possible(reports, place, manifest, now, people)
        for place, one in enumerate(reports)
    ]


def _possible(
    reports: Sequence[SignatureReport],
    place: int,
    manifest: Manifest,
    now: dt.datetime,
    people: Iterable[PersonPart],
) -> Days:
    one = reports[place]
    # for training nobody speaks of who is real, and anybody can close a copy with whatever day
    below, above = (
        [reports[at] for at in places(reports, place) if one.test or not reports[at].test]
        for places in (covered, covering)
    )
    # a clock over what is below says when that was there at the latest, not since when
    since = [manifest.moment, one.valid_from, one.not_before, *(each.claimed_at for each in below)]
    first = max(each for each in since if each is not None)
    until = [one.proven_at or now, *(each.signed_at for each in above if each.asked)]
    last = max(first, min(each for each in until if each is not None))
    begin, end = (day_there(each, manifest) for each in (first, last))
    between = (day for each in people for day in (each.since, each.until) if begin < day < end)
    return tuple(sorted({begin, end, *between}))


def day_there(moment: dt.datetime, manifest: Manifest) -> str:
    """The day it is in the region."""
    return clock.day_of(moment, manifest.region.code).isoformat()
