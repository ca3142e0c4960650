"""Where the cursor stands in a text, said so that it can be found again when the text was laid anew."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop.ui.editor import anchors


@dataclass(frozen=True, slots=True)
class Spot:
    """A block by its id and its number, and the letter in it."""

    block: str
    number: int
    offset: int

    @classmethod
    def of(cls, text: QTextDocument, position: int) -> Spot:
        """The spot of a position."""
        block = text.findBlock(position)
        return cls(anchors.id_of(block), block.blockNumber(), position - block.position())

    def find(self, text: QTextDocument) -> int:
        """The position it is at now: in its block, else in the block that has its number."""
        block = anchors.block_of(text, self.block) if self.block else QTextBlock()
        if not block.isValid():
            block = text.findBlockByNumber(min(self.number, text.blockCount() - 1))
        return block.position() + min(self.offset, max(0, block.length() - 1))


@dataclass(frozen=True, slots=True)
class Caret:
    """Cursor, selection and scrolling of an editor."""

    anchor: Spot
    position: Spot
    scrolled: int

    @classmethod
    def of(cls, edit: QTextEdit) -> Caret:
        """How an editor stands now."""
        cursor, text = edit.textCursor(), edit.document()
        return cls(
            Spot.of(text, cursor.anchor()),
            Spot.of(text, cursor.position()),
            edit.verticalScrollBar().value(),
        )

    def restore(self, edit: QTextEdit) -> None:
        """Stand there again."""
        cursor = QTextCursor(edit.document())
        cursor.setPosition(self.anchor.find(edit.document()))
        cursor.setPosition(self.position.find(edit.document()), QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        edit.verticalScrollBar().setValue(self.scrolled)
