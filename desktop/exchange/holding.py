"""Holds a list against the plan and the last import: what is new, changed, the same, or doubtful.

Where the program knows what it imported last time, a change of the team and a change of the list are told
apart: a value that only one side changed follows that side, and where both changed it a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.exchange.drafts import ProgrammeDraft
from desktop.exchange.questions import Answers, Option, Question
from desktop.exchange.rehearsing import Change, Register, Rehearsal, same
from desktop.workspace.plan import Plan, Programme

if TYPE_CHECKING:
    from desktop.exchange.programmes import ImportPreview
    from desktop.workspace import Workspace

State = Literal["new", "changed", "same", "doubtful"]
"""What a programme of the list is to the plan."""
LABEL = "exchange.import.label"
"""What imports of lists are called in the history."""
STATES: Mapping[State, Message] = {
    "new": Message("exchange.state.new"),
    "changed": Message("exchange.state.changed"),
    "same": Message("exchange.state.same"),
    "doubtful": Message("exchange.state.doubtful"),
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
) -> tuple[Change, ...]:
    """What differs in the programmes that are there, whoever is right."""
    from desktop.exchange.taking_over import TakingOver

    rehearsal = Rehearsal(plan)
    taking = TakingOver(rehearsal, plan, known, answers, "", quick_wins=quick_wins)
    for draft in drafts:
        found = known.get(draft.key)
        if found is not None:
            rehearsal.begin(draft, found)
            taking.programme(draft)
    return tuple(rehearsal.changes)


def hold(
    drafts: tuple[ProgrammeDraft, ...],
    known: Mapping[str, Programme],
    found: tuple[Change, ...],
    brought: Mapping[Register, Json],
    doubted: Iterable[str] = (),
) -> Held:
    """Tell the changes of a list from those of the team.

    ``brought`` is what each register got by the last import; ``doubted`` are programmes that a question
    about the whole of them is open for.
    """
    before = {row for table, row, name in brought if table == "programme" and name.startswith("title:")}
    """Programmes that came by an import themselves: of them it is known what the list did not say then."""
    changed: list[Change] = []
    kept: list[Change] = []
    doubtful: list[Change] = []
    for change in found:
        known_then = change.register in brought or change.programme.id in before
        last = brought.get(change.register)
        # A row that the last list brought and that is not there any more was taken away by the team.
        if not known_then or same(change.old, last):
            changed.append(change)
        elif same(change.new, last):
            kept.append(change)
        else:
            doubtful.append(change)
    states: dict[str, State] = {draft.key: "same" if draft.key in known else "new" for draft in drafts}
    states |= dict.fromkeys((change.draft for change in changed), "changed")
    states |= dict.fromkeys((change.draft for change in doubtful), "doubtful")
    states |= dict.fromkeys(doubted, "doubtful")
    questions = tuple(_question(change, brought.get(change.register)) for change in doubtful)
    return Held(tuple(changed), tuple(kept), tuple(doubtful), questions, states=states)


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


def brought_by(workspace: Workspace, found: Iterable[Change]) -> dict[Register, Json]:
    """What the last import of a list brought into the registers that differ."""
    from desktop.workspace.imported import last_imported

    asked = [each for each in found if each.is_known]
    titles = {
        ("programme", each.programme.id, f"title:{language}")
        for each in asked
        for language in each.programme.title.values
    }
    return last_imported(workspace.journal, {*titles, *(each.register for each in asked)}, LABEL)


def held_against(preview: ImportPreview, answers: Answers, workspace: Workspace) -> Held:
    """The list held against the plan and the last import: new, changed, the same and doubtful."""
    from desktop.exchange.programmes import changes_of, known_by

    plan = workspace.plan()
    known = known_by(preview, answers, plan)
    found = changes_of(preview, answers, plan)
    brought = brought_by(workspace, found)
    held = hold(preview.programmes, known, found, brought, doubted(preview, answers))
    return replace(held, gone=gone(known, plan))


def doubted(preview: ImportPreview, answers: Answers) -> tuple[str, ...]:
    """The programmes of which it is open whether the plan has them under another title."""
    asked = (each.id for each in preview.questions if each.kind == "match" and not answers.get(each.id))
    return tuple(each.removeprefix("match:") for each in asked)


def kept_sentence(change: Change) -> Message:
    """That a value stays as the team has it."""
    return Message(
        "exchange.differs.kept",
        programme=change.programme.title.read("id"),
        what=change.what,
        old=change.shown(change.old),
        new=change.shown(change.new),
    )


def _question(change: Change, last: Json) -> Question:
    old, new = change.shown(change.old), change.shown(change.new)
    message = Message(
        "exchange.ask.held",
        programme=change.programme.title.read("id"), what=change.what,
        old=old, new=new, last=change.shown(last),
    )  # fmt: skip
    options = (
        Option("plan", Message("exchange.ask.held.plan", value=old)),
        Option("list", Message("exchange.ask.held.list", value=new)),
    )
    return Question(held_id(change), "held", message, options)
