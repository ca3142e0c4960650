"""Where something is written (a slot), what is written there, and the shelves of guidelines not in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from desktop.base import LocalText
from desktop.workspace.plan import Answer, Cell, Plan, Text, Value

SHELF = "~shelf"
"""Answers that keep what a guideline not in use has in a slot that something else stands in now."""
OLDER = "~older"
"""Answers that keep what stood in a slot before a newer text came back into it."""
CALLED = "~called"
"""Answers that keep what the earlier guideline called something that is still in use (money sources)."""
KEPT = f"{CALLED}.kept"
"""Answers that keep how much fell away when a guideline was left (a whole number)."""
# no id of a guideline begins with this sign, so none of its items can be called so
_OWN = (f"{SHELF}.", f"{OLDER}.", f"{CALLED}.")


def is_note(item: str) -> bool:
    """Whether an answer is the program's own note about a move, not anybody's answer."""
    return item.startswith(_OWN)


def fallen(plan: Plan) -> int:
    """How much is kept from earlier guidelines without a place in the present one."""
    start = f"{KEPT}."
    return sum(
        answer.value
        for (item, _), answer in plan.answers.items()
        if item.startswith(start) and item != start + plan.guideline.id and isinstance(answer.value, int)
    )


def funding_called(plan: Plan, source: str) -> LocalText:
    """What an earlier guideline called a money source the present one does not know; else its id."""
    text = plan.answer(f"{CALLED}.funding.{source}").text
    return LocalText(dict(text.values)) if text else LocalText({"id": source})


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A register: an answer (``row`` is its scope, ``field`` its item), a cell, or a field of a row."""

    table: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Content:
    """What is written in a slot: a value without a language, or texts."""

    value: Value = None
    text: Text = field(default_factory=Text)
    origin: str = "typed"

    def __bool__(self) -> bool:
        return self.value not in (None, "", ()) or bool(self.text)

    def same(self, other: Content) -> bool:
        """Whether the same is written; where it came from does not matter."""
        return (
            _said(self.value) == _said(other.value)
            and isinstance(self.value, bool) == isinstance(other.value, bool)
            and _written(self.text) == _written(other.text)
        )

    @property
    def shown(self) -> Value | Text:
        """The text, or the value where it is none."""
        return self.text or self.value


NOTHING = Content()


def _said(value: Value) -> Value:
    """A value as it counts: nought and no are answers, what is empty is none."""
    return None if value in (None, "", ()) else value


def _written(text: Text) -> Mapping[str, str]:
    return {language: words for language, words in text.values.items() if words.strip()}


def of_answer(answer: Answer | None) -> Content:
    """What an answer says."""
    return Content(answer.value, answer.text, answer.origin or "typed") if answer else NOTHING


def of_cell(cell: Cell | None) -> Content:
    """What a cell says."""
    return Content(cell.value, cell.text) if cell else NOTHING


def shelf_item(pack: str, slot: Slot, shelf: str = SHELF) -> str:
    """The item under which a slot's content is kept for a guideline; the scope is the slot's row."""
    return f"{shelf}.{pack}.{slot.table}.{slot.field}"


class Contents:
    """Reads a plan by slots."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def at(self, slot: Slot) -> Content:
        """What stands in a slot now."""
        if slot.table == "answer":
            return of_answer(self.plan.answers.get((slot.field, slot.row)))
        if slot.table == "cell":
            return of_cell(self._cells.get(slot.row, {}).get(slot.field))
        return Content(self.registers.get(slot) or None)

    def kept(self, pack: str, slot: Slot) -> Content:
        """What lies on a guideline's shelf for a slot."""
        return of_answer(self.plan.answers.get((shelf_item(pack, slot), slot.row)))

    def under(self, pack: str, slot: Slot) -> Content:
        """What a guideline has in a slot: what lies on its shelf, else what stands there."""
        return self.kept(pack, slot) or self.at(slot)

    def shelf(self, pack: str, shelf: str = SHELF) -> Iterator[tuple[Slot, Content]]:
        """Everything on a guideline's shelf."""
        start = f"{shelf}.{pack}."
        for (item, scope), answer in self.plan.answers.items():
            if item.startswith(start):
                table, _, name = item[len(start) :].partition(".")
                content = of_answer(answer)
                if content:
                    yield Slot(table, scope, name), content

    @cached_property
    def _cells(self) -> dict[str, Mapping[str, Cell]]:
        return {row.id: row.cells for rows in self.plan.rows.values() for row in rows}

    @cached_property
    def registers(self) -> dict[Slot, str]:
        """Fields of rows whose value is an id of the guideline, or of a row that stands for one."""
        plan = self.plan
        found = {}
        for one in plan.programmes:
            found[Slot("programme", one.id, "dimension")] = one.dimension
            found[Slot("programme", one.id, "sub_dimension")] = one.sub_dimension
            for activity in one.activities:
                found[Slot("activity", activity.id, "area")] = activity.area
        for person in plan.people:
            found[Slot("person", person.id, "role")] = person.role
            found[Slot("person", person.id, "dimension")] = person.dimension
        for rows in plan.rows.values():
            found |= {Slot("row", row.id, "worksheet"): row.worksheet for row in rows if not row.fixed}
        for body in plan.bodies:
            found |= {Slot("member", each.id, "body"): body.id for each in body.members}
        for meeting in plan.meetings:
            found[Slot("meeting", meeting.id, "session")] = meeting.session
            found[Slot("meeting", meeting.id, "body")] = meeting.body
        found |= {Slot("input", each.id, "item"): each.item for each in plan.inputs}
        for comment in plan.comments:
            place = comment.place
            about = {"row": place.row, "field": place.field, "item": place.item, "scope": place.scope}
            found |= {Slot("comment", comment.id, name): value for name, value in about.items()}
        return found
