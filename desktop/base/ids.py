"""Identities: time-ordered ones for new things, derived ones for things with a natural key."""

from __future__ import annotations

import secrets
import time
import uuid

NAMESPACE = uuid.UUID("5a1f3c1e-52c4-5b8a-9f60-7d2b6c0e4a11")
"""The namespace of every derived id. Never changes: replicas must derive the same ids."""


def new_id() -> str:
    """A fresh UUIDv7 (RFC 9562) as 32 hexadecimal letters: sorts by time of creation."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return f"{value:032x}"


def derived_id(*parts: str) -> str:
    """The UUIDv5 of the parts as 32 hexadecimal letters: equal parts, equal id, on every computer."""
    return uuid.uuid5(NAMESPACE, "\x1f".join(parts)).hex
