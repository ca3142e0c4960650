"""From plan and guideline to a document: the guideline's book, chapter by chapter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from desktop.base import Language, LocalText, Message, RancangError
from desktop.base.richtext import Run
from desktop.books.blocks import BLOCKS
from desktop.books.blocks.brief import BRIEF
from desktop.books.blocks.foreword import write_foreword
from desktop.books.blocks.letters import is_letter
from desktop.books.blocks.narrative import narrative, quoted, says_anything
from desktop.books.blocks.signatures import signatures, signer_of
from desktop.books.composer import Composer
from desktop.books.document import (
    Callout,
    Cover,
    Document,
    Figure,
    Heading,
    Source,
    Table,
)
from desktop.books.emblem import emblem_of
from desktop.books.marks import draft_mark, labels_of, notices
from desktop.books.matter import back_matter, imprint
from desktop.books.references import beyond
from desktop.books.words import shortened
from desktop.guideline.pack import Block, Book, Chapter, Pack
from desktop.workspace.plan import Place, Plan
from desktop.workspace.wording import conflicts_apart

_NO_FINDINGS: Mapping[str, Message] = {}


class UnknownBook(RancangError):
    """The guideline has no book with this id."""

    def __init__(self, book: str, known: str) -> None:
        super().__init__(Message("books.unknown_book", book=book, known=known))


def compose(  # noqa: PLR0913 - what a book is made from and what it says of itself, one by one
    plan: Plan,
    pack: Pack,
    book_id: str,
    language: Language,
    *,
    draft: bool,
    test: bool = False,
    findings: Mapping[str, Message] = _NO_FINDINGS,
    agency: str = "",
    today: dt.date | None = None,
) -> Document:
    """One book of the guideline, filled with what the plan says, in one language.

    ``draft``: mandatory findings are open; the book says so on every page. ``test``: it will be signed
    with a test identity. ``findings``: the sentences of findings that were set aside, by their key.
    ``agency``: whose copy, of a document printed once for each agency (empty = the form to be filled in).
    ``today``: the day of printing, where it is not the present one.
    Numbers are the same in every language. Raises :class:`UnknownBook`.
    """
    book = _book(pack, book_id)
    to = _filled(Composer(plan, pack, book, language, findings, draft=draft, agency=agency, today=today))
    return document_of(to, test=test)


def _book(pack: Pack, book_id: str) -> Book:
    book = next((book for book in pack.books if book.id == book_id), None)
    if book is None:
        raise UnknownBook(book_id, ", ".join(book.id for book in pack.books))
    return book


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
    to = Composer(plan, pack, _book(pack, book_id), language, findings, draft=draft)
    to.on_screen = on_screen
    for _ in _filling(to):
        yield None
    yield document_of(to, test=test)


def _filled(to: Composer) -> Composer:
    """A book with all its elements, references still as they were written."""
    for _ in _filling(to):
        pass
    return to


def _filling(to: Composer) -> Iterator[Block]:
    """Write a book chapter by chapter; after each block there may be a pause."""
    write_foreword(to)
    for entry in to.guide.chapters(to.book):
        chapter = entry.chapter
        if _is_silent(to, chapter):
            continue
        if to.book.kind in _LETTERS:
            _part_of_letter(to, chapter)
        else:
            has_sections = bool(chapter.chapters)
            to.chapter(
                entry.number, entry.level, chapter.title, f"chapter/{chapter.id}", has_sections=has_sections
            )
        if entry.number == "1":
            _warning(to)
        yield from _body(to, chapter)
    if to.book.kind == "book" and not to.on_screen:
        back_matter(to)
    if to.book.signers and not _signs(to.book.chapters):
        _signature_page(to)


_LETTERS = frozenset({"memorandum", "statement"})
"""Documents whose parts are no numbered chapters."""


def _is_silent(to: Composer, chapter: Chapter) -> bool:
    """Whether a part of a letter is nothing but a text that nobody wrote: then it is left out."""
    own = all(block.show == "text" and not block.ref for block in chapter.blocks)
    return is_letter(to.book) and not to.on_screen and own and not says_anything(to, chapter)


def _part_of_letter(to: Composer, chapter: Chapter) -> None:
    """A memorandum counts its articles; who signs, and what a statement says, needs no heading."""
    shows = {block.show for block in chapter.blocks}
    target = f"chapter/{chapter.id}"
    if to.on_screen and (to.book.kind == "statement" or shows <= {"parties", "signatures", "worksheet"}):
        to.unnumbered(to.words.local(chapter.title), target)
    elif to.book.kind == "memorandum" and not shows <= {"parties", "signatures", "worksheet"}:
        to.article(to.words.local(chapter.title), target, to.words.local_foreign(chapter.title))


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
    count = len(conflicts_apart(to.plan))
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
            cited = to.guide.chapter(block.ref) if block.ref else None
            to.source = Source("chapter", cited.id) if cited is not None else text
            if cited is not None:
                quoted(to, cited)
            else:
                narrative(to, chapter)
        else:
            to.source = _page_of(to, block)
            _block(to, block)
        to.source = None
        yield block


def _block(to: Composer, block: Block) -> None:
    """A block in the form that fits the document: a sheet of a page or two has no long tables."""
    brief = to.book.kind == "presentation" or (block.show == "budget" and to.book.per)
    made = BRIEF.get(block.show) if brief else None
    (made or BLOCKS[block.show])(to, block)


_PAGES = {
    "region": "profile",
    "agencies": "agencies",
    "figures": "figures",
    "bodies": "bodies",
    "decrees": "decrees",
    "signatures": "agencies",
    "evidence": "evidence",
    "set_aside": "checks",
    "stakeholders": "stakeholders",
    "inputs": "inputs",
    "form": "form",
    "worksheet": "worksheet",
    "sessions": "sessions",
    "parties": "form",
}
"""The pages of the journey where what a block shows is written; all others come from the programmes."""


def _page_of(to: Composer, block: Block) -> Source:
    page = _PAGES.get(block.show, "programmes")
    if block.show in {"readiness_radar", "readiness_shares", "assessment"} and to.pack.readiness is not None:
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


def document_of(to: Composer, *, test: bool) -> Document:
    """What was composed as a document, with cover, foot and notices."""
    words, plan, book = to.words, to.plan, to.book
    region, title = plan.region.name, words.local(book.title)
    if to.whose is not None:
        title = f"{title} – {to.agency(to.whose.id)}"
    years = words.years(plan.first_year, plan.last_year)
    guideline = words.say(Message("books.guideline", title=to.pack.pack.title, version=to.pack.pack.version))
    elements = to.finished(lambda: beyond(plan, to.pack, book, words.language))
    return Document(
        id=book.id,
        title=shortened(f"{title} – {region} {years}"),
        subject=guideline,
        author=words.say(Message("books.author", region=region)),
        language=words.language,
        moment=plan.changed_at,
        cover=_cover(to, (region, title, years, guideline)),
        labels=labels_of(words),
        running_head=(title, f"{region} {years}"),
        running_foot=words.say(Message("books.foot", guideline=guideline, head=plan.head[:12])),
        elements=elements[to.front :],
        front=elements[: to.front],
        watermark=draft_mark(words) if to.draft else None,
        notices=notices(
            words, to.pack.pack.status, example=plan.example, test=test, differing=len(conflicts_apart(plan))
        ),
        letter=is_letter(book),
        short=book.kind == "presentation",
        imprint=() if is_letter(book) else imprint(to, title, guideline),
        letterhead=_letterhead(to) if book.kind == "statement" else (),
        emblem=emblem_of(plan),
    )


def _letterhead(to: Composer) -> tuple[str, ...]:
    """Whose letter it is: the government, then the agency or the office that signs first."""
    lines = [to.words.say(Message("books.letterhead.government", region=to.plan.region.name))]
    if to.whose is not None:
        lines.append(to.agency(to.whose.id))
    elif to.book.signers:
        lines.append(signer_of(to, to.book.signers[0]).office)
    return tuple(line.upper() for line in lines)


def _cover(to: Composer, parts: tuple[str, str, str, str]) -> Cover:
    region, title, years, guideline = parts
    words, plan, info = to.words, to.plan, to.pack.pack
    lines = [guideline]
    if info.status != "in-force" or not info.verified:
        lines.append(words.say(Message("books.guideline.unconfirmed")))
    lines.append(words.say(Message("books.state", date=plan.changed_on)))
    kind = _overline(to, to.book)
    if kind.casefold() == title.casefold():
        kind = ""
    return Cover(kind, title, region, plan.region.province, years, tuple(lines), plan.region.code)


def _overline(to: Composer, book: Book) -> str:
    match book.kind:
        case "book":
            return to.words.say(Message("books.kind.book", code=book.code))
        case "application":
            return to.words.say(Message("books.kind.application"))
        case "commitment":
            return to.words.say(Message("books.kind.commitment"))
        case "presentation":
            return to.words.say(Message("books.kind.presentation"))
        case "statement":
            return to.words.say(Message("books.kind.statement"))
        case _:
            return to.words.say(Message("books.kind.memorandum"))
