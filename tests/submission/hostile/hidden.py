"""What a container of another program may say beside what its signatures cover, and what they contradict."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable

from asn1crypto import x509 as asn1_x509
from asn1crypto.tsp import IssuerSerial
from lxml import etree

from desktop.submission.frame.asic import manifest_xml
from desktop.submission.xades.writing import DS, XADES
from tests.submission.hostile.ground import BUDI, FILES, GOOD, SITI, Table, build, container, items, resigned
from tests.submission.hostile.xmltricks import find
from tests.trust import pki

CASES = Table("hidden")
LINES = manifest_xml(FILES).decode()


# -- headers ----------------------------------------------------------------------------------------
def fields(*bodies: tuple[int, bytes]) -> Callable[[], bytes]:
    def make() -> bytes:
        made = items()
        made[1].extra = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in bodies)
        return build(made)

    return make


TIMES = b"\x07" + bytes(12)
for title, make in (
    ("times thousands of times", fields(*((0x5455, b"\x07SELUNDUPAN!!") for _ in range(3800)))),
    ("times twice", fields((0x5455, TIMES), (0x5455, TIMES))),
    ("times that are not announced", fields((0x5455, b"\x00" + bytes(12)))),
    ("times of no kind", fields((0x5455, b"\xff" + bytes(12)))),
    ("times of Windows that are a text", fields((0x000A, b"isi yang lain sama sekali, bebas!"[:32]))),
    ("times of Windows with more", fields((0x000A, bytes(4) + b"\x01\x00\x18\x00" + bytes(28)))),
):
    CASES.foreign(title, "zip.extra", make)


# -- META-INF/manifest.xml, which no signature covers -----------------------------------------------
def listed(old: str, new: str) -> Callable[[], bytes]:
    assert old in LINES
    return lambda: container(manifest=LINES.replace(old, new, 1).encode())


ENTRY = '<manifest:file-entry manifest:full-path="surat.txt"'
for title, make in (
    ("an attribute at the root", listed(':version="1.2"', ':version="1.2" x="' + "S" * 9000 + '"')),
    (
        "another namespace at the root",
        listed("<manifest:manifest ", '<manifest:manifest xmlns:o="urn:o" o:full-path="x" '),
    ),
    (
        "a namespace that is a text",
        listed("<manifest:manifest ", f'<manifest:manifest xmlns:o  =\n "{"S" * 300}" '),
    ),
    ("a version that is a text", listed(':version="1.2"', ':version="1.2 dan seterusnya"')),
    ("another name without a prefix", listed(ENTRY, f'{ENTRY} full-path="lain.txt"')),
    ("a size that is wrong", listed(ENTRY, f'{ENTRY} manifest:size="99"')),
    ("a text within an entry", listed('text/plain"/>', 'text/plain">isi lain</manifest:file-entry>')),
):
    CASES.foreign(title, "xml.structure xml.too_large", make)


# -- signed, and contradicting ----------------------------------------------------------------------
def again(change: Callable[[etree._Element], object]) -> Callable[[], bytes]:
    return lambda: container(resigned(change))


def kinds(*tags: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        element = find(root, "DataObjectFormat")
        for tag in tags:
            etree.SubElement(element, tag).text = "application/x-msdownload"

    return change


def serial(holder: pki.Holder) -> Callable[[etree._Element], None]:
    """The certificate named once more, by issuer and number."""
    leaf = asn1_x509.Certificate.load(pki.der(holder.certificate))
    issuers = [asn1_x509.GeneralName("directory_name", leaf.issuer)]
    said = IssuerSerial({"issuer": issuers, "serial_number": leaf.serial_number}).dump()

    def change(root: etree._Element) -> None:
        element = etree.SubElement(find(root, "Cert"), f"{{{XADES}}}IssuerSerialV2")
        element.text = base64.b64encode(said).decode()

    return change


def old_serial(number: int) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        element = etree.SubElement(find(root, "Cert"), f"{{{XADES}}}IssuerSerial")
        etree.SubElement(element, f"{{{DS}}}X509IssuerName").text = "CN=Penerbit, O=Contoh PKI, C=ID"
        etree.SubElement(element, f"{{{DS}}}X509SerialNumber").text = str(number)

    return change


def place(root: etree._Element, *tags: str) -> None:
    element = etree.Element(f"{{{XADES}}}SignatureProductionPlaceV2")
    for tag in tags:
        etree.SubElement(element, tag).text = "Kalianda"
    find(root, "SigningCertificateV2").addnext(element)


def attribute(tag: str, name: str) -> Callable[[], bytes]:
    return again(lambda root: find(root, tag).set(name, "application/x-msdownload"))


for title, codes, make in (
    ("two media types of one file", "xml.structure", again(kinds(f"{{{XADES}}}MimeType"))),
    ("more about a file", "xml.structure", again(kinds(f"{{{DS}}}Object"))),
    ("the number of another certificate", "xades.other_certificate", again(serial(SITI))),
    ("a number that is none", "xades.other_certificate", again(lambda root: setattr(etree.SubElement(find(root, "Cert"), f"{{{XADES}}}IssuerSerialV2"), "text", "AAAA"))),
    ("the number of another certificate, older form", "xades.other_certificate", again(old_serial(7))),
    ("a place that is a signature", "xml.structure", again(lambda root: place(root, f"{{{DS}}}Signature"))),
    ("a media type at a reference", "xml.structure", attribute("Reference", "MimeType")),
    ("an encoding at a reference", "xml.structure", attribute("Reference", "Encoding")),
    ("a media type at the object", "xml.structure", attribute("Object", "MimeType")),
    ("an address at the time", "xml.structure", attribute("SigningTime", "URI")),
    ("an attribute at the root of signatures", "xml.structure", lambda: container(GOOD.replace(b"<asic:XAdESSignatures ", b'<asic:XAdESSignatures Id="x" ', 1))),
    ("the same signature twice", "xades.twice", lambda: container(GOOD, GOOD)),
):  # fmt: skip
    CASES.foreign(title, codes, make)


def turned() -> bytes:
    """The same signature with n-s in the place of s: as good, and another number."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    root = etree.fromstring(GOOD)
    element = find(root, "SignatureValue")
    value = base64.b64decode(element.text)
    s = order - int.from_bytes(value[32:], "big")
    element.text = base64.b64encode(value[:32] + s.to_bytes(32, "big")).decode()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


CASES.foreign("the same signature by its other number", "xades.twice", lambda: container(GOOD, turned()))
SOUND = {
    "times of Unix": fields((0x5455, TIMES), (0x7875, b"\x01\x04" + bytes(4) + b"\x04" + bytes(4))),
    "one time of Unix": fields((0x5455, b"\x01" + bytes(4))),
    "the directory's way": fields((0x5455, b"\x03" + bytes(4))),
    "times of Windows": fields((0x000A, bytes(4) + b"\x01\x00\x18\x00" + bytes(24))),
    "a right size": listed(ENTRY, f'{ENTRY} manifest:size="{len(items()[1].data)}"'),
    "the number of the certificate": again(serial(BUDI)),
    "the same in the older form": again(old_serial(BUDI.certificate.serial_number)),
    "a place": again(lambda root: place(root, f"{{{XADES}}}City", f"{{{XADES}}}CountryName")),
    "an encoding of a file": again(kinds(f"{{{XADES}}}Encoding")),
}
"""What the standards allow and other programs write."""
