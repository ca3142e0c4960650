"""Letters that are seen and letters that are said."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
import pytest

from desktop.submission.pdf.font import odd_font
from tests.submission.making import draw_pdf

Bend = Callable[[Any], None]


@pytest.fixture(scope="module")
def plain() -> bytes:
    return draw_pdf(1)


def judged(data: bytes, bend: Bend | None = None) -> str:
    with pikepdf.open(io.BytesIO(data)) as document:
        font = next(
            one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Widths" in one
        )
        if bend is not None:
            bend(font)
        return odd_font(font)


def said(change: Callable[[bytes], bytes]) -> Bend:
    return lambda font: font.ToUnicode.write(change(font.ToUnicode.read_bytes()))


def drawn(change: Callable[[dict[str, bytearray]], None]) -> Bend:
    """The font with other tables."""

    def bend(font: Any) -> None:
        data = font.FontDescriptor.FontFile2.read_bytes()
        (count,) = struct.unpack_from(">H", data, 4)
        lines = [struct.unpack_from(">4sIII", data, 12 + 16 * at) for at in range(count)]
        tables = {name.decode(): bytearray(data[start : start + size]) for name, _, start, size in lines}
        change(tables)
        out, body = struct.pack(">IHHHH", 0x10000, len(tables), 0, 0, 0), b""
        for name, held in tables.items():
            out += struct.pack(">4sIII", name.encode(), 0, 12 + 16 * len(tables) + len(body), len(held))
            body += bytes(held) + b"\0" * (-len(held) % 4)
        font.FontDescriptor.FontFile2.write(out + body)
        font.FontDescriptor.FontFile2.Length1 = len(out + body)

    return bend


def exchange(first: int, second: int) -> Bend:
    """Two letters of the table of codes."""

    def change(tables: dict[str, bytearray]) -> None:
        held = tables["cmap"]
        one, other = (22 + 2 * code for code in (first, second))
        held[one : one + 2], held[other : other + 2] = held[other : other + 2], held[one : one + 2]

    return drawn(change)


def put(table: str, place: int, value: bytes) -> Bend:
    def change(tables: dict[str, bytearray]) -> None:
        tables[table][place : place + len(value)] = value

    return drawn(change)


def with_table(name: str) -> Bend:
    def change(tables: dict[str, bytearray]) -> None:
        tables[name] = bytearray(8)

    return drawn(change)


def outline(tables: dict[str, bytearray]) -> None:
    """One byte of a letter's outline."""
    tables["glyf"][-20] ^= 0xFF


def entry(name: str, value: Any) -> Bend:
    return lambda font: font.__setitem__(name, value)


ODD: dict[str, Bend] = {
    "another letter is said": said(lambda text: text.replace(b"<48> <0048>", b"<48> <0039>")),
    "two letters are said": said(lambda text: text.replace(b"<0048>", b"<00480039>")),
    "said by ranges": said(lambda text: re.sub(rb"beginbfchar", b"beginbfrange", text)),
    "fewer letters are said": said(lambda text: re.sub(rb"<20> <0020>\n", b"", text)),
    "another letter is drawn": exchange(ord("H"), ord("a")),
    "another outline": drawn(outline),
    "a table for other programs": put("cmap", 2, b"\0\2"),
    "for another platform": put("cmap", 4, b"\0\3"),
    "other starts": put("hmtx", 6, b"\1\1"),
    "other programs": put("fpgm", 0, b"\0"),
    "coloured letters": with_table("COLR"),
    "another unit": put("head", 18, b"\1\0"),
    "another sign for what it lacks": put("glyf", 14, b"\x7f"),
    "a width of a letter that it lacks": lambda font: font.Widths.__setitem__(127, -1500),
    "half a width": lambda font: font.Widths.__setitem__(32, Decimal("260.99")),
    "a width for codes that it lacks": lambda font: font.FontDescriptor.__setitem__("/MissingWidth", -1500),
    "packed in no way": lambda font: font.FontDescriptor.FontFile2.__setitem__("/Filter", pikepdf.String("")),
    "two names": lambda font: font.FontDescriptor.__setitem__("/FontName", pikepdf.Name.Symbol),
    "other widths": lambda font: font.Widths.__setitem__(ord("H"), 5),
    "another coding": entry("/Encoding", pikepdf.Name.MacRomanEncoding),
    "another form": lambda font: font.FontDescriptor.__setitem__("/FontFile3", font.ToUnicode),
    "nothing said": lambda font: font.__delitem__("/ToUnicode"),
    "packed in two ways": lambda font: font.FontDescriptor.FontFile2.write(
        zlib.compress(font.FontDescriptor.FontFile2.read_bytes()) + b"more",
        filter=pikepdf.Name.FlateDecode,
    ),
    "another length": lambda font: font.FontDescriptor.FontFile2.__setitem__("/Length1", 99),
    "sums that are none": drawn(lambda tables: None),
    "no font": lambda font: font.FontDescriptor.FontFile2.write(b"\0\1\0\0\0\5"),
}


def test_our_own_fonts_say_what_they_draw(plain: bytes) -> None:
    assert judged(plain) == ""


@pytest.mark.parametrize("case", ODD)
def test_a_font_that_says_or_draws_something_else(case: str, plain: bytes) -> None:
    assert judged(plain, ODD[case])
