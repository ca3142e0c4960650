"""Two pictures of one page, drawn by one program: is what differs more than edges that were rounded off?

Who copies a page as it is has it drawn the same to the point; who rounds its numbers moves edges by a trifle.
What is paler than any edge may still be letters as high as the page, and paper shows them as dots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PIL.Image import Image

Pixels: TypeAlias = Sequence[float]
"""Left, top, right, bottom of a part of a picture."""

_EDGE = 48
"""How far (of 255) single pixels may differ."""
_FAINT, _FAINT_PIXELS = 12, 12
"""A fainter difference counts when it covers more than these pixels: pale letters are letters too."""
_PALE, _PALE_PIXELS = 3, 100
"""So does a paler one: what was redrawn and taken for the same had 59 of them, what was copied none."""
_TINT, _CELL, _CELLS = 1, 4, 16
"""And what makes more than these cells (of so many pixels each way) darker or lighter by more: it is no edge,
whose one side wins what the other loses. Of what was redrawn and taken for the same 4 did."""


def apart(one: Image, other: Image, left_out: Iterable[Pixels] = ()) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of what differs in two pictures of one size; None if nothing counts.

    ``left_out``: parts that are not looked at.
    """
    from PIL import ImageChops

    one, other = one.convert("RGB"), other.convert("RGB")
    for part in left_out:
        _take_out(part, one, other)
    difference = _most(ImageChops.difference(one, other))
    if difference.getbbox() is None:
        return None
    counts = difference.histogram()
    told = next(
        (
            least
            for least, most in ((_EDGE, 0), (_FAINT, _FAINT_PIXELS), (_PALE, _PALE_PIXELS))
            if sum(counts[least + 1 :]) > most
        ),
        None,
    )
    if told is not None:
        return _over(difference, min(told, _FAINT)).getbbox()
    cells = _most(ImageChops.difference(one.reduce(_CELL), other.reduce(_CELL)))
    return difference.getbbox() if sum(cells.histogram()[_TINT + 1 :]) > _CELLS else None


def _take_out(part: Pixels, one: Image, other: Image) -> None:
    from PIL import ImageDraw

    for each in (one, other):
        ImageDraw.Draw(each).rectangle(part, fill=(255, 255, 255))


def _most(difference: Image) -> Image:
    """Each colour by itself: red and green can be the same grey."""
    from PIL import ImageChops

    red, green, blue = difference.split()
    return ImageChops.lighter(red, ImageChops.lighter(green, blue))


def _over(difference: Image, least: int) -> Image:
    return difference.point([0] * (least + 1) + [255] * (255 - least))
