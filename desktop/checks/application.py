"""The documents of the application: parties of the memorandum, the presentation, signed commitments."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message, richtext
from desktop.base.richtext import is_blank
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.references import references
from desktop.checks.registry import check_rule, word
from desktop.checks.spots import AGENCIES, PROGRAMMES, SESSIONS
from desktop.guideline.meanings import item_saying
from desktop.guideline.pack import Book, Chapter, PageRef, Rule
from desktop.workspace.plan import Place

SIGNED = "commitment"
"""The field of an agency that its signed commitment sheet is evidence for."""


@check_rule("memorandum_parties")
def memorandum_parties(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A memorandum has two parties, somebody who signs for each, and (``form``) the other party's name."""
    held = {person.role for person in reading.plan.people if person.name.strip()}
    roles = {role.id: role for role in reading.pack.roles}
    form = word(rule, "form")
    for book in (book for book in reading.pack.books if book.kind == "memorandum"):
        signing = [roles[role] for role in dict.fromkeys(book.signers) if role in roles]
        for role in signing:
            if role.id not in held:
                message = Message("checks.memorandum.signatory", role=role.label)
                yield Hit(message, Place("person", field="role", item=role.id), AGENCIES, book.id)
        if len({role.party for role in signing}) < 2:
            place = Place("answer", item=f"chapter.{book.chapters[0].id}")
            page = PageRef(page="chapter", ref=book.chapters[0].id)
            yield Hit(Message("checks.memorandum.one_party", book=book.title), place, page)
        item = item_saying(reading.pack, form, "name_ministry")
        asked = reading.find(item) if item else None
        if asked is not None and not asked.answered(reading.source):
            yield Hit(Message("checks.memorandum.party"), asked.place(reading.source), asked.spot.page)


@check_rule("presentation_tied")
def presentation_tied(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """The head of region presents the masterplan: its programmes are named, what is quoted is written.

    Source: assessors ask that everything be tied to the masterplan (facts.md 3.5).
    """
    for book in (book for book in reading.pack.books if book.kind == "presentation"):
        if not reading.plan.programmes:
            message = Message("checks.presentation.no_programme", book=book.title)
            yield Hit(message, Place("programme"), PROGRAMMES, book.id)
        for chapter in _walk(book.chapters):
            yield from _quotes(reading, book, chapter)
            yield from _names(reading, chapter)


def _walk(chapters: tuple[Chapter, ...]) -> Iterator[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _walk(chapter.chapters)


def _quotes(reading: Reading, book: Book, chapter: Chapter) -> Iterator[Hit]:
    """What the sheet takes from another chapter is written there."""
    for block in chapter.blocks:
        if block.show != "text" or not block.ref:
            continue
        item = f"chapter.{block.ref}"
        if is_blank(reading.plan.answer(item).text.values.get(reading.source, "")):
            message = Message("checks.presentation.quoted", book=book.title, chapter=chapter.title)
            place = Place("answer", language=reading.source, item=item)
            yield Hit(message, place, PageRef(page="chapter", ref=block.ref), chapter.id)


def _names(reading: Reading, chapter: Chapter) -> Iterator[Hit]:
    """What is written for the sheet alone names a programme: by reference, or by its title."""
    text = reading.plan.answer(f"chapter.{chapter.id}").text.values.get(reading.source, "")
    if is_blank(text) or any(run.href.startswith("ref:") for run in references(text)):
        return
    plain = richtext.plain_text(text).casefold()
    titles = (
        each.title.values.get(reading.source, "").strip().casefold() for each in reading.plan.programmes
    )
    if any(title and title in plain for title in titles):
        return
    place = Place("answer", language=reading.source, item=f"chapter.{chapter.id}")
    message = Message("checks.presentation.untied", chapter=chapter.title)
    yield Hit(message, place, PageRef(page="chapter", ref=chapter.id))


@check_rule("commitment_unsigned")
def commitment_unsigned(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """The head of every agency that leads a programme has signed: the sheet is among the evidence.

    Source: heads of agencies sign at the fourth guidance session (facts.md 3.3).
    """
    if not any(book.per == "agency" and book.kind == "commitment" for book in reading.pack.books):
        return
    leading = {each.lead for each in reading.plan.programmes}
    for agency in reading.plan.agencies:
        place = Place("agency", agency.id, SIGNED)
        if agency.id in leading and not reading.has_evidence(place):
            name = agency.short_name or agency.name.read(reading.source) or agency.code
            yield Hit(Message("checks.commitment.unsigned", agency=name), place, SESSIONS)
