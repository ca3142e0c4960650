"""One file, looked at in a process of its own: what it is, and when it is a package, its verdict and data."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from multiprocessing import parent_process
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import TYPE_CHECKING, BinaryIO

from desktop.base import Message
from desktop.base.bounded.limits import Limits, resident
from desktop.base.errors import FileProblem
from desktop.base.ordinary import NotOrdinary, TooLarge, open_ordinary
from desktop.submission.frame.asic import SUFFIX
from desktop.submission.frame.zipform import MAXIMUM_SIZE
from desktop.submission.mark import Mark, mark_of, name_of
from desktop.submission.plainly import plain
from desktop.submission.register.crew import Prepared
from desktop.submission.register.extract import NOTHING, ChangedMeanwhile, Extract, extract
from desktop.submission.verdict import Verdict, VerdictKind

if TYPE_CHECKING:
    from desktop.trust.anchors import Anchors

_CHUNK = 1 << 20
_SIGNED_PDF = b"/ByteRange"
_LINK = re.compile(rb"https?://|^\s*\[InternetShortcut\]", re.IGNORECASE | re.MULTILINE)
LARGEST = 4 << 30
"""Bytes; twice what a package may have. An empty file can claim any size."""
_SMALL = 16_384
"""A file with a link is short; a longer text is a document."""


class Sort(StrEnum):
    """What has come in, as the desk needs to tell it apart."""

    PACKAGE = "package"
    ARCHIVE = "archive"
    PACKED = "packed"
    """An archive with a package in it: nearly right."""
    PDF = "pdf"
    SIGNED_PDF = "signed-pdf"
    DOCUMENT = "document"
    TABLE = "table"
    PICTURE = "picture"
    LINK = "link"
    WORKSPACE = "workspace"
    OTHER = "other"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    FOLDER = "folder"
    """Several files of more than one sort that were handed in as one folder."""


_SORTS = {
    "package": Sort.PACKAGE,
    "archive": Sort.ARCHIVE,
    "pdf": Sort.PDF,
    "signed-pdf": Sort.SIGNED_PDF,
    "document": Sort.DOCUMENT,
    "input-sheet": Sort.DOCUMENT,
    "edited": Sort.DOCUMENT,
    "old-document": Sort.DOCUMENT,
    "locked-office": Sort.DOCUMENT,
    "table": Sort.TABLE,
    "workbook": Sort.TABLE,
    "old-table": Sort.TABLE,
    "picture": Sort.PICTURE,
    "workspace": Sort.WORKSPACE,
    "empty": Sort.EMPTY,
    "missing": Sort.UNREADABLE,
    "unreadable": Sort.UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class Examined:
    """What one file turned out to be; ``verdict`` is None for what is no package, or was judged before."""

    path: Path
    mark: Mark
    sha256: str
    sort: Sort
    verdict: Verdict | None = None
    extract: Extract = NOTHING
    problem: Message | None = None


class _NotToBeRead(Exception):
    """A file that the desk does not open; carries the sentence."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def written(path: Path) -> str:
    """The path as text; names of old systems may hold bytes that are no letters."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _open(path: Path) -> BinaryIO:
    """Open an ordinary file of this very folder; a pipe would keep us waiting, a link lead anywhere.

    Raises _NotToBeRead.
    """
    name = plain(Path(written(path)).name)
    if str(path) != written(path):
        raise _NotToBeRead(Message("submission.register.name_unreadable", file=name))
    try:
        return open_ordinary(path, links=False, most=LARGEST)
    except TooLarge as error:
        raise _NotToBeRead(Message("submission.register.too_large", file=name)) from error
    except NotOrdinary as error:
        raise _NotToBeRead(Message("submission.register.no_plain_file", file=name)) from error
    except FileProblem as error:
        if path.is_dir():
            raise _NotToBeRead(Message("submission.register.no_plain_file", file=name)) from error
        cause = error.__cause__
        reason = str(getattr(cause, "strerror", "") or type(cause).__name__)
        raise _NotToBeRead(Message("submission.register.unreadable", file=name, reason=reason)) from error


def examiner(anchors: Anchors, now: dt.datetime, known: frozenset[str]) -> Prepared[Path, Examined]:
    """What each process of a crew does; contents in ``known`` were judged before by the same anchors.

    The slow libraries are loaded here, and the revocation lists at hand are read, before the clock of the
    first file runs and any limit is set.
    """
    import desktop.submission.own
    import desktop.submission.pdf.read
    import desktop.submission.verifying  # noqa: F401 - see above
    from desktop.submission.frame.container import keep_helper

    if parent_process() is not None:
        keep_helper()
    before = resident(os.getpid()) or 0
    lists = anchors.lists
    own = max(0, (resident(os.getpid()) or 0) - before) + sum(map(len, anchors.crls)) if lists else 0

    def examine(path: Path) -> Examined:
        return _examine(path, anchors, now, known)

    return Prepared(examine, own)


def wants_room(seen: Examined) -> bool:
    """Whether a file was refused for want of memory, which others may have taken."""
    return seen.verdict is not None and any(one.code == "limit.memory" for one in seen.verdict.reasons)


def _examine(path: Path, anchors: Anchors, now: dt.datetime, known: frozenset[str]) -> Examined:
    nothing = Examined(path, Mark(-1, 0, ""), "", Sort.UNREADABLE)
    try:
        with _open(path) as file:
            return _looked_at(path, file, anchors, now, known)
    except _NotToBeRead as error:
        return replace(nothing, problem=error.message)
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", "") or type(error).__name__)
        problem = Message("submission.register.unreadable", file=plain(path.name), reason=reason)
        return replace(nothing, problem=problem)


def _looked_at(
    path: Path, file: BinaryIO, anchors: Anchors, now: dt.datetime, known: frozenset[str]
) -> Examined:
    from desktop.submission.verifying import verify

    mark = mark_of(os.fstat(file.fileno()))
    verdict, read, still_the_same = None, NOTHING, False
    with ExitStack() as stack:
        came = _read_once(path, _likely_copy(file, mark, stack) or file, mark)
        new = came.sort is Sort.PACKAGE and came.sha256 not in known
        if new and mark.size > MAXIMUM_SIZE:
            verdict, new = _refused(path, Message("submission.zip.too_large")), False
        elif new and came.file is file and name_of(file) is not None:
            came = _read_once(path, _own_copy(path, file, mark, stack), mark)
            new = came.sort is Sort.PACKAGE
        same = _held(path, came.file)
        if new:
            verdict = verify(same, anchors, now)
        try:
            if new and verdict is not None:
                read = extract(same, came.sha256, verdict)
            still_the_same = mark_of(path.stat()) == mark == mark_of(os.fstat(file.fileno()))
        except (ChangedMeanwhile, OSError):
            still_the_same = False
    if not still_the_same:
        return _changed(path)
    return Examined(path, mark, came.sha256, came.sort, verdict, read)


@dataclass(frozen=True, slots=True)
class _Came:
    """What was read of a file, once; a package is judged from the very ``file`` of which this is told."""

    file: BinaryIO
    sha256: str
    sort: Sort


def _read_once(path: Path, file: BinaryIO, mark: Mark) -> _Came:
    """All of a file, or of a copy of it, and what it is. Raises OSError."""
    sha, signed, head, tail = hashlib.sha256(), False, b"", b""
    file.seek(0)
    while piece := file.read(_CHUNK):
        sha.update(piece)
        head = head or piece[:_SMALL]
        signed = signed or _SIGNED_PDF in tail + piece
        tail = piece[-len(_SIGNED_PDF) :]
    return _Came(file, sha.hexdigest(), _sort(path, file, head, mark, signed=signed))


# -- nothing is judged as a package but a copy of one's own ------------------------------------------
# A package is read several times. Who may write the file could change its bytes between one reading and the
# next, and back: through a page of memory (mmap) without any time of the file being changed. Where an open
# file has no name by which it can be read (not on Linux), the file itself is judged.
def _likely_copy(file: BinaryIO, mark: Mark, stack: ExitStack) -> BinaryIO | None:
    """A copy of what begins as a package, which spares reading it twice; None where there is no room."""
    from desktop.exchange.arrival import HEAD, begins_as_package

    if not begins_as_package(file.read(HEAD)) or name_of(file) is None or mark.size > MAXIMUM_SIZE:
        return None
    with suppress(OSError):
        return _copied(file, mark, stack)
    return None


def _own_copy(path: Path, file: BinaryIO, mark: Mark, stack: ExitStack) -> BinaryIO:
    """A copy of what turned out to be a package. Raises _NotToBeRead."""
    try:
        return _copied(file, mark, stack)
    except OSError as error:
        reason = str(error.strerror or type(error).__name__)
        name, folder = plain(path.name), plain(gettempdir())
        message = Message("submission.register.no_room", file=name, folder=folder, reason=reason)
        raise _NotToBeRead(message) from error


def _copied(file: BinaryIO, mark: Mark, stack: ExitStack) -> BinaryIO:
    """As much as the file had, as long as the ``stack`` is open. Raises OSError."""
    own, left = TemporaryFile(), mark.size  # noqa: SIM115 - closed with the stack
    try:
        file.seek(0)
        while left > 0 and (piece := file.read(min(_CHUNK, left))):
            own.write(piece)
            left -= len(piece)
        own.flush()
    except OSError:
        with suppress(OSError):  # what could not be written is written no better now
            own.close()
        raise
    return stack.enter_context(own)


def _held(path: Path, file: BinaryIO) -> Path:
    """The very file that is held; its path may lead to another one meanwhile, and back again."""
    return name_of(file) or path


def _changed(path: Path) -> Examined:
    """Somebody wrote at it: whatever was said belongs to no content, and it is read again."""
    problem = Message("submission.register.changed_meanwhile", file=plain(path.name))
    return Examined(path, Mark(-1, 0, ""), "", Sort.UNREADABLE, problem=problem)


def without_plan(seen: Examined) -> Examined:
    """The same, but for the data of the plan."""
    from desktop.submission.verdict import Reason, Weight

    note = Reason(Weight.NOTE, Message("submission.register.data_unreadable"))
    return replace(seen, extract=Extract(None, None, (*seen.extract.reasons, note)))


def without_anything(seen: Examined) -> Examined:
    """A package of which nothing can be written down but that."""
    verdict = _refused(seen.path, Message("submission.parser", kind=OverflowError.__name__))
    return replace(seen, verdict=verdict if seen.verdict is not None else None, extract=NOTHING)


def _refused(path: Path, reason: Message) -> Verdict:
    from desktop.submission.verdict import Reason, Weight

    return Verdict(VerdictKind.REFUSED, path.name, (Reason(Weight.REFUSAL, reason),))


def lost(path: Path, why: str, limits: Limits, before: Mark) -> Examined:
    """What is said of a file whose examination ended its process, ran out of time or of memory.

    Said of its content only when it is still the file that was handed out: whoever can write in the folder
    could put a good one in its place meanwhile.
    """
    message = {
        "time": Message("submission.limit.time", seconds=round(limits.seconds)),
        "memory": Message("submission.limit.memory", megabytes=limits.memory >> 20),
    }.get(why, Message("submission.limit.crash"))
    from desktop.exchange.arrival import HEAD, begins_as_package

    sha = hashlib.sha256()
    try:
        with _open(path) as file:
            mark = mark_of(os.fstat(file.fileno()))
            # mail programs call packages .zip; no more of it is read than tells a package
            package = begins_as_package(file.read(HEAD)) or path.suffix.casefold() == SUFFIX
            file.seek(0)
            while mark == before and (piece := file.read(_CHUNK)):
                sha.update(piece)
            still_the_same = before == mark == mark_of(os.fstat(file.fileno()))
    except (OSError, ValueError, _NotToBeRead):
        return Examined(path, Mark(-1, 0, ""), "", Sort.UNREADABLE, problem=message)
    if not still_the_same:
        return _changed(path)
    if not package:
        # what it is nobody knows; it is looked at again the next time
        return Examined(path, mark, sha.hexdigest(), Sort.OTHER, problem=message)
    return Examined(path, mark, sha.hexdigest(), Sort.PACKAGE, _refused(path, message))


def content_of(path: Path) -> str:
    """The SHA-256 of what lies there now; an empty text where it is no file to be read."""
    try:
        with _open(path) as file:
            sha = hashlib.sha256()
            while piece := file.read(_CHUNK):
                sha.update(piece)
            return sha.hexdigest()
    except (OSError, ValueError, _NotToBeRead):
        return ""


def _sort(path: Path, file: BinaryIO, head: bytes, mark: Mark, *, signed: bool) -> Sort:
    """Told by content; a short text or shortcut with an address in it is a link to somewhere else."""
    from desktop.exchange.arrival import begins_as_package, look

    kind = look(_held(path, file), deep=False, called=path).kind.value
    sort = _SORTS.get(kind, Sort.OTHER)
    if kind == "downloading" and begins_as_package(head) and _names_in(file) is not None:
        # a browser or a cloud has not given it its name yet, but all of it is there
        return Sort.PACKAGE
    if sort is Sort.ARCHIVE and _holds_package(file):
        return Sort.PACKED
    if sort is Sort.PDF and signed:
        return Sort.SIGNED_PDF
    if sort in {Sort.OTHER, Sort.TABLE} and mark.size < _SMALL and b"\0" not in head and _LINK.search(head):
        return Sort.LINK
    return sort


def _names_in(file: BinaryIO) -> list[str] | None:
    """What lies in an archive; None where it is not there to its end."""
    from desktop.base import archives

    try:
        with archives.reading(file) as archive:
            return archive.namelist()
    except archives.DAMAGED:
        return None


def _holds_package(file: BinaryIO) -> bool:
    """Whether a package lies in an archive, as offices like to send it."""
    return any(name.casefold().endswith(SUFFIX) for name in _names_in(file) or ())
