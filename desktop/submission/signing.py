"""Signing a package: officials sign its PDFs, then somebody signs the container over everything, last.

An official's signature that comes later makes a new container, which names the one before it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from desktop.base import Message, RancangError
from desktop.base.aside import Aside
from desktop.base.fingerprint import qr_text, words_of
from desktop.base.jobs import Report
from desktop.submission.as_whom import as_whom
from desktop.submission.before import look_at_written, look_before_signing
from desktop.submission.extending import extend_signature, online_for
from desktop.submission.fingerprint import package_fingerprint
from desktop.submission.frame.container import MAXIMUM_SIGNATURES, OpenPackage, PackageWriter, write_tail
from desktop.submission.frame.contents import check_contents
from desktop.submission.manifest import (
    Expected,
    Grade,
    Manifest,
    PackedFile,
    RoleField,
    Seen,
    Way,
)
from desktop.submission.pdf.fields import field_name
from desktop.submission.quoting import as_said, bounded
from desktop.submission.refusal import Refused
from desktop.submission.replaced import closed_before, replaced
from desktop.submission.resealing import Replacement, check_open, rewrite, rewriting, state_of, usable
from desktop.submission.returning.seen import signed_line
from desktop.submission.shared_roles import short_number
from desktop.submission.signed import OWN_STAMPS
from desktop.submission.stamp import Stamp, StampStanding, standing_of
from desktop.submission.unbelieved import fit_to_sign, looked_at
from desktop.submission.xades.writing import sign_xades
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import fingerprint, grouped, holder, issuer
from desktop.trust.fetching import Online
from desktop.trust.fitness import Grade as Worth
from desktop.trust.fitness import KeyCheck
from desktop.trust.signer import KeySource, Signer, opened_with_issuers, under_way
from desktop.trust.timeservice import TimeService
from desktop.trust.token import TokenKey

_WORTH_BEGINNING = 32 << 20
"""Bytes of a package; one that is hashed at once leaves no time to begin anything beside it."""


class NothingToSign(RancangError):
    """No document of the package waits for this role's signature."""

    def __init__(self, role: str) -> None:
        super().__init__(as_said(Message("submission.sign.nothing", role=role)))


class WrongCertificate(RancangError):
    """The package names another certificate for this role."""

    def __init__(self, role: str, name: str) -> None:
        super().__init__(as_said(Message("submission.sign.wrong_certificate", role=role, holder=name)))


class OtherKey(RancangError):
    """The key that is opened to sign is not the one that was looked at and shown."""

    def __init__(self, name: str) -> None:
        super().__init__(as_said(Message("submission.sign.other_key", holder=name)))


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing did: the package written, the files signed, and what was noted about the key."""

    path: Path
    id: str
    files: tuple[str, ...]
    checks: tuple[KeyCheck, ...] = ()
    signature_dropped: bool = False
    """Whether a container signature had to go because a document inside changed: sign it again."""
    kept: Path | None = None
    """Where the package that was closed before is kept, when this one lies in its place."""
    previous: str = ""
    """SHA-256 of the package that it says it replaces; empty where it says none."""


def sign_pdfs(  # noqa: PLR0913 - a job takes what it needs one by one
    report: Report,
    package: Path,
    target: Path,
    key: KeySource,
    role: str,
    anchors: Anchors,
    now: dt.datetime,
    service: TimeService | None = None,
    *,
    other_holder: bool = False,
    expected: str = "",
    reopen: bool = False,
    certificate: str = "",
) -> Signed:
    """Sign every PDF that waits for ``role``, with a visible stamp where a box was declared.

    With a ``service`` each signature gets a timestamp. ``other_holder``: somebody said that the certificate
    may be another person's than the one expected. ``expected``: the state of the package that somebody has
    looked at (:attr:`Preflight.state`), another one is refused. ``reopen``: it was agreed that the signature
    over a closed package ends. ``certificate``: SHA-256 of the one that was shown. Raises
    :class:`NothingToSign`, :class:`WrongCertificate`, :class:`OtherKey`, :class:`PackageUnusable`, KeyUnfit,
    OtherHolder, NoAnswer, and what opening the key raises.
    """
    online = online_for(service, anchors, now, report)
    look = look_at_written(report, anchors, now, target)
    aside = Aside()
    with rewriting(package, target, expected, look, aside=aside) as (source, out):
        # Asked before the key is: a PIN typed for nothing may be one of the last tries.
        waiting = _waiting(source.manifest, role)
        check_open(source, package, target, reopen=reopen)
        look_before_signing(report, source, anchors, now)
        with opened_with_issuers(key.open, anchors, now) as signer:
            person = expected_person(source.manifest, role)
            check_shown(signer, certificate)
            checks = fit_to_sign(signer, anchors, now, person, other_holder=other_holder)
            standing = standing_of(signer.certificate, signer.chain, anchors, now)
            changes: dict[str, Replacement] = {}
            for index, file in enumerate(waiting):
                report(index, len(waiting), Message("submission.sign.signing", name=file.path))
                change = _sign_one(source, file, signer, role, (standing, now), online)
                changes[file.path] = _told(change, role, key)
        signed = written(report, source, out, target, changes, checks, (anchors, now))
    return replace(signed, kept=aside.path)


def _waiting(manifest: Manifest, role: str) -> list[PackedFile]:
    """The documents that wait for a role's signature. Raises :class:`NothingToSign`."""
    waiting = [file for file in manifest.files if waits(file, role)]
    if not waiting:
        raise NothingToSign(role)
    return waiting


def expected_person(manifest: Manifest, role: str, *, closing: bool = False) -> str:
    """The name of whoever is to sign as a role (``closing``: the package itself); empty when none is."""
    signers = manifest.signers if closing else [one for file in manifest.files for one in file.signers]
    return next((one.name for one in signers if one.role == role and one.name), "")


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found out about a key before it signs anything."""

    holder: str
    issuer: str
    person: str
    """Who is expected to sign; empty when nobody is named."""
    documents: int
    """How many documents wait for this role; 0 when it is the package itself."""
    checks: tuple[KeyCheck, ...]
    package: Message | None = None
    """Which package it is: region, years, the fingerprint in words, what it replaces."""
    state: str = ""
    """The state of the package that was looked at; signing takes it as ``expected``."""
    notes: tuple[Message, ...] = ()
    """What a verdict notes of the package as it is."""
    certificate: str = ""
    """SHA-256 of the certificate that was looked at; signing takes it, so that no other signs."""
    stamps: tuple[Message, ...] = ()
    """What is told, in any case, of what signatures there show in their boxes."""
    whom: tuple[Message, ...] = ()
    """Under which office, name and number it will stand."""

    @property
    def stopped(self) -> bool:
        """Whether nothing can be signed with this key."""
        return any(check.grade is Worth.STOP for check in self.checks)

    @property
    def other_holder(self) -> bool:
        """Whether somebody has to say that another person's certificate is meant."""
        return any(check.grade is Worth.CONFIRM for check in self.checks)


def preflight(  # noqa: PLR0913 - a job takes what it needs one by one
    report: Report,
    package: Path,
    key: KeySource,
    role: str,
    anchors: Anchors,
    now: dt.datetime,
    *,
    closing: bool = False,
    person: str = "",
    identity: str = "",
) -> Preflight:
    """Look at a key as signing would, and sign nothing; ``closing``: for the package itself.

    ``person`` is who is expected where the package names nobody; ``identity``: the package's own id, where
    somebody has been asked about it. Raises :class:`NothingToSign`, :class:`PackageUnusable`,
    ChangedMeanwhile, and what opening the key raises.
    """
    report(0, 0, Message("submission.sign.looking"))
    with usable(package, identity=identity) as source:
        # before it is looked at: what comes to be written into it meanwhile is another state
        manifest, state = source.manifest, state_of(source)
        if closing and all(one.role != role for one in manifest.signers):
            raise NothingToSign(role)  # it would count for nothing
        waiting = [] if closing else _waiting(manifest, role)
        notes = look_before_signing(report, source, anchors, now, coming=(role, closing))
        whom = as_whom(source, role, closing=closing)
    person = expected_person(manifest, role, closing=closing) or person
    with opened_with_issuers(key.open, anchors, now) as signer:
        checks = list(looked_at(signer, anchors, now, person))
        try:
            expected = [one for file in waiting for one in file.signers if one.role == role]
            for one in expected or [_container_role(manifest, role)]:
                _check_certificate(one, signer)
        except WrongCertificate as error:
            checks.append(KeyCheck("certificate", Worth.STOP, error.message))
        name, by = holder(signer.certificate), issuer(signer.certificate)
        own = fingerprint(signer.certificate)
    # of whoever has signed for that office already it is himself that nobody has to be told of
    notes = tuple(one for one in notes if one.params.get("sha256") != short_number(own))
    stamps, notes = (tuple(one for one in notes if (one == OWN_STAMPS) is told) for told in (True, False))
    about = about_package(manifest)
    return Preflight(name, by, person, len(waiting), tuple(checks), about, state, notes, own, stamps, whom)


def about_package(manifest: Manifest) -> Message:
    """Which package it is, to be compared with what stands on paper before anything is signed.

    What a sealer wrote stands last and in quotation marks: it could say other words before the true ones.
    """
    fingerprint = package_fingerprint(manifest)
    return Message(
        "submission.sign.package",
        region=bounded(manifest.region.name),
        id=grouped(manifest.id),
        first=str(manifest.period.first_year),
        last=str(manifest.period.last_year),
        words=" ".join(words_of(fingerprint)) if fingerprint else "\N{EM DASH}",
        replaces=replaced(manifest.previous),
    )


def _told(change: Replacement, role: str, key: KeySource) -> Replacement:
    """The manifest keeps by what kind of key a role signed."""
    signed = change.packed.signed
    if signed is None:
        return change
    how: Way = "token" if isinstance(key, TokenKey) else "p12"
    fields = tuple(
        msgspec.structs.replace(one, how=how) if one.role == role else one for one in signed.fields
    )
    file = msgspec.structs.replace(change.packed, signed=msgspec.structs.replace(signed, fields=fields))
    return Replacement(file, change.content)


def waits(file: PackedFile, role: str) -> bool:
    """Whether a document still waits for this role's signature."""
    return any(one.role == role for one in file.signers) and file.field_of(role) is None


def _sign_one(
    source: OpenPackage,
    file: PackedFile,
    signer: Signer,
    role: str,
    worth: tuple[StampStanding, dt.datetime],
    online: Online | None,
) -> Replacement:
    from desktop.submission.pdf.sign import sign_pdf

    expected = next(one for one in file.signers if one.role == role)
    _check_certificate(expected, signer)
    standing, now = worth
    fingerprint = package_fingerprint(source.manifest)
    code = qr_text(fingerprint) if fingerprint else f"RANCANG:{source.manifest.id.upper()}"
    stamp = Stamp(holder(signer.certificate), expected.office, now, standing, code)
    data = b"".join(bytes(piece) for piece in source.checked(file))
    signed = sign_pdf(data, signer, role, stamp, file.path, online)
    return replacement(file, signed, (RoleField(role=role, field=field_name(role)),), "same-bytes", "")


def check_shown(signer: Signer, certificate: str) -> None:
    """Another key file may lie there by now, or another token be in. Raises :class:`OtherKey`."""
    if certificate and fingerprint(signer.certificate) != certificate:
        raise OtherKey(holder(signer.certificate))


def _check_certificate(expected: Expected, signer: Signer) -> None:
    if expected.certificate and expected.certificate != fingerprint(signer.certificate):
        raise WrongCertificate(expected.role, holder(signer.certificate))


def replacement(
    file: PackedFile,
    content: bytes,
    roles: tuple[RoleField, ...],
    grade: Grade,
    confirmed_by: str,
    within_box: tuple[int, ...] = (),
    seen: Seen = Seen(),  # noqa: B008 - it cannot be changed
) -> Replacement:
    """A document's new bytes with these signatures more, and its new line in the manifest.

    ``within_box``: the pages that changed in a box, of which somebody was asked.
    """
    now = len(content), hashlib.sha256(content).hexdigest()
    return Replacement(signed_line(file, now, roles, grade, confirmed_by, within_box, seen), content)


def written(
    report: Report,
    source: OpenPackage,
    out: BinaryIO,
    target: Path,
    changes: dict[str, Replacement],
    checks: tuple[KeyCheck, ...] = (),
    whom: tuple[Anchors, dt.datetime] | None = None,
) -> Signed:
    """The package with changed documents; a container signature cannot survive that and is dropped.

    What it replaces stays what everybody was told who has signed it: the submission before, where one is
    named. The closed container that ends here may never have been handed in, and is the same sealed package.
    """
    had, previous = bool(source.signatures), closed_before(source, *(whom or ()))
    manifest = rewrite(report, source, out, changes, previous)
    return Signed(target, manifest.id, tuple(changes), checks, had, previous=manifest.previous)


def sign_container(  # noqa: PLR0913 - a job takes what it needs one by one
    report: Report,
    package: Path,
    target: Path,
    key: KeySource,
    role: str,
    anchors: Anchors,
    now: dt.datetime,
    service: TimeService | None = None,
    *,
    other_holder: bool = False,
    expected: str = "",
    certificate: str = "",
) -> Signed:
    """Sign the container over everything; signatures already there stay (each covers the same files).

    With a ``service`` the signature gets a timestamp; ``expected`` as for the documents.
    Raises :class:`PackageUnusable`, :class:`WrongCertificate`, KeyUnfit, OtherHolder, NoAnswer, and what
    opening the key raises.
    """
    online = online_for(service, anchors, now, report)
    # contents are compared on their way into the new file
    look = look_at_written(report, anchors, now, target, contents=False)
    aside = Aside()
    with rewriting(package, target, expected, look, aside=aside) as (source, out):
        if len(source.signatures) >= MAXIMUM_SIGNATURES:
            raise Refused(Message("submission.xades.too_many"))
        # All that is inside is hashed on its way into the new file, and looked at, before the key is asked.
        writer = PackageWriter(out, source.manifest.moment)
        with under_way(key, worth=source.size > _WORTH_BEGINNING) as opening:
            check_contents(source, report, writer)
            look_before_signing(report, source, anchors, now, contents=False)
            with opened_with_issuers(opening, anchors, now) as signer:
                person = expected_person(source.manifest, role, closing=True)
                check_shown(signer, certificate)
                checks = fit_to_sign(signer, anchors, now, person, other_holder=other_holder)
                asked = _container_role(source.manifest, role)
                _check_certificate(asked, signer)
                signatures = tuple(source.read(name) for name in source.signatures)
                roles = tuple(text for text in (role, asked.office) if text)
                files, number = source.data_files(), len(signatures)
                new = sign_xades(files, signer, number, now, roles)
                if online is not None:
                    new = extend_signature(new, number, files, source.manifest, "t", online).data
        write_tail(writer, source.manifest, (*signatures, new))
        signed = Signed(target, source.manifest.id, (), checks)
    return replace(signed, kept=aside.path)


def _container_role(manifest: Manifest, role: str) -> Expected:
    return next((one for one in manifest.signers if one.role == role), Expected(role=role))
