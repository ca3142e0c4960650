"""What fields of first-class rows are answered by: the program's own lists, and rows of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import LocalText
from desktop.exchange.values import Option
from desktop.workspace import groundwork
from desktop.workspace.choices import choice_name

if TYPE_CHECKING:
    from desktop.ui.session import Session

_FIXED = {
    ("decree", "kind"): groundwork.DECREE_KINDS,
    ("decree", "state"): groundwork.DECREE_STATES,
    ("member", "position"): groundwork.POSITIONS,
    ("meeting", "kind"): groundwork.MEETING_KINDS,
    ("session_output", "state"): groundwork.OUTPUT_STATES,
    ("stakeholder", "kind"): groundwork.STAKEHOLDER_KINDS,
    ("input", "channel"): groundwork.CHANNELS,
    ("input", "decision"): groundwork.DECISIONS,
    ("score", "by"): groundwork.SCORERS,
}


def picks(session: Session, table: str, name: str) -> tuple[Option, ...]:
    """What a field of a table can be; empty where no list of ours answers it."""
    known = _FIXED.get((table, name))
    if known is not None:
        return tuple(Option(each, choice_name(table, each)) for each in known)
    match table, name:
        case "person", "role":
            return tuple(Option(role.id, role.label) for role in session.pack.roles)
        case "meeting", "session":
            return tuple(Option(each.id, each.title) for each in session.pack.sessions)
        case "meeting", "body":
            return tuple(Option(each.id, body_name(session, each.id)) for each in session.plan.bodies)
        case _:
            return ()


def body_name(session: Session, row: str) -> LocalText:
    """What a body of the region is called: its own name, else the guideline's, with its dimension."""
    body = next((each for each in session.plan.bodies if each.id == row), None)
    if body is None:
        return LocalText()
    if body.name:
        return LocalText(dict(body.name.values))
    known = next((each for each in session.pack.bodies if each.id == body.body), None)
    name = known.name if known is not None else LocalText({"id": body.body})
    dimension = session.guide.dimension(body.dimension)
    if dimension is None:
        return name
    both = (name, dimension.name)
    return LocalText({
        code: " – ".join(each.texts.get(code) or each.read("id") for each in both) for code in ("id", "en")
    })  # fmt: skip
