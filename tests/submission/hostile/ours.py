"""Attacks on our own packages: other bytes that say the same, manifests that lie, signatures moved or taken off."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from typing import Any

import msgspec

from desktop.submission import VerdictKind
from desktop.submission.frame.asic import MANIFEST_NAME
from desktop.submission.manifest import NAME, Expected, Manifest, RoleField, content_id, read_manifest
from tests.submission import tamper
from tests.submission.hostile.ground import (
    BUDI,
    ISSUER,
    ROOT,
    SECOND,
    SIGNATURE,
    SITI,
    STRANGER,
    Ground,
    Table,
    edited,
)
from tests.submission.making import BOOK, DATA, MAYOR, NOW, PHOTO, SECRETARY, TEAM, draw_pdf
from tests.trust import pki

FORM = Table("own form", any_=False)
CASES = Table("own content")
INCOMPLETE = frozenset({VerdictKind.REFUSED, VerdictKind.INCOMPLETE, VerdictKind.SEALED})
Change = Callable[[tamper.Files], None]


def raw(change: Callable[[bytearray], object]) -> Callable[[Ground], bytes]:
    def make(ground: Ground) -> bytes:
        data = bytearray(ground.signed.read_bytes())
        change(data)
        return bytes(data)

    return make


def both_headers(offset: int, value: bytes) -> Callable[[Ground], bytes]:
    """A field that stands in both headers of the first file; ``offset`` is that of the local one."""

    def change(data: bytearray) -> None:
        central = data.index(b"PK\x01\x02")
        data[offset : offset + len(value)] = value
        data[central + offset + 2 : central + offset + 2 + len(value)] = value

    return raw(change)


def in_directory(offset: int, value: bytes) -> Callable[[Ground], bytes]:
    def change(data: bytearray) -> None:
        at = data.index(b"PK\x01\x02") + offset
        data[at : at + len(value)] = value

    return raw(change)


def signature(*pairs: tuple[str, str]) -> Callable[[Ground], bytes]:
    """The signature file written otherwise, with the same meaning."""

    def change(files: tamper.Files) -> None:
        text = files[SIGNATURE].decode()
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        files[SIGNATURE] = text.encode()

    return lambda ground: ground.bent(change)


def frame(old: str, new: str) -> Callable[[Ground], bytes]:
    def change(files: tamper.Files) -> None:
        assert old in files[MANIFEST_NAME].decode()
        files[MANIFEST_NAME] = files[MANIFEST_NAME].replace(old.encode(), new.encode(), 1)

    return lambda ground: ground.bent(change)


def json(old: str, new: str) -> Callable[[Ground], bytes]:
    return lambda ground: ground.raw_manifest(lambda data: data.replace(old.encode(), new.encode(), 1))


def certificate(holder: pki.Holder) -> str:
    return (
        f"<ds:X509Certificate>{base64.b64encode(pki.der(holder.certificate)).decode()}</ds:X509Certificate>"
    )


def last_letter(ground: Ground) -> bytes:
    """The unused bits of the value's last letter."""

    def change(files: tamper.Files) -> None:
        text = files[SIGNATURE]
        at = text.index(b"</ds:SignatureValue>")
        end = at - (2 if text[at - 2 : at] == b"==" else 1)
        assert text[at - 1 : at] == b"="
        files[SIGNATURE] = text[: end - 1] + bytes([text[end - 1] + 1]) + text[end:]

    return ground.bent(change)


for name, codes, make in (
    ("time of the files", "zip.not_canonical", both_headers(10, struct.pack("<H", 5))),
    ("date of the files", "zip.not_canonical", both_headers(12, struct.pack("<H", 99))),
    ("version needed", "zip.not_canonical", both_headers(4, struct.pack("<H", 10))),
    ("name said to be UTF-8", "zip.not_canonical", both_headers(6, struct.pack("<H", 1 << 11))),
    ("compression hint", "zip.not_canonical", both_headers(6, struct.pack("<H", 2))),
    ("made by another system", "zip.not_canonical", in_directory(4, struct.pack("<H", 20))),
    ("text attribute", "zip.not_canonical", in_directory(36, struct.pack("<H", 1))),
    ("rights", "zip.not_canonical", in_directory(38, struct.pack("<I", 0o100777 << 16))),
    ("value's last letter", "xml.structure xades.not_canonical", last_letter),
    ("line ends in the value", "xades.not_canonical", signature(("</ds:SignatureValue>", "\n</ds:SignatureValue>"))),
    ("short empty elements", "xades.not_canonical", signature(("></ds:DigestMethod>", "/>"))),
    ("space in a tag", "xades.not_canonical", signature(("<ds:KeyInfo>", "<ds:KeyInfo >"))),
    ("other quotation marks", "xades.not_canonical", signature(('Id="S0-v"', "Id='S0-v'"))),
    ("line end before the end", "xades.not_canonical", signature(("</asic:XAdES", "\n</asic:XAdES"))),
    ("letter by its number", "xades.not_canonical", signature(("Sekretaris", "Sekretari&#115;"))),
    ("another prefix", "xades.not_canonical", signature(("asic:XAdES", "a:XAdES"), ("xmlns:asic", "xmlns:a"))),
    ("Id of an element more", "xades.not_canonical", signature(("<ds:KeyInfo>", '<ds:KeyInfo Id="K">'))),
    ("declaration left out", "xades.not_canonical", signature(('<?xml version="1.0" encoding="UTF-8"?>\n', ""))),
    ("root attached", "xades.not_canonical", signature(("</ds:X509Data>", certificate(ROOT) + "</ds:X509Data>"))),
    ("unneeded certificate attached", "xades.not_canonical", signature(("</ds:X509Data>", certificate(STRANGER) + "</ds:X509Data>"))),
    ("certificate attached twice", "xades.not_canonical", signature(("</ds:X509Data>", certificate(ISSUER) + "</ds:X509Data>"))),
    ("unsigned properties", "xades.not_canonical xml.structure", signature(("</xades:QualifyingProperties>", "<xades:UnsignedProperties></xades:UnsignedProperties></xades:QualifyingProperties>"))),
    ("manifest.xml: space", "asic.differs", frame("/>", " />")),
    ("manifest.xml: another version", "asic.differs", frame('"1.2"', '"1.3"')),
    ("manifest.xml: media type", "asic.differs", frame("image/jpeg", "image/jpg")),
    ("manifest.json: space", "manifest.not_canonical", json('":', '": ')),
    ("manifest.json: line end", "manifest.not_canonical", lambda ground: ground.raw_manifest(lambda data: data + b"\n")),
    ("manifest.json: mark at the beginning", "manifest.unknown", lambda ground: ground.raw_manifest(lambda data: b"\xef\xbb\xbf" + data)),
    ("manifest.json: letter by its number", "manifest.not_canonical", json("Rancang", "R\\u0061ncang")),
    ("manifest.json: key twice", "manifest.not_canonical manifest.malformed", json('{"', '{"version":1,"')),
    ("manifest.json: unknown key", "manifest.malformed", json('"version":1', '"version":1,"x":1')),
    ("manifest.json: number with a point", "manifest.malformed manifest.not_canonical", json('"open_mandatory":0', '"open_mandatory":0.0')),
    ("manifest.json: number with an exponent", "manifest.malformed manifest.not_canonical", json('"open_mandatory":0', '"open_mandatory":0e0')),
    ("manifest.json: number below zero", "manifest.malformed", json('"open_mandatory":0', '"open_mandatory":-1')),
    ("manifest.json: number without end", "manifest.malformed manifest.unknown", json('"open_mandatory":0', '"open_mandatory":' + "9" * 100_000)),
    ("manifest.json: true for one", "manifest.malformed manifest.unknown", json('"version":1', '"version":true')),
    ("manifest.json: depth", "manifest.unknown", lambda ground: ground.raw_manifest(lambda data: b"[" * 100_000)),
    ("manifest.json: not UTF-8", "manifest.unknown", lambda ground: ground.raw_manifest(lambda data: data.replace(b"Contoh", b"C\xf6ntoh", 1))),
    ("manifest.json: half a pair", "manifest.unknown manifest.malformed manifest.not_canonical", json("Contoh", "\\ud800ntoh")),
    ("manifest.json: a list", "manifest.unknown", lambda ground: ground.raw_manifest(lambda data: b"[]")),
    ("manifest.json: nothing", "manifest.unknown", lambda ground: ground.raw_manifest(lambda data: b"")),
    ("manifest.json: another format", "manifest.unknown", json('"rancang-package"', '"rancang_package"')),
    ("manifest.json: newer", "manifest.newer", json('"version":1', '"version":2')),
    ("manifest.json: older than the first", "manifest.malformed", json('"version":1', '"version":0')),
    ("manifest.json: id in capitals", "manifest.malformed", lambda ground: ground.raw_manifest(lambda data: data.replace(ground_id(data), ground_id(data).upper()))),
    ("manifest.json: another id", "manifest.id", lambda ground: ground.raw_manifest(lambda data: data.replace(ground_id(data), b"0" * 64))),
):  # fmt: skip
    FORM.case(name, codes, make)


def ground_id(data: bytes) -> bytes:
    """The package id within the manifest's bytes."""
    return read_manifest(data).id.encode()


def keep(files: tamper.Files) -> None:
    """Nothing changed but what is edited."""


def forged(edit: Callable[[Manifest], Manifest], **options: Any) -> Callable[[Ground], bytes]:
    return lambda ground: ground.forged(keep, edit, **options)


def file_edit(path: str, **values: Any) -> Callable[[Manifest], Manifest]:
    def edit(manifest: Manifest) -> Manifest:
        files = tuple(
            msgspec.structs.replace(one, **values) if one.path == path else one for one in manifest.files
        )
        return msgspec.structs.replace(manifest, files=files)

    return edit


def signed_edit(change: Callable[[Any], Any]) -> Callable[[Manifest], Manifest]:
    """The record of who signed the book where."""

    def edit(manifest: Manifest) -> Manifest:
        book = next(one for one in manifest.files if one.path == BOOK)
        return file_edit(BOOK, signed=change(book.signed))(manifest)

    return edit


def fields(*pairs: tuple[str, str]) -> Callable[[Manifest], Manifest]:
    made = tuple(RoleField(role=role, field=name) for role, name in pairs)
    return signed_edit(lambda signed: msgspec.structs.replace(signed, fields=made))


def pinned(role: str, holder: pki.Holder) -> Callable[[Manifest], Manifest]:
    """The sealed package asked for another person's certificate."""
    from desktop.trust.certificate import fingerprint

    def edit(manifest: Manifest) -> Manifest:
        signers = (Expected(role=role, certificate=fingerprint(holder.certificate)),)
        return msgspec.structs.replace(manifest, signers=signers)

    return edit


def dated(text: str) -> Callable[[Ground], bytes]:
    """The manifest of another date, its id made to fit."""

    def change(files: tamper.Files) -> None:
        manifest = msgspec.structs.replace(read_manifest(files[NAME]), created_at=text)
        files[NAME] = msgspec.structs.replace(manifest, id=content_id(manifest)).to_bytes()

    return lambda ground: ground.bent(change)


def stale(edit: Callable[[Manifest], Manifest]) -> Callable[[Ground], bytes]:
    """The manifest changed and its id made to fit; signatures as they were."""
    return lambda ground: tamper.forge(ground.signed, ground.folder / "z.asice", keep, edit).read_bytes()


def replaced(name: str, data: bytes) -> Callable[[Ground], bytes]:
    return lambda ground: ground.bent(lambda files: files.__setitem__(name, data))


def mixed(ground: Ground) -> bytes:
    """Two signatures over two states of one package."""
    first = tamper.read(ground.signed)[0][SIGNATURE]
    files, manifest = tamper.read(ground.twice)
    changed = msgspec.structs.replace(manifest, previous="0" * 64)
    files[NAME] = changed.to_bytes()
    files[SIGNATURE] = first
    return ground.packed(files, manifest)


def taken_off(ground: Ground) -> bytes:
    """Siti takes Budi's signature off; hers becomes the first."""
    files, manifest = tamper.read(ground.twice)
    files[SIGNATURE] = files.pop(SECOND)
    return ground.packed(files, manifest)


def gap(ground: Ground) -> bytes:
    files, manifest = tamper.read(ground.twice)
    del files[SIGNATURE]
    return ground.packed(files, manifest)


def elsewhere(ground: Ground) -> bytes:
    """The signature of another package with files of the same names."""
    own, manifest = tamper.read(ground.signed)
    other = ground.forged(lambda files: files.__setitem__(DATA, b'{"format":"lain"}'))
    path = ground.folder / "other.asice"
    path.write_bytes(other)
    return ground.packed({**own, SIGNATURE: tamper.read(path)[0][SIGNATURE]}, manifest)


def without_pdf_signature(ground: Ground) -> bytes:
    """Somebody with a key takes the last official's signature off the book and signs the rest."""
    data = ground.book(ground.half)

    def edit(manifest: Manifest) -> Manifest:
        return fields((MAYOR, MAYOR))(manifest)

    return ground.with_book(data, edit=edit)


for name, codes, make in (
    ("data changed", "content.changed", replaced(DATA, b'{"format":"rancang-datb"}')),
    ("data of another size", "content.changed", replaced(DATA, b"{}")),
    ("data empty", "content.changed", replaced(DATA, b"")),
    ("photo replaced by the book", "content.changed", lambda ground: ground.bent(lambda files: files.__setitem__(PHOTO, files[BOOK]))),
    ("book replaced by its earlier state", "content.changed", lambda ground: ground.bent(lambda files: files.__setitem__(BOOK, ground.book(ground.half)))),
    ("data and photo exchanged", "content.changed", lambda ground: ground.bent(lambda files: files.update({DATA: files[PHOTO], PHOTO: files[DATA]}))),
    ("file removed", "content.missing", lambda ground: ground.bent(lambda files: files.pop(PHOTO))),
    ("manifest removed", "manifest.missing content.missing", lambda ground: ground.bent(lambda files: files.pop(NAME)), ),
    ("manifest.xml removed", "content.missing", lambda ground: ground.bent(lambda files: files.pop(MANIFEST_NAME))),
    ("file added", "content.extra", lambda ground: ground.bent(lambda files: files.__setitem__("zz.txt", b"x"))),
    ("file added in META-INF", "content.extra", lambda ground: ground.bent(lambda files: files.__setitem__("META-INF/zz.xml", b"x"))),
    ("figure changed, id made to fit", "xades.digest", stale(edited(open_mandatory=7))),
    ("region changed, id made to fit", "xades.digest", stale(lambda m: msgspec.structs.replace(m, region=msgspec.structs.replace(m.region, code="99.99")))),
    ("signers dropped, id made to fit", "xades.digest", stale(edited(signers=()))),
    ("previous changed", "xades.digest", stale(edited(previous="0" * 64))),
    ("file dropped everywhere", "xades.address", lambda ground: tamper.forge(ground.signed, ground.folder / "z.asice", lambda files: files.pop(PHOTO)).read_bytes()),
    ("signed by a stranger", "signature.unknown", lambda ground: ground.forged(holder=STRANGER)),
    ("signed by somebody else than asked", "signature.other_certificate", forged(pinned(TEAM, SITI))),
    ("signed for the future", "signature.future", lambda ground: ground.forged(moment=NOW.replace(year=2027))),
    ("signed before the certificate", "signature.untrusted", lambda ground: ground.forged(moment=NOW.replace(year=2020))),
    ("signed by a revoked key", "signature.untrusted", lambda ground: ground.forged()),
    ("signature of an earlier state", "xades.digest xades.address", mixed),
    ("signature of another package", "xades.digest", elsewhere),
    ("signature repeated", "xades.not_canonical xml.ids", lambda ground: ground.bent(lambda files: files.__setitem__(SECOND, files[SIGNATURE]))),
    ("first signature taken off", "xades.not_canonical", taken_off),
    ("first signature missing", "content.missing", gap),
    ("size in the manifest", "content.changed", forged(file_edit(DATA, size=7))),
    ("digest in the manifest", "content.changed", forged(file_edit(DATA, sha256="0" * 64))),
    ("size without end in the manifest", "manifest.malformed content.changed", forged(file_edit(DATA, size=1 << 62))),
    ("files in another order in the manifest", "manifest.order", forged(lambda m: msgspec.structs.replace(m, files=tuple(reversed(m.files))))),
    ("file twice in the manifest", "manifest.order", forged(lambda m: msgspec.structs.replace(m, files=(*m.files, m.files[-1])))),
    ("frame's own files in the manifest", "manifest.order content.order content.changed content.extra content.missing", forged(lambda m: msgspec.structs.replace(m, files=(*m.files, msgspec.structs.replace(m.files[-1], path=NAME))))),
    ("date without its zeros", "manifest.not_canonical", dated("2026-11-24T3:0:0Z")),
    ("date that is none", "manifest.malformed", dated("2026-13-24T03:00:00Z")),
    ("roles of two signatures exchanged", "pdf.other_signatures", forged(fields((MAYOR, SECRETARY), (SECRETARY, MAYOR)))),
    ("one signature for two roles", "pdf.other_signatures", forged(fields((MAYOR, MAYOR), (SECRETARY, MAYOR)))),
    ("one role for two signatures", "pdf.other_signatures", forged(fields((MAYOR, MAYOR), (MAYOR, SECRETARY)))),
    ("role that nobody asked for", "pdf.other_signatures", forged(fields((MAYOR, MAYOR), ("lain", SECRETARY)))),
    ("signature that the manifest hides", "pdf.other_signatures", forged(fields((MAYOR, MAYOR)))),
    ("signature that is not there", "pdf.other_signatures", lambda ground: ground.forged(keep, fields((MAYOR, MAYOR), (SECRETARY, SECRETARY)), package=ground.half)),
    ("book said to be signed by nobody", "pdf.other_signatures", forged(fields())),
    ("another book under the same name", "pdf.not_sealed_document", lambda ground: ground.with_book(draw_pdf(3))),
    ("book of the sealed package's size", "pdf.not_sealed_document pdf.range pdf.changed_before parser", lambda ground: ground.with_book(ground.book()[:7] + b"3" + ground.book()[8:])),
    ("sealed digest of another book", "pdf.not_sealed_document", forged(file_edit(BOOK, sha256="0" * 64))),
    ("sealed size beyond the book", "pdf.not_sealed_document", forged(file_edit(BOOK, size=1 << 40))),
):  # fmt: skip
    if name == "signed by a revoked key":
        from tests.submission.hostile.people import listed

        CASES.case(name, codes, make, anchors=listed(ISSUER, BUDI))
        continue
    CASES.case(name, codes, make)

CASES.case("official's signature taken off", "missing.pdf_signature", without_pdf_signature, kinds=INCOMPLETE)
CASES.case("nobody signs the container", "missing.container_signature", lambda ground: ground.forged(holder=None), kinds=INCOMPLETE, any_=False)  # fmt: skip
CASES.case(
    "second signature taken off that is asked for", "missing.container_signature",
    forged(edited(signers=(Expected(role=TEAM), Expected(role="witness")))), kinds=INCOMPLETE,
)  # fmt: skip
CASES.case(
    "graded as compared, though another document", "note.same_pages pdf.other_signatures pdf.not_sealed_document",
    lambda ground: ground.with_book(
        ground.book(),
        edit=lambda m: file_edit(BOOK, sha256="0" * 64)(
            signed_edit(lambda signed: msgspec.structs.replace(signed, grade="same-pages", confirmed_by="Budi"))(m)
        ),
    ),
    kinds=frozenset({VerdictKind.REFUSED, VerdictKind.VALID_WITH_NOTES}),
)  # fmt: skip
