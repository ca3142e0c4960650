"""A QR code drawn as black runs of squares: ReportLab's own widget would bring in a font not embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.books.qr import dark_runs

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def draw_qr(canvas: Canvas, code: str, left: float, bottom: float, side: float) -> None:
    """Draw ``code`` into a square of ``side`` points, with a module of quiet zone on each side."""
    count, runs = dark_runs(code)
    unit = side / (count + 2)
    canvas.setFillColorRGB(0, 0, 0)
    for row, column, length in runs:
        height = bottom + side - (row + 2) * unit
        canvas.rect(left + (column + 1) * unit, height, length * unit, unit, stroke=0, fill=1)
