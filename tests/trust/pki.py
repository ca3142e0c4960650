"""Certificates that are wrong in one way each, for tests of the trust room and of the verifier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from desktop.base import LocalText
from desktop.trust.anchors import Anchor, AnchorKind, Anchors
from desktop.trust.certificate import der
from desktop.trust.signer import SoftSigner

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def usage(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names.split()})


CA = usage(key_cert_sign=True, crl_sign=True)
SIGNING = usage(digital_signature=True, content_commitment=True)


def name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Contoh PKI"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


@dataclass(frozen=True)
class Holder:
    certificate: x509.Certificate
    key: Any

    def signer(self, *chain: Holder) -> SoftSigner:
        return SoftSigner(self.key, self.certificate, tuple(one.certificate for one in chain))


def make(
    common: str,
    parent: Holder | None = None,
    *,
    ca: bool = False,
    length: int | None = None,
    key: Any = None,
    use: x509.KeyUsage | None = None,
    eku: list[x509.ObjectIdentifier] | None = None,
    start: dt.datetime = NOW - DAY,
    end: dt.datetime = NOW + 700 * DAY,
    extra: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    hash_: hashes.HashAlgorithm | None = None,
) -> Holder:
    key = key or ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(common))
        .issuer_name(parent.certificate.subject if parent else name(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca, length), critical=True)
        .add_extension(use or (CA if ca else SIGNING), critical=True)
    )
    if eku:
        builder = builder.add_extension(x509.ExtendedKeyUsage(eku), critical=False)
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical=critical)
    return Holder(builder.sign(parent.key if parent else key, hash_ or hashes.SHA256()), key)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def believe(
    *holders: Holder, kind: AnchorKind = AnchorKind.CERTIFIED, crls: tuple[bytes, ...] = ()
) -> Anchors:
    kept = (Anchor(der(one.certificate), kind, "uji", LocalText()) for one in holders)
    return Anchors(crls=crls).and_these(kept)


def longer(crl: bytes, issuer: Holder, count: int) -> bytes:
    """The same list with so many entries more; the library that makes lists takes a minute for 100,000."""

    def part(tag: int, *body: bytes) -> bytes:
        size = sum(map(len, body))
        octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
        return b"".join(
            (bytes([tag]), bytes([size]) if size < 128 else bytes([128 | len(octets)]) + octets, *body)
        )

    from asn1crypto.crl import CertificateList

    known = CertificateList.load(crl)
    said, when = known["tbs_cert_list"], part(0x17, b"240101000000Z")
    serials = (b"\x01" + number.to_bytes(18, "big") for number in range(count))
    entries = b"".join(part(0x30, part(0x02, serial), when) for serial in serials)
    own = b"".join(one.dump() for one in said["revoked_certificates"])
    head = b"".join(
        said[each].dump() for each in ("version", "signature", "issuer", "this_update", "next_update")
    )
    whole = part(0x30, head, part(0x30, entries, own))
    signature = issuer.key.sign(whole, ec.ECDSA(hashes.SHA256()))
    return part(0x30, whole, known["signature_algorithm"].dump(), part(0x03, b"\0", signature))


def withdrawing(issuer: Holder, holder: Holder) -> bytes:
    """The issuer's list that names a certificate as withdrawn thirty days ago."""
    entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
    listed = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(NOW - 30 * DAY)
        .next_update(NOW + 30 * DAY)
        .add_revoked_certificate(entry.revocation_date(NOW - 30 * DAY).build())
    )
    return listed.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)
