"""Holds a list against the plan and the last import: what is new, changed, the same, or doubtful.

Where the program knows what it imported last time, a change of the team and a change of the list are told
apart: a value that only one side changed follows that side, and where both changed it a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.exchange.brought import NOTHING, Brought
from desktop.exchange.drafts import ProgrammeDraft
from desktop.exchange.questions import Answers, Option, Question, stays_away
from desktop.exchange.rehearsing import Change, Register, Rehearsal, same
from desktop.workspace.plan import Plan, Programme

if TYPE_CHECKING:
    from desktop.exchange.programmes import ImportPreview

State = Literal["new", "changed", "same", "doubtful", "left"]
"""What a programme of the list is to the plan."""
STATES: Mapping[State, Message] = {
    "new": Message("exchange.state.new"),
    "changed": Message("exchange.state.changed"),
    "same": Message("exchange.state.same"),
    "doubtful": Message("exchange.state.doubtful"),
    "left": Message("exchange.state.left"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A list held against a plan."""

    changed: tuple[Change, ...] = ()
    """What follows the list."""
    kept: tuple[Change, ...] = ()
    """What the team changed since the last import, and the list did not: it stays."""
    doubtful: tuple[Change, ...] = ()
    """What both changed since."""
    questions: tuple[Question, ...] = ()
    """One for each doubtful value."""
    gone: tuple[Programme, ...] = ()
    """Programmes that an earlier list brought and this one does not have: they stay."""
    states: Mapping[str, State] = field(default_factory=dict)
    """What each programme of the list is to the plan, by its key."""

    def touched(self, answers: Answers) -> set[str]:
        """The programmes of the plan that follow the list in something, by id."""
        decided = (each for each in self.doubtful if answers.get(held_id(each)) == "list")
        return {each.programme.id for each in (*self.changed, *decided)}

    def spared(self, answers: Answers) -> Iterator[Register]:
        """The registers that stay as they are."""
        yield from (change.register for change in self.kept)
        for change in self.doubtful:
            if answers.get(held_id(change)) != "list":
                yield change.register


def held_id(change: Change) -> str:
    """The id of the question whether a value of the plan or of the list is right."""
    return f"held:{change.draft}:{change.name}"


def changes(
    drafts: Iterable[ProgrammeDraft],
    known: Mapping[str, Programme],
    answers: Answers,
    plan: Plan,
    *,
    quick_wins: bool = True,
    brought: Brought = NOTHING,
) -> tuple[Change, ...]:
    """What differs in the programmes that are there, whoever is right."""
    from desktop.exchange.taking_over import TakingOver

    rehearsal = Rehearsal(plan, brought)
    taking = TakingOver(rehearsal, plan, known, answers, "", quick_wins=quick_wins, brought=brought)
    for draft in drafts:
        found = known.get(draft.key)
        if found is not None:
            rehearsal.begin(draft, found)
            taking.programme(draft)
    return tuple(rehearsal.changes)


def hold(preview: ImportPreview, answers: Answers, plan: Plan, found: Iterable[Change]) -> Held:
    """Tell the changes of a list from those of the team; ``found`` is all that differs."""
    from desktop.exchange.programmes import known_by

    brought = preview.brought.values
    before = {row for table, row, name in brought if table == "programme" and name.startswith("title:")}
    """Programmes that came by an import themselves: of them it is known what the list did not say then."""
    names = {each.id: each.name.read(plan.source_language) for each in plan.agencies}
    changed: list[Change] = []
    kept: list[Change] = []
    doubtful: list[Change] = []
    for change in found:
        known_then = change.register in brought or change.programme.id in before
        last = brought.get(change.register)
        if change.register[2] == "lead":
            last = names.get(str(last), last)
        # A row that the last list brought and that is not there any more was taken away by the team.
        if change.away:
            (doubtful if change.newer else kept).append(change)
        elif not known_then or same(change.old, last):
            changed.append(change)
        elif same(change.new, last):
            kept.append(change)
        else:
            doubtful.append(change)
    known = known_by(preview, answers, plan)
    states: dict[str, State] = {
        draft.key: "same" if draft.key in known else "left" if stays_away(draft, answers) else "new"
        for draft in preview.programmes
    }
    states |= dict.fromkeys((change.draft for change in changed), "changed")
    states |= dict.fromkeys((change.draft for change in doubtful), "doubtful")
    states |= dict.fromkeys(doubted(preview, answers), "doubtful")
    questions = tuple(_question(change, brought.get(change.register)) for change in doubtful)
    gone_now = gone(known, plan)
    return Held(tuple(changed), tuple(kept), tuple(doubtful), questions, gone_now, states)


def gone(known: Mapping[str, Programme], plan: Plan) -> tuple[Programme, ...]:
    """What earlier lists brought of the agencies that this one speaks of, and it does not have."""
    here = {programme.id for programme in known.values()}
    whose = {programme.lead for programme in known.values()}
    return tuple(
        each
        for each in plan.programmes
        if each.id not in here and each.origin == "imported" and each.lead in whose
    )


def gone_sentence(programme: Programme) -> Message:
    """That a programme stays although the list has it no more."""
    return Message("exchange.differs.gone", programme=programme.title.read("id"))


def held_against(preview: ImportPreview, answers: Answers, plan: Plan) -> Held:
    """The list held against the plan and the last import: new, changed, the same and doubtful."""
    from desktop.exchange.programmes import changes_of

    return hold(preview, answers, plan, changes_of(preview, answers, plan))


def doubted(preview: ImportPreview, answers: Answers) -> tuple[str, ...]:
    """The programmes of which it is open whether the plan has them under another title."""
    asked = (each.id for each in preview.questions if each.kind == "match" and not answers.get(each.id))
    return tuple(each.removeprefix("match:") for each in asked)


def kept_sentence(change: Change) -> Message:
    """That a value stays as the team has it, or that what it deleted stays away."""
    said = change.programme.title.read("id")
    if change.away:
        return Message("exchange.differs.away", programme=said, what=change.what)
    new = change.shown(change.new)
    if change.old in (None, ""):
        return Message("exchange.differs.emptied", programme=said, what=change.what, new=new)
    return Message(
        "exchange.differs.kept", programme=said, what=change.what, old=change.shown(change.old), new=new
    )


def _question(change: Change, last: Json) -> Question:
    said, name = change.programme.title.read("id"), held_id(change)
    if change.away:
        message = Message("exchange.ask.held.away", programme=said, what=change.what)
        options = (
            Option("plan", Message("exchange.ask.again.leave")),
            Option("list", Message("exchange.ask.again.again")),
        )
        return Question(name, "held", message, options)
    old, new = change.shown(change.old), change.shown(change.new)
    message = Message(
        "exchange.ask.held", programme=said, what=change.what, old=old, new=new, last=change.shown(last)
    )
    options = (
        Option("plan", Message("exchange.ask.held.plan", value=old)),
        Option("list", Message("exchange.ask.held.list", value=new)),
    )
    return Question(name, "held", message, options)
