"""*Kirim perubahan*: a small file with what the receiver does not have yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QPushButton, QWidget

from desktop.base import Message
from desktop.base.speech import file_size
from desktop.base.written import as_decided, chosen
from desktop.exchange.changes_file import (
    Sent,
    file_name,
    remember,
    send_job,
    waiting,
    waiting_evidence,
)
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_save
from desktop.ui.helping.asking import offer_help
from desktop.ui.roles import REVIEWERS
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.settings import Purpose
from desktop.workspace import opening

if TYPE_CHECKING:
    from pathlib import Path


class SendChanges(Ask):
    """How much is new, whether evidence goes along; then how large the file became."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, title(session), Message("ui.send.accept"), parent)
        offer_help(self, "together")
        self.setMinimumWidth(theme.grown(520))
        speaker, workspace = session.speaker, session.workspace
        self.sent: Sent | None = None
        whom, self._new = opening.made_for(workspace), waiting(workspace)
        receiver = (
            Message("ui.send.to_giver", n=self._new, whom=whom.given_by or "?")
            if whom is not None
            else Message("ui.send.to_all", n=self._new)
        )
        self.told = widgets.label(speaker, receiver, wrap=True)
        self.body.addWidget(self.told)
        files, size = waiting_evidence(workspace)
        self.evidence = QCheckBox()
        said = Message("ui.send.evidence", n=files, size=file_size(size, speaker.language))
        speaker.tie(self.evidence, QCheckBox.setText, said)
        self.evidence.setChecked(whom is not None and files > 0)
        self.evidence.setVisible(files > 0)
        self.body.addWidget(self.evidence)
        self.full = QCheckBox()
        speaker.tie(self.full, QCheckBox.setText, Message("ui.send.full"))
        self.full.toggled.connect(self._judge)
        self.body.addWidget(self.full)
        self.folder = widgets.button(
            speaker, Message("ui.own.sent.open"), self.open_folder, icon="folder-open"
        )
        self.folder.hide()
        self.body.addLayout(widgets.line(self.folder, 1))
        self.runner = Runner(session)
        self.runner.ended.connect(self._judge)
        self.body.addWidget(self.runner)
        self._files = files
        self._judge()

    def _judge(self, *_: object) -> None:
        anything = self._new > 0 or self._files > 0 or self.full.isChecked()
        self.ok.setEnabled(anything and not self.runner.running)

    def accept(self) -> None:
        """The button writes the file, and closes when it is written."""
        if self.sent is not None:
            super().accept()
            return
        session = self.session
        target = ask_save(
            self,
            session,
            title(session),
            file_name(session.workspace),
            Message("ui.files.changes"),
            Purpose.EXPORTS,
        )
        if target is not None:
            self.write(target)

    def write(self, target: Path) -> None:
        """Write the file, in a process of its own."""
        there = chosen(target)

        def begin() -> None:
            snapshot = self.runner.snapshot()
            author = self.session.author()
            wanted = self.evidence.isChecked(), self.full.isChecked()
            self.runner.start(self._done, as_decided, there, send_job, snapshot, target, author, *wanted)

        self.session.attempt(begin)
        self._judge()

    def _done(self, sent: Sent) -> None:
        session = self.session
        session.attempt(lambda: remember(session.workspace, sent))
        self.sent = sent
        size = file_size(sent.size, session.speaker.language)
        told = (
            Message("ui.send.fits", file=sent.path.name, n=sent.change_sets, size=size)
            if sent.fits_chat
            else Message("ui.send.too_large", file=sent.path.name, n=sent.change_sets, size=size)
        )
        session.speaker.tie(self.told, QLabel.setText, told)
        for widget in (self.evidence, self.full):
            widget.hide()
        session.speaker.tie(self.ok, QPushButton.setText, Message("ui.back.close"))
        self.ok.setEnabled(True)
        self.buttons.removeButton(self.buttons.button(QDialogButtonBox.StandardButton.Cancel))
        self.folder.show()
        self.shrink()
        session.told.emit(told)

    def open_folder(self) -> None:
        """Show the folder in which the file lies."""
        if self.sent is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.sent.path.parent)))

    def done(self, result: int) -> None:
        """Leaving stops what is being written."""
        if self.runner.running:
            self.runner.stop()
        super().done(result)


def title(session: Session) -> Message:
    """What is sent: by a reviewer their review."""
    return Message("ui.send.review") if session.role in REVIEWERS else Message("ui.send.title")


def send_changes(parent: QWidget, session: Session) -> None:
    """Ask what to send, and write it."""
    session.drafts.flush()
    SendChanges(session, parent).exec()
