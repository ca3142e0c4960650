"""A signed trusted list (ETSI TS 119 612) of our test authorities: libdigidocpp believes them offline."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

LIST = "http://uri.etsi.org/02231/v2#"
BASE = "http://uri.etsi.org/TrstSvc"
QUALIFICATIONS = f"{BASE}/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _sub(parent: etree._Element, tag: str, text: str | None = None, lang: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{LIST}}}{tag}")
    element.text = text
    if lang:
        element.set(LANG, lang)
    return element


def _names(parent: etree._Element, tag: str) -> None:
    _sub(_sub(parent, tag), "Name", "Uji", "en")


def _address(parent: etree._Element, tag: str) -> None:
    address = _sub(parent, tag)
    postal = _sub(_sub(address, "PostalAddresses"), "PostalAddress", lang="en")
    for part, text in (("StreetAddress", "-"), ("Locality", "Jakarta"), ("CountryName", "ID")):
        _sub(postal, part, text)
    _sub(_sub(address, "ElectronicAddress"), "URI", "mailto:uji@example.invalid", "en")


def _scheme(root: etree._Element, now: dt.datetime) -> None:
    scheme = _sub(root, "SchemeInformation")
    _sub(scheme, "TSLVersionIdentifier", "5")
    _sub(scheme, "TSLSequenceNumber", "1")
    _sub(scheme, "TSLType", f"{BASE}/TrustedList/TSLType/EUgeneric")
    _names(scheme, "SchemeOperatorName")
    _address(scheme, "SchemeOperatorAddress")
    _names(scheme, "SchemeName")
    _sub(_sub(scheme, "SchemeInformationURI"), "URI", "http://example.invalid/", "en")
    _sub(scheme, "StatusDeterminationApproach", f"{BASE}/TrustedList/StatusDetn/EUappropriate")
    _sub(_sub(scheme, "SchemeTypeCommunityRules"), "URI", f"{BASE}/TrustedList/schemerules/EUcommon", "en")
    _sub(scheme, "SchemeTerritory", "ID")
    _sub(_sub(scheme, "PolicyOrLegalNotice"), "TSLLegalNotice", "uji", "en")
    _sub(scheme, "HistoricalInformationPeriod", "65535")
    _sub(scheme, "ListIssueDateTime", _time(now))
    _sub(_sub(scheme, "NextUpdate"), "dateTime", _time(now + dt.timedelta(days=3650)))


def _time(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _service(services: etree._Element, certificate: x509.Certificate, since: dt.datetime, kind: str) -> None:
    info = _sub(_sub(services, "TSPService"), "ServiceInformation")
    _sub(info, "ServiceTypeIdentifier", f"{BASE}/Svctype/{kind}")
    _names(info, "ServiceName")
    identity = _sub(_sub(info, "ServiceDigitalIdentity"), "DigitalId")
    _sub(identity, "X509Certificate", base64.b64encode(certificate.public_bytes(Encoding.DER)).decode())
    _sub(info, "ServiceStatus", f"{BASE}/TrustedList/Svcstatus/granted")
    _sub(info, "StatusStartingTime", _time(since))
    if kind == "CA/QC":
        _qualify(info)


def _qualify(info: etree._Element) -> None:
    """Only qualified certificates are signing certificates for it; the list says so, not our identity."""
    extension = _sub(_sub(info, "ServiceInformationExtensions"), "Extension")
    extension.set("Critical", "true")
    element = _qualification(_qualification(extension, "Qualifications"), "QualificationElement")
    qualifiers = _qualification(element, "Qualifiers")
    for name in ("QCStatement", "QCWithQSCD", "QCForESig"):
        _qualification(qualifiers, "Qualifier").set("uri", f"{BASE}/TrustedList/SvcInfoExt/{name}")
    criteria = _qualification(element, "CriteriaList")
    criteria.set("assert", "all")
    bit = _qualification(_qualification(criteria, "KeyUsage"), "KeyUsageBit")
    bit.set("name", "nonRepudiation")
    bit.text = "true"


def _qualification(parent: etree._Element, tag: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{QUALIFICATIONS}}}{tag}")


def write_list(authorities: list[Path], folder: Path, stampers: tuple[Path, ...] = ()) -> tuple[Path, Path]:
    """The list of these PEM authorities, those for timestamps, and the certificate of who signed it."""
    from signxml import SignatureConstructionMethod, XMLSigner

    now = dt.datetime.now(dt.UTC)
    root = etree.Element(f"{{{LIST}}}TrustServiceStatusList", nsmap={None: LIST})
    root.set("TSLTag", "http://uri.etsi.org/19612/TSLTag")
    root.set("Id", "tsl")
    _scheme(root, now)
    provider = _sub(_sub(root, "TrustServiceProviderList"), "TrustServiceProvider")
    info = _sub(provider, "TSPInformation")
    _names(info, "TSPName")
    _names(info, "TSPTradeName")
    _address(info, "TSPAddress")
    _sub(_sub(info, "TSPInformationURI"), "URI", "http://example.invalid/", "en")
    services = _sub(provider, "TSPServices")
    kinds = [(path, "CA/QC") for path in authorities] + [(path, "TSA/QTST") for path in stampers]
    for path, kind in kinds:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        _service(services, certificate, certificate.not_valid_before_utc - dt.timedelta(days=1), kind)
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Daftar uji")])
    signer = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    certificate_path, list_path = folder / "tsl.crt", folder / "tsl.xml"
    certificate_path.write_bytes(signer.public_bytes(Encoding.PEM))
    sealed = XMLSigner(
        method=SignatureConstructionMethod.enveloped, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"
    ).sign(
        root,
        key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        cert=certificate_path.read_text(),
    )
    list_path.write_bytes(etree.tostring(sealed, xml_declaration=True, encoding="UTF-8"))
    return list_path, certificate_path
