"""Who is working: the name and role that stand beside every change in the history."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Author:
    """A person at work; ``role`` is one of secretary, agency, mentor, assessor, or free text."""

    name: str
    role: str = ""
