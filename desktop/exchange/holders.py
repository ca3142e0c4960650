"""What a container of other files is, a ZIP or one of old Office: by what lies in it, in bounds."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from desktop.base import archives
from desktop.base.errors import FileProblem
from desktop.base.ordinary import open_ordinary
from desktop.exchange.kinds import Kind

DEEP = 64 * 1024 * 1024
"""How much of a PDF, an old Office file or a table in an archive is searched."""
SHEET_HEAD = 1024 * 1024
"""How much of a Word document is searched for the code of an input sheet, or for marks of texts."""
BOOKS = 5
"""How many tables in an archive are looked into for a workbook of ours."""
_OUR_MARK = b"rancang-workbook"
"""Stands in a workbook that was handed out, whatever saved it again."""


@contextlib.contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    with open_ordinary(path) as file, archives.reading(file) as archive:
        yield archive


def kind_of_zip(path: Path, called: Path) -> Kind:
    """What a ZIP is, by what lies in it: a package, a list, a document, photos. Never raises."""
    try:
        with _archive(path) as archive:
            names = set(archive.namelist())
            first = archive.infolist()[0] if names else None
            said = b""
            if first is not None and first.filename == "mimetype" and first.file_size < 200:
                said = archives.member(archive, "mimetype", 200)
    except archives.TooMany:
        return Kind.ARCHIVE
    except archives.DAMAGED:
        return _by_name(called, Kind.ARCHIVE)
    if said.startswith(b"application/vnd.etsi.asic-e"):
        return Kind.PACKAGE
    if said.startswith(b"application/vnd.oasis.opendocument"):
        return _table(path) if b"spreadsheet" in said else Kind.OLD_DOCUMENT
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return _table(path)
        if any(name.startswith(("word/", "ppt/")) for name in names):
            return _document(path)
    if _holds_workbook(path, names):
        return Kind.WORKBOOK
    if "pack.json" in names and "planning.json" in names:
        return Kind.GUIDELINE
    return _by_name(called, Kind.ARCHIVE)


def _holds_workbook(path: Path, names: set[str]) -> bool:
    """Whether an archive of photos has a workbook of ours among them, as agencies send it."""
    from desktop.exchange.agency_workbook.reading import is_ours

    books = sorted(name for name in names if name.casefold().endswith((".xlsx", ".ods")))
    with contextlib.suppress(*archives.DAMAGED), _archive(path) as archive:
        for name in books[:BOOKS]:
            with contextlib.suppress(*archives.DAMAGED):  # one that is broken hides none of the others
                if is_ours(io.BytesIO(archives.member(archive, name, DEEP))):
                    return True
    return False


def _table(path: Path) -> Kind:
    """A list, or a workbook of ours that comes back."""
    from desktop.exchange.agency_workbook.reading import is_ours

    return Kind.WORKBOOK if is_ours(path) else Kind.TABLE


def _document(path: Path) -> Kind:
    """A document of anybody, or one that went out: an input sheet by its code, chapters by their marks."""
    from desktop.books.hearing.codes import read_sheet_code
    from desktop.books.returnable import went_out

    with contextlib.suppress(*archives.DAMAGED), _archive(path) as archive:
        for member in ("docProps/custom.xml", "word/document.xml"):
            with contextlib.suppress(KeyError):
                said = archives.beginning(archive, member, SHEET_HEAD).decode("utf-8", "replace")
                if read_sheet_code(said) is not None:
                    return Kind.INPUT_SHEET
                if went_out(said):
                    return Kind.EDITED
    return Kind.DOCUMENT


def _by_name(path: Path, otherwise: Kind) -> Kind:
    """What a damaged or foreign archive wants to be: whoever opens such a file says what is wrong with it."""
    known = {
        ".asice": Kind.PACKAGE,
        ".rancang-guideline": Kind.GUIDELINE,
        ".rancang-changes": Kind.CHANGES,
    }
    return known.get(path.suffix.casefold(), otherwise)


def kind_of_ole(path: Path) -> Kind:
    """What a container of Office before 2007 is, or of a file locked with a password."""
    marks = {
        "EncryptedPackage": Kind.LOCKED_OFFICE,
        "Workbook": Kind.TABLE,
        "Book": Kind.TABLE,
        "WordDocument": Kind.OLD_DOCUMENT,
        "PowerPoint Document": Kind.OLD_DOCUMENT,
    }
    with contextlib.suppress(OSError, FileProblem), open_ordinary(path) as file:
        data = file.read(DEEP)
        for name, kind in marks.items():
            # Names in the directory of an OLE file are UTF-16 and begin at multiples of 128 bytes.
            wide, at = name.encode("utf-16-le") + b"\0\0", -1
            while (at := data.find(wide, at + 1)) >= 0:
                if at % 128 == 0:
                    return Kind.WORKBOOK if kind is Kind.TABLE and _OUR_MARK in data else kind
    return Kind.UNKNOWN
