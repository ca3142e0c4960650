"""Verifying: any file is judged, and the verdict stands below.

A verdict belongs to one state of one file, and to whom this computer believes. Whatever shows one asks this
card, and it answers for the file that lies there now: what was found of another that lay there before, or
while others were believed, is found of nothing any more.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLabel

from desktop.base import Message, RancangError, clock
from desktop.base.jobs import ThreadedJob
from desktop.submission.mark import Mark, mark_at
from desktop.ui import widgets
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.pages.verdict import VerdictView
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.standings import Standings

if TYPE_CHECKING:
    from desktop.submission import Verdict
    from desktop.trust import Anchors


class VerifyCard(widgets.Card):
    """Which file, whom to trust besides, and the verdict."""

    def __init__(self, session: Session, runner: Runner, judged: Callable[[Path], object]) -> None:
        """``judged`` is called with each file of which there is a verdict now."""
        super().__init__(session.speaker, Message("ui.package.verify"), Message("ui.package.verify.note"))
        self.session, self.runner, self._judged_as = session, runner, judged
        self.trust: list[Path] = []
        self._judged: Path | None = None
        """The file that the view is about."""
        self._found: dict[Path, tuple[Mark | None, Verdict]] = {}
        """What was found of each file, and the mark of its state."""
        self._by: list[bytes] = []
        """By whom that was judged."""
        self._away = False
        """Whether nobody looked for a while since."""
        self._waiting: Callable[[], None] | None = None
        """What was asked for while something else was at work; the last thing counts."""
        runner.ended.connect(lambda: QTimer.singleShot(0, self, self._go_on))
        speaker = session.speaker
        self.any = QCheckBox()
        speaker.tie(self.any, QCheckBox.setText, Message("ui.package.any"))
        self.add(self.any)
        trust = widgets.button(speaker, Message("ui.package.trust"), self._choose_trust, icon="shield-check")
        verify = widgets.button(speaker, Message("ui.package.verify_file"), self._choose, icon="search")
        self._trusted = widgets.label(speaker, "", "muted")
        self.add(widgets.line(verify, trust, self._trusted, 1))
        self.view = VerdictView(session)
        self.view.more_time.connect(self._again)
        self.add(self.view)

    def of(self, path: Path | None) -> Verdict | None:
        """What was found of the file that lies there now; None where it was not judged as it is now."""
        if path is None or path not in self._found:
            return None
        mark, verdict = self._found[path]
        now = mark_at(path)
        if mark is None or now is None or mark.changed != now.changed:
            return None
        if verdict.until is not None and verdict.until < clock.now():
            return None  # a certificate or a list has ended since
        standings = Standings.of(self.session)
        if self._away and path in standings.restless:
            return None
        return verdict if standings.same(path, mark, now) else None

    @property
    def outdated(self) -> bool:
        """Whether what is in view was found of another file than the one that lies there by now."""
        judged, shown = self._judged, self.view.verdict
        if judged is None or shown is None or mark_at(judged) is None:
            return False
        return self.of(judged) is not shown

    def hold(self, package: Path) -> None:
        """The page works on this package from now on: nothing about another one stays in view."""
        self._waiting = None
        if package != self._judged:
            self._judged = None
            self.view.clear()

    def look_away(self) -> None:
        """Nobody looks for now: where a drive cannot tell files apart, what was found counts no longer."""
        self._away = True

    def refresh(self) -> None:
        """What is another file by now is judged, and what was said of the one before is said no more."""
        if self._away:
            self._away = False
            for path in Standings.of(self.session).restless:
                self._found.pop(path, None)
        with suppress(RancangError):  # told where they are used
            if self._found or Standings.of(self.session).read_by is not None:
                self._judge_by(self._anchors())
        if self._judged is not None and self.outdated:
            self.view.clear()
            self.verify(self._judged)

    def anchors(self) -> Anchors | None:
        """Whom signatures are judged by now; None (and a sentence) where they cannot be read."""
        return self.session.attempt(self._anchors)

    def _anchors(self) -> Anchors:
        from desktop.trust import load_anchors

        return load_anchors(self.trust)

    def _judge_by(self, anchors: Anchors) -> None:
        """What was found while others were believed is found no more."""
        if anchors.parts() == self._by:
            return
        Standings.of(self.session).believe(anchors)
        self._found.clear()
        self._by = anchors.parts()

    def _choose_trust(self) -> None:
        path = ask_open(
            self, self.session, Message("ui.package.trust"), Message("ui.files.certificates"), Purpose.KEYS
        )
        if path is not None:
            from desktop.ui.dialogs.anchor import ask_passing

            compared = ask_passing(self, self.session, path)
            if compared is not None:
                self.trust_also(compared)

    def trust_also(self, certificate: Path) -> None:
        """Trust one more root until the window closes; refused when it is no certificate."""
        from desktop.trust import load_anchors

        anchors = self.session.attempt(lambda: load_anchors([*self.trust, certificate]))
        if anchors is not None:
            self.trust.append(certificate)
            self._judge_by(anchors)
            if self._judged is not None:
                self.verify(self._judged)
            message = Message("ui.package.trusted", n=len(self.trust))
            self.session.speaker.tie(self._trusted, QLabel.setText, message)

    def _choose(self) -> None:
        path = ask_open(self, self.session, Message("ui.package.verify_file"), Message("ui.files.packages"))
        if path is not None:
            self.verify(path)

    def _again(self) -> None:
        if self._judged is not None:
            self.verify(self._judged, patient=True)

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self.session.is_open:
            waiting()

    def verify(self, path: Path, *, patient: bool = False) -> None:
        """Judge a file and show the verdict, as soon as may be; ``patient``: with more time and memory."""
        if self.runner.running:
            self._waiting = partial(self.verify, path, patient=patient)
            return
        self._waiting, self._judged = None, path
        from desktop.submission import verify_many

        anchors = self.anchors()
        if anchors is not None:
            arguments = ((path,), anchors, clock.now(), self.any.isChecked(), patient)
            # in a thread: the process that judges outlives it, and waits for the next signature's verdict
            self._judge_by(anchors)
            done = partial(self._on_verdict, path, mark_at(path))
            self.runner.begin(done, ThreadedJob(verify_many, *arguments))

    def _on_verdict(self, path: Path, mark: Mark | None, verdicts: tuple[Verdict, ...]) -> None:
        """``mark``: of what lay there before it was judged."""
        (verdict,) = verdicts
        self._found[path] = mark, verdict
        if path == self._judged:
            self.view.show_verdict(verdict, path)
        self._judged_as(path)
