"""What a stamp is lent to draw with: colours, pictures, states, in the ways that services have them.

A stamp draws in its box, but what it is lent may end a program, or be a program of its own, as a function of
fifty thousand braces is. So there is a list of what is let in, and nothing else is. Of fonts see
``stamp_fonts.py``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from desktop.submission.pdf.plain_values import name_of
from desktop.submission.pdf.stamp_colours import are_numbers, is_mixed_in
from desktop.submission.pdf.stamp_pictures import is_picture


def _names(*given: str) -> frozenset[str]:
    return frozenset(f"/{name}" for one in given for name in one.split())


_STATE = _names("AIS BM CA OP OPM SA SM SMask Type ca op")
_NEVER = _names("AIS OP op")
"""White ink over ink covers on the screen, and lets through on paper."""
_STATED = {"/CA": (0, 1), "/ca": (0, 1), "/SM": (0, 1), "/OPM": (0, 1)}
_PLAIN = _names("Normal Compatible")
"""Of other ways to mix colours, and of a list of them, programs take each its own."""
_NONE, _STATES = "/None", "/ExtGState"
_GROUP = _names("S CS I K Type")
_FAILURES = (
    struct.error, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip


def is_lent_plainly(kind: str, value: Any) -> bool:
    """Whether a thing of a kind (``/Image``, ``/ExtGState``, ``/Group``) is such as services lend."""
    import pikepdf

    rules: dict[str, Callable[[Any], bool]] = {
        "/Image": is_picture, "/ExtGState": _is_state, "/Group": _is_group,
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


def _is_state(state: Any) -> bool:
    """How much shines through, and in words what everybody does anyway."""
    import pikepdf

    return (
        isinstance(state, pikepdf.Dictionary)
        and set(state.keys()) <= _STATE
        and name_of(state.get("/BM", "/Normal")) in _PLAIN
        and name_of(state.get("/SMask", _NONE)) == _NONE
        and name_of(state.get("/Type", _STATES)) == _STATES
        and all(state.get(key, False) is False for key in _NEVER)
        and isinstance(state.get("/SA", False), bool)
        and not isinstance(state.get("/OPM"), Decimal)
        and all(
            are_numbers([state.get(key, least)], least=least, largest=most)
            for key, (least, most) in _STATED.items()
        )
    )


def _is_group(group: Any) -> bool:
    """Colours that are mixed in it are those of devices, or of a profile."""
    return (
        name_of(group.S) == "/Transparency"
        and not set(group.keys()) - _GROUP
        and ("/CS" not in group or is_mixed_in(group.CS))
        and name_of(group.get("/Type", "/Group")) == "/Group"
        and isinstance(group.get("/I", False), bool)
        and group.get("/K", False) is False
    )
