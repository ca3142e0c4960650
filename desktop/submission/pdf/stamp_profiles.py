"""Descriptions of colours (ICC profiles) that a stamp may bring along for its pictures.

By its curves one description makes white of black for those who ask it, and not for those who go by how many
parts it has. So curves and primaries are known ones, of which every program makes nearly the same; whatever
else a description says in words, and of which day it is, is its own.
"""

from __future__ import annotations

import hashlib
import struct
from typing import Any

from desktop.submission.pdf.packed import unpacked
from desktop.submission.pdf.plain_values import floats, is_whole, name_of

_LARGEST = 4 << 20
_OTHERS = {1: ("/DeviceGray", b"GRAY"), 3: ("/DeviceRGB", b"RGB "), 4: ("/DeviceCMYK", b"CMYK")}
"""What stands for it where it is not asked, and what it calls itself, by how many parts it has."""
_ENTRIES = frozenset({"/N", "/Alternate", "/Range", "/Length", "/Filter", "/Metadata"})
_DEVICES = frozenset({b"mntr", b"scnr", b"prtr", b"spac"})
_EDITIONS, _BASES = frozenset({2, 4}), frozenset({b"XYZ ", b"Lab "})
_HEAD, _TAG, _MOST_TAGS = 132, 12, 60
_WORDS = frozenset(b"desc cprt dmnd dmdd vued tech meas view lumi calt targ dscm".split())
_NUMBERS = frozenset(
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad chrm vcgt ndin mmod vcgp".split()
    + b"aarg aabg aagg cicp meta arts".split()
)
"""What a profile says of three primaries or of greys; of tables, and of colours by names that poppler hands
to printers as they are, it says nothing."""
_KNOWN = frozenset(
    {
        # sRGB by HP and ghostscript, Java and pikepdf, Little CMS, GIMP, Android, Qt, the ICC
        "c803c2ee25f2e5e2114f4ed65d87047131620c35f304dd19f55866537b516e96",
        "6b7bc196fcb0ece66cfeaf4ba86ca1c64f3ab2892ffddee5a3b653bac7e1c3d4",
        "edade7f6a6020a994a772486cc70cf8dde941eabea67bd9517cabf0b57a1a5db",
        "a049d5396395a4265bc57888c19ef0cdffc79ddbc68e73a3d355c09f6cd7e3bb",
        "8e1e2160cdb930b7d261b669f4304fceec95e7d55b33cb7c98261147032e698a",
        "0325ce89b30ea4eb9b224e02084f894b7cf478eac464fb89ea784e56520dfae1",
        "f15c00722dc5b02f48a67bee411c178f3eb097c443106fb05c7944667c01e6f4",
        # by ArgyllCMS, ghostscript's pdfwrite, and four short ones of networks
        "bb8c59f5c562fe580bab40eee7145fccb36cc4ba9408cd1dccb21fba5e3fb4a3",
        "edc2f9ce168bd1f0e1a5cf8de67489d5ff42f14180f1ed4e373ecc2a6739b300",
        "8d1198f8f2ba45b0bac71cfda889cda4208a053f89adb7d031d813f4cfb96603",
        "47a2af4ead69f59b59eed290a0ff7c2c66814f3f2b2e371f61a4b94b2f379e3c",
        "17a2b546b27144b83bfe9563c654d34c32871359148660dd2aff2475918d3308",
        "4eebd0fc1995ca8bbc536d656de731c6b923777918ce5a26dc299adffef1fc0a",
        # Apple's generic RGB, Adobe RGB (1998), three of Display P3
        "183b1711b6eef2dbffbbc9be9fdc477d9eb6c7af74af20631042a0e5c3a30bd5",
        "bac3e7ea3c7e63ec33d7e5074acc8ca2c15c21b38be4bcc91797e5d7b1f1006e",
        "61fe07dbe7d91e8c00c0d457ea1003a4b61d116c680bf09c67c80f3b0186c9c0",
        "14236544ae568b2034b8e85de00d0defe5a9a919e6d110754b05aa18c6c16cc5",
        "de853f0f888bea42103d18fb06456d0d17362d8613c9969b89532706baf5969e",
        # greys by Java, ghostscript (three), Apple, and four short ones of networks
        "3d781ebe0a5adbb849942365847460ef182b0369c3e79370305eb8d2eea62540",
        "09e9a754b5094e56b8b7916b8e056fc7e48f2e70f812e8d1b8e6977fa9991683",
        "dfd0a39d7c0d017312518474c6b375e9180128a4902ea6a9ae775b00d6414993",
        "fa305ddd4d70b8fc78f49f2bcc537ade14a57c654d7447dcc9c07ce8fe5c6deb",
        "78b103a3f10d6977a1059b98b639244a0862aa72939ad5eca00d042c01fe35a8",
        "03e5290113d9fb6f4f350ee8ddd6ac86acf80aefd3f892f17fc6da82e8da4bfe",
        "0024e119ba7f2190c0fde10fc7d0c7942f384f5bf92576b51a519e1331460c87",
        "6d2ca4151489bab75297a94991fc264761a123c040480753ebb4993b60b532f1",
        "07b013efed419bcd87ef17875b32aacb35c4325dedac43f0b9b886771e7190ff",
    }
)
"""SHA-256 of what they say of colours."""
_INKS = frozenset(
    {
        "910ee2dcf73371d9b1e405b5731f789d3b2ebfd0d736f2e57be6f723c042c0b6",
        "3d8970838b97e24a4a5c0a8708533129ab5c35e5289a4b8597e158a67c600373",
        "4b290de9ad9adb97579a417735142cff73151a785a44d7ec3f6578feaf596e1a",
    }
)
"""The same of four inks as ghostscript has them, which are tables."""


def is_profile(profile: Any) -> bool:
    """Whether a program reads it and ends. May raise where it is broken."""
    count, data = profile.N, unpacked(profile) or b""
    if not is_whole(count, 1, 4) or count not in _OTHERS:
        return False
    device, called = _OTHERS[count]
    return (
        not set(profile.keys()) - _ENTRIES
        and name_of(profile.get("/Alternate", device)) == device
        and floats(profile.get("/Range", [0, 1] * count)) == [0.0, 1.0] * count
        and len(data) <= _LARGEST
        and data[16:20] == called
        and (_said(data) in _INKS or _is_of_primaries(data))
    )


def is_known_profile(profile: Any) -> bool:
    """Whether every program makes the same of it, for one that can be read."""
    return _said(unpacked(profile) or b"") in _KNOWN | _INKS


def _tags(data: bytes) -> list[tuple[bytes, int, int]]:
    (count,) = struct.unpack_from(">I", data, _HEAD - 4)
    return [struct.unpack_from(">4sII", data, _HEAD + _TAG * at) for at in range(min(count, _MOST_TAGS + 1))]


def _said(data: bytes) -> str:
    """What it says of colours, whatever its words and its day."""
    said = sorted(name + data[at : at + size] for name, at, size in _tags(data) if name not in _WORDS)
    return hashlib.sha256(data[8:9] + data[12:24] + b"".join(said)).hexdigest()


def _is_of_primaries(data: bytes) -> bool:
    """Whether a profile says what a device's colours are by curves alone, and is as long as it says."""
    size, edition, device, base, mark = struct.unpack_from(">I4xB3x4s4x4s12x4s", data)
    tags = _tags(data)
    return (
        (size, mark) == (len(data), b"acsp")
        and device in _DEVICES
        and edition in _EDITIONS
        and base in _BASES
        and len(tags) <= _MOST_TAGS
        and {name for name, *_ in tags} <= _NUMBERS | _WORDS
        and all(start + length <= size for _, start, length in tags)
    )
