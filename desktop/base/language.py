"""The languages people read here, and text that exists in several of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    """A language the program itself speaks (ISO 639-1)."""

    ID = "id"
    EN = "en"

    @property
    def locale(self) -> str:
        """The CLDR locale whose numbers, dates and money this language uses."""
        return "id_ID" if self is Language.ID else "en_GB"


class LocalText:
    """One text in one or more languages, as guideline packs write it: ``{"id": "...", "en": "..."}``.

    Further languages are allowed; a missing one falls back to Indonesian, then to any. Immutable and
    equal by value; not a dataclass, because msgspec would then read and write its attribute ``texts``
    instead of the plain object of a pack.
    """

    __slots__ = ("texts",)
    texts: Mapping[str, str]

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        object.__setattr__(self, "texts", texts or {})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"LocalText is immutable: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LocalText) and dict(self.texts) == dict(other.texts)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.texts.items())))

    def __bool__(self) -> bool:
        return any(self.texts.values())

    def __repr__(self) -> str:
        return f"LocalText({dict(self.texts)!r})"

    def __reduce__(self) -> tuple[type[LocalText], tuple[dict[str, str]]]:
        return LocalText, (dict(self.texts),)

    def read(self, language: str) -> str:
        """The text in ``language``, else Indonesian, else whatever there is, else an empty string."""
        return self.texts.get(language) or self.texts.get("id") or next(iter(self.texts.values()), "")

    def falls_back(self, language: str) -> bool:
        """Whether :meth:`read` has to answer in another language than the one asked for."""
        return bool(self) and not self.texts.get(language)
