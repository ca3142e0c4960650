"""All cases of one agency and programme at once: taken from the owner agency in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.differing.saying import agency_name, name_case
from desktop.workspace.entitled import Taken, from_owner

if TYPE_CHECKING:
    from desktop.exchange.differing import Differing
    from desktop.ui.session import Session
    from desktop.workspace.cases import Case
    from desktop.workspace.resolving import Decision

LISTED = 6
"""Cases that stay open of which the reason is shown."""


class GroupBar(QWidget):
    """*Take all from the owner agency*, with what that leaves open and why; hidden where nobody owns it."""

    def __init__(
        self,
        session: Session,
        differing: Differing,
        cases: Sequence[Case],
        settle: Callable[[list[Decision]], object],
    ) -> None:
        super().__init__()
        self._settle = settle
        self.taken: Taken = from_owner(case for case in cases if differing.why_not(case) is None)
        speaker = session.speaker
        layout = widgets.column(spacing=6)
        self.setLayout(layout)
        owner = next((case.belongs.agency for case in cases if case.belongs.agency), "")
        name = agency_name(session, owner)
        count = len(self.taken.decisions)
        self.take = widgets.button(
            speaker, Message("ui.differing.take_all", agency=name, n=count), self.take_all, icon="check"
        )
        self.take.setEnabled(bool(count) and not session.read_only)
        layout.addLayout(widgets.line(self.take, 1))
        refused = [(case, reason) for case in cases if (reason := differing.why_not(case)) is not None]
        left = [*self.taken.left, *refused]
        if name and left:
            stays = Message("ui.differing.stay", n=len(left))
            layout.addWidget(widgets.label(speaker, stays, "muted", wrap=True))
            for case, reason in left[:LISTED]:
                _, title = name_case(session, case)
                line = Message("ui.differing.stays", field=title, reason=reason)
                layout.addWidget(widgets.label(speaker, line, "muted", wrap=True))
        self.offered = bool(name) and len(refused) < len(cases)
        """Whether there is an owner to take from, and somebody here who may."""

    def take_all(self) -> None:
        """Settle all that the owner agency filled in, as one change."""
        self._settle(self.taken.decisions)
