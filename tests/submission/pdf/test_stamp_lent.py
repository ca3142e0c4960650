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

from desktop.base.resources import resource
from desktop.submission.pdf.field_frame import is_direct, odd_defaults, odd_frame
from desktop.submission.pdf.stamp_fonts import is_in_measure, maps_plainly, outlines, turning
from desktop.submission.pdf.stamp_lent import is_lent_plainly, letters_of, outlines_of
from desktop.submission.pdf.stamp_own import keeps_letters

PDF = pikepdf.new()
SANS = (resource("fonts") / "NotoSans-Regular.ttf").read_bytes()
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
    return Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica, **entries)


def composite(map_: bytes = b"", encoding: str = "/Identity-H", **inner: Any) -> Dictionary:
    about = Dictionary(FontName=Name.X, FontFile2=stream(zlib.compress(SANS), Filter=Name.FlateDecode))
    held = {
        "Subtype": Name.CIDFontType2,
        "BaseFont": Name.X,
        "CIDSystemInfo": Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        "FontDescriptor": about,
        **inner,
    }
    return Dictionary(
        Subtype=Name.Type0,
        BaseFont=Name.X,
        Encoding=Name(encoding),
        DescendantFonts=Array([Dictionary(**held)]),
        ToUnicode=stream(map_),
    )


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


def described(data: bytes, parts: int = 3) -> tuple[str, Array]:
    return "/ColorSpace", Array([Name.ICCBased, stream(data, N=parts)])


def outsized(units: int) -> bytes:
    """A font whose letters are that many times smaller than it says, or larger."""
    at = SANS.index(b"head")
    (place,) = struct.unpack_from(">I", SANS, at + 8)
    return SANS[: place + 18] + struct.pack(">H", units) + SANS[place + 20 :]


def compact(
    matrix: bytes = b"", name: bytes = b"", notice: bytes = b"", said: int = 1, codes: bytes = b""
) -> bytes:
    """A compact font of two letters, of which the second is called so."""

    def listed(*parts: bytes) -> bytes:
        places = [1 + sum(map(len, parts[:at])) for at in range(len(parts) + 1)]
        return struct.pack(">HB", len(parts), 1) + bytes(places) + b"".join(parts) if parts else bytes(2)

    def top(at: int) -> bytes:
        told = matrix + b"\x0c\x07" if matrix else b""
        if notice:
            word = bytes([said]) if said < 12 << 8 else bytes(divmod(said, 256))
            told += struct.pack(">Bh", 28, 391 + bool(name)) + word
        if codes:
            told += struct.pack(">BiB", 29, at + 3 + len(listed(b"\x0e", b"\x0e")), 16)
        return told + struct.pack(">BiBBiB", 29, at, 15, 29, at + 3, 17)

    strings = listed(*filter(None, (name, notice)))
    head = b"\x01\x00\x04\x01" + listed(b"X")
    at = len(head) + len(listed(top(0))) + len(strings) + 2
    names = struct.pack(">BH", 0, 391 if name else 1)
    return head + listed(top(at)) + strings + bytes(2) + names + listed(b"\x0e", b"\x0e") + codes


def matrix(*numbers: float) -> bytes:
    """As a compact font says it, figure by figure."""
    figures = "0123456789.E!? -"

    def packed(value: float) -> bytes:
        said = [f"{figures.index(one):x}" for one in f"{value:.9f}"] + ["f"]
        return b"\x1e" + bytes.fromhex("".join(said) + "f" * (len(said) % 2))

    return b"".join(packed(one) if one else b"\x8b" for one in numbers)


MILLI, WHOLE = b"\x1e\xa0\x01\xff\x8b\x8b\x1e\xa0\x01\xff\x8b\x8b", b"\x8c\x8b\x8b\x8c\x8b\x8b"
FUNCTION = {"FunctionType": 2, "Domain": Array([0, 1]), "C0": Array([0]), "C1": Array([1]), "N": 1}

LENT = [
    ("/Font", simple()),
    ("/Font", simple(Encoding=Name.WinAnsiEncoding, FirstChar=32, LastChar=255, Widths=Array([500] * 224))),
    ("/Font", simple(Encoding=Dictionary(Differences=Array([24, Name.breve, Name.caron])))),
    ("/Font", composite(b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange"
                        b" <0001> <0002> <D83DDE00> <0003> <0004> [<0041> <00420043>] endbfrange")),
    ("/Font", composite(W=Array([0, Array([500, 600]), 9, 65535, 400]), DW=1000)),
    ("/ColorSpace", Name.DeviceRGB),
    ("/ColorSpace", Array([Name.ICCBased, profile(3)])),
    ("/ColorSpace", Array([Name.ICCBased, profile(1, b"GRAY", b"scnr", 4, (b"kTRC", b"wtpt", b"vcgt"))])),
    *(described(one) for one in PROFILES),
    ("/ColorSpace", Array([Name.Indexed, Name.DeviceRGB, 1, String("abcdef")])),
    ("/ColorSpace", Array([Name.Separation, Name.Black, GREY, Dictionary(**FUNCTION)])),
    ("/ColorSpace", Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.1]))])),
    ("/Image", picture()),
    ("/Image", picture(SMask=picture(), Decode=Array([0, 1]))),
    ("/Image", picture(jpeg(), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg(progressive=True), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg(), Filter=Name.DCTDecode, DecodeParms=Dictionary(ColorTransform=1))),
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
    ("/Image", stream(bytes(18), Width=9, Height=9, ImageMask=True)),
    ("/ExtGState", Dictionary(BM=Name.Normal, ca=1, SMask=Name("/None"), SA=True)),
    ("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)),
]  # fmt: skip
ODD = [
    ("/Font", Dictionary(Subtype=Name.Type3, BaseFont=Name.X)),
    ("/Font", Dictionary(Subtype=Name.Type1)),
    ("/Font", simple(FirstChar=0, LastChar=10**9)),
    ("/Font", simple(Encoding=Dictionary(Differences=Array([10**9, Name.a])))),
    ("/Font", simple(Encoding=stream(b"/X usecmap"))),
    # which PostScript printers run
    ("/Font", simple(FontDescriptor=Dictionary(FontName=Name.X, FontFile=stream(b"%!PS")))),
    ("/Font", composite(W=Array([0, 1999999999, 500]))),
    ("/Font", composite(W=Array([0, Array([500, -500])]))),
    ("/Font", composite(DW=-1000)),
    ("/Font", simple(FirstChar=32, LastChar=33, Widths=Array([500, -500]))),
    # of which poppler makes the way to a file, and reads it
    ("/Font", composite(encoding="/../../../../dev/zero")),
    ("/Font", composite(encoding="/Identity.H")),
    ("/Font", composite(CIDSystemInfo=Dictionary(Registry=String("../x"), Ordering=String("y")))),
    ("/Font", simple(Encoding=Name("/a/b"))),
    ("/Font", simple(Encoding=Dictionary(Differences=Array([1, Name("/A systemdict quit B")])))),
    ("/ExtGState", Dictionary(CA=Dictionary())),
    ("/ExtGState", Dictionary(ca=-5)),
    ("/Font", Dictionary(Subtype=Name.Type1, BaseFont=Name("/../x"))),
    ("/Font", composite(W2=Array([0, 1999999999, 500, 0, 0]))),
    ("/Font", composite(W=Array([0, 60000, 1] * 3))),
    ("/Font", composite(CIDToGIDMap=stream(bytes(200_000)))),
    ("/Font", composite(b"/X usecmap")),
    ("/Font", composite(b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange")),
    ("/ColorSpace", Name.Pattern),
    ("/ColorSpace", Array([Name.ICCBased, profile(30)])),
    # of which a printer runs the names, and what is made of tables
    ("/ColorSpace", Array([Name.ICCBased, profile(kind=b"nmcl")])),
    *(
        ("/ColorSpace", Array([Name.ICCBased, profile(tags=(b"rTRC", one))]))
        for one in (b"ncl2", b"ncol", b"A2B0", b"B2A0", b"D2B0", b"ps2s")
    ),
    ("/ColorSpace", Array([Name.ICCBased, profile(edition=5)])),
    ("/ColorSpace", Array([Name.ICCBased, profile(beyond=b"%")])),
    ("/ColorSpace", Array([Name.ICCBased, profile(tags=(b"desc",) * 61)])),
    *(("/Image", letters(jpeg() + more, Name.DCTDecode, **PICTURE)) for more in (b"", b"\n%-EOD-\n")),
    ("/Image", letters(zlib.compress(bytes(81)), Name.FlateDecode, **PICTURE)),
    ("/Image", letters(bytes(81), **PICTURE)),
    ("/Image", picture(bytes(81).hex().encode() + b">", Filter=Name.ASCIIHexDecode)),
    ("/Image", picture(zlib.compress(jpeg()), Filter=Array([Name.FlateDecode, Name.DCTDecode]))),
    # what stands behind the end
    ("/Image", picture(zlib.compress(bytes(81)) + b"%", Filter=Name.FlateDecode)),
    ("/Image", picture(jpeg() + bytes(65), Filter=Name.DCTDecode)),
    ("/Image", picture(jpeg()[:-2], Filter=Name.DCTDecode)),
    ("/ColorSpace", Array([Name.Indexed, Array([Name.Indexed, GREY, 0, String("a")]), 0, String("a")])),
    ("/ColorSpace", Array([Name.Separation, Name.X, GREY, stream(b"{" * 50_000, FunctionType=4)])),
    ("/ColorSpace", Array([Name.Separation, Name.X, GREY, stream(FunctionType=0, Size=Array([6 * 10**8]))])),
    ("/ColorSpace", Array([Name.DeviceN, Array([Name.X] * 30), GREY, Dictionary(**FUNCTION)])),
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
    ("/ColorSpace", Array([Name.Indexed, Name.DeviceRGB, 2, String("abcdef")])),
    ("/ColorSpace", Array([Name.ICCBased, profile(3, b"GRAY")])),
    ("/ColorSpace", Array([Name.Separation, Name.X, Name.DeviceRGB, Dictionary(**FUNCTION)])),
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


def test_fonts_are_drawn_in_measure() -> None:
    """Of letters two thousand times as large as their size one program gives up the page."""
    assert [is_in_measure(outsized(units), "") for units in (16, 249, 250, 16_384)] == [
        False,
        False,
        True,
        True,
    ]
    assert [is_in_measure(compact(one), "/Type1C") for one in (b"", MILLI, WHOLE)] == [True, True, False]
    # of whose fourth number FreeType makes units in a number of 16 bits
    shares = (1 / 2048, 1 / 16_000, 1 / 65_537)
    fonts = [compact(matrix(one, 0, 0, one, 0, 0)) for one in shares]
    assert [is_in_measure(one, "/Type1C") for one in fonts] == [True, True, False]
    for odd in ((0.001, 0, 0, 1 / 65_546), (0.001, 0.001, 0, 0.001), (0.001, 0, 0.001, 0.001), (0, 0, 0, 0)):
        assert not is_in_measure(compact(matrix(*odd, 0, 0)), "/Type1C")
    assert not is_in_measure(b"%!PS-AdobeFont-1.0", "")
    assert not is_in_measure(b"%!" + compact()[2:], "/Type1C"), "some go by how it begins"
    # what letters are called is written into what goes to a printer
    assert is_in_measure(compact(name=b"uni0041.alt"), "/Type1C")
    assert not is_in_measure(compact(name=b"A systemdict quit B"), "/Type1C")
    assert is_in_measure(compact(notice=b"Copyright (c) x"), "/Type1C")
    assert not is_in_measure(compact(notice=b"A quit", said=12 << 8 | 21), "/Type1C"), "which a printer runs"
    assert [is_in_measure(compact(codes=one), "/Type1C") for one in (b"\x00\x00", b"\x80\x00\x00")] == [
        True,
        False,
    ]
    assert not maps_plainly(b"beginbfrange " + b"<0000> <ffff> <0041> " * 2 + b"endbfrange")
    assert not maps_plainly(b"beginbfrange <0002> <0001> <0041> endbfrange")
    twice = b"1 beginbfrange <0000> <ffff> <0041> endbfrange "
    whole = (
        b"%!PS\n/CIDInit /ProcSet findresource begin\n<< /Registry (Adobe) /Supplement 0 >> def\n%x\n" + twice
    )
    assert maps_plainly(whole)
    # for some programs a remark, for others a text, and sources for some that are targets for others
    for odd in (b"(%) " + twice * 2, b"(<) " + twice, twice + b"% x", twice + b"{", b"<0000> <ffff>"):
        assert not maps_plainly(whole + odd)
    for hidden in (b"\n% endbfrange\n", b"<0000> <0001> [<0041>\n% ]\n<0042>]"):
        assert maps_plainly(b"beginbfrange " + hidden + b"<0000> <ffff> <0041> endbfrange")
        assert not maps_plainly(b"beginbfrange " + hidden + b"<0000> <ffff> <0041> " * 2 + b"endbfrange")
    assert not maps_plainly(b"beginbfrange <0000> <ffff> 65 <0000> <ffff> <0041> endbfrange")
    assert maps_plainly(b"beginbfchar <41> <00410042> <0042> <0043> endbfchar")
    assert not maps_plainly(b"beginbfchar <000041> <0041> endbfchar")


def glyphs(
    *letters: bytes,
    units: int = 1000,
    places: list[int] | None = None,
    more: dict[bytes, bytes] | None = None,
) -> bytes:
    """A TrueType font of these outlines."""
    places = places or [sum(map(len, letters[:at])) for at in range(len(letters) + 1)]
    tables = {
        **(more or {}),
        b"head": bytes(18) + struct.pack(">H", units) + bytes(30) + struct.pack(">HH", 1, 0),
        b"maxp": struct.pack(">IH", 0x10000, len(letters)),
        b"loca": struct.pack(f">{len(places)}I", *places),
        b"glyf": b"".join(letters),
    }
    head, at = b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0), 12 + 16 * len(tables)
    for name, one in tables.items():
        head += name + struct.pack(">III", 0, at, len(one))
        at += len(one)
    return head + b"".join(tables.values())


def corner(*steps: int) -> bytes:
    """One line that goes so many units to the right at each step."""
    ends = struct.pack(">h8xHH", 1, len(steps) - 1, 0)
    return ends + b"\x20" * len(steps) + struct.pack(f">{len(steps)}h", *steps)


def cornered(*places: tuple[int, int], bent: bool = False) -> bytes:
    """One line from place to place; where it is ``bent``, every second one is what it bends towards."""
    steps = zip(
        *((x - u, y - v) for (x, y), (u, v) in zip(places, [(0, 0), *places], strict=False)), strict=True
    )
    ends = struct.pack(">h8xHH", 1, len(places) - 1, 0)
    flags = bytes(not bent or not at % 2 for at in range(len(places)))
    return ends + flags + b"".join(struct.pack(f">{len(one)}h", *one) for one in steps)


def twice(part: int) -> bytes:
    """A letter that is another one, nearly twice as large."""
    return struct.pack(">h8xHHbbh", -1, 8 | 2, part, 0, 0, (1 << 15) - 1)


def test_letters_reach_as_far_as_their_outlines() -> None:
    """Whatever the font says of itself; of what reaches too far cairo draws no page."""
    assert outlines(glyphs(corner(500), corner(700, -900)), "").reach == 0.7
    assert outlines(glyphs(corner(32_000), units=250), "").reach == 128.0
    assert outlines(glyphs(corner(*[30_000] * 4)), "").reach == 120.0
    assert outlines(glyphs(corner(500), twice(0), twice(1), twice(2)), "").reach == pytest.approx(
        4.0, abs=0.01
    )
    assert 1 < outlines(SANS, "").reach < 20
    for broken in (glyphs(twice(0)), glyphs(corner(1), *map(twice, range(9)), twice(10)), glyphs(b"\0")):
        with pytest.raises((ValueError, struct.error, IndexError)):
            outlines(broken, "")
    # up and down more often than there is room in a row of points
    assert outlines(glyphs(corner(*[900, -900] * 99)), "").length == pytest.approx(0.9 * 197)
    with pytest.raises(ValueError, match=r"\d"):
        outlines(glyphs(corner(*[900, -900] * 101)), "")
    with pytest.raises(ValueError, match=r"\d"):
        outlines(lettered((number(*[900, 0, -900, 0] * 12) + b"\x05") * 10 + END), "/Type1C")
    # which end before they begin, or beyond all of them: FreeType reads on
    one = corner(500)
    for places in ([0, len(one), 0], [0, len(one), 2 * len(one) + 2]):
        with pytest.raises(ValueError, match=r"\d"):
            outlines(glyphs(one, one, places=places), "")
    with pytest.raises(ValueError, match=r"\d"):
        outlines(glyphs(b"", *(parts(one, 8) for one in range(3))), "")
    assert outlines(glyphs(b"", parts(0, 8), parts(1, 6)), "").reach == 0
    assert outlines(glyphs(corner(1, 2), parts(0, 8)), "").points == 16
    font = composite()
    assert outlines_of(font) == outlines(SANS, "")
    assert outlines_of(simple()).reach < 20
    font.DescendantFonts[0].FontDescriptor.FontFile2 = stream(b"\0\1\0\0")
    assert outlines_of(font).reach == float("inf")
    two = composite()
    two.DescendantFonts[0].FontDescriptor.FontFile3 = stream(compact(), Subtype=Name.CIDFontType0C)
    assert outlines_of(two).reach == float("inf"), "each program reads another one"


def index(*held: bytes) -> bytes:
    """A list within a compact font."""
    places = [1 + sum(map(len, held[:at])) for at in range(len(held) + 1)]
    listed = struct.pack(f">HB{len(places)}I", len(held), 4, *places) + b"".join(held)
    return listed if held else bytes(2)


def lettered(
    *letters: bytes,
    everywhere: tuple[bytes, ...] = (),
    own: tuple[bytes, ...] = (),
    said: bytes = b"",
    names: tuple[bytes, ...] = (),
) -> bytes:
    """A compact font of these letters, and what they use of each other, are called, or all of it says."""
    head = b"\x01\x00\x04\x04" + index(b"X")
    at = len(head) + len(index(bytes(23 + len(said)))) + len(index(*names)) + len(index(*everywhere))
    private = struct.pack(">BiB", 29, 6, 19)
    behind = at + len(index(*letters))
    called = behind + len(private + index(*own)) if names else 0
    top = said + struct.pack(">BiBBiBBiBiB", 29, called, 15, 29, at, 17, 29, len(private), 29, behind, 18)
    charset = struct.pack(f">B{len(names)}H", 0, *range(391, 391 + len(names)))
    body = index(*names) + index(*everywhere) + index(*letters) + private + index(*own)
    return head + index(top) + body + charset


def number(*values: int) -> bytes:
    return b"".join(struct.pack(">Bh", 28, one) for one in values)


USE, USE_EVERYWHERE, END = bytes([139 - 107, 10]), bytes([139 - 107, 29]), b"\x0e"


def test_letters_of_compact_fonts_are_followed() -> None:
    """Parts that use parts, ten deep and many times, keep Firefox busy for ever."""

    def drawn(*letters: bytes, **more: Any) -> tuple[float, int]:
        found = outlines(lettered(*letters, **more), "/Type1C")
        return round(found.reach), found.points

    square = number(700) + b"\x16" + number(10, 20, 30, -40) + b"\x05" + END
    assert drawn(END, square) == (1, 3)
    assert drawn(number(30_000, 30_000, 30_000) + b"\x06" + END) == (61, 3)
    # a mark behind two stems, each kind of curve, and such as go there and back
    stems = number(1, 2) + b"\x12" + number(3, 4) + b"\x13\xc0"
    curves = number(*[9] * 9) + b"\x1b" + number(*[9] * 8) + b"\x1f" + number(*[9] * 5) + b"\x1e"
    curves += number(*[9] * 5) + b"\x1a" + number(*[9] * 8) + b"\x18" + number(*[9] * 8) + b"\x19"
    flat = b"".join(
        number(*[9] * count) + bytes([12, word]) for word, count in ((34, 7), (35, 13), (36, 9), (37, 11))
    )
    assert drawn(stems + curves + flat + END)[1] == 6 + 6 + 3 + 3 + 4 + 4 + 24
    assert drawn(USE + END, own=(number(9) + b"\x16\x0b",)) == (0, 1)
    assert drawn(USE_EVERYWHERE, everywhere=(number(9) + b"\x16" + END,)) == (0, 1)
    accented = number(3, 700) + b"\x15" + END, number(100, 30, 65, 66) + END
    assert outlines(lettered(*accented), "/Type1C").reach == pytest.approx(0.808)
    laughing = (*(bytes([139 - 107 + at + 1, 10]) * 60 + b"\x0b" for at in range(9)), b"\x0b")
    for odd in (
        lettered(USE + END, own=laughing),
        lettered(USE + END, own=(USE + b"\x0b",)),
        lettered(USE + END),
        lettered(number(*[1] * 49) + b"\x05" + END),
        lettered(number(1) + b"\x05" + END),
        lettered(number(1, 2) + b"\x0c\x0a" + END),
        lettered(number(0, 65, 66) + END),
        lettered(END).replace(b"\x00\x00\x00\x01\x00\x00\x00\x02", b"\x00\x00\x00\x01\x00\x00\xff\xff"),
    ):
        with pytest.raises((ValueError, IndexError, KeyError, struct.error)):
            outlines(odd, "/Type1C")


@pytest.mark.parametrize(
    ("letter", "wide", "row"),
    [
        # level, upright and on a slope: of the last all points may lie in one row
        (cornered((0, 0), (9_000, 0), (9_000, 900), (0, 900)), 9.0, 0.1),
        (cornered((0, 0), (9_000, 3), (9_000, 4), (0, 1)), 9.0, 9.0),
        (cornered((0, 0), (3, 9_000), (4, 9_000), (1, 0)), 9.0, 9.0),
        (cornered((0, 0), (9_000, 4_000), (9_000, 4_900), (0, 900)), 9.0, 0.2),
        # round, and so flat that it is as good as level
        (cornered((0, 450), (0, 900), (450, 900), (900, 900), (900, 450), bent=True), 0.9, 0.9),
        (cornered((0, 4_500), (0, 9_000), (4_500, 9_000), (9_000, 9_000), (9_000, 0), bent=True), 9.0, 2.5),
        (cornered((0, 0), (4_500, 6), (9_000, 0), (4_500, -6), bent=True), 9.0, 9.0),
        # up and down, again and again
        (cornered(*[(100 * at, at % 2 * 9_000) for at in range(91)]), 9.0, 3.4),
        # no wider than most, and so not asked about
        (cornered((0, 0), (1_900, 3), (1_900, 4), (0, 1)), 1.9, 1.9),
    ],
)  # fmt: skip
def test_what_lies_in_one_row_of_a_letter_is_counted(letter: bytes, wide: float, row: float) -> None:
    """Where FreeType has no room for it, Evince shows no page."""
    for program in (glyphs(corner(9), letter), glyphs(letter, parts(0, 1))):
        found = outlines(program, "")
        assert found.wide == pytest.approx(wide, abs=0.02)
        assert row * 0.4 <= found.row <= row * 1.1


def test_what_lies_in_one_row_of_a_compact_letter_is_counted() -> None:
    level = number(0, 0) + b"\x15" + number(9_000, 900, -9_000) + b"\x06" + END
    slope = number(0, 0) + b"\x15" + number(9_000, 3, 0, 1, -9_000, -3) + b"\x05" + END
    closed = number(0, 0) + b"\x15" + number(9_000, 9_000, 0, -8_997) + b"\x05" + END
    round_ = number(0, 4_500) + b"\x15" + number(*[0, 2_500, 2_000, 2_000, 2_500, 0]) + b"\x08"
    round_ += number(*[2_500, 0, 2_000, -2_000, 0, -2_500]) + b"\x08" + END
    rows = [outlines(lettered(one), "/Type1C").row for one in (level, slope, closed, round_)]
    assert rows == [
        pytest.approx(0.05, abs=0.05), pytest.approx(9.09), pytest.approx(9.09), pytest.approx(1.5, abs=1),
    ]  # fmt: skip


def test_letters_of_one_number_look_alike() -> None:
    """Printers keep letters by the number of their font, and print those of the first for the second."""

    def font(*letters: bytes, said: int = 4711, **more: Any) -> Any:
        program = stream(lettered(END, *letters, said=number(said) + b"\x0d", **more), Subtype=Name.Type1C)
        return simple(FontDescriptor=Dictionary(FontName=Name.X, FontFile3=program))

    one = number(100, 200) + b"\x15" + number(300, 400) + b"\x05" + END
    cut = number(100, 200) + b"\x15" + USE + END
    two = number(100, 200) + b"\x15" + number(300, 500) + b"\x05" + END
    known = letters_of(font(one, two))
    assert len(known) == 3
    # the same font, one of its pieces, one that is said in another way
    drawn = number(300, 400) + b"\x05\x0b"
    for alike in (font(one, two), font(one), font(cut, two, own=(drawn,))):
        assert keeps_letters(dict(known), letters_of(alike))
    assert keeps_letters(dict(known), letters_of(font(two, one, said=4712)))
    # exchanged, also under names that are written out: the first two of all are the blank and the exclamation
    assert not keeps_letters(dict(known), letters_of(font(two, one)))
    assert not keeps_letters(dict(known), letters_of(font(two, one, names=(b"space", b"exclam"))))
    assert keeps_letters(dict(known), letters_of(font(two, one, names=(b"exclam", b"space"))))
    assert keeps_letters(dict(known), letters_of(font(two, one, names=(b"other", b"names"))))
    assert not letters_of(simple())
    # of a number that each program reads in its own way
    broken = lettered(END, one, said=b"\x1e\x47\x11\xa5\xff\x0d")
    program = stream(broken, Subtype=Name.Type1C)
    assert letters_of(simple(FontDescriptor=Dictionary(FontName=Name.X, FontFile3=program))) is None
    assert not keeps_letters({}, None)
    # emptied, wider, or put together of others: printers keep that as well
    wider = number(600, 100, 200) + b"\x15" + number(300, 400) + b"\x05" + END
    for other in (font(END, two), font(wider, two), font(number(0, 0, 65, 66) + END, two)):
        assert not keeps_letters(dict(known), letters_of(other))


def test_codes_that_stand_for_what_turns_others_are_known() -> None:
    assert turning(b"beginbfchar <41> <202E> <42> <0041> <43> <0041202e> endbfchar") == {0x41, 0x43}
    assert turning(b"beginbfrange <2000> <20ff> <2000> endbfrange") == {
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    }
    assert turning(b"beginbfrange <0001> <0002> [<0041> <2067>] <09> <0a> <0041202D> endbfrange") == {
        2,
        9,
        10,
    }
    assert not turning(
        b"beginbfchar <41> <00AD> <202E> <0041> endbfchar beginbfrange <41> <42> <0041> endbfrange"
    )


def test_fonts_of_today_have_room_as_large_as_stamps_show_them() -> None:
    """As a whole, with letters of which some are three times as wide as others."""
    assert outlines(SANS, "").row <= 2


def parts(number: int, count: int) -> bytes:
    """A letter put together of another one, many times."""
    each = [struct.pack(">HHbb", 2 | 32 * (at + 1 < count), number, 0, 0) for at in range(count)]
    return struct.pack(">h8x", -1) + b"".join(each)


def codes(kind: int, *ranges: tuple[int, int]) -> bytes:
    """A font's table of codes."""
    if kind == 4:
        row = b"".join(struct.pack(">H", last) for _, last in ranges)
        row += b"\0\0" + b"".join(struct.pack(">H", first) for first, _ in ranges)
        told = struct.pack(">HHHH6x", 4, 0, 0, 2 * len(ranges)) + row
    else:
        told = struct.pack(">HHIII", kind, 0, 0, 0, len(ranges))
        told += b"".join(struct.pack(">III", *one, 0) for one in ranges)
    return struct.pack(">HHHHI", 0, 1, 0, 3, 12) + told


@pytest.mark.parametrize(
    ("more", "plain"),
    [
        ({b"cmap": codes(12, (0, 60_000)), b"GSUB": b""}, True),
        ({b"cmap": codes(4, (0, 60_000), (65535, 65535))}, True),
        ({b"cmap": codes(12, (0, 1 << 31))}, False),
        ({b"cmap": codes(12, (5, 2))}, False),
        ({b"cmap": codes(12, *[(0, 9_000)] * 9)}, False),
        ({b"cmap": codes(4, *[(0, 65535)] * 2)}, False),
        ({b"cmap": codes(13, (0, 9))}, False),
        ({b"SVG ": b""}, False),
        # whose letters FreeType makes by their instructions, however far those lead
        ({b"name": b"\0M\0i\0n\0g\0L\0i\0U"}, False),
        ({b"fpgm": bytes(22_000), b"cvt ": bytes(8)}, False),
        ({b"fpgm": bytes(300), b"prep": bytes(4_000)}, False),
        ({b"fpgm": bytes(8_000), b"prep": bytes(4_000), b"cvt ": bytes(8), b"name": b"Noto Sans"}, True),
        ({b"EBDT": b""}, False),
    ],
)
def test_a_font_speaks_of_few_codes_and_draws_by_outlines(more: dict[bytes, bytes], plain: bool) -> None:
    """Of a list of two thousand million codes Firefox ended."""
    font = glyphs(corner(500), more=more)
    if plain:
        assert is_in_measure(font, "")
        with pytest.raises((ValueError, struct.error)):
            is_in_measure(font[:-1], "")
    else:
        with pytest.raises(ValueError, match=r"\d|b'"):
            is_in_measure(font, "")


@pytest.mark.parametrize(
    ("field", "odd"),
    [
        ({}, False),
        ({"MK": Dictionary()}, False),
        ({"MK": Dictionary(R=90), "Border": Array([0, 0, 0])}, False),
        ({"AP": 1, "MK": Dictionary(BC=Array([0])), "BS": Dictionary(W=1, S=Name.S)}, False),
        ({"DA": String("/Helv 0 Tf 0 g"), "DR": Dictionary(Font=Dictionary(Helv=simple()))}, False),
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
        ({"DR": Dictionary(XObject=Dictionary())}, True),
        ({"DR": Dictionary(Font=Dictionary(F=simple(ToUnicode=stream())))}, True),
        ({"DR": Dictionary(Font=Dictionary({f"/F{n}": simple() for n in range(17)}))}, True),
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
