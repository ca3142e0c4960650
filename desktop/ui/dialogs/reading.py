"""The page of a dialog that reads a file or takes one over: what is done now, and a bar."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.speaker import Speaker


class ReadingPage(QWidget):
    """Shown while there is nothing to decide yet."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        layout = widgets.column(spacing=10)
        self.setLayout(layout)
        self._doing = widgets.label(speaker, Message("ui.import.reading"), wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        widgets.call(speaker, self._bar, Message("ui.job.progress"))
        layout.addStretch(1)
        layout.addWidget(self._doing)
        layout.addWidget(self._bar)
        layout.addStretch(2)
        self.wait(Message("ui.import.reading"))

    def wait(self, message: Message) -> None:
        """Something began of which nobody knows yet how long it takes."""
        self.progress(0, 0, message)

    def progress(self, done: int, total: int, message: Message) -> None:
        """So much of it is done."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._speaker.tie(self._doing, QLabel.setText, message)
