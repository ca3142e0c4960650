"""The ground a region stands on: figures, bodies, decrees, meetings, session outputs, scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.workspace.value import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure of the guideline was in a calendar year, and who says so.

    ``value`` is a decimal as text, whole rupiah as text, or a choice id, as the measure asks.
    """

    id: str
    measure: str
    year: int
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Decree:
    """A decree, regulation or agreement (*SK, Perkada, Perda*) with its day and validity (ISO days)."""

    id: str
    kind: str
    """``sk``, ``perkada``, ``perda``, ``circular``, ``agreement`` or ``other``."""
    number: str
    date: str
    title: Text
    state: str
    """``planned``, ``drafted``, ``issued`` or ``repealed``."""
    signer: str
    since: str
    until: str
    order: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a body: one of the plan's people, or a name with an institution."""

    id: str
    person: str
    name: str
    office: Text
    institution: str
    position: str
    """``chair``, ``vice_chair``, ``secretary``, ``coordinator`` or ``member``."""
    outsider: bool
    """Whether the person comes from outside the regional government."""
    order: str


@dataclass(frozen=True, slots=True)
class Body:
    """A council, team, forum or working group as the region has set it up.

    ``body`` is the guideline's id; ``dimension`` tells the working groups apart and is empty elsewhere.
    """

    id: str
    body: str
    dimension: str
    name: Text
    """The region's own name for it, if it has one."""
    decree: str
    task: Text
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody on the list of a meeting."""

    id: str
    person: str
    agency: str
    name: str
    office: str
    institution: str
    present: bool
    order: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A guidance session, meeting of a body, consultation (*FGD*) or visit that took or takes place."""

    id: str
    kind: str
    """``bimtek``, ``meeting``, ``consultation`` or ``visit``."""
    session: str
    """The guideline's guidance session, if it is one."""
    body: str
    """The row of :class:`Body` that met, if one did."""
    title: Text
    start: str
    end: str
    place: str
    leader: str
    agenda: Text
    result: Text
    attendance: tuple[Attendance, ...]
    order: str


@dataclass(frozen=True, slots=True)
class SessionOutput:
    """How far something due at a guidance session is, and who signed it off (ISO days)."""

    id: str
    session: str
    output: str
    state: str
    """``open``, ``drafted`` or ``done``."""
    due: str
    done_on: str
    signed_by: str
    note: str


@dataclass(frozen=True, slots=True)
class Score:
    """What somebody other than the region gives an item: an assessor, an evaluator, a mentor."""

    id: str
    item: str
    scope: str
    by: str
    """``assessor``, ``evaluator`` or ``mentor``."""
    value: str
    note: str
    author: str
    at: str
