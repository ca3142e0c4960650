"""The way between a field, the page of the journey that shows it, and what that page is called."""

from __future__ import annotations

from typing import get_args, get_type_hints

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.base.message import Param
from desktop.checks.spots import (
    AGENCIES,
    BODIES,
    DECREES,
    EVIDENCE,
    FIGURES,
    INPUTS,
    PROFILE,
    PROGRAMMES,
    SESSIONS,
    STAKEHOLDERS,
    named,
    programme_page,
)
from desktop.guideline import Guideline
from desktop.guideline.foreword import foreword_with
from desktop.guideline.pack import PageRef, Worksheet
from desktop.workspace.listening import subject
from desktop.workspace.plan import Place, Plan
from desktop.workspace.wording import part_of

PAGES: tuple[str, ...] = get_args(get_type_hints(PageRef)["page"])
"""Every kind of page a guideline can name."""
_NAMES = {
    "profile": Message("checks.page.profile"),
    "agencies": Message("checks.page.agencies"),
    "programmes": Message("checks.page.programmes"),
    "evidence": Message("checks.page.evidence"),
    "checks": Message("checks.page.checks"),
    "books": Message("checks.page.books"),
    "package": Message("checks.page.package"),
    "figures": Message("checks.page.figures"),
    "bodies": Message("checks.page.bodies"),
    "decrees": Message("checks.page.decrees"),
    "sessions": Message("checks.page.sessions"),
    "assessment": Message("checks.page.assessment"),
    "stakeholders": Message("checks.page.stakeholders"),
    "inputs": Message("checks.page.inputs"),
    "roadmap": Message("checks.page.roadmap"),
    "leftover": Message("checks.page.leftover"),
}
_WITHIN_PROGRAMMES = ("budget_line", "rpjmd_ceiling", "indicator", "activity", "sub_activity", "risk")


def title_of_page(plan: Plan, guideline: Guideline, page: str, ref: str) -> Param:
    """What a page is called; no page is the whole document."""
    match page:
        case "":
            return Message("checks.page.everything")
        case "form":
            form = guideline.form(ref)
            return form.title if form else ref
        case "worksheet":
            sheet = guideline.worksheet(ref)
            return sheet.title if sheet else ref
        case "chapter":
            return _chapter(guideline, ref)
        case "programmes" if ref:
            programme = next((each for each in plan.programmes if each.id == ref), None)
            return named(programme.title) if programme else _NAMES["programmes"]
        case _:
            return _NAMES.get(page) or page


def _chapter(guideline: Guideline, ref: str) -> Param:
    """A chapter with its number in its book, or a whole book."""
    before = foreword_with(guideline.pack, ref)
    if before is not None:
        return Message("checks.page.foreword", title=before[1].title, book=before[0].title)
    for book in guideline.pack.books:
        if book.id == ref:
            return book.title
        for numbered in guideline.chapters(book):
            if numbered.chapter.id == ref:
                number = f"{book.code}.{numbered.number}"
                return Message("checks.page.chapter", number=number, title=numbered.chapter.title)
    return ref


def title_of_subject(plan: Plan, guideline: Guideline, item: str) -> Param:
    """What an input is about, in words: a programme, a chapter, a dimension, another item, or the plan."""
    kind, ref = subject(item)
    match kind:
        case "plan":
            return Message("checks.hearing.whole_plan")
        case "programme":
            programme = next((each for each in plan.programmes if each.id == ref), None)
            return named(programme.title) if programme else Message("checks.hearing.programme_gone")
        case "dimension":
            dimension = guideline.dimension(ref)
            return dimension.name if dimension else ref
        case "chapter":
            return _chapter(guideline, ref)
        case _:
            return guideline.title_of(item)


_PAGE_OF = {
    "plan": PROFILE,
    "agency": AGENCIES,
    "person": AGENCIES,
    "evidence": EVIDENCE,
    "meeting": SESSIONS,
    "attendance": SESSIONS,
    "session_output": SESSIONS,
    "stakeholder": STAKEHOLDERS,
    "input": INPUTS,
    "figure": FIGURES,
    "decree": DECREES,
    "body": BODIES,
    "member": BODIES,
    "score": PageRef(page="assessment"),
}
"""The tables that are shown on one page of their own."""


def page_of(plan: Plan, guideline: Guideline, place: Place) -> PageRef | None:
    """The page that shows a field, if one does: of what is deleted there is none."""
    if place.table in _PAGE_OF:
        return _PAGE_OF[place.table]
    match place.table:
        case "page":
            return _page_said(guideline, place)
        case "programme":
            programme = next((each for each in plan.programmes if each.id == place.row), None)
            return programme_page(programme) if programme else None
        case "answer":
            return _page_of_answer(plan, guideline, place.item, place.scope)
        case "cell" | "row":
            return _page_of_row(plan, guideline, place)
        case table if table in _WITHIN_PROGRAMMES:
            return _page_of_part(plan, table, place.row)
        case _:
            return None


def title_of_place(plan: Plan, guideline: Guideline, place: Place) -> Param | None:
    """What a remark is about, in words: its page or the whole document; None of what is gone."""
    if place.table == "plan" and not place.field:
        return title_of_page(plan, guideline, "", "")
    page = page_of(plan, guideline, place)
    return None if page is None else title_of_page(plan, guideline, page.page, page.ref)


def page_place(page: str, ref: str) -> Place:
    """A whole page of the journey as something to be remarked on; a programme is one by itself."""
    if page == "programmes" and ref:
        return Place("programme", ref)
    return Place("page", item=f"{page}/{ref}")


def book_place(book: str, chapter: str) -> Place:
    """A heading of a book as something to be remarked on: pages move, the chapters of a guideline do not."""
    return Place("page", field="book", item=f"{book}/{chapter}")


def _page_said(guideline: Guideline, place: Place) -> PageRef | None:
    """The page behind such a place; of what this guideline does not have there is none."""
    first, _, ref = place.item.partition("/")
    if place.field == "book":
        if guideline.chapter(ref):
            return PageRef(page="chapter", ref=ref)
        return PageRef(page="books") if any(book.id == first for book in guideline.pack.books) else None
    known = {"form": guideline.form, "worksheet": guideline.worksheet, "chapter": guideline.chapter}
    if first in known and not known[first](ref):
        books = {book.id for book in guideline.pack.books}
        return PageRef(page="chapter", ref=ref) if first == "chapter" and ref in books else None
    return PageRef(page=first, ref=ref) if first in PAGES else None  # type: ignore[arg-type]  # it is one


def title_of_book_part(guideline: Guideline, place: Place) -> Param:
    """A heading of a book in words: the book, then the chapter with its number."""
    book, _, chapter = place.item.partition("/")
    title = next((each.title for each in guideline.pack.books if each.id == book), None) or book
    return (
        Message("checks.page.book_part", book=title, chapter=_chapter(guideline, chapter))
        if chapter
        else title
    )


def _page_of_answer(plan: Plan, guideline: Guideline, item: str, scope: str) -> PageRef | None:
    if part_of(item) is not None:
        return DECREES
    holder, _, name = item.partition(".")
    if holder == "chapter":
        return PageRef(page="chapter", ref=name) if guideline.chapter(name) else None
    if guideline.form(holder):
        return PageRef(page="form", ref=holder)
    if guideline.worksheet(holder):
        return PageRef(page="worksheet", ref=holder)
    if holder == "evaluation":
        return PageRef(page="assessment")
    programme = next((each for each in plan.programmes if each.id == scope), None)
    return programme_page(programme) if programme else None


def _page_of_row(plan: Plan, guideline: Guideline, place: Place) -> PageRef | None:
    for name, rows in plan.rows.items():
        if any(row.id == place.row for row in rows):
            return PageRef(page="worksheet", ref=name)
    sheet = guideline.worksheet(place.item.partition(".")[0])
    # a row of the guideline can be spoken about before anybody has written in it
    if sheet is not None and place.row in _own_rows(sheet, plan):
        return PageRef(page="worksheet", ref=sheet.id)
    return None


def _own_rows(sheet: Worksheet, plan: Plan) -> set[str]:
    agencies = ["", *(agency.id for agency in plan.agencies)] if sheet.scope == "agency" else [""]
    return {
        derived_id("row", sheet.id, fixed.id, agency) for fixed in sheet.fixed_rows for agency in agencies
    }


def _page_of_part(plan: Plan, table: str, row: str) -> PageRef | None:
    for programme in plan.programmes:
        ids = {
            "budget_line": [line.id for line in programme.budget],
            "rpjmd_ceiling": [ceiling.id for ceiling in programme.ceilings],
            "sub_activity": [sub.id for activity in programme.activities for sub in activity.sub_activities],
            "indicator": [indicator.id for indicator in programme.indicators],
            "activity": [activity.id for activity in programme.activities],
            "risk": [risk.id for risk in programme.risks],
        }[table]
        if row in ids:
            return programme_page(programme)
    return None


def agency_name(plan: Plan, agency: str) -> Param:
    """An agency as a list names it, short where it can be; none is everybody."""
    found = plan.agency(agency)
    if found is None:
        return Message("checks.page.everybody")
    return found.short_name or LocalText(dict(found.name.values))


__all__ = ["PAGES", "PROGRAMMES", "agency_name", "page_of", "title_of_page"]
