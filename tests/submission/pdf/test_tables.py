"""What is sealed has plain tables, and so has what comes behind it; a copy that is packed is told."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.submission import inside, verify
from desktop.submission.pdf.fields import with_fields
from desktop.submission.pdf.read import read_signatures
from desktop.submission.pdf.tables import is_packed
from desktop.submission.refusal import Refused
from desktop.submission.returning.returned import compare
from tests.submission.hostile.ground import ANCHORS, NOW, Ground
from tests.submission.hostile.pdfhidden import packed, revision, signed
from tests.submission.hostile.pdfs import signed as signed_by
from tests.submission.hostile.pdfsealed import in_sealed
from tests.submission.making import MAYOR, SECRETARY, draw_pdf


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return with_fields(draw_pdf(), {MAYOR: None, SECRETARY: None}, "buku")


def with_a_stream(data: bytes) -> bytes:
    """A revision as some program writes it that packs whatever it writes."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.stream_xrefs = True
    writer.root["/MarkInfo"] = writer.root.get("/MarkInfo", None) or _empty()
    writer.update_root()
    target = io.BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def _empty() -> object:
    from pyhanko.pdf_utils.generic import DictionaryObject

    return DictionaryObject()


def reads(data: bytes, size: int) -> str:
    try:
        read_signatures(io.BytesIO(data), "buku", size, plain=size)
    except Refused as refused:
        return refused.message.id
    return ""


def test_whatever_we_write_is_plain(sealed: bytes) -> None:
    """Also where fields are put into what is packed."""
    again = with_fields(packed(draw_pdf()), {MAYOR: None}, "buku")
    for data in (draw_pdf(), sealed, again):
        assert not is_packed(io.BytesIO(data))
        assert b"/ObjStm" not in data


@pytest.mark.parametrize("pack", [bytes, packed])
def test_who_appends_does_it_as_the_document_does(pack: Callable[[bytes], bytes], sealed: bytes) -> None:
    """As ISO 32000-1, 7.5.8.4, has it; what earlier programs sealed is signed as it was."""
    data = pack(sealed)
    both = signed(data)
    tables = PdfFileReader(io.BytesIO(both)).xrefs
    kinds = {tables.get_xref_container_info(one).stream_ref is None for one in range(3)}
    assert kinds == {pack is bytes}
    assert reads(both, len(data)) == ""


@pytest.mark.slow
def test_nothing_packed_comes_behind_what_is_sealed_plainly(sealed: bytes) -> None:
    assert reads(signed(with_a_stream(sealed)), len(sealed)) == "submission.pdf.packed"
    both = signed(sealed)
    assert compare(sealed, both, "buku").reason.id == "submission.returned.same_bytes"
    assert compare(sealed, signed(with_a_stream(sealed)), "buku").reason.id == "submission.pdf.packed"
    old = packed(sealed)
    assert reads(signed(with_a_stream(old)), len(old)) == ""


@pytest.mark.slow
def test_a_packed_copy_is_told_whatever_was_sealed(sealed: bytes) -> None:
    old = packed(sealed)
    for before, after, told in (
        (sealed, old, "/XRef"),
        (old, old[:-1] + b"\r", "/XRef"),
        (old, sealed, None),
    ):
        found = compare(before, signed(after), "buku").reason
        assert found.params.get("what") == told, found


@pytest.mark.slow
def test_documents_sealed_before_keep_their_verdict(tmp_path, monkeypatch) -> None:
    """By the day that its signers claim, and by no word of the package's own: anybody can pack and seal."""
    ground, path = Ground(tmp_path), tmp_path / "x.asice"
    path.write_bytes(in_sealed(packed)(ground))
    assert not verify(path, ANCHORS, NOW).reasons
    monkeypatch.setattr(inside, "STRICT_SINCE", NOW - dt.timedelta(days=1))
    told = [one.message for one in verify(path, ANCHORS, NOW).reasons if one.code == "note.pdf_unusual"]
    assert [one.params["what"] for one in told] == ["/XRef"]


_FREE, _NEXT = b"0000000000 00001 f\r\n", b"0000000901 00001 f\r\n"


@pytest.mark.slow
def test_what_never_was_may_be_freed(sealed: bytes) -> None:
    """iText keeps numbers for what it does not write, and lists them as free with each signature."""
    used = {910: b"<<>>"}
    before = signed(revision(sealed, b"", used, {900: _FREE}))
    assert reads(before, len(sealed)) == ""
    between = signed_by(revision(signed_by(sealed, MAYOR), b"", used, {900: _FREE}), SECRETARY)
    assert reads(between, len(sealed)) == ""
    again = revision(revision(sealed, b"", used, {900: _FREE}), b"", {}, {900: _NEXT, 901: _FREE})
    assert reads(signed(again), len(sealed)) == ""


@pytest.mark.parametrize(("many", "told"), [(31, ""), (60, "submission.pdf.too_complex")])
def test_few_numbers_are_freed(sealed: bytes, many: int, told: str) -> None:
    """Whoever signs next by iText 7 lists each of them again, and was refused for what another brought."""
    free = {900 + number: _FREE for number in range(many)}
    assert reads(signed(revision(sealed, b"", {1000: b"<<>>"}, free)), len(sealed)) == told


@pytest.mark.parametrize("between", [False, True])
def test_nothing_that_ever_was_is_freed(sealed: bytes, *, between: bool) -> None:
    """Not even what nobody refers to."""
    first = signed_by(sealed, MAYOR) if between else sealed
    code = "submission.pdf.changed_after" if between else "submission.pdf.changed_before"
    used = revision(revision(first, b"", {900: b"<<>>"}), b"", {}, {900: _FREE})
    assert reads(used, len(sealed)) == code


def test_what_is_free_stays_so(sealed: bytes) -> None:
    """Nothing refers to it, it is never used later, and its number is within bounds."""
    free = revision(sealed, b"", {910: b"<<>>"}, {900: _FREE})
    far = revision(sealed, b"", {}, {9_000_000: _FREE})
    named = revision(sealed, b"", {910: b"<</A 900 0 R>>"}, {900: _FREE})
    used = revision(free, b"", {900: b"<<>>"})
    again = used[len(free) :].replace(b" 00000 n", b" 00001 n").replace(b"\n900 0 obj", b"\n900 1 obj")
    for made in (far, named, free + again):
        assert reads(made, len(sealed)) in {"submission.pdf.hidden", "submission.pdf.changed_before"}
    with pytest.raises(PdfStrictReadError):
        reads(used, len(sealed))
