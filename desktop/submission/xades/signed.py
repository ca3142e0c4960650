"""What a XAdES signature says of itself under its signature: time, certificate, place, roles, media types."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping

from asn1crypto.tsp import IssuerSerial
from cryptography import x509
from lxml import etree

from desktop.base import Message
from desktop.submission.refusal import Refused
from desktop.submission.xades.writing import DS, XADES
from desktop.submission.xades.xml import Reader, decoded, leaf_text
from desktop.trust.certificate import MALFORMED, der
from desktop.trust.cms import BadCms, check_named

_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_PLACES = ("SignatureProductionPlace", "SignatureProductionPlaceV2")
_PLACE_PARTS = ("City", "StreetAddress", "StateOrProvince", "PostalCode", "CountryName")


class SignedReader:
    """Reads the signed properties, whose digest holds already. Raises :class:`Refused`."""

    def __init__(self, name: str, digest_of: Callable[[Reader], tuple[str, bytes]]) -> None:
        """``digest_of`` reads a digest by an allowed algorithm, and nothing after it."""
        self._name = name
        self._digest_of = digest_of

    def read(
        self,
        properties: etree._Element,
        leaf: x509.Certificate,
        references: Mapping[str, str],
        files: Mapping[str, str],
    ) -> tuple[dt.datetime, tuple[str, ...]]:
        """Claimed time and roles, once the certificate and the media types agree.

        ``references`` gives the file behind each reference's Id, ``files`` each file's media type.
        """
        outer = Reader(properties, self._name)
        own = Reader(outer.take(f"{{{XADES}}}SignedSignatureProperties"), self._name)
        moment = self._moment(leaf_text(own.take(f"{{{XADES}}}SigningTime"), self._name))
        binding = own.maybe(f"{{{XADES}}}SigningCertificateV2", f"{{{XADES}}}SigningCertificate")
        if binding is None:
            raise Refused(Message("submission.xades.unbound", name=self._name))
        self._check_binding(binding, leaf)
        self._check_place(own.maybe(*(f"{{{XADES}}}{tag}" for tag in _PLACES)))
        roles = self._roles(own.maybe(f"{{{XADES}}}SignerRoleV2", f"{{{XADES}}}SignerRole"))
        own.end()
        self._check_formats(outer.maybe(f"{{{XADES}}}SignedDataObjectProperties"), references, files)
        outer.end()
        return moment, roles

    def _moment(self, text: str) -> dt.datetime:
        try:
            if _TIME.fullmatch(text) is None:
                raise Refused(Message("submission.xades.time", name=self._name))
            return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
        except (ValueError, OverflowError) as error:
            raise Refused(Message("submission.xades.time", name=self._name)) from error

    def _check_binding(self, binding: etree._Element, leaf: x509.Certificate) -> None:
        reader = Reader(binding, self._name)
        first = Reader(reader.take(f"{{{XADES}}}Cert"), self._name)
        digest = Reader(first.take(f"{{{XADES}}}CertDigest"), self._name)
        self._check_serial(first.maybe(f"{{{XADES}}}IssuerSerialV2", f"{{{XADES}}}IssuerSerial"), leaf)
        first.end()
        reader.end()
        algorithm, value = self._digest_of(digest)
        if hashlib.new(algorithm, der(leaf)).digest() != value:
            raise Refused(Message("submission.xades.other_certificate", name=self._name))

    def _check_serial(self, element: etree._Element | None, leaf: x509.Certificate) -> None:
        """Issuer and number, where they are said as well, are those of the same certificate.

        The older form writes the issuer's name as a text, which each program does in its own way.
        """
        if element is None:
            return
        other = Refused(Message("submission.xades.other_certificate", name=self._name))
        if element.tag == f"{{{XADES}}}IssuerSerialV2":
            try:
                said = IssuerSerial.load(decoded(leaf_text(element, self._name), self._name), strict=True)
                check_named({"issuer_serial": said}, leaf)
            except (BadCms, *MALFORMED) as error:
                raise other from error
            return
        reader = Reader(element, self._name)
        leaf_text(reader.take(f"{{{DS}}}X509IssuerName"), self._name)
        if leaf_text(reader.take(f"{{{DS}}}X509SerialNumber"), self._name).strip() != str(leaf.serial_number):
            raise other
        reader.end()

    def _check_place(self, element: etree._Element | None) -> None:
        """Where somebody says to have signed: texts, of which nothing here depends."""
        if element is None:
            return
        reader = Reader(element, self._name)
        for part in _PLACE_PARTS:
            found = reader.maybe(f"{{{XADES}}}{part}")
            if found is not None:
                leaf_text(found, self._name)
        reader.end()

    def _roles(self, element: etree._Element | None) -> tuple[str, ...]:
        if element is None:
            return ()
        outer = Reader(element, self._name)
        inner = Reader(outer.take(f"{{{XADES}}}ClaimedRoles"), self._name)
        roles = tuple(leaf_text(one, self._name) for one in inner.many(f"{{{XADES}}}ClaimedRole"))
        inner.end()
        outer.end()
        return roles

    def _check_formats(
        self, element: etree._Element | None, references: Mapping[str, str], files: Mapping[str, str]
    ) -> None:
        """Each file's signed media type is the one that the container announces."""
        formats: dict[str, str] = {}
        reader = Reader(element, self._name) if element is not None else None
        for one in reader.many(f"{{{XADES}}}DataObjectFormat") if reader is not None else ():
            file = references.get((one.get("ObjectReference") or "").removeprefix("#"))
            inner = Reader(one, self._name)
            told = inner.maybe(f"{{{XADES}}}Description")
            inner.maybe(f"{{{XADES}}}ObjectIdentifier")
            kind = inner.take(f"{{{XADES}}}MimeType")
            encoding = inner.maybe(f"{{{XADES}}}Encoding")
            inner.end()
            if file is None or file in formats:
                raise Refused(Message("submission.xml.structure", name=self._name))
            for text in (told, encoding):
                if text is not None:
                    leaf_text(text, self._name)
            formats[file] = leaf_text(kind, self._name)
        if formats != dict(files):
            raise Refused(Message("submission.xades.media_type", name=self._name))
