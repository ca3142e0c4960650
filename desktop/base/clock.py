"""What time it is: one place, so that tests and reproducible builds can hold it still."""

from __future__ import annotations

import datetime as dt
import os


def now() -> dt.datetime:
    """The present moment in UTC, to the second. ``RANCANG_NOW`` (ISO 8601) holds it still."""
    fixed = os.environ.get("RANCANG_NOW")
    moment = dt.datetime.fromisoformat(fixed) if fixed else dt.datetime.now(dt.UTC)
    return moment.astimezone(dt.UTC).replace(microsecond=0)
