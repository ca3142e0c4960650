"""Every byte of a package held against its manifest, while it is verified or on its way into another file."""

from __future__ import annotations

import hashlib

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.submission.frame.container import OpenPackage, PackageWriter, Pieces, measure
from desktop.submission.frame.zipframe import two_turns
from desktop.submission.manifest import PackedFile
from desktop.submission.refusal import Refused


def check_contents(package: OpenPackage, report: Report, copy: PackageWriter | None = None) -> None:
    """Every file is the one in the manifest, and a signed PDF begins with the sealed one.

    ``copy`` takes the files of the manifest on their way, so that they are read once. Raises
    :class:`Refused`.
    """
    by_path, turns = {file.path: file for file in package.manifest.files}, two_turns()
    for index, (name, entry) in enumerate(package.entries.items()):
        report(index, len(package.entries), Message("submission.verify.file", name=name))
        file = by_path.get(name)
        if file is None:
            if measure(package.pieces(name, turns)).crc != entry.crc:
                raise Refused(Message("submission.content.changed", name=name))
            continue
        if entry.size != file.present_size:
            raise Refused(Message("submission.content.changed", name=name))
        _check_file(package.pieces(name, turns), file, entry.crc, copy)


def _check_file(pieces: Pieces, file: PackedFile, crc: int, copy: PackageWriter | None) -> None:
    sealed = file.kept_size
    start, seen = hashlib.sha256(), 0

    def beginning(piece: bytes | memoryview) -> None:
        nonlocal seen
        if seen < sealed:
            start.update(piece[: sealed - seen])
        seen += len(piece)

    found = copy.add(file.path, pieces, also=beginning) if copy is not None else measure(pieces, beginning)
    if found.crc != crc or found.sha256.hex() != file.present_sha256:
        raise Refused(Message("submission.content.changed", name=file.path))
    if sealed and start.hexdigest() != file.sha256:
        raise Refused(Message("submission.pdf.not_sealed_document", file=file.path))
