"""What lies over letters of a stamp: a service draws its grounds first, and covers nothing."""

from __future__ import annotations

import io
import time
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from desktop.submission.pdf.stamped import look_at, stamps_of
from tests.submission.pdf.test_stamp_pictures import coloured, white
from tests.submission.pdf.test_stamped import helvetica, shown

TEXT = b"BT /F 6 Tf 42 12 Td (DENGAN SYARAT) Tj ET "
COVER = b" 1 g 40 8 80 14 re f "
"""A white rectangle over it."""


def told(content: bytes, inside: dict[str, Any] | None = None, *, lent: bool = True) -> str:
    """What is told of a stamp with a font, a picture and maybe a form."""
    with pikepdf.open(shown(content, inside=inside)) as document:
        look = document.pages[0].Annots[0].AP.N
        held = look.get("/Resources", Dictionary())
        forms = held.get("/XObject", Dictionary())
        if lent:
            forms["/P"] = document.copy_foreign(coloured(SMask=white()))
            held.Font, held.XObject = Dictionary(F=helvetica()), forms
            look.Resources = held
        if inside is not None:
            forms.X.Resources = Dictionary(Font=Dictionary(F=helvetica()))
        document.save(target := io.BytesIO())
    odd = stamps_of(target).odd
    assert odd is None or not odd.unread
    return odd.what if odd is not None else ""


@pytest.mark.parametrize(
    "content",
    [
        TEXT + COVER,
        TEXT + b"1 g 40 8 m 120 8 l 120 22 l 40 22 l h f",
        # half of it, a stripe through it, and stripes beside each other
        TEXT + b"1 g 60 8 80 14 re f",
        TEXT + b"1 G 42 14 m 120 14 l S",
        TEXT + b"1 G 0 w " + b"".join(b"42 %d.5 m 120 %d.5 l S " % (at, at) for at in range(10, 20)),
        TEXT + b"1 g " + b"".join(b"42 %d 80 .01 re f " % at for at in range(10, 20)),
        # lines that are closed, of a rectangle, and as wide as a page
        TEXT + b"1 G 12 w 10 15 m 90 30 l 90 15 l s",
        TEXT + b"1 G 40 w 90 0 60 40 re S",
        TEXT + b"q 80 0 0 12 42 8 cm /P Do Q",
        TEXT + b"q 40 8 80 14 re W n 1 g -99 -99 999 999 re f Q",
        b"q 2 0 0 2 0 0 cm BT /F 5 Tf 21 6 Td (SYARAT) Tj ET Q" + COVER,
        b"q 80 0 0 20 9 9 cm /P Do Q 1 g 9 9 50 20 re f",
        b"q 80 0 0 20 9 9 cm /P Do /P Do Q",
        # of a line without a length some programs draw a point, others nothing
        b"80 w 82 54 m 82.05 54 l S",
        b"80 w 82 54 m 82 54 l h S",
    ],
)
def test_what_lies_over_letters_is_told(content: bytes) -> None:
    assert told(content) == "/AP /N f"


@pytest.mark.parametrize(
    "content",
    [
        COVER + TEXT,
        TEXT + b"0 0 100 40 re S 1 g 0 30 100 10 re f",
        TEXT + b"q 30 0 0 30 5 5 cm /P Do Q",
        # a line below letters, a row that is painted before its own text, a rule between columns
        TEXT + b"42 11 m 120 11 l S",
        TEXT + b".9 g 0 0 100 11 re f 0 g BT /F 9 Tf 42 2 Td (Budi) Tj ET 40 0 m 40 40 l S",
        # a ground, what is cut off, and a picture of which little shows
        b"q 100 0 0 40 0 0 cm /P Do Q 1 g 9 9 50 20 re f " + TEXT,
        TEXT + b"q 0 0 40 40 re W n 1 g -99 -99 999 999 re f 99 0 0 39 0 0 cm /P Do Q",
        # modules of a code
        b"q 30 0 0 30 5 5 cm " + b"0 0 .03 .03 re .1 0 .03 .03 re f " * 300 + b"Q " + TEXT,
        # by hand, a frame, a mark
        b"0 J 0 j 2 w 9 9 m 9 12 l 14 20 l 9 9 l S 9 25 m 12 28 14 25 9 25 c S",
        b"[] 0 d 10 M 2 w 0 0 100 40 re S 9 9 m 20 9 l 15 20 l s",
    ],
)
def test_what_services_draw_covers_nothing(content: bytes) -> None:
    assert told(content) == ""


@pytest.mark.parametrize(
    ("content", "within", "what"),
    [
        (b"/X Do" + COVER, TEXT, "/AP /N f"),
        (TEXT + b"/X Do", COVER, "/AP /N f"),
        (b"/X Do", TEXT + COVER, "/AP /N f"),
        (b"q 1 0 0 1 -40 0 cm /X Do Q" + COVER, b"BT /F 9 Tf 90 12 Td (SYARAT) Tj ET", "/AP /N f"),
        (b"q 0 0 40 40 re W n /X Do Q", TEXT + b"1 g 0 30 9 9 re f", ""),
        (TEXT + b"q 0 0 40 40 re W n /X Do Q", COVER, ""),
        (COVER + b"/X Do", TEXT, ""),
        (b"/X Do " + TEXT, COVER, ""),
    ],
)
def test_forms_lie_over_each_other_as_well(content: bytes, within: bytes, what: str) -> None:
    assert told(content, {"content": within}) == what


def _embedded(kind: str, wide: int) -> Any:
    """A font of others, whose letters are as wide as it says."""
    if kind == "/Type0":
        row = Array([wide] * 60)
        below = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, DW=wide // 2, W=Array([32, row, 92, 200, wide])
        )
        return Dictionary(
            Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H"), DescendantFonts=Array([below])
        )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name("/ABCDEF+Asing"),
        FirstChar=32,
        Widths=Array([wide] * 90),
    )


@pytest.mark.parametrize("kind", ["/TrueType", "/Type0"])
@pytest.mark.parametrize(
    ("content", "hides"),
    [
        (b"BT /E 9 Tf 5 20 Td #SYARAT# Tj ET 1 g 5 18 50 9 re f", True),
        (b"1 g 5 18 50 9 re f BT /E 9 Tf 5 20 Td #SYARAT# Tj ET", False),
        # behind other letters of the same line, and by a font of others before
        (b"BT /E 9 Tf 5 20 Td #SETUJU# Tj #SYARAT# Tj ET 1 g 35 18 40 9 re f", True),
        (b"BT /E 9 Tf 5 20 Td #SETUJU# Tj /F 9 Tf (SYARAT) Tj ET 1 g 35 18 40 9 re f", True),
        (b"BT /E 9 Tf 5 20 Td #SETUJU# Tj ET 1 g 33 18 40 9 re f", False),
        (b"BT /E 9 Tf 5 20 Td #SETUJU# Tj 0 -12 Td #SYARAT# Tj ET 1 g 36 0 40 40 re f", False),
        (b"BT /E -9 Tf 60 20 Td #SYARAT# Tj ET 1 g 30 10 20 9 re f", True),
    ],
)
def test_letters_of_any_font_are_letters(kind: str, content: bytes, hides: bool) -> None:
    """Each program goes on by the widths that a font says, whatever its letters look like."""
    first, *rest = content.split(b"#")
    for at, part in enumerate(rest):
        said = part.decode().encode("utf-16-be").hex().encode() if kind == "/Type0" else part.hex().encode()
        first += b"<" + said + b">" if at % 2 == 0 else part
    with pikepdf.open(shown(first)) as document:
        look = document.pages[0].Annots[0].AP.N
        font = document.make_indirect(_embedded(kind, 500))
        look.Resources = Dictionary(Font=Dictionary(E=font, F=helvetica()))
        document.save(target := io.BytesIO())
    odd = stamps_of(target).odd
    assert (odd is not None and odd.what == "/AP /N f") == hides


@pytest.mark.slow
def test_layers_take_no_time() -> None:
    """Rows of letters, and very many squares among them that touch none; and that form many times."""
    rows = b"".join(b"1 0 0 1 %d %d Tm (a) Tj " % (at % 10 * 9, at // 10 * 4) for at in range(60))
    drawn = b"BT /F 2 Tf " + rows + b"ET 1 0 0 1 60 3 cm " + b"0 0 .1 .1 re 2 0 .1 .1 re f " * 5_000
    with pikepdf.open(shown(b"/X Do " * 50, inside={"content": drawn})) as document:
        look = document.pages[0].Annots[0].AP.N
        look.Resources.XObject.X.Resources = Dictionary(Font=Dictionary(F=helvetica()))
        assert look.Resources.XObject.X.BBox == Array([0, 0, 100, 40])
        assert look.Resources.XObject.X.Subtype == Name.Form
        begin = time.monotonic()
        assert look_at(look, shown=True).unread
    assert time.monotonic() - begin < 20
