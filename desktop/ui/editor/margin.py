"""The margin beside a text: every open comment stands where the block it is about stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.comments import Thread, ThreadCard, about, quotes, threads
from desktop.ui.editor import anchors

if TYPE_CHECKING:
    from desktop.ui.fields.richedit import RichEditor
    from desktop.ui.session import Session
    from desktop.workspace.plan import Place

GAP = 6


class Margin(QScrollArea):
    """Cards in the order of the text; it scrolls with the text, and by itself where it is longer."""

    def __init__(self, session: Session, editor: RichEditor, place: Place) -> None:
        super().__init__()
        self._session, self._editor, self._place = session, editor, place
        self._shown: list[Thread] = []
        self.cards: list[tuple[ThreadCard, str]] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(theme.grown(236))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.room = True
        """Whether there is room for it beside the text."""
        widgets.call(session.speaker, self, Message("ui.comment.margin"))
        self._inside = QWidget()
        self._inside.setProperty("look", "page")
        self.setWidget(self._inside)
        editor.moved.connect(self.place)
        self.hide()

    def refresh(self) -> None:
        """Show the open threads as they are now."""
        found = threads(
            self._session.plan,
            lambda each: about(self._place, each),
        )
        found = [each for each in found if each.is_open]
        self._editor.dressing.show_quotes(self._anchored(found))
        if found != self._shown:
            self._shown = found
            self._build()
        self.give_room(room=self.room)
        self.place()

    def give_room(self, *, room: bool) -> None:
        """Stand beside the text, or leave all the room to it."""
        self.room = room
        self.setVisible(room and bool(self._shown))

    def _anchored(self, found: list[Thread]) -> dict[str, list[str]]:
        """The quotes by the blocks they stand in now."""
        made: dict[str, list[str]] = {}
        for block, said in quotes(found).items():
            for quote in said:
                there = self._find(block, quote)
                made.setdefault(anchors.id_of(there) if there.isValid() else block, []).append(quote)
        return made

    def _find(self, block: str, quote: str) -> QTextBlock:
        """The block a remark is about: by its id, else by the words it quotes, wherever they went."""
        text = self._editor.edit.document()
        there = anchors.block_of(text, block) if block else QTextBlock()
        if there.isValid() and (not quote or quote in there.text()):
            return there
        moved = text.find(quote) if quote else QTextCursor()
        return moved.block() if not moved.isNull() else there

    def _build(self) -> None:
        for card, _ in self.cards:
            card.setParent(None)
            card.deleteLater()
        self.cards = []
        for each in self._shown:
            lost = bool(each.first.block) and not self._find(each.first.block, each.first.quote).isValid()
            card = ThreadCard(self._session, each, lost=lost)
            card.setParent(self._inside)
            card.chosen.connect(lambda each=each: self.reveal(each))
            card.show()
            self.cards.append((card, each.first.block))

    def reveal(self, thread: Thread) -> None:
        """Bring the words a remark is about into view."""
        there = self._find(thread.first.block, thread.first.quote)
        if there.isValid():
            cursor = QTextCursor(there)
            at = there.text().find(thread.first.quote) if thread.first.quote else 0
            cursor.setPosition(there.position() + max(0, at))
            cursor.setPosition(cursor.position() + len(thread.first.quote), QTextCursor.MoveMode.KeepAnchor)
            self._editor.edit.setTextCursor(cursor)
            self._editor.edit.ensureCursorVisible()

    def step(self, by: int) -> bool:
        """Give the keyboard to the next or previous comment after the cursor; whether there is one."""
        ordered = sorted(self.cards, key=lambda pair: pair[0].y())
        if not ordered:
            return False
        focused = next((n for n, (card, _) in enumerate(ordered) if card.hasFocus()), None)
        start = focused + by if focused is not None else (0 if by > 0 else len(ordered) - 1)
        card = ordered[start % len(ordered)][0]
        card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(card)
        return True

    # -- where they stand -----------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Put every card beside its block, below the one before."""
        if not self.cards:
            return
        edit = self._editor.edit
        layout = edit.document().documentLayout()
        wanted = []
        for (card, _), each in zip(self.cards, self._shown, strict=True):
            there = self._find(each.first.block, each.first.quote)
            top = layout.blockBoundingRect(there).top() if there.isValid() else layout.documentSize().height()
            wanted.append((top, card))
        width, bottom = self.viewport().width() - 4, 0
        for top, card in sorted(wanted, key=lambda pair: pair[0]):
            inside = card.layout()
            height = inside.heightForWidth(width) if inside is not None else card.sizeHint().height()
            y = max(round(top), bottom)
            card.setGeometry(0, y, width, max(height, card.minimumSizeHint().height()))
            bottom = y + card.height() + GAP
        full = max(bottom, round(layout.documentSize().height()))
        self._inside.setFixedSize(self.viewport().width(), max(full, self.viewport().height()))
        self.verticalScrollBar().setValue(edit.verticalScrollBar().value())
