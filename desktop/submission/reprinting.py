"""The documents of a package printed again from the plan data inside: do they show what the data say?

Whoever seals prints the documents, and an official who signs one reads it and not the data that registers and
the next revision are made from. What is sealed is printed from those data alone, and always the same bytes;
so the same program finds every document again to the byte. Of one that it does not find so, words and looks
are compared: another edition of the program may draw otherwise, and who means harm draws over what is
written. It takes as long as printing and is done on request, in bounds.
"""

from __future__ import annotations

import difflib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.base import Cancelled, Language, Message, RancangError
from desktop.base.jobs import Report
from desktop.base.pdfium import PDFIUM
from desktop.books.edition import EDITION
from desktop.submission.called import parts_of_path
from desktop.submission.comparing import Looker, NotFinished
from desktop.submission.container import OpenPackage, open_package
from desktop.submission.fingerprint import guideline_path, is_document, package_fingerprint
from desktop.submission.inside import MAXIMUM_DATA, MAXIMUM_GUIDELINE, read_pack
from desktop.submission.limits import PATIENT, Limits, starved
from desktop.submission.manifest import Application, Manifest, PackedFile
from desktop.submission.pages import Kind, compare_pages
from desktop.submission.pdf.fields import StampBox, boxes_in, field_name
from desktop.submission.plainly import plain
from desktop.submission.printed_from import Printable, printable
from desktop.submission.printing_day import printing_days
from desktop.submission.refusal import Refused
from desktop.workspace.plan_data import plan_data
from desktop.workspace.plan_data_form import NAME as DATA_NAME

if TYPE_CHECKING:
    from datetime import date

    from desktop.guideline.pack import Pack

_MOST_PLACES = 200
"""Places of one document that are kept; how many there are is told as well."""
_SHOWN = 10
"""Of them that people are shown."""
_NUMBERING = re.compile(r"(?:[0-9]{1,4} ?)*")
"""What stands in the contents, and moves when a line is longer."""
_MOST_WORDS = 2_000
"""Of a stretch that is compared word by word; a longer one is told as one place."""
_EDGE = 50.0
"""Points at the head and foot of a page, where its number and the running title stand."""
_LONGEST = 900.0
"""Seconds by the clock for all documents of a package; those of a sound one take less than a minute."""
_QUOTED = 120
"""Letters of a place that are shown."""
_BROKEN = re.compile("[-\xad\x02\ufffe]\r?\n")
"""A word broken at the end of a line, as pdfium tells it."""


class Match(StrEnum):
    """How a document in the package and the same one printed again relate."""

    SAME = "same"
    """To the byte, as it was sealed."""
    ALIKE = "alike"
    """Other bytes (as where a service wrote the file anew), but every word and every page as printed."""
    LOOK = "look"
    """All words in their order, but pages that look otherwise."""
    DIFFERENT = "different"
    """Other words."""
    UNKNOWN = "unknown"
    """The guideline inside knows no such document, or it could not be printed."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A place (page from 1, of the document in the package): what is printed there, and by the data."""

    page: int
    printed: str
    data: str

    @property
    def numbering(self) -> bool:
        """Whether both are numbers of pages."""
        return all(_NUMBERING.fullmatch(each) for each in (self.printed, self.data))

    @property
    def message(self) -> Message:
        """Both in a sentence."""
        printed, data = (each or "\N{EM DASH}" for each in (self.printed, self.data))
        return Message("submission.reprint.place", page=self.page, printed=printed, data=data)


@dataclass(frozen=True, slots=True)
class Reprinted:
    """One document; ``count`` is the number of all its differing places, ``places`` the first of them.

    ``pages``: the first of those (from 1) that look otherwise, ``looks`` how many there are.
    """

    path: str
    match: Match
    places: tuple[Differing, ...] = ()
    count: int = 0
    pages: tuple[int, ...] = ()
    looks: int = 0
    anew: bool = False
    """Whether the package says that another service wrote the file anew."""

    @property
    def _alike(self) -> Message:
        if self.anew:
            return Message("submission.reprint.alike", file=self.path)
        return Message("submission.reprint.other_bytes", file=self.path)

    @property
    def shown(self) -> tuple[Differing, ...]:
        """The first places to look at: words before numbers, that no page number crowds out a sum."""
        return tuple(sorted(self.places, key=lambda one: one.numbering)[:_SHOWN])

    @property
    def look_message(self) -> Message | None:
        """Which pages look otherwise, if any do."""
        if not self.pages:
            return None
        pages = ", ".join(map(str, self.pages[:_SHOWN]))
        return Message("submission.reprint.looks", n=self.looks, pages=pages)

    @property
    def message(self) -> Message:
        """The answer in a sentence."""
        return {
            Match.SAME: Message("submission.reprint.same", file=self.path),
            Match.ALIKE: self._alike,
            Match.LOOK: Message("submission.reprint.look", file=self.path),
            Match.DIFFERENT: Message("submission.reprint.different", file=self.path, n=self.count),
            Match.UNKNOWN: Message("submission.reprint.unknown", file=self.path),
        }[self.match]


@dataclass(frozen=True, slots=True)
class Reprint:
    """All documents of a package, in its order, and the edition of the program that sealed it."""

    documents: tuple[Reprinted, ...]
    sealed_by: str
    own: str
    open: int = 0
    """How many mandatory findings the data give on the day of printing."""
    stated: int = 0
    """How many are open by the word of the package."""
    whole: bool = True
    """Whether the data hold no more than what a plan gives: nothing twice, of which one is printed."""

    @property
    def agrees(self) -> bool:
        """Whether every document says and shows what the data give."""
        good = {Match.SAME, Match.ALIKE}
        return (
            self.whole
            and not self.understated
            and bool(self.documents)
            and all(one.match in good for one in self.documents)
        )

    @property
    def understated(self) -> bool:
        """Whether more is missing than the package says, by a program that counts as this one does."""
        return self.sealed_by == self.own and self.open > self.stated

    @property
    def message(self) -> Message:
        """What it comes to."""
        same = sum(one.match is Match.SAME for one in self.documents)
        if self.agrees and same == len(self.documents):
            return Message("submission.reprint.all_same", n=same)
        if self.agrees:
            return Message("submission.reprint.all_alike", n=len(self.documents))
        if not self.whole:
            return Message("submission.reprint.doubled")
        if self.understated:
            return Message("submission.reprint.understated", n=self.open, stated=self.stated)
        if not self.documents:
            return Message("submission.reprint.none")
        if self.sealed_by != self.own:
            return Message("submission.reprint.other_edition", sealed=self.sealed_by, own=self.own)
        return Message("submission.reprint.not_all")


class CannotReprint(RancangError):
    """The documents could not be printed again: no plan or guideline inside, or it takes too much."""

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(Message("submission.reprint.cannot", file=file, reason=reason))


def reprint(report: Report, package: Path, id: str) -> Reprint:  # noqa: A002 - the manifest's own word
    """Print the documents of a package again and compare; runs as a job.

    ``id`` is that of the package as it was verified, and not refused. Raises CannotReprint, Cancelled.
    """
    try:
        limits = PATIENT.of(package.stat().st_size)
        with Looker(report, limits) as looker:
            asked = _Reprinting(package.absolute(), id, limits)
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
        Reprint(tuple(documents), paths.sealed_by, paths.own, paths.open, paths.stated, paths.whole)
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
    whole: bool


@dataclass(frozen=True, slots=True)
class _Reprinting:
    """One document, or without ``path`` which there are."""

    package: Path
    id: str
    limits: Limits
    path: str = ""

    def run(self, report: Report) -> Mapping[str, Any]:
        from desktop import __version__

        own = Application(version=__version__, printing=EDITION).edition
        try:
            with open_package(self.package) as package:
                files = {one.path: one for one in package.manifest.files if is_document(one)}
                if package.manifest.id == self.id and self.path:
                    return asdict(_Press(package, report).again(files[self.path]))
                if package.manifest.id == self.id:
                    sealed_by = package.manifest.application.edition
                    press = _Press(package, report)
                    known = tuple(path for path in files if press.known(path) is not None)
                    unknown = tuple(path for path in files if path not in set(known))
                    whole = press.whole or sealed_by != own
                    counted = press.open, package.manifest.open_mandatory
                    return asdict(_Listed(known, unknown, sealed_by, own, *counted, whole))
                return {"cannot": Message("submission.file.changed", file=self.package.name).to_json()}
        except (Refused, RancangError) as error:
            return {"cannot": error.message.to_json()}


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
            return pack, printable(raw, pack, _day(manifest, raw))
        except (msgspec.MsgspecError, ValueError, ArithmeticError) as error:
            raise Refused(Message("submission.reprint.no_data")) from error

    def again(self, file: PackedFile) -> Reprinted:
        """One document; one that cannot be printed is unknown. Raises Refused, MemoryError."""
        try:
            return self._again(file)
        except (Refused, Cancelled):
            raise
        except Exception as error:  # what no plan of ours would say makes books and readers raise anything
            if starved(error):
                raise
            return Reprinted(file.path, Match.UNKNOWN)

    def _again(self, file: PackedFile) -> Reprinted:
        known = self.known(file.path)
        if known is None:
            return Reprinted(file.path, Match.UNKNOWN)
        made = self._printed(*known)
        present = b"".join(bytes(one) for one in self._package.checked(file))
        anew = file.signed is not None and file.signed.grade == "same-pages"
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
        places = tuple(differing(present, made)) if pages or not boxes else ()
        match = Match.DIFFERENT if places else Match.LOOK if looks else Match.ALIKE
        first = places[:_MOST_PLACES], looks[:_MOST_PLACES]
        return Reprinted(file.path, match, first[0], len(places), first[1], len(looks), anew)

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
            packed=Packed(bool(told.findings.mandatory), package_fingerprint(said), told.day),
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


def _day(manifest: Manifest, data: bytes) -> date:
    """The day of printing that the manifest states, where the data name it, whatever the clock says here."""
    changed, ever = manifest.moment, datetime.max.replace(tzinfo=UTC)
    days = printing_days(data, changed, ever)
    return next((day for day in days if day.isoformat() == manifest.printed_on), changed.date())


def differing(sealed: bytes, made: bytes) -> Iterator[Differing]:
    """Where the words of a document are not those of the one printed from the data."""
    (old, edges), (new, own) = _lines(sealed), _lines(made)
    for page, line in edges:
        # what stands at head and foot is the running title with the page's number, or it is told
        if not {_bare(line)} & {_bare(each) for _, each in own}:
            yield Differing(page, " ".join(line)[:_QUOTED], "")
    texts = [words for _, words in old], [words for _, words in new]
    # lines that stand everywhere anchor nothing, and would take minutes
    for kind, i, j, m, n in difflib.SequenceMatcher(None, *texts, autojunk=True).get_opcodes():
        if kind == "equal":
            continue
        page = old[i][0] if i < len(old) else (old[-1][0] if old else 1)
        for number, gone, come in _stretches(_worded(old[i:j]), _worded(new[m:n]), page):
            yield Differing(number, gone[:_QUOTED], come[:_QUOTED])


_Word = tuple[int, str]
_Line = tuple[int, tuple[str, ...]]


def _worded(lines: Sequence[_Line]) -> list[_Word]:
    return [(page, word) for page, words in lines for word in words]


def _stretches(old: Sequence[_Word], new: Sequence[_Word], page: int) -> Iterator[tuple[int, str, str]]:
    """Stretches of words that are other ones: their page, and both."""
    start = 0
    while start < min(len(old), len(new)) and old[start][1] == new[start][1]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end][1] == new[-1 - end][1]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if not old and not new:
        return
    page = old[0][0] if old else page
    if max(len(old), len(new)) > _MOST_WORDS:
        yield page, _joined(old), _joined(new)
        return
    texts = [word for _, word in old], [word for _, word in new]
    # words that stand everywhere anchor nothing, and would take minutes
    for kind, i, j, m, n in difflib.SequenceMatcher(None, *texts, autojunk=True).get_opcodes():
        if kind != "equal":
            yield (old[i][0] if i < len(old) else page), _joined(old[i:j]), _joined(new[m:n])


def _joined(words: Sequence[_Word]) -> str:
    return " ".join(word for _, word in words[: _QUOTED // 2])


def _bare(words: Sequence[str]) -> str:
    """Without numbers: that of the page, and of all pages."""
    return re.sub(r"[0-9]+", "", "".join(words))


def _lines(document: bytes) -> tuple[list[_Line], list[_Line]]:
    """The lines of all pages, broken words put together again; and those at the head and foot of pages."""
    import pypdfium2 as pdfium

    opened: Any = pdfium.PdfDocument
    found: list[_Line] = []
    edges: list[_Line] = []
    with PDFIUM, opened(document) as pages:
        for number, page in enumerate(pages, 1):
            text, (width, height) = page.get_textpage(), page.get_size()
            for lines, bottom, top in (
                (found, _EDGE, height - _EDGE),
                (edges, height - _EDGE, height),
                (edges, 0, _EDGE),
            ):
                body = _BROKEN.sub("", text.get_text_bounded(0, bottom, width, top))
                lines += [(number, tuple(line.split())) for line in body.splitlines() if line.strip()]
            text.close()
            page.close()
    return found, edges
