"""On which days somebody may have signed, as it is day in the region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias

from desktop.base import clock
from desktop.submission.manifest import Manifest
from desktop.submission.verdict import SignatureReport
from desktop.workspace.plan_data_form import PersonPart

Days: TypeAlias = tuple[str, ...]
"""Calendar days (ISO 8601) in order."""


def signing_days(
    report: SignatureReport, manifest: Manifest, now: dt.datetime, people: Iterable[PersonPart] = ()
) -> Days:
    """Where a time is claimed the day of that, by which it is in time or late as well; else all it may be of.

    Then it was made after sealing, after whatever it covers, and while there was such a certificate; and
    before a clock saw it, however late somebody asked one. Of the days between only those are told on which
    one of ``people`` comes or goes.
    """
    if report.claimed_at is not None:
        return (day_there(report.signed_at or report.claimed_at, manifest),)
    known = (report.valid_from, report.not_before)
    first = max([manifest.moment, *(one for one in known if one is not None)])
    last = max(first, report.proven_at or now)
    begin, end = (day_there(each, manifest) for each in (first, last))
    between = (day for one in people for day in (one.since, one.until) if begin < day < end)
    return tuple(sorted({begin, end, *between}))


def day_there(moment: dt.datetime, manifest: Manifest) -> str:
    """The day it is in the region."""
    return clock.day_of(moment, manifest.region.code).isoformat()
