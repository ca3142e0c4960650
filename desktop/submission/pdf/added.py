"""What a document gained in fields: signatures, and clocks behind the last of them.

pyHanko compares revisions by what it takes for visible; this asks by what a field is for. Somebody on the
way may append a field that nobody signs, of which one program or another makes a look.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from desktop.base import Message
from desktop.submission.pdf.about import entry_at
from desktop.submission.refusal import Refused

_DEEPEST = 32
"""Fields within fields."""


def check_added(reader: PdfFileReader, sealed: int | None, last: int | None, name: str) -> None:
    """Raise :class:`Refused` for fields that came and are for nothing.

    ``sealed`` is the revision that was sealed, if any: what came since is signed, or has neither place nor
    look (``pdf.field``). ``last`` is that of the last signature, if any: behind it come timestamps of the
    document alone, which show nothing (``pdf.changed_after``).
    """
    end = reader.total_revisions - 1
    now = _fields(reader.get_historical_resolver(end))
    if sealed is not None:
        before = _fields(reader.get_historical_resolver(sealed))
        if any(value is None and not _is_nowhere(field) for field, value in _came(before, now)):
            raise Refused(Message("submission.pdf.field", file=name, what="/V"))
    if last is not None:
        before = _fields(reader.get_historical_resolver(last))
        for field, value in _came(before, now):
            if not _is_clock(value) or not _is_nowhere(field):
                raise Refused(
                    Message("submission.pdf.changed_after", file=name, field=str(field.get("/T", "")))
                )


_Fields = dict[tuple[int, int], tuple[Any, Any]]
"""By object, each field with its signature."""


def _came(before: _Fields, now: _Fields) -> Iterator[tuple[Any, Any]]:
    return (found for place, found in now.items() if place not in before)


def _fields(resolver: HistoricalResolver) -> _Fields:
    """Every field as it stood then."""
    form = entry_at(resolver, resolver.root, "/AcroForm")
    found: _Fields = {}
    waiting = [(one, None, 0) for one in (entry_at(resolver, form, "/Fields") if form else None) or ()]
    while waiting:
        place, value, depth = waiting.pop()
        if not isinstance(place, generic.IndirectObject) or depth > _DEEPEST:
            continue  # no field for a signature: told where fields are looked at (:mod:`widgets`)
        key = (place.idnum, place.generation)
        if key in found:
            continue
        field = resolver.get_object(place.reference)
        value = entry_at(resolver, field, "/V") if "/V" in field else value
        found[key] = (field, value)
        waiting += [(one, value, depth + 1) for one in entry_at(resolver, field, "/Kids") or ()]
    return found


def _is_clock(value: Any) -> bool:
    return isinstance(value, generic.DictionaryObject) and value.get("/Type", "") == "/DocTimeStamp"


def _is_nowhere(field: Any) -> bool:
    """Whether it has no place, or one that is a dot, and says nothing of a look."""
    if {"/AP", "/MK", "/BS", "/Border"}.intersection(field):
        return False
    if "/Rect" not in field:
        return True
    corners = field.raw_get("/Rect")
    if not isinstance(corners, generic.ArrayObject) or len(corners) != 4:
        return False
    numbers = [corners.raw_get(at) for at in range(4)]
    plain = all(isinstance(one, (generic.NumberObject, generic.FloatObject)) for one in numbers)
    return plain and numbers[:2] == numbers[2:]
