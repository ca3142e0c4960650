"""What time it is: one place, so that tests and reproducible builds can hold it still."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from contextvars import ContextVar

_held: ContextVar[dt.datetime | None] = ContextVar("held", default=None)


def now() -> dt.datetime:
    """The present moment in UTC, to the second. ``RANCANG_NOW`` (ISO 8601) holds it still."""
    fixed = os.environ.get("RANCANG_NOW")
    moment = _held.get() or (dt.datetime.fromisoformat(fixed) if fixed else dt.datetime.now(dt.UTC))
    return moment.astimezone(dt.UTC).replace(microsecond=0)


@contextlib.contextmanager
def held(day: dt.date) -> Iterator[None]:
    """Within it, and in this thread, it is noon of this day (UTC)."""
    token = _held.set(dt.datetime.combine(day, dt.time(12), dt.UTC))
    try:
        yield
    finally:
        _held.reset(token)
