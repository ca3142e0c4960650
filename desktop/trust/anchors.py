"""Whom we believe: trust anchors as replaceable data, several generations side by side.

``resources/trust`` ships with the program; the folder ``anchors`` in the program's data folder is the
user's own (BSrE's root, downloaded and compared by fingerprint); ``--trust`` adds one for a call.
A revocation list (``*.crl``) laid beside the anchors is obeyed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import msgspec
from cryptography import x509

from desktop.base import LocalText, Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.paths import folder
from desktop.base.resources import resource
from desktop.trust.certificate import der, fingerprint, holder, is_test

METADATA = "anchors.json"
_CERTIFICATES = (".pem", ".crt", ".cer", ".der")
_LISTS = (".crl",)


class NotAnAnchor(RancangError):
    """A file given as trust anchor that is no certificate authority's certificate."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.anchor.unreadable", file=file))


class NoSuchAnchor(RancangError):
    """No anchor of the user's own has this name."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(Message("trust.anchor.unknown", name=name))


class AnchorKind(StrEnum):
    """What a signature that leads to this anchor is worth."""

    CERTIFIED = "certified"
    """A certification authority recognised by the state, shipped with the program."""
    OWN = "own"
    """An anchor this user chose to believe."""
    TEST = "test"
    """A test identity's root: never more than valid with notes."""


@dataclass(frozen=True)
class Anchor:
    """One root (or intermediate) that ends a path."""

    der: bytes = field(repr=False)
    kind: AnchorKind
    origin: str
    """The file it came from."""
    name: LocalText

    @cached_property
    def certificate(self) -> x509.Certificate:
        """The anchor's certificate."""
        return x509.load_der_x509_certificate(self.der)

    def __getstate__(self) -> dict[str, object]:
        """Without the parsed certificate, which cannot travel to another process."""
        return {key: value for key, value in self.__dict__.items() if key != "certificate"}


@dataclass(frozen=True, slots=True)
class KnownAnchor:
    """An anchor as people compare and choose it; cheap to hand from one process to another."""

    file: str
    name: LocalText
    kind: AnchorKind
    fingerprint: str
    """SHA-256 of the certificate, in hexadecimal."""
    until: dt.datetime
    """Valid until (UTC)."""


@dataclass(frozen=True)
class Anchors:
    """The anchors, intermediates and revocation lists of one verification; picklable."""

    anchors: tuple[Anchor, ...] = ()
    crls: tuple[bytes, ...] = ()
    problems: tuple[Message, ...] = ()
    """Files in the user's folder that could not be used; said, but no reason to stop."""

    def plus(self, *files: Path) -> Anchors:
        """With the certificates in these files added. Raises :class:`NotAnAnchor`, FileProblem."""
        more = [anchor for file in files for anchor in read_anchor_file(file, AnchorKind.OWN)]
        return Anchors((*self.anchors, *more), self.crls, self.problems)

    def with_subject(self, name: x509.Name) -> Iterator[Anchor]:
        """The anchors of this name."""
        return (anchor for anchor in self.anchors if anchor.certificate.subject == name)

    def find(self, certificate: x509.Certificate) -> Anchor | None:
        """The anchor that is exactly this certificate."""
        wanted = der(certificate)
        return next((anchor for anchor in self.anchors if anchor.der == wanted), None)


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of ``anchors.json``."""

    file: str
    sha256: str
    name: LocalText
    source: str
    checked: dt.date


class _Metadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``anchors.json``: which files are anchors, where they come from, and their fingerprints."""

    format: int
    anchors: tuple[_Entry, ...] = ()


def load_anchors(extra: Iterable[Path] = ()) -> Anchors:
    """The shipped anchors, the user's own, and ``extra`` files (``--trust``).

    Raises :class:`NotAnAnchor` or FileProblem for a bad file in ``extra``; bad files in the user's
    folder are listed in ``problems``.
    """
    shipped = read_shipped(resource("trust"))
    anchors: list[Anchor] = list(shipped.anchors)
    crls = list(shipped.crls)
    problems: list[Message] = []
    for file in sorted(folder("anchors").iterdir()):
        try:
            if file.suffix.lower() in _CERTIFICATES:
                anchors.extend(read_anchor_file(file, AnchorKind.OWN))
            elif file.suffix.lower() in _LISTS:
                crls.append(_read_crl(file))
        except RancangError as error:
            problems.append(error.message)
    return Anchors(tuple(anchors), tuple(crls), tuple(problems)).plus(*extra)


def known(file: Path | None = None) -> tuple[KnownAnchor, ...]:
    """The anchors we believe, or those in a file that may become one. Raises what load_anchors raises."""
    anchors = load_anchors().anchors if file is None else read_anchor_file(file, AnchorKind.OWN)
    return tuple(
        KnownAnchor(
            each.origin,
            each.name,
            each.kind,
            fingerprint(each.certificate),
            each.certificate.not_valid_after_utc,
        )
        for each in anchors
    )


def adopt(file: Path) -> tuple[KnownAnchor, ...]:
    """Believe the authorities in a file from now on: it is copied among the user's own anchors.

    Raises :class:`NotAnAnchor`, FileProblem; nothing is kept of a file that is none.
    """
    found = known(file)
    target = folder("anchors") / (file.name if file.suffix.lower() in _CERTIFICATES else f"{file.name}.pem")
    number = 1
    while target.exists() and target.read_bytes() != file.read_bytes():
        number += 1
        target = target.with_name(f"{file.stem}-{number}{target.suffix}")
    try:
        target.write_bytes(file.read_bytes())
    except OSError as error:
        raise FileProblem.from_os(error, target.name) from error
    return tuple(replace(each, file=target.name) for each in found)


def drop(name: str) -> None:
    """Believe an own anchor no longer. Raises :class:`NoSuchAnchor`; shipped ones cannot be dropped."""
    own = {path.name: path for path in folder("anchors").iterdir()}
    if name not in own:
        raise NoSuchAnchor(name)
    own[name].unlink(missing_ok=True)


def read_shipped(place: Path) -> Anchors:
    """The anchors that ``anchors.json`` names; a file whose fingerprint differs is refused."""
    metadata = msgspec.json.decode((place / METADATA).read_bytes(), type=_Metadata, dec_hook=_local_text)
    anchors: list[Anchor] = []
    for entry in metadata.anchors:
        for anchor in read_anchor_file(place / entry.file, AnchorKind.CERTIFIED):
            if fingerprint(anchor.certificate) != entry.sha256:
                raise NotAnAnchor(entry.file)
            anchors.append(Anchor(anchor.der, anchor.kind, entry.file, entry.name))
    return Anchors(tuple(anchors), tuple(_read_crl(file) for file in sorted(place.glob("*.crl"))))


def _local_text(kind: type, value: object) -> object:
    if kind is LocalText and isinstance(value, dict):
        return LocalText({str(key): str(text) for key, text in value.items()})
    raise NotImplementedError(kind)


def read_anchor_file(file: Path, kind: AnchorKind) -> list[Anchor]:
    """Every certificate authority in a PEM or DER file. Raises :class:`NotAnAnchor`, FileProblem."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FileProblem.from_os(error, str(file)) from error
    try:
        if b"-----BEGIN" in data:
            certificates = x509.load_pem_x509_certificates(data)
        else:
            certificates = [x509.load_der_x509_certificate(data)]
        if not all(_is_authority(certificate) for certificate in certificates):
            raise NotAnAnchor(file.name)
    except ValueError as error:
        raise NotAnAnchor(file.name) from error
    return [
        Anchor(der(one), AnchorKind.TEST if is_test(one) else kind, file.name, LocalText({"id": holder(one)}))
        for one in certificates
    ]


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        # Roots of the first generation (X.509 v1) say nothing, but sign themselves.
        return certificate.subject == certificate.issuer


def _read_crl(file: Path) -> bytes:
    try:
        data = file.read_bytes()
        load = x509.load_pem_x509_crl if b"-----BEGIN" in data else x509.load_der_x509_crl
        load(data)
    except OSError as error:
        raise FileProblem.from_os(error, str(file)) from error
    except ValueError as error:
        raise NotAnAnchor(file.name) from error
    return data
