"""Codes of a photo that one program takes for nothing and another for the end of the picture."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from PIL import Image, ImageFilter

from desktop.submission.pdf.codes import are_sound
from desktop.submission.pdf.photo import _tables

SIZES = ((1, 1), (7, 9), (8, 8), (16, 16), (17, 33), (160, 90))
MEANS = (0, 3, 5)
ONES = "1" * 16


def photo(size: tuple[int, int], mode: str = "RGB", **options: Any) -> bytes:
    target = io.BytesIO()
    seen = Image.effect_noise(size, 60).filter(ImageFilter.GaussianBlur(1)).convert(mode)
    seen.save(target, "JPEG", **options)
    return target.getvalue()


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("size", SIZES)
def test_photos_of_programs_are_sound(size: tuple[int, int], mode: str) -> None:
    for options in (
        {"quality": 82, "optimize": True},
        {"quality": 100, "subsampling": 0},
        {"quality": 60, "subsampling": 1},
        {"quality": 75, "restart_marker_rows": 1},
        {"quality": 92, "restart_marker_blocks": 2},
    ):
        assert are_sound(photo(size, mode, **options)), options


def written(*blocks: str, left: str = "1", waves: tuple[int, ...] = (0x00, 0xF0, 0x01, 0xE1, 0xF1)) -> bytes:
    """A grey picture of blocks in a row, their codes as bits: three for a mean's size, three for a wave's."""
    bits = "".join(blocks)
    bits += left * (-len(bits) % 8)
    points = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)).replace(b"\xff", b"\xff\0")

    def segment(kind: int, body: bytes) -> bytes:
        return bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body

    def table(kind: int, signs: tuple[int, ...]) -> bytes:
        return segment(0xC4, bytes([kind, 0, 0, len(signs), *[0] * 13, *signs]))

    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + segment(0xDB, _tables(82)[0])
        + segment(0xC0, struct.pack(">BHHB", 8, 8, 8 * len(blocks), 1) + b"\x01\x11\x00")
        + table(0x00, MEANS)
        + table(0x10, waves)
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + points
        + b"\xff\xd9"
    )


NONE, END, SIXTEEN, ONE, AFTER_14, AFTER_15 = "000", "000", "001", "0101", "0111", "1001"
"""No change of the mean; codes of waves, with the number 1 behind three of them."""


def test_what_is_written_here_is_read_so() -> None:
    for block in (NONE + END, NONE + ONE + END, NONE + SIXTEEN * 3 + AFTER_14, NONE + ONE * 63):
        data = written(block, NONE + END)
        assert are_sound(data)
        with Image.open(io.BytesIO(data)) as seen:
            assert seen.tobytes()


@pytest.mark.parametrize(
    "data",
    [
        written(NONE + SIXTEEN * 3 + AFTER_15),
        written(NONE + SIXTEEN * 4 + END),
        written(NONE + ONE * 62 + SIXTEEN),
        written(NONE + END, NONE + ONES),
        written(NONE + END, NONE + "110" + END),
        written("011" + NONE + END),
        written(NONE + END + NONE + END + "1" * 9),
        written(NONE + END, left="0"),
        written(NONE + END, NONE + END)[:-3] + b"\xff\xd9",
        written(NONE + END, waves=(0x00, 0x30)),
        written(NONE + END, waves=(0x00, 0x0B)),
        written(NONE + END, waves=(0x00, 0x00)),
    ],
)
def test_what_programs_read_in_their_own_ways_is_not(data: bytes) -> None:
    try:
        sound = are_sound(data)
    except (ValueError, IndexError):
        sound = False
    assert not sound


def test_more_or_fewer_marks_than_it_says() -> None:
    data = photo((64, 16), "L", restart_marker_blocks=4)
    assert are_sound(data)
    assert not are_sound(data.replace(b"\xff\xd1", b"\xff\0"))
    said = data.index(b"\xff\xdd")
    assert not are_sound(data[: said + 5] + b"\x05" + data[said + 6 :])
