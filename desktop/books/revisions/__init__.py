"""The comparison of revisions: two states of a plan, on paper (*perbandingan revisi*)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.base import Language, Message
from desktop.base.message import Param
from desktop.guideline.pack import PageRef

TITLE = Message("books.revisions.title")
What = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Said:
    """What one field says before and after; ``label`` is empty where the thing is the field itself."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is there, is gone, or is not what it was."""

    what: What
    page: PageRef | None
    """Where it is seen, in the later state or else in the earlier one."""
    dimension: str
    """Of a programme, which may be gone by now: where it is printed."""
    owner: Param
    """What it belongs to: a programme, a worksheet; empty where it stands for itself."""
    name: Param
    said: tuple[Said, ...]
    of: str = ""
    """What it belongs to once more, as nothing else is called, whatever it is called in a language."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Whole rupiah before and after, of a year, a programme or in all."""

    name: Param
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Money:
    """One of the three figures of the budget: its name, and sums by year and by programme."""

    name: str
    years: tuple[Sum, ...]
    programmes: tuple[Sum, ...]
    """Only those whose sum is not what it was."""


def file_name(language: Language, ending: str = "pdf") -> str:
    """What the file is called: ``perbandingan-revisi.id.pdf``."""
    return f"perbandingan-revisi.{language.value}.{ending}"
