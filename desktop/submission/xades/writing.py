"""A XAdES baseline B-B signature (ETSI EN 319 132-1) over every file of a container, written by hand.

The text below *is* its own exclusive canonical form, fragment by fragment: a namespace is declared
where it is first used on each branch, attributes stand in order, empty elements are written in full.
So what is hashed is what is written, the same signature is always the same bytes, and a reader of our
packages can write it again and compare.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass

from desktop.base.canonical import moment_text
from desktop.submission.frame.asic import XML_DECLARATION, DataFile, attribute, text, uri
from desktop.trust.certificate import der
from desktop.trust.signer import Signer, xml_signature

ASIC = "http://uri.etsi.org/02918/v1.2.1#"
DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"

_DS, _XADES = f' xmlns:ds="{DS}"', f' xmlns:xades="{XADES}"'


@dataclass(frozen=True, slots=True)
class Attached:
    """What is added to a signature afterwards, each part as DER (EN 319 132-1, 5.3 and 5.4)."""

    tokens: tuple[bytes, ...] = ()
    certificates: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class XadesParts:
    """Everything a signature of ours says; its bytes follow from this and the files."""

    number: int
    """Of the signature file; the Ids are made from it."""
    certificates: tuple[bytes, ...]
    """DER, the signer's first."""
    elliptic: bool
    moment: dt.datetime
    roles: tuple[str, ...] = ()
    attached: Attached = Attached()

    @property
    def id(self) -> str:
        """The signature's Id."""
        return f"S{self.number}"


def sign_xades(
    files: tuple[DataFile, ...], signer: Signer, number: int, moment: dt.datetime, roles: tuple[str, ...]
) -> bytes:
    """A complete ``META-INF/signaturesN.xml`` over ``files`` (every data file of the container)."""
    from cryptography.hazmat.primitives.asymmetric import ec

    # A root is known to whoever believes it; here it would be bytes that nothing protects.
    chain = [one for one in signer.chain if one.issuer != one.subject]
    parts = XadesParts(
        number,
        tuple(der(one) for one in (signer.certificate, *chain)),
        isinstance(signer.certificate.public_key(), ec.EllipticCurvePublicKey),
        moment,
        roles,
    )
    return write_xades(parts, files, xml_signature(signer, signed_info(parts, files).encode()))


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _digest(value: bytes, namespace: str = "") -> str:
    """Digest method and value; ``namespace`` declares ``ds`` where no parent does."""
    return (
        f'<ds:DigestMethod{namespace} Algorithm="{SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue{namespace}>{_b64(value)}</ds:DigestValue>"
    )


def signed_info(parts: XadesParts, files: tuple[DataFile, ...]) -> str:
    """The ``SignedInfo`` in canonical form: what the signature value is made over."""
    method = ECDSA_SHA256 if parts.elliptic else RSA_SHA256
    references = "".join(
        f'<ds:Reference Id="{parts.id}-r{index}" URI="{attribute(uri(file.name))}">'
        f"{_digest(file.sha256)}</ds:Reference>"
        for index, file in enumerate(files)
    )
    properties = hashlib.sha256(signed_properties(parts, files).encode()).digest()
    return (
        f"<ds:SignedInfo{_DS}>"
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{method}"></ds:SignatureMethod>'
        f"{references}"
        f'<ds:Reference Id="{parts.id}-rp" Type="{SIGNED_PROPERTIES}" URI="#{parts.id}-p">'
        f'<ds:Transforms><ds:Transform Algorithm="{EXCLUSIVE_C14N}"></ds:Transform></ds:Transforms>'
        f"{_digest(properties)}</ds:Reference></ds:SignedInfo>"
    )


def signed_properties(parts: XadesParts, files: tuple[DataFile, ...]) -> str:
    """The ``SignedProperties`` in canonical form: time, certificate, roles, media types."""
    certificate = _digest(hashlib.sha256(parts.certificates[0]).digest(), _DS)
    formats = "".join(
        f'<xades:DataObjectFormat ObjectReference="#{parts.id}-r{index}">'
        f"<xades:MimeType>{text(file.media_type)}</xades:MimeType></xades:DataObjectFormat>"
        for index, file in enumerate(files)
    )
    return (
        f'<xades:SignedProperties{_XADES} Id="{parts.id}-p">'
        "<xades:SignedSignatureProperties>"
        f"<xades:SigningTime>{moment_text(parts.moment)}</xades:SigningTime>"
        "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
        f"{certificate}</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
        f"{_roles(parts)}"
        "</xades:SignedSignatureProperties>"
        f"<xades:SignedDataObjectProperties>{formats}</xades:SignedDataObjectProperties>"
        "</xades:SignedProperties>"
    )


def _roles(parts: XadesParts) -> str:
    inner = "".join(f"<xades:ClaimedRole>{text(role)}</xades:ClaimedRole>" for role in parts.roles)
    if not inner:
        return ""
    return f"<xades:SignerRoleV2><xades:ClaimedRoles>{inner}</xades:ClaimedRoles></xades:SignerRoleV2>"


def _signature_value(parts: XadesParts, value: bytes, namespace: str = "") -> str:
    return f'<ds:SignatureValue{namespace} Id="{parts.id}-v">{_b64(value)}</ds:SignatureValue>'


def stamped_bytes(parts: XadesParts, value: bytes) -> bytes:
    """What a timestamp of the signature is made over: the value's element in exclusive canonical form."""
    return _signature_value(parts, value, _DS).encode()


def _unsigned_properties(parts: XadesParts) -> str:
    """What was added afterwards, in one order and one form; nothing where nothing was."""
    attached, tag = parts.attached, "xades:Encapsulated"
    inner = "".join(
        f'<xades:SignatureTimeStamp Id="{parts.id}-t{index}">'
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>'
        f"<{tag}TimeStamp>{_b64(token)}</{tag}TimeStamp></xades:SignatureTimeStamp>"
        for index, token in enumerate(attached.tokens)
    )
    inner += _values("CertificateValues", f"{tag}X509Certificate", attached.certificates)
    revocation = _values("CRLValues", f"{tag}CRLValue", attached.lists)
    revocation += _values("OCSPValues", f"{tag}OCSPValue", attached.answers)
    if revocation:
        inner += f"<xades:RevocationValues>{revocation}</xades:RevocationValues>"
    if not inner:
        return ""
    return (
        f"<xades:UnsignedProperties><xades:UnsignedSignatureProperties>{inner}"
        "</xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
    )


def _values(group: str, tag: str, values: tuple[bytes, ...]) -> str:
    inner = "".join(f"<{tag}>{_b64(one)}</{tag}>" for one in values)
    return f"<xades:{group}>{inner}</xades:{group}>" if inner else ""


def write_xades(parts: XadesParts, files: tuple[DataFile, ...], value: bytes) -> bytes:
    """The whole signature file around a signature value."""
    certificates = "".join(
        f"<ds:X509Certificate>{_b64(one)}</ds:X509Certificate>" for one in parts.certificates
    )
    body = (
        f'<asic:XAdESSignatures xmlns:asic="{ASIC}"><ds:Signature{_DS} Id="{parts.id}">'
        f"{signed_info(parts, files)}"
        f"{_signature_value(parts, value)}"
        f"<ds:KeyInfo><ds:X509Data>{certificates}</ds:X509Data></ds:KeyInfo>"
        f'<ds:Object><xades:QualifyingProperties{_XADES} Target="#{parts.id}">'
        f"{signed_properties(parts, files)}{_unsigned_properties(parts)}"
        "</xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>\n"
    )
    return (XML_DECLARATION + body).encode()
