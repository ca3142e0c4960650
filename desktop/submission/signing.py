"""Signing a package: officials sign its PDFs, then somebody signs the container over everything, last.

An official's signature that comes later makes a new container, which names the one before it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from desktop.base import Message, RancangError
from desktop.base.fingerprint import qr_text
from desktop.base.jobs import Report
from desktop.submission.container import MAXIMUM_SIGNATURES, OpenPackage, replacing
from desktop.submission.extending import extend_signature, online_for
from desktop.submission.fingerprint import package_fingerprint
from desktop.submission.manifest import Expected, Grade, Manifest, PackedFile, RoleField, SignedFile, Way
from desktop.submission.pdffields import field_name
from desktop.submission.refusal import Refused
from desktop.submission.resealing import Replacement, rewrite, usable
from desktop.submission.sealing import container_hash
from desktop.submission.stamp import Stamp, StampStanding, standing_of
from desktop.submission.xades import sign_xades
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import fingerprint, holder
from desktop.trust.fetching import Online
from desktop.trust.fitness import KeyCheck, require_fit
from desktop.trust.signer import KeySource, Signer
from desktop.trust.timeservice import TimeService
from desktop.trust.token import TokenKey


class NothingToSign(RancangError):
    """No document of the package waits for this role's signature."""

    def __init__(self, role: str) -> None:
        super().__init__(Message("submission.sign.nothing", role=role))


class WrongCertificate(RancangError):
    """The package names another certificate for this role."""

    def __init__(self, role: str, name: str) -> None:
        super().__init__(Message("submission.sign.wrong_certificate", role=role, holder=name))


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing did: the package written, the files signed, and what was noted about the key."""

    path: Path
    id: str
    files: tuple[str, ...]
    checks: tuple[KeyCheck, ...] = ()
    signature_dropped: bool = False
    """Whether a container signature had to go because a document inside changed: sign it again."""


def sign_pdfs(
    report: Report,
    package: Path,
    target: Path,
    key: KeySource,
    role: str,
    anchors: Anchors,
    now: dt.datetime,
    service: TimeService | None = None,
) -> Signed:
    """Sign every PDF that waits for ``role``, with a visible stamp where a box was declared.

    With a ``service`` each signature gets a timestamp. Raises :class:`NothingToSign`,
    :class:`WrongCertificate`, :class:`PackageUnusable`, KeyUnfit, NoAnswer, and what opening the key
    raises.
    """
    online = online_for(service, anchors, now, report)
    with rewriting(package, target) as (source, out), key.open() as signer:
        waiting = [file for file in source.manifest.files if waits(file, role)]
        if not waiting:
            raise NothingToSign(role)
        checks = require_fit(signer, anchors, now)
        standing = standing_of(signer.certificate, signer.chain, anchors, now)
        changes: dict[str, Replacement] = {}
        for index, file in enumerate(waiting):
            report(index, len(waiting), Message("submission.sign.signing", name=file.path))
            changes[file.path] = _sign_one(source, file, signer, role, (standing, now), online)
        changes = {path: _told(change, role, key) for path, change in changes.items()}
        return written(report, source, out, target, changes, checks)


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
    from desktop.submission.pdfsign import sign_pdf

    expected = next(one for one in file.signers if one.role == role)
    _check_certificate(expected, signer)
    standing, now = worth
    fingerprint = package_fingerprint(source.manifest)
    code = qr_text(fingerprint) if fingerprint else f"RANCANG:{source.manifest.id.upper()}"
    stamp = Stamp(holder(signer.certificate), expected.office, now, standing, code)
    data = b"".join(bytes(piece) for piece in source.checked(file))
    signed = sign_pdf(data, signer, role, stamp, file.path, online)
    return replacement(file, signed, (RoleField(role=role, field=field_name(role)),), "same-bytes", "")


def _check_certificate(expected: Expected, signer: Signer) -> None:
    if expected.certificate and expected.certificate != fingerprint(signer.certificate):
        raise WrongCertificate(expected.role, holder(signer.certificate))


def replacement(
    file: PackedFile, content: bytes, roles: tuple[RoleField, ...], grade: Grade, confirmed_by: str
) -> Replacement:
    """A document's new bytes with these signatures more, and its new line in the manifest."""
    before = file.signed
    # A document once written anew stays so, whoever signs it afterwards.
    if before is not None and before.grade == "same-pages":
        grade, confirmed_by = before.grade, confirmed_by or before.confirmed_by
    signed = SignedFile(
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        grade=grade,
        confirmed_by=confirmed_by,
        fields=(*(before.fields if before else ()), *roles),
    )
    return Replacement(msgspec.structs.replace(file, signed=signed), content)


def written(
    report: Report,
    source: OpenPackage,
    out: BinaryIO,
    target: Path,
    changes: dict[str, Replacement],
    checks: tuple[KeyCheck, ...] = (),
) -> Signed:
    """The package with changed documents; a container signature cannot survive that and is dropped."""
    had = bool(source.signatures)
    previous = container_hash(source.path) if had else None
    manifest = rewrite(report, source, out, changes, previous)
    return Signed(target, manifest.id, tuple(changes), checks, had)


def sign_container(
    report: Report,
    package: Path,
    target: Path,
    key: KeySource,
    role: str,
    anchors: Anchors,
    now: dt.datetime,
    service: TimeService | None = None,
) -> Signed:
    """Sign the container over everything; signatures already there stay (each covers the same files).

    With a ``service`` the signature gets a timestamp. Raises :class:`PackageUnusable`,
    :class:`WrongCertificate`, KeyUnfit, NoAnswer, and what opening the key raises.
    """
    online = online_for(service, anchors, now, report)
    with rewriting(package, target) as (source, out), key.open() as signer:
        checks = require_fit(signer, anchors, now)
        expected = _container_role(source.manifest, role)
        _check_certificate(expected, signer)
        signatures = tuple(source.read(name) for name in source.signatures)
        if len(signatures) >= MAXIMUM_SIGNATURES:
            raise Refused(Message("submission.xades.too_many"))
        roles = tuple(text for text in (role, expected.office) if text)
        files, number = source.data_files(), len(signatures)
        new = sign_xades(files, signer, number, now, roles)
        if online is not None:
            new = extend_signature(new, number, files, source.manifest, "t", online).data
        manifest = rewrite(report, source, out, {}, None, (*signatures, new))
        return Signed(target, manifest.id, (), checks)


def _container_role(manifest: Manifest, role: str) -> Expected:
    return next((one for one in manifest.signers if one.role == role), Expected(role=role))


@contextmanager
def rewriting(package: Path, target: Path) -> Iterator[tuple[OpenPackage, BinaryIO]]:
    """The package to read and the file to write, which takes ``target``'s place at the end.

    In this order: the two may be one file, and Windows replaces no file that is still open.
    """
    with replacing(target) as out, usable(package) as source:
        yield source, out
