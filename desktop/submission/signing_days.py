"""On which days somebody may have signed, as it is day in the region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from desktop.base import clock
from desktop.submission.manifest import Manifest
from desktop.submission.verdict import SignatureReport
from desktop.workspace.plan_data_form import PersonPart

Days: TypeAlias = tuple[str, ...]
"""Calendar days (ISO 8601) in order."""


def signing_days(
    reports: Sequence[SignatureReport],
    place: int,
    manifest: Manifest,
    now: dt.datetime,
    people: Iterable[PersonPart] = (),
) -> Days:
    """Of the one at this place among all of a package; those of a document are there in the order of signing.

    Where a time is claimed the day of that, by which it is in time or late as well; else all it may be of:
    after sealing, after whatever it covers, and while there was such a certificate; before a clock saw it,
    however late somebody asked one, and before what covers it. Where it says nothing itself the claims of
    others do. Of the days between only those are told on which one of ``people`` comes or goes.
    """
    one = reports[place]
    if one.claimed_at is not None:
        return (day_there(one.signed_at or one.claimed_at, manifest),)
    # a clock over what is below says when that was there at the latest, not since when
    below = (each.claimed_at for each in _covered(reports, place) if one.test or not each.test)
    known = [manifest.moment, one.valid_from, one.not_before, *below]
    first = max(each for each in known if each is not None)
    # anybody can close a copy with whatever day
    covering = [each for each in _covering(reports, place) if each.asked]
    last = max(first, min([one.proven_at or now, *_counted(one, covering)]))
    begin, end = (day_there(each, manifest) for each in (first, last))
    between = (day for each in people for day in (each.since, each.until) if begin < day < end)
    return tuple(sorted({begin, end, *between}))


def _counted(one: SignatureReport, others: Iterable[SignatureReport]) -> list[dt.datetime]:
    """As of when those count who count beside it: for training nobody does beside who is real."""
    return [each.signed_at for each in others if each.signed_at is not None and (one.test or not each.test)]


def _covered(reports: Sequence[SignatureReport], place: int) -> Iterable[SignatureReport]:
    file = reports[place].file
    return (each for each in (reports[:place] if file else reports) if each.file and file in {"", each.file})


def _covering(reports: Sequence[SignatureReport], place: int) -> Iterable[SignatureReport]:
    file = reports[place].file
    later = (each for each in reports[place + 1 :] if each.file == file)
    return (*later, *(each for each in reports if not each.file)) if file else ()


def day_there(moment: dt.datetime, manifest: Manifest) -> str:
    """The day it is in the region."""
    return clock.day_of(moment, manifest.region.code).isoformat()
