"""Where the links and headings of a document lead: to which page and where on it, by whatever name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pikepdf

NEAR = 1.0
"""Points by which a place may move: some programs round numbers off, or outward to whole points."""
_DEEPEST = 400
_SPELLED = 5_000
"""Objects of outlines and links that are spelled out; one that leads back to itself has no end."""
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
        """Raises what pikepdf raises."""
        import pikepdf

        self._pages = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        nothing = pikepdf.Dictionary()
        self._by_name = document.Root.get("/Dests", nothing)
        tree = document.Root.get("/Names", nothing).get("/Dests")
        self._by_text = pikepdf.NameTree(tree) if tree is not None else {}

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

    def page(self, page: Any) -> str:
        """The number of a page; 0 of one that is not in the document."""
        return f"page {self._pages.get(page.objgen, 0)}"

    def destination(self, value: Any) -> Any:
        """What is meant by a name: an array that begins with the page; anything else leads nowhere."""
        import pikepdf

        if isinstance(value, pikepdf.Name):
            value = self._by_name.get(str(value))
        elif isinstance(value, pikepdf.String):
            value = self._by_text.get(str(value))
        return value.get("/D") if isinstance(value, pikepdf.Dictionary) else value


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
        import pikepdf

        value = self._leads.destination(value)
        if not isinstance(value, pikepdf.Array) or not len(value):
            return "nowhere"
        kind = str(value[1]) if len(value) > 1 else ""
        self.places.append((_number(value, _LEFT.get(kind)), _number(value, _TOP.get(kind))))
        first = value[0]
        return self._leads.page(first) if isinstance(first, pikepdf.Dictionary) else f"page {int(first) + 1}"


def _number(destination: Any, at: int | None) -> float | None:
    """One edge; None where it is not given. Raises ValueError, TypeError for what is no number."""
    if at is None or at >= len(destination) or destination[at] is None:
        return None
    return float(destination[at])
