"""Import of programme lists: read, ask what the list leaves open, and take over as one change.

Nothing is written before :func:`apply_import`. A list that is imported again finds its programmes (by
title and lead agency, or by code) and brings them up to date; what people wrote since in titles and
descriptions stays.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.exchange.brought import NOTHING, brought_by
from desktop.exchange.drafts import Problem
from desktop.exchange.matching import Agencies, known_programmes
from desktop.exchange.previewing import (
    FoundSheet,
    ImportPreview,
    OtherRegions,
    agreed,
    preview_programmes,
    refine,
)
from desktop.exchange.questions import NEW, Answers, match_id, settled, suggested_answers
from desktop.exchange.reading import NoProgrammes, NoSuchSheet
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan, Programme

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.exchange.list_memory import ListMemory
    from desktop.exchange.rehearsing import Change, Register
    from desktop.exchange.table import Handed
    from desktop.workspace import Backup, Workspace


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    file: str
    new: int
    updated: int
    agencies: int
    """How many agencies the list named that the plan did not have."""
    budget_lines: int
    indicators: int
    targets: int
    problems: tuple[Problem, ...]
    answers: Mapping[str, str]
    """What was decided, by question id: suggestions that counted included."""
    backup: Backup | None
    activities: int = 0


def read_beside(
    report: Report, source: Path | Handed, workspace: Workspace, plan: Plan, pack: Pack, memory: ListMemory
) -> ImportPreview:
    """A list as it is read where every suggestion is agreed to; in another thread than the workspace's."""
    with workspace.beside() as journal:
        brought = brought_by(journal)
    found = preview_programmes(source, plan, pack, memory=memory, brought=brought, report=report)
    return agreed(found, {}, plan, pack, report)


def read_again(
    report: Report,
    preview: ImportPreview,
    said: Answers,
    plan: Plan,
    pack: Pack,
    sheets: Iterable[str] | None,
) -> ImportPreview:
    """The same with what a person said, and of other sheets."""
    again = refine(preview, said, plan, pack, sheets=sheets, report=report)
    return agreed(again, said, plan, pack, report)


def known_by(preview: ImportPreview, answers: Answers, plan: Plan) -> dict[str, Programme]:
    """The programmes of the plan that the list speaks of again, under the same title or another."""
    programmes = {programme.id: programme for programme in plan.programmes}
    known = known_programmes(preview.programmes, plan, Agencies(plan), preview.brought)
    for draft in preview.programmes:
        answer = answers.get(match_id(draft), "")
        if answer and answer != NEW and answer in programmes and draft.key not in known:
            known[draft.key] = programmes[answer]
    return known


def changes_of(preview: ImportPreview, answers: Answers, plan: Plan) -> tuple[Change, ...]:
    """What the list has otherwise than programmes that the plan has already, with these answers."""
    from desktop.exchange.holding import changes

    known = known_by(preview, answers, plan)
    chosen = {**suggested_answers(preview.questions), **answers}
    return changes(
        preview.programmes, known, chosen, plan, quick_wins=preview.quick_wins, brought=preview.brought
    )


def apply_import(workspace: Workspace, preview: ImportPreview, answers: Answers) -> ImportReport:
    """Take a list over as one change, after a backup.

    Raises Unanswered and UnknownAnswer; then nothing is written. Questions that are not required and not
    answered count as answered by their suggestion.
    """
    steps = import_steps(workspace, preview, answers)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: ImportReport = end.value
            return report


def import_steps(
    workspace: Workspace, preview: ImportPreview, answers: Answers, told: Callable[[], object] | None = None
) -> Generator[tuple[int, int], None, ImportReport]:
    """The same in steps; closing it half-way writes nothing. ``told`` is called before it is written.

    Yields how many programmes of how many are done.
    """
    if preview.brought is NOTHING:
        preview = replace(preview, brought=brought_by(workspace.journal))
    ready = make_ready(preview, answers, workspace.plan(), workspace.pack())
    return (yield from taking_steps(workspace, ready, workspace.backup("import"), told))


@dataclass(frozen=True, slots=True)
class Ready:
    """A list that is settled, and what of the plan it changes and spares."""

    preview: ImportPreview
    plan: Plan
    known: Mapping[str, Programme]
    answers: Mapping[str, str]
    """What was decided, by question id: suggestions that counted included."""
    apart: Mapping[str, str]
    """What was decided about single programmes that no question asks for."""
    spared: tuple[Register, ...]


def make_ready(
    preview: ImportPreview, answers: Answers, plan: Plan, pack: Pack, report: Report = quiet
) -> Ready:
    """Everything that precedes the writing; it may be done in a thread. Raises Unanswered, UnknownAnswer."""
    from desktop.exchange.holding import held_against

    current = refine(preview, answers, plan, pack, report=report)
    chosen = settled(current.questions, answers)
    # Decisions about single programmes that no question asks for: a mark, another unit of amounts.
    apart = {key: value for key, value in answers.items() if key.startswith(("quick_win:", "rupiah_unit:"))}
    held = held_against(current, {**chosen, **apart}, plan)
    chosen |= settled(held.questions, answers)
    known = known_by(current, chosen, plan)
    return Ready(current, plan, known, chosen, apart, tuple(held.spared(chosen)))


def taking_steps(
    workspace: Workspace, ready: Ready, backup: Backup | None, told: Callable[[], object] | None = None
) -> Generator[tuple[int, int], None, ImportReport]:
    """Write what is ready, in steps, so that a window can go on between them."""
    from desktop.exchange.rehearsing import Sparing
    from desktop.exchange.taking_over import TakingOver

    current = ready.preview
    drafts = current.wanted(ready.answers)
    total = len(drafts)
    label = Message("exchange.import.label", file=current.file, n=total)
    with workspace.operation(label, kind="import") as op:
        done = TakingOver(
            Sparing(op, ready.spared), ready.plan, ready.known, {**ready.answers, **ready.apart},
            current.file, quick_wins=current.quick_wins, brought=current.brought,
        )  # fmt: skip
        for at, draft in enumerate(drafts):
            yield at, total
            done.programme(draft)
        if told is not None:
            told()
    return ImportReport(
        file=current.file,
        new=sum(draft.key not in ready.known for draft in drafts),
        updated=sum(draft.key in ready.known for draft in drafts),
        agencies=done.counts["agency"],
        budget_lines=done.counts["budget_line"],
        indicators=done.counts["indicator"],
        targets=done.counts["target"],
        problems=current.problems,
        answers=ready.answers,
        backup=backup,
        activities=done.counts["activity"],
    )


__all__ = [
    "FoundSheet",
    "ImportPreview",
    "ImportReport",
    "NoProgrammes",
    "NoSuchSheet",
    "OtherRegions",
    "agreed",
    "apply_import",
    "changes_of",
    "import_steps",
    "known_by",
    "preview_programmes",
    "refine",
]
