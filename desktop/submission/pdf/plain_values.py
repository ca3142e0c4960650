"""Values of a PDF that are what they seem to every program: names, whole numbers, rows of numbers.

A truth is a number for Python, a text of the same letters a name, and of 2.9 points some programs draw two,
others three, and others none.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any


def name_of(value: Any) -> str:
    """A name as such: a text of the same letters is none, though some programs take it for one."""
    import pikepdf

    return str(value) if isinstance(value, (str, pikepdf.Name)) else ""


def is_whole(value: Any, least: int, most: int) -> bool:
    """Whether it is a whole number, written as one, within bounds."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_number(value: Any) -> bool:
    """Whether it is a number, whole or not."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def floats(values: Iterable[Any]) -> list[float] | None:
    """Numbers in their order; None where one is something else."""
    found = list(values)
    return [float(one) for one in found] if all(map(is_number, found)) else None


def spelled(value: Any) -> str:
    """What pyHanko read, as it was written, but for the order of a dictionary: that says nothing.

    Whoever keeps dictionaries by hash, as OpenPDF and iText 2 do, gives them again in another one.
    """
    from pyhanko.pdf_utils import generic

    if isinstance(value, generic.DictionaryObject):
        return f"<<{', '.join(f'{key!r} {spelled(value.raw_get(key))}' for key in sorted(value))}>>"
    if isinstance(value, generic.ArrayObject):
        return f"[{', '.join(spelled(value.raw_get(at)) for at in range(len(value)))}]"
    return repr(value)
