"""Colours of a stamp: said as every program reads them."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.pdf.stamped import stamps_of
from tests.submission.pdf.test_stamped import shown

LIGHT = {"WhitePoint": Array([0.95, 1, 1.09])}
TABLE = [Name.Indexed, Name.DeviceGray, 1, String(b"\x00\xff")]
BOX = b" 42 8 40 12 re f"


def curve() -> Dictionary:
    """From no ink to all of it; a new one each time, as a thing belongs to one document."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)


def lent(*space: Any, name: str = "/C") -> dict[str, Any]:
    return {"Resources": Dictionary(ColorSpace=Dictionary({name: Array(list(space))}))}


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"/DeviceGray cs .5 sc" + BOX, {}),
        (b"/DeviceRGB CS 1 0 0 SCN 9 9 m 40 9 l S", {}),
        (b"/DeviceCMYK cs 0 0 0 1 scn" + BOX, {}),
        # as Quartz and Cairo write
        (b"/C cs 1 sc" + BOX + b" /C CS 1 SC 0 0 9 9 re S", lent(Name.CalGray, Dictionary(**LIGHT))),
        (b"/C cs 1 0 .5 scn" + BOX, lent(Name.CalRGB, Dictionary(**LIGHT))),
        (b"/C cs" + BOX, lent(Name.CalRGB, Dictionary(**LIGHT))),
        (
            b"q 1 0 0 rg Q /C cs 1 scn" + BOX,
            lent(Name.Separation, Name.X, Name.DeviceGray, curve()),
        ),
        (b"/C cs 1 sc" + BOX, lent(*TABLE)),
        (b"/C cs 90 -20 20 sc" + BOX, lent(Name.Lab, Dictionary(**LIGHT))),
        (b"/C cs 90 20 20 sc" + BOX, lent(Name.Lab, Dictionary(**LIGHT, Range=Array([0, 50, 0, 50])))),
        (b"1 g 1 sc" + BOX, {}),
        # Qt lends it always
        (b"1 0 0 rg" + BOX, lent(Name.Pattern, Name.DeviceRGB)),
        (b"1 g" + BOX, lent(Name.CalGray, Dictionary(**LIGHT), name="/DefaultGray")),
    ],
)
def test_colours_as_services_say_them(content: bytes, values: dict[str, Any]) -> None:
    assert stamps_of(shown(content, **values)).odd is None


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
        (b"/C cs 9 sc" + BOX, lent(*TABLE)),
        (b"/C cs .6 sc" + BOX, lent(*TABLE)),
        (b"/C cs -1 sc" + BOX, lent(*TABLE)),
        (b"/C cs 2 scn" + BOX, lent(Name.Separation, Name.X, Name.DeviceGray, curve())),
        (b"/C cs 90 80 0 sc" + BOX, lent(Name.Lab, Dictionary(**LIGHT, Range=Array([0, 50, 0, 50])))),
        (b"/C cs 1 sc" + BOX, lent(Name.Pattern, Name.DeviceGray)),
        (b"/C cs" + BOX, lent(Name.Pattern, Name.DeviceGray)),
        (b"1 g" + BOX, lent(*TABLE, name="/DefaultGray")),
        (b"1 g" + BOX, lent(Name.CalGray, Dictionary(**LIGHT), name="/DefaultRGB")),
    ],
)
def test_colours_that_some_read_otherwise(content: bytes, values: dict[str, Any]) -> None:
    odd = stamps_of(shown(content, **values)).odd
    assert odd is not None
    assert odd.unread
