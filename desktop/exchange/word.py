"""The parts of a Word document from anywhere, opened without trusting it.

Read here and not with python-docx: what comes from outside may be a trap (a bomb, an entity that reads
files, macros), and what other programs make of a document must not stop the reading. Nothing outside the
file is ever looked at, whatever the file names.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar

from lxml import etree

from desktop.base import Message, RancangError, archives, bounded
from desktop.base.bounded import Unfinished
from desktop.base.bounded.shapes import Unfit, packed, unpacked
from desktop.base.jobs import Report
from desktop.base.ordinary import TooLarge, read_ordinary

MEMBERS = 3_000
PROPERTIES = "docProps/custom.xml"
DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
About: TypeAlias = Literal["word", "sheet"]
"""What is read: edited chapters, or an input sheet."""
COST = bounded.Limits(20.0, 600 << 20)
"""For a file of up to 50 MB; a plan of 250 pages takes a second and 100 MB."""
_KINDS = frozenset({"broken", "entities", "locked", "macros", "old", "other", "too_large"})
T = TypeVar("T")
_OFFICE_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Office files before 2007 begin, and those that a password locks."""


class NotADocument(RancangError):
    """The file cannot be read as a Word document; says why and what to do."""

    exit_code = 1

    def __init__(self, kind: str, file: str, about: About = "word") -> None:
        """``about``: what the file should be, which says what to do instead."""
        super().__init__(
            Message(f"exchange.sheet.bad.{kind}", file=file)
            if about == "sheet"
            else Message(f"exchange.word.bad.{kind}", file=file)
        )
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read, in bytes: packed, and of one part unpacked."""

    packed: int
    part: int


class Package:
    """The parts of one document, read while it is open."""

    def __init__(self, archive: zipfile.ZipFile, file: str, limits: Limits, about: About) -> None:
        self._archive, self.file, self._limits, self._about = archive, file, limits, about
        members = archive.infolist()
        self.names = {member.filename for member in members}
        if len(members) > MEMBERS:
            raise self.bad("too_large")
        if any(each.casefold().endswith("vbaproject.bin") for each in self.names):
            raise self.bad("macros")
        if DOCUMENT not in self.names:
            raise self.bad("other")

    def bad(self, kind: str) -> NotADocument:
        """The error that says what is wrong with this file."""
        return NotADocument(kind, self.file, self._about)

    def part(self, name: str) -> bytes:
        """One part, never more of it than may be, whatever it says about its size; empty where it is not."""
        if name not in self.names:
            return b""
        try:
            return archives.member(self._archive, name, self._limits.part)
        except archives.Swollen as error:
            raise self.bad("too_large") from error

    def tree(self, name: str) -> etree._Element | None:
        """The tree of a part; None where it is not there."""
        return self.parsed(self.part(name)) if name in self.names else None

    def parsed(self, data: bytes) -> etree._Element:
        """The tree of a part. A document type is refused: Word never writes one, and entities hide in it."""
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise self.bad("entities")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.bad("broken") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.bad("entities")
        return root


@dataclass(frozen=True, slots=True)
class _Reading:
    """One document, and what shall be made of it."""

    data: bytes = field(repr=False)
    file: str
    most: Limits
    about: About
    work: Callable[[Package], Any]
    limits: bounded.Limits

    def run(self, report: Report) -> Mapping[str, Any]:
        """What is made of it, or what is wrong with it."""
        report(0, 0, Message("exchange.word.reading", file=self.file))
        try:
            with _opened(self.data, self.file, self.most, self.about) as package:
                return {"data": packed(self.work(package))}
        except NotADocument as error:
            return {"bad": error.kind}


def read_apart(
    path: Path, most: Limits, kind: type[T], work: Callable[[Package], T], report: Report, about: About
) -> T:
    """What a function of a module makes of a DOCX, in a process with limits.

    Raises NotADocument, FileProblem, Unfinished, Cancelled.
    """
    data = _read(path, most, about)
    look = _Reading(data, path.name, most, about, work, COST.of(len(data)))
    try:
        answer = bounded.ask(look, path.name, report)
    except Unfinished as error:
        if error.why == "crash":
            raise NotADocument("broken", path.name, about) from error
        raise
    if answer.get("bad") in _KINDS:
        raise NotADocument(str(answer["bad"]), path.name, about)
    try:
        return unpacked(kind, answer.get("data"))
    except Unfit as error:  # it says what no process of ours would say
        raise NotADocument("broken", path.name, about) from error


@contextlib.contextmanager
def opened(path: Path, limits: Limits, about: About = "word") -> Iterator[Package]:
    """A DOCX to be looked at briefly, here and now. Raises NotADocument, FileProblem."""
    with _opened(_read(path, limits, about), path.name, limits, about) as package:
        yield package


def _read(path: Path, limits: Limits, about: About) -> bytes:
    try:
        return read_ordinary(path, limits.packed, name=path.name)
    except TooLarge as error:
        raise NotADocument("too_large", path.name, about) from error


@contextlib.contextmanager
def _opened(data: bytes, file: str, limits: Limits, about: About) -> Iterator[Package]:
    with _understood(file, data, about), zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield Package(archive, file, limits, about)


@contextlib.contextmanager
def _understood(file: str, data: bytes, about: About) -> Iterator[None]:
    try:
        yield
    except NotADocument:
        raise
    except archives.DAMAGED as error:
        raise NotADocument(_kind(data), file, about) from error


def _kind(data: bytes) -> str:
    """Why a file is no Word document, as far as its beginning tells."""
    if data.startswith(_OFFICE_97):
        return "locked" if "EncryptedPackage".encode("utf-16-le") in data else "old"
    return "old" if data.startswith(b"{\\rtf") else "broken"


def is_(element: etree._Element, *names: str) -> bool:
    """Whether an element is one of these of WordprocessingML."""
    return local(element) in names


def local(element: etree._Element) -> str:
    """The name of an element of WordprocessingML; empty for all others, comments too."""
    tag: object = element.tag
    if not isinstance(tag, str) or not tag.startswith((_W, _STRICT)):
        return ""
    return tag.rpartition("}")[2]


def said(element: etree._Element, name: str, otherwise: str = "") -> str:
    """An attribute of WordprocessingML."""
    for space in (_W, _STRICT):
        found = element.get(f"{space}{name}")
        if found is not None:
            return str(found)
    return otherwise


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of this name, and of that the first of the next name."""
    for name in path:
        element = next((each for each in element if is_(each, name)), None) if element is not None else None
    return element
