"""Our own package on disk: written in one pass while hashing, opened only when its whole frame is right."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from desktop.base import Message
from desktop.base.ahead import Ahead
from desktop.base.errors import FileProblem
from desktop.base.ordinary import open_ordinary
from desktop.submission import manifest as manifests
from desktop.submission.frame.asic import (
    MANIFEST_NAME,
    MIMETYPE,
    MIMETYPE_NAME,
    DataFile,
    manifest_xml,
    own_signature_number,
    signature_name,
)
from desktop.submission.frame.zipform import MAXIMUM_SIZE, Stored, directory, local_header
from desktop.submission.frame.zipframe import STORED, Entry, Turns, contents, read_frame, two_turns
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.names import check_names, in_frame
from desktop.submission.refusal import Refused

Pieces: TypeAlias = Iterable[bytes | memoryview]
Store: TypeAlias = Callable[[bytes | memoryview], object]

MAXIMUM_SIGNATURE = 8 << 20
"""Bytes of a signature file; 10,000 references are about 3 MB."""
MAXIMUM_SIGNATURES = 50
_WORTH_A_THREAD = 1 << 16
"""Bytes; below that, waking another thread takes longer than the work."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a file turned out to be while it went by."""

    size: int
    sha256: bytes
    crc: int


def measure(pieces: Pieces, store: Store | None = None, crc_known: int | None = None) -> Written:
    """Hash pieces on their way, handing each to ``store`` (a file's ``write``) if there is one.

    SHA-256 lets other threads run meanwhile, so checksum and writing go beside it, and may still go on
    while the next piece is read. The checksum takes longer than SHA-256 does on a processor made for it,
    so ``crc_known`` spares computing it again.
    """
    sha, crc, size = hashlib.sha256(), crc_known or 0, 0
    waiting: Future[int] | None = None

    def beside(piece: bytes | memoryview, before: int) -> int:
        if store is not None:
            store(piece)
        return zlib.crc32(piece, before) if crc_known is None else before

    try:
        for piece in pieces:
            if waiting is not None:
                crc, waiting = waiting.result(), None
            if len(piece) < _WORTH_A_THREAD:
                crc = beside(piece, crc)
            else:
                waiting = _helper().submit(beside, piece, crc)
            sha.update(piece)
            size += len(piece)
        if waiting is not None:
            crc = waiting.result()
    except BaseException:  # whatever it is, nothing is stored any more once it is told; raised again
        if waiting is not None:
            wait([waiting])
        raise
    return Written(size, sha.digest(), crc)


class _Kept:
    """The one that works beside: a new one for each file takes longer to start than many files take."""

    helper: Executor | None = None
    """It waits between files, and keeps no program alive; tests know it by its name."""


def keep_helper() -> None:
    """Start what works beside now: no thread can begin when hardly any memory is left."""
    _helper().submit(int).result()


def _helper() -> Executor:
    if _Kept.helper is None:
        _Kept.helper = ThreadPoolExecutor(1, "hashing")
    return _Kept.helper


def whole(pieces: Pieces) -> bytes:
    """All pieces in one; each is kept before the next one takes its place."""
    return b"".join(bytes(piece) for piece in pieces)


def file_pieces(path: Path, turns: Turns | None = None) -> Iterator[memoryview]:
    """A file on disk in pieces, each valid until the one after the next is asked for.

    ``turns`` as for :func:`contents`. Raises FileProblem.
    """
    buffer, other = two_turns() if turns is None else turns
    try:
        with open_ordinary(path) as file:
            while read := file.readinto(buffer):
                yield buffer[:read]
                buffer, other = other, buffer
    except OSError as error:
        raise FileProblem.from_os(error, str(path)) from error


class PackageWriter:
    """Writes files one after another; headers are completed when a file's figures are known."""

    def __init__(self, file: BinaryIO, moment: dt.datetime) -> None:
        self._file = file
        self._ahead = Ahead(file)
        self._moment = moment
        self._entries: list[Stored] = []
        self.add(MIMETYPE_NAME, [MIMETYPE.encode()])

    def add(self, name: str, pieces: Pieces, crc: int | None = None, also: Store | None = None) -> Written:
        """Write one file and say what it was. Raises :class:`Refused` when a package would pass 2 GiB.

        ``crc`` is the checksum of a file copied from another package; the caller compares its SHA-256.
        ``also`` is given each piece too.
        """
        write = self._file.write

        def both(piece: bytes | memoryview) -> None:
            write(piece)
            if also is not None:
                also(piece)

        offset = self._file.tell()
        self._file.write(local_header(Stored(name, 0, 0, offset), self._moment))
        written = measure(pieces, both, crc)
        entry = Stored(name, written.crc, written.size, offset)
        end = self._file.tell()
        if end > MAXIMUM_SIZE:
            raise Refused(Message("submission.zip.too_large"))
        self._file.seek(offset)
        self._file.write(local_header(entry, self._moment))
        self._file.seek(end)
        self._ahead.reached(end)
        self._entries.append(entry)
        return written

    def finish(self) -> None:
        """Write the directory. Raises OSError where the disk did not take what came before."""
        self._file.write(directory(tuple(self._entries), self._file.tell(), self._moment))
        self._ahead.wait()


@dataclass(frozen=True, slots=True)
class OpenPackage:
    """One of our packages whose frame, names and manifest are right; contents are still to be hashed."""

    path: Path
    file: BinaryIO
    size: int
    entries: dict[str, Entry]
    manifest: Manifest
    signatures: tuple[str, ...]
    """The names of its signature files."""

    def pieces(self, name: str, turns: Turns | None = None) -> Iterator[bytes | memoryview]:
        """The bytes of a file inside; ``turns`` as for :func:`contents`."""
        return contents(self.file, self.entries[name], turns)

    def read(self, name: str) -> bytes:
        """A small file inside, whole."""
        return whole(self.pieces(name))

    def checked(self, packed: PackedFile) -> Iterator[bytes | memoryview]:
        """The bytes of a data file, refusing at its end if they are not what the manifest says."""
        sha = hashlib.sha256()
        for piece in self.pieces(packed.path):
            sha.update(piece)
            yield piece
        if sha.hexdigest() != packed.present_sha256:
            raise Refused(Message("submission.content.changed", name=packed.path))

    def data_files(self) -> tuple[DataFile, ...]:
        """What every signature has to cover, with the digests the manifest gives."""
        return data_files(self.manifest)


def data_files(manifest: Manifest) -> tuple[DataFile, ...]:
    """The data files of a package in order: those of the manifest, then the manifest itself."""
    files = (DataFile(one.path, one.media_type, bytes.fromhex(one.present_sha256)) for one in manifest.files)
    own = hashlib.sha256(manifest.to_bytes()).digest()
    return (*files, DataFile(manifests.NAME, "application/json", own))


def write_tail(writer: PackageWriter, manifest: Manifest, signatures: Iterable[bytes] = ()) -> None:
    """What follows the files: the manifest, the ASiC manifest, the signatures, the directory."""
    writer.add(manifests.NAME, [manifest.to_bytes()])
    writer.add(MANIFEST_NAME, [manifest_xml(data_files(manifest))])
    for number, signature in enumerate(signatures):
        writer.add(signature_name(number), [signature])
    writer.finish()


@contextmanager
def open_package(path: Path, *, crowded: bool = False) -> Iterator[OpenPackage]:
    """Open one of our packages. Raises :class:`Refused`, FileProblem.

    ``crowded``: whoever takes the signatures over it out takes one that holds too many.
    """
    with open_ordinary(path) as file:
        try:
            size = file.seek(0, os.SEEK_END)
            package = _opened(path, file, size, read_frame(file, size), crowded=crowded)
        except OSError as error:
            raise FileProblem.from_os(error, str(path)) from error
        yield package


def _opened(path: Path, file: BinaryIO, size: int, frame: tuple[Entry, ...], *, crowded: bool) -> OpenPackage:
    check_names(entry.name for entry in frame)
    entries = {entry.name: entry for entry in frame}
    own = entries.get(manifests.NAME)
    if own is None:
        raise Refused(Message("submission.manifest.missing"))
    if own.size > manifests.MAXIMUM_SIZE or own.method != STORED:
        raise Refused(Message("submission.manifest.malformed"))
    manifest = manifests.read_manifest(whole(contents(file, own)))
    package = OpenPackage(path, file, size, entries, manifest, _signature_names(frame))
    if len(package.signatures) > MAXIMUM_SIGNATURES and not crowded:
        raise Refused(Message("submission.xades.too_many"))
    _check_order(package, frame)
    _check_frame(package, frame)
    for name, wanted in (
        (MIMETYPE_NAME, MIMETYPE.encode()),
        (MANIFEST_NAME, manifest_xml(package.data_files())),
    ):
        if entries[name].size != len(wanted) or package.read(name) != wanted:
            raise Refused(Message("submission.asic.differs", name=name))
    return package


def _signature_names(frame: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(entry.name for entry in frame if own_signature_number(entry.name) is not None)


def _check_order(package: OpenPackage, frame: tuple[Entry, ...]) -> None:
    """Exactly the files of the manifest, in its order, and nothing else."""
    paths = [file.path for file in package.manifest.files]
    if paths != sorted(set(paths), key=str.encode):
        raise Refused(Message("submission.manifest.order"))
    for name in paths:
        if in_frame(name):
            raise Refused(Message("submission.content.extra", name=name))
    signatures = [signature_name(number) for number in range(len(package.signatures))]
    wanted = [MIMETYPE_NAME, *paths, manifests.NAME, MANIFEST_NAME, *signatures]
    known = set(wanted)
    present = [entry.name for entry in frame]
    for name in wanted:
        if name not in package.entries:
            raise Refused(Message("submission.content.missing", name=name))
    for name in present:
        if name not in known:
            raise Refused(Message("submission.content.extra", name=name))
    if present != wanted:
        raise Refused(Message("submission.content.order"))


def _check_frame(package: OpenPackage, frame: tuple[Entry, ...]) -> None:
    """Every header written again must be the header that is there: no field may say anything else."""
    moment = package.manifest.moment
    stored = tuple(Stored(entry.name, entry.crc, entry.size, entry.offset) for entry in frame)
    for entry, plain in zip(frame, stored, strict=True):
        header = local_header(plain, moment)
        package.file.seek(entry.offset)
        if entry.method != STORED or package.file.read(entry.start - entry.offset) != header:
            raise Refused(Message("submission.zip.not_canonical", name=entry.name))
    end = frame[-1].start + frame[-1].packed
    package.file.seek(end)
    if package.file.read(package.size - end) != directory(stored, end, moment):
        raise Refused(Message("submission.zip.not_canonical", name=""))
