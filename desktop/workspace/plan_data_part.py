"""What every part of ``data.json`` is made of: texts by language, whole rupiah, days, and the part itself."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

Texts: TypeAlias = Annotated[
    dict[str, str], msgspec.Meta(description='One text by language (ISO 639-1): {"id": ..., "en": ...}')
]
Rupiah: TypeAlias = Annotated[int, msgspec.Meta(description="Whole rupiah")]
Number: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"^-?[0-9]+(\.[0-9]+)?$", description="A decimal number as text")
]
CalendarYear: TypeAlias = Annotated[int, msgspec.Meta(description="Calendar year")]
Day: TypeAlias = Annotated[str, msgspec.Meta(description="A calendar day (ISO 8601), or empty")]
Value: TypeAlias = str | int | bool | list[str] | None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Anything in ``data.json``; every key is always written."""
