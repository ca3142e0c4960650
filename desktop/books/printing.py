"""Printing: every book of the guideline as PDF, in the languages asked for; as a job, or for a package."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.jobs import Report
from desktop.base.placing import put

if TYPE_CHECKING:
    from desktop.books.document import Document, Pictures, Proof
    from desktop.books.pdf import StampBox
    from desktop.checks import Report as Findings
    from desktop.guideline.pack import Book, Pack
    from desktop.workspace import Plan


_STEPS = 100
"""Progress is told in hundredths of a book."""


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """One finished PDF: which book, in which language, how long, and where its signers sign."""

    book: str
    language: Language
    name: str
    """The file name: ``buku-I.id.pdf``."""
    pdf: bytes
    pages: int
    boxes: Mapping[str, StampBox]
    agency: str = ""
    """Whose copy, of a document printed once for each agency; ``*`` = those of all in one file."""


ALL = "*"
"""Stands for the copies of all agencies in one file."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """One PDF to be made."""

    book: Book
    language: Language
    agencies: tuple[str, ...] = ("",)
    together: bool = False

    @property
    def agency(self) -> str:
        return ALL if self.together else self.agencies[0]

    def name(self, plan: Plan) -> str:
        """The file name; agencies are told apart by their short name or code."""
        if self.together or not self.agency:
            return f"{self.book.id}.{self.language.value}.pdf"
        return f"{self.book.id}.{agency_slugs(plan)[self.agency]}.{self.language.value}.pdf"


def agency_slugs(plan: Plan) -> dict[str, str]:
    """A short name for the files of each agency, in letters that any computer can write, never twice."""
    found: dict[str, str] = {}
    for agency in plan.agencies:
        words = agency.short_name or agency.name.read(plan.source_language) or agency.code
        flat = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
        slug = re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:40].rstrip("-") or "opd"
        number, taken = 1, set(found.values())
        while (name := slug if number == 1 else f"{slug}-{number}") in taken:
            number += 1
        found[agency.id] = name
    return found


def once_printed(pack: Pack) -> tuple[str, ...]:
    """The documents that are printed once, in the guideline's order."""
    return tuple(book.id for book in pack.books if not book.per)


def _copies(
    plan: Plan,
    pack: Pack,
    wanted: Sequence[str],
    languages: Sequence[Language],
    agencies: Sequence[str],
    *,
    together: bool,
) -> list[_Copy]:
    """What is to be made; without any agency the one empty form. Raises UnknownBook."""
    from desktop.books.compose import UnknownBook

    known = {book.id: book for book in pack.books}
    owners = tuple(agencies) or tuple(agency.id for agency in plan.agencies) or ("",)
    found: list[_Copy] = []
    for each in wanted:
        if each not in known:
            raise UnknownBook(each, ", ".join(known))
        for language in languages:
            if known[each].per != "agency":
                found.append(_Copy(known[each], language))
            elif together:
                found.append(_Copy(known[each], language, owners, together=True))
            else:
                found += [_Copy(known[each], language, (owner,)) for owner in owners]
    return found


def print_books(  # noqa: PLR0913 - a job takes what it needs one by one
    report: Report,
    plan: Plan,
    pack: Pack,
    findings: Findings,
    languages: Sequence[Language],
    books: Sequence[str] = (),
    *,
    agencies: Sequence[str] = (),
    together: bool = False,
    pictures: Pictures | None = None,
) -> tuple[PrintedBook, ...]:
    """Compose and lay out books; all that the guideline prints once, when none is named.

    A document printed once for each agency is made for all of them or for ``agencies``, as one file each
    or ``together`` in one. They carry the draft mark while mandatory findings are open or fields are
    filled differently; what goes into a package bears the plan's fingerprint, drafts too: it says from
    which state they were printed. ``pictures`` hands out the bytes of photos among the evidence; without it
    only their captions are printed. Raises UnknownBook, Cancelled.
    """
    from desktop.books.compose import compose
    from desktop.books.pdf import render_pdf
    from desktop.books.pdf.joined import joined
    from desktop.guideline.signing import package_books
    from desktop.workspace.plan_data import plan_fingerprint

    wanted = _copies(plan, pack, books or once_printed(pack), languages, agencies, together=together)
    set_aside = {aside.finding.key: aside.finding.message for aside in findings.set_aside}
    draft, out = bool(findings.mandatory or plan.conflicts), []
    count, done = sum(len(copy.agencies) for copy in wanted), 0
    submitted = {book.id for book in package_books(pack)}
    fingerprint = plan_fingerprint(plan)
    for copy in wanted:
        made, document = [], None
        for agency in copy.agencies:
            message = _what(plan, copy, agency)
            report(done * _STEPS, count * _STEPS, message)
            document = compose(
                plan, pack, copy.book.id, copy.language,
                draft=draft, test=plan.example, findings=set_aside, agency=agency,
            )  # fmt: skip
            if copy.book.id in submitted:
                document = replace(document, proof=_proof(plan, document, fingerprint))
            made.append(
                render_pdf(
                    document,
                    _within(report, done, count, message),
                    archival=not copy.together,
                    pictures=pictures,
                )
            )
            done += 1
        first, name = made[0], copy.name(plan)
        pdf = first.pdf
        if copy.together and document is not None:
            pdf = joined([each.pdf for each in made], copy.book.title.read(copy.language), document.moment)
        pages = sum(each.pages for each in made)
        boxes = {} if copy.together else first.stamp_boxes
        out.append(PrintedBook(copy.book.id, copy.language, name, pdf, pages, boxes, copy.agency))
    report(count * _STEPS, count * _STEPS, Message("books.printing.done", n=len(wanted)))
    return tuple(out)


def _proof(plan: Plan, document: Document, fingerprint: str) -> Proof:
    from desktop.books.proof import proof_of
    from desktop.books.words import Words

    return proof_of(Words(document.language, plan.source_language), fingerprint, document.subject)


def _what(plan: Plan, copy: _Copy, agency: str) -> Message:
    book, language = copy.book.id, copy.language.value
    owner = plan.agency(agency)
    if owner is None:
        return Message("books.printing.book", book=book, language=language)
    name = owner.short_name or owner.name.read(plan.source_language)
    return Message("books.printing.copy", book=book, language=language, agency=name)


def _within(report: Report, before: int, count: int, name: Message) -> Report:
    """The progress of one book as a part of all of them."""

    def told(done: int, total: int, message: Message) -> None:  # noqa: ARG001 - the book is named instead
        report(before * _STEPS + (done * _STEPS // total if total else 0), count * _STEPS, name)

    return told


@dataclass(frozen=True, slots=True)
class BookFile:
    """A PDF that was written to a folder."""

    book: str
    language: str
    path: Path
    pages: int
    draft: bool
    agency: str = ""


def write_books(
    report: Report,
    snapshot: Path,
    folder: Path,
    languages: tuple[str, ...],
    books: tuple[str, ...] = (),
    agencies: tuple[str, ...] = (),
    together: bool = False,  # noqa: FBT001, FBT002 - a job's arguments have no names
) -> tuple[BookFile, ...]:
    """Print books of a workspace (or a snapshot of one) into a folder; runs as a job. Raises FileProblem."""
    from desktop.checks import check
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        findings = check(plan, pack)
        draft = bool(findings.mandatory or plan.conflicts)
        printed = print_books(
            report, plan, pack, findings, [Language(each) for each in languages], books,
            agencies=agencies, together=together, pictures=workspace.evidence_bytes,
        )  # fmt: skip
    out = []
    for one in printed:
        path = folder / one.name
        write_pdf(path, one.pdf)
        out.append(BookFile(one.book, one.language.value, path, one.pages, draft, one.agency))
    return tuple(out)


def write_pdf(path: Path, pdf: bytes) -> None:
    """Put a finished PDF in place, whole or not at all. Raises FileProblem."""
    put(path, pdf)
