"""The pages of a PDF hang together in one way, seen from above and from below.

Readers differ in what tells a page from a node. What a page inherits some look for by ``/Parent``, which
nothing else follows: it may lead to an object that is put there after everybody has signed.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.base import Message
from desktop.submission.refusal import Refused


def check_tree(reader: PdfFileReader, name: str) -> None:
    """Raise :class:`Refused` (``pdf.hidden``) for pages that may be others to another reader."""
    try:
        sound = _is_one_tree(reader)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise Refused(Message("submission.pdf.hidden", file=name))


def check_read_alike(file: BinaryIO, reader: PdfFileReader, name: str, *, whole: bool) -> None:
    """Raise :class:`Refused` (``pdf.hidden``) for an object that one of our readers finds and the other not.

    What a document does is read with one of them, what was signed with the other. ``whole``: every object is
    read strictly, as comparing signed revisions does by the way. Raises what pikepdf and pyHanko raise.
    """
    import pikepdf

    last = reader.total_revisions - 1
    listed = {
        (one.idnum, one.generation)
        for revision in range(last + 1)
        for one in reader.xrefs.explicit_refs_in_revision(revision)
        if reader.xrefs.get_historical_ref(one, last) is not None
    }
    file.seek(0)
    with pikepdf.open(file) as document:
        for place in listed:
            known: Any = document.get_object(place)
            if known is not None and not whole:
                continue
            found = reader.get_object(generic.Reference(*place, reader))  # type: ignore[no-untyped-call]
            if known is None and not isinstance(found, generic.NullObject):
                raise Refused(Message("submission.pdf.hidden", file=name))


def _is_one_tree(reader: PdfFileReader) -> bool:
    waiting: list[tuple[Any, Any]] = [(reader.root.raw_get("/Pages"), None)]
    seen: set[tuple[int, int]] = set()
    pages = 0
    while waiting:
        reference, above = waiting.pop()
        if not isinstance(reference, generic.IndirectObject) or _place(reference) in seen:
            return False
        seen.add(_place(reference))
        node: Any = reader.get_object(reference.reference)  # type: ignore[no-untyped-call]
        parent = node.raw_get("/Parent") if "/Parent" in node else None
        if (None if parent is None else _place(parent)) != (None if above is None else _place(above)):
            return False
        kind = "/Pages" if "/Kids" in node else "/Page"
        if node["/Type"] != kind:
            return False
        pages += kind == "/Page"
        if kind == "/Pages":
            kids = node["/Kids"]
            waiting += [(kids.raw_get(at), reference) for at in range(len(kids))]
    return int(reader.root["/Pages"]["/Count"]) == pages


def _place(reference: Any) -> tuple[int, int]:
    return reference.idnum, reference.generation
