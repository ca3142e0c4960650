"""What every part of ``data.json`` is made of: texts by language, whole rupiah, days, and the part itself."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

Texts: TypeAlias = Annotated[
    dict[str, str], msgspec.Meta(description='One text by language (ISO 639-1): {"id": ..., "en": ...}')
]
Rupiah: TypeAlias = Annotated[int, msgspec.Meta(description="Whole rupiah")]
_END = r"$(?!\n)"
"""The very end: a ``$`` alone also stands before a last line end."""
Number: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=rf"^-?[0-9]+(\.[0-9]+)?{_END}", description="A decimal number as text")
]
CalendarYear: TypeAlias = Annotated[int, msgspec.Meta(description="Calendar year")]
_LEAP = r"([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
_DAY = (
    r"(?!0000)([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    rf"|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP})"
)
"""A day of the calendar: of one that is none nobody could say whether it is over, and checks raise."""
Day: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=rf"^({_DAY})?{_END}", description="A calendar day (ISO 8601), or empty")
]
Value: TypeAlias = str | int | bool | list[str] | None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Anything in ``data.json``; every key is always written."""
