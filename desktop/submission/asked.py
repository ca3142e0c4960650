"""What the guideline asks for, held against the manifest: a sealer must leave nobody and nothing out.

The manifest alone cannot say what is missing: it is written by whoever seals. The guideline lies in the
package, signed with everything else, and where this computer has it too the two are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from desktop.base import Language, Message
from desktop.base.bounded.limits import read_or
from desktop.guideline.pack import Book, Pack
from desktop.submission.appellations_told import note_appellations
from desktop.submission.called import SHEET, VERSION, guideline_said, installed_guidelines
from desktop.submission.fingerprint import APPROVAL, DOCUMENTS, document_role, is_document
from desktop.submission.frame.container import OpenPackage
from desktop.submission.inside import check_data, check_guideline, strict
from desktop.submission.judging import Judge
from desktop.submission.manifest import NAME as MANIFEST
from desktop.submission.manifest import Expected, Manifest, PackedFile
from desktop.submission.names import read_alike, shape
from desktop.submission.parafs import NOT_COUNTED, note_absent, note_initials
from desktop.submission.persons import mark_unasked, note_named, note_offices, show_roles
from desktop.submission.printed.documents_day import documents_day, note_officials_since
from desktop.submission.printed.printing_day import stated_day
from desktop.submission.sequence import note_steps
from desktop.submission.signing_days import Days, signing_days
from desktop.submission.unanswered import unanswered
from desktop.workspace.plan_data_form import NAME as DATA_NAME
from desktop.workspace.plan_data_form import Data


def check_asked(package: OpenPackage, judge: Judge) -> None:
    """Hold data and guideline inside against the manifest, and tell what is missing.

    Raises :class:`~desktop.submission.refusal.Refused` where they are of another plan.
    """
    manifest = package.manifest
    data, first = check_data(package, judge)
    day = documents_day(package, judge) if data is not None else None
    all_days: list[Days] = []
    if data is not None:
        all_days = signing_days(judge.reports, manifest, judge.now, data.people)
        note_named(manifest, data, day, all_days, judge)
    inside = check_guideline(package, judge, may_lack=first)
    if data is not None and day is not None:
        note_officials_since(manifest, day, data, inside, all_days, judge)
    _check_wording(package, data, inside, judge)
    _note_program(manifest, judge)
    for pack, at_hand in _asking(manifest, inside, judge):
        note_initials(pack, manifest, data, judge)
        note_steps(pack, judge)
        if data is not None:
            note_offices(manifest, pack, data, day, judge)
            note_appellations(manifest, pack, data, judge)
        if data is not None and day is not None:
            note_absent(pack, manifest, data, day, judge)
        language = data.workspace.source_language if data is not None else ""
        if at_hand:
            show_roles(pack, language or Language.ID, judge)
        beyond = tuple(not_asked_for(pack, manifest, language))
        mark_unasked(beyond, judge)
        for path, one in beyond:
            told = {"file": path or MANIFEST, "role": one.office or one.role}
            judge.note(Message("submission.note.not_by_guideline", **told))
        for message in beside(pack, manifest, language):
            judge.note(message)
        for message in missing(pack, manifest, language):
            judge.missing(message)
        if data is not None:
            _check_answers(package, data, pack, judge)


def _check_answers(package: OpenPackage, data: Data, pack: Pack, judge: Judge) -> None:
    """No more may be missing than the manifest says; what was set aside is the reader's to judge."""
    manifest = package.manifest
    words = strict(manifest, judge)
    least = unanswered(data, pack, words=words)
    if least.open > manifest.open_mandatory:
        judge.missing(Message("submission.missing.understated", n=least.open, stated=manifest.open_mandatory))
    excused = _excused(package, pack) if words and data.set_aside else 0
    if excused is None:
        judge.note(NOT_COUNTED)
    aside = max(least.aside, excused or 0) if words and data.set_aside else 0
    if aside:
        judge.note(Message("submission.note.set_aside", n=aside))


def _excused(package: OpenPackage, pack: Pack) -> int | None:
    """How many mandatory findings the data set aside, as this version of the checks counts them.

    None where they cannot be asked about such data.
    """
    from desktop.submission.printed.printed_from import printable

    raw = package.read(DATA_NAME)
    day = stated_day(package.manifest, raw)
    return read_or(lambda: len(printable(raw, pack, day).findings.excused), None)


def _check_wording(package: OpenPackage, data: Data | None, inside: Pack | None, judge: Judge) -> None:
    """An approval sheet reads as it would be printed from these."""
    if any(file.role == APPROVAL for file in package.manifest.files):
        from desktop.submission.sheet.wording import note_wording

        note_wording(package, data, inside, judge)


def _note_program(manifest: Manifest, judge: Judge) -> None:
    """The name of the sealing program is shown; it is no place for words of a sealer's own."""
    program = manifest.application
    if program.name != "Rancang" or VERSION.fullmatch(program.version) is None:
        name = f"{program.name} {program.version}"
        judge.note(Message("submission.note.other_program", name=name))


def _asking(manifest: Manifest, inside: Pack | None, judge: Judge) -> Iterator[tuple[Pack, bool]]:
    """Whose demands count: the guideline inside, and the one of this name that this computer knows.

    Whoever seals can write a guideline that asks for nothing, or calls roles what he likes: one that nobody
    knows is told. With each whether it is known here.
    """
    name = (manifest.guideline.id, manifest.guideline.version)
    known = _known(installed_guidelines(), *name)
    if inside is None and not known:
        return
    from desktop.guideline.loading import load_pack, write_pack

    if inside is not None:
        same = bool(known) and write_pack(inside) in known
        yield inside, same
        if not known and (inside.pack.status != "example" or strict(manifest, judge)):
            judge.note(Message("submission.note.guideline_unknown", guideline=guideline_said(*name)))
        if not known or same:
            return
        judge.note(Message("submission.note.guideline_differs", guideline=guideline_said(*name)))
    for content in known:
        yield load_pack(content), True


@lru_cache(maxsize=8)
def _known(_files: tuple[tuple[str, int], ...], name: str, version: str) -> tuple[bytes, ...]:
    """The guidelines at hand of this name and version, bundled and installed."""
    from desktop.guideline.store import available

    found = available(judge=False)
    return tuple(one.read() for one in found if one.usable and (one.id, one.version) == (name, version))


def missing(pack: Pack, manifest: Manifest, language: str) -> Iterator[Message]:
    """Every document that the guideline asks for and is not there, every signature that nobody is asked for.

    ``language`` is the plan's own, in which documents are signed; empty where it is not known.
    """
    from desktop.guideline.signing import closing_role, package_books, package_signers, sheet_signers

    labels = {role.id: role.label for role in pack.roles}
    by_sheet = set(sheet_signers(pack))
    for book in package_books(pack):
        asked = [role for role in package_signers(pack, book) if role not in by_sheet]
        files = _files_of(manifest, book, language)
        if not files:
            yield Message("submission.missing.document", document=book.title)
            continue
        # One file has to bear them all: signatures on a copy say nothing of the book.
        best = min(files, key=lambda file: len(_unasked(file, asked)))
        for role in _unasked(best, asked):
            yield Message("submission.missing.not_asked", file=best.path, role=labels.get(role, role))
    sheets = [file for file in manifest.files if file.role == "approval"]
    expected = {one.role for file in sheets for one in file.signers}
    name = sheets[0].path if sheets else "approval"
    for role in sorted(by_sheet - expected):
        yield Message("submission.missing.not_asked", file=name, role=labels.get(role, role))
    closing = closing_role(pack)
    if closing is not None and closing.id not in {one.role for one in manifest.signers}:
        yield Message("submission.missing.not_asked", file=MANIFEST, role=closing.label)


def beside(pack: Pack, manifest: Manifest, language: str) -> Iterator[Message]:
    """What a reader could take for a signed document of the plan and is none.

    A file among the documents, or on the approval sheet, that the guideline has no name for; and where the
    plan's own language is another than Indonesian, the Indonesian books, which nobody signs. What a sheet is
    called is shown with whoever has signed it: there is one, and it is called as ours is.
    """
    from desktop.guideline.signing import package_books, sheet_signers

    names = {f"books/{book.id}.{each}.pdf": book for book in package_books(pack) for each in Language}
    signed = {file.path for file in manifest.files if file.signers}
    sheets = [file for file in manifest.files if file.role == APPROVAL]
    own = _sheet_of(sheets, language)
    # a letter in the place of a sheet that was taken out is approved of by whoever was to sign that
    by_sheet = bool(sheets) or bool(sheet_signers(pack))
    for file in manifest.files:
        book = file.path in names and file.role in DOCUMENTS
        known = book or file is own
        # on some systems "Books" is the same folder, and to a reader it is everywhere
        folders = {read(file.path).partition("/")[0] for read in (shape, read_alike)}
        among = not folders.isdisjoint({"books", "approval"}) or file.role in {*DOCUMENTS, APPROVAL}
        # a sheet lists whatever is signed, by its path; without one a letter besides is no document of ours
        if not known and (among or (by_sheet and is_document(file))):
            yield Message("submission.note.other_document", file=file.path)
        elif book and file.role != document_role(names[file.path].kind):
            yield Message("submission.note.other_kind", file=file.path)
        if book and file.path.endswith(".id.pdf"):
            english = f"{file.path.removesuffix('.id.pdf')}.en.pdf"
            if language == Language.EN or (english in signed and file.path not in signed):
                yield Message("submission.note.translation", file=file.path)


def _sheet_of(sheets: list[PackedFile], language: str) -> PackedFile | None:
    """The approval sheet of a plan in this language; in any where that is not known."""
    names = [f"{SHEET}.{each}.pdf" for each in Language if not language or each == language]
    return next((file for file in sheets if file.path in names), None)


def not_asked_for(pack: Pack, manifest: Manifest, language: str) -> Iterator[tuple[str, Expected]]:
    """Who signs something that the guideline does not ask for: it could carry another document or office.

    Each with the file; empty for the package. Translations go along, and nobody signs them.
    """
    from desktop.guideline.signing import closing_role, package_books, package_signers, sheet_signers

    own = _signed_in(language)
    asked = {
        f"books/{book.id}.{each}.pdf": package_signers(pack, book) if each in own else ()
        for book in package_books(pack)
        for each in Language
    }
    offices = tuple(role.id for role in pack.roles)
    closing = closing_role(pack)
    closes: tuple[str, ...] = (closing.id,) if closing is not None else ()
    everything = [("", manifest.signers, closes)]
    for file in manifest.files:
        # a letter besides may be signed by whoever has an office
        roles = sheet_signers(pack) if file.role == APPROVAL else asked.get(file.path, offices)
        everything.append((file.path, file.signers, roles))
    for path, signers, roles in everything:
        yield from ((path, one) for one in signers if one.role not in roles)


def _unasked(file: PackedFile, asked: list[str]) -> list[str]:
    expected = {one.role for one in file.signers}
    return [role for role in asked if role not in expected]


def _signed_in(language: str) -> list[Language]:
    """The plan's own language, in which documents are signed; each where that is not known."""
    return [each for each in Language if each == language] or list(Language)


def _files_of(manifest: Manifest, book: Book, language: str) -> list[PackedFile]:
    """The files that are this book: under the name it is printed by, as a document that the sheet names."""
    names = {f"books/{book.id}.{each}.pdf" for each in _signed_in(language)}
    return [
        file
        for file in manifest.files
        if file.path in names and file.role in DOCUMENTS and file.media_type == "application/pdf"
    ]
