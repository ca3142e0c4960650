"""Colours that a stamp may draw in: of devices, measured or printed ones, and no programs."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable
from typing import Any

from desktop.submission.pdf.packed import unpacked

_LARGEST = 32_767.0
_DEEP = 4
_PROFILE, _TABLE = 4 << 20, 1024
"""Bytes of a profile, and of a table of colours."""
_DEVICES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
"""With how many parts each colour has."""
_MEASURED = {"/CalGray": 1, "/CalRGB": 3, "/Lab": 3}
_WHITE = frozenset({"/WhitePoint", "/BlackPoint", "/Gamma", "/Matrix", "/Range"})
_PROFILES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
_DEVICE_CLASSES = frozenset({b"mntr", b"scnr", b"prtr", b"spac"})
_EDITIONS, _BASES = frozenset({2, 4}), frozenset({b"XYZ ", b"Lab "})
_HEAD, _TAG, _MOST_TAGS = 132, 12, 60
_TAGS = frozenset(
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad chrm lumi meas tech view vued cprt desc".split()
    + b"dmdd dmnd calt targ dscm vcgt ndin mmod vcgp aarg aabg aagg cicp meta arts".split()
)
"""What a profile says of three primaries or of greys, and in words; of tables, and of colours by names that
poppler hands to printers as they are, it says nothing."""
_PRINTED = frozenset(
    {
        "8472fa1493a024b800b67dee9424835ec0c41ab79490200ae8ec4a689fd1b9a9",
        "020236a6458406743848a12c6be280e54bcd0fd8e2d4bea9c4899410cef98cb2",
        "8f122dead5f0b823d92575ef131e706f20df34f2b4fe13547c77acdd9d334252",
    }
)
"""SHA-256 of the descriptions of four inks that ghostscript brings, which are tables."""
_PROFILE_ENTRIES = frozenset({"/N", "/Alternate", "/Range", "/Length", "/Filter", "/Metadata"})
_FUNCTION = frozenset({"/FunctionType", "/Domain", "/Range", "/C0", "/C1", "/N"})
_LAST, _STEEPEST = 255, 100
_NAME = re.compile(r"/(?!.*\.\.)[A-Za-z0-9+_,.-]{1,127}")


def are_numbers(
    values: Iterable[Any], *, most: int = 32, largest: float = _LARGEST, least: float | None = None
) -> bool:
    """Whether there are at most so many, none of them larger or smaller."""
    found = list(values)
    smallest = -largest if least is None else least
    return len(found) <= most and all(smallest <= float(one) <= largest for one in found)


def is_name(value: Any) -> bool:
    """A name that leads to no file, where poppler looks for characters, and is no program for a printer."""
    import pikepdf

    return isinstance(value, pikepdf.Name) and _NAME.fullmatch(str(value)) is not None


def listed(value: Any) -> list[Any]:
    """One, or several."""
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def is_space(space: Any) -> bool:
    """Whether colours are said in a way that every program knows. May raise where it is broken."""
    return bool(parts_of(space))


def parts_of(space: Any) -> int:
    """Of how many parts each colour is; 0 where nothing is drawn in it, or every program may differ."""
    import pikepdf

    if not isinstance(space, pikepdf.Array):
        return _DEVICES.get(str(space), 0)
    kind, *more = list(space)
    match str(kind), more:
        case (("/DeviceGray" | "/DeviceRGB" | "/DeviceCMYK") as name, []):
            return _DEVICES[name]
        case "/Pattern", [base]:  # Qt lends it always; no pattern is ever drawn
            return _DEVICES.get(str(base), 0)
        case (("/CalGray" | "/CalRGB" | "/Lab") as name, [about]):
            return _MEASURED[name] if _is_measured(about) else 0
        case "/ICCBased", [profile]:
            return int(profile.N) if _is_profile(profile) else 0
        case "/Indexed", [base, last, table]:
            return int(_is_table(base, int(last), table))
        case "/Separation", [name, other, function]:
            return int(is_name(name) and _is_function(function, _DEVICES.get(str(other), 0)))
    return 0


def profiles_of(space: Any) -> set[tuple[int, int]]:
    """The profiles by which a space, or one that it is made of, says what its colours are."""
    import pikepdf

    found: set[tuple[int, int]] = set()
    waiting = [space]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)[:_DEEP]
        elif isinstance(one, pikepdf.Stream):
            found.add(one.objgen)
    return found


def _is_measured(about: Any) -> bool:
    import pikepdf

    return not set(about.keys()) - _WHITE and all(
        are_numbers(one if isinstance(one, pikepdf.Array) else [one]) for one in about.values()
    )


def _is_profile(profile: Any) -> bool:
    data = unpacked(profile) or b""
    said = _PROFILES.get(int(profile.N), b"")
    return (
        not set(profile.keys()) - _PROFILE_ENTRIES
        and str(profile.get("/Alternate", "/DeviceRGB")) in _DEVICES
        and are_numbers(profile.get("/Range", ()))
        and len(data) <= _PROFILE
        and data[16:20] == said
        and (hashlib.sha256(data).hexdigest() in _PRINTED or _is_of_primaries(data))
    )


def _is_of_primaries(data: bytes) -> bool:
    """Whether a profile says what a device's colours are by curves alone, and is as long as it says."""
    size, edition, device, base, mark, count = struct.unpack_from(">I4xB3x4s4x4s12x4s88xI", data)
    tags = [struct.unpack_from(">4sII", data, _HEAD + _TAG * at) for at in range(min(count, _MOST_TAGS + 1))]
    return (
        (size, mark) == (len(data), b"acsp")
        and device in _DEVICE_CLASSES
        and edition in _EDITIONS
        and base in _BASES
        and len(tags) <= _MOST_TAGS
        and {name for name, *_ in tags} <= _TAGS
        and all(start + length <= size for _, start, length in tags)
    )


def _is_table(base: Any, last: int, table: Any) -> bool:
    """As many colours as it says, of a space that is no table itself."""
    import pikepdf

    held = (unpacked(table) or b"") if isinstance(table, pikepdf.Stream) else bytes(table)
    if isinstance(base, pikepdf.Array) and str(base[0]) in {"/Indexed", "/Separation"}:
        return False
    parts = parts_of(base)
    return bool(parts) and 0 <= last <= _LAST and (last + 1) * parts <= len(held) <= _TABLE


def _is_function(function: Any, parts: int) -> bool:
    """From one colour to another; a program, or a table of any size, is none of them."""
    return (
        int(function.FunctionType) == 2
        and not set(function.keys()) - _FUNCTION
        and all(are_numbers(function.get(key, ())) for key in ("/Domain", "/Range", "/C0", "/C1"))
        and all(len(function[key]) == parts for key in ("/C0", "/C1") if key in function)
        and 0 < float(function.N) <= _STEEPEST
        and bool(parts)
    )
