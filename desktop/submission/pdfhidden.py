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
from desktop.submission.pdfexact import check_object, check_table, check_trailer, objects_listed
from desktop.submission.refusal import Refused

_SPACE = rb"[\x00\t\n\x0b\f\r \x80\xff]"
"""What parts two words; for pdfium the bytes 0x80 and 0xff do too, for others the vertical tab."""
_WORD = re.compile(
    rb"(?<=[\x00\t\n\x0b\f\r \x80\xff0-9.+-])obj|(?<![A-Za-z])trailer(?=" + _SPACE + rb"*(?:<<|%))"
)
_HEADER = re.compile(rb"[\t\n\f\r ]*([0-9]+)[\t\n\f\r ]+([0-9]+)[\t\n\f\r ]+(?=obj)")
_GAP = rb"(?:" + _SPACE + rb"|%[^\r\n]*[\r\n])"
_NUMBERS = re.compile(rb"[0-9.+-]" + _GAP + rb"+[0-9.+-]+" + _GAP + rb"*\Z")
"""As some readers have them: a sign, or a point, is a number."""
_ONLY_GAP = re.compile(rb"\A[^\r\n]*[\r\n]" + _GAP + rb"*\Z")
_LINE = rb"(?:\r\n|\n|\r)"
_LINES = rb"((?:[0-9]{10} [0-9]{5} [nf](?:\r\n| \n| \r))*+)"
_PART = re.compile(rb"([0-9]{1,10}) ([0-9]{1,10})[ ]*" + _LINE + _LINES)
_TABLE = re.compile(rb"xref[ ]*" + _LINE + rb"(?:" + _PART.pattern + rb")*+(?=trailer)")
"""Lines of twenty bytes (ISO 32000-1, 7.5.4): a reader that finds others looks for the objects itself."""
_BACK = 2048
"""Bytes looked at before a word; a remark that is longer stands for numbers."""
_CHUNK = 1 << 20
_NEAR, _DICTIONARY = 1 << 10, 1 << 20
_MOST = 200
"""Words that look like the beginning of an object and are none: a picture has one in many million bytes."""


def check_hidden(file: BinaryIO, reader: PdfFileReader, name: str) -> None:
    """Raise :class:`Refused` (``pdf.hidden``) for an object that no table knows, wherever it stands."""
    try:
        headers, tables = _known(reader, file)
        hidden = _beside(file, headers, tables)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        hidden = True
    if hidden:
        raise Refused(Message("submission.pdf.hidden", file=name))


def _beside(file: BinaryIO, headers: set[int], tables: int) -> bool:
    """Whether something reads like an object or a trailer that is none of these."""
    strange = looked = 0
    for place, data, end in _pieces(file):
        for word in _WORD.finditer(data):
            here = place + word.start()
            if not looked <= here < end:
                continue
            if word[0] == b"trailer":
                tables -= 1
            elif here not in headers:
                strange += 1
                before = data[max(0, word.start() - _BACK) : word.start()]
                if _NUMBERS.search(before) or _ONLY_GAP.search(before) or strange > _MOST:
                    return True
        looked = end
    return tables < 0


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


def _known(reader: PdfFileReader, file: BinaryIO) -> tuple[set[int], int]:
    """Where the word of each known object stands, and how many tables have a trailer.

    Raises ValueError where a table leads to something else than the object.
    """
    if reader.xrefs.hybrid_xrefs_present:
        # two tables for one revision, of which each program reads the one it understands
        raise ValueError(reader)
    found: set[int] = set()
    tables = 0
    for revision in range(reader.total_revisions):
        about = reader.xrefs.get_xref_container_info(revision)
        if about.stream_ref is None:
            tables += 1
            start = about.declared_startxref
            table = _TABLE.match(_read(file, start, about.end_location - start + _NEAR))
            if table is None or not _counts(table[0]):
                raise ValueError(start)
            check_trailer(file, start + table.end())
        elif about.start_location != about.declared_startxref:
            raise ValueError(about)
        else:
            found.add(_checked_table(file, reader, about.start_location))
        streams: set[int] = set()
        inside: set[int] = set()
        for reference in reader.xrefs.explicit_refs_in_revision(revision):
            place = reader.xrefs.get_historical_ref(reference, revision)
            if isinstance(place, ObjStreamRef):
                inside.add(place.obj_stream_id)
            if not isinstance(place, int):
                continue
            streams.add(reference.idnum)
            number, generation, end = _header(file, place)
            if generation or (number, generation) != (reference.idnum, reference.generation):
                raise ValueError(reference)
            check_object(file, end)
            found.add(end)
            if reference != about.stream_ref and _may_hold_objects(file, end):
                _check_listed(reader, revision, reference)
        if not inside <= streams:
            # what a stream holds is listed where the stream is
            raise ValueError(revision)
    return found, tables


def _counts(table: bytes) -> bool:
    """Whether each part of a table has as many lines as it says, the parts in order."""
    end = 0
    for part in _PART.finditer(table):
        first, count = int(part[1]), int(part[2])
        if first < end or len(part[3]) != 20 * count:
            return False
        end = first + count
    return True


def _header(file: BinaryIO, place: int) -> tuple[int, int, int]:
    found = _HEADER.match(_read(file, place, _NEAR))
    if found is None:
        raise ValueError(place)
    return int(found[1]), int(found[2]), place + found.end()


def _checked_table(file: BinaryIO, reader: PdfFileReader, place: int) -> int:
    """Where the word of an object stands that is a table, and an exact one. Raises ValueError."""
    end = _header(file, place)[2]
    check_object(file, end)
    file.seek(place)
    number, generation = read_object_header(file, strict=True)  # type: ignore[no-untyped-call]
    reference = Reference(number, generation, reader)
    check_table(StreamObject.read_from_stream(file, reference))
    return end


def _may_hold_objects(file: BinaryIO, place: int) -> bool:
    """Whether the dictionary may say that its stream holds objects or a table; ``#`` hides letters."""
    dictionary = _read(file, place, _NEAR)
    if b"stream" not in dictionary and b"endobj" not in dictionary:
        dictionary = _read(file, place, _DICTIONARY)
    dictionary = dictionary.split(b"stream", 1)[0]
    return any(word in dictionary for word in (b"ObjStm", b"XRef", b"#"))


def _read(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)


def _check_listed(reader: PdfFileReader, revision: int, reference: Reference) -> None:
    """No table beside the tables, and no stream of objects with more than they name. Raises ValueError."""
    made: Any = reader.get_historical_resolver(revision).get_object(reference)
    kind = str(made.get("/Type", "")) if isinstance(made, StreamObject) else ""
    if kind == "/XRef":
        raise ValueError(reference)
    if kind != "/ObjStm":
        return
    for index, number in enumerate(objects_listed(made)):
        place = reader.xrefs.get_historical_ref(Reference(number, 0, reader), revision)
        if not isinstance(place, ObjStreamRef) or place != ObjStreamRef(reference.idnum, index):
            raise ValueError(reference)
