"""The places where officials sign: drawn as quiet boxes, their positions told to whoever stamps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph

from desktop.books import palette
from desktop.books.document import Proof, Signer
from desktop.books.fonts import ITALIC, drawable, markup
from desktop.books.pdf.canvas import BookCanvas
from desktop.books.pdf.proof import ProofText
from desktop.books.pdf.styles import LARGE, cell_style

BOX_WIDTH, BOX_HEIGHT = 212.0, 76.0
"""The size of a signature box in points (75 x 27 mm)."""
STAMP = 76.0
"""The side of the place for a duty stamp, in points."""
_GAP = 9.0
_ASIDE = 22.0
"""Between a box and what stands beside it."""


class SignatureRow(Flowable):
    """One or two boxes side by side: office above, name and number below."""

    def __init__(
        self,
        signers: Sequence[Signer],
        place_label: str,
        hints: tuple[str, str],
        proof: Proof | None = None,
        *,
        right: bool = False,
        large: bool = False,
    ) -> None:
        """``hints``: what stands in the box and in the place for a duty stamp.

        ``proof``: what stands beside one box; ``right``: where that box stands; ``large``: in the type of
        official papers.
        """
        super().__init__()
        hint, stamp = hints
        self._right = right and len(signers) == 1
        self._proof = ProofText(proof) if proof is not None and len(signers) == 1 else None
        self._signers, self._hint, self._stamp = signers, hint, stamp
        size, small = (LARGE, LARGE) if large else (9.2, 8.0)
        office = cell_style(size, bold=True, colour=palette.NAVY)
        name = cell_style(size, bold=True)
        details = cell_style(small)
        place = cell_style(small, colour=palette.INK if large else palette.MUTED)
        self._place = Paragraph(markup(place_label).replace("\n", "<br/>"), place)
        self._texts = [
            (
                Paragraph(markup(signer.office[:200]), office),
                Paragraph(markup(signer.name[:120]), name),
                Paragraph(markup(signer.details[:160]), details),
            )
            for signer in signers
        ]
        self.spaceBefore, self.spaceAfter = 10, 12

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As high as the higher of the two."""
        self.width = width
        self._office_height = max(
            (office.wrap(BOX_WIDTH, 1000)[1] for office, _, _ in self._texts), default=0
        )
        below = [
            name.wrap(BOX_WIDTH, 1000)[1] + extra.wrap(BOX_WIDTH, 1000)[1] for _, name, extra in self._texts
        ]
        self._place.wrap(BOX_WIDTH, 1000)
        self.height = (
            self._place.height + 3 + self._office_height + BOX_HEIGHT + 2 * _GAP + max(below, default=0)
        )
        if self._proof is not None:
            self.height = max(self.height, self._proof.height(width - BOX_WIDTH - _ASIDE))
        return width, self.height

    def draw(self) -> None:
        """Boxes from left to right."""
        canvas = cast(BookCanvas, self.canv)
        step = self.width - BOX_WIDTH
        if self._proof is not None:
            self._proof.draw(canvas, BOX_WIDTH + _ASIDE, self.height)
        for place, (signer, (office, name, details)) in enumerate(
            zip(self._signers, self._texts, strict=True)
        ):
            x, y = step * (1 if self._right else place), self.height
            y -= self._place.height
            self._place.drawOn(canvas, x, y)
            y -= 3
            office.drawOn(canvas, x, y - office.height)
            y -= self._office_height + _GAP + BOX_HEIGHT
            self._box(canvas, signer, x, y)
            if signer.duty_stamp and len(self._signers) == 1:
                beside = x - _GAP - STAMP if self._right else x + BOX_WIDTH + _GAP
                self._duty_stamp(canvas, beside, y)
            y -= _GAP + name.height
            name.drawOn(canvas, x, y)
            details.drawOn(canvas, x, y - details.height)

    def _duty_stamp(self, canvas: BookCanvas, x: float, y: float) -> None:
        """The place for the duty stamp, beside the signature: half on it, as it is stuck on paper."""
        canvas.saveState()
        canvas.setStrokeColor(HexColor("#9fb0c6"))
        canvas.setLineWidth(0.7)
        canvas.setDash([3, 2])
        canvas.rect(x, y, STAMP, STAMP, stroke=1, fill=0)
        canvas.setFont(ITALIC, 7)
        canvas.setFillColor(HexColor("#8b98a9"))
        for place, line in enumerate(self._stamp.split("\n")):
            canvas.drawCentredString(x + STAMP / 2, y + STAMP / 2 + 2 - 9 * place, drawable(line))
        canvas.restoreState()

    def _box(self, canvas: BookCanvas, signer: Signer, x: float, y: float) -> None:
        canvas.saveState()
        canvas.translate(x, y)
        canvas.setStrokeColor(HexColor("#9fb0c6"))
        canvas.setLineWidth(0.7)
        canvas.setDash([3, 2])
        canvas.roundRect(0, 0, BOX_WIDTH, BOX_HEIGHT, 4, stroke=1, fill=0)
        canvas.setFont(ITALIC, 8 if signer.instead else 7)
        canvas.setFillColor(HexColor(palette.NAVY if signer.instead else "#8b98a9"))
        canvas.drawCentredString(BOX_WIDTH / 2, BOX_HEIGHT / 2 - 2, drawable(signer.instead or self._hint))
        if not signer.instead:
            canvas.keep_stamp_box(signer.role, BOX_WIDTH, BOX_HEIGHT)
        canvas.restoreState()
