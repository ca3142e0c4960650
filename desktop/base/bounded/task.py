"""What is to be done in bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from desktop.base.bounded.limits import Limits
from desktop.base.jobs import Report


class Look(Protocol):
    """Picklable; what it answers is JSON, but for bytes under ``data``."""

    @property
    def limits(self) -> Limits:
        """What it may cost."""

    def run(self, report: Report) -> Mapping[str, Any]:
        """Do it, in that process."""
