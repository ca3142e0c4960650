"""What is this file? A document, a package, a list, evidence, or something to be explained: by content."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.base import Message
from desktop.base.errors import FileProblem
from desktop.base.folders import is_so, walked
from desktop.base.ordinary import NotOrdinary, is_missing, open_ordinary
from desktop.exchange.holders import DEEP, kind_of_ole, kind_of_zip
from desktop.exchange.kinds import EVIDENCE, Kind

__all__ = ["EVIDENCE", "Arrival", "Kind", "gather", "is_byproduct", "look", "people_files", "workspace_of"]

HEAD = 65_536
"""How much of a file's beginning is read to tell what it is."""
_CHANGES_BEGIN = b"replicas.json"
"""The first member of a changes file: it tells one that was cut off, too."""
_PACKAGE_BEGINS = b"mimetypeapplication/vnd.etsi.asic-e"
"""How a package begins: one that was cut off may end with the directory of a guideline inside it."""
_STEPS, _PATIENCE = 1_000, 2_000
"""Of the database's own machine, between two looks at the clock, and looks: some tenths of a second."""
FOLDER_FILES = 500
"""How many files of dropped folders are looked at."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in, and what it is."""

    path: Path
    kind: Kind
    workspace: str = ""
    """The identity of the workspace in it, or whose changes they are (empty where it does not tell)."""
    size: int = 0
    special: bool = False
    """A pipe, a device or the like: unreadable for ever."""

    @property
    def explanation(self) -> Message:
        """What it is, and what to do with it where the program takes no such file."""
        if self.special:
            return Message("base.file.not_ordinary", file=self.path.name)
        return Message(f"exchange.arrival.{self.kind.value}", file=self.path.name)


def gather(paths: Iterable[Path], *, deep: bool = True) -> list[Arrival]:
    """Every file of these paths, folders looked through, each with what it is; never raises."""
    return [look(path, deep=deep) for path in _files(paths)]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    count = 0
    for path in paths:
        if not is_so(path.is_dir):
            yield path
            continue
        unseen: list[Path] = []
        for found in people_files(path, unseen.append):
            count += 1
            if count > FOLDER_FILES:
                return
            yield found
        yield from unseen


def people_files(folder: Path, unseen: Callable[[Path], object] = lambda _path: None) -> Iterator[Path]:
    """The files of a folder and the folders in it, without what nobody put there.

    ``unseen`` is told of folders that cannot be looked into.
    """

    def told(error: OSError) -> None:
        unseen(Path(os.fsdecode(error.filename)))

    for here in walked(folder, told):
        here.folders[:] = [name for name in here.folders if not name.startswith((".", "__MACOSX"))]
        yield from (here.path / name for name in here.names if not is_byproduct(name))


def is_byproduct(name: str) -> bool:
    """What systems and programs leave beside people's files."""
    return name.startswith((".", "~$")) or name.casefold() in {"thumbs.db", "desktop.ini"} or name.endswith(
        (".rancang.lock", ".rancang-journal")
    )  # fmt: skip


def look(path: Path, *, deep: bool = True, called: Path | None = None) -> Arrival:
    """What a file is, by its content first; ``deep`` also looks for signatures inside PDFs. Never raises.

    ``called`` is its own path where the one to read it by is that of a file held open.
    """
    called = called or path
    try:
        with open_ordinary(path) as file:
            head, size = file.read(HEAD), os.fstat(file.fileno()).st_size
    except FileProblem as error:
        kind = Kind.MISSING if is_missing(error) else Kind.UNREADABLE
        return Arrival(called, kind, special=isinstance(error, NotOrdinary))
    except OSError:
        return Arrival(called, Kind.UNREADABLE)
    if called.name.startswith("~$") or called.suffix.casefold() in {".crdownload", ".part", ".partial"}:
        return Arrival(called, Kind.DOWNLOADING, size=size)
    if not head.strip(b"\0"):
        return Arrival(called, Kind.EMPTY, size=size)
    if head.startswith(b"SQLite format 3\0"):
        return Arrival(called, *_database(path, head), size)
    if head[30:].startswith(_CHANGES_BEGIN) and head.startswith(b"PK"):
        from desktop.workspace.changes_file import workspace_of as whose

        return Arrival(called, Kind.CHANGES, whose(path), size)
    return Arrival(called, _kind(path, called, head, deep=deep), size=size)


def begins_as_package(head: bytes) -> bool:
    """Whether a file that begins like this is a package, by whatever name."""
    return head[30:].startswith(_PACKAGE_BEGINS) and head.startswith(b"PK")


def _kind(path: Path, called: Path, head: bytes, *, deep: bool) -> Kind:
    if begins_as_package(head):
        return Kind.PACKAGE
    if head.startswith(b"PK"):
        return kind_of_zip(path, called)
    if b"%PDF-" in head[:1024]:
        return Kind.SIGNED_PDF if deep and _is_signed(path) else Kind.PDF
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return kind_of_ole(path)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[4:8] == b"ftyp":
        return Kind.PICTURE if head[8:12] in _STILL else Kind.UNKNOWN
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.PICTURE
    if head[:1] == b"\x30":
        return _der(head)
    return _text(called, head)


_STARTS = (
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
    (b"GIF87a", Kind.PICTURE),
    (b"GIF89a", Kind.PICTURE),
    (b"II*\0", Kind.PICTURE),
    (b"MM\0*", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"MZ", Kind.PROGRAM),
    (b"\x7fELF", Kind.PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", Kind.PROGRAM),
    (b"#!", Kind.PROGRAM),
    (b"{\\rtf", Kind.OLD_DOCUMENT),
    (b"-----BEGIN CERTIFICATE", Kind.CERTIFICATE),
)
_STILL = {b"heic", b"heix", b"mif1", b"heif", b"avif"}


# ---- a document of ours ------------------------------------------------------------------------------
def _database(path: Path, head: bytes) -> tuple[Kind, str]:
    from desktop.workspace.file import APPLICATION_ID

    # SQLite keeps the application's mark at byte 68 of its header.
    if len(head) < 100 or struct.unpack(">I", head[68:72])[0] != APPLICATION_ID:
        return Kind.OTHER_DATABASE, ""
    return Kind.WORKSPACE, workspace_of(path)


class _Patience:
    """Ends a question to a file of anybody's after so many steps."""

    def __init__(self) -> None:
        self._left = _PATIENCE

    def __call__(self) -> bool:
        self._left -= 1
        return self._left < 0


def workspace_of(path: Path) -> str:
    """The identity a workspace file tells of itself; empty where it cannot tell any more."""
    from desktop.base import RancangError
    from desktop.workspace.databases import alone

    with (
        contextlib.suppress(sqlite3.Error, RancangError, OSError, ValueError),
        contextlib.closing(alone(path)) as file,
    ):
        # asked while it hovers over the window: a view, or a table without an end, could run for ever
        file.execute("PRAGMA trusted_schema=OFF")
        file.set_progress_handler(_Patience(), _STEPS)
        file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, DEEP)
        kinds = file.execute("SELECT type FROM sqlite_schema WHERE name = 'sync_meta'").fetchall()
        computed = file.execute("SELECT 1 FROM pragma_table_xinfo('sync_meta') WHERE hidden").fetchone()
        if kinds != [("table",)] or computed is not None:
            return ""
        found = file.execute("SELECT value FROM sync_meta WHERE key = 'workspace'").fetchone()
        # A file from elsewhere might say anything, and the identity becomes the name of a folder.
        if found and re.fullmatch(r"[0-9a-f]{32}", str(found[0])):
            return str(found[0])
    return ""


# ---- PDF, keys, text -----------------------------------------------------------------------------------
def _is_signed(path: Path) -> bool:
    """Whether a PDF carries a signature: every one names the bytes it covers."""
    with contextlib.suppress(OSError, FileProblem), open_ordinary(path) as file:
        # signatures are appended: the end is where they are
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - DEEP))
        return b"/ByteRange" in file.read(DEEP)
    return False


def _der(head: bytes) -> Kind:
    """A key file (PKCS #12 says version 3 first) or a certificate, both of which are DER sequences."""
    length = head[1:2]
    skip = 2 + (length[0] & 0x7F if length and length[0] & 0x80 else 0)
    inside = head[skip : skip + 4]
    if inside[:3] == b"\x02\x01\x03":
        return Kind.KEY
    return Kind.CERTIFICATE if inside[:1] == b"\x30" and len(head) > 200 else Kind.UNKNOWN


_SHEET_XML = (b"urn:schemas-microsoft-com:office:spreadsheet", b"<table", b"<TABLE")


def _text(path: Path, head: bytes) -> Kind:
    if re.search(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY", head):
        return Kind.KEY
    suffix = path.suffix.casefold()
    if suffix in {".p12", ".pfx"}:
        return Kind.KEY
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        # Some offices' systems write a web page and call it .xls; Excel opens it, and can save it rightly.
        return Kind.OLD_TABLE if any(mark in head for mark in _SHEET_XML) else Kind.UNKNOWN
    if suffix in {".csv", ".tsv", ".tab"} and _is_text(head):
        return Kind.TABLE
    return Kind.TABLE if suffix in {"", ".txt"} and _is_list(head) else Kind.UNKNOWN


def _is_text(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head


def _is_list(head: bytes) -> bool:
    """Whether the first lines are cut into columns alike."""
    if not _is_text(head) or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    lines = [line for line in head.splitlines()[:20] if line.strip()]
    return len(lines) > 1 and any(
        lines[0].count(mark) > 1 and all(line.count(mark) == lines[0].count(mark) for line in lines[:-1])
        for mark in (b"\t", b";", b"|")
    )
