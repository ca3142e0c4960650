"""What stamps and forms lend: as services do, or it may end a program."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from importlib import resources
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageCms

from desktop.submission.pdf.field_frame import is_direct, odd_defaults, odd_frame
from desktop.submission.pdf.stamp_lent import is_lent_plainly

PDF = pikepdf.new()
GREY = Name.DeviceGray
PICTURE = {"Subtype": Name.Image, "Width": 9, "Height": 9, "BitsPerComponent": 8, "ColorSpace": GREY}
GHOSTSCRIPT = Path("/usr/share/color/icc/ghostscript")
PROFILES = [
    (resources.files("pikepdf.pdfa") / "data" / "sRGB.icc").read_bytes(),
    ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
]


def stream(data: bytes = b"", **entries: Any) -> Any:
    """One stream of a document of its own."""
    made = Stream(PDF, data)
    for key, value in entries.items():
        made[f"/{key}"] = value
    return PDF.make_indirect(made)


def simple(**entries: Any) -> Dictionary:
    return Dictionary(**{"Subtype": Name.Type1, "BaseFont": Name.Helvetica, **entries})


def picture(data: bytes = bytes(81), **entries: Any) -> Any:
    return stream(data, **{**PICTURE, **entries})


def letters(data: bytes, *others: Name, **entries: Any) -> Any:
    """Packed as letters, and in other ways below."""
    packing = Array([Name.ASCII85Decode, *others])
    return stream(base64.a85encode(data) + b"~>", Filter=packing, **entries)


def packed(data: bytes, parameters: Any = None, **entries: Any) -> Any:
    """A picture that is packed."""
    predicted = {} if parameters is None else {"DecodeParms": Dictionary(**parameters)}
    return picture(zlib.compress(data), Filter=Name.FlateDecode, **predicted, **entries)


def jpeg(wide: int = 9, mode: str = "L", **packing: Any) -> bytes:
    target = io.BytesIO()
    Image.new(mode, (wide, 9)).save(target, "JPEG", **packing)
    return target.getvalue()


def photo(data: bytes = b"", **entries: Any) -> Any:
    """Of colours, as a JPEG."""
    packing = {"ColorSpace": Name.DeviceRGB, "Filter": Name.DCTDecode}
    return picture(data or jpeg(mode="RGB"), **{**packing, **entries})


def marked(*marks: bytes, named: bytes = b"\1\2\3", mode: str = "RGB") -> bytes:
    """The same with such marks alone, and its parts by such names."""
    data = jpeg(mode=mode)
    at = data.index(b"\xff\xdb")
    for mark in (b"\xff\xc0", b"\xff\xda"):
        before, here = data.split(mark, 1)
        step, first = (3, 8) if mark == b"\xff\xc0" else (2, 3)
        row = bytearray(here)
        row[first : first + step * len(named) : step] = named
        data = before + mark + bytes(row)
    return b"\xff\xd8" + b"".join(marks) + data[at:]


JFIF = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
ADOBE = [b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([one]) for one in range(3)]


def fax(data: bytes | None = None, **parameters: Any) -> Any:
    """Black and white as iText packs it."""
    if data is None:
        target = io.BytesIO()
        Image.effect_noise((9, 9), 50).convert("1").save(target, "TIFF", compression="group4")
        with Image.open(target) as made:
            (at,), (size,) = made.tag_v2[273], made.tag_v2[279]
        data = target.getvalue()[at : at + size]
    known = {"K": -1, "Columns": 9, "Rows": 9, "BlackIs1": True}
    return picture(
        data,
        BitsPerComponent=1,
        Filter=Name.CCITTFaxDecode,
        DecodeParms=Dictionary(**{**known, **parameters}),
    )


def profile(
    parts: int = 3,
    name: bytes = b"RGB ",
    kind: bytes = b"mntr",
    edition: int = 2,
    tags: tuple[bytes, ...] = (b"desc", b"rXYZ", b"rTRC"),
    beyond: bytes = b"",
    **packing: Any,
) -> Any:
    """What a profile says of itself, with tags of nothing."""
    places = b"".join(struct.pack(">4sII", one, 132, 0) for one in tags)
    head = struct.pack(
        ">I4xI4s4s4s12x4s88xI", 132 + len(places), edition << 24, kind, name, b"XYZ ", b"acsp", len(tags)
    )
    return stream(head + places + beyond, N=parts, **packing)


def mixed(space: Any) -> tuple[str, Dictionary]:
    """Colours in which a form is drawn by itself."""
    return "/Group", Dictionary(S=Name.Transparency, CS=space)


def described(data: bytes, parts: int = 3) -> tuple[str, Dictionary]:
    return mixed(Array([Name.ICCBased, stream(data, N=parts)]))


NUMBERED = {"FirstChar": 32, "LastChar": 255, "Widths": Array([500] * 224)}
FUNCTION = {"FunctionType": 2, "Domain": Array([0, 1]), "C0": Array([0]), "C1": Array([1]), "N": 1}

BREVE = Dictionary(Type=Name.Encoding, Differences=Array([24, Name.breve, Name.caron, 160, Name.Euro]))
DINGBATS = Dictionary(Type=Name.Font, Subtype=Name.Type1, Name=Name.ZaDb, BaseFont=Name.ZapfDingbats)


def lending(font: Dictionary, called: str = "/Helv") -> Dictionary:
    """What a form lends: a font."""
    return Dictionary(Font=Dictionary({called: font}))


LENT = [
    mixed(Name.DeviceRGB),
    mixed(Array([Name.ICCBased, profile(3)])),
    mixed(Array([Name.ICCBased, profile(1, b"GRAY", b"scnr", 4, (b"kTRC", b"wtpt", b"vcgt"))])),
    *(described(one) for one in PROFILES),
    ("/Image", picture()),
    ("/Image", picture(SMask=picture(), Decode=Array([0, 1]))),
    ("/Image", picture(jpeg(), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg(progressive=True), Filter=Name.DCTDecode)),
    ("/Image", photo(DecodeParms=Dictionary(ColorTransform=1))),
    ("/Image", picture(jpeg(), Filter=Array([Name.DCTDecode]))),
    ("/Image", picture(jpeg() + bytes(64), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg(restart_marker_rows=1, comment=b"\xff\xd9"), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg(mode="CMYK"), Filter=Name.DCTDecode, ColorSpace=Name.DeviceCMYK)),
    ("/Image", packed(bytes(81) + b"\n")),
    ("/Image", fax()),
    ("/Image", packed(bytes(81), {"Predictor": 2, "Columns": 9})),
    ("/Image", picture(jpeg().replace(b"\xff\xdb", b"\xff\xff\xff\xdb"), Filter=Name.DCTDecode)),
    ("/Image", packed(bytes(90), {"Predictor": 15, "Columns": 9})),
    ("/Image", packed(bytes(252), {"Predictor": 15, "Columns": 9, "Colors": 3}, ColorSpace=Name.DeviceRGB)),
    ("/Image", stream(bytes(18), Subtype=Name.Image, Width=9, Height=9, ImageMask=True)),
    ("/ExtGState", Dictionary(BM=Name.Normal, ca=1, SMask=Name("/None"), SA=True)),
    ("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)),
]  # fmt: skip
ODD = [
    mixed(Array([Name.Separation, Name.Black, GREY, Dictionary(**FUNCTION)])),
    mixed(Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.1]))])),
    ("/ExtGState", Dictionary(CA=Dictionary())),
    ("/ExtGState", Dictionary(ca=-5)),
    mixed(Name.Pattern),
    mixed(Array([Name.ICCBased, profile(30)])),
    # of which a printer runs the names, and what is made of tables
    mixed(Array([Name.ICCBased, profile(kind=b"nmcl")])),
    *(
        mixed(Array([Name.ICCBased, profile(tags=(b"rTRC", one))]))
        for one in (b"ncl2", b"ncol", b"A2B0", b"B2A0", b"D2B0", b"ps2s")
    ),
    mixed(Array([Name.ICCBased, profile(edition=5)])),
    mixed(Array([Name.ICCBased, profile(beyond=b"%")])),
    mixed(Array([Name.ICCBased, profile(tags=(b"desc",) * 61)])),
    *(("/Image", letters(jpeg() + more, Name.DCTDecode, **PICTURE)) for more in (b"", b"\n%-EOD-\n")),
    ("/Image", letters(zlib.compress(bytes(81)), Name.FlateDecode, **PICTURE)),
    ("/Image", letters(bytes(81), **PICTURE)),
    ("/Image", picture(bytes(81).hex().encode() + b">", Filter=Name.ASCIIHexDecode)),
    ("/Image", picture(zlib.compress(jpeg()), Filter=Array([Name.FlateDecode, Name.DCTDecode]))),
    # what stands behind the end
    ("/Image", picture(zlib.compress(bytes(81)) + b"%", Filter=Name.FlateDecode)),
    ("/Image", picture(jpeg() + bytes(65), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg()[:-2], Filter=Name.DCTDecode)),
    mixed(Array([Name.Indexed, Array([Name.Indexed, GREY, 0, String("a")]), 0, String("a")])),
    mixed(Array([Name.Separation, Name.X, GREY, stream(b"{" * 50_000, FunctionType=4)])),
    mixed(Array([Name.Separation, Name.X, GREY, stream(FunctionType=0, Size=Array([6 * 10**8]))])),
    mixed(Array([Name.DeviceN, Array([Name.X] * 30), GREY, Dictionary(**FUNCTION)])),
    ("/Image", picture(Width=30_000, Height=30_000)),
    ("/Image", picture(jpeg(60_000), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg() + b"\xff\xda" * 100, Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg(mode="RGB"), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg()[:-30], Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg(), Filter=Name.DCTDecode, DecodeParms=Dictionary(Columns=9))),
    # of which MuPDF shows nothing that comes after
    ("/Image", packed(bytes(81), {"Predictor": 2, "Columns": 10})),
    ("/Image", packed(bytes(81), {"Predictor": 2, "Columns": 9, "Colors": 32767})),
    ("/Image", packed(bytes(90), {"Predictor": 15, "Columns": 9, "Colors": 3})),
    ("/Image", packed(bytes(90), {"Predictor": 15, "Columns": 9, "BitsPerComponent": 16})),
    ("/Image", packed(b"\x05" * 90, {"Predictor": 15, "Columns": 9})),
    ("/Image", packed(bytes(80))),
    ("/Image", packed(bytes(500))),
    ("/Image", picture(zlib.compress(bytes(81))[:-5], Filter=Name.FlateDecode)),
    ("/Image", picture(Filter=Name.LZWDecode)),
    ("/Image", picture(Filter=Name.CCITTFaxDecode)),
    ("/Image", picture(BitsPerComponent=32)),
    *(("/Image", fax(**one)) for one in ({"K": 0}, {"Columns": 10}, {"Rows": 10}, {"Predictor": 2})),
    *(("/Image", fax(one)) for one in (b"", b"\xff\x00\x55" * 9)),
    ("/Image", stream(bytes(18), Width=9, Height=9, ImageMask=True, BitsPerComponent=8)),
    ("/Image", stream(bytes(18), Width=9, Height=9, ImageMask=True, ColorSpace=GREY)),
    mixed(Array([Name.Indexed, Name.DeviceRGB, 2, String("abcdef")])),
    mixed(Array([Name.ICCBased, profile(3, b"GRAY")])),
    mixed(Array([Name.Separation, Name.X, Name.DeviceRGB, Dictionary(**FUNCTION)])),
    ("/Image", picture(SMask=picture(SMask=picture()))),
    # which Firefox makes as wide as the one and as high as the other
    ("/Image", picture(bytes(9000), Width=9000, Height=1, SMask=picture(bytes(9000), Width=1, Height=9000))),
    ("/Image", picture(Filter=Name.JPXDecode)),
    ("/Image", picture(Filter=Array([Name.FlateDecode] * 3))),
    ("/Image", picture(DecodeParms=Dictionary(Columns=10**9))),
    ("/ExtGState", Dictionary(SMask=Dictionary())),
    *(("/ExtGState", Dictionary(**one)) for one in ({"LW": 9}, {"ML": 0}, {"LC": 3}, {"FL": 999})),
    ("/ExtGState", Dictionary(D=Array([Array([0]), 0]))),
    ("/Group", Dictionary(S=Name.Transparency, CS=Name.Pattern)),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(LENT)))
def test_what_services_lend_is_plain(number: int) -> None:
    assert is_lent_plainly(*LENT[number])


@pytest.mark.parametrize("number", range(len(ODD)))
def test_what_ends_a_program_is_not(number: int) -> None:
    assert not is_lent_plainly(*ODD[number])


def test_profiles_of_ghostscript_are_plain() -> None:
    """Those of its own that pictures are in, of four inks by their very bytes."""
    found = {one.stem: one.read_bytes() for one in GHOSTSCRIPT.glob("*.icc")}
    if not found:
        pytest.skip("no ghostscript")
    parts = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
    plain = {
        name for name, data in found.items() if is_lent_plainly(*described(data, parts.get(data[16:20], 3)))
    }
    assert plain == set(found) - {"lab"}
    inks = found["default_cmyk"]
    assert not is_lent_plainly(*described(inks[:-1] + b"\x01", 4))


@pytest.mark.parametrize(
    ("field", "odd"),
    [
        ({}, False),
        ({"MK": Dictionary()}, False),
        ({"MK": Dictionary(R=90), "Border": Array([0, 0, 0])}, False),
        ({"AP": 1, "MK": Dictionary(BC=Array([0])), "BS": Dictionary(W=1, S=Name.S)}, False),
        ({"DA": String("/Helv 0 Tf 0 g"), "DR": lending(simple(Type=Name.Font, Name=Name.Helv))}, False),
        # as Acrobat writes it
        (
            {
                "DR": Dictionary(
                    Encoding=Dictionary(PDFDocEncoding=BREVE),
                    Font=Dictionary(Helv=simple(Encoding=BREVE), ZaDb=DINGBATS),
                )
            },
            False,
        ),
        # of these poppler and ghostscript make a look, over what lies there
        ({"MK": Dictionary(BG=Array([1, 1, 0]))}, True),
        ({"BS": Dictionary(W=3)}, True),
        ({"Border": Array([0, 0, 3])}, True),
        ({"AP": 1, "MK": Dictionary(CA=String("x"))}, True),
        ({"AP": 1, "MK": Dictionary(R=45)}, True),
        ({"AP": 1, "MK": Array([])}, True),
        ({"AP": 1, "BS": Dictionary(W=3, S=Name.D, D=Array([0]))}, True),
        ({"AP": 1, "Border": Array([0, 0, 1, Array([0, 0])])}, True),
        ({"AP": 1, "Border": Array([0, 0, 99])}, True),
        ({"DA": String("(\x00) Tj")}, True),
        ({"DR": Dictionary(Font=Dictionary(F=Dictionary(Subtype=Name.Type3)))}, True),
        ({"DR": Dictionary(XObject=Dictionary(F=1))}, True),
        # which nobody needs there, and a printer runs
        ({"DR": lending(simple(FontDescriptor=Dictionary(FontName=Name.Helvetica)))}, True),
        ({"DR": lending(Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Helvetica))}, True),
        ({"DR": lending(Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Helvetica))}, True),
        ({"DR": lending(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Uji))}, True),
        ({"DR": lending(simple(), "/a) b")}, True),
        ({"DR": Dictionary(Font=Dictionary(F=simple(ToUnicode=stream())))}, True),
        ({"DR": Dictionary(Font=Dictionary({f"/F{n}": simple() for n in range(17)}))}, True),
        ({"DR": lending(simple(**NUMBERED))}, True),
        *(
            ({"DR": lending(Dictionary(Subtype=Name.Type1, **{"BaseFont": Name.Helvetica, **one}))}, True)
            for one in (
                {"Encoding": Name("/a/b")},
                {"Encoding": Dictionary(Differences=Array([1, Name("/A systemdict quit B")]))},
                {"Encoding": Dictionary(Differences=Array([10**9, Name.a]))},
                {"Encoding": stream(b"/X usecmap")},
                {"BaseFont": Name("/../x")},
            )
        ),
        ({"DR": Array([])}, True),
    ],
)
def test_a_field_without_a_look_has_no_frame(field: dict[str, Any], odd: bool) -> None:
    made = Dictionary(**field)
    assert bool([*odd_frame(made), *odd_defaults(made)]) == odd


def test_places_are_numbers_that_stand_there() -> None:
    assert is_direct(Array([1, 2, 3, 4]))
    assert is_direct(PDF.make_indirect(Array([1, 2, 3, 4])))
    assert not is_direct(Array([1, 2, 3, PDF.make_indirect(Dictionary())]))
    assert not is_direct(Dictionary())
