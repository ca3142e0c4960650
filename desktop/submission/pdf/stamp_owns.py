"""Which objects of a document are a stamp's alone: nothing but the look of a field leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

Number = tuple[int, int]
"""Of an object, and its generation."""


def owned_by_stamps(document: pikepdf.Pdf) -> frozenset[Number]:
    """What is drawn by the stamps that ``stamps_of`` looks at and by nothing else.

    What the pages share with a stamp is the pages'; what nothing leads to belongs to nobody.
    """
    import pikepdf

    looks: list[Any] = []
    fields: set[Number] = set()
    for page in document.pages:
        for one in page.obj.get("/Annots", ()):
            look = one.get("/AP", pikepdf.Dictionary()).get("/N") if one.is_indirect else None
            if isinstance(look, pikepdf.Stream):
                looks.append(look)
                fields.add(one.objgen)
    elsewhere = _reached([document.trailer], fields)
    return frozenset(_reached(looks, set()) - elsewhere)


def _reached(starts: list[Any], fields: set[Number]) -> set[Number]:
    """The objects that ``starts`` lead to, but for the looks of ``fields``."""
    import pikepdf

    found: set[Number] = set()
    waiting = list(starts)
    while waiting:
        one = waiting.pop()
        if one.is_indirect:
            if one.objgen in found:
                continue
            found.add(one.objgen)
        inside: list[Any] = []
        if isinstance(one, pikepdf.Array):
            inside = list(one)
        elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            lent: Any = one.get("/DR", pikepdf.Dictionary())
            shown = one.is_indirect and one.objgen in fields
            inside = [value for key, value in one.items() if key != "/DR" and not (shown and key == "/AP")]
            # what a form lends of stamps' is asked where fields are (widgets), and looked at with the stamps
            known = isinstance(lent, pikepdf.Dictionary)
            inside += [value for key, value in lent.items() if key != "/XObject"] if known else [lent]
        waiting += [value for value in inside if isinstance(value, pikepdf.Object)]
    return found
