"""Stamps that some programs draw over the whole page."""

from __future__ import annotations

import asyncio
import hashlib
import io
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from pyhanko import stamp as stamping
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field

from desktop.submission.manifest import RoleField, SignedFile
from desktop.submission.pdf import sign as pdfsign
from desktop.submission.pdf.active import check_active
from desktop.submission.pdf.fields import StampBox, boxes_in, overlapping, with_fields
from desktop.submission.pdf.stamp_fonts import known_widths
from desktop.submission.pdf.stamped import look_at, stamps_of
from desktop.submission.refusal import Refused
from desktop.submission.returning.returned import compare
from desktop.submission.verifying import verify
from tests.submission.hostile.ground import ANCHORS, ISSUER, NOW, RATNA, SITI, Ground
from tests.submission.hostile.pdfs import signed
from tests.submission.hostile.pdfsealed import with_file
from tests.submission.making import BOOK, MAYOR, SECRETARY, draw_pdf

PLACE = (70, 310, 170, 350)
INK = b"q 1 0 0 rg 0 0 90 30 re f Q"
TINY = Decimal("0.0000001")


def helvetica() -> Dictionary:
    """A font that every program has; a new one each time, as a thing belongs to one document."""
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def shown(
    content: bytes = INK,
    *,
    box: tuple[Any, ...] = (0, 0, 100, 40),
    matrix: tuple[Any, ...] | None = None,
    rect: tuple[Any, ...] = PLACE,
    inside: dict[str, Any] | None = None,
    **values: Any,
) -> io.BytesIO:
    """A page with a stamp; ``inside`` is a form that it may draw."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf(1))) as document:
        look = document.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array(box), **values)
        if matrix is not None:
            look.Matrix = Array(matrix)
        if inside is not None:
            held = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 100, 40]), **inside}
            drawn = document.make_stream(held.pop("content", INK), **held)
            look.Resources = Dictionary(XObject=Dictionary(X=drawn))
        value = document.make_indirect(Dictionary(Type=Name.Sig))
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("x"), F=132,
                Rect=Array(rect), P=document.pages[0].obj, AP=Dictionary(N=look), V=value,
            )
        )  # fmt: skip
        document.pages[0].obj.Annots = Array([field])
        document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        document.save(target)
    return target


@pytest.mark.parametrize(
    "stamp",
    [
        shown(matrix=(0, 0, 0, 0, 0, 0)),
        shown(matrix=(1, 0, 0, 0, 0, 0)),
        shown(matrix=(1, 1, 1, 1, 0, 0)),
        shown(matrix=(TINY, 0, 0, TINY, 0, 0)),
        shown(matrix=(1, 0, 0, 1, 10**9, 10**9)),
        shown(matrix=(1, 0, 0, 1, 0)),
        shown(matrix=(1, 0, 0, 1, 0, 0, 0)),
        shown(matrix=(Decimal("0.7"), Decimal("0.7"), Decimal("-0.7"), Decimal("0.7"), 0, 0)),
        shown(box=(0, 0, TINY, TINY)),
        shown(matrix=(1, 0, 0, Decimal("0.0001"), 0, 0)),
        shown(matrix=(1, 0, 0, -1, 0, 40)),
        # of these numbers single precision leaves another place
        shown(box=(Decimal("19999.98"), 0, 20000, 40), matrix=(100, 0, 0, 1, 0, 0)),
        shown(box=(15000, 0, 15001, 40)),
        shown(box=(10000, 0, 10100, 40), matrix=(100, 0, 0, 100, 0, 0)),
        shown(box=(0, 0, 100, TINY)),
        shown(box=(-(10**9), -(10**9), 10**9, 10**9)),
        shown(box=(0, 0, 595, 842), rect=(100, 100, 100, 100)),
        shown(box=(0, 0, 595, 842), rect=(0, 0, 0, 0)),
        shown(box=(0, 0, 595, 842), rect=(100, 100, 200, 100)),
        shown(box=(0, 0, 595, 842), rect=(100, 100, 100 + TINY, 100 + TINY)),
        shown(rect=(10**9, 10**9, 10**9 + 100, 10**9 + 40)),
        shown(b"Q Q Q 1 1 1 rg 0 0 595 842 re f"),
        shown(b"q Q%\rQ q 1 1 1 rg 0 0 595 842 re f"),
        shown(b"(\\)Q) Tj (()) Tj Q q 0 0 595 842 re f"),
        shown(b"q\0 Q\0 Q q 0 0 595 842 re f"),
        shown(b"[]Q]Q q 0 0 595 842 re f"),
        shown(b"q " * 40 + b"Q " * 40),
        shown(b"q q 0 0 595 842 re f"),
        shown(b"ET 0 0 595 842 re f BT"),
        shown(b"q BT Q 0 0 595 842 re f q ET Q"),
        shown(b"/X Do", inside={"content": b"Q Q Q 1 1 1 rg 0 0 595 842 re f"}),
        shown(b"/X Do", inside={"Matrix": Array([0, 0, 0, 0, 0, 0])}),
        shown(b"/X Do", inside={"Matrix": Array([1, 0, 0, 1, 10**9, 0])}),
        shown(b"0 0 9 9 re /A\x80f\x80 n", matrix=(1, 0, 0, 1, 10**9, 10**9)),
        shown(b"0 0 9 9 re n", rect=(0, 0, 0, 0)),
        # what a stamp has not itself, some programs look for in the page's: that draws
        *(
            shown(b"q 400 0 0 400 0 0 cm /Sign Do Q", **{**nowhere, "Resources": held})
            for nowhere in (
                {"rect": (0, 0, 0, 0)},
                {"matrix": (0, 0, 0, 0, 0, 0)},
                {"matrix": (1, 0, 0, 1, 10**9, 10**9)},
            )
            for held in (Dictionary(), Dictionary(XObject=Dictionary()), Dictionary(XObject=Array([])))
        ),
    ],
)
def test_what_leaves_its_place_somewhere_is_refused(stamp: io.BytesIO) -> None:
    with pytest.raises(Refused) as refused:
        check_active(stamp, "x")
    assert refused.value.message.id == "submission.pdf.field"


@pytest.mark.parametrize(
    "stamp",
    [
        shown(),
        shown(b""),
        shown(b"", box=(0, 0, 0, 0)),
        shown(b"% DSBlank\n", rect=(0, 0, 0, 0)),
        shown(b"q 1 0 0 1 0 0 cm /X Do Q\n", rect=(0, 0, 0, 0), inside={"content": b"% DSBlank\n"}),
        shown(b"q 1 0 0 1 0 0 cm /X Do Q\n", inside={"FormType": 1}),
        # a ground as PDFBox's own example has it, a frame, and letters that run over a little
        shown(b"-5000 -5000 10000 10000 re f [] 0 d 0 0 100 40 re S -99 -999 9999 9999 re W n"),
        shown(
            b"BT /F1 9 Tf 5 30 Td 11 TL " + b"(Ditandatangani oleh: B) ' " * 3 + b"ET",
            Resources=Dictionary(Font=Dictionary(F1=helvetica())),
        ),
        shown(matrix=(0, 1, -1, 0, 40, 0)),
        shown(matrix=(-1, 0, 0, -1, 100, 40)),
        shown(b"0 0 .9 .9 re f", box=(0, 0, 1, 1), matrix=(100, 0, 0, 100, 0, 0)),
        # a service that scales each way by itself, and what is left of a quarter's turn
        shown(matrix=(Decimal("0.5"), 0, 0, Decimal("0.48"), 0, 0)),
        shown(matrix=(Decimal("0.00000000000000006"), 1, -1, Decimal("0.00000000000000006"), 40, 0)),
        shown(b"70 310 90 30 re f", box=(70, 310, 170, 350)),
        shown(
            b"/Tx BMC q BT /F1 8 Tf 3 Tr [(Budi)-20(Santoso)] TJ <0042> Tj (a(b)c\\)) ' () Tj ET Q EMC"
            b" /Layout BMC /DeviceRGB cs 0 0 1 sc 9 9 9 9 re f EMC",
            Resources=Dictionary(Font=Dictionary(F1=helvetica())),
        ),
        shown(
            b"/G gs\n0 0 9 9 re W* n\n0 0 m 0 0 9 9 re n\nn q\n"
            b".5 0 0 .5 0 0 cm 1 w [] 0 d 0 0 m 9 9 l S\nQ\n% DSBlank",
            Resources=Dictionary(
                ExtGState=Dictionary(G=Dictionary(Type=Name.ExtGState, ca=1, BM=Name.Normal))
            ),
        ),
    ],
)
def test_what_services_draw_is_let_through(stamp: io.BytesIO) -> None:
    check_active(stamp, "x")
    assert stamps_of(stamp).odd is None


SOFT = Dictionary(SMask=Dictionary(S=Name.Luminosity))


@pytest.mark.parametrize(
    "stamp",
    [
        shown(b"/S sh"),
        shown(b"/X Do"),
        shown(b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"),
        shown(b"{ Q }"),
        shown(b"q << /A 1 Q"),
        shown(b"(((a))) Tj"),
        shown(INK, Filter=Name("/ASCIIHexDecode")),
        shown(b"/G gs " + INK, Resources=Dictionary(ExtGState=Dictionary(G=SOFT))),
        shown(INK, Resources=Dictionary(Pattern=Dictionary())),
        shown(INK, Resources=Dictionary(Font=Dictionary(F=Dictionary(Subtype=Name.Type3)))),
        shown(b"/X Do", inside={"OPI": Dictionary()}),
        shown(b"/X Do", inside={"content": b"/S sh"}),
    ],
)
def test_what_no_service_needs_is_told(stamp: io.BytesIO) -> None:
    with pikepdf.open(stamp) as document:
        look = document.pages[0].Annots[0].AP.N
        assert isinstance(look, Stream)
        found = look_at(look, shown=True)
    assert found.strays or stamps_of(stamp).odd


@pytest.mark.parametrize(
    ("flags", "told"), [(4, ""), (132, ""), (0, "/F"), (128, "/F"), (6, "/F"), (5, "/F"), (None, "/F")]
)
def test_a_stamp_stands_on_the_screen_and_on_paper(flags: int | None, told: str) -> None:
    for content, what in ((INK, told), (b"", "")):
        with pikepdf.open(shown(content)) as document:
            field = document.pages[0].Annots[0]
            del field.F
            if flags is not None:
                field.F = flags
            document.save(target := io.BytesIO())
        stamps = stamps_of(target)
        odd = stamps.odd
        assert (odd.what if odd is not None else "") == what
        assert odd is None or not odd.unread


def own() -> Dictionary:
    """What a form is lent."""
    return Dictionary(
        ExtGState=Dictionary(G=Dictionary()), Font=Dictionary(F=helvetica()), XObject=Dictionary()
    )


@pytest.mark.parametrize(
    "content",
    [
        # pdf.js reads one dictionary from the first bracket to the last
        b"<< ] q q q [ >> Q Q Q",
        b"q << ] q q q [ >> pop Q Q Q Q",
        *(b"[ /A ] 0 d", b"<< /A >> pop", b"<< 1 2 >> /A BDC EMC", b"/A << /B << >> >> DP", b"[[ ]] 0 d"),
        *(b"/A << /B [ << >> ] >> DP", b"/A << /B ] >> DP", b"] [ q Q", b"0 0 m ( ] 9 9 l S", b"/A << /B 1"),
        # operands that are too many or too few or of another kind
        *(b"1 q Q", b"q Q 1", b"0 0 0 rg 9 0 0 9 9 re f", b"0 9 9 re f", b"(a) w", b"[ (a) ] 0 d"),
        # lines that are begun and left, painted and never begun, or cut the next
        *(b"0 0 m 9 9 l", b"0 0 m q 9 9 l S Q", b"9 9 l S", b"f", b"W n", b"0 0 9 9 re W", b"0 0 9 9 re h Q"),
        # behind what is closed Firefox goes on from its last point; what cuts is a rectangle
        *(b"0 0 m 9 9 l h 9 0 l f", b"0 0 9 9 re 9 0 l f", b"0 0 m 9 9 l h 0 9 9 0 0 0 c S"),
        *(b"0 0 m 9 9 l 9 0 l h W n", b"0 0 9 9 re 1 1 9 9 re W n", b"0 0 9 9 re W f", b"0 0 m n W n"),
        # words that no service has
        *(b"0 0 m 1 1 9 9 v S", b"0 0 m 1 1 9 9 y S", b"0 0 9 9 re F", b"0 0 9 9 re b", b"0 0 9 9 re b*"),
        *(b"/A << /B 1 >> BDC EMC", b"/A MP", b"/Perceptual ri", b'BT /F 9 Tf 0 0 (a) " ET', b"[3 2] 0 d"),
        *(b"5 5 m S", b"+1 w", b"1. w", b"0 0 m 1 w 9 9 l S"),
        # figures without their pair are a letter for some; behind no letters pdfium does not go on
        *(b"BT /F 9 Tf " + one + b" ET" for one in (b"<3> Tj", b"<33 3> Tj", b"<3 3> Tj", b"<333> Tj")),
        *(
            b"BT /F 9 Tf " + one + b" ET"
            for one in (
                *(b"[(Rp 9) 4669 ()] TJ (00) Tj", b"[() 90 (a)] TJ", b"[(a) 90 <> (a)] TJ", b"[90 (a)] TJ"),
                *(b"[(a) 90] TJ", b"[(a) 90 90 (a)] TJ", b"[] TJ", b"[()] TJ", b"(\\1) Tj", b"(\\400) Tj"),
            )
        ),
        # letters outside their text, and such that cut what follows to them
        *(b"/F 8 Tf (a) Tj", b"BT /F 8 Tf 7 Tr (a) Tj ET", b"BT q ET Q", b"BT BT ET ET", b"BT 0 0 m ET"),
        # what is the page's, not the stamp's
        *(b"/A Do", b"/A gs", b"BT /A 8 Tf (a) Tj ET", b"/A cs 1 sc", b"/Pattern cs /A scn"),
        *(b"/OC /A BDC EMC", b"/A /B DP", b"/#47 gs", b"/G\xc3 gs", b"/ gs"),
        # for pdfium some signs part words that part none elsewhere
        *(
            b"/A\x80f BMC EMC",
            b"/A\xfff\x80 BMC EMC",
            b"%\x80\nq Q",
            b"q\x80Q",
            b"/A{ BMC EMC",
            b"/A\x0b BMC EMC",
        ),
        *(
            b"q\x0cQ",
            b"q Q%end",
            b"q Q % DSBlank\n",
            b"% q\n",
            b"q % DSBlank\nQ",
            b"/" + b"a" * 128 + b" BMC EMC",
        ),
        *(b"12345678 w", b"1e0 w", b"BT /F 1 Tf (\\q) Tj ET", b"BT /F 1 Tf (" + b"a" * 30_000 + b") Tj ET"),
        *(b"/A << /B (c) >> DP", b"/A << /B [ 1 ] >> DP", b"BT /F 1 Tf (a\\\n) Tj ET"),
        # of which cairo gives up the whole page, and what others have signed on it
        *(
            b"[0 0] 0 d",
            b"[0] 0 d",
            b"[] 1 d",
            b"[-1 2] 0 d",
            b"[1 2] -1 d",
            b"999999 w",
            b"0 0 32001 9 re n",
        ),
        *(b"BT /F 9999 Tf (a) Tj ET", b"q 1 0 0 999 0 0 cm BT /F 9 Tf (a) Tj ET Q"),
        *(b"9999 Tz BT /F 9 Tf (a) Tj ET", b"BT 99 0 0 1 0 0 Tm /F 9 Tf (a) Tj ET"),
        b"q 9999 0 0 9999 0 0 cm 9 0 0 9 0 0 cm Q",
        *(b"q .00001 0 0 1 0 0 cm Q", b"BT 0 0 0 0 0 0 Tm /F 9 Tf (a) Tj ET", b"[1] 0 d 0 0 m 99 0 l S"),
        b"0 0 9 9 re W n " * 57,
        # of which poppler never sees the end
        b"BT /F 9 Tf 1 Tr (a) Tj ET",
        # far beyond its box, where Firefox makes room for all of it
        *(
            b"0 0 m 999 9 l 9 9 l f",
            b"0 0 999 9 re S",
            b"BT /F 200 Tf (a) Tj ET",
            b"BT /F 9 Tf [-99999 (a)] TJ ET",
        ),
        *(b"BT 0 9999 TD /F 9 Tf (a) ' (a) ' (a) ' ET", b"BT -9999 TL /F 9 Tf T* T* T* (a) Tj ET"),
        *(b"0 0 20001 9 re f", b"q 3 0 0 3 0 0 cm 0 0 9999 9 re W n Q"),
        # of such a pen MuPDF draws for minutes
        *(b"32000 w BT 2 Tr /F 20 Tf (a) Tj ET", b"201 w 0 0 m 9 9 l S"),
        b"q 1 0 0 1 -999 0 cm 0 0 9 9 re S Q",
        # what is no such number, or no such colour
        *(
            b"1 J",
            b"2 j",
            b"0 M",
            b"2 i",
            b"-1 w",
            b"2 g",
            b"0 0 -1 rg",
            b"9999 Tc",
            b"/DeviceRGB cs 1 1 9999 sc",
        ),
        # more than any program does while one waits
        *(
            b"-5000 -5000 10000 10000 re f " * 26_000,
            b"0 0 9 9 re f " * 50_001,
            b"0 0 99 39 re f " * 26_000,
            b"0 0 m " + b"9 9 l " * 10_001 + b"S",
        ),
        # of letters with a pen, as large as the box, or of dots, it takes as long as of pages
        b"BT 2 Tr /F 9 Tf (" + b"a" * 6_001 + b") Tj ET",
        b"BT /F 99 Tf (" + b"a" * 11_000 + b") Tj ET",
        b"BT /F 9 Tf " + b"(" * 1 + b"a" * 29_000 + b") Tj " + (b"(" + b"a" * 29_000 + b") Tj ") * 6 + b"ET",
        # which pdfium draws as large as a page
        *(b"BT 1 0 0 .01 9 9 Tm /F 8 Tf (a) Tj ET", b"q .05 0 0 1 0 0 cm BT /F 8 Tf (a) Tj ET Q"),
        *(b"BT 3 Tz /F 8 Tf (a) Tj ET", b"BT 1 1 1 1.01 0 0 Tm /F 8 Tf (a) Tj ET", b"BT /F .01 Tf (a) Tj ET"),
    ],
)
def test_what_programs_read_each_in_its_own_way_is_asked_about(content: bytes) -> None:
    with pikepdf.open(shown(content, Resources=own())) as document:
        found = look_at(document.pages[0].Annots[0].AP.N, shown=True)
    assert found.draws
    assert found.unread or found.strays


SHOWN = b"BT /F 9 Tf (a) Tj ET"


def within(content: bytes, deep: int, last: bytes = b"q Q") -> Dictionary:
    """Forms within each other, each drawn by the one before."""
    made = Stream(PDF, last if not deep else content)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 40])
    letters = Dictionary(F=helvetica())
    made.Resources = within(content, deep - 1, last) if deep else Dictionary(Font=letters)
    return Dictionary(XObject=Dictionary(X=PDF.make_indirect(made)))


PDF = pikepdf.new()


@pytest.mark.parametrize(
    ("content", "resources", "unread"),
    [
        (b"/X Do " * 100, within(b"", 0), False),
        (b"/X Do " * 101, within(b"", 0), True),
        # ten thousand million squares in two kilobytes, which no program ever finishes
        (b"/X Do " * 40, within(b"/X Do " * 40, 4), True),
        # what is odd is no reason to look no further
        (b"/X Do", Dictionary(Properties=Dictionary(), XObject=within(b"/S sh", 1).XObject), True),
        (b"/X Do", Dictionary(Properties=Dictionary(), XObject=within(b"q Q", 1).XObject), False),
        (b"", Array([]), True),
        # each of them three times as large
        (b"q 3 0 0 3 0 0 cm /X Do Q", within(b"q 3 0 0 3 0 0 cm /X Do Q", 4), False),
        (b"q 3 0 0 3 0 0 cm /X Do Q", within(b"q 3 0 0 3 0 0 cm /X Do Q", 4, SHOWN), True),
        (b"/X Do", within(b"/X Do", 4, SHOWN), False),
        (b"q 5 0 0 1 0 0 cm /X Do Q", within(b"", 0, SHOWN), False),
        (b"q 5 0 0 1 0 0 cm /X Do Q", within(b"q 5 0 0 1 0 0 cm /X Do Q", 1, SHOWN), True),
        (b"0 0 9 9 re W n " * 20 + b"/X Do", within(b"0 0 9 9 re W n " * 20, 0), False),
        (b"0 0 9 9 re W n " * 30 + b"/X Do", within(b"", 0, b"0 0 9 9 re W n " * 30), True),
        # what a form begins with, that of whoever draws it
        (b"q 12 w /X Do Q 13 w", within(b"", 0), False),
        *((one + b" /X Do", within(b"", 0), True) for one in (b"13 w", b"2 Tr", b"90 Tz")),
        (b"/X Do", within(b"", 0, b"BT (a) Tj ET"), True),
        *(
            (b"q 50 0 0 50 0 0 cm /X Do Q", within(b"", 0, pen + b" w " + drawn), wide)
            for drawn in (b"0 0 m 1 1 l S", b"BT /F .2 Tf 2 Tr (a) Tj ET")
            for pen, wide in ((b"1", False), (b"5", True))
        ),
        (b"", Dictionary(Font=Dictionary(F=Dictionary(Subtype=Name.Type3))), True),
        (b"", Dictionary(ExtGState=Dictionary(G=SOFT)), True),
    ],
)
def test_what_a_stamp_draws_is_counted(content: bytes, resources: Any, unread: bool) -> None:
    look = Stream(PDF, content)
    look.BBox, look.Resources = Array([0, 0, 100, 40]), resources
    assert look_at(PDF.make_indirect(look), shown=True).unread == unread


def test_the_place_of_a_stamp_scales_it_as_well() -> None:
    look = Stream(PDF, SHOWN)
    look.BBox, look.Resources = Array([0, 0, 100, 40]), Dictionary(Font=Dictionary(F=helvetica()))
    look = PDF.make_indirect(look)
    for place, unread in (((100, 40), False), ((300, 40), False), ((100, 2), True), ((40_000, 16_000), True)):
        assert look_at(look, shown=True, place=place).unread == unread


@pytest.mark.parametrize(
    ("content", "unread"),
    [
        (b"BT /F 50 Tf (a) Tj ET", False),
        (b"BT /F 126 Tf (a) Tj ET", True),
        (b"BT /F 9 Tf (" + b"a" * 900 + b") Tj ET", False),
        # lines up and down in one path
        (b"0 0 m " + b"99 39 l 0 0 l " * 500 + b"f", False),
        (b"0 0 m " + b"99 39 l 0 0 l " * 2_000 + b"f", True),
        (b"0 0 m " + b"9 9 l " * 3 + b"h W n", True),
        # what machines read as one path of many squares
        (b"1 1 1 1 re " * 9_000 + b"f", False),
        (b"1 1 1 1 re " * 16_000 + b"f", True),
        (b"0 0 m 9 9 l 9 0 l f " * 9_000, False),
        (b"0 0 m 99 39 l 9 0 l f " * 9_000, True),
    ],
)
def test_lines_across_each_other_are_counted_by_their_length(content: bytes, unread: bool) -> None:
    look = Stream(PDF, content)
    look.BBox, look.Resources = Array([0, 0, 100, 40]), Dictionary(Font=Dictionary(F=helvetica()))
    assert look_at(PDF.make_indirect(look), shown=True).unread == unread


@pytest.mark.parametrize(
    ("count", "often", "unread"), [(12, 900, False), (13, 100, False), (13, 900, True), (30, 900, True)]
)
def test_fonts_are_no_more_than_are_kept(count: int, often: int, unread: bool) -> None:
    """Poppler keeps sixteen in Okular; a further one is opened anew for each letter."""
    fonts = {f"/F{at}": PDF.make_indirect(helvetica()) for at in range(count)}
    look = Stream(PDF, b"BT " + b" ".join(b"/F%d 9 Tf" % (at % count) for at in range(often)) + b" ET")
    look.BBox, look.Resources = Array([0, 0, 100, 40]), Dictionary(Font=Dictionary(fonts))
    assert look_at(PDF.make_indirect(look), shown=True).unread == unread


@pytest.mark.parametrize(("count", "unread"), [(16, False), (17, True)])
def test_each_font_of_all_forms_is_looked_at_once(
    count: int, unread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A font in each of forty forms, or another one in each, took minutes to look at."""
    looked: list[Any] = []

    def counted(font: Any) -> Any:
        looked.append(font)
        return known_widths(font)

    monkeypatch.setattr("desktop.submission.pdf.stamped.known_widths", counted)
    fonts = [PDF.make_indirect(helvetica()) for _ in range(2 * count)]
    forms: dict[str, Any] = {}
    for at in range(30):
        form = Stream(PDF, SHOWN)
        form.Subtype, form.BBox = Name.Form, Array([0, 0, 100, 40])
        form.Resources = Dictionary(Font=Dictionary(F=fonts[at % len(fonts)], G=fonts[-1 - at % len(fonts)]))
        forms[f"/X{at}"] = PDF.make_indirect(form)
    look = Stream(PDF, b" ".join(b"/X%d Do" % at for at in range(30)))
    look.BBox, look.Resources = Array([0, 0, 100, 40]), Dictionary(XObject=Dictionary(forms))
    assert look_at(PDF.make_indirect(look), shown=True).unread == unread
    assert len(looked) <= 32


def test_what_is_drawn_by_itself_first_takes_room_as_well() -> None:
    for group, unread in ((False, False), (True, True)):
        inner = Stream(PDF, b"q Q")
        inner.Subtype, inner.BBox = Name.Form, Array([0, 0, 1500, 1500])
        if group:
            inner.Group = Dictionary(S=Name.Transparency)
        look = Stream(PDF, b"/X Do " * 60)
        look.BBox = Array([0, 0, 100, 40])
        look.Resources = Dictionary(XObject=Dictionary(X=PDF.make_indirect(inner)))
        assert look_at(PDF.make_indirect(look), shown=True).unread == unread


def test_the_points_of_all_pictures_are_counted() -> None:
    """A hundred of sixteen million points each, of a few kilobytes, fill every memory."""
    picture = Stream(PDF, zlib.compress(bytes(16_000_000)))
    picture.Filter, picture.Subtype, picture.Width, picture.Height = Name.FlateDecode, Name.Image, 4000, 4000
    picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceGray
    picture = PDF.make_indirect(picture)
    for often, unread in ((4, False), (5, True)):
        look = Stream(PDF, b"q 9 0 0 9 0 0 cm /P Do Q " * often)
        look.BBox, look.Resources = Array([0, 0, 100, 40]), Dictionary(XObject=Dictionary(P=picture))
        assert look_at(PDF.make_indirect(look), shown=True).unread == unread


@pytest.mark.parametrize(("side", "told"), [(41, False), (39, True)])
def test_a_picture_finer_than_any_press_is_told(side: int, told: bool) -> None:
    """Of four thousand points on half an inch each program shows others."""
    picture = Stream(PDF, zlib.compress(bytes(16_000_000)))
    picture.Filter, picture.Subtype, picture.Width, picture.Height = Name.FlateDecode, Name.Image, 4000, 4000
    picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceGray
    look = Stream(PDF, b"q %d 0 0 %d 0 0 cm /P Do Q" % (side, side))
    look.BBox = Array([0, 0, 100, 40])
    look.Resources = Dictionary(XObject=Dictionary(P=PDF.make_indirect(picture)))
    found = look_at(PDF.make_indirect(look), shown=True)
    assert (found.odd, found.unread) == ("/Image" if told else "", False)
    laid = look_at(PDF.make_indirect(look), shown=True, place=(200.0, 80.0))
    assert not laid.odd


SQUARE, LINE = b"0 0 9 9 re f", b"0 0 m 9 9 l S"


@pytest.mark.parametrize(
    ("outer", "inner", "told"),
    [
        (b"1 0 0 rg /X Do", SQUARE, True),
        (b"1 g /X Do", SQUARE, True),
        (b"1 0 0 RG /X Do", LINE, True),
        (b"1 0 0 RG /X Do", SQUARE, False),
        (b"1 0 0 rg /X Do", LINE, False),
        (b"/X Do 1 0 0 rg 9 9 9 9 re f", SQUARE, False),
        (b"q 1 0 0 rg Q /X Do", SQUARE, False),
        (b"1 0 0 rg /X Do", b"0 g " + SQUARE, False),
        (b"1 0 0 rg /X Do", b"q 0 g Q " + SQUARE, True),
        (b"1 0 0 rg /X Do", b"q 9 0 0 9 0 0 cm /M Do Q", True),
        (b"1 0 0 rg /X Do", b"0 g q 9 0 0 9 0 0 cm /M Do Q", False),
        (b"/X Do", b"q 9 0 0 9 0 0 cm /M Do Q", False),
    ],
)
def test_a_group_has_colours_of_its_own(outer: bytes, inner: bytes, told: bool) -> None:
    """In one that says in what colours it is mixed Ghostscript begins with black, and others go on."""
    stencil = Stream(PDF, zlib.compress(bytes(1)))
    stencil.Subtype, stencil.Width, stencil.Height, stencil.ImageMask = Name.Image, 1, 1, True
    stencil.Filter = Name.FlateDecode
    for group, deeper in ((True, False), (True, True), (False, False)):
        form = Stream(PDF, inner)
        form.Subtype, form.BBox = Name.Form, Array([0, 0, 100, 40])
        form.Resources = Dictionary(XObject=Dictionary(M=PDF.make_indirect(stencil)))
        if group:
            form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        if deeper:
            within = Stream(PDF, b"/X Do")
            within.Subtype, within.BBox = Name.Form, Array([0, 0, 100, 40])
            within.Resources = Dictionary(XObject=Dictionary(X=PDF.make_indirect(form)))
            form = within
        look = Stream(PDF, outer)
        look.BBox = Array([0, 0, 100, 40])
        look.Resources = Dictionary(XObject=Dictionary(X=PDF.make_indirect(form)))
        found = look_at(PDF.make_indirect(look), shown=True)
        assert (found.odd, found.unread) == ("/Group" if told and group else "", False)


@contextmanager
def drawing(content: bytes, **values: Any) -> Iterator[None]:
    """What is signed within draws this as its stamp."""
    known = stamping.BaseStamp.as_appearances

    def other(self: Any) -> Any:
        held = {
            generic.NameObject(f"/{key}"): one
            for key, one in {
                "Type": generic.NameObject("/XObject"),
                "Subtype": generic.NameObject("/Form"),
                "BBox": generic.ArrayObject([generic.NumberObject(one) for one in (0, 0, 595, 842)]),
                **values,
            }.items()
        }
        form = generic.StreamObject(held, stream_data=content)
        return type(known(self))(normal=self.writer.add_object(form))

    stamping.BaseStamp.as_appearances = other  # type: ignore[method-assign]
    try:
        yield
    finally:
        stamping.BaseStamp.as_appearances = known  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("ground"))


@pytest.mark.slow
def test_who_signs_second_covers_no_page(ground: Ground) -> None:
    """The first official's words, painted over after he has signed: as Firefox and Evince have it."""
    one = signed(ground.book(ground.sealed), MAYOR)
    singular = generic.ArrayObject([generic.NumberObject(0)] * 6)
    for values in ({"content": b"Q Q Q 1 1 1 rg 0 0 595 842 re f"}, {"content": INK, "Matrix": singular}):
        with drawing(**values):  # type: ignore[arg-type]
            both = signed(one, SECRETARY)
        assert compare(one, both, BOOK).reason.id == "submission.pdf.field"


@pytest.mark.slow
def test_a_stamp_that_cannot_be_read_to_its_end_is_asked_about(ground: Ground) -> None:
    """Behind an inline picture nobody looks: it may end more states than it has begun."""
    both = second_unread(signed(ground.book(ground.sealed), MAYOR))
    page = boxes_in(both)[SECRETARY].page
    assert asked(ground.book(ground.sealed), both) == [
        ("outside_box", str(page + 1)),
        ("unusual", "/AP /N BI"),
    ]
    odd = stamps_of(io.BytesIO(both)).odd
    assert odd is not None
    assert (odd.unread, odd.page) == (True, page)
    assert noted(ground, both, MAYOR) == [("note.outside_box", str(page + 1))]


@pytest.mark.slow
def test_its_page_is_named_beside_those_of_others(ground: Ground) -> None:
    """Another official's stamp, outside of its box, stood for all: the page painted over was not named."""
    sealed = ground.book(ground.sealed)
    page = boxes_in(sealed)[SECRETARY].page
    assert page == 1
    one = in_own_field(sealed, RATNA, "Sig1", SigFieldSpec("Sig1", on_page=0, box=(40, 20, 200, 60)))
    both = second_unread(one)
    assert asked(sealed, both) == [("outside_box", "1, 2"), ("unusual", "/AP /N BI")]
    assert noted(ground, both, "Sig1") == [("note.outside_box", "1, 2")]


def test_each_that_cannot_be_read_is_named() -> None:
    """The first one, an honest one's with an inline picture, ended the search: for letters as well."""
    sealed = with_fields(
        draw_pdf(3), {MAYOR: StampBox(0, 60, 300, 280, 370), SECRETARY: StampBox(1, 60, 300, 280, 370)}, BOOK
    )
    with drawing(INLINE, BBox=BOUNDS):
        one = signed(sealed, MAYOR)
    both = second_unread(one)
    assert asked(one, both) == [("outside_box", "1, 2"), ("unusual", "/AP /N BI")]
    letters = shown(b"BT /F 9 Tf (a) Tj ET", Resources=Dictionary(Font=Dictionary(F=Dictionary())))
    target = io.BytesIO()
    with pikepdf.open(shown(INLINE)) as document, pikepdf.open(letters) as other:
        document.pages.append(other.pages[0])
        document.Root.AcroForm.Fields.append(document.pages[1].Annots[0])
        document.save(target)
    found = stamps_of(target)
    assert (0 in found.unread, found.own_letters) == (True, (1,))


def test_what_comes_when_there_is_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """And each page with such a stamp is named."""
    target = io.BytesIO()
    with pikepdf.open(shown()) as document, pikepdf.open(io.BytesIO(draw_pdf(1))) as plain:
        document.pages.extend([document.pages[0], plain.pages[0]])
        document.save(target)
    assert not stamps_of(target).odds
    monkeypatch.setattr("desktop.submission.pdf.stamp_work._MOST_AREA", 4000)
    assert stamps_of(target).unread == {1}
    monkeypatch.setattr("desktop.submission.pdf.stamp_work._MOST_AREA", 1)
    assert stamps_of(target).unread == {0, 1}


INLINE = b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI"
BOUNDS = generic.ArrayObject([generic.NumberObject(each) for each in (0, 0, 220, 70)])


def second_unread(one: bytes) -> bytes:
    """The secretary signs with a stamp that paints a page over in some programs."""
    with drawing(INLINE + b" Q Q Q 1 1 1 rg 0 0 595 842 re f", BBox=BOUNDS):
        return signed(one, SECRETARY)


def asked(before: bytes, after: bytes) -> list[tuple[str, str]]:
    """What whoever brings the document back is asked about: of which page, or of what."""
    found = compare(before, after, BOOK)
    assert found.confirm
    return [
        (one.id.removeprefix("submission.returned."), str(one.params.get("page", one.params.get("what"))))
        for one in (found.reason, *found.more)
    ]


def noted(ground: Ground, both: bytes, mayors: str) -> list[tuple[str, str]]:
    """What a verdict says of the document, and of which pages; ``mayors``: the field of his signature."""
    done = SignedFile(
        size=len(both),
        sha256=hashlib.sha256(both).hexdigest(),
        grade="same-bytes",
        fields=(RoleField(role=MAYOR, field=mayors), RoleField(role=SECRETARY, field=SECRETARY)),
    )
    package = ground.forged(
        lambda files: files.update({BOOK: both}), lambda told: with_file(told, BOOK, signed=done)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.asice"
        path.write_bytes(package)
        verdict = verify(path, ANCHORS, NOW)
    return [(one.code, str(one.message.params["page"])) for one in verdict.reasons]


def test_who_signs_second_covers_no_stamp(ground: Ground) -> None:
    """Without certifying, as services sign; the second field lies over the first official's stamp."""
    sealed = ground.book(ground.sealed)
    one = in_own_field(sealed, RATNA, MAYOR)
    place = boxes_in(sealed)[MAYOR]
    spec = SigFieldSpec(
        "Sig2", on_page=place.page, box=tuple(map(int, (place.left, place.bottom, place.right, place.top)))
    )
    both = in_own_field(one, SITI, "Sig2", spec)
    found = compare(one, both, BOOK)
    assert found.confirm
    assert found.reason.id == "submission.returned.outside_box"
    assert overlapping(io.BytesIO(both)) == {place.page}
    assert not overlapping(io.BytesIO(one))


def in_own_field(data: bytes, holder: Any, field: str, spec: SigFieldSpec | None = None) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if spec is not None:
        append_signature_field(writer, spec)
    metadata = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    style = stamping.TextStampStyle(stamp_text="DITOLAK", background=None)
    signer = pdfsign._ArchivalSigner(metadata, pdfsign._Key(holder.signer(ISSUER)), stamp_style=style)
    signer.moment = NOW
    return bytes(asyncio.run(signer.async_sign_pdf(writer, existing_fields_only=True)).getvalue())
