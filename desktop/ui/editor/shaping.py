"""What a person does to a text: headings, lists, tables and marks, each as one step of the undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextTable,
)

from desktop.base import richtext
from desktop.base.richtext import Kind
from desktop.ui.editor import document, footnotes

_ALIGN = QTextCharFormat.VerticalAlignment


@contextmanager
def one_step(cursor: QTextCursor) -> Iterator[None]:
    """Everything inside is undone together."""
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def blocks_of(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks a selection touches, or the one under the cursor."""
    text = cursor.document()
    block, last = text.findBlock(cursor.selectionStart()), text.findBlock(cursor.selectionEnd())
    if last != block and cursor.selectionEnd() == last.position():
        last = last.previous()
    found = [block]
    while block != last and block.isValid():
        block = block.next()
        found.append(block)
    return found


def over(block: QTextBlock) -> QTextCursor:
    """A cursor that selects all letters of a block."""
    made = QTextCursor(block)
    made.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return made


def list_of(block: QTextBlock) -> QTextList | None:
    """The list a block is an item of."""
    return cast("QTextList | None", block.textList())


# -- paragraphs and headings ------------------------------------------------------------------------
def set_heading(cursor: QTextCursor, level: int) -> None:
    """Make the chosen paragraphs headings of a level, or (0) paragraphs again."""
    if document.table_at(cursor) is not None:
        return
    with one_step(cursor):
        for block in blocks_of(cursor):
            leave_list(block)
            plain = QTextCursor(block)
            plain.setBlockFormat(
                document.block_format(level, str(block.blockFormat().property(document.ID) or ""))
            )
            letters = QTextCharFormat()
            letters.setFontWeight(QFont.Weight.Bold if level else QFont.Weight.Normal)
            letters.setProperty(
                QTextCharFormat.Property.FontSizeAdjustment, max(0, 4 - level) if level else 0
            )
            over(block).mergeCharFormat(letters)
            plain.mergeBlockCharFormat(letters)
            if not block.length() - 1:
                cursor.mergeCharFormat(letters)


# -- lists ------------------------------------------------------------------------------------------
def toggle_list(cursor: QTextCursor, *, ordered: bool) -> None:
    """Make the chosen paragraphs a list of this kind, or paragraphs again if they are one already."""
    if document.table_at(cursor) is not None:
        return
    blocks = blocks_of(cursor)
    inside = [list_of(block) for block in blocks]
    already = all(one is not None and document.is_ordered(one.format().style()) == ordered for one in inside)
    with one_step(cursor):
        if already:
            for block in blocks:
                leave_list(block)
            return
        for block in blocks:
            if block.blockFormat().headingLevel():
                set_heading(QTextCursor(block), 0)
        _join(blocks, ordered=ordered)


def _join(blocks: list[QTextBlock], *, ordered: bool) -> None:
    """Put blocks into one list, that of the item before them where it is of the same kind."""
    before = list_of(blocks[0].previous()) if blocks[0].previous().isValid() else None
    depths = [list_of(block) for block in blocks]
    target: dict[int, QTextList] = {}
    if before is not None and document.is_ordered(before.format().style()) == ordered:
        target[before.format().indent()] = before
    for block, was in zip(blocks, depths, strict=True):
        depth = was.format().indent() if was is not None else 1
        if depth in target:
            target[depth].add(block)
        else:
            target[depth] = QTextCursor(block).createList(document.list_format(depth, ordered=ordered))


def leave_list(block: QTextBlock) -> None:
    """Make a list item a paragraph."""
    inside = list_of(block)
    if inside is not None:
        name = str(block.blockFormat().property(document.ID) or "")
        inside.remove(block)
        QTextCursor(block).setBlockFormat(document.block_format(0, name))


def indent(cursor: QTextCursor, by: int) -> bool:
    """Move list items deeper or out; whether there was something to move."""
    items = [(block, inside) for block in blocks_of(cursor) if (inside := list_of(block)) is not None]
    with one_step(cursor):
        for block, inside in items:
            depth = inside.format().indent() + by
            if depth < 1:
                leave_list(block)
            elif depth <= richtext.MAX_DEPTH:
                _move(block, depth, ordered=document.is_ordered(inside.format().style()))
    return bool(items)


def _move(block: QTextBlock, depth: int, *, ordered: bool) -> None:
    """Put an item into the list of its new depth: the nearest one above it that is not interrupted."""
    above = block.previous()
    while above.isValid():
        there = list_of(above)
        if there is None or there.format().indent() < depth:
            break
        if there.format().indent() == depth and document.is_ordered(there.format().style()) == ordered:
            there.add(block)
            return
        above = above.previous()
    QTextCursor(block).createList(document.list_format(depth, ordered=ordered))


# -- marks ------------------------------------------------------------------------------------------
def mark(name: str, *, on: bool) -> QTextCharFormat:
    """The change of letters that sets or clears a mark of this name."""
    made = QTextCharFormat()
    match name:
        case "bold":
            made.setFontWeight(QFont.Weight.Bold if on else QFont.Weight.Normal)
        case "italic":
            made.setFontItalic(on)
        case "underline":
            made.setFontUnderline(on)
        case "strike":
            made.setFontStrikeOut(on)
        case "superscript":
            made.setVerticalAlignment(_ALIGN.AlignSuperScript if on else _ALIGN.AlignNormal)
        case "subscript":
            made.setVerticalAlignment(_ALIGN.AlignSubScript if on else _ALIGN.AlignNormal)
    return made


def has_mark(shape: QTextCharFormat, name: str) -> bool:
    """Whether letters carry a mark."""
    match name:
        case "bold":
            return shape.fontWeight() >= 600
        case "italic":
            return shape.fontItalic()
        case "underline":
            return shape.fontUnderline()
        case "strike":
            return shape.fontStrikeOut()
        case "superscript":
            return shape.verticalAlignment() is _ALIGN.AlignSuperScript
        case _:
            return shape.verticalAlignment() is _ALIGN.AlignSubScript


def clear_marks(cursor: QTextCursor) -> None:
    """Take every mark and link from the chosen letters; what kind of paragraph they are in stays."""
    with one_step(cursor):
        for block in blocks_of(cursor):
            part = over(block)
            start = max(part.selectionStart(), cursor.selectionStart())
            end = min(part.selectionEnd(), cursor.selectionEnd())
            plain = document.letter_format(block.blockFormat().headingLevel())
            for first, last in _between_notes(cursor.document(), start, end):
                part.setPosition(first)
                part.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
                part.setCharFormat(plain)


def _between_notes(text: QTextDocument, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a stretch that hold no footnote, whose words are in its letter's format."""
    for place in range(start, end):
        if footnotes.is_at(text, place):
            if start < place:
                yield start, place
            start = place + 1
    if start < end:
        yield start, end


# -- links ------------------------------------------------------------------------------------------
def anchor_around(cursor: QTextCursor, *, before: bool = True) -> QTextCursor | None:
    """The whole link or reference the cursor is in or behind (``before``) or in front of."""
    block, place = cursor.block(), cursor.position()
    pieces: list[tuple[str, int, int]] = []
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        shape = fragment.charFormat()
        href = shape.anchorHref() if shape.isAnchor() else ""
        start, end = fragment.position(), fragment.position() + fragment.length()
        if pieces and href and pieces[-1][0] == href and pieces[-1][2] == start:
            pieces[-1] = (href, pieces[-1][1], end)
        elif href:
            pieces.append((href, start, end))
        walk += 1
    for _href, start, end in pieces:
        if start < place < end or (before and place == end) or (not before and place == start):
            found = QTextCursor(block)
            found.setPosition(start)
            found.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            return found
    return None


def href_of(cursor: QTextCursor) -> str:
    """Where the letters a cursor has selected lead."""
    inside = QTextCursor(cursor.document())
    inside.setPosition(cursor.selectionStart() + 1)
    shape = inside.charFormat()
    return shape.anchorHref() if shape.isAnchor() else ""


def set_link(cursor: QTextCursor, href: str, text: str) -> None:
    """Write a link or reference in place of what is selected; letters after it are plain again."""
    plain = document.letter_format(cursor.blockFormat().headingLevel())
    if href and text == cursor.selectedText().replace(footnotes.SIGN, "") and text != cursor.selectedText():
        # A footnote within the words of a link stays where it is.
        shape = QTextCharFormat()
        shape.setAnchor(True)
        shape.setAnchorHref(href)
        cursor.mergeCharFormat(shape)
        return
    with one_step(cursor):
        run = richtext.Run(text, href=href)
        cursor.insertText(text, document.run_format(run, plain))
        cursor.setCharFormat(plain)


def unlink(cursor: QTextCursor) -> None:
    """Leave the words of a link without the link."""
    shape = QTextCharFormat()
    shape.setAnchor(False)
    shape.setAnchorHref("")
    cursor.mergeCharFormat(shape)


# -- tables -----------------------------------------------------------------------------------------
def insert_table(cursor: QTextCursor, rows: int, columns: int) -> None:
    """A new table, the cursor in its first cell."""
    if document.table_at(cursor) is not None:
        return
    with one_step(cursor):
        if cursor.blockFormat().headingLevel():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock(document.block_format(), document.letter_format(Kind.P))
        else:
            leave_list(cursor.block())
        table = cursor.insertTable(rows, columns, document.table_format())
        after = QTextCursor(cursor.document())
        after.setPosition(table.lastPosition() + 1)
        after.setBlockFormat(document.block_format())
    cursor.setPosition(table.cellAt(0, 0).firstPosition())


def change_table(cursor: QTextCursor, what: str) -> None:
    """Add or remove a row or column where the cursor is, or the whole table."""
    table = document.table_at(cursor)
    if table is None:
        return
    cell = table.cellAt(cursor)
    row, column = cell.row(), cell.column()
    with one_step(cursor):
        match what:
            case "row_above":
                table.insertRows(row, 1)
            case "row_below":
                table.insertRows(row + 1, 1)
            case "column_left":
                table.insertColumns(column, 1)
            case "column_right" if table.columns() < 50:
                table.insertColumns(column + 1, 1)
            case "remove_row" if table.rows() > 1:
                table.removeRows(row, 1)
            case "remove_column" if table.columns() > 1:
                table.removeColumns(column, 1)
            case "remove_table" | "remove_row" | "remove_column":
                table.removeRows(0, table.rows())
                return
    there = table.cellAt(min(row, table.rows() - 1), min(column, table.columns() - 1))
    if not table.cellAt(cursor).isValid():
        cursor.setPosition(there.firstPosition())


def next_cell(cursor: QTextCursor, table: QTextTable, by: int) -> QTextCursor | None:
    """The next or previous cell, its text selected; after the last comes a new row, before the first None."""
    cell = table.cellAt(cursor)
    place = cell.row() * table.columns() + cell.column() + by
    if place < 0:
        return None
    if place >= table.rows() * table.columns():
        table.appendRows(1)
    there = table.cellAt(place // table.columns(), place % table.columns())
    made = there.firstCursorPosition()
    made.setPosition(there.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    return made
