"""What is drawn otherwise than in our books, wherever in the file it is said."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.pdf.active import check_active
from desktop.submission.pdf.usual import unusual
from desktop.submission.refusal import Refused
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


def on_root(**values: Any) -> Change:
    return lambda document, _: add(document.Root, values)


def on_page(**values: Any) -> Change:
    return lambda _, page: add(page, values)


def add(target: Any, values: dict[str, Any]) -> None:
    for key, one in values.items():
        target[f"/{key}"] = one


def spoken(**values: Any) -> Change:
    """A part of the document's structure that says something else than it shows."""
    return on_root(StructTreeRoot=Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.Span, **values)))


def address(text: str) -> Change:
    action = Dictionary(S=Name.URI, URI=String(text))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Border=Array([0, 0, 0]))
    link.A = action
    return on_page(Annots=Array([link]))


def held(kind: str, value: Callable[[pikepdf.Pdf], Any]) -> Change:
    """Written directly in the resources of the page, which lie directly in the page."""

    def change(document: pikepdf.Pdf, page: Any) -> None:
        resources = Dictionary({key: page.Resources[key] for key in set(page.Resources.keys())})
        resources[kind] = value(document)
        page.Resources = resources

    return change


def form(**values: Any) -> Change:
    return held("/XObject", lambda document: Dictionary(X1=document.make_stream(b"q Q", **values)))


def on_new(change: Callable[[Any, pikepdf.Pdf], None]) -> Change:
    return lambda document, page: change(page, document)


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
    "a form that is a group": form(Subtype=Name.Form, BBox=BOX, Group=Dictionary(S=Name.Transparency)),
    "a group of another name": on_page(Group=Dictionary(CS=Name.DeviceGray)),
    "a group in shades of grey": on_page(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray)),
    "a form without bounds": form(Subtype=Name.Form),
    "a form with five numbers": form(Subtype=Name.Form, BBox=BOX, Matrix=Array([1, 0, 0, 1, 0])),
    "a form without a kind": form(BBox=BOX),
    "a form with far bounds": form(Subtype=Name.Form, BBox=Array([-(10**9), 0, 9, 9])),
    "a form with next to no bounds": held(
        "/XObject",
        lambda document: Dictionary(
            X1=document.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, Decimal("0.1")]))
        ),
    ),
    "a page far away": on_page(MediaBox=Array([10**9, 0, 10**9 + 595, 842])),
    "a form that is packed badly": held(
        "/XObject",
        lambda document: Dictionary(
            X1=document.make_stream(b"x", Subtype=Name.Form, BBox=BOX, Filter=Name.FlateDecode)
        ),
    ),
    "a form with a matrix": form(Subtype=Name.Form, BBox=BOX, Matrix=Array([10, 0, 0, 0.1, 0, 0])),
    "a form in a stream": held("/XObject", lambda document: document.make_stream(b"")),
    "fonts in a stream": held("/Font", lambda document: document.make_stream(b"")),
    "spaces in a stream": held("/ColorSpace", lambda document: document.make_stream(b"")),
    "states in a stream": held("/ExtGState", lambda document: document.make_stream(b"")),
    "resources in a stream": on_new(
        lambda page, document: add(page, {"Resources": document.make_stream(b"")})
    ),
    "resources of a form in a stream": held(
        "/XObject",
        lambda document: Dictionary(
            X1=document.make_stream(b"", Subtype=Name.Form, BBox=BOX, Resources=document.make_stream(b""))
        ),
    ),
    "a font without a kind": held("/Font", lambda _: Dictionary(F1=Dictionary(Subtype=Name.Type1))),
    "another text to be copied": spoken(ActualText=String("Rp9")),
    "another text to be spoken": spoken(Alt=String("Rp9")),
    "an abbreviation written out": spoken(E=String("Rp9")),
    "some pages to be printed": on_root(ViewerPreferences=Dictionary(PrintPageRange=Array([0, 0]))),
    "many copies": on_root(ViewerPreferences=Dictionary(NumCopies=5)),
    "a viewer without a frame": on_root(ViewerPreferences=Dictionary(HideWindowUI=True)),
    "as large as the screen": on_root(PageMode=Name.FullScreen),
    "names of pages": on_root(PageLabels=Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))),
    "a page that turns itself": on_page(Dur=1),
    "a change of pages": on_page(Trans=Dictionary(S=Name.Wipe)),
    "a picture of the page": on_page(Thumb=Dictionary()),
    "a sheet cut off": on_page(CropBox=Array([0, 0, 300, 300])),
    "a sheet of which a part is printed": on_page(TrimBox=Array([0, 0, 595.2756, 300])),
    "a sheet of no width": on_page(MediaBox=Array([0, 0, 0, 842])),
    "half a turn": on_page(Rotate=45),
    "an address with a sign that is not seen": address("https://contoh.go.id/\u202egpj.exe"),
    "truth for a share": state(ca=True, CA=True),
    "a share of a turn": on_page(Rotate=Decimal("90.0")),
    "more than a turn": on_page(Rotate=450),
    "what shines through": state(ca=0.5),
    "another profile for the screen": on_root(
        OutputIntents=Array([Dictionary(DestOutputProfile=Dictionary())])
    ),
    "a font that is not embedded": held(
        "/Font", lambda _: Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1))
    ),
}


def cut_off_far_above(document: pikepdf.Pdf, page: Any) -> None:
    """By a node of the tree of pages that stands higher than is looked for it."""
    above = document.Root.Pages
    above.CropBox, above.Kids = Array([0, 0, 300, 300]), Array([])
    for _ in range(40):
        node = document.make_indirect(Dictionary(Type=Name.Pages, Parent=above, Count=1, Kids=Array([])))
        above.Kids.append(node)
        above = node
    above.Kids.append(page)
    page.Parent = above


TOLD["a sheet cut off far above"] = cut_off_far_above


@pytest.mark.parametrize("case", TOLD)
def test_what_is_drawn_otherwise_is_told(case: str, plain: bytes) -> None:
    assert unusual(io.BytesIO(changed(plain, TOLD[case])))


@pytest.mark.parametrize("name", [b"/Linearized", b"/Line#61r#69#7aed"])
def test_a_file_that_says_itself_where_its_pages_lie(plain: bytes, name: bytes) -> None:
    # poppler and pdfium show as the first page what its first object says, as long as its length is true
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        document.save(target, linearize=True)
    data = target.getvalue()
    length = len(data) + len(name) - len(b"/Linearized")
    data = data.replace(b"/Linearized", name, 1).replace(b"/L %d" % len(data), b"/L 0%d" % (length + 1), 1)
    assert unusual(io.BytesIO(data)) == ("/Linearized",)
    assert "/Linearized" not in unusual(io.BytesIO(data + b"\n"))  # what a signature adds makes it untrue


def test_widths_are_as_many_as_letters(plain: bytes) -> None:
    def change(document: pikepdf.Pdf, _: Any) -> None:
        font = next(one for one in document.objects if isinstance(one, Dictionary) and "/Widths" in one)
        del font.Widths

    assert "/Font" in unusual(io.BytesIO(changed(plain, change)))


def test_a_font_is_an_object(plain: bytes) -> None:
    # poppler takes one that is none for any other of the same number, which whoever writes it chooses
    def change(document: pikepdf.Pdf, page: Any) -> None:
        fonts = page.Resources.Font
        page.Resources.Font = Dictionary({name: Dictionary(font) for name, font in fonts.items()})

    assert unusual(io.BytesIO(changed(plain, change))) == ("/Font",)


WHOLE = Array([0, 0, 595.2756, 841.8898])
GROUP = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)


def test_what_our_books_draw_is_not_told(plain: bytes) -> None:
    assert unusual(io.BytesIO(plain)) == ()
    for change in (
        drawn(b"q [3 .5] 0 d 1234.789 0 m 1 1 l S Q"),
        form(Subtype=Name.Form, BBox=BOX),
        on_root(ViewerPreferences=Dictionary(DisplayDocTitle=True), PageMode=Name.UseOutlines),
        on_page(CropBox=WHOLE, TrimBox=WHOLE, Group=GROUP, Rotate=90, Trans=Dictionary()),
        address("https://contoh.go.id/bücher?a=1"),
        state(CA=1, SMask=Name("/None")),
    ):
        assert unusual(io.BytesIO(changed(plain, change))) == ()


def titled(
    document: pikepdf.Pdf, title: str, packet: str | None = None, mark: bytes = b"", alphabet: str = ""
) -> None:
    """In the information dictionary, and in the packet."""
    document.docinfo["/Title"] = String(title.encode(alphabet) if alphabet else title)
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as held:
        held["dc:title"] = title if packet is None else packet
    data = document.Root.Metadata.read_bytes()
    document.Root.Metadata = document.make_stream(data.replace(b"<dc:title>", b"<dc:title>" + mark))


def test_a_document_written_anew_has_one_title(plain: bytes) -> None:
    """Firefox shows that of the packet, others the other."""
    for title in ("Buku I", "Buku \u2013 I & <II>"):
        made = changed(plain, lambda document, _, title=title: titled(document, title))
        assert unusual(io.BytesIO(made)) == ()
    for odd in ({"packet": "LAIN"}, {"mark": b"<!-- -- -->"}, {"alphabet": "utf-8-sig"}):
        made = changed(plain, lambda document, _, odd=odd: titled(document, "Buku I", **odd))
        assert unusual(io.BytesIO(made)) == ("/Metadata",)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        document.Root.Metadata = document.make_stream(b"3c3e>", Filter=Name.ASCIIHexDecode)
        level = pikepdf.StreamDecodeLevel.none
        document.save(target, stream_decode_level=level, compress_streams=False, fix_metadata_version=False)
    assert unusual(target) == ("/Metadata",), "none for us, but one for others"


def test_a_link_whose_unseen_border_is_dashed(plain: bytes) -> None:
    """ISO 32000-1, table 164: the fourth of the border is an array."""

    def change(_: pikepdf.Pdf, page: Any) -> None:
        action = Dictionary(S=Name.URI, URI=String("https://contoh.go.id"))
        border = Array([0, 0, 0, Array([3])])
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=BOX, Border=border, A=action)
        page.Annots = Array([link])

    check_active(io.BytesIO(changed(plain, change)), "buku")


def test_an_address_with_a_control_sign_is_refused(plain: bytes) -> None:
    with pytest.raises(Refused, match=r"pdf\.active"):
        check_active(io.BytesIO(changed(plain, address("https://contoh.go.id/\n"))), "buku")


@pytest.mark.parametrize(
    "values", [(None,) * 6, (3.0, *[None] * 5), (0.0, 0.0, 4.0, 4.0, 0.0, 0.0), (1.0,) * 6]
)
def test_a_chart_of_a_plan_that_has_hardly_begun_is_not_told(values: tuple[float | None, ...]) -> None:
    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas

    from desktop.books.charts import draw
    from desktop.books.document import Radar, Series
    from desktop.books.fonts import REGULAR, register
    from desktop.books.pdfa import to_pdfa

    register()
    target = io.BytesIO()
    canvas = Canvas(target, initialFontName=REGULAR, invariant=1)
    chart = Radar(tuple("ABCDEF"), (Series("2026", values), Series("2030", values)), 4)
    renderPDF.draw(draw(chart, 400), canvas, 50, 300)
    canvas.save()
    assert unusual(io.BytesIO(to_pdfa(target.getvalue()))) == ()


TEXT = b"BT /F1 9 Tf 5 50 Td (RATNA) Tj ET"


def stamped(document: pikepdf.Pdf, page: Any) -> Any:
    """A field with a line of text in a font by its name alone, as services write it; its look."""
    font = document.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    look = document.make_stream(
        TEXT,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 9, 9]),
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("R"), F=4, Rect=Array([9, 9, 90, 90])
    )
    field.AP = Dictionary(N=look)
    page.Annots = Array([document.make_indirect(field)])
    document.Root.AcroForm = Dictionary(SigFlags=3, Fields=page.Annots)
    return look


def test_what_is_a_stamps_alone_is_asked_elsewhere(plain: bytes) -> None:
    """Else every document of a service was told by the word that a changed page is told by."""
    assert unusual(io.BytesIO(changed(plain, lambda document, page: add(stamped(document, page), {})))) == ()


def test_what_a_page_shares_with_a_stamp_is_the_pages(plain: bytes) -> None:
    def shared(document: pikepdf.Pdf, page: Any) -> None:
        page.Resources = Dictionary({key: page.Resources[key] for key in set(page.Resources.keys())})
        page.Resources.XObject = Dictionary(X1=stamped(document, page))

    def belonging_to_nobody(document: pikepdf.Pdf, page: Any) -> None:
        document.Root.PieceInfo = Dictionary(X1=stamped(document, page))
        page.Annots = document.Root.AcroForm.Fields = Array([])

    for change in (shared, belonging_to_nobody):
        assert {"/Form", "/Font"} <= set(unusual(io.BytesIO(changed(plain, change))))


def test_a_harmless_oddity_hides_no_other_one(plain: bytes) -> None:
    def change(document: pikepdf.Pdf, page: Any) -> None:
        add(page, {"Rotate": 45})
        TOLD["what shines through"](document, page)
        add(document.Root, {"PageMode": Name.FullScreen})

    assert unusual(io.BytesIO(changed(plain, change))) == ("/ExtGState", "/MediaBox", "/PageMode")


def test_names_of_its_own_are_not_repeated(plain: bytes) -> None:
    name = "Lang). Semua sah menurut BSrE"
    changes = (
        on_root(**{name: 1}),
        on_page(**{name: True}),
        on_root(ViewerPreferences=Dictionary({f"/{name}": 1})),
        form(Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), **{name: 1}),
        state(**{name: 1}),
        on_new(lambda page, _: add(page.Parent, {name: 1})),
    )
    for change in changes:
        told = unusual(io.BytesIO(changed(plain, change)))
        assert told
        assert "Semua" not in ", ".join(told)


def test_a_number_may_be_an_object_of_its_own(plain: bytes) -> None:
    """As Ghostscript and cairo write how long a stream is."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        document.pages[0].obj.StructParents = document.make_indirect(Array([7777]))
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    written = target.getvalue().replace(b"[ 7777 ]", b" 7777   ")
    with pikepdf.open(io.BytesIO(written)) as document:
        assert any(isinstance(one, int) for one in document.objects)
    assert unusual(io.BytesIO(written)) == ()


@pytest.mark.parametrize("drawn_on", ["page", "lent form"])
def test_whether_there_is_time_is_asked_again_and_again(plain: bytes, drawn_on: str) -> None:
    """Of what is lent and never drawn, too: it costs as much, and nobody who signs would hear of it."""
    much = b"q Q " * 5_000

    def put(document: pikepdf.Pdf, page: Any) -> None:
        if drawn_on == "page":
            page.Contents = document.make_stream(much)
        else:
            kind = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 595, 842]}
            page.Resources.XObject = Dictionary(Fx=document.make_stream(much, **kind))

    def asked(data: bytes) -> int:
        times: list[None] = []
        unusual(io.BytesIO(data), lambda: times.append(None))
        return len(times)

    class Late(Exception):
        pass

    def late() -> None:
        raise Late

    assert asked(changed(plain, put)) > asked(plain) + 8
    with pytest.raises(Late):
        unusual(io.BytesIO(plain), late)
