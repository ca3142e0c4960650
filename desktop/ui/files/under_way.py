"""How far the taking in of files is, with a button that stops it; hidden while nothing is under way."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.files.intake import Intake
from desktop.ui.session import Session


class UnderWay(QWidget):
    """Follows an intake."""

    def __init__(self, session: Session, intake: Intake) -> None:
        super().__init__()
        self._speaker = session.speaker
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        widgets.call(self._speaker, self._bar, Message("ui.job.progress"))
        self._ready = widgets.label(self._speaker, "", "muted")
        stop = widgets.button(self._speaker, Message("ui.job.cancel"), intake.stop, icon="x")
        row = widgets.line(self._ready, self._bar, stop)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.hide()
        intake.progressed.connect(self._on_progress)

    def _on_progress(self, done: int, total: int) -> None:
        self.setVisible(bool(total))
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._speaker.tie(self._ready, QLabel.setText, Message("ui.files.preparing", done=done, total=total))
