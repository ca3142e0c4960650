"""Photos as they are printed: scaled to what paper shows, so that a book fits a mail."""

from __future__ import annotations

import io

from reportlab.platypus import Flowable, Image

DOTS = 150
"""Pixels an inch at most: what a photo on office paper can show."""
_QUALITY = 82


def photo(data: bytes, room: float, height: float) -> Flowable:
    """A picture within ``room`` by ``height`` points, as baseline JPEG in RGB (or grey)."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    with Pictures.open(io.BytesIO(data)) as opened:
        opened.draft("RGB", _pixels(room, height))
        turned = ImageOps.exif_transpose(opened)
        share = min(room / turned.width, height / turned.height)
        width, tall = turned.width * share, turned.height * share
        small = turned.convert("L" if turned.mode in {"1", "L"} else "RGB")
        small.thumbnail(_pixels(width, tall))
        target = io.BytesIO()
        small.save(target, "JPEG", quality=_QUALITY, optimize=True)
    target.seek(0)
    return Image(target, width, tall, lazy=0, hAlign="LEFT")


def _pixels(width: float, height: float) -> tuple[int, int]:
    return max(1, round(width * DOTS / 72)), max(1, round(height * DOTS / 72))
