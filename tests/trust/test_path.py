"""Paths to an anchor: each rule broken once, and the moment of signing decides."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.trust import AnchorKind, NoPath, TrustPath, find_path
from tests.trust import pki
from tests.trust.pki import DAY, NOW, make

ROOT = make("Root", ca=True, start=NOW - 2000 * DAY, end=NOW + 3000 * DAY)
ISSUER = make("Penerbit", ROOT, ca=True, length=0, start=NOW - 1900 * DAY, end=NOW + 2000 * DAY)
ANCHORS = pki.believe(ROOT)


def ask(leaf, *others, anchors=ANCHORS, moment=NOW):
    return find_path(leaf.certificate, tuple(one.certificate for one in others), anchors, moment)


def test_good_path_in_any_order_of_others() -> None:
    leaf = make("Budi", ISSUER)
    path = ask(leaf, ROOT, make("Lain", ca=True), ISSUER)
    assert isinstance(path, TrustPath)
    assert path.certificates == (leaf.certificate, ISSUER.certificate, ROOT.certificate)
    assert path.anchor.kind is AnchorKind.CERTIFIED
    assert not path.test


def test_p384_and_sha512_are_fine() -> None:
    leaf = make("Budi", ISSUER, key=ec.generate_private_key(ec.SECP384R1()), hash_=hashes.SHA512())
    assert isinstance(ask(leaf, ISSUER), TrustPath)


TLS = [ExtendedKeyUsageOID.SERVER_AUTH]
CONSTRAINTS = (x509.NameConstraints([x509.DNSName("contoh.id")], None), True)
STRANGE = (x509.UnrecognizedExtension(x509.ObjectIdentifier("2.999.1"), b"\x05\x00"), True)


def faulty() -> dict[str, tuple]:
    no_ca = make("Bukan CA", ROOT)
    no_usage = make("CA tanpa guna", ROOT, ca=True, use=pki.SIGNING)
    deep = make("Cabang", ISSUER, ca=True)
    old = make("Penerbit lama", ROOT, ca=True, end=NOW - DAY, start=NOW - 900 * DAY)
    named = make("Penerbit terbatas", ROOT, ca=True, extra=(CONSTRAINTS,))
    return {
        "trust.path.validity": (make("Lama", ISSUER, start=NOW - 9 * DAY, end=NOW - DAY), ISSUER),
        "trust.path.validity ": (make("Nanti", ISSUER, start=NOW + DAY), ISSUER),
        "trust.path.validity  ": (make("Anak", old), old),
        "trust.path.usage": (make("Tanpa", ISSUER, use=pki.usage(digital_signature=True)), ISSUER),
        "trust.path.purpose": (make("server", ISSUER, eku=TLS), ISSUER),
        "trust.path.weak_key": (make("Lemah", ISSUER, key=pki.rsa_key(1024)), ISSUER),
        "trust.path.weak_key ": (make("K", ISSUER, key=ec.generate_private_key(ec.SECP256K1())), ISSUER),
        "trust.path.hash": (make("SHA-3", ISSUER, hash_=hashes.SHA3_256()), ISSUER),
        "trust.path.not_authority": (make("Anak", no_ca), no_ca),
        "trust.path.not_authority ": (make("Anak", no_usage), no_usage),
        "trust.path.too_long": (make("Cucu", deep), deep, ISSUER),
        "trust.path.critical": (make("Aneh", ISSUER, extra=(STRANGE,)), ISSUER),
        "trust.path.critical ": (make("Anak", named), named),
        "trust.path.unknown": (make("Asing", make("Root lain", ca=True)),),
    }


FAULTY = faulty()


@pytest.mark.parametrize("message", FAULTY)
def test_each_fault_is_named(message) -> None:
    leaf, *others = FAULTY[message]
    problem = ask(leaf, *others)
    assert isinstance(problem, NoPath)
    assert problem.message.id == message.strip()
    assert problem.known == (message.strip() != "trust.path.unknown")


def test_a_hierarchy_with_the_same_names_is_not_believed() -> None:
    root = make("Root", ca=True)
    issuer = make("Penerbit", root, ca=True)
    problem = ask(make("Budi", issuer), issuer, root)
    assert isinstance(problem, NoPath)
    assert not problem.known


def test_the_signing_time_decides_not_today() -> None:
    leaf = make("Budi", ISSUER, start=NOW - 800 * DAY, end=NOW - 70 * DAY)
    assert isinstance(ask(leaf, ISSUER, moment=NOW - 100 * DAY), TrustPath)
    assert isinstance(ask(leaf, ISSUER), NoPath)


def revoke(holder, issuer) -> bytes:
    entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
    entry = entry.revocation_date(NOW - DAY).build()
    builder = x509.CertificateRevocationListBuilder().issuer_name(ISSUER.certificate.subject)
    builder = builder.last_update(NOW - DAY).next_update(NOW + DAY).add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.PEM)


def test_a_revoked_certificate_is_refused_and_a_forged_list_ignored() -> None:
    leaf = make("Budi", ISSUER)
    revoked = ask(
        leaf, ISSUER, anchors=pki.believe(ROOT, crls=(revoke(leaf, ISSUER),)), moment=NOW - 2 * DAY / 3
    )
    assert isinstance(revoked, NoPath)
    assert revoked.message.id == "trust.path.revoked"
    forged = pki.believe(ROOT, crls=(revoke(leaf, make("Penerbit", ca=True)),))
    assert isinstance(ask(leaf, ISSUER, anchors=forged), TrustPath)
