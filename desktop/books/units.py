"""Units of indicators in the language of a book: people write them once, and not for each language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from desktop.base import Language
from desktop.base.resources import resource


def unit_in(language: Language, unit: str) -> str | None:
    """What a unit is called in a language; None where it is not known.

    What is called the same in both languages (*km*, *%*) is known too.
    """
    said = " ".join(unit.split())
    if not any(letter.isalpha() for letter in said):
        return said
    return _known(language).get(said.casefold())


@cache
def _known(language: Language) -> Mapping[str, str]:
    """By what it is called in any language; of several the one listed first."""
    rows: list[dict[str, str]] = json.loads(resource("books", "units.json").read_text("utf-8"))
    found: dict[str, str] = {}
    for own in (True, False):  # its name in this language goes before that of another unit elsewhere
        for row in rows:
            for spoken, name in row.items():
                if (spoken == language.value) is own:
                    found.setdefault(name.casefold(), row[language.value])
    return found
