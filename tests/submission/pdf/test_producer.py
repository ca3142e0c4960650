"""What iText 2 and OpenPDF give again says what it did, in another order and with their own name."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from pyhanko.pdf_utils import generic

from desktop.submission.pdf.fields import StampBox, with_fields
from desktop.submission.pdf.plain_values import spelled
from desktop.submission.pdf.producer import names_producer
from desktop.submission.pdf.read import read_signatures
from desktop.submission.refusal import Refused, code_of
from tests.submission.hostile.pdfhidden import page_of, revision
from tests.submission.hostile.pdfs import signed
from tests.submission.making import MAYOR, SECRETARY, draw_pdf

Change = Callable[[bytes], bytes]
_BOXES = {MAYOR: StampBox(0, 60, 300, 160, 370), SECRETARY: StampBox(0, 200, 300, 300, 370)}


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return with_fields(draw_pdf(), _BOXES, "buku")


def code(data: bytes, sealed: bytes) -> str:
    try:
        read_signatures(io.BytesIO(data), "buku", len(sealed))
    except Refused as refused:
        return code_of(refused.message)
    return "good"


def node(more: bytes, *, page: bool = False) -> Change:
    """The root of the pages, or a page, with more entries."""

    def change(data: bytes) -> bytes:
        number, body = page_of(data)
        if not page:
            with pikepdf.open(io.BytesIO(data)) as document:
                number, body = document.Root.Pages.objgen[0], document.Root.Pages.unparse(resolved=True)
        return revision(data, b"", {number: body.rstrip()[:-2] + more + b">>", 900: b"<<>>"})

    return change


def turned(again: bytes = rb"\2 \1") -> Change:
    """The first page with what it lends in another order."""

    def change(data: bytes) -> bytes:
        number, body = page_of(data)
        changed, count = re.subn(rb"(/Font [0-9]+ 0 R) (/ProcSet \[[^]]*\])", again, body)
        assert count == 1
        return revision(data, b"", {number: changed, 900: b"<<>>"})

    return change


@pytest.mark.slow
@pytest.mark.parametrize("change", [turned(), node(b"/ITXT(2.1.7)"), node(b"/ITXT(1.3.26)")])
def test_who_signs_may_give_again_what_is_there(change: Change, sealed: bytes) -> None:
    """Java's hashes order names as they like; nothing of it is drawn otherwise."""
    assert code(signed(change(sealed), MAYOR), sealed) == "good"
    first = signed(sealed, MAYOR)
    assert code(signed(change(first), SECRETARY), sealed) == "good"
    assert code(change(first), sealed) == "pdf.changed_after"


@pytest.mark.parametrize(
    "change",
    [
        turned(rb"\2"),
        turned(rb"/ProcSet [/Text /PDF] \1"),
        node(b"/ITXT(LAIN)"),
        node(b"/ITXT(2.1.7 LAIN)"),
        node(b"/ITXT(2)"),
        node(b"/ITXT/2.1.7"),
        node(b"/ITXT 2.1"),
        node(b"/ITXT[(2.1.7)]"),
        node(b"/ITXT(2.1.7)/Rotate 90"),
        node(b"/PTEX(2.1.7)"),
        node(b"/ITXT(2.1.7)", page=True),
    ],
)
def test_nothing_else_comes_with_it(change: Change, sealed: bytes) -> None:
    first = signed(sealed, MAYOR)
    assert code(change(sealed), sealed) == "pdf.changed_before"
    assert code(change(first), sealed) == "pdf.changed_after"
    assert code(signed(change(first), SECRETARY), sealed) == "pdf.changed_after"


def test_only_the_root_of_pages_names_who_made_it() -> None:
    kids, said = generic.ArrayObject(), generic.pdf_string("2.1.7")
    root = {generic.pdf_name("/Kids"): kids, generic.pdf_name("/ITXT"): said}
    assert names_producer(generic.DictionaryObject(root))
    for more in ({"/Parent": kids}, {"/ITXT": generic.pdf_string("x")}):
        assert not names_producer(generic.DictionaryObject({**root, **more}))
    assert not names_producer(generic.DictionaryObject({generic.pdf_name("/ITXT"): said}))


def test_order_counts_in_lists_alone() -> None:
    def read(data: bytes) -> str:
        return spelled(generic.DictionaryObject.read_from_stream(io.BytesIO(data), generic.Reference(1, 0)))

    assert read(b"<</A 1/B<</C[1<</D 2/E(x)>>]/F/G>>>>") == read(b"<</B<</F/G/C[1<</E(x)/D 2>>]>>/A 1>>")
    for other in (b"<</A 1/B[2 1]>>", b"<</A 1/B[1 2 2]>>", b"<</A[1 2]/B 1>>", b"<</A 1/B[1 3]>>"):
        assert read(other) != read(b"<</A 1/B[1 2]>>")
