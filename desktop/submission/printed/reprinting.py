"""The documents of a package printed again from the plan data inside: do they show what the data say?

Whoever seals prints the documents, and an official who signs one reads it and not the data that registers and
the next revision are made from. What is sealed is printed from those data alone, and always the same bytes;
so the same program finds every document again to the byte. Of one that it does not find so, words and looks
are compared: another edition of the program may draw otherwise, and who means harm draws over what is
written. It takes as long as printing and is done on request, in bounds.
"""

from __future__ import annotations

import hashlib
import io
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.base import Cancelled, Language, Message, RancangError
from desktop.base.bounded.limits import PATIENT, Limits, read_or
from desktop.base.jobs import Report
from desktop.books.edition import EDITION
from desktop.submission.called import parts_of_path
from desktop.submission.doubled import doubled
from desktop.submission.fingerprint import guideline_path, is_document, package_fingerprint
from desktop.submission.frame.container import OpenPackage, open_package
from desktop.submission.inside import MAXIMUM_DATA, MAXIMUM_GUIDELINE, read_pack
from desktop.submission.manifest import Application, PackedFile
from desktop.submission.mark import Mark, mark_of, open_sha256
from desktop.submission.pdf.fields import StampBox, boxes_in, field_name
from desktop.submission.pdf.redrawn import unusual_beside
from desktop.submission.plainly import plain
from desktop.submission.printed.printed_from import Printable, printable
from desktop.submission.printed.printing_day import stated_day
from desktop.submission.printed.reprinted import Differing, Match, Reprint, Reprinted
from desktop.submission.quoting import as_said
from desktop.submission.refusal import Refused
from desktop.submission.returning.comparing import Looker, NotFinished
from desktop.submission.returning.pages import Kind, compare_pages
from desktop.submission.returning.pictures import strange_pictures
from desktop.submission.returning.words_apart import differing
from desktop.workspace.plan_data import plan_data, read_data
from desktop.workspace.plan_data_form import NAME as DATA_NAME

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack

_MOST_PLACES = 200
"""Places of one document that are kept; how many there are is told as well."""
_LONGEST = 900.0
"""Seconds by the clock for all documents of a package; those of a sound one take less than a minute."""

_TRIES = 3
"""Times a file is read at which something was done meanwhile."""


class CannotReprint(RancangError):
    """The documents could not be printed again: no plan or guideline inside, or it takes too much."""

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(as_said(Message("submission.reprint.cannot", file=file, reason=reason)))


def reprint(
    report: Report,
    package: Path,
    id: str,  # noqa: A002 - the manifest's own word
    sha256: str,
) -> Reprint:
    """Print the documents of a package again and compare; runs as a job.

    ``id`` is that of the package as it was verified, and not refused; ``sha256`` that of the whole file, for
    the id says nothing of what was signed later. Raises CannotReprint, Cancelled.
    """
    try:
        limits = PATIENT.of(package.stat().st_size)
        with Looker(report, limits) as looker:
            asked = _Reprinting(package.absolute(), id, limits, sha256=sha256)
            paths = msgspec.convert(_answer(looker, asked, package), _Listed)
            documents = [Reprinted(path, Match.UNKNOWN) for path in paths.unknown]
            until = time.monotonic() + _LONGEST
            for number, path in enumerate(paths.documents):
                if time.monotonic() > until:
                    documents.append(Reprinted(path, Match.UNKNOWN))
                    continue
                report(number, len(paths.documents), Message("submission.reprint.printing", file=plain(path)))
                documents.append(_one(looker, replace(asked, path=path), package))
    except OSError as error:
        raise CannotReprint(package.name, Message("submission.limit.crash")) from error
    except NotFinished as error:
        raise CannotReprint(package.name, error.message) from error
    except msgspec.ValidationError as error:
        # it says what no process of ours would say
        raise CannotReprint(package.name, Message("submission.limit.crash")) from error
    return _plainly(
        Reprint(
            tuple(documents),
            paths.sealed_by,
            paths.own,
            paths.open,
            paths.stated,
            paths.excused,
            paths.whole,
        )
    )


def _answer(looker: Looker, asked: _Reprinting, package: Path) -> Mapping[str, Any]:
    """What the process answers. Raises CannotReprint, NotFinished, Cancelled."""
    found = looker.ask(asked)
    if "cannot" in found:
        raise CannotReprint(package.name, _reason(found["cannot"]))
    return found


def _one(looker: Looker, asked: _Reprinting, package: Path) -> Reprinted:
    """One document; what takes too much leaves the others. Raises CannotReprint, Cancelled."""
    try:
        return msgspec.convert(_answer(looker, asked, package), Reprinted)
    except NotFinished:
        return Reprinted(asked.path, Match.UNKNOWN)


def _reason(found: object) -> Message:
    try:
        return Message.from_json(found)  # type: ignore[arg-type]  # checked there
    except (ValueError, TypeError, LookupError, AttributeError):
        return Message("submission.limit.crash")


def _plainly(found: Reprint) -> Reprint:
    """What a stranger's document says, in one line each."""
    documents = tuple(
        replace(
            one,
            path=plain(one.path),
            unusual=plain(one.unusual),
            places=tuple(Differing(each.page, plain(each.printed), plain(each.data)) for each in one.places),
        )
        for one in found.documents
    )
    return replace(found, documents=documents, sealed_by=plain(found.sealed_by))


@dataclass(frozen=True, slots=True)
class _Listed:
    """Which documents there are, by whose word they were sealed, and by what they are printed again."""

    documents: tuple[str, ...]
    unknown: tuple[str, ...]
    """Those that the guideline inside does not know."""
    sealed_by: str
    own: str
    open: int
    stated: int
    excused: int
    whole: bool


@dataclass(frozen=True, slots=True)
class _Reprinting:
    """One document, or without ``path`` which there are."""

    package: Path
    id: str
    limits: Limits
    path: str = ""
    sha256: str = ""

    def run(self, report: Report) -> Mapping[str, Any]:
        try:
            with open_package(self.package) as package:
                for _ in range(_TRIES):
                    about = _mark(package)
                    if package.manifest.id != self.id or not _is_still(package, self.sha256):
                        break
                    found = self._found(package, report)
                    # nobody wrote at it while it was read; a backup that gave it a second name did not either
                    if _mark(package) == about:
                        return found
                return {"cannot": Message("submission.file.changed", file=self.package.name).to_json()}
        except (Refused, RancangError) as error:
            return {"cannot": error.message.to_json()}

    def _found(self, package: OpenPackage, report: Report) -> Mapping[str, Any]:
        from desktop import __version__

        own = Application(version=__version__, printing=EDITION).edition
        files = {one.path: one for one in package.manifest.files if is_document(one)}
        press = _Press(package, report)
        if self.path:
            return asdict(press.again(files[self.path]))
        sealed_by = package.manifest.application.edition
        known = tuple(path for path in files if press.known(path) is not None)
        unknown = tuple(path for path in files if path not in set(known))
        # an earlier edition may have left out what today's data say
        whole = press.single and (press.whole or sealed_by != own)
        counted = press.open, package.manifest.open_mandatory, press.excused
        return asdict(_Listed(known, unknown, sealed_by, own, *counted, whole))


_hashed: dict[str, Mark] = {}
"""The file that was hashed last, as the system knows it: each document asks for it once more."""


def _mark(package: OpenPackage) -> Mark:
    return mark_of(os.fstat(package.file.fileno()))


def _is_still(package: OpenPackage, sha256: str) -> bool:
    """Whether it is the very file that was verified; another one may lie at its path by now."""
    about = _mark(package)
    if _hashed.get(sha256) != about:
        if open_sha256(package.file, package.size) != sha256:
            return False
        _hashed.clear()
        _hashed[sha256] = about
    return True


_printables: dict[str, tuple[Pack, Printable]] = {}
"""What the documents of the package in hand are printed from; its id is a hash over all of it."""


class _Press:
    """Prints the documents of one package."""

    def __init__(self, package: OpenPackage, report: Report) -> None:
        """Raises Refused, RancangError."""
        self._package, self._report = package, report
        self._files = {one.path: one for one in package.manifest.files}
        self._by_hash = {one.sha256: one for one in package.manifest.files}
        if package.manifest.id not in _printables:
            _printables.clear()
            _printables[package.manifest.id] = self._read()
        self._pack, self._from = _printables[package.manifest.id]
        self._books = {f"books/{book.id}": book.id for book in self._pack.books if not book.per}

    @property
    def open(self) -> int:
        """How many mandatory findings the data give."""
        return len(self._from.findings.mandatory)

    @property
    def excused(self) -> int:
        """How many the data set aside with a reason."""
        return len(self._from.findings.excused)

    @property
    def single(self) -> bool:
        """Whether nothing stands twice in the data, whoever wrote them."""
        return not doubled(read_data(self._small(DATA_NAME, MAXIMUM_DATA)))

    @property
    def whole(self) -> bool:
        """Whether the plan gives these very data again."""
        return plan_data(self._from.plan) == self._small(DATA_NAME, MAXIMUM_DATA)

    def _read(self) -> tuple[Pack, Printable]:
        manifest = self._package.manifest
        raw = self._small(DATA_NAME, MAXIMUM_DATA)
        pack = read_pack(self._small(guideline_path(manifest.guideline.id), MAXIMUM_GUIDELINE))
        if pack is None:
            raise Refused(Message("submission.reprint.no_guideline"))
        try:
            return pack, printable(raw, pack, stated_day(manifest, raw))
        except (msgspec.MsgspecError, ValueError, ArithmeticError) as error:
            raise Refused(Message("submission.reprint.no_data")) from error

    def again(self, file: PackedFile) -> Reprinted:
        """One document; one that cannot be printed is unknown. Raises Refused, MemoryError."""
        unknown = Reprinted(file.path, Match.UNKNOWN)
        return read_or(lambda: self._again(file), unknown, told=(Refused, Cancelled))

    def _again(self, file: PackedFile) -> Reprinted:
        known = self.known(file.path)
        if known is None:
            return Reprinted(file.path, Match.UNKNOWN)
        made = self._printed(*known)
        present = b"".join(bytes(one) for one in self._package.checked(file))
        anew = file.signed is not None and file.signed.grade == "same-pages"
        if not anew and hashlib.sha256(present[: file.size]).hexdigest() != file.sha256:
            raise Refused(Message("submission.file.changed", file=file.path))
        # what follows the sealed bytes of a signed document are its signatures, of which a verdict tells
        if present == made or (file.signed is not None and not anew and present.startswith(made)):
            return Reprinted(file.path, Match.SAME)
        boxes: tuple[StampBox, ...] = ()
        if not anew:
            # what was appended is told by a verdict, and nothing but a stamp of it is left out there
            present = present[: file.size]
        else:
            roles = {field_name(one.role) for one in file.signed.fields} if file.signed is not None else set()
            boxes = tuple(box for name, box in boxes_in(made).items() if name in roles)
        pages = compare_pages(made, present, boxes, _still(self._report))
        looks = tuple(one.page for one in pages if one.kind is not Kind.TEXT)
        if anew:
            looks = tuple(sorted({*looks, *strange_pictures(made, present, boxes)}))
        places = tuple(differing(present, made)) if pages or not boxes else ()
        match = Match.DIFFERENT if places else Match.LOOK if looks else Match.ALIKE
        first = places[:_MOST_PLACES], looks[:_MOST_PLACES]
        beside = unusual_beside(io.BytesIO(made), io.BytesIO(present)) if anew else ()
        odd = ", ".join(sorted(beside))
        return Reprinted(file.path, match, first[0], len(places), first[1], len(looks), anew, odd)

    def known(self, path: str) -> tuple[str, Language] | None:
        """Which book of the guideline a document is, in which language; None where it is none."""
        place, language = parts_of_path(path)
        book = self._books.get(place)
        return (book, language) if book is not None and language is not None else None

    def _printed(self, book: str, language: Language) -> bytes:
        from desktop.books.printing import Packed, print_books
        from desktop.submission.assembling import book_file
        from desktop.submission.sealing import with_places

        said, told = self._package.manifest, self._from
        (one,) = print_books(
            _still(self._report), told.plan, self._pack, told.findings, [language], [book],
            pictures=self._picture,
            packed=Packed(
                bool(told.findings.mandatory or said.open_mandatory), package_fingerprint(said), told.day
            ),
        )  # fmt: skip
        return with_places(book_file(one, told.plan, self._pack)).data

    def _picture(self, sha256: str) -> bytes:
        file = self._by_hash[sha256]
        return b"".join(bytes(one) for one in self._package.checked(file))

    def _small(self, path: str, most: int) -> bytes:
        file = self._files.get(path)
        if file is None or file.present_size > most:
            raise Refused(Message("submission.reprint.no_data"))
        return b"".join(bytes(one) for one in self._package.checked(file))


def _still(report: Report) -> Report:
    """Hears who gives up, and leaves how far it is to be told by document."""

    def told(done: int, total: int, message: Message) -> None:  # noqa: ARG001 - a report's arguments
        report(0, 0, message)

    return told
