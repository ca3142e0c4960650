"""A part of a dialog in one column that scrolls where the room does not do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.ui import widgets


class Scrolled(QScrollArea):
    """Fill :attr:`box`; what lies in it has the keyboard, never the area itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("look", "page")
        self.box = widgets.column(margins=(2, 2, 10, 2), spacing=8)
        inside.setLayout(self.box)
        self.setWidget(inside)
