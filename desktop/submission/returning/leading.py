"""Where the links and headings of a document lead: to which page and where on it, by whatever name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pikepdf

NEAR = 1.0
"""Points by which a place may move: some programs round numbers off, or outward to whole points."""
_DEEPEST = 400
_SPELLED = 5_000
"""Objects of outlines and links that are spelled out; one that leads back to itself has no end."""
_MOST_NODES = 20_000
"""Of the tree of names; one that leads back to itself has no end."""
NOWHERE = "nowhere"
_LEADS = ("/Dest", "/D")
_BACK = frozenset({"/Parent", "/Prev", "/Last", "/Count"})
_LEFT = {"/XYZ": 2, "/FitV": 2, "/FitBV": 2, "/FitR": 2}
_TOP = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2, "/FitR": 5}
"""Where in a destination (ISO 32000-1, table 151) its left and its upper edge stand."""

_Place: TypeAlias = tuple[float | None, float | None]
"""The left and the upper edge of what a destination shows; None where that is left to the program."""


@dataclass(frozen=True, slots=True)
class Led:
    """What a click does, written out, and the places on pages to which it leads, in order."""

    text: str
    places: tuple[_Place, ...] = ()

    def leads_as(self, other: Led) -> bool:
        """Whether it does the same as one before; a place that it leaves to the program is no other place."""
        return (
            self.text == other.text
            and len(self.places) == len(other.places)
            and all(
                now is None or (before is not None and abs(now - before) <= NEAR)
                for place, that in zip(self.places, other.places, strict=True)
                for now, before in zip(place, that, strict=True)
            )
        )


class Leads:
    """The pages of one open document, and what its names for them mean."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        """Raises what pikepdf raises, ValueError where names have no end."""
        import pikepdf

        self._pages = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        nothing = pikepdf.Dictionary()
        self._named: dict[bytes, list[Any]] = {}
        found = [(pikepdf.Name(name), value) for name, value in document.Root.get("/Dests", nothing).items()]
        tree = document.Root.get("/Names", nothing).get("/Dests")
        for name, value in (*found, *(_leaves(tree) if tree is not None else ())):
            for key in _keys(name):
                self._named.setdefault(key, []).append(value)

    def spelled(self, value: Any) -> Led:
        """An object written out, without what leads back to parents; of a page its number.

        Raises ValueError where there is no end of it, or where a place is none.
        """
        spelling = _Spelling(self)
        return Led(spelling.of(value, 0), tuple(spelling.places))

    def spelled_of(self, dictionary: Any, names: Iterable[str]) -> Led:
        """What a dictionary has by these names. Raises ValueError."""
        spelling = _Spelling(self)
        there = (name for name in names if name in dictionary)
        text = " ".join(f"{name} {spelling.named(dictionary, name, 0)}" for name in there)
        return Led(text, tuple(spelling.places))

    def led(self, destination: Any) -> Led:
        """The page and the place of a destination that is written out."""
        import pikepdf

        if not isinstance(destination, pikepdf.Array) or not len(destination):
            return Led(NOWHERE)
        first, kind = destination[0], str(destination[1]) if len(destination) > 1 else ""
        page = self.page(first) if isinstance(first, pikepdf.Dictionary) else f"page {int(first) + 1}"
        place = _number(destination, _LEFT.get(kind)), _number(destination, _TOP.get(kind))
        return Led(page, (place,))

    def page(self, page: Any) -> str:
        """The number of a page; 0 of one that is not in the document."""
        return f"page {self._pages.get(page.objgen, 0)}"

    def destinations(self, value: Any) -> list[Any]:
        """What may be meant by a name: arrays that begin with the page; anything else leads nowhere.

        Names stand in a dictionary (for a name) and in a tree (for a text). Some programs look for either in
        the first of these, others in the second, and of what stands there twice each has its own choice.
        """
        import pikepdf

        found = [value]
        if isinstance(value, pikepdf.Name | pikepdf.String):
            found = [one for key in sorted(_keys(value)) for one in self._named.get(key, ())]
        return [one.get("/D") if isinstance(one, pikepdf.Dictionary) else one for one in found]


class _Spelling:
    """Writes one object out and keeps the places that it leads to."""

    def __init__(self, leads: Leads) -> None:
        self.places: list[_Place] = []
        self._leads = leads
        self._left = _SPELLED

    def of(self, one: Any, depth: int) -> str:
        import pikepdf

        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise ValueError(depth)
        if isinstance(one, pikepdf.Dictionary):
            if one.get("/Type") == pikepdf.Name.Page:
                return self._leads.page(one)
            keys = sorted(str(name) for name in one.keys() if str(name) not in _BACK)  # noqa: SIM118 - no dict
            return "<" + " ".join(f"{name} {self.named(one, name, depth + 1)}" for name in keys) + ">"
        if isinstance(one, pikepdf.Array):
            return "[" + " ".join(self.of(each, depth + 1) for each in one) + "]"
        return str(one)

    def named(self, one: Any, name: str, depth: int) -> str:
        return self._target(one[name]) if name in _LEADS else self.of(one[name], depth)

    def _target(self, value: Any) -> str:
        """The page that a destination is on; how large it is shown is left to the program."""
        found = [self._leads.led(one) for one in self._leads.destinations(value)]
        alike = (one.leads_as(other) and other.leads_as(one) for one, other in pairwise(found))
        if not found or not all(alike):
            return NOWHERE
        self.places += found[0].places
        return found[0].text


def _leaves(tree: Any) -> Iterator[tuple[Any, Any]]:
    """All that stands in a tree of names, whatever it says of where to look. Raises ValueError."""
    waiting, left = [tree], _MOST_NODES
    while waiting:
        left -= 1
        if left < 0:
            raise ValueError(left)
        node = waiting.pop()
        pairs = list(node.get("/Names", ()))
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting.extend(list(node.get("/Kids", ())))


def _keys(name: Any) -> set[bytes]:
    """A name, or a text, as programs compare it: by its bytes, or by its letters. Raises ValueError."""
    import pikepdf

    if isinstance(name, pikepdf.Name):
        return {str(name)[1:].encode()}
    return {bytes(name), str(name).encode()}


def _number(destination: Any, at: int | None) -> float | None:
    """One edge; None where it is not given. Raises ValueError, TypeError for what is no number."""
    if at is None or at >= len(destination) or destination[at] is None:
        return None
    return float(destination[at])
