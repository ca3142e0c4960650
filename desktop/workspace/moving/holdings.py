"""Everything that is written under one guideline, slot by slot, and where another one has room for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop.base.ids import derived_id
from desktop.guideline import Guideline
from desktop.guideline.mapping import Crossing
from desktop.workspace.moving.carrying import Carrier
from desktop.workspace.moving.slots import Content, Contents, Slot, is_note
from desktop.workspace.plan import Row

KEEPS = frozenset({("input", "item"), *(("comment", name) for name in ("row", "field", "item", "scope"))})
"""Registers that say what something is about: where that falls away they are left as they are."""


_KNOWN: dict[str, Callable[[Guideline, str], bool]] = {
    "dimension": lambda of, name: of.dimension(name) is not None,
    "sub_dimension": lambda of, name: of.sub_dimension(name) is not None or of.dimension(name) is not None,
    "area": lambda of, name: of.action_area(name) is not None,
    "role": lambda of, name: of.role(name) is not None,
    "session": lambda of, name: any(each.id == name for each in of.pack.sessions),
}
"""Whether an id means something to a guideline, by the register that holds it."""


@dataclass(frozen=True, slots=True)
class Held:
    """One thing written under a guideline: where, as the answer to which item of it, and what."""

    slot: Slot
    item: str
    """The item; for a field of a row what kind of id it holds (``dimension``, ``role``, ...)."""
    content: Content


def scoped(guideline: Guideline, item: str) -> str:
    """What kind of row an item is answered for; empty for the region as a whole."""
    holder = item.partition(".")[0]
    if holder in {"programme", "quick_win"}:
        return "programme"
    sheet = guideline.worksheet(holder)
    return sheet.binding if sheet else ""


class Holdings:
    """What stands in a plan under one guideline, whether or not it is the one in use."""

    def __init__(self, contents: Contents, guideline: Guideline) -> None:
        self.contents, self.guideline = contents, guideline
        self.pack = guideline.pack.pack.id
        self.plan = contents.plan

    @cached_property
    def rows(self) -> dict[str, tuple[str, Row]]:
        """The rows of worksheets of this guideline by id, each with the worksheet it lies in."""
        known = {sheet.id for sheet in self.guideline.pack.worksheets if not sheet.binding}
        found = {}
        for rows in self.plan.rows.values():
            for row in rows:
                sheet = row.worksheet
                if not row.fixed:
                    kept = self.contents.kept(self.pack, Slot("row", row.id, "worksheet"))
                    sheet = str(kept.value) if kept else sheet
                if sheet in known:
                    found[row.id] = (sheet, row)
        return found

    def knows(self, slot: Slot) -> bool:
        """Whether this guideline counts on a slot."""
        if slot.table == "answer":
            return self.guideline.field(slot.field) is not None
        if slot.table == "cell":
            sheet, _ = self.rows.get(slot.row, ("", None))
            return self.guideline.field(f"{sheet}.{slot.field}") is not None
        return True

    def names(self, slot: Slot, value: str) -> bool:
        """Whether this guideline knows the id a register holds."""
        known = _KNOWN.get(slot.field)
        return known is not None and known(self.guideline, value)

    def __iter__(self) -> Iterator[Held]:
        """Answers, cells and fields of rows in which something is written."""
        yield from self._answers()
        yield from self._cells()
        for slot in self.contents.registers:
            content = self.contents.under(self.pack, slot)
            if content and (slot.table != "row" or slot.row in self.rows):
                yield Held(slot, slot.field, content)

    def _answers(self) -> Iterator[Held]:
        places = [key for key in self.plan.answers if not is_note(key[0])]
        kept = [
            (slot.field, slot.row)
            for slot, _ in self.contents.shelf(self.pack)
            if slot.table == "answer" and (slot.field, slot.row) not in self.plan.answers
        ]
        for item, scope in (*places, *kept):
            slot = Slot("answer", scope, item)
            if self.knows(slot):
                content = self.contents.under(self.pack, slot)
                if content:
                    yield Held(slot, item, content)

    def _cells(self) -> Iterator[Held]:
        for id_, (name, _) in self.rows.items():
            sheet = self.guideline.worksheet(name)
            for column in sheet.columns if sheet else ():
                if column.difference:
                    continue  # worked out, whatever was once written there
                slot = Slot("cell", id_, column.id)
                content = self.contents.under(self.pack, slot)
                if content:
                    yield Held(slot, f"{name}.{column.id}", content)


class Images:
    """Where what is held under one guideline goes to under another."""

    def __init__(
        self, holdings: Holdings, crossing: Crossing, came_from: Callable[[str], str] | None = None
    ) -> None:
        """``came_from`` names the worksheet over there that a row lay in before, where it did."""
        self.holdings, self.crossing, self._came_from = holdings, crossing, came_from
        self._contents = holdings.contents
        self._carrier = Carrier(crossing, self.moved_rows, holdings.plan.source_language)

    @cached_property
    def moved_rows(self) -> dict[str, str]:
        """Rows that are another row over there: the guideline's own rows and bodies, by id."""
        plan, crossing = self.holdings.plan, self.crossing
        agencies = ["", *(agency.id for agency in plan.agencies)]
        moved = {}
        for sheet in crossing.here.pack.worksheets:
            for fixed in sheet.fixed_rows:
                into = crossing.fixed(sheet.id, fixed.id)
                if into[0] and into != (sheet.id, fixed.id):
                    for agency in agencies:
                        moved[derived_id("row", sheet.id, fixed.id, agency)] = derived_id(
                            "row", *into, agency
                        )
        for body in plan.bodies:
            key = self.body_key(body.body, body.dimension)
            if key is not None and key != (body.body, body.dimension):
                moved[body.id] = derived_id("body", *key)
        return moved

    def body_key(self, body: str, dimension: str) -> tuple[str, str] | None:
        """What a body with its dimension is called over there."""
        into = self.crossing.body(body)
        if not into:
            return None
        image = self.crossing.place(dimension, "")[0] if dimension else ""
        return None if dimension and not image else (into, image)

    def row(self, id: str) -> tuple[str, str]:  # noqa: A002
        """The worksheet over there and the row's id in it; empty where the row falls away."""
        sheet, row = self.holdings.rows[id]
        if row.fixed:
            into, _ = self.crossing.fixed(sheet, row.fixed)
            return (into, self.moved_rows.get(id, id)) if into else ("", "")
        into = self.crossing.worksheet(sheet)
        before = self._came_from(id) if self._came_from else ""
        if before in self.crossing.worksheets(sheet):
            into = before  # and its cells with it, under the names that sheet has for them
        target = self.crossing.there.worksheet(into)
        return (into, id) if target is not None and not target.binding else ("", "")

    def of(self, held: Held) -> list[tuple[Slot, Content]]:
        """The slots that could take it over, with what they would say; none where it falls away."""
        slot, content = held.slot, held.content
        if slot.table == "answer":
            scope = self.moved_rows.get(slot.row, slot.row)
            found = [
                (Slot("answer", scope, item), self._carrier.carry(held.item, item, content))
                for item in self.crossing.items(held.item)
                if scoped(self.crossing.there, item) == scoped(self.crossing.here, held.item)
            ]
        elif slot.table == "cell":
            found = self._of_cell(held)
        else:
            value = self._register(slot, str(content.value))
            found = [(slot, Content(value))]
        return [(target, image) for target, image in found if image]

    def _of_cell(self, held: Held) -> list[tuple[Slot, Content]]:
        into, row = self.row(held.slot.row)
        sheet, _, column = held.item.partition(".")
        names = self.crossing.columns(sheet, column, into) if into else ()
        return [
            (Slot("cell", row, name), self._carrier.carry(held.item, f"{into}.{name}", held.content))
            for name in names
        ]

    def _register(self, slot: Slot, value: str) -> str:
        """The value of a register over there; one that only means something there (a merge) stays."""
        crossing = self.crossing
        known = _KNOWN.get(slot.field)
        if known is not None and not known(crossing.here, value) and known(crossing.there, value):
            return value
        match slot.table, slot.field:
            case "programme", name:
                return self._placed(slot.row)[name == "sub_dimension"]
            case "activity", _:
                return crossing.area(value)
            case "person", "role":
                return crossing.role(value)
            case "person", _:
                return crossing.place(value, "")[0]
            case "row", _:
                return self.row(slot.row)[0] if slot.row in self.holdings.rows else ""
            case ("member", _) | ("meeting", "body"):
                return self._body(value)
            case "meeting", _:
                return crossing.session(value)
            case "input", _:
                return next(iter(crossing.items(value)), "")
            case _:
                return self._about(slot, value)

    def _placed(self, programme: str) -> tuple[str, str]:
        def held(name: str) -> str:
            content = self._contents.under(self.holdings.pack, Slot("programme", programme, name))
            return str(content.value or "")

        return self.crossing.place(held("dimension"), held("sub_dimension"))

    def _body(self, id: str) -> str:  # noqa: A002
        body = next((each for each in self.holdings.plan.bodies if each.id == id), None)
        stays = body is not None and self.body_key(body.body, body.dimension) is not None
        return self.moved_rows.get(id, id) if stays else ""

    # -- what evidence and comments are about --------------------------------------------------------
    def about(self, table: str, row: str, field: str, item: str, scope: str) -> dict[str, str] | None:
        """The same place over there; None where it falls away."""
        here = {"row": row, "field": field, "item": item, "scope": scope}
        if table == "answer":
            images = self.crossing.items(item)
            return {**here, "item": images[0], "scope": self.moved_rows.get(scope, scope)} if images else None
        if table not in {"cell", "row"}:
            return {**here, "row": self.moved_rows.get(row, row)}
        if row not in self.holdings.rows:
            return self._unwritten(here)
        sheet = self.holdings.rows[row][0]
        into, target = self.row(row)
        column = self.crossing.column(sheet, field, into) if field and into else ""
        if not into or (field and not column):
            return None
        return {
            "row": target,
            "field": column,
            "item": f"{into}.{column}" if "." in item else into if item else "",
            "scope": self.moved_rows.get(scope, scope),
        }

    def _unwritten(self, here: Mapping[str, str]) -> dict[str, str] | None:
        """A row of the guideline that nobody has written in yet."""
        images = self.crossing.items(here["item"]) if "." in here["item"] else ()
        if here["row"] not in self.moved_rows or (here["item"] and not images):
            return None if here["item"] and not images else dict(here)
        item = images[0] if images else ""
        column = item.partition(".")[2] if item else here["field"]
        return {**here, "row": self.moved_rows[here["row"]], "field": column, "item": item}

    def _about(self, slot: Slot, value: str) -> str:
        """One of the registers a comment is placed by."""

        def held(name: str) -> str:
            found = self._contents.under(self.holdings.pack, Slot("comment", slot.row, name))
            return str(found.value or "")

        table = self._tables.get(slot.row, "")
        image = self.about(table, held("row"), held("field"), held("item"), held("scope"))
        return image[slot.field] if image is not None else value

    @cached_property
    def _tables(self) -> dict[str, str]:
        return {comment.id: comment.place.table for comment in self.holdings.plan.comments}
