"""What a certificate says, in the words people need: whose, until when, how strong, real or a test."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache, partial

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.base import Message
from desktop.base.plain import hides, plain, within_quotes

TEST_MARK = "UJI - tidak tersertifikasi"
"""Stands in the organisation of every certificate of a test identity, for people to read."""

TEST_POLICY = x509.ObjectIdentifier("2.999.100.1")
"""The certificate policy of a test identity, for programs to read (2.999 is ITU-T's arc for examples)."""

MINIMUM_RSA_BITS = 2048
MAXIMUM_RSA_BITS = 8192
"""Longer keys only make whoever verifies wait."""

MALFORMED = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
    UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType,
)  # fmt: skip
"""What the ASN.1 libraries raise over bytes that somebody bent."""

_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)

_SIGNING_PURPOSES = frozenset(
    {
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
        ExtendedKeyUsageOID.CLIENT_AUTH,
        ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
        x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),  # document signing, RFC 9336
        x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),  # Microsoft document signing
        x509.ObjectIdentifier("1.2.840.113583.1.1.5"),  # Adobe authentic documents
    }
)


def der(certificate: x509.Certificate) -> bytes:
    """The certificate's bytes."""
    return certificate.public_bytes(Encoding.DER)


def well_formed(certificate: x509.Certificate) -> bool:
    """Whether its form is one that RFC 5280 knows, where libraries are more forgiving.

    A certificate with extensions is of version 3 (4.1.2.1). A key on a curve names the curve (RFC 5480,
    2.1.1): written out, its parameters may be nearly those of a known one (CVE-2020-0601).
    """
    data = der(certificate)
    # a certificate may have megabytes; only ordinary ones are remembered
    return _well_formed(data) if len(data) <= _ORDINARY else _is_well_formed(data)


_ORDINARY = 16 << 10


@lru_cache(maxsize=256)
def _well_formed(data: bytes) -> bool:
    return _is_well_formed(data)


def _is_well_formed(data: bytes) -> bool:
    try:
        inner = asn1_x509.Certificate.load(data, strict=True)["tbs_certificate"]
        if inner["version"].native != "v3" and len(inner["extensions"]):
            return False
        algorithm = inner["subject_public_key_info"]["algorithm"]
        return bool(algorithm["algorithm"].native != "ec" or algorithm["parameters"].name == "named")
    except MALFORMED:
        return False


def written_tightly(certificate: x509.Certificate) -> bool:
    """Whether its signature is written with all bits of its last byte, so that no bit could be another."""
    return der(certificate).endswith(b"\0" + certificate.signature)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, 64 hexadecimal letters."""
    return hashlib.sha256(der(certificate)).hexdigest()


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, as people read it to each other and compare it."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))


_LONGEST = 200
"""Letters of a name that are shown."""


def holder(certificate: x509.Certificate) -> str:
    """Whose certificate it is: the common name, else the whole subject; ``?`` when it cannot be read.

    On one line and not without end, as all names here: whoever made the certificate chose them, and they
    stand beside the fingerprint that a person compares.
    """
    try:
        return common_name(certificate.subject)
    except MALFORMED:
        return "?"


def organisation(certificate: x509.Certificate) -> str:
    """The organisation in the subject, or an empty text."""
    return _attribute(certificate.subject, NameOID.ORGANIZATION_NAME)


def issuer(certificate: x509.Certificate) -> str:
    """Who issued it: the issuer's common name, else its whole name; ``?`` when it cannot be read."""
    try:
        return common_name(certificate.issuer)
    except MALFORMED:
        return "?"


def common_name(name: x509.Name) -> str:
    """The common name, else the whole name."""
    return _attribute(name, NameOID.COMMON_NAME) or _shown(name.rfc4514_string())


def plainly_named(certificate: x509.Certificate) -> bool:
    """Whether the subject reads as what it is: one name with letters, no signs that hide or turn text."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    texts = [str(one.value) for one in certificate.subject]
    # a common name of blanks is one, whatever is shown in its place
    said = str(names[0].value) if names else holder(certificate)
    return (
        len(names) <= 1
        and any(sign.isalnum() for sign in said)
        and not any(hides(sign) for text in texts for sign in text)
    )


_FINGERPRINT = re.compile(r"(?:[0-9A-Fa-flIiOoSs][\W_xX]{0,3}){40}")
"""A short one's letters, or what looks like them, in a row. Authorities have numbers of up to 32 in names."""


_WORD, _FIGURE = re.compile(r"[^\W_]+"), re.compile("[0-9]")
_LETTERS = re.compile("[0-9A-Fa-flIiOoSs]+")
_FEWEST = 40


def says_fingerprint(certificate: x509.Certificate) -> bool:
    """Whether a name in it reads like a fingerprint, which is what a person compares with the true one.

    As it is written, and as it is shown: all its parts behind each other, without accents.
    """
    names = (" ".join(str(one.value) for one in name) for name in (certificate.subject, certificate.issuer))
    return any(_reads_so(name) or _reads_so(within_quotes(name)) for name in names)


def _reads_so(text: str) -> bool:
    """Letters in a row, or in words of nothing else, whatever stands between."""
    pieces = (word for word in _WORD.findall(text) if _LETTERS.fullmatch(word) and _FIGURE.search(word))
    return bool(_FINGERPRINT.search(text)) or sum(map(len, pieces)) >= _FEWEST


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    value = found[0].value if found else ""
    return _shown(value if isinstance(value, str) else value.decode("utf-8", "replace"))


def _shown(name: str) -> str:
    name = plain(name[: 4 * _LONGEST]).strip()
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def is_test(certificate: x509.Certificate) -> bool:
    """Whether this is (part of) a test identity: by policy, or by the mark in subject or issuer."""
    if any(
        TEST_MARK in str(one.value)
        for name in (certificate.subject, certificate.issuer)
        for one in name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    ):
        return True
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return False
    return any(policy.policy_identifier == TEST_POLICY for policy in policies)


def valid_at(certificate: x509.Certificate, moment: dt.datetime) -> bool:
    """Whether ``moment`` lies within the certificate's validity."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def limits_of(certificates: Iterable[x509.Certificate]) -> tuple[dt.datetime, ...]:
    """When each of them begins to be valid, and when it ends."""
    return tuple(
        moment for one in certificates for moment in (one.not_valid_before_utc, one.not_valid_after_utc)
    )


def commits(certificate: x509.Certificate) -> bool:
    """Whether key usage nonRepudiation is set (RFC 5280, 4.2.1.3): the key may sign documents."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.content_commitment


def meant_for_documents(certificate: x509.Certificate) -> bool:
    """Whether the extended key usage, if there is one, allows signing documents (not only TLS or time)."""
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return any(purpose in _SIGNING_PURPOSES for purpose in purposes)


def meant_for_answers(certificate: x509.Certificate) -> bool:
    """Whether its owner may answer for the authority what is revoked (RFC 6960, 4.2.2.2)."""
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in purposes


def weakness(key: CertificatePublicKeyTypes) -> Message | None:
    """Why a key is too weak or of an unknown kind; None for RSA from 2048 bits and P-256, P-384, P-521."""
    match key:
        case rsa.RSAPublicKey():
            if key.key_size < MINIMUM_RSA_BITS:
                return Message("trust.key.short_rsa", bits=str(key.key_size))
            if key.key_size > MAXIMUM_RSA_BITS:
                return Message("trust.key.long_rsa", bits=str(key.key_size))
            return None
        case ec.EllipticCurvePublicKey():
            if not isinstance(key.curve, _CURVES):
                return Message("trust.key.curve", curve=key.curve.name)
            return None
        case _:
            return Message("trust.key.kind", kind=type(key).__name__.removesuffix("PublicKey"))


_NAMESAKES = 8
"""Certificates that are tried for one place of a chain, and places: it may be anybody's."""


def order_chain(
    leaf: x509.Certificate, others: tuple[x509.Certificate, ...], now: dt.datetime | None = None
) -> tuple[x509.Certificate, ...]:
    """The certificates above ``leaf`` in order, as far as ``others`` (in any order) reach.

    Of several for one key one that is valid ``now`` is taken before others, one that leads on before a root,
    and of those the last to end: cards and key files keep what was renewed, or get it before it begins.
    """
    chain: list[x509.Certificate] = []
    pool = list(others)
    current = leaf
    while current.issuer != current.subject:
        named = sorted(
            (one for one in pool if one.subject == current.issuer), key=partial(_leads_on, now), reverse=True
        )
        parent = next((one for one in named[:_NAMESAKES] if issued_by(current, one)), None)
        if parent is None or len(chain) == _NAMESAKES:
            break
        pool.remove(parent)
        chain.append(parent)
        current = parent
    return tuple(chain)


def _leads_on(now: dt.datetime | None, one: x509.Certificate) -> tuple[bool, bool, dt.datetime]:
    try:
        return now is None or valid_at(one, now), one.issuer != one.subject, one.not_valid_after_utc
    except MALFORMED:
        return False, False, dt.datetime.min.replace(tzinfo=dt.UTC)


def issued_by(child: x509.Certificate, parent: x509.Certificate) -> bool:
    """Whether ``parent``'s key really signed ``child`` and the names agree; bent certificates never do."""
    from cryptography.exceptions import InvalidSignature

    try:
        if child.issuer != parent.subject:
            return False
        key = parent.public_key()
        if isinstance(key, rsa.RSAPublicKey) and key.key_size > MAXIMUM_RSA_BITS:
            return False
        if not der(child).endswith(b"\0" + child.signature):
            # A signature is whole bytes; with bits left over, one certificate could be written in many ways.
            return False
        child.verify_directly_issued_by(parent)
    except (*MALFORMED, InvalidSignature):
        return False
    return True


def same_key(one: x509.Certificate, other: x509.Certificate) -> bool:
    """Whether two certificates are of one key; of one that cannot be read they are not."""
    try:
        return one.public_key() == other.public_key()
    except MALFORMED:
        return False


def folded(name: x509.Name) -> tuple[frozenset[tuple[str, str]], ...]:
    """A name as RFC 5280, 7.1, compares it: neither letters' case nor the number of blanks counts."""

    def text(value: str | bytes) -> str:
        if isinstance(value, bytes):
            return value.hex()
        return " ".join(unicodedata.normalize("NFKC", value).casefold().split())

    return tuple(frozenset((one.oid.dotted_string, text(one.value)) for one in part) for part in name.rdns)


def self_issued(certificate: x509.Certificate) -> bool:
    """Whether it names itself as its issuer (a root, or a root's new key: RFC 5280, 6.1)."""
    return certificate.subject == certificate.issuer
