"""What tests have done in a process with limits."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.base import Message
from desktop.base.bounded import Limits
from desktop.base.bounded.limits import STANDARD
from desktop.base.jobs import Report


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that a hostile file makes a library do."""

    what: str
    limits: Limits = STANDARD

    def run(self, report: Report) -> Mapping[str, Any]:
        """Do it."""
        report(1, 2, Message("base.bounded.opening"))
        match self.what:
            case "never end":
                while True:
                    pass
            case "wait":
                time.sleep(0.4)
            case "fill the memory":
                return {"data": b"x" * (self.limits.memory * 4)}
            case "end the program":
                os.abort()
            case "fail":
                raise LookupError(self.what)
        return {"process": os.getpid(), "data": b"\x00" * 100_000}
