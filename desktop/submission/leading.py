"""Where the links and headings of a document lead: to which of its pages, by whatever name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_DEEPEST = 400
_SPELLED = 5_000
"""Objects of outlines and links that are spelled out; one that leads back to itself has no end."""
_LEADS = ("/Dest", "/D")
_BACK = frozenset({"/Parent", "/Prev", "/Last", "/Count"})


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

    def spelled(self, value: Any) -> str:
        """An object written out, without what leads back to parents; of a page its number.

        Raises ValueError where there is no end of it.
        """
        return self._spell(value, [_SPELLED], 0)

    def spelled_of(self, dictionary: Any, name: str) -> str:
        """What a dictionary has by this name. Raises ValueError."""
        return self._named(dictionary, name, [_SPELLED], 0)

    def _spell(self, one: Any, left: list[int], depth: int) -> str:
        import pikepdf

        left[0] -= 1
        if left[0] < 0 or depth > _DEEPEST:
            raise ValueError(left)
        if isinstance(one, pikepdf.Dictionary):
            if one.get("/Type") == pikepdf.Name.Page:
                return self._page(one)
            keys = sorted(str(name) for name in one.keys() if str(name) not in _BACK)  # noqa: SIM118 - no dict
            return "<" + " ".join(f"{name} {self._named(one, name, left, depth + 1)}" for name in keys) + ">"
        if isinstance(one, pikepdf.Array):
            return "[" + " ".join(self._spell(each, left, depth + 1) for each in one) + "]"
        return str(one)

    def _named(self, one: Any, name: str, left: list[int], depth: int) -> str:
        return self._target(one[name]) if name in _LEADS else self._spell(one[name], left, depth)

    def _page(self, page: Any) -> str:
        return f"page {self._pages.get(page.objgen, 0)}"

    def _target(self, value: Any) -> str:
        """The page that a destination is on; how much of it is shown is left to the program."""
        import pikepdf

        if isinstance(value, pikepdf.Name):
            value = self._by_name.get(str(value))
        elif isinstance(value, pikepdf.String):
            value = self._by_text.get(str(value))
        if isinstance(value, pikepdf.Dictionary):
            value = value.get("/D")
        if not isinstance(value, pikepdf.Array) or not len(value):
            return "nowhere"
        first = value[0]
        return self._page(first) if isinstance(first, pikepdf.Dictionary) else f"page {int(first) + 1}"
