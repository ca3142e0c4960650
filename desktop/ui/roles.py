"""Who sits before the window; pages and commands say which of them they are for."""

from __future__ import annotations

from enum import StrEnum

from desktop.base import Message


class Role(StrEnum):
    """The part a person has in the work, as the journal writes it."""

    SECRETARY = "secretary"
    AGENCY = "agency"
    MENTOR = "mentor"
    ASSESSOR = "assessor"
    MINISTRY = "ministry"

    @classmethod
    def of(cls, name: str) -> Role:
        """The role of this name; whoever is unknown sees what the team's secretary sees: all."""
        return cls(name) if name in set(cls) else cls.SECRETARY


ROLE_NAMES = {
    Role.SECRETARY: Message("ui.role.secretary"),
    Role.AGENCY: Message("ui.role.agency"),
    Role.MENTOR: Message("ui.role.mentor"),
    Role.ASSESSOR: Message("ui.role.assessor"),
    Role.MINISTRY: Message("ui.role.ministry"),
}
EVERYONE = frozenset(Role)
TEAM = frozenset({Role.SECRETARY})
PLANNERS = EVERYONE - {Role.AGENCY}
"""Those who see the plan as a whole; an agency has its own part before it."""
WRITERS = frozenset({Role.SECRETARY, Role.AGENCY})
"""Those who write the plan; mentor, assessor and ministry read it and remark on it."""
REVIEWERS = frozenset({Role.MENTOR, Role.ASSESSOR, Role.MINISTRY})
"""Those who read the plan and write beside it: remarks, suggestions, scores and visits."""
