"""Tables that lead back, or to nothing, and numbers too large: who throws a table away finds the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from desktop.submission.pdf.bounds import WHOLE
from desktop.submission.pdf.fields import with_fields
from desktop.submission.pdf.hidden import _counts
from desktop.submission.pdf.read import read_signatures
from desktop.submission.refusal import Refused, code_of
from desktop.submission.returning.returned import compare
from tests.submission.hostile.pdfhidden import page_of, revision, stream, written
from tests.submission.making import MAYOR, draw_pdf
from tests.submission.pdf.test_exact import SOME, objects, with_table

PACKAGES = Path(__file__).parent.parent.parent / "data"
HARMLESS = {900: b"<<>>"}
FREE = b"0000000000 00001 f\r\n"


def code(data: bytes, plain: int | None = None) -> str:
    try:
        read_signatures(io.BytesIO(data), "buku", None, plain=plain)
    except Refused as error:
        return code_of(error.message)
    return ""


def saved(data: bytes, *, linearize: bool = False) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(target, linearize=linearize, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def line_back(data: bytes) -> bytes:
    """The page, another page, and a line that leads back to the first."""
    number, body = page_of(data)
    first = revision(data, b"", {number: body})
    second = revision(first, b"", {number: body.replace(b"/Contents", b"/Isi")})
    return revision(second, b"", {}, {number: b"%010d 00000 n\r\n" % (len(data) + 1)})


def line_ahead(data: bytes) -> bytes:
    """What the table lists comes only behind it."""
    made = revision(data, b"", {900: b"<<>>"}, {901: b"%010d 00000 n\r\n" % 0})
    at = len(made) + 1
    made = made.replace(b"%010d 00000 n\r\n" % 0, b"%010d 00000 n\r\n" % at)
    return revision(made, written(901, b"<<>>"), {902: b"<<>>"})


def within_a_stream(data: bytes) -> bytes:
    inner = written(901, b"<</A 1>>")
    made = revision(data, b"", {900: stream(inner)}, {901: b"%010d 00000 n\r\n" % 0})
    at = made.index(b"901 0 obj")
    return made.replace(b"%010d 00000 n\r\n" % 0, b"%010d 00000 n\r\n" % at)


def freed(data: bytes) -> bytes:
    """What the catalogue names is freed: nothing for some programs, the old one for others."""
    root = _root(data)
    with pikepdf.open(io.BytesIO(data)) as document:
        body = document.Root.unparse(resolved=True)
    named = revision(data, b"", {root: body.rstrip()[:-2] + b"/X 900 0 R>>", 900: b"<<>>"})
    return revision(named, b"", {}, {900: FREE})


def _root(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as document:
        return int(document.Root.objgen[0])


def linearized_in_the_past(data: bytes, more: int = 0) -> bytes:
    """A first object that says that the file is as long as it is, after a revision too."""
    start = saved(data, linearize=True)
    length = len(revision(start, b"", HARMLESS)) + more
    found = re.search(rb"/L ([0-9]+)", start)
    assert found is not None
    return revision(start.replace(found[0], b"/L %d" % length, 1), b"", HARMLESS)


def large(data: bytes) -> bytes:
    made = revision(data, b"", HARMLESS, {27_000_000: b"0000000000 00001 f\r\n"})
    return made.replace(b"/Size 901", b"/Size 27000001")


def sized(data: bytes) -> bytes:
    return revision(data, b"", HARMLESS).replace(b"/Size 901", b"/Size %d" % (WHOLE.number + 1))


def first_elsewhere(data: bytes) -> bytes:
    """pdfium finds nothing in such a stream."""
    inside = SOME.replace(b"/First 20", b"/First 900 0 R")
    return with_table(revision(data, b"", {900: b"20"}), inside)


def empty_part(data: bytes) -> bytes:
    return revision(data, b"", HARMLESS).replace(b"trailer\n", b"27000000 0\ntrailer\n")


def rooted_elsewhere(data: bytes) -> bytes:
    """An older trailer names a catalogue of its own, which does not call itself one."""
    root, other = b"/Root %d 0 R" % _root(data), b"/Root 900 0 R"
    first = revision(data, b"", {900: b"<</Pages 901 0 R>>", 901: b"<</Kids[]/Count 0>>"})
    first = other.join(first.rsplit(root, 1))
    return root.join(revision(first, b"", {902: b"<<>>"}).rsplit(other, 1))


def between(data: bytes, gap: bytes, before: bytes = b"900 0 obj") -> bytes:
    """The same with something before the last object, or before another word."""
    made = revision(data, b"", HARMLESS)
    at, table = made.rindex(before), int(made.rsplit(b"startxref", 1)[1].split()[0])
    moved = {b"%010d 00000 n": made.rindex(b"900 0 obj"), b"startxref\n%d\n%%%%EOF": table}
    made = made[:at] + gap + made[at:]
    for line, place in moved.items():
        # as what lies behind it has moved
        old, new = line % place, line % (place + len(gap) * (place >= at))
        made = new.join(made.rsplit(old, 1))
    return made


REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "a line that leads back": line_back,
    "a line that leads ahead": line_ahead,
    "an object within a stream": within_a_stream,
    "a freed object that is referred to": freed,
    "a reference to nothing": lambda data: revision(data, b"", {900: b"<</A 901 0 R>>"}),
    "a reference to nothing in a stream of objects": lambda data: with_table(
        data, objects(b"<</A 77 0 R>> <<>>", b"910 0 911 14 ")
    ),
    "a large number": large,
    "a large size": sized,
    # who comes next by PDFBox takes the number behind the highest in use
    "a free line above what is in use": lambda data: revision(data, b"", HARMLESS, {901: FREE}),
    "a free line behind all": lambda data: revision(revision(data, b"", HARMLESS), b"", {}, {901: FREE}),
    "a size beyond that": lambda data: revision(data, b"", HARMLESS).replace(b"/Size 901", b"/Size 903"),
    "an empty part": empty_part,
    "the first of a stream elsewhere": first_elsewhere,
    "another catalogue in an older trailer": rooted_elsewhere,
    "a catalogue to which nothing leads": lambda data: revision(
        data, b"", {900: b"<</Type/Catalog/Pages 900 0 R>>"}
    ),
    # who looks for objects finds another copy of number 1900
    "a figure before a number": lambda data: between(data, b"\n1"),
    "a word between": lambda data: between(data, b"x\n"),
    "the end of an object between": lambda data: between(data, b"endobj\n"),
    "a table's beginning between": lambda data: between(data, b"xref\n"),
    "a reference between": lambda data: between(data, b"5 0 R\n"),
    "brackets between": lambda data: between(data, b"<< >>\n"),
    "an end between": lambda data: between(data, b"startxref\n1\n%%EOF\n"),
    "no blank between": lambda data: revision(data, b"%", HARMLESS).replace(b"%\n900", b"%%900"),
    "two ends": lambda data: revision(data + data[data.rindex(b"startxref") :], b"", HARMLESS),
    "an end that names nothing": lambda data: re.sub(
        rb"(startxref\s+)[0-9]", rb"\g<1>9", revision(data, b"", HARMLESS), count=1
    ),
    "linearised in the past": linearized_in_the_past,
    "linearised in the past, longer": lambda data: linearized_in_the_past(data, 100),
}


@pytest.fixture(scope="module")
def plain() -> bytes:
    return draw_pdf(1)


@pytest.mark.parametrize("case", REFUSED)
def test_tables_that_somebody_may_throw_away(case: str, plain: bytes) -> None:
    assert code(REFUSED[case](plain)) == "pdf.hidden"


def test_a_table_that_begins_with_a_free_object_1() -> None:
    """Firefox and poppler take it for one that begins with 0, and then look for all objects themselves."""
    assert not _counts(b"xref\n1 1\n0000000000 65535 f\r\ntrailer")
    assert _counts(b"xref\n0 2\n0000000000 65535 f\r\n0000000000 65535 f\r\ntrailer")
    assert _counts(b"xref\n1 1\n0000000015 00000 n\r\ntrailer")
    assert not _counts(b"xref\n0 1\n0000000000 65535 n\r\ntrailer")
    assert _counts(b"xref\n0 0\n2 1\n0000000000 65535 f\r\ntrailer")


def test_a_table_that_pyhanko_does_not_read(plain: bytes) -> None:
    back = with_table(plain, SOME).replace(b"/Index[905 2 910 2]", b"/Index[910 2 905 2]")
    predicted = with_table(
        plain, SOME, more=b"/DecodeParms<</Columns 6/Predictor 12>>", line=b"\3" + bytes(27)
    )
    for one in (back, predicted):
        assert compare(plain, one, "buku").reason.id == "submission.returned.unreadable"


def test_what_services_append(plain: bytes) -> None:
    """An object freed that nobody names, the length of a stream elsewhere, a linearised file that goes on."""
    linearized = saved(plain, linearize=True)
    for made in (
        linearized,
        revision(linearized, b"", HARMLESS),
        revision(revision(plain, b"", HARMLESS), b"", {}, {900: FREE}),
        revision(plain, b"", HARMLESS, {899: FREE}),
        revision(plain, b"", HARMLESS).replace(b"/Size 901", b"/Size 902"),
        revision(plain, b"", {900: b"<</Length 901 0 R>>stream\nabc\nendstream", 901: b"3"}),
        revision(plain, b"", HARMLESS).replace(b"xref\n900 1", b"xref\n0 0\n900 1"),
        revision(plain, b"", {900: b"<</A(901 0 R \\) )/B 900 0 R>>"}),
        between(plain, b"\r\n\t% what iText\xae writes\r"),
        between(plain, b"%1\n", b"startxref"),
    ):
        assert code(made) == ""


@pytest.mark.slow
def test_what_is_sealed_lies_plainly(plain: bytes) -> None:
    """As we write it, before fields are added and after, and as earlier builds did."""
    fields = with_fields(plain, {MAYOR: None}, "buku")
    for made in (plain, fields, saved(plain)):
        assert code(made, len(made)) == ""
        assert code(revision(made, b"", HARMLESS), len(made)) == ""
    for path in sorted(PACKAGES.glob("package-*/*.asice")):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.endswith(".pdf"):
                    data = package.read(name)
                    assert code(data, data.index(b"%%EOF\n") + 6) == "", (path, name)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: revision(data, b"", HARMLESS),
        lambda data: saved(data, linearize=True),
        lambda data: data.replace(b"%PDF-1.5", b"%PDF-2.0"),
        lambda data: between(data, b"% 1\n"),
    ],
)
def test_what_is_sealed_lies_in_no_other_way(change: Callable[[bytes], bytes], plain: bytes) -> None:
    data = change(plain)
    assert code(data) == ""
    assert code(data, len(data)) == "pdf.hidden"
