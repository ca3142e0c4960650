"""What a stamp is lent to draw with: colours, pictures, states, in the ways that services have them.

A stamp draws in its box, but what it is lent may end a program, or be a program of its own, as a function of
fifty thousand braces is. So there is a list of what is let in, and nothing else is. Of fonts see
``stamp_fonts.py``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

from desktop.submission.pdf.stamp_colours import is_name, is_space, listed
from desktop.submission.pdf.stamp_pictures import is_picture


def _names(*given: str) -> frozenset[str]:
    return frozenset(f"/{name}" for one in given for name in one.split())


_STATE = _names("AIS BM CA FL LC LJ LW ML OP OPM SA SM SMask Type ca op")
_STATED = {
    "/CA": (0, 1), "/ca": (0, 1), "/LW": (0, 1), "/SM": (0, 1), "/LC": (0, 2), "/LJ": (0, 2), "/ML": (1, 100),
    "/FL": (0, 100), "/OPM": (0, 1),
}  # fmt: skip
"""No wider a pen than everybody has at first: nobody follows it from here."""
_GROUP = _names("S CS I K Type")
_FAILURES = (
    zlib.error, struct.error, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip


def is_lent_plainly(kind: str, value: Any) -> bool:
    """Whether a thing of a kind (``/ColorSpace``, ``/Image``, ...) is such as services lend."""
    import pikepdf

    rules: dict[str, Callable[[Any], bool]] = {
        "/ColorSpace": is_space, "/Image": is_picture, "/ExtGState": _is_state, "/Group": _is_group,
    }  # fmt: skip
    try:
        return rules[kind](value)
    except (*_FAILURES, pikepdf.PdfError):
        return False


def is_lent(lent: Any, kind: str, name: str) -> bool:
    """Whether a form is lent something of a kind by this name."""
    import pikepdf

    held = lent.get(kind) if isinstance(lent, pikepdf.Dictionary) else None
    return isinstance(held, pikepdf.Dictionary) and name in held


def named(lent: Any, key: str) -> list[tuple[str, Any]]:
    """What a form is lent of a kind, by name."""
    import pikepdf

    found = lent.get(key)
    return list(found.items()) if isinstance(found, pikepdf.Dictionary) else []


def _is_plain_value(value: Any) -> bool:
    """A number, a truth, a name or a text."""
    import pikepdf

    return not isinstance(value, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array))


def _is_state(state: Any) -> bool:
    """Only /SMask may be told to be none, and names for how colours are mixed are several at most."""
    import pikepdf

    if not isinstance(state, pikepdf.Dictionary) or set(state.keys()) - _STATE:
        return False
    blends = listed(state.get("/BM"))
    return (
        len(blends) <= 20
        and all(is_name(one) for one in blends)
        and str(state.get("/SMask", "/None")) == "/None"
        and all(_is_plain_value(state[key]) for key in set(state.keys()) - {"/BM"})
        and all(least <= float(state[key]) <= most for key, (least, most) in _STATED.items() if key in state)
    )


def _is_group(group: Any) -> bool:
    return (
        str(group.S) == "/Transparency"
        and not set(group.keys()) - _GROUP
        and ("/CS" not in group or is_space(group.CS))
    )
