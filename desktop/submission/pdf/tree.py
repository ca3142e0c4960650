"""The pages of a PDF hang together in one way, seen from above and from below.

Readers differ in what tells a page from a node. What a page inherits some look for by ``/Parent``, which
nothing else follows: it may lead to an object that is put there after everybody has signed.
"""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef

from desktop.base import Message
from desktop.submission.pdf.inflate import Room
from desktop.submission.pdf.packed import is_inflated_alike
from desktop.submission.refusal import Refused

_HARMLESS = ("reported number of objects", "Resources is missing")
"""A table may be said to be longer than it is (``/Size``); an empty page needs nothing to draw with."""

_EXTENSION = frozenset(
    {"/Type", "/BaseVersion", "/ExtensionLevel", "/URL", "/ExtensionRevision", "/VersionDetails"}
)
_EXTENDS = re.compile(r"[A-Za-z0-9/:._~?&=%#+-]{0,200}")
"""What such an entry says: a version, a number, an address."""
_CERTIFIES = {"/ByteRange", "/Contents", "/Reference"}
_MOST_SIGNS = 1 << 20
"""Of streams in revisions behind the first, for each signature and once more: a stamp's picture has fewer."""
_MARKS = frozenset({"/Marked", "/UserProperties", "/Suspects"})


def check_tree(reader: PdfFileReader, name: str) -> None:
    """Raise :class:`Refused` (``pdf.hidden``) for pages that may be others to another reader."""
    try:
        sound = _is_one_tree(reader) and _extends_plainly(reader.root) and _is_identified(reader)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise Refused(Message("submission.pdf.hidden", file=name))


def check_read_alike(file: BinaryIO, reader: PdfFileReader, name: str, signed: int) -> None:
    """Raise :class:`Refused` (``pdf.hidden``) for an object that one of our readers finds and the other not.

    What a document does is read with one of them, what was signed with the other. And both ask zlib, which
    other programs do not.
    """
    import pikepdf

    try:
        alike = _is_read_alike(file, reader, Room(_MOST_SIGNS * (signed + 1)))
    except pikepdf.PdfError:
        alike = False
    if not alike:
        raise Refused(Message("submission.pdf.hidden", file=name))


def _is_read_alike(file: BinaryIO, reader: PdfFileReader, appended: Room) -> bool:
    """Whether both find the same objects in the same places, and qpdf has nothing to mend."""
    import pikepdf

    last = reader.total_revisions - 1
    places: dict[tuple[int, int], int | tuple[int, int]] = {}
    behind: set[tuple[int, int]] = set()
    for revision in range(last + 1):
        for one in reader.xrefs.explicit_refs_in_revision(revision):
            if revision:
                behind.add((one.idnum, one.generation))
            place = reader.xrefs.get_historical_ref(one, last)
            if isinstance(place, ObjStreamRef):
                places[one.idnum, one.generation] = (place.obj_stream_id, place.ix_in_stream)
            elif place is not None:
                places[one.idnum, one.generation] = place
    file.seek(0)
    with pikepdf.open(file, attempt_recovery=False) as document:
        table = {
            number: one.offset if one.type == 1 else (one.obj_stream_number, one.obj_stream_index)
            for number, one in document.get_xref_table().items()
        }
        if table != places:
            return False
        # all of it together, since a carrier may append as many as he likes
        for number in places:
            held, room = document.get_object(number), appended if number in behind else None
            if isinstance(held, pikepdf.Stream) and not is_inflated_alike(held, room):
                return False
        return all(any(kind in str(one) for kind in _HARMLESS) for one in document.get_warnings())


def _is_one_tree(reader: PdfFileReader) -> bool:
    waiting: list[tuple[Any, Any]] = [(reader.root.raw_get("/Pages"), None)]
    seen: set[tuple[int, int]] = set()
    nodes: list[tuple[Any, Any, Any]] = []
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
        nodes.append((reference, above, node))
        if kind == "/Pages":
            kids = node["/Kids"]
            waiting += [(kids.raw_get(at), reference) for at in range(len(kids))]
    return _count_plainly(nodes)


def _count_plainly(nodes: list[tuple[Any, Any, Any]]) -> bool:
    """Whether each node says how many pages lie below it: some programs pass over as many as it says.

    Each comes with its place and that of the node above, which came before.
    """
    pages: dict[tuple[int, int], int] = {}
    for reference, above, node in reversed(nodes):
        below = pages.get(_place(reference), 0) if "/Kids" in node else 1
        if "/Kids" in node:
            said = node.raw_get("/Count")
            if not isinstance(said, generic.NumberObject) or said != below:
                return False
        if above is not None:
            pages[_place(above)] = pages.get(_place(above), 0) + below
    return True


def _extends_plainly(root: Any) -> bool:
    """Whether what the document says of other standards is said as ISO 32000-2, 7.12, has it.

    Signers add to it, and nobody compares it: anything might stand there.
    """
    if "/MarkInfo" in root:
        marks = root["/MarkInfo"]
        if not isinstance(marks, generic.DictionaryObject) or set(marks) - _MARKS:
            return False
        if not all(isinstance(marks.raw_get(key), generic.BooleanObject) for key in marks):
            return False
    if "/Perms" in root and not _allows_plainly(root):
        return False
    if "/Extensions" not in root:
        return True
    said = root["/Extensions"]
    if not isinstance(said, generic.DictionaryObject):
        return False
    for key in said:
        if key == "/Type" and said[key] == "/Extensions":
            continue
        several = said[key]
        for one in several if isinstance(several, generic.ArrayObject) else [several]:
            if not isinstance(one, generic.DictionaryObject) or set(one) - _EXTENSION or not _is_told(one):
                return False
            if not all(_EXTENDS.fullmatch(str(one[entry])) for entry in one):
                return False
    return True


def _is_identified(reader: PdfFileReader) -> bool:
    """Whether each end names the file by two texts (ISO 32000-1, 14.4): else nobody signs in it here."""
    for revision in range(reader.total_revisions):
        end = reader.get_historical_resolver(revision).trailer_view
        if "/ID" not in end:
            continue
        named = end.raw_get("/ID")
        texts = (
            [named.raw_get(at) for at in range(len(named))] if isinstance(named, generic.ArrayObject) else []
        )
        if [isinstance(one, generic.ByteStringObject | generic.TextStringObject) for one in texts] != [
            True,
            True,
        ]:
            return False
    return True


def _is_told(extension: Any) -> bool:
    """Whether it names version and level (ISO 32000-2, 7.12.3): without, others sign in it no more."""
    if not {"/BaseVersion", "/ExtensionLevel"} <= set(extension):
        return False
    version, level = extension.raw_get("/BaseVersion"), extension.raw_get("/ExtensionLevel")
    return isinstance(version, generic.NameObject) and isinstance(level, generic.NumberObject)


def _allows_plainly(root: Any) -> bool:
    """What may be changed is said by the signature that certifies, the value of a field, and by nothing else.

    What only looks like one keeps others from signing, and stops those who go by it from believing who has.
    """
    said = root["/Perms"]
    if not isinstance(said, generic.DictionaryObject) or set(said) != {"/DocMDP"}:
        return False
    value = said.raw_get("/DocMDP")
    if not isinstance(value, generic.IndirectObject) or not isinstance(
        said["/DocMDP"], generic.DictionaryObject
    ):
        return False
    if not {"/ByteRange", "/Contents", "/Reference"} <= set(said["/DocMDP"]):
        return False
    try:
        fields = root["/AcroForm"]["/Fields"]
    except KeyError:
        return False
    held = (fields[at] for at in range(len(fields)))
    return any("/V" in one and _is_at(one.raw_get("/V"), value) for one in held)


def _is_at(one: Any, other: Any) -> bool:
    return isinstance(one, generic.IndirectObject) and _place(one) == _place(other)


def _place(reference: Any) -> tuple[int, int]:
    return reference.idnum, reference.generation
