"""Photos as books hold them: turned upright and scaled to what paper shows, so that a book fits a mail."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DOTS = 150
"""Pixels an inch at most: what a photo on office paper can show."""
_QUALITY = 82
_NEAR = 1.15
"""Up to so many times the pixels a picture is left as it is: scaling is the larger part of the work."""
_ORIENTATION = 0x0112
MOST_PIXELS = {"JPEG": 130_000_000, "PNG": 70_000_000}
"""What is opened at most: a small file may claim to be a wall. JPEG is read at a fraction of its size."""

LONGEST = 30_000
"""Pixels of a side; a scanned map has so many. One line of pixels may be a whole picture's memory."""
MOST_SCANS = 100
"""Of a JPEG: each is as much work as the picture, and costs 182 bytes. Cameras write a dozen."""
_MARK = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
"""What begins a part; other signs after such a byte belong to the picture's own numbers."""
_SCAN, _END, _ALONE = b"\xda", b"\xd9", frozenset({b"\x01", b"\xd8"})
_MOST_PARTS = 20_000


def costly(picture: Picture, data: bytes) -> bool:
    """Whether a picture, its pixels not read yet, is larger or more work than any photo."""
    jpeg = picture.format in {"JPEG", "MPO"}
    if picture.width * picture.height > MOST_PIXELS["JPEG" if jpeg else "PNG"]:
        return True
    return max(picture.size) > LONGEST or (jpeg and scans_of(data) > MOST_SCANS)


def scans_of(data: bytes) -> int:
    """Scans of a JPEG, as its readers come upon them: none in remarks, previews, or a film behind its end.

    One more than any may have, where it has more parts than any has.
    """
    scans, at = 0, 2
    for _ in range(_MOST_PARTS):
        mark = _MARK.search(data, at)
        if mark is None or mark[1] == _END or scans > MOST_SCANS:
            return scans
        at = mark.end()
        if mark[1] not in _ALONE:
            # how long the part is; two of its bytes say it
            at += max(2, int.from_bytes(data[at : at + 2], "big"))
        scans += mark[1] == _SCAN
    return MOST_SCANS + 1


@dataclass(frozen=True, slots=True)
class Scaled:
    """A baseline JPEG in RGB or grey, and how large it stands on paper, in points."""

    jpeg: bytes
    width: float
    height: float


def scaled(
    read: Callable[[], bytes], room: float, height: float, *, dots: int = DOTS, quality: int = _QUALITY
) -> Scaled | None:
    """A picture (JPEG or PNG) within ``room`` by ``height`` points.

    None for what is not at hand, or is no picture that can be read, or one that is far too large.
    """
    from PIL import Image

    from desktop.base import RancangError

    huge = Image.DecompressionBombError, Image.DecompressionBombWarning
    try:
        return _scaled(read(), room, height, dots, quality)
    except (*huge, RancangError, OSError, ValueError, SyntaxError, EOFError, LookupError):
        return None


def _scaled(data: bytes, room: float, height: float, dots: int, quality: int) -> Scaled:
    from PIL import Image, ImageOps

    # by its bytes and nothing else: among the readers of other kinds is one that runs a program on the file
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
        if costly(opened, data):
            raise Image.DecompressionBombError
        opened.draft("RGB", _pixels(room, height, dots))
        turned = ImageOps.exif_transpose(opened) if opened.getexif().get(_ORIENTATION, 1) != 1 else opened
        share = min(room / turned.width, height / turned.height)
        width, tall = turned.width * share, turned.height * share
        small, wanted = _plain(turned), _pixels(width, tall, dots)
        if small.width > wanted[0] * _NEAR:
            small = small.resize(wanted, Image.Resampling.HAMMING, reducing_gap=2.0)
        target = io.BytesIO()
        small.save(target, "JPEG", quality=quality, optimize=True, comment=b"")
    return Scaled(target.getvalue(), width, tall)


def _plain(picture: Picture) -> Picture:
    """In grey or colours alone; what can be seen through lies on white."""
    from PIL import Image

    if picture.mode in {"RGB", "L"} and "transparency" not in picture.info:
        return picture
    if picture.mode in {"1", "L"}:
        return picture.convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("RGB")
    return picture.convert("RGB")


def _pixels(width: float, height: float, dots: int) -> tuple[int, int]:
    return max(1, round(width * dots / 72)), max(1, round(height * dots / 72))
