"""The fingerprint block at the foot of the last page: quiet, but legible on a copy of a copy."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph

from desktop.books import palette
from desktop.books.document import Proof
from desktop.books.fonts import BOLD, REGULAR, markup
from desktop.books.pdf.qr import draw_qr
from desktop.books.pdf.styles import cell_style

_SIDE, _GAP, _PADDING = 62.0, 10.0, 6.0
_ROW = 5
"""Words in a row."""
_LEAST = 8.0
"""Points kept free above."""


class ProofBlock(Flowable):
    """Takes what is left of the page and draws itself at its foot; else at that of the next."""

    def __init__(self, proof: Proof) -> None:
        super().__init__()
        self._proof = proof
        small = cell_style(6.6, colour=palette.MUTED)
        words = cell_style(9, bold=True, colour=palette.NAVY)
        rows = range(0, len(proof.words), _ROW)
        said = "<br/>".join(
            "&nbsp;&nbsp; ".join(_numbered(at + 1, proof.words[at]) for at in range(row, row + _ROW))
            for row in rows
        )
        self._texts = [
            Paragraph(markup(proof.title), cell_style(7.6, bold=True, colour=palette.MUTED)),
            Paragraph(said, words),
            Paragraph(markup(" ".join(proof.letters)), cell_style(6.4)),
            *(Paragraph(markup(line), small) for line in proof.lines),
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the room that is left, if it fits into it."""
        self.width = width
        text = sum(one.wrap(width - _SIDE - _GAP, 1000)[1] for one in self._texts) + 4.0
        self._needed = max(text, _SIDE) + _PADDING + _LEAST
        # a hair less than all: sums of heights do not come out even
        self.height = max(self._needed, height - 0.01)
        return width, self.height

    def draw(self) -> None:
        """A rule, the QR at the left, the texts beside it."""
        canvas = self.canv
        top = self._needed - _LEAST
        canvas.saveState()
        canvas.setStrokeColor(HexColor(palette.RULE))
        canvas.setLineWidth(0.6)
        canvas.line(0, top, self.width, top)
        draw_qr(canvas, self._proof.code, 0, top - _PADDING - _SIDE, _SIDE)
        canvas.setFont(BOLD, 8)
        y = top - _PADDING + 1
        for place, text in enumerate(self._texts):
            y -= text.height
            text.drawOn(canvas, _SIDE + _GAP, y)
            y -= 2.0 if place in {1, 2} else 0.0
        canvas.restoreState()


def _numbered(number: int, word: str) -> str:
    return f'<font face="{REGULAR}" size="6" color="{palette.MUTED}">{number}</font>&nbsp;{word}'
