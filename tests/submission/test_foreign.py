"""Containers of other programs (``--any``): a real one is read, and hostile XML is refused."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from desktop.base.clock import now
from desktop.submission import Verdict, VerdictKind, verify
from desktop.submission.asic import MANIFEST_NAME, MIMETYPE, DataFile, manifest_xml
from desktop.submission.xades import DS, XADES, sign_xades
from desktop.trust import Anchors
from tests.submission.independent.tsl import write_list
from tests.submission.making import NOW, Stage
from tests.trust import pki

SIGNATURE = "META-INF/signatures0.xml"
CONTENT = {"surat.txt": b"isi surat", "é & lampiran.txt": b"isi lampiran"}


def test_a_container_made_by_libdigidocpp(stage, tmp_path) -> None:
    from desktop.trust import make_test_identity

    made = make_test_identity(tmp_path / "kini", {"tim": "Contoh Tim"}, now=now(), algorithm="ec")
    files = []
    for name, data in CONTENT.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    script = Path(__file__).parent / "independent" / "make_foreign.py"
    out = tmp_path / "luar.asice"
    lists = write_list([made.intermediate, made.root], tmp_path)
    key = made.signers["tim"].path
    command = [sys.executable, *map(str, (script, *lists, out, key, "uji", *files))]
    subprocess.run(command, check=True, capture_output=True)
    # It attaches the signer's certificate only, so the issuer itself has to be believed.
    anchors = Anchors().plus(made.intermediate)
    assert verify(out, anchors, now()).reasons[0].code == "manifest.missing"
    verdict = verify(out, anchors, now(), any_=True)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES, verdict.reasons
    assert {reason.code for reason in verdict.reasons} == {"note.test", "note.foreign"}
    assert [one.holder for one in verdict.signatures] == ["Contoh Tim"]
    broken = bytearray(out.read_bytes())
    refused = 0
    for place in range(0, len(broken), 41):
        broken[place] ^= 4
        out.write_bytes(broken)
        refused += verify(out, anchors, now(), any_=True).kind is VerdictKind.REFUSED
        broken[place] ^= 4
    # What no signature covers (times, versions, comments) is free in a foreign container, and little.
    assert refused > len(range(0, len(broken), 41)) * 0.9


# --------------------------------------------------------------------------------------- hostile XML

ROOT = pki.make("Root", ca=True)
SIGNER, OTHER = pki.make("Budi", ROOT), pki.make("Siti", ROOT)
ANCHORS = pki.believe(ROOT)
FILES = tuple(DataFile(name, "text/plain", hashlib.sha256(data).digest()) for name, data in CONTENT.items())
GOOD = sign_xades(FILES, SIGNER.signer(), 0, NOW, ("Ketua Panitia",))


def container(
    folder: Path, signature: bytes, manifest: bytes | None = None, extra: dict[str, bytes] | None = None
) -> Path:
    path = folder / "x.asice"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE, zipfile.ZIP_STORED)
        for name, data in {**CONTENT, **(extra or {})}.items():
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.writestr(zipfile.ZipInfo(MANIFEST_NAME), manifest or manifest_xml(FILES))
        archive.writestr(zipfile.ZipInfo(SIGNATURE), signature)
    return path


def judge(folder: Path, signature: bytes, **options: object) -> Verdict:
    return verify(container(folder, signature, **options), ANCHORS, NOW, any_=True)


def code(folder: Path, signature: bytes, **options: object) -> str:
    verdict = judge(folder, signature, **options)
    assert verdict.kind is VerdictKind.REFUSED
    return verdict.reasons[0].code


def test_the_good_one_is_good(tmp_path) -> None:
    verdict = judge(tmp_path, GOOD)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES, verdict.reasons
    assert verdict.signatures[0].role == "Ketua Panitia"


def text(old: str, new: str) -> Callable[[], bytes]:
    def change() -> bytes:
        assert old.encode() in GOOD, old
        return GOOD.replace(old.encode(), new.encode(), 1)

    return change


def resigned(
    change: Callable[[etree._Element], object], *, keep_properties: bool = False
) -> Callable[[], bytes]:
    """The signature changed and then really signed again: only rules can refuse it, not mathematics."""

    def make() -> bytes:
        from desktop.trust.signer import xml_signature

        root = etree.fromstring(GOOD)
        change(root)
        signature = root[0]
        info = signature.find(f"{{{DS}}}SignedInfo")
        properties = root.find(f".//{{{XADES}}}SignedProperties")
        if properties is not None and not keep_properties:
            value = hashlib.sha256(etree.tostring(properties, method="c14n", exclusive=True)).digest()
            info.findall(f"{{{DS}}}Reference")[-1].find(f"{{{DS}}}DigestValue").text = base64.b64encode(
                value
            ).decode()
        made = xml_signature(SIGNER.signer(), etree.tostring(info, method="c14n", exclusive=True))
        signature.find(f"{{{DS}}}SignatureValue").text = base64.b64encode(made).decode()
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return make


def find(root: etree._Element, tag: str, number: int = 0) -> etree._Element:
    return root.findall(f".//{{*}}{tag}")[number]


def drop(tag: str, number: int = 0) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        element = find(root, tag, number)
        element.getparent().remove(element)

    return change


def attribute(tag: str, name: str, value: str, number: int = 0) -> Callable[[etree._Element], None]:
    return lambda root: find(root, tag, number).set(name, value)


def set_text(tag: str, value: str, number: int = 0) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        find(root, tag, number).text = value

    return change


def duplicate(tag: str, number: int = 0) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        import copy

        element = find(root, tag, number)
        twin = copy.deepcopy(element)
        for one in twin.iter():
            one.attrib.pop("Id", None)
        element.addnext(twin)

    return change


def transform(algorithm: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        reference = find(root, "Reference")
        transforms = etree.Element(f"{{{DS}}}Transforms")
        etree.SubElement(transforms, f"{{{DS}}}Transform").set("Algorithm", algorithm)
        reference.insert(0, transforms)

    return change


def strange(root: etree._Element) -> None:
    etree.SubElement(find(root, "SignedProperties"), "x")


def key_value(root: etree._Element) -> None:
    info = find(root, "KeyInfo")
    etree.SubElement(info, f"{{{DS}}}KeyValue")


def certificate(holder: pki.Holder) -> Callable[[etree._Element], None]:
    return set_text("X509Certificate", base64.b64encode(pki.der(holder.certificate)).decode())


MORE = "http://www.w3.org/2001/04/xmldsig-more#"
RSA_SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
WITH_COMMENTS = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"
SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1"
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "comment in a role": ("xml.forbidden", text("Ketua Panitia", "Ketua<!-- --> Panitia")),
    "document type": ("xml.forbidden", text("<asic:XAdES", '<!DOCTYPE a [<!ENTITY x "y">]><asic:XAdES')),
    "external entity": ("xml.forbidden", text("<asic:XAdES", EXTERNAL + "<asic:XAdES")),
    "processing instruction": ("xml.forbidden", text("<ds:KeyInfo>", "<?x y?><ds:KeyInfo>")),
    "CDATA": ("xml.forbidden", text("Ketua Panitia", "<![CDATA[Ketua Panitia]]>")),
    "UTF-16": ("xml.encoding", lambda: GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    "other encoding declared": ("xml.forbidden", text('encoding="UTF-8"', 'encoding="ISO-8859-1"')),
    "mark at the beginning": ("xml.forbidden", lambda: b"\xef\xbb\xbf" + GOOD),
    "not closed": ("xml.malformed", lambda: GOOD[:-20]),
    "too large": ("xml.too_large", lambda: GOOD + b" " * (9 << 20)),
    "doubled Id": ("xml.ids", text('Id="S0-r1"', 'Id="S0-r0"')),
    "base attribute": ("xml.forbidden", text("<ds:KeyInfo>", '<ds:KeyInfo xml:base="http://x/">')),
    "text between elements": ("xml.structure", text("<ds:KeyInfo>", "x<ds:KeyInfo>")),
    "another root": ("xml.structure", lambda: GOOD.replace(b"XAdESSignatures", b"XAdESSignature")),
    "no signature": ("xades.too_many", lambda: GOOD.split(b"<ds:Signature ")[0] + b"</asic:XAdESSignatures>"),
    "value of nothing": ("xades.value", text('Id="S0-v">', 'Id="S0-v">AAAA')),
    "time changed": ("xades.properties", text("<xades:SigningTime>2026", "<xades:SigningTime>2025")),
    "role changed": ("xades.properties", text("Ketua Panitia", "Ketua Dewan")),
    "certificate swapped": ("xades.value", resigned(certificate(OTHER))),
    "certificate of a twin": (
        "xades.other_certificate", resigned(certificate(pki.make("Budi", ROOT, key=SIGNER.key))),
    ),
    "file not covered": ("xades.coverage", resigned(drop("Reference"))),
    "file covered twice": ("xades.coverage", resigned(duplicate("Reference"))),
    "file of another digest": ("xades.digest", resigned(set_text("DigestValue", "AAAA"))),
    "properties not covered": ("xml.structure", resigned(drop("Reference", 2), keep_properties=True)),
    "properties of another place": ("xml.structure", resigned(attribute("Reference", "URI", "#S0-v", 2))),
    "local file": ("xades.address", resigned(attribute("Reference", "URI", "file:///etc/passwd"))),
    "network": ("xades.address", resigned(attribute("Reference", "URI", "http://127.0.0.1/x"))),
    "way out": ("xades.address", resigned(attribute("Reference", "URI", "../surat.txt"))),
    "absolute": ("xades.address", resigned(attribute("Reference", "URI", "/surat.txt"))),
    "fragment": ("xades.address", resigned(attribute("Reference", "URI", "surat.txt#a"))),
    "whole document": ("xades.address", resigned(attribute("Reference", "URI", ""))),
    "not UTF-8": ("xades.address", resigned(attribute("Reference", "URI", "%E9.txt"))),
    "typed reference": ("xades.address", resigned(attribute("Reference", "Type", "http://x/"))),
    "XSLT": ("xades.transform", resigned(transform("http://www.w3.org/TR/1999/REC-xslt-19991116"))),
    "base64": ("xades.transform", resigned(transform("http://www.w3.org/2000/09/xmldsig#base64"))),
    "SHA-1 digest": ("xades.algorithm", resigned(attribute("DigestMethod", "Algorithm", SHA1))),
    "SHA-1 certificate": ("xades.algorithm", resigned(attribute("DigestMethod", "Algorithm", SHA1, 3))),
    "SHA-1 signature": (
        "xades.algorithm", resigned(attribute("SignatureMethod", "Algorithm", RSA_SHA1)),
    ),
    "HMAC": (
        "xades.algorithm",
        resigned(attribute("SignatureMethod", "Algorithm", f"{MORE}hmac-sha256")),
    ),
    "RSA named for EC": (
        "xades.algorithm",
        resigned(attribute("SignatureMethod", "Algorithm", f"{MORE}rsa-sha256")),
    ),
    "canonical form with comments": (
        "xades.algorithm",
        resigned(attribute("CanonicalizationMethod", "Algorithm", WITH_COMMENTS)),
    ),
    "bare key": ("xml.structure", resigned(key_value)),
    "no certificate": ("xml.structure", resigned(drop("X509Certificate"))),
    "certificate unreadable": ("xades.certificate", resigned(set_text("X509Certificate", "AAAA"))),
    "no binding": ("xades.unbound", resigned(drop("SigningCertificateV2"))),
    "two bindings": ("xml.structure", resigned(duplicate("SigningCertificateV2"))),
    "no time": ("xml.structure", resigned(drop("SigningTime"))),
    "time without zone": ("xades.time", resigned(set_text("SigningTime", "2026-11-24T03:00:00"))),
    "time unreadable": ("xades.time", resigned(set_text("SigningTime", "kemarin"))),
    "time in the future": ("signature.future", resigned(set_text("SigningTime", "2027-01-01T00:00:00Z"))),
    "time too early": ("signature.untrusted", resigned(set_text("SigningTime", "2020-01-01T00:00:00Z"))),
    "media type of another": ("xades.media_type", resigned(set_text("MimeType", "text/html"))),
    "media type missing": ("xades.media_type", resigned(drop("DataObjectFormat"))),
    "media type twice": ("xml.structure", resigned(duplicate("DataObjectFormat"))),
    "unknown property": ("xml.structure", resigned(strange)),
    "second object": ("xml.structure", resigned(duplicate("Object"))),
    "object of another": ("xml.structure", resigned(attribute("QualifyingProperties", "Target", "#S9"))),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_signatures(case, tmp_path) -> None:
    wanted, make = HOSTILE[case]
    assert code(tmp_path, make()) == wanted


def test_hostile_frames(tmp_path) -> None:
    manifest = manifest_xml(FILES).decode()
    assert code(tmp_path, GOOD, extra={"lebih.txt": b""}) == "content.extra"
    assert code(tmp_path, GOOD, extra={"META-INF/x.tst": b""}) == "content.extra"
    assert code(tmp_path, GOOD, extra={"META-INF/ASiCManifest.xml": b""}) == "content.extra"
    assert code(tmp_path, GOOD, extra={"../x": b""}) == "name.path"
    assert code(tmp_path, GOOD, extra={"SURAT.TXT": b""}) == "name.twice"
    missing = manifest.replace(
        '<manifest:file-entry manifest:full-path="surat.txt" manifest:media-type="text/plain"/>', ""
    )
    assert code(tmp_path, GOOD, manifest=missing.encode()) == "content.extra"
    more = manifest.replace("surat.txt", "surat2.txt")
    assert code(tmp_path, GOOD, manifest=more.encode()) == "content.extra"
    twice = manifest.replace(
        "</manifest:manifest>",
        '<manifest:file-entry manifest:full-path="surat.txt" manifest:media-type="a/b"/></manifest:manifest>',
    )
    assert code(tmp_path, GOOD, manifest=twice.encode()) == "xml.structure"
    kind = manifest.replace(MIMETYPE, "application/zip")
    assert code(tmp_path, GOOD, manifest=kind.encode()) == "asic.differs"
    assert code(tmp_path, GOOD, manifest=b"<x/>") == "xml.structure"


def test_signers_nobody_vouches_for(tmp_path) -> None:
    path = container(tmp_path, GOOD)
    assert verify(path, Anchors(), NOW, any_=True).reasons[0].code == "signature.unknown"
    weak = pki.make("Lemah", ROOT, key=pki.rsa_key(1024))
    assert code(tmp_path, sign_xades(FILES, weak.signer(), 0, NOW, ())) == "xades.algorithm"
    server = pki.make("server", ROOT, use=pki.usage(digital_signature=True))
    assert code(tmp_path, sign_xades(FILES, server.signer(), 0, NOW, ())) == "signature.untrusted"


def test_one_bad_signature_refuses_the_whole(tmp_path) -> None:
    stranger = pki.make("Asing", pki.make("Lain", ca=True))
    second = sign_xades(FILES, stranger.signer(), 1, NOW, ())
    path = container(tmp_path, GOOD, extra={"META-INF/signatures1.xml": second})
    assert verify(path, ANCHORS, NOW, any_=True).reasons[0].code == "signature.unknown"
    good = sign_xades(FILES, OTHER.signer(), 1, NOW, ("Anggota",))
    path = container(tmp_path, GOOD, extra={"META-INF/signatures1.xml": good})
    assert [one.role for one in verify(path, ANCHORS, NOW, any_=True).signatures] == [
        "Anggota",
        "Ketua Panitia",
    ]


def test_a_package_of_ours_still_passes(stage: Stage) -> None:
    assert verify(stage.signed, stage.anchors, NOW, any_=True).kind is VerdictKind.VALID_WITH_NOTES
