"""Judging one of our own packages: every byte accounted for, every signature believed, nobody missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec

from desktop.base import Message
from desktop.base.bounded.limits import STANDARD, is_short
from desktop.base.jobs import Report
from desktop.submission.asked import check_asked
from desktop.submission.attached import check_attached
from desktop.submission.documents import check_document, read_signed
from desktop.submission.fingerprint import APPROVAL, is_document, package_fingerprint
from desktop.submission.frame.asic import DataFile, signature_name
from desktop.submission.frame.container import MAXIMUM_SIGNATURE, OpenPackage, open_package
from desktop.submission.frame.contents import check_contents
from desktop.submission.frame.window import Window
from desktop.submission.inside import strict
from desktop.submission.judging import Judge
from desktop.submission.manifest import Expected, Initials, Manifest, PackedFile
from desktop.submission.persons import (
    add_coming,
    check_person,
    mark_asked,
    note_claims,
    note_early,
    note_unnamed,
)
from desktop.submission.plainly import plain
from desktop.submission.printed.documents_day import note_printed_for
from desktop.submission.proving import Proof, earliest, prove
from desktop.submission.refusal import Refused
from desktop.submission.returning.seen import note_seen
from desktop.submission.sequence import note_sequence
from desktop.submission.shared_roles import note_shared
from desktop.submission.sheet import proof as sheet
from desktop.submission.signed import signed_when
from desktop.submission.stamps_noted import note_stamps
from desktop.submission.verdict import FileReport, InitialsReport, PackageInfo
from desktop.submission.xades.reading import XadesSignature, read_xades
from desktop.submission.xades.writing import Attached, XadesParts, write_xades
from desktop.trust.certificate import der, holder
from desktop.trust.timestamps import plain_token

if TYPE_CHECKING:
    from desktop.submission.pdf.read import PdfSignature


def judge_own(path: Path, judge: Judge, report: Report, due: dt.datetime | None) -> None:
    """Fill ``judge`` with what there is to say about the package. Raises :class:`Refused`, RancangError."""
    with open_package(path) as package:
        judge_package(package, judge, report, due)


def judge_package(
    package: OpenPackage,
    judge: Judge,
    report: Report,
    due: dt.datetime | None = None,
    *,
    contents: bool = True,
) -> None:
    """The same of one that is open: all that can ever refuse it, in the order of cost and danger.

    Before somebody signs exactly this is asked too (``before.py``), by a judge who leaves open whom to
    believe; ``contents`` says that the files themselves are not looked at elsewhere.
    """
    judge.package = _info(package.manifest)
    if contents:
        check_contents(package, report)
    proof = _check_container_signatures(package, judge)
    judge.signed = judge.signed or bool(package.signatures)
    for file in package.manifest.files:
        if file.signed is not None:
            _check_pdf(package, file, judge, proof)
    _check_sheets(package, judge)
    documents = _documents(package, judge)
    for file in documents:
        if file.media_type == "application/pdf":
            check_document(package, file)
    judge.files += [_told(file) for file in package.manifest.files]
    add_coming(package.manifest, judge)
    note_sequence(package.manifest, judge)
    mark_asked(package.manifest, judge)
    _check_complete(package.manifest, judge)
    check_asked(package, judge)
    check_late(judge, due)
    note_unnamed(package.manifest, judge)
    note_printed_for(package.manifest, judge)
    note_shared(judge)
    if judge.ahead and is_short(allowed := STANDARD.of(package.size).seconds):
        # whoever waits before he signs has more time than any verification, which would be refused
        raise Refused(Message("submission.limit.time", seconds=round(allowed)))
    # last, since it takes the longest of all and can only make notes
    for file in documents:
        _look_through(package, file, judge, STANDARD.of(package.size).seconds if judge.ahead else 0.0)


def _info(manifest: Manifest) -> PackageInfo:
    return PackageInfo(
        manifest.id,
        manifest.previous,
        manifest.moment,
        manifest.region.code,
        manifest.region.name,
        manifest.period.first_year,
        manifest.period.last_year,
        _as_written(manifest.guideline.id),
        _as_written(manifest.guideline.version),
        len(manifest.files),
        f"{manifest.application.name} {manifest.application.version}",
        manifest.workspace.id,
        manifest.workspace.head,
        manifest.open_mandatory,
        package_fingerprint(manifest),
        tuple(_initialled(one) for one in manifest.initials or ()),
    )


def _as_written(name: str) -> str:
    """A guideline's id or version; with a sign that is not seen it would be taken for another one's."""
    if plain(name) == name:
        return name
    return "".join(one if one.isascii() and one.isprintable() else f"\\u{ord(one):04x}" for one in name)


def _initialled(one: Initials) -> InitialsReport:
    return InitialsReport(one.step, one.label, one.state, one.name, one.office, one.date)


def _told(file: PackedFile) -> FileReport:
    """A file as a report lists it."""
    fields = file.signed.fields if file.signed else ()
    return FileReport(
        file.path,
        file.media_type,
        file.role,
        file.present_size,
        file.present_sha256,
        file.sha256,
        tuple(one.role for one in file.signers),
        tuple(one.role for one in fields),
    )


def _check_container_signatures(package: OpenPackage, judge: Judge) -> Proof | None:
    """Check them all; returns the earliest proof, which holds for everything they were made over."""
    proofs = [believe_container(package.manifest, found, judge) for found in container_signatures(package)]
    return earliest([proof for proof in proofs if proof is not None])


def container_signatures(package: OpenPackage) -> Iterator[XadesSignature]:
    """The signatures over the whole package, each sound; whom to believe is asked elsewhere.

    Raises :class:`Refused`.
    """
    for number in range(len(package.signatures)):
        yield container_signature(package, number)


def container_signature(package: OpenPackage, number: int) -> XadesSignature:
    """One of them. Raises :class:`Refused`."""
    name = package.signatures[number]
    if package.entries[name].size > MAXIMUM_SIGNATURE:
        raise Refused(Message("submission.xml.too_large", name=name))
    return read_own_signature(package.read(name), number, package.data_files())


def read_own_signature(data: bytes, number: int, files: tuple[DataFile, ...]) -> XadesSignature:
    """The one signature of a signature file of ours, which has to be written as we write it.

    Raises :class:`Refused`.
    """
    name = signature_name(number)
    if len(data) > MAXIMUM_SIGNATURE:
        raise Refused(Message("submission.xml.too_large", name=name))
    kinds = {file.name: file.media_type for file in files}
    digests = {file.name: file.sha256 for file in files}

    def digest(file: str, algorithm: str) -> bytes:
        # Ours are SHA-256 throughout; another algorithm fails the comparison below in any case.
        return digests[file] if algorithm == "sha256" else b""

    found = read_xades(data, name, kinds, digest)
    if len(found) != 1 or write_xades(parts_of(found[0], number), files, found[0].value) != data:
        raise Refused(Message("submission.xades.not_canonical", name=name))
    return found[0]


def parts_of(signature: XadesSignature, number: int) -> XadesParts:
    """What a signature says, as we would write it."""
    certificates = (signature.certificate, *signature.others)
    elliptic = isinstance(signature.certificate.public_key(), ec.EllipticCurvePublicKey)
    evidence = signature.unsigned.evidence
    attached = Attached(
        tuple(plain_token(one.token) for one in evidence.stamps),
        tuple(der(one) for one in evidence.certificates),
        evidence.lists,
        evidence.answers,
    )
    return XadesParts(
        number, tuple(der(one) for one in certificates), elliptic, signature.moment, signature.roles, attached
    )


def believe_container(manifest: Manifest, signature: XadesSignature, judge: Judge) -> Proof | None:
    """Its timestamp's word, if it has one."""
    role = signature.roles[0] if signature.roles else ""
    expected = next((one for one in manifest.signers if one.role == role), None)
    check_person(expected, signature.certificate, role, judge)
    note_claims(expected, signature.roles, holder(signature.certificate), judge)
    note_early(manifest, signature.moment, role, judge)
    evidence = signature.unsigned.evidence
    belief = judge.believe(
        signature.certificate,
        signature.others,
        signature.moment,
        file="",
        role=role,
        office=expected.office if expected else "",
        evidence=evidence,
    )
    check_attached(signature, belief, judge)
    return belief.proof


def _proofs_over(found: Sequence[PdfSignature], above: Proof | None, judge: Judge) -> list[Proof | None]:
    """Of each signature of a document what proves it that was made over it: a later one was there later."""
    over: list[Proof | None] = []
    for one in reversed(found):
        over.insert(0, above)
        if one.evidence.stamps:
            own = prove(one.evidence, judge.anchors, judge.now).proof
            if own is not None and not own.test:
                # a training clock says nothing of what somebody else has signed
                above = earliest(each for each in (above, own) if each is not None)
    return over


def _check_pdf(package: OpenPackage, file: PackedFile, judge: Judge, above: Proof | None) -> None:
    """Every signature in a PDF is sound and believed, and each role's is where the manifest says."""
    signed = file.signed
    if signed is None:
        return
    rewritten = signed.grade == "same-pages"
    found = read_signed(package, file)
    roles = {one.field: one.role for one in signed.fields}
    expected = {one.role: one for one in file.signers}
    for one, over in zip(found, _proofs_over(found, above, judge), strict=True):
        role = roles[one.field]
        check_person(expected[role], one.certificate, role, judge)
        note_early(package.manifest, one.claimed_at, role, judge)
        judge.believe(
            one.certificate,
            one.others,
            one.claimed_at,
            file=file.path,
            role=role,
            office=expected[role].office,
            evidence=one.evidence,
            above=over,
        )
        if not one.pades:
            judge.note(Message("submission.note.not_pades", file=file.path, role=role))
        if one.contradiction is not None and one.claimed_at is not None:
            told = {"claimed": one.claimed_at, "shown": one.contradiction}
            judge.note(Message("submission.note.two_times", file=file.path, role=role, **told))
    if rewritten:
        judge.note(Message("submission.note.same_pages", file=file.path, person=signed.confirmed_by))
    note_stamps(package, file, judge, min(found, key=lambda one: one.until) if rewritten and found else None)


def _documents(package: OpenPackage, judge: Judge) -> tuple[PackedFile, ...]:
    """What somebody believed has signed: by itself, by the sheet that names it, or with the package."""
    files = package.manifest.files
    named = judge.signed or any(file.role == APPROVAL and file.signed is not None for file in files)
    return tuple(
        file
        for file in files
        if file.signed is not None or (named and (file.role == APPROVAL or is_document(file)))
    )


def _look_through(package: OpenPackage, file: PackedFile, judge: Judge, allowed: float) -> None:
    """A document that is signed or that a sheet names shows one thing to everybody, and does nothing.

    Whether it does is told for as long as there is time; where there is none, that is told. Whoever waits
    before he signs has more of it than any verification, of which no more than ``allowed`` is known to be
    there (in seconds; 0 says that this is one): he is told of that as well.
    """
    from desktop.submission.pdf.profile import beyond_profile
    from desktop.submission.pdf.shape import NotLookedThrough, go_on
    from desktop.submission.pdf.usual import unusual

    if file.media_type != "application/pdf":
        return
    entry = package.entries[file.path]
    rewritten = file.signed is not None and file.signed.grade == "same-pages"
    # what a signature shows is the business of whoever signs; it lies in its box
    size = entry.size if rewritten else file.size
    with BufferedReader(Window(package.file, entry.start, size)) as window:
        packed = not strict(package.manifest, judge)
        try:
            go_on()
            what = ", ".join(unusual(window, go_on)) if rewritten else beyond_profile(window, packed=packed)
            short = allowed > 0.0 and is_short(allowed)
        except NotLookedThrough:
            what, short = "", True
    if short:
        judge.note(Message("submission.note.not_looked_through", file=file.path))
    if what:
        judge.note(Message("submission.note.pdf_unusual", file=file.path, what=what))
    note_seen(file, judge)


def _check_sheets(package: OpenPackage, judge: Judge) -> None:
    """An approval sheet names exactly the documents of this package, whoever has signed it.

    Other documents bear the fingerprint of this package, not of an earlier one, signed or not: most are
    approved by the sheet alone.
    """
    for file in package.manifest.files:
        if file.role != APPROVAL and not is_document(file):
            continue
        entry = package.entries[file.path]
        with BufferedReader(Window(package.file, entry.start, entry.size)) as window:
            if file.role == APPROVAL:
                from desktop.submission.sheet.wording import is_as_composed

                composed = partial(is_as_composed, package, file)
                binds = sheet.check_sheet(window, file, package.manifest, composed)
                if not binds and strict(package.manifest, judge):
                    judge.note(Message("submission.note.sheet_first", file=file.path))
            elif not sheet.check_printed(window, file, package.manifest) and strict(package.manifest, judge):
                judge.note(Message("submission.note.no_fingerprint", file=file.path))


def _check_complete(manifest: Manifest, judge: Judge) -> None:
    """What the guideline asks for and is not there: signatures, mandatory entries."""
    for file in manifest.files:
        for one in file.signers:
            if file.field_of(one.role) is None:
                judge.missing(Message("submission.missing.pdf_signature", file=file.path, role=_who(one)))
    signed_roles = {one.role for one in judge.reports if not one.file}
    for one in manifest.signers:
        if one.role not in signed_roles:
            judge.missing(Message("submission.missing.container_signature", role=_who(one)))
    if manifest.open_mandatory:
        judge.missing(Message("submission.missing.mandatory", n=manifest.open_mandatory))


def check_late(judge: Judge, due: dt.datetime | None, *, nobody_asked: bool = False) -> None:
    """Whether those who were asked had signed by the date due; asked when it is known who was."""
    moment = signed_when(judge.reports, nobody_asked=nobody_asked)
    if due is not None and moment is not None and moment > due:
        judge.missing(Message("submission.missing.late", moment=moment, due=due))


def _who(expected: Expected) -> str:
    return expected.office or expected.name or expected.role
