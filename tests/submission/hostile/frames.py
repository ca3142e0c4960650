"""ZIP framing that lies, around a container whose signature is sound, and around a package of ours."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

from desktop.submission.frame.asic import MIMETYPE
from tests.submission.hostile.ground import Ground, Table, container, item, items
from tests.submission.zips import Item, build

CASES = Table("zip")


def bent(change: Callable[[list[Item]], object], **options: Any) -> Callable[[], bytes]:
    def make() -> bytes:
        files = items()
        change(files)
        return build(files, **options)

    return make


def field(**values: Any) -> Callable[[], bytes]:
    """The letter with other header fields."""

    def change(files: list[Item]) -> None:
        for name, value in values.items():
            setattr(files[1], name, value)

    return bent(change)


def local(**values: Any) -> Callable[[], bytes]:
    return field(local=values)


def both(**values: Any) -> Callable[[], bytes]:
    return field(local=values, central=values)


def plain(**options: Any) -> Callable[[], bytes]:
    return bent(lambda files: None, **options)


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LETTER = items()[1].data
FIGURES = struct.pack("<III", zlib.crc32(LETTER), len(LETTER), len(LETTER))
WIDE = struct.pack("<IQQ", zlib.crc32(LETTER), len(LETTER), len(LETTER))
ZIP64 = struct.pack("<HHQQ", 1, 16, len(LETTER), len(LETTER))
PATH = struct.pack("<HHBI", 0x7075, 5 + 8, 1, zlib.crc32(b"surat.txt")) + b"lain.txt"
END64 = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 5, 5, 400, 0)
LOCATOR = b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1)
END = b"PK\x05\x06" + bytes(18)


def overlapped(files: list[Item]) -> None:
    """Two files that share their packed bytes (the trick of the non-recursive bombs)."""
    inner = build([Item(b"dalam.txt", b"x" * 40)])
    files[1].data += inner
    files.insert(2, item("dalam.txt", b"x" * 40, central={"offset": 66 + len(LETTER)}))


def packed(extra: bytes = b"", final: bool = True) -> Callable[[], bytes]:
    """The letter deflated, with bytes after the stream or without its end."""
    encoder = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = encoder.compress(LETTER) + encoder.flush(zlib.Z_FINISH if final else zlib.Z_SYNC_FLUSH) + extra
    values = {"method": 8, "crc": zlib.crc32(LETTER), "size": len(LETTER), "packed": len(stream)}
    return field(data=stream, local=values, central=values)


def first(data: bytes = MIMETYPE.encode(), name: str = "mimetype", **options: Any) -> Callable[[], bytes]:
    return bent(lambda files: files.__setitem__(0, item(name, data, **options)))


def swap(files: list[Item]) -> None:
    files[0], files[1] = files[1], files[0]


def own(change: Callable[[bytes], bytes]) -> Callable[[Ground], bytes]:
    return lambda ground: change(ground.signed.read_bytes())


def moved(before: bytes) -> Callable[[bytes], bytes]:
    """Bytes before our package, with every offset made to fit."""

    def change(data: bytes) -> bytes:
        end = len(data) - 22
        length, start = struct.unpack("<II", data[end + 12 : end + 20])
        lines = bytearray(data[start : start + length])
        at = 0
        while at < len(lines):
            name, extra, comment = struct.unpack("<HHH", lines[at + 28 : at + 34])
            offset = struct.unpack("<I", lines[at + 42 : at + 46])[0]
            lines[at + 42 : at + 46] = struct.pack("<I", offset + len(before))
            at += 46 + name + extra + comment
        finish = data[end : end + 16] + struct.pack("<I", start + len(before)) + data[end + 20 :]
        return before + data[:start] + bytes(lines) + finish

    return change


def late(descriptor: bytes) -> Callable[[], bytes]:
    return field(flags=8, descriptor=descriptor)


def insert(at: int, new: Item) -> Callable[[], bytes]:
    return bent(lambda files: files.insert(at, new))


for name, codes, make in (
    ("program before it", "zip.directory", plain(before=b"")),
    ("program before it, offsets moved", "zip.gap", plain(before=b"MZ\x90\0" + b"x" * 60)),
    ("PDF before it, offsets moved", "zip.gap", plain(before=PDF)),
    ("PDF in the comment", "zip.trailing", plain(comment=PDF)),
    ("long PDF in the comment", "zip.not_zip zip.trailing", plain(comment=PDF * 20)),
    ("bytes after the end", "zip.trailing", plain(after=b"tambahan")),
    ("another archive after it", "zip.directory", lambda: container() + build([Item(b"lain.txt")])),
    ("another archive before it", "zip.directory", lambda: build([Item(b"lain.txt")]) + container()),
    ("itself twice", "zip.directory", lambda: container() * 2),
    ("end record in the comment", "zip.trailing", plain(comment=END + b"ab")),
    ("archive in the comment", "zip.trailing zip.directory", plain(comment=build([Item(b"x")]))),
    ("control characters in the comment", "zip.trailing", plain(comment=b"\x1b[31m")),
    ("bytes between files", "zip.gap", field(after=b"MZ")),
    ("file hidden between files", "zip.gap", field(after=build([Item(b"x")])[:38])),
    ("bytes before the directory", "zip.gap", plain(gap=b"APK Sig Block 42")),
    ("encryption record before the directory", "zip.gap", plain(gap=b"PK\x06\x08\0\0\0\0")),
    ("file not in the directory", "zip.gap", plain(order=[0, 1, 2, 3], end={"here": 4, "count": 4})),
    ("first file not in the directory", "zip.gap", plain(order=[1, 2, 3, 4], end={"here": 4, "count": 4})),
    ("directory in another order", "zip.gap", plain(order=[0, 2, 1, 3, 4])),
    ("two lines for one file", "zip.gap", plain(order=[0, 1, 1, 3, 4])),
    ("files that share bytes", "zip.gap", bent(overlapped)),
    ("all lines lead to one file", "zip.gap", bent(lambda f: [x.central.update(offset=0) for x in f[1:]])),
    ("other name inside", "zip.headers_differ", local(name=b"lain_.txt")),
    ("other size inside", "zip.headers_differ", local(size=1)),
    ("other packed size inside", "zip.headers_differ", local(packed=1)),
    ("other checksum inside", "zip.headers_differ", local(crc=1)),
    ("other method inside", "zip.headers_differ", local(method=8)),
    ("other flags inside", "zip.headers_differ", local(flags=1 << 11)),
    ("other time inside", "zip.headers_differ", local(time=99)),
    ("encrypted inside only", "zip.headers_differ", local(flags=1)),
    ("encrypted", "zip.encrypted", field(flags=1)),
    ("strongly encrypted", "zip.encrypted", field(flags=1 | 1 << 6)),
    ("masked headers", "zip.encrypted", field(flags=1 << 13)),
    ("patched data", "zip.method", field(flags=1 << 5)),
    ("Deflate64", "zip.method", both(method=9)),
    ("bzip2", "zip.method", both(method=12)),
    ("LZMA", "zip.method", both(method=14)),
    ("Zstandard", "zip.method", both(method=93)),
    ("AES", "zip.method", both(method=99)),
    ("symbolic link", "zip.not_a_file", field(attributes=0o120777 << 16)),
    ("program of another user", "zip.not_a_file", field(attributes=0o104755 << 16)),
    ("named pipe", "zip.not_a_file", field(attributes=0o010644 << 16)),
    ("device", "zip.not_a_file", field(attributes=0o020644 << 16)),
    ("folder", "zip.not_a_file", field(attributes=0x10)),
    ("volume label", "zip.not_a_file", field(attributes=0x08)),
    ("reparse point", "zip.not_a_file", field(attributes=0x400)),
    ("lying descriptor", "zip.headers_differ", late(b"PK\x07\x08" + bytes(12))),
    ("descriptor of ZIP64", "zip.gap zip.headers_differ", late(b"PK\x07\x08" + WIDE)),
    ("two descriptors", "zip.gap", late(FIGURES + FIGURES)),
    ("descriptor that nobody announces", "zip.headers_differ", field(descriptor=FIGURES, local={"flags": 0})),
    ("ZIP64 field inside", "zip.extra", field(extra=ZIP64)),
    ("ZIP64 field in the directory", "zip.extra", field(central_extra=ZIP64)),
    ("ZIP64 sizes", "zip.size zip.bomb zip.cut zip.gap zip.extra", both(size=2**32 - 1, packed=2**32 - 1)),
    ("ZIP64 end record", "zip.count zip.directory", plain(gap=b"", end={"count": 0xFFFF, "here": 0xFFFF})),
    ("ZIP64 end record beside the old one", "zip.directory", lambda: container()[:-22] + END64 + LOCATOR + container()[-22:]),
    ("ZIP64 locator only", "zip.directory", lambda: container()[:-22] + LOCATOR + container()[-22:]),
    ("other path in a field", "zip.extra", field(extra=PATH)),
    ("other path in a field of the directory", "zip.extra", field(central_extra=PATH)),
    ("other comment in a field", "zip.extra", field(extra=struct.pack("<HHBI", 0x6375, 5, 1, 0))),
    ("field for AES", "zip.extra", field(extra=struct.pack("<HHI", 0x9901, 4, 0))),
    ("field that is cut", "zip.extra", field(extra=b"\x55\x54\xff\xff")),
    ("ratio bomb", "zip.bomb", insert(2, item("bom.txt", bytes(8 << 20), method=8))),
    ("size bomb that denies it", "zip.size zip.bomb content.extra", insert(2, item("bom.txt", bytes(8 << 20), method=8, local={"size": 99}, central={"size": 99}))),
    ("count bomb", "zip.count", plain(end={"here": 60000, "count": 60000})),
    ("more counted than there are", "zip.directory", plain(end={"here": 9, "count": 9})),
    ("fewer counted than there are", "zip.directory", plain(end={"here": 4, "count": 4})),
    ("larger than its file", "zip.size", both(size=500, packed=len(LETTER))),
    ("bytes after the deflated stream", "zip.size", packed(b"tersembunyi")),
    ("deflated stream without end", "zip.size zip.deflate", packed(final=False)),
    ("not deflated", "zip.deflate", both(method=8)),
    ("content of another checksum", "content.changed", both(crc=7)),
    ("another disk", "zip.directory", plain(end={"disk": 1})),
    ("file on another disk", "zip.directory", field(central={"disk": 1})),
    ("split archive's mark", "zip.directory zip.gap", lambda: b"PK\x07\x08" + container()),
    ("signature record after the directory", "zip.directory", lambda: container()[:-22] + b"PK\x05\x05\0\0" + container()[-22:]),
    ("binary comment of a file", "zip.directory", field(comment=b"\0\x01")),
    ("long comment of a file", "zip.directory", field(comment=b"x" * 4000)),
    ("mimetype not first", "asic.differs", bent(swap)),
    ("mimetype missing", "asic.differs", bent(lambda files: files.pop(0))),
    ("mimetype deflated", "asic.differs", first(method=8)),
    ("mimetype with a field", "asic.differs", first(extra=struct.pack("<HHB", 0x5455, 1, 0))),
    ("mimetype of ASiC-S", "asic.differs", first(MIMETYPE.replace("-e", "-s").encode())),
    ("mimetype of OpenDocument", "asic.differs", first(b"application/vnd.oasis.opendocument.text")),
    ("mimetype with a line end", "asic.differs", first(MIMETYPE.encode() + b"\n")),
    ("mimetype in capitals", "asic.differs", first(name="MIMETYPE")),
    ("cut in the middle", "zip.not_zip", lambda: container()[: len(container()) // 2]),
    ("cut at the beginning", "zip.directory", lambda: container()[9:]),
):  # fmt: skip
    if name == "program before it":
        CASES.foreign(name, codes, lambda: b"#!/bin/sh\nrm -rf ~\nexit\n" + container())
        continue
    CASES.foreign(name, codes, make)

for name, codes, change in (
    ("our package: program before it", "zip.directory", lambda data: b"MZ" * 30 + data),
    ("our package: PDF before it, offsets moved", "zip.gap", moved(PDF)),
    ("our package: bytes after the end", "zip.trailing", lambda data: data + b"\0"),
    ("our package: a comment", "zip.not_canonical zip.trailing", lambda data: data[:-2] + b"\x01\0x"),
    ("our package: another archive after it", "zip.directory", lambda data: data + container()),
    ("our package: another archive before it", "zip.directory", lambda data: container() + data),
):
    CASES.case(name, codes, own(change), any_="comment" not in name)
