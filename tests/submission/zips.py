"""ZIP archives that lie: each header field can be told to say something else."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field


@dataclass
class Item:
    """A file; ``local`` and ``central`` override single header fields by name."""

    name: bytes
    data: bytes = b"isi"
    method: int = 0
    flags: int = 0
    extra: bytes = b""
    central_extra: bytes = b""
    comment: bytes = b""
    attributes: int = 0o100644 << 16
    descriptor: bytes | None = None
    after: bytes = b""
    local: dict[str, object] = field(default_factory=dict)
    central: dict[str, object] = field(default_factory=dict)

    @property
    def packed(self) -> bytes:
        if self.method != 8:
            return self.data
        encoder = zlib.compressobj(9, zlib.DEFLATED, -15)
        return encoder.compress(self.data) + encoder.flush()


def build(
    items: list[Item],
    *,
    before: bytes = b"",
    gap: bytes = b"",
    comment: bytes = b"",
    after: bytes = b"",
    end: dict[str, int] | None = None,
    order: list[int] | None = None,
) -> bytes:
    out, lines = bytearray(before), []
    for item in items:
        offset, packed = len(out), item.packed
        base = {
            "crc": zlib.crc32(item.data),
            "packed": len(packed),
            "size": len(item.data),
            "name": item.name,
            "flags": item.flags,
            "method": item.method,
            "time": 0,
            "date": 33,
            "extra": item.extra,
        }
        here = {
            **base,
            **({"crc": 0, "packed": 0, "size": 0} if item.descriptor is not None else {}),
            **item.local,
        }
        out += (
            b"PK\x03\x04"
            + struct.pack(
                "<HHHHHIIIHH",
                20,
                here["flags"],
                here["method"],
                here["time"],
                here["date"],
                here["crc"],
                here["packed"],
                here["size"],
                len(here["name"]),
                len(here["extra"]),
            )
            + here["name"]
            + here["extra"]
            + packed
            + (item.descriptor or b"")
            + item.after
        )
        there = {**base, "extra": item.central_extra, "offset": offset, "disk": 0, **item.central}
        lines.append(
            b"PK\x01\x02"
            + struct.pack(
                "<HHHHHHIIIHHHHHII",
                3 << 8 | 20,
                20,
                there["flags"],
                there["method"],
                there["time"],
                there["date"],
                there["crc"],
                there["packed"],
                there["size"],
                len(there["name"]),
                len(there["extra"]),
                len(item.comment),
                there["disk"],
                0,
                item.attributes,
                there["offset"],
            )
            + there["name"]
            + there["extra"]
            + item.comment
        )
    out += gap
    directory = b"".join(lines[index] for index in (order or range(len(lines))))
    values = {
        "disk": 0,
        "start_disk": 0,
        "here": len(lines),
        "count": len(lines),
        "length": len(directory),
        "start": len(out),
        "comment": len(comment),
        **(end or {}),
    }
    return (
        bytes(out) + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", *values.values()) + comment + after
    )
