"""What stands twice in the data of a package: registers would read one, documents print the other."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import msgspec

from desktop.workspace.plan_data_form import Data

_KEYS = {
    "answers": ("item", "scope"),
    "worksheets": ("worksheet",),
    "set_aside": ("finding",),
    "cells": ("column",),
}
"""By what an entry is told from others where it has no id of its own.

Targets, budget lines and ceilings of one year twice are no fault of the data: two copies that met may each
have brought one, and a check asks the team about it.
"""


def doubled(data: Data) -> str:
    """The first list in which one thing stands twice, by its name in ``data.json``; empty when in none.

    No workspace gives such data: what is listed here is kept under one key.
    """
    return next(_doubled(data), "")


def _doubled(part: msgspec.Struct) -> Iterator[str]:
    for name in part.__struct_fields__:
        listed = getattr(part, name)
        if not isinstance(listed, tuple) or not listed or not isinstance(listed[0], msgspec.Struct):
            continue
        keys = [_key(name, one) for one in listed]
        # rows of the guideline's: each stands once for each agency
        fixed = [(one.fixed, one.agency) for one in listed if one.fixed] if name == "rows" else []
        if any(None not in each and len(set(each)) < len(each) for each in (keys, fixed)):
            yield name
        for one in listed:
            yield from _doubled(one)


def _key(name: str, one: Any) -> Hashable | None:
    if name in _KEYS:
        return tuple(getattr(one, each) for each in _KEYS[name])
    return getattr(one, "id", None)
