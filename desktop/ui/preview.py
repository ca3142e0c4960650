"""A PDF inside the window, page by page, drawn by pdfium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.session import Session

LEAST, MOST, STEP = 0.6, 3.0, 1.25


class PdfPreview(QWidget):
    """One page at a time, with the way to the others and three sizes."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._document: Any = None
        self._zoom = 1.0
        self.page = 0
        speaker = session.speaker
        self.back = widgets.tool(speaker, Message("ui.preview.back"), "chevron-left", lambda: self.turn(-1))
        self.forth = widgets.tool(speaker, Message("ui.preview.forth"), "chevron-right", lambda: self.turn(1))
        self._where = widgets.label(speaker, self._where_text, "muted")
        smaller = widgets.tool(speaker, Message("ui.preview.smaller"), "minus", lambda: self.zoom(1 / STEP))
        larger = widgets.tool(speaker, Message("ui.preview.larger"), "plus", lambda: self.zoom(STEP))
        layout = widgets.column(spacing=6)
        self.setLayout(layout)
        layout.addLayout(widgets.line(self.back, self._where, self.forth, 1, smaller, larger, spacing=4))
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sheet = QLabel()
        self._area.setWidget(self.sheet)
        widgets.call(speaker, self.sheet, self._where_text)
        layout.addWidget(self._area, 1)
        session.closed.connect(self.close_file)
        self._reflect()

    @property
    def pages(self) -> int:
        """How many pages the open file has."""
        return len(self._document) if self._document is not None else 0

    def _where_text(self) -> Message:
        if not self.pages:
            return Message("ui.preview.nothing")
        return Message("ui.preview.page", page=self.page + 1, pages=self.pages)

    def open(self, path: Path) -> None:
        """Show a file from its first page."""
        import pypdfium2

        self.close_file()
        self._document = pypdfium2.PdfDocument(path.read_bytes())
        self.page = 0
        self._draw()

    def close_file(self) -> None:
        """Let the file go."""
        if self._document is not None:
            self._document.close()
            self._document = None

    def turn(self, step: int) -> None:
        """Go some pages on or back."""
        self.page = min(max(self.page + step, 0), max(self.pages - 1, 0))
        self._draw()

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller."""
        self._zoom = min(max(self._zoom * factor, LEAST), MOST)
        self._draw()

    def _draw(self) -> None:
        self._reflect()
        if not self.pages:
            self.sheet.clear()
            return
        ratio = self.devicePixelRatioF()
        page = self._document[self.page]
        bitmap = page.render(scale=self._zoom * ratio, prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        picture = QPixmap.fromImage(image.copy())
        picture.setDevicePixelRatio(ratio)
        bitmap.close()
        page.close()
        self.sheet.setPixmap(picture)
        self.sheet.adjustSize()
        self._area.verticalScrollBar().setValue(0)

    def _reflect(self) -> None:
        self._session.speaker.tie(self._where, QLabel.setText, self._where_text)
        self.back.setEnabled(self.page > 0)
        self.forth.setEnabled(self.page + 1 < self.pages)
