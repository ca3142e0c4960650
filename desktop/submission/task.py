"""What a judging process is asked: whom to believe, and which file; or to look at documents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self

from desktop.base.bounded.limits import Limits
from desktop.base.bounded.task import Look
from desktop.trust.anchors import Anchors


@dataclass(frozen=True, slots=True)
class Setup:
    """The same for every file: anchors, ``--any``, and the deadline."""

    anchors: Anchors
    any: bool
    due: dt.datetime | None
    digest: bool = False
    """Whether the SHA-256 of each whole file is wanted too."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file, the present moment, and what it may cost."""

    path: str
    now: dt.datetime
    limits: Limits


@dataclass(frozen=True, slots=True)
class Believing:
    """A look that goes by whom this computer believes."""

    anchors: Anchors | None
    """None: as the process was told when it began, with lists that no limit of a look is for."""

    def told(self, anchors: Anchors) -> Self:
        """The same, by what its process was told where the look itself says nothing."""
        return self if self.anchors is not None else replace(self, anchors=anchors)


__all__ = ["Believing", "Look", "Setup", "Task"]
