"""What stands on the pages besides the text: watermark, running head, foot."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.colors import HexColor

from desktop.books import palette
from desktop.books.document import Document
from desktop.books.fonts import BOLD, REGULAR, drawable
from desktop.books.pdf.canvas import BookCanvas
from desktop.books.pdf.styles import MARGIN_X


def ground(canvas: BookCanvas, book: Document, size: tuple[float, float]) -> None:
    """What lies below the text of every page but the cover."""
    if book.watermark:
        watermark(canvas, book.watermark.word, size, "#f3f6fa")


def head(canvas: BookCanvas, book: Document, size: tuple[float, float], page: int) -> None:
    """The running head: the book and the region at the left, the chapter of this page at the right.

    Of a letter, which has no chapters, the region stands at the right.
    """
    width, height = size
    left, right = (drawable(text) for text in book.running_head)
    if not book.letter:
        left, right = f"{left}  ·  {right}", drawable(_chapter(canvas, book, page))
    y, room = height - 42, width - 2 * MARGIN_X
    canvas.saveState()
    canvas.setFont(REGULAR, 7.6)
    canvas.setFillColor(HexColor(palette.MUTED))
    right = _shortened(canvas, right, room / 2)
    canvas.drawRightString(width - MARGIN_X, y, right)
    room -= canvas.stringWidth(right, REGULAR, 7.6) + 16
    if canvas.stringWidth(left, REGULAR, 7.6) > room:  # rather the book alone than half a year
        left = drawable(book.running_head[0])
    canvas.drawString(MARGIN_X, y, _shortened(canvas, left, room))
    canvas.setStrokeColor(HexColor(palette.RULE))
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN_X, y - 7, width - MARGIN_X, y - 7)
    canvas.restoreState()


def _chapter(canvas: BookCanvas, book: Document, page: int) -> str:
    """The chapter that a page belongs to; nothing where one opens, whose title stands there anyhow."""
    # the foreword is no chapter that the contents after it would belong to
    front = {f"place-{place}" for place in range(len(book.front))}
    chapters = [
        mark
        for key, mark in canvas.marks.items()
        if mark.level == 1 and mark.page <= page and key not in front
    ]
    last = max(chapters, key=lambda mark: mark.page, default=None)
    return last.text if last is not None and last.page < page else ""


def watermark(canvas: BookCanvas, word: str, size: tuple[float, float], colour: str) -> None:
    """A word across the page, so pale that text over it reads well."""
    canvas.saveState()
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(52 if size[1] > size[0] else 34)
    canvas.setFillColor(HexColor(colour))
    canvas.setFont(BOLD, 170)
    canvas.drawCentredString(0, -60, drawable(word))
    canvas.restoreState()


def foot(canvas: BookCanvas, book: Document, page: int, pages: int) -> None:
    """Page x of y, and what a reader must know about the state of this book."""
    width = canvas.page_width
    canvas.saveState()
    canvas.setStrokeColor(HexColor(palette.RULE))
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN_X, 46, width - MARGIN_X, 46)
    canvas.setFont(REGULAR, 7.6)
    canvas.setFillColor(HexColor(palette.MUTED))
    canvas.drawString(
        MARGIN_X, 34, _shortened(canvas, drawable(book.running_foot), width - 2 * MARGIN_X - 110)
    )
    numbers = drawable(book.labels.page_of).replace("{page}", str(page)).replace("{pages}", str(pages))
    canvas.setFillColor(HexColor(palette.NAVY))
    canvas.drawRightString(width - MARGIN_X, 34, numbers)
    marks = list(_marks(book))
    if marks:
        canvas.setFont(BOLD, 7)
        canvas.setFillColor(HexColor(palette.AMBER))
        canvas.drawString(
            MARGIN_X, 23, _shortened(canvas, drawable("  ·  ".join(marks)), width - 2 * MARGIN_X)
        )
    canvas.restoreState()


def _marks(book: Document) -> Iterator[str]:
    if book.watermark:
        yield book.watermark.sentence
    yield from book.notices


def _shortened(canvas: BookCanvas, text: str, room: float) -> str:
    font, size = canvas.font
    if canvas.stringWidth(text, font, size) <= room:
        return text
    text = text[:200]
    while text and canvas.stringWidth(text + "…", font, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
