"""Links and headings of a document that was written anew lead where they led, whatever they are called."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.beside_pages import hidden_content
from tests.submission.making import written_anew


@pytest.fixture(scope="module")
def linked() -> bytes:
    """Three pages with headings, on the first a link to the second and two to the web."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number in range(3):
        canvas.bookmarkPage(f"halaman-{number}")
        canvas.drawString(60, 700, f"Halaman {number + 1}")
        canvas.addOutlineEntry(f"Bab {number + 1}", f"halaman-{number}")
        if number == 0:
            canvas.linkRect("", "halaman-1", (60, 645, 200, 660))
            canvas.linkURL("http://127.0.0.1/satu", (60, 595, 200, 610))
            canvas.linkURL("http://127.0.0.1/dua", (60, 545, 200, 560))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _exchanged(document: pikepdf.Pdf) -> None:
    one, other = document.pages[0].Annots[1], document.pages[0].Annots[2]
    one.A.URI, other.A.URI = String("http://127.0.0.1/dua"), String("http://127.0.0.1/satu")


def _over_all(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[1].Rect = Array([0, 0, 595, 841])


def _twice(document: pikepdf.Pdf) -> None:
    again = document.make_indirect(Dictionary(document.pages[0].Annots[1]))
    document.pages[0].Annots.append(again)


def _to_another_page(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[0].Dest = Array([document.pages[2].obj, Name.Fit])


def _to_another_page_by_name(document: pikepdf.Pdf) -> None:
    document.Root.Dests = Dictionary(halaman=Array([document.pages[2].obj, Name.Fit]))
    document.pages[0].Annots[0].Dest = Name.halaman


def _headings_to_another_page(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Dest = Array([document.pages[2].obj, Name.Fit])


def _nowhere(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[0].Dest = String("tidak ada")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_exchanged, "annotation"),
        (_over_all, "annotation"),
        (_twice, "annotation"),
        (_to_another_page, "annotation"),
        (_to_another_page_by_name, "annotation"),
        (_nowhere, "annotation"),
        (_headings_to_another_page, "active"),
    ],
)
def test_what_leads_elsewhere_is_another_document(linked: bytes, change, code: str) -> None:
    """Addresses were compared as a set, and where they lay, or which page was meant, not at all."""
    found = hidden_content(linked, written_anew(linked, change))
    assert found is not None
    assert found.id == f"submission.returned.{code}"


def _named(document: pikepdf.Pdf) -> None:
    page = document.pages[1].obj
    tree = Dictionary(Names=Array([String("dua"), Dictionary(D=Array([page, Name.Fit]))]))
    document.Root.Names = Dictionary(Dests=document.make_indirect(tree))
    document.Root.Dests = Dictionary(dua=Array([page, Name.XYZ, 0, 0, 0]))
    document.pages[0].Annots[0].Dest = String("dua")
    document.Root.Outlines.First.Next.Dest = Name.dua


def _rounded(document: pikepdf.Pdf) -> None:
    for one in document.pages[0].Annots:
        one.Rect = Array([round(float(side) + 0.4) for side in one.Rect])


def _in_another_order(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = Array(reversed(list(document.pages[0].Annots)))


def _gone(document: pikepdf.Pdf) -> None:
    del document.pages[0].Annots


@pytest.mark.parametrize("change", [lambda _: None, _named, _rounded, _in_another_order, _gone])
def test_who_copies_links_may_call_their_pages_otherwise(linked: bytes, change) -> None:
    assert hidden_content(linked, written_anew(linked, change)) is None
