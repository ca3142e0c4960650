"""Colours that a stamp may draw in: of devices, measured or printed ones, and no programs."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable
from typing import Any

from desktop.submission.pdf.packed import table_of, unpacked
from desktop.submission.pdf.plain_values import floats, is_number, is_whole, name_of

_LARGEST = 32_767.0
_DEEP = 4
_PROFILE, _TABLE = 4 << 20, 1024
"""Bytes of a profile, and of a table of colours."""
_DEVICES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
"""With how many parts each colour has."""
_MEASURED = {"/CalGray": 1, "/CalRGB": 3, "/Lab": 3}
_TABLED = frozenset({*_DEVICES, "/CalGray", "/CalRGB", "/ICCBased"})
"""What the colours of a table may be, and those that are mixed."""
_DEFAULTS = {"/DefaultGray": 1, "/DefaultRGB": 3, "/DefaultCMYK": 4}
_PICTURED = _TABLED | {"/Indexed"}
_WHITE = frozenset({"/WhitePoint", "/BlackPoint"})
_SAID = {
    "/CalGray": _WHITE | {"/Gamma"},
    "/CalRGB": _WHITE | {"/Gamma", "/Matrix"},
    "/Lab": _WHITE | {"/Range"},
}
_LIGHT, _BLACK, _CURVE, _PRIMARY = (0.3, 1.5), (0.0, 0.1), (1.0, 2.8), (-0.1, 1.5)
"""From where to where the light's two numbers, those of black, a curve and a primary's numbers go: what is
measured otherwise is pale for those who do not measure, and dark for others."""
_NEAR = 0.1
_SHARES = (-128.0, 127.0)
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
_NO_INKS = frozenset({"/None", "/All"})
_NAME = re.compile(r"/(?!.*\.\.)[A-Za-z0-9+_,.-]{1,127}")


def are_numbers(
    values: Iterable[Any], *, most: int = 32, largest: float = _LARGEST, least: float | None = None
) -> bool:
    """Whether there are at most so many, none of them larger or smaller."""
    found = list(values)
    smallest = -largest if least is None else least
    return len(found) <= most and all(is_number(one) and smallest <= one <= largest for one in found)


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


def is_mixed_in(space: Any) -> bool:
    """Whether colours may be mixed in it: no table, and no ink. May raise where it is broken."""
    return kind_of(space) in _TABLED and is_space(space)


def parts_of_points(space: Any) -> int:
    """Of how many parts each point of a picture is; 0 where pictures are in no such colours."""
    return parts_of(space) if kind_of(space) in _PICTURED else 0


def is_default(name: str, space: Any) -> bool:
    """Whether a space that by its name stands for that of a device has as many parts, and is none itself."""
    parts = _DEFAULTS.get(name)
    return parts is None or (kind_of(space) in _TABLED - set(_DEVICES) and parts_of(space) == parts)


def kind_of(space: Any) -> str:
    """By which name it is known; empty where it has none."""
    import pikepdf

    if isinstance(space, pikepdf.Array):
        return name_of(space[0]) if len(space) else ""
    return name_of(space)


def parts_of(space: Any) -> int:
    """Of how many parts each colour is; 0 where nothing is drawn in it, or every program may differ."""
    import pikepdf

    kind = kind_of(space)
    if not isinstance(space, pikepdf.Array):
        return _DEVICES.get(kind, 0)
    match kind, list(space)[1:]:
        case (("/DeviceGray" | "/DeviceRGB" | "/DeviceCMYK"), []):
            return _DEVICES[kind]
        case "/Pattern", [base]:  # Qt lends it always; no pattern is ever drawn
            return _DEVICES.get(name_of(base), 0)
        case (("/CalGray" | "/CalRGB" | "/Lab"), [about]):
            return _MEASURED[kind] if _is_measured(kind, about) else 0
        case "/ICCBased", [profile]:
            return int(profile.N) if _is_profile(profile) else 0
        case "/Indexed", [base, last, table]:
            return int(_is_table(base, last, table))
        case "/Separation", [name, other, function]:
            named = is_name(name) and str(name) not in _NO_INKS
            return int(named and _is_function(function, _DEVICES.get(name_of(other), 0)))
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


def _is_measured(kind: str, about: Any) -> bool:
    """Whether there is all that it needs, and near what everybody measures."""
    light = floats(about.WhitePoint)
    if set(about.keys()) - _SAID[kind] or light is None or len(light) != 3:
        return False
    black = about.get("/BlackPoint", (0, 0, 0))
    shares = floats(about.get("/Range", (-100, 100, -100, 100))) or []
    return (
        light[1] == 1
        and _are_within(light[::2], _LIGHT)
        and len(list(black)) == 3
        and _are_within(black, _BLACK)
        and ("/Gamma" not in about or _are_curves(about.Gamma, kind))
        and ("/Matrix" not in about or _are_primaries(about.Matrix, light))
        and (len(shares) == 4 and _are_within(shares, _SHARES))
        and all(low < high for low, high in (shares[:2], shares[2:]))
    )


def _are_curves(curves: Any, kind: str) -> bool:
    """One number, or a row of one for each colour."""
    import pikepdf

    row = isinstance(curves, pikepdf.Array)
    found = listed(curves)
    return row == (kind == "/CalRGB") and len(found) == _MEASURED[kind] and _are_within(found, _CURVE)


def _are_primaries(matrix: Iterable[Any], light: list[float]) -> bool:
    """Whether all three together are white."""
    found = floats(matrix) or []
    return (
        len(found) == 9
        and _are_within(found, _PRIMARY)
        and all(abs(sum(found[at::3]) - light[at]) <= _NEAR for at in range(3))
    )


def _are_within(values: Iterable[Any], bounds: tuple[float, float]) -> bool:
    return are_numbers(values, least=bounds[0], largest=bounds[1])


def _is_profile(profile: Any) -> bool:
    count, data = profile.N, unpacked(profile) or b""
    if not is_whole(count, 1, 4):
        return False
    other = profile.get("/Alternate")
    return (
        not set(profile.keys()) - _PROFILE_ENTRIES
        and (other is None or _DEVICES.get(name_of(other)) == count)
        and floats(profile.get("/Range", [0, 1] * count)) == [0.0, 1.0] * count
        and len(data) <= _PROFILE
        and data[16:20] == _PROFILES.get(count, b"")
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


def _is_table(base: Any, last: Any, table: Any) -> bool:
    """As many colours as it says, of a space that is no table itself."""
    parts = parts_of(base) if kind_of(base) in _TABLED else 0
    return parts > 0 and is_whole(last, 0, _LAST) and (last + 1) * parts <= len(table_of(table)) <= _TABLE


def _is_function(function: Any, parts: int) -> bool:
    """From one colour to another; a program, or a table of any size, is none of them."""
    if not parts or not is_whole(function.FunctionType, 2, 2) or set(function.keys()) - _FUNCTION:
        return False
    ends = [list(function.get(key, usual)) for key, usual in (("/C0", (0,)), ("/C1", (1,)))]
    return (
        floats(function.Domain) == [0.0, 1.0]
        and floats(function.get("/Range", [0, 1] * parts)) == [0.0, 1.0] * parts
        and all(len(one) == parts and _are_within(one, (0.0, 1.0)) for one in ends)
        and is_number(function.N)
        and 0 < function.N <= _STEEPEST
    )
