"""What came in later from a copy that still worked under an earlier guideline, and could be taken along.

Somebody moves while a colleague goes on writing under the earlier guideline. Brought back, that work lies
where nobody looks any more. It is taken along as in a move, unless the same was edited here as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.guideline import Guideline
from desktop.guideline.mapping import Crossing
from desktop.workspace.moving import stays
from desktop.workspace.moving.copies import Copied, copies, plainly
from desktop.workspace.moving.holdings import KEEPS, Held, Holdings, Images
from desktop.workspace.moving.planning import Entry, Move, State
from desktop.workspace.moving.slots import Content, Contents, Slot, shelf_item
from desktop.workspace.plan import Plan
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace


def latecomers(workspace: Workspace) -> tuple[Move, ...]:
    """What could be taken along, by earlier guideline; nothing is written. Raises MissingBlob."""
    journal = workspace.journal
    seen = stays.stays(journal)
    if len({stay.pack for stay in seen}) < 2:
        return ()
    plan = workspace.plan()
    present = stays.read(workspace.evidence_bytes(plan.guideline.sha256))
    written = stays.written_since(journal, stays.arrived(seen))
    found = [
        _Late(plan, earlier, present, written).move()
        for earlier in stays.guidelines(journal, seen)
        if earlier.pack.pack.id != present.pack.pack.id
    ]
    return tuple(move for move in found if move.entries or move.rows)


def take_along(workspace: Workspace) -> int:
    """Take along what came late, in one step to undo; how much it was. Raises MissingBlob, ReadOnly."""
    from desktop.workspace.moving.applying import KIND, write

    found = latecomers(workspace)
    count = sum(move.taken for move in found)
    if not count:
        return 0
    plan = workspace.plan()
    with workspace.operation(Message("workspace.label.take_along", n=count), kind=KIND) as op:
        for move in found:
            write(op, move, plan)
    return count


class _Late:
    def __init__(self, plan: Plan, earlier: Guideline, present: Guideline, written: stays.Written) -> None:
        self.contents = Contents(plan)
        self.holdings = Holdings(self.contents, earlier)
        self.current = Holdings(self.contents, present)
        self.images = Images(self.holdings, Crossing(earlier, present))
        self.written = written
        self.writes: dict[Slot, Content] = {}
        self.shelves: dict[tuple[str, str], Content] = {}

    def move(self) -> Move:
        crossing = self.images.crossing
        entries = tuple(entry for held in self.holdings for entry in self._late(held))
        rows = tuple(self._rows())
        return Move(
            here=crossing.here,
            there=crossing.there,
            known=crossing.known,
            entries=entries,
            rows=rows,
            new=(),
            writes=self.writes,
            shelves=self.shelves,
            cleared=(),
            put=tuple(each for state, each in rows if state is State.MAPPED),
        )

    def _late(self, held: Held) -> list[Entry]:
        slot = held.slot
        if (slot.table, slot.field) in KEEPS or slot.table == "member":
            return []
        if slot.table in {"answer", "cell"}:
            if self.current.knows(slot) or not self.written.since(slot, held.content):
                return []
        elif not self._foreign(slot):
            return []
        options = self.images.of(held)
        if not options:
            return []
        target, image = options[0]
        standing = self.contents.at(target)
        if standing.same(image):
            return []
        if target != slot and standing and self.written.since(target, standing):
            return [Entry(State.EARLIER, held, target.field, standing)]
        self.writes[target] = image
        if target == slot:
            self.shelves[shelf_item(self.holdings.pack, slot), slot.row] = held.content
        return [Entry(State.MAPPED, held, target.field, standing)]

    def _foreign(self, slot: Slot) -> bool:
        """Whether a register holds what only the earlier guideline knows, and not on its shelf."""
        if self.contents.kept(self.holdings.pack, slot):
            return False
        if slot.table == "row":
            return slot.row not in self.current.rows
        value = str(self.contents.at(slot).value or "")
        return not self.current.names(slot, value) and self.holdings.names(slot, value)

    def _rows(self) -> list[tuple[State, Copied]]:
        present = {
            (each.table, each.row): each
            for images in (self.images, Images(self.current, self.images.crossing.back))
            for each in copies(images)
        }
        found = []
        for each in copies(self.images):
            if not each.key or not self.written.row_since(each.table, each.row):
                continue
            target = TABLES[each.table].identify(dict(each.key))
            there = present.get((each.table, target))
            if target == each.row or (there and plainly(there.values) == plainly(each.values)):
                continue
            taken = there is None or not self.written.row_since(each.table, target)
            found.append((State.MAPPED if taken else State.EARLIER, each))
        return found
