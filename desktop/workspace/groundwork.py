"""From records of the bodies, meetings and hearing tables to the frozen values that everybody reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.workspace.hearing import Input, Stakeholder
from desktop.workspace.organisation import (
    Attendance,
    Body,
    Decree,
    Figure,
    Meeting,
    Member,
    Score,
    SessionOutput,
)
from desktop.workspace.records import day, text

DECREE_KINDS = ("sk", "perkada", "perda", "circular", "agreement", "other")
DECREE_STATES = ("planned", "drafted", "issued", "repealed")
POSITIONS = ("chair", "vice_chair", "secretary", "coordinator", "member")
MEETING_KINDS = ("bimtek", "meeting", "consultation", "visit")
OUTPUT_STATES = ("open", "drafted", "done")
STAKEHOLDER_KINDS = ("industry", "academia", "community", "media", "government", "citizen", "other")
CHANNELS = ("meeting", "letter", "form", "online", "other")
DECISIONS = ("open", "accepted", "partly", "rejected")
SCORERS = ("assessor", "evaluator", "mentor")


def _one_of(value: str | None, known: tuple[str, ...], otherwise: str) -> str:
    return value if value in known else otherwise


def figure(r: Any) -> Figure:
    """A record of table ``figure``."""
    return Figure(r.id, r.measure, r.year, r.value or "", r.source or "")


def decree(r: Any) -> Decree:
    """A record of table ``decree``."""
    return Decree(
        id=r.id,
        kind=_one_of(r.kind, DECREE_KINDS, "other"),
        number=r.number or "",
        date=day(r.date),
        title=text(r.title),
        state=_one_of(r.state, DECREE_STATES, "issued"),
        signer=r.signer or "",
        since=day(r.since),
        until=day(r.until),
        order=r.sort or "",
    )


def member(r: Any) -> Member:
    """A record of table ``member``."""
    return Member(
        id=r.id,
        person=r.person or "",
        name=r.name or "",
        office=text(r.office),
        institution=r.institution or "",
        position=_one_of(r.position, POSITIONS, "member"),
        outsider=bool(r.outsider),
        order=r.sort or "",
    )


def body(r: Any, members: Iterable[Member]) -> Body:
    """A record of table ``body`` with its members in order."""
    return Body(r.id, r.body, r.dimension or "", text(r.name), r.decree or "", text(r.task), tuple(members))


def attendance(r: Any) -> Attendance:
    """A record of table ``attendance``."""
    return Attendance(
        id=r.id,
        person=r.person or "",
        agency=r.agency or "",
        name=r.name or "",
        office=r.office or "",
        institution=r.institution or "",
        present=r.present is None or bool(r.present),
        order=r.sort or "",
    )


def meeting(r: Any, attended: Iterable[Attendance]) -> Meeting:
    """A record of table ``meeting`` with its list of attendance in order."""
    return Meeting(
        id=r.id,
        kind=_one_of(r.kind, MEETING_KINDS, "meeting"),
        session=r.session or "",
        body=r.body or "",
        title=text(r.title),
        start=day(r.start),
        end=day(r.end),
        place=r.place or "",
        leader=r.leader or "",
        agenda=text(r.agenda),
        result=text(r.result),
        attendance=tuple(attended),
        order=r.sort or "",
    )


def session_output(r: Any) -> SessionOutput:
    """A record of table ``session_output``."""
    return SessionOutput(
        id=r.id,
        session=r.session,
        output=r.output,
        state=_one_of(r.state, OUTPUT_STATES, "open"),
        due=day(r.due),
        done_on=day(r.done_on),
        signed_by=r.signed_by or "",
        note=r.note or "",
    )


def stakeholder(r: Any) -> Stakeholder:
    """A record of table ``stakeholder``."""
    return Stakeholder(
        id=r.id,
        name=r.name or "",
        kind=_one_of(r.kind, STAKEHOLDER_KINDS, "other"),
        contact_person=r.contact_person or "",
        contact=r.contact or "",
        interest=text(r.interest),
        order=r.sort or "",
    )


def heard(r: Any, programmes: Iterable[str]) -> Input:
    """A record of table ``input`` with the programmes it changed."""
    return Input(
        id=r.id,
        stakeholder=r.stakeholder or "",
        meeting=r.meeting or "",
        author=r.author or "",
        date=day(r.date),
        channel=_one_of(r.channel, CHANNELS, "other"),
        item=r.item or "",
        body=text(r.body),
        decision=_one_of(r.decision, DECISIONS, "open"),
        answer=text(r.answer),
        answered_by=r.answered_by or "",
        answered_on=day(r.answered_on),
        programmes=tuple(sorted(programmes)),
        order=r.sort or "",
    )


def score(r: Any) -> Score:
    """A record of table ``score``."""
    return Score(
        id=r.id,
        item=r.item,
        scope=r.scope or "",
        by=_one_of(r.by, SCORERS, "assessor"),
        value=r.value or "",
        note=r.note or "",
        author=r.author or "",
        at=r.at or "",
    )
