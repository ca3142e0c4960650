"""Blocks of a document by their ids, and the references in it, kept to what they lead to."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextTable,
)

from desktop.base import richtext
from desktop.ui.editor import document


def id_of(block: QTextBlock) -> str:
    """The id of a block; of a cell's, that of its table."""
    table = document.table_at(QTextCursor(block))
    shape: QTextFormat = table.format() if table is not None else block.blockFormat()
    return str(shape.property(document.ID) or "")


def block_of(text: QTextDocument, block_id: str) -> QTextBlock:
    """The first block with an id; an invalid one when there is none."""
    block = text.begin()
    while block.isValid():
        if id_of(block) == block_id:
            return block
        block = block.next()
    return block


def adopt_ids(text: QTextDocument, stored: str) -> None:
    """Give the blocks of a document the ids under which the same blocks are stored."""
    shown = list(_frames(text.rootFrame()))
    now = [
        document.read_table(each) if isinstance(each, QTextTable) else document.read_block(each)
        for each in shown
    ]
    kept = document.kept(now)
    wanted = richtext.parse(stored)
    if len(kept) == len(wanted):
        for place, block in zip(kept, wanted, strict=True):
            if now[place].id != block.id:
                _name(shown[place], block.id)


def _frames(frame: QTextFrame) -> Iterator[QTextBlock | QTextTable]:
    place = frame.begin()
    while not place.atEnd():
        inner = place.currentFrame()
        if isinstance(inner, QTextTable):
            yield inner
        elif place.currentBlock().isValid():
            yield place.currentBlock()
        place += 1


def _name(part: QTextBlock | QTextTable, block_id: str) -> None:
    if isinstance(part, QTextTable):
        shape = part.format()
        shape.setProperty(document.ID, block_id)
        part.setFormat(shape)
        return
    cursor = QTextCursor(part)
    cursor.joinPreviousEditBlock()
    change = QTextBlockFormat()
    change.setProperty(document.ID, block_id)
    cursor.mergeBlockFormat(change)
    cursor.endEditBlock()


def relabel(text: QTextDocument, names: document.Names) -> None:
    """Let every reference read what it leads to now."""
    block = text.begin()
    while block.isValid():
        for start, length, href in reversed(list(_references(block))):
            name = names(href)
            cursor = QTextCursor(text)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            if name and cursor.selectedText() != name:
                inside = QTextCursor(text)
                inside.setPosition(start + 1)
                cursor.insertText(name, inside.charFormat())
        block = block.next()


def _references(block: QTextBlock) -> Iterator[tuple[int, int, str]]:
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        shape = fragment.charFormat()
        if shape.isAnchor() and shape.anchorHref().startswith("ref:"):
            yield fragment.position(), fragment.length(), shape.anchorHref()
        place += 1
