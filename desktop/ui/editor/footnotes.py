"""Footnotes in the text: one raised number each, which is stepped over, copied and deleted as one letter."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import QPoint, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit

from desktop.base import richtext
from desktop.base.richtext import Block, Kind, Run

SIGN = "\ufffc"
"""What stands in the document where a footnote is."""
_KIND = int(QTextFormat.ObjectTypes.UserObject.value) + 1
_WORDS = int(QTextFormat.Property.UserProperty.value) + 2
_BETWEEN = Run("; ", raised="fn")
_COMMA = ","
"""Between the numbers of two footnotes at one place, which are otherwise one."""
_SMALL = 0.72


# -- between runs and the letters of a document -----------------------------------------------------
def is_note(run: Run) -> bool:
    """Whether a run is a part of a footnote."""
    return run.raised == "fn"


def stretches(runs: Sequence[Run]) -> Iterator[tuple[bool, tuple[Run, ...]]]:
    """Runs one after the other; those of one footnote together (true)."""
    for noted, group in groupby(runs, key=is_note):
        yield noted, tuple(group)


def shape_of(words: Iterable[Run], letters: QTextCharFormat) -> QTextCharFormat:
    """The format of the sign that stands for a footnote with these words."""
    made = QTextCharFormat(letters)
    made.setObjectType(_KIND)
    inner = tuple(replace(run, raised="") for run in words)
    made.setProperty(_WORDS, richtext.serialise((Block(Kind.P, "fn", inner),)))
    return made


def words_of(shape: QTextCharFormat) -> tuple[Run, ...]:
    """The words of the footnote a sign stands for; nothing where the letter is no footnote."""
    blocks = richtext.parse(str(shape.property(_WORDS) or ""))
    return blocks[0].runs if blocks else ()


def plain(words: Iterable[Run]) -> str:
    """The words of a footnote as one line."""
    return " ".join("".join(run.text for run in words).split())


def read(pieces: Iterable[tuple[str, QTextCharFormat, Run]]) -> Iterator[Run]:
    """The runs of stretches of a document, in which signs stand among letters of one style.

    Footnotes that met because what stood between them was deleted are one, their words kept apart.
    """
    met = False
    for text, shape, letters in pieces:
        words = words_of(shape) if SIGN in text else ()
        for place, part in enumerate(text.split(SIGN)):
            if place and words:
                yield from (_BETWEEN,) * met
                yield from (replace(run, raised="fn") for run in words)
                met = True
            if part:
                yield replace(letters, text=part)
                met = False


# -- where they are ---------------------------------------------------------------------------------
def places(document: QTextDocument) -> list[int]:
    """Where the footnotes of a document stand, in order."""
    found: list[int] = []
    block = document.begin()
    while block.isValid():
        if SIGN in block.text():
            found += _in_block(block)
        block = block.next()
    return found


def _in_block(block: QTextBlock) -> Iterator[int]:
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        if fragment.charFormat().objectType() == _KIND:
            text = fragment.text()
            yield from (fragment.position() + at for at, letter in enumerate(text) if letter == SIGN)
        walk += 1


def at(cursor: QTextCursor) -> int | None:
    """The place of the footnote that is chosen, or that the cursor stands behind or before."""
    text = cursor.document()
    if cursor.hasSelection():
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return start if end == start + 1 and is_at(text, start) else None
    for place in (cursor.position() - 1, cursor.position()):
        if is_at(text, place):
            return place
    return None


def is_at(document: QTextDocument, place: int) -> bool:
    """Whether a footnote stands at a place."""
    if place < 0 or str(document.characterAt(place)) != SIGN:
        return False
    return letter(document, place).charFormat().objectType() == _KIND


def letter(document: QTextDocument, place: int) -> QTextCursor:
    """A cursor that has chosen the letter at a place."""
    made = QTextCursor(document)
    made.setPosition(place)
    made.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
    return made


def under(edit: QTextEdit, point: QPoint) -> int | None:
    """The place of the footnote whose number is drawn at a point of the view."""
    near = edit.cursorForPosition(point).position()
    for place in (near - 1, near):
        if is_at(edit.document(), place):
            left, right = letter(edit.document(), place), QTextCursor(edit.document())
            left.setPosition(place)
            right.setPosition(place + 1)
            here, there = edit.cursorRect(left), edit.cursorRect(right)
            if here.left() <= point.x() <= there.left() and here.top() <= point.y() <= here.bottom():
                return place
    return None


# -- writing them -----------------------------------------------------------------------------------
def put(cursor: QTextCursor, words: Sequence[Run], letters: QTextCharFormat) -> None:
    """Write a footnote behind what is chosen; a raised comma parts it from one that stands there."""
    cursor.setPosition(cursor.selectionEnd())
    comma = QTextCharFormat(letters)
    comma.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    cursor.beginEditBlock()
    if is_at(cursor.document(), cursor.position() - 1):
        cursor.insertText(_COMMA, comma)
    cursor.insertText(SIGN, shape_of(words, letters))
    if is_at(cursor.document(), cursor.position()):
        cursor.insertText(_COMMA, comma)
    cursor.setCharFormat(letters)
    cursor.endEditBlock()


def change(document: QTextDocument, place: int, words: Sequence[Run]) -> None:
    """Give the footnote at a place other words."""
    chosen = letter(document, place)
    chosen.setCharFormat(shape_of(words, chosen.charFormat()))


def remove(document: QTextDocument, place: int) -> None:
    """Take a footnote out of the text, with the comma that parted it from another."""
    chosen = letter(document, place)
    end = place + 1
    text = document.findBlock(place).text()
    inside = place - document.findBlock(place).position()
    if text[inside + 1 : inside + 2] == _COMMA and is_at(document, place + 2):
        end = place + 2
    elif text[max(0, inside - 1) : inside] == _COMMA and is_at(document, place - 2):
        chosen.setPosition(place - 1)
    chosen.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    chosen.removeSelectedText()


class Numbers(QPyTextObject):
    """Draws the number of each footnote, counted from 1 through one document."""

    def __init__(self, edit: QTextEdit) -> None:
        super().__init__(edit)
        self._edit = weakref.ref(edit)
        self._known: tuple[int, list[int]] = (-1, [])
        document = edit.document()
        document.documentLayout().registerHandler(_KIND, self)
        document.contentsChange.connect(self._on_contents)

    def all(self) -> list[int]:
        """Where the footnotes stand now."""
        edit = self._edit()
        if edit is None:
            return []
        document = edit.document()
        if self._known[0] != document.revision():
            self._known = document.revision(), places(document)
        return self._known[1]

    def number(self, place: int) -> int:
        """The number of the footnote at a place."""
        known = self.all()
        return known.index(place) + 1 if place in known else 0

    def _on_contents(self, _place: int, _removed: int, _added: int) -> None:
        before, now = self._known[1], self.all()
        edit = self._edit()
        if edit is not None and len(before) != len(now):
            # The numbers below are others now, though their lines are the same.
            edit.viewport().update()

    def _font(self, document: QTextDocument, shape: QTextFormat, *, small: bool = True) -> QFont:
        made = QFont(document.defaultFont())
        made.setBold(shape.toCharFormat().fontWeight() >= QFont.Weight.Bold)
        if small:
            made.setPixelSize(round(QFontInfo(made).pixelSize() * _SMALL))
        return made

    def intrinsicSize(self, document: QTextDocument, place: int, shape: QTextFormat) -> QSizeF:
        whole = QFontMetricsF(self._font(document, shape, small=False))
        small = QFontMetricsF(self._font(document, shape))
        # As wide as the largest number, so that no line moves when those before it become more.
        digits = "0" * max(len(str(self.number(place))), len(str(len(self.all()))))
        return QSizeF(small.horizontalAdvance(digits) + 2, whole.ascent())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        place: int,
        shape: QTextFormat,
    ) -> None:
        from desktop.ui import theme

        rect = QRectF(rect)
        painter.save()
        painter.setFont(self._font(document, shape))
        painter.setPen(QColor(theme.colours().primary))
        where = QRectF(rect.left(), rect.top() - rect.height() * 0.12, rect.width(), rect.height())
        painter.drawText(
            where, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(self.number(place))
        )
        painter.restore()
