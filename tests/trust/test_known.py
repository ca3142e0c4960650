"""Certificates of anybody's making, attached to be checked until nothing is left to ask the lists with."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.base import LocalText
from desktop.trust import AnchorClass, AnchorKind, Anchors, NoPath, TrustPath, find_path
from desktop.trust import path as searching
from desktop.trust.anchors import Anchor
from desktop.trust.certificate import der
from tests.trust import pki
from tests.trust.crls import entry, revoke
from tests.trust.pki import DAY, NOW, Holder, make

ROOT = make("Root", ca=True)
ISSUER = make("Penerbit", ROOT, ca=True)
LEAF = make("Budi", ISSUER)
JUNK = ec.generate_private_key(ec.SECP256R1())
STOLEN = entry(ISSUER.certificate.serial_number, reason=x509.ReasonFlags.key_compromise)
GONE = revoke(ROOT, STOLEN)
CLOCK = make(
    "Jam", ISSUER, use=pki.usage(digital_signature=True),
    extra=((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),),
)  # fmt: skip


def certify(subject: str, issuer: str, key: Any) -> x509.Certificate:
    """Nobody's: the signature is by a key that stands behind no name here."""
    builder = x509.CertificateBuilder(
        pki.name(issuer), pki.name(subject), key.public_key(), x509.random_serial_number()
    )
    return builder.not_valid_before(NOW - DAY).not_valid_after(NOW + DAY).sign(JUNK, hashes.SHA256())


def crowd(leaf: Holder, issuer: str = "Z") -> tuple[x509.Certificate, ...]:
    """Certificates of the leaf's key, and as many that could have issued each of them."""
    twins = [certify(f"Kembar {number}", issuer, leaf.key) for number in range(14)]
    return (*(certify(issuer, "Y", JUNK) for _ in range(14)), *twins)


def clocks() -> Anchors:
    kept = Anchor(der(ROOT.certificate), AnchorKind.OWN, "u", LocalText(), AnchorClass.TIMESTAMP)
    return Anchors((kept,), (GONE,))


@pytest.mark.parametrize("issuer", ["Z", "Root", "Penerbit"])
def test_a_withdrawn_authority_stays_so_whatever_is_attached(issuer: str) -> None:
    anchors = pki.believe(ROOT, crls=(GONE,))
    for others in ((), crowd(LEAF, issuer)):
        found = find_path(LEAF.certificate, (ISSUER.certificate, *others), anchors, NOW)
        assert isinstance(found, NoPath)
        assert found.known
        assert found.message.id == "trust.path.revoked"


def test_a_stolen_key_stays_so_where_it_has_a_root_of_its_own_that_is_believed() -> None:
    own = make("Penerbit", ca=True, key=ISSUER.key)
    both = pki.believe(ROOT, own, crls=(GONE,))
    found = find_path(LEAF.certificate, (ISSUER.certificate,), both, NOW)
    assert isinstance(found, NoPath)
    assert found.message.id in {"trust.path.key_stolen", "trust.path.revoked"}
    late = revoke(ROOT, entry(ISSUER.certificate.serial_number, reason=x509.ReasonFlags.superseded))
    both = pki.believe(ROOT, own, crls=(late,))
    found = find_path(LEAF.certificate, (ISSUER.certificate,), both, NOW)
    assert isinstance(found, TrustPath)
    assert "trust.path.key_withdrawn" in [one.id for one in found.notes]


@pytest.mark.parametrize("issuer", ["Z", "Root", "Penerbit"])
def test_a_withdrawn_authority_of_clocks_stays_so_too(issuer: str) -> None:
    for others in ((), crowd(CLOCK, issuer)):
        attached = (ISSUER.certificate, *others)
        found = find_path(CLOCK.certificate, attached, clocks(), NOW, proven=NOW, timestamping=True)
        assert isinstance(found, NoPath)
        assert found.message.id in {"trust.path.revoked", "trust.path.clock_revoked"}


def test_certificates_of_anybodys_making_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    inner = searching.issued_by
    monkeypatch.setattr(searching, "issued_by", lambda one, other: made.append(1) or inner(one, other))
    anchors, above = pki.believe(ROOT, crls=(revoke(ROOT),)), ISSUER.certificate
    assert isinstance(find_path(LEAF.certificate, (above,), anchors, NOW), TrustPath)
    alone = len(made)
    assert isinstance(find_path(LEAF.certificate, (above, *crowd(LEAF)), anchors, NOW), TrustPath)
    assert len(made) == 2 * alone


def test_many_certificates_beside_the_chain_are_no_reason_to_doubt_it() -> None:
    """A document that many signed keeps them all in one place, beside those who answer for the authority."""
    people = tuple(make(f"Pejabat {number}", ISSUER).certificate for number in range(80))
    for anchors in (pki.believe(ROOT), pki.believe(ROOT, crls=(revoke(ROOT), revoke(ISSUER)))):
        assert isinstance(find_path(LEAF.certificate, (ISSUER.certificate, *people), anchors, NOW), TrustPath)


def test_where_not_all_could_be_asked_nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MAXIMUM_STANDING", 3)
    others = (ISSUER.certificate, *(certify(f"Lain {number}", "Penerbit", JUNK) for number in range(5)))
    found = find_path(LEAF.certificate, others, pki.believe(ROOT, crls=(revoke(ROOT),)), NOW)
    assert isinstance(found, NoPath)
    assert found.known
    assert found.message.id == "trust.path.too_many"
    assert isinstance(find_path(LEAF.certificate, others, pki.believe(ROOT), NOW), TrustPath)
