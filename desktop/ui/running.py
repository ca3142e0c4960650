"""Long work beside the window: a bar, what is done now, and a way to stop it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget

from desktop.base import Message
from desktop.base.ids import new_id
from desktop.base.jobs import Done, Failed, Job, Progress
from desktop.base.paths import folder
from desktop.ui import widgets
from desktop.ui.session import Session

POLL = 80
"""Milliseconds between two looks at a job."""


class Runner(QWidget):
    """Runs one job at a time in a process of its own; hidden while there is none."""

    ended = Signal()
    """A job ended: with a result, a sentence, or because it was stopped."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._job: Job[Any] | None = None
        self._done: Callable[[Any], object] | None = None
        self._work: Path | None = None
        speaker = session.speaker
        layout = widgets.column(spacing=4)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._text = widgets.label(speaker, "", "muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        widgets.call(speaker, self._bar, Message("ui.job.progress"))
        self.cancel = widgets.button(speaker, Message("ui.job.cancel"), self.stop, icon="x")
        layout.addWidget(self._text)
        layout.addLayout(widgets.line(self._bar, self.cancel))
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self.look)
        # a job of a document that is closed would go on for nobody, and leave its copy behind
        session.closed.connect(self.stop)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether a job is at work."""
        return self._job is not None

    def free(self) -> bool:
        """Whether a job could begin; who chose something while one is at work is told so."""
        if self.running:
            self._session.failed.emit(Message("ui.job.busy"))
        return not self.running

    def workshop(self) -> Path:
        """A folder of its own for the job to come; it goes when the job has ended."""
        self._work = folder("work", new_id())
        return self._work

    def snapshot(self) -> Path:
        """A copy of the open workspace for the job to come; what is typed is written first."""
        self._session.drafts.flush()
        target = self.workshop() / self._session.workspace.path.name
        self._session.workspace.snapshot(target)
        return target

    def start(self, done: Callable[[Any], object], work: Callable[..., Any], *arguments: Any) -> None:
        """Begin; ``done`` is called with the result, in the window."""
        self.begin(done, Job(work, *arguments))

    def begin(self, done: Callable[[Any], object], job: Job[Any], *, calmly: bool = False) -> None:
        """The same with a job that runs already.

        ``calmly``: what ends within a moment is not shown, so that nothing flickers.
        """
        self._done = done
        self._job = job
        self._say(Message("ui.job.starting"))
        self._bar.setRange(0, 0)
        self.setVisible(not calmly)
        self._timer.start()

    def look(self) -> None:
        """Ask the job how far it is."""
        if self._job is None:
            return
        for news in self._job.poll():
            match news:
                case Progress(done, total, message):
                    self._bar.setRange(0, total)
                    self._bar.setValue(done)
                    self._say(message)
                    self.show()
                case Failed(message, _):
                    self._end()
                    self._session.failed.emit(message)
                case Done(result):
                    finished = self._done
                    self._end()
                    if finished is not None:
                        finished(result)

    def stop(self) -> None:
        """Give the job up; nothing was changed."""
        if self._job is not None:
            self._job.cancel()
            self._end()
            self._session.told.emit(Message("base.cancelled"))

    def _say(self, message: Message) -> None:
        self._session.speaker.tie(self._text, QLabel.setText, message)

    def _end(self) -> None:
        self._timer.stop()
        self._job = self._done = None
        self.hide()
        if self._work is not None:
            shutil.rmtree(self._work, ignore_errors=True)
            self._work = None
        self.ended.emit()
