"""Printing: every book of the guideline, in the languages and forms asked for; as a job, or for a package."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.jobs import Report
from desktop.base.placing import put
from desktop.base.written import keep_signed, keep_strangers, place_of
from desktop.books.formats import DOCX, FORMATS, PDF

if TYPE_CHECKING:
    from desktop.books.document import Document, Pictures, Proof
    from desktop.books.formats import Written
    from desktop.books.pdf import StampBox
    from desktop.books.several import Task
    from desktop.checks import Report as Findings
    from desktop.guideline.pack import Book, Pack
    from desktop.workspace import Plan


_STEPS = 100
"""Progress is told in hundredths of a book."""


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """One finished file: which book, in which language, how long, and where its signers sign."""

    book: str
    language: Language
    name: str
    """The file name: ``buku-I.id.pdf``."""
    data: bytes
    pages: int
    """0 for what has no pages."""
    boxes: Mapping[str, StampBox]
    agency: str = ""
    """Whose copy, of a document printed once for each agency; ``*`` = those of all in one file."""
    format: str = PDF


@dataclass(frozen=True, slots=True)
class Packed:
    """What a package says of the documents in it: whether they are drafts, its fingerprint, and their day."""

    draft: bool
    fingerprint: str
    today: dt.date | None


ALL = "*"
"""Stands for the copies of all agencies in one file."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """One document, or those of all agencies, to be written in each form that is asked for."""

    book: Book
    language: Language
    agencies: tuple[str, ...] = ("",)
    together: bool = False

    def name(self, plan: Plan, agency: str, ending: str) -> str:
        """The name of a file; agencies are told apart by their short name or code."""
        if agency in {"", ALL}:
            return f"{self.book.id}.{self.language.value}.{ending}"
        return f"{self.book.id}.{agency_slugs(plan)[agency]}.{self.language.value}.{ending}"


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


def file_names(
    plan: Plan,
    pack: Pack,
    books: Sequence[str],
    languages: Sequence[Language],
    *,
    agencies: Sequence[str] = (),
    together: bool = False,
    formats: Sequence[str] = (PDF,),
) -> tuple[str, ...]:
    """What the files will be called that :func:`print_books` makes. Raises UnknownBook."""
    found = []
    for copy in _copies(plan, pack, books or once_printed(pack), languages, agencies, together=together):
        for form in dict.fromkeys(formats):
            joined = copy.together and FORMATS[form].join is not None
            found += [copy.name(plan, each, form) for each in ((ALL,) if joined else copy.agencies)]
    return tuple(found)


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
    formats: Sequence[str] = (PDF,),
    pictures: Pictures | None = None,
    packed: Packed | None = None,
    heads: Sequence[str] = (),
) -> tuple[PrintedBook, ...]:
    """Compose and lay out books; all that the guideline prints once, when none is named.

    A document printed once for each agency is made for all of them or for ``agencies``, as one file each
    or ``together`` in one, in forms that can hold several. They carry the draft mark while mandatory
    findings are open or fields are filled differently; what goes into a package bears the plan's
    fingerprint, drafts too: it says from which state they were printed. ``pictures`` hands out the bytes
    of photos, also in another process; ``packed`` is what a package says of itself; with ``heads``, the
    newest change sets of the plan, Word files say what they show and can come back. Raises UnknownBook,
    Cancelled, KeyError for a form that is none of ``FORMATS``.
    """
    from desktop.books.compose import compose
    from desktop.books.returnable import returning
    from desktop.books.several import Task
    from desktop.guideline.signing import package_books
    from desktop.workspace.plan_data import plan_fingerprint
    from desktop.workspace.wording import conflicts_apart

    wanted = _copies(plan, pack, books or once_printed(pack), languages, agencies, together=together)
    forms = [FORMATS[each] for each in dict.fromkeys(formats)]
    set_aside = {aside.finding.key: aside.finding.message for aside in findings.set_aside}
    said = packed or Packed(bool(findings.mandatory or conflicts_apart(plan)), plan_fingerprint(plan), None)
    submitted = {book.id for book in package_books(pack)}
    tasks: list[tuple[_Copy, Task]] = []
    count = sum(len(copy.agencies) for copy in wanted) * len(forms)
    for copy in wanted:
        documents = []
        for agency in copy.agencies:
            report(0, count * _STEPS, _what(plan, copy, agency))
            document = compose(
                plan, pack, copy.book.id, copy.language,
                draft=said.draft, test=plan.example, findings=set_aside, agency=agency, today=said.today,
            )  # fmt: skip
            if copy.book.id in submitted:
                document = replace(document, proof=_proof(plan, document, said.fingerprint))
            if heads and DOCX in formats:
                document = returning(document, plan, pack, heads)
            documents.append(document)
        for form in forms:
            title = copy.book.title.read(copy.language) if copy.together and form.join is not None else ""
            tasks.append((copy, Task(tuple(documents), form.id, title)))
    out = list(_printed(plan, tasks, _written(report, plan, tasks, pictures)))
    report(count * _STEPS, count * _STEPS, Message("books.printing.done", n=len(wanted)))
    return tuple(out)


def _printed(
    plan: Plan, tasks: Sequence[tuple[_Copy, Task]], written: Iterable[tuple[Written, ...]]
) -> Iterator[PrintedBook]:
    """What was written, each file under its name."""
    for (copy, task), files in zip(tasks, written, strict=True):
        owners = (ALL,) if task.title else copy.agencies
        for agency, file in zip(owners, files, strict=True):
            name = copy.name(plan, agency, task.form)
            book, boxes = copy.book.id, file.boxes
            yield PrintedBook(book, copy.language, name, file.data, file.pages, boxes, agency, task.form)


def _written(
    report: Report, plan: Plan, tasks: Sequence[tuple[_Copy, Task]], pictures: Pictures | None
) -> Iterator[tuple[Written, ...]]:
    """The files of each task, on as many cores as it is worth; told in hundredths of a document."""
    from desktop.books.several import helpers, write, write_all

    total = sum(len(task.documents) for _, task in tasks) * _STEPS
    done = [0] * len(tasks)

    def tell(place: int, part: int, whole: int) -> None:
        copy, task = tasks[place]
        # what is told here is less than all: the last word has who asked for it
        done[place] = max(done[place], part * _STEPS * len(task.documents) // whole if whole else 0)
        report(min(sum(done), total - 1), total, _what(plan, copy, copy.agencies[0]))

    def telling(place: int) -> Report:
        def told(done: int, total: int, message: Message) -> None:  # noqa: ARG001 - the book is named instead
            tell(place, done, total)

        return told

    alone = [task for _, task in tasks]
    processes = helpers(alone)
    if processes > 1:
        yield from write_all(alone, tell, pictures, processes)
        return
    for place, task in enumerate(alone):
        tell(place, 0, 1)
        yield write(task, telling(place), pictures)


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


@dataclass(frozen=True, slots=True)
class BookFile:
    """A book that was written to a folder."""

    book: str
    language: str
    path: Path
    pages: int
    draft: bool
    agency: str = ""
    format: str = PDF


def write_books(
    report: Report,
    snapshot: Path,
    folder: Path,
    languages: tuple[str, ...],
    books: tuple[str, ...] = (),
    agencies: tuple[str, ...] = (),
    together: bool = False,  # noqa: FBT001, FBT002 - a job's arguments have no names
    formats: tuple[str, ...] = (PDF,),
) -> tuple[BookFile, ...]:
    """Print books of a workspace (or a snapshot of one) into a folder; runs as a job. Raises FileProblem."""
    from desktop.checks import check
    from desktop.workspace import Workspace
    from desktop.workspace.since import heads as newest
    from desktop.workspace.wording import conflicts_apart

    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        findings = check(plan, pack)
        draft = bool(findings.mandatory or conflicts_apart(plan))
        printed = print_books(
            report, plan, pack, findings, [Language(each) for each in languages], books,
            agencies=agencies, together=together, formats=formats, pictures=workspace.evidence_beside(),
            heads=newest(workspace),
        )  # fmt: skip
    places = [place_of(folder / one.name) for one in printed]
    for path in places:
        # all of them before the first is written
        keep_signed(path)
        keep_strangers(path)
    out = []
    for one, path in zip(printed, places, strict=True):
        write_pdf(path, one.data)
        out.append(BookFile(one.book, one.language.value, path, one.pages, draft, one.agency, one.format))
    return tuple(out)


def write_pdf(path: Path, pdf: bytes) -> None:
    """Put a finished paper in place, whole or not at all; of no PDF that was signed. Raises FileProblem."""
    keep_signed(path)
    put(path, pdf)
