"""What a reviewer may write in the window although the plan is only read there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.roles import Role
from desktop.workspace.plan import Place, Plan

if TYPE_CHECKING:
    from desktop.ui.session import Session


class Own:
    """The places that are this reviewer's: their scores, their visits and who came, their signature."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: tuple[Plan, frozenset[str]] | None = None

    def visits(self) -> frozenset[str]:
        """The visits this person recorded."""
        from desktop.workspace.reviewing import own_rows

        plan = self._session.plan
        if self._known is None or self._known[0] is not plan:
            made = own_rows(self._session.workspace, "meeting", self._session.author())
            self._known = plan, made
        return self._known[1]

    def has(self, place: Place) -> bool:
        """Whether a place is one of them."""
        match place.table:
            case "score":
                return True
            case "meeting":
                return place.row in self.visits() and place.field != "kind"
            case "session_output":
                return place.field == "signed_by" and self._session.role is Role.MENTOR
            case _:
                return False
