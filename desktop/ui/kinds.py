"""What the kinds of rows are called, and the fields behind those registers that no grid or form names."""

from __future__ import annotations

from desktop.base import Message
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui.grid.source import column

TABLES = {
    "plan": Message("ui.table.plan"),
    "agency": Message("ui.table.agency"),
    "person": Message("ui.table.person"),
    "programme": Message("ui.table.programme"),
    "programme_agency": Message("ui.programme.supporting"),
    "budget_line": Message("ui.table.budget_line"),
    "indicator": Message("ui.table.indicator"),
    "target": Message("ui.table.target"),
    "activity": Message("ui.table.activity"),
    "risk": Message("ui.table.risk"),
    "evidence": Message("ui.table.evidence"),
    "claim": Message("ui.table.claim"),
    "answer": Message("ui.table.answer"),
    "row": Message("ui.table.row"),
    "cell": Message("ui.table.cell"),
    "set_aside": Message("ui.table.set_aside"),
    "comment": Message("ui.table.comment"),
    "deadline": Message("ui.table.deadline"),
    "duty": Message("ui.table.duty"),
    "initial": Message("ui.table.initial"),
    "suggestion": Message("ui.table.suggestion"),
    "meeting": Message("ui.table.meeting"),
    "attendance": Message("ui.table.attendance"),
    "session_output": Message("ui.table.session_output"),
    "stakeholder": Message("ui.table.stakeholder"),
    "input": Message("ui.table.input"),
    "input_programme": Message("ui.input.programmes"),
    "figure": Message("ui.table.figure"),
    "decree": Message("ui.table.decree"),
    "body": Message("ui.table.body"),
    "member": Message("ui.table.member"),
    "score": Message("ui.table.score"),
    "rpjmd_ceiling": Message("ui.table.rpjmd_ceiling"),
    "sub_activity": Message("ui.table.sub_activity"),
}
"""What the kinds of rows are called."""
ONE = {
    "agency": Message("ui.kind.agency"),
    "person": Message("ui.kind.person"),
    "programme": Message("ui.kind.programme"),
    "indicator": Message("ui.kind.indicator"),
    "activity": Message("ui.kind.activity"),
    "risk": Message("ui.kind.risk"),
    "evidence": Message("ui.kind.evidence"),
    "comment": Message("ui.kind.comment"),
    "deadline": Message("ui.kind.deadline"),
    "duty": Message("ui.kind.duty"),
    "initial": Message("ui.kind.initial"),
    "suggestion": Message("ui.kind.suggestion"),
    "meeting": Message("ui.kind.meeting"),
    "attendance": Message("ui.kind.attendance"),
    "session_output": Message("ui.kind.session_output"),
    "stakeholder": Message("ui.kind.stakeholder"),
    "input": Message("ui.kind.input"),
    "figure": Message("ui.kind.figure"),
    "decree": Message("ui.kind.decree"),
    "body": Message("ui.kind.body"),
    "member": Message("ui.kind.member"),
    "score": Message("ui.kind.score"),
    "rpjmd_ceiling": Message("ui.kind.rpjmd_ceiling"),
    "sub_activity": Message("ui.kind.sub_activity"),
}
"""What one of them is called inside a sentence."""
STATES = (
    Option("open", Message("ui.comment.open")),
    Option("answered", Message("ui.comment.answered")),
    Option("done", Message("ui.comment.done")),
    Option("declined", Message("ui.comment.declined")),
)
"""What may become of a comment."""
OTHERS = {
    ("agency", "successor"): (Message("ui.trace.successor"), "agency"),
    ("person", "successor"): (Message("ui.trace.successor"), "person"),
    ("plan", "title"): (Message("ui.profile.title"), "text"),
    ("plan", "first_year"): (Message("ui.profile.first_year"), "year"),
    ("plan", "last_year"): (Message("ui.profile.last_year"), "year"),
    ("programme", "total_budget"): (Message("ui.programme.total_budget"), "rupiah"),
    ("budget_line", "indicative"): (Message("ui.budget.indicative"), "rupiah"),
    ("budget_line", "ceiling"): (Message("ui.budget.ceiling"), "rupiah"),
    ("budget_line", "realised"): (Message("ui.budget.realised"), "rupiah"),
    ("target", "target"): (Message("ui.trace.target_value"), "decimal"),
    ("target", "realised"): (Message("ui.budget.realised"), "decimal"),
    ("activity", "budget"): (Message("ui.trace.activity_budget"), "rupiah"),
    ("activity", "output"): (Message("ui.trace.output"), "text"),
    ("activity", "area"): (Message("ui.trace.area"), "choice"),
    ("risk", "likelihood"): (Message("ui.trace.likelihood"), "choice"),
    ("risk", "impact"): (Message("ui.trace.impact"), "choice"),
    ("risk", "mitigation"): (Message("ui.trace.mitigation"), "long_text"),
    ("evidence", "caption"): (Message("ui.evidence.caption"), "text"),
    ("set_aside", "reason"): (Message("ui.trace.reason"), "long_text"),
    ("comment", "body"): (Message("ui.trace.comment"), "long_text"),
    ("comment", "state"): (Message("ui.trace.state"), "choice"),
    ("comment", "owner"): (Message("ui.trace.action_owner"), "agency"),
    ("comment", "due"): (Message("ui.trace.due"), "date"),
    ("deadline", "due"): (Message("ui.trace.due"), "date"),
    ("deadline", "note"): (Message("ui.trace.note"), "text"),
    ("duty", "state"): (Message("ui.trace.state"), "choice"),
    ("duty", "note"): (Message("ui.trace.note"), "text"),
    ("duty", "person"): (Message("ui.duties.person"), "person"),
    ("initial", "state"): (Message("ui.trace.state"), "choice"),
    ("initial", "note"): (Message("ui.trace.note"), "text"),
    ("initial", "by"): (Message("ui.trace.initial_by"), "text"),
    ("initial", "office"): (Message("ui.trace.initial_office"), "text"),
    ("initial", "at"): (Message("ui.trace.initial_at"), "date"),
    ("suggestion", "state"): (Message("ui.trace.state"), "choice"),
    ("suggestion", "proposed"): (Message("ui.trace.proposed"), "long_text"),
    ("suggestion", "reason"): (Message("ui.trace.reason"), "long_text"),
    ("", "title"): (Message("ui.trace.title"), "text"),
    ("", "lead"): (Message("ui.programme.lead"), "agency"),
    ("", "owner"): (Message("ui.trace.owner"), "text"),
    ("", "start_year"): (Message("ui.programme.start_year"), "year"),
    ("", "end_year"): (Message("ui.programme.end_year"), "year"),
}
"""Registers that no grid or form of our own names: label and field type."""


def field_of(table: str, name: str) -> Field:
    """The field behind a register of a first-class table; one we have no name for is a plain text."""
    from desktop.ui.grid.tables import AGENCY, INDICATOR, PERSON
    from desktop.ui.hearing.sources import INPUT, STAKEHOLDER
    from desktop.ui.meetings.sources import ATTENDANCE, MEETING, OUTPUT
    from desktop.ui.pages.programme import BASICS, SERVICE, TIME

    own = {
        "agency": AGENCY, "person": PERSON, "indicator": INDICATOR,
        "meeting": MEETING, "attendance": ATTENDANCE, "session_output": OUTPUT,
        "stakeholder": STAKEHOLDER, "input": INPUT,
    }.get(table)  # fmt: skip
    if table == "programme":
        own = tuple(column(n, label, kind) for n, label, kind, *_ in (*BASICS, *SERVICE, *TIME))
    found = next((each for each in own or () if each.id == name), None)
    kind = TABLES.get(table, Message("ui.table.other"))
    label, shape = OTHERS.get((table, name)) or OTHERS.get(("", name)) or (kind, "text")
    return found or column(name, label, shape)
