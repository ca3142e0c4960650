"""Photos as they are printed: scaled to what paper shows, so that a book fits a mail."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, Image

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DOTS = 150
"""Pixels an inch at most: what a photo on office paper can show."""
_QUALITY = 82


def photo(read: Callable[[], bytes], room: float, height: float) -> Flowable | None:
    """A picture within ``room`` by ``height`` points, as baseline JPEG in RGB or grey.

    None for what is not at hand, or is no picture that can be read.
    """
    from desktop.base import RancangError

    try:
        return _scaled(read(), room, height)
    except (RancangError, OSError, ValueError, SyntaxError, EOFError):
        return None


def _scaled(data: bytes, room: float, height: float) -> Flowable:
    from PIL import Image as Pictures
    from PIL import ImageOps

    with Pictures.open(io.BytesIO(data)) as opened:
        opened.draft("RGB", _pixels(room, height))
        turned = ImageOps.exif_transpose(opened)
        share = min(room / turned.width, height / turned.height)
        width, tall = turned.width * share, turned.height * share
        small = _plain(turned)
        small.thumbnail(_pixels(width, tall))
        target = io.BytesIO()
        small.save(target, "JPEG", quality=_QUALITY, optimize=True)
    target.seek(0)
    return Image(target, width, tall, lazy=0, hAlign="LEFT")


def _plain(picture: Picture) -> Picture:
    """In grey or colours alone; what can be seen through lies on white."""
    from PIL import Image as Pictures

    if picture.mode in {"1", "L"}:
        return picture.convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Pictures.new("RGBA", seen.size, "white")
        return Pictures.alpha_composite(ground, seen).convert("RGB")
    return picture.convert("RGB")


def _pixels(width: float, height: float) -> tuple[int, int]:
    return max(1, round(width * DOTS / 72)), max(1, round(height * DOTS / 72))
