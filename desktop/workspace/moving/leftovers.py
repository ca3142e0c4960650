"""What was written under earlier guidelines and has no place in the present one: kept, and shown here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message, render
from desktop.guideline import Guideline
from desktop.guideline.mapping import Crossing
from desktop.guideline.pack import Choice
from desktop.workspace.moving import stays
from desktop.workspace.moving.copies import Copied, copies
from desktop.workspace.moving.holdings import KEEPS, Held, Holdings, Images
from desktop.workspace.moving.late import latecomers
from desktop.workspace.moving.slots import OLDER, Content, Contents, Slot
from desktop.workspace.plan import Comment, EvidenceFile, Place, Plan, Text

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace


_KINDS = {
    "dimension": Message("workspace.moving.kind.dimension"),
    "sub_dimension": Message("workspace.moving.kind.sub_dimension"),
    "area": Message("workspace.moving.kind.area"),
    "role": Message("workspace.moving.kind.role"),
    "session": Message("workspace.moving.kind.session"),
    "worksheet": Message("workspace.moving.kind.worksheet"),
    "body": Message("workspace.moving.kind.body"),
}
"""What the fields of rows are called that hold an id of the guideline."""


@dataclass(frozen=True)
class Leftover:
    """One thing kept from an earlier guideline, with that guideline's own words for it."""

    pack: str
    title: LocalText
    """What the earlier guideline is called."""
    slot: Slot
    item: str
    label: LocalText
    content: Content
    about: Text = field(default_factory=Text)
    """The programme, person or row it belongs to, where it belongs to one."""
    older: bool = False
    """Whether it is what stood there before a newer text came back into it."""
    late: bool = False
    """Whether it came in after the move, from a copy still at work under the earlier guideline."""
    choices: tuple[Choice, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
    comments: tuple[Comment, ...] = ()


def leftovers(workspace: Workspace) -> tuple[Leftover, ...]:
    """Everything kept from earlier guidelines that the present one has no place for.

    Raises MissingBlob when the present guideline is not in the file.
    """
    journal = workspace.journal
    seen = stays.stays(journal)
    if len({stay.pack for stay in seen}) < 2:
        return ()
    plan = workspace.plan()
    present = stays.read(workspace.evidence_bytes(plan.guideline.sha256))
    found: list[Leftover] = []
    for earlier in stays.guidelines(journal, seen):
        if earlier.pack.pack.id != present.pack.pack.id:
            found += _Earlier(plan, earlier, present).leftovers()
    for move in latecomers(workspace):
        told = _Earlier(plan, move.here, present)
        found += [told.late(entry.held) for entry in move.entries]
    return tuple(found)


class _Earlier:
    def __init__(self, plan: Plan, earlier: Guideline, present: Guideline) -> None:
        self.plan, self.earlier, self.present = plan, earlier, present
        self.contents = Contents(plan)
        self.holdings = Holdings(self.contents, earlier)
        self.current = Holdings(self.contents, present)
        self.images = Images(self.holdings, Crossing(earlier, present))

    def leftovers(self) -> Iterator[Leftover]:
        """In the order in which they lie in the plan; then what newer texts replaced."""
        for held in self.holdings:
            if self._falls(held):
                yield self._told(held.slot, held.item, held.content)
        for each in copies(self.images):
            if not each.key and each.table != "claim":
                yield self._row(each)
        for guideline in (self.earlier, self.present):
            for slot, content in self.contents.shelf(guideline.pack.pack.id, OLDER):
                yield self._told(slot, self._item(slot), content, older=True)

    def late(self, held: Held) -> Leftover:
        """Something that came in after the move."""
        return replace(self._told(held.slot, held.item, held.content), late=True)

    def _falls(self, held: Held) -> bool:
        slot = held.slot
        if (slot.table, slot.field) in KEEPS or slot.table in {"row", "member"}:
            return False
        here = slot.table in {"answer", "cell"} and self.current.knows(slot)
        if (here and not self.contents.kept(self.holdings.pack, slot)) or self.images.of(held):
            return False
        # what the present guideline reads in the same slot is no leftover
        shown = self.current.knows(slot) and self.contents.at(slot).same(held.content)
        became = held.item == "sub_dimension" and self.images.crossing.sub_dimension(str(held.content.value))
        return not became and not (shown and slot.table in {"answer", "cell"})

    def _item(self, slot: Slot) -> str:
        if slot.table != "cell":
            return slot.field
        for holdings in (self.holdings, self.current):
            if slot.row in holdings.rows:
                return f"{holdings.rows[slot.row][0]}.{slot.field}"
        return slot.field

    def _told(self, slot: Slot, item: str, content: Content, *, older: bool = False) -> Leftover:
        asked = self.earlier.field(item)
        return Leftover(
            pack=self.earlier.pack.pack.id,
            title=self.earlier.pack.pack.called,
            slot=slot,
            item=item,
            label=self._label(slot, item),
            content=self._named(slot, content),
            about=self._about(slot),
            older=older,
            choices=asked.choices if asked else (),
            evidence=tuple(
                file for file, place in self._claims.get(slot.table, ()) if _meant(place, slot, item)
            ),
            comments=tuple(
                each for each in self.plan.comments if not each.parent and _meant(each.place, slot, item)
            ),
        )

    def _label(self, slot: Slot, item: str) -> LocalText:
        if slot.table not in {"answer", "cell"}:
            return LocalText({each.value: render(_KINDS[item], each) for each in Language})
        return label_of(self.earlier if self.earlier.field(item) else self.present, item)

    def _about(self, slot: Slot) -> Text:
        if slot.table == "cell":
            return self._row_name(slot.row)
        return self._names.get(slot.row, Text())

    def _row_name(self, row: str) -> Text:
        """What a row of a worksheet is called: by the guideline, else by its first words."""
        name, found = self.holdings.rows.get(row, ("", None))
        sheet = self.earlier.worksheet(name)
        if sheet is None or found is None:
            return Text()
        fixed = next((each.label for each in sheet.fixed_rows if each.id == found.fixed), None)
        if fixed is not None:
            return Text(dict(fixed.texts))
        cells = (
            self.contents.under(self.holdings.pack, Slot("cell", row, each.id)) for each in sheet.columns
        )
        return next((cell.text for cell in cells if cell.text), Text())

    @cached_property
    def _claims(self) -> dict[str, list[tuple[EvidenceFile, Place]]]:
        """Files with the places they support that the present guideline does not show, by table."""
        found: dict[str, list[tuple[EvidenceFile, Place]]] = {}
        for file in self.plan.evidence:
            for place in file.claims:
                shown = place.table == "answer" and self.present.field(place.item) is not None
                if not shown or self.contents.kept(
                    self.holdings.pack, Slot("answer", place.scope, place.item)
                ):
                    found.setdefault(place.table, []).append((file, place))
        return found

    @cached_property
    def _names(self) -> dict[str, Text]:
        plan = self.plan
        found = {one.id: one.title for one in plan.programmes}
        found |= {each.id: each.title for one in plan.programmes for each in one.activities}
        found |= {one.id: Text({plan.source_language: one.name}) for one in plan.people}
        return found | {one.id: one.title for one in plan.meetings}

    def _named(self, slot: Slot, content: Content) -> Content:
        """An id of the earlier guideline as it called it."""
        kind = slot.field
        if slot.table in {"answer", "cell"}:
            asked = self.earlier.field(self._item(slot))
            kind = asked.type if asked else ""
        name = name_of(self.earlier, kind, content.value) if isinstance(content.value, str) else None
        return Content(None, Text(dict(name.texts))) if name else content

    def _row(self, each: Copied) -> Leftover:
        said = each.values.get("value") or each.values.get("state") or each.values.get("due")
        name = each.values.get("name")
        text = name if isinstance(name, Text) else Text()
        label = row_label(self.earlier, each)
        return Leftover(
            pack=self.earlier.pack.pack.id,
            title=self.earlier.pack.pack.called,
            slot=Slot(each.table, each.row, ""),
            item=each.about,
            label=label,
            content=Content(said, text),
        )


def label_of(guideline: Guideline, item: str) -> LocalText:
    """What an item is called, with the sheet it is a column of."""
    title = guideline.title_of(item)
    sheet = guideline.worksheet(item.partition(".")[0])
    if sheet is None or "." not in item:
        return title
    languages = {*sheet.title.texts, *title.texts}
    return LocalText({each: f"{sheet.title.read(each)}: {title.read(each)}" for each in languages})


def name_of(guideline: Guideline, kind: str, value: str) -> LocalText | None:
    """What a guideline calls a dimension, area, office, session or sheet by its id."""
    match kind:
        case "dimension" | "sub_dimension":
            found = guideline.sub_dimension(value) or guideline.dimension(value)
            return found.name if found else None
        case "area":
            area = guideline.action_area(value)
            return area.label if area else None
        case "role":
            role = guideline.role(value)
            return role.label if role else None
        case "session":
            return next((each.title for each in guideline.pack.sessions if each.id == value), None)
        case "worksheet":
            sheet = guideline.worksheet(value)
            return sheet.title if sheet else None
    return None


def row_label(guideline: Guideline, each: Copied) -> LocalText:
    """What a figure, body or output is called by its guideline."""
    pack = guideline.pack
    match each.table:
        case "figure":
            found = next((one.label for one in pack.figures if one.id == each.about), None)
        case "body":
            found = next((one.name for one in pack.bodies if one.id == each.about), None)
        case "session_output":
            session, _, output = each.about.partition(".")
            outputs = [out for one in pack.sessions if one.id == session for out in one.outputs]
            found = next((out.label for out in outputs if out.id == output), None)
        case "deadline" | "duty":
            found = guideline.title_of(each.about)
        case _:
            found = label_of(guideline, each.about)
    return found or LocalText({"id": each.about})


def _meant(place: object, slot: Slot, item: str) -> bool:
    """Whether a claim or comment is about what stands in a slot."""
    about = {name: getattr(place, name) for name in ("table", "row", "field", "item", "scope")}
    if about["table"] != slot.table:
        return False
    if slot.table == "answer":
        return bool(about["item"] == item and about["scope"] == slot.row)
    return bool(about["row"] == slot.row and about["field"] in {"", slot.field})
