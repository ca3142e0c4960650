"""What is inside, what is listed and what is signed differ; signatures that come from elsewhere or leave."""

from __future__ import annotations

from collections.abc import Callable

from desktop.submission.frame.asic import MANIFEST_NAME, MIMETYPE, DataFile, manifest_xml
from tests.submission.hostile.ground import (
    CONTENT,
    FILES,
    GOOD,
    SECOND,
    SITI,
    STRANGER,
    Table,
    build,
    container,
    files_of,
    item,
    items,
    resigned,
    sign,
)
from tests.submission.zips import Item

CASES = Table("coverage")
LISTED = manifest_xml(FILES).decode()
EXTRA = {**CONTENT, "lebih.txt": b"lebih"}


def bent(change: Callable[[list[Item]], object], *signatures: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        files = items(signatures or (GOOD,))
        change(files)
        return build(files)

    return make


def more(name: str, data: bytes = b"x", at: int = 2) -> Callable[[], bytes]:
    return bent(lambda files: files.insert(at, item(name, data)))


def listed(old: str, new: str) -> Callable[[], bytes]:
    assert old in LISTED
    return lambda: container(manifest=LISTED.replace(old, new, 1).encode())


def without(*names: str) -> Callable[[], bytes]:
    return bent(lambda files: [files.remove(one) for one in list(files) if one.name.decode() in names])


ENTRY = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="text/plain"/>'
CLOSE = "</manifest:manifest>"
SURAT = ENTRY.format("surat.txt")
ENCRYPTED = SURAT[:-2] + "><manifest:encryption-data/></manifest:file-entry>"
CHANGED = {**CONTENT, "surat.txt": b"isi lain"}

for name, codes, make in (
    ("file that nobody lists", "content.extra", more("lebih.txt")),
    ("file listed but not signed", "xades.coverage xades.media_type", lambda: container(content=EXTRA)),
    ("file signed but not listed", "content.extra", lambda: container(sign(files_of(EXTRA)), content=EXTRA, manifest=LISTED.encode())),
    ("file signed and listed but not there", "content.missing", lambda: container(sign(files_of(EXTRA)), manifest=manifest_xml(files_of(EXTRA)))),
    ("file signed but not there", "xades.address xades.media_type", lambda: container(sign(files_of(EXTRA)))),
    ("file removed", "content.missing", without("surat.txt")),
    ("file removed everywhere but in the signature", "xades.address", lambda: container(content={"surat.txt": CONTENT["surat.txt"]})),
    ("content changed", "xades.digest", lambda: container(content=CHANGED)),
    ("contents exchanged", "xades.digest", lambda: container(content=dict(zip(CONTENT, reversed(CONTENT.values()), strict=True)))),
    ("names exchanged", "xades.digest", bent(lambda f: (setattr(f[1], "name", b"tukar"), setattr(f[2], "data", f[1].data), setattr(f[1], "name", b"surat.txt"), setattr(f[1], "data", b"isi lampiran")))),
    ("no signature", "xades.none", lambda: build(items(()))),
    ("no files", "content.empty", lambda: build(items((sign(()),), content={}))),
    ("empty signature file", "xml.malformed", lambda: container(b"")),
    ("signature file without signatures", "xades.too_many", lambda: container(GOOD.split(b"<ds:Signature ")[0] + b"</asic:XAdESSignatures>")),
    ("signature file of another name", "content.extra", bent(lambda f: setattr(f[-1], "name", b"META-INF/tandatangan.xml"))),
    ("signature file in capitals", "content.extra", bent(lambda f: setattr(f[-1], "name", b"META-INF/SIGNATURES0.XML"))),
    ("signature outside META-INF", "content.extra", bent(lambda f: setattr(f[-1], "name", b"signatures0.xml"))),
    ("signature in a folder", "content.extra", bent(lambda f: setattr(f[-1], "name", b"META-INF/a/signatures0.xml"))),
    ("timestamp file", "content.extra", more("META-INF/timestamp.tst")),
    ("CAdES signature", "content.extra", more("META-INF/signature.p7s")),
    ("ASiC manifest", "content.extra", more("META-INF/ASiCManifest.xml", b"<x/>")),
    ("archive manifest", "content.extra", more("META-INF/ASiCArchiveManifest.xml", b"<x/>")),
    ("container.xml of EPUB", "content.extra", more("META-INF/container.xml", b"<x/>")),
    ("Java's manifest", "content.extra", more("META-INF/MANIFEST.MF")),
    ("no manifest", "content.missing", without(MANIFEST_NAME)),
    ("manifest twice", "name.twice", more(MANIFEST_NAME, LISTED.encode())),
    ("manifest in capitals beside it", "name.twice", more("META-INF/MANIFEST.XML", LISTED.encode())),
    ("manifest lists one twice", "xml.structure", listed(CLOSE, SURAT + CLOSE)),
    ("manifest lists one file less", "content.extra", listed(SURAT, "")),
    ("manifest lists one more", "content.missing", listed(CLOSE, ENTRY.format("lebih.txt") + CLOSE)),
    ("manifest lists a folder", "content.missing", listed(CLOSE, ENTRY.format("a/") + CLOSE)),
    ("manifest lists the signature", "content.missing content.extra", listed(CLOSE, ENTRY.format("META-INF/signatures0.xml") + CLOSE)),
    ("manifest lists mimetype", "content.missing content.extra", listed(CLOSE, ENTRY.format("mimetype") + CLOSE)),
    ("manifest of another type", "asic.differs", listed(MIMETYPE, "application/zip")),
    ("manifest without the container", "asic.differs", listed(f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>', "")),
    ("manifest says encrypted", "xml.structure", listed(SURAT, ENCRYPTED)),
    ("manifest with another root", "xml.structure", lambda: container(manifest=LISTED.replace("manifest:manifest", "manifest:m").encode())),
    ("manifest of another namespace", "xml.structure", listed(":xmlns:manifest:1.0", ":xmlns:manifest:9.0")),
    ("manifest with an entry of another namespace", "xml.structure", listed(CLOSE, '<x xmlns="u:x"/>' + CLOSE)),
    ("manifest without a media type", "xml.structure", listed(' manifest:media-type="text/plain"', "")),
    ("manifest with a comment", "xml.forbidden", listed(CLOSE, "<!-- -->" + CLOSE)),
    ("manifest with an entity", "xml.forbidden", listed("<manifest:manifest", '<!DOCTYPE a [<!ENTITY x "y">]><manifest:manifest')),
    ("media type of another", "xades.media_type", listed("text/plain", "text/html")),
    ("second signature of a stranger", "signature.unknown", lambda: container(GOOD, sign(holder=STRANGER, number=1))),
    ("second signature over less", "xades.coverage xades.media_type", lambda: container(GOOD, sign(FILES[:1], SITI, 1))),
    ("second signature over more", "xades.address", lambda: container(GOOD, sign(files_of(EXTRA), SITI, 1))),
    ("second signature over another content", "xades.digest", lambda: container(GOOD, sign(files_of(CHANGED), SITI, 1))),
    ("first signature over another content", "xades.digest", lambda: container(sign(files_of(CHANGED), SITI), sign(number=1))),
    ("second signature broken", "xades.properties xades.value xml.structure", lambda: container(GOOD, sign(holder=SITI, number=1).replace(b"Ketua", b"Kepala"))),
    ("two signatures with the same Ids in one file", "xml.ids", lambda: container(GOOD.replace(b"</asic:XAdESSignatures>", GOOD[GOOD.index(b"<ds:Signature "):]))),
    ("signature of another container", "xades.digest", lambda: container(sign(files_of({name: data + b"." for name, data in CONTENT.items()})))),
    ("signature of a container with other names", "xades.address", lambda: container(sign(files_of({f"a/{name}": data for name, data in CONTENT.items()})))),
    ("signature over one file by two names", "xades.digest xades.coverage", lambda: container(resigned(lambda root: root.findall(".//{*}Reference")[1].set("URI", "%73urat.txt")))),
    ("file twice among the signed", "xades.coverage", lambda: container(sign((*FILES, FILES[0])))),
    ("signed under a name that is not decomposed alike", "xades.address", lambda: container(sign((FILES[0], DataFile("lampiran e\u0301.txt", "text/plain", FILES[1].sha256))))),
    ("more than fifty signature files", "xades.too_many", lambda: build([*items(()), *(item(f"META-INF/signatures{n}.xml", sign(number=n)) for n in range(51))])),
):  # fmt: skip
    CASES.foreign(name, codes, make)

CASES.foreign(
    "signature file that hides in a second one",
    "xml.structure",
    bent(lambda files: files.append(item(SECOND, GOOD.replace(b"asic:XAdES", b"asic:Xades")))),
)
