"""What can stand in a field, a text in several languages above all, and how a field is named."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = str | int | bool | tuple[str, ...] | None
"""An answer: text, whole number, yes/no, a choice id, a decimal as text, an ISO date, a set of choice ids."""


def text_hash(text: str) -> str:
    """What a translation remembers of the source it was made from (64 bits of SHA-256, hexadecimal)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Text:
    """A user's text in several languages; ``made_from`` holds, per language, the hash of its source."""

    values: Mapping[str, str] = field(default_factory=dict)
    made_from: Mapping[str, str] = field(default_factory=dict)

    def read(self, language: str, fallback: str = "id") -> str:
        """The text in ``language``, else in ``fallback``, else in any, else empty."""
        return (
            self.values.get(language)
            or self.values.get(fallback)
            or next(filter(None, self.values.values()), "")
        )

    def has(self, language: str) -> bool:
        """Whether something other than blanks is written in this language."""
        return bool(self.values.get(language, "").strip())

    def stale(self, language: str, source: str) -> bool:
        """Whether the translation was made from another source text than the present one."""
        if language == source or not self.has(language):
            return False
        return self.made_from.get(language) != text_hash(self.values.get(source, ""))

    def __bool__(self) -> bool:
        return any(value.strip() for value in self.values.values())


@dataclass(frozen=True, slots=True)
class Place:
    """The exact field something is about: a register of the workspace.

    ``table`` and ``row`` name a row; ``field`` a register in it. For answers and cells that may not
    exist yet, ``item`` (pack item id) and ``scope`` (row the answer belongs to, or empty) find it.
    """

    table: str
    row: str = ""
    field: str = ""
    language: str = ""
    item: str = ""
    scope: str = ""
