"""Objects and tables that only one writer in the world writes so: each reads the same to every program."""

from __future__ import annotations

import contextlib
import io
import subprocess
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import ArrayObject, NameObject, NumberObject, StreamObject

from desktop.submission.pdf.exact import (
    check_object,
    check_table,
    keys_of,
    kind_of,
    references,
    stream_length,
)
from desktop.submission.pdf.read import read_signatures
from desktop.submission.refusal import Refused
from tests.effort import effort
from tests.submission.hostile.pdfhidden import revision, stream
from tests.submission.making import draw_pdf


def check(data: bytes) -> None:
    read_signatures(io.BytesIO(data), "buku", None)


SOUND = (
    b"obj<</A 1/B(x(y)\\)z\xff)/C<1f2E>/D[1 -.5 +3.]/E 5 0 R/F#20G[null]>>endobj",
    b"obj<</Dest[5 0 R/XYZ null 9 null]/DA(/F 0 Tf)/ID[<2F00112233445566778899aabbccddee>]>>endobj",
    b"obj<</A(x (y) z\r\n\\\r\n\\) \n)\n/B 1>>endobj",
    b"obj<</CharSet(/D/a.alt/c)/B 1>>endobj",
    b"obj<</CharSet (\\057D\\057space)/CharSet<2F442f6120>/B 1>>endobj",
    b"obj\r\n<</Length 10 0 R>>\r\nstream\r\n",
    b"obj 5 endobj",
    b"obj (x) % 1\nendobj",
    b"obj<</A<>>>endobj",
    b"obj<</I true/K  false/A<</ImageMask\ntrue>>/Extend [ true false]/NeedAppearances true>>endobj",
    b"obj<</" + b"A" * 127 + b" 1>>endobj",
    b"obj" + b"<</A[" * 15 + b"(<<[)<00>" + b"]>>" * 15 + b"endobj",
    b"obj[" + b"[[]<<>>]" * 5000 + b"]endobj",
    b"obj\n<< /Type /Page % 1\n   /A ()>>\nendobj",
    b"obj<</Contents <" + b"00" * 40_000 + b">>>\nendobj",
    # iText 7 to 9, where nobody says what made the signature
    b"obj<</Type/Sig/Prop_Build<</App<</Name/>>>>/SubFilter/ETSI.RFC3161>>endobj",
    b"obj<<\n/Prop_Build <<\n/App <<\n/Name /\n>>\n>>\n>>endobj",
)
INEXACT = (
    # CUPS takes a truth for nought, others for no number at all
    b"obj<</TrimBox [ false false 595 842 ]>>endobj",
    b"obj<</Rotate true>>endobj",
    b"obj<</CropBox true>>endobj",
    b"obj<</BitsPerComponent %x\n true>>endobj",
    b"obj [ true ] endobj",
    b"obj true endobj",
    b"obj<</Extend[true false 0]>>endobj",
    b"obj<</Extend[true]>>endobj",
    b"obj<</I(x)true false>>endobj",
    b"obj<</#49 true>>endobj",
    # PDFBox follows no reference there, and leaves the picture out
    b"obj<</Length 3/Filter 4 0 R>>stream\n",
    b"obj<</Length 3/Filter %x\n[ 4 0 R ]>>stream\n",
    b"obj<</Length 3/Filter[ %]\n4 0 R ]>>stream\n",
    b"obj<</Length 3/Filter[ 4 0 R]>>stream\n",
    b"obj<</Length 3/Filter[/ASCII85Decode 4 0 R]>>stream\n",
    b"obj<</Length 3/DecodeParms[null 4 0 R]>>stream\n",
    b"obj<</Length 3/DecodeParms[<</Columns 5>> 4 0 R]>>stream\n",
    b"obj<</CharSet(/D/a c)>>endobj",
    b"obj<</CharSet(/D#20)>>endobj",
    b"obj<</CharSet(/D(x))>>endobj",
    b"obj<</CharSet<2F44002F61>>>endobj",
    b"obj<</FontName(/D/a)>>endobj",
    b"obj<</A\x0b1>>endobj",
    b"obj<</A\x801>>endobj",
    b"obj<</A\x001>>endobj",
    b"obj<</A 1%x\r/B 2>>endobj",
    b"obj<</A 1%\xff\n>>endobj",
    b"obj<</Content#73 1>>endobj",
    b"obj<</A#00 1>>endobj",
    b"obj<</A#0 1>>endobj",
    b"obj<</ 1>>endobj",
    # a name without letters stands in one place, alone
    b"obj<</Name/>>endobj",
    b"obj<</App<</Name/>>>>endobj",
    b"obj<</Prop_Build<</Filter<</Name/>>>>>>endobj",
    b"obj<</Prop_Build<</App<</REx/>>>>>>endobj",
    b"obj<</Prop_Build<</App<</Name/ /REx(9)>>>>>>endobj",
    b"obj<</Prop_Build<</App<</REx(9)/Name/>>>>>>endobj",
    b"obj<</Prop_Build<</App<</Name/>>/Filter<<>>>>>>endobj",
    b"obj<</Prop_Build<</App<</Name/%x\n>>>>>>endobj",
    b"obj<</Prop_Build<</App<</Name//Type>>>>>>endobj",
    b"obj<</Prop_Build<</App<</Name/\x00>>>>>>endobj",
    b"obj<</A 12345678901>>endobj",
    b"obj<</A 4294967297>>endobj",
    # MuPDF gives up the whole file
    b"obj" + b"<</A" * 31 + b" 1" + b">>" * 31 + b"endobj",
    b"obj" + b"[" * 31 + b"]" * 31 + b"endobj",
    b"obj" + b"[[]]" * 30 + b"<</A(]]>>[[)/B[" * 16 + b"]>>" * 16 + b"endobj",
    # of longer names pdfium keeps 255 bytes: two of them are one there
    b"obj<</" + b"A" * 128 + b" 1>>endobj",
    b"obj<</" + b"#20" * 100 + b" 1>>endobj",
    b"obj<</A 1-2>>endobj",
    b"obj<</A 1.2.3>>endobj",
    b"obj<</A ->>endobj",
    b"obj<</A <123>>>endobj",
    b"obj<</A(x>>endobj",
    # PDFBox ends the text at the first bracket
    b"obj<</A(x(y)\r/B 5 0 R /C(z))>>endobj",
    b"obj<</A(x\\)\r\n/B 5 0 R /C(z))>>endobj",
    b"obj<</DA(/x(y)\n>>/C(z))>>endobj",
    b"obj<</A(\\8)>>endobj",
    b"obj<</A{}>>endobj",
    b"obj<</A true1>>endobj",
    b"obj<</A 1>>\xffendobj",
    b"object<<>>endobj",
    b"obj<</A 5 1 R>>endobj",
    b"obj<</A R>>endobj",
    b"obj<</A 05 0 R>>endobj",
    b"obj<</A 5   0 R>>endobj",
    b"obj<</Resources null>>endobj",
    b"obj<</Resources %\n null/A 1>>endobj",
    b"obj null endobj",
    b"obj<</FT(/Sig)>>endobj",
    b"obj<</FT(\\057Sig)>>endobj",
    b"obj<</FT<2F536967>>>endobj",
    b"obj<</FT < 2f536967>>>endobj",
    b"obj<</FT(\\\n/Sig)>>endobj",
    b"obj<</Length 1>>stream\ra",
    # qpdf reads the first number, others what it refers to
    b"obj 4 0 R endobj",
    b"obj 9 9 endobj",
    b"obj<<>><<>>endobj",
    b"obj<</A 1>>5 endobj",
    b"obj<</A[1>>]endobj",
    b"obj<<endobj",
    b"obj endobj",
    b"obj[/Length 1]stream\na",
)


@pytest.mark.parametrize("data", SOUND)
def test_an_exact_object(data: bytes) -> None:
    check_object(io.BytesIO(b"900 0 " + data), 6)


@pytest.mark.parametrize("data", INEXACT)
def test_an_object_that_readers_may_read_apart(data: bytes) -> None:
    with pytest.raises(ValueError, match="6"):
        check_object(io.BytesIO(b"900 0 " + data), 6)


def objects(inside: bytes, head: bytes, entries: bytes = b"") -> bytes:
    head = head.ljust(20)
    return stream(head + inside, b"/Type/ObjStm/N 2/First 20" + entries)


def with_table(
    data: bytes,
    stream_body: bytes,
    widths: tuple[int, ...] = (1, 4, 2),
    more: bytes = b"",
    line: bytes = b"",
    shift: int = 0,
) -> bytes:
    """A revision whose table is a stream: object 905 holds 910 and 911; ``more`` stands in its dictionary."""
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    with pikepdf.open(io.BytesIO(data)) as document:
        root = document.Root.objgen[0]
    at = len(data) + 1
    out = data + b"\n905 0 obj\n" + stream_body + b"\nendobj\n"
    rows = [(1, at, 0), (1, len(out), 0), (2, 905, 0), (2, 905, 1)]
    table = line or b"".join(
        b"".join(
            (value if width else 0).to_bytes(width, "big")
            for value, width in zip((*row, 0), widths, strict=False)
        )
        for row in rows
    )
    table = zlib.compress(table)
    about = b"/Type/XRef/Size 912/Index[905 2 910 2]/W[%s]/Root %d 0 R/Prev %d/Filter/FlateDecode%s/Length %d"
    said = about % (b" ".join(b"%d" % one for one in widths), root, start, more, len(table))
    written = b"906 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (said, table)
    return out + written + b"startxref\n%d\n%%%%EOF\n" % (len(out) + shift)


PREDICTED = b"/DecodeParms<</Columns 7/Predictor 1>>"
SOME = objects(b"<</A 1>> <</B 2>>", b"910 0 911 9 ")


def hybrid(data: bytes) -> bytes:
    """A table whose trailer names another one, for newer programs."""
    plain = revision(data, b"", {900: stream(b"", b"/Type/XRef/Size 901/W[1 4 2]/Index[0 0]/Root 1 0 R")})
    place = plain.index(b"\n900 0 obj") + 1
    return plain.replace(b"/Size 901", b"/XRefStm %d/Size 901" % place)


CASES: dict[str, Callable[[bytes], bytes]] = {
    "one entry twice": lambda data: revision(data, b"", {900: b"<</A 1/A 2>>"}),
    "an entry without value": lambda data: revision(data, b"", {900: b"<</A>>"}),
    "an array without end": lambda data: revision(data, b"", {900: b"[1 2"}),
    "a stream of another length": lambda data: revision(
        data, b"", {900: b"<</Length 2>>stream\nabc\nendstream"}
    ),
    "a number of eleven digits": lambda data: revision(data, b"", {900: b"<</A 10000000000>>"}),
    "a vertical tab": lambda data: revision(data, b"", {900: b"<</A\x0b1>>"}),
    "a trailer with a vertical tab": lambda data: revision(data, b"", {900: b"<<>>"}).replace(
        b"/Size 901", b"/Size\x0b901"
    ),
    "two tables in one": hybrid,
    "a reference to another generation": lambda data: revision(data, b"", {900: b"<</A 5 1 R>>"}),
    "a line of twenty-one bytes": lambda data: revision(
        data, b"", {902: b"<<>>"}, {901: b"0000000000 00001 f \r\n"}
    ),
    "the place of the table behind a vertical tab": lambda data: revision(data, b"", {900: b"<<>>"})[
        ::-1
    ].replace(b"\nferxtrats", b"\x0bferxtrats", 1)[::-1],
    "a line more than the table says": lambda data: revision(
        data, b"", {903: b"<<>>"}, {901: b"0000000000 00000 f\r\n" * 2}
    ),
    "lines in another order": lambda data: revision(
        data, b"", {902: b"<<>>"}, {901: b"0000000000 00000 f\r\n3 1\n0000000000 00001 f\r\n"}
    ),
    "objects in another order": lambda data: with_table(data, objects(b"<</A 1>> <</B 2>>", b"910 9 911 0 ")),
    "objects at one place": lambda data: with_table(data, objects(b"<</A 1>> <</B 2>>", b"910 0 911 0 ")),
    "a list with words": lambda data: with_table(data, objects(b"<</A 1>> <</B 2>>", b"910 0 911 9 x 1")),
    "an underscore in a number": lambda data: with_table(
        data, objects(b"<</A 1>> <</B 2>>", b"9_10 0 911 9 ")
    ),
    "an object that is not exact": lambda data: with_table(
        data, objects(b"<</A 1>> <</B\x0b>>", b"910 0 911 9 ")
    ),
    "an object that is a reference": lambda data: with_table(
        data, objects(b"910 0 R <</B 2>>", b"910 0 911 8 ")
    ),
    "two objects as one": lambda data: with_table(data, objects(b"<<>> 5 <</B 2>>", b"910 0 911 7 ")),
    "an object cut within a number": lambda data: with_table(data, objects(b"90 ", b"910 0 911 1 ")),
    "an object too deep": lambda data: with_table(
        data, objects(b"[" * 31 + b"]" * 31 + b" <</B 2>>", b"910 0 911 63 ")
    ),
    "objects packed in an odd way": lambda data: with_table(
        data, SOME.replace(b"/N 2", b"/N 2/DecodeParms<</Predictor 1>>")
    ),
    "a table that does not stand where it is said to": lambda data: with_table(data, SOME, shift=1),
    "a table of four columns": lambda data: with_table(data, SOME, (1, 4, 2, 1)),
    "a table without kinds": lambda data: with_table(data, SOME, (0, 4, 2)),
    "a table with an odd kind": lambda data: with_table(data, SOME, line=b"\x03" + bytes(6) + bytes(21)),
    "parameters beside a list of ways": lambda data: with_table(data, SOME, more=PREDICTED).replace(
        b"/Filter/FlateDecode/DecodeParms", b"/Filter[/FlateDecode]/DecodeParms"
    ),
    "zeros before the generation": lambda data: revision(data, b"", {900: b" " * 300 + b"<<>>"}).replace(
        b"900 0 obj\n" + b" " * 300, b"900 " + b"0" * 301 + b" obj\n"
    ),
    "a remark in a trailer": lambda data: revision(data, b"", {900: b"<<>>"}).replace(
        b"/Size 901", b"/Size %x\n999999999"
    ),
    "a size with a sign": lambda data: revision(data, b"", {900: b"<<>>"}).replace(
        b"/Size 901", b"/Size +999999999"
    ),
    "two ends of a stream": lambda data: revision(data, b"", {900: stream(b"endstream (")}),
    "two ends of an object": lambda data: revision(data, b"", {900: stream(b"\nendobj\n")}),
    "a header in several lines": lambda data: revision(data, b"", {900: b"<<>>"}).replace(
        b"900 0 obj", b"900\n0\nobj"
    ),
    "a form feed before a header": lambda data: revision(data, b"", {900: b" <<>>"}).replace(
        b"\n900 0 obj\n ", b"\n\f900 0 obj\n"
    ),
    "a table packed in an odd way": lambda data: with_table(
        data, SOME, more=b"/DecodeParms<</Predictor 1/Colors 3>>"
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_revision_that_is_not_exact(case: str) -> None:
    from pyhanko.pdf_utils.misc import PdfError

    with pytest.raises((Refused, PdfError, ValueError)):
        check(CASES[case](draw_pdf(1)))


def test_the_sealed_document_ends_where_it_says() -> None:
    """Two readers may find two ends in what stands behind it."""
    sealed = draw_pdf(1) + b"% more\n"
    with pytest.raises(Refused) as refused:
        read_signatures(io.BytesIO(revision(sealed, b"", {900: b"<<>>"})), "buku", len(sealed))
    assert refused.value.message.id == "submission.pdf.not_sealed_document"


def test_sound_revisions() -> None:
    """Otherwise the refusals above would be of something else."""
    data = draw_pdf(1)
    numbers = with_table(data, objects(b"5 7", b"910 0 911 2 "))
    for made in (
        data,
        with_table(data, SOME, more=PREDICTED),
        numbers,
        revision(data, b"", {900: b"<</A 1>>"}),
    ):
        check(made)
    check(revision(data, b"", {900: b"<</Type/Page/MediaBox[0 0 9 9]>>"}))
    head, tail = revision(data, b"", {900: b"<<>>"}).rsplit(b"\nstartxref", 1)
    check(head + b"\n%iText-7.2.5\nstartxref" + tail)


@pytest.mark.parametrize("linearize", [False, True])
@pytest.mark.parametrize("streams", ["disable", "preserve", "generate"])
def test_files_of_other_programs(streams: str, *, linearize: bool) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf(1))) as document:
        mode = getattr(pikepdf.ObjectStreamMode, streams)
        document.save(target, object_stream_mode=mode, linearize=linearize)
    check(target.getvalue())


def test_a_file_of_cairo(tmp_path) -> None:
    """It writes remarks into its objects."""
    (tmp_path / "a.pdf").write_bytes(draw_pdf(1))
    command = ["pdftocairo", "-pdf", str(tmp_path / "a.pdf"), str(tmp_path / "b.pdf")]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no poppler")
    check((tmp_path / "b.pdf").read_bytes())


def test_a_long_signature_or_name_is_passed_over_at_once() -> None:
    """Both may have a hundred thousand figures, behind each of which a reference would be looked for."""
    figures = b"0" * 100_000
    text = (
        b"obj<</Contents<" + figures + b">/N" + figures + b"[3 0 R 41\n0 R]/T(5 0 R)/Length 7 0 R>>stream\n"
    )

    def read() -> None:
        assert references(text) == {3, 41, 7}
        assert stream_length(text) == (7, True)

    assert effort(read, 50) < 50


def test_the_entries_of_a_dictionary_are_found_whatever_they_hold() -> None:
    text = b"trailer\n<< /A [/B << /C 1 >>] /D /E %/F\n/G (/H <<) /I 5 0 R /J << /K /L >>/M<00>>>\n/N"
    assert keys_of(text) == {b"/A", b"/D", b"/G", b"/I", b"/J", b"/M"}


@pytest.mark.parametrize(
    "more", [b"", b"/DocChecksum /0011", b"/AdditionalStreams [/x 1 0 R]", b"/Encrypted 1"]
)
def test_a_trailer_says_where_things_are_and_nothing_else(more: bytes) -> None:
    """LibreOffice looks there for a document of its own, and shows that one."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf())) as document:
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = target.getvalue()
    assert data.count(b"trailer <<") == 1
    data = data.replace(b"trailer <<", b"trailer << " + more)
    if more.startswith(b"/DocC") or not more:
        check(data)
    else:
        with pytest.raises(Refused) as refused:
            check(data)
        assert refused.value.message.id == "submission.pdf.hidden"


def test_what_an_object_is_stands_in_its_own_dictionary_once_and_directly() -> None:
    assert kind_of(b"obj<</X (stream /Type)/Y<</Type/Page>>/Type/ObjStm>>stream\n") == b"/ObjStm"
    assert kind_of(b"obj<</A/Type/B[/Type/Page]>>endobj") == b""
    for text in (b"obj<</Type 4 0 R>>stream\n", b"obj<</Type/XObject/Type/ObjStm>>stream\n"):
        with pytest.raises(ValueError, match=r"."):
            kind_of(text)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ((0, 0, 65535), True),
        ((0, 1 << 63, 65535), False),
        ((0, 0, 65536), False),
        ((1, 70, 0), True),
        ((1, 1 << 31, 0), False),
        ((1, 70, 1), False),
        ((2, 9, 4), True),
        ((2, 1 << 31, 4), False),
        ((3, 0, 0), False),
    ],
)
def test_no_line_of_a_table_is_too_large_for_some_program(line: tuple[int, int, int], read: bool) -> None:
    """Poppler reads the lines before such a one, and none behind it."""
    data = b"".join(number.to_bytes(size) for number, size in zip(line, (1, 8, 4), strict=True))
    widths = ArrayObject(NumberObject(one) for one in (1, 8, 4))
    for first in (0, 7):
        index = ArrayObject((NumberObject(first), NumberObject(1)))
        table = StreamObject({NameObject("/W"): widths, NameObject("/Index"): index}, stream_data=data)
        # number 0 is free, or Firefox throws the table away
        sound = read and (first > 0 or line[0] == 0)
        with contextlib.nullcontext() if sound else pytest.raises(ValueError, match=r"."):
            check_table(table)


@pytest.mark.parametrize("again", [b"/Filter[", b"/Filter[<<", b"/DecodeParms[ <</Filter[", b"/Filter", b"7"])
def test_letters_of_a_list_within_a_text_cost_nothing(again: bytes) -> None:
    """Each beginning went on to the end: 64 KB that nothing refers to cost twenty seconds."""
    data = b"900 0 obj<</Length 3/A(x /Filter[" + again * (120_000 // len(again)) + b")>>stream\n"
    assert effort(lambda: check_object(io.BytesIO(data), 6), 50) < 50
