"""Colours that every program shows alike: those of the device, and profiles that say the same as sRGB.

A profile is a program of its own: one that turns black into white is obeyed by some programs, while others
take the colours as they are.
"""

from __future__ import annotations

import itertools
import struct
from functools import lru_cache
from typing import Any

from desktop.submission.pdf.packed import table_of, unpacked
from desktop.submission.pdf.plain_values import is_whole, name_of

_COMPONENTS = {"/DeviceRGB": 3, "/DeviceGray": 1}
_KINDS = {3: b"RGB ", 1: b"GRAY"}
_DEVICES = (b"mntr", b"spac", b"scnr", b"prtr")
_MATRIX = {
    "rXYZ": (0.4361, 0.2225, 0.0139),
    "gXYZ": (0.3851, 0.7169, 0.0971),
    "bXYZ": (0.1431, 0.0606, 0.7141),
}
"""sRGB's primaries as profiles have them, for the light D50."""
_NEAR = 0.02
_CURVES = {3: ("rTRC", "gTRC", "bTRC"), 1: ("kTRC",)}
_STEPS = 255
"""Pictures have eight bits for a colour: each of their numbers is looked up."""
_CURVE_NEAR = 0.05
_MOST_TAGS = 100
_LARGEST = 4 << 20


def own_colours(space: Any) -> int:
    """How many numbers a point has; 0 when that cannot be said."""
    if isinstance(space, str) or not _is_array(space):
        return _COMPONENTS.get(str(space), 0)
    if space[0] == "/ICCBased":
        return int(space[1].N)
    return 1 if space[0] == "/Indexed" else _COMPONENTS.get(str(space[0]), 0)


def is_plain_space(space: Any) -> bool:
    """Grey, RGB, a profile as good as sRGB, or a table of such colours that has all of them."""
    if not _is_array(space):
        return name_of(space) in _COMPONENTS
    kind = str(space[0])
    if kind in _COMPONENTS:
        return len(space) == 1
    if kind == "/ICCBased":
        return len(space) == 2 and _is_plain_profile(space[1])
    if kind != "/Indexed" or len(space) != 4:
        return False
    base, last, table = space[1], space[2], space[3]
    count, held = own_colours(base), table_of(table)
    # an Indexed as its own base is none
    return (
        count > 0
        and not _is_table(base)
        and is_plain_space(base)
        and is_whole(last, 0, 255)
        and len(held) == (last + 1) * count
    )


def _is_table(space: Any) -> bool:
    return _is_array(space) and str(space[0]) == "/Indexed"


def _is_array(space: Any) -> bool:
    import pikepdf

    return isinstance(space, pikepdf.Array)


def _is_plain_profile(stream: Any) -> bool:
    count = int(stream.N)
    if (
        set(stream.keys()) - {"/N", "/Alternate", "/Range", "/Length", "/Filter", "/Metadata"}
        or count not in _KINDS
    ):
        return False
    alternate, bounds = stream.get("/Alternate"), stream.get("/Range")
    if alternate is not None and _COMPONENTS.get(str(alternate)) != count:
        return False
    if bounds is not None and [float(one) for one in bounds] != [0.0, 1.0] * count:
        return False
    return is_like_srgb(unpacked(stream) or b"", count)


def is_like_srgb(profile: bytes, count: int) -> bool:
    """Whether a profile of so many colours means what the plain colours mean.

    Never raises for a damaged one.
    """
    try:
        return _is_like_srgb(profile, count)
    except (struct.error, IndexError, KeyError, ValueError, ZeroDivisionError, OverflowError, TypeError):
        return False


def _is_like_srgb(profile: bytes, count: int) -> bool:
    size, device, kind, pcs, mark = struct.unpack_from(">I8x4s4s4s12x4s", profile)
    if len(profile) > _LARGEST or size != len(profile) or mark != b"acsp" or pcs != b"XYZ ":
        return False
    (tags,) = struct.unpack_from(">I", profile, 128)
    if device not in _DEVICES or kind != _KINDS[count] or tags > _MOST_TAGS:
        return False
    held: dict[str, bytes] = {}
    for at in range(tags):
        name, start, length = struct.unpack_from(">4sII", profile, 132 + 12 * at)
        held[name.decode("latin-1")] = profile[start : start + length]
        if start + length > size:
            return False
    if len(held) != tags or any(name[:3] in {"A2B", "B2A", "D2B", "B2D"} for name in held):
        # tables go before the matrix
        return False
    if count == 3 and any(
        abs(one - usual) > _NEAR
        for name, point in _MATRIX.items()
        for one, usual in zip(_point(held[name]), point, strict=True)
    ):
        return False
    return all(_is_usual_curve(held[name]) for name in _CURVES[count])


def _point(tag: bytes) -> tuple[float, ...]:
    kind, *numbers = struct.unpack(">4s4x3i", tag[:20])
    if kind != b"XYZ ":
        raise ValueError(kind)
    return tuple(one / 65536 for one in numbers)


@lru_cache(maxsize=64)
def _is_usual_curve(tag: bytes) -> bool:
    return all(
        abs(_value(tag, at / _STEPS) ** (1 / 2.2) - _usual(at / _STEPS) ** (1 / 2.2)) < _CURVE_NEAR
        for at in range(_STEPS + 1)
    )


def _usual(x: float) -> float:
    return float(x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4)


def _value(tag: bytes, x: float) -> float:
    """What a curve makes of a number from 0 to 1."""
    kind = tag[:4]
    if kind == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count == 1:
            return float(x ** (struct.unpack_from(">H", tag, 12)[0] / 256))
        values = struct.unpack_from(f">{count}H", tag, 12)
        if any(later < earlier for earlier, later in itertools.pairwise(values)):
            raise ValueError(count)
        place = x * (count - 1)
        low = min(int(place), count - 2)
        found: float = values[low] + (values[low + 1] - values[low]) * (place - low)
        return max(0.0, found / 65535)
    if kind != b"para":
        raise ValueError(kind)
    (form,) = struct.unpack_from(">H", tag, 8)
    given = [one / 65536 for one in struct.unpack_from(f">{(1, 3, 4, 5, 7)[form]}i", tag, 12)]
    if form == 0:
        return float(x ** given[0])
    if form != 3:
        raise ValueError(form)
    gamma, a, b, c, d = given
    return float((a * x + b) ** gamma if x >= d else c * x)
