"""Whether a picture within a document has one reading: as many points as it says, in plain colours.

Programs that draw it go by what the document says of a picture, by what the picture says of itself, or
by how much there is of it. Only pictures where all of it agrees are drawn alike everywhere.
"""

from __future__ import annotations

import io
import struct
from typing import Any

from desktop.submission.pdf.codes import are_sound
from desktop.submission.pdf.colour import is_plain_space, own_colours
from desktop.submission.pdf.inflate import inflated
from desktop.submission.pdf.packed import from_ascii85

_ENTRIES = frozenset(
    f"/{name}"
    for name in (
        "BitsPerComponent",
        "ColorSpace",
        "Decode",
        "DecodeParms",
        "Filter",
        "Height",
        "Interpolate",
        "Length",
        "Metadata",
        "Name",
        "SMask",
        "StructParent",
        "Subtype",
        "Type",
        "Width",
    )
)
_PACKED = frozenset({"/Predictor", "/Colors", "/Columns", "/BitsPerComponent"})
_LARGEST = 50_000_000
"""Bytes of a picture; an A3 page at 300 dots an inch in colour is less."""
_FLATE, _ASCII, _JPEG = "/FlateDecode", "/ASCII85Decode", "/DCTDecode"
_PNG = range(10, 16)
_PREDICTIONS = 4
_SCAN, _END, _FRAME = 0xDA, 0xD9, 0xC0
_TABLES = {0xDB, 0xC4, 0xDD, 0xFE, *range(0xE0, 0xF0)}
"""What may stand in the head of a JPEG: tables, remarks, and what programs keep for themselves."""
_MARKS = bytes(range(0xD0, 0xD8))
"""Between parts of a picture that says that it has parts, in their order."""
_OTHERS = (b"\x55" * 64, b"\x9a" * 64)
"""Two endings that a picture without an end of its own would show."""


def odd_picture(image: Any) -> str:
    """What makes a picture doubtful, as ISO 32000-1 calls it; empty when nothing does."""
    import pikepdf

    try:
        sound = _is_plain(image)
    except (
        pikepdf.PdfError,
        struct.error,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
    ):
        sound = False
    return "" if sound else "/Image"


def _is_plain(image: Any) -> bool:
    width, height, bits = int(image.Width), int(image.Height), int(image.get("/BitsPerComponent", 0))
    space = image.get("/ColorSpace")
    if set(image.keys()) - _ENTRIES or min(width, height) < 1 or bits not in {1, 2, 4, 8}:
        return False
    colours = own_colours(space)
    if not is_plain_space(space) or (bits != 8 and colours != 1):
        return False
    row = (width * colours * bits + 7) // 8
    if (
        row * height > _LARGEST
        or not _is_masked_plainly(image)
        or not _is_shown_as_said(image, space, colours)
    ):
        return False
    name, data = _unwrapped(image)
    if name == _JPEG:
        return bits == 8 and not _is_table(space) and _is_sound_jpeg(data, width, height, colours)
    parameters = _parameters(image)
    predicted = int(parameters.get("/Predictor", 1)) in _PNG
    if not _is_packed_as_said(parameters, width, colours, bits):
        return False
    size = (row + predicted) * height
    if name == _FLATE:
        data = inflated(data, size)
    elif predicted:
        return False
    if len(data) != size or (predicted and max(data[:: row + 1]) > _PREDICTIONS):
        return False
    return not _is_table(space) or _is_within(image.read_bytes(), bits, int(space[2]))


def _is_masked_plainly(image: Any) -> bool:
    """Without a mask, or with one in shades of grey as plain as the picture."""
    mask = image.get("/SMask")
    return mask is None or (
        mask.get("/Subtype") == "/Image" and mask.get("/ColorSpace") == "/DeviceGray" and "/SMask" not in mask
    )


def _is_shown_as_said(image: Any, space: Any, colours: int) -> bool:
    """Whether the numbers mean what they mean without another word."""
    decode = image.get("/Decode")
    if decode is None:
        return True
    return not _is_table(space) and [float(one) for one in decode] == [0.0, 1.0] * colours


def _is_table(space: Any) -> bool:
    import pikepdf

    return isinstance(space, pikepdf.Array) and space[0] == "/Indexed"


def _unwrapped(image: Any) -> tuple[str, bytes]:
    """How it is packed, and the packed bytes. Raises ValueError for what has several readings."""
    import pikepdf

    packing = image.get("/Filter")
    names = (
        []
        if packing is None
        else [str(one) for one in packing]
        if isinstance(packing, pikepdf.Array)
        else [str(packing)]
    )
    data: bytes = image.read_raw_bytes()
    if names[:1] == [_ASCII]:
        names = names[1:]
        data = from_ascii85(data)
    if names not in ([], [_FLATE], [_JPEG]) or (len(names) and "/DecodeParms" in image and names == [_JPEG]):
        raise ValueError(names)
    return (names or [""])[0], data


def _parameters(image: Any) -> Any:
    import pikepdf

    found = image.get("/DecodeParms", pikepdf.Dictionary())
    packing = image.get("/Filter")
    if isinstance(found, pikepdf.Array) != isinstance(packing, pikepdf.Array) and "/DecodeParms" in image:
        # beside a list of ways some programs do not heed the parameters of one
        raise ValueError(found)
    if isinstance(found, pikepdf.Array):
        # one for each way it is packed, of which only the last may have any
        *before, last = found.as_list()
        if len(before) != len(packing) - 1 or any(isinstance(one, pikepdf.Dictionary) for one in before):
            raise ValueError(found)
        found = last if isinstance(last, pikepdf.Dictionary) else pikepdf.Dictionary()
    return found


def _is_packed_as_said(parameters: Any, width: int, colours: int, bits: int) -> bool:
    """Rows predicted as PNG has it, of just this picture; or not at all."""
    if set(parameters.keys()) - _PACKED:
        return False
    prediction = int(parameters.get("/Predictor", 1))
    said = tuple(
        int(parameters.get(key, usual))
        for key, usual in (("/Colors", 1), ("/Columns", 1), ("/BitsPerComponent", 8))
    )
    return prediction == 1 or (prediction in _PNG and said == (colours, width, bits))


def _is_within(data: bytes, bits: int, last: int) -> bool:
    """Whether every point has a colour in the table."""
    if last >= (1 << bits) - 1:
        return last == (1 << bits) - 1 or bits == 8
    mask = (1 << bits) - 1
    return all((one >> shift) & mask <= last for one in set(data) for shift in range(0, 8, bits))


def _is_sound_jpeg(data: bytes, width: int, height: int, colours: int) -> bool:
    """One whole picture of these measures whose colours are told apart in the one usual way."""
    head = _head(data)
    if head is None:
        return False
    frame, adobe, jfif, scan = head
    bits, rows, columns, count = struct.unpack_from(">BHHB", frame)
    parts = [tuple(frame[6 + 3 * at : 8 + 3 * at]) for at in range(count)]
    if (bits, rows, columns, count) != (8, height, width, colours) or len(frame) != 6 + 3 * count:
        return False
    usual = [number for number, _ in parts] == [1, 2, 3][:count] and all(one == 0x11 for _, one in parts[1:])
    if not usual or parts[0][1] not in ({0x11} if count == 1 else {0x11, 0x12, 0x21, 0x22}):
        return False
    if count == 3 and not (jfif if adobe is None else adobe == 1):
        return False
    return count in {1, 3} and _is_whole(data, scan) and are_sound(data)


def _head(data: bytes) -> tuple[bytes, int | None, bool, int] | None:
    """The frame, Adobe's word about colours, whether it says JFIF, and where the one scan begins."""
    frame, jfif, at = b"", False, 2
    adobe: int | None = None
    if data[:2] != b"\xff\xd8":
        return None
    while True:
        mark, kind, size = struct.unpack_from(">BBH", data, at)
        body = data[at + 4 : at + 2 + size]
        if mark != 0xFF or size < 2 or len(body) != size - 2:
            return None
        if kind == _FRAME and not frame:
            frame = body
        elif kind == _SCAN and frame:
            whole = body[0] == frame[5] and body[-3:] == b"\0\x3f\0" and len(body) == 4 + 2 * body[0]
            return (frame, adobe, jfif, at + 2 + size) if whole else None
        elif kind not in _TABLES or (kind == 0xDB and any(body[one] > 15 for one in range(0, len(body), 65))):
            return None
        elif kind == 0xEE and body[:5] == b"Adobe":
            adobe = body[11]
        elif kind == 0xE0 and body[:5] == b"JFIF\0":
            jfif = True
        at += 2 + size


def _is_whole(data: bytes, scan: int) -> bool:
    """Whether there is all of it and nothing behind: other data behind its last point change nothing."""
    end = data.find(b"\xff", scan)
    marks = _MARKS if b"\xff\xdd" in data[:scan] else b""
    count = 0
    while end != -1 and (kind := data[end + 1 : end + 2]) != b"\xd9":
        if kind and kind in marks and kind[0] == 0xD0 + count % 8:
            count += 1
        elif kind != b"\0":
            # a mark out of place ends the picture for some programs
            return False
        end = data.find(b"\xff", end + 2)
    if end == -1 or data[end:].rstrip(b"\r\n") != b"\xff\xd9":
        return False
    first, *others = (_points(data[:end] + more + b"\xff\xd9") for more in (b"", *_OTHERS))
    return all(one == first for one in others)


def _points(data: bytes) -> bytes:
    """An eighth of it each way, for which all of it has to be read."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        picture.draft(None, (1, 1))
        return picture.tobytes()
