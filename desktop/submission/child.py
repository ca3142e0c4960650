"""The process that looks at what others made, seen from the program: asked, watched, and ended in time."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.bounded import child
from desktop.base.bounded.child import LOOK_EVERY, Tell
from desktop.base.bounded.limits import Limits
from desktop.base.jobs import command_of
from desktop.submission.judge_process import ARGUMENT


class Child(child.Child):
    """One judging process, what it is doing now, and until when."""

    def __init__(self) -> None:
        super().__init__(_command())

    def reason(self, limits: Limits) -> Message:
        """Which limit ended it, in a sentence."""
        match self.ended(limits):
            case "time":
                return Message("submission.limit.time", seconds=round(limits.seconds))
            case "memory":
                return Message("submission.limit.memory", megabytes=limits.memory >> 20)
        return Message("submission.limit.crash")


def _command() -> list[str]:
    return command_of("desktop.submission.judge_process", ARGUMENT)


__all__ = ["LOOK_EVERY", "Child", "Tell"]
