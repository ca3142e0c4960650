"""A QR code drawn as black runs of squares: ReportLab's own widget would bring in a font not embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def draw_qr(canvas: Canvas, code: str, left: float, bottom: float, side: float) -> None:
    """Draw ``code`` into a square of ``side`` points, with a module of quiet zone on each side."""
    from reportlab.graphics.barcode.qr import QrCodeWidget

    widget: Any = QrCodeWidget(code, barLevel="M")
    widget.qr.make()
    count: int = widget.qr.getModuleCount()
    unit = side / (count + 2)
    canvas.setFillColorRGB(0, 0, 0)
    for row in range(count):
        column = 0
        while column < count:
            run = column
            while run < count and widget.qr.isDark(row, run):
                run += 1
            if run > column:
                height = bottom + side - (row + 2) * unit
                canvas.rect(left + (column + 1) * unit, height, (run - column) * unit, unit, stroke=0, fill=1)
            column = max(run, column + 1)
