"""Between the editor's document and the stored text (the HTML subset of ``desktop.base.richtext``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)  # fmt: skip

from desktop.base import richtext
from desktop.base.richtext import Block, Kind, Run
from desktop.ui.editor import footnotes
from desktop.ui.editor.room import beyond_room, words_alone

_ALIGN = QTextCharFormat.VerticalAlignment
ID = int(QTextFormat.Property.UserProperty.value) + 1
"""The block's id as a property of its format: it goes where the block goes, through undo as well."""
LINE = "\u2028"
"""A line break inside a block, as Qt writes it."""
BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)
Names = Callable[[str], "str | None"]
"""What a reference (``ref:kind/id``) reads now; None where it leads nowhere any more."""


def unnamed(_href: str) -> None:
    """Where nobody can say what a reference reads, it keeps the words it was written with."""


# -- the stored text becomes a document -------------------------------------------------------------
def load(document: QTextDocument, stored: str, names: Names = unnamed) -> None:
    """Show a stored text; the document's undo history begins anew."""
    document.setUndoRedoEnabled(False)
    document.setIndentWidth(22)
    document.clear()
    blocks = richtext.parse(stored)
    if beyond_room(stored):
        blocks = tuple(words_alone(blocks))
    Filler(QTextCursor(document), names).fill(blocks)
    document.setUndoRedoEnabled(True)


MOST_ITEMS = 500
"""Items that one list of Qt's looks through for each that is added."""


class Filler:
    """Writes blocks where a cursor stands."""

    def __init__(self, cursor: QTextCursor, names: Names = unnamed) -> None:
        self._cursor = cursor
        self._names = names
        self._fresh = cursor.block().length() == 1 and table_at(cursor) is None
        """Whether the block under the cursor is empty and may be used up."""
        self._lists: list[tuple[bool, QTextList]] = []

    def fill(self, blocks: Iterable[Block]) -> None:
        """Write blocks one below the other."""
        self._cursor.beginEditBlock()
        for block in blocks:
            if block.kind is Kind.TABLE:
                self._lists.clear()
                self._table(block)
            else:
                self._block(block)
        self._cursor.endEditBlock()

    def _block(self, block: Block) -> None:
        shape, letters = block_format(block.kind.heading_level, block.id), letter_format(block.kind)
        if block.kind is Kind.LI:
            shape.setBottomMargin(3)
        if self._fresh:
            self._cursor.setBlockFormat(shape)
            self._cursor.setBlockCharFormat(letters)
            self._cursor.setCharFormat(letters)
        else:
            self._cursor.insertBlock(shape, letters)
        self._fresh = False
        if block.kind is Kind.LI:
            self._item(block)
        else:
            inside = cast("QTextList | None", self._cursor.currentList())
            if inside is not None:
                inside.remove(self._cursor.block())
                self._cursor.setBlockFormat(shape)
            self._lists.clear()
        write_runs(self._cursor, block.runs, letters, self._names)

    def _item(self, block: Block) -> None:
        del self._lists[block.depth :]
        shape = list_format(block.depth, ordered=block.ordered)
        if len(self._lists) == block.depth and self._lists[-1][0] == block.ordered:
            there = self._lists[-1][1]
            if there.count() < MOST_ITEMS:
                there.add(self._cursor.block())
                return
            # it looks through all its items for each that is added: the next ones are a list that counts on
            shape.setStart(there.format().start() + there.count())
        del self._lists[block.depth - 1 :]
        made = self._cursor.createList(shape)
        while len(self._lists) < block.depth:
            self._lists.append((block.ordered, made))

    def _table(self, block: Block) -> None:
        width = max((len(row) for row in block.rows), default=0)
        if not width:
            return
        table = self._cursor.insertTable(len(block.rows), width, table_format(block.id))
        for row, cells in enumerate(block.rows):
            for column, runs in enumerate(cells):
                inside = table.cellAt(row, column).firstCursorPosition()
                write_runs(inside, runs, QTextCharFormat(), self._names)
        self._cursor.setPosition(table.lastPosition() + 1)
        self._cursor.setBlockFormat(block_format(0))
        self._fresh = True


def write_runs(
    cursor: QTextCursor, runs: Sequence[Run], letters: QTextCharFormat, names: Names = unnamed
) -> None:
    """Write runs where the cursor stands, in the letters of their block; a footnote as its number."""
    for noted, stretch in footnotes.stretches(runs):
        if noted:
            cursor.insertText(footnotes.SIGN, footnotes.shape_of(stretch, letters))
        else:
            _write_letters(cursor, stretch, letters, names)


def _write_letters(cursor: QTextCursor, runs: Iterable[Run], letters: QTextCharFormat, names: Names) -> None:
    for run in runs:
        text = (names(run.href) if run.href.startswith("ref:") else None) or run.text
        cursor.insertText(text.replace("\n", LINE), run_format(run, letters))


def run_format(run: Run, letters: QTextCharFormat) -> QTextCharFormat:
    """How the letters of a run look; colours come from the dressing, which follows the theme."""
    made = QTextCharFormat(letters)
    if run.bold:
        made.setFontWeight(QFont.Weight.Bold)
    made.setFontItalic(run.italic)
    made.setFontUnderline(run.underline)
    made.setFontStrikeOut(run.strike)
    if run.raised:
        made.setVerticalAlignment(_ALIGN.AlignSubScript if run.raised == "sub" else _ALIGN.AlignSuperScript)
    if run.href:
        made.setAnchor(True)
        made.setAnchorHref(run.href)
    return made


def block_format(level: int = 0, block_id: str = "") -> QTextBlockFormat:
    """A paragraph (level 0) or a heading."""
    made = QTextBlockFormat()
    made.setHeadingLevel(level)
    made.setTopMargin((14, 12, 9, 7)[level - 1] if level else 0)
    made.setBottomMargin(4 if level else 7)
    made.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if block_id:
        made.setProperty(ID, block_id)
    return made


def letter_format(kind: Kind | int) -> QTextCharFormat:
    """The letters of a kind of block: headings are larger and bold."""
    level = kind.heading_level if isinstance(kind, Kind) else kind
    made = QTextCharFormat()
    if level:
        made.setFontWeight(QFont.Weight.Bold)
        made.setProperty(QTextFormat.Property.FontSizeAdjustment, max(0, 4 - level))
    return made


def list_format(depth: int, *, ordered: bool) -> QTextListFormat:
    """How the items of a list are marked."""
    made = QTextListFormat()
    made.setIndent(depth)
    made.setStyle(QTextListFormat.Style.ListDecimal if ordered else BULLETS[(depth - 1) % len(BULLETS)])
    return made


def is_ordered(style: QTextListFormat.Style) -> bool:
    """Whether a list counts its items."""
    return bool(style.value <= QTextListFormat.Style.ListDecimal.value)


def table_format(block_id: str = "") -> QTextTableFormat:
    """How tables are drawn: thin lines, room in the cells, as wide as the page."""
    from PySide6.QtGui import QTextLength

    made = QTextTableFormat()
    made.setBorder(1)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderCollapse(True)
    made.setCellPadding(4)
    made.setCellSpacing(0)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setTopMargin(2)
    made.setBottomMargin(6)
    if block_id:
        made.setProperty(ID, block_id)
    return made


def draw_tables(document: QTextDocument, colour: str) -> None:
    """Draw the lines of all tables in a colour of the theme."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            shape = frame.format()
            if shape.borderBrush().color() != QColor(colour):
                shape.setBorderBrush(QColor(colour))
                frame.setFormat(shape)


# -- a document becomes a stored text ---------------------------------------------------------------
def store(document: QTextDocument, before: str) -> str:
    """The document as a stored text; blocks keep the ids they have. Blank is empty."""
    old = richtext.parse(before)
    blocks = settle_ids(_without_forced(list(read(document))), old)
    text = richtext.serialise(_with_first_words(blocks, old))
    return "" if richtext.is_blank(text) else text


def _without_forced(blocks: list[Block]) -> list[Block]:
    """Without the empty paragraphs that Qt puts before and after every table."""
    return [blocks[place] for place in kept(blocks)]


def kept(blocks: list[Block]) -> list[int]:
    """Which blocks are stored: all but the empty paragraphs around tables."""
    around = [None, *blocks, None]
    kinds = [block.kind if block else None for block in around]
    return [
        place - 1
        for place, block in enumerate(blocks, 1)
        if block.text.strip()
        or block.kind is not Kind.P
        or Kind.TABLE not in {kinds[place - 1], kinds[place + 1]}
    ]


def settle_ids(blocks: Sequence[Block], old: Sequence[Block]) -> list[Block]:
    """One id for one block: of two halves of a block that was split, the larger part keeps it."""
    known = {block.id: block.text for block in old}
    best: dict[str, tuple[int, int]] = {}
    for place, block in enumerate(blocks):
        if block.id:
            same = block.text == known.get(block.id)
            weight = 10_000_000 if same else len(block.text)
            if block.id not in best or weight > best[block.id][0]:
                best[block.id] = weight, place
    result = [
        block if not block.id or best[block.id][1] == place else replace(block, id="")
        for place, block in enumerate(blocks)
    ]
    return list(richtext.with_ids(result, reserved=known))


def _with_first_words(blocks: Iterable[Block], old: Iterable[Block]) -> Iterator[Block]:
    """References keep the words they were written with: what they read today is not an edit."""
    words = {
        run.href: run.text
        for block in old
        for runs in (block.runs, *(cell for row in block.rows for cell in row))
        for run in runs
        if run.href.startswith("ref:")
    }
    for block in blocks:
        if block.kind is Kind.TABLE:
            rows = tuple(tuple(tuple(_first_words(cell, words)) for cell in row) for row in block.rows)
            yield replace(block, rows=rows)
        else:
            yield replace(block, runs=tuple(_first_words(block.runs, words)))


def _first_words(runs: Iterable[Run], words: dict[str, str]) -> Iterator[Run]:
    last = ""
    for run in runs:
        if not run.href.startswith("ref:"):
            last = ""
            yield run
        elif run.href not in words:
            last = run.href
            yield run
        elif run.href != last:
            # A reference of which a part was made bold comes in several runs; it stays one.
            last = run.href
            yield replace(run, text=words[run.href])


def read(document: QTextDocument) -> Iterator[Block]:
    """The blocks of a whole document, in order."""
    return _frame(document.rootFrame())


def _frame(frame: QTextFrame) -> Iterator[Block]:
    place = frame.begin()
    while not place.atEnd():
        inner, block = place.currentFrame(), place.currentBlock()
        if isinstance(inner, QTextTable):
            yield read_table(inner)
        elif block.isValid():
            yield read_block(block)
        place += 1


def read_block(block: QTextBlock) -> Block:
    """One block with its runs."""
    shape = block.blockFormat()
    inside = cast("QTextList | None", block.textList())
    level, name = min(shape.headingLevel(), 4), str(shape.property(ID) or "")
    if inside is not None:
        form = inside.format()
        return Block(
            Kind.LI,
            name,
            runs(block),
            max(1, min(form.indent(), richtext.MAX_DEPTH)),
            is_ordered(form.style()),
        )
    return Block(Kind(f"h{level}") if level else Kind.P, name, runs(block))


def read_table(table: QTextTable) -> Block:
    """A table with its cells."""
    rows = tuple(
        tuple(_cell(table, row, column) for column in range(table.columns())) for row in range(table.rows())
    )
    return Block(Kind.TABLE, str(table.format().property(ID) or ""), rows=rows)


def _cell(table: QTextTable, row: int, column: int) -> tuple[Run, ...]:
    found: list[Run] = []
    place = table.cellAt(row, column).begin()
    while not place.atEnd():
        if place.currentBlock().isValid():
            if found or place.currentBlock() != table.cellAt(row, column).firstCursorPosition().block():
                found.append(Run("\n"))
            found += runs(place.currentBlock())
        place += 1
    return tuple(found)


def runs(block: QTextBlock) -> tuple[Run, ...]:
    """The runs of one block."""
    heading = bool(block.blockFormat().headingLevel())
    pieces = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        shape = fragment.charFormat()
        pieces.append((fragment.text().replace(LINE, "\n"), shape, _run(shape, heading=heading)))
        place += 1
    return tuple(footnotes.read(pieces))


def _run(shape: QTextCharFormat, *, heading: bool) -> Run:
    """The style of letters, as a run without any."""
    align = shape.verticalAlignment()
    raised = {_ALIGN.AlignSubScript: "sub", _ALIGN.AlignSuperScript: "sup"}.get(align, "")
    href = shape.anchorHref() if shape.isAnchor() else ""
    return Run(
        "",
        bold=shape.fontWeight() >= 600 and not heading,
        italic=shape.fontItalic(),
        underline=shape.fontUnderline() and not href,
        strike=shape.fontStrikeOut(),
        raised=raised,
        href=href,
    )


def table_at(cursor: QTextCursor) -> QTextTable | None:
    """The table a cursor is in."""
    return cast("QTextTable | None", cursor.currentTable())
