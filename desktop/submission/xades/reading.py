"""Reading a XAdES signature strictly: fixed structure, allow-listed algorithms, only what was hashed is used.

The same reader serves our packages (which are then also written again and compared) and, with
``--any``, containers of other programs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree

from desktop.base import Message
from desktop.submission.frame.asic import name_of
from desktop.submission.refusal import Refused
from desktop.submission.xades.signed import SignedReader
from desktop.submission.xades.unsigned import Unsigned, UnsignedReader
from desktop.submission.xades.writing import ASIC, DS, EXCLUSIVE_C14N, SIGNED_PROPERTIES, XADES
from desktop.submission.xades.xml import SCHEMA_LOCATION, Reader, decoded, leaf_text, parse
from desktop.trust.certificate import MALFORMED, weakness
from desktop.trust.signer import xml_fits

MAXIMUM_PER_FILE = 20

_DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_SIGNATURES: dict[str, tuple[type, str]] = {
    **{f"{_MORE}rsa-{name}": (rsa.RSAPublicKey, name) for name in ("sha256", "sha384", "sha512")},
    **{f"{_MORE}ecdsa-{name}": (ec.EllipticCurvePublicKey, name) for name in ("sha256", "sha384", "sha512")},
}
_C14N = {
    EXCLUSIVE_C14N: True,
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": False,
    # Differs from 1.0 only in attributes of the xml: namespace, which are refused (xmlread).
    "http://www.w3.org/2006/12/xml-c14n11": False,
}
_LONG_NAME = "Attribute's length must be"
"""How the library begins to warn of names with more letters than X.520 has room for."""
_ALGORITHM, _ID = frozenset({"Algorithm"}), frozenset({"Id"})
_ATTRIBUTES: dict[str, frozenset[str]] = {
    f"{{{DS}}}Signature": frozenset({"Id", SCHEMA_LOCATION}),
    **{f"{{{DS}}}{tag}": _ID for tag in ("SignedInfo", "SignatureValue", "KeyInfo", "Object")},
    **{
        f"{{{DS}}}{tag}": _ALGORITHM
        for tag in ("CanonicalizationMethod", "SignatureMethod", "DigestMethod", "Transform")
    },
    f"{{{DS}}}Reference": frozenset({"Id", "URI", "Type"}),
    f"{{{XADES}}}QualifyingProperties": frozenset({"Id", "Target", SCHEMA_LOCATION}),
    **{
        f"{{{XADES}}}{tag}": _ID
        for tag in ("SignedProperties", "SignedSignatureProperties", "SignedDataObjectProperties")
    },
    f"{{{XADES}}}DataObjectFormat": frozenset({"ObjectReference"}),
    f"{{{XADES}}}Identifier": frozenset({"Qualifier"}),
    f"{{{XADES}}}Cert": frozenset({"URI"}),
}
"""What each element may say of itself (XMLDSIG and XAdES); what nobody reads here, others might."""


@dataclass(frozen=True, slots=True)
class XadesSignature:
    """A signature whose value, references and certificate binding hold."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    moment: dt.datetime
    roles: tuple[str, ...]
    value: bytes
    unsigned: Unsigned
    """What was attached afterwards; each timestamp is sound, but nobody's word is believed yet."""


Digest = Callable[[str, str], bytes]
"""``digest(file name, algorithm)`` of a data file."""


def read_xades(
    data: bytes, name: str, files: Mapping[str, str], digest: Digest
) -> tuple[XadesSignature, ...]:
    """Every signature of a signature file, each covering exactly ``files`` (name to media type).

    Raises :class:`Refused` (codes ``xml.*``, ``xades.*``).
    """
    root = parse(data, name)
    if root.tag != f"{{{ASIC}}}XAdESSignatures" or set(root.attrib) - {SCHEMA_LOCATION}:
        raise Refused(Message("submission.xml.structure", name=name))
    reader = Reader(root, name)
    found = list(reader.many(f"{{{DS}}}Signature"))
    reader.end()
    if not 0 < len(found) <= MAXIMUM_PER_FILE:
        raise Refused(Message("submission.xades.too_many"))
    try:
        return tuple(_Reading(element, name, files, digest).result() for element in found)
    except etree.C14NError as error:
        # A namespace that is no absolute address has no canonical form.
        raise Refused(Message("submission.xml.malformed", name=name)) from error


def _c14n(element: etree._Element, *, exclusive: bool) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=exclusive, with_comments=False)


class _Reading:
    """One ds:Signature element being checked from the outside in."""

    def __init__(self, element: etree._Element, name: str, files: Mapping[str, str], digest: Digest) -> None:
        self._element = element
        self._name = name
        self._files = files
        self._digest = digest

    def result(self) -> XadesSignature:
        """Check everything and say who signed when."""
        self._check_attributes(self._element)
        own = Reader(self._element, self._name)
        info = own.take(f"{{{DS}}}SignedInfo")
        value_element = own.take(f"{{{DS}}}SignatureValue")
        value = decoded(leaf_text(value_element, self._name), self._name)
        certificates = self._certificates(own.take(f"{{{DS}}}KeyInfo"))
        holder = own.take(f"{{{DS}}}Object")
        own.end()
        properties, unsigned = self._qualifying(holder)
        references = self._signed_info(info, certificates[0], value, properties)
        moment, roles = SignedReader(self._name, self._digest_of).read(
            properties, certificates[0], references, self._files
        )
        return XadesSignature(
            certificates[0],
            certificates[1:],
            moment,
            roles,
            value,
            self._unsigned(unsigned, value_element),
        )

    def _check_attributes(self, element: etree._Element) -> None:
        """No attribute that means nothing; what is attached afterwards is not looked at."""
        for child in element:
            if child.tag != f"{{{XADES}}}UnsignedProperties":
                self._check_attributes(child)
        if set(map(str, element.attrib)) - _ATTRIBUTES.get(str(element.tag), frozenset()):
            raise self._structure()

    def _unsigned(self, element: etree._Element | None, value: etree._Element) -> Unsigned:
        def canonical(method: etree._Element | None) -> bytes:
            # Where no method is named it is Canonical XML 1.0 (EN 319 132-1, 5.1.4.4.2).
            return _c14n(value, exclusive=self._canonical(method) if method is not None else False)

        def decode(one: etree._Element) -> bytes:
            return decoded(leaf_text(one, self._name), self._name)

        return UnsignedReader(self._name, canonical, decode, self._load).read(element)

    def _structure(self) -> Refused:
        return Refused(Message("submission.xml.structure", name=self._name))

    def _algorithm(self, element: etree._Element) -> str:
        """The algorithm of an element that has nothing else to say."""
        if len(element) or set(element.attrib) != {"Algorithm"}:
            raise Refused(
                Message("submission.xades.algorithm", name=self._name, algorithm=element.get("Algorithm", ""))
            )
        return str(element.get("Algorithm"))

    def _allowed_digest(self, element: etree._Element) -> str:
        algorithm = self._algorithm(element)
        if algorithm not in _DIGESTS:
            raise Refused(Message("submission.xades.algorithm", name=self._name, algorithm=algorithm))
        return _DIGESTS[algorithm]

    def _canonical(self, element: etree._Element) -> bool:
        algorithm = self._algorithm(element)
        if algorithm not in _C14N:
            raise Refused(Message("submission.xades.algorithm", name=self._name, algorithm=algorithm))
        return _C14N[algorithm]

    def _certificates(self, element: etree._Element) -> tuple[x509.Certificate, ...]:
        """The signer's certificate first; no other kind of key information is looked at."""
        info = Reader(element, self._name)
        data = Reader(info.take(f"{{{DS}}}X509Data"), self._name)
        info.end()
        texts = [leaf_text(one, self._name) for one in data.many(f"{{{DS}}}X509Certificate")]
        data.end()
        if not 0 < len(texts) <= 10:
            raise self._structure()
        return tuple(self._load(text) for text in texts)

    def _load(self, text: str) -> x509.Certificate:
        try:
            with warnings.catch_warnings():
                # What the library only warns of (a serial number below zero) is no certificate here.
                warnings.simplefilter("error")
                # Long names with titles go beyond X.520 and sign documents everywhere else.
                warnings.filterwarnings("ignore", _LONG_NAME, UserWarning)
                certificate = x509.load_der_x509_certificate(decoded(text, self._name))
                # It reads these only when asked for.
                _ = certificate.public_key(), certificate.subject, certificate.issuer
                return certificate
        except (*MALFORMED, UserWarning) as error:
            raise Refused(Message("submission.xades.certificate", name=self._name)) from error

    def _qualifying(self, holder: etree._Element) -> tuple[etree._Element, etree._Element | None]:
        """SignedProperties and UnsignedProperties."""
        outer = Reader(holder, self._name)
        qualifying = outer.take(f"{{{XADES}}}QualifyingProperties")
        outer.end()
        own_id = self._element.get("Id")
        if not own_id or qualifying.get("Target") != f"#{own_id}":
            raise self._structure()
        inner = Reader(qualifying, self._name)
        signed = inner.take(f"{{{XADES}}}SignedProperties")
        unsigned = inner.maybe(f"{{{XADES}}}UnsignedProperties")
        inner.end()
        return signed, unsigned

    def _signed_info(
        self, info: etree._Element, leaf: x509.Certificate, value: bytes, properties: etree._Element
    ) -> dict[str, str]:
        """Check value and references; returns the file behind each reference's Id."""
        reader = Reader(info, self._name)
        exclusive = self._canonical(reader.take(f"{{{DS}}}CanonicalizationMethod"))
        method = self._algorithm(reader.take(f"{{{DS}}}SignatureMethod"))
        kind, digest = _SIGNATURES.get(method, (type(None), ""))
        key = leaf.public_key()
        if not isinstance(key, kind) or weakness(key) is not None:
            raise Refused(Message("submission.xades.algorithm", name=self._name, algorithm=method))
        if not xml_fits(key, value, _c14n(info, exclusive=exclusive), digest):
            raise Refused(Message("submission.xades.value", name=self._name))
        covered: dict[str, str] = {}
        seen: set[str] = set()
        bound = 0
        for reference in reader.many(f"{{{DS}}}Reference"):
            if reference.get("Type") == SIGNED_PROPERTIES:
                self._properties_reference(reference, properties)
                bound += 1
            else:
                file = self._file_reference(reference)
                if file in seen:
                    raise Refused(Message("submission.xades.coverage", name=self._name, file=file))
                seen.add(file)
                covered[reference.get("Id") or f"\0{len(covered)}"] = file
        reader.end()
        if bound != 1:
            raise self._structure()
        for file in self._files:
            if file not in seen:
                raise Refused(Message("submission.xades.coverage", name=self._name, file=file))
        return covered

    def _digest_of(self, reader: Reader) -> tuple[str, bytes]:
        algorithm = self._allowed_digest(reader.take(f"{{{DS}}}DigestMethod"))
        value = decoded(leaf_text(reader.take(f"{{{DS}}}DigestValue"), self._name), self._name)
        reader.end()
        return algorithm, value

    def _properties_reference(self, reference: etree._Element, properties: etree._Element) -> None:
        reader = Reader(reference, self._name)
        exclusive = False
        transforms = reader.maybe(f"{{{DS}}}Transforms")
        if transforms is not None:
            inner = Reader(transforms, self._name)
            exclusive = self._canonical(inner.take(f"{{{DS}}}Transform"))
            inner.end()
        algorithm, value = self._digest_of(reader)
        own_id = properties.get("Id")
        if not own_id or reference.get("URI") != f"#{own_id}":
            raise self._structure()
        if hashlib.new(algorithm, _c14n(properties, exclusive=exclusive)).digest() != value:
            raise Refused(Message("submission.xades.properties", name=self._name))

    def _file_reference(self, reference: etree._Element) -> str:
        """The data file a reference covers; it has to lie in this container and be hashed as it is."""
        address = reference.get("URI") or ""
        try:
            file = name_of(address)
        except UnicodeDecodeError as error:
            raise Refused(Message("submission.xades.address", name=self._name, address=address)) from error
        # Programs differ in what they percent-encode; what counts is the one name it means.
        if "#" in address or file not in self._files or reference.get("Type") is not None:
            raise Refused(Message("submission.xades.address", name=self._name, address=address))
        reader = Reader(reference, self._name)
        if reader.maybe(f"{{{DS}}}Transforms") is not None:
            raise Refused(Message("submission.xades.transform", name=self._name, file=file))
        algorithm, value = self._digest_of(reader)
        if self._digest(file, algorithm) != value:
            raise Refused(Message("submission.xades.digest", name=self._name, file=file))
        return file
