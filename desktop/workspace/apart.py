"""What people working apart say about the plan and owe it: remarks, deadlines, duties, suggestions."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.workspace.value import Place, Value


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding put aside with a reason (*dikesampingkan dengan alasan*), printed in the books."""

    id: str
    finding: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark of a mentor or colleague about one field (*catatan pendamping*), or an answer to one.

    In a text ``block`` is the id of the block meant and ``quote`` the words marked in it. An agreed
    action has an ``owner`` (an agency) and a ``due`` day.
    """

    id: str
    place: Place
    """What it is about; that may be deleted by now, and the comment is kept."""
    block: str
    quote: str
    body: str
    """Plain text, perhaps of several lines."""
    author: str
    role: str
    at: str
    """When it was written (ISO 8601, UTC): a claim of the writer's clock."""
    state: str
    """``open``, ``answered``, ``done`` or ``declined``; an answer has none of its own (``open``)."""
    parent: str
    """The comment it answers, or empty."""
    owner: str
    due: str
    """ISO date, or empty."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a page of the journey must be done (*tenggat*): by everybody, or by one agency.

    ``page`` and ``ref`` name a place of the journey as the guideline does (``chapter``, ``4``); both
    empty mean the whole document.
    """

    id: str
    page: str
    ref: str
    agency: str
    due: str
    """ISO date."""
    note: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What an agency owes: a page of the journey, who fills it in, and how far that is.

    ``page`` and ``ref`` name a place of the journey as in a :class:`Deadline`.
    """

    id: str
    page: str
    ref: str
    agency: str
    person: str
    """One of the plan's people, or empty."""
    state: str
    """Empty (nobody said anything), ``filled``, ``sent``, ``approved``, ``returned`` or ``not_ours``."""
    by: str
    """Who said so."""
    at: str
    """When (ISO 8601, UTC): a claim of the writer's clock."""
    note: str
    content: str = ""
    """The fingerprint of what stood there when it was sent or approved; empty for what came in a workbook."""
    since: frozenset[str] = frozenset()
    """What the agency itself wrote after that: rows, scopes and items (see ``rewritten``)."""
    given: bool = True
    """Whether it was given to the agency by name; else the agency only said how far it is with its share."""


@dataclass(frozen=True, slots=True)
class Initial:
    """A paraf: somebody has put initials under the plan, or gave it back. The team's own record of paper."""

    id: str
    step: str
    """A step of the guideline."""
    agency: str
    """The agency whose head it is, or empty for a step taken once."""
    state: str
    """``""`` (awaited), ``initialled`` or ``returned``."""
    by: str
    office: str
    """What the person was called who did so."""
    at: str
    """ISO date, or empty."""
    note: str
    evidence: str
    """A file that shows the initialled sheet, or empty; it is no electronic signature."""
    content: str = ""
    """The fingerprint of the agency's part as it was initialled, or empty."""
    since: int = 0
    """How many times something was written into the plan after that (see ``initialled``)."""
    touched: frozenset[str] = frozenset()
    """In what that was written: rows, scopes and items (see ``rewritten``)."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a reviewer would write in a field; the owner accepts or declines it."""

    id: str
    place: Place
    base: Value
    """What stood there when it was made."""
    proposed: Value
    reason: str
    author: str
    role: str
    at: str
    """When it was made (ISO 8601, UTC): a claim of the writer's clock."""
    state: str
    """``open``, ``accepted`` or ``declined``."""
    answer: str
    answered_by: str
    answered_at: str
