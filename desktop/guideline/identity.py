"""What everything in a guideline pack has: an id that is never reused, and the source it rests on."""

from __future__ import annotations

from typing import Annotated

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$(?!\n)", max_length=64)]
DottedId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\n)", max_length=64)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Year = Annotated[int, msgspec.Meta(ge=1900, le=2200)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Anything in a pack."""


class Item(Part, frozen=True, kw_only=True):
    """Anything in a pack that has an identity and may rest on a source."""

    id: Id
    verified: bool = True
    source: str = ""
