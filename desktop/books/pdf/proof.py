"""The fingerprint block at the foot of the last page: quiet, but legible on a copy of a copy."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from desktop.books import palette
from desktop.books.document import Proof
from desktop.books.fonts import REGULAR, markup
from desktop.books.pdf.qr import draw_qr
from desktop.books.pdf.styles import cell_style

_SIDE, _GAP, _PADDING, _BETWEEN = 62.0, 10.0, 6.0, 2.0
_WIDE, _WIDE_ROW, _NARROW_ROW = 260.0, 5, 2
"""From how many points on words stand in rows of five, else in pairs."""
_LEAST = 8.0
"""Points kept free above."""


class ProofText:
    """The QR with the texts beside it, in any width."""

    def __init__(self, proof: Proof) -> None:
        self._proof = proof
        self._texts: list[Paragraph] = []

    def height(self, width: float) -> float:
        """Points needed in this width."""
        room = width - _SIDE - _GAP
        self._texts = self._laid(_WIDE_ROW if room > _WIDE else _NARROW_ROW)
        texts = sum(one.wrap(room, 1000)[1] for one in self._texts)
        return float(max(texts + 2 * _BETWEEN, _SIDE))

    def _laid(self, row: int) -> list[Paragraph]:
        proof, small = self._proof, cell_style(6.6, colour=palette.MUTED)
        lines = [range(at, min(at + row, len(proof.words))) for at in range(0, len(proof.words), row)]
        said = "<br/>".join(
            "&nbsp;&nbsp; ".join(_numbered(at + 1, proof.words[at]) for at in line) for line in lines
        )
        return [
            Paragraph(markup(proof.title), cell_style(7.6, bold=True, colour=palette.MUTED)),
            Paragraph(said, cell_style(9, bold=True, colour=palette.NAVY)),
            Paragraph(markup(" ".join(proof.letters)), cell_style(6.4)),
            *(Paragraph(markup(line), small) for line in proof.lines),
        ]

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """Draw below ``top``, as measured last."""
        canvas.saveState()
        draw_qr(canvas, self._proof.code, left, top - _SIDE, _SIDE)
        y = top + 1
        for place, text in enumerate(self._texts):
            y -= text.height
            text.drawOn(canvas, left + _SIDE + _GAP, y)
            y -= _BETWEEN if place in {1, 2} else 0.0
        canvas.restoreState()


class ProofBlock(Flowable):
    """Takes what is left of the page and draws itself at its foot; else at that of the next."""

    def __init__(self, proof: Proof) -> None:
        super().__init__()
        self._text = ProofText(proof)

    def least(self, width: float) -> float:
        """Points it needs in this width."""
        return self._text.height(width) + _PADDING + _LEAST

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the room that is left, if it fits into it."""
        self.width = width
        self._needed = self.least(width)
        # a hair less than all: sums of heights do not come out even
        self.height = max(self._needed, height - 0.01)
        return width, self.height

    def draw(self) -> None:
        """A rule, and the block below it."""
        top = self._needed - _LEAST
        self.canv.setStrokeColor(HexColor(palette.RULE))
        self.canv.setLineWidth(0.6)
        self.canv.line(0, top, self.width, top)
        self._text.draw(self.canv, 0, top - _PADDING)


def _numbered(number: int, word: str) -> str:
    return f'<font face="{REGULAR}" size="6" color="{palette.MUTED}">{number}</font>&nbsp;{word}'
