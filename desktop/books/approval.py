"""The approval sheet (*Lembar Pengesahan*): one page that names every document, signed in their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from desktop.base import Language, Message
from desktop.base.fingerprint import groups_of
from desktop.base.richtext import Run
from desktop.books.blocks.signatures import signer_of
from desktop.books.compose import draft_mark, notices_of
from desktop.books.document import Column, Cover, Document, Line, Row, Signatures
from desktop.books.hearing.paper import Paper, paper
from desktop.books.proof import proof_of
from desktop.books.words import EMPTY
from desktop.checks.initials import parafs, standing_name
from desktop.guideline.pack import Book, Pack
from desktop.workspace.plan import Plan

_LINE = 8
"""Groups of four letters in a line of a hash."""


@dataclass(frozen=True, slots=True)
class Approved:
    """A document as the sheet names it: which book in which language, its pages, SHA-256 as sealed."""

    book: str
    language: Language
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Approval:
    """What a sheet is made of beyond the plan; ``digest`` is that of the list, ``fingerprint`` the plan's."""

    documents: tuple[Approved, ...]
    digest: str
    keywords: str
    fingerprint: str
    draft: bool = False
    test: bool = False


def compose_approval(
    plan: Plan, pack: Pack, language: Language, roles: Sequence[str], what: Approval
) -> Document:
    """The sheet for ``roles`` to sign, in one language."""
    to = paper(plan, pack, language, "approval", Message("books.approval.title"))
    say, words = to.words.say, to.words
    guideline = say(Message("books.guideline", title=pack.pack.title, version=pack.pack.version))
    signers = tuple(replace(signer_of(to, role), duty_stamp=False) for role in roles)
    _facts(to, guideline)
    offices = ", ".join(signer.office for signer in signers)
    to.paragraph(Run(say(Message("books.approval.opening", office=offices, n=len(what.documents)))))
    _documents(to, what.documents)
    digest = " ".join(groups_of(what.digest))
    to.note(Message("books.approval.digest", digest=digest))
    _initials(to)
    proof = proof_of(words, what.fingerprint, guideline)
    single = len(signers) == 1
    to.add(Signatures(signers, say(Message("books.approval.signed_by")), proof if single else None))
    title, region = say(Message("books.approval.title")).upper(), plan.region
    cover = Cover("", title, region.name, region.province, "", (), region.code)
    made = to.document(say(Message("books.foot", guideline=guideline, head=plan.head[:12])), cover)
    head = say(Message("books.letterhead.government", region=region.name))
    return replace(
        made,
        title=f"{say(Message('books.approval.title'))} – {region.name}",
        letterhead=tuple(line.upper() for line in (head, *(signer.office for signer in signers[:1]))),
        keywords=what.keywords,
        watermark=draft_mark(words) if what.draft else None,
        notices=notices_of(to, test=what.test),
        proof=None if single else proof,
    )


def _facts(to: Paper, guideline: str) -> None:
    say, plan = to.words.say, to.plan
    region = f"{plan.region.name} ({plan.region.code}), {plan.region.province}"
    years = to.words.years(plan.first_year, plan.last_year)
    facts = (
        (Message("books.region.title"), to.words.text(plan.title) or EMPTY),
        (Message("books.approval.region"), f"{region}; {years}"),
        (Message("books.approval.guideline"), guideline),
    )
    columns = (Column("", width=0.9, strong=True), Column("", width=2.4))
    to.plain_table(columns, [Row(((Run(say(name)),), (Run(text),))) for name, text in facts], facts=True)


def _documents(to: Paper, documents: Sequence[Approved]) -> None:
    say = to.words.say
    columns = (
        Column(say(Message("books.record.number")), "right", 0),
        Column(say(Message("books.approval.document")), width=1.7),
        Column(say(Message("books.approval.pages")), "right", 0),
        Column("SHA-256", width=1.4),
    )
    several = len({each.language for each in documents}) > 1
    rows = []
    for number, each in enumerate(documents, 1):
        book = to.guide.book(each.book)
        title = _title(to, book) if book is not None else each.book
        said: Line = (Run(title),)
        if several:
            said = (*said, to.words.in_language(each.language.value))
        cells = ((Run(str(number)),), said, (Run(to.words.number(each.pages)),))
        rows.append(Row((*cells, (Run(hash_lines(each.sha256)),))))
    to.plain_table(columns, rows)


def _title(to: Paper, book: Book) -> str:
    title = to.words.local(book.title)
    if book.kind != "book":
        return title
    return to.words.say(Message("books.approval.book", code=book.code, title=title))


def hash_lines(sha256: str) -> str:
    """64 letters in groups of four, in two lines."""
    groups = groups_of(sha256)
    return "\n".join(" ".join(groups[at : at + _LINE]) for at in range(0, len(groups), _LINE))


def _initials(to: Paper) -> None:
    """In a line or two, for the sheet shall stay one page: a step that every agency takes is counted."""
    say, language = to.words.say, to.words.language
    told = []
    for _, step in groupby(parafs(to.plan, to.pack, to.today), key=lambda each: each.number):
        given = list(step)
        first = given[0]
        if first.agency:
            done = sum(each.done for each in given)
            office = first.office.read(language)
            told.append(say(Message("books.approval.agencies", office=office, done=done, all=len(given))))
            continue
        state = say(standing_name(first.standing))
        if first.done and first.initial is not None and first.initial.at:
            state = f"{state} {to.words.date(dt.date.fromisoformat(first.initial.at))}"
        name = f" {first.name}" if first.name else ""
        told.append(f"{first.title(language.value)}{name} ({state})")
    if told:
        to.note(Message("books.approval.initials", initials="; ".join(told)))
