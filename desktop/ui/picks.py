"""What fields of first-class rows are answered by: the program's own lists, and rows of the plan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.books.words import shortened
from desktop.exchange.values import Option
from desktop.workspace.choices import CHOICES, choice_name
from desktop.workspace.listening import ABOUT_CHAPTER, ABOUT_DIMENSION, ABOUT_PROGRAMME
from desktop.workspace.organisation import Meeting

if TYPE_CHECKING:
    from desktop.guideline.lookup import Numbered
    from desktop.ui.session import Session
    from desktop.workspace.organisation import Decree


def picks(session: Session, table: str, name: str) -> tuple[Option, ...]:
    """What a field of a table can be; empty where no list of ours answers it."""
    known = CHOICES.get((table, name))
    if known is not None:
        return tuple(Option(each, choice_name(table, each)) for each in known)
    match table, name:
        case "person", "role":
            return tuple(Option(role.id, role.label) for role in session.pack.roles)
        case "meeting", "session":
            return tuple(Option(each.id, each.title) for each in session.pack.sessions)
        case "meeting", "body":
            return tuple(Option(each.id, body_name(session, each.id)) for each in session.plan.bodies)
        case "input", "stakeholder":
            return tuple(
                Option(each.id, each.name) for each in session.plan.stakeholders if each.name.strip()
            )
        case "input", "meeting":
            return tuple(Option(each.id, meeting_name(each)) for each in session.plan.meetings)
        case "input", "item":
            return subjects(session)
        case "body", "decree":
            return tuple(Option(each.id, _decree_name(each)) for each in session.plan.decrees)
        case _:
            return ()


def meeting_name(meeting: Meeting) -> Message:
    """A meeting by its day and title."""
    title = LocalText(dict(meeting.title.values)) if meeting.title else Message("checks.untitled")
    return Message("ui.meeting.called", day=day_said(meeting.start), title=title)


def day_said(iso: str) -> Param:
    """An ISO day to be said in words, or a dash."""
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return "\N{EN DASH}"


def subjects(session: Session) -> tuple[Option, ...]:
    """What an input can be about: a programme, a dimension, a chapter of a book."""
    plan, guide = session.plan, session.guide
    found = [
        Option(f"{ABOUT_PROGRAMME}{each.id}", LocalText(each.title.values) if each.title else each.code)
        for each in plan.programmes
    ]
    found += [
        Option(f"{ABOUT_DIMENSION}{each.id}", Message("ui.input.about_dimension", dimension=each.name))
        for each in session.pack.dimensions
    ]
    for book in session.pack.books:
        for numbered in guide.chapters(book) if book.kind == "book" else ():
            item = f"{ABOUT_CHAPTER}{numbered.chapter.id}"
            found.append(Option(item, _chapter(book.code, numbered)))
    return tuple(found)


def _chapter(code: str, numbered: Numbered) -> Message:
    number = f"{code}.{numbered.number}"
    return Message("checks.page.chapter", number=number, title=numbered.chapter.title)


def _decree_name(decree: Decree) -> LocalText | Message | str:
    """A decree in a list: its number, else what it is about."""
    title = {code: shortened(text, 40) for code, text in decree.title.values.items() if text.strip()}
    return decree.number.strip() or LocalText(title) or Message("ui.decree.unnamed")


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
