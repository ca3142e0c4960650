"""Reading the signatures of a PDF strictly: what was signed, and that nothing else came afterwards.

pyHanko compares the revisions; ours are the stricter policy (only further signatures may follow, no
form filling: that closes the "replace" shadow attack), the byte ranges, the end of the file, the
signature itself (:mod:`desktop.trust.cms`), and what lies between the sealed bytes and the first
signature.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BufferedReader
from typing import Any, BinaryIO

from asn1crypto.parser import peek
from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from desktop.base import Message
from desktop.submission.frame.window import Window
from desktop.submission.pdf.about import about, entry_at
from desktop.submission.pdf.added import check_added, check_clock
from desktop.submission.pdf.bounds import FREED, WHOLE, added_behind, bounds_leaving
from desktop.submission.pdf.closing import closes
from desktop.submission.pdf.extent import check_extent
from desktop.submission.pdf.hidden import check_hidden
from desktop.submission.pdf.kept import kept_at, read_kept
from desktop.submission.pdf.older import check_older
from desktop.submission.pdf.once import Once
from desktop.submission.pdf.plain_values import spelled
from desktop.submission.pdf.policies import SEALED_POLICY, SIGNED_POLICY
from desktop.submission.pdf.tables import check_plain_since, pass_over_unused
from desktop.submission.pdf.tree import check_read_alike, check_tree
from desktop.submission.proving import NOTHING, Evidence, sound_stamp
from desktop.submission.refusal import Refused
from desktop.trust.cms import MAXIMUM_SIZE, BadCms, CmsSignature, read_cms
from desktop.trust.revocation import CLOCK_DIFFERENCE
from desktop.trust.timestamps import Timestamp

_END = re.compile(rb"startxref[\r\n ]+[0-9]+[\r\n ]+%%EOF(\r\n|\n|\r)?\Z")


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One sound signature of a PDF. Whether to believe its owner is asked elsewhere."""

    field: str
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    claimed_at: dt.datetime | None
    pades: bool
    """Whether the certificate is bound into the signature, as PAdES asks."""
    evidence: Evidence = NOTHING
    """Timestamps over it (its own, the document's) and what the document keeps to believe it."""
    contradiction: dt.datetime | None = None
    """The time that viewers show (``/M``) where the signature itself claims quite another one."""
    until: int = 0
    """Where in the file the revision ends that it covers."""
    closes: bool = False
    """Whether nobody may sign after it."""

    @property
    def timestamped(self) -> bool:
        """Whether a timestamp is over it, believed or not."""
        return bool(self.evidence.stamps)


def read_signatures(
    file: BinaryIO, name: str, sealed_size: int | None, *, plain: int | None = None, signers: int = 0
) -> tuple[PdfSignature, ...]:
    """Every signature of a PDF in the order they were made; empty when there is none.

    ``sealed_size`` is the length of the sealed document at the beginning of the file: everything after
    it has to be signatures. As many bytes as ``plain`` says are to lie as we seal them. Of so many
    ``signers`` each who has yet to sign has to find room. Raises :class:`Refused` (codes ``pdf.*``); hostile
    files may also raise what pyHanko raises, which the caller turns into a refusal.
    """
    look = partial(_read_signatures, name=name, sealed_size=sealed_size, plain=plain, signers=signers)
    return _READ.ask(file, (sealed_size, plain, signers), look)


_READ = Once[tuple[PdfSignature, ...]](lambda found: not any(one.evidence for one in found))
"""Proofs of time and lists of what was revoked may be large: none of them is held."""


def _read_signatures(
    file: BinaryIO, name: str, sealed_size: int | None, *, plain: int | None, signers: int
) -> tuple[PdfSignature, ...]:
    with _quiet():
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        begins = file.read(5) == b"%PDF-"
        file.seek(max(0, size - 64))
        if begins and not _END.search(file.read(64)):
            raise Refused(Message("submission.pdf.after_end", file=name))
        extent = check_extent(file, name)
        reader = PdfFileReader(file, strict=True)
        if reader.encrypted:
            raise Refused(Message("submission.pdf.encrypted", file=name))
        pass_over_unused(reader)
        found: list[EmbeddedPdfSignature] = list(reader.embedded_signatures)
        signed = sum(one.sig_object_type == "/Sig" for one in found)
        bounds = bounds_leaving(signed, signers - signed) if signers else WHOLE
        extent.check(bounds)
        most = added_behind(signed, leaving=signers > 0) if found else bounds.added
        behind = range(1, reader.total_revisions)
        freed = {number for revision in behind for number in reader.xrefs.get_xref_data(revision).freed}
        if sum(map(partial(_lines, reader), behind)) > most or (found and len(freed) > FREED):
            raise Refused(Message("submission.pdf.too_complex", file=name))
        if len(found) > bounds.signatures:
            raise Refused(Message("submission.pdf.too_many", file=name))
        _check_all_read(reader, {str(one.field_name) for one in found}, name)
        # Timestamps of the document come behind the last signature and hide nothing that came before them.
        last = max((one.signed_revision for one in found if one.sig_object_type == "/Sig"), default=0)
        fields = {str(field): value is None for field, value, _ in enumerate_sig_fields(reader)}
        signatures: list[tuple[int, PdfSignature]] = []
        stamps: list[tuple[int, Timestamp]] = []
        for one in found:
            _check_range(one, size, name)
            _check_changes(reader, one, name, signed, last=one.signed_revision >= last)
            if one.sig_object_type == "/Sig":
                signatures.append((one.signed_revision, _signature(one, name, fields)))
            else:
                stamps.append((one.signed_revision, _document_stamp(one, name)))
        if found:
            _check_end(reader, found, size, name)
        check_hidden(file, reader, name, plain=plain, largest=bounds.number)
        check_tree(reader, name)
        check_read_alike(file, reader, name, signed)
        base = None if sealed_size is None else _sealed_revision(file, reader, sealed_size, name)
        if base is not None:
            check_plain_since(reader, base, name)
            first = min((one.signed_revision for one in found), default=reader.total_revisions - 1)
            _check_since_sealing(reader, base, first, signed, name)
        check_older(reader, base, found, name)
        check_added(reader, base, last or None, name)
        kept = read_kept(reader, name, bounds)
        return tuple(
            replace(one, evidence=_evidence(one, [stamp for when, stamp in stamps if when > revision], kept))
            for revision, one in signatures
        )


def _evidence(one: PdfSignature, over: list[Timestamp], kept: Evidence) -> Evidence:
    """With the timestamps of the document that came after the signature, and what the document keeps."""
    return replace(kept, stamps=(*one.evidence.stamps, *over))


def _document_stamp(one: EmbeddedPdfSignature, name: str) -> Timestamp:
    """A timestamp over the whole document as it was (EN 319 142-1, 5.4.3)."""
    check_clock(one.sig_object, name)
    if str(one.sig_object.get("/SubFilter", "")) != "/ETSI.RFC3161":
        raise Refused(Message("submission.pdf.kind", file=name, field=str(one.field_name)))
    try:
        token = _unpadded(one.pkcs7_content)
    except BadCms as error:
        raise Refused(Message("submission.timestamp.bad", name=name, reason=error.message)) from error
    return sound_stamp(token, one.compute_digest, name)


def _check_all_read(reader: PdfFileReader, found: set[str], name: str) -> None:
    """No filled signature field was passed over: pyHanko skips a kind of signature that it does not know."""
    for field, value, _ in enumerate_sig_fields(reader, filled_status=True):
        if value is not None and str(field) not in found:
            raise Refused(Message("submission.pdf.kind", file=name, field=str(field)))


@contextmanager
def _quiet() -> Iterator[None]:
    """pyHanko tells its log about every suspicious change; here that becomes a verdict."""
    names = ["pyhanko", *(name for name in logging.root.manager.loggerDict if name.startswith("pyhanko."))]
    states = [(one, one.disabled) for one in map(logging.getLogger, names)]
    for one, _ in states:
        one.disabled = True
    try:
        yield
    finally:
        for one, state in states:
            one.disabled = state


def _check_range(one: EmbeddedPdfSignature, size: int, name: str) -> None:
    """The signature covers everything but exactly its own value."""
    numbers = [int(number) for number in one.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        raise Refused(Message("submission.pdf.range", file=name, field=str(one.field_name)))
    _, before, after, rest = numbers
    hole = 2 * len(one.pkcs7_content) + 2
    if after != before + hole or after + rest > size:
        raise Refused(Message("submission.pdf.range", file=name, field=str(one.field_name)))
    stream = one.reader.stream
    stream.seek(before)
    value = stream.read(hole)
    if value[:1] + value[-1:] != b"<>" or bytes.fromhex(value[1:-1].decode("ascii")) != one.pkcs7_content:
        raise Refused(Message("submission.pdf.range", file=name, field=str(one.field_name)))


def _check_changes(
    reader: PdfFileReader, one: EmbeddedPdfSignature, name: str, signed: int, *, last: bool
) -> None:
    """Nothing but what the policy names came after this signature."""
    one.compute_integrity_info(diff_policy=SIGNED_POLICY)  # type: ignore[no-untyped-call]
    result: Any = one.diff_result
    coverage: Any = one.coverage
    if coverage is None or coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise Refused(Message("submission.pdf.range", file=name, field=str(one.field_name)))
    allowed = ModificationLevel.LTA_UPDATES if last else ModificationLevel.FORM_FILLING
    if not isinstance(result, DiffResult) or result.modification_level > allowed:
        raise Refused(Message("submission.pdf.changed_after", file=name, field=str(one.field_name)))
    permission = one.docmdp_level
    if permission is not None and result.modification_level.value > permission.value:
        raise Refused(Message("submission.pdf.changed_after", file=name, field=str(one.field_name)))
    end = reader.total_revisions - 1
    shown, later = (_presentation(reader, which, last=last) for which in (one.signed_revision, end))
    said = about(reader, one.signed_revision, signed)
    if said != about(reader, end, signed) or not _keeps(shown, later, last=last):
        raise Refused(Message("submission.pdf.changed_after", file=name, field=str(one.field_name)))


def _check_end(reader: PdfFileReader, found: list[EmbeddedPdfSignature], size: int, name: str) -> None:
    """The last signature reaches the end of the file, or what follows is validation data (B-LT)."""
    last = max(found, key=lambda one: one.signed_revision)
    if int(last.byte_range[2]) + int(last.byte_range[3]) == size:
        return
    before = reader.get_historical_resolver(last.signed_revision)
    after = reader.get_historical_resolver(reader.total_revisions - 1)
    # a store that is added to keeps its number; what is in it tells
    added = kept_at(after) - kept_at(before)
    # The first identifier stays for ever; the second is to change with every revision (ISO 32000-1, 14.4).
    first = [next(iter(one.trailer_view.get("/ID") or [None])) for one in (before, after)]
    if not added or first[0] != first[1]:
        raise Refused(Message("submission.pdf.changed_after", file=name, field=str(last.field_name)))


def _presentation(reader: PdfFileReader, revision: int, *, last: bool) -> tuple[str, ...]:
    """Entries that pyHanko lets change and a viewer obeys: whether it draws forms itself, and by what rules.

    After the last signature the form's own resources stay too; whoever adds a signature may add to them.
    """
    resolver = reader.get_historical_resolver(revision)
    version = str(entry_at(resolver, resolver.root, "/Version") or "")
    form = entry_at(resolver, resolver.root, "/AcroForm") or {}
    drawn = str(form.get("/NeedAppearances", "")) if form else ""
    resources = spelled(entry_at(resolver, form, "/DR")) if last and form else ""
    return (version if version > "/1.7" else "", drawn if drawn.lower() == "true" else "", resources)


def _keeps(before: tuple[str, ...], after: tuple[str, ...], *, last: bool) -> bool:
    """Whether what is drawn stays as it was.

    Who signs with a key on a curve says that the document is one of PDF 2.0 from now on, as ISO/TS 32002
    asks; no page of ours asks for it. After the last signature nobody has a reason to.
    """
    risen = not last and (before[0], after[0]) == ("", "/2.0")
    return before[1:] == after[1:] and (risen or before[0] == after[0])


def _sealed_revision(file: BinaryIO, reader: PdfFileReader, size: int, name: str) -> int:
    """The revision that readers of the sealed bytes saw; what follows builds on it and on no other.

    A table may lie among the sealed bytes to which nothing leads until somebody appends what does.
    """
    file.seek(max(0, size - 64))
    if not _END.search(file.read(min(64, size))):
        raise Refused(Message("submission.pdf.not_sealed_document", file=name))
    try:
        sealed = PdfFileReader(BufferedReader(Window(file, 0, size)), strict=True)
        count = sealed.total_revisions
    except (PdfError, ValueError) as error:
        raise Refused(Message("submission.pdf.not_sealed_document", file=name)) from error
    before, now = (_tables(one) for one in (sealed, reader))
    if now[:count] != before or any(start < size for start, _ in now[count:]):
        raise Refused(Message("submission.pdf.not_sealed_document", file=name))
    return count - 1


def _lines(reader: PdfFileReader, revision: int) -> int:
    """How many objects a revision brings or frees."""
    return len(reader.xrefs.explicit_refs_in_revision(revision)) + len(
        reader.xrefs.get_xref_data(revision).freed
    )


def _tables(reader: PdfFileReader) -> list[tuple[int, int]]:
    """Where the table of each revision begins and ends."""
    found = (reader.xrefs.get_xref_container_info(revision) for revision in range(reader.total_revisions))
    return [(one.start_location, one.end_location) for one in found]


def _check_since_sealing(reader: PdfFileReader, base: int, first: int, signed: int, name: str) -> None:
    """Between the sealed revision and the first signature's nothing came but that signature."""
    before = reader.get_historical_resolver(base)
    shown = _presentation(reader, base, last=False)
    for revision in range(base + 1, first + 1):
        try:
            level = SEALED_POLICY.apply(before, reader.get_historical_resolver(revision)).modification_level
        except SuspiciousModification as error:
            raise Refused(Message("submission.pdf.changed_before", file=name)) from error
        if (
            level > ModificationLevel.FORM_FILLING
            or about(reader, base, signed) != about(reader, revision, signed)
            or not _keeps(shown, _presentation(reader, revision, last=False), last=False)
        ):
            raise Refused(Message("submission.pdf.changed_before", file=name))


def _signature(one: EmbeddedPdfSignature, name: str, fields: Mapping[str, bool]) -> PdfSignature:
    subfilter = str(one.sig_object.get("/SubFilter", ""))
    if subfilter not in {"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"}:
        raise Refused(Message("submission.pdf.kind", file=name, field=str(one.field_name)))
    try:
        cms = read_cms(_unpadded(one.pkcs7_content), one.compute_digest)
    except BadCms as error:
        raise Refused(
            Message("submission.pdf.signature", file=name, field=str(one.field_name), reason=error.message)
        ) from error
    stamps = tuple(
        sound_stamp(token, lambda digest: hashlib.new(digest, cms.value).digest(), name)
        for token in cms.tokens
    )
    return PdfSignature(
        str(one.field_name),
        cms.certificate,
        cms.others,
        _claimed(one, cms, name),
        cms.bound,
        Evidence(stamps),
        _contradiction(one, cms),
        int(one.byte_range[2]) + int(one.byte_range[3]),
        closes(one, [field for field, waits in fields.items() if waits], fields),
    )


def _unpadded(value: bytes) -> bytes:
    """The value without the zeros that fill the room reserved for it.

    Its outer layers may be of a length that they do not say, as some services write them (BER).
    """
    try:
        # a part without length is looked through for its end: no further than a signature may be long
        end = int(peek(value[: MAXIMUM_SIZE + 1] if value[1:2] == b"\x80" else value))
    except (ValueError, RecursionError) as error:
        raise BadCms(Message("trust.cms.malformed")) from error
    if any(value[end:]):
        raise BadCms(Message("trust.cms.malformed"))
    return value[:end]


def _claimed(one: EmbeddedPdfSignature, cms: CmsSignature, name: str) -> dt.datetime | None:
    """The time the signer claims; PAdES keeps it in the (signed) dictionary."""
    moment = cms.claimed_at or _written(one)
    if moment is not None and moment.tzinfo is None:
        raise Refused(Message("submission.pdf.time", file=name, field=str(one.field_name)))
    return moment


def _written(one: EmbeddedPdfSignature) -> dt.datetime | None:
    written: Any = one.sig_object.get("/M")
    return generic.parse_pdf_date(str(written)) if written is not None else None


def _contradiction(one: EmbeddedPdfSignature, cms: CmsSignature) -> dt.datetime | None:
    """The time in the dictionary when the value claims another (other kinds than PAdES have both)."""
    written = _written(one) if cms.claimed_at is not None else None
    if written is None or cms.claimed_at is None:
        return None
    allowed = CLOCK_DIFFERENCE
    if written.tzinfo is None:
        # the time of some place on earth
        written, allowed = written.replace(tzinfo=dt.UTC), allowed + dt.timedelta(hours=14)
    return written if abs(written - cms.claimed_at) > allowed else None
