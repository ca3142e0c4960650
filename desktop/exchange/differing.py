"""What was filled differently, with the agencies of who wrote it, and what the person here may settle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.exchange.authors import Authors
from desktop.exchange.own_part import OwnPart, own_part
from desktop.workspace.cases import Case, cases
from desktop.workspace.entitled import why_not
from desktop.workspace.story import hands

if TYPE_CHECKING:
    from desktop.workspace import Workspace
    from desktop.workspace.merge import Conflict


class Differing:
    """The open cases of a workspace as one person sees them, at one moment."""

    def __init__(
        self,
        workspace: Workspace,
        conflicts: Sequence[Conflict] | None = None,
        before: Differing | None = None,
    ) -> None:
        """``before``: the cases that are still open are taken from there; see :meth:`fresh`."""
        everybody = hands(workspace)
        authors = Authors(workspace.plan(), everybody)
        author = workspace.author
        self._name, self._role = author.name, author.role
        self.own_agency = authors.agency(author.name, author.role, everybody.replica)
        """The agency of whoever works here, or empty."""
        self._workspace, self._agency_of = workspace, authors.agency
        wanted = workspace.conflicts() if conflicts is None else conflicts
        known = {case.conflict: case for case in before.cases} if before is not None else {}
        known |= {c.conflict: c for c in self._read([each for each in wanted if each not in known])}
        self.cases: list[Case] = [known[each] for each in wanted]

    def _read(self, conflicts: Sequence[Conflict]) -> list[Case]:
        return cases(self._workspace, conflicts, self._agency_of)

    def fresh(self, case: Case) -> Case:
        """A case as it is now: totals and what is shown move with the rest of the plan."""
        return next(iter(self._read([case.conflict])), case)

    def why_not(self, case: Case) -> Message | None:
        """Why the person here may not settle a case; None when they may."""
        own = self._part is not None and self._part.holds(case.conflict.table, case.conflict.row)
        return why_not(self._role, self.own_agency, self._name, case, own=own and not case.by)

    @cached_property
    def _part(self) -> OwnPart | None:
        """The part of the agency of whoever works here; only an agency's people are asked for theirs."""
        if self._role != "agency" or not self.own_agency:
            return None
        return own_part(self._workspace.plan(), self._workspace.pack(), self.own_agency)

    def mine(self) -> list[Case]:
        """Those the person here may settle."""
        return [case for case in self.cases if self.why_not(case) is None]


__all__ = ["Differing"]
