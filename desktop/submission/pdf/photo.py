"""Whether a photo is a JPEG exactly as our books write it, within the numbers that a picture can have.

Programs unpack a JPEG in numbers of 16 or 32 bits, and cut off or wrap around what lies beyond black and
white. A picture that was packed from points holds nothing of the kind; one that was not can be two pictures.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from functools import cache
from typing import Any

from desktop.submission.pdf.packed import from_ascii85

_PHOTO, _EMBLEM = 82, 92
"""Qualities in which books pack photos, and what has to be finer."""
_BEGINNING = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_TABLE, _FRAME, _CODES, _SCAN, _REMARK = 0xDB, 0xC0, 0xC4, 0xDA, 0xFE
_WAVES = 930
"""As much as any wave within a block can have of points from 0 to 255; their mean has up to 1,024."""
_WEAKER = {_PHOTO: (4, 64), _EMBLEM: (2, 115)}
"""By how much tables are made smaller, so that nothing runs over, and how far off the middle points may be.

Noise, letters and checks of black and white come to 54 and 98; what lies beyond black and white by the whole
range of a picture would come to more."""
_MIDDLE = 128
_LARGEST = 4_000_000
"""Points of a photo; a whole sheet of paper has fewer."""
_ASCII = "/ASCII85Decode"


def is_photo(image: Any) -> bool:
    """Whether a picture is a JPEG as our books hold photos: tables, points, remarks, and no word on colours.

    For one that :func:`~desktop.submission.pdf.picture.odd_picture` finds nothing odd about.
    """
    data = _packed(image)
    if not data.startswith(_BEGINNING) or int(image.Width) * int(image.Height) > _LARGEST:
        return False
    found = list(_segments(data))
    quality = _quality(found)
    colours = 1 if image.ColorSpace == "/DeviceGray" else 3
    if not quality or [kind for kind, _ in found if kind != _REMARK] != _order(colours):
        return False
    *_, (_, scan) = found
    frame = next(body for kind, body in found if kind == _FRAME)
    parts = b"\x01\x11\x00" if colours == 1 else b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    pairs = b"\x01\x00" if colours == 1 else b"\x01\x00\x02\x11\x03\x11"
    return (
        frame[6:] == parts
        and scan == bytes([colours]) + pairs + b"\x00\x3f\x00"
        and _have_sizes([body for kind, body in found if kind == _CODES], quality)
        and _is_within(data, quality)
    )


def is_fine(image: Any) -> bool:
    """Whether it is as finely packed as emblems are."""
    return _quality(list(_segments(_packed(image)))) == _EMBLEM


def _packed(image: Any) -> bytes:
    data: bytes = image.read_raw_bytes()
    if image.get("/Filter") != "/DCTDecode" and image.Filter[0] == _ASCII:
        data = from_ascii85(data)
    return data


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment of the head, up to that before the points."""
    at, kind = len(_BEGINNING), 0
    while kind != _SCAN:
        if len(data) < at + 4:
            raise ValueError(at)
        _, kind, size = struct.unpack_from(">BBH", data, at)
        yield kind, data[at + 4 : at + 2 + size]
        at += 2 + size


def _order(colours: int) -> list[int]:
    """What PIL writes, one after the other."""
    kinds = 1 if colours == 1 else 2
    return [_TABLE] * kinds + [_FRAME] + [_CODES] * (2 * kinds) + [_SCAN]


def _quality(found: list[tuple[int, bytes]]) -> int:
    """Which of our qualities a picture's tables are those of; 0 when of none."""
    tables = [body for kind, body in found if kind == _TABLE]
    return next((one for one in _WEAKER if tables in (_tables(one), _tables(one)[:1])), 0)


@cache
def _tables(quality: int) -> list[bytes]:
    """Brightness and colours."""
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (1, 1)).save(target, "JPEG", quality=quality)
    return [body for kind, body in _segments(target.getvalue()) if kind == _TABLE]


def _have_sizes(codes: list[bytes], quality: int) -> bool:
    """Whether the codes are for numbers no larger than those of points; PIL counts which ones there are."""
    brightness = _tables(quality)[0][1:]
    mean, wave = (2 * 1024 // brightness[0]).bit_length(), (_WAVES // min(brightness[1:])).bit_length()
    for place, body in enumerate(codes):
        signs = body[17:]
        if body[0] != (place % 2) << 4 | place // 2 or len(signs) != sum(body[1:17]):
            return False
        if any(one & 15 > wave for one in signs) if place % 2 else any(one > mean for one in signs):
            return False
    return True


def _is_within(data: bytes, quality: int) -> bool:
    """Whether no point lies far beyond black and white, seen by tables that make little of it."""
    from PIL import Image

    weaker, most = _WEAKER[quality]
    shown = bytearray(data)
    at = len(_BEGINNING)
    for kind, body in _segments(data):
        if kind == _TABLE:
            shown[at + 5 : at + 4 + len(body)] = bytes(max(1, round(one / weaker)) for one in body[1:])
        at += 4 + len(body)
    with Image.open(io.BytesIO(bytes(shown)), formats=("JPEG",)) as picture:
        if picture.mode == "RGB":
            # as they are packed: brightness and colours
            picture.draft("YCbCr", None)
        found = picture.getextrema()
    ranges = found if isinstance(found[0], tuple) else (found,)
    return all(_MIDDLE - most <= low <= high <= _MIDDLE + most for low, high in ranges)
