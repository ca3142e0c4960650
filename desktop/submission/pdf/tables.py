"""Whether the tables of a document are plain, as those are that we seal.

Programs disagree about tables that are streams, and about the objects within streams to which only these lead
(ISO 32000-1, 7.5.7 and 7.5.8): which numbers of a line are too large, how a stream is unpacked, which copy of
an object counts when a program looks for objects itself. So we write neither, and nothing of the kind comes
behind what we wrote: whoever appends does it as the document does (7.5.8.4).

Earlier programs sealed with both, and other programs that write a document anew like to pack it. Only for
these is there all that reads such tables strictly: ``check_table`` and ``objects_listed`` (``exact.py``),
``_checked_table`` and ``_check_listed`` (``hidden.py``), ``Layout.hold`` beside ``add`` (``layout.py``),
``_ends_packed`` and ``_are_inside`` (``written.py``), ``PACKED`` and ``HELD`` (``profile.py``).
"""

from __future__ import annotations

from typing import BinaryIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.base import Message
from desktop.submission.refusal import Refused


def check_plain_since(reader: PdfFileReader, base: int, name: str) -> None:
    """Nothing is packed behind the revision that was sealed, unless that was too.

    Raises :class:`Refused` (``pdf.packed``).
    """
    packed = _packed(reader)
    if any(packed) and not any(packed[: base + 1]):
        raise Refused(Message("submission.pdf.packed", file=name))


def pass_over_unused(reader: PdfFileReader) -> None:
    """Take no line for a change that frees a number which no table ever has in use, before or behind it.

    iText from 8 on keeps numbers for objects that it does not write, and lists them as free, again with each
    signature. Nothing may refer to one (``layout.py``), and that it is within bounds is asked there as well.
    """
    tables = [reader.xrefs.get_xref_data(one) for one in range(reader.total_revisions)]
    used = {number for one in tables for number in (*one.standard_xrefs, *one.xrefs_in_objstm)}
    for one in tables:
        one.explicit_refs_in_revision -= {
            (number, following - 1)
            for number, following in one.freed.items()
            if following and number not in used
        }


def is_packed(file: BinaryIO) -> bool:
    """Whether some revision's table is a stream, as it has to be for objects within streams."""
    file.seek(0)
    try:
        return any(_packed(PdfFileReader(file, strict=True)))
    except (
        PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError, AssertionError,
    ):  # fmt: skip
        return True  # not as we write it


def _packed(reader: PdfFileReader) -> list[bool]:
    tables = reader.xrefs
    revisions = range(reader.total_revisions)
    return [tables.get_xref_container_info(one).stream_ref is not None for one in revisions]
