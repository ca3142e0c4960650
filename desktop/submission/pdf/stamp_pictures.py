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
from typing import Any

from desktop.submission.pdf.inflate import inflated
from desktop.submission.pdf.plain_values import floats, is_whole, name_of
from desktop.submission.pdf.stamp_colours import kind_of, listed, parts_of_points

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
_TRUTHS = frozenset({"/BlackIs1", "/EndOfBlock"})
_FAXED = _TRUTHS | {"/K", "/Columns", "/Rows"}
_MOST_SAID = 0xFFFF
_HEAD_OF_FAX, _END_OF_FAX = 8 + 2 + 9 * 12 + 4, 4
_BITS, _BITS_OF_MASKS, _BITS_OF_TABLES = frozenset({1, 2, 4, 8, 16}), frozenset({1, 8}), 8
_TABLE = "/Indexed"
_INTENTS = frozenset({"/RelativeColorimetric", "/Saturation", "/Perceptual"})
_PNG, _TIFF, _PREDICTIONS = range(10, 16), 2, 4
_FRAMES, _SCAN, _END = frozenset({0xC0, 0xC1, 0xC2}), 0xDA, 0xD9
_FILL = 0xFF
_LINES = re.compile(rb"(?:[^\xff]++|\xff[\x00\xd0-\xd7])*+")
"""Of a JPEG, between its marks."""
_EVERY = 0xDD
_RESTART = re.compile(rb"\xff([\xd0-\xd7])")
_MARKS = frozenset({(0xE0, b"JFIF\0"), (0xEE, b"Adobe")})
_OTHER_FRAMES = frozenset({*range(0xC3, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SPARE = 64
"""Bytes behind the last point, or behind the end of a JPEG, that some programs leave."""


def is_picture(image: Any) -> bool:
    """Whether every program draws it, and ends. May raise where it is broken.

    Letters below a picture are read by those who leave out what they do not understand of it.
    """
    import pikepdf

    mask, soft = image.get("/Mask"), image.get("/SMask")
    if "/Matte" in image or points_of(image) > 2 * _POINTS or not _is_sound(image):
        return False
    if mask is None and soft is None:
        return True
    if _is_stencil(image) or (mask is not None and soft is not None):
        return False
    if isinstance(mask, pikepdf.Array):
        return _is_key(mask, image)
    return _is_mask(mask, image) if soft is None else _is_soft_mask(soft, image)


def _is_sound(image: Any) -> bool:
    """Whether it is there, and says of itself what every program knows; what masks it is asked elsewhere."""
    import pikepdf

    intent = image.get("/Intent")
    return (
        isinstance(image, pikepdf.Stream)
        and not set(image.keys()) - _ENTRIES
        and name_of(image.get("/Subtype")) == "/Image"
        and name_of(image.get("/Type", "/XObject")) == "/XObject"
        and is_whole(image.Width, 1, _SIDE)
        and is_whole(image.Height, 1, _SIDE)
        and all(isinstance(image.get(key, False), bool) for key in ("/ImageMask", "/Interpolate"))
        and (intent is None or name_of(intent) in _INTENTS)
        and _is_whole(image)
    )


def _is_stencil(image: Any) -> bool:
    return image.get("/ImageMask", False) is True


def _is_key(key: Any, image: Any) -> bool:
    """Whether one colour is left out, as iText does for a PNG or GIF that has one of nothing.

    What is unpacked into it by chance, as in photos, and numbers of 16 bits differ; and of a table with few
    bits MuPDF looks for another number, of several parts with few bits cairo, as where numbers mean another.
    """
    found, bits = list(key), image.BitsPerComponent
    parts = parts_of_points(image.ColorSpace)
    last = _table_last(image)
    most = (1 << bits) - 1 if last is None else last
    return (
        name_of(image.get("/Filter")) == _FLATE
        and bits <= _BITS_OF_TABLES
        and (last is None or bits == _BITS_OF_TABLES or found == [0, 0])
        and (parts == 1 or (bits == _BITS_OF_TABLES and _is_decoded_as_usual(image, parts)))
        and len(found) == 2 * parts
        and found[::2] == found[1::2]
        and all(is_whole(one, 0, most) for one in found)
    )


def _is_mask(mask: Any, image: Any) -> bool:
    """Whether it says of each point whether it is there; of one of other measures poppler takes others."""
    return (
        _is_only_a_mask(mask)
        and _is_stencil(mask)
        and "/Matte" not in mask
        and _is_sound(mask)
        and all(_is_often(mask[key], image[key]) for key in ("/Width", "/Height"))
    )


def _is_often(one: int, other: int) -> bool:
    """Whether one is so many times the other."""
    return max(one, other) % min(one, other) == 0


def _is_soft_mask(mask: Any, image: Any) -> bool:
    """Whether it says of each point how much of it is there; mixed with black already, maybe (Acrobat)."""
    matte = floats(mask.get("/Matte", ())) or []
    size = (len(matte), mask.Width, mask.Height)
    return (
        _is_only_a_mask(mask)
        and not _is_stencil(mask)
        and _is_sound(mask)
        and name_of(mask.ColorSpace) == "/DeviceGray"
        and mask.BitsPerComponent in _BITS_OF_MASKS
        and not any(matte)
        and ("/Matte" not in mask or size == (parts_of_points(image.ColorSpace), image.Width, image.Height))
    )


def _is_only_a_mask(mask: Any) -> bool:
    import pikepdf

    plain = isinstance(mask, pikepdf.Stream) and not {"/Mask", "/SMask"} & set(mask.keys())
    return plain and points_of(mask) <= _POINTS


def points_of(image: Any) -> int:
    """How many points a picture comes to that is as wide and as high as any of it and its masks.

    Firefox makes them so; one of a line across and a mask of a line up fills every memory.
    """
    import pikepdf

    masks = (image.get(key) for key in ("/Mask", "/SMask"))
    held = [one for one in (image, *masks) if isinstance(one, pikepdf.Stream)]
    return max(int(one.Width) for one in held) * max(int(one.Height) for one in held) * len(held)


def _is_whole(image: Any) -> bool:
    """Whether there are as many points as it says, each of a colour, and what it shows by these is plain."""
    stencil, wide, high = _is_stencil(image), image.Width, image.Height
    bits = image.get("/BitsPerComponent", 1 if stencil else None)
    parts = 1 if stencil else parts_of_points(image.ColorSpace)
    if not parts or not is_whole(bits, 1, 16) or bits not in _BITS:
        return False
    if (stencil and (bits != 1 or "/ColorSpace" in image)) or (
        bits > _BITS_OF_TABLES and _table_last(image) is not None
    ):
        return False
    packed, data = [name_of(one) for one in listed(image.get("/Filter"))], image.read_raw_bytes()
    if packed not in ([], [_FLATE], [_JPEG], [_FAX]) or not _is_shown_plainly(image, parts, bits):
        return False
    parameters, (packing, *_) = _parameters(image), (*packed, "")
    if packing == _JPEG:
        plain = set(parameters.keys()) <= _OF_A_JPEG and bits == 8 and _table_last(image) is None
        return plain and _is_sound_jpeg(data, (8, high, wide, parts), parameters.get("/ColorTransform"))
    if packing == _FAX:
        plain = (parts, bits) == (1, 1) and _is_sound_fax(parameters, data, wide, high)
    else:
        plain = _is_packed(packing, data, parameters, (wide, high, parts, bits))
    return plain and _are_in_table(image, bits)


def _is_packed(packing: str, data: bytes, parameters: Any, measures: tuple[int, int, int, int]) -> bool:
    """Whether there are just as many bytes, and rows predicted as everybody does."""
    wide, high, parts, bits = measures
    row = (wide * parts * bits + 7) // 8
    predicted = parameters.get("/Predictor", 1) in _PNG
    least = (row + predicted) * high
    if packing == _FLATE:
        data = inflated(data, least + _SPARE)
    return (
        _is_predicted_as_said(parameters, (parts, wide, bits), predicted=predicted)
        and (packing == _FLATE or not predicted)
        and least <= len(data) <= least + _SPARE
        and not (predicted and max(data[: least : row + 1]) > _PREDICTIONS)
    )


def _table_last(image: Any) -> int | None:
    """The last colour of its table, if its colours are in one."""
    space = image.get("/ColorSpace")
    return int(space[2]) if kind_of(space) == _TABLE else None


def _is_shown_plainly(image: Any, parts: int, bits: int) -> bool:
    """Whether numbers mean what they mean without another word, or just the other way around."""
    if "/Decode" not in image:
        return True
    if _table_last(image) is not None:
        return floats(image.Decode) == [0.0, float((1 << bits) - 1)]
    # of 16 bits Ghostscript turns nothing around
    turned = bits <= _BITS_OF_TABLES and floats(image.Decode) == [1.0, 0.0] * parts
    return turned or _is_decoded_as_usual(image, parts)


def _is_decoded_as_usual(image: Any, parts: int) -> bool:
    return "/Decode" not in image or floats(image.Decode) == [0.0, 1.0] * parts


def _are_in_table(image: Any, bits: int) -> bool:
    """Whether each point has a colour there, if its colours are in a table."""
    last = _table_last(image)
    if last is None or last >= (1 << bits) - 1:
        return True
    row = (image.Width * bits + 7) // 8
    data = bytearray(image.read_bytes()[: row * image.Height])
    if spare := row * 8 - image.Width * bits:
        # what fills up the last byte of a line is no point
        data[row - 1 :: row] = bytes(one >> spare << spare for one in data[row - 1 :: row])
    return all((one >> shift) % (1 << bits) <= last for one in set(data) for shift in range(0, 8, bits))


def _parameters(image: Any) -> Any:
    """How rows are predicted. Raises ValueError for what has several readings."""
    import pikepdf

    said, packing = image.get("/DecodeParms"), image.get("/Filter")
    found = listed(said)
    # beside a list of ways to pack Ghostscript asks for a list of these
    if len(found) > 1 or (isinstance(packing, pikepdf.Array) and isinstance(said, pikepdf.Dictionary)):
        raise ValueError(found)
    if not found or found[0] is None:
        return pikepdf.Dictionary()
    (one,) = found
    allowed = _FAXED if "/K" in one else _PACKED | _OF_A_JPEG
    plain = all(
        isinstance(value, bool) if key in _TRUTHS else is_whole(value, -1, _MOST_SAID)
        for key, value in one.items()
    )
    if not plain or set(one.keys()) - allowed:
        raise ValueError(found)
    return one


def _is_predicted_as_said(parameters: Any, measures: tuple[int, int, int], *, predicted: bool) -> bool:
    """As PNG or TIFF has it and of just this picture, or not at all."""
    usual = (1, 1, 8)
    said = tuple(
        parameters.get(key, one)
        for key, one in zip(("/Colors", "/Columns", "/BitsPerComponent"), usual, strict=True)
    )
    kind = parameters.get("/Predictor", 1)
    if predicted or (kind, measures[2]) == (_TIFF, 8):
        return said == measures
    return kind == 1 and said in {usual, measures}


def _is_sound_jpeg(data: bytes, measures: tuple[int, int, int, int], said: Any) -> bool:
    """Whether a JPEG has the measures that are said, is drawn over and over few times, and is all there."""
    if data[:2] != b"\xff\xd8":
        return False
    at, frames, marks, scans, every = 2, list[bytes](), list[bytes](), 0, 0
    while (mark := data[at + 1]) != _END:
        if mark == _FILL:
            # some telephones fill up so
            at += 1
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at] != 0xFF or size < 2 or mark in _OTHER_FRAMES:
            return False
        body = data[at + 4 : at + 2 + size]
        frames += [body] * (mark in _FRAMES)
        marks += [body] * ((mark, body[:5]) in _MARKS)
        at += 2 + size
        if mark == _EVERY:
            every = int.from_bytes(body, "big")
        if mark == _SCAN:
            scans += 1
            begin, at = at, next(_LINES.finditer(data, at)).end()
            if not _are_counted(data[begin:at], frames[-1], body, every):
                return False
    (frame,) = frames
    return (
        data[at] == 0xFF
        and len(data) - at - 2 <= _SPARE
        and scans <= _MOST_SCANS
        and struct.unpack_from(">BHHB", frame) == measures
        and _is_of_known_colours(frame, marks, said)
        and _is_drawn(data)
    )


def _are_counted(points: bytes, frame: bytes, scan: bytes, every: int) -> bool:
    """Whether the parts of a scan are numbered one after the other, and as many as there have to be.

    Of one with another number each program takes what it likes, or leaves the rest out.
    """
    found = _RESTART.findall(points)
    if not every:
        return not found
    size = struct.unpack_from(">HH", frame, 1)
    sides = {frame[at]: (frame[at + 1] & 15, frame[at + 1] >> 4) for at in range(6, len(frame), 3)}
    pieces = 1
    for way, length in enumerate(size):
        most = max(one[way] for one in sides.values())
        # a colour by itself stands in pieces of its own, several in those of the largest
        alone = scan[0] == 1
        long = -(-length * sides[scan[1]][way] // most) if alone else length
        pieces *= -(-long // (8 if alone else 8 * most))
    return found == [bytes([0xD0 + at % 8]) for at in range(-(-pieces // every) - 1)]


def _is_of_known_colours(frame: bytes, marks: list[bytes], said: Any) -> bool:
    """Whether all that tells how its parts are mixed says the same: programs ask one or the other."""
    adobe = [one[11] for one in marks if one[:5] == b"Adobe"]
    parts, named = frame[5], bytes(frame[6::3])
    mixed = adobe[0] if adobe else int(parts == 3)
    return (
        len(adobe) <= 1
        and len(marks) - len(adobe) <= 1
        and (len(marks) < 2 or mixed == 1)
        and (said is None or is_whole(said, int(mixed > 0), int(mixed > 0)))
        and {1: mixed in {0, 1}, 3: mixed in {0, 1}, 4: bool(adobe)}[parts]
        and named in {bytes(range(1, parts + 1)), bytes(range(parts)), b"CMYK", b"" if mixed else b"RGB"}
    )


def _is_sound_fax(parameters: Any, data: bytes, wide: int, high: int) -> bool:
    """Black and white as in fax machines of group 4, as iText packs what machines read, and scans."""
    measures = tuple(parameters.get(key, usual) for key, usual in (("/Columns", 1728), ("/Rows", high)))
    if parameters.get("/K", 0) != -1 or measures != (wide, high) or not data:
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
