"""Pictures over letters: such as every program draws, and such as some leave out and others do not.

A white picture laid over a word of a stamp hides it on the screen and not on paper, or the other way around,
as soon as one program does not understand of it what another one does.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from pyhanko.pdf_utils.images import pil_image
from pyhanko.pdf_utils.writer import PdfFileWriter

from desktop.submission.pdf.stamp_lent import is_lent_plainly
from tests.submission.pdf.test_stamp_lent import ADOBE, FUNCTION, JFIF, fax, jpeg, marked, photo, stream

GREY, WHITE = Name.DeviceGray, b"\xff" * 4
BLACK_AND_WHITE = String(b"\x00\xff")
LIGHT = Array([0.9505, 1, 1.089])
SRGB = Array([0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505])


def white(data: bytes = WHITE, **entries: Any) -> Any:
    """Two points across and up, packed."""
    known = {"Subtype": Name.Image, "Width": 2, "Height": 2, "BitsPerComponent": 8, "ColorSpace": GREY}
    packing = {"Type": Name.XObject, "Filter": Name.FlateDecode}
    given = {**known, **packing, **entries}
    return stream(zlib.compress(data), **{key: one for key, one in given.items() if one is not None})


def coloured(**entries: Any) -> Any:
    return white(WHITE * 3, **{"ColorSpace": Name.DeviceRGB, **entries})


def inked(**entries: Any) -> Any:
    return white(bytes(16), **{"ColorSpace": Name.DeviceCMYK, **entries})


def stencil(**entries: Any) -> Any:
    known = {"Subtype": Name.Image, "Width": 2, "Height": 2, "ImageMask": True}
    return stream(zlib.compress(bytes(2)), **{**known, "Filter": Name.FlateDecode, **entries})


def table(last: Any = 1, colours: Any = BLACK_AND_WHITE, base: Any = GREY) -> dict[str, Any]:
    return {"ColorSpace": Array([Name.Indexed, base, last, colours])}


def ink(name: Name = Name.X, other: Name = GREY, **changed: Any) -> dict[str, Any]:
    return {"ColorSpace": Array([Name.Separation, name, other, Dictionary(**{**FUNCTION, **changed})])}


def measured(kind: Name = Name.CalGray, **about: Any) -> dict[str, Any]:
    return {"ColorSpace": Array([kind, Dictionary(**about)])}


def real(number: str) -> Decimal:
    """A number with a decimal point."""
    return Decimal(number)


PLAIN = {
    "grey": white(),
    "colours": coloured(Interpolate=True, Intent=Name.Perceptual, ImageMask=False, Name=Name.Im1),
    "four inks": inked(),
    "16 bits": white(WHITE * 2, BitsPerComponent=16),
    "the usual": white(Decode=Array([0, real("1.0")])),
    "the other way around": white(Decode=Array([1, 0])),
    # Pillow, img2pdf and iText, for photos as Adobe has them
    "inks the other way around": inked(Decode=Array([1, 0] * 4)),
    "without one of a table": white(bytes(4), Mask=Array([1, 1]), **table()),
    # iText, for what has one colour of nothing
    "without one colour": white(Mask=Array([255, 255])),
    "without one of 16": white(WHITE[:2], BitsPerComponent=4, Mask=Array([9, 9])),
    "without one of three": coloured(Mask=Array([255, 255, 0, 0, 255, 255])),
    "without the first of a few": white(bytes(2), BitsPerComponent=1, Mask=Array([0, 0]), **table()),
    "a soft mask": coloured(SMask=white()),
    "a soft mask the other way around": coloured(SMask=white(Decode=Array([1, 0]), Interpolate=True)),
    # as Acrobat writes it
    "mixed with black already": coloured(SMask=white(Matte=Array([0, 0, 0]))),
    "a soft mask of a photo": white(
        SMask=stream(
            jpeg(),
            Width=9,
            Height=9,
            BitsPerComponent=8,
            ColorSpace=GREY,
            Subtype=Name.Image,
            Filter=Name.DCTDecode,
        )
    ),
    "a mask": white(Mask=stencil()),
    "a mask twice as wide": white(Mask=stencil(Width=4)),
    "a soft mask of other measures": white(SMask=white(b"\xff" * 9, Width=3, Height=3)),
    "16 bits as usual": white(WHITE * 2, BitsPerComponent=16, Decode=Array([0, 1])),
    "lists of one way to pack": white(
        b"\x02\xff\xff" * 2,
        Filter=Array([Name.FlateDecode]),
        DecodeParms=Array([Dictionary(Predictor=15, Columns=2)]),
    ),
    "a mask the other way around": white(Mask=stencil(Decode=Array([1, 0]), BitsPerComponent=1)),
    "a stencil": stencil(),
    "a stencil the other way around": stencil(Decode=Array([1, 0])),
    "a table": white(bytes([0, 1, 1, 0]), **table()),
    "a table of one": white(bytes(4), **table(0, String(b"\xff"))),
    "a table of colours": white(
        bytes(4), Decode=Array([0, 255]), **table(1, String(b"abcdef"), Name.DeviceRGB)
    ),
    "a table in a stream": white(bytes(4), **table(1, stream(b"abcdef"), Name.DeviceRGB)),
    # what fills up a line is no point
    "a table and lines filled up": white(b"\x4f\x0f", BitsPerComponent=2, **table()),
    "a table and rows predicted": white(
        b"\x01\x01\x00\x02\x00\x00", DecodeParms=Dictionary(Predictor=15, Columns=2), **table()
    ),
    # iText, for a PNG that says how light it is
    "a curve": white(**measured(WhitePoint=Array([1, 1, 1]), Gamma=real("2.2"))),
    "curves and primaries": coloured(
        **measured(Name.CalRGB, WhitePoint=LIGHT, Gamma=Array([real("2.2")] * 3), Matrix=SRGB)
    ),
    "a table of measured colours": white(
        bytes(4),
        **table(
            1,
            String(b"abcdef"),
            measured(Name.CalRGB, WhitePoint=LIGHT, Gamma=Array([real("2.2")] * 3), Matrix=SRGB)[
                "ColorSpace"
            ],
        ),
    ),
    "as fax machines": fax(Rows=9),
    "a photo": photo(),
    "a photo without a mark": photo(marked()),
    "a photo with parts from nought": photo(marked(JFIF, named=b"\0\1\2")),
    "a photo of Adobe's": photo(marked(ADOBE[1]), DecodeParms=Dictionary(ColorTransform=1)),
    "a photo of both": photo(marked(JFIF, ADOBE[1])),
    "a photo in RGB by name": photo(marked(ADOBE[0], named=b"RGB")),
    # as iText says it
    "a photo in RGB": photo(marked(ADOBE[0]), DecodeParms=Dictionary(ColorTransform=0)),
}
TOLD = {
    # what one program takes for a number, a truth or a name, and another does not
    "8.0 bits": white(BitsPerComponent=real("8.0")),
    "no bits": white(BitsPerComponent=None),
    "true bits": white(bytes(2), BitsPerComponent=True),
    "2.0 points": white(Width=real("2.0")),
    "2.9 points": white(Width=real("2.9")),
    "2.9 points up": white(Height=real("2.9")),
    "a true width": white(b"\xff" * 2, Width=True),
    "a number for an intent": white(Intent=1),
    "an unknown intent": white(Intent=Name.Foo),
    "a text for an intent": white(Intent=String("/Perceptual")),
    "a number for smooth": white(Interpolate=1),
    "a nought for no stencil": white(ImageMask=0),
    "a number for a stencil": stencil(ImageMask=1),
    "a text for its kind": white(Subtype=String("/Image")),
    "another type": white(Type=Name.Font),
    "a text for its packing": white(Filter=String("/FlateDecode")),
    "a text for its colours": white(ColorSpace=String("/DeviceGray")),
    "2.0 columns": white(DecodeParms=Dictionary(Predictor=1, Colors=1, Columns=real("2.0"))),
    "parameters of two": white(DecodeParms=Array([None, Dictionary(Predictor=1)])),
    # colours that are left out
    "without two colours": white(Mask=Array([254, 255])),
    "without ten of three": coloured(Mask=Array([255, 255, 0, 9, 255, 255])),
    "without one of two": white(bytes(2), BitsPerComponent=1, Mask=Array([1, 1]), **table()),
    "without one of four": white(bytes(2), BitsPerComponent=2, Mask=Array([1, 1]), **table()),
    "without two of a table": white(bytes(4), Mask=Array([0, 1]), **table()),
    "without one beyond a table": white(bytes(4), Mask=Array([2, 2]), **table()),
    "without one of a photo": photo(Mask=Array([255, 255, 128, 128, 128, 128])),
    "without one of 16 bits": white(WHITE * 2, BitsPerComponent=16, Mask=Array([65535, 65535])),
    # cairo leaves out none, or another
    "without one of three with 4 bits": coloured(BitsPerComponent=4, Mask=Array([15, 15, 0, 0, 15, 15])),
    "without one of three turned around": coloured(
        Decode=Array([1, 0] * 3), Mask=Array([255, 255, 0, 0, 255, 255])
    ),
    "beyond the last": white(Mask=Array([254, 300])),
    "below nought": white(Mask=Array([-1, 255])),
    "the larger first": white(Mask=Array([255, 254])),
    "four numbers": white(Mask=Array([255, 255, 0, 0])),
    "one number": white(Mask=Array([255])),
    "no number": white(Mask=Array([])),
    "255.0": white(Mask=Array([real("255.0"), real("255.0")])),
    # what numbers mean
    "up to two": white(Decode=Array([0, 2])),
    "from below": white(Decode=Array([-1, 1])),
    "half": white(Decode=Array([0])),
    "nothing": white(Decode=Array([])),
    "more": white(Decode=Array([0, 1, 0, 1])),
    "of some": coloured(Decode=Array([1, 0, 0, 1, 0, 1])),
    "a stencil of nothing": stencil(Decode=Array([0, 0])),
    "a stencil in between": stencil(Decode=Array([real("0.6"), real("0.2")])),
    # Ghostscript does not, and predicts no rows where one of both is a list
    "16 bits the other way around": white(WHITE * 2, BitsPerComponent=16, Decode=Array([1, 0])),
    "a list of ways and no list of rows": white(
        b"\x02\xff\xff" * 2,
        Filter=Array([Name.FlateDecode]),
        DecodeParms=Dictionary(Predictor=15, Columns=2),
    ),
    "a truth": white(Decode=Array([False, True])),
    "a full table the other way around": white(bytes(2), BitsPerComponent=1, Decode=Array([1, 0]), **table()),
    "a table by its parts": white(bytes(4), Decode=Array([1, 0]), **table()),
    "a table from beyond": white(b"\xff" * 4, Decode=Array([255, 0]), **table()),
    # masks
    "a soft mask in colours": white(SMask=coloured()),
    "a soft mask of a table": white(SMask=white(bytes(4), **table())),
    "a stencil for a soft mask": white(SMask=stencil()),
    "two masks": white(SMask=white(), Mask=Array([255, 255])),
    "mixed with three colours of one": white(SMask=white(Matte=Array([1, 1, 1]))),
    "mixed with white already": white(SMask=white(Matte=Array([1]))),
    "a soft mask of 16 bits": white(SMask=white(WHITE * 2, BitsPerComponent=16)),
    "mixed with too much": white(SMask=white(Matte=Array([2]))),
    "mixed in another size": white(SMask=white(b"\xff" * 6, Width=3, Matte=Array([1]))),
    "mixed by itself": white(Matte=Array([1])),
    # poppler takes other points of it
    "a mask half as wide again": white(Mask=stencil(Width=3)),
    "a mask that is a picture": white(Mask=white()),
    "a mask that says so by a number": white(Mask=stencil(ImageMask=1)),
    "a mask of up to two": white(Mask=stencil(Decode=Array([0, 2]))),
    "a mask of a mask": white(Mask=stencil(Mask=stencil())),
    "a mask of a stencil": stencil(Mask=stencil()),
    "a mask by its name": white(Mask=Name.X),
    # colours
    "beyond the table": white(b"\5" * 4, **table()),
    "beyond a table of bits": white(b"\x80\x40", BitsPerComponent=2, **table()),
    "1.9 colours": white(b"\1" * 4, **table(real("1.9"))),
    "a number for a table": white(bytes(4), **table(255, 256)),
    "16 bits of a table": white(bytes(8), BitsPerComponent=16, **table()),
    "a photo in a table": stream(
        jpeg(),
        Width=9,
        Height=9,
        BitsPerComponent=8,
        Subtype=Name.Image,
        Filter=Name.DCTDecode,
        **table(255, String(bytes(256))),
    ),
    "a table of patterns": white(bytes(4), **table(base=Array([Name.Pattern, GREY]))),
    "a table of Lab": white(
        bytes(4), **table(1, String(b"abcdef"), Array([Name.Lab, Dictionary(WhitePoint=LIGHT)]))
    ),
    "no ink": white(**ink(Name("/None"))),
    "all inks": white(**ink(Name.All)),
    "an ink": white(**ink()),
    "an ink of too few": white(**ink(other=Name.DeviceCMYK)),
    "an ink of nothing": white(**ink(Range=Array([0, 0]))),
    "patterns": white(ColorSpace=Array([Name.Pattern, GREY])),
    "no light": white(**measured()),
    "a light of two": white(**measured(WhitePoint=Array([1, 1]))),
    "a dark light": white(**measured(WhitePoint=Array([0, 1, 0]))),
    "another light": white(**measured(WhitePoint=Array([1, real("0.5"), 1]))),
    "a curve below nought": white(**measured(WhitePoint=LIGHT, Gamma=-1)),
    "a steep curve": white(**measured(WhitePoint=LIGHT, Gamma=9)),
    "a row for one curve": white(**measured(WhitePoint=LIGHT, Gamma=Array([2]))),
    "one curve for three": coloured(**measured(Name.CalRGB, WhitePoint=LIGHT, Gamma=2)),
    "black that is white": white(**measured(WhitePoint=LIGHT, BlackPoint=Array([1, 1, 1]))),
    "primaries of nothing": coloured(**measured(Name.CalRGB, WhitePoint=LIGHT, Matrix=Array([0] * 9))),
    "primaries of eight": coloured(**measured(Name.CalRGB, WhitePoint=LIGHT, Matrix=Array(list(SRGB)[:8]))),
    "measured and black": white(**measured(WhitePoint=LIGHT, BlackPoint=Array([0, 0, 0]))),
    "no curve": white(**measured(WhitePoint=Array([1, 1, 1]))),
    "primaries in another order": coloured(
        **measured(
            Name.CalRGB,
            WhitePoint=LIGHT,
            Gamma=Array([real("2.2")] * 3),
            Matrix=Array(list(SRGB)[3:] + list(SRGB)[:3]),
        )
    ),
    "primaries of two": coloured(
        **measured(
            Name.CalRGB,
            WhitePoint=LIGHT,
            Gamma=Array([real("2.2")] * 3),
            Matrix=Array([0, 0, 0, *list(SRGB)[3:6], real("0.5929"), real("0.2848"), real("0.9698")]),
        )
    ),
    "beside its paper": white(Intent=Name.AbsoluteColorimetric),
    # each program asks something else first how a photo's parts are mixed
    "a photo that is said not to be mixed": photo(DecodeParms=Dictionary(ColorTransform=0)),
    "a photo of a network and not mixed": photo(marked(JFIF, ADOBE[0])),
    "a photo of two marks": photo(marked(ADOBE[1], ADOBE[1])),
    "a photo in RGB by name alone": photo(marked(named=b"RGB")),
    "a photo in RGB by name, and mixed": photo(marked(ADOBE[1], named=b"RGB")),
    "a photo in RGB said to be mixed": photo(marked(ADOBE[0]), DecodeParms=Dictionary(ColorTransform=1)),
    "a photo of inks mixed as three": photo(marked(ADOBE[2])),
    "a photo of inks without a mark": photo(marked(mode="CMYK", named=b"CMYK"), ColorSpace=Name.DeviceCMYK),
    "more of a curve": white(**measured(WhitePoint=LIGHT, Matrix=SRGB)),
    "a profile in other words": coloured(ColorSpace=Array([Name.ICCBased, stream(b"", N=3, Alternate=GREY)])),
}


@pytest.mark.parametrize("case", PLAIN)
def test_pictures_that_every_program_draws(case: str) -> None:
    assert is_lent_plainly("/Image", PLAIN[case])


@pytest.mark.parametrize("case", TOLD)
def test_pictures_that_some_leave_out(case: str) -> None:
    assert not is_lent_plainly("/Image", TOLD[case])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("/Group", Dictionary(S=Name.Transparency, CS=Array([Name.Lab, Dictionary(WhitePoint=LIGHT)]))),
        ("/Group", Dictionary(S=Name.Transparency, I=1)),
        ("/ExtGState", Dictionary(BM=Name.Foo)),
        ("/ExtGState", Dictionary(BM=Array([]))),
        ("/ExtGState", Dictionary(BM=Array([Name.Multiply, Name.Normal]))),
        ("/ExtGState", Dictionary(BM=Array([Name.Normal]))),
        *(("/ExtGState", Dictionary(BM=Name(f"/{one}"))) for one in ("Multiply", "Darken", "Screen")),
        *(("/ExtGState", Dictionary(**{one: True})) for one in ("OP", "op", "AIS")),
        *(("/ExtGState", Dictionary(**{one: 1})) for one in ("LW", "LC", "LJ", "ML", "FL")),
        ("/Group", Dictionary(S=Name.Transparency, K=True)),
        ("/ExtGState", Dictionary(ca=False)),
        ("/ExtGState", Dictionary(ca=String("1"))),
        ("/ExtGState", Dictionary(AIS=1)),
        ("/ExtGState", Dictionary(LC=real("1.0"))),
        ("/ExtGState", Dictionary(SMask=String("/None"))),
        ("/ExtGState", Dictionary(Type=Name.Font)),
    ],
)
def test_colours_and_states_that_some_read_otherwise(kind: str, value: Any) -> None:
    assert not is_lent_plainly(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("/Group", Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceGray, K=False)),
        (
            "/ExtGState",
            Dictionary(Type=Name.ExtGState, BM=Name.Normal, CA=real("0.5"), ca=real("0.5")),
        ),
        ("/ExtGState", Dictionary(OP=False, op=False, OPM=1, SA=True, AIS=False, SMask=Name("/None"))),
    ],
)
def test_colours_and_states_as_services_have_them(kind: str, value: Any) -> None:
    assert is_lent_plainly(kind, value)


def pictures_of(document: pikepdf.Pdf) -> list[Any]:
    """All that a document has, masks left out."""
    held = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
    pictures = [one for one in held if one.get("/Subtype") == "/Image"]
    masks = {one[key].objgen for one in pictures for key in ("/SMask", "/Mask") if key in one}
    return [one for one in pictures if one.objgen not in masks]


def drawn(mode: str) -> Image.Image:
    noise = Image.effect_noise((31, 17), 60)
    if mode == "P":
        return noise.convert("RGB").quantize(12)
    if mode == "LA":
        return Image.merge("LA", (noise, noise))
    return noise.convert(mode)


def by_pyhanko(mode: str) -> bytes:
    writer, target = PdfFileWriter(), io.BytesIO()
    writer.root["/Seen"] = pil_image(drawn(mode), writer)
    writer.write(target)
    return target.getvalue()


def by_reportlab(mode: str) -> bytes:
    from reportlab import rl_config
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    target, before = io.BytesIO(), rl_config.useA85
    rl_config.useA85 = 0
    try:
        canvas = Canvas(target, pageCompression=1)
        canvas.drawImage(ImageReader(drawn(mode)), 9, 9, mask="auto")
        canvas.save()
    finally:
        rl_config.useA85 = before
    return target.getvalue()


def by_pillow(mode: str) -> bytes:
    target = io.BytesIO()
    drawn(mode).save(target, "PDF")
    return target.getvalue()


@pytest.mark.parametrize(
    ("program", "mode"),
    [
        *((by_pyhanko, mode) for mode in ("L", "RGB", "RGBA", "LA", "P")),
        *((by_reportlab, mode) for mode in ("L", "RGB", "RGBA", "P")),
        *((by_pillow, mode) for mode in ("L", "RGB", "CMYK")),
    ],
)
def test_pictures_as_programs_write_them(program: Callable[[str], bytes], mode: str) -> None:
    with pikepdf.open(io.BytesIO(program(mode))) as document:
        found = pictures_of(document)
        assert found
        assert all(is_lent_plainly("/Image", one) for one in found)


@pytest.mark.parametrize("packing", [{}, {"subsampling": 0}, {"progressive": True}, {"mode": "L"}])
def test_the_parts_of_a_photo_are_numbered(packing: dict[str, Any]) -> None:
    """Of one with another number some programs show a part, others go on, others show nothing more."""
    whole = jpeg(99, **{"mode": "RGB", "restart_marker_blocks": 2, **packing})
    assert b"\xff\xd1" in whole
    grey = {"ColorSpace": GREY} if "mode" in packing else {}
    for data, plain in (
        (whole, True),
        (whole.replace(b"\xff\xd1", b"\xff\xd0", 1), False),
        (whole.replace(b"\xff\xd0", b"\xff\xd0\xff\xd0", 1), False),
        (whole.replace(b"\xff\xdd\0\4\0\2", b"\xff\xdd\0\4\0\3"), False),
        (whole.replace(b"\xff\xdd\0\4\0\2", b"\xff\xdd\0\4\0\0"), False),
    ):
        drawn = photo(data, Width=99, **grey)
        assert is_lent_plainly("/Image", drawn) == plain
