"""Cryptographic messages (CMS SignedData, RFC 5652) as PDF and detached signatures carry them.

Written: the signed attributes of CAdES B-B (content type, digest, signing time, SigningCertificateV2).
Read: one signer, allow-listed algorithms, no SHA-1 anywhere, everything that is signed agrees.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from desktop.base import Message
from desktop.trust.certificate import MALFORMED, der, weakness
from desktop.trust.signer import Signer, fits

MAXIMUM_SIZE = 1 << 20
"""Bytes of a signature with its certificates, timestamp and revocation data."""
MAXIMUM_TOKENS = 5
"""Timestamps over one signature."""

_DIGESTS = ("sha256", "sha384", "sha512")
_SIGNATURES: dict[str, tuple[type, str | None]] = {
    "rsassa_pkcs1v15": (rsa.RSAPublicKey, None),
    **{f"{name}_rsa": (rsa.RSAPublicKey, name) for name in _DIGESTS},
    **{f"{name}_ecdsa": (ec.EllipticCurvePublicKey, name) for name in _DIGESTS},
}


class BadCms(Exception):
    """A signature that does not hold; carries the sentence."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class CmsSignature:
    """A signature that holds over the digest asked about; whether to believe its owner is another matter."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    claimed_at: dt.datetime | None
    bound: bool
    """Whether SigningCertificateV2 names the certificate (CAdES, PAdES)."""
    value: bytes = b""
    """The bare signature: what a timestamp is made over."""
    tokens: tuple[bytes, ...] = ()
    """Timestamp tokens attached afterwards; they are judged in :mod:`desktop.trust.timestamps`."""

    @property
    def timestamped(self) -> bool:
        """Whether a timestamp token is attached."""
        return bool(self.tokens)


@dataclass(frozen=True, slots=True)
class CheckedSigner:
    """The one signer of a message, whose signature holds over its attributes and they over the content."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    attributes: dict[str, Any]
    info: Any
    digest: str
    """The name of the digest used throughout."""


def write_cms(signer: Signer, digest: bytes, moment: dt.datetime | None) -> bytes:
    """A detached signature over the SHA-256 ``digest`` of some content, as DER."""
    leaf = der(signer.certificate)
    attributes = [
        ("content_type", "data"),
        ("message_digest", digest),
        ("signing_certificate_v2", _signing_certificate(leaf)),
    ]
    if moment is not None:
        attributes.append(("signing_time", cms.Time({"utc_time": moment})))
    signed = cms.CMSAttributes([{"type": name, "values": [value]} for name, value in attributes])
    certificate = asn1_x509.Certificate.load(leaf)
    is_ec = isinstance(signer.certificate.public_key(), ec.EllipticCurvePublicKey)
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": {
                "issuer_and_serial_number": {
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                }
            },
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": signed,
            # What is signed is the attributes as a plain SET OF, not as the field's own tag (RFC 5652, 5.4).
            "signature": signer.sign(signed.dump()),
            "signature_algorithm": {"algorithm": "sha256_ecdsa" if is_ec else "rsassa_pkcs1v15"},
        }
    )
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate, *(asn1_x509.Certificate.load(der(one)) for one in signer.chain)],
            "signer_infos": [info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": content}).dump())


def _signing_certificate(leaf: bytes) -> tsp.SigningCertificateV2:
    return tsp.SigningCertificateV2(
        {"certs": [{"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashlib.sha256(leaf).digest()}]}
    )


def read_cms(data: bytes, digest_of: Callable[[str], bytes]) -> CmsSignature:
    """Check one detached signature over content whose digest ``digest_of("sha256")`` gives.

    Raises :class:`BadCms` for everything that is not a sound signature, malformed bytes included.
    """
    if len(data) > MAXIMUM_SIZE:
        raise BadCms(Message("trust.cms.malformed"))
    try:
        return _read(data, digest_of)
    except MALFORMED as error:
        raise BadCms(Message("trust.cms.malformed")) from error


def _read(data: bytes, digest_of: Callable[[str], bytes]) -> CmsSignature:
    content = signed_data(data, "data")
    if content["encap_content_info"]["content"].native is not None:
        raise BadCms(Message("trust.cms.content_inside"))
    signer = check_signer(content, "data", digest_of)
    return CmsSignature(
        signer.certificate,
        signer.others,
        _moment(signer.attributes.get("signing_time")),
        _bound(signer.attributes, signer.certificate),
        signer.info["signature"].native,
        _tokens(signer.info),
    )


def _moment(said: Any) -> dt.datetime | None:
    """The time that is claimed; one of no zone, or of no calendar, is nobody's. Raises :class:`BadCms`."""
    if said is None:
        return None
    moment = said.native
    if not isinstance(moment, dt.datetime) or moment.tzinfo is None:
        raise BadCms(Message("trust.cms.malformed"))
    return moment


def _tokens(info: Any) -> tuple[bytes, ...]:
    tokens = tuple(
        value.dump()
        for one in info["unsigned_attrs"] or ()
        if one["type"].native == "signature_time_stamp_token"
        for value in one["values"]
    )
    if len(tokens) > MAXIMUM_TOKENS:
        raise BadCms(Message("trust.cms.malformed"))
    return tokens


def signed_data(data: bytes, kind: str) -> Any:
    """The SignedData in ``data`` around content of this kind. Raises :class:`BadCms`, ``MALFORMED``."""
    outer = cms.ContentInfo.load(data, strict=True)
    if outer["content_type"].native != "signed_data":
        raise BadCms(Message("trust.cms.malformed"))
    content = outer["content"]
    if content["encap_content_info"]["content_type"].native != kind:
        raise BadCms(Message("trust.cms.malformed"))
    return content


def check_signer(content: Any, kind: str, digest_of: Callable[[str], bytes]) -> CheckedSigner:
    """Check the only signer of a SignedData. Raises :class:`BadCms`, ``MALFORMED``."""
    if len(content["signer_infos"]) != 1:
        raise BadCms(Message("trust.cms.one_signer"))
    info = content["signer_infos"][0]
    certificates = _certificates(content)
    leaf = _signer_certificate(info, certificates)
    digest = _allowed_digest(info["digest_algorithm"])
    if [one["algorithm"].native for one in content["digest_algorithms"]] != [digest]:
        raise BadCms(Message("trust.cms.malformed"))
    attributes = _attributes(info["signed_attrs"])
    if attributes["message_digest"].native != digest_of(digest):
        raise BadCms(Message("trust.cms.digest"))
    if attributes["content_type"].native != kind:
        raise BadCms(Message("trust.cms.malformed"))
    _check_signature(info, leaf, digest)
    return CheckedSigner(leaf, tuple(one for one in certificates if one != leaf), attributes, info, digest)


def _certificates(content: Any) -> tuple[x509.Certificate, ...]:
    """The plain certificates; attribute certificates and other kinds say nothing we use."""
    return tuple(
        x509.load_der_x509_certificate(choice.chosen.dump())
        for choice in content["certificates"] or ()
        if choice.name == "certificate"
    )


def _signer_certificate(info: Any, certificates: tuple[x509.Certificate, ...]) -> x509.Certificate:
    sid = info["sid"]
    for one in certificates:
        if sid.name == "issuer_and_serial_number":
            same = (
                one.serial_number == sid.chosen["serial_number"].native
                and one.issuer.public_bytes() == sid.chosen["issuer"].dump()
            )
        else:
            try:
                key_id = one.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
            except x509.ExtensionNotFound:
                continue
            same = key_id == sid.chosen.native
        if same:
            return one
    raise BadCms(Message("trust.cms.no_certificate"))


def _allowed_digest(algorithm: Any) -> str:
    name = str(algorithm["algorithm"].native)
    if name not in _DIGESTS:
        raise BadCms(Message("trust.cms.algorithm", algorithm=name))
    return name


def _attributes(signed: Any) -> dict[str, Any]:
    if signed.native is None:
        # Without signed attributes the signature could be replayed onto the attributes of another one.
        raise BadCms(Message("trust.cms.malformed"))
    found: dict[str, Any] = {}
    for attribute in signed:
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise BadCms(Message("trust.cms.malformed"))
        found[name] = attribute["values"][0]
    return found


def _check_signature(info: Any, leaf: x509.Certificate, digest: str) -> None:
    name = str(info["signature_algorithm"]["algorithm"].native)
    kind, own_digest = _SIGNATURES.get(name, (type(None), None))
    key = leaf.public_key()
    if not isinstance(key, kind) or own_digest not in {None, digest}:
        raise BadCms(Message("trust.cms.algorithm", algorithm=name))
    weak = weakness(key)
    if weak is not None:
        raise BadCms(weak)
    signed = info["signed_attrs"].untag().dump()
    if not fits(key, info["signature"].native, signed, digest):
        raise BadCms(Message("trust.cms.signature"))


def _bound(attributes: dict[str, Any], leaf: x509.Certificate) -> bool:
    """SigningCertificateV2, when there, must name the certificate used; the SHA-1 form alone is refused.

    Whatever else is said about the certificate has to be true of it too: other programs may go by that.
    """
    if "signing_certificate" in attributes and "signing_certificate_v2" not in attributes:
        raise BadCms(Message("trust.cms.algorithm", algorithm="sha1"))
    named = attributes.get("signing_certificate_v2")
    if named is None:
        return False
    first = named["certs"][0]
    algorithm: algos.DigestAlgorithm = first["hash_algorithm"]
    digest = hashlib.new(_allowed_digest(algorithm), der(leaf)).digest()
    if first["cert_hash"].native != digest:
        raise BadCms(Message("trust.cms.other_certificate"))
    check_named(first, leaf)
    old = attributes.get("signing_certificate")
    if old is not None:
        check_named(old["certs"][0], leaf)
        if old["certs"][0]["cert_hash"].native != hashlib.sha1(der(leaf), usedforsecurity=False).digest():
            raise BadCms(Message("trust.cms.other_certificate"))
    return True


def check_named(named: Any, leaf: x509.Certificate) -> None:
    """Issuer and number, where a reference to the certificate has them, are its own. Raises BadCms."""
    said = named["issuer_serial"]
    if said.native is None:
        return
    issuers = [one.chosen for one in said["issuer"] if one.name == "directory_name"]
    own = asn1_x509.Certificate.load(der(leaf))
    if said["serial_number"].native != own.serial_number or issuers != [own.issuer]:
        raise BadCms(Message("trust.cms.other_certificate"))


__all__ = [
    "MAXIMUM_SIZE", "MAXIMUM_TOKENS", "BadCms", "CheckedSigner", "CmsSignature", "check_named",
    "check_signer", "read_cms", "signed_data", "write_cms",
]  # fmt: skip
