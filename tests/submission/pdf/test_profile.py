"""What we seal is of the exact form that our writer writes, and nothing else is."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pytest

from desktop.base.language import Language
from desktop.base.resources import resource
from desktop.books.pdfa import to_pdfa
from desktop.submission.pdf import profile
from desktop.submission.pdf.fields import StampBox, with_fields
from desktop.submission.pdf.font import piece
from desktop.submission.pdf.profile import beyond_profile
from tests.submission.golden_sheet import KEPT
from tests.submission.making import CHANGED
from tests.submission.pdf.bending import AS_IT_IS, run
from tests.submission.tamper import read

BOOK, SHEET = "books/look.id.pdf", "approval/lembar-pengesahan.id.pdf"
FREE = (
    # what a page shows, and which pages there are, is what is sealed; it is drawn plainly all the same
    r"/Page /Contents( \d)?|/Pages /Kids \d+",
    # where within the document a click leads, and from where
    r"/Link /(Dest|Rect) \d|/Page /Annots( \d+)?|/Outlines /First /(Dest \d|Title)|/Catalog /Outlines",
    # the name of a field, which the manifest knows
    r"/Widget /T",
    # one of the two languages
    r"/Catalog /Lang",
    # drawn by chance
    r" /ID [01]",
)
"""Entries whose values differ between our own books; nothing else may differ without being noticed."""


@cache
def sealed(name: str) -> bytes:
    """A document of a package of long ago, as it was sealed: with a table that is a stream."""
    files, manifest = read(KEPT / "sheet.asice")
    (size,) = (one.size for one in manifest.files if one.path == name)
    return files[name][:size]


@cache
def plainly(name: str) -> bytes:
    """The same as it would be sealed today: with a plain table, and no objects within streams."""
    return saved(sealed(name), object_stream_mode=pikepdf.ObjectStreamMode.disable)


def saved(data: bytes, **how: Any) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(target, **{**AS_IT_IS, **how})
    return target.getvalue()


def told(data: bytes) -> str:
    return beyond_profile(io.BytesIO(data))


def check_bent(name: str, *, each: int, most: int | None = None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.exceptions.PageCopyWarning)
        # the sheet as it was, the book as it would be
        counts, passed = run(plainly(name) if name == BOOK else sealed(name), each=each, most=most)
    free = re.compile("|".join(FREE))
    assert {place for place, _ in passed if not free.fullmatch(place)} == set()
    assert counts["noticed"] > 20


@pytest.mark.parametrize("name", [BOOK, SHEET])
def test_what_we_seal_is_of_our_form(name: str) -> None:
    assert told(sealed(name)) == told(plainly(name)) == ""


@pytest.mark.parametrize("name", [BOOK, SHEET])
def test_whatever_is_bent_is_noticed(name: str) -> None:
    check_bent(name, each=1, most=60)


@pytest.mark.torture
@pytest.mark.parametrize("name", [BOOK, SHEET])
def test_each_entry_bent_in_each_way_is_noticed(name: str) -> None:
    check_bent(name, each=3)


def book_with_photo(mode: str) -> bytes:
    from dataclasses import replace

    from PIL import Image

    from desktop.books.compose import compose
    from desktop.books.document import Figure, Photo
    from desktop.books.pdf import render_pdf
    from tests.books import plans

    picture = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert(mode).save(picture, "JPEG")
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    made = replace(made, elements=(*made.elements, Figure(1, "Balai desa", Photo("f" * 64))))
    return render_pdf(made, pictures=lambda _: picture.getvalue()).pdf


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["RGB", pytest.param("L", marks=pytest.mark.torture)])
def test_books_with_photos_notes_tables_and_places_to_sign_are_of_our_form(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportlab.pdfgen import canvas

    # names of photos are drawn by chance; this one begins like a number finer than ours
    monkeypatch.setattr(canvas, "_digester", lambda _: "1234567" + "0" * 33)
    data = book_with_photo(mode)
    assert b"/FormXob.1234567" in data
    assert told(data) == ""
    boxes = {"one": StampBox(0, 60, 300, 300, 370), "two": StampBox(0, 320, 300, 540, 370), "three": None}
    assert told(with_fields(data, boxes, "buku")) == ""


@pytest.mark.parametrize("title", ["", "  a & b <c>  ", "–é—“”", "Жук", "a\u00adb", "\ufffd", "]]>", "þÿ(\\"])
def test_titles_in_any_letters_are_of_our_form(title: str) -> None:
    assert told(drawn(lambda canvas: canvas.drawString(60, 700, "Buku"), title)) == ""


@pytest.mark.parametrize(
    "code",
    [
        *("q 1 0 0 1 .0000001 0 cm Q", "q 1 0 0 1 3. 0 cm Q", "/A BMC EMC", "9 9 m 9 9 99 99 v S", "1 M"),
        # of which one program draws nothing
        "q 50000 0 0 50000 300 130 cm 0 0 m 0 .0006 .0012 .0006 .0012 0 c f* Q",
        "q 1.01 0 0 1.01 0 0 cm 9 9 99 99 re f* Q",
    ],
)
def test_what_our_pages_do_without(code: str) -> None:
    assert told(drawn(lambda canvas: vars(canvas)["_code"].append(code), "Buku")) == "/Page /Contents"


@pytest.mark.parametrize("count", [31, 32, 126, 127, 128, 255, 600])
def test_fonts_in_several_pieces_are_of_our_form(count: int) -> None:
    letters = "".join(chr(code) for code in range(0xA1, 0x500) if chr(code).isalpha())[:count]
    assert told(drawn(lambda canvas: canvas.drawString(60, 700, letters), "Buku")) == ""


def test_a_piece_of_a_font_is_the_one_that_reportlab_cuts_out() -> None:
    from reportlab.pdfbase.ttfonts import TTFontFile

    letters = (0,) * 32 + tuple(map(ord, " aéőﬁ½"))
    for path in sorted(resource("fonts").glob("*.ttf")):
        font = TTFontFile(str(path))
        program, widths = piece(path.name, letters)
        assert program == font.makeSubset(list(letters))
        assert list(widths) == [font.charWidths.get(one, font.defaultWidth) for one in letters]


def lend(document: pikepdf.Pdf, name: str) -> None:
    """One more font by another number, equal to one of ours."""
    fonts = document.pages[0].obj.Resources.Font
    fonts[name] = document.make_indirect(pikepdf.Dictionary(dict(fonts["/F1+0"].items())))
    fonts[name].Name = pikepdf.Name(name)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page)),
        lambda document: document.Root.__setitem__("/Lang", pikepdf.String("de")),
        lambda document: document.docinfo.__setitem__("/Title", pikepdf.String("Buku lain")),
        lambda document: document.Root.Metadata.write(b"<x/>"),
        lambda document: document.pages[0].obj.__setitem__("/MediaBox", pikepdf.Array([0, 0, 600, 800])),
        lambda document: document.Root.OutputIntents[0].DestOutputProfile.write(b"x"),
        # programs that cut long names would find another font by it
        lambda document: lend(document, "/F1+" + "0" * 251),
        lambda document: lend(document, "/F1+00"),
        lambda document: lend(document, "/F01+0"),
    ],
)
def test_what_our_writer_does_not_write(change: Callable[[Any], None]) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed(BOOK))) as document:
        held = change(document)
        if held is not None:
            document.Root.Pages.Kids[0].Resources.ProcSet.append(held)
        document.save(target, **AS_IT_IS)
    assert told(target.getvalue())


def test_a_sign_for_signing_services_has_its_font() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed(SHEET))) as document:
        lent = (form for page in document.pages for form in page.obj.Resources.get("/XObject", {}).values())
        sign = next(one for one in lent if one.Subtype == "/Form")
        del sign.Resources.Font["/F1+0"]
        document.save(target, **AS_IT_IS)
    assert told(target.getvalue()) == "/Form"


def test_what_is_written_otherwise_is_told() -> None:
    assert told(saved(sealed(BOOK), linearize=True))
    assert told(sealed(BOOK).replace(b"%PDF-1.5", b"%PDF-1.7", 1)) == "%PDF"
    plain = plainly(BOOK)
    about = plain[plain.rindex(b"/ID") : plain.rindex(b" >>")]
    for data, old, new in (
        (sealed(BOOK), b"/Filter /FlateDecode", b"/Filter/FlateDecode "),
        (sealed(BOOK), b"endobj\n", b"endobj\r"),
        (sealed(BOOK), b"%%EOF\n", b"%%EOF "),
        (sealed(BOOK), b"/Type /ObjStm", b"/Type%/ObjStm"),
        (plain, b"0000000000 65535 f \n", b"0000000000 65535 f\r\n"),
        (plain, b" 00000 n \n", b" 00001 n \n"),
        (plain, b"\nxref\n", b"\nxref\r"),
        (plain, b"trailer <<", b"trailer<< "),
        (plain, about, about + b" /Type /XRef"),
        (plain, about, about + b" /XRefStm 15"),
        (plain, b"startxref\n", b"startxref "),
    ):
        changed = data.replace(old, new, 1)
        assert changed != data
        with contextlib.suppress(pikepdf.PdfError):
            assert told(changed)


def drawn(draw: Callable[[Any], None], title: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from desktop.books.fonts import REGULAR, register

    register()
    target = io.BytesIO()
    canvas = Canvas(target, initialFontName=REGULAR, lang="id", invariant=1, pageCompression=1)
    for tell in (canvas.setTitle, canvas.setAuthor, canvas.setSubject, canvas.setKeywords):
        tell(title)
    canvas.setFont(REGULAR, 9)
    canvas.bookmarkHorizontal("key", 0, 700)
    canvas.addOutlineEntry(title or "Buku", "key", 0)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return to_pdfa(target.getvalue(), CHANGED)


def test_what_was_found_to_be_ours_is_looked_at_once_and_all_else_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was said in want of memory, or by a reader that fell over, would have been said again."""
    looked: list[int] = []
    look = profile._beyond_profile

    def count(file: Any) -> str:
        looked.append(len(file.getbuffer()))
        return look(file)

    monkeypatch.setattr(profile, "_beyond_profile", count)
    monkeypatch.setattr(profile._OURS, "_known", {})
    book = sealed(BOOK)
    spoilt = book.replace(b"%PDF-1.5", b"%PDF-1.7", 1)
    assert [told(one) for one in (book, spoilt, book, spoilt)] == ["", "%PDF", "", "%PDF"]
    assert looked == [len(book), len(spoilt), len(spoilt)]
    for _ in range(2):
        with pytest.raises(pikepdf.PdfError):
            told(b"%PDF-1.5\n")
    assert len(looked) == 5
