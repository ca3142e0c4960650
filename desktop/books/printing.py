"""Printing: every book of the guideline as PDF, in the languages asked for; as a job, or for a package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report

if TYPE_CHECKING:
    from desktop.books.pdf import StampBox
    from desktop.checks import Report as Findings
    from desktop.guideline.pack import Pack
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


def print_books(
    report: Report,
    plan: Plan,
    pack: Pack,
    findings: Findings,
    languages: Sequence[Language],
    books: Sequence[str] = (),
) -> tuple[PrintedBook, ...]:
    """Compose and lay out books; all of the guideline's when none is named.

    They carry the draft mark while mandatory findings are open. Raises UnknownBook, Cancelled.
    """
    from desktop.books.compose import compose
    from desktop.books.pdf import render_pdf

    wanted = [(book, language) for book in books or [b.id for b in pack.books] for language in languages]
    set_aside = {aside.finding.key: aside.finding.message for aside in findings.set_aside}
    out = []
    for done, (book, language) in enumerate(wanted):
        message = Message("books.printing.book", book=book, language=language.value)
        report(done * _STEPS, len(wanted) * _STEPS, message)
        draft = bool(findings.mandatory)
        document = compose(plan, pack, book, language, draft=draft, test=plan.example, findings=set_aside)
        rendered = render_pdf(document, _within(report, done, len(wanted), message))
        name = f"{book}.{language.value}.pdf"
        out.append(PrintedBook(book, language, name, rendered.pdf, rendered.pages, rendered.stamp_boxes))
    report(len(wanted) * _STEPS, len(wanted) * _STEPS, Message("books.printing.done", n=len(wanted)))
    return tuple(out)


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


def write_books(
    report: Report, snapshot: Path, folder: Path, languages: tuple[str, ...], books: tuple[str, ...] = ()
) -> tuple[BookFile, ...]:
    """Print books of a workspace (or a snapshot of one) into a folder; runs as a job. Raises FileProblem."""
    from desktop.checks import check
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    findings = check(plan, pack)
    printed = print_books(report, plan, pack, findings, [Language(each) for each in languages], books)
    out = []
    for one in printed:
        path = folder / one.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part = path.with_name(path.name + ".part")
            part.write_bytes(one.pdf)
            part.replace(path)
        except OSError as error:
            raise FileProblem.from_os(error, path.name) from error
        out.append(BookFile(one.book, one.language.value, path, one.pages, bool(findings.mandatory)))
    return tuple(out)
