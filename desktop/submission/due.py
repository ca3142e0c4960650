"""The date due, the same moment at the desk, on the command line and on every computer."""

from __future__ import annotations

import datetime as dt

ZONE = dt.timezone(dt.timedelta(hours=7))
"""Jakarta, where the ministry is: a day without a time ends at its midnight."""


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), ZONE)
