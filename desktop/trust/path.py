"""From a signer's certificate to an anchor we believe, as it stood at a given moment (RFC 5280, 6).

Small and strict on purpose: names, signatures, validity, basic constraints, path length, key usage,
key strength and hash of every link; what it does not know (critical extensions, name constraints) it
refuses. The operating system's own trust store is never asked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from desktop.base import Message
from desktop.trust.anchors import Anchor, AnchorKind, Anchors
from desktop.trust.certificate import (
    MALFORMED,
    commits,
    der,
    holder,
    is_test,
    issued_by,
    issuer,
    meant_for_documents,
    valid_at,
    weakness,
)

MAXIMUM_LENGTH = 8
"""Certificates in a path, leaf and anchor included."""

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


@dataclass(frozen=True, slots=True)
class TrustPath:
    """Leaf first, anchor last; valid at the moment it was asked for."""

    certificates: tuple[x509.Certificate, ...]
    anchor: Anchor

    @property
    def test(self) -> bool:
        """Whether any part of it belongs to a test identity."""
        return self.anchor.kind is AnchorKind.TEST or any(is_test(one) for one in self.certificates)


@dataclass(frozen=True, slots=True)
class NoPath:
    """Why no path leads to an anchor: the reason of the attempt that came furthest."""

    message: Message
    known: bool
    """Whether an anchor was reached at all (the signer is known, but something about it is wrong)."""


def find_path(
    leaf: x509.Certificate, others: tuple[x509.Certificate, ...], anchors: Anchors, moment: dt.datetime
) -> TrustPath | NoPath:
    """The path from ``leaf`` over ``others`` to one of ``anchors``, valid at ``moment`` (aware datetime)."""
    fault = _leaf_fault(leaf, moment)
    best: NoPath | None = None
    for chain, anchor in _candidates((leaf,), others, anchors):
        problem = fault or _chain_fault(chain, moment)
        if problem is None:
            revoked = _revoked(chain, anchors)
            if revoked is None:
                return TrustPath(chain, anchor)
            problem = revoked
        best = NoPath(problem, known=True)
    return best or NoPath(fault or Message("trust.path.unknown", issuer=_top(leaf, others)), known=False)


def _top(leaf: x509.Certificate, others: tuple[x509.Certificate, ...]) -> str:
    """The name of whoever would have to be believed."""
    from desktop.trust.certificate import order_chain

    chain = order_chain(leaf, others)
    return issuer(chain[-1] if chain else leaf)


def _candidates(
    chain: tuple[x509.Certificate, ...], others: tuple[x509.Certificate, ...], anchors: Anchors
) -> list[tuple[tuple[x509.Certificate, ...], Anchor]]:
    """Every chain whose names and signatures lead to an anchor."""
    top = chain[-1]
    anchored = anchors.find(top)
    if anchored is not None and len(chain) > 1:
        return [(chain, anchored)]
    found = [
        ((*chain, anchor.certificate), anchor)
        for anchor in anchors.with_subject(top.issuer)
        if issued_by(top, anchor.certificate)
    ]
    if len(chain) < MAXIMUM_LENGTH - 1:
        used = {der(one) for one in chain}
        for parent in others:
            if der(parent) not in used and parent.subject == top.issuer and issued_by(top, parent):
                found += _candidates((*chain, parent), others, anchors)
    return found


def _leaf_fault(leaf: x509.Certificate, moment: dt.datetime) -> Message | None:
    """What is wrong with the signer's own certificate, whoever issued it."""
    fault = _link_fault(leaf, moment)
    if fault is not None:
        return fault
    if not commits(leaf):
        return Message("trust.path.usage", holder=holder(leaf))
    if not meant_for_documents(leaf):
        return Message("trust.path.purpose", holder=holder(leaf))
    return None


def _chain_fault(chain: tuple[x509.Certificate, ...], moment: dt.datetime) -> Message | None:
    for depth, authority in enumerate(chain[1:]):
        anchor = authority is chain[-1]
        fault = _link_fault(authority, moment, hashed=not anchor) or _authority_fault(
            authority, depth, anchor=anchor
        )
        if fault is not None:
            return fault
    return None


def _link_fault(certificate: x509.Certificate, moment: dt.datetime, *, hashed: bool = True) -> Message | None:
    """Validity, strength, hash and extensions of one certificate; an anchor's signature proves nothing."""
    try:
        extensions = certificate.extensions
        algorithm = certificate.signature_hash_algorithm
        weak = weakness(certificate.public_key())
    except MALFORMED:
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
    strange += [one.oid for one in extensions if one.oid == x509.NameConstraints.oid]
    if strange:
        return Message("trust.path.critical", holder=holder(certificate), oid=strange[0].dotted_string)
    return None


def _authority_fault(certificate: x509.Certificate, below: int, *, anchor: bool) -> Message | None:
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


def _revoked(chain: tuple[x509.Certificate, ...], anchors: Anchors) -> Message | None:
    """Whether a list beside the anchors withdraws a certificate.

    Without a timestamp nobody can show that a signature is older than the withdrawal, so its date
    does not save the signature.
    """
    for data in anchors.crls:
        load = x509.load_pem_x509_crl if b"-----BEGIN" in data else x509.load_der_x509_crl
        crl = load(data)
        for certificate, parent in pairwise(chain):
            if crl.issuer != parent.subject or not crl.is_signature_valid(parent.public_key()):  # type: ignore[arg-type]
                continue
            entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None:
                return Message(
                    "trust.path.revoked", holder=holder(certificate), moment=entry.revocation_date_utc
                )
    return None
