"""The ways to what is asked for are those that pyHanko's own walk over everything finds."""

from __future__ import annotations

import gc
import io
import weakref

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.base.language import Language
from desktop.books.compose import compose
from desktop.books.pdf import render_pdf
from desktop.submission.pdf.fields import StampBox, with_fields
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.pdf.usages import Usages
from tests.books import plans
from tests.submission.making import MAYOR, SECRETARY
from tests.submission.pdf.test_read import STAMP


@pytest.fixture(scope="module")
def signed(stage) -> bytes:
    """A book with links, bookmarks and tables, signed twice."""
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    boxes = {MAYOR: StampBox(0, 60, 300, 300, 370), SECRETARY: StampBox(0, 320, 300, 540, 370)}
    data = with_fields(render_pdf(made).pdf, boxes, "buku")
    for role in (MAYOR, SECRETARY):
        with stage.key(role).open() as signer:
            data = sign_pdf(data, signer, role, STAMP, "buku")
    return data


def check_ways(data: bytes, *, each: int = 1) -> int:
    """Hold the ways to each object of each revision against pyHanko's; how many objects have any."""
    whole, asked = (PdfFileReader(io.BytesIO(data), strict=True) for _ in range(2))
    found = 0
    for revision in range(whole.total_revisions):
        old = whole.get_historical_resolver(revision)
        old._load_reverse_xref_cache()
        usages = Usages(asked.get_historical_resolver(revision))
        for number in range(1, int(whole.trailer["/Size"]), each):
            reference = generic.Reference(number)
            ways = old._get_usages_of_ref(reference)
            if ways:
                assert usages[reference] == ways
                found += 1
            else:
                with pytest.raises(KeyError):
                    usages[reference]
    return found


@pytest.mark.slow
def test_the_ways_through_a_signed_book(signed: bytes) -> None:
    assert check_ways(signed, each=7) > 20


def test_ways_that_lead_around_and_from_many_places() -> None:
    """Objects that lead to each other, lists in lists, and pages that others lead to."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(3):
            document.add_blank_page()
        first, second, third = (page.obj for page in document.pages)
        shared = document.make_indirect(pikepdf.Dictionary(Q=1))
        ring = document.make_indirect(pikepdf.Dictionary(Shared=shared, Parent=third))
        ring.Row = pikepdf.Array([1, pikepdf.Array([shared, 2, ring]), pikepdf.Dictionary(Page=second)])
        first.Ring, second.Ring = ring, ring
        second.Dest = pikepdf.Array([third, pikepdf.Name.Fit])
        document.Root.Names = pikepdf.Dictionary(Kids=pikepdf.Array([first, shared]))
        document.save(target)
    assert check_ways(target.getvalue()) > 5


@pytest.mark.slow
def test_nothing_is_kept_of_a_document_that_was_read(signed: bytes) -> None:
    reader = PdfFileReader(io.BytesIO(signed), strict=True)
    with pytest.raises(KeyError):
        Usages(reader.get_historical_resolver(0))[generic.Reference(10**6)]
    known = weakref.ref(reader)
    del reader
    gc.collect()
    assert known() is None
