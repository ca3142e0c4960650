"""Colours that pictures of a stamp may be in: of devices, or measured as screens have them, no programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from desktop.submission.pdf.packed import table_of
from desktop.submission.pdf.plain_values import is_number, is_whole, name_of
from desktop.submission.pdf.stamp_profiles import is_profile

_LARGEST = 32_767.0
_TABLE = 1024
"""Bytes of a table of colours."""
_DEVICES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
"""With how many parts each colour has."""
_MIXED = frozenset({*_DEVICES, "/ICCBased"})
_MEASURED = {"/CalGray": {"/WhitePoint", "/Gamma"}, "/CalRGB": {"/WhitePoint", "/Gamma", "/Matrix"}}
_TABLED = _MIXED | set(_MEASURED)
"""What the colours of a table may be."""
_PICTURED = _TABLED | {"/Indexed"}
_LIGHT = {"/CalGray": (1.0, 1.0, 1.0), "/CalRGB": (0.9505, 1.0, 1.089)}
_PRIMARIES = (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505)
_CURVE, _NEAR = (1.7, 2.5), 0.01
"""As iText says of a PNG how light it is: what is measured otherwise is pale for those who do not measure,
and dark for others."""
_LAST = 255
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


def is_mixed_in(space: Any) -> bool:
    """Whether colours may be mixed in it: no table, no measured ones. May raise where it is broken."""
    return kind_of(space) in _MIXED and bool(parts_of(space))


def parts_of_points(space: Any) -> int:
    """Of how many parts each point of a picture is; 0 where pictures are in no such colours."""
    return parts_of(space) if kind_of(space) in _PICTURED else 0


def kind_of(space: Any) -> str:
    """By which name it is known; empty where it has none."""
    import pikepdf

    if isinstance(space, pikepdf.Array):
        return name_of(space[0]) if len(space) else ""
    return name_of(space)


def parts_of(space: Any) -> int:
    """Of how many parts each colour is; 0 where every program may differ."""
    import pikepdf

    kind = kind_of(space)
    if not isinstance(space, pikepdf.Array):
        return _DEVICES.get(kind, 0)
    match kind, list(space)[1:]:
        case "/CalGray", [about]:
            return int(_is_usual(kind, about, [about.Gamma]))
        case "/CalRGB", [about]:
            usual = _is_usual(kind, about, list(about.Gamma)) and _are_near(about.Matrix, _PRIMARIES)
            return 3 if usual and len(about.Gamma) == 3 else 0
        case "/ICCBased", [profile]:
            return int(profile.N) if is_profile(profile) else 0
        case "/Indexed", [base, last, table]:
            return int(_is_table(base, last, table))
    return 0


def profiles_of(space: Any) -> list[Any]:
    """The profile by which a space, or the one of its table, says what its colours are."""
    if kind_of(space) == "/Indexed":
        space = space[1]
    return [space[1]] if kind_of(space) == "/ICCBased" else []


def _is_usual(kind: str, about: Any, curves: list[Any]) -> bool:
    """Whether it is measured as everybody's screen is."""
    return (
        set(about.keys()) == _MEASURED[kind]
        and are_numbers(curves, least=_CURVE[0], largest=_CURVE[1])
        and _are_near(about.WhitePoint, _LIGHT[kind])
    )


def _are_near(values: Iterable[Any], usual: tuple[float, ...]) -> bool:
    found = list(values)
    near = len(found) == len(usual) and all(map(is_number, found))
    return near and all(abs(float(one) - other) <= _NEAR for one, other in zip(found, usual, strict=True))


def _is_table(base: Any, last: Any, table: Any) -> bool:
    """As many colours as it says, of a space that is no table itself."""
    parts = parts_of(base) if kind_of(base) in _TABLED else 0
    return parts > 0 and is_whole(last, 0, _LAST) and (last + 1) * parts <= len(table_of(table)) <= _TABLE
