"""Whether a picture stands on paper about as large as its points are.

Of a picture with very many points on little paper some programs show the mean of those that fall on one
place, others any one of them: two pictures in one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from desktop.submission.pdf.photo import is_fine

_INCH = 72.0
_MOST, _PHOTO = 300 * 1.16 / _INCH, 150 * 1.16 / _INCH
"""Its points on one of paper: emblems of books have 300 an inch, photos 150, or up to 15 % more."""
_LARGEST_FINE = 130.0
"""In points; emblems are smaller."""


def shows_its_points(image: Any, matrix: Sequence[float], *, ours: bool) -> bool:
    """Whether each point has its place; what is ``ours`` is upright, and as fine as books make it."""
    a, b, c, d, _, _ = matrix
    wide, high = math.hypot(a, b), math.hypot(c, d)
    finest = max((int(image.get("/Width", 1)) - 1) / wide, (int(image.get("/Height", 1)) - 1) / high)
    if not ours:
        return finest <= _MOST
    fine = finest > _PHOTO
    upright = not b and not c and a > 0 and d > 0
    return upright and (not fine or (finest <= _MOST and max(a, d) <= _LARGEST_FINE and is_fine(image)))
