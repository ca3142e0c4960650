"""Tricks with the XML of a signature: syntax, structure, wrapping, Ids, namespaces, canonical form, base64."""

from __future__ import annotations

import copy
from collections.abc import Callable

from lxml import etree

from desktop.submission.xades.writing import DS, XADES
from tests.submission.hostile.ground import GOOD, Table, container, resigned

CASES = Table("xml")
Change = Callable[[etree._Element], object]


def find(root: etree._Element, tag: str, number: int = 0) -> etree._Element:
    return root.findall(f".//{{*}}{tag}")[number]


def text(old: str, new: str) -> Callable[[], bytes]:
    def make() -> bytes:
        assert old.encode() in GOOD, old
        return container(GOOD.replace(old.encode(), new.encode(), 1))

    return make


def whole(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    return lambda: container(change(GOOD))


def again(change: Change, **options: object) -> Callable[[], bytes]:
    return lambda: container(resigned(change, **options))


def unsigned(change: Change) -> Callable[[], bytes]:
    """Changed without signing anew: what a wrapping attacker does."""

    def make() -> bytes:
        root = etree.fromstring(GOOD)
        change(root)
        return container(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    return make


def drop(tag: str, number: int = 0) -> Change:
    def change(root: etree._Element) -> None:
        element = find(root, tag, number)
        element.getparent().remove(element)

    return change


def attribute(tag: str, name: str, value: str, number: int = 0) -> Change:
    return lambda root: find(root, tag, number).set(name, value)


def set_text(tag: str, value: str, number: int = 0) -> Change:
    def change(root: etree._Element) -> None:
        find(root, tag, number).text = value

    return change


def duplicate(tag: str, number: int = 0) -> Change:
    def change(root: etree._Element) -> None:
        element = find(root, tag, number)
        twin = copy.deepcopy(element)
        for one in twin.iter():
            one.attrib.pop("Id", None)
        element.addnext(twin)

    return change


def child(tag: str, new: str, at: int = 0, number: int = 0) -> Change:
    """Something put into an element: ``new`` is XML."""
    return lambda root: find(root, tag, number).insert(at, etree.fromstring(new))


def evil(root: etree._Element) -> etree._Element:
    """The signed properties with another role, for wrapping."""
    twin = copy.deepcopy(find(root, "SignedProperties"))
    find(twin, "ClaimedRole").text = "Bupati"
    return twin


def sibling(root: etree._Element) -> None:
    """False properties first, the signed ones behind them."""
    find(root, "SignedProperties").addprevious(evil(root))


def other_id(root: etree._Element) -> None:
    false = evil(root)
    false.set("Id", "S0-q")
    find(root, "SignedProperties").addprevious(false)


def into_key_info(root: etree._Element) -> None:
    """The signed properties move where nobody looks, false ones take their place."""
    true, false = find(root, "SignedProperties"), evil(root)
    true.addprevious(false)
    find(root, "KeyInfo").append(true)


def into_object(root: etree._Element) -> None:
    true, false = find(root, "SignedProperties"), evil(root)
    true.addprevious(false)
    extra = etree.SubElement(find(root, "Signature"), f"{{{DS}}}Object")
    extra.append(true)


def into_unsigned(root: etree._Element) -> None:
    true, false = find(root, "SignedProperties"), evil(root)
    false.set("Id", "S0-q")
    true.addprevious(false)
    unsigned_ = etree.SubElement(find(root, "QualifyingProperties"), f"{{{XADES}}}UnsignedProperties")
    unsigned_.append(true)


def into_itself(root: etree._Element) -> None:
    """The false properties enclose the true ones."""
    true, false = find(root, "SignedProperties"), evil(root)
    true.addprevious(false)
    false.attrib.pop("Id")
    false.append(true)


def second_first(root: etree._Element) -> None:
    """A false object before the true one."""
    true = find(root, "Object")
    false = copy.deepcopy(true)
    false[0].replace(false[0][0], evil(root))
    true.addprevious(false)


def wrapped(root: etree._Element) -> None:
    """The whole signature inside the object of a false one."""
    true = find(root, "Signature")
    false = copy.deepcopy(true)
    true.addprevious(false)
    find(false, "Object").append(true)


def around(root: etree._Element) -> None:
    true = find(root, "Signature")
    holder = etree.Element("{urn:x}bungkus")
    true.addprevious(holder)
    holder.append(true)


def two_infos(root: etree._Element) -> None:
    """A false SignedInfo before the signed one."""
    true = find(root, "SignedInfo")
    true.addprevious(copy.deepcopy(true))


def lower_ids(root: etree._Element) -> None:
    """Another attribute that some programs take for an Id."""
    find(root, "KeyInfo").set("ID", "S0-p")


def xml_id(root: etree._Element) -> None:
    find(root, "KeyInfo").set("{http://www.w3.org/XML/1998/namespace}id", "S0-p")


EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>'
OPEN = "<asic:XAdES"
KEY = "<ds:KeyInfo>"
QUALIFYING = '<xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"'

for name, codes, make in (
    ("comment in a role", "xml.forbidden", text("Ketua Panitia", "Ketua<!-- --> Panitia")),
    ("comment before the end", "xml.forbidden", text("</asic:XAdES", "<!-- --></asic:XAdES")),
    ("comment in a digest", "xml.forbidden", text("</ds:DigestValue>", "<!-- x --></ds:DigestValue>")),
    ("document type", "xml.forbidden", text(OPEN, "<!DOCTYPE a>" + OPEN)),
    ("external entity", "xml.forbidden", text(OPEN, EXTERNAL + OPEN)),
    ("parameter entity", "xml.forbidden", text(OPEN, PARAMETER + OPEN)),
    ("a billion laughs", "xml.forbidden", text(OPEN, LAUGHS + OPEN)),
    ("entity that is not declared", "xml.malformed", text("Ketua Panitia", "Ketua&x;Panitia")),
    ("processing instruction", "xml.forbidden", text(KEY, "<?x y?>" + KEY)),
    ("style sheet", "xml.forbidden", text(OPEN, '<?xml-stylesheet href="x.xsl"?>' + OPEN)),
    ("CDATA", "xml.forbidden", text("Ketua Panitia", "<![CDATA[Ketua Panitia]]>")),
    ("UTF-16", "xml.encoding", whole(lambda good: good.decode().replace("UTF-8", "UTF-16").encode("utf-16"))),
    ("UTF-16 without a mark", "xml.encoding xml.forbidden", whole(lambda good: good.decode().encode("utf-16-le"))),
    ("UTF-32", "xml.encoding xml.forbidden", whole(lambda good: good.decode().encode("utf-32"))),
    ("UTF-7 declared", "xml.forbidden", text('encoding="UTF-8"', 'encoding="UTF-7"')),
    ("Latin-1 declared", "xml.forbidden", text('encoding="UTF-8"', 'encoding="ISO-8859-1"')),
    ("EBCDIC declared", "xml.forbidden", text('encoding="UTF-8"', 'encoding="IBM037"')),
    ("XML 1.1", "xml.forbidden", text('version="1.0"', 'version="1.1"')),
    ("two declarations", "xml.forbidden", whole(lambda good: good[: good.index(b"\n") + 1] + good)),
    ("mark at the beginning", "xml.forbidden", whole(lambda good: b"\xef\xbb\xbf" + good)),
    ("space before the declaration", "xml.forbidden", whole(lambda good: b" " + good)),
    ("overlong UTF-8", "xml.encoding", whole(lambda good: good.replace(b"Ketua", b"\xc1\x8betua"))),
    ("nothing character", "xml.forbidden", whole(lambda good: good.replace(b"Ketua", b"Ketua\0"))),
    ("control character", "xml.malformed", whole(lambda good: good.replace(b"Ketua", b"Ketua\x01"))),
    ("control character by number", "xml.malformed", text("Ketua", "Ketua&#1;")),
    ("not closed", "xml.malformed", whole(lambda good: good[:-20])),
    ("two roots", "xml.malformed", whole(lambda good: good + b"<x/>")),
    ("text after the root", "xml.malformed", whole(lambda good: good + b"x")),
    ("attribute twice", "xml.malformed", text('Id="S0-v"', 'Id="S0-v" Id="S0-v"')),
    ("too large", "xml.too_large zip.bomb", whole(lambda good: good + b" " * (9 << 20))),
    ("deep", "xml.malformed xml.structure", text(KEY, "<x>" * 400 + "</x>" * 400 + KEY)),
    ("deep without end", "xml.malformed", text(KEY, "<x>" * 40000 + KEY)),
    ("a hundred thousand attributes", "xml.forbidden xml.malformed xml.structure xml.too_large xades.algorithm",
     text('Id="S0-v"', 'Id="S0-v" ' + " ".join(f'a{n}="x"' for n in range(100_000)))),
    ("doubled Id", "xml.ids", text('Id="S0-r1"', 'Id="S0-r0"')),
    ("Id of the properties doubled", "xml.ids", text(KEY, '<ds:KeyInfo Id="S0-p">')),
    ("Id in capitals doubled", "xml.ids", unsigned(lower_ids)),
    ("xml:id", "xml.forbidden", unsigned(xml_id)),
    ("base attribute", "xml.forbidden", text(KEY, '<ds:KeyInfo xml:base="http://x/">')),
    ("space attribute", "xml.forbidden", text(KEY, '<ds:KeyInfo xml:space="preserve">')),
    ("language attribute", "xml.forbidden", text(KEY, '<ds:KeyInfo xml:lang="id">')),
    ("inclusion", "xml.structure", unsigned(child("KeyInfo", '<i xmlns="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'))),
    ("text between elements", "xml.structure", text(KEY, "x" + KEY)),
    ("text at the root", "xml.structure", text("<ds:Signature ", "x<ds:Signature ")),
    ("another root", "xml.structure", whole(lambda good: good.replace(b"XAdESSignatures", b"XAdESSignature"))),
    ("the signature as root", "xml.structure", whole(lambda good: good[good.index(b"<ds:Signature ") : good.index(b"</asic:")])),
    ("root of OpenDocument", "xml.structure", whole(lambda good: good.replace(b"asic:XAdESSignatures", b"document-signatures"))),
    ("properties wrapped: false ones first", "xml.ids", unsigned(sibling)),
    ("properties wrapped: false ones of another Id", "xml.structure", unsigned(other_id)),
    ("properties wrapped: true ones in KeyInfo", "xml.ids", unsigned(into_key_info)),
    ("properties wrapped: true ones in another object", "xml.ids", unsigned(into_object)),
    ("properties wrapped: true ones unsigned", "xml.structure", unsigned(into_unsigned)),
    ("properties wrapped: true ones inside", "xml.structure xades.properties", unsigned(into_itself)),
    ("properties wrapped: false object first", "xml.ids", unsigned(second_first)),
    ("signature wrapped in a false one", "xml.ids", unsigned(wrapped)),
    ("signature wrapped in another element", "xml.structure", unsigned(around)),
    ("two SignedInfo", "xml.structure xml.ids", unsigned(two_infos)),
    ("two signature values", "xml.structure", unsigned(duplicate("SignatureValue"))),
    ("two KeyInfo", "xml.structure", unsigned(duplicate("KeyInfo"))),
    ("two X509Data", "xml.structure", unsigned(duplicate("X509Data"))),
    ("two QualifyingProperties", "xml.structure", unsigned(duplicate("QualifyingProperties"))),
    ("no object", "xml.structure", unsigned(drop("Object"))),
    ("second object", "xml.structure", again(duplicate("Object"))),
    ("object of another", "xml.structure", again(attribute("QualifyingProperties", "Target", "#S9"))),
    ("object of nobody", "xml.structure", again(attribute("QualifyingProperties", "Target", ""))),
    ("reference to the object", "xades.value", unsigned(lambda root: (find(root, "Object").set("Id", "S0-o"), find(root, "Reference", 2).set("URI", "#S0-o")))),
    ("pointer to the properties", "xml.structure", again(attribute("Reference", "URI", "#xpointer(id('S0-p'))", 2))),
    ("pointer to everything", "xml.structure", again(attribute("Reference", "URI", "#xpointer(/)", 2))),
    ("type of the properties missing", "xades.address", again(lambda root: find(root, "Reference", 2).attrib.pop("Type"))),
    ("properties not covered", "xml.structure", again(drop("Reference", 2), keep_properties=True)),
    ("properties of another place", "xml.structure", again(attribute("Reference", "URI", "#S0-v", 2))),
    ("properties referred to twice", "xml.structure xml.ids", again(duplicate("Reference", 2))),
    ("namespace of the signature changed", "xml.structure", whole(lambda good: good.replace(DS.encode(), b"http://www.w3.org/2000/09/xmldsig"))),
    ("namespace of XAdES 1.4.1", "xml.structure xades.properties", whole(lambda good: good.replace(XADES.encode(), b"http://uri.etsi.org/01903/v1.4.1#"))),
    ("prefix declared anew", "xml.structure", text(KEY, '<ds:KeyInfo xmlns:ds="urn:x">')),
    ("prefix declared anew within the properties", "xml.structure xades.properties", text("<xades:SigningTime>", '<xades:SigningTime xmlns:xades="urn:x">')),
    ("relative namespace", "xml.structure xades.properties xades.value xml.forbidden xml.malformed", text("<ds:SignedInfo ", '<ds:SignedInfo xmlns:a="b" a:c="d" ')),
    ("attribute of another namespace in SignedInfo", "xml.structure", text("<ds:SignedInfo ", '<ds:SignedInfo xmlns:a="urn:b" a:c="d" ')),
    ("attribute in a signed reference", "xml.structure xades.address", again(attribute("Reference", "x", "y"))),
    ("role changed", "xades.properties", text("Ketua Panitia", "Ketua Dewan")),
    ("role changed by a space", "xades.properties", text("Ketua Panitia", "Ketua  Panitia")),
    ("time changed", "xades.properties", text("<xades:SigningTime>2026", "<xades:SigningTime>2025")),
    ("unknown property", "xml.structure", again(child("SignedProperties", "<x/>", 9))),
    ("counter signature among the signed", "xml.structure", again(child("SignedSignatureProperties", f'<CounterSignature xmlns="{XADES}"/>', 0))),
    ("policy", "xml.structure", again(child("SignedSignatureProperties", f'<SignaturePolicyIdentifier xmlns="{XADES}"><SignaturePolicyImplied/></SignaturePolicyIdentifier>', 2))),
    ("element in the signing time", "xml.structure", again(child("SigningTime", "<x/>"))),
    ("element in the role", "xml.structure", again(child("ClaimedRole", "<x/>"))),
    ("letter that is no base64 in the value", "xml.structure", text('Id="S0-v">', 'Id="S0-v">-')),
    ("more base64 than the value", "xades.value xml.structure", text('Id="S0-v">', 'Id="S0-v">AAAA')),
    ("base64 with other spaces", "xml.structure", text('Id="S0-v">', 'Id="S0-v">\u00a0')),
    ("base64 with form feeds", "xml.malformed", text('Id="S0-v">', 'Id="S0-v">\f')),
    ("base64 with a false last letter", "xml.structure", again(lambda root: set_text("DigestValue", find(root, "DigestValue").text[:-2] + chr(ord(find(root, "DigestValue").text[-2]) + 1) + "=")(root))),
    ("base64 without its end", "xml.structure", again(lambda root: set_text("DigestValue", find(root, "DigestValue").text.rstrip("="))(root))),
    ("base64 with too much end", "xml.structure", again(lambda root: set_text("DigestValue", find(root, "DigestValue").text + "==")(root))),
    ("base64 of the other alphabet", "xml.structure", again(set_text("DigestValue", "-_" * 22))),
    ("digest of nothing", "xades.digest", again(set_text("DigestValue", ""))),
    ("digest that is short", "xades.digest", again(set_text("DigestValue", "AAAA"))),
    ("value empty", "xades.value", again(lambda root: None, value=lambda data: b"")),
):  # fmt: skip
    CASES.foreign(name, codes, make)
