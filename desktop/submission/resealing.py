"""A package written again with something added: a signed PDF, or a signature over the whole.

What is already inside is copied and hashed on the way, so nothing changed goes unnoticed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from desktop.base import Message, RancangError
from desktop.base.jobs import Report
from desktop.base.placing import replacing
from desktop.submission.container import OpenPackage, PackageWriter, open_package, write_tail
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.refusal import Refused


class PackageUnusable(RancangError):
    """The package to be signed is not one of ours, or is damaged."""

    exit_code = 1

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(Message("submission.sign.unusable", file=file, reason=reason))


@contextmanager
def usable(package: Path) -> Iterator[OpenPackage]:
    """One of our packages to work on. Raises :class:`PackageUnusable`, FileProblem."""
    try:
        with open_package(package) as source:
            yield source
    except Refused as error:
        raise PackageUnusable(package.name, error.message) from error


class ChangedMeanwhile(PackageUnusable):
    """The package is not the one any more that was looked at, or somebody else wrote it meanwhile."""

    def __init__(self, file: str) -> None:
        super().__init__(file, Message("submission.sign.changed_meanwhile"))


def state_of(manifest: Manifest) -> str:
    """SHA-256 over all a manifest says, signatures in documents included: what somebody has looked at."""
    return hashlib.sha256(manifest.to_bytes()).hexdigest()


@contextmanager
def rewriting(package: Path, target: Path, expected: str = "") -> Iterator[tuple[OpenPackage, BinaryIO]]:
    """The package to read and the file to write, which takes ``target``'s place at the end.

    In this order: the two may be one file, and Windows replaces no file that is still open. ``expected``:
    the state that was looked at before. Two people who sign one file at the same time must not lose each
    other's signature: whoever comes second is told. Raises :class:`ChangedMeanwhile`, PackageUnusable.
    """
    with replacing(target) as out:
        with usable(package) as source:
            if expected and state_of(source.manifest) != expected:
                raise ChangedMeanwhile(package.name)
            before = _mark(os.fstat(source.file.fileno()))
            yield source, out
        if _is_one_file(package, target) and _mark(package.stat()) != before:
            raise ChangedMeanwhile(package.name)


def _is_one_file(package: Path, target: Path) -> bool:
    try:
        return package.samefile(target)
    except OSError:
        return False


def _mark(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


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
    writer = PackageWriter(out, manifest.moment)
    for index, packed in enumerate(files):
        report(index, len(files), Message("submission.sign.copying", name=packed.path))
        change = changes.get(packed.path)
        if change is not None:
            written = writer.add(packed.path, [change.content])
        else:
            # A wrong checksum taken over makes a package that every verification refuses.
            crc = source.entries[packed.path].crc
            written = writer.add(packed.path, source.pieces(packed.path), crc)
        if written.sha256.hex() != packed.present_sha256:
            raise Refused(Message("submission.content.changed", name=packed.path))
    write_tail(writer, manifest, signatures)
    return manifest
