"""What time it is: one place, so that tests and reproducible builds can hold it still."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from contextvars import ContextVar

_CENTRAL = frozenset(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"])
_EASTERN = frozenset("89")

_held: ContextVar[dt.datetime | None] = ContextVar("held", default=None)


def now() -> dt.datetime:
    """The present moment in UTC, to the second. ``RANCANG_NOW`` (ISO 8601) holds it still."""
    fixed = os.environ.get("RANCANG_NOW")
    moment = _held.get() or (dt.datetime.fromisoformat(fixed) if fixed else dt.datetime.now(dt.UTC))
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def zone_of(region: str) -> dt.timezone:
    """Western, central or eastern time by a region's code (Kemendagri: the first two digits are a province).

    Western where that says nothing: it is the time of the capital.
    """
    province = region[:2]
    hours = 8 if province in _CENTRAL else 9 if province[:1] in _EASTERN and len(province) == 2 else 7
    return dt.timezone(dt.timedelta(hours=hours))


def day_of(moment: dt.datetime, region: str = "") -> dt.date:
    """The day of a moment in a region, which begins there seven to nine hours before that of UTC."""
    try:
        return moment.astimezone(zone_of(region)).date()
    except OverflowError:
        return moment.date()


def today(region: str = "") -> dt.date:
    """The day it is in a region."""
    return day_of(now(), region)


@contextlib.contextmanager
def held(day: dt.date) -> Iterator[None]:
    """Within it, and in this thread, it is noon of this day (UTC), which is evening of it in every region."""
    token = _held.set(dt.datetime.combine(day, dt.time(12), dt.UTC))
    try:
        yield
    finally:
        _held.reset(token)
