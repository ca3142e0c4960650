"""A stretch of the printed chapter: text with links to what can be edited and to where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRect, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from desktop.ui.printed.markup import EDIT

_PASSED_ON = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
})  # fmt: skip
"""Keys that scroll the page and not the piece."""


class Piece(QTextBrowser):
    """As high as its text; the page around it scrolls."""

    pressed = Signal(str)
    """A link was pressed, by mouse or by Enter."""
    reached = Signal(QRect)
    """The keyboard came to a link."""

    def __init__(self, pictures: Mapping[str, QImage]) -> None:
        super().__init__()
        self._pictures = pictures
        self.html = ""
        self.setProperty("look", "paper")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.pressed.emit(url.toString()))

    def show_html(self, html: str, width: int) -> None:
        """Show another text, laid out for a width."""
        self.html = html
        self.setHtml(html)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if "<a " in html else Qt.FocusPolicy.NoFocus)
        self.fit(width)

    def fit(self, width: int) -> None:
        """Take the height the text needs at a width."""
        self.document().setTextWidth(width)
        height = round(self.document().size().height()) + 1
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002 - Qt's name
        found = self._pictures.get(name.toString() if isinstance(name, QUrl) else name)
        if type == QTextDocument.ResourceType.ImageResource.value and found is not None:
            return found
        return super().loadResource(type, name)

    # -- links ----------------------------------------------------------------------------------
    def area(self, link: str) -> QRect:
        """Where the text of a link stands, in coordinates of this piece; empty if it is not here."""
        found = QRect()
        layout = self.document().documentLayout()
        block = self.document().begin()
        while block.isValid():
            place = block.begin()
            while not place.atEnd():
                if place.fragment().charFormat().anchorHref() == link:
                    found = found.united(layout.blockBoundingRect(block).toAlignedRect())
                    break
                place += 1
            block = block.next()
        return found

    def find_link(self, link: str) -> bool:
        """Put the keyboard on a link."""
        block = self.document().begin()
        while block.isValid():
            place = block.begin()
            while not place.atEnd():
                fragment = place.fragment()
                if fragment.charFormat().anchorHref() == link:
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(
                        fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor
                    )
                    self.setTextCursor(cursor)
                    self.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
                place += 1
            block = block.next()
        return False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton or self.anchorAt(spot):
            return
        if self.textCursor().hasSelection():
            return
        # Beside the words of a cell or paragraph is meant as much as on them.
        link = self.link_near(spot.x(), spot.y())
        if link:
            self.pressed.emit(link)

    def link_near(self, x: int, y: int) -> str:
        """The field whose paragraph or cell is there."""
        from PySide6.QtCore import QPoint

        block = self.cursorForPosition(QPoint(x, y)).block()
        if not self.document().documentLayout().blockBoundingRect(block).adjusted(0, -6, 0, 6).contains(x, y):
            return ""
        place = block.begin()
        while not place.atEnd():
            href = place.fragment().charFormat().anchorHref()
            if href.startswith(EDIT):
                return href
            place += 1
        return ""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        moved = super().focusNextPrevChild(next)
        if self.hasFocus() and self.textCursor().hasSelection():
            self.reached.emit(self.cursorRect())
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PASSED_ON:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
