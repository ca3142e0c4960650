"""What a card does only once it is known how far packages are signed: at once, or when they were read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.standings import Standings


class Knowing:
    """Lets what somebody asked of a card wait in its runner, where it is seen and can be given up."""

    def __init__(self, card: QWidget, session: Session, runner: Runner) -> None:
        self._card, self._session, self._runner = card, session, runner
        self._waiting: Callable[[], None] | None = None
        """What was asked for while the runner had something else to do; the last thing counts."""
        runner.ended.connect(lambda: QTimer.singleShot(0, card, self._go_on))

    def once(self, packages: Sequence[Path], then: Callable[[], object]) -> None:
        """Do ``then`` when these packages are read, unless the card was left by then."""
        standings = Standings.of(self._session)
        self._waiting = None
        if standings.all_known(packages, self._runner):
            then()
        elif self._runner.running:
            self._waiting = partial(self.once, packages, then)
        else:
            job = standings.awaiting(packages, self._runner)
            self._runner.begin(lambda _: self._then(then), job, calmly=True)

    def _then(self, then: Callable[[], object]) -> None:
        if self._card.isVisible():
            then()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self._card.isVisible():
            waiting()
