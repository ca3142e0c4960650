"""The approval sheet as an official reads it: nothing but this package's hashes and words, all to be read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from types import SimpleNamespace

import msgspec
import pikepdf
import pytest

from desktop.base.fingerprint import groups_of, words_of
from desktop.base.resources import resource
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.pdf.fields import StampBox, with_fields
from desktop.submission.refusal import Refused, code_of
from desktop.submission.sheet.lines import lines_are_plain, words_are_own
from desktop.submission.sheet.proof import check_sheet
from desktop.submission.stampplaces import stamp_places
from tests.submission import tamper
from tests.submission.golden_sheet import KEPT

SHEET = "approval/lembar-pengesahan.id.pdf"
OTHER = "deadbeef01234567" * 4


@pytest.fixture(scope="module")
def kept() -> tuple[bytes, PackedFile, Manifest]:
    """The first sheet as it was sealed."""
    files, manifest = tamper.read(KEPT / "sheet.asice")
    file = next(one for one in manifest.files if one.path == SHEET)
    return files[SHEET][: file.size], file, manifest


def other_font(document: pikepdf.Pdf, letters: str, change: Callable | None = None) -> pikepdf.Object:
    """Our own font under its own name: a code is the letter it stands for."""
    from fontTools import subset
    from fontTools.ttLib import TTFont, newTable
    from fontTools.ttLib.tables._c_m_a_p import cmap_format_4

    font = TTFont(str(resource("fonts", "NotoSans-Regular.ttf")))
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=[])
    cut = subset.Subsetter(options)
    cut.populate(text=letters)
    cut.subset(font)
    best = {code: glyph for code, glyph in font.getBestCmap().items() if code < 256}
    if change is not None:
        change(font, best)
    table = cmap_format_4(4)
    table.platformID, table.platEncID, table.language, table.cmap = 1, 0, 0, best
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion, font["cmap"].tables = 0, [table]
    unit = font["head"].unitsPerEm
    widths = [round(1000 * font["hmtx"][best[code]][0] / unit) if code in best else 0 for code in range(256)]
    target = io.BytesIO()
    font.save(target)
    said = "".join(f"<{code:02X}> <{code:04X}>\n" for code in best)
    codes = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /x def 1 begincodespacerange "
        f"<00> <FF> endcodespacerange {len(best)} beginbfchar\n{said}endbfchar endcmap end end"
    )
    name = pikepdf.Name("/AAAAAA+NotoSans-Regular")
    about = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[-600, -300, 2800, 1100],
        ItalicAngle=0, Ascent=1069, Descent=-293, CapHeight=714, StemV=80,
        FontFile2=document.make_stream(target.getvalue(), Length1=len(target.getvalue())),
    )  # fmt: skip
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=name, FirstChar=0, LastChar=255,
            Widths=widths, FontDescriptor=document.make_indirect(about),
            ToUnicode=document.make_stream(codes.encode()),
        )
    )  # fmt: skip


def drawing(content: str, letters: str = OTHER + " OlzTIDAK.") -> Callable[[pikepdf.Pdf], None]:
    """Text besides, in our font /F99."""

    def draw(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.Resources.Font["/F99"] = other_font(document, letters)
        document.pages[0].contents_add(content.encode(), prepend=False)

    return draw


def text(operators: str) -> str:
    return f"q 0 0 0 rg BT /F99 9 Tf {operators} ET Q"


def half(letters: str = OTHER[:32]) -> str:
    return " ".join(groups_of(letters))


def climbing(step: float) -> str:
    """Each letter a little higher than the one before it."""
    return "60 60 Td " + " ".join(f"({sign}) Tj 5.5 {step} Td" for sign in OTHER[:32])


def uneven() -> str:
    """Each group a little higher or lower than the one before it."""
    groups = half().split()
    return "60 60 Td " + " ".join(f"{at % 3} Ts ({group}) Tj" for at, group in enumerate(groups))


def numbered(words: Iterable[str]) -> str:
    return " ".join(f"{number}. {word}" for number, word in enumerate(words, 1))


def in_a_form(document: pikepdf.Pdf) -> None:
    """A full stop in a form, whose glyph draws something else."""
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    def bent(font, best) -> None:
        glyphs = font.getGlyphSet()
        pen = TTGlyphPen(glyphs)
        glyphs[best[ord(".")]].draw(pen)
        at = 800.0
        for sign in "TIDAK":
            glyphs[best[ord(sign)]].draw(TransformPen(pen, (1, 0, 0, 1, at, 0)))
            at += glyphs[best[ord(sign)]].width
        font["glyf"][best[ord(".")]] = pen.glyph()

    font = other_font(document, ".TIDAK", bent)
    form = document.make_stream(
        b"BT 0 0 0 rg /F99 20 Tf 60 60 Td (.) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 595, 842], Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F99=font)),
    )  # fmt: skip
    page = document.pages[0]
    if "/XObject" not in page.obj.Resources:
        page.obj.Resources.XObject = pikepdf.Dictionary()
    page.obj.Resources.XObject["/X99"] = form
    page.contents_add(b"q /X99 Do Q", prepend=False)


def in_many_groups(document: pikepdf.Pdf) -> None:
    """A picture in a form within as many forms as are looked into."""
    inner = document.make_stream(b"\0" * 300, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    inner.Width = inner.Height = 10
    inner.ColorSpace, inner.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    drawn = b"q 90 0 0 90 60 60 cm /X99 Do Q"
    for _ in range(9):
        inner = document.make_stream(
            drawn, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(X99=inner)),
        )  # fmt: skip
        drawn = b"/X99 Do"
    page = document.pages[0]
    if "/XObject" not in page.obj.Resources:
        page.obj.Resources.XObject = pikepdf.Dictionary()
    page.obj.Resources.XObject["/X99"] = inner
    page.contents_add(b"q /X99 Do Q", prepend=False)


_HASH = re.compile(
    rb"BT 1 0 0 1 (\S+) (\S+) Tm (\S+) TL (\S+ \S+ \S+) rg (/F\S+) (\S+) Tf (\S+) TL "
    rb"\(([0-9a-f ]{39})\) Tj  T\* \(([0-9a-f ]{39})\) Tj"
)


def rewritten(scale: float, look: float, colour: str = "") -> Callable[[pikepdf.Pdf], None]:
    """The documents' hashes in a font so many times as large, which looks so many times as large."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.contents_coalesce()

        def anew(found: re.Match[bytes]) -> bytes:
            x, y, lead, ink, font, size, _, one, two = (part.decode() for part in found.groups())
            m, points, down = look / scale, float(size) * scale, float(lead) * scale
            return (
                f"BT {m:.4f} 0 0 {m:.4f} {x} {y} Tm {down:.2f} TL {colour or ink} rg {font} {points:.2f} Tf "
                f"({one}) Tj T* ({two}) Tj"
            ).encode()

        after, count = _HASH.subn(anew, page.obj.Contents.read_bytes())
        assert count
        page.obj.Contents = document.make_stream(after)

    return change


def with_signs_between(sign: str, ink: str) -> str:
    groups = " ".join(
        f"0 0 0 rg /F99 9 Tf ({group}) Tj {ink} rg /F99 6 Tf ({sign}) Tj" for group in half().split()
    )
    return f"60 60 Td {groups}"


FORGED: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "another hash": drawing(text(f"60 60 Td ({half()}) Tj")),
    "with letters like figures": drawing(
        text(f"60 60 Td ({half().replace('0', 'O').replace('1', 'l')}) Tj")
    ),
    "on a slope": drawing(text(f"1 0.02 -0.02 1 60 60 Tm ({half()}) Tj")),
    "climbing": drawing(text(climbing(0.55))),
    "uneven": drawing(text(uneven())),
    "with white letters between": drawing(text(with_signs_between("z", "1 1 1"))),
    "with letters between": drawing(text(with_signs_between("z", ".3 .3 .3"))),
    "by the glyph of a full stop": in_a_form,
    "a picture in many groups": in_many_groups,
    "the true ones too small": rewritten(1, 0.4),
    "too small by their matrix": rewritten(2, 0.4),
    "in white by the size of a watermark": rewritten(10, 1, "1 1 1"),
    "in white": rewritten(1, 1, "1 1 1"),
    "ten other words": drawing(
        text(f"60 60 Td ({numbered(words_of('ab' * 32))}) Tj"),
        "0123456789. abcdefghijklmnopqrstuvwxyz",
    ),
}  # fmt: skip


def checked(kept: tuple[bytes, PackedFile, Manifest], change: Callable[[pikepdf.Pdf], None], **signed) -> str:
    """What is said of a sheet that was changed before it was sealed; empty when nothing is."""
    data, file, manifest = kept
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(target)
    values = {"signed": msgspec.structs.replace(file.signed, **signed)} if signed else {}
    try:
        check_sheet(target, msgspec.structs.replace(file, size=len(target.getvalue()), **values), manifest)
    except Refused as error:
        return code_of(error.message)
    return ""


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_no_other_hash_is_shown_and_the_true_ones_are_read(kept, change) -> None:
    assert checked(kept, change) in {"sheet.unseen", "sheet.differs"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [lambda _: None, rewritten(2, 1), drawing(text("60 60 Td (TIDAK.) Tj"))],
    ids=["as sealed", "a size and a matrix that come to the same", "words"],
)
def test_what_is_plainly_written_passes(kept, change) -> None:
    assert not checked(kept, change)


def widened(document: pikepdf.Pdf) -> None:
    """A stamp's place as large as the page: anything could stand in it."""
    field = next(one for one in document.pages[0].obj.Annots if "/Rect" in one and float(one.Rect[2]) > 0)
    field.Rect = pikepdf.Array([0, 0, 595, 842])


def over_the_hashes(document: pikepdf.Pdf) -> None:
    """A small one that lies on what has to be read."""
    page = document.pages[0]
    page.contents_coalesce()
    found = _HASH.search(page.obj.Contents.read_bytes())
    x, y = float(found[1]), float(found[2])
    field = next(one for one in page.obj.Annots if "/Rect" in one and float(one.Rect[2]) > 0)
    field.Rect = pikepdf.Array([x - 5, y - 20, x + 200, y + 20])


@pytest.mark.slow
def test_a_stamps_place_in_a_sheet_written_anew_hides_nothing(kept) -> None:
    assert not checked(kept, lambda _: None, grade="same-pages")
    for change in (widened, over_the_hashes):
        # the drawing of our own table lies elsewhere than its text on a page: any reason will do
        assert checked(kept, change, grade="same-pages") in {"sheet.unseen", "sheet.differs"}


@pytest.mark.parametrize("letters", ["1 Tf 60 0 0 60", "60 Tf .2 0 0 .2", "60 Tf 1 0 0 1", "12 Tf 1 0 0 1"])
def test_a_box_with_writing_in_it_is_no_place_for_a_stamp(letters: str) -> None:
    """As large as a watermark by its size or by its matrix: it is black all the same."""
    assert _places("") == 1
    assert not _places(f"q 0 0 0 rg BT /F99 {letters} 90 600 Tm (TIDAK) Tj ET Q")


BLACK = "q 0 0 0 rg {} Q"


@pytest.mark.parametrize(
    "drawn",
    [
        # a figure of the signs that services look for
        " ".join(f"BT /F99 14 Tf 1 0 0 1 {90 + 6 * at} 600 Tm (|=) Tj ET" for at in range(4)),
        # one of them, but not where it belongs, or of another size
        "BT /F99 7 Tf 1 0 0 1 90 600 Tm (#) Tj ET",
        "BT /F99 30 Tf 1 0 0 1 63 563 Tm (#) Tj ET",
        # what lies across the edge
        "BT /F99 12 Tf 1 0 0 1 90 696 Tm (Rp 500) Tj ET",
        "BT /F99 12 Tf 1 0 0 1 90 690 Tm (500) Tj ET",
        # small lines, such as a figure is made of; at the edge as well
        "90 600 .8 9 re f",
        "64 600 .8 9 re f",
    ],
)
def test_nothing_that_a_stamp_could_cover_lies_in_its_box(drawn: str) -> None:
    assert not _places(BLACK.format(drawn))


def test_letters_beside_a_box_are_not_in_it() -> None:
    beside = "BT /F99 12 Tf 1 0 0 1 90 704 Tm (Rp 500) Tj ET"
    assert _places(BLACK.format(beside)) == 1


def _places(content: str) -> int:
    """Whether a box in the middle of an empty page, with this drawn into it, counts."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary())
        if content:
            drawing(content)(document)
        target = io.BytesIO()
        document.save(target)
    boxed = with_fields(target.getvalue(), {"mayor": StampBox(0, 60, 560, 360, 700)}, "x")
    return len(stamp_places(boxed))


def test_lines_and_words_of_common_text_are_plain() -> None:
    own = "8fc1ba79" * 8

    def line(said: str):
        return [
            SimpleNamespace(sign=sign, matrix=(1, 0, 0, 1, 6.0 * at, 50.0), seen=9.0)
            for at, sign in enumerate(said.replace(" ", ""))
        ]

    for said in (
        "Rencana Kabupaten Lampung Timur (18.07), Lampung; 2026-2029 di Desa Sido Dadi",
        f"3 Buku III Rencana Induk 124 {half(own[:32])}",
        "Pedoman Uji Kota Bahagia, versi 2026.1, 30 November 2026 08.00",
        "NIP 19700101 199003 2 001 dari keadaan data yang mana",
    ):
        assert lines_are_plain(line(said), [own]), said
    assert not lines_are_plain(line(half().replace("0", "O")), [own])
    assert not lines_are_plain(line(f"NIP {half()}"), [own])
    assert not lines_are_plain(line(f"NIP {'1234 ' * 8}"), [own])
    fingerprint = "0" * 64
    printed = " ".join(f"{number} {word}" for number, word in enumerate(words_of(fingerprint), 1))
    assert words_are_own(f"Sidik dokumen {printed} Dihitung dari seluruh isian", fingerprint)
    assert not words_are_own(f"{printed} {' '.join(words_of('1' * 64))}", fingerprint)
    assert not words_are_own("Sidik dokumen", fingerprint)


def test_a_hash_before_a_word_of_the_list_numbers_nothing() -> None:
    """Whether a sound sheet passes does not hang on how its hashes end, nor on how many pages it has."""
    from desktop.base.fingerprint import words_of
    from desktop.submission.sheet.lines import words_are_own

    fingerprint = "89" * 32
    printed = " ".join(f"{number} {word}" for number, word in enumerate(words_of(fingerprint), 1))
    text = f"{printed} ab3 Surat f4 Surat 1 Halaman 2 Halaman 3 Halaman"
    assert words_are_own(text, fingerprint)
    # what any sheet says, and what titles say
    assert words_are_own(f"{text} dan 5 Tahun serta 6 Surat dalam 10 tahun, 5 program", fingerprint)
    assert not words_are_own(f"{text} 5 pangan 6 segera 7 palem 8 kopi", fingerprint)
