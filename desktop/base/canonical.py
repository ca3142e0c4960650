"""Canonical JSON (RFC 8785): equal values are equal bytes, so they can be hashed and signed.

The fast C encoder of the standard library writes exactly RFC 8785 for what we allow: no floats, and
keys within the Basic Multilingual Plane (a test holds it against an independent implementation).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""A value of ``str | int | bool | None | list[Json] | dict[str, Json]``; never a float."""

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical_text(value: Json) -> str:
    """The canonical text of a JSON value. Raises TypeError for anything that is not JSON."""
    return _encode(value)


def canonical(value: Json) -> bytes:
    """The canonical UTF-8 bytes of a JSON value."""
    return _encode(value).encode()


def digest(value: Json) -> str:
    """SHA-256 of the canonical bytes, as 64 hexadecimal letters."""
    return hashlib.sha256(canonical(value)).hexdigest()


def moment_text(moment: dt.datetime) -> str:
    """A time as manifests, signatures and data files write it: UTC, to the second."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
