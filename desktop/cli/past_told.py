"""The story of a workspace in words: who did what when, from what to what; for every edge.

The command line prints it, the window shows it, and what leaves as a table or on paper is made of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.base import Language, Message, render
from desktop.base.speech import value_text
from desktop.cli.fields import BOOKKEEPING
from desktop.cli.naming import Names, one_line
from desktop.exchange.authors import Authors
from desktop.exchange.newness import NewThing
from desktop.exchange.whereabouts import Whereabouts
from desktop.guideline.pack import PageRef
from desktop.workspace import Workspace, story
from desktop.workspace.plan import Place
from desktop.workspace.registers import TABLES
from desktop.workspace.story import Detail, Step

ROLES: Mapping[str, Message] = {
    "secretary": Message("cli.role.secretary"),
    "agency": Message("cli.role.agency"),
    "mentor": Message("cli.role.mentor"),
    "assessor": Message("cli.role.assessor"),
    "evaluator": Message("cli.role.evaluator"),
    "ministry": Message("cli.role.ministry"),
}
_FILLED = ("answer", "cell")
_KEYS = frozenset({"item", "scope", "language", "column", "row"})
_LONG = 60
"""Letters from which a value is a text, whose differences are shown word by word."""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One field that was changed, or one row that came or went."""

    what: str
    """``new``, ``changed`` or ``deleted``."""
    table: str
    row: str
    register: str
    where: str
    """What the row is called."""
    field: str
    """What the field is called; empty for a whole row."""
    before: str
    after: str
    page: PageRef | None
    place: Place

    @property
    def is_text(self) -> bool:
        """Whether both sides are texts worth comparing word by word."""
        return bool(self.before and self.after) and max(len(self.before), len(self.after)) > _LONG

    @property
    def short(self) -> str:
        """On one line."""
        if not self.field:
            return self.where
        change = f"{one_line(self.before)} → {one_line(self.after) or '-'}" if self.before else self.after
        return f"{self.where}: {self.field}: {one_line(change) if not self.before else change}"


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One change set: who, in which role and of which agency, what it was called, and what it wrote."""

    step: Step
    role: str
    agency: str
    """What the author's agency is called, or empty."""
    what: str
    changes: tuple[ToldChange, ...]

    @property
    def who(self) -> str:
        """Name, role and agency."""
        beside = ", ".join(filter(None, (self.role, self.agency)))
        return f"{self.step.author} ({beside})" if beside else self.step.author

    @property
    def day(self) -> dt.date:
        """The reader's own day."""
        return self.step.when.astimezone().date()


class Past:
    """The words for the story of a workspace as it stands, in one language."""

    def __init__(self, workspace: Workspace, language: Language, names: Names | None = None) -> None:
        """``names``: those of the plan as it stands, where somebody made them already (it takes a while)."""
        self._workspace, self.language = workspace, language
        plan, pack = workspace.plan(), workspace.pack()
        self._plan, self._pack = plan, pack
        self._made = names
        self._where = Whereabouts(plan, pack)
        self.authors = Authors(plan, story.hands(workspace))

    @property
    def _names(self) -> Names:
        if self._made is None:
            self._made = Names(self._plan, self._pack)
        return self._made

    # -- people ----------------------------------------------------------------------------------
    def role(self, role: str) -> str:
        """What a role is called; one the program does not know is told as it is."""
        known = ROLES.get(role)
        return render(known, self.language) if known else role

    def agency(self, agency: str) -> str:
        """What an agency is called, short where it can be."""
        found = self._plan.agency(agency) if agency else None
        return (found.short_name or found.name.read(self.language)) if found else ""

    def programme(self, programme: str) -> str:
        """What a programme is called."""
        return value_text(self._names.row("programme", programme), self.language) if programme else ""

    # -- steps -----------------------------------------------------------------------------------
    def told(
        self,
        steps: Iterable[Step],
        rows: Collection[tuple[str, str]] | None = None,
        name: str = "",
        most: int = story.MOST_EDITS,
    ) -> list[ToldStep]:
        """Change sets with what they wrote (of each so many edits); narrowed to rows or a field."""
        steps = list(steps)
        wrote = story.details(self._workspace, [each.id for each in steps], rows, name, most)
        self._learn(detail for details in wrote.values() for detail in details)
        return [
            ToldStep(
                step,
                self.role(step.role),
                self.agency(self.authors.agency(step.author, step.role, step.replica)),
                self._label(step),
                tuple(self._changes(wrote[step.id], whole=not name)),
            )
            for step in steps
        ]

    def _learn(self, details: Iterable[Detail]) -> None:
        """Rows that are gone are called what they were called last."""
        rows = {(each.table, each.row) for each in details if each.table in TABLES}
        self._facts = story.facts(self._workspace, rows)
        owners = {
            (register.references, str(facts[register.name]))
            for (table, _), facts in self._facts.items()
            for register in TABLES[table].registers
            if register.references and facts.get(register.name)
        }
        for found in (self._facts, story.facts(self._workspace, owners)):
            for (table, row), facts in found.items():
                self._names.learn(table, row, facts)

    def _label(self, step: Step) -> str:
        label = step.label
        if step.kind == "undo":
            label = Message("cli.undo.done", label=step.label)
        elif step.kind == "redo":
            label = Message("cli.redo.done", label=step.label)
        return render(label, self.language)

    def _changes(self, details: list[Detail], *, whole: bool) -> Iterable[ToldChange]:
        """One line for each field, and for each row that came or went; in the order they were written."""
        seen: set[tuple[str, str]] = set()
        for each in details:
            key = (each.table, each.row)
            if (each.table, each.field) in BOOKKEEPING:
                continue
            if each.kind == "D":
                yield self._change("deleted", each, "")
            elif each.kind == "I" and each.table not in _FILLED and whole:
                if key not in seen:
                    seen.add(key)
                    yield self._change("new", each, "")
            elif not (each.table in _FILLED and each.field in _KEYS):
                yield self._change("changed", each, each.field)

    def _change(self, what: str, each: Detail, register: str) -> ToldChange:
        table, row = each.table, each.row
        facts = self._facts.get((table, row), {})
        before = " / ".join(self._said(table, row, register, value) for value in each.before)
        after = self._said(table, row, register, each.after) if register else ""
        return ToldChange(
            what, table, row, register, self._text(self._names.row(table, row)),
            self._text(self._names.field(table, row, register)) if register else "",
            before if register else "", after,
            self._where.page(table, row, each.field, facts), self._where.place(table, row, each.field, facts),
        )  # fmt: skip

    def _said(self, table: str, row: str, register: str, value: Any) -> str:
        return self._names.whole(table, row, register, value, self.language).strip()

    def _text(self, param: Any) -> str:
        return value_text(param, self.language)

    # -- what is new -----------------------------------------------------------------------------
    def new(self, thing: NewThing) -> ToldChange:
        """Something that is new since the person was here, in the same words."""
        facts = {(thing.table, thing.row): dict(thing.facts)}
        self._facts = facts
        self._names.learn(thing.table, thing.row, thing.facts)
        detail = Detail("", thing.table, thing.row, thing.field, "", thing.before, thing.after)
        return self._change(thing.what, detail, thing.field)


__all__ = ["Past", "ToldChange", "ToldStep"]
