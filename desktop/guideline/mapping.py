"""What an id of one guideline is called in another: items, rows, dimensions, choices, bodies, offices.

What has the same id in both is itself, unless a mapping says otherwise. A mapping is written in one of
the two packs; for the other direction it is read backwards. An empty target says: nothing here means that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from desktop.guideline.lookup import Guideline
from desktop.guideline.pack import Mapping as Declared
from desktop.guideline.pack import Worksheet

SECTIONS = (
    "dimensions", "sub_dimensions", "items", "choices", "rows", "bodies", "measures", "roles", "sessions",
    "areas",
)  # fmt: skip
"""The parts of a mapping, each a dictionary from the other pack's id to this one's."""


class Crossing:
    """From the ids of one guideline (``here``) to those of another (``there``)."""

    def __init__(self, here: Guideline, there: Guideline) -> None:
        self.here, self.there = here, there
        forward = _declared(there, here)
        backward = _declared(here, there)
        self.known = forward is not None or backward is not None or here.pack.pack.id == there.pack.pack.id
        """Whether one of the two packs speaks of the other, or both are versions of one pack."""
        self._said: dict[str, dict[str, tuple[str, ...]]] = {
            section: _pairs(forward, backward, section) for section in SECTIONS
        }
        self._taken: dict[str, frozenset[str]] = {
            section: _taken(forward, backward, section) for section in SECTIONS
        }

    @cached_property
    def back(self) -> Crossing:
        """The same way in the other direction."""
        back = Crossing(self.there, self.here)
        back.__dict__["back"] = self
        return back

    # -- one id of each kind -----------------------------------------------------------------------
    def _images(self, section: str, name: str, known: Callable[[str], object]) -> tuple[str, ...]:
        """What is declared, in order; else the same id, unless that is the image of something else."""
        said = self._said[section].get(name)
        if said is not None:
            return tuple(each for each in said if each and known(each))
        return (name,) if name not in self._taken[section] and known(name) else ()

    def dimension(self, name: str) -> str:
        """A dimension of the other pack, or nothing."""
        return _first(self._images("dimensions", name, self.there.dimension))

    def sub_dimension(self, name: str) -> str:
        """A sub-dimension of the other pack, or nothing; it may have become a dimension."""
        return _first(self._images("sub_dimensions", name, self._either))

    def _either(self, name: str) -> object:
        return self.there.sub_dimension(name) or self.there.dimension(name)

    def place(self, dimension: str, sub_dimension: str) -> tuple[str, str]:
        """The dimension and sub-dimension a programme comes to stand under; empty where there is none."""
        image = self.sub_dimension(sub_dimension) if sub_dimension else ""
        if image and self.there.sub_dimension(image):
            parent = self.there.dimension_of(image)
            return (parent.id if parent else ""), image
        if image:
            return image, ""
        if not dimension:
            return "", ""
        own = self.dimension(dimension)
        if own:
            return own, ""
        # a dimension that was a sub-dimension over there
        was = _first(self._images("sub_dimensions", dimension, self.there.sub_dimension))
        parent = self.there.dimension_of(was) if was else None
        return (parent.id, was) if parent else ("", "")

    def any_dimension(self, name: str) -> str:
        """The image of an id that may be a dimension or a sub-dimension (an answer of that type)."""
        if self.here.dimension(name):
            return self.dimension(name) or self.place(name, "")[1]
        return self.sub_dimension(name)

    def items(self, item: str) -> tuple[str, ...]:
        """The items that may take over the answers of one: mostly one, none where it falls away."""
        found = self._images("items", item, self.there.field)
        if item in self._said["items"]:
            return found
        holder, _, name = item.partition(".")
        if holder in self._said["items"]:  # a whole form or worksheet has another name
            whole = (f"{each}.{name}" for each in self._said["items"][holder] if each)
            return tuple(each for each in whole if self.there.field(each))
        return () if holder in self._taken["items"] else found

    def worksheet(self, name: str) -> str:
        """The worksheet over there whose rows the rows of this one become, or nothing.

        Where only the columns are declared, it is the sheet that most of them lie in.
        """
        return _first(self.worksheets(name))

    def worksheets(self, name: str) -> tuple[str, ...]:
        """Every worksheet over there that its rows may go to: read backwards, several may have become one."""
        return self._sheets.get(name, ())

    @cached_property
    def _sheets(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for sheet in self.here.pack.worksheets:
            images = self._images("items", sheet.id, self.there.worksheet) or (self._by_columns(sheet),)
            found[sheet.id] = tuple(each for each in images if each)
        return found

    def _by_columns(self, sheet: Worksheet) -> str:
        votes: dict[str, int] = {}
        for column in sheet.columns:
            for image in self.items(f"{sheet.id}.{column.id}"):
                holder = image.partition(".")[0]
                if self.there.worksheet(holder):
                    votes[holder] = votes.get(holder, 0) + 1
        return max(votes, key=lambda each: votes[each]) if votes else ""

    def column(self, sheet: str, column: str, into: str) -> str:
        """What a column is called in a worksheet over there, or nothing."""
        return _first(self.columns(sheet, column, into))

    def columns(self, sheet: str, column: str, into: str) -> tuple[str, ...]:
        """Every column of a worksheet over there that may take a cell over: mostly one."""
        images = (image.partition(".") for image in self.items(f"{sheet}.{column}"))
        named = tuple(name for holder, _, name in images if holder == into)
        if named:
            return named
        target = self.there.worksheet(into)
        declared = self._said["items"].get(f"{sheet}.{column}")
        if declared is None and target and any(each.id == column for each in target.columns):
            # the rows of a sheet may go to several sheets: each has its own columns of the same name
            return (column,)
        return ()

    def fixed(self, sheet: str, row: str) -> tuple[str, str]:
        """The worksheet and row that a row of the guideline itself becomes; empty where there is none."""
        for image in self._said["rows"].get(f"{sheet}.{row}", ()):
            holder, _, name = image.partition(".")
            if _has_row(self.there.worksheet(holder), name):
                return holder, name
        if f"{sheet}.{row}" in self._said["rows"]:
            return "", ""
        into = self.worksheet(sheet)
        taken = f"{into}.{row}" in self._taken["rows"]
        return (into, row) if not taken and _has_row(self.there.worksheet(into), row) else ("", "")

    def choice(self, item: str, into: str, choice: str) -> str:
        """What a choice of one item is called among the choices of another; nothing where it has none."""
        field = self.there.field(into)
        known = {each.id for each in field.choices} if field else set()
        for image in self._said["choices"].get(f"{item}.{choice}", ()):
            # an item id holds dots, and so may its choice's; what follows the item is the choice
            if image.startswith(f"{into}.") and image[len(into) + 1 :] in known:
                return image[len(into) + 1 :]
        return choice if f"{item}.{choice}" not in self._said["choices"] and choice in known else ""

    def body(self, name: str) -> str:
        """A council, team or forum over there, or nothing."""
        return _first(self._images("bodies", name, _ids(self.there.pack.bodies)))

    def measure(self, name: str) -> str:
        """A figure of the region over there, or nothing."""
        return _first(self._images("measures", name, _ids(self.there.pack.figures)))

    def role(self, name: str) -> str:
        """An office over there, or nothing."""
        return _first(self._images("roles", name, self.there.role))

    def area(self, name: str) -> str:
        """An area of the action plan over there, or nothing."""
        return _first(self._images("areas", name, self.there.action_area))

    def session(self, name: str) -> str:
        """A guidance session over there, or nothing."""
        return _first(self._images("sessions", name, _ids(self.there.pack.sessions)))

    def output(self, session: str, output: str) -> tuple[str, str]:
        """The session and output that an output becomes; empty where there is none."""
        outputs = {
            f"{each.id}.{out.id}": (each.id, out.id)
            for each in self.there.pack.sessions
            for out in each.outputs
        }
        for image in self._said["sessions"].get(f"{session}.{output}", ()):
            if image in outputs:
                return outputs[image]
        if f"{session}.{output}" in self._said["sessions"]:
            return "", ""
        return outputs.get(f"{self.session(session)}.{output}", ("", ""))


def _declared(of: Guideline, about: Guideline) -> Declared | None:
    """What a pack says about another one."""
    return next((each for each in of.pack.mappings if each.pack == about.pack.pack.id), None)


def _pairs(forward: Declared | None, backward: Declared | None, section: str) -> dict[str, tuple[str, ...]]:
    """The declared images of each id: as they are written, or read backwards."""
    if forward is not None:
        return {name: (image,) for name, image in getattr(forward, section).items()}
    if backward is None:
        return {}
    turned: dict[str, list[str]] = {}
    for name, image in getattr(backward, section).items():
        if image:
            turned.setdefault(image, []).append(name)
    # what keeps its id there although something else is called so here as well is one of the sources
    said: Mapping[str, str] = getattr(backward, section)
    return {
        image: tuple(dict.fromkeys([*names, *([image] if image not in said else [])]))
        for image, names in turned.items()
    }


def _taken(forward: Declared | None, backward: Declared | None, section: str) -> frozenset[str]:
    """Ids that do not simply go on under their name: read backwards, over there they are something else."""
    if forward is not None or backward is None:
        return frozenset()
    return frozenset(getattr(backward, section))


def _first(found: Iterable[str]) -> str:
    return next(iter(found), "")


def _ids(parts: Iterable[object]) -> Callable[[str], bool]:
    known = {getattr(part, "id", "") for part in parts}
    return lambda name: name in known


def _has_row(sheet: Worksheet | None, row: str) -> bool:
    return sheet is not None and any(each.id == row for each in sheet.fixed_rows)
