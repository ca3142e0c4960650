"""What one program draws and another does not, as pdfium, poppler, MuPDF and ghostscript showed it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from desktop.submission.pdf.drawing import is_drawn_plainly

HELD = Pdf.new()
LETTERS = "".join(f"<{code:02X}> <{code if code > 31 else 0:04X}>\n" for code in range(128))
FONT = Dictionary(BaseFont=Name("/AAAAAA+NotoSans-Regular"), ToUnicode=HELD.make_stream(LETTERS.encode()))
WIDE = Dictionary(
    BaseFont=Name("/AAAAAA+NotoSans-Regular"),
    ToUnicode=FONT.ToUnicode,
    FirstChar=0,
    Widths=Array([600] * 128),
)
LENT = Dictionary(
    Font=Dictionary(F=FONT),
    XObject=Dictionary(
        P=HELD.make_stream(b"", Subtype=Name.Image), X=HELD.make_stream(b"", Subtype=Name.Form)
    ),
)

PLAIN = (
    b"",
    b"q 1 0 0 1 0 0 cm BT 1 0 0 1 9 9 Tm 9 TL /F 9 Tf 0 g (a\\(b) Tj T* (c\\176) Tj 3 Ts (1) Tj 0 Ts ET Q",
    b".4 w 0 J 0 j [2 2] 0 d n 9 9 m 99 9 l S",
    b"1 J [.01 2] 0 d 9 9 m 99 9 l S [] 0 d",
    b"n 9 9 99 99 re W* n 0 0 1 rg 20 20 m 30 40 40 40 50 20 c h f*",
    b"q 100 0 0 50 9 9 cm /P Do Q q 1 0 0 1 9 9 cm /X Do Q",
    b"/Tx BMC BT /F 9 Tf 9 9 Td (a) Tj ET EMC",
    b"1 w 9 9 m 10 9 l 10 10 l s",
    b"0.30000000000000004 g 9.012345678901234567 9 99 99 re f",
    # a net of which nothing is rated yet, and one with a single value
    b".859 .906 .973 rg 9 9 m 9 9 l 9 9 l h f 1.6 w 0 J 9 9 m 9 9 l 9 9 l h S",
    b".859 .906 .973 rg 9 9 m 99 9 l 9 9 l h f",
    # one with small scores, and lines across the corner of a bar
    b"1.6 w 9 9 m 10 9 l 9.5 9.8 l h S",
    b".7 w 1 G 200.6 356.6 m 200 357.2 l S",
    b"2.4 w 198.7289 246.2874 m 200.5 247.31 l S",
    # one whose scores are nothing here and there, below a heading
    b"BT /F 9 Tf 9 300 Td (a) Tj ET .859 .906 .973 rg 9 9 m 9 99 l 9 9 l 99 9 l 99 -99 l 9 9 l h f",
)
TOLD = {
    # of which ghostscript, MuPDF and pdf.js read none, and draw what others hide
    "decimals without end": b"240." + b"0" * 520 + b" 9 99 99 re f",
    "a share of a colour without end": b"." + b"3" * 300 + b" g 9 9 99 99 re f",
    "dashes without end": b"[3." + b"0" * 300 + b" 2] 0 d 9 9 m 99 9 l S",
    "no dash but after many noughts": b"[.01" + b"0" * 300 + b" 2] 0 d 9 9 m 99 9 l S",
    "a name without end": b"/" + b"A" * 300 + b" gs",
    "letters that are not read aloud": b"/Artifact BMC BT /F 9 Tf 9 9 Td (a) Tj ET EMC",
    "letters that are read from behind": b"BT /F 9 Tf 9 9 Td /ReversedChars BMC (a) Tj EMC ET",
    "marks that are another word": b"/TxBMC EMC",
    "a path within text": b"BT /F 9 Tf 0 0 m (a) Tj 9 9 l S ET",
    "states kept within text": b"BT /F 9 Tf q (a) Tj Q ET",
    "text without its beginning": b"9 9 Td (a) Tj",
    "a line without a beginning": b"9 9 l 99 99 l 99 9 l f",
    "colour within a path": b"9 9 99 99 re 1 0 0 rg f",
    "a letter that the font lacks": b"BT /F 9 Tf (\\177) Tj ET",
    "a code without a letter": b"BT /F 9 Tf (\\001) Tj ET",
    "half a letter": b"BT /F 9 Tf <5> Tj ET",
    "a font that is not there": b"BT /G 9 Tf (a) Tj ET",
    "a picture that is not there": b"/Q Do",
    "a state that is not there": b"/G gs",
    "more than all of a colour": b".8 .9 999999 rg 9 9 99 99 re f",
    "less than nothing of grey": b"-1 g 9 9 99 99 re f",
    "four colours": b"1 0 0 0 k 9 9 99 99 re f",
    "a line of negative width": b"-1 w 9 9 m 99 9 l S",
    "a line of no width": b"0 w 9 9 m 99 9 l S",
    "unknown ends": b"5 J 9 9 m 99 9 l S",
    "a line of no length": b"20 w 2 J 9 9 m 9 9 l S",
    "a closed line of no length": b"20 w 1 J 9 9 0 0 re S",
    "a fill of no height": b"9 9 99 0 re f",
    "a fill of no height, on a slope": b"9 9 m 50 50 l 20 20 l f",
    "dashes that begin before": b"20 w [30 10] -15 d 9 9 m 99 9 l S",
    "hairs in white": b"1 g " + b"9 9 110 0 re f* " * 7,
    "a hair in white over letters": b"BT /F 9 Tf 9 9 Td (a) Tj ET 1 g n 9 12 m 99 12 l 9 12 l h f*",
    "a hair in white over turned letters": b"BT /F 9 Tf 0 1 -1 0 50 9 Tm (a) Tj ET "
    b"1 g 48 9 m 48 99 l 48 9 l f",
    "a hair in black": b"0 g 9 9 110 .03 re f*",
    "a fine line": b".1 w 9 9 m 99 9 l S",
    "a fine line by the matrix": b".1 0 0 .1 0 0 cm 1 w 9 9 m 99 9 l S",
    "lines of next to no length": b"99 w 9 9 m 9.1 9 l S",
    "dashes of next to no length": b"1 w 0 J [.011 .9] 0 d 9 9 m 99 9 l S",
    "gaps that round ends close": b"1 w 1 J [2 1.2] 0 d 9 9 m 99 9 l S",
    "thick dots": b"9 w 1 J [.01 20] 0 d 9 9 m 99 9 l S",
    "a spike": b"0 g 9 9 m 9 20 l 20 9 l 9 9 l 119 9 l 9 9 l f*",
    "a fine spike": b"0 g 9 9 m 9 20 l 20 9 l 9 9.05 l 119 9 l f*",
    "a spike where it closes": b"0 g 99 9 m 9 9 l 9 20 l 40 20 l 40 9 l 9 9 l f*",
    "a bend out and back": b"0 g 9 9 m 9 20 l 20 9 l 120 9 120 9 20 9 c f*",
    "a comb": b"0 g 9 0 m 9 20 l 0 20 l 0 10.01 l -99 10.01 l -99 10 l 0 10 l 0 0 l f*",
    "a frame as thin as can be": b"0 g 9 9 99 16 re 9 9 99 15.99 re f*",
    "a path without end": b"0 g 0 9 m " + b"590 9.3 l 0 9 l " * 60 + b"h 9 9 99 99 re f*",
    "a path of many corners": b"0 g 0 9 m " + b"5 9.3 l 0 9 l " * 1300 + b"h 9 9 99 99 re f*",
    "a clip of no height": b"n 9 9 110 0 re W* n",
    "a clip of hardly any height": b"n 9 9 110 .9 re W* n",
    "clips that hardly meet": b"n 9 9 99 99 re W* n n 9 107.5 99 99 re W* n",
    "clips within each other": b"n 9 9 99 99 re W* n " * 29,
    "states within each other": b"q " * 29 + b"Q " * 29,
    "the smallest letters": b"BT /F .55 Tf 9 9 Td (a) Tj ET",
    "a picture as thin as a hair": b"99 0 0 .5 9 9 cm /P Do",
    "dashes without gaps": b"20 w [5 .01] 0 d 9 9 m 99 9 l S",
    "corners without end": b"999999 M 30 w 99 9 m 100 99 l 101 9 l S",
    "letters pressed together": b"BT /F 9 Tf 1 Tz (a) Tj ET",
    "a picture as thin as can be": b"99 0 0 .01 9 9 cm /P Do",
    "a form drawn with a thick pen": b"349 w /X Do",
    "a form drawn with round ends": b"1 J /X Do",
    "letters of no font": b"q /F 9 Tf Q BT (a) Tj ET",
    "one dash": b"20 w [30] 0 d 9 9 99 99 re S",
    "a bend within its own thickness": b"100 w 9 9 m 20 110 30 110 40 9 c S",
    "a corner within its own thickness": b"300 w 9 9 m 20 9 l 20 20 l S",
    # closed lines of two corners: ends for pdfium, none for the others, and the other way round with joins
    "a closed line with square ends": b"17.6 w 2 J 9 9 m 9.3 9 l s",
    "a closed line with round ends": b"3 w 1 J 9 9 m 99 9 l h S",
    "a closed line with round corners": b"3 w 1 j 9 9 m 99 9 l b",
    "a closed line of three corners in a row": b"3 w 2 J 9 9 m 99 9 l 50 9 l s",
    "a closed line behind another": b"3 w 2 J 9 9 m 99 9 l 50 99 l h 20 9 l h S",
    "a line that goes on behind a rectangle": b"3 w 2 J 9 9 99 99 re 20 9 l h S",
    "a flat rectangle with round corners": b"3 w 1 j 9 9 99 0 re S",
    "a closed line that is shorter than its pen is thick": b"9 w 9 9 m 12 9 l s",
    "a rectangle within its own thickness": b"15 w 9 9 10 1 re S",
    "dots around a corner": b".3 w 1 J [.01 3.6] 0 d 9 9 m 99 9 l 99 99 l S",
    "dashes around a rectangle by a pen that is thicker": b"2 w [1 2] 0 d 9 9 99 99 re S",
    "dashes around a corner by a thick pen": b"10 w [12 8] 0 d 9 9 m 99 9 l 99 99 l S",
    "dashes around a bend by a thick pen": b"10 w [12 8] 0 d 9 9 m 9 99 99 99 99 9 c S",
    "a bend that is tighter than its pen": b"10 w 162 128 m 114 218 124 203 142 160 c S",
    "a bend out and back by a fine pen": b"1 w 105 165 m 285 165 45 170 225 165 c S",
    "the side that closes within its own thickness": b"20 w 179 184 m 183 145 l 139 168 l 182 185 l h S",
    "a side within its own thickness": b"20 w 119 150 m 114 127 l 110 125 l S",
    "a slanted pen": b"20 0 0 .1 0 0 cm 5 w 5 400 m 20 400 l S",
    "far away": b"9 9 m 9 99 99 99999 200 9 c f",
    "far away by the matrix": b"9999 0 0 9999 0 0 cm 9 9 9 9 re f",
    "a picture that is larger than any page": b"99999 0 0 99999 -50000 -50000 cm /P Do",
    "a form as thin as can be": b"1 0 0 .001 0 0 cm /X Do",
    "letters as large as can be": b"BT /F 1000 Tf (a) Tj ET",
    "letters as small as can be": b"BT /F 9 Tf .0001 0 0 .0001 9 9 Tm (a) Tj ET",
    "letters as thin as can be": b"BT /F 9 Tf .001 0 0 9 9 9 Tm (a) Tj ET",
    "a letter beyond those of the font": b"BT /F 9 Tf 9 9 Td (\\312) Tj ET",
    "a line end within a text": b"BT /F 9 Tf 9 9 Td (5\r0) Tj ET",
    "a sign after a backslash": b"BT /F 9 Tf 9 9 Td (5\\n0) Tj ET",
    "letters pushed apart": b"BT /F 9 Tf 9 9 Td [(5) -1500 (0)] TJ ET",
    "a thousand steps there and back": b"BT /F 9 Tf " + b"999.03 0 Td -999 0 Td " * 600 + b"(a) Tj ET",
    "a thousand matrices": b"1 0 0 1 999.03 0 cm 1 0 0 1 -999 0 cm " * 600,
    "there and back again": b"BT /F 9 Tf 999999.03 0 Td -999999 0 Td (a) Tj ET",
    "a long way by the matrix": b"q 1 0 0 1 999999 0 cm 1 0 0 1 -999999 0 cm 9 9 m 99 9 l S Q",
    "a zero byte behind an operator": b"0 w\0 9 9 m 99 9 l S",
    "a form within raised letters": b"30 Ts /X Do",
    "letters spread far": b"BT /F 9 Tf 300 Tw (a b) Tj ET",
    "more ends": b"q Q Q",
    # numbers that are harmless one by one, and lead beyond single precision together
    "letters of next to nothing made large": b"BT 120000 0 0 120000 9 9 Tm /F .0001 Tf (a) Tj ET",
    "letters of next to nothing on a large page": b"q 1000 0 0 1000 9 9 cm BT 12 0 0 12 0 0 Tm "
    b"/F .001 Tf (a) Tj ET Q",
    "letters made small behind their size": b"/F 9 Tf q .01 0 0 .01 9 9 cm BT (a) Tj ET Q",
    "bends made large": b"q 50000 0 0 50000 300 130 cm 0 0 m 0 .0006 .0012 .0006 .0012 0 c f* Q",
    "bends made large one way": b"q 900 0 0 1 9 9 cm 0 0 m 0 40 .1 40 .1 0 c f* Q",
    "a page as small as nothing, and large again": b"q "
    + b".001 0 0 .001 0 0 cm " * 14
    + b"1000 0 0 1000 0 0 cm " * 14
    + b"9 9 99 99 re f* Q",
    "a shape that is slanted without end": b"q 999 0 -998.999 .001 9 9 cm 20 20 m 20.1 20 l 20.1 29 l f* Q",
    "dashes that begin a long way off": b"q 100 0 0 100 9 9 cm .01 w [.06 .03] 999999 d 0 0 m 1 0 l S Q",
    "the longest of dashes": b"q 100 0 0 100 9 9 cm .01 w [.06 999999] 0 d 0 0 m 1 0 l S Q",
    "the widest of pens": b"999999 w 9 9 m 99 9 l S",
    "a pen that the matrix makes the widest": b"q 900 0 0 900 9 9 cm 1900 w 0 0 m .1 0 l S Q",
    "letters pushed far apart by the matrix": b"BT 500 0 0 500 9 9 Tm /F .1 Tf 99 Tc (ab) Tj ET",
    "words pushed far apart, and back": b"BT /F 9 Tf 9 9 Td 99 Tw ("
    + b" " * 300
    + b") Tj -99 Tw ("
    + b" " * 300
    + b"a) Tj ET",
    "letters raised far": b"BT 500 0 0 500 9 9 Tm /F .1 Tf 99 Ts (a) Tj ET",
    "more beginnings": b"q",
}
COVERED = {
    "a fill": b"1 g 9 9 40 20 re f*",
    "thick bars with gaps": b"1 g 9 14.1 99 3 re f* 9 17.8 99 3 re f*",
    "navy on navy": b"0 0 .5 rg 20 0 5 99 re f*",
    "a picture": b"q 90 0 0 50 9 9 cm /P Do Q",
    "a circle": b"1 g 30 12 m 30 16 26 20 20 20 c 14 20 10 16 10 12 c h f*",
    "a clipped fill": b"q n 9 9 500 500 re W* n 1 g 9 9 40 20 re f* Q",
    "lines": b"1 w 9 16 m 99 16 l S 9 17 m 99 17 l S 9 18 m 99 18 l S",
}


@pytest.mark.parametrize("case", COVERED)
def test_nothing_of_ours_is_painted_over_letters(case: str) -> None:
    """However thick it is, letters below it are seen in one program and not in the next."""
    lent = Dictionary(Font=Dictionary(F=WIDE), XObject=LENT.XObject)
    for text in (
        b"BT /F 9 Tf 1 0 0 1 12 14 Tm (Rp) Tj (900) Tj ET ",
        b"BT /F 9 Tf 2 0 Td 6 TL (m\\(m) Tj T* 10 20 Td (mmmm) Tj ET ",
        b"BT /F 9 Tf 5 Tw 1 0 0 1 -9 14 Tm ( m ) Tj 2 Tc (mmmmmmm) Tj ET 0 Tw 0 Tc ",
    ):
        content = text + COVERED[case]
        assert not is_drawn_plainly(content, lent, ours=True), text
        assert is_drawn_plainly(COVERED[case] + b" " + text, lent, ours=True)


def test_a_line_leads_below_letters_and_a_watermark_lies_under_all() -> None:
    lent = Dictionary(Font=Dictionary(F=WIDE))
    for content in (
        b"BT /F 9 Tf 1 0 0 1 12 14 Tm (Rp 900) Tj ET 1 w 9 13 m 99 13 l S 9 30 m 99 30 l S 9 9 99 4 re f*",
        b"q .6 .8 -.8 .6 12 14 cm BT /F 60 Tf 1 0 0 1 0 0 Tm (UJI) Tj ET Q 9 13 99 99 re f*",
        b"BT /F 9 Tf 1 0 0 1 12 14 Tm (Rp 900) Tj ET 1 w 0 J 9 16 m 99 16 l S",
    ):
        assert is_drawn_plainly(content, lent, ours=True)


def _rows(drawn: bytes, count: int) -> bytes:
    return b"".join(drawn.replace(b"#", b"%d" % at) for at in range(9, 9 + count))


CROWDED = {
    "bars": b"".join(b"9 %.1f 99 3 re f* " % (3.7 * at) for at in range(14)),
    "bars of colours that are nearly one": b"".join(
        b"0 0 %.2f rg 9 %.1f 99 3 re f* " % (at % 2 / 10, 3.7 * at) for at in range(14)
    ),
    "lines": b".3 w " + _rows(b"9 # m 99 # l S ", 14),
    "lines on a slope": b".3 w " + b"".join(b"9 %d m 99 %d l S " % (at, 90 + at) for at in range(20)),
    "bars and lines": b"1.6 w "
    + b"".join(
        b"9 %d 99 3 re f* 9 %.1f m 99 %.1f l S " % (6 * at, 6 * at + 4.5, 6 * at + 4.5) for at in range(8)
    ),
    "white lines": b"1 G .3 w " + _rows(b"9 # m 99 # l S ", 62),
    "letters": b"BT /F 9 Tf 9 9 Td (900) Tj ET BT /F 9 Tf 12 12 Td (_) Tj ET",
    "large letters that are hardly turned": b"BT /F 40 Tf 1 .1 -.1 1 9 9 Tm (900) Tj ET 9 9 99 40 re f*",
    "clips": b"q 9 9 110 110 re W* n Q " * 21,
    "a white bar over black ones": _rows(b"#0 9 .32 6 re f ", 30) + b"1 g 0 0 500 30 re f",
    "white lines over black bars": _rows(b"#0 9 .32 6 re f ", 30) + b"1 G 3 w 0 12 m 500 12 l S",
    "white bars over black ones": _rows(b"0 g 9 #0 9 8 re f 1 g 0 #0 99 8 re f ", 30),
    "pale bars over black lines": b"2 w " + _rows(b"9 #0 m 99 #0 l S ", 30) + b".9 g 0 0 99 800 re f",
}
ROOMY = (
    b"9 9 30 9 re f* 40.2 9 30 9 re f* 40.2 18 30 9 re f* .4 w 40.2 18 m 70.2 18 l S",
    b"1 0 0 rg " + _rows(b"0 g 9 # 99 .5 re f* 1 0 0 rg 9 #.5 99 .5 re f* ", 6),
    b"BT /F 9 Tf 9 30 Td 11 TL (900) Tj T* (900) Tj 3 Ts /F 5 Tf (1) Tj ET",
    b"q 9 9 110 110 re W* n 9 9 99 99 re f* Q ",
    # bars on their grounds, lines across them, and a ground over the rule above
    b".7 w 1 G " + _rows(b"0 .2 .6 rg 9 #0 99 8 re f 1 g 20 #2 9 4 re f 9 #0 m 17 #8 l S ", 30),
    b".4 w " + _rows(b"0 G 9 #0 m 99 #0 l S .97 g 9 #0 99 -8 re f ", 20),
)


@pytest.mark.parametrize("case", CROWDED)
def test_what_lies_side_by_side_is_closed_or_open(case: str) -> None:
    """What programs that round outwards make one block of."""
    lent = Dictionary(Font=Dictionary(F=WIDE))
    assert is_drawn_plainly(CROWDED[case], lent)
    assert not is_drawn_plainly(CROWDED[case], lent, ours=True)


@pytest.mark.parametrize("content", ROOMY)
def test_what_touches_or_is_apart_is_plain(content: bytes) -> None:
    assert is_drawn_plainly(content, Dictionary(Font=Dictionary(F=WIDE)), ours=True)


BEYOND = {
    "round ends": b"1 w 1 J 9 9 m 99 9 l S",
    "round ends of dashes": b"1 w 1 J [3 4] 0 d 9 9 m 99 9 l S",
    "round corners": b"1 w 1 j 9 9 m 99 9 l 99 99 l S",
    "lines that are shorter than their pen is thick": b"3 w " + b"9 9 m 10 9 l S " * 25,
    "several shapes": b"0 g 9 9 9 9 re 18 9 9 9 re f",
    "a shape of many corners": b"0 g 0 -9 m "
    + b"".join(b"%d %d l %d %d l " % (9 * step, 9 * step, 9 * step + 9, 9 * step) for step in range(40))
    + b"h f",
    "a clip that is no box": b"n 9 9 m 99 9 l 50 99 l W* n",
    "square ends": b"1 w 2 J 9 9 m 99 9 l S",
    "a page in tenths": b"q .1 0 0 .1 0 0 cm 3 w 90 9 m 990 9 l S BT 10 0 0 10 9 9 Tm /F 9 Tf (a) Tj ET Q",
    "a page in hundredths": b"q .01 0 0 .01 0 0 cm 900 900 m 900 4000 4000 4000 4000 900 c f* Q",
    "a page in other units": b"q 2.83465 0 0 -2.83465 0 842 cm 9 9 m 9 40 40 40 40 9 c f* Q",
    "letters of one point, and how many": b"BT 12 0 0 12 9 9 Tm /F 1 Tf (a) Tj ET",
    "letters turned by themselves": b"BT .6 .8 -.8 .6 9 9 Tm /F 9 Tf (a) Tj ET",
    "letters upside down": b"BT -1 0 0 -1 9 9 Tm /F -9 Tf (a) Tj ET",
    "letters made a little larger": b"q 1.01 0 0 1.01 0 0 cm BT /F 9 Tf 9 9 Td (a) Tj ET Q",
    "small letters": b"BT /F 3.5 Tf 9 9 Td (a) Tj ET",
    "letters as large as the page": b"BT /F 300 Tf 9 9 Td (a) Tj ET",
    "letters that are spread": b"BT /F 9 Tf 9 9 Td 4 Tc (a) Tj ET",
    "a shape on a page made large for a picture": b"q 100 0 0 50 9 9 cm 0 0 1 1 re f* /P Do Q",
    "a form on a page made large for a picture": b"q 2 0 0 2 9 9 cm /X Do Q",
    "a page made large for a picture twice": b"q 10 0 0 10 9 9 cm 10 0 0 5 0 0 cm /P Do Q",
    "a mirrored page": b"q 1 0 0 -1 0 842 cm 9 9 m 99 9 l S Q",
    "a wide pen": b"4 w 9 9 m 99 9 l S",
    "three dashes": b"[3 2 1 2] 0 d 9 9 m 99 9 l S",
    "dashes that begin later": b"[3 2] 1 d 9 9 m 99 9 l S",
    "long dashes": b"[30 20] 0 d 9 9 m 99 9 l S",
}


@pytest.mark.parametrize("content", PLAIN)
def test_the_ways_of_our_own_books(content: bytes) -> None:
    assert is_drawn_plainly(content, LENT)
    assert is_drawn_plainly(content, LENT, ours=True)


@pytest.mark.parametrize("case", BEYOND)
def test_what_stamps_of_others_have_and_our_books_have_not(case: str) -> None:
    assert is_drawn_plainly(BEYOND[case], LENT)
    assert not is_drawn_plainly(BEYOND[case], LENT, ours=True)


@pytest.mark.parametrize("case", TOLD)
def test_what_programs_draw_in_their_own_ways(case: str) -> None:
    assert not is_drawn_plainly(TOLD[case], LENT)
    assert not is_drawn_plainly(TOLD[case], LENT, ours=True)


@pytest.mark.parametrize(
    ("matrix", "others", "ours"),
    [
        (b"144 0 0 72 9 9", True, True),
        (b"140 0 0 72 9 9", True, True),
        (b"100 0 0 72 9 9", True, False),
        (b"50 0 0 40 9 9", False, False),
        (b"0 72 -144 0 200 9", True, False),
        (b"-144 0 0 72 200 9", True, False),
        (b"144 1 0 72 9 9", True, False),
    ],
)
def test_pictures_are_as_large_as_their_points(matrix: bytes, others: bool, ours: bool) -> None:
    """Of many points on one place one program shows the mean, another any of them."""
    data = io.BytesIO()
    Image.new("L", (300, 150)).save(data, "JPEG", quality=82)
    photo = HELD.make_stream(
        data.getvalue(), Subtype=Name.Image, Width=300, Height=150, ColorSpace=Name.DeviceGray
    )
    photo.Filter = Name.DCTDecode
    lent = Dictionary(XObject=Dictionary(P=photo))
    assert is_drawn_plainly(b"q " + matrix + b" cm /P Do Q", lent) is others
    assert is_drawn_plainly(b"q " + matrix + b" cm /P Do Q", lent, ours=True) is ours


def _form(content: bytes, *, box: tuple[float, ...] = (0, 0, 500, 500), **held: Any) -> Any:
    lent = Dictionary(Font=LENT.Font, XObject=Dictionary(**held))
    return HELD.make_stream(content, Subtype=Name.Form, BBox=Array(box), Resources=lent)


def test_forms_within_forms_are_drawn_as_large_as_they_come_out() -> None:
    """Each of them is plain by itself, and they make each other small or large without end."""
    letters = _form(b"BT /F 9 Tf 9 9 Td (a) Tj ET .5 w 9 9 m 99 9 l S")
    smaller = _form(b"q .4 0 0 .4 0 0 cm /X Do Q", X=letters)
    for content, drawn, plain in (
        (b"/X Do", letters, True),
        (b"q .5 0 0 .5 9 9 cm /X Do Q", letters, True),
        (b"q .5 0 0 .5 9 9 cm 1 w /X Do Q", smaller, False),
        (b"q .1 0 0 .1 9 9 cm 1 w /X Do Q", letters, False),
        (b"[3 2] 0 d q .4 0 0 .4 9 9 cm /X Do Q", letters, False),
        (b"/X Do " * 100, letters, True),
        (b"/X Do " * 101, letters, False),
        (b"/X Do", _form(b"9 9 9 9 re f*", box=(0, 0, 500, 0.5)), False),
        (b"/X Do", _form(b"9 9 9 9 re f*", box=(0, 0, 500, 10**9)), False),
        (b"/X Do", _form(b"9 9 9 9 re f*", box=(0, 0, 500)), False),
    ):
        assert is_drawn_plainly(content, Dictionary(XObject=Dictionary(X=drawn))) is plain, content
    deep = letters
    for depth in range(7):
        assert is_drawn_plainly(b"/X Do", Dictionary(XObject=Dictionary(X=deep))) is (depth < 6)
        deep = _form(b"/X Do", X=deep)


def test_what_is_lent_is_a_dictionary() -> None:
    """Some programs find a font in a stream, others do not."""
    fonts = HELD.make_stream(b"", F=LENT.Font.F)
    text = b"BT /F 9 Tf 9 9 Td (a) Tj ET"
    assert is_drawn_plainly(text, LENT)
    for lent in (Dictionary(Font=fonts), HELD.make_stream(b"", Font=LENT.Font)):
        assert not is_drawn_plainly(text, lent)


def test_names_need_something_to_lead_to() -> None:
    assert is_drawn_plainly(b"9 9 9 9 re f", None)
    assert not is_drawn_plainly(b"/P Do", None)


BOX, LINE = b"n 200 200 50 50 re f*", b"n 200 300 m 300 300 l S"
PLACED = b"BT 1 0 0 1 300 400 Tm /F 9 Tf 11 TL (a) Tj 1 0 0 1 300 500 Tm (b) Tj T* ET"


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize("more", [b"", BOX, LINE, PLACED])
def test_what_is_read_at_once_is_what_it_is_step_by_step(more: bytes, ours: bool) -> None:
    """Letters at a place, lines and boxes are read as one where single blanks stand between the words."""
    lent = Dictionary(Font=Dictionary(F=WIDE), XObject=LENT.XObject)
    for content in (*PLAIN, *ROOMY, *TOLD.values()):
        for at_once in (content + b" " + more, more + b" " + content):
            step_by_step = at_once.replace(b" ", b"\n")
            assert is_drawn_plainly(at_once, lent, ours=ours) == is_drawn_plainly(
                step_by_step, lent, ours=ours
            )


def test_a_box_behind_what_all_is_cut_to_is_a_box_of_its_own() -> None:
    assert is_drawn_plainly(b"9 9 110 110 re W n 9 9 99 99 re f*", Dictionary(), ours=True)
    assert not is_drawn_plainly(b"9 9 1 110 re W n 9 9 99 99 re f*", Dictionary(), ours=True)
