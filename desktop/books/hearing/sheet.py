"""The input sheet (*lembar masukan*): what the plan is, and a table to say something about each part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.base import Language, Message
from desktop.base.richtext import Run, plain_text
from desktop.books.composer import Composer
from desktop.books.document import Column, Cover, Document, Inline, Row
from desktop.books.hearing.codes import programme_codes, sheet_code
from desktop.books.hearing.paper import Paper, paper
from desktop.books.words import EMPTY, shortened
from desktop.checks.words import says_nothing
from desktop.guideline.pack import Chapter, Pack
from desktop.workspace.choices import choice_name
from desktop.workspace.hearing import Stakeholder
from desktop.workspace.plan import Plan, Programme

FREE_ROWS = 6
"""Rows for input on anything else; people may add more."""
HAND_LINES = 5
"""Lines to write on by hand in each row."""
_VISION_WORDS = 110
"""So many words of the vision stand on a sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that goes out: the document and the code it is recognised by."""

    code: str
    document: Document


def compose_sheet(
    plan: Plan,
    pack: Pack,
    language: Language,
    stakeholder: Stakeholder | None = None,
    *,
    on_paper: bool = False,
) -> Sheet:
    """The sheet of one stakeholder, or one that anybody may fill in. ``on_paper``: with room to write.

    No contact data stands on it: the sheet may pass through many hands.
    """
    code = sheet_code(plan.workspace, stakeholder.id if stakeholder else "", language)
    title = Message("books.sheet.title")
    to = paper(plan, pack, language, "sheet", title)
    room = (Run("\n" * HAND_LINES if on_paper else ""),)
    _opening(to, stakeholder, code)
    _about(to)
    _programmes(to, room)
    _anything_else(to, room)
    _filled_in_by(to, stakeholder, on_paper=on_paper)
    say = to.words.say
    to.minor(say(Message("books.sheet.return")))
    to.note(Message("books.sheet.privacy"))
    return Sheet(code, to.document(code, _cover(to)))


def _cover(to: Paper) -> Cover:
    words, plan = to.words, to.plan
    years = words.years(plan.first_year, plan.last_year)
    title = words.text(plan.title) or words.say(
        Message("books.sheet.plan", region=plan.region.name, years=years)
    )
    overline = words.say(Message("books.sheet.title")).upper()
    return Cover(overline, title, plan.region.name, plan.region.province, years, (), plan.region.code)


def _opening(to: Paper, stakeholder: Stakeholder | None, code: str) -> None:
    say = to.words.say
    name = stakeholder.name.strip() if stakeholder else ""
    to.facts(
        [
            (say(Message("books.sheet.for")), (Run(name or say(Message("books.sheet.anybody"))),)),
            (say(Message("books.sheet.code")), (Run(code),)),
        ]
    )
    to.paragraph(Run(say(Message("books.sheet.how"))))


def _about(to: Paper) -> None:
    words, plan = to.words, to.plan
    to.section(words.say(Message("books.sheet.about")))
    to.paragraph(Run(words.say(Message(
        "books.sheet.what", region=plan.region.name, first=str(plan.first_year), last=str(plan.last_year),
        n=len(plan.programmes),
    ))))  # fmt: skip
    vision = _vision(to)
    if vision:
        to.minor(words.say(Message("books.sheet.vision")))
        to.paragraph(Run(vision))


def _vision(to: Composer) -> str:
    """The beginning of the chapter on the vision, if the guideline has one and it is written."""
    found = sorted(
        (len(chapter.title.read("id")), place, chapter)
        for place, chapter in enumerate(_chapters(to.pack))
        if "visi" in chapter.title.read("id").casefold().split()
    )
    for _, _, chapter in found:
        text = to.words.text(to.plan.answer(f"chapter.{chapter.id}").text)
        words = plain_text(text).split()
        if words and not says_nothing(text):
            return " ".join(words[:_VISION_WORDS]) + (" …" if len(words) > _VISION_WORDS else "")
    return ""


def _chapters(pack: Pack) -> Iterator[Chapter]:
    for book in pack.books:
        if book.kind == "book":
            yield from book.chapters


def _programmes(to: Paper, room: tuple[Inline, ...]) -> None:
    """A row for each programme, by dimension, numbered through."""
    say = to.words.say
    to.section(say(Message("books.sheet.on_programmes")))
    to.paragraph(Run(say(Message("books.sheet.on_programmes.how"))))
    codes = programme_codes(programme.id for programme in to.programmes)
    columns = (
        Column(say(Message("books.sheet.column.code")), width=0),
        Column(say(Message("books.sheet.column.programme")), width=1.5),
        Column(say(Message("books.sheet.column.input")), width=2.2),
    )
    for _, name, programmes in to.by_dimension():
        if programmes:
            to.minor(name)
            to.plain_table(columns, [_programme(to, each, codes[each.id], room) for each in programmes])


def _programme(to: Composer, programme: Programme, code: str, room: tuple[Inline, ...]) -> Row:
    years = to.words.years(programme.start_year, programme.end_year)
    lead = to.agency(programme.lead, short=True)
    told = ", ".join(part for part in (lead, years) if part != EMPTY)
    title = shortened(to.programme_title(programme))
    line = (Run(title), Run("\n"), Run(told, italic=True)) if told else (Run(title),)
    return Row(((Run(code),), line, room))


def _anything_else(to: Paper, room: tuple[Inline, ...]) -> None:
    """Rows for the plan as a whole, a chapter, a dimension, or what is not in the plan yet."""
    say = to.words.say
    to.section(say(Message("books.sheet.on_else")))
    to.paragraph(Run(say(Message("books.sheet.on_else.how"))))
    chapters = "; ".join(_listed(to))
    if chapters:
        to.paragraph(Run(say(Message("books.sheet.chapters", list=chapters))))
    columns = (
        Column(say(Message("books.sheet.column.about")), width=1.0),
        Column(say(Message("books.sheet.column.input")), width=1.8),
        Column(say(Message("books.sheet.column.proposal")), width=1.6),
    )
    to.plain_table(columns, [Row(((Run(""),), room, (Run(""),)))] * FREE_ROWS)


def _listed(to: Composer) -> Iterator[str]:
    """The chapters of the books with the number that names them on a sheet (``II.3``)."""
    for book in to.pack.books:
        if book.kind != "book":
            continue
        for numbered in to.guide.chapters(book):
            if numbered.level == 1 and any(block.show == "text" for block in numbered.chapter.blocks):
                yield f"{book.code}.{numbered.number} {to.words.local(numbered.chapter.title)}"


def _filled_in_by(to: Paper, stakeholder: Stakeholder | None, *, on_paper: bool) -> None:
    say = to.words.say
    to.section(say(Message("books.sheet.by")))
    rows: list[tuple[str, str]] = [
        (say(Message("books.sheet.institution")), stakeholder.name.strip() if stakeholder else ""),
        (
            say(Message("books.sheet.kind")),
            say(choice_name("stakeholder", stakeholder.kind)) if stakeholder else "",
        ),
        (say(Message("books.sheet.author")), ""),
        (say(Message("books.sheet.date")), ""),
    ]
    columns = (Column("", width=0.9, strong=True), Column("", width=2.6))
    hand = "\n" if on_paper else ""
    to.plain_table(
        columns, [Row(((Run(label),), (Run(value or hand),))) for label, value in rows], facts=True
    )


def named_sheets(plan: Plan, wanted: Sequence[str]) -> list[Stakeholder]:
    """The stakeholders with these ids, in the order of the register."""
    return [each for each in plan.stakeholders if each.id in set(wanted)]
