"""A window to look at evidence in, one file after the other, beside the main window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from desktop.base import Message
from desktop.base.placing import put
from desktop.base.written import chosen, decided
from desktop.ui import theme, widgets
from desktop.ui.dialogs.files import Purpose, ask_save
from desktop.ui.helping.asking import offer_help
from desktop.ui.keys import sequence
from desktop.ui.session import Session
from desktop.ui.viewer.viewer import Viewer
from desktop.workspace.plan import EvidenceFile


class Viewing(QDialog):
    """Shows the files of a list from one of them on; Escape closes it."""

    def __init__(self, session: Session, files: Sequence[EvidenceFile], first: int, parent: QWidget) -> None:
        super().__init__(parent)
        offer_help(self, "evidence")
        self._session = session
        self._files = tuple(files)
        self._at = first
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = widgets.column(margins=(14, 10, 14, 12), spacing=6)
        self.setLayout(layout)
        speaker = session.speaker
        tool = widgets.tool
        self.before = tool(speaker, Message("ui.viewer.file_before"), "arrow-up", lambda: self.go(-1))
        self.after = tool(speaker, Message("ui.viewer.file_after"), "arrow-down", lambda: self.go(1))
        self._title = widgets.label(speaker, "", "section", wrap=True)
        self._caption = widgets.label(speaker, "", "muted", wrap=True)
        head = widgets.line(self._title, 1, self.before, self.after, spacing=4)
        layout.addLayout(head)
        layout.addWidget(self._caption)
        self.viewer = Viewer(session)
        self.viewer.save_copy = self._save
        layout.addWidget(self.viewer, 1)
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(sequence(keys), self, activated=self._goer(step))  # type: ignore[call-overload] # signals as keywords
        room = parent.window().size()
        self.resize(min(theme.grown(1000), room.width() - 60), max(420, room.height() - 60))
        session.closed.connect(self.close)
        self._show()
        self.viewer.area.setFocus()

    def _goer(self, step: int) -> Callable[[], None]:
        return lambda: self.go(step)

    @property
    def file(self) -> EvidenceFile:
        """The file in view."""
        return self._files[self._at]

    def go(self, step: int) -> None:
        """Show the next file, or the one before."""
        at = min(max(self._at + step, 0), len(self._files) - 1)
        if at != self._at:
            self._at = at
            self._show()

    def _show(self) -> None:
        file, speaker = self.file, self._session.speaker
        speaker.tie(self, QDialog.setWindowTitle, file.called)
        speaker.tie(self._title, QLabel.setText, file.called)
        caption = file.caption
        speaker.tie(self._caption, QLabel.setText, lambda: caption.read(speaker.language))
        self._caption.setVisible(bool(caption))
        self.before.setVisible(len(self._files) > 1)
        self.after.setVisible(len(self._files) > 1)
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < len(self._files))
        self.viewer.open_evidence(file)

    def _save(self) -> None:
        save_copy(self._session, self.file, self)

    def done(self, result: int) -> None:
        """Escape, the frame's button and a closed document all end here."""
        self.viewer.close_file()
        super().done(result)


def look_at(session: Session, files: Sequence[EvidenceFile], first: int, parent: QWidget) -> Viewing:
    """Open a window on a file of a list."""
    window = Viewing(session, files, first, parent.window())
    window.show()
    return window


def save_copy(session: Session, file: EvidenceFile, parent: QWidget) -> None:
    """Write a copy of a file where the person wants it."""
    path = ask_save(parent, session, Message("ui.evidence.save_as"), file.called, purpose=Purpose.EVIDENCE)
    if path is None:
        return
    there = chosen(path)
    if session.attempt(lambda: decided(there, lambda: _write(session, file, path))):
        session.told.emit(Message("ui.told.copied", file=path.name))


def _write(session: Session, file: EvidenceFile, path: Path) -> bool:
    put(path, session.workspace.evidence_bytes(file.sha256))
    return True
