"""The imprint: at the foot of the page behind the cover, whose book it is and what it was made from."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, Paragraph

from desktop.books import palette
from desktop.books.fonts import markup
from desktop.books.pdf.styles import cell_style

_LABEL, _BETWEEN = 118.0, 3.0
"""Points of the column of labels, and between two lines."""


class Imprint(Flowable):
    """Takes the whole page, and stands at its foot."""

    def __init__(self, facts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        label, value = cell_style(7.8, colour=palette.MUTED), cell_style(7.8)
        self._rows = [(Paragraph(markup(a), label), Paragraph(markup(b), value)) for a, b in facts]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All there is."""
        self.width, self.height = width, height
        return width, height

    def draw(self) -> None:
        """Line by line, the last one at the foot."""
        heights = [
            max(label.wrap(_LABEL - 8, 1_000)[1], value.wrap(self.width - _LABEL, 1_000)[1])
            for label, value in self._rows
        ]
        y = sum(heights) + _BETWEEN * len(heights)
        for (label, value), height in zip(self._rows, heights, strict=True):
            label.drawOn(self.canv, 0, y - label.height)
            value.drawOn(self.canv, _LABEL, y - value.height)
            y -= height + _BETWEEN
