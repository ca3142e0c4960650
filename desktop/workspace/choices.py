"""What the fields of bodies, meetings and hearing can be, and what that is called wherever it shows."""

from __future__ import annotations

from desktop.base import Message
from desktop.workspace import groundwork, records

CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("decree", "kind"): groundwork.DECREE_KINDS,
    ("decree", "state"): groundwork.DECREE_STATES,
    ("member", "position"): groundwork.POSITIONS,
    ("meeting", "kind"): groundwork.MEETING_KINDS,
    ("session_output", "state"): groundwork.OUTPUT_STATES,
    ("stakeholder", "kind"): groundwork.STAKEHOLDER_KINDS,
    ("input", "channel"): groundwork.CHANNELS,
    ("input", "decision"): groundwork.DECISIONS,
    ("score", "by"): groundwork.SCORERS,
    ("person", "task"): records.TASKS,
    ("duty", "state"): records.DUTY_STATES[1:],
    ("initial", "state"): records.INITIAL_STATES[1:],
    ("suggestion", "state"): records.SUGGESTION_STATES,
}
"""What these fields can be, for the window and the command line alike."""

_NAMES = {
    ("decree", "sk"): Message("workspace.choice.decree.sk"),
    ("decree", "perkada"): Message("workspace.choice.decree.perkada"),
    ("decree", "perda"): Message("workspace.choice.decree.perda"),
    ("decree", "circular"): Message("workspace.choice.decree.circular"),
    ("decree", "agreement"): Message("workspace.choice.decree.agreement"),
    ("decree", "other"): Message("workspace.choice.decree.other"),
    ("decree", "planned"): Message("workspace.choice.decree.planned"),
    ("decree", "drafted"): Message("workspace.choice.decree.drafted"),
    ("decree", "issued"): Message("workspace.choice.decree.issued"),
    ("decree", "repealed"): Message("workspace.choice.decree.repealed"),
    ("member", "chair"): Message("workspace.choice.member.chair"),
    ("member", "vice_chair"): Message("workspace.choice.member.vice_chair"),
    ("member", "secretary"): Message("workspace.choice.member.secretary"),
    ("member", "coordinator"): Message("workspace.choice.member.coordinator"),
    ("member", "member"): Message("workspace.choice.member.member"),
    ("meeting", "bimtek"): Message("workspace.choice.meeting.bimtek"),
    ("meeting", "meeting"): Message("workspace.choice.meeting.meeting"),
    ("meeting", "consultation"): Message("workspace.choice.meeting.consultation"),
    ("meeting", "visit"): Message("workspace.choice.meeting.visit"),
    ("session_output", "open"): Message("workspace.choice.session_output.open"),
    ("session_output", "drafted"): Message("workspace.choice.session_output.drafted"),
    ("session_output", "done"): Message("workspace.choice.session_output.done"),
    ("stakeholder", "industry"): Message("workspace.choice.stakeholder.industry"),
    ("stakeholder", "academia"): Message("workspace.choice.stakeholder.academia"),
    ("stakeholder", "community"): Message("workspace.choice.stakeholder.community"),
    ("stakeholder", "media"): Message("workspace.choice.stakeholder.media"),
    ("stakeholder", "government"): Message("workspace.choice.stakeholder.government"),
    ("stakeholder", "citizen"): Message("workspace.choice.stakeholder.citizen"),
    ("stakeholder", "other"): Message("workspace.choice.stakeholder.other"),
    ("input", "meeting"): Message("workspace.choice.input.meeting"),
    ("input", "letter"): Message("workspace.choice.input.letter"),
    ("input", "form"): Message("workspace.choice.input.form"),
    ("input", "online"): Message("workspace.choice.input.online"),
    ("input", "other"): Message("workspace.choice.input.other"),
    ("input", "open"): Message("workspace.choice.input.open"),
    ("input", "accepted"): Message("workspace.choice.input.accepted"),
    ("input", "partly"): Message("workspace.choice.input.partly"),
    ("input", "rejected"): Message("workspace.choice.input.rejected"),
    ("score", "assessor"): Message("workspace.choice.score.assessor"),
    ("score", "evaluator"): Message("workspace.choice.score.evaluator"),
    ("score", "mentor"): Message("workspace.choice.score.mentor"),
    ("person", "contact"): Message("workspace.choice.person.contact"),
    ("person", "superior"): Message("workspace.choice.person.superior"),
    ("duty", ""): Message("workspace.choice.duty.nothing"),
    ("duty", "filled"): Message("workspace.choice.duty.filled"),
    ("duty", "sent"): Message("workspace.choice.duty.sent"),
    ("duty", "approved"): Message("workspace.choice.duty.approved"),
    ("duty", "returned"): Message("workspace.choice.duty.returned"),
    ("duty", "not_ours"): Message("workspace.choice.duty.not_ours"),
    ("initial", ""): Message("workspace.choice.initial.waiting"),
    ("initial", "initialled"): Message("workspace.choice.initial.initialled"),
    ("initial", "returned"): Message("workspace.choice.initial.returned"),
    ("suggestion", "open"): Message("workspace.choice.suggestion.open"),
    ("suggestion", "accepted"): Message("workspace.choice.suggestion.accepted"),
    ("suggestion", "declined"): Message("workspace.choice.suggestion.declined"),
}


def choice_name(table: str, choice: str) -> Message:
    """What a choice of a table's field is called. Raises KeyError for one that is none."""
    return _NAMES[table, choice]
