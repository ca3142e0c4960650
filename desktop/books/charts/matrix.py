"""Draws the matrix of risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charts.base import fit, look, string
from desktop.books.document import Matrix
from desktop.books.fonts import REGULAR, drawable

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

MATRIX_ROW, MATRIX_SIDE, MATRIX_FOOT = 40.0, 92.0, 34.0
"""Height of a row, width of its name, height of the names below, in points."""


def draw_matrix(chart: Matrix, width: float) -> Drawing:
    """Cells in three tones, the gravest at the top right; risks stand in them by number."""
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib.colors import HexColor

    width = min(width, 360.0)
    rows, columns = len(chart.rows), max(len(chart.columns), 1)
    height = rows * MATRIX_ROW + MATRIX_FOOT + 12
    step = (width - MATRIX_SIDE) / columns
    drawing = Drawing(width, height, initialFontName=REGULAR, initialFontSize=8)
    drawing.add(string(0, height - 9, drawable(chart.row_title), 8, palette.NAVY, bold=True))
    for row, name in enumerate(chart.rows):
        y = MATRIX_FOOT + row * MATRIX_ROW
        for place, line in enumerate(fit(name, MATRIX_SIDE - 10, 2)):
            drawing.add(string(0, y + MATRIX_ROW / 2 - 3 - 9 * place, line, 8, palette.INK))
        for column in range(columns):
            x = MATRIX_SIDE + column * step
            fill = palette.TONES[chart.tone(row, column)]
            cell = Rect(x, y, step, MATRIX_ROW, **look(fill, palette.WHITE, 1.5))
            cell.strokeColor = HexColor(palette.WHITE)
            drawing.add(cell)
            numbers = ", ".join(map(str, chart.cells[row][column]))
            for place, line in enumerate(fit(numbers, step - 8, 3) if numbers else []):
                baseline = y + MATRIX_ROW / 2 - 3 - 10 * place
                drawing.add(string(x + step / 2, baseline, line, 9, palette.INK, bold=True, anchor="middle"))
    for column, name in enumerate(chart.columns):
        middle = MATRIX_SIDE + (column + 0.5) * step
        line = fit(name, step - 4, 1)[0]
        drawing.add(string(middle, MATRIX_FOOT - 12, line, 8, palette.INK, anchor="middle"))
    whole = MATRIX_SIDE + (width - MATRIX_SIDE) / 2
    title = drawable(chart.column_title)
    drawing.add(string(whole, MATRIX_FOOT - 26, title, 8, palette.NAVY, bold=True, anchor="middle"))
    return drawing
