"""The languages people read here, and text that exists in several of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """A language the program itself speaks (ISO 639-1)."""

    ID = "id"
    EN = "en"

    @property
    def locale(self) -> str:
        """The CLDR locale whose numbers, dates and money this language uses."""
        return "id_ID" if self is Language.ID else "en_GB"


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in one or more languages, as guideline packs write it: ``{"id": "...", "en": "..."}``.

    Further languages are allowed; a missing one falls back to Indonesian, then to any.
    """

    texts: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.texts.items())))

    def __bool__(self) -> bool:
        return any(self.texts.values())

    def read(self, language: str) -> str:
        """The text in ``language``, else Indonesian, else whatever there is, else an empty string."""
        return self.texts.get(language) or self.texts.get("id") or next(iter(self.texts.values()), "")

    def falls_back(self, language: str) -> bool:
        """Whether :meth:`read` has to answer in another language than the one asked for."""
        return bool(self) and not self.texts.get(language)
