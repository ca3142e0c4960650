"""Who was heard and what they said: stakeholders, and their input with what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.workspace.value import Text


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A firm, association, campus, community or citizen with a stake in the plan."""

    id: str
    name: str
    kind: str
    """``industry``, ``academia``, ``community``, ``media``, ``government``, ``citizen`` or ``other``."""
    contact_person: str
    contact: str
    interest: Text
    order: str


@dataclass(frozen=True, slots=True)
class Input:
    """What a stakeholder said about the plan, and the answer to it (*masukan*; ISO days)."""

    id: str
    stakeholder: str
    meeting: str
    """The consultation at which it was said, if it was."""
    author: str
    """Who said it, where that is no registered stakeholder."""
    date: str
    channel: str
    """``meeting``, ``letter``, ``form``, ``online`` or ``other``."""
    item: str
    """What it is about: an item of the guideline (``chapter.II.3``), ``programme/`` or ``dimension/`` with
    its id, or empty for the plan as a whole (:func:`desktop.workspace.listening.subject`)."""
    body: Text
    decision: str
    """``open``, ``accepted``, ``partly`` or ``rejected``."""
    answer: Text
    answered_by: str
    answered_on: str
    programmes: tuple[str, ...]
    """The programmes it changed."""
    order: str
