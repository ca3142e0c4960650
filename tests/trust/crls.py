"""Revocation lists that are wrong in one way each, and one of half a million entries."""

from __future__ import annotations

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.trust.pki import DAY, NOW, Holder

Extra = tuple[tuple[x509.ExtensionType, bool], ...]


def entry(
    serial: int,
    moment: dt.datetime = NOW - DAY,
    reason: x509.ReasonFlags | None = None,
    extra: Extra = (),
) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment)
    if reason is not None:
        builder = builder.add_extension(x509.CRLReason(reason), critical=False)
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical=critical)
    return builder.build()


def revoke(
    issuer: Holder,
    *entries: x509.RevokedCertificate,
    name: x509.Name | None = None,
    this: dt.datetime = NOW - DAY,
    until: dt.datetime = NOW + DAY,
    extra: Extra = (),
    hash_: hashes.HashAlgorithm | None = None,
    encoding: Encoding = Encoding.DER,
) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(name or issuer.certificate.subject)
    builder = builder.last_update(this).next_update(until)
    for one in entries:
        builder = builder.add_revoked_certificate(one)
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer.key, hash_ or hashes.SHA256()).public_bytes(encoding)


def scope(**wanted: object) -> tuple[x509.ExtensionType, bool]:
    names = (
        "full_name relative_name only_contains_user_certs only_contains_ca_certs only_some_reasons "
        "indirect_crl only_contains_attribute_certs"
    )
    texts = {"full_name", "relative_name", "only_some_reasons"}
    settings = {one: wanted.get(one, None if one in texts else False) for one in names.split()}
    return x509.IssuingDistributionPoint(**settings), True


def tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def endless(issuer: Holder, this: dt.datetime) -> bytes:
    """A list that does not say when the next one comes."""
    from asn1crypto import crl

    made = crl.CertificateList.load(revoke(issuer, this=this))
    made["tbs_cert_list"]["next_update"] = None
    signed = made["tbs_cert_list"].dump(force=True)
    made["signature"] = issuer.key.sign(signed, ec.ECDSA(hashes.SHA256()))
    return made.dump(force=True)


def huge(issuer: Holder, serials: range) -> bytes:
    """A list of many entries; the library's builder would take minutes for it."""
    moment = tlv(0x17, f"{NOW - DAY:%y%m%d%H%M%SZ}".encode())
    until = tlv(0x17, f"{NOW + DAY:%y%m%d%H%M%SZ}".encode())
    algorithm = bytes.fromhex("300a06082a8648ce3d040302")
    entries = b"".join(tlv(0x30, tlv(2, b"\x01" + one.to_bytes(15, "big")) + moment) for one in serials)
    body = tlv(2, b"\x01") + algorithm + issuer.certificate.subject.public_bytes() + moment + until
    signed = tlv(0x30, body + tlv(0x30, entries))
    signature = issuer.key.sign(signed, ec.ECDSA(hashes.SHA256()))
    return tlv(0x30, signed + algorithm + tlv(3, b"\0" + signature))
