"""Colours of a stamp: said as every program reads them."""

from __future__ import annotations

import io
import struct
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.pdf.stamped import stamps_of
from tests.submission.pdf.test_stamp_lent import PROFILES
from tests.submission.pdf.test_stamped import shown

LIGHT = {"WhitePoint": Array([1, 1, 1]), "Gamma": Decimal("2.2")}
PRIMARIES = [0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505]
SRGB = {"WhitePoint": Array([0.9505, 1, 1.089]), "Gamma": Array([2.2] * 3), "Matrix": Array(PRIMARIES)}
TABLE = [Name.Indexed, Name.DeviceGray, 1, String(b"\x00\xff")]
BOX = b" 42 8 40 12 re f"


def ink(name: Name) -> list[Any]:
    """From no ink to all of it; a new one each time, as a thing belongs to one document."""
    curve = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([1]), N=1)
    return [Name.Separation, name, Name.DeviceGray, curve]


def lent(*space: Any, name: str = "/C") -> dict[str, Any]:
    return {"Resources": Dictionary(ColorSpace=Dictionary({name: Array(list(space))}))}


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"/DeviceGray cs .5 sc" + BOX, {}),
        (b"/DeviceRGB CS 1 0 0 SCN 9 9 m 40 9 l S", {}),
        (b"/DeviceCMYK cs 0 0 0 1 scn" + BOX, {}),
        (b"/C cs 1 sc" + BOX + b" /C CS 1 SC 0 0 9 9 re S", lent(Name.CalGray, Dictionary(**LIGHT))),
        (b"/C cs 1 0 .5 scn" + BOX, lent(Name.CalRGB, Dictionary(**SRGB))),
        (b"q 1 0 0 rg Q /C cs" + BOX, lent(Name.CalRGB, Dictionary(**SRGB))),
        (b"1 g 1 sc" + BOX, {}),
        # Qt lends it always
        (b"1 0 0 rg" + BOX, lent(Name.Pattern, Name.DeviceRGB)),
    ],
)
def test_colours_as_services_say_them(content: bytes, values: dict[str, Any]) -> None:
    assert stamps_of(shown(content, **values)).odd is None


def curve(*numbers: int) -> bytes:
    """A description of greys, by the curve alone."""
    row = b"curv" + bytes(4) + struct.pack(f">I{len(numbers)}H", len(numbers), *numbers)
    head = struct.pack(">I4xI4s4s4s12x4s88xI", 144 + len(row), 2 << 24, b"mntr", b"GRAY", b"XYZ ", b"acsp", 1)
    return head + struct.pack(">4sII", b"kTRC", 144, len(row)) + row


def dated(data: bytes) -> bytes:
    """The same description, made on another day by another program, and called otherwise."""
    (count,) = struct.unpack_from(">I", data, 128)
    tags = struct.iter_unpack(">4sII", data[132 : 132 + 12 * count])
    (at,) = (start for name, start, _ in tags if name == b"cprt")
    return data[:4] + b"test" + data[8:24] + bytes(12) + data[36 : at + 12] + b"x" + data[at + 13 :]


@pytest.mark.parametrize(
    ("data", "parts", "told"),
    [
        *((one, 3, False) for one in PROFILES),
        *((dated(one), 3, False) for one in PROFILES),
        # what is black for those who go by the number of parts is white by some curves
        *((curve(*numbers), 1, True) for numbers in ((563,), (65535, 65535), (65535, 0), ())),
        (PROFILES[0].replace(b"bXYZ", b"rXYZ", 1), 3, True),
        (PROFILES[0].replace(b"curv", b"para", 1), 3, True),
    ],
)
def test_profiles_of_others_are_told(data: bytes, parts: int, told: bool) -> None:
    def described(document: pikepdf.Pdf) -> Array:
        return Array([Name.ICCBased, document.make_stream(data, N=parts)])

    for kind in ("/ColorSpace", "/Image", "/Indexed", "/Group"):
        with pikepdf.open(shown(b"/C cs" + BOX if kind == "/ColorSpace" else b"q Q")) as document:
            look, space = document.pages[0].Annots[0].AP.N, described(document)
            if kind == "/ColorSpace":
                look.Resources = Dictionary(ColorSpace=Dictionary(C=space))
            elif kind == "/Group":
                look.Group = Dictionary(S=Name.Transparency, CS=space)
            else:
                colours, bits = space, 8
                if kind == "/Indexed":
                    colours, bits = Array([Name.Indexed, space, 0, String(bytes(parts))]), 1
                picture = document.make_stream(
                    bytes(parts if bits == 8 else 1),
                    Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=bits,
                    ColorSpace=colours,
                )  # fmt: skip
                look.Resources = Dictionary(XObject=Dictionary(P=picture))
            document.save(target := io.BytesIO())
        odd = stamps_of(target).odd
        assert (odd.what if odd is not None else "") == ("/ICCBased" if told else "")
        assert odd is None or not odd.unread


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"1 scn" + BOX, {}),
        (b"0 0 1 rg 1 sc" + BOX, {}),
        (b"/DeviceRGB cs 1 sc" + BOX, {}),
        (b"/DeviceGray cs 0 0 0 1 sc" + BOX, {}),
        (b"/DeviceRGB cs 1 1 1 0 sc" + BOX, {}),
        (b"/DeviceGray cs 2 sc" + BOX, {}),
        (b"q /DeviceGray cs 1 sc Q 1 sc" + BOX, {}),
        (b"/DeviceGray cs 1 SC" + BOX, {}),
        (b"/C cs" + BOX, lent(*TABLE)),
        (b"/C CS" + BOX, lent(*TABLE)),
        (b"/C cs 1 sc" + BOX, lent(*TABLE)),
        *((b"/C cs 1 scn" + BOX, lent(*ink(name))) for name in (Name.X, Name.Black, Name.Cyan, Name.Gray)),
        (b"/C cs 90 0 0 sc" + BOX, lent(Name.Lab, Dictionary(WhitePoint=Array([1, 1, 1])))),
        (b"/C cs 1 sc" + BOX, lent(Name.Pattern, Name.DeviceGray)),
        (b"/C cs" + BOX, lent(Name.Pattern, Name.DeviceGray)),
        (b"1 g" + BOX, lent(*TABLE, name="/DefaultGray")),
        *(
            (b"1 g" + BOX, lent(Name.CalGray, Dictionary(**LIGHT), name=one))
            for one in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
        ),
        (b"1 rg" + BOX, lent(Name.CalRGB, Dictionary(**SRGB), name="/DefaultRGB")),
    ],
)
def test_colours_that_some_read_otherwise(content: bytes, values: dict[str, Any]) -> None:
    odd = stamps_of(shown(content, **values)).odd
    assert odd is not None
    assert odd.unread
