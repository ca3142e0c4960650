"""What a form or a picture of a stamp draws, laid wherever whoever draws it puts it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from desktop.submission.pdf.places import Matrix
from desktop.submission.pdf.stamp_inks import FILL
from desktop.submission.pdf.stamp_layers import Layers
from desktop.submission.pdf.stamp_pictures import points_of
from desktop.submission.pdf.stamp_scale import Drawn
from desktop.submission.pdf.stamp_texts import moved
from desktop.submission.pdf.stamp_work import Work

MOST_DRAWN, _MOST_DEEP = 100, 56
"""How often forms and pictures are drawn, and states and clips within each other."""
FINEST = 10_000.0
"""Points of a picture on each square point of the page, a hundred each way: far finer than any press. What
shows of so many each program decides for itself."""
_SQUARE = (0.0, 0.0, 1.0, 1.0)
"""Of a picture."""


@dataclass(frozen=True, slots=True)
class FormDrawn:
    """What a form or a picture draws, with what is drawn by it, in the measure of whoever lays it."""

    often: int = 0
    """Forms and pictures, each time they are laid."""
    deep: int = 0
    """States and clips within each other."""
    drawn: Drawn = field(default_factory=Drawn)
    fine: float = 0.0
    """Points of a picture, of the finest, for each square unit."""
    borrowed: frozenset[str] = frozenset()
    """Colours that it draws in and has not said."""
    grouped: frozenset[str] = frozenset()
    """Those of them that are borrowed within a group."""

    def laid(self, matrix: Matrix) -> FormDrawn:
        """The same where a matrix puts it."""
        a, b, c, d, *_ = matrix
        work, drawn = Work(), self.drawn
        work.add(drawn.work, abs(a * d - b * c))
        letters, texts = drawn.letters.laid(matrix), drawn.texts.laid(matrix)
        box, ground = (moved(one, matrix) for one in (drawn.box, drawn.ground))
        fine = self.fine / (abs(a * d - b * c) or 1.0)
        made = Drawn(letters, box, ground, texts, work, layers=drawn.layers.laid(matrix))
        return replace(self, drawn=made, fine=fine)

    @property
    def is_little(self) -> bool:
        """Whether every program draws it while one waits."""
        return self.often <= MOST_DRAWN and self.deep <= _MOST_DEEP and self.drawn.work.is_little


def picture_drawn(picture: Any) -> FormDrawn:
    """A picture on a square of one unit; a stencil is drawn in no colours of its own."""
    layers, work = Layers(pictures=[_SQUARE], painted=[_SQUARE]), Work(area=1.0, points=points_of(picture))
    borrowed = frozenset({FILL} if picture.get("/ImageMask", False) else ())
    fine = float(picture.Width * picture.Height)
    return FormDrawn(drawn=Drawn(box=_SQUARE, work=work, layers=layers), fine=fine, borrowed=borrowed)
