"""A page drawn under a hair's turn, in which nothing lies along the points of the screen.

Drawn upright pdfium rounds what is filled outwards to whole points: bars a point wide and half a point apart
are one block there, at this scale or at another one, and letters below them are unseen. Paper and other
programs show them. Turned by a trifle every edge crosses many points, nothing is rounded, and each gap has
its share of them.
"""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from PIL.Image import Image

Part: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left corner of a page."""

_TURN = 0.0012
"""Radians: over a page of A4 a point and a half of the screen, which edges of one page have alike."""
TURNED = 1.5
"""Points by which it moves what stands on a page of A4 at most."""
_PAPER = (255, 255, 255, 255)


def draw_turned(page: Any, scale: float, part: Part | None = None) -> Image:
    """The page itself, without what lies on it; ``part`` bounds what is drawn of it. Raises PdfiumError."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    width, height = page.get_size()
    left, top, right, bottom = part or (0.0, 0.0, width, height)
    across, down = (max(1, math.ceil(side * scale)) for side in (right - left, bottom - top))
    bitmap: Any = pdfium.PdfBitmap.new_native(across, down, raw.FPDFBitmap_BGRx)
    bitmap.fill_rect(_PAPER, 0, 0, across, down)
    turn = _TURN * scale
    matrix = raw.FS_MATRIX(scale, turn, -turn, scale, -left * scale, -top * scale)
    clip = raw.FS_RECTF(0, 0, across, down)
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, ctypes.byref(matrix), ctypes.byref(clip), 0)
    picture: Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture


def where_turned(part: Part, scale: float, top: float = 0.0) -> Part:
    """Where a part of the page lies in a picture that begins ``top`` points below its edge, in its points."""
    left, above, right, below = part
    corners = [(x, y) for x in (left, right) for y in (above, below)]
    xs, ys = [x - _TURN * y for x, y in corners], [y + _TURN * x - top for x, y in corners]
    return min(xs) * scale, min(ys) * scale, max(xs) * scale, max(ys) * scale
