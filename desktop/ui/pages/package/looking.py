"""Between choosing a key and signing with it: the key is looked at in a process of its own, and shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.base import Message, RancangError, clock
from desktop.base.jobs import Report
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Preflight
    from desktop.trust import Anchors, KeySource


@dataclass(frozen=True, slots=True)
class ToSign:
    """What is to be signed, and for whom."""

    package: Path
    role: str
    closing: bool
    """Whether it is the package itself."""
    person: str
    """Who holds the role in the plan; what the package itself says comes first."""
    identity: str = ""
    """The id of the package that somebody was asked about; another one may lie there by now."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, or why the key could not be opened."""

    found: Preflight | None = None
    problem: Message | None = None
    again: bool = False
    """Whether another password could open it."""


def look(report: Report, what: ToSign, key: KeySource, anchors: Anchors, now: dt.datetime) -> Looked:
    """Look at a key; what is wrong with it is an answer, so that a mistyped password can be asked again."""
    from desktop.submission import preflight
    from desktop.trust import WrongPassword

    try:
        return Looked(
            preflight(
                report,
                what.package,
                key,
                what.role,
                anchors,
                now,
                closing=what.closing,
                person=what.person,
                identity=what.identity,
            )
        )
    except RancangError as error:
        return Looked(problem=error.message, again=isinstance(error, WrongPassword))


class Looking:
    """Looks at keys for the card whose signers choose them."""

    def __init__(
        self, card: QWidget, session: Session, runner: Runner, anchors: Callable[[], Anchors | None]
    ) -> None:
        self._card, self._session, self._runner, self._anchors = card, session, runner, anchors
        self._waiting: Callable[[], None] | None = None
        """What was asked for while the window was still verifying; a password is not typed in vain."""
        # what the job that ended was for comes first
        runner.ended.connect(lambda: QTimer.singleShot(0, card, self._go_on))

    def at(
        self,
        what: ToSign,
        key: KeySource,
        sign: Callable[[bool, str, str], object],
        again: Callable[[], object] | None = None,
    ) -> None:
        """Look at ``key``, show what was found, and ``sign``.

        ``sign`` is told whether another holder was agreed to, the state of the package that was looked at,
        and which certificate was shown; ``again`` asks for the password once more.
        """
        if self._runner.running:
            self._waiting = partial(self.at, what, key, sign, again)
            return
        anchors = self._anchors()
        if anchors is not None:
            self._runner.start(partial(self._show, sign, again), look, what, key, anchors, clock.now())

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _show(
        self, sign: Callable[[bool, str, str], object], again: Callable[[], object] | None, looked: Looked
    ) -> None:
        if looked.problem is not None:
            self._session.failed.emit(looked.problem)
            if looked.again and again is not None:
                again()
        elif looked.found is not None:
            from desktop.ui.dialogs.preflight import ask_preflight

            if ask_preflight(self._card, self._session, looked.found):
                sign(looked.found.other_holder, looked.found.state, looked.found.certificate)
