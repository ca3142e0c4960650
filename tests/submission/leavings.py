"""Looks that leave something behind in the process they ran in, and looks that suffer by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.base.bounded.limits import STANDARD, Limits
from desktop.base.jobs import Report

_LEFT: list[bytearray] = []


@dataclass(frozen=True)
class Leaves:
    """Keeps so many megabytes of some stranger's."""

    megabytes: int
    limits: Limits = STANDARD

    def run(self, report: Report) -> Mapping[str, Any]:
        _LEFT.append(bytearray(b"x") * (self.megabytes << 20))
        return {}


@dataclass(frozen=True)
class Wants:
    """Needs so many megabytes for a moment; refuses where anything was left behind."""

    megabytes: int
    limits: Limits = STANDARD

    def run(self, report: Report) -> Mapping[str, Any]:
        room = bytearray(b"x") * (self.megabytes << 20)
        return {"refused": bool(_LEFT), "had": len(room)}
