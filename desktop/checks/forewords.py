"""Books that go out without a foreword: told when they are sealed, and nothing more than a suggestion."""

from __future__ import annotations

from desktop.base import LocalText, Message
from desktop.base.richtext import is_blank
from desktop.guideline.foreword import foreword
from desktop.guideline.pack import Pack
from desktop.guideline.signing import package_books
from desktop.workspace.plan import Plan


def unwritten(plan: Plan, pack: Pack) -> tuple[LocalText, ...]:
    """The titles of the books of the package that have no foreword in any language."""
    found = ((book, foreword(book)) for book in package_books(pack))
    return tuple(
        book.title
        for book, chapter in found
        if chapter is not None
        and all(is_blank(text) for text in plan.answer(f"chapter.{chapter.id}").text.values.values())
    )


def told(plan: Plan, pack: Pack) -> Message | None:
    """The sentence about them; None where every book has one."""
    titles = unwritten(plan, pack)
    return Message("checks.foreword.empty", n=len(titles)) if titles else None
