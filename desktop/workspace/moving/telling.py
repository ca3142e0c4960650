"""A move told line by line: what it is called here and there, how much of it, and a word of what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.base import Language, LocalText, Message, render, richtext
from desktop.guideline import Guideline
from desktop.guideline.pack import Choice
from desktop.workspace.moving.copies import Copied
from desktop.workspace.moving.leftovers import label_of, name_of, row_label
from desktop.workspace.moving.planning import Entry, Move, State
from desktop.workspace.moving.slots import NOTHING, Content, Slot
from desktop.workspace.plan import Text

_EXCERPT = 60


class Group(StrEnum):
    """The parts of a preview, in the order in which they matter to a person."""

    DIFFERS = "differs"
    FALLS = "falls"
    NEW = "new"
    MAPPED = "mapped"


_GROUPS = {
    State.NEWER: Group.DIFFERS,
    State.EARLIER: Group.DIFFERS,
    State.FALLS: Group.FALLS,
    State.MAPPED: Group.MAPPED,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a preview."""

    group: Group
    item: str
    """The id in the guideline left (of what is new: in the other)."""
    label: Message
    into: Message | None
    count: int
    content: Content = NOTHING
    other: Content = NOTHING
    """What the other guideline holds there from an earlier stay."""
    newer: bool = False
    """Of what differs: whether what is written now goes there (else what was there stands)."""
    required: bool = False


def lines(move: Move) -> tuple[Line, ...]:
    """The preview of a move: what differs and falls away first; what stays as it is is left out."""
    found = [*_entries(move), *_rows(move), *_new(move)]
    order = list(Group)
    return tuple(sorted(found, key=lambda line: order.index(line.group)))


def summary(move: Move) -> Message:
    """The whole of it in a sentence."""
    told = lines(move)
    counts = {group: sum(line.count for line in told if line.group is group) for group in Group}
    same = len(move.of(State.SAME)) + sum(state is State.SAME for state, _ in move.rows)
    return Message(
        "workspace.moving.summary",
        title=move.there.pack.pack.title,
        same=same,
        mapped=counts[Group.MAPPED],
        falls=counts[Group.FALLS],
        differs=counts[Group.DIFFERS],
        new=len(move.new),
        required=len(move.required),
    )


def remarks(move: Move, years: int) -> Iterator[Message]:
    """What a person should know before agreeing."""
    info = move.there.pack.pack
    if info.status == "draft":
        yield Message("workspace.moving.draft", title=info.title)
    if not move.known:
        yield Message("workspace.moving.unknown", here=move.here.pack.pack.title, there=info.title)
    if not info.min_years <= years <= info.max_years:
        yield Message("workspace.moving.years", years=years, least=info.min_years, most=info.max_years)


def _entries(move: Move) -> Iterator[Line]:
    gathered: dict[tuple[State, str, str], list[Entry]] = {}
    for entry in move.entries:
        if entry.state is State.SAME:
            continue
        key = (entry.state, _name(entry), entry.into if entry.state is not State.FALLS else "")
        gathered.setdefault(key, []).append(entry)
    for (state, item, _), entries in gathered.items():
        first = entries[0]
        yield Line(
            group=_GROUPS[state],
            item=item,
            label=_label(move.here, first.held.slot, first.held.item, str(first.held.content.value)),
            into=_into(move, first),
            count=len(entries),
            content=_named(move.here, first.held.item, first.held.content),
            other=_named(move.there, entries[0].into, first.other),
            newer=state is State.NEWER,
        )


def _name(entry: Entry) -> str:
    """What entries of one line have in common: the item, or the id a register holds."""
    held = entry.held
    if held.slot.table in {"answer", "cell"}:
        return held.item
    return f"{held.slot.table}.{held.item}.{held.content.value}"


def _label(guideline: Guideline, slot: Slot, item: str, value: str) -> Message:
    if slot.table in {"answer", "cell"}:
        return Message("workspace.moving.label.item", name=label_of(guideline, item))
    kind = "rows" if slot.table == "row" else item if slot.table != "member" else "members"
    name = name_of(guideline, item, value) or LocalText({"id": value})
    if item == "body":
        return Message(f"workspace.moving.label.{'members' if slot.table == 'member' else 'meetings'}")
    return Message(f"workspace.moving.label.{kind}", name=name)


def _into(move: Move, entry: Entry) -> Message | None:
    slot = entry.held.slot
    if entry.state is State.FALLS:
        return None
    if slot.table in {"answer", "cell"}:
        return Message("workspace.moving.label.item", name=label_of(move.there, entry.into))
    content = move.writes.get(slot)
    value = str(content.value or "") if content is not None else ""
    name = name_of(move.there, entry.held.item, value)
    return Message("workspace.moving.label.item", name=name) if name else None


def _named(guideline: Guideline, item: str, content: Content) -> Content:
    """An answer that is a dimension's or a choice's id, by its name."""
    field = guideline.field(item)
    if field is None or not isinstance(content.value, str):
        return content
    name = name_of(guideline, field.type, content.value)
    name = name or next((each.label for each in field.choices if each.id == content.value), None)
    return Content(None, Text(dict(name.texts))) if name else content


def _rows(move: Move) -> Iterator[Line]:
    gathered: dict[tuple[State, str, str], int] = {}
    firsts: dict[tuple[State, str, str], Copied] = {}
    for state, each in move.rows:
        if state is not State.SAME:
            key = (state, each.table, each.about)
            gathered[key] = gathered.get(key, 0) + 1
            firsts.setdefault(key, each)
    for (state, table, about), count in gathered.items():
        name = row_label(move.here, firsts[state, table, about])
        yield Line(
            group=_GROUPS[state],
            item=about,
            label=Message(f"workspace.moving.label.{table}", name=name),
            into=None,
            count=count,
            newer=state is State.NEWER,
        )


def _new(move: Move) -> Iterator[Line]:
    for each in move.new:
        label = Message("workspace.moving.label.item", name=label_of(move.there, each.item))
        yield Line(Group.NEW, each.item, label, None, 1, required=each.field.required)


def said(content: Content, language: str, choices: tuple[Choice, ...] = ()) -> str:
    """What is written, as plain text; choices by their labels."""
    labels = {each.id: each.label.read(language) for each in choices}
    if content.text:
        return richtext.plain_text(content.text.read(language))
    if isinstance(content.value, tuple):
        return ", ".join(labels.get(each, each) for each in content.value)
    if isinstance(content.value, bool):
        return render(Message(f"workspace.moving.{'yes' if content.value else 'no'}"), Language(language))
    return "" if content.value is None else labels.get(str(content.value), str(content.value))


def excerpt(content: Content, language: str, choices: tuple[Choice, ...] = ()) -> str:
    """The first words of it, for a list."""
    text = " ".join(said(content, language, choices).split())
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"
