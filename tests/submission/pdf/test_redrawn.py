"""Whether pages are drawn by the words that were sealed: honest copies are, whatever else was packed anew."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from desktop.submission.pdf.fields import StampBox, with_fields
from desktop.submission.pdf.redrawn import is_drawn_anew
from desktop.submission.pdf.usual import unusual
from tests.submission.making import draw_pdf
from tests.submission.pdf.test_usual import cut_off_far_above

Change = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return draw_pdf()


def anew(sealed: bytes, data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(sealed)) as one, pikepdf.open(io.BytesIO(data)) as other:
        return is_drawn_anew(one, other)


def changed(data: bytes, change: Change) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(target)
    return target.getvalue()


def by_pdfium(data: bytes) -> bytes:
    target = io.BytesIO()
    document = pdfium.PdfDocument(data)
    document.save(target)
    document.close()
    return target.getvalue()


def by_pyhanko(data: bytes) -> bytes:
    target = io.BytesIO()
    copy_into_new_writer(PdfFileReader(io.BytesIO(data))).write(target)
    return target.getvalue()


def by_qpdf(data: bytes, **how: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.contents_coalesce()
        document.save(target, **how)
    return target.getvalue()


COPIES: dict[str, Callable[[bytes], bytes]] = {
    "pdfium": by_pdfium,
    "pyHanko": by_pyhanko,
    "qpdf": by_qpdf,
    "for the web": lambda data: by_qpdf(data, linearize=True),
    "unpacked": lambda data: by_qpdf(
        data, compress_streams=False, object_stream_mode=ObjectStreamMode.disable
    ),
    "more to lend": lambda data: changed(
        data, lambda document: document.pages[0].Resources.update({"/Pattern": Dictionary()})
    ),
    "numbers with points": lambda data: changed(data, with_points),
}


def with_points(document: pikepdf.Pdf) -> None:
    """As PDFBox writes them, all of which are fractions for it."""
    for one in document.objects:
        if isinstance(one, Dictionary) and "/Widths" in one:
            one.Widths = Array([float(each) for each in one.Widths])


@pytest.mark.parametrize("copied", COPIES)
def test_who_copies_pages_draws_nothing_anew(copied: str, sealed: bytes) -> None:
    assert not anew(sealed, COPIES[copied](sealed))


def first_font(document: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(document.pages[0].Resources.Font.values()))


def other_program(document: pikepdf.Pdf) -> None:
    held = first_font(document).FontDescriptor.FontFile2
    held.write(held.read_bytes()[:-4] + bytes(4))


def other_width(document: pikepdf.Pdf) -> None:
    first_font(document).Widths[3] = 999


def turned(document: pikepdf.Pdf) -> None:
    document.pages[0].Rotate = 180


def cut(document: pikepdf.Pdf) -> None:
    document.pages[0].MediaBox = Array([0, 0, 500, 842])


def fewer(document: pikepdf.Pdf) -> None:
    del document.pages[1]


def badly_packed(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.Contents = Stream(document, page.Contents.read_bytes(), Filter=Name.FlateDecode)


def ending(document: pikepdf.Pdf) -> None:
    """MuPDF shows nothing that comes behind a part that is no picture, and says it is one."""
    page = document.pages[0]
    nothing = document.make_stream(b"")
    nothing.write(b"", filter=Name.DCTDecode)
    page.Contents = Array([nothing, page.Contents])


def lent_otherwise(document: pikepdf.Pdf) -> None:
    """Firefox and Ghostscript look for fonts there."""
    document.pages[0].Contents.Resources = pikepdf.Dictionary()


def cut_between(document: pikepdf.Pdf, left: bytes, right: bytes) -> None:
    """The page's drawing in two streams, which some programs lay side by side without a blank."""
    page = document.pages[0]
    page.contents_coalesce()
    data = page.Contents.read_bytes()
    at = data.index(left + right) + len(left)
    page.Contents = Array([Stream(document, data[:at]), Stream(document, data[at:].lstrip(b" "))])


DRAWN = {
    "nodes without an end": lambda document: cut_off_far_above(document, document.pages[0].obj),
    "cut between numbers": lambda document: cut_between(document, b"1 60", b" 700"),
    "behind": lambda document: document.pages[1].contents_add(b"q Q", prepend=False),
    "before": lambda document: document.pages[1].contents_add(b"q Q", prepend=True),
    # one program shows a square, others a hair: no comparison of what is seen by one of them tells it
    "a closed line": lambda document: document.pages[0].contents_add(b"q 1 G 17 w 2 J 90 90 m 90.3 90 l s Q"),
    "another font": other_program,
    "other widths": other_width,
    "upside down": turned,
    "a smaller sheet": cut,
    "a page less": fewer,
    "what has no one reading": badly_packed,
    "a part that ends it": ending,
    "with what its stream is lent": lent_otherwise,
}


@pytest.mark.parametrize("change", DRAWN)
def test_what_is_drawn_anew_is_found(change: str, sealed: bytes) -> None:
    assert anew(sealed, changed(sealed, DRAWN[change]))


def test_a_cut_between_numbers_is_unusual_by_itself(sealed: bytes) -> None:
    """Where nobody has what was sealed."""

    def with_nothing_between(document: pikepdf.Pdf) -> None:
        DRAWN["cut between numbers"](document)
        document.pages[0].Contents.insert(1, document.make_stream(b""))

    for change in (DRAWN["cut between numbers"], with_nothing_between):
        assert unusual(io.BytesIO(changed(sealed, change))) == ("/Contents",)
    fields = with_fields(sealed, {"mayor": StampBox(0, 60, 300, 300, 370)}, "buku")
    assert unusual(io.BytesIO(fields)) == ()
    assert not anew(fields, by_qpdf(fields))


def test_a_font_that_leads_to_itself_ends(sealed: bytes) -> None:
    def around(document: pikepdf.Pdf) -> None:
        font = first_font(document)
        font.FontDescriptor.Font = font

    data = changed(sealed, around)
    assert not anew(data, changed(data, lambda document: None))
    assert not anew(sealed, sealed)
