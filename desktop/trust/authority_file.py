"""Files of authorities' certificates: PEM or DER, nothing else in them, and names that hide nothing."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.ordinary import open_ordinary
from desktop.trust.certificate import MALFORMED, plainly_named, says_fingerprint, self_issued

MAXIMUM_FILE = 1 << 20
"""Bytes of a file of anchors; a certificate has one or two thousand."""
MAXIMUM_IN_FILE = 64
"""Anchors in one file: several generations of several authorities."""


class NotAnAnchor(RancangError):
    """A file given as trust anchor that is no certificate authority's certificate."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.anchor.unreadable", file=file))


class HidingName(RancangError):
    """An authority whose name holds signs that hide or turn text, or a fingerprint that is not its own."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.anchor.name", file=file))


def read_authorities(file: Path) -> list[x509.Certificate]:
    """Every authority's certificate in a PEM or DER file.

    Raises :class:`NotAnAnchor`, :class:`HidingName`, FileProblem.
    """
    data = read_bounded(file, MAXIMUM_FILE)
    try:
        if b"-----BEGIN" in data:
            certificates = x509.load_pem_x509_certificates(data)
        else:
            certificates = [x509.load_der_x509_certificate(data)]
        if len(certificates) > MAXIMUM_IN_FILE or not all(_is_anchor(one) for one in certificates):
            raise NotAnAnchor(file.name)
        if not all(plainly_named(one) and not says_fingerprint(one) for one in certificates):
            raise HidingName(file.name)
        return certificates
    except MALFORMED as error:
        raise NotAnAnchor(file.name) from error


def _is_anchor(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        # Roots of the first generation (X.509 v1) say nothing, but sign themselves.
        return self_issued(certificate)


def read_bounded(file: Path, limit: int) -> bytes:
    """A file's bytes, at most one more than ``limit``. Raises :class:`NotAnAnchor`, FileProblem."""
    try:
        with open_ordinary(file) as source:
            data = source.read(limit + 1)
    except OSError as error:
        raise FileProblem.from_os(error, str(file)) from error
    if len(data) > limit and limit == MAXIMUM_FILE:
        raise NotAnAnchor(file.name)
    return data
