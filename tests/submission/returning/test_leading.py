"""Links and headings of a document that was written anew lead where they led, whatever that is called."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.returning.beside_pages import hidden_content
from tests.submission.making import written_anew


@pytest.fixture(scope="module")
def linked() -> bytes:
    """Three pages with headings; on the first are links to the web, to the second and to places on it."""
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
            canvas.linkRect("", "pagu", (60, 495, 200, 510))
            canvas.linkRect("", "jadwal", (60, 445, 200, 460))
        if number == 1:
            for key, height in (("pagu", 600.25), ("jadwal", 300.75)):
                canvas.bookmarkHorizontal(key, 0, height)
                canvas.addOutlineEntry(key.title(), key, 1)
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


def _exchanged_on_one_page(document: pikepdf.Pdf) -> None:
    one, other = document.pages[0].Annots[3], document.pages[0].Annots[4]
    one.Rect, other.Rect = Array(list(other.Rect)), Array(list(one.Rect))


def _to_another_place(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[3].Dest[3] = 550


def _to_another_place_by_other_means(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[3].Dest = Array([document.pages[1].obj, Name.FitR, 0, 0, 595, 300])


def _to_another_column(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[3].Dest[2] = 300


def _headings_to_another_place(document: pikepdf.Pdf) -> None:
    one = document.Root.Outlines.First.Next.First
    one.Dest = Array(list(one.Next.Dest))


def _worded(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[0].Contents = String("Menyetujui dengan syarat")


def _names(document: pikepdf.Pdf, link: object, *pages: int, old: int | None = None) -> None:
    """One name for these pages in the tree, and for the page ``old`` in the dictionary."""
    leaf = document.make_indirect(Dictionary(Names=Array()))
    for page in pages:
        leaf.Names.extend([String("dua"), Array([document.pages[page].obj, Name.Fit])])
    tree = Dictionary(Kids=Array([leaf]))
    document.Root.Names = Dictionary(Dests=document.make_indirect(tree))
    if old is not None:
        document.Root.Dests = Dictionary(dua=Array([document.pages[old].obj, Name.Fit]))
    document.pages[0].Annots[0].Dest = link


def _text_in_both(document: pikepdf.Pdf) -> None:
    _names(document, String("dua"), 1, old=2)


def _name_in_both(document: pikepdf.Pdf) -> None:
    _names(document, Name.dua, 2, old=1)


def _text_twice(document: pikepdf.Pdf) -> None:
    _names(document, String("dua"), 2, 1)


def _wide_text_in_both(document: pikepdf.Pdf) -> None:
    _names(document, String(b"\xfe\xff" + "dua".encode("utf-16-be")), 1, old=2)


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
        (_exchanged_on_one_page, "annotation"),
        (_to_another_place, "annotation"),
        (_to_another_place_by_other_means, "annotation"),
        (_to_another_column, "annotation"),
        (_headings_to_another_place, "active"),
        (_text_in_both, "annotation"),
        (_name_in_both, "annotation"),
        (_text_twice, "annotation"),
        (_wide_text_in_both, "annotation"),
        (_worded, "annotation"),
        (_nowhere, "annotation"),
        (_headings_to_another_page, "active"),
    ],
)
def test_what_leads_elsewhere_is_another_document(linked: bytes, change, code: str) -> None:
    """Addresses were compared as a set; where they lay, which page was meant and where on it, not at all."""
    found = hidden_content(linked, written_anew(linked, change))
    assert found is not None
    assert found.id == f"submission.returned.{code}"


def _named(document: pikepdf.Pdf) -> None:
    page = document.pages[1].obj
    tree = Dictionary(Names=Array([String("dua"), Dictionary(D=Array([page, Name.Fit]))]))
    document.Root.Names = Dictionary(Dests=document.make_indirect(tree))
    document.Root.Dests = Dictionary(dua=Array([page, Name.XYZ, None, None, 0]))
    document.pages[0].Annots[0].Dest = String("dua")
    document.Root.Outlines.First.Next.Dest = Name.dua


def _named_in_the_tree(document: pikepdf.Pdf) -> None:
    _names(document, Name.dua, 1)


def _named_twice_alike(document: pikepdf.Pdf) -> None:
    _names(document, String("dua"), 1, 1, old=1)


def _rounded(document: pikepdf.Pdf) -> None:
    for one in document.pages[0].Annots:
        one.Rect = Array([round(float(side) + 0.4) for side in one.Rect])


def _rounded_on_the_page(document: pikepdf.Pdf) -> None:
    one, other = document.pages[0].Annots[3], document.pages[0].Annots[4]
    one.Dest = Array([document.pages[1].obj, Name.XYZ, None, 600, None])
    other.Dest = Array([document.pages[1].obj, Name.FitH, 301])


def _left_to_the_program(document: pikepdf.Pdf) -> None:
    for one in (document.pages[0].Annots[3], document.Root.Outlines.First.Next.First):
        one.Dest = Array([document.pages[1].obj, Name.Fit])


def _in_another_order(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = Array(reversed(list(document.pages[0].Annots)))


def _without_words(document: pikepdf.Pdf) -> None:
    del document.pages[0].Annots[0].Contents
    document.pages[0].Annots[1].Contents = String("")


def _gone(document: pikepdf.Pdf) -> None:
    del document.pages[0].Annots


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        _named,
        _named_in_the_tree,
        _named_twice_alike,
        _rounded,
        _rounded_on_the_page,
        _left_to_the_program,
        _in_another_order,
        _without_words,
        _gone,
    ],
)
def test_who_copies_links_may_call_their_pages_otherwise(linked: bytes, change) -> None:
    assert hidden_content(linked, written_anew(linked, change)) is None
