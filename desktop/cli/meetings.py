"""Which meeting a command means: by id, its beginning or its end, by day, or by guidance session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message, RancangError

if TYPE_CHECKING:
    from desktop.workspace.organisation import Meeting
    from desktop.workspace.plan import Plan

LEAST = 4
"""Letters of an id that are enough, where they fit only one."""


class NoSuchMeeting(RancangError):
    """No meeting, or several, fit what was named."""

    def __init__(self, name: str, n: int) -> None:
        message = (
            Message("cli.meeting.several", name=name, n=n) if n else Message("cli.meeting.none", name=name)
        )
        super().__init__(message)


def find_meeting(plan: Plan, name: str) -> Meeting:
    """The one meeting that is meant. Raises NoSuchMeeting."""
    exact = [each for each in plan.meetings if each.id == name]
    found = exact or [
        each
        for each in plan.meetings
        if name in {each.start, each.session}
        or (len(name) >= LEAST and (each.id.startswith(name) or each.id.endswith(name)))
    ]
    if len(found) != 1:
        raise NoSuchMeeting(name, len(found))
    return found[0]
