"""Whether every older revision of a document shows what the next shows, and what the newest does.

A program that finds a table odd looks for objects itself, and may choose those of an older revision. Whoever
signs, or writes a document anew, has no reason to leave any there that differ, but for the fields that he
adds. What an older object says of itself nobody else reads: what may change of one goes by where it lies, in
its own revision, in the next and in the newest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Any, BinaryIO, TypeAlias

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from desktop.base import Message
from desktop.submission.pdf.exact import one_reading
from desktop.submission.pdf.plain_values import spelled
from desktop.submission.pdf.producer import PRODUCER, names_producer
from desktop.submission.refusal import Refused


class _Place(Enum):
    """As what an object is reached."""

    ROOT = auto()
    PAGE = auto()
    """Or a node above pages."""
    SHOWN = auto()
    """What stands on a page besides what it draws."""
    FORM = auto()
    FIELDS = auto()
    FIELD = auto()
    LOOK = auto()
    ASIDE = auto()
    """Of no page: what is told of the document, proofs of its signatures."""
    ELSE = auto()


_MAY_CHANGE = {
    _Place.ROOT: frozenset(
        f"/{name}" for name in ("AcroForm", "DSS", "Extensions", "MarkInfo", "Metadata", "Perms", "Version")
    ),
    _Place.PAGE: frozenset({"/Annots"}),
    _Place.FORM: frozenset({"/DA", "/DR", "/Fields", "/SigFlags"}),
    _Place.FIELD: frozenset({"/AP", "/F", "/Lock", "/M", "/MK", "/Rect", "/SV", "/V"}),
}
"""Of a field in which nobody has signed and that shows nothing."""
_LEADS = {
    _Place.ROOT: {
        **dict.fromkeys(_MAY_CHANGE[_Place.ROOT], _Place.ASIDE),
        "/Pages": _Place.PAGE,
        "/AcroForm": _Place.FORM,
    },
    _Place.PAGE: {"/Kids": _Place.PAGE, "/Parent": _Place.PAGE, "/Annots": _Place.SHOWN},
    _Place.FORM: {"/Fields": _Place.FIELDS, "/DR": _Place.ASIDE},
    _Place.FIELD: {
        "/AP": _Place.LOOK,
        "/Kids": _Place.FIELD,
        "/P": _Place.PAGE,
        "/Parent": _Place.FIELD,
    },
    _Place.LOOK: {"/N": _Place.LOOK},
}
_STARTS = {"/Root": _Place.ROOT, "/Info": _Place.ASIDE}
_LATER = frozenset({_Place.ASIDE, _Place.ELSE})
_KEPT = frozenset({_Place.ROOT, _Place.PAGE, _Place.FIELD})
"""Bookmarks lead back to pages, pages to fields, signatures to the root; of these hardly anything changes."""
_DRAWS = frozenset({"/AP", "/Annots", "/Contents", "/Fields", "/Kids", "/MediaBox", "/Pages", "/Rect"})
"""What a catalogue, a page or a field has one of; pyHanko leaves a look behind to which nothing leads."""
_LISTS = frozenset({"/Annots", "/Fields"})

_Waiting: TypeAlias = list[tuple[Any, _Place]]


def has_older_pages(file: BinaryIO) -> bool:
    """Whether up to the first signature there is more than one revision, or that one leaves others behind."""
    try:
        reader = PdfFileReader(file, strict=True)
        count = reader.total_revisions
        first = min((one.signed_revision for one in reader.embedded_signatures), default=count)
        starts = [reader.xrefs.get_startxref_for_revision(one) for one in range(min(2, count))]
        # a linearised file has two tables, which have no number in common
        halves = starts != sorted(starts)
        if halves and set.intersection(*map(reader.xrefs.explicit_refs_in_revision, (0, 1))):
            return True
        anew = 2 if halves else 1
        return first > anew or leaves_others(reader, anew - 1, min(first, count - 1))
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError):
        return True  # nobody knows what lies in the older ones


def check_older(reader: PdfFileReader, sealed: int | None, signatures: Sequence[Any], name: str) -> None:
    """Raise :class:`Refused` for a number that was given anew since sealing or the first signature.

    Other programs compare each revision with what was signed, for which a field that came is new each time
    (``pdf.changed_before``, ``pdf.changed_after``).
    """
    end = reader.total_revisions - 1
    first = min(signatures, key=lambda one: one.signed_revision, default=None)
    signed = end if first is None else first.signed_revision
    if sealed is not None and leaves_others(reader, sealed, signed):
        raise Refused(Message("submission.pdf.changed_before", file=name))
    if first is not None and leaves_others(reader, signed, end):
        raise Refused(Message("submission.pdf.changed_after", file=name, field=str(first.field_name)))


def leaves_others(reader: PdfFileReader, first: int, last: int) -> bool:
    """Whether a revision gives what nothing leads to, or a number anew, and what that had shows otherwise.

    ``first`` and ``last`` are the revisions from and to which it is asked. Raises what pyHanko raises.
    """
    known: dict[int, _Revision] = {}

    def seen(revision: int) -> _Revision:
        if revision not in known:
            known[revision] = _Revision(reader.get_historical_resolver(revision))
        return known[revision]

    listed: set[generic.Reference] = set()
    for one in range(last):
        listed |= reader.xrefs.explicit_refs_in_revision(one)
        given = reader.xrefs.explicit_refs_in_revision(one + 1)
        if one < first or not given:
            continue
        after = seen(one + 1)
        if any(_draws(after.get(each)) for each in given - after.places.keys()):
            return True
        others = (seen(one), after, seen(reader.total_revisions - 1))
        if not all(_stays(each, *others) for each in given & listed):
            return True
    return False


def _draws(one: Any) -> bool:
    return isinstance(one, generic.DictionaryObject) and not _DRAWS.isdisjoint(one)


class _Revision:
    """What a revision leads to, and as what."""

    def __init__(self, resolver: HistoricalResolver) -> None:
        self.get = resolver.get_object
        self.places: dict[generic.Reference, set[_Place]] = {}
        self._follow([(value, _STARTS.get(key, _Place.ELSE)) for key, value in _parts(resolver.trailer_view)])

    def at(self, one: Any, key: str) -> Any:
        """What lies under an entry, as it was then; None where there is none."""
        value = one.raw_get(key) if isinstance(one, generic.DictionaryObject) and key in one else None
        return self.get(value.reference) if isinstance(value, generic.IndirectObject) else value

    def _follow(self, waiting: _Waiting) -> None:
        """Root, pages and fields first; bookmarks make a long row of the rest."""
        later: _Waiting = []
        while waiting or later:
            one, place = (waiting or later).pop()
            if place in _LATER and waiting:
                later.append((one, place))
                continue
            if isinstance(one, generic.IndirectObject):
                known = self.places.setdefault(one.reference, set())
                if place in known or (place in _LATER and known & _KEPT):
                    continue
                known.add(place)
                one = self.get(one.reference)
            (later if place in _LATER else waiting).extend(_below(one, place))


def _below(one: Any, place: _Place) -> Iterator[tuple[Any, _Place]]:
    """What lies in a dictionary or a list, and as what."""
    if isinstance(one, generic.ArrayObject):
        inside = {_Place.FIELDS: _Place.FIELD, _Place.SHOWN: _Place.ELSE}.get(place, place)
        yield from ((value, inside) for _, value in _parts(one))
    else:
        leads = _LEADS.get(place, {})
        usual = place if place in _LATER else _Place.ELSE
        yield from ((value, leads.get(key, usual)) for key, value in _parts(one))


def _parts(one: Any) -> Iterator[tuple[Any, Any]]:
    """What a dictionary or a list holds, as it is written."""
    if isinstance(one, generic.DictionaryObject):
        yield from ((key, one.raw_get(key)) for key in one)
    elif isinstance(one, generic.ArrayObject):
        yield from ((at, one.raw_get(at)) for at in range(len(one)))


def _stays(reference: generic.Reference, before: _Revision, after: _Revision, newest: _Revision) -> bool:
    """Whether an object shows what it did: fields may come to a page, and looks to a field."""
    places = before.places.get(reference, set())
    old, new = (one.get(reference) for one in (before, after))
    if not places or type(old) is not type(new):
        return False
    if _written(old) == _written(new):
        return True
    if len(places) != 1 or any(one.places.get(reference) != places for one in (after, newest)):
        return False
    (place,) = places
    if place in {_Place.ASIDE, _Place.LOOK}:
        return place is _Place.ASIDE or _shows_nothing(before, old)
    if isinstance(old, generic.ArrayObject):
        return place in {_Place.SHOWN, _Place.FIELDS} and _grows(old, new, after)
    if type(old) is not generic.DictionaryObject:
        return False
    were, are = ({key: spelled(value) for key, value in _parts(one)} for one in (old, new))
    other = {key for key in were.keys() | are.keys() if were.get(key) != are.get(key)}
    if place is _Place.PAGE and names_producer(old) and names_producer(new):
        other.discard(PRODUCER)
    return other <= _MAY_CHANGE.get(place, frozenset()) and (
        ("/V" not in old and _shows_nothing(before, before.at(old, "/AP")))
        if place is _Place.FIELD
        else all(_grows(before.at(old, key), after.at(new, key), after) for key in other & _LISTS)
    )


def _written(one: Any) -> tuple[str, bytes]:
    held = one.encoded_data if isinstance(one, generic.StreamObject) else b""
    return spelled(one), held


def _shows_nothing(revision: _Revision, look: Any) -> bool:
    """Whether a look, or the dictionary of looks, is of a field that nobody has signed yet."""
    if not isinstance(look, generic.StreamObject):
        look = look if look is None or set(look) != {"/N"} else revision.at(look, "/N")
    return look is None or (
        isinstance(look, generic.StreamObject) and not (look.encoded_data and one_reading(look).strip())
    )


def _grows(old: Any, new: Any, after: _Revision) -> bool:
    """Whether all of a list stays, in order, and what came is fields."""
    were, are = ([spelled(value) for _, value in _parts(one)] for one in (old, new))
    came = [value for _, value in _parts(new) if spelled(value) not in were]
    return [one for one in are if one in were] == were and all(
        isinstance(one, generic.IndirectObject) and after.places.get(one.reference) == {_Place.FIELD}
        for one in came
    )
