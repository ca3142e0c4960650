"""Between the editor's document and the stored text (the HTML subset of ``desktop.base.richtext``)."""

from __future__ import annotations

from html import escape
from typing import cast

from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)  # fmt: skip

from desktop.base import richtext

_LOAD = "<style>p,li,td{white-space:pre-wrap}</style>"
_ALIGN = QTextCharFormat.VerticalAlignment
HEADING_SIZES = {1: 7, 2: 5, 3: 3, 4: 1}
"""How many pixels larger than the body a heading is shown."""


def load(document: QTextDocument, stored: str) -> None:
    """Show a stored text; the document's undo history begins anew."""
    document.setHtml(_LOAD + richtext.editor_html(richtext.parse(stored)))
    _draw_tables(document)
    document.clearUndoRedoStacks()


def _draw_tables(document: QTextDocument) -> None:
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            frame.setFormat(table_format())


def table_format() -> QTextTableFormat:
    """How tables are drawn: thin lines, room in the cells."""
    made = QTextTableFormat()
    made.setBorder(0.5)
    made.setBorderCollapse(True)
    made.setCellPadding(4)
    made.setCellSpacing(0)
    return made


def store(document: QTextDocument, before: str) -> str:
    """The document as a stored text; blocks keep the ids they had in ``before``. Blank is empty."""
    html = Writer().write(document)
    blocks = richtext.keep_ids(_without_forced(richtext.parse(html)), richtext.parse(before))
    text = richtext.serialise(blocks)
    return "" if richtext.is_blank(text) else text


def _without_forced(blocks: tuple[richtext.Block, ...]) -> list[richtext.Block]:
    """Without the empty paragraphs that Qt puts before and after every table."""
    around = [None, *blocks, None]
    kinds = [block.kind if block else None for block in around]
    return [
        block
        for place, block in enumerate(blocks, 1)
        if block.text.strip()
        or block.kind is not richtext.Kind.P
        or richtext.Kind.TABLE not in {kinds[place - 1], kinds[place + 1]}
    ]


class Writer:
    """Walks over a document and writes nested HTML of the subset."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._lists: list[str] = []

    def write(self, document: QTextDocument) -> str:
        """The HTML of a whole document."""
        self._frame(document.rootFrame())
        return "".join(self._out)

    def _frame(self, frame: QTextFrame) -> None:
        place = frame.begin()
        while not place.atEnd():
            inner, block = place.currentFrame(), place.currentBlock()
            if isinstance(inner, QTextTable):
                self._close_lists(0)
                self._table(inner)
            elif block.isValid():
                self._block(block)
            place += 1
        self._close_lists(0)

    def _close_lists(self, depth: int) -> None:
        while len(self._lists) > depth:
            self._out.append(f"</li></{self._lists.pop()}>")

    def _block(self, block: QTextBlock) -> None:
        inside = cast("QTextList | None", block.textList())
        level = block.blockFormat().headingLevel()
        if inside is None:
            self._close_lists(0)
            tag = f"h{min(level, 4)}" if level else "p"
            self._out.append(f"<{tag}>{runs(block)}</{tag}>")
            return
        ordered = inside.format().style().value <= QTextListFormat.Style.ListDecimal.value
        tag, depth = "ol" if ordered else "ul", max(1, inside.format().indent())
        if len(self._lists) >= depth:
            self._close_lists(depth)
        if len(self._lists) == depth and self._lists[-1] != tag:
            self._close_lists(depth - 1)
        if len(self._lists) == depth:
            self._out.append("</li>")
        while len(self._lists) < depth:
            self._out.append(f"<{tag}>")
            self._lists.append(tag)
        self._out.append("<li>" + runs(block))

    def _table(self, table: QTextTable) -> None:
        self._out.append("<table>")
        for row in range(table.rows()):
            self._out.append("<tr>")
            for col in range(table.columns()):
                cell = table.cellAt(row, col)
                parts = []
                place = cell.begin()
                while not place.atEnd():
                    if place.currentBlock().isValid():
                        parts.append(runs(place.currentBlock()))
                    place += 1
                self._out.append(f"<td>{'<br/>'.join(parts)}</td>")
            self._out.append("</tr>")
        self._out.append("</table>")


def runs(block: QTextBlock) -> str:
    """The inline HTML of one block."""
    heading = bool(block.blockFormat().headingLevel())
    parts = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        shape = fragment.charFormat()
        text = escape(fragment.text(), quote=False).replace("\u2028", "<br/>").replace("\ufffc", "")
        for tag in _marks(shape, heading=heading):
            text = f"<{tag}>{text}</{tag}>"
        if shape.isAnchor() and shape.anchorHref():
            text = f'<a href="{escape(shape.anchorHref())}">{text}</a>'
        parts.append(text)
        place += 1
    return "".join(parts)


def _marks(shape: QTextCharFormat, *, heading: bool) -> list[str]:
    align = shape.verticalAlignment()
    on = {
        "sub": align is _ALIGN.AlignSubScript,
        "sup": align is _ALIGN.AlignSuperScript,
        "s": shape.fontStrikeOut(),
        "u": shape.fontUnderline() and not shape.isAnchor(),
        "i": shape.fontItalic(),
        "b": shape.fontWeight() >= 600 and not heading,
    }
    return [tag for tag, is_on in on.items() if is_on]


def insert(cursor: QTextCursor, html: str) -> None:
    """Put pasted HTML, cleaned to the subset, where the cursor is."""
    clean = richtext.sanitise(html)
    cursor.insertHtml(_LOAD + richtext.editor_html(richtext.parse(clean)))
