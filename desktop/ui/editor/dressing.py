"""How links, references, comments and misspellings look: drawn over the text, never stored in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextDocument

from desktop.ui import theme
from desktop.ui.editor import document

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


class Spelling(Protocol):
    """Who knows whether words are spelled well."""

    def verdict(self, word: str) -> bool | None:
        """Whether a word is right; None while nobody has looked yet."""


class Dressing(QSyntaxHighlighter):
    """Colours a document by what its parts mean."""

    def __init__(self, text: QTextDocument) -> None:
        super().__init__(text)
        self.names: document.Names | None = None
        self.spelling: Spelling | None = None
        self.unsure: Callable[[QTextBlock], object] | None = None
        """Who is told of a block with words nobody has looked at."""
        self._quotes: Mapping[str, Iterable[str]] = {}
        self._wanted: re.Pattern[str] | None = None

    def show_quotes(self, quotes: Mapping[str, Iterable[str]]) -> None:
        """Mark what open comments are about: by block id, the words quoted (none: the whole block)."""
        if quotes != self._quotes:
            self._quotes = quotes
            self.rehighlight()

    def show_found(self, wanted: re.Pattern[str] | None) -> None:
        """Mark what is being looked for."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        anchors = self._anchors(block)
        self._comments(block, text)
        if self.spelling is not None:
            self._misspelled(block, text, anchors)
        if self._wanted is not None:
            self._found(text)

    def _anchors(self, block: QTextBlock) -> list[tuple[int, int]]:
        c, found = theme.colours(), []
        walk = block.begin()
        while not walk.atEnd():
            fragment = walk.fragment()
            shape = fragment.charFormat()
            if shape.isAnchor() and shape.anchorHref():
                href = shape.anchorHref()
                start = fragment.position() - block.position()
                found.append((start, start + fragment.length()))
                look = QTextCharFormat()
                dead = href.startswith("ref:") and self.names is not None and self.names(href) is None
                look.setForeground(QColor(c.bad if dead else c.primary))
                if href.startswith("ref:"):
                    look.setBackground(QColor(c.bad_soft if dead else c.primary_soft))
                    look.setFontStrikeOut(dead)
                else:
                    look.setFontUnderline(True)
                self.setFormat(start, fragment.length(), look)
            walk += 1
        return found

    def _comments(self, block: QTextBlock, text: str) -> None:
        if not self._quotes:
            return
        quotes = self._quotes.get(str(block.blockFormat().property(document.ID) or ""))
        if quotes is None:
            return
        for quote in quotes:
            at = text.find(quote) if quote else -1
            if at >= 0:
                self._merge(at, len(quote), background=theme.colours().warn_soft)

    def _misspelled(self, block: QTextBlock, text: str, anchors: list[tuple[int, int]]) -> None:
        spelling = self.spelling
        if spelling is None:
            return
        unsure = False
        for found in WORD.finditer(text):
            verdict = spelling.verdict(found.group())
            if verdict is None:
                unsure = True
            elif not verdict and not any(start <= found.start() < end for start, end in anchors):
                self._merge(found.start(), len(found.group()), wave=theme.colours().bad)
        if unsure and self.unsure is not None:
            self.unsure(block)

    def _found(self, text: str) -> None:
        if self._wanted is not None:
            for found in self._wanted.finditer(text):
                c = theme.colours()
                self._merge(found.start(), len(found.group()), background=c.primary, ink=c.on_primary)

    def _merge(self, start: int, length: int, *, background: str = "", wave: str = "", ink: str = "") -> None:
        """Add to the look that letters have already, stretch by stretch."""
        at = start
        while at < start + length:
            look = QTextCharFormat(self.format(at))
            end = at + 1
            while end < start + length and self.format(end) == self.format(at):
                end += 1
            if background:
                look.setBackground(QColor(background))
            if ink:
                look.setForeground(QColor(ink))
            if wave:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(QColor(wave))
            self.setFormat(at, end - at, look)
            at = end
