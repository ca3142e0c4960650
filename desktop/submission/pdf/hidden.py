"""Objects that stand in a PDF without being in its tables.

A reader that finds a table damaged looks for every object itself and takes the last of each number. Whoever
hides another page behind a signature and damages the table a little, as one reader forgives and another does
not, shows two documents under one signature. So whatever reads like an object has to be one of the tables'.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from pyhanko.pdf_utils.generic import Reference, StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef, read_object_header

from desktop.base import Message
from desktop.submission.pdf.bounds import WHOLE
from desktop.submission.pdf.exact import (
    check_object,
    check_table,
    check_trailer,
    keys_of,
    kind_of,
    objects_listed,
    stream_length,
)
from desktop.submission.pdf.layout import Layout
from desktop.submission.refusal import Refused

_SPACE = rb"[\x00\t\n\x0b\f\r \x80\xff]"
"""What parts two words; for pdfium the bytes 0x80 and 0xff do too, for others the vertical tab."""
_WORD = re.compile(
    rb"(?<=[\x00\t\n\x0b\f\r \x80\xff0-9.+-])obj"
    rb"|(?<![A-Za-z])trailer(?=" + _SPACE + rb"*(?:<<|%)|" + _SPACE + rb"{64})"
    rb"|endstream|endobj"
    rb"|(?<![0-9A-Za-z_])xref(?=[\t\n\x0b\f\r \xa0])"
)
"""When they look themselves, Firefox passes over whatever lies between a word ``xref`` and the next trailer,
and MuPDF and Ghostscript end objects, and streams whose length they do not know, at the first word for it."""
_HEADER = re.compile(rb"[\t\n\r ]*([1-9][0-9]{0,9}) 0 (?=obj)")
"""As all programs write it. Ghostscript does not find one with a few hundred zeros, nor Firefox, which looks
itself, one in several lines or behind a form feed; neither says anything."""
_GAP = rb"(?:" + _SPACE + rb"|%[^\r\n]*[\r\n])"
_NUMBERS = re.compile(rb"[0-9.+-]" + _GAP + rb"+[0-9.+-]+" + _GAP + rb"*\Z")
"""As some readers have them: a sign, or a point, is a number."""
_ONLY_GAP = re.compile(rb"\A(?:[^\r\n]*[\r\n])?" + _GAP + rb"*(?:[0-9.+-]+" + _GAP + rb"*)?\Z")
_LINE = rb"(?:\r\n|\n|\r)"
_LINES = rb"((?:[0-9]{10} [0-9]{5} [nf](?:\r\n| \n| \r))*+)"
_COUNT = rb"(0|[1-9][0-9]{0,9})"
_PART = re.compile(_COUNT + rb" " + _COUNT + rb" ?" + _LINE + _LINES)
_TABLE = re.compile(rb"xref ?" + _LINE + rb"(?:" + _PART.pattern + rb")*+(?:(?<=\n)\n){0,2}+(?=trailer)")
"""Lines of twenty bytes (ISO 32000-1, 7.5.4): a reader that finds others, or more blanks than one, looks for
the objects itself. MuPDF leaves one empty behind them."""
_TRAILER = frozenset(
    {
        *(b"/Size", b"/Root", b"/Info", b"/ID", b"/Prev", b"/DocChecksum"),
        # what PDFBox leaves there of a table that was a stream
        *(b"/Type", b"/W", b"/Index", b"/Length", b"/Filter", b"/DecodeParms"),
    }
)
_BEHIND = re.compile(rb"[\t\n\f\r ]*+(endstream)[\t\n\f\r ]*+endobj")
_BACK = 2048
"""Bytes looked at before a word; a remark that is longer, or a row of blanks, stands for numbers."""
_CHUNK = 1 << 20
_NEAR = 1 << 10
_LOWEST = 2
_MOST = 200
"""Words that look like the beginning of an object and are none: a picture has one in many million bytes."""


def check_hidden(
    file: BinaryIO, reader: PdfFileReader, name: str, *, plain: int | None = None, largest: int = WHOLE.number
) -> None:
    """Raise :class:`Refused` (``pdf.hidden``) for an object that no table knows, wherever it stands.

    The first ``plain`` bytes are to lie as we seal them; no number of an object is beyond the ``largest``.
    """
    try:
        layout = Layout(largest)
        words = _known(reader, file, layout)
        layout.check_whole(file, plain or 0)
        hidden = _beside(file, words)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        hidden = True
    if hidden:
        raise Refused(Message("submission.pdf.hidden", file=name))


def _beside(file: BinaryIO, known: set[int]) -> bool:
    """Whether something reads like an object, a table or a trailer that stands at none of these places."""
    strange = looked = 0
    for place, data, end in _pieces(file):
        for word in _WORD.finditer(data):
            here = place + word.start()
            if not looked <= here < end or here in known:
                continue
            if word[0] != b"obj":
                return True
            strange += 1
            before = data[max(0, word.start() - _BACK) : word.start()]
            if _NUMBERS.search(before) or _ONLY_GAP.search(before) or strange > _MOST:
                return True
        looked = end
    return False


def _pieces(file: BinaryIO) -> Iterator[tuple[int, bytes, int]]:
    """Where a piece begins, the piece, and up to where its words are whole; the next begins well before."""
    size = file.seek(0, io.SEEK_END)
    end = 0
    while end < size:
        place = max(0, end - _BACK)
        file.seek(place)
        data = file.read(_CHUNK)
        end = size if place + len(data) >= size else place + len(data) - _BACK
        yield place, data, end


def _known(reader: PdfFileReader, file: BinaryIO, layout: Layout) -> set[int]:
    """Where the word of each known object stands, and those of each table.

    Raises ValueError where a table leads to something else than the object.
    """
    if reader.xrefs.hybrid_xrefs_present:
        # two tables for one revision, of which each program reads the one it understands
        raise ValueError(reader)
    found: set[int] = set()
    starts = [reader.xrefs.get_startxref_for_revision(one) for one in range(reader.total_revisions)]
    for revision, start in enumerate(starts):
        about = reader.xrefs.get_xref_container_info(revision)
        end: int | None = None
        if about.stream_ref is None:
            table = _TABLE.match(_read(file, start, about.end_location - start + _NEAR))
            if table is None or not _counts(table[0]):
                raise ValueError(start)
            text = check_trailer(file, start + table.end())
            end = start + table.end() + len(text) - len(b"startxref")
            found |= {start, start + table.end()}
        elif about.start_location != start:
            raise ValueError(about)
        else:
            words, text = _checked_table(file, reader, start, layout)
            found |= words
        if keys_of(text) - _TRAILER:
            # what some program looks for there, as LibreOffice does for a document of its own
            raise ValueError(start)
        found |= _listed(file, reader, revision, layout)
        layout.end_revision(
            start,
            end,
            text,
            reader.xrefs.get_xref_data(revision).freed,
            first_of_two=revision == 0 and len(starts) > 1 and starts[1] < start,
        )
    return found


def _listed(file: BinaryIO, reader: PdfFileReader, revision: int, layout: Layout) -> set[int]:
    """Where the word of each object stands that a revision lists. Raises ValueError."""
    found: set[int] = set()
    streams: set[int] = set()
    inside: set[int] = set()
    table = reader.xrefs.get_xref_container_info(revision).stream_ref
    for reference in reader.xrefs.explicit_refs_in_revision(revision):
        place = reader.xrefs.get_historical_ref(reference, revision)
        if isinstance(place, ObjStreamRef):
            inside.add(place.obj_stream_id)
        if not isinstance(place, int):
            continue
        number, word = _header(file, place)
        if (number, 0) != (reference.idnum, reference.generation):
            raise ValueError(reference)
        text = check_object(file, word)
        last, end = _end(file, reader, revision, word, text)
        layout.add(number, place, end, text)
        found |= {word, last, end - len(b"endobj")}
        if text.endswith(b"endobj") or reference == table:
            continue
        kind = kind_of(text)
        if kind == b"/XRef":
            # a table beside the tables
            raise ValueError(reference)
        if kind == b"/ObjStm":
            streams.add(number)
            _check_listed(reader, revision, reference, layout)
    if not inside <= streams:
        # what a stream holds is listed where the stream is, which says so itself
        raise ValueError(revision)
    return found


def _end(file: BinaryIO, reader: PdfFileReader, revision: int, word: int, text: bytes) -> tuple[int, int]:
    """Where the last word of an object's stream stands, or its first, and where it ends.

    Raises ValueError where it does not end at once behind its stream.
    """
    end = word + len(text)
    if text.endswith(b"endobj"):
        return word, end
    length, elsewhere = stream_length(text)
    if elsewhere:
        length = int(reader.get_historical_resolver(revision).get_object(Reference(length, 0, reader)))
    behind = _BEHIND.match(_read(file, end + length, _NEAR))
    if length < 0 or behind is None:
        raise ValueError(word)
    return end + length + behind.start(1), end + length + behind.end()


def _counts(table: bytes) -> bool:
    """Whether each part of a table has as many lines as it says, the parts in order."""
    end = 0
    for part in _PART.finditer(table):
        first, count = int(part[1]), int(part[2])
        if first < end or len(part[3]) != 20 * count or (first and not count):
            # a part without lines says nothing, and a large number of it is too much for some
            return False
        if count and first < _LOWEST and (part[3][17:18] == b"f") == bool(first):
            # number 0 is free and 1 is not, or some look for the objects themselves
            return False
        end = first + count
    return True


def _header(file: BinaryIO, place: int) -> tuple[int, int]:
    found = _HEADER.match(_read(file, place, _NEAR))
    if found is None:
        raise ValueError(place)
    return int(found[1]), place + found.end()


def _checked_table(
    file: BinaryIO, reader: PdfFileReader, place: int, layout: Layout
) -> tuple[set[int], bytes]:
    """Where the words of an object stand that is a table, and an exact one; what it says of itself.

    Raises ValueError.
    """
    word = _header(file, place)[1]
    text = check_object(file, word)
    length, elsewhere = stream_length(text)
    behind = _BEHIND.match(_read(file, word + len(text) + length, _NEAR))
    if elsewhere or behind is None:
        raise ValueError(place)
    file.seek(place)
    number, generation = read_object_header(file, strict=True)  # type: ignore[no-untyped-call]
    reference = Reference(number, generation, reader)
    check_table(StreamObject.read_from_stream(file, reference))
    end = word + len(text) + length + behind.end()
    layout.add(number, place, end, text)
    return {word, end - len(behind[0]) + behind.start(1), end - len(b"endobj")}, text


def _read(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)


def _check_listed(reader: PdfFileReader, revision: int, reference: Reference, layout: Layout) -> None:
    """No stream of objects with more than the tables name. Raises ValueError."""
    made: Any = reader.get_historical_resolver(revision).get_object(reference)
    for index, (number, text) in enumerate(objects_listed(made).items()):
        place = reader.xrefs.get_historical_ref(Reference(number, 0, reader), revision)
        if not isinstance(place, ObjStreamRef) or place != ObjStreamRef(reference.idnum, index):
            raise ValueError(reference)
        layout.hold(number, text)
