"""Certificates that are wrong in one way each, and people who sign what is not theirs to sign."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.submission import VerdictKind
from desktop.trust import Anchors
from desktop.trust.anchors import AnchorKind
from tests.submission.hostile.ground import (
    BUDI,
    FILES,
    ISSUER,
    NOW,
    ROOT,
    SITI,
    STRANGER,
    Table,
    container,
    resigned,
    rsa_holder,
    sign,
)
from tests.submission.hostile.xmltricks import again, set_text
from tests.trust import crls, pki

CASES = Table("certificate")
DAY = pki.DAY
NOTED = frozenset({VerdictKind.REFUSED, VerdictKind.VALID_WITH_NOTES})


def by(holder: pki.Holder, *chain: pki.Holder, moment: dt.datetime = NOW) -> bytes:
    """Signed by this holder, with these certificates attached."""
    from desktop.submission.xades.writing import sign_xades

    return container(sign_xades(FILES, holder.signer(*chain), 0, moment, ("Ketua Panitia",)))


def leaf(parent: pki.Holder = ISSUER, common: str = "Budi", **options: Any) -> Callable[[], bytes]:
    return lambda: by(pki.make(common, parent, **options), parent)


def chain(**options: Any) -> Callable[[], bytes]:
    """Below an intermediate that is wrong."""

    def make() -> bytes:
        middle = pki.make("Penerbit", ROOT, **{"ca": True, **options})
        return by(pki.make("Budi", middle), middle)

    return make


def subject(*attributes: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, text, _validate=False) for oid, text in attributes])


def named(name: x509.Name, parent: pki.Holder = ISSUER) -> Callable[[], bytes]:
    """A certificate with this subject, issued by somebody who is believed."""

    def make() -> bytes:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = x509.CertificateBuilder(parent.certificate.subject, name, key.public_key(), 77)
        builder = builder.not_valid_before(NOW - DAY).not_valid_after(NOW + DAY)
        builder = builder.add_extension(pki.SIGNING, critical=True)
        return by(pki.Holder(builder.sign(parent.key, hashes.SHA256()), key), parent)

    return make


def common(text: str) -> Callable[[], bytes]:
    return named(subject((NameOID.ORGANIZATION_NAME, "Contoh"), (NameOID.COMMON_NAME, text)))


def twisted(change: Callable[[Any], object], holder: pki.Holder = BUDI) -> Callable[[], bytes]:
    """The signer's certificate with its inner fields bent, signed again by its issuer."""

    def make() -> bytes:
        certificate = asn1.Certificate.load(pki.der(holder.certificate))
        change(certificate["tbs_certificate"])
        inner = certificate["tbs_certificate"].dump(force=True)
        certificate["signature_value"] = ISSUER.key.sign(inner, ec.ECDSA(hashes.SHA256()))
        data = certificate.dump(force=True)
        text = base64.b64encode(data).decode()
        return container(
            resigned(set_text("X509Certificate", text), holder=holder, source=sign(FILES, holder))
        )

    return make


def exponent(value: int) -> Callable[[], bytes]:
    def change(inner: Any) -> None:
        info = inner["subject_public_key_info"]
        key = info["public_key"].parsed
        key["public_exponent"] = value
        info["public_key"] = key

    def make() -> bytes:
        return twisted(change, rsa_holder())()

    return make


def replaced(holder: pki.Holder) -> Callable[[], bytes]:
    """Another certificate in the signature than the one whose key signed."""
    return again(set_text("X509Certificate", base64.b64encode(pki.der(holder.certificate)).decode()))


def revoked(issuer: pki.Holder, serial: int, moment: dt.datetime = NOW - DAY) -> bytes:
    entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(NOW - DAY).next_update(NOW + DAY).add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def listed(issuer: pki.Holder, holder: pki.Holder, moment: dt.datetime = NOW - DAY) -> Callable[[], Anchors]:
    return lambda: pki.believe(ROOT, crls=(revoked(issuer, holder.certificate.serial_number, moment),))


TWIN_ROOT = pki.make("Root", ca=True)
"""Another key under the name of the root."""
BELOW = pki.make("Bawah", ISSUER, ca=True)
TEST_ROOT = pki.make("Root", ca=True)
OLD = {"start": NOW - 900 * DAY, "end": NOW - 100 * DAY}
EXPIRED = pki.make("Budi", ISSUER, **OLD)
OLD_ROOT = pki.make("Root", ca=True, start=NOW - 3000 * DAY)
OLD_BUDI = pki.make("Budi", OLD_ROOT, **OLD)
NAMES = x509.NameConstraints([x509.DNSName("contoh.id")], None)
CRITICAL = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0")


def issued_by_leaf() -> bytes:
    """Budi's certificate issues one for the head of region."""
    return by(pki.make("Bupati Contoh", BUDI), BUDI, ISSUER)


def with_old_hash(algorithm: str, prefix: str, digest: Callable[[bytes], Any]) -> bytes:
    """A certificate signed with a hash that no library signs with any more: done by hand."""
    issuer = rsa_issuer()
    certificate = asn1.Certificate.load(pki.der(pki.make("Budi", issuer, key=BUDI.key).certificate))
    certificate["tbs_certificate"]["signature"] = {"algorithm": algorithm}
    certificate["signature_algorithm"] = {"algorithm": algorithm}
    told = bytes.fromhex(prefix) + digest(certificate["tbs_certificate"].dump(force=True)).digest()
    numbers = issuer.key.private_numbers()
    block = b"\0\1" + b"\xff" * (253 - len(told)) + b"\0" + told
    value = pow(int.from_bytes(block, "big"), numbers.d, numbers.public_numbers.n)
    certificate["signature_value"] = value.to_bytes(256, "big")
    return by(pki.Holder(x509.load_der_x509_certificate(certificate.dump(force=True)), BUDI.key), issuer)


@cache
def rsa_issuer() -> pki.Holder:
    return pki.make("Penerbit RSA", ROOT, ca=True, key=pki.rsa_key())


def many(count: int) -> bytes:
    """Certificates without number beside the signer's."""
    text = f"<ds:X509Certificate>{base64.b64encode(pki.der(SITI.certificate)).decode()}</ds:X509Certificate>"
    return container(sign().replace(b"</ds:X509Data>", (text * count + "</ds:X509Data>").encode()))


for name, codes, make in (
    ("signs itself", "signature.unknown", lambda: by(pki.make("Budi"))),
    ("signs itself under the root's name", "signature.unknown", lambda: by(pki.make("Root"))),
    ("of a stranger's root", "signature.unknown", lambda: by(STRANGER)),
    ("of a root with the same name", "signature.unknown", lambda: by(pki.make("Budi", TWIN_ROOT), TWIN_ROOT)),
    ("of a root whose name looks alike", "signature.unknown", lambda: by(pki.make("Budi", pki.make("R\u043eot", ca=True)))),
    ("of an issuer with the same name", "signature.unknown", lambda: by(pki.make("Budi", pki.make("Penerbit", TWIN_ROOT, ca=True)), ISSUER)),
    ("issued by a signer", "signature.untrusted", issued_by_leaf),
    ("intermediate is no authority", "signature.untrusted", chain(ca=False)),
    ("intermediate may not sign certificates", "signature.untrusted", chain(use=pki.SIGNING)),
    ("intermediate has expired", "signature.untrusted", chain(**OLD)),
    ("intermediate is not valid yet", "signature.untrusted", chain(start=NOW + DAY)),
    ("intermediate with a short key", "signature.untrusted xades.algorithm", chain(key=pki.rsa_key(1024))),
    ("intermediate with limited names", "signature.untrusted", chain(extra=((NAMES, True),))),
    ("intermediate with an unknown critical extension", "signature.untrusted", chain(extra=((CRITICAL, True),))),
    ("path too long", "signature.untrusted", lambda: by(pki.make("Budi", BELOW), BELOW, ISSUER)),
    ("expired when it was signed", "signature.untrusted", lambda: by(EXPIRED, ISSUER)),
    ("not valid yet", "signature.untrusted", leaf(start=NOW + DAY)),
    ("signed before it was valid", "signature.untrusted", lambda: container(sign(moment=NOW - 900 * DAY))),
    ("signed in the future", "signature.future", lambda: container(sign(moment=NOW + dt.timedelta(minutes=20)))),
    ("signed far in the future", "signature.future", lambda: container(sign(moment=dt.datetime(9999, 12, 31, tzinfo=dt.UTC)))),
    ("signed at the beginning of time", "signature.untrusted", lambda: container(sign(moment=dt.datetime(1000, 1, 1, tzinfo=dt.UTC)))),
    ("key usage without commitment", "signature.untrusted", leaf(use=pki.usage(digital_signature=True))),
    ("key usage of encryption", "signature.untrusted", leaf(use=pki.usage(key_encipherment=True))),
    ("for servers", "signature.untrusted", leaf(eku=[ExtendedKeyUsageOID.SERVER_AUTH])),
    ("for time stamps", "signature.untrusted", leaf(eku=[ExtendedKeyUsageOID.TIME_STAMPING])),
    ("for programs", "signature.untrusted", leaf(eku=[ExtendedKeyUsageOID.CODE_SIGNING])),
    ("unknown critical extension", "signature.untrusted", leaf(extra=((CRITICAL, True),))),
    ("signed with SHA-1", "signature.untrusted signature.unknown", lambda: with_old_hash("sha1_rsa", "3021300906052b0e03021a05000414", hashlib.sha1)),
    ("signed with MD5", "signature.untrusted signature.unknown xades.certificate", lambda: with_old_hash("md5_rsa", "3020300c06082a864886f70d020505000410", hashlib.md5)),
    ("RSA of 1024 bits", "xades.algorithm", leaf(key=pki.rsa_key(1024))),
    ("curve of 192 bits", "xades.algorithm", leaf(key=ec.generate_private_key(ec.SECP192R1()))),
    ("curve of Bitcoin", "xades.algorithm", leaf(key=ec.generate_private_key(ec.SECP256K1()))),
    ("another person's certificate", "xades.value", replaced(SITI)),
    ("twin of the signer's certificate", "xades.other_certificate", replaced(pki.make("Budi", ISSUER, key=BUDI.key))),
    ("twin with another name", "xades.other_certificate", replaced(pki.make("Bupati Contoh", ISSUER, key=BUDI.key))),
    ("the issuer's certificate", "xades.value", replaced(ISSUER)),
    ("public exponent 1", "xades.algorithm xades.certificate xades.value parser", exponent(1)),
    ("even public exponent", "xades.algorithm xades.certificate xades.value xades.other_certificate parser", exponent(4)),
    ("serial number below zero", "xades.other_certificate xades.certificate", twisted(lambda inner: inner.__setitem__("serial_number", -5))),
    ("changed after it was issued", "xades.other_certificate", twisted(lambda inner: inner.__setitem__("serial_number", 99))),
    ("thousands of certificates", "xml.structure", partial(many, 3000)),
    ("name with an end of text", "signature.name", common("Bupati Contoh\0.asing")),
    ("name with a line end", "signature.name", common("Budi\nBupati Contoh")),
    ("name from right to left", "signature.name", common("Budi\u202ehotnoC itapuB")),
    ("name with letters of no width", "signature.name", common("Bupati\u200b Contoh")),
    ("name with blanks that are letters", "signature.name", common("Joko\N{HANGUL FILLER}Bupati Contoh")),
    ("name with empty patterns", "signature.name", common("Joko\N{BRAILLE PATTERN BLANK}Bupati Contoh")),
    ("name without letters", "signature.name", common(" ")),
    ("name of a terminal's commands", "signature.name", common("\x1b[32mValid")),
    ("two names", "signature.name", named(subject((NameOID.COMMON_NAME, "Budi"), (NameOID.COMMON_NAME, "Bupati Contoh")))),
    ("no name at all", "signature.name", named(subject())),
    ("organisation from right to left", "signature.name", named(subject((NameOID.ORGANIZATION_NAME, "\u202eX"), (NameOID.COMMON_NAME, "Budi")))),
):  # fmt: skip
    CASES.foreign(name, codes, make)


def ed25519_holder() -> bytes:
    """An Ed25519 key: no XAdES method of ours fits it."""
    key = ed25519.Ed25519PrivateKey.generate()
    holder = pki.make("Budi", ISSUER, key=key)
    text = base64.b64encode(pki.der(holder.certificate)).decode()
    return container(resigned(set_text("X509Certificate", text), value=key.sign))


CASES.foreign("Ed25519", "xades.algorithm", ed25519_holder)
CASES.foreign("nobody is believed", "signature.unknown", lambda: by(BUDI, ISSUER), anchors=Anchors)
CASES.foreign(
    "only the root's twin is believed", "signature.unknown", lambda: by(BUDI, ISSUER), anchors=lambda: pki.believe(TWIN_ROOT)
)  # fmt: skip
CASES.foreign("withdrawn", "signature.untrusted", lambda: by(BUDI, ISSUER), anchors=listed(ISSUER, BUDI))
BUDIS, ISSUERS = BUDI.certificate.serial_number, ISSUER.certificate.serial_number
CAPITALS = x509.Name([x509.NameAttribute(one.oid, str(one.value).upper()) for one in pki.name("Penerbit")])
OTHER_ROOT = pki.make("Root kedua", ca=True)
CROSS = pki.make("Penerbit", OTHER_ROOT, ca=True, key=ISSUER.key)
MUTE = pki.make("Penerbit tanpa daftar", ROOT, ca=True, use=pki.usage(key_cert_sign=True))
UNLISTED = pki.make("Budi", MUTE)


def by_lists(*crls: bytes, roots: tuple[pki.Holder, ...] = (ROOT,)) -> Callable[[], Anchors]:
    return lambda: pki.believe(*roots, crls=crls)


def certified_again(reason: x509.ReasonFlags, codes: str, kinds: frozenset[VerdictKind]) -> None:
    """The issuer was withdrawn by one root; another one, believed as well, certifies the same key."""
    withdrawn = crls.revoke(ROOT, crls.entry(ISSUERS, reason=reason))
    CASES.foreign(
        f"issuer withdrawn ({reason.value}), key certified again", codes, lambda: by(BUDI, CROSS, ISSUER),
        kinds=kinds, anchors=by_lists(withdrawn, roots=(ROOT, OTHER_ROOT)),
    )  # fmt: skip


CASES.foreign(
    "withdrawn, list in capitals", "signature.untrusted", lambda: by(BUDI, ISSUER),
    anchors=by_lists(crls.revoke(ISSUER, crls.entry(BUDIS), name=CAPITALS)),
)  # fmt: skip
CASES.foreign(
    "listed with an unknown rule", "signature.untrusted", lambda: by(BUDI, ISSUER),
    anchors=by_lists(crls.revoke(ISSUER, crls.entry(BUDIS, extra=((CRITICAL, True),)))),
)  # fmt: skip
certified_again(x509.ReasonFlags.key_compromise, "signature.untrusted", frozenset({VerdictKind.REFUSED}))
certified_again(
    x509.ReasonFlags.superseded, "trust.path.key_withdrawn", frozenset({VerdictKind.VALID_WITH_NOTES})
)
CASES.foreign(
    "listed by whom it may not be", "trust.crl.not_allowed_listed", lambda: by(UNLISTED, MUTE),
    kinds=frozenset({VerdictKind.VALID_WITH_NOTES}),
    anchors=by_lists(crls.revoke(MUTE, crls.entry(UNLISTED.certificate.serial_number))),
)  # fmt: skip
CASES.foreign(
    "issuer withdrawn", "signature.untrusted", lambda: by(BUDI, ISSUER), anchors=listed(ROOT, ISSUER)
)
CASES.foreign(
    "withdrawn later, back-dated before it", "signature.untrusted",
    lambda: container(sign(moment=NOW - DAY / 2)), anchors=listed(ISSUER, BUDI, NOW - DAY / 4),
)  # fmt: skip
CASES.foreign(
    "expired, claims to have signed before", "note.expired_since",
    lambda: by(OLD_BUDI, moment=NOW - 500 * DAY), kinds=NOTED, anchors=lambda: pki.believe(OLD_ROOT),
)  # fmt: skip
CASES.foreign(
    "of a test identity without its mark", "note.test", lambda: by(pki.make("Bupati Contoh", TEST_ROOT)),
    kinds=NOTED, anchors=lambda: pki.believe(TEST_ROOT, kind=AnchorKind.TEST),
)  # fmt: skip
