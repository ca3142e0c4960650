"""Where a stamp is laid: by bounds and matrix (ISO 32000-1, 12.5.5), if every program finds it there."""

from __future__ import annotations

import math
from typing import Any

from desktop.submission.pdf.hairs import Box
from desktop.submission.pdf.places import PLAIN, are_near, placed
from desktop.submission.pdf.stamp_texts import moved

_FARTHEST = 20_000.0
"""Points in which every program still reckons exactly."""
NO_AREA = 0.1
"""Points of a place that is none: what is laid into it is nowhere, or over the page."""
_SMALLEST = 1.0
"""Points of bounds, as they are laid out by the matrix; smaller ones are a dot for some programs."""
_SCALES = (0.01, 100.0)
_MOST_NODES = 32
_NOUGHT, _FINEST = 1e-6, 1e-3
"""What is left of a quarter's turn where it is worked out; and how small bounds may be beside their place."""


def is_near(box: tuple[float, ...]) -> bool:
    """Whether corners lie where every program reckons exactly."""
    return all(abs(one) <= _FARTHEST for one in box)


def outside(form: Any) -> Box:
    """Its bounds, as its matrix turns them."""
    box = numbers(form.get("/BBox"), 4) or (0.0, 0.0, 0.0, 0.0)
    corners = (min(box[::2]), min(box[1::2]), max(box[::2]), max(box[1::2]))
    return moved(corners, numbers(form.get("/Matrix", PLAIN), 6) or PLAIN)


def has_bounds(form: Any) -> bool:
    """Whether a form says where it ends."""
    return numbers(form.get("/BBox"), 4) is not None


def lies_plainly(form: Any, *, within: bool = False) -> bool:
    """Whether bounds and matrix are such that every program finds the same place.

    A stamp is turned by quarters only, for pages that are; a form ``within`` is laid where the stamp likes.
    """
    box = numbers(form.get("/BBox"), 4)
    matrix = numbers(form.get("/Matrix", (1, 0, 0, 1, 0, 0)), 6)
    if box is None or matrix is None or not is_near(box) or not is_near(matrix):
        return False
    a, b, c, d, *_ = matrix
    wide, high = abs(box[2] - box[0]), abs(box[3] - box[1])
    if within:
        return _SCALES[0] <= math.sqrt(abs(a * d - b * c)) <= _SCALES[1]
    if max(map(abs, box)) * _FINEST > min(wide, high) or not are_near(_corners(box, matrix)):
        # what is left of such numbers in single precision is another place
        return False
    level = max(abs(b), abs(c)) <= _NOUGHT and a * d > 0
    flat = max(abs(a), abs(d)) <= _NOUGHT and b * c < 0
    across, up = (abs(a), abs(d)) if level else (abs(b), abs(c))
    scaled = _SCALES[0] <= min(across, up) <= max(across, up) <= _SCALES[1]
    return (level or flat) and scaled and min(across * wide, up * high) >= _SMALLEST


def _corners(box: tuple[float, ...], matrix: tuple[float, ...]) -> list[tuple[float, float]]:
    """Where the matrix puts them."""
    return [placed((x, y), matrix) for x in box[::2] for y in box[1::2]]


def numbers(value: Any, count: int) -> tuple[float, ...] | None:
    """As many numbers as there should be, if they are that."""
    try:
        found = tuple(float(one) for one in value)
    except (TypeError, ValueError):
        return None
    return found if len(found) == count else None


def turned(page: Any) -> int:
    """By how many quarters letters are turned to the left that stand upright when the page is shown."""
    for _ in range(_MOST_NODES):
        if "/Rotate" in page:
            said = page.Rotate
            return said // 90 % 4 if isinstance(said, int) and not said % 90 else 0
        if "/Parent" not in page:
            break
        page = page.Parent
    return 0
