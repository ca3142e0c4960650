"""Pictures that a stamp draws: all of each is there, in the measures that it says.

What one program cannot unpack ends the page for another, with everything that others have signed on it. So
pictures are packed once, in one of the three ways of services, and what is unpacked is just as much as is
said. What is packed as letters poppler hands to printers as it is, and a line of it may end the picture there
and begin a program.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import Any

from desktop.submission.pdf.stamp_colours import are_numbers, listed, parts_of

_POINTS, _SIDE = 16_000_000, 32_767
"""Of a picture: in all, and across or down."""
_MOST_SCANS = 100
_ENTRIES = frozenset(
    f"/{name}"
    for name in (
        *("Type", "Subtype", "Name", "Width", "Height", "BitsPerComponent", "ColorSpace", "Filter"),
        *("DecodeParms", "Decode", "Interpolate", "ImageMask", "Mask", "SMask", "Intent", "Length"),
        *("Metadata", "StructParent", "Matte"),
    )
)
_FLATE, _JPEG, _FAX = "/FlateDecode", "/DCTDecode", "/CCITTFaxDecode"
_PACKED = frozenset({"/Predictor", "/Colors", "/Columns", "/BitsPerComponent", "/EarlyChange"})
_OF_A_JPEG = frozenset({"/ColorTransform"})
_FAXED = frozenset({"/K", "/Columns", "/Rows", "/BlackIs1", "/EndOfBlock"})
_HEAD_OF_FAX, _END_OF_FAX = 8 + 2 + 9 * 12 + 4, 4
_BITS = frozenset({1, 2, 4, 8, 16})
_PNG, _TIFF, _PREDICTIONS = range(10, 16), 2, 4
_FRAMES, _SCAN, _END = frozenset({0xC0, 0xC1, 0xC2}), 0xDA, 0xD9
_FILL = 0xFF
_LINES = re.compile(rb"(?:[^\xff]++|\xff[\x00\xd0-\xd7])*+")
"""Of a JPEG, between its marks."""
_OTHER_FRAMES = frozenset({*range(0xC3, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SPARE = 64
"""Bytes behind the last point, or behind the end of a JPEG, that some programs leave."""


def is_picture(image: Any, *, masked: bool = True) -> bool:
    """Whether every program draws it, and ends. May raise where it is broken."""
    import pikepdf

    wide, high = int(image.Width), int(image.Height)
    if set(image.keys()) - _ENTRIES or not (0 < wide <= _SIDE and 0 < high <= _SIDE):
        return False
    mask, soft = image.get("/Mask"), image.get("/SMask")
    if isinstance(mask, pikepdf.Array):
        plain = are_numbers(mask, most=8)
    else:
        plain = mask is None or (masked and is_picture(mask, masked=False))
    return (
        plain
        and points_of(image) <= (2 * _POINTS if masked else _POINTS)
        and (soft is None or (masked and is_picture(soft, masked=False)))
        and are_numbers([*image.get("/Decode", ()), *image.get("/Matte", ())])
        and _is_whole(image, wide, high)
    )


def points_of(image: Any) -> int:
    """How many points a picture comes to that is as wide and as high as any of it and its masks.

    Firefox makes them so; one of a line across and a mask of a line up fills every memory.
    """
    import pikepdf

    masks = (image.get(key) for key in ("/Mask", "/SMask"))
    held = [one for one in (image, *masks) if isinstance(one, pikepdf.Stream)]
    return max(int(one.Width) for one in held) * max(int(one.Height) for one in held) * len(held)


def _is_whole(image: Any, wide: int, high: int) -> bool:
    stencil = bool(image.get("/ImageMask", False))
    bits = int(image.get("/BitsPerComponent", 1 if stencil else 8))
    parts = 1 if stencil else parts_of(image.ColorSpace)
    if not parts or bits not in _BITS or (stencil and (bits != 1 or "/ColorSpace" in image)):
        return False
    (packing,) = [str(one) for one in listed(image.get("/Filter"))] or [""]
    data: bytes = image.read_raw_bytes()
    parameters = _parameters(image)
    if packing == _JPEG:
        return set(parameters.keys()) <= _OF_A_JPEG and bits == 8 and _is_sound_jpeg(data, wide, high, parts)
    if packing == _FAX:
        return (parts, bits) == (1, 1) and _is_sound_fax(parameters, data, wide, high)
    row = (wide * parts * bits + 7) // 8
    predicted = int(parameters.get("/Predictor", 1)) in _PNG
    least = (row + predicted) * high
    if packing == _FLATE:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(data, least + _SPARE + 1)
        if not unpacking.eof or unpacking.unused_data.strip():
            return False
    return (
        packing in {"", _FLATE}
        and _is_predicted_as_said(parameters, (parts, wide, bits), predicted=predicted)
        and least <= len(data) <= least + _SPARE
        and not (predicted and max(data[: least : row + 1]) > _PREDICTIONS)
    )


def _parameters(image: Any) -> Any:
    """How rows are predicted. Raises ValueError for what has several readings."""
    import pikepdf

    found = [one for one in listed(image.get("/DecodeParms")) if one is not None]
    allowed = _FAXED if "/K" in (found or [{}])[0] else _PACKED | _OF_A_JPEG
    if len(found) > 1 or any(set(one.keys()) - allowed for one in found):
        raise ValueError(found)
    return found[0] if found else pikepdf.Dictionary()


def _is_predicted_as_said(parameters: Any, measures: tuple[int, int, int], *, predicted: bool) -> bool:
    """As PNG or TIFF has it and of just this picture, or not at all."""
    usual = (1, 1, 8)
    said = tuple(
        int(parameters.get(key, one))
        for key, one in zip(("/Colors", "/Columns", "/BitsPerComponent"), usual, strict=True)
    )
    kind = int(parameters.get("/Predictor", 1))
    if predicted or (kind, measures[2]) == (_TIFF, 8):
        return said == measures
    return kind == 1 and said in {usual, measures}


def _is_sound_jpeg(data: bytes, wide: int, high: int, parts: int) -> bool:
    """Whether a JPEG has the measures that are said, is drawn over and over few times, and is all there."""
    if data[:2] != b"\xff\xd8":
        return False
    at, frames, scans = 2, list[bytes](), 0
    while (mark := data[at + 1]) != _END:
        if mark == _FILL:
            # some telephones fill up so
            at += 1
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at] != 0xFF or size < 2 or mark in _OTHER_FRAMES:
            return False
        if mark in _FRAMES:
            frames.append(data[at + 4 : at + 2 + size])
        at += 2 + size
        if mark == _SCAN:
            scans += 1
            at = next(_LINES.finditer(data, at)).end()
    (frame,) = frames
    return (
        data[at] == 0xFF
        and len(data) - at - 2 <= _SPARE
        and scans <= _MOST_SCANS
        and struct.unpack_from(">BHHB", frame) == (8, high, wide, parts)
        and _is_drawn(data)
    )


def _is_sound_fax(parameters: Any, data: bytes, wide: int, high: int) -> bool:
    """Black and white as in fax machines of group 4, as iText packs what machines read, and scans."""
    measures = tuple(int(parameters.get(key, usual)) for key, usual in (("/Columns", 1728), ("/Rows", high)))
    plain = all(isinstance(parameters.get(key, False), bool) for key in ("/BlackIs1", "/EndOfBlock"))
    if int(parameters.get("/K", 0)) != -1 or measures != (wide, high) or not plain or not data:
        return False
    again = _as_fax(data, wide, high)
    least = len(again) - _END_OF_FAX
    # what is no such code is read by each program in its own way; behind the last point stands what ends it
    return again[:least] == data[:least] and abs(len(data) - len(again)) <= 2 * _END_OF_FAX


def _as_fax(data: bytes, wide: int, high: int) -> bytes:
    """What it shows, packed again as everybody does. Empty where nothing can be shown."""
    from PIL import Image

    entries = [(256, 4, wide), (257, 4, high), (258, 3, 1), (259, 3, 4), (262, 3, 1), (273, 4, _HEAD_OF_FAX)]
    entries += [(277, 3, 1), (278, 4, high), (279, 4, len(data))]
    rows = b"".join(struct.pack("<HHII", key, kind, 1, value) for key, kind, value in entries)
    head, target = struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + rows + bytes(4), io.BytesIO()
    try:
        with Image.open(io.BytesIO(head + data), formats=("TIFF",)) as picture:
            picture.save(target, "TIFF", compression="group4", tiffinfo={278: high})
        with Image.open(target, formats=("TIFF",)) as made:
            tags: Any = getattr(made, "tag_v2", {})
            (at,), (size,) = tags[273], tags[279]
    except (OSError, SyntaxError, ValueError, KeyError):
        return b""
    return target.getvalue()[at : at + size]


def _is_drawn(data: bytes) -> bool:
    """Whether an eighth of it each way can be drawn, for which all of it has to be read."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            picture.draft(None, (1, 1))
            picture.load()
    except (OSError, UnidentifiedImageError, SyntaxError):
        return False
    return True
