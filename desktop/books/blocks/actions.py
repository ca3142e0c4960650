"""Activities (the action plan) and risks: the worksheets that the guideline binds to them."""

from __future__ import annotations

from desktop.base import Message
from desktop.books.blocks.worksheets import sheet_table
from desktop.books.composer import Composer
from desktop.guideline.pack import Block


def activities(to: Composer, _block: Block) -> None:
    """The action plan."""
    _bound(to, "activity", Message("books.activities.none"))


def risks(to: Composer, _block: Block) -> None:
    """The risks and how they are met."""
    _bound(to, "risk", Message("books.risks.none"))


def _bound(to: Composer, binding: str, nothing: Message) -> None:
    sheets = [s for s in to.pack.worksheets if s.binding == binding and to.plan.rows.get(s.id)]
    for sheet in sheets:
        sheet_table(to, sheet)
    if not sheets:
        to.note(nothing)
