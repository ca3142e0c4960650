"""The languages people read here, and text that exists in several of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
class LocalText(Mapping[str, str]):
    """One text in one or more languages, as guideline packs write it: ``{"id": "...", "en": "..."}``.

    Further languages are allowed; a missing one falls back to Indonesian, then to any.
    """

    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.values.items())))

    def read(self, language: str) -> str:
        """The text in ``language``, else Indonesian, else whatever there is, else an empty string."""
        return self.values.get(language) or self.values.get("id") or next(iter(self.values.values()), "")

    def falls_back(self, language: str) -> bool:
        """Whether :meth:`read` has to answer in another language than the one asked for."""
        return not self.values.get(language)
