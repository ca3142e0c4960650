"""A move to another guideline, worked out and not yet done: what maps, falls away, differs, is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from desktop.guideline import Guideline
from desktop.guideline.mapping import Crossing
from desktop.guideline.pack import Field
from desktop.workspace.moving.copies import Copied, copies, plainly
from desktop.workspace.moving.holdings import KEEPS, Held, Holdings, Images
from desktop.workspace.moving.slots import NOTHING, OLDER, Content, Contents, Slot, shelf_item
from desktop.workspace.moving.stays import Written
from desktop.workspace.plan import Plan
from desktop.workspace.registers import TABLES


class State(StrEnum):
    """What becomes of one thing that is written."""

    SAME = "same"
    """The other guideline asks the same under the same name: it stays where it is."""
    MAPPED = "mapped"
    """It goes where the other guideline asks for it."""
    FALLS = "falls"
    """The other guideline has no place for it: it is kept, and comes back on the way back."""
    NEWER = "differs-newer"
    """The other place holds something else from an earlier stay; what was written since goes there."""
    EARLIER = "differs-earlier"
    """The other place holds something else, written last: that stands, and this is kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is written, and what becomes of it; ``item`` and ``into`` are ids of the packs."""

    state: State
    held: Held
    into: str = ""
    other: Content = NOTHING
    """What the other guideline has there from an earlier stay, where that differs."""


@dataclass(frozen=True, slots=True)
class New:
    """An item of the other guideline that nothing maps to and nothing is kept for."""

    item: str
    field: Field


@dataclass(frozen=True)
class Move:
    """Everything a move would do."""

    here: Guideline
    there: Guideline
    known: bool
    """Whether a mapping between the two is declared; else only equal ids map."""
    entries: tuple[Entry, ...]
    rows: tuple[tuple[State, Copied], ...]
    """Figures, bodies, outputs, scores, evidence and deadlines."""
    new: tuple[New, ...]
    writes: Mapping[Slot, Content]
    """Slots that get another content; nothing clears one."""
    shelves: Mapping[tuple[str, str], Content]
    """Answers (item, scope) to be written as notes."""
    cleared: tuple[tuple[str, str], ...]
    """Notes (item, scope) that are of no use any more."""
    put: tuple[Copied, ...]
    """Rows to be written under their key over there."""

    def of(self, *states: State) -> tuple[Entry, ...]:
        """The entries with one of these states."""
        return tuple(entry for entry in self.entries if entry.state in states)

    @property
    def taken(self) -> int:
        """How many things are written anew by it."""
        return len(self.of(State.MAPPED, State.NEWER)) + len(self.put)

    @cached_property
    def required(self) -> tuple[New, ...]:
        """New items that must be answered."""
        return tuple(each for each in self.new if each.field.required)


def work_out(
    plan: Plan, here: Guideline, there: Guideline, others: Iterable[Guideline], written: Written
) -> Move:
    """What moving from one guideline to another would do.

    ``others`` are further guidelines this workspace was pinned to; ``written`` tells what was written
    since ``there`` was left.
    """
    return _Working(plan, here, there, tuple(others), written).move()


class _Working:
    def __init__(
        self,
        plan: Plan,
        here: Guideline,
        there: Guideline,
        others: tuple[Guideline, ...],
        written: Written,
    ) -> None:
        self.crossing = Crossing(here, there)
        self.contents = Contents(plan)
        self.holdings = Holdings(self.contents, here)
        self.waiting = Holdings(self.contents, there)
        self.images = Images(self.holdings, self.crossing, self._earlier_sheet)
        self.returning = Images(self.waiting, self.crossing.back)
        self.keepers = [self.holdings, *(Holdings(self.contents, other) for other in others)]
        self.written = written
        self._sheets_before: dict[str, str] = {}
        self.pack = there.pack.pack.id
        self.entries: list[Entry] = []
        self.writes: dict[Slot, Content] = {}
        self.older: dict[tuple[str, str], Content] = {}

    def move(self) -> Move:
        self._decide()
        self._give_back()
        self._clear()
        self._settle_dimensions()
        writes = {
            slot: content for slot, content in self.writes.items() if not content.same(self.contents.at(slot))
        }
        rows, put = self._rows()
        here, there = self.crossing.here, self.crossing.there
        version = here.pack.pack.id == there.pack.pack.id
        shelves = {} if version else self._shelves(writes)
        if version:
            # two versions of one pack share their shelf: what the newer has no place for stays where it is
            writes = {slot: content for slot, content in writes.items() if content}
        return Move(
            here=here,
            there=there,
            known=self.crossing.known,
            entries=tuple(self.entries),
            rows=rows,
            new=tuple(self._new()),
            writes=writes,
            shelves={**shelves, **self.older},
            cleared=tuple(
                (shelf_item(self.pack, slot), slot.row) for slot, _ in self.contents.shelf(self.pack)
            ),
            put=put,
        )

    # -- what goes where ---------------------------------------------------------------------------
    def _decide(self) -> None:
        taken: dict[Slot, Held] = {}
        for held in (*self.holdings, *self._became_parts()):
            options = self.images.of(held)
            free = [(slot, image) for slot, image in options if slot not in taken]
            if not free:
                self._falls(held, options)
                continue
            slot, image = self._chosen(held, free)
            taken[slot] = held
            self._place(held, slot, image)

    def _falls(self, held: Held, options: list[tuple[Slot, Content]]) -> None:
        if (held.slot.table, held.slot.field) in KEEPS or held.slot.table == "member":
            return  # told with the thing it is about, or the body it is a part of
        became = held.item == "sub_dimension" and self.crossing.sub_dimension(str(held.content.value))
        state = State.MAPPED if became else State.FALLS
        self.entries.append(Entry(state, held, options[0][0].field if options else ""))

    def _became_parts(self) -> Iterable[Held]:
        """Programmes under a dimension that is a sub-dimension over there."""
        for one in self.holdings.plan.programmes:
            slot = Slot("programme", one.id, "sub_dimension")
            if not one.sub_dimension and self.crossing.place(one.dimension, "")[1]:
                yield Held(slot, "sub_dimension", Content(one.dimension))

    def _chosen(self, held: Held, free: list[tuple[Slot, Content]]) -> tuple[Slot, Content]:
        """Of several places the one it came from, else one in use, else its own name, else the first."""
        if len(free) == 1:
            return free[0]
        for slot, image in free:
            earlier = self._earlier(slot)
            if earlier and (earlier.same(image) or self._came_from(slot, earlier, held)):
                return slot, image
        in_use = [option for option in free if self._earlier(option[0])]
        itself = [option for option in free if option[0] == held.slot]
        return (in_use or itself or free)[0]

    def _earlier(self, slot: Slot) -> Content:
        """What the other guideline has in a slot from an earlier stay."""
        kept = self.contents.kept(self.pack, slot)
        if kept:
            return kept
        standing = self.contents.at(slot)
        theirs = not self.holdings.knows(slot) or self.written.untouched(slot, standing)
        return standing if theirs else NOTHING

    def _earlier_sheet(self, row: str) -> str:
        if row not in self._sheets_before:
            self._sheets_before[row] = str(self._earlier(Slot("row", row, "worksheet")).value or "")
        return self._sheets_before[row]

    def _came_from(self, slot: Slot, earlier: Content, held: Held) -> bool:
        """Whether what is held here is what the earlier content over there amounts to here."""
        item = self._item(slot)
        if not item:
            return False
        found = self.returning.of(Held(slot, item, earlier))
        return any(target == held.slot and image.same(held.content) for target, image in found)

    def _item(self, slot: Slot) -> str:
        if slot.table == "answer":
            return slot.field
        if slot.table == "cell":
            sheet = self.waiting.rows.get(slot.row, ("", None))[0]
            return f"{sheet}.{slot.field}" if sheet else ""
        return slot.field

    def _place(self, held: Held, slot: Slot, image: Content) -> None:
        same_place = slot == held.slot
        if same_place and image.same(held.content) and not self.contents.kept(self.pack, slot):
            self.writes[slot] = image
            self._enter(State.SAME, held, held.item)  # most of what is written, most of the time
            return
        earlier = self._earlier(slot)
        item = self._into(slot)
        plainly_so = State.SAME if same_place and image.same(held.content) else State.MAPPED
        if not earlier or earlier.same(image):
            self.writes[slot] = earlier or image
            self._enter(plainly_so, held, item)
        elif self._came_from(slot, earlier, held):
            self.writes[slot] = earlier
            self._enter(State.MAPPED, held, item)
        elif self.written.since(held.slot, held.content):
            self.writes[slot] = image
            self.older[shelf_item(self.pack, slot, OLDER), slot.row] = earlier
            self._enter(State.NEWER, held, item, earlier)
        else:
            self.writes[slot] = earlier
            self._enter(State.EARLIER, held, item, earlier)

    def _into(self, slot: Slot) -> str:
        return f"{self._sheet_of.get(slot.row, '')}.{slot.field}" if slot.table == "cell" else slot.field

    @cached_property
    def _sheet_of(self) -> dict[str, str]:
        """The worksheet over there of each row that goes there."""
        placed = (self.images.row(id_) for id_ in self.holdings.rows)
        return {row: sheet for sheet, row in placed if sheet}

    def _enter(self, state: State, held: Held, into: str, other: Content = NOTHING) -> None:
        if (held.slot.table, held.slot.field) not in KEEPS:
            self.entries.append(Entry(state, held, into, other))

    def _give_back(self) -> None:
        """What the other guideline has on its shelf stands there again where nothing else claims the slot."""
        for slot, content in self.contents.shelf(self.pack):
            self.writes.setdefault(slot, content)

    def _clear(self) -> None:
        """A slot both guidelines use must not show here what means nothing there, or went elsewhere."""
        for entry in self.entries:
            slot = entry.held.slot
            if slot in self.writes:
                continue
            if slot.table == "row":
                if entry.state is not State.FALLS:
                    continue
                sheet = str(entry.held.content.value)
                if self.crossing.there.worksheet(sheet):
                    self.writes[slot] = Content(f"{self.holdings.pack}.{sheet}")
            elif slot.table not in {"answer", "cell"} or self._asked(slot):
                # what stood there before and nobody touched is theirs, though it has no way back of its own
                self.writes[slot] = self._earlier(slot)

    def _asked(self, slot: Slot) -> bool:
        """Whether the other guideline asks something in this very slot."""
        if slot.table == "answer":
            return self.crossing.there.field(slot.field) is not None
        sheet = self._sheet_of.get(slot.row) or self.waiting.rows.get(slot.row, ("", None))[0]
        return self.crossing.there.field(f"{sheet}.{slot.field}") is not None

    def _settle_dimensions(self) -> None:
        """A sub-dimension must lie within the dimension beside it; the one written last is right."""
        there = self.crossing.there
        for one in self.holdings.plan.programmes:
            parent, part = (Slot("programme", one.id, name) for name in ("dimension", "sub_dimension"))
            if parent not in self.writes and part not in self.writes:
                continue
            dimension = self.writes.get(parent, self.contents.at(parent)).value
            sub = self.writes.get(part, self.contents.at(part)).value
            if not sub:
                continue
            owner = there.dimension_of(str(sub))
            if owner is None or owner.id != dimension:
                self.writes[part] = NOTHING

    # -- shelves -----------------------------------------------------------------------------------
    def _shelves(self, writes: Mapping[Slot, Content]) -> dict[tuple[str, str], Content]:
        found = {}
        for slot in writes:
            before = self.contents.at(slot)
            if not before:
                continue
            for holdings in self.keepers:
                if holdings.pack == self.pack or not holdings.knows(slot):
                    continue
                if not self.contents.kept(holdings.pack, slot):
                    found[shelf_item(holdings.pack, slot), slot.row] = before
        return found

    # -- rows with a key ---------------------------------------------------------------------------
    def _rows(self) -> tuple[tuple[tuple[State, Copied], ...], tuple[Copied, ...]]:
        present = {
            (each.table, each.row): each
            for holdings, images in ((self.holdings, self.images), (self.waiting, self.returning))
            for each in copies(images)
        }
        told: list[tuple[State, Copied]] = []
        put: dict[tuple[str, str], Copied] = {}
        for each in copies(self.images):
            if not each.key:
                told.append((State.FALLS, each))
                continue
            target = TABLES[each.table].identify(dict(each.key))
            if target == each.row:
                told.append((State.SAME, each))
                continue
            there = present.get((each.table, target))
            if there is None:
                state = State.MAPPED
            elif plainly(there.values) == plainly(each.values):
                state = State.SAME
            elif self.written.row_since(each.table, each.row):
                state = State.NEWER
            else:
                state = State.EARLIER
            if (each.table, target) in put:
                state = State.FALLS
            if state in {State.MAPPED, State.NEWER}:
                put[each.table, target] = each
            told.append((state, each))
        return tuple(told), tuple(put.values())

    def _new(self) -> Iterable[New]:
        images = {image for item, _ in self.crossing.here.items() for image in self.crossing.items(item)}
        answered = {held.item for held in self.waiting}
        for item, field in self.crossing.there.items():
            if item not in images and item not in answered and not field.difference:
                yield New(item, field)
