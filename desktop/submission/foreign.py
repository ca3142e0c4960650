"""Judging a container of another program (``--any``): structure, coverage and signatures of ASiC-E/XAdES.

No less strict than for our own where it is about being deceived; only the exact bytes are free.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.base.ordinary import open_ordinary
from desktop.submission.frame.asic import MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, ODF, is_signature
from desktop.submission.frame.container import MAXIMUM_SIGNATURE, MAXIMUM_SIGNATURES
from desktop.submission.frame.zipframe import STORED, Entry, contents, read_frame
from desktop.submission.judging import Judge
from desktop.submission.names import check_names, folded, in_frame
from desktop.submission.refusal import Refused
from desktop.submission.xades.reading import XadesSignature, read_xades
from desktop.submission.xades.xml import SCHEMA_LOCATION, Reader, leaf_text, parse
from desktop.trust.certificate import holder

_MANIFEST, _DATA, _GUIDELINE = b'"rancang-package"', b'"rancang-data"', b".rancang-guideline"
"""By what the files of our packages are known."""
_VERSION = re.compile(r"[0-9]\.[0-9]", re.ASCII)
_BLANK = b"\xef\xbb\xbf \t\r\n"
_ALGORITHMS = ("sha256", "sha384", "sha512")


def judge_foreign(path: Path, judge: Judge, report: Report) -> None:
    """Fill ``judge`` with what there is to say. Raises :class:`Refused`, FileProblem."""
    with open_ordinary(path) as file:
        frame = read_frame(file, file.seek(0, os.SEEK_END))
        check_names(entry.name for entry in frame)
        entries = {entry.name: entry for entry in frame}
        _check_mimetype(file, frame[0])
        kinds = _manifest(file, entries)
        signatures = _check_coverage(entries, kinds)
        ours: set[bytes] = set()
        digests = {
            name: _digests(file, entry, report, (index, len(frame)), ours)
            for index, (name, entry) in enumerate(entries.items())
        }
        values: set[bytes] = set()
        for name in signatures:
            data = _small(file, entries[name])
            for one in read_xades(
                data, name, kinds, lambda file_name, algorithm: digests[file_name][algorithm]
            ):
                if _mark(one) in values:
                    # Copied, it would be read as the word of two.
                    raise Refused(Message("submission.xades.twice", name=name))
                values.add(_mark(one))
                for role in one.roles:
                    # other readers show them all
                    said = {"holder": holder(one.certificate), "role": role}
                    judge.note(Message("submission.note.claimed_role", **said))
                judge.believe(
                    one.certificate,
                    one.others,
                    one.moment,
                    file="",
                    role=one.roles[0] if one.roles else "",
                    evidence=one.unsigned.evidence,
                )
                if one.unsigned.strange:
                    judge.note(Message("submission.note.extended", name=name))
        if _ours(ours):
            # Whoever breaks the manifest of a package of ours shall not have the better answer for it.
            raise Refused(Message("submission.manifest.malformed"))
        judge.reports[:] = [replace(one, asked=False) for one in judge.reports]
        judge.signed = True
        judge.note(Message("submission.note.foreign"))


def _small(file: BinaryIO, entry: Entry) -> bytes:
    if entry.size > MAXIMUM_SIGNATURE:
        raise Refused(Message("submission.xml.too_large", name=entry.name))
    data = b"".join(bytes(piece) for piece in contents(file, entry))
    if zlib.crc32(data) != entry.crc:
        raise Refused(Message("submission.content.changed", name=entry.name))
    return data


def _mark(signature: XadesSignature) -> bytes:
    """By what a signature is known again. On a curve it is r: anybody can write n-s in the place of s."""
    curve = isinstance(signature.certificate.public_key(), ec.EllipticCurvePublicKey)
    return signature.value[: len(signature.value) // 2] if curve else signature.value


def _ours(marks: set[bytes]) -> bool:
    """Whether the files of one of our packages are here, under whatever names and in whatever state.

    Data and guideline may well be signed by another program, one without the other.
    """
    return _MANIFEST in marks or marks >= {_DATA, _GUIDELINE}


def _digests(
    file: BinaryIO, entry: Entry, report: Report, progress: tuple[int, int], ours: set[bytes]
) -> dict[str, bytes]:
    """Its digests; what is found in it of a package of ours is added to ``ours``."""
    report(*progress, Message("submission.verify.file", name=entry.name))
    hashes = {name: hashlib.new(name) for name in _ALGORITHMS}
    crc = 0
    if folded(entry.name).endswith(_GUIDELINE.decode()):
        ours.add(_GUIDELINE)
    seen, first = b"", b""
    for piece in contents(file, entry):
        # however much of nothing stands before it
        first = first or bytes(piece).lstrip(_BLANK)[:1]
        if first == b"{":
            text = seen + bytes(piece)
            ours |= {mark for mark in (_MANIFEST, _DATA) if mark in text}
            seen = text[-len(_MANIFEST) :]
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
    if root.tag != f"{{{ODF}}}manifest" or not _said(root, "version", "schemaLocation"):
        raise Refused(Message("submission.xml.structure", name=MANIFEST_NAME))
    reader = Reader(root, MANIFEST_NAME)
    kinds: dict[str, str] = {}
    for entry in reader.many(f"{{{ODF}}}file-entry"):
        name, kind = entry.get(f"{{{ODF}}}full-path"), entry.get(f"{{{ODF}}}media-type")
        size = entry.get(f"{{{ODF}}}size")
        if (
            name is None
            or kind is None
            or name in kinds
            or leaf_text(entry, MANIFEST_NAME).strip()
            or not _said(entry, "full-path", "media-type", "version", "size")
            or (size is not None and (name not in entries or size != str(entries[name].size)))
        ):
            raise Refused(Message("submission.xml.structure", name=MANIFEST_NAME))
        kinds[name] = kind
    reader.end()
    if kinds.pop("/", None) != MIMETYPE:
        raise Refused(Message("submission.asic.differs", name=MANIFEST_NAME))
    return kinds


def _said(element: etree._Element, *known: str) -> bool:
    """Whether an element has only these attributes; no signature covers them, so each must mean something.

    Versions are short; a place for schemas is looked up by nobody here, but common programs write it.
    """
    names = {str(key): str(value) for key, value in element.attrib.items()}
    allowed = {SCHEMA_LOCATION if one == "schemaLocation" else f"{{{ODF}}}{one}" for one in known}
    version = names.get(f"{{{ODF}}}version", "1.2")
    return set(names) <= allowed and _VERSION.fullmatch(version) is not None


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
