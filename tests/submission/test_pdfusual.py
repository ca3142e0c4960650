"""What is drawn otherwise than in our books, wherever in the file it is said."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.pdfactive import check_active
from desktop.submission.pdfusual import unusual
from tests.submission.making import draw_pdf

Change = Callable[[pikepdf.Pdf, Any], None]


@pytest.fixture(scope="module")
def plain() -> bytes:
    return draw_pdf(1)


def changed(data: bytes, change: Change) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document, document.pages[0].obj)
        document.save(target)
    return target.getvalue()


def drawn(content: bytes) -> Change:
    return lambda document, _: document.pages[0].contents_add(content, prepend=False)


def held(kind: str, value: Callable[[pikepdf.Pdf], Any]) -> Change:
    """Written directly in the resources of the page, which lie directly in the page."""

    def change(document: pikepdf.Pdf, page: Any) -> None:
        resources = Dictionary({key: page.Resources[key] for key in set(page.Resources.keys())})
        resources[kind] = value(document)
        page.Resources = resources

    return change


def form(**values: Any) -> Change:
    return held("/XObject", lambda document: Dictionary(X1=document.make_stream(b"q Q", **values)))


def state(**values: Any) -> Change:
    return held("/ExtGState", lambda _: Dictionary(G1=Dictionary(**values)))


BOX = Array([0, 0, 9, 9])
CAL = Array([Name.CalRGB, Dictionary(WhitePoint=Array([1, 1, 1]))])
TOLD: dict[str, Change] = {
    "a large number": drawn(b"q 1 0 0 1 4294967296 0 cm Q"),
    "a large colour": drawn(b"4294967297 0 0 rg"),
    "a dash of no length": drawn(b"[0 0] 0 d"),
    "a short dash": drawn(b"[0.0001 0.0001] 0 d"),
    "a space by name": drawn(b"/C1 cs"),
    "a shading": drawn(b"/S1 sh"),
    "another default": held("/ColorSpace", lambda _: Dictionary(DefaultRGB=Name.DeviceRGB)),
    "a space with a matrix": held("/ColorSpace", lambda _: Dictionary(C1=CAL)),
    "an ink": held(
        "/ColorSpace", lambda _: Dictionary(C1=Array([Name.Separation, Name.All, Name.DeviceRGB]))
    ),
    "unknown mixing": state(BM=Name.Foo, ca=0),
    "a soft mask": state(SMask=Dictionary(S=Name.Luminosity)),
    "overprint": state(OP=True),
    "a knockout group": held(
        "/XObject",
        lambda document: Dictionary(
            X1=document.make_stream(
                b"", Subtype=Name.Form, BBox=BOX, Group=Dictionary(S=Name.Transparency, K=True)
            )
        ),
    ),
    "a form without bounds": form(Subtype=Name.Form),
    "a form with five numbers": form(Subtype=Name.Form, BBox=BOX, Matrix=Array([1, 0, 0, 1, 0])),
    "a form without a kind": form(BBox=BOX),
    "a font without a kind": held("/Font", lambda _: Dictionary(F1=Dictionary(Subtype=Name.Type1))),
    "a font that is not embedded": held(
        "/Font", lambda _: Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1))
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_what_is_drawn_otherwise_is_told(case: str, plain: bytes) -> None:
    assert unusual(io.BytesIO(changed(plain, TOLD[case])))


def test_widths_are_as_many_as_letters(plain: bytes) -> None:
    def change(document: pikepdf.Pdf, _: Any) -> None:
        font = next(one for one in document.objects if isinstance(one, Dictionary) and "/Widths" in one)
        del font.Widths

    assert unusual(io.BytesIO(changed(plain, change))) == "/Font"


def test_what_our_books_draw_is_not_told(plain: bytes) -> None:
    assert unusual(io.BytesIO(plain)) == ""
    for change in (
        drawn(b"q [3 .5] 0 d 123456.789 0 m 1 1 l S Q"),
        form(Subtype=Name.Form, BBox=BOX),
        state(CA=0.5, SMask=Name("/None")),
    ):
        assert unusual(io.BytesIO(changed(plain, change))) == ""


def test_a_link_whose_unseen_border_is_dashed(plain: bytes) -> None:
    """ISO 32000-1, table 164: the fourth of the border is an array."""

    def change(_: pikepdf.Pdf, page: Any) -> None:
        action = Dictionary(S=Name.URI, URI=String("https://contoh.go.id"))
        border = Array([0, 0, 0, Array([3])])
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=BOX, Border=border, A=action)
        page.Annots = Array([link])

    check_active(io.BytesIO(changed(plain, change)), "buku")
