"""What an approval sheet says, from the plan and its guideline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop.base import Language, Message
from desktop.books.approval import (
    MOST_PARAFS,
    Listed,
    SheetFacts,
    StepTaken,
    compose_sheet,
    document_title,
    said,
    said_in,
    signer_on_sheet,
)
from desktop.books.blocks.region import office_of
from desktop.books.blocks.signatures import holder
from desktop.books.document import Document, Signer
from desktop.books.hearing.paper import Paper, paper
from desktop.checks.initials import parafs
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan


@dataclass(frozen=True, slots=True)
class Approved:
    """A document to be approved: which book in which language, its pages, SHA-256 as sealed."""

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
    return compose_sheet(facts_of(plan, pack, language, roles, what))


def facts_of(plan: Plan, pack: Pack, language: Language, roles: Sequence[str], what: Approval) -> SheetFacts:
    """What the sheet for ``roles`` says, in one language."""
    to = paper(plan, pack, language, "approval", Message("books.approval.title"))
    return SheetFacts(
        language=language,
        title=said_in(plan.title.values, language),
        region=said(plan.region.name),
        region_code=said(plan.region.code),
        province=said(plan.region.province),
        first_year=plan.first_year,
        last_year=plan.last_year,
        guideline=said(pack.pack.title.read(language)),
        guideline_version=said(pack.pack.version),
        guideline_status=pack.pack.status,
        head=plan.head,
        moment=plan.changed_at,
        documents=tuple(
            Listed(document_title(pack, each.book, language), each.language, each.pages, each.sha256)
            for each in what.documents
        ),
        signers=tuple(_signer(to, role) for role in roles),
        initials=tuple(_steps(to)),
        digest=what.digest,
        keywords=what.keywords,
        fingerprint=what.fingerprint,
        draft=what.draft,
        example=plan.example,
        test=what.test,
    )


def _signer(to: Paper, role: str) -> Signer:
    person, known = holder(to, role), to.guide.role(role)
    if person is None:
        return signer_on_sheet(to.words, role, to.words.local(known.label) if known else role, "", "")
    return signer_on_sheet(to.words, role, office_of(to, person), person.name, person.nip)


def _steps(to: Paper) -> Iterator[StepTaken]:
    language = to.words.language
    found = parafs(to.plan, to.pack, to.today)[:MOST_PARAFS]
    for _, step in groupby(found, key=lambda each: each.number):
        given = list(step)
        first = given[0]
        if first.agency:
            done, office = sum(each.done for each in given), said(first.office.read(language))
            yield StepTaken(office, done=done, all=len(given))
            continue
        initial = first.initial
        date = initial.at if initial is not None else ""
        office, name = said(first.given_as(language.value)), said(first.name)
        yield StepTaken(office, name, first.standing.value, date)
