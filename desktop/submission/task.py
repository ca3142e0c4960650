"""What a judging process is asked: whom to believe, and which file; or to look at documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.base.jobs import Report
from desktop.submission.limits import Limits
from desktop.trust.anchors import Anchors


@dataclass(frozen=True, slots=True)
class Setup:
    """The same for every file: anchors, the present moment, ``--any``, and the deadline."""

    anchors: Anchors
    now: dt.datetime
    any: bool
    due: dt.datetime | None
    digest: bool = False
    """Whether the SHA-256 of each whole file is wanted too."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file, and what it may cost."""

    path: str
    limits: Limits


class Look(Protocol):
    """Anything else to be done in bounds: picklable, what it answers is JSON."""

    @property
    def limits(self) -> Limits:
        """What it may cost."""

    def run(self, report: Report) -> Mapping[str, Any]:
        """Do it, in that process."""
