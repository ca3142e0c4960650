"""What came in since somebody was last here: what others changed, net, each with the way to it.

Many edits of one field are one line: from what stood there to what stands there now. A row that came to be
is one line, and so is one that is gone.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from typing import Any, Literal

from desktop.base.canonical import Json
from desktop.exchange.authors import Authors
from desktop.exchange.whereabouts import Whereabouts
from desktop.guideline.pack import PageRef
from desktop.workspace import Workspace, seen, since, story
from desktop.workspace.plan import Place
from desktop.workspace.registers import TABLES
from desktop.workspace.story import Detail, Step

What = Literal["new", "changed", "deleted"]
MOST = 5000
"""Change sets looked into; whoever was away for longer reads the history."""
_FILLED = ("answer", "cell")
"""Tables whose rows are fields: that one came to be says that a field was filled in."""
_UNSAID = frozenset({"item", "scope", "language", "column", "row"})


@dataclass(frozen=True, slots=True)
class NewThing:
    """One field (or whole row) that is not what it was."""

    what: What
    table: str
    row: str
    field: str
    """Empty for a whole row."""
    before: tuple[Json, ...]
    after: Json
    author: str
    """Who touched it last."""
    role: str
    agency: str
    """The author's agency (id), or empty: see :mod:`desktop.exchange.authors`."""
    programme: str
    """The programme it belongs to (id), or empty."""
    at: dt.datetime
    page: PageRef | None
    """Where it is seen; None where it is gone or no page shows it."""
    place: Place
    facts: Mapping[str, Any] = kept(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class NewThings:
    """All of them, newest first; ``first`` when nobody of this name was ever here before."""

    things: tuple[NewThing, ...] = ()
    change_sets: int = 0
    people: tuple[tuple[str, int], ...] = ()
    """Authors and how many of these are theirs, most first."""
    first: bool = False

    @property
    def pages(self) -> Counter[tuple[str, str]]:
        """How many there are on each page (page, ref)."""
        return Counter((each.page.page, each.page.ref) for each in self.things if each.page is not None)

    @property
    def programmes(self) -> Counter[str]:
        """How many there are in each programme (id); that it was sent or approved is no change of it."""
        return Counter(each.programme for each in self.things if each.programme and each.table != "duty")

    def grouped(self) -> dict[tuple[str, str], list[NewThing]]:
        """By the author's agency and by programme (ids; empty: none), the newest first."""
        found: dict[tuple[str, str], list[NewThing]] = {}
        for each in self.things:
            found.setdefault((each.agency, each.programme), []).append(each)
        return found


def what_is_new(workspace: Workspace, since_heads: Iterable[str] | None) -> NewThings:
    """What others wrote that is not known at ``since_heads`` (None: this person was never here).

    Others are all whose name is not the workspace author's; what came in from another copy is news
    whoever wrote it there.
    """
    if since_heads is None:
        return NewThings(first=True)
    fresh = since.since(workspace, since_heads)
    if not fresh:
        return NewThings()
    mine = workspace.author.name
    steps, _ = story.steps(workspace, story.Wanted(only=fresh), limit=MOST)
    steps = [each for each in steps if each.arrived or each.author != mine or each.kind == "import"]
    if not steps:
        return NewThings()
    things = _things(workspace, steps)
    people = Counter(each.author for each in steps)
    return NewThings(things, len(steps), tuple(people.most_common()))


def _things(workspace: Workspace, steps: list[Step]) -> tuple[NewThing, ...]:
    # in the order in which they came here no change set stands before one it follows
    ours = {each.id: each for each in sorted(steps, key=lambda step: step.no)}
    by_row: dict[tuple[str, str], list[Detail]] = defaultdict(list)
    wrote = story.details(workspace, ours)
    for change_set in ours:
        for each in wrote[change_set]:
            if each.table in TABLES:
                by_row[each.table, each.row].append(each)
    facts = story.facts(workspace, by_row)
    stands = story.standing(workspace, by_row)
    whereabouts = Whereabouts(workspace.plan(), workspace.pack())
    authors = Authors(workspace.plan(), story.hands(workspace))
    found: list[NewThing] = []
    for (table, row), details in by_row.items():
        said = facts.get((table, row), {})
        for what, name, before, after, last in _net(table, details, said, here=(table, row) in stands):
            step = ours[last.change_set]
            page = whereabouts.page(table, row, name, said) if what != "deleted" else None
            found.append(
                NewThing(
                    what,
                    table,
                    row,
                    name,
                    before,
                    after,
                    step.author,
                    step.role,
                    authors.agency(step.author, step.role, step.replica),
                    whereabouts.programme(table, row, said),
                    step.when,
                    page,
                    whereabouts.place(table, row, name, said),
                    said,
                )
            )
    return tuple(sorted(found, key=lambda each: (each.at, each.table, each.row, each.field), reverse=True))


def _net(
    table: str, details: list[Detail], said: Mapping[str, Any], *, here: bool
) -> Iterable[tuple[What, str, tuple[Json, ...], Json, Detail]]:
    """What all the edits of one row come to."""
    born = next((each for each in details if each.kind == "I"), None)
    gone = next((each for each in reversed(details) if each.kind == "D"), None)
    if not here:
        if gone is not None and born is None:
            yield "deleted", "", (), None, gone
        return
    if born is not None and table not in _FILLED:
        yield "new", "", (), None, details[-1]
        return
    by_field: dict[str, list[Detail]] = defaultdict(list)
    for each in details:
        if each.field and not (table in _FILLED and each.field in _UNSAID):
            by_field[each.field].append(each)
    for name, edits in by_field.items():
        before, after = edits[0].before, _now(said, name)
        if before != (after,) and (before or after not in (None, "")):
            yield "changed", name, before, after, edits[-1]


def _now(said: Mapping[str, Any], name: str) -> Json:
    """The value of a register as it stands."""
    register, _, language = name.partition(":")
    value: Json = said.get(register)
    return value.get(language) if language and isinstance(value, dict) else value


# -- what a person has seen -------------------------------------------------------------------------
def last_seen(workspace: Workspace) -> tuple[str, ...] | None:
    """What the person at work had seen when they last left; None when they were never here."""
    return seen.seen(workspace.id, workspace.author.name)


def mark_seen(workspace: Workspace) -> None:
    """Remember that the person at work has seen everything that is here now."""
    before = last_seen(workspace) or ()
    heads = since.heads(workspace)
    seen.remember(workspace.id, heads, workspace.author.name, below=since.below(workspace, before))


__all__ = ["NewThing", "NewThings", "last_seen", "mark_seen", "what_is_new"]
