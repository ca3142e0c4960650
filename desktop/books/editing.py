"""Chapters for somebody to edit in Word: their headings, what the guideline asks for, and the texts alone.

Tables and charts that the plan makes are left out: nobody edits them there. What is not written yet has a
place to be written in; where it is written only in another language, that stands beside as an aid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from desktop.base import Language, LocalText, Message, RancangError, render
from desktop.base.jobs import Report
from desktop.base.placing import put
from desktop.base.richtext import Run, plain_text
from desktop.books.blocks.narrative import rich
from desktop.books.composer import Composer
from desktop.books.document import Cover, Document, Element, Heading, Paragraph, Source
from desktop.books.marks import labels_of
from desktop.books.references import beyond
from desktop.books.returnable import CHAPTERS, returning
from desktop.books.words import shortened
from desktop.guideline import Guideline
from desktop.guideline.foreword import foreword
from desktop.guideline.lookup import Numbered
from desktop.guideline.pack import Book, Pack
from desktop.workspace.plan import Place, Plan


class UnknownChapter(RancangError):
    """The guideline has no such chapter with a text of its own."""

    def __init__(self, chapter: str, known: Sequence[str]) -> None:
        super().__init__(Message("books.unknown_chapter", chapter=chapter, known=", ".join(known)))


def chosen_chapters(pack: Pack, wanted: Sequence[str]) -> list[tuple[Book, Numbered]]:
    """The chapters behind these ids, with their sections, in printed order; a book's id means all of it.

    Raises UnknownChapter.
    """
    guide = Guideline(pack)
    all_of = {book.id: [*chapters_of(guide, book)] for book in pack.books}
    known = {each.chapter.id for found in all_of.values() for each in found} | set(all_of)
    for name in wanted:
        if name not in known:
            raise UnknownChapter(name, [e.chapter.id for found in all_of.values() for e in found])
    picked: list[tuple[Book, Numbered]] = []
    seen: set[str] = set()
    for book in pack.books:
        inside = 0
        for each in all_of[book.id]:
            if inside and each.level <= inside:
                inside = 0
            if not inside and (each.chapter.id in wanted or book.id in wanted):
                inside = each.level
            if inside and each.chapter.id not in seen:
                seen.add(each.chapter.id)
                picked.append((book, each))
    return picked


def chapters_of(guide: Guideline, book: Book) -> Iterator[Numbered]:
    """The chapters of a book that may go out, after its foreword, which has no number."""
    made = foreword(book)
    if made is not None:
        yield Numbered("", 1, made)
    yield from guide.chapters(book)


def compose_chapters(
    plan: Plan, pack: Pack, wanted: Sequence[str], language: Language, heads: Sequence[str]
) -> Document:
    """The document that goes out, in one language. Raises UnknownChapter."""
    picked = chosen_chapters(pack, wanted)
    several = len({book.id for book, _ in picked}) > 1
    elements = [
        element
        for book, entries in groupby(picked, key=lambda each: each[0])
        for element in _of_book(plan, pack, book, [each for _, each in entries], language, named=several)
    ]
    title = render(Message("books.editing.title"), language)
    named = picked[0][1] if len(picked) == 1 else None
    if named is not None:
        title = f"{named.number} {named.chapter.title.read(language)}".strip()
    to = Composer(plan, pack, _book(title), language, {}, draft=False)
    foot = to.words.say(Message("books.editing.foot", head=plan.head[:12]))
    author = to.words.say(Message("books.author", region=plan.region.name))
    document = Document(
        CHAPTERS, shortened(f"{title} \N{EN DASH} {plan.region.name}"), foot, author, language,
        plan.changed_at, Cover("", title, plan.region.name, plan.region.province, "", (), plan.region.code),
        labels_of(to.words), (title, plan.region.name), foot,
        (Paragraph((Run(to.words.say(Message("books.editing.how"))),), "note"), *elements), letter=True,
    )  # fmt: skip
    return returning(document, plan, pack, heads)


def _book(title: str) -> Book:
    return Book(id=CHAPTERS, code="", title=LocalText({each.value: title for each in Language}), chapters=())


def _of_book(
    plan: Plan, pack: Pack, book: Book, entries: Sequence[Numbered], language: Language, *, named: bool
) -> Iterator[Element]:
    """Chapters of one book; ``named``: whose they are stands above, for each counts from 1."""
    to = Composer(plan, pack, book, language, {}, draft=False)
    if named:
        to.add(Paragraph((Run(to.words.local(book.title)),), "lead"))
    for entry in entries:
        chapter = entry.chapter
        target = f"chapter/{chapter.id}"
        to.add(Heading(entry.level, entry.number, shortened(to.words.local(chapter.title)), target))
        if not chapter.written:
            continue
        if guidance := to.words.local(chapter.guidance):
            to.add(Paragraph((Run(guidance),), "note"))
        text = plan.answer(f"chapter.{chapter.id}").text
        own = text.values.get(language.value, "")
        if not plain_text(own).strip() and text:
            shown = plain_text(text.read(language, plan.source_language))
            to.note(Message("books.editing.other", text=shown))
        to.source = Source("chapter", chapter.id, Place("answer", item=f"chapter.{chapter.id}"))
        if plain_text(own).strip():
            rich(to, own, example=False)
        else:
            to.paragraph(Run(""))
        to.source = None
    yield from to.finished(lambda: beyond(plan, pack, None, language))


def file_name(pack: Pack, wanted: Sequence[str], language: Language) -> str:
    """What the file is called: ``chapter-II.3.id.docx``, or ``chapters.id.docx`` for several."""
    picked = chosen_chapters(pack, wanted)
    name = f"chapter-{wanted[0]}" if len(wanted) == 1 and picked else CHAPTERS
    return f"{name}.{language.value}.docx"


def write_chapters(
    report: Report, snapshot: Path, target: Path, wanted: tuple[str, ...], language: str
) -> Path:
    """Write chapters of a workspace (or a snapshot of one) for editing; runs as a job.

    Raises UnknownChapter, FileProblem.
    """
    from desktop.books.docx import render_docx
    from desktop.workspace import Workspace
    from desktop.workspace.since import heads

    report(0, 1, Message("books.editing.writing"))
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack, newest = workspace.plan(), workspace.pack(), heads(workspace)
    document = compose_chapters(plan, pack, wanted, Language(language), newest)
    put(target, render_docx(document))
    report(1, 1, Message("books.editing.writing"))
    return target
