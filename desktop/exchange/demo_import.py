"""The demo's real rows: imported as a user imports them, answered by the decisions file, told afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.base import LocalText, Message
from desktop.base.resources import resource
from desktop.exchange.columns import bare
from desktop.exchange.decisions import Decisions, Reason, decided_answers, read_decisions
from desktop.exchange.programmes import ImportReport, apply_import, preview_programmes
from desktop.exchange.questions import Question
from desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Decided:
    """What the list left open, how the demo answered, and why; to be shown to whoever builds the demo."""

    question: Message
    answer: LocalText | Message
    reason: LocalText


@dataclass(frozen=True, slots=True)
class RealProgrammes:
    """What the import of the real rows did, with every decision it rests on."""

    report: ImportReport
    decisions: tuple[Decided, ...]


def import_real_programmes(workspace: Workspace) -> RealProgrammes:
    """Import ``resources/demo/programmes.csv``, answering by ``resources/demo/decisions.json``."""
    file = resource("demo", "decisions.json")
    decisions = read_decisions(file)
    plan, pack = workspace.plan(), workspace.pack()
    preview = preview_programmes(resource("demo", "programmes.csv"), plan, pack, decisions)
    answers = decided_answers(preview.questions, decisions, file.name)
    report = apply_import(workspace, preview, answers)
    return RealProgrammes(report, tuple(_told(preview.questions, report.answers, decisions)))


def _told(
    questions: tuple[Question, ...], answers: Mapping[str, str], decisions: Decisions
) -> Iterator[Decided]:
    reasons = dict(_reasons(decisions))
    for question in questions:
        if question.kind == "mapping" and answers.get(question.id) == question.suggestion:
            continue  # what the list's own head says was decided by nobody
        chosen = next((option for option in question.options if option.id == answers.get(question.id)), None)
        if chosen is not None:
            about = ":".join(question.id.split(":")[1:2]) or question.id
            yield Decided(question.message, chosen.label, _as_text(reasons.get(about, "")))


def _reasons(decisions: Decisions) -> Iterator[tuple[str, Reason]]:
    """Reasons by question id, and by programme for what is decided about one."""
    for name in ("rupiah_unit", "number_style", "several_amounts", "funding", "quick_win", "rpjmd_ceiling"):
        entry = getattr(decisions, name)
        if entry is not None:
            yield name, entry.reason
    for title, programme in decisions.programmes.items():
        yield bare(title), programme.reason


def _as_text(reason: Reason) -> LocalText:
    return LocalText({"id": reason} if isinstance(reason, str) else reason)
