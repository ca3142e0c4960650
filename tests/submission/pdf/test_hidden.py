"""A page hidden behind the signatures: what two readers show, and that a sound file is none of these."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.submission import VerdictKind, verify
from desktop.submission.pdf.hidden import _CHUNK as CHUNK
from desktop.submission.pdf.hidden import _TABLE as TABLE
from desktop.submission.pdf.hidden import _beside as beside
from desktop.submission.pdf.hidden import check_hidden
from desktop.submission.pdf.read import read_signatures
from desktop.submission.refusal import Refused
from tests.submission.hostile.ground import ANCHORS, NOW, Ground
from tests.submission.hostile.pdfhidden import hidden, revision, signed


def shown(data: bytes) -> str:
    opened: Any = pdfium.PdfDocument
    with opened(data) as document:
        return document[0].get_textpage().get_text_bounded()


def test_the_hidden_page_is_shown_by_a_reader_that_mends(tmp_path) -> None:
    """Otherwise the refusal would be of something harmless."""
    sealed = Ground(tmp_path).book(Ground(tmp_path).sealed)
    changed = hidden(b"%d 0 obj\n")(sealed)
    assert "Halaman 1" in shown(sealed)
    assert "Halaman 1" not in shown(changed)
    both = signed(changed)
    with pytest.raises(Refused) as refused:
        read_signatures(io.BytesIO(both), "buku", len(sealed))
    assert refused.value.message.id == "submission.pdf.hidden"
    with pytest.raises(Refused):
        read_signatures(io.BytesIO(both), "buku", None)


@pytest.mark.slow
def test_revisions_of_other_programs_are_read(tmp_path) -> None:
    """Remarks between objects, an object that nobody uses, a table with lines of its own."""
    ground = Ground(tmp_path)
    sealed = ground.book(ground.sealed)
    data = revision(sealed, b"\n% 3 objects of somebody\n%\xe2\xe3\xcf\xd3\n", {900: b"<</A(an obj)>>"})
    path = tmp_path / "x.asice"
    path.write_bytes(ground.with_book(signed(data)))
    assert verify(path, ANCHORS, NOW).kind is VerdictKind.VALID
    for one in (sealed, ground.book()):
        check_hidden(io.BytesIO(one), PdfFileReader(io.BytesIO(one)), "buku")


@pytest.mark.slow
@pytest.mark.parametrize("before", [5, CHUNK - 2060, CHUNK - 2048, CHUNK - 5, CHUNK, 3 * CHUNK])
def test_what_is_hidden_is_found_wherever_pieces_end(before: int) -> None:
    """A large file is looked through in pieces; where one ends nothing slips through, nor counts twice."""
    data = (b"x" * before + b"\n3 0 obj\n<<>>").ljust(4 * CHUNK, b"y")
    assert beside(io.BytesIO(data), set())
    assert not beside(io.BytesIO(data), {before + 5})
    trailer = (b"x" * before + b"\ntrailer\n<<>>").ljust(4 * CHUNK, b"y")
    assert [beside(io.BytesIO(trailer), known) for known in (set(), {before + 1})] == [True, False]
    table = (b"x" * before + b"\n(xref ) startxref 1 _xref \1xref\x90").ljust(4 * CHUNK, b"y")
    assert [beside(io.BytesIO(table), known) for known in (set(), {before + 2})] == [True, False]


@pytest.mark.parametrize(
    "gap", [b" " * 3000, b"%" + b"x" * 3000 + b"\n", b" " * 1000 + b"%" + b"x" * 1500 + b"\r" + b"\n" * 900]
)
def test_what_is_hidden_is_found_however_far_its_words_lie_apart(gap: bytes) -> None:
    """Between a number and its generation, behind it, and behind the word that begins a trailer."""
    for one in (b"3" + gap + b"0 obj", b"3 0" + gap + b"obj", b"3" + gap + b"0" + gap + b"obj"):
        assert beside(io.BytesIO(b"x\n" + one + b"<<>>"), set())
    late = b"y" * (CHUNK - 2048 - 8) + b"\ntrailer" + b" " * 2300 + b"<<>>" + b"y" * CHUNK
    assert beside(io.BytesIO(late), set())
    assert not beside(io.BytesIO(b"a" + b" " * 900 + b"obj; 3 the obj, a trailer of ours"), set())


def test_a_stream_of_objects_is_looked_into_whatever_stands_before_it_says_so(tmp_path) -> None:
    """The word ``stream`` may stand in a text: what is cut there is not the dictionary."""
    sealed = Ground(tmp_path).book(Ground(tmp_path).sealed)
    objects = b"<</X (stream)/Type /ObjStm /N 1 /First 6 /Length 10>>\nstream\n901 0 <<>>\nendstream"
    for data in (revision(sealed, b"\n", {900: objects}), revision(sealed, b"\n", {900: objects[13:]})):
        with pytest.raises(Refused):
            check_hidden(io.BytesIO(data), PdfFileReader(io.BytesIO(data)), "buku")


@pytest.mark.parametrize(
    ("head", "read"),
    [(b"0 1", True), (b"0 1 ", True), (b"0 1  ", False), (b"0 1" + b" " * 20, False), (b"00 1", False)],
)
def test_heads_of_tables_are_as_programs_write_them(head: bytes, read: bool) -> None:
    """MuPDF reads none with more blanks, and takes whatever it finds for the objects."""
    table = b"xref\n" + head + b"\n0000000000 65535 f \ntrailer"
    assert bool(TABLE.match(table)) is read
