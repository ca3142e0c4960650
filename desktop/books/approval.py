"""The approval sheet (*Lembar Pengesahan*): one page that names every document, signed in their place.

Composing it is a function of a few facts and of nothing else, so that whoever has the facts (from the plan,
or from a sealed package) can say what the sheet has to say. A sheet that was signed is compared with it for
ever: a test holds its wording, and a change of that needs a second wording beside this one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.base import Language, Message
from desktop.base.fingerprint import groups_of
from desktop.base.plain import plain
from desktop.base.richtext import Run
from desktop.books.document import (
    Column,
    Cover,
    Document,
    Element,
    Line,
    Paragraph,
    Row,
    Signatures,
    Signer,
    Table,
)
from desktop.books.marks import draft_mark, labels_of, notices
from desktop.books.proof import proof_of
from desktop.books.words import EMPTY, Words
from desktop.guideline.pack import Book, Pack
from desktop.workspace.plan import Text

LONGEST = 1000
"""Signs of one text on the sheet: as many as a manifest holds."""
MOST_PARAFS = 500
"""The first so many count, as in a manifest."""
_LINE = 8
"""Groups of four letters in a line of a hash."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the sheet names it: its title, in which language it is, its pages, SHA-256 as sealed."""

    title: str
    language: Language
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of parafs as the sheet tells it: one person's, or with ``all`` how many of the agencies'."""

    office: str
    name: str = ""
    state: str = "waiting"
    """``waiting``, ``initialled``, ``changed`` or ``returned``."""
    date: str = ""
    """ISO, or empty."""
    done: int = 0
    all: int = 0


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """All that a sheet says; ``digest`` is that of the list, ``fingerprint`` the plan's.

    Texts of people are in the sheet's language, plain and no longer than :data:`LONGEST` (see :func:`said`).
    """

    language: Language
    title: str
    region: str
    region_code: str
    province: str
    first_year: int
    last_year: int
    guideline: str
    guideline_version: str
    guideline_status: str
    head: str
    moment: dt.datetime
    documents: tuple[Listed, ...]
    signers: tuple[Signer, ...]
    initials: tuple[StepTaken, ...]
    digest: str
    keywords: str
    fingerprint: str
    draft: bool = False
    example: bool = False
    test: bool = False


def said(text: str) -> str:
    """A text as the sheet says it."""
    return plain(text).strip()[:LONGEST]


def said_in(texts: Mapping[str, str], language: Language) -> str:
    """A user's text in the sheet's language, else in another."""
    written = {each: text for each, text in sorted(texts.items()) if text.strip()}
    return said(Text(written).read(language, language))


def document_title(pack: Pack, book: str, language: Language) -> str:
    """What a document is called on the sheet; one that the guideline does not know by its id."""
    found = next((each for each in pack.books if each.id == book), None)
    return said(_title(found, Words(language, language))) if found is not None else said(book)


def _title(book: Book, words: Words) -> str:
    title = words.local(book.title)
    if book.kind != "book":
        return title
    return words.say(Message("books.approval.book", code=book.code, title=title))


def signer_on_sheet(words: Words, role: str, office: str, name: str, nip: str) -> Signer:
    """Who signs a sheet, with what stands at the place for it."""
    nobody = words.say(Message("books.signature.no_name"))
    details = words.say(Message("books.signature.nip", nip=said(nip))) if nip else ""
    return Signer(role, said(office) or EMPTY, said(name) or nobody, details)


def compose_sheet(facts: SheetFacts, *, first: bool = False) -> Document:
    """The sheet, in one language; ``first`` as the first ones were worded, which stay valid."""
    words = Words(facts.language, facts.language.value)
    say = words.say
    guideline = say(Message("books.guideline", title=facts.guideline, version=facts.guideline_version))
    title = say(Message("books.approval.title"))
    proof = proof_of(words, facts.fingerprint, guideline)
    single = len(facts.signers) == 1
    government = say(Message("books.letterhead.government", region=facts.region))
    lines = (government, *(signer.office for signer in facts.signers[:1]))
    elements: tuple[Element, ...] = (
        *_about(words, facts, guideline, first=first),
        Signatures(facts.signers, say(Message("books.approval.signed_by")), proof if single else None),
    )
    return Document(
        id="approval",
        title=f"{title} – {facts.region}",
        subject=title.upper(),
        author=say(Message("books.author", region=facts.region)),
        language=facts.language,
        moment=facts.moment,
        cover=Cover("", title.upper(), facts.region, facts.province, "", (), facts.region_code),
        labels=labels_of(words),
        running_head=(title, facts.region),
        running_foot=say(Message("books.foot", guideline=guideline, head=facts.head[:12])),
        elements=elements,
        watermark=draft_mark(words) if facts.draft else None,
        notices=notices(words, facts.guideline_status, example=facts.example, test=facts.test),
        letter=True,
        letterhead=tuple(line.upper() for line in lines),
        keywords=facts.keywords,
        proof=None if single else proof,
    )


def _about(words: Words, facts: SheetFacts, guideline: str, *, first: bool) -> Iterator[Element]:
    """What is approved, above the places for signatures."""
    say = words.say
    yield _facts(words, facts, guideline)
    offices = ", ".join(signer.office for signer in facts.signers)
    opening = Message("books.approval.opening", office=offices, n=len(facts.documents))
    yield Paragraph((Run(say(opening)),))
    if facts.documents:
        yield _documents(words, facts.documents)
    digest = " ".join(groups_of(facts.digest))
    yield Paragraph((Run(say(Message("books.approval.digest", digest=digest))),), "note")
    told = "; ".join(_initials(words, facts.initials, first=first))
    if told:
        yield Paragraph((Run(say(Message("books.approval.initials", initials=told))),), "note")


def _facts(words: Words, facts: SheetFacts, guideline: str) -> Table:
    region = f"{facts.region} ({facts.region_code}), {facts.province}"
    years = words.years(facts.first_year, facts.last_year)
    told = (
        (Message("books.region.title"), facts.title or EMPTY),
        (Message("books.approval.region"), f"{region}; {years}"),
        (Message("books.approval.guideline"), guideline),
    )
    columns = (Column("", width=0.9, strong=True), Column("", width=2.4))
    rows = tuple(Row(((Run(words.say(name)),), (Run(text),))) for name, text in told)
    return Table(0, "", columns, rows, plain=True)


def _documents(words: Words, documents: Sequence[Listed]) -> Table:
    say = words.say
    columns = (
        Column(say(Message("books.record.number")), "right", 0),
        Column(say(Message("books.approval.document")), width=1.7),
        Column(say(Message("books.approval.pages")), "right", 0),
        Column("SHA-256", width=1.4),
    )
    several = len({each.language for each in documents}) > 1
    rows = []
    for number, each in enumerate(documents, 1):
        title: Line = (Run(each.title),)
        if several:
            title = (*title, words.in_language(each.language.value))
        cells = ((Run(str(number)),), title, (Run(words.number(each.pages)),))
        rows.append(Row((*cells, (Run(hash_lines(each.sha256)),))))
    return Table(0, "", columns, tuple(rows))


def hash_lines(sha256: str) -> str:
    """64 letters in groups of four, in two lines."""
    groups = groups_of(sha256)
    return "\n".join(" ".join(groups[at : at + _LINE]) for at in range(0, len(groups), _LINE))


_STATES = {
    "waiting": Message("checks.initials.waiting"),
    "initialled": Message("checks.initials.initialled"),
    "changed": Message("checks.initials.changed"),
    "returned": Message("checks.initials.returned"),
}


def _initials(words: Words, steps: Iterable[StepTaken], *, first: bool) -> Iterator[str]:
    """In a line or two, for the sheet shall stay one page: a step that every agency takes is counted.

    The ``first`` sheets told the state in small letters.
    """
    for step in steps:
        if step.all:
            yield words.say(
                Message("books.approval.agencies", office=step.office, done=step.done, all=step.all)
            )
            continue
        state = words.say(_STATES[step.state])
        state = state[:1].lower() + state[1:] if first else state
        if step.state == "initialled" and step.date:
            state = f"{state} {_day(words, step.date)}"
        name = f" {step.name}" if step.name else ""
        yield f"{step.office}{name} ({state})"


def _day(words: Words, date: str) -> str:
    try:
        return words.date(dt.date.fromisoformat(date))
    except ValueError:
        return date
