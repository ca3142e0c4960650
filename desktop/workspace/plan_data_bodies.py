"""The parts of ``data.json`` that tell who decides, who meets, and who was heard (from its version 2 on)."""

from __future__ import annotations

from desktop.workspace.plan_data_part import Day, Part, Texts


class DecreePart(Part, frozen=True, kw_only=True):
    """A decree, regulation or agreement."""

    id: str
    kind: str
    number: str
    date: Day
    title: Texts
    state: str
    signer: str
    since: Day
    until: Day


class MemberPart(Part, frozen=True, kw_only=True):
    """Somebody in a body."""

    id: str
    person: str
    name: str
    office: Texts
    institution: str
    position: str
    outsider: bool


class BodyPart(Part, frozen=True, kw_only=True):
    """A council, team, forum or working group."""

    id: str
    body: str
    dimension: str
    name: Texts
    decree: str
    task: Texts
    members: tuple[MemberPart, ...]


class AttendancePart(Part, frozen=True, kw_only=True):
    """Somebody on the list of a meeting."""

    name: str
    office: str
    institution: str
    agency: str
    present: bool


class MeetingPart(Part, frozen=True, kw_only=True):
    """A guidance session, meeting, consultation or visit."""

    id: str
    kind: str
    session: str
    body: str
    title: Texts
    start: Day
    end: Day
    place: str
    leader: str
    agenda: Texts
    result: Texts
    attendance: tuple[AttendancePart, ...]


class OutputPart(Part, frozen=True, kw_only=True):
    """How far something due at a guidance session is."""

    session: str
    output: str
    state: str
    due: Day
    done_on: Day
    signed_by: str
    note: str


class StakeholderPart(Part, frozen=True, kw_only=True):
    """Somebody with a stake in the plan: citizens as numbers (``#3``), and of nobody how to reach them."""

    id: str
    name: str
    kind: str
    interest: Texts


class InputPart(Part, frozen=True, kw_only=True):
    """What was said about the plan and the answer to it."""

    id: str
    stakeholder: str
    meeting: str
    author: str
    date: Day
    channel: str
    item: str
    body: Texts
    decision: str
    answer: Texts
    answered_by: str
    answered_on: Day
    programmes: tuple[str, ...]
