"""Puts what comes from elsewhere (Word, Excel, a browser) into a document, cleaned to the subset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextTable

from desktop.base import richtext
from desktop.base.richtext import Block, Kind
from desktop.ui.editor import document

_MOST_PASTED, _MOST_TAGS = 16 << 20, 200_000
"""Letters and tags that are read while the window waits: two seconds' work, and many chapters."""


_MOST_SHOWN = 20_000
"""Paragraphs, items and cells, each of which costs when it is laid out."""


def insert(cursor: QTextCursor, html: str, names: document.Names = document.unnamed) -> bool:
    """Put pasted HTML, cleaned to the subset, where the cursor is.

    False, and nothing is put, for more than anybody copies: any web page may have put there what it likes.
    """
    if len(html) > _MOST_PASTED or html.count("<") > _MOST_TAGS:
        return False
    blocks = [replace(block, id="") for block in richtext.parse(richtext.sanitise(html))]
    if sum(sum(map(len, block.rows)) if block.rows else 1 for block in blocks) > _MOST_SHOWN:
        return False
    put(cursor, blocks, names)
    return True


def put(cursor: QTextCursor, blocks: Sequence[Block], names: document.Names = document.unnamed) -> None:
    """Put blocks where the cursor is: a single paragraph goes into the line, a table into a table's cells."""
    if not blocks:
        return
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    table = document.table_at(cursor)
    if table is not None:
        _into_cells(cursor, table, blocks, names)
    elif len(blocks) == 1 and blocks[0].kind is Kind.P:
        level = cursor.blockFormat().headingLevel()
        document.write_runs(cursor, blocks[0].runs, document.letter_format(level), names)
    else:
        rest = cursor.block().length() - 1 - cursor.positionInBlock()
        if rest and cursor.positionInBlock():
            cursor.insertBlock()
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        elif rest:
            cursor.insertBlock()
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        document.Filler(cursor, names).fill(blocks)
    cursor.endEditBlock()


def _into_cells(
    cursor: QTextCursor, table: QTextTable, blocks: Sequence[Block], names: document.Names
) -> None:
    if len(blocks) == 1 and blocks[0].kind is Kind.TABLE:
        there = table.cellAt(cursor)
        top, left = there.row(), there.column()
        rows = blocks[0].rows
        missing = top + len(rows) - table.rows()
        if missing > 0:
            table.appendRows(missing)
        for down, cells in enumerate(rows):
            for right, found in enumerate(cells[: table.columns() - left]):
                inside = table.cellAt(top + down, left + right).firstCursorPosition()
                end = table.cellAt(top + down, left + right).lastCursorPosition()
                inside.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
                inside.removeSelectedText()
                document.write_runs(inside, found, QTextCharFormat(), names)
        return
    for number, block in enumerate(blocks):
        if number:
            cursor.insertText(document.LINE)
        parts = [cell for row in block.rows for cell in row] if block.rows else [block.runs]
        for place, part in enumerate(parts):
            if place:
                cursor.insertText(" ")
            document.write_runs(cursor, part, QTextCharFormat(), names)
