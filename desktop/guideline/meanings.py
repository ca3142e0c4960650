"""Which question or column says something that the program takes from it: a letter's date, a title."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.guideline.pack import Field, Meaning, Pack


def saying(fields: Iterable[Field], meaning: Meaning) -> Field | None:
    """The field that says it; where none is declared to, the one that is called so."""
    known = tuple(fields)
    declared = next((field for field in known if field.says == meaning), None)
    return declared or next((field for field in known if field.id == meaning and not field.says), None)


def item_saying(pack: Pack, form: str, meaning: Meaning) -> str:
    """The item of a form that says it; empty when the form is not there or does not ask."""
    asked = next((each for each in pack.forms if each.id == form), None)
    found = saying(asked.fields, meaning) if asked is not None else None
    return f"{form}.{found.id}" if found is not None else ""
