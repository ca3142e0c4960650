"""Holds a workbook that came back against what was handed out and against the plan as it is now.

What nobody touched in it says nothing, however old it is. What only they changed is taken; what both
changed stands side by side afterwards; whatever could mean two things is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.base import Language, Message, render
from desktop.base.canonical import Json
from desktop.base.message import Param
from desktop.base.plain import plain
from desktop.exchange.agency_workbook import matching
from desktop.exchange.agency_workbook.brought import Part, parts_brought
from desktop.exchange.agency_workbook.doubts import (
    LEAVE,
    AddRow,
    Attach,
    Choice,
    Doubt,
    DropRow,
    Effect,
    SetCell,
    Where,
    leave,
)
from desktop.exchange.agency_workbook.layout import Column, Proofs, Sheet
from desktop.exchange.agency_workbook.matching import Met, Row
from desktop.exchange.agency_workbook.part import blank
from desktop.exchange.agency_workbook.proofs import used_files
from desktop.exchange.agency_workbook.reading import Returned
from desktop.exchange.agency_workbook.registers import OWN_ROWS, register_of
from desktop.exchange.agency_workbook.rows import SheetRows
from desktop.exchange.agency_workbook.sheets import layout
from desktop.exchange.agency_workbook.slip import Base, Choices, SheetBase, labelled
from desktop.exchange.plan_workbook.layout import plan_layout
from desktop.workspace.plan import Plan

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook.evidence import Evidence
    from desktop.exchange.agency_workbook.memory import Memory, Standing
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace


_KNOWN_BY = 16
"""Letters of the hash by which a workbook is known."""
OTHERS = {each: tuple(other for other in Language if other is not each) for each in Language}
"""Choices are known by their names in other languages, too: people paste them from elsewhere."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a workbook would change: certain things, questions, and what should be known."""

    file: str
    agency: str
    name: str
    handout: str
    heads: tuple[str, ...]
    effects: tuple[Effect, ...]
    """What is certain."""
    doubts: tuple[Doubt, ...]
    notes: tuple[Message, ...]
    language: Language
    added: Mapping[str, tuple[str, Mapping[str, Json]]] = field(default_factory=dict)
    """Rows that would be new, with their sheet and values: remembered, so that they come only once."""
    loose_files: tuple[str, ...] = ()
    """Files that came along and that no row names."""
    sheets: Mapping[str, Sheet] = field(default_factory=dict, repr=False)
    """The sheets as they stood."""
    sent: tuple[Part, ...] = ()
    """Parts that count as sent by what is certain."""
    same: int = 0
    """Rows in which nothing is to be done."""
    head: str = ""
    """The journal head of the plan it was held against."""

    @property
    def taken(self) -> tuple[SetCell, ...]:
        """Values that only they changed."""
        return tuple(each for each in self.effects if isinstance(each, SetCell) and not each.beside)

    @property
    def differing(self) -> tuple[SetCell, ...]:
        """Values that both changed."""
        return tuple(each for each in self.effects if isinstance(each, SetCell) and each.beside)

    @property
    def new_rows(self) -> tuple[AddRow, ...]:
        """Rows they added."""
        return tuple(each for each in self.effects if isinstance(each, AddRow))

    @property
    def files(self) -> tuple[Attach, ...]:
        """Files that came along and support a row."""
        return tuple(each for each in self.effects if isinstance(each, Attach))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do and nothing to ask."""
        return not self.effects and not self.doubts


class Comparing:
    """Compares one workbook with the plan."""

    def __init__(
        self,
        plan: Plan,
        pack: Pack,
        returned: Returned,
        memory: Memory,
        evidence: Evidence,
        answers: Mapping[str, str],
        *,
        skip: bool,
    ) -> None:
        self.plan, self.evidence, self.proofs = plan, evidence, Proofs(plan)
        self._returned, self._memory, self._answers, self._skip = returned, memory, answers, skip
        self.homes = evidence.homes(returned.sha256)
        """The folders and ZIPs in which it came."""
        self.agency, self.language, base = memory.agency, memory.language, memory.base
        self._base: Base = base
        made = self._layout(plan, pack, base.keys | memory.added.keys())
        self.sheets = {sheet.id: sheet for sheet in made}
        self._conflicts = {(each.table, each.row, each.field) for each in plan.conflicts}
        self.effects: list[Effect] = []
        self.doubts: list[Doubt] = []
        self.notes: list[Message] = []
        self.added: dict[str, tuple[str, Mapping[str, Json]]] = {}
        self.same = 0
        """Rows that say what they said when they were handed out, or what stands here by now."""
        self.met: list[Met] = []
        self._numbers: Counter[str] = Counter()
        self._lists: dict[tuple[str, str], list[Choices]] = {}

    def _layout(self, plan: Plan, pack: Pack, known: AbstractSet[str]) -> tuple[Sheet, ...]:
        """The sheets as they stand now, with every row that was handed out, whosever it is by now."""
        if not self.agency:
            return plan_layout(plan, pack, self.language)
        return layout(plan, pack, self.agency, known | {key.partition(".")[0] for key in known})

    # -- the whole book --------------------------------------------------------------------------
    def run(self) -> None:
        """Fill effects, doubts and notes."""
        order = [*OWN_ROWS, *self.sheets]
        self.met = matching.meet(self._returned.tabs, self.sheets, self._base.sheets)
        # whatever order they came in: what is added before its parts, and before it is named elsewhere
        self.met.sort(key=lambda met: order.index(met.sheet.id))
        here = {met.sheet.id for met in self.met}
        for name in self._base.sheets:
            if name not in here and name in self.sheets and self._base.sheets[name].rows:
                self.notes.append(
                    Message("exchange.agency_book.note.sheet_gone", sheet=self.sheets[name].title)
                )
        several = Counter(met.sheet.id for met in self.met)
        seen: dict[str, set[str]] = {}
        for met in self.met:
            rows = self._settled(met)
            keyed = seen.setdefault(met.sheet.id, set())
            keyed |= {row.key for row in rows}
            several[met.sheet.id] -= 1
            SheetRows(self, met, rows).run(keyed, last=several[met.sheet.id] == 0)

    def _settled(self, met: Met) -> list[Row]:
        """The rows of a sheet with the keys that hold; what is doubtful about that is asked."""
        where = Where(met.tab.name)
        if met.by_heading and not self._agreed("sheet", where, met):
            return []
        if not met.unkeyed and not met.shuffled:
            return met.rows
        kind = "unkeyed" if met.unkeyed else "shuffled"
        message = {
            "unkeyed": Message("exchange.agency_book.doubt.unkeyed", sheet=met.tab.name),
            "shuffled": Message("exchange.agency_book.doubt.shuffled", sheet=met.tab.name),
        }[kind]
        choices = [
            Choice("contents", Message("exchange.agency_book.answer.contents")),
            leave(Message("exchange.agency_book.answer.leave_sheet")),
        ]
        if met.shuffled:
            choices.insert(1, Choice("keys", Message("exchange.agency_book.answer.keys")))
        doubt = Doubt(self.name(kind, where), kind, message, where, tuple(choices), "contents")
        self.doubts.append(doubt)
        match self._answer(doubt):
            case "contents":
                return matching.by_contents(met)
            case "keys":
                return met.rows
        return []

    def _agreed(self, kind: str, where: Where, met: Met) -> bool:
        message = Message("exchange.agency_book.doubt.sheet", sheet=met.tab.name, title=met.sheet.title)
        yes = Choice("use", Message("exchange.agency_book.answer.use"))
        no = leave(Message("exchange.agency_book.answer.leave_sheet"))
        doubt = Doubt(self.name(kind, where), kind, message, where, (yes, no), "use")
        self.doubts.append(doubt)
        return self._answer(doubt) == "use"

    def _answer(self, doubt: Doubt) -> str:
        """The answer to a doubt about a whole sheet; what is only looked at is shown as it is suggested."""
        return self._answers.get(doubt.id, LEAVE if self._skip else doubt.default)

    # -- what the parts ask ----------------------------------------------------------------------
    def name(self, kind: str, where: Where) -> str:
        """The id of a doubt: its file and which very one (agencies call theirs alike), place and kind."""
        cell = f"!{where.cell}" if where.cell else ""
        book = f"{self._returned.file}#{self._returned.sha256[:_KNOWN_BY]}"
        said = f"{book}:{where.tab}{cell}:{kind}"
        self._numbers[said] += 1
        return said if self._numbers[said] == 1 else f"{said}:{self._numbers[said]}"

    def ask(self, kind: str, where: Where, message: Message, *choices: Choice, default: str = LEAVE) -> None:
        """Ask something; leaving it is always among the answers."""
        known = {choice.id for choice in choices}
        every = choices if LEAVE in known else (*choices, leave())
        self.doubts.append(Doubt(self.name(kind, where), kind, message, where, every, default))

    def choices(self, base: SheetBase, column: Column) -> list[Choices]:
        """The lists a column's labels may come from: as handed out, as it is now, what is added with it."""
        added = tuple(
            (key, str(values.get("title") or values.get("name") or key))
            for key, (sheet, values) in self.added.items()
            if sheet in {column.field.type, column.id}
        )
        place = base.id, column.list_name
        if place not in self._lists:
            spoken = (self.language, *OTHERS[self.language])
            now = [labelled(column.options, each) for each in spoken] if column.options else []
            self._lists[place] = [base.choices.get(column.list_name, ()), *now]
        return [*self._lists[place], *([added] if added else [])]

    def labels(self, base: SheetBase, column: Column) -> Choices:
        """What each value of a column is called here and now: whoever decides is shown nothing else.

        One that is no choice here any more is called as in the workbook; by the workbook's word alone it is
        shown beside its id.
        """
        handed, *here = self.choices(base, column)
        known = dict(handed)
        if not self._memory.remembered:
            known = {value: f"{label} [{value}]" for value, label in handed}
        for each in reversed(here):
            known |= dict(each)
        return tuple(known.items())

    def differs(self, sheet: Sheet, key: str, column: Column, base: Json, present: Json) -> bool:
        """Whether something newer stands in a field than what was handed out, or two values do."""
        if blank(base) != blank(present):
            return True
        register = register_of(sheet.id, key, column, self.plan.source_language)
        return tuple(register) in self._conflicts

    @property
    def known_rows(self) -> Mapping[str, tuple[str, Mapping[str, Json]]]:
        """The rows that came with this workbook before."""
        return self._memory.added

    @property
    def handout(self) -> str:
        """The id of the hand-out."""
        return self._memory.handout


def compare(
    workspace: Workspace,
    returned: Returned,
    evidence: Evidence | None = None,
    answers: Mapping[str, str] | None = None,
    *,
    skip: bool = False,
) -> Proposal:
    """What a workbook that came back would change; nothing is written.

    Raises ForeignWorkbook, NothingToGoBy.
    """
    from desktop.exchange.agency_workbook.memory import standing

    return compare_with(standing(workspace), returned, evidence, answers, skip=skip)


def compare_with(
    stands: Standing,
    returned: Returned,
    evidence: Evidence | None = None,
    answers: Mapping[str, str] | None = None,
    *,
    skip: bool = False,
) -> Proposal:
    """The same beside a workspace as it stood, in whatever thread.

    ``skip``: a doubt about a whole sheet without an answer leaves it out; else the suggested one is shown.
    Raises ForeignWorkbook, NothingToGoBy.
    """
    from desktop.exchange.agency_workbook.evidence import Evidence as Files
    from desktop.exchange.agency_workbook.memory import recall

    memory, files = recall(stands, returned), evidence or Files.none()
    comparing = Comparing(stands.plan, stands.pack, returned, memory, files, answers or {}, skip=skip)
    comparing.run()
    notes = list(comparing.notes)
    if returned.sha256 in memory.seen:
        notes.insert(0, Message("exchange.agency_book.note.seen"))
    if memory.handout not in stands.handouts or not stands.change_sets.issuperset(memory.heads):
        notes.insert(0, Message("exchange.agency_book.note.elsewhere"))
    if not memory.remembered and memory.agency:
        notes += _outside(comparing, stands, memory.agency)
    used = used_files([*comparing.effects], comparing.doubts)
    return Proposal(
        returned.file,
        memory.agency,
        _whose(stands.plan, memory),
        memory.handout,
        memory.heads,
        tuple(comparing.effects),
        tuple(comparing.doubts),
        tuple(notes),
        memory.language,
        comparing.added,
        tuple(came.id for came in files.files if came.id not in used),
        comparing.sheets,
        parts_brought(comparing.effects, comparing.sheets, stands.plan, memory.agency),
        comparing.same,
        stands.plan.head,
    )


def _whose(plan: Plan, memory: Memory) -> str:
    """Whose workbook it is; where nobody here remembers that, by whose word it is.

    One of a whole plan says of itself no more than that.
    """
    agency = plan.agency(memory.agency)
    name = agency.name.read(memory.language.value) if agency is not None else memory.name
    if memory.remembered:
        return name
    said = Message("exchange.agency_book.by_its_word", name=plain(name))
    if not memory.agency:
        said = Message("exchange.plan_book.by_its_word")
    return render(said, Language(plan.source_language))


def _outside(comparing: Comparing, stands: Standing, agency: str) -> list[Message]:
    """What it says in rows of others; which rows are an agency's nobody knows by the workbook's word."""
    own = {line.key for sheet in layout(stands.plan, stands.pack, agency) for line in sheet.lines}
    parents = {sheet.id: sheet.parent for sheet in comparing.sheets.values() if sheet.parent}
    names: dict[str, Param] = {}
    possible = (each for doubt in comparing.doubts for choice in doubt.choices for each in choice.effects)
    for each in (*comparing.effects, *possible):
        if isinstance(each, SetCell | DropRow):
            # money is known by its programme and source
            if not own & {each.key, each.key.partition(".")[0]}:
                names[each.key] = each.name
        elif isinstance(each, AddRow):
            parent = each.values.get(parents.get(each.sheet, ""))
            if parent and parent not in own and str(parent) not in comparing.added:
                names[each.key] = each.name
    return [Message("exchange.agency_book.note.outside", row=name) for name in names.values()]
