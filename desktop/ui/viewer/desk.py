"""Where the sheet lies in the viewer: it scrolls, and tells of the keys and the wheel that turn and zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea


class Desk(QScrollArea):
    """The place of the sheet."""

    key = Signal(QKeyEvent)
    wheel = Signal(int)
    at_end = Signal(int)
    resized = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.key.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = event.angleDelta().y()
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.wheel.emit(1 if step > 0 else -1)
            event.accept()
            return
        stands_at_end = bar.value() == (bar.minimum() if step > 0 else bar.maximum())
        super().wheelEvent(event)
        if step and stands_at_end:
            self.at_end.emit(-1 if step > 0 else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
