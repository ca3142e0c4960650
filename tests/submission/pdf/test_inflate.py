"""What deflate streams hold, and those that programs unpack to different bytes."""

from __future__ import annotations

import base64
import random
import zlib

import pikepdf
import pytest

from desktop.submission.pdf import inflate
from desktop.submission.pdf.inflate import Room, inflated
from desktop.submission.pdf.packed import is_inflated_alike, unpacked

ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
WORDS = b"BT (Rp 9 miliar) Tj ET\n"
NOISE = bytes((at * at * 7 + at // 3) * 2654435761 >> 13 & 0xFF for at in range(6000))
ENDS_SHORT = {256: 1, 32: 9, 127: 10, 1: 11, 2: 12, 3: 13, 4: 14, 5: 15, 6: 15}
"""The end of a block in one bit, others in fifteen."""


class Bits:
    """Written from the lowest."""

    def __init__(self) -> None:
        self.all: list[int] = []

    def number(self, value: int, count: int) -> None:
        self.all += [value >> at & 1 for at in range(count)]

    def code(self, code: str) -> None:
        self.all += [int(one) for one in code]

    def data(self) -> bytes:
        filled = [*self.all, *[0] * (-len(self.all) % 8)]
        return bytes(
            sum(bit << at for at, bit in enumerate(filled[start : start + 8]))
            for start in range(0, len(filled), 8)
        )


def codes(sizes: dict[int, int]) -> dict[int, str]:
    found, code, before = {}, 0, 0
    for size, sign in sorted((size, sign) for sign, size in sizes.items()):
        code <<= size - before
        found[sign] = f"{code:0{size}b}"
        code, before = code + 1, size
    return found


def ending_short(text: bytes, stored: bytes) -> bytes:
    """A block that ends in a short code, and one stored as it is behind it: to xpdf, one of other bytes."""
    letters = [one for one in range(256) if one not in ENDS_SHORT][:127]
    sizes = ENDS_SHORT | dict.fromkeys(letters, 8)
    bits = Bits()
    for value, count in ((0, 1), (2, 2), (0, 5), (1, 5), (15, 4)):
        bits.number(value, count)
    lengths = dict.fromkeys((0, 1, 8, 9, 10, 11), 3) | dict.fromkeys((12, 13, 14, 15), 4)
    for one in ORDER:
        bits.number(lengths.get(one, 0), 3)
    for size in (*(sizes.get(one, 0) for one in range(257)), 1, 1):
        bits.code(codes(lengths)[size])
    for one in text:
        bits.code(codes(sizes)[one])
    while len(bits.all) % 8 != 4:
        bits.code(codes(sizes)[32])
    bits.code(codes(sizes)[256])
    bits.number(1, 3)
    found = bits.data() + len(stored).to_bytes(2, "little") + (len(stored) ^ 0xFFFF).to_bytes(2, "little")
    held = zlib.decompress(found + stored, -15)
    return b"\x78\x9c" + found + stored + zlib.adler32(held).to_bytes(4, "big")


def is_one(data: bytes, limit: int = 1 << 20) -> bool:
    try:
        inflated(data, limit)
    except ValueError:
        return False
    return True


def test_two_streams_in_one_are_no_stream() -> None:
    """Poppler and Firefox read the second two bytes later, and as long as its length turned says."""
    made = ending_short(WORDS, NOISE[:500])
    assert zlib.decompress(made).endswith(NOISE[:500])
    assert not is_one(made)
    document = pikepdf.new()
    stream = document.make_stream(b"")
    stream.write(made, filter=pikepdf.Name.FlateDecode)
    assert unpacked(stream) is None
    assert not is_inflated_alike(stream)


@pytest.mark.parametrize(
    "packing", ["Fl", "FlateDecode", "ASCII85Decode FlateDecode", "FlateDecode DCTDecode"]
)
def test_nor_are_they_where_nobody_here_unpacks_them(packing: str) -> None:
    document = pikepdf.new()
    stream = document.make_stream(b"")
    alike = []
    cut = zlib.compressobj()
    waiting = cut.compress(WORDS) + cut.flush(zlib.Z_SYNC_FLUSH)
    for data in (ending_short(WORDS, NOISE[:500]), zlib.compress(NOISE), waiting):
        held = base64.a85encode(data) + b"~>" if packing.startswith("ASCII85") else data
        stream.write(held, filter=pikepdf.Array(pikepdf.Name(f"/{one}") for one in packing.split()))
        alike.append(is_inflated_alike(stream))
    assert alike == [False, True, True]


@pytest.mark.parametrize("stored", [b"", NOISE[:1]])
def test_nor_where_the_second_is_as_good_as_empty(stored: bytes) -> None:
    assert not is_one(ending_short(WORDS, stored))


@pytest.mark.parametrize("level", [0, 1, 6, 9])
@pytest.mark.parametrize("strategy", [zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY, zlib.Z_FIXED])
def test_what_programs_pack_is_unpacked(level: int, strategy: int) -> None:
    packing = zlib.compressobj(level, zlib.DEFLATED, 15, 5, strategy)
    parts = (WORDS * 40, NOISE, WORDS, NOISE * 2, b"")
    data = b"".join(packing.compress(one) + packing.flush(zlib.Z_SYNC_FLUSH) for one in parts)
    assert inflated(data + packing.flush() + b"\r\n") == b"".join(parts)


def test_what_is_cut_longer_or_wrong_is_none() -> None:
    good = zlib.compress(WORDS)
    bad = (good[:-1], good + b" x", good[:-1] + b"\x00", good + good, WORDS, b"")
    assert not any(is_one(one) for one in bad)
    assert not is_one(good, len(WORDS) - 1)
    assert is_one(good, len(WORDS))


def test_what_costs_without_being_a_sign_is_counted_too() -> None:
    """Blocks of nothing but their tables, places that look like a stored block, and bytes of nothing else."""
    end = b"q\n" * 200
    stored = b"\x01" + len(end).to_bytes(2, "little") + (len(end) ^ 0xFFFF).to_bytes(2, "little") + end
    again = b"".join(random.Random(1).choices([b"abcd", b"efgh", b"ijkl"], k=60_000))
    for letters, least in ((b"", 0), (b"\0" * (8 << 20), (8 << 20) >> 7), (again, 8 * len(again) // 30)):
        packing = zlib.compressobj(9, zlib.DEFLATED, -15)
        first = packing.compress(letters) + packing.flush(zlib.Z_FULL_FLUSH)
        sound = b"\x78\x9c" + first + stored + zlib.adler32(letters + end).to_bytes(4, "big")
        room = Room(1 << 20)
        assert inflate.is_one(sound, room)
        assert (1 << 20) - room.signs > least
        assert not inflate.is_one(sound, Room(least))


def test_empty_blocks_in_the_fixed_code_cost_what_they_count() -> None:
    """Ten bits each; the tables of each were made anew, and five thousand bytes cost three seconds."""
    count, end = 10_000, b"q\n" * 200
    bits = "010" + "0000000"
    blocks = int((bits * count)[::-1], 2)
    blocks |= 0b000 << len(bits) * count
    first = blocks.to_bytes((len(bits) * count + 3 + 7) // 8, "little")
    stored = len(end).to_bytes(2, "little") + (len(end) ^ 0xFFFF).to_bytes(2, "little") + end
    sound = b"\x78\x9c" + first + stored + b"\x03\x00" + zlib.adler32(end).to_bytes(4, "big")
    assert zlib.decompress(sound) == end
    inflate._fixed.cache_clear()
    assert inflate.is_one(sound, Room(1 << 20))
    assert inflate._fixed.cache_info().misses == 1
