"""How much a document holds that comes back: room is left for who has yet to sign it."""

from __future__ import annotations

import asyncio
import io
import re
import zlib
from dataclasses import astuple, replace

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from desktop.submission.pdf import bounds, tree
from desktop.submission.pdf.bounds import WHOLE, added_behind, bounds_leaving
from desktop.submission.pdf.extent import check_extent
from desktop.submission.pdf.fields import with_fields
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.refusal import Refused
from desktop.submission.returning.returned import Returned, compare
from tests.submission.hostile.pdfhidden import revision
from tests.submission.making import MAYOR, SECRETARY, draw_pdf, written_anew
from tests.submission.pdf.test_added import clock, kept
from tests.submission.pdf.test_read import STAMP, update
from tests.trust import crls, pki

__all__ = ["clock"]


@pytest.mark.parametrize("signed", [0, 1, 3])
@pytest.mark.parametrize("awaited", [0, 1, 4, 20])
def test_each_who_is_to_come_finds_room(signed: int, awaited: int) -> None:
    """And nobody is refused for what those who have signed need themselves."""
    now, then = bounds_leaving(signed, awaited), bounds_leaving(signed + 1, awaited - 1)
    assert all(
        less <= more <= whole for less, more, whole in zip(*map(astuple, (now, then, WHOLE)), strict=True)
    )
    assert now.signatures >= 2 * signed + 2
    if awaited == 4:
        assert then.signatures >= now.signatures + 2
        assert then.values >= now.values + 8


def test_lines_of_a_carrier_leave_room_for_the_next_signature_and_what_is_kept_in_the_end() -> None:
    """And for those who sign after him: each may bring a hundred."""
    assert added_behind(1, leaving=True) + 100 <= added_behind(2, leaving=True)
    assert added_behind(2, leaving=True) + 100 <= added_behind(2, leaving=False)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return with_fields(draw_pdf(), {MAYOR: None, SECRETARY: None}, "buku")


@pytest.fixture
def half(stage, sealed) -> bytes:
    with stage.key(MAYOR).open() as signer:
        return sign_pdf(sealed, signer, MAYOR, STAMP, "buku")


@pytest.mark.slow
def test_clocks_leave_room_for_the_next_official(half, sealed, clock) -> None:
    """With as many of anybody's as there may be at all, nobody could sign the document any more."""
    data = half
    for number in range(6):
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        stamper = signers.PdfTimeStamper(clock, field_name=f"jam{number}")
        data = bytes(asyncio.run(stamper.async_timestamp_pdf(writer, "sha256")).getvalue())
        if number == 1:
            assert compare(sealed, data, "buku", signers=2).grade is Returned.SAME_BYTES
    assert compare(sealed, data, "buku").grade is Returned.SAME_BYTES
    assert compare(sealed, data, "buku", signers=2).code == "pdf.too_many"


@pytest.mark.slow
def test_a_book_has_as_many_bookmarks_as_it_likes(stage) -> None:
    """They lead to each other by a name that tables use, too, and were taken for as many revisions."""

    def mark(document: pikepdf.Pdf) -> None:
        with document.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Bab {number}", 0) for number in range(250))

    book = with_fields(written_anew(draw_pdf(), mark), {MAYOR: None, SECRETARY: None}, "buku")
    assert book.count(b"/Prev") == 249
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(book, signer, MAYOR, STAMP, "buku")
    assert compare(book, data, "buku", signers=2).code == "returned.same_bytes"


def test_revisions_are_counted_by_what_leads_from_one_to_the_next(sealed) -> None:
    tables = sealed + b"trailer<</Prev 9>>" * 500
    with pytest.raises(Refused) as told:
        check_extent(io.BytesIO(tables), "buku")
    assert told.value.message.id == "submission.pdf.too_complex"


@pytest.mark.parametrize(("more", "code"), [(1, "returned.same_bytes"), (2, "pdf.hidden")])
def test_a_table_is_as_long_as_it_is_said_to_be(stage, half, sealed, more: int, code: str) -> None:
    """Who signed next numbered from there on, or below it, and was refused as one who hides something."""
    with stage.key(MAYOR).open() as signer:
        data = update(half, kept(signer.chain[0].public_bytes(Encoding.DER)))
    assert compare(sealed, data, "buku", signers=2).grade is Returned.SAME_BYTES
    (size,) = re.findall(rb"/Size ([0-9]+)", data[len(half) :])
    start = data.rindex(b"/Size " + size)
    long = data[:start] + b"/Size %d" % (int(size) + more) + data[start + 6 + len(size) :]
    assert compare(sealed, long, "buku").code == code


@pytest.mark.parametrize(("more", "code"), [(100, "returned.same_bytes"), (400, "pdf.too_complex")])
def test_what_is_appended_is_counted_by_number_too(stage, sealed, more: int, code: str) -> None:
    """Thousands of objects that nothing leads to cost each signature and timestamp, and nobody was told."""

    def unused(writer: IncrementalPdfFileWriter) -> None:
        for _ in range(more):
            writer.add_object(generic.DictionaryObject())

    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(update(sealed, unused), signer, MAYOR, STAMP, "buku")
    assert compare(sealed, data, "buku", signers=2).code == code


@pytest.mark.parametrize(("size", "code"), [(5, "returned.same_bytes"), (14, "pdf.kept")])
def test_lists_are_counted_by_what_they_hold(stage, sealed, size: int, code: str) -> None:
    """A few kilobytes packed, each signature had millions of entries gone through for it."""
    issuer = pki.make("Siapa saja", ca=True)
    one = crls.revoke(issuer, crls.entry(7))
    lists = [pki.longer(one, issuer, 12_000 + number) for number in range(size)]
    each = max(map(len, lists))
    assert each * size < 64 << 20

    def keep(writer: IncrementalPdfFileWriter) -> None:
        streams = []
        for data in lists:
            stream = generic.StreamObject(stream_data=data)
            stream.compress()
            streams.append(writer.add_object(stream))
        writer.root["/DSS"] = generic.DictionaryObject(
            {generic.NameObject("/CRLs"): generic.ArrayObject(streams)}
        )
        writer.update_root()

    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(update(sealed, keep), signer, MAYOR, STAMP, "buku")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "_A_SIGNATURE", replace(bounds._A_SIGNATURE, kept=3 * each))
        assert compare(sealed, data, "buku", signers=2).code == code


_EVENT = b'<rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action></rdf:li>'


@pytest.mark.parametrize(
    ("one", "entries", "code"),
    [
        (_EVENT, 100, "returned.same_bytes"),
        (_EVENT, 900, "pdf.changed_before"),
        # one element each, and two when pyHanko writes them anew
        (b'<rdf:li rdf:parseType="Resource"/>', 250, "returned.same_bytes"),
        (b'<rdf:li rdf:parseType="Resource"/>', 800, "pdf.changed_before"),
        (b'<rdf:li stEvt:action="saved"/>', 250, "returned.same_bytes"),
        (b'<rdf:li stEvt:action="saved"/>', 800, "pdf.changed_before"),
        # blanks, packed to next to nothing, and gone through again and again
        (b"<rdf:li> </rdf:li>" + b" " * 20_000, 50, "returned.same_bytes"),
        (b"<rdf:li> </rdf:li>" + b" " * 50_000, 50, "pdf.changed_before"),
    ],
)
def test_a_long_history_is_no_word_of_a_program_that_signs(
    stage, sealed, one: bytes, entries: int, code: str
) -> None:
    """Who wrote the packet anew behind it made it longer still, and was refused for it."""
    event = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
    more = b"".join((
        b'<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="',
        event.encode(), b'"><xmpMM:History><rdf:Seq>', one * entries,
        b"</rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF>",
    ))  # fmt: skip
    with pikepdf.open(io.BytesIO(sealed)) as document:
        number = document.Root.Metadata.objgen[0]
        packet = document.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", more)
    body = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(packet), packet)
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(revision(sealed, b"", {number: body}), signer, MAYOR, STAMP, "buku")
    assert compare(sealed, data, "buku", signers=2).code == code
    if code == "returned.same_bytes":
        with stage.key(SECRETARY).open() as signer:
            data = sign_pdf(data, signer, SECRETARY, STAMP, "buku")
        assert compare(sealed, data, "buku", signers=2).code == code


def test_a_packet_that_was_long_when_it_was_sealed_stays_so_under_signatures(stage) -> None:
    def long(document: pikepdf.Pdf) -> None:
        with document.open_metadata(set_pikepdf_as_editor=False) as said:
            said["dc:language"] = {f"x-{number}" for number in range(1_200)}

    book = with_fields(written_anew(draw_pdf(), long), {MAYOR: None, SECRETARY: None}, "buku")
    with pikepdf.open(io.BytesIO(book)) as document:
        assert document.Root.Metadata.read_bytes().count(b"<") > 2_000
    data = book
    for role in (MAYOR, SECRETARY):
        with stage.key(role).open() as signer:
            data = sign_pdf(data, signer, role, STAMP, "buku")
        assert compare(book, data, "buku", signers=2).code == "returned.same_bytes"


@pytest.mark.parametrize(("count", "code"), [(1, "returned.same_bytes"), (6, "pdf.hidden")])
def test_what_is_slow_to_read_is_counted_together(stage, sealed, count: int, code: str) -> None:
    """Each stream alone was within bounds; who came second was out of time for what the first had found."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    letters, end = b"ab" * 20_000, b"q\n" * 200
    first = packing.compress(letters) + packing.flush(zlib.Z_FULL_FLUSH)
    lengths = b"".join(one.to_bytes(2, "little") for one in (len(end), len(end) ^ 0xFFFF))
    slow = b"\x78\x9c" + first + b"\x01" + lengths + end + zlib.adler32(letters + end).to_bytes(4, "big")
    assert zlib.decompress(slow) == letters + end

    def unused(writer: IncrementalPdfFileWriter) -> None:
        for _ in range(count):
            stream = generic.StreamObject(encoded_data=slow)
            stream["/Filter"] = generic.NameObject("/FlateDecode")
            writer.add_object(stream)

    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(update(sealed, unused), signer, MAYOR, STAMP, "buku")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "_MOST_SIGNS", 50_000)
        assert compare(sealed, data, "buku", signers=2).code == code
