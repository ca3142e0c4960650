"""Photos as books hold them: turned upright and scaled to what paper shows, so that a book fits a mail."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DOTS = 150
"""Pixels an inch at most: what a photo on office paper can show."""
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Scaled:
    """A baseline JPEG in RGB or grey, and how large it stands on paper, in points."""

    jpeg: bytes
    width: float
    height: float


def scaled(read: Callable[[], bytes], room: float, height: float) -> Scaled | None:
    """A picture (JPEG or PNG) within ``room`` by ``height`` points.

    None for what is not at hand, or is no picture that can be read.
    """
    from desktop.base import RancangError

    try:
        return _scaled(read(), room, height)
    except (RancangError, OSError, ValueError, SyntaxError, EOFError):
        return None


def _scaled(data: bytes, room: float, height: float) -> Scaled:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as opened:
        opened.draft("RGB", _pixels(room, height))
        turned = ImageOps.exif_transpose(opened)
        share = min(room / turned.width, height / turned.height)
        width, tall = turned.width * share, turned.height * share
        small = _plain(turned)
        small.thumbnail(_pixels(width, tall))
        target = io.BytesIO()
        small.save(target, "JPEG", quality=_QUALITY, optimize=True, comment=b"")
    return Scaled(target.getvalue(), width, tall)


def _plain(picture: Picture) -> Picture:
    """In grey or colours alone; what can be seen through lies on white."""
    from PIL import Image

    if picture.mode in {"1", "L"}:
        return picture.convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("RGB")
    return picture.convert("RGB")


def _pixels(width: float, height: float) -> tuple[int, int]:
    return max(1, round(width * DOTS / 72)), max(1, round(height * DOTS / 72))
