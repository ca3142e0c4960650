"""The comparison as a file: an earlier state against a later one; for the command and the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.base import Language, Message, clock, render
from desktop.base.speech import moment
from desktop.books.revisions import Change, Money
from desktop.cli.revisions import Wanted, states
from desktop.cli.revisions.differing import changes
from desktop.cli.revisions.states import Backwards, OtherDocument, State
from desktop.cli.revisions.sums import money


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states, and what differs between them."""

    before: State
    after: State
    changes: tuple[Change, ...]
    money: tuple[Money, ...]


def compare(document: Path, wanted: Wanted, language: Language) -> Compared:
    """Compare two states. Raises NothingYet, NoPlanInside, OtherDocument, Backwards, what opening raises."""
    from desktop.workspace import Workspace

    with Workspace.open(document, read_only=True) as workspace:
        pack = workspace.pack()
        if wanted.until is not None:
            after = states.at_moment(workspace, wanted.until, language)
        else:
            plan = workspace.plan()
            when = moment(plan.changed_at, language)
            after = states.of_document(
                workspace, Message("cli.revisions.now", when=when, head=plan.head[:12])
            )
        if wanted.since is not None:
            before = states.at_moment(workspace, wanted.since, language)
        elif wanted.file is not None:
            before = states.of_file(wanted.file, language, pack)
            if before.plan.workspace != after.plan.workspace:
                raise OtherDocument(wanted.file.name)
        else:
            raise ValueError(wanted)
    if _turned(wanted, before, after):
        raise Backwards(before.said, after.said)
    found = changes(before.plan, before.pack, after.plan, after.pack, language)
    return Compared(before, after, found, money(before.plan, after.plan, language))


def _turned(wanted: Wanted, before: State, after: State) -> bool:
    """Whether the later state was named as the earlier one."""
    if wanted.since is not None:
        return wanted.until is not None and wanted.since > wanted.until
    return before.plan.changed_at > after.plan.changed_at


def write(target: Path, compared: Compared, language: Language) -> Path:
    """Write the document, in the form its name ends with. Raises FileProblem."""
    from desktop.books.formats import rendered
    from desktop.books.printing import write_pdf
    from desktop.books.revisions.compose import compose_revisions

    before, after = compared.before, compared.after
    facts = [
        (render(Message("cli.revisions.before"), language), render(before.said, language)),
        (render(Message("cli.revisions.after"), language), render(after.said, language)),
        (render(Message("cli.revisions.guideline"), language), _guidelines(before, after, language)),
        (render(Message("cli.past.paper.made"), language), moment(clock.now(), language)),
        (render(Message("cli.past.paper.count"), language), str(len(compared.changes))),
    ]
    made = compose_revisions(after.plan, after.pack, language, facts, compared.changes, compared.money)
    write_pdf(target, rendered(target, made))
    return target


def _guidelines(before: State, after: State, language: Language) -> str:
    """The guideline, or both where the plan moved to another."""
    one, other = (
        f"{each.pack.pack.title.read(language)} ({each.pack.pack.version})" for each in (before, after)
    )
    return other if one == other else f"{one} → {other}"
