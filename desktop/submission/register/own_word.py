"""A word that only this profile knows, and that stands nowhere else; with it registers are signed."""

from __future__ import annotations

import contextlib
import secrets
from functools import cache
from pathlib import Path

from desktop.base.paths import folder, home
from desktop.base.placing import put

_LONG = 64
"""Hexadecimal signs."""


def own_word() -> str:
    """The same as long as the profile lives; where it cannot be kept, as long as the program runs."""
    place = home() / "registers" / "own.word"
    kept = _kept(place)
    if not kept:
        with contextlib.suppress(OSError):
            folder("registers")
            put(place, secrets.token_hex(_LONG // 2).encode())
            place.chmod(0o600)
        kept = _kept(place)
    return kept or _of_this_run()


def _kept(place: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        text = place.read_text(encoding="ascii")
        return text if len(text) == _LONG else ""
    return ""


@cache
def _of_this_run() -> str:
    return secrets.token_hex(_LONG // 2)
