"""A package written again with something added: a signed PDF, or a signature over the whole.

What is already inside is copied and hashed on the way, so nothing changed goes unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from desktop.base import Message, RancangError
from desktop.base.jobs import Report
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
