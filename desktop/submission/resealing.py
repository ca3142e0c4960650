"""A package written again with something added: a signed PDF, or a signature over the whole.

What is already inside is copied and hashed on the way, so nothing changed goes unnoticed.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from desktop.base import Message, RancangError
from desktop.base.aside import Aside
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report
from desktop.base.placing import replacing
from desktop.base.written import Lying, lay_at, lying_at
from desktop.submission.frame.container import (
    MAXIMUM_SIGNATURE,
    OpenPackage,
    PackageWriter,
    open_package,
    write_tail,
)
from desktop.submission.frame.zipframe import two_turns
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.mark import Mark, mark_of
from desktop.submission.quoting import as_said
from desktop.submission.refusal import Refused

_asked: ContextVar[Mapping[Path, Lying]] = ContextVar("asked")
_LEFT_BEHIND = 3600.0
"""Seconds; nobody writes a package for so long."""


class PackageUnusable(RancangError):
    """The package to be signed is not one of ours, or is damaged."""

    exit_code = 1

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(as_said(Message("submission.sign.unusable", file=file, reason=reason)))


@contextmanager
def usable(
    package: Path, expected: str = "", identity: str = "", *, crowded: bool = False
) -> Iterator[OpenPackage]:
    """One of our packages to work on; ``expected``: in the state that somebody has looked at.

    ``identity``: whose id somebody was asked about, in whatever state. ``crowded`` as for
    :func:`open_package`.

    Raises :class:`PackageUnusable`, :class:`ChangedMeanwhile`, FileProblem.
    """
    try:
        with open_package(package, crowded=crowded) as source:
            other = bool(identity) and source.manifest.id != identity
            if other or (expected and state_of(source) != expected):
                raise ChangedMeanwhile(package.name)
            yield source
    except Refused as error:
        raise PackageUnusable(package.name, error.message) from error


class ChangedMeanwhile(PackageUnusable):
    """The package is not the one any more that was looked at, or somebody else wrote it meanwhile."""

    def __init__(self, file: str) -> None:
        super().__init__(file, Message("submission.sign.changed_meanwhile"))


class Busy(PackageUnusable):
    """Somebody else is writing the package at this moment."""

    def __init__(self, file: str, host: str, lock: str) -> None:
        super().__init__(file, Message("submission.sign.busy", host=host, lock=lock))


def state_of(package: OpenPackage) -> str:
    """SHA-256 over all a package says: what somebody has looked at.

    Its manifest, which knows of the signatures in documents, and each signature over the whole: what is
    noted and told before a key is of those, too.
    """
    state = hashlib.sha256(hashlib.sha256(package.manifest.to_bytes()).digest())
    for name in package.signatures:
        one = hashlib.sha256()
        for piece in package.pieces(name):
            one.update(piece)
        state.update(one.digest())
    return state.hexdigest()


class WouldBeRefused(RancangError):
    """What was written would be refused by every verification, so it does not take the package's place."""

    exit_code = 1

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(as_said(Message("submission.sign.would_be_refused", file=file, reason=reason)))
        self.reason = reason


@contextmanager
def rewriting(
    package: Path,
    target: Path,
    expected: str = "",
    judge: Callable[[Path], None] | None = None,
    *,
    aside: Aside,
    crowded: bool = False,
) -> Iterator[tuple[OpenPackage, BinaryIO]]:
    """The package to read and the file to write, which takes ``target``'s place at the end.

    In this order: the two may be one file, and Windows replaces no file that is still open. ``expected``:
    the state that was looked at before; ``judge`` is shown what was written before it takes the place. A
    package that is closed may have been handed in as it is: what lies at ``target`` is kept beside it then,
    and ``aside`` tells where. Two people who sign one file at the same time must not lose each other's
    signature: whoever comes second is told. Raises :class:`ChangedMeanwhile`,
    PackageUnusable.
    """
    before: list[Mark] = []
    as_it_was = untouched(target)

    def last_look() -> None:
        if before and _is_one_file(package, target):
            if mark_of(package.stat()) != before[0]:
                raise ChangedMeanwhile(package.name)
        else:
            as_it_was()

    written = replacing(target, last_look, judge, checked=True, aside=aside)
    with in_turn(target), written as out, usable(package, expected, crowded=crowded) as source:
        before.append(mark_of(os.fstat(source.file.fileno())))
        yield source, out
        aside.wanted = bool(source.signatures)
        # Another package at the path is no matter to what goes elsewhere; one written into this file is.
        now = mark_of(os.fstat(source.file.fileno()))
        if (now.size, now.mtime_ns) != (before[0].size, before[0].mtime_ns):
            raise ChangedMeanwhile(package.name)


def check_open(source: OpenPackage, package: Path, target: Path, *, reopen: bool) -> None:
    """Whether a document may be signed now: what is replaced is open, or its closing may end (``reopen``).

    Somebody may have closed it before it was looked at, and after it was asked whether that may end. Raises
    :class:`ChangedMeanwhile`.
    """
    if source.signatures and not reopen and _is_one_file(package, target):
        raise ChangedMeanwhile(package.name)


@contextmanager
def asked_about(target: Path) -> Iterator[None]:
    """What lies at a target now is what somebody was asked about, or nothing: no other file is replaced.

    From the first question on, which may be long before anything is written.
    """
    token = _asked.set({target: lay_at(target), **_asked.get({})})
    try:
        yield
    finally:
        _asked.reset(token)


def untouched(target: Path) -> Callable[[], None]:
    """What is asked right before the place is taken: it raises FileProblem where another file lies there."""
    there = _asked.get({}).get(target, lying_at(target))

    def look() -> None:
        if lying_at(target) != there:
            raise FileProblem.from_os(FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)), str(target))

    return look


def holds_all_of(package: Path, other: Path) -> bool:
    """Whether a package is the same one as the other, with all its signatures and perhaps more.

    Raises Refused, FileProblem.
    """
    with open_package(package) as ours, open_package(other) as theirs:
        if ours.manifest.id != theirs.manifest.id:
            return False
        sizes = (each.entries[one].size for each in (ours, theirs) for one in each.signatures)
        if any(size > MAXIMUM_SIGNATURE for size in sizes):
            return False
        if not {theirs.read(one) for one in theirs.signatures} <= {ours.read(one) for one in ours.signatures}:
            return False
        return all(
            _beginning(theirs, file.path, file.present_size) == _beginning(ours, file.path, file.present_size)
            for file in theirs.manifest.files
            if file.signed is not None
        )


def _beginning(package: OpenPackage, path: str, size: int) -> bytes:
    """SHA-256 of so many bytes of a file inside."""
    sha = hashlib.sha256()
    for piece in package.pieces(path):
        sha.update(piece[:size])
        size -= min(size, len(piece))
    return sha.digest()


@contextmanager
def in_turn(target: Path) -> Iterator[None]:
    """A package is written by one at a time: a file beside it says so, to other computers too.

    Where such a file cannot be made, the comparison before the end has to do. One that was left behind by
    a crash is taken over, that of another computer after an hour. Raises :class:`Busy`,
    NotALock.
    """
    from desktop.workspace.errors import InUse, NotALock
    from desktop.workspace.file import Lock

    lock, there = Lock(target, ""), target.with_name(f"{target.name}.lock")
    lock.drop_older(_LEFT_BEHIND)
    try:
        lock.take()
    except NotALock:
        raise
    except InUse as error:
        raise Busy(target.name, str(error.message.params["host"]), there.name) from error
    except FileProblem:
        pass
    try:
        yield
    finally:
        lock.release()


def _is_one_file(package: Path, target: Path) -> bool:
    try:
        return package.samefile(target)
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Replacement:
    """New bytes for a file, and its new line in the manifest."""

    packed: PackedFile
    content: bytes


def rewrite(
    report: Report,
    source: OpenPackage,
    out: BinaryIO,
    changes: Mapping[str, Replacement],
    previous: str | None = None,
    signatures: tuple[bytes, ...] = (),
) -> Manifest:
    """Write the package again into ``out``. Raises :class:`Refused`.

    ``previous`` replaces the manifest's own entry; ``signatures`` become its signature files.
    """
    files = tuple(changes[one.path].packed if one.path in changes else one for one in source.manifest.files)
    manifest = msgspec.structs.replace(source.manifest, files=files)
    if previous is not None:
        manifest = msgspec.structs.replace(manifest, previous=previous)
    writer, turns = PackageWriter(out, manifest.moment), two_turns()
    for index, packed in enumerate(files):
        report(index, len(files), Message("submission.sign.copying", name=packed.path))
        change = changes.get(packed.path)
        if change is not None:
            written = writer.add(packed.path, [change.content])
        else:
            # A wrong checksum taken over makes a package that every verification refuses.
            crc = source.entries[packed.path].crc
            written = writer.add(packed.path, source.pieces(packed.path, turns), crc)
        if written.sha256.hex() != packed.present_sha256:
            raise Refused(Message("submission.content.changed", name=packed.path))
    write_tail(writer, manifest, signatures)
    return manifest
