"""The badge of a field that is filled differently; pressing it leads to the sides."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from desktop.base import Message
from desktop.ui import icons, theme, widgets
from desktop.ui.differing.open import differing, place_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from desktop.ui.registers import Register
    from desktop.ui.session import Session
    from desktop.ui.tracing import Record
    from desktop.workspace.plan import OpenConflict

NAME = Message("ui.differing.badge")
"""What the badge says: its tooltip, and what a screen reader reads."""


class DifferingBadge(QToolButton):
    """Shown while one of a field's registers is filled differently."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.conflict: OpenConflict | None = None
        icons.tie(self, _draw)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        session.speaker.tie(self, QToolButton.setToolTip, NAME)
        widgets.call(session.speaker, self, NAME)
        self.clicked.connect(partial(_open, self))
        self.setHidden(True)

    def refresh(self, records: Iterable[Record]) -> None:
        """Look again whether these registers say one thing."""
        self.conflict = differing(self._session.plan, records)
        self.setHidden(self.conflict is None)

    def open(self) -> None:
        """Show the sides."""
        if self.conflict is not None:
            self._session.show("differing", "", place_of(self.conflict))


def badged(
    session: Session, badge: DifferingBadge | None, head: QHBoxLayout, register: Register
) -> DifferingBadge | None:
    """The badge of a field, made and put into its head when something differs for the first time."""
    if badge is None and session.plan.conflicts:
        badge = DifferingBadge(session)
        head.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
    if badge is not None:
        badge.refresh(register.records(session))
    return badge


def _open(badge: DifferingBadge, _checked: bool = False) -> None:
    badge.open()


def _draw(button: QToolButton) -> None:
    size = theme.grown(16)
    button.setIcon(icons.icon("combine", "warn", size))
    button.setIconSize(QSize(size, size))
