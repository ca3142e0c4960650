"""From plan and guideline to a document: the guideline's book, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.base import Language, LocalText, Message, RancangError
from desktop.base.richtext import Run
from desktop.books.blocks import BLOCKS
from desktop.books.blocks.forms import is_letter
from desktop.books.blocks.narrative import narrative
from desktop.books.blocks.signatures import signatures
from desktop.books.composer import Composer
from desktop.books.document import (
    Callout,
    Cover,
    Document,
    Figure,
    Heading,
    Labels,
    Source,
    Stamp,
    Table,
)
from desktop.books.references import beyond
from desktop.books.words import Words, shortened
from desktop.guideline.pack import Block, Book, Chapter, Pack
from desktop.workspace.plan import Place, Plan

_NO_FINDINGS: Mapping[str, Message] = {}


class UnknownBook(RancangError):
    """The guideline has no book with this id."""

    def __init__(self, book: str, known: str) -> None:
        super().__init__(Message("books.unknown_book", book=book, known=known))


def compose(
    plan: Plan,
    pack: Pack,
    book_id: str,
    language: Language,
    *,
    draft: bool,
    test: bool = False,
    findings: Mapping[str, Message] = _NO_FINDINGS,
) -> Document:
    """One book of the guideline, filled with what the plan says, in one language.

    ``draft``: mandatory findings are open; the book says so on every page. ``test``: it will be signed
    with a test identity. ``findings``: the sentences of findings that were set aside, by their key.
    Numbers are the same in every language. Raises :class:`UnknownBook`.
    """
    made = composing(plan, pack, book_id, language, draft=draft, test=test, findings=findings)
    return next(document for document in made if document is not None)


def composing(
    plan: Plan,
    pack: Pack,
    book_id: str,
    language: Language,
    *,
    draft: bool,
    test: bool = False,
    findings: Mapping[str, Message] = _NO_FINDINGS,
    on_screen: bool = False,
) -> Iterator[Document | None]:
    """The same step by step, for a window that must not wait: None after every block, the book at the end.

    ``on_screen``: texts that are still empty get a place where they can be written.
    """
    book = next((book for book in pack.books if book.id == book_id), None)
    if book is None:
        raise UnknownBook(book_id, ", ".join(book.id for book in pack.books))
    to = Composer(plan, pack, book, language, findings, draft=draft)
    to.on_screen = on_screen
    for _ in _filling(to):
        yield None
    yield _document(to, test=test)


def _filled(to: Composer) -> Composer:
    """A book with all its elements, references still as they were written."""
    for _ in _filling(to):
        pass
    return to


def _filling(to: Composer) -> Iterator[Block]:
    """Write a book chapter by chapter; after each block there may be a pause."""
    for entry in to.guide.chapters(to.book):
        chapter = entry.chapter
        has_sections = bool(chapter.chapters)
        to.chapter(
            entry.number, entry.level, chapter.title, f"chapter/{chapter.id}", has_sections=has_sections
        )
        if entry.number == "1":
            _warning(to)
        yield from _body(to, chapter)
    if to.book.signers and not _signs(to.book.chapters):
        _signature_page(to)


def printed(plan: Plan, pack: Pack, book: Book, language: Language) -> dict[str, str]:
    """What references to this book's headings, tables and figures read, by ``kind/id``."""
    return {key: label for key, label, _ in placed(plan, pack, book, language)}


def placed(plan: Plan, pack: Pack, book: Book, language: Language) -> Iterator[tuple[str, str, str]]:
    """The same with what each is about: key, what a reference reads, title or caption."""
    to = _filled(Composer(plan, pack, book, language, _NO_FINDINGS, draft=False))
    places = to.places()
    for element in to.elements:
        if isinstance(element, Heading | Table | Figure) and element.target:
            title = element.text if isinstance(element, Heading) else element.caption
            yield element.target, places[element.target], title


def _warning(to: Composer) -> None:
    """What nobody may overlook opens the first chapter."""
    count = len(to.plan.conflicts)
    if count:
        title = to.words.say(Message("books.differing.title", n=count))
        to.add(Callout(title, ((Run(to.words.say(Message("books.differing.text"))),),)))


def _body(to: Composer, chapter: Chapter) -> Iterator[Block]:
    shows = [block.show for block in chapter.blocks]
    text = Source("chapter", chapter.id, Place("answer", item=f"chapter.{chapter.id}"))
    if "text" not in shows and to.plan.answer(f"chapter.{chapter.id}").text:
        to.source = text
        narrative(to, chapter)
    for block in chapter.blocks:
        if block.show == "text":
            to.source = text
            narrative(to, chapter)
        else:
            to.source = _page_of(to, block)
            BLOCKS[block.show](to, block)
        to.source = None
        yield block


_PAGES = {
    "region": "profile",
    "agencies": "agencies",
    "signatures": "agencies",
    "evidence": "evidence",
    "set_aside": "checks",
    "form": "form",
    "worksheet": "worksheet",
}
"""The pages of the journey where what a block shows is written; all others come from the programmes."""


def _page_of(to: Composer, block: Block) -> Source:
    page = _PAGES.get(block.show, "programmes")
    if block.show in {"readiness_radar", "readiness_shares"} and to.pack.readiness is not None:
        return Source("worksheet", to.pack.readiness.worksheet)
    return Source(page, block.ref if page in {"form", "worksheet"} else "")


def _signs(chapters: tuple[Chapter, ...]) -> bool:
    return any(
        any(block.show == "signatures" for block in chapter.blocks) or _signs(chapter.chapters)
        for chapter in chapters
    )


def _signature_page(to: Composer) -> None:
    number = str(sum(1 for entry in to.guide.chapters(to.book) if entry.level == 1) + 1)
    title = LocalText({to.words.language.value: to.words.say(Message("books.signature.page"))})
    to.chapter(number, 1, title, "chapter/signatures", has_sections=False)
    signatures(to, Block(show="signatures"))


def _document(to: Composer, *, test: bool) -> Document:
    words, plan, book = to.words, to.plan, to.book
    region, title = plan.region.name, words.local(book.title)
    years = words.years(plan.first_year, plan.last_year)
    guideline = words.say(Message("books.guideline", title=to.pack.pack.title, version=to.pack.pack.version))
    return Document(
        id=book.id,
        title=shortened(f"{title} – {region} {years}"),
        subject=guideline,
        author=words.say(Message("books.author", region=region)),
        language=words.language,
        moment=plan.changed_at,
        cover=_cover(to, (region, title, years, guideline)),
        labels=_labels(words),
        running_head=(title, f"{region} {years}"),
        running_foot=words.say(Message("books.foot", guideline=guideline, head=plan.head[:12])),
        elements=to.finished(lambda: beyond(plan, to.pack, book, words.language)),
        watermark=_stamp(words) if to.draft else None,
        notices=tuple(_notices(to, test=test)),
        letter=is_letter(book),
    )


def _cover(to: Composer, parts: tuple[str, str, str, str]) -> Cover:
    region, title, years, guideline = parts
    words, plan, info = to.words, to.plan, to.pack.pack
    lines = [guideline]
    if info.status != "in-force" or not info.verified:
        lines.append(words.say(Message("books.guideline.unconfirmed")))
    lines.append(words.say(Message("books.state", date=plan.changed_at.date())))
    return Cover(
        _overline(to, to.book), title, region, plan.region.province, years, tuple(lines), plan.region.code
    )


def _overline(to: Composer, book: Book) -> str:
    match book.kind:
        case "book":
            return to.words.say(Message("books.kind.book", code=book.code))
        case "application":
            return to.words.say(Message("books.kind.application"))
        case "commitment":
            return to.words.say(Message("books.kind.commitment"))
        case _:
            return to.words.say(Message("books.kind.memorandum"))


def _stamp(words: Words) -> Stamp:
    return Stamp(words.say(Message("books.draft.word")), words.say(Message("books.draft.sentence")))


def _notices(to: Composer, *, test: bool) -> list[str]:
    say, notices = to.words.say, []
    if to.pack.pack.status != "in-force":
        notices.append(say(Message(f"books.notice.guideline_{to.pack.pack.status}")))
    if to.plan.example:
        notices.append(say(Message("books.notice.example")))
    if test:
        notices.append(say(Message("books.notice.test")))
    if to.plan.conflicts:
        notices.append(say(Message("books.differing.title", n=len(to.plan.conflicts))))
    return notices


def _labels(words: Words) -> Labels:
    say = words.say
    return Labels(
        contents=say(Message("books.contents")),
        tables=say(Message("books.contents.tables")),
        figures=say(Message("books.contents.figures")),
        table=say(Message("books.table")),
        figure=say(Message("books.figure")),
        page_of=say(Message("books.page_of")),
        continued=say(Message("books.continued")),
        sign_here=say(Message("books.signature.here")),
    )
