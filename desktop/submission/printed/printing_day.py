"""The day on which documents of a package count as printed: the last one on which that made a difference.

Who holds an office, whether a decree is in force and which meetings have been held depends on the day. By the
clock the same plan would print otherwise every day; so only the days that the plan itself names are days.
"""

from __future__ import annotations

import datetime as dt
import re

from desktop.base import clock
from desktop.submission.manifest import Manifest

_DAY = re.compile(rb"(?<![0-9])[12][0-9]{3}-[01][0-9]-[0-3][0-9](?![0-9])")


def printing_day(data: bytes, changed: dt.date, today: dt.date) -> dt.date:
    """The day for printing ``today`` what was changed last on ``changed``; never before that day."""
    return printing_days(data, changed, today)[-1]


def printing_days(data: bytes, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Every day that :func:`printing_day` may give until ``last``: the last change's, and those in the plan.

    A term, a validity or a meeting changes things on its day or on the one after it.
    """
    named: set[dt.date] = set()
    for found in {each[0] for each in _DAY.finditer(data)}:
        try:
            day = dt.date.fromisoformat(found.decode("ascii"))
            named.update((day, day + dt.timedelta(days=1)))
        except (ValueError, OverflowError):
            continue
    return (first, *sorted(day for day in named if first < day <= last))


def stated_day(manifest: Manifest, data: bytes) -> dt.date:
    """The day of printing that the manifest states, where the data name it, whatever the clock says here."""
    edition = manifest.application.printing
    # the first edition went by the day of UTC
    here = isinstance(edition, int) and edition > 1
    changed = clock.day_of(manifest.moment, manifest.region.code) if here else manifest.moment.date()
    stated = dt.date.fromisoformat(manifest.printed_on) if isinstance(manifest.printed_on, str) else changed
    return stated if stated > changed and _is_named(data, stated) else changed


def _is_named(data: bytes, day: dt.date) -> bool:
    """Whether a plan names a day, or the one before it; of a plan of a stranger's it may name every one."""
    for each in (day, day - dt.timedelta(days=1)):
        if re.search(rb"(?<![0-9])" + each.isoformat().encode("ascii") + rb"(?![0-9])", data):
            return True
    return False
