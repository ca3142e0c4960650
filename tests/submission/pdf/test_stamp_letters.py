"""Letters of a stamp: plainly written in fonts that everybody knows, or readers are told of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image
from pyhanko import stamp as stamping
from pyhanko.pdf_utils import generic, images
from pyhanko.pdf_utils.font.basic import SimpleFontEngineFactory
from pyhanko.pdf_utils.text import TextBoxStyle
from reportlab.pdfbase.pdfmetrics import getFont

from desktop.base.resources import resource
from desktop.submission.before import notes_before
from desktop.submission.manifest import RoleField, SignedFile
from desktop.submission.pdf.font import piece
from desktop.submission.pdf.stamp_fonts import known_widths
from desktop.submission.pdf.stamp_texts import codes_of
from desktop.submission.pdf.stamped import Look, Stamps, look_at, stamps_of
from desktop.submission.returning.returned import Comparison, Returned, compare
from desktop.submission.stamp import Stamp, StampStanding, draw_stamp
from desktop.submission.verifying import verify
from tests.submission.hostile.ground import ANCHORS, NOW, Ground
from tests.submission.hostile.pdfs import signed
from tests.submission.hostile.pdfsealed import with_file
from tests.submission.making import BOOK, MAYOR
from tests.submission.pdf.test_stamped import drawing, shown

PDF = pikepdf.new()
SANS = (resource("fonts") / "NotoSans-Regular.ttf").read_bytes()
PLAIN = {"Type": Name.Font, "Subtype": Name.Type1, "BaseFont": Name.Helvetica}
CODED = {**PLAIN, "Encoding": Name.WinAnsiEncoding}
LINE = b"BT /F 9 Tf 5 25 Td (Budi Santoso) Tj ET"


def font(**entries: Any) -> Any:
    """Helvetica, but for what is said otherwise."""
    return PDF.make_indirect(Dictionary(**{**CODED, **entries}))


def looked(content: bytes = LINE, lent: Any = None, **values: Any) -> Look:
    """A stamp of 100 times 40 points."""
    look = Stream(PDF, content)
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 40])
    look.Resources = Dictionary(Font=Dictionary(F=font() if lent is None else lent))
    for key, value in values.items():
        look[f"/{key}"] = value
    return look_at(PDF.make_indirect(look), shown=True, place=(100, 40))


def described(**program: Any) -> Any:
    return PDF.make_indirect(Dictionary(Type=Name.FontDescriptor, FontName=Name.X, Flags=32, **program))


def held(data: bytes, **entries: Any) -> Any:
    made = Stream(PDF, data)
    for key, value in entries.items():
        made[f"/{key}"] = value
    return PDF.make_indirect(made)


def ours(letters: tuple[int, ...] = (0, *range(1, 32), *range(32, 128)), **entries: Any) -> Dictionary:
    """A piece of our own font, as ReportLab cuts it out for our stamps."""
    letters = tuple(0 if 0 < code < 32 else letter for code, letter in enumerate(letters))
    program, widths = piece("NotoSans-Regular.ttf", letters)
    name = "AAAAAA+NotoSans-Regular"
    lines = "\n".join(f"<{code:02X}> <{letter:04X}>" for code, letter in enumerate(letters))
    map_ = f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry ({name})
/Ordering ({name})
/Supplement 0
>> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <{len(letters) - 1:02X}>
endcodespacerange
{len(letters)} beginbfchar
{lines}
endbfchar
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
    about = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=4, Ascent=1069, Descent=-293,
        CapHeight=714, ItalicAngle=0, StemV=87, MissingWidth=600, FontBBox=Array([-621, -389, 2800, 1067]),
        FontFile2=held(program, Length1=len(program)),
    )  # fmt: skip
    said = {
        "Type": Name.Font, "Subtype": Name.TrueType, "BaseFont": Name(f"/{name}"), "FirstChar": 0,
        "LastChar": len(letters) - 1, "Widths": Array(widths), "FontDescriptor": PDF.make_indirect(about),
        "ToUnicode": held(map_.encode("ascii")),
    }  # fmt: skip
    return Dictionary(**{**said, **entries})


TURNING = (0, *range(1, 128), 0x202E)


@pytest.mark.parametrize(
    "name", ["Courier", "Helvetica", "Helvetica-BoldOblique", "Times-Roman", "Times-Bold"]
)
def test_the_usual_fonts_are_known_by_their_names(name: str) -> None:
    coded = known_widths(font(BaseFont=Name(f"/{name}")))
    plain = known_widths(PDF.make_indirect(Dictionary(**{**PLAIN, "BaseFont": Name(f"/{name}")})))
    assert coded is not None
    assert plain is not None
    assert coded[ord("M")] == getFont(name).widths[ord("M")] / 1000
    assert set(coded) - set(plain) == {0x27, 0x60, *range(128, 256)} - {0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xAD}
    assert all(coded[code] == wide for code, wide in plain.items())


def test_pieces_of_our_own_fonts_are_known_but_for_what_turns_others() -> None:
    known = known_widths(PDF.make_indirect(ours(TURNING)))
    assert known is not None
    assert set(known) == {*range(32, 127)}
    assert known[ord("A")] == 0.639


@pytest.mark.parametrize(
    "lent",
    [
        font(),
        Dictionary(**CODED),
        font(Name=Name.F1),
        PDF.make_indirect(ours()),
        PDF.make_indirect(ours(Name=Name("/F1+0"))),
    ],
)
def test_letters_of_known_fonts_are_not_told(lent: Any) -> None:
    found = looked(lent=lent)
    assert (found.own_letters, found.unread, found.odd) == (False, False, "")


@pytest.mark.parametrize(
    "lent",
    [
        # embedded, honest or not: programs take one for another, and printers run what they say
        font(Subtype=Name.TrueType, BaseFont=Name.X, FontDescriptor=described(FontFile2=held(SANS))),
        font(FontDescriptor=described(FontFile=held(b"%!PS-AdobeFont-1.0: X"))),
        font(FontDescriptor=described(FontFile3=held(b"\x01\x00\x04\x01", Subtype=Name.Type1C))),
        font(FontDescriptor=described()),
        PDF.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, Encoding=Name("/Identity-H"),
                DescendantFonts=Array([Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2)]),
            )
        ),
        # said to stand for other letters, or to be as wide as programs do not agree upon
        font(ToUnicode=held(b"1 beginbfchar <41> <202E> endbfchar")),
        font(Encoding=Dictionary(Type=Name.Encoding, Differences=Array([46, Name("/uni202E")]))),
        font(Encoding=Name.MacRomanEncoding),
        font(FirstChar=32, LastChar=33, Widths=Array([278, 278])),
        font(FirstChar=32, LastChar=32, Widths=Array([600])),
        font(BaseFont=Name("/CourierNew")),
        font(BaseFont=Name.Arial),
        font(BaseFont=Name.Symbol),
        font(BaseFont=Name.ZapfDingbats),
        font(Subtype=Name.TrueType),
        font(Subtype=Name.MMType1),
        # chosen for the sum that poppler makes of what is no object
        font(Name=Name.calpNc),
        ours(),
        # not quite ours
        PDF.make_indirect(ours(FirstChar=1)),
        PDF.make_indirect(ours(ToUnicode=held(b"1 beginbfchar <41> <0042> endbfchar"))),
        PDF.make_indirect(ours(ToUnicode=held(b"", UseCMap=Name("/Identity-H")))),
    ],
)  # fmt: skip
def test_fonts_of_others_are_told(lent: Any) -> None:
    """Also where nothing is written in them: what is printed may begin with all that are lent."""
    for content in (LINE, b"0 0 9 9 re f"):
        found = looked(content, lent)
        assert (found.own_letters, found.unread, found.odd) == (True, False, "")


@pytest.mark.parametrize(
    "lent", [font(Subtype=Name.Type3), font(CharProcs=Dictionary()), Dictionary(BaseFont=Name.X), held(b"")]
)
def test_letters_that_are_little_programs_are_asked_about(lent: Any) -> None:
    assert looked(lent=lent).unread


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"5 5 Td (Budi) Tj", False),
        (b"5 5 Td [(Bu) 90 (di) -250 (S.)] TJ", False),
        (b"1 0 0 1 5 5 Tm (Budi) Tj T* ", False),
        (b"5 30 Td 11 TL (Budi) Tj (Santoso) ' T* (Bupati) Tj", False),
        (b"5 30 Td (Budi) Tj 0 -11 TD (Santoso) Tj T* (Bupati) Tj", False),
        (b"0 Tc 0 Tw 100 Tz 0 Ts 0 Tr 5 5 Td (Budi) Tj", False),
        (b"5 5 Td (\\104\\151\\164\\(a\\)) Tj", False),
        (b"5 5 Td <446974616e64> Tj", False),
        # beyond the bounds, on each side
        (b"90 5 Td (Budi) Tj", True),
        (b"-3 5 Td (Budi) Tj", True),
        (b"5 37 Td (Budi) Tj", True),
        (b"5 -1 Td (Budi) Tj", True),
        (b"5 0 Td (Budi) Tj", False),
        (b"5 5 Td (Ditandatangani oleh Budi) Tj", True),
        (b"5 5 Td (Ditandatangani) Tj (oleh Budi, Bupati) Tj", True),
        (b"5 5 Td (Ditandatangani) Tj 0 9 Td (oleh Budi) Tj", False),
        (b"5 30 Td -90 TL (9) '", True),
        (b"5 5 Td [(9) -19999 (9)] TJ", True),
        (b"5 5 Td [(9) 9999 (9)] TJ", True),
        # moved, raised, pressed, hidden or outlined as no service needs it
        (b"5 5 Td 1 Tc (9) Tj", True),
        (b"5 5 Td 1 Tw (9 9) Tj", True),
        (b"5 5 Td 1 Ts (9) Tj", True),
        (b"5 5 Td 50 Tz (9) Tj", True),
        (b"5 5 Td 2 Tr (9) Tj", True),
        (b"5 5 Td 3 Tr (9) Tj", True),
        (b"1 Tc", False),
        # turned, on a slope or mirrored
        (b"-1 0 0 -1 90 30 Tm (9) Tj", True),
        (b"0 1 -1 0 50 5 Tm (9) Tj", True),
        (b"1 0 .2 1 5 5 Tm (9) Tj", True),
        (b"1 0 0 -1 5 5 Tm (9) Tj", True),
        (b"-1 0 0 1 50 5 Tm (9) Tj", True),
        (b"/F -9 Tf 50 5 Td (9) Tj", True),
        (b"/F 0 Tf 50 5 Td (9) Tj", True),
        # too small to be read, or too large
        (b"/F 1.9 Tf 5 5 Td (9) Tj", True),
        (b"/F 2 Tf 5 5 Td (9) Tj", False),
        (b"/F 49 Tf 5 5 Td (9) Tj", True),
        # where the next line is, whoever draws the form has said
        (b"5 5 Td T* (9) Tj", True),
        (b"5 5 Td (9) '", True),
        # no letters of everybody's
        (b"5 5 Td (\\201) Tj", True),
        (b"5 5 Td (a\\nb) Tj", True),
        (b"/F 2 Tf 5 5 Td " + b"[(99999) 3336 (9)] TJ " * 100, False),
        (b"/F 2 Tf 5 5 Td " + b"[(99999) 3336 (9)] TJ " * 101, True),
    ],
)
def test_letters_are_written_plainly_and_within(content: bytes, told: bool) -> None:
    """What is clipped away for the eye is copied, found and read aloud by some programs among others."""
    found = looked(b"BT /F 9 Tf " + content + b" ET")
    assert not found.unread
    assert (found.own_letters or bool(found.turned - {0})) == told


@pytest.mark.parametrize(
    ("content", "inner", "told"),
    [
        (b"/X Do", LINE, False),
        (b"q .5 0 0 .5 9 9 cm /X Do Q", LINE, False),
        (b"q .2 0 0 .2 9 9 cm /X Do Q", LINE, True),
        (b"q 1 0 0 1 50 0 cm /X Do Q", LINE, True),
        (b"q -1 0 0 1 99 0 cm /X Do Q", LINE, True),
        (b"q -1 0 0 -1 99 39 cm /X Do Q", LINE, True),
        (b"q BT 9 Tc ET /X Do Q", LINE, True),
        (b"q BT 9 TL ET /X Do Q", b"BT /F 9 Tf 5 25 Td (9) ' ET", True),
        (b"/X Do", b"q 0 0 9 9 re f Q", False),
    ],
)
def test_letters_of_forms_within_are_followed(content: bytes, inner: bytes, told: bool) -> None:
    form = held(inner, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 40]))
    form.Resources = Dictionary(Font=Dictionary(F=font()))
    found = looked(content, Resources=Dictionary(XObject=Dictionary(X=form)))
    assert not found.unread
    assert (found.own_letters or bool(found.turned - {0})) == told


def test_fonts_of_forms_that_are_never_drawn_are_told() -> None:
    form = held(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 40]))
    form.Resources = Dictionary(Font=Dictionary(F=font(BaseFont=Name.X)))
    assert looked(b"0 0 9 9 re f", Resources=Dictionary(XObject=Dictionary(X=form))).own_letters
    assert looked(b"0 0 9 9 re f", Resources=Dictionary(Pattern=Dictionary(P=form))).own_letters


@pytest.mark.parametrize(
    ("matrix", "rotate", "told"),
    [
        (None, 0, False),
        (None, 90, True),
        ((0, 1, -1, 0, 40, 0), 90, False),
        ((0, 1, -1, 0, 40, 0), 0, True),
        ((-1, 0, 0, -1, 100, 40), 180, False),
        ((-1, 0, 0, -1, 100, 40), 0, True),
        ((0, -1, 1, 0, 0, 100), 270, False),
    ],
)
def test_letters_stand_upright_as_the_page_is_shown(
    matrix: tuple[int, ...] | None, rotate: int, told: bool
) -> None:
    """As most letters of a page stand, poppler takes the page to stand."""
    target = io.BytesIO()
    rect = (70, 310, 170, 350) if matrix is None or matrix[0] else (70, 310, 110, 410)
    with pikepdf.open(shown(LINE, matrix=matrix, rect=rect, Resources=lending())) as document:
        document.pages[0].obj.Rotate = rotate
        document.save(target)
    assert stamps_of(target).own_letters == ((0,) if told else ())


def lending(**entries: Any) -> Dictionary:
    return Dictionary(Font=Dictionary(F=Dictionary(**{**CODED, **entries})))


def test_pages_are_named_up_to_a_few() -> None:
    target = io.BytesIO()
    with pikepdf.open(shown(LINE, Resources=lending(BaseFont=Name.Arial))) as document:
        for _ in range(9):
            document.pages.append(document.pages[0])
        document.save(target)
    (note,) = stamps_of(target).letters_noted("x.pdf")
    assert note.params == {"file": "x.pdf", "page": "1, 2, 3, 4, 5, 6, 7, 8, …"}


PICTURE = b"q 40 0 0 36 2 2 cm /I Do Q "


def picture() -> Any:
    return held(
        bytes(81), Subtype=Name.Image, Width=9, Height=9, BitsPerComponent=8, ColorSpace=Name.DeviceGray
    )


@pytest.mark.parametrize(
    "content",
    [
        PICTURE,
        PICTURE + b"BT /F 6 Tf 44 20 Td (Budi Santoso) Tj ET",
        # as PDFBox's own example has it
        b"q 0 g BT /F 10 Tf 10 25 Td 15 TL (Signer: Budi) Tj T* (24.11.2026) Tj ET Q",
        # and iText's
        b"q BT 1 0 0 1 2 31.2 Tm /F 8 Tf (Digitally signed) Tj 1 0 0 1 2 22 Tm [(by B)-10( S.)] TJ ET Q",
    ],
)
def test_stamps_of_services_are_not_told(content: bytes) -> None:
    lent = Dictionary(Font=Dictionary(F=font()), XObject=Dictionary(I=picture()))
    found = looked(content, Resources=lent)
    assert (found.own_letters, found.unread, found.odd) == (False, False, "")


SQUARE = images.PdfImage(Image.new("RGB", (9, 9), "red"))


@pytest.mark.parametrize(
    "style",
    [
        stamping.TextStampStyle(),
        stamping.TextStampStyle(stamp_text="Ditandatangani oleh:\n%(signer)s\n%(ts)s", background=None),
        stamping.TextStampStyle(stamp_text="%(signer)s", background=SQUARE),
        stamping.TextStampStyle(
            text_box_style=TextBoxStyle(font=SimpleFontEngineFactory("Helvetica", 0.5), font_size=7)
        ),
    ],
)
def test_stamps_of_pyhanko_are_not_told(style: Any, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.submission.pdf.sign._style", lambda _field, _stamp: style)
    one = signed(ground.book(ground.sealed), MAYOR)
    assert b"/BaseFont /" in one[len(ground.book(ground.sealed)) :]
    assert stamps_of(io.BytesIO(one)) == Stamps()


@pytest.mark.parametrize("standing", list(StampStanding))
@pytest.mark.parametrize(("width", "height"), [(220, 70), (212, 76), (120, 40)])
def test_our_own_stamps_are_not_told(standing: StampStanding, width: int, height: int) -> None:
    long = "Pelaksana Tugas Kepala Dinas Komunikasi, Informatika, Statistik dan Persandian " * 2
    for office, name in (("Bupati", "Budi Santoso, S.T., M.Si."), (long.strip(), "Đặng Thị É. " * 6)):
        drawn = draw_stamp(Stamp(name, office, NOW, standing, "x" * 64), width, height)
        with pikepdf.open(io.BytesIO(drawn)) as document:
            form = document.pages[0].as_form_xobject()
            found = look_at(document.make_indirect(form), shown=True, place=(width, height))
        assert (found.own_letters, found.turned, found.odd) == (False, {0}, "")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("ground"))


@contextmanager
def letters_of_its_own() -> Iterator[None]:
    """What is signed within has a line of letters in a font of the service's own for a stamp."""
    entries = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/ArialMT", "Encoding": "/WinAnsiEncoding"}
    called = {generic.NameObject(f"/{key}"): generic.NameObject(one) for key, one in entries.items()}
    fonts = generic.DictionaryObject({generic.NameObject("/F"): generic.DictionaryObject(called)})
    with drawing(LINE, Resources=generic.DictionaryObject({generic.NameObject("/Font"): fonts})):
        yield


@pytest.mark.slow
def test_readers_and_signers_are_told_of_letters_of_a_stamps_own(ground: Ground, tmp_path: Path) -> None:
    """A stamp in another font is taken back without a question; whoever reads or signs next is told."""
    sealed = ground.book(ground.sealed)
    with letters_of_its_own():
        one = signed(sealed, MAYOR)
    assert stamps_of(io.BytesIO(one)).own_letters
    found = compare(sealed, one, BOOK)
    assert (found.grade, found.confirm) == (Returned.SAME_BYTES, False)
    assert Comparison.from_json(found.to_json()) == found
    done = SignedFile(
        size=len(one),
        sha256=hashlib.sha256(one).hexdigest(),
        grade="same-bytes",
        fields=(RoleField(role=MAYOR, field=MAYOR),),
    )
    path = tmp_path / "x.asice"
    path.write_bytes(
        ground.forged(
            lambda files: files.update({BOOK: one}), lambda told: with_file(told, BOOK, signed=done)
        )
    )
    verdict = verify(path, ANCHORS, NOW)
    assert "note.stamp_letters" in {each.code for each in verdict.reasons}
    before = notes_before(lambda *_: None, path, ANCHORS, NOW)
    assert "submission.note.stamp_letters" in {each.id for each in before}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (b"(a\\(b\\101\\1\\n)", [97, 40, 98, 65, 1, 10]),
        (b"<4140>", [0x41, 0x40]),
    ],
)
def test_texts_hold_codes_of_one_byte(text: bytes, codes: list[int]) -> None:
    assert codes_of(text) == codes
