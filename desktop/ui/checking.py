"""The checks over the open plan: at once, or a few milliseconds at a time while the person goes on."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from desktop.checks import Report
    from desktop.ui.session import Session

CHECK_AFTER = 350
"""Milliseconds without a change before the checks run again."""
SLICE = 8
"""Milliseconds of checking at a time, so that typing goes on between two slices (300 programmes take
100 ms here and three times that on a small laptop)."""


class Checking(QObject):
    """Runs the checks of a session again after changes, and holds what they found last."""

    changed = Signal()
    """There are other findings now."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.report: Report | None = None
        """The findings of the last run."""
        self._later = QTimer(self, singleShot=True, interval=CHECK_AFTER)
        self._later.timeout.connect(self.soon)
        self._steps: Iterator[Report | None] | None = None
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)

    def later(self) -> None:
        """The plan changed: run when nothing more has changed for a moment."""
        self._stop()
        self._later.start()

    def soon(self) -> None:
        """Run over the plan as it stands, now, but between what the person does."""
        from desktop.checks import checking

        self._stop()
        if not self._session.is_open:
            return
        self._steps = checking(self._session.plan, self._session.pack)
        self._slices.start()

    def now(self) -> None:
        """Run over the plan as it stands, at once."""
        self._stop()
        if not self._session.is_open:
            return
        from desktop.checks import check

        self._take(check(self._session.plan, self._session.pack))

    def leave(self) -> None:
        """Run no more; findings of a plan that has changed since are forgotten."""
        if self._later.isActive() or self._slices.isActive():
            self.report = None
        self._stop()

    def _stop(self) -> None:
        self._later.stop()
        self._slices.stop()
        self._steps = None

    def _go_on(self) -> None:
        """Check a little further; the plan is a frozen picture, so nothing can change under it."""
        if self._steps is None:
            return
        until = monotonic() + SLICE / 1000
        for report in self._steps:
            if report is not None:
                self._stop()
                self._take(report)
                return
            if monotonic() > until:
                return

    def _take(self, report: Report) -> None:
        self.report = report
        self.changed.emit()
