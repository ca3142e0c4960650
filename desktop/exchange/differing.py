"""What was filled differently, with the agencies of who wrote it, and what the person here may settle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.exchange.authors import Authors
from desktop.workspace.cases import Case, cases
from desktop.workspace.entitled import why_not
from desktop.workspace.story import hands

if TYPE_CHECKING:
    from desktop.workspace import Workspace
    from desktop.workspace.merge import Conflict


class Differing:
    """The open cases of a workspace as one person sees them, at one moment."""

    def __init__(self, workspace: Workspace, conflicts: Sequence[Conflict] | None = None) -> None:
        known = hands(workspace)
        authors = Authors(workspace.plan(), known)
        author = workspace.author
        self._name, self._role = author.name, author.role
        self.own_agency = authors.agency(author.name, author.role, known.replica)
        """The agency of whoever works here, or empty."""
        self.cases: list[Case] = cases(workspace, conflicts, authors.agency)

    def why_not(self, case: Case) -> Message | None:
        """Why the person here may not settle a case; None when they may."""
        return why_not(self._role, self.own_agency, self._name, case)

    def mine(self) -> list[Case]:
        """Those the person here may settle."""
        return [case for case in self.cases if self.why_not(case) is None]


__all__ = ["Differing"]
