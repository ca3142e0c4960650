"""ZIP framing: every lie that forgiving readers let through is refused before anything is extracted."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.submission.frame.container import whole
from desktop.submission.frame.zipform import MAXIMUM_ENTRIES
from desktop.submission.frame.zipframe import contents, read_frame
from desktop.submission.refusal import Refused, code_of
from tests.submission.zips import Item, build

A, B = Item(b"a.txt"), Item(b"b.txt", b"lain" * 50, method=8)
GOOD = build([A, B])


def verdict(data: bytes) -> str:
    file = io.BytesIO(data)
    try:
        frame = read_frame(file, len(data))
        for entry in frame:
            crc = 0
            for piece in contents(file, entry):
                crc = zlib.crc32(piece, crc)
            if crc != entry.crc:
                return "crc"
    except Refused as error:
        return code_of(error.message)
    return "good"


DESCRIPTOR = struct.pack("<III", zlib.crc32(b"isi"), 3, 3)
LATE = {"flags": 8, "data": b"isi"}
ZIP64 = struct.pack("<HHQQ", 1, 16, 3, 3)

ACCEPTED = {
    "plain": GOOD,
    "comment": build([A], comment=b"mimetype=application/vnd.etsi.asic-e+zip"),
    "comment of a file": build([Item(b"a", comment=b"LIB libdigidocpp/4.3")]),
    "descriptor": build([Item(b"a", **LATE, descriptor=b"PK\x07\x08" + DESCRIPTOR)]),
    "bare descriptor": build([Item(b"a", **LATE, descriptor=DESCRIPTOR)]),
    "utf-8": build([Item("é".encode(), flags=1 << 11)]),
    "time stamp field": build([Item(b"a", extra=struct.pack("<HHB", 0x5455, 1, 0))]),
    "no mode": build([Item(b"a", attributes=0)]),
}

DEFLATED = {"local": {"method": 8}, "central": {"method": 8}}
MANY = MAXIMUM_ENTRIES + 1
REFUSED = {
    "prepended": ("zip.directory", b"#!/bin/sh\n" + GOOD),
    "prepended, offsets moved": ("zip.gap", build([A, B], before=b"#!/bin/sh\n")),
    "trailing": ("zip.trailing", GOOD + b"tambahan"),
    "binary comment": ("zip.trailing", build([A], comment=b"\x00\x01")),
    "long comment": ("zip.not_zip", build([A], comment=b"x" * 4000)),
    "archive in the comment": ("zip.trailing", build([A], comment=b"PK\x05\x06" + b" " * 18)),
    "two archives": ("zip.directory", GOOD + GOOD),
    "gap between files": ("zip.gap", build([Item(b"a", after=b"??"), B])),
    "gap before the directory": ("zip.gap", build([A, B], gap=b"??")),
    "hidden file": ("zip.gap", build([Item(b"a", after=build([B])), B])),
    "file missing in the directory": ("zip.gap", build([A, B], order=[0], end={"here": 1, "count": 1})),
    "directory out of order": ("zip.gap", build([A, B], order=[1, 0])),
    "overlap": ("zip.gap", build([A, Item(b"b", central={"offset": 0})])),
    "names differ": ("zip.headers_differ", build([Item(b"a", local={"name": b"b"})])),
    "checksums differ": ("zip.headers_differ", build([Item(b"a", local={"crc": 1})])),
    "sizes differ": ("zip.headers_differ", build([Item(b"a", local={"size": 2})])),
    "methods differ": ("zip.headers_differ", build([Item(b"a", local={"method": 8})])),
    "times differ": ("zip.headers_differ", build([Item(b"a", local={"time": 1})])),
    "no local header": ("zip.headers_differ", build([A]).replace(b"PK\x03\x04", b"PK\x03\x05")),
    "lying descriptor": ("zip.headers_differ", build([Item(b"a", **LATE, descriptor=b"\0" * 12)])),
    "encrypted": ("zip.encrypted", build([Item(b"a", flags=1)])),
    "strong encryption": ("zip.encrypted", build([Item(b"a", flags=1 | 1 << 6)])),
    "masked headers": ("zip.encrypted", build([Item(b"a", flags=1 << 13)])),
    "unknown flag": ("zip.method", build([Item(b"a", flags=1 << 5)])),
    "bzip2": ("zip.method", build([Item(b"a", method=12)])),
    "symbolic link": ("zip.not_a_file", build([Item(b"a", attributes=0o120777 << 16)])),
    "device": ("zip.not_a_file", build([Item(b"a", attributes=0o060644 << 16)])),
    "folder": ("zip.not_a_file", build([Item(b"a", attributes=0x10)])),
    "stored with two sizes": ("zip.size", build([Item(b"a", central={"size": 9}, local={"size": 9})])),
    "larger than said": (
        "zip.size", build([Item(b"b", b"lain" * 50, method=8, central={"size": 9}, local={"size": 9})]),
    ),
    "smaller than said": (
        "zip.size", build([Item(b"b", b"lain" * 50, method=8, central={"size": 300}, local={"size": 300})]),
    ),
    "bomb": ("zip.bomb", build([Item(b"b", bytes(4 << 20), method=8)])),
    "not deflated": ("zip.deflate", build([Item(b"a", b"\xff" * 3, **DEFLATED)])),
    "ZIP64 field": ("zip.extra", build([Item(b"a", extra=ZIP64)])),
    "ZIP64 field in the directory": ("zip.extra", build([Item(b"a", central_extra=ZIP64)])),
    "other name in a field": ("zip.extra", build([Item(b"a", extra=struct.pack("<HHBI", 0x7075, 5, 1, 0))])),
    "cut field": ("zip.extra", build([Item(b"a", extra=b"\x01")])),
    "binary comment of a file": ("zip.directory", build([Item(b"a", comment=b"\x01")])),
    "long comment of a file": ("zip.directory", build([Item(b"a", comment=b"x" * 300)])),
    "another disk": ("zip.directory", build([A], end={"disk": 1})),
    "file on another disk": ("zip.directory", build([Item(b"a", central={"disk": 1})])),
    "counts differ": ("zip.directory", build([A], end={"here": 2})),
    "too many counted": ("zip.directory", build([A], end={"here": 2, "count": 2})),
    "no files": ("zip.count", build([])),
    "too many files": ("zip.count", build([A], end={"here": MANY, "count": MANY})),
    "name not ASCII": ("zip.name_encoding", build([Item(b"\xe9.txt")])),
    "name not UTF-8": ("zip.name_encoding", build([Item(b"\xe9.txt", flags=1 << 11)])),
    "cut at the end": ("zip.not_zip", GOOD[:-4]),
    "cut at the beginning": ("zip.directory", GOOD[4:]),
    "empty": ("zip.not_zip", b""),
    "text": ("zip.not_zip", b"bukan zip, hanya teks biasa yang cukup panjang"),
}  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTED)
def test_honest_archives_are_read(case) -> None:
    assert verdict(ACCEPTED[case]) == "good"


@pytest.mark.parametrize("case", REFUSED)
def test_lies_are_refused(case) -> None:
    code, data = REFUSED[case]
    assert verdict(data) == code


@settings(max_examples=300)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_changed_byte_ends_in_a_traceback(place, mask) -> None:
    broken = bytearray(GOOD)
    broken[place] ^= mask
    assert verdict(bytes(broken)) in {"good", "crc"} or verdict(bytes(broken)).startswith("zip.")


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_noise_is_refused(noise) -> None:
    assert verdict(noise).startswith("zip.")


def test_a_file_of_several_pieces_is_put_together_right() -> None:
    """Pieces lie in one buffer after another; joined as they come they would all be the last one."""
    data = random.Random(1).randbytes(3 << 20) + b"end"
    archive = build([Item(b"a", data), Item(b"b", data, method=8)])
    file = io.BytesIO(archive)
    for entry in read_frame(file, len(archive)):
        assert whole(contents(file, entry)) == data
