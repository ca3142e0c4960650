"""Pictures that have one reading, and pictures that have two."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from desktop.submission.pdf.colour import is_like_srgb
from desktop.submission.pdf.packed import from_ascii85
from desktop.submission.pdf.photo import is_photo
from desktop.submission.pdf.picture import odd_picture

WIDE, HIGH = 40, 24


@pytest.fixture(scope="module")
def document() -> pikepdf.Pdf:
    return pikepdf.new()


def noise(mode: str = "RGB") -> Image.Image:
    data = bytes((7 * at * at + at) % 251 for at in range(WIDE * HIGH * 3))
    return Image.frombytes("RGB", (WIDE, HIGH), data).convert(mode)


def jpeg(mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    noise(mode).save(out, "JPEG", **options)
    return out.getvalue()


def picture(document: pikepdf.Pdf, data: bytes, **values: Any) -> Any:
    about = {
        "Subtype": Name.Image,
        "Width": WIDE,
        "Height": HIGH,
        "BitsPerComponent": 8,
        "ColorSpace": Name.DeviceRGB,
        **values,
    }
    made = document.make_stream(b"", **{key: value for key, value in about.items() if value is not None})
    made.write(
        data,
        filter=about.get("Filter", Name.FlateDecode),
        decode_parms=about.get("DecodeParms"),
    )
    for key in about.keys() & {"Filter", "DecodeParms"}:
        # pikepdf writes a list of one, or none
        made[f"/{key}"] = about[key]
    return made


def profile(document: pikepdf.Pdf, data: bytes, count: int = 3) -> Array:
    return Array([Name.ICCBased, document.make_stream(data, N=count)])


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
POINTS, GREY = noise().tobytes(), noise("L").tobytes()
PACKED = zlib.compress(POINTS)
PHOTO, GREY_PHOTO = jpeg(), jpeg("L")
FRAME = PHOTO.index(b"\xff\xc0")
ROWS = b"".join(bytes([at % 5]) + POINTS[3 * WIDE * at : 3 * WIDE * (at + 1)] for at in range(HIGH))
PREDICTED = Dictionary(Predictor=15, Colors=3, Columns=WIDE, BitsPerComponent=8)
JPEG = {"Filter": Name.DCTDecode}


def table(last: int, size: int) -> Array:
    return Array([Name.Indexed, Name.DeviceRGB, last, String(bytes(size))])


def put(data: bytes, place: int, value: bytes) -> bytes:
    return data[:place] + value + data[place + len(value) :]


def adobe(kind: int) -> bytes:
    mark = b"\xff\xee" + struct.pack(">H5sHHHB", 14, b"Adobe", 100, 0, 0, kind)
    return PHOTO[:2] + mark + PHOTO[2:]


def cut(data: bytes) -> bytes:
    """Half of what it draws, properly ended."""
    return data[: FRAME + (len(data) - FRAME) * 3 // 4] + b"\xff\xd9"


PLAIN: dict[str, tuple[bytes, dict[str, Any]]] = {
    "colours": (PACKED, {}),
    "rows predicted": (zlib.compress(ROWS), {"DecodeParms": PREDICTED}),
    "grey": (zlib.compress(GREY), {"ColorSpace": Name.DeviceGray, "Decode": Array([0, 1])}),
    "two tones": (zlib.compress(bytes(5 * HIGH)), {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 1}),
    "photo": (PHOTO, JPEG),
    "photo of Adobe": (adobe(1), JPEG),
    "sharp photo": (jpeg(subsampling=0), JPEG),
    "grey photo": (GREY_PHOTO, {**JPEG, "ColorSpace": Name.DeviceGray}),
    "a table": (zlib.compress(bytes([3]) * WIDE * HIGH), {"ColorSpace": table(3, 12)}),
}
ODD: dict[str, tuple[bytes, dict[str, Any]]] = {
    "too little": (zlib.compress(POINTS[:-1]), {}),
    "too much": (zlib.compress(POINTS + b"\0"), {}),
    "more behind it": (PACKED + PACKED, {}),
    "without a measure": (zlib.compress(POINTS), {"Width": 0}),
    "turned colours": (PACKED, {"Decode": Array([1, 0, 1, 0, 1, 0])}),
    "two numbers for three colours": (PACKED, {"Decode": Array([0, 1])}),
    "four colours": (zlib.compress(bytes(4 * WIDE * HIGH)), {"ColorSpace": Name.DeviceCMYK}),
    "16 bits": (zlib.compress(POINTS * 2), {"BitsPerComponent": 16}),
    "a stencil": (zlib.compress(bytes(5 * HIGH)), {"ImageMask": True, "BitsPerComponent": 1}),
    "rows of another width": (
        zlib.compress(ROWS),
        {"DecodeParms": Dictionary(Predictor=15, Colors=3, Columns=WIDE + 1, BitsPerComponent=8)},
    ),
    "parameters beside a list of ways": (
        zlib.compress(ROWS),
        {"Filter": Array([Name.FlateDecode]), "DecodeParms": PREDICTED},
    ),
    "an unknown prediction": (zlib.compress(b"\5" + ROWS[1:]), {"DecodeParms": PREDICTED}),
    "predicted as TIFF has it": (PACKED, {"DecodeParms": Dictionary(Predictor=2, Colors=3, Columns=WIDE)}),
    "a table too short": (zlib.compress(bytes([3]) * WIDE * HIGH), {"ColorSpace": table(3, 11)}),
    "beyond the table": (zlib.compress(bytes([4]) * WIDE * HIGH), {"ColorSpace": table(3, 12)}),
    "a table of tables": (
        zlib.compress(GREY),
        {"ColorSpace": Array([Name.Indexed, table(3, 12), 3, String(bytes(4))])},
    ),
    "photo of another width": (PHOTO, {**JPEG, "Width": WIDE + 8}),
    "photo that says another height itself": (put(PHOTO, FRAME + 5, b"\0\x10"), JPEG),
    "photo of fewer colours": (GREY_PHOTO, JPEG),
    "photo of more colours": (PHOTO, {**JPEG, "ColorSpace": Name.DeviceGray}),
    "photo of 4 bits": (PHOTO, {**JPEG, "BitsPerComponent": 4}),
    "photo of 12 bits": (put(PHOTO, FRAME + 4, b"\x0c"), JPEG),
    "photo in parts": (jpeg(progressive=True), JPEG),
    "photo whose colours are told by letters": (put(PHOTO, FRAME + 10, b"R"), JPEG),
    "photo without a transform": (adobe(0), JPEG),
    "photo with a transform of the document's": (
        PHOTO,
        {**JPEG, "DecodeParms": Dictionary(ColorTransform=0)},
    ),
    "half a photo": (cut(PHOTO), JPEG),
    "half a grey photo": (cut(GREY_PHOTO), {**JPEG, "ColorSpace": Name.DeviceGray}),
    "photo without an end": (PHOTO[:-2], JPEG),
    "two photos": (PHOTO + PHOTO, JPEG),
    "a photo in a table": (GREY_PHOTO, {**JPEG, "ColorSpace": table(255, 768)}),
}


@pytest.mark.parametrize("case", PLAIN)
def test_pictures_of_one_reading(case: str, document: pikepdf.Pdf) -> None:
    data, values = PLAIN[case]
    assert odd_picture(picture(document, data, **values)) == ""


@pytest.mark.parametrize("case", ODD)
def test_pictures_of_two_readings(case: str, document: pikepdf.Pdf) -> None:
    data, values = ODD[case]
    assert odd_picture(picture(document, data, **values)) == "/Image"


def test_photos_say_nothing_of_themselves_but_points_and_tables(document: pikepdf.Pdf) -> None:
    def ours(data: bytes, mode: str = "RGB") -> bool:
        space = Name.DeviceGray if mode == "L" else Name.DeviceRGB
        return is_photo(picture(document, data, Filter=Name.DCTDecode, ColorSpace=space))

    assert ours(jpeg(optimize=True, quality=82))
    assert ours(jpeg("L", optimize=True, quality=82), "L")
    assert ours(jpeg("L", optimize=True, quality=92), "L")
    assert ours(jpeg(optimize=True, quality=92, comment=b"a \xff\xc0\x00\x11\x08 b"))
    for other in (
        jpeg(optimize=True, quality=83),
        jpeg("L", optimize=True, quality=82),
        jpeg(quality=82, qtables=[[9] * 64, [9] * 64]),
        jpeg(optimize=True, subsampling=0),
        jpeg(icc_profile=SRGB),
        jpeg(exif=Image.Exif().tobytes()),
        jpeg(dpi=(72, 300)),
        adobe(1),
        PACKED,
    ):
        assert not ours(other)


def waves(place: int, *values: int, quality: int = 82) -> bytes:
    """A grey JPEG of our tables whose blocks have one number each, wherever it leads."""
    head = jpeg("L", quality=quality)
    head = head[: head.index(b"\xff\xc4")]
    frame = head.index(b"\xff\xc0")
    head = put(head, frame + 5, struct.pack(">HH", 8, 8 * len(values)))
    # each number's size has a code of four bits, the end of a block too
    means, others = (
        bytes([kind, 0, 0, 0, largest + 1, *bytes(12), *range(largest + 1)])
        for kind, largest in ((0x00, 11), (0x10, 10))
    )
    bits, last = "", 0
    for value in values:
        mean, wave = (value - last, 0) if not place else (0, value)
        last = value
        for number, used in ((mean, True), (wave, bool(place))):
            size = abs(number).bit_length()
            if used:
                bits += f"{size:04b}"
            if used and size:
                bits += f"{number if number > 0 else number + (1 << size) - 1:0{size}b}"
        bits += "0000"
    bits += "1" * (-len(bits) % 8)
    data = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)).replace(b"\xff", b"\xff\0")
    codes = b"".join(b"\xff\xc4" + struct.pack(">H", len(each) + 2) + each for each in (means, others))
    return head + codes + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + data + b"\xff\xd9"


@pytest.mark.parametrize("values", [(900, -900), (511, 700, 511), (2000, 0)])
def test_a_photo_whose_points_lie_beyond_black_and_white(
    values: tuple[int, ...], document: pikepdf.Pdf
) -> None:
    """Some programs cut off there, others wrap around."""
    size = {"Width": 8 * len(values), "Height": 8, "ColorSpace": Name.DeviceGray}
    made = picture(document, waves(0, *values), Filter=Name.DCTDecode, **size)
    assert odd_picture(made) == ""
    assert not is_photo(made)


def test_a_mark_within_a_photo_that_announces_none(document: pikepdf.Pdf) -> None:
    data = jpeg("L", quality=82)
    scan = data.index(b"\xff\xda") + 40
    for mark in (b"\xff\xd0", b"\xff\xd7", b"\xff\x01"):
        marked = data[:scan] + mark + data[scan:]
        made = picture(document, marked, Filter=Name.DCTDecode, ColorSpace=Name.DeviceGray)
        assert odd_picture(made) == "/Image"


def test_masks(document: pikepdf.Pdf) -> None:
    def masked(**values: Any) -> str:
        mask = picture(document, zlib.compress(GREY), **{"ColorSpace": Name.DeviceGray, **values})
        return odd_picture(picture(document, PACKED, SMask=mask))

    assert masked() == ""
    assert masked(ColorSpace=Name.DeviceRGB) == "/Image"
    assert masked(Subtype=Name.Form) == "/Image"
    assert odd_picture(picture(document, PACKED, Mask=Array([0, 0, 0, 0, 0, 0]))) == "/Image"


def test_profiles(document: pikepdf.Pdf) -> None:
    def shown(data: bytes, count: int = 3) -> str:
        return odd_picture(picture(document, PACKED, ColorSpace=profile(document, data, count)))

    assert shown(SRGB) == ""
    red, green = SRGB.index(b"rXYZ"), SRGB.index(b"gXYZ")
    exchanged = put(put(SRGB, red, b"gXYZ"), green, b"rXYZ")
    curve = SRGB.index(b"para", 300)
    for data, count in (
        (exchanged, 3),
        (put(SRGB, 16, b"GRAY"), 3),
        (put(SRGB, 12, b"link"), 3),
        (SRGB + b"\0", 3),
        (put(SRGB, curve + 12, struct.pack(">i", -65536)), 3),
        (put(SRGB, red, b"A2B0"), 3),
        (b"", 3),
        (SRGB, 1),
        (SRGB, 4),
    ):
        assert shown(data, count) == "/Image"
    assert not is_like_srgb(SRGB[:200], 3)


def test_letters_of_ascii85_are_written_in_one_way() -> None:
    data = bytes(range(40)) + bytes(4)
    sound = base64.a85encode(data) + b"~>"
    assert from_ascii85(sound) == data
    assert from_ascii85(sound[:20] + b"\n " + sound[20:] + b"\r\n") == data
    for odd in (
        sound[:-2],
        sound[:20] + b"\v" + sound[20:],
        b"\f" + sound,
        sound + b"\v",
        sound + b"!",
        sound[:-2] + b"~ >",
        base64.a85encode(b"abcd") + b"!~>",
        b"!!!!!~>",
        b"uuuuu~>",
        # behind which printers run what poppler hands them
        sound[:20] + b"\n%-EOD-\n" + sound[20:],
        sound[:20] + b"\n%-EOD-\n!!!!" + sound[20:],
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - what kind does not matter
            from_ascii85(odd)
