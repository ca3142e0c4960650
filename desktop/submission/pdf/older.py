"""Whether the older revisions of a document that was written anew show what the newest shows.

A program that finds a table odd looks for objects itself, and may choose those of an older revision. Who
writes a document anew has no reason to leave any there that differ, but for the fields that he adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

_OF_ROOT = frozenset({"/AcroForm", "/DSS", "/Extensions", "/MarkInfo", "/Metadata", "/Perms", "/Version"})
_PLACE = frozenset({"/Rect", "/Subtype", "/Type", "/P", "/Parent"})
"""What stays of a field: whatever look it is given lies there."""


def has_older_pages(file: BinaryIO) -> bool:
    """Whether some revision up to the first signature, or the end, leaves another page behind."""
    try:
        reader = PdfFileReader(file, strict=True)
        end = reader.total_revisions - 1
        if not end:
            return False
        first = min((one.signed_revision for one in reader.embedded_signatures), default=end)
        return any(_replaces(reader, one) for one in range(first))
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError):
        return True  # nobody knows what lies in the older ones


def _replaces(reader: PdfFileReader, revision: int) -> bool:
    """Whether the next revision gives a number anew, and what it had shows otherwise or was not seen.

    The two tables of a linearised file have no number in common.
    """
    tables = reader.xrefs
    listed: set[generic.Reference] = set()
    for one in range(revision + 1):
        listed |= tables.explicit_refs_in_revision(one)
    again = tables.explicit_refs_in_revision(revision + 1) & listed
    if not again:
        return False
    before, after = (reader.get_historical_resolver(one) for one in (revision, revision + 1))
    seen = again - (_unseen(before) & _unseen(after))
    return not again <= _reached(before) or not all(_stays(before, after, one) for one in seen)


def _unseen(resolver: HistoricalResolver) -> set[generic.Reference]:
    """The form, and what is told of the document: of no page."""
    trailer, root = resolver.trailer_view, resolver.root
    places = [(trailer, "/Info"), (root, "/AcroForm"), (root, "/Metadata")]
    found = [holder.raw_get(key) for holder, key in places if key in holder]
    return {one.reference for one in found if isinstance(one, generic.IndirectObject)}


def _reached(resolver: HistoricalResolver) -> set[generic.Reference]:
    """Everything to which a revision leads; bookmarks make a long row of it."""
    found: set[generic.Reference] = set()
    waiting: list[Any] = [resolver.trailer_view]
    while waiting:
        one = waiting.pop()
        if isinstance(one, generic.IndirectObject):
            if one.reference in found:
                continue
            found.add(one.reference)
            one = resolver.get_object(one.reference)
        waiting += (value for _, value in _parts(one))
    return found


def _parts(one: Any) -> Iterator[tuple[Any, Any]]:
    """What a dictionary or a list holds, as it is written."""
    if isinstance(one, generic.DictionaryObject):
        yield from ((key, one.raw_get(key)) for key in one)
    elif isinstance(one, generic.ArrayObject):
        yield from ((at, one.raw_get(at)) for at in range(len(one)))


def _stays(before: HistoricalResolver, after: HistoricalResolver, reference: generic.Reference) -> bool:
    """Whether an object shows what it did: fields may come to a page, and looks to a field."""
    old, new = (one.get_object(reference) for one in (before, after))
    if isinstance(old, generic.ArrayObject):
        return isinstance(new, generic.ArrayObject) and _grows(old, new, after)
    if not isinstance(old, generic.DictionaryObject) or type(old) is not type(new):
        return repr(old) == repr(new)
    if (
        isinstance(old, generic.StreamObject)
        and isinstance(new, generic.StreamObject)
        and old.encoded_data != new.encoded_data
    ):
        return False
    were, are = ({key: repr(value) for key, value in _parts(one)} for one in (old, new))
    other = {key for key in were.keys() | are.keys() if were.get(key) != are.get(key)}
    if reference == before.root_ref:
        return other <= _OF_ROOT
    if old.get("/Type", "") == "/Page":
        lists = [one.get("/Annots", generic.ArrayObject()) for one in (_at(old, before), _at(new, after))]
        return other <= {"/Annots"} and _grows(lists[0], lists[1], after)
    return not other & _PLACE if _is_field(old) else not other


def _at(page: Any, resolver: HistoricalResolver) -> dict[str, Any]:
    """Its entries as they were in that revision."""
    return {
        key: resolver.get_object(one.reference) if isinstance(one, generic.IndirectObject) else one
        for key, one in _parts(page)
        if key == "/Annots"
    }


def _is_field(one: Any) -> bool:
    return isinstance(one, generic.DictionaryObject) and (
        "/FT" in one or one.get("/Subtype", "") == "/Widget" or ("/T" in one and "/Kids" in one)
    )


def _grows(old: Any, new: Any, after: HistoricalResolver) -> bool:
    """Whether all of a list stays, in order, and what came behind it is fields."""
    were, are = ([value for _, value in _parts(one)] for one in (old, new))
    came = are[len(were) :]
    return [repr(one) for one in were] == [repr(one) for one in are[: len(were)]] and all(
        isinstance(one, generic.IndirectObject) and _is_field(after.get_object(one.reference)) for one in came
    )
