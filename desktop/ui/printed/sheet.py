"""The sheet of paper: pieces of the chapter one below the other, filled without making anybody wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.printed.piece import Piece
from desktop.ui.session import Session

WIDTH, MARGIN = 794, 64
"""An A4 page of 96 dots an inch, and its margins."""
PIECE = 5000
"""Letters of HTML shown at once, some 10 ms of work on a small computer."""


class Sheet(QFrame):
    """The paper. Pieces whose text stays the same are left alone."""

    pressed = Signal(str)
    reached = Signal(QRect)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("look", "sheet")
        self.pieces: list[Piece] = []
        self.pictures: dict[str, QImage] = {}
        self._column = widgets.column(spacing=0)
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.fit_margins()

    def fit_margins(self) -> None:
        """Margins and width of the page, grown with the text."""
        self.setMaximumWidth(theme.grown(WIDTH))
        self._fit_sides()

    def _fit_sides(self) -> None:
        """Where the paper is narrower than its letters ask for, the margins give way first."""
        full = theme.grown(MARGIN, 96)
        side = max(22, full - max(0, theme.grown(WIDTH) - self.width()) // 2)
        side = min(side, full)
        self._column.setContentsMargins(side, min(full, side + 16), side, full)

    def sizeHint(self) -> QSize:
        return QSize(theme.grown(WIDTH), super().sizeHint().height())

    def room(self) -> QRect:
        """Where text may stand."""
        return self.contentsRect().marginsRemoved(self._column.contentsMargins())

    def fill(self, parts: Iterator[str]) -> Iterator[None]:
        """Show these parts, piece by piece; after each a breath."""
        at, waiting = 0, ""
        for part in parts:
            if waiting and len(waiting) + len(part) > PIECE:
                self._put(at, waiting)
                at, waiting = at + 1, ""
                yield
            waiting += part
        if waiting:
            self._put(at, waiting)
            at += 1
        for piece in self.pieces[at:]:
            self._column.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        del self.pieces[at:]
        yield

    def _put(self, at: int, html: str) -> None:
        if at == len(self.pieces):
            piece = Piece(self.pictures)
            piece.pressed.connect(self.pressed)
            piece.reached.connect(lambda area: self.reached.emit(area.translated(piece.pos())))
            widgets.call(self._session.speaker, piece, Message("ui.printed.piece", number=at + 1))
            self.pieces.append(piece)
            self._column.addWidget(piece)
        if self.pieces[at].html != html:
            self.pieces[at].show_html(html, self.room().width())

    def redraw(self, names: Sequence[str]) -> None:
        """Show pictures that have come."""
        for piece in self.pieces:
            if any(f'src="{name}"' in piece.html for name in names):
                piece.show_html(piece.html, self.room().width())

    def forget(self) -> None:
        """Everything is shown anew next time: other colours, other sizes."""
        for piece in self.pieces:
            piece.html = ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_sides()
            width = self.room().width()
            for piece in self.pieces:
                piece.fit(width)

    def area(self, link: str) -> tuple[Piece, QRect] | None:
        """Where the text of a link stands on the sheet."""
        for piece in self.pieces:
            found = piece.area(link)
            if not found.isEmpty():
                return piece, found.translated(piece.pos())
        return None
