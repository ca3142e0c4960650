"""What whoever seals hides among the sealed bytes, and what is said of a document after its last signature."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable

import pikepdf
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.submission import VerdictKind
from desktop.submission.manifest import RoleField, SignedFile
from tests.submission.hostile.ground import (
    ISSUER,
    Ground,
    Table,
    with_file,
)
from tests.submission.hostile.pdfchanges import (
    Writer,
    array,
    dictionary,
    fields_of,
    page_of,
    stream,
    update,
)
from tests.submission.hostile.pdfhidden import (
    DRAWN,
    contents_of,
    hidden,
    more_in_a_stream,
    revision,
    trailer,
)
from tests.submission.hostile.pdfhidden import stream as raw_stream
from tests.submission.hostile.pdfs import AFTER, signed
from tests.submission.making import BOOK, MAYOR, SECRETARY

CASES = Table("active", pdf=True)
NOTED = frozenset({VerdictKind.VALID_WITH_NOTES})


def parent_later(data: bytes) -> bytes:
    """The page inherits from an object that is not there yet."""
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0].obj
        number, body = page.objgen[0], page.unparse(resolved=True)
    return revision(data, b"", {number: re.sub(rb"/Parent [0-9]+ 0 R", b"/Parent 2000 0 R", body)})


def zero_in_a_name(data: bytes) -> bytes:
    """One program takes it for the page's drawing, another drops it."""
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0].obj
        number, body = page.objgen[0], page.unparse(resolved=True)
    other = body.rstrip()[:-2] + b"/Contents#00 940 0 R>>"
    return revision(data, b"", {number: other, 940: raw_stream(DRAWN)})


def huge_number(data: bytes) -> bytes:
    """A script in an object that one of two readers cannot read."""
    with pikepdf.open(io.BytesIO(data)) as document:
        root, body = document.Root.objgen[0], document.Root.unparse(resolved=True)
    opened = body.rstrip()[:-2] + b"/OpenAction 940 0 R>>"
    return revision(data, b"", {root: opened, 940: b"<</S/JavaScript/JS(1)/X 99999999999999999999>>"})


def in_sealed(
    change: Callable[[bytes], bytes],
    wake: Callable[[bytes], bytes] = bytes,
    after: Callable[[bytes], bytes] = bytes,
) -> Callable[[Ground], bytes]:
    """Whoever seals hides it among the sealed bytes; ``wake`` is what is appended before the officials sign."""

    def make(ground: Ground) -> bytes:
        sealed = change(ground.book(ground.sealed))
        both = after(signed(signed(wake(sealed), MAYOR), SECRETARY))
        fields = (RoleField(role=MAYOR, field=MAYOR), RoleField(role=SECRETARY, field=SECRETARY))
        done = SignedFile(
            size=len(both), sha256=hashlib.sha256(both).hexdigest(), grade="same-bytes", fields=fields
        )
        before = {"size": len(sealed), "sha256": hashlib.sha256(sealed).hexdigest()}
        return ground.forged(
            lambda files: files.update({BOOK: both}),
            lambda told: with_file(told, BOOK, signed=done, **before),
        )

    return make


def rewritten(change: Callable[[Writer], None]) -> Callable[[bytes], bytes]:
    """Written as one piece, as all that is sealed is; the objects stay as they are."""

    def make(data: bytes) -> bytes:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(update(data, change))) as document:
            document.save(target, deterministic_id=True)
        return target.getvalue()

    return make


def dormant(data: bytes) -> bytes:
    """A second table with another first page, to which nothing leads."""
    full = revision(data, b"", {contents_of(data): raw_stream(DRAWN)})
    return full[: full.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % _starts(data)[-1]


def woken(data: bytes) -> bytes:
    place = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    return data + b"\nstartxref\n%d\n%%%%EOF\n" % place


def _starts(data: bytes) -> list[int]:
    return [int(one) for one in re.findall(rb"startxref\s+([0-9]+)", data)]


def whole_page(data: bytes) -> bytes:
    """The secretary's box is as large as the page: the stamp may replace what the mayor has signed."""

    def change(writer: Writer) -> None:
        box = next(one for one in fields_of(writer) if one["/T"] == SECRETARY)
        box["/Rect"] = array(0, 0, 595, 842)
        writer.mark_update(box.container_ref)

    return rewritten(change)(data)


def metadata(old: bytes, new: bytes) -> Callable[[Ground], bytes]:
    """The document's words about itself after the last signature, validation data before them."""

    def make(ground: Ground) -> bytes:
        def keep(writer: Writer) -> None:
            kept = writer.add_object(stream(ISSUER.certificate.public_bytes(Encoding.DER)))
            writer.root["/DSS"] = dictionary(Certs=array(kept))
            writer.update_root()

        data = update(ground.book(), keep)
        with pikepdf.open(io.BytesIO(data)) as document:
            number, packet = document.Root.Metadata.objgen[0], document.Root.Metadata.read_bytes()
        assert old in packet
        made = raw_stream(packet.replace(old, new), b"/Type/Metadata/Subtype/XML")
        return ground.with_book(revision(data, b"", {number: made}))

    return make


_DC = b"xmlns:dc='http://purl.org/dc/elements/1.1/'"


for title, old, new in (
    ("a title beside its properties", b"</x:xmpmeta>", b"<y %s dc:title='LAIN'/></x:xmpmeta>" % _DC),
    (
        "what is nearly a title",
        b"</rdf:Description>",
        b"<q:title xmlns:q='u:q'>L</q:title></rdf:Description>",
    ),
    ("the program that made it", b"Rancang", b"Lain"),
):
    CASES.case(f"after: {title}", AFTER, metadata(old, new))


CASES.case(
    "within the sealed bytes: page beside a damaged table", "pdf.hidden", in_sealed(hidden(b"%d 0 obj\n"))
)


CASES.case("within the sealed bytes: trailer beside the table", "pdf.hidden", in_sealed(trailer))


CASES.case("within the sealed bytes: stream not listed", "pdf.hidden", in_sealed(more_in_a_stream(b"ObjStm")))


CASES.case("a dormant table woken", "pdf.not_sealed_document pdf.hidden", in_sealed(dormant, woken))


CASES.case("a script that one reader cannot read", "pdf.hidden", in_sealed(huge_number))


CASES.case("a name with a zero byte", "pdf.hidden", in_sealed(zero_in_a_name))


CASES.case("a parent that comes later", "pdf.hidden", in_sealed(parent_later))


OVER = b"q 0 G 3 w 330 310 m 330 360 l 345 360 m 345 310 l S Q"


def on_second_page(data: bytes) -> bytes:
    """A figure, drawn as lines, where the secretary's stamp will be."""

    def change(writer: Writer) -> None:
        page = page_of(writer, 1)
        page["/Contents"] = array(page.raw_get("/Contents"), writer.add_object(stream(OVER)))
        writer.mark_update(page.container_ref)

    return rewritten(change)(data)


CASES.case("a box over a figure", "note.outside_box", in_sealed(on_second_page), kinds=NOTED)


CASES.case("a box as large as the page", "note.outside_box", in_sealed(whole_page), kinds=NOTED)
