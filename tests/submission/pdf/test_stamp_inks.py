"""Colours of a stamp: said as every program reads them."""

from __future__ import annotations

import io
import struct
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.pdf.stamped import stamps_of
from tests.submission.pdf.test_stamp_lent import PROFILES
from tests.submission.pdf.test_stamped import shown

BOX = b" 42 8 40 12 re f"


def lent(name: str, *space: Any) -> dict[str, Any]:
    """A space of the stamp's own."""
    value = Array(list(space)) if len(space) > 1 else space[0]
    return {"Resources": Dictionary(ColorSpace=Dictionary({name: value}))}


@pytest.mark.parametrize(
    "content",
    [
        # PDFBox
        b"/DeviceRGB cs\n1 1 0 sc\n-5000 -5000 10000 10000 re\nf\n0 0 0 sc" + BOX,
        b"/DeviceGray cs 1 sc" + BOX + b" /DeviceRGB cs 0 1 0 sc" + BOX,
        b"/DeviceRGB CS 1 0 0 SC 9 9 m 40 9 l S q 0 0 1 SC 9 9 m 40 9 l S Q",
        b"1 0 0 rg 0 0 1 sc" + BOX,
        b"1 g 1 sc .5 G" + BOX,
        b"0 0 0 1 k 1 0 0 RG" + BOX,
    ],
)
def test_colours_as_services_say_them(content: bytes) -> None:
    assert stamps_of(shown(content)).odd is None


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

    for kind in ("/Image", "/Indexed", "/Group"):
        with pikepdf.open(shown(b"q Q")) as document:
            look, space = document.pages[0].Annots[0].AP.N, described(document)
            if kind == "/Group":
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
        *((one + BOX, {}) for one in (b"1 scn", b"1 sc", b"0 0 1 rg 1 sc", b"0 g 1 1 1 sc")),
        (b"/DeviceRGB cs 1 sc" + BOX, {}),
        (b"/DeviceGray cs 0 0 0 1 sc" + BOX, {}),
        (b"/DeviceRGB cs 1 1 1 0 sc" + BOX, {}),
        (b"/DeviceGray cs 2 sc" + BOX, {}),
        (b"q /DeviceGray cs 1 sc Q 1 sc" + BOX, {}),
        (b"/DeviceGray cs 1 SC" + BOX, {}),
        (b"/DeviceCMYK cs 0 0 0 0 sc" + BOX, {}),
        (b"/Pattern cs /P scn" + BOX, {}),
        # some take the first colour of the space, others the one before
        (b"1 g /DeviceGray cs" + BOX, {}),
        (b"1 g /DeviceRGB cs q 0 0 0 sc Q" + BOX, {}),
        (b"1 G /DeviceRGB CS 9 9 m 40 9 l S", {}),
        # names that everybody has: of the stamp's own for some, of the device for others
        (
            b"/DeviceGray cs 0 sc" + BOX,
            lent("/DeviceGray", Name.Indexed, Name.DeviceGray, 1, String("\xff\0")),
        ),
        (b"/G cs 0 0 0 0 sc" + BOX, lent("/G", Name.DeviceCMYK)),
        (b"1 g" + BOX, lent("/DefaultGray", Name.CalGray, Dictionary(WhitePoint=Array([1, 1, 1])))),
        (b"/Cs1 cs 0 sc" + BOX, lent("/Cs1", Name.DeviceGray)),
        (b"1 g" + BOX, lent("/Cs1", Name.DeviceGray)),
    ],
)
def test_colours_that_some_read_otherwise(content: bytes, values: dict[str, Any]) -> None:
    odd = stamps_of(shown(content, **values)).odd
    assert odd is not None
    assert odd.unread
