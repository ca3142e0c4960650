"""Attacks on a signed PDF, inside a package that is signed anew around it: only reading the PDF can tell.

Shadow attacks (Mainka, Mladenov and others 2021), universal forgery, incremental saving and signature wrapping
(2018), attacks on certification (2021), and plainer ways to show another thing than was signed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic

from tests.submission.hostile.ground import (
    ISSUER,
    NOW,
    RATNA,
    SITI,
    STRANGER,
    Ground,
    Table,
)
from tests.submission.hostile.pdfchanges import (
    CHANGES,
    Change,
    array,
    draw,
    name,
    new_field,
    on_field,
    on_form,
    overwrite_signature,
    restamp,
    restamp_inside,
    text,
    update,
    without_permissions,
)
from tests.submission.making import MAYOR, SECRETARY, book_signers, draw_pdf

CASES = Table("pdf", pdf=True)
AFTER, BEFORE = "pdf.changed_after", "pdf.changed_before"


def after(change: Change) -> Callable[[Ground], bytes]:
    """Appended to the book that both officials have signed."""
    return lambda ground: ground.with_book(update(ground.book(), change))


def between(change: Change) -> Callable[[Ground], bytes]:
    """Appended after the first signature, then signed by the second official, who does not look."""
    return lambda ground: ground.with_book(signed(update(ground.book(ground.half), change), SECRETARY))


def before(change: Change) -> Callable[[Ground], bytes]:
    """Appended to the sealed book, then signed by both."""

    def make(ground: Ground) -> bytes:
        data = update(ground.book(ground.sealed), change)
        return ground.with_book(signed(signed(data, MAYOR), SECRETARY))

    return make


def signed(data: bytes, role: str, holder: Any = None) -> bytes:
    """Signed as the program signs, without its checks."""
    from desktop.submission.pdf.sign import sign_pdf
    from desktop.submission.stamp import Stamp, StampStanding

    holder = holder or {MAYOR: RATNA, SECRETARY: SITI}[role]
    return sign_pdf(
        data,
        holder.signer() if holder is STRANGER else holder.signer(ISSUER),
        role,
        Stamp("Budi", "Bupati", NOW, StampStanding.CERTIFIED, "RANCANG:X"),
        "buku",
    )


def raw(change: Callable[[bytes], bytes]) -> Callable[[Ground], bytes]:
    def make(ground: Ground) -> bytes:
        data = ground.book()
        changed = change(data)
        assert changed != data
        return ground.with_book(changed)

    return make


def byte_range(change: Callable[[list[int]], list[int]], last: bool = True) -> Callable[[Ground], bytes]:
    """Other numbers in the same room."""

    def bend(data: bytes) -> bytes:
        found = list(re.finditer(rb"/ByteRange\s*\[([^\]]*)\]", data))[-1 if last else 0]
        numbers = change([int(one) for one in found[1].split()])
        written = " ".join(map(str, numbers)).encode().ljust(len(found[1]))
        return data[: found.start(1)] + written + data[found.end(1) :]

    return raw(bend)


def contents(change: Callable[[bytes], bytes]) -> Callable[[Ground], bytes]:
    """Another value in the last signature's room."""

    def bend(data: bytes) -> bytes:
        found = list(re.finditer(rb"/Contents\s*<([0-9a-fA-F]+)>", data))[-1]
        return data[: found.start(1)] + change(found[1]) + data[found.end(1) :]

    return raw(bend)


def wrapped(data: bytes) -> bytes:
    """Signature wrapping: the second signed part moves back, false bytes take its place."""
    found = list(re.finditer(rb"/ByteRange\s*\[([^\]]*)\]", data))[-1]
    _, length, start, rest = (int(one) for one in found[1].split())
    false = b"9 0 obj<</Type/Catalog>>endobj\n" + data[start:]
    written = f"0 {length} {start + len(false)} {rest}".encode().ljust(len(found[1]))
    head = data[: found.start(1)] + written + data[found.end(1) : start]
    return head + false + data[start:]


def appended(body: bytes, trailer: bytes = b"") -> Callable[[bytes], bytes]:
    """A revision written by hand, table and trailer as sloppy as some readers accept."""

    def change(data: bytes) -> bytes:
        start = int(re.findall(rb"startxref\s+([0-9]+)", data)[-1])
        made = data + b"\n" + body
        table = b"xref\n0 0\ntrailer\n<<" + trailer + f"/Prev {start}>>\n".encode()
        return made + table + f"startxref\n{len(made)}\n%%EOF\n".encode()

    return change


def root_of(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        return f"/Root {document.Root.objgen[0]} 0 R/Size {len(document.objects) + 9}".encode()


def by_hand(body: bytes, extra: bytes = b"") -> Callable[[Ground], bytes]:
    return raw(lambda data: appended(body, root_of(data) + extra)(data))


def encrypted(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    return out.getvalue()


def rewritten(data: bytes) -> bytes:
    """Written anew by another program: the signatures' bytes survive, what they cover does not."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def other_document(ground: Ground) -> bytes:
    """Another book, really signed by the same officials."""
    from desktop.submission.pdf.fields import with_fields

    boxes = {one.role: one.box for one in book_signers()}
    data = with_fields(draw_pdf(3), boxes, "buku")
    return ground.with_book(signed(signed(data, MAYOR), SECRETARY))


def transplanted(ground: Ground) -> bytes:
    """The official's value from this book put into another one."""

    def value(data: bytes) -> re.Match[bytes]:
        found = re.search(rb"/Contents\s*<([0-9a-fA-F]+)>", data)
        assert found is not None
        return found

    sealed = ground.book(ground.sealed)
    other = signed(update(sealed, draw), MAYOR)
    mine, theirs = value(signed(sealed, MAYOR)), value(other)
    assert len(mine[1]) == len(theirs[1])
    return ground.with_book(signed(other[: theirs.start(1)] + mine[1] + other[theirs.end(1) :], SECRETARY))


def two_signers(ground: Ground) -> bytes:
    """A signature of a stranger who is not asked for, in a field of his own."""
    data = update(ground.book(), new_field("/Sig"))
    return ground.with_book(signed(data, "tambahan", STRANGER))


for title, change in CHANGES:
    CASES.case(f"afterwards: {title}", AFTER, after(change))
for title, change in CHANGES[:9] + CHANGES[14:17] + CHANGES[26:29]:
    # the first signature forbids no further field: one that came with no signature is no signer's place
    field = " pdf.field" * (title == "certification: one more signature field")
    CASES.case(f"between two signatures: {title}", AFTER + field, between(change))
for title, change in CHANGES[:9] + CHANGES[14:17] + CHANGES[26:27]:
    CASES.case(f"before the signatures: {title}", f"{BEFORE} {AFTER}", before(change))

SIGNED: tuple[tuple[str, str, Callable[[Ground], bytes]], ...] = (
    ("stamp replaced", AFTER, after(restamp)),
    ("stamp overwritten", AFTER, after(restamp_inside)),
    ("stamp moved", AFTER, after(on_field(0, Rect=array(0, 0, 600, 800)))),
    ("signature of a field taken away", "pdf.other_signatures " + AFTER, after(on_field(0, V=generic.NullObject()))),
    ("form without its fields", f"{AFTER} {BEFORE} pdf.other_signatures", after(on_form(Fields=array()))),
    ("field renamed", "pdf.other_signatures " + AFTER, after(on_field(0, T=text("lain")))),
    ("certification taken off", AFTER, after(without_permissions)),
    ("signature's reason", AFTER, after(overwrite_signature(Reason=text("x")))),
    ("forgery: no byte range", "pdf.range parser " + AFTER, after(overwrite_signature(ByteRange=None))),
    ("forgery: byte range is null", "pdf.range parser " + AFTER, after(overwrite_signature(ByteRange=generic.NullObject()))),
    ("forgery: byte range of nothing", "pdf.range parser " + AFTER, after(overwrite_signature(ByteRange=array(0, 0, 0, 0)))),
    ("forgery: no value", "parser pdf.range pdf.signature " + AFTER, after(overwrite_signature(Contents=None))),
    ("forgery: value is null", "parser pdf.range pdf.signature " + AFTER, after(overwrite_signature(Contents=generic.NullObject()))),
    ("forgery: value is zero", "parser pdf.range pdf.signature " + AFTER, after(overwrite_signature(Contents=generic.ByteStringObject(b"\0")))),
    ("forgery: kind of SHA-1", "pdf.kind parser pdf.range " + AFTER, after(overwrite_signature(SubFilter=name("/adbe.pkcs7.sha1")))),
    ("forgery: kind of bare RSA", "pdf.kind parser pdf.range " + AFTER, after(overwrite_signature(SubFilter=name("/adbe.x509.rsa_sha1")))),
    ("forgery: another time", AFTER + " pdf.range", after(overwrite_signature(M=text("D:20200101000000Z")))),
    ("byte range: nothing", "pdf.range parser", byte_range(lambda n: [0, 0, 0, 0])),
    ("byte range: hole too wide", "pdf.range pdf.signature", byte_range(lambda n: [n[0], n[1], n[2] + 10, n[3] - 10])),
    ("byte range: begins later", "pdf.range", byte_range(lambda n: [1, n[1] - 1, n[2], n[3]])),
    ("byte range: ends earlier", "pdf.range pdf.changed_after pdf.signature", byte_range(lambda n: [n[0], n[1], n[2], n[3] - 1])),
    ("byte range: ends later", "pdf.range", byte_range(lambda n: [n[0], n[1], n[2], n[3] + 9])),
    ("byte range: overlaps", "pdf.range", byte_range(lambda n: [n[0], n[2], n[1], n[3]])),
    ("byte range: below zero", "pdf.range parser", byte_range(lambda n: [n[0], n[1], -n[2], n[3]])),
    ("byte range: five numbers", "pdf.range parser", byte_range(lambda n: [0, n[1], n[2], 1, 2])),
    ("byte range: two numbers", "pdf.range parser", byte_range(lambda n: [0, n[1]])),
    ("byte range: of the first signature", "pdf.range pdf.changed_after pdf.signature", byte_range(lambda n: [n[0], n[1], n[2], n[3] - 1], last=False)),
    ("wrapped signature", "pdf.range pdf.after_end parser pdf.other_signatures", raw(wrapped)),
    ("value with bytes behind it", "pdf.signature", contents(lambda hexes: hexes[:-2] + b"01")),
    ("value with an odd letter", "pdf.range pdf.signature parser", contents(lambda hexes: hexes[:-1] + b" ")),
    ("value of another tag", "pdf.signature parser", contents(lambda hexes: b"31" + hexes[2:])),
    ("value without a length", "pdf.signature parser", contents(lambda hexes: b"3080" + hexes[4:])),
    ("value of nothing", "pdf.signature parser", contents(lambda hexes: b"0" * len(hexes))),
    ("bytes after the end", "pdf.after_end", raw(lambda data: data + b"MZ" * 40)),
    ("zeros after the end", "pdf.after_end", raw(lambda data: data + bytes(2000))),
    ("line after the end", "pdf.after_end pdf.changed_after pdf.range", raw(lambda data: data + b"\n")),
    ("end mark after the end", "pdf.after_end pdf.changed_after pdf.range parser", raw(lambda data: data + b"startxref\n0\n%%EOF\n")),
    ("old end mark repeated", "pdf.after_end pdf.changed_after pdf.range parser", raw(lambda data: data + b"\nstartxref\n" + re.findall(rb"startxref\s+([0-9]+)", data)[-1] + b"\n%%EOF\n")),
    ("appended without a table", "pdf.after_end pdf.changed_after pdf.range parser", raw(lambda data: data + b"1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")),
    ("revision of nothing", "parser pdf.changed_after pdf.range pdf.other_signatures", by_hand(b"")),
    ("revision with another root", "pdf.hidden parser pdf.changed_before pdf.changed_after pdf.range pdf.other_signatures", raw(appended(b"", b"/Root 1 0 R/Size 9999"))),
    ("revision that points at itself", "parser", raw(lambda data: data + f"\nxref\n0 0\ntrailer<</Prev {len(data) + 1}{root_of(data).decode()}>>\nstartxref\n{len(data) + 1}\n%%EOF\n".encode())),
    ("hybrid table", "parser pdf.changed_after pdf.range pdf.other_signatures", by_hand(b"", b"/XRefStm 17")),
    ("encryption claimed", "parser pdf.encrypted pdf.changed_after pdf.other_signatures", by_hand(b"", b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(x)/U(x)>>")),
    ("another file id", "parser pdf.changed_after pdf.range pdf.other_signatures", by_hand(b"", b"/ID[<00><00>]")),
    ("written anew", "pdf.not_sealed_document pdf.range parser", lambda ground: ground.with_book(rewritten(ground.book()))),
    ("encrypted", "pdf.not_sealed_document pdf.encrypted parser", lambda ground: ground.with_book(encrypted(ground.book(ground.sealed)))),
    ("another document, really signed", "pdf.not_sealed_document", other_document),
    ("values of another document", "pdf.not_sealed_document pdf.signature", transplanted),
    ("signature of a stranger more", AFTER + " pdf.other_signatures", two_signers),
    ("archive before it", "pdf.not_sealed_document", raw(lambda data: b"PK\3\4" + data)),
    ("no PDF at all", "pdf.not_sealed_document parser", raw(lambda data: b"halo" * 999)),
    ("empty", "pdf.not_sealed_document parser", raw(lambda data: b"")),
)  # fmt: skip
for title, codes, make in SIGNED:
    CASES.case(title, codes, make)

CASES.case(
    "signed by a stranger", "signature.unknown",
    lambda ground: ground.with_book(signed(ground.book(ground.half), SECRETARY, STRANGER)),
)  # fmt: skip
