"""What is wrong with one certificate of a path, wherever the path leads (RFC 5280, 6.1; RFC 3161, 2.3)."""

from __future__ import annotations

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.base import Message
from desktop.trust.certificate import (
    MALFORMED,
    commits,
    holder,
    meant_for_documents,
    valid_at,
    weakness,
    well_formed,
)

_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)

_UNDERSTOOD = frozenset(
    {
        x509.BasicConstraints.oid,
        x509.KeyUsage.oid,
        x509.ExtendedKeyUsage.oid,
        x509.CertificatePolicies.oid,
        x509.SubjectAlternativeName.oid,
    }
)
_NOT_FOLLOWED = frozenset({x509.NameConstraints.oid, x509.PolicyConstraints.oid, x509.InhibitAnyPolicy.oid})
"""Limits that an authority may set, critical or not, and that are not followed here."""


def leaf_fault(leaf: x509.Certificate, moment: dt.datetime) -> Message | None:
    """What is wrong with the signer's own certificate, whoever issued it."""
    fault = link_fault(leaf, moment)
    if fault is not None:
        return fault
    if not commits(leaf):
        return Message("trust.path.usage", holder=holder(leaf))
    if not meant_for_documents(leaf):
        return Message("trust.path.purpose", holder=holder(leaf))
    return None


def timestamp_fault(leaf: x509.Certificate, moment: dt.datetime) -> Message | None:
    """What is wrong with a timestamp authority's certificate: it is for this and nothing else (RFC 3161)."""
    fault = link_fault(leaf, moment)
    if fault is not None:
        return fault
    try:
        purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return Message("trust.path.not_for_time", holder=holder(leaf))
    if not purposes.critical or list(purposes.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        return Message("trust.path.not_for_time", holder=holder(leaf))
    return None


def link_fault(certificate: x509.Certificate, moment: dt.datetime, *, hashed: bool = True) -> Message | None:
    """Validity, strength, hash and extensions of one certificate; an anchor's signature proves nothing."""
    try:
        extensions = certificate.extensions
        algorithm = certificate.signature_hash_algorithm
        weak = weakness(certificate.public_key())
    except MALFORMED:
        return Message("trust.path.malformed", holder=holder(certificate))
    if not well_formed(certificate):
        return Message("trust.path.malformed", holder=holder(certificate))
    if not valid_at(certificate, moment):
        return Message(
            "trust.path.validity",
            holder=holder(certificate),
            start=certificate.not_valid_before_utc,
            end=certificate.not_valid_after_utc,
            moment=moment,
        )
    if weak is not None:
        return Message("trust.path.weak_key", holder=holder(certificate), reason=weak)
    if hashed and not isinstance(algorithm, _HASHES):
        return Message(
            "trust.path.hash", holder=holder(certificate), hash=algorithm.name if algorithm else "?"
        )
    strange = [one.oid for one in extensions if one.critical and one.oid not in _UNDERSTOOD]
    strange += [one.oid for one in extensions if one.oid in _NOT_FOLLOWED]
    if strange:
        return Message("trust.path.critical", holder=holder(certificate), oid=strange[0].dotted_string)
    return None


def authority_fault(certificate: x509.Certificate, below: int, *, anchor: bool) -> Message | None:
    """Whether it may issue certificates, with ``below`` authorities between it and the leaf."""
    try:
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return None if anchor else Message("trust.path.not_authority", holder=holder(certificate))
    if not basic.ca:
        return Message("trust.path.not_authority", holder=holder(certificate))
    if basic.path_length is not None and below > basic.path_length:
        return Message("trust.path.too_long", holder=holder(certificate))
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None if anchor else Message("trust.path.not_authority", holder=holder(certificate))
    return None if usage.key_cert_sign else Message("trust.path.not_authority", holder=holder(certificate))
