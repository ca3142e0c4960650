"""A signed PDF with a timestamp over the document and, if wanted, a store of answers about revocation.

Each is one more revision; what was signed stays as it is (EN 319 142-1, 5.4).
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from typing import Any

from asn1crypto import crl, ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from desktop.base import Message, RancangError
from desktop.submission.judging import Judge
from desktop.submission.manifest import PackedFile
from desktop.submission.pdf.about import write_by_custom
from desktop.submission.pdf.read import PdfSignature, read_signatures
from desktop.submission.pdf.stamper import UNWRITABLE, Stamper, room
from desktop.submission.proving import Level
from desktop.submission.verdict import SignatureReport
from desktop.trust.certificate import der
from desktop.trust.fetching import Online
from desktop.trust.path import NoPath, find_lent_path


@dataclass(frozen=True, slots=True)
class BetterPdf:
    """The document with what was added, verified."""

    data: bytes
    reports: tuple[SignatureReport, ...]
    notes: tuple[Message, ...]
    gained: tuple[SignatureReport, ...]
    """Of which something can be proven now and could not before; without any the document is as it was."""


class CannotExtendPdf(RancangError):
    """The document is signed soundly, but of a form to which nothing can be added."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("submission.extend.cannot", file=file))


def extend_pdf(data: bytes, file: PackedFile, level: Level, online: Online) -> BetterPdf:
    """A signed document with what is missing. Raises :class:`CannotExtendPdf`, NoAnswer, Refused."""
    try:
        return _extended(data, file, level, online)
    except UNWRITABLE as error:
        raise CannotExtendPdf(file.path) from error


def _extended(data: bytes, file: PackedFile, level: Level, online: Online) -> BetterPdf:
    write_by_custom()
    signatures, reports = _judged(data, file, online)
    as_it_was, before = data, reports
    if any(one.proven_at is None for one in reports):
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        stamped: Any = asyncio.run(
            PdfTimeStamper(Stamper(online)).async_timestamp_pdf(writer, "sha256", bytes_reserved=room())
        )
        later = bytes(stamped.getvalue())
        there, judged = _judged(later, file, online)
        if _gained(before, judged):
            data, signatures, reports = later, there, judged
    notes: list[Message] = []
    if level == "lt" and not all(one.revocation for one in reports):
        data, notes = _with_store(data, signatures, reports, online)
        signatures, reports = _judged(data, file, online)
    gained = _gained(before, reports)
    return BetterPdf(data if gained else as_it_was, tuple(reports), tuple(notes), gained)


def _gained(before: list[SignatureReport], after: list[SignatureReport]) -> tuple[SignatureReport, ...]:
    return tuple(
        new
        for old, new in zip(before, after, strict=True)
        if (old.proven_at is None and new.proven_at is not None) or (new.revocation and not old.revocation)
    )


def _judged(
    data: bytes, file: PackedFile, online: Online
) -> tuple[tuple[PdfSignature, ...], list[SignatureReport]]:
    """What a verification will say of each signature."""
    judge = Judge(online.anchors, online.now)
    roles = {one.field: one.role for one in file.signed.fields} if file.signed is not None else {}
    rewritten = file.signed is not None and file.signed.grade == "same-pages"
    found = read_signatures(io.BytesIO(data), file.path, None if rewritten else file.size)
    for one in found:
        role = roles.get(one.field, "")
        judge.believe(
            one.certificate, one.others, one.claimed_at, file=file.path, role=role, evidence=one.evidence
        )
    return found, judge.reports


def _with_store(
    data: bytes, signatures: tuple[PdfSignature, ...], reports: list[SignatureReport], online: Online
) -> tuple[bytes, list[Message]]:
    """The document with answers for each signature for which they are complete."""
    notes: list[Message] = []
    certificates: dict[bytes, None] = {}
    answers: dict[bytes, None] = {}
    lists: dict[bytes, None] = {}
    for one, report in zip(signatures, reports, strict=True):
        proven = report.proven_at
        others = (*one.others, *one.evidence.certificates)
        at = proven or online.now
        path = find_lent_path(one.certificate, others, online.anchors, at, proven=proven, now=online.now)
        if proven is None or report.revocation or isinstance(path, NoPath):
            continue
        fetched = online.status(path.certificates, proven)
        if fetched.problem is not None:
            notes.append(
                Message("submission.extend.without_status", holder=report.holder, reason=fetched.problem)
            )
            continue
        certificates |= dict.fromkeys(der(each) for each in path.certificates[:-1])
        answers |= dict.fromkeys(fetched.answers)
        lists |= dict.fromkeys(fetched.lists)
    if not answers and not lists:
        return data, notes
    out = io.BytesIO(data)
    DocumentSecurityStore.add_dss(
        out,
        None,
        certs=[asn1_x509.Certificate.load(one) for one in certificates],
        ocsps=[ocsp.OCSPResponse.load(one) for one in answers],
        crls=[crl.CertificateList.load(one) for one in lists],
    )
    return out.getvalue(), notes
