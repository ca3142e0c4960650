"""The first page: what a regent sees when the book is laid on the table."""

from __future__ import annotations

import hashlib

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from desktop.books import palette
from desktop.books.document import Document
from desktop.books.fonts import BOLD, REGULAR, drawable
from desktop.books.pdf.canvas import BookCanvas
from desktop.books.pdf.photos import draw_jpeg
from desktop.books.pdf.styles import PORTRAIT
from desktop.books.photos import Scaled

WIDTH, HEIGHT = PORTRAIT
_FIELD = 330.0
"""Where the navy field begins, above the white one."""
_LEFT = 62.0
EMBLEM = (110.0, 120.0)
"""How wide and how high the emblem may stand, in points."""


def draw_cover(canvas: BookCanvas, book: Document, emblem: Scaled | None = None) -> None:
    """Field, ornament, title; below them region and its emblem, years and guideline."""
    cover = book.cover
    canvas.saveState()
    draw_field(canvas, cover.motif)
    canvas.setFillColor(HexColor("#a9c4ec"))
    canvas.setFont(BOLD, 12.5)
    canvas.drawString(_LEFT, HEIGHT - 112, drawable(cover.overline))
    canvas.setFillColor(HexColor(palette.SKY))
    canvas.rect(_LEFT, HEIGHT - 126, 36, 2.4, stroke=0, fill=1)
    y = _block(canvas, cover.title, (HEIGHT - 176, 33.0, 5), palette.WHITE, bold=True)
    if book.watermark:
        _pill(canvas, book.watermark.word, y - 18)
    taken = _draw_emblem(canvas, emblem) if emblem is not None else 0.0
    y = _block(canvas, cover.region, (_FIELD - 62, 25.0, 2), palette.NAVY, bold=True, taken=taken)
    y = _block(canvas, cover.province, (y + 4, 13.0, 1), palette.MUTED, bold=False, taken=taken)
    canvas.setFillColor(HexColor(palette.BLUE))
    canvas.setFont(BOLD, 25)
    canvas.drawString(_LEFT, y - 24, drawable(cover.years))
    y = 112.0
    for line in cover.lines:
        y = _block(canvas, line, (y, 8.8, 2), palette.MUTED, bold=False)
    canvas.setFillColor(HexColor(palette.AMBER))
    for place, notice in enumerate((*_sentence(book), *book.notices)):
        canvas.setFont(BOLD, 8)
        canvas.drawString(_LEFT, 40 - 11 * place, drawable(notice)[:120])
    canvas.restoreState()


def _draw_emblem(canvas: BookCanvas, emblem: Scaled) -> float:
    """The emblem at the right of the region's name; how much of the line it takes."""
    x, y = WIDTH - _LEFT - emblem.width, _FIELD - 34 - emblem.height
    draw_jpeg(canvas, emblem, x, y)
    return emblem.width + 20


def draw_field(canvas: Canvas, motif: str) -> None:
    """The field that the title stands on, with its ornament."""
    canvas.setFillColor(HexColor(palette.NAVY))
    canvas.rect(0, _FIELD, WIDTH, HEIGHT - _FIELD, stroke=0, fill=1)
    _ornament(canvas, motif)
    canvas.setFillColor(HexColor(palette.BLUE))
    canvas.rect(0, _FIELD - 5, WIDTH, 5, stroke=0, fill=1)


def _sentence(book: Document) -> tuple[str, ...]:
    return (book.watermark.sentence,) if book.watermark else ()


def _block(
    canvas: BookCanvas,
    text: str,
    place: tuple[float, float, int],
    colour: str,
    *,
    bold: bool,
    taken: float = 0.0,
) -> float:
    """Text over at most so many lines from ``y`` down; returns where the next line would stand."""
    y, size, most = place
    font = BOLD if bold else REGULAR
    room = WIDTH - 2 * _LEFT - taken
    text = drawable(text)[:400]
    lines = simpleSplit(text, font, size, room)
    while len(lines) > most and size > 7:
        size -= 1.5
        lines = simpleSplit(text, font, size, room)
    canvas.setFillColor(HexColor(colour))
    canvas.setFont(font, size)
    for line in lines[: most + 2]:
        while line and canvas.stringWidth(line, font, size) > room:
            line = line[:-1]  # noqa: PLW2901 - a word longer than the page
        canvas.drawString(_LEFT, y, line)
        y -= size * 1.28
    return y


def _pill(canvas: BookCanvas, word: str, y: float) -> None:
    text = drawable(word)
    width = canvas.stringWidth(text, BOLD, 15) + 30
    canvas.setStrokeColor(HexColor("#f2c14e"))
    canvas.setFillColor(HexColor("#f2c14e"))
    canvas.setLineWidth(1.6)
    canvas.roundRect(_LEFT, y - 9, width, 28, 6, stroke=1, fill=0)
    canvas.setFont(BOLD, 15)
    canvas.drawCentredString(_LEFT + width / 2, y - 0.6, text)


def _ornament(canvas: Canvas, motif: str) -> None:
    """A kawung (four petals, repeated), fading to the left; its measure comes from the region's code."""
    seed = hashlib.sha256(motif.encode()).digest()
    cell = 58.0 + seed[0] % 5 * 5
    dot = seed[1] % 3
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(0, _FIELD, WIDTH, HEIGHT - _FIELD)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setLineWidth(0.8)
    columns, rows = int(WIDTH / cell) + 2, int((HEIGHT - _FIELD) / cell) + 2
    for column in range(columns):
        nearness = column / (columns - 1)
        if nearness < 0.42:
            continue
        canvas.setStrokeColor(_between(palette.NAVY, "#33588f", (nearness - 0.42) / 0.58))
        for row in range(rows):
            _petals(canvas, column * cell, _FIELD + row * cell, cell, dot)
    canvas.restoreState()


def _petals(canvas: Canvas, x: float, y: float, cell: float, dot: int) -> None:
    start, end, wide = cell * 0.07, cell * 0.64, cell * 0.145
    for angle in (45, 135, 225, 315):
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.ellipse(start, -wide, end, wide, stroke=1, fill=0)
        if dot:
            canvas.ellipse(cell * 0.2, -wide * 0.4, cell * 0.5, wide * 0.4, stroke=1, fill=0)
        canvas.restoreState()
    if dot == 2:
        canvas.circle(x, y, cell * 0.05, stroke=1, fill=0)


def _between(first: str, second: str, share: float) -> Color:
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return HexColor("#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs))
