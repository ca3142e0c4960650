"""Algorithms that are weak, confused or lead out of the container, and numbers that only look like signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from desktop.submission.xades.writing import DS
from tests.submission.hostile.ground import BUDI, FILES, Table, container, resigned, rsa_holder, sign
from tests.submission.hostile.xmltricks import again, attribute, child, drop, duplicate, find, set_text
from tests.trust import pki

CASES = Table("algorithm")
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
OLD = "http://www.w3.org/2000/09/xmldsig#"
NEW = "http://www.w3.org/2007/05/xmldsig-more#"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


def method(algorithm: str, **options: object) -> Callable[[], bytes]:
    return again(attribute("SignatureMethod", "Algorithm", algorithm), **options)


def digest(algorithm: str, number: int = 0) -> Callable[[], bytes]:
    return again(attribute("DigestMethod", "Algorithm", algorithm, number))


def true_digest(uri: str, name: str) -> Callable[[], bytes]:
    """Another digest, correctly computed: only the allow-list can refuse it."""

    def change(root: etree._Element) -> None:
        find(root, "DigestMethod").set("Algorithm", uri)
        value = hashlib.new(name, b"isi surat " * 20).digest()
        find(root, "DigestValue").text = base64.b64encode(value).decode()

    return again(change)


def certificate_digest(uri: str, name: str) -> Callable[[], bytes]:
    def change(root: etree._Element) -> None:
        find(root, "DigestMethod", 3).set("Algorithm", uri)
        value = hashlib.new(name, pki.der(BUDI.certificate)).digest()
        find(root, "DigestValue", 3).text = base64.b64encode(value).decode()

    return again(change)


def transform(algorithm: str, inside: str = "") -> Callable[[], bytes]:
    new = f'<Transforms xmlns="{DS}"><Transform Algorithm="{algorithm}">{inside}</Transform></Transforms>'
    return again(child("Reference", new))


def key_transform(algorithm: str, inside: str = "") -> Callable[[], bytes]:
    """On the properties, where one canonical form is allowed."""
    new = f'<Transforms xmlns="{DS}"><Transform Algorithm="{algorithm}">{inside}</Transform></Transforms>'

    def change(root: etree._Element) -> None:
        reference = find(root, "Reference", 2)
        reference.replace(reference[0], etree.fromstring(new))

    return again(change)


def address(value: str) -> Callable[[], bytes]:
    return again(attribute("Reference", "URI", value))


def key_info(new: str, keep: bool = False) -> Callable[[], bytes]:
    def change(root: etree._Element) -> None:
        info = find(root, "KeyInfo")
        if not keep:
            info.remove(info[0])
        info.append(etree.fromstring(new))

    return again(change)


def with_rsa(make: Callable[[bytes], bytes], exponent: int = 65537) -> Callable[[], bytes]:
    """An RSA signer's signature whose value is made otherwise."""

    def build() -> bytes:
        holder = rsa_holder(exponent=exponent)
        source = sign(FILES, holder)
        return container(resigned(lambda root: None, holder=holder, value=make, source=source))

    return build


def cube_root(value: int) -> int:
    low, high = 0, 1 << (value.bit_length() // 3 + 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle**3 < value else (low, middle)
    return low


def forged_cube(data: bytes, *, start: bytes = b"\0\1" + b"\xff" * 8 + b"\0" + PREFIX) -> bytes:
    """Bleichenbacher's forgery of 2006: a cube that begins like a signature and ends in rubbish."""
    head = start + hashlib.sha256(data).digest()
    value = int.from_bytes(head.ljust(256, b"\0"), "big")
    return cube_root(value).to_bytes(256, "big")


def private(data: bytes, block: bytes) -> bytes:
    """Raw RSA with the signer's own key over any block: a signer who bends the padding himself."""
    numbers = rsa_holder().key.private_numbers()
    n = numbers.public_numbers.n
    return pow(int.from_bytes(block.rjust(256, b"\0"), "big"), numbers.d, n).to_bytes(256, "big")


def padded(data: bytes, prefix: bytes = PREFIX, kind: int = 1) -> bytes:
    told = prefix + hashlib.sha256(data).digest()
    return private(data, b"\0" + bytes([kind]) + b"\xff" * (253 - len(told)) + b"\0" + told)


def pss(data: bytes) -> bytes:
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    return rsa_holder().key.sign(data, scheme, hashes.SHA256())


def pkcs(data: bytes) -> bytes:
    return rsa_holder().key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def pair(r: int, s: int, width: int = 32) -> Callable[[], bytes]:
    return again(lambda root: None, value=lambda data: r.to_bytes(width, "big") + s.to_bytes(width, "big"))


def ecdsa(change: Callable[[int, int], bytes]) -> Callable[[], bytes]:
    def value(data: bytes) -> bytes:
        return change(*utils.decode_dss_signature(BUDI.key.sign(data, ec.ECDSA(hashes.SHA256()))))

    return again(lambda root: None, value=value)


def both(r: int, s: int) -> bytes:
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def hmac_with_key(data: bytes) -> bytes:
    key = BUDI.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hmac.new(key, data, "sha256").digest()


NUMBERS = BUDI.key.public_key().public_numbers()
POINT = base64.b64encode(b"\4" + NUMBERS.x.to_bytes(32, "big") + NUMBERS.y.to_bytes(32, "big")).decode()
EC_VALUE = f'<KeyValue xmlns="{DS}"><ECKeyValue xmlns="http://www.w3.org/2009/xmldsig11#"><PublicKey>{POINT}</PublicKey></ECKeyValue></KeyValue>'
RSA_VALUE = f'<KeyValue xmlns="{DS}"><RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQ==</Exponent></RSAKeyValue></KeyValue>'
XPATH = "<XPath>not(ancestor-or-self::x)</XPath>"

for name, codes, make in (
    ("SHA-1 of a file", "xades.algorithm", true_digest(f"{OLD}sha1", "sha1")),
    ("MD5 of a file", "xades.algorithm", true_digest(f"{MORE}md5", "md5")),
    ("SHA-224 of a file", "xades.algorithm", true_digest(f"{MORE}sha224", "sha224")),
    ("SHA3 of a file", "xades.algorithm", true_digest(f"{NEW}sha3-256", "sha3_256")),
    ("RIPEMD of a file", "xades.algorithm", digest("http://www.w3.org/2001/04/xmlenc#ripemd160")),
    ("unknown digest", "xades.algorithm", digest("urn:x")),
    ("no digest", "xades.algorithm", digest("")),
    ("SHA-512 named for SHA-256", "xades.digest", digest("http://www.w3.org/2001/04/xmlenc#sha512")),
    ("SHA-1 of the properties", "xades.algorithm", digest(f"{OLD}sha1", 2)),
    ("SHA-1 of the certificate", "xades.algorithm", certificate_digest(f"{OLD}sha1", "sha1")),
    ("MD5 of the certificate", "xades.algorithm", certificate_digest(f"{MORE}md5", "md5")),
    ("SHA-1 signature", "xades.algorithm", method(f"{OLD}rsa-sha1")),
    ("ECDSA with SHA-1", "xades.algorithm", method(f"{MORE}ecdsa-sha1")),
    ("MD5 signature", "xades.algorithm", method(f"{MORE}rsa-md5")),
    ("DSA", "xades.algorithm", method(f"{OLD}dsa-sha1")),
    ("HMAC with the public key", "xades.algorithm", method(f"{MORE}hmac-sha256", value=hmac_with_key)),
    ("HMAC with SHA-1", "xades.algorithm", method(f"{OLD}hmac-sha1", value=hmac_with_key)),
    ("HMAC cut to nothing", "xades.algorithm", again(lambda root: (find(root, "SignatureMethod").set("Algorithm", f"{OLD}hmac-sha1"), find(root, "SignatureMethod").append(etree.fromstring(f'<HMACOutputLength xmlns="{DS}">0</HMACOutputLength>'))))),
    ("RSA named for an elliptic key", "xades.algorithm", method(f"{MORE}rsa-sha256")),
    ("elliptic named for RSA", "xades.algorithm", lambda: container(resigned(attribute("SignatureMethod", "Algorithm", f"{MORE}ecdsa-sha256"), holder=rsa_holder(), source=sign(FILES, rsa_holder())))),
    ("PSS", "xades.algorithm", method(f"{NEW}sha256-rsa-MGF1")),
    ("no signature method", "xades.algorithm", method("")),
    ("method with parameters", "xades.algorithm", again(child("SignatureMethod", "<x/>"))),
    ("digest with parameters", "xades.algorithm", again(child("DigestMethod", "<x/>"))),
    ("SHA-512 named, SHA-256 made", "xades.value", method(f"{MORE}ecdsa-sha512")),
    ("canonical form with comments", "xades.algorithm", again(attribute("CanonicalizationMethod", "Algorithm", "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"))),
    ("canonical form 1.0 with comments", "xades.algorithm", again(attribute("CanonicalizationMethod", "Algorithm", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"))),
    ("canonical form by XSLT", "xades.algorithm", again(attribute("CanonicalizationMethod", "Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116"))),
    ("canonical form of nothing", "xades.algorithm", again(attribute("CanonicalizationMethod", "Algorithm", ""))),
    ("canonical form with prefixes", "xades.algorithm xml.structure", again(child("CanonicalizationMethod", '<InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="ds"/>'))),
    ("XSLT on a file", "xades.transform", transform("http://www.w3.org/TR/1999/REC-xslt-19991116")),
    ("XPath on a file", "xades.transform", transform("http://www.w3.org/TR/1999/REC-xpath-19991116", XPATH)),
    ("base64 on a file", "xades.transform", transform(f"{OLD}base64")),
    ("canonical form of a file", "xades.transform", transform("http://www.w3.org/2001/10/xml-exc-c14n#")),
    ("decryption of a file", "xades.transform", transform("http://www.w3.org/2002/07/decrypt#XML")),
    ("no transform in transforms", "xades.transform", again(child("Reference", f'<Transforms xmlns="{DS}"/>'))),
    ("XPath on the properties", "xades.algorithm xades.transform xml.structure", key_transform("http://www.w3.org/TR/1999/REC-xpath-19991116", XPATH)),
    ("enveloped on the properties", "xades.algorithm xades.transform xml.structure", key_transform(f"{OLD}enveloped-signature")),
    ("XSLT on the properties", "xades.algorithm xades.transform xml.structure", key_transform("http://www.w3.org/TR/1999/REC-xslt-19991116")),
    ("local file", "xades.address", address("file:///etc/passwd")),
    ("network", "xades.address", address("http://127.0.0.1/x")),
    ("network without a scheme", "xades.address", address("//127.0.0.1/x")),
    ("FTP", "xades.address", address("ftp://127.0.0.1/x")),
    ("data in the address", "xades.address", address("data:,x")),
    ("way out", "xades.address", address("../surat.txt")),
    ("way out in per cent", "xades.address", address("%2e%2e/surat.txt")),
    ("absolute", "xades.address", address("/surat.txt")),
    ("this folder", "xades.address", address("./surat.txt")),
    ("fragment", "xades.address", address("surat.txt#a")),
    ("query", "xades.address", address("surat.txt?x")),
    ("whole document", "xades.address", address("")),
    ("not UTF-8", "xades.address", address("%E9.txt")),
    ("doubly in per cent", "xades.address", address("%2573urat.txt")),
    ("the manifest", "xades.address", address("META-INF/manifest.xml")),
    ("mimetype", "xades.address", address("mimetype")),
    ("typed", "xades.address", again(attribute("Reference", "Type", f"{OLD}Manifest"))),
    ("no address", "xades.address", again(lambda root: find(root, "Reference").attrib.pop("URI"))),
    ("bare elliptic key", "xml.structure", key_info(EC_VALUE)),
    ("bare elliptic key beside the certificate", "xml.structure", key_info(EC_VALUE, keep=True)),
    ("bare RSA key", "xml.structure", key_info(RSA_VALUE)),
    ("key by name", "xml.structure", key_info(f'<KeyName xmlns="{DS}">Budi</KeyName>')),
    ("key to be fetched", "xml.structure", key_info(f'<RetrievalMethod xmlns="{DS}" URI="http://127.0.0.1/x" Type="{OLD}X509Data"/>')),
    ("key as DER", "xml.structure", key_info('<DEREncodedKeyValue xmlns="http://www.w3.org/2009/xmldsig11#">AAAA</DEREncodedKeyValue>')),
    ("certificate by its number", "xml.structure", key_info(f'<X509Data xmlns="{DS}"><X509IssuerSerial><X509IssuerName>CN=x</X509IssuerName><X509SerialNumber>1</X509SerialNumber></X509IssuerSerial></X509Data>')),
    ("revocation list in the key", "xml.structure", again(child("X509Data", f'<X509CRL xmlns="{DS}">AAAA</X509CRL>', 9))),
    ("no certificate", "xml.structure", again(lambda root: [one.getparent().remove(one) for one in root.findall(".//{*}X509Certificate")])),
    ("certificate unreadable", "xades.certificate", again(set_text("X509Certificate", "AAAA"))),
    ("no binding", "xades.unbound", again(drop("SigningCertificateV2"))),
    ("two bindings", "xml.structure", again(duplicate("SigningCertificateV2"))),
    ("two certificates bound", "xml.structure", again(duplicate("Cert"))),
    ("cube that begins like a signature", "xades.value", with_rsa(forged_cube, 3)),
    ("cube without padding", "xades.value", with_rsa(lambda data: forged_cube(data, start=b"\0\1\0" + PREFIX), 3)),
    ("RSA: one", "xades.value", with_rsa(lambda data: b"\0" * 255 + b"\1")),
    ("RSA: nothing", "xades.value", with_rsa(lambda data: bytes(256))),
    ("RSA: the modulus", "xades.value", with_rsa(lambda data: rsa_holder().key.public_key().public_numbers().n.to_bytes(256, "big"))),
    ("RSA: more than the modulus", "xades.value", with_rsa(lambda data: (int.from_bytes(pkcs(data), "big") + rsa_holder().key.public_key().public_numbers().n).to_bytes(257, "big"))),
    ("RSA: longer by a zero", "xades.value", with_rsa(lambda data: b"\0" + pkcs(data))),
    ("RSA: shorter by a byte", "xades.value", with_rsa(lambda data: pkcs(data)[:-1])),
    ("RSA: padding of encryption", "xades.value", with_rsa(lambda data: padded(data, kind=2))),
    ("RSA: digest without its name", "xades.value", with_rsa(lambda data: padded(data, b""))),
    ("RSA: digest named SHA-1", "xades.value", with_rsa(lambda data: padded(data, bytes.fromhex("3021300906052b0e03021a05000414")))),
    ("RSA: name without its NULL", "xades.value", with_rsa(lambda data: padded(data, bytes.fromhex("302f300b06096086480165030402010420")))),
    ("RSA: rubbish after the digest", "xades.value", with_rsa(lambda data: private(data, b"\0\1" + b"\xff" * 8 + b"\0" + PREFIX + hashlib.sha256(data).digest() + b"x" * 194))),
    ("RSA: PSS named PKCS#1", "xades.value", with_rsa(pss)),
    ("ECDSA: zeros", "xades.value", pair(0, 0)),
    ("ECDSA: ones", "xades.value", pair(1, 1)),
    ("ECDSA: s is nothing", "xades.value", pair(5, 0)),
    ("ECDSA: the order", "xades.value", pair(ORDER, ORDER)),
    ("ECDSA: r beyond the order", "xades.value", ecdsa(lambda r, s: (r + ORDER).to_bytes(33, "big") + s.to_bytes(33, "big"))),
    ("ECDSA: as DER", "xades.value", ecdsa(utils.encode_dss_signature)),
    ("ECDSA: longer by zeros", "xades.value", ecdsa(lambda r, s: b"\0" + r.to_bytes(32, "big") + b"\0" + s.to_bytes(32, "big"))),
    ("ECDSA: zeros behind", "xades.value", ecdsa(lambda r, s: both(r, s) + b"\0")),
    ("ECDSA: halves exchanged", "xades.value", ecdsa(lambda r, s: both(s, r))),
    ("ECDSA: only r", "xades.value", ecdsa(lambda r, s: r.to_bytes(32, "big"))),
    ("time without a zone", "xades.time", again(set_text("SigningTime", "2026-11-24T03:00:00"))),
    ("time as a week", "xades.time", again(set_text("SigningTime", "2026-W48-2T03:00:00Z"))),
    ("time without its dashes", "xades.time", again(set_text("SigningTime", "20261124T030000Z"))),
    ("time with a space", "xades.time", again(set_text("SigningTime", "2026-11-24 03:00:00Z"))),
    ("time in words", "xades.time", again(set_text("SigningTime", "kemarin"))),
    ("time without end", "xades.time", again(set_text("SigningTime", "2026-11-24T03:00:00." + "0" * 5000 + "Z"))),
    ("no time", "xml.structure", again(drop("SigningTime"))),
    ("two times", "xml.structure xades.unbound", again(duplicate("SigningTime"))),
    ("no media types", "xades.media_type", again(drop("SignedDataObjectProperties"))),
    ("one media type missing", "xades.media_type", again(drop("DataObjectFormat"))),
    ("media type twice", "xml.structure", again(duplicate("DataObjectFormat"))),
    ("media type of another file", "xml.structure", again(attribute("DataObjectFormat", "ObjectReference", "#S0-r1"))),
    ("media type of nothing", "xml.structure", again(attribute("DataObjectFormat", "ObjectReference", "#S0-r9"))),
):  # fmt: skip
    CASES.foreign(name, codes, make)
