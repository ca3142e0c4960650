"""Judging a container of another program (``--any``): structure, coverage and signatures of ASiC-E/XAdES.

No less strict than for our own where it is about being deceived; only the exact bytes are free.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from pathlib import Path
from typing import BinaryIO

from desktop.base import Message
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report
from desktop.submission.asic import MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, ODF, is_signature
from desktop.submission.container import MAXIMUM_SIGNATURE, MAXIMUM_SIGNATURES
from desktop.submission.judging import Judge
from desktop.submission.names import check_names, in_frame
from desktop.submission.refusal import Refused
from desktop.submission.xadesread import read_xades
from desktop.submission.xmlread import Reader, parse
from desktop.submission.zipframe import STORED, Entry, contents, read_frame

_ALGORITHMS = ("sha256", "sha384", "sha512")


def judge_foreign(path: Path, judge: Judge, report: Report) -> None:
    """Fill ``judge`` with what there is to say. Raises :class:`Refused`, FileProblem."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise FileProblem.from_os(error, str(path)) from error
    with file:
        frame = read_frame(file, file.seek(0, os.SEEK_END))
        check_names(entry.name for entry in frame)
        entries = {entry.name: entry for entry in frame}
        _check_mimetype(file, frame[0])
        kinds = _manifest(file, entries)
        signatures = _check_coverage(entries, kinds)
        digests = {
            name: _digests(file, entry, report, (index, len(frame)))
            for index, (name, entry) in enumerate(entries.items())
        }
        for name in signatures:
            data = _small(file, entries[name])
            for one in read_xades(
                data, name, kinds, lambda file_name, algorithm: digests[file_name][algorithm]
            ):
                role = one.roles[0] if one.roles else ""
                judge.believe(
                    one.certificate,
                    one.others,
                    one.moment,
                    file="",
                    role=role,
                    evidence=one.unsigned.evidence,
                )
                if one.unsigned.strange:
                    judge.note(Message("submission.note.extended", name=name))
        judge.signed = True
        judge.note(Message("submission.note.foreign"))


def _small(file: BinaryIO, entry: Entry) -> bytes:
    if entry.size > MAXIMUM_SIGNATURE:
        raise Refused(Message("submission.xml.too_large", name=entry.name))
    data = b"".join(bytes(piece) for piece in contents(file, entry))
    if zlib.crc32(data) != entry.crc:
        raise Refused(Message("submission.content.changed", name=entry.name))
    return data


def _digests(file: BinaryIO, entry: Entry, report: Report, progress: tuple[int, int]) -> dict[str, bytes]:
    report(*progress, Message("submission.verify.file", name=entry.name))
    hashes = {name: hashlib.new(name) for name in _ALGORITHMS}
    crc = 0
    for piece in contents(file, entry):
        crc = zlib.crc32(piece, crc)
        for one in hashes.values():
            one.update(piece)
    if crc != entry.crc:
        raise Refused(Message("submission.content.changed", name=entry.name))
    return {name: one.digest() for name, one in hashes.items()}


def _check_mimetype(file: BinaryIO, first: Entry) -> None:
    """EN 319 162-1, A.1: first, stored, without extra fields, exactly the media type."""
    if (
        first.name != MIMETYPE_NAME
        or first.method != STORED
        or not first.plain
        or first.size != len(MIMETYPE)
    ):
        raise Refused(Message("submission.asic.differs", name=MIMETYPE_NAME))
    if _small(file, first) != MIMETYPE.encode():
        raise Refused(Message("submission.asic.differs", name=MIMETYPE_NAME))


def _manifest(file: BinaryIO, entries: dict[str, Entry]) -> dict[str, str]:
    """The data files and their media types as ``META-INF/manifest.xml`` lists them."""
    if MANIFEST_NAME not in entries:
        raise Refused(Message("submission.content.missing", name=MANIFEST_NAME))
    root = parse(_small(file, entries[MANIFEST_NAME]), MANIFEST_NAME)
    if root.tag != f"{{{ODF}}}manifest":
        raise Refused(Message("submission.xml.structure", name=MANIFEST_NAME))
    reader = Reader(root, MANIFEST_NAME)
    kinds: dict[str, str] = {}
    for entry in reader.many(f"{{{ODF}}}file-entry"):
        name, kind = entry.get(f"{{{ODF}}}full-path"), entry.get(f"{{{ODF}}}media-type")
        if name is None or kind is None or name in kinds or len(entry):
            raise Refused(Message("submission.xml.structure", name=MANIFEST_NAME))
        kinds[name] = kind
    reader.end()
    if kinds.pop("/", None) != MIMETYPE:
        raise Refused(Message("submission.asic.differs", name=MANIFEST_NAME))
    return kinds


def _check_coverage(entries: dict[str, Entry], kinds: dict[str, str]) -> list[str]:
    """Entries, manifest and frame agree; returns the names of the signature files."""
    signatures = [name for name in entries if is_signature(name)]
    frame = {MIMETYPE_NAME, MANIFEST_NAME, *signatures}
    data = set(entries) - frame
    for name in sorted(data):
        if in_frame(name) or name not in kinds:
            raise Refused(Message("submission.content.extra", name=name))
    for name in sorted(set(kinds) - data):
        raise Refused(Message("submission.content.missing", name=name))
    if len(signatures) > MAXIMUM_SIGNATURES:
        raise Refused(Message("submission.xades.too_many"))
    if not signatures:
        raise Refused(Message("submission.xades.none"))
    if not data:
        raise Refused(Message("submission.content.empty"))
    return signatures
