"""A QR code as what it is drawn from: runs of dark squares, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def dark_runs(code: str) -> tuple[int, Iterator[tuple[int, int, int]]]:
    """How many squares a side has, and each run of dark ones: row, first column, length."""
    from reportlab.graphics.barcode.qr import QrCodeWidget

    widget: Any = QrCodeWidget(code, barLevel="M")
    widget.qr.make()
    count: int = widget.qr.getModuleCount()
    return count, _runs(widget.qr, count)


def _runs(squares: Any, count: int) -> Iterator[tuple[int, int, int]]:
    for row in range(count):
        column = 0
        while column < count:
            run = column
            while run < count and squares.isDark(row, run):
                run += 1
            if run > column:
                yield row, column, run - column
            column = max(run, column + 1)
