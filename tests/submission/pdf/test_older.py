"""What an older revision gave shows what the newest does: some programs look for objects themselves."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Name, String
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from desktop.submission.pdf.fields import StampBox, with_fields
from desktop.submission.pdf.older import has_older_pages, leaves_others
from desktop.submission.pdf.read import read_signatures
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.pdf.usual import unusual
from desktop.submission.refusal import Refused, code_of
from tests.submission.hostile.pdfchanges import Writer, fields_of, name, update
from tests.submission.hostile.pdfhidden import page_of, revision
from tests.submission.making import MAYOR, draw_pdf
from tests.submission.pdf.test_added import field, look, numbers
from tests.submission.pdf.test_read import STAMP

_WHOLE = (0, 0, 595, 842)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return draw_pdf(1)


@pytest.fixture(scope="module")
def sealed(plain: bytes) -> bytes:
    return with_fields(plain, {MAYOR: StampBox(0, 60, 300, 300, 370)}, "buku")


@pytest.mark.slow
@pytest.mark.parametrize("linearize", [False, True])
def test_who_writes_anew_writes_one_revision_before_the_first_signature(linearize, stage, sealed) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        document.save(target, linearize=linearize)
    assert not has_older_pages(target)
    writer = IncrementalPdfFileWriter(io.BytesIO(target.getvalue()))
    append_signature_field(writer, SigFieldSpec("lain", box=(50, 50, 200, 100)))
    fields = io.BytesIO()
    writer.write(fields)
    assert unusual(fields) == ("/Prev",)
    with stage.key(MAYOR).open() as signer:
        for data in (target, fields):
            signed = io.BytesIO(sign_pdf(data.getvalue(), signer, MAYOR, STAMP, "buku"))
            assert has_older_pages(signed) == (data is fields)


@pytest.mark.parametrize("words", [{}, {"/FT": Name.Sig}, {"/T": String("x")}, {"/Subtype": Name.Widget}])
@pytest.mark.parametrize("told", [False, True])
def test_what_an_older_object_says_of_itself_gives_it_no_leave_to_change(told, words, plain) -> None:
    """A node of pages that calls itself a field, or that the trailer calls what is told of the document."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        for key, value in words.items():
            document.Root.Pages[key] = value
        if told:
            document.trailer.Info = document.Root.Pages
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    number, page = page_of(target.getvalue())
    with pikepdf.open(target) as document:
        node = document.Root.Pages
        objects = {node.objgen[0]: node.unparse().replace(b"%d 0 R" % number, b"940 0 R"), 940: page}
    reader = PdfFileReader(io.BytesIO(revision(target.getvalue(), b"", objects)))
    assert leaves_others(reader, 0, 1)


@pytest.mark.parametrize("signed", [False, True])
def test_a_field_that_came_never_had_another_look(signed, stage, sealed) -> None:
    data = sealed
    if signed:
        with stage.key(MAYOR).open() as signer:
            data = sign_pdf(sealed, signer, MAYOR, STAMP, "buku")
    shown = update(data, field(_WHOLE, AP=look(b"0 g 0 0 9 9 re f")))
    with pytest.raises(Refused) as refused:
        read_signatures(io.BytesIO(update(shown, gone)), "buku", len(sealed))
    assert code_of(refused.value.message) == ("pdf.changed_after" if signed else "pdf.changed_before")


def gone(writer: Writer) -> None:
    """The field that came lies nowhere, and shows nothing."""
    (one,) = (each for each in fields_of(writer) if each["/T"] == "tambahan")
    one.pop(name("/AP"), None)
    one[name("/Rect")] = numbers(0, 0, 0, 0)
    writer.mark_update(one.container_ref)


def test_nothing_that_draws_comes_without_being_led_to(stage, sealed) -> None:
    """What nobody follows today some program finds by a slip of its own, or is led to tomorrow."""
    with stage.key(MAYOR).open() as signer:
        signed = sign_pdf(sealed, signer, MAYOR, STAMP, "buku")
    for data, code in ((sealed, "pdf.changed_before"), (signed, "pdf.changed_after")):
        for orphan in (b"<</Kids[941 0 R]/Count 1>>", b"<</Rect[0 0 595 842]>>"):
            with pytest.raises(Refused) as refused:
                read_signatures(
                    io.BytesIO(revision(data, b"", {940: orphan, 941: b"<<>>"})), "buku", len(sealed)
                )
            assert code_of(refused.value.message) == code


def test_the_halves_of_a_linearised_file_have_no_number_in_common(plain) -> None:
    """Of two tables in that order nobody asked what the older one gave."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        document.save(target, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert not has_older_pages(target)
    data = target.getvalue()
    listed = data.replace(b"xref\n0 6\n", b"xref\n0 7\n").replace(
        b" n \ntrailer << /Size 6 ", b" n \n%strailer << /Size 7 "
    )
    twice = listed.replace(b"%s", data[data.index(b"xref\n6 ") :].splitlines(keepends=True)[2])
    assert has_older_pages(io.BytesIO(twice))
