"""What was attached to a XAdES signature afterwards: timestamps, certificates, answers about revocation.

None of it is signed by the signer; each part proves itself or proves nothing (EN 319 132-1, 5.3 to 5.4).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography import x509
from lxml import etree

from desktop.base import Message
from desktop.submission.proving import Evidence, sound_stamp
from desktop.submission.refusal import Refused
from desktop.submission.xades.writing import DS, XADES
from desktop.submission.xades.xml import Reader, leaf_text
from desktop.trust.cms import MAXIMUM_TOKENS
from desktop.trust.timestamps import Timestamp

MAXIMUM_VALUES = 20
"""Certificates, answers and lists of each kind."""


@dataclass(frozen=True, slots=True)
class Unsigned:
    """What was attached, and whether there is more that is not judged here."""

    evidence: Evidence = field(default_factory=Evidence)
    strange: bool = False


class UnsignedReader:
    """Reads the unsigned properties of one signature. Raises :class:`Refused`."""

    def __init__(
        self,
        name: str,
        canonical: Callable[[etree._Element | None], bytes],
        decode: Callable[[etree._Element], bytes],
        load: Callable[[str], x509.Certificate],
    ) -> None:
        """``canonical`` gives the bytes of the signature value by a method (None: the standard's own)."""
        self._name = name
        self._canonical = canonical
        self._decode = decode
        self._load = load

    def read(self, element: etree._Element | None) -> Unsigned:
        """All that is attached."""
        if element is None:
            return Unsigned()
        outer = Reader(element, self._name)
        properties = outer.maybe(f"{{{XADES}}}UnsignedSignatureProperties")
        strange = outer.maybe(f"{{{XADES}}}UnsignedDataObjectProperties") is not None
        outer.end()
        stamps: list[Timestamp] = []
        certificates: list[x509.Certificate] = []
        answers: list[bytes] = []
        lists: list[bytes] = []
        for one in properties if properties is not None else ():
            match etree.QName(one).localname if one.tag.startswith(f"{{{XADES}}}") else "":
                case "SignatureTimeStamp":
                    stamps += self._stamps(one)
                case "CertificateValues":
                    certificates += [
                        self._load(leaf_text(each, self._name))
                        for each in self._values(one, "X509Certificate")
                    ]
                case "RevocationValues":
                    strange = self._revocation(one, answers, lists) or strange
                case _:
                    strange = True
        if max(len(certificates), len(answers), len(lists)) > MAXIMUM_VALUES or len(stamps) > MAXIMUM_TOKENS:
            raise Refused(Message("submission.xades.too_many"))
        return Unsigned(Evidence(tuple(stamps), tuple(certificates), tuple(answers), tuple(lists)), strange)

    def _stamps(self, element: etree._Element) -> list[Timestamp]:
        reader = Reader(element, self._name)
        value = self._canonical(reader.maybe(f"{{{DS}}}CanonicalizationMethod"))
        tokens = [self._decode(one) for one in reader.many(f"{{{XADES}}}EncapsulatedTimeStamp")]
        reader.end()
        if not 0 < len(tokens) <= MAXIMUM_TOKENS:
            raise Refused(Message("submission.xml.structure", name=self._name))
        return [
            sound_stamp(token, lambda name: hashlib.new(name, value).digest(), self._name) for token in tokens
        ]

    def _values(self, element: etree._Element, kind: str) -> list[etree._Element]:
        reader = Reader(element, self._name)
        found = list(reader.many(f"{{{XADES}}}Encapsulated{kind}"))
        reader.end()
        return found

    def _revocation(self, element: etree._Element, answers: list[bytes], lists: list[bytes]) -> bool:
        """Collect answers and lists; says whether there was something of another kind."""
        reader = Reader(element, self._name)
        crls, ocsps = (reader.maybe(f"{{{XADES}}}{tag}") for tag in ("CRLValues", "OCSPValues"))
        other = reader.maybe(f"{{{XADES}}}OtherValues")
        reader.end()
        if crls is not None:
            lists += [self._decode(one) for one in self._values(crls, "CRLValue")]
        if ocsps is not None:
            answers += [self._decode(one) for one in self._values(ocsps, "OCSPValue")]
        return other is not None
