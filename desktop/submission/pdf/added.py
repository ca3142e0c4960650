"""What a document gained in fields: signatures, and clocks behind the last of them.

pyHanko compares revisions by what it takes for visible; this asks by what a field is for. Somebody on the
way may append a field that nobody signs, of which one program or another makes a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    FieldComparisonContext,
    FieldComparisonSpec,
    FieldMDPRule,
    FormUpdate,
    ModificationLevel,
    SigFieldModificationRule,
)
from pyhanko.sign.diff_analysis.constants import VALUE_UPDATE_KEYS

from desktop.base import Message
from desktop.submission.pdf.about import entry_at
from desktop.submission.pdf.exact import one_reading
from desktop.submission.refusal import Refused

_OF_A_LOOK = frozenset({"/Type", "/Subtype", "/FormType", "/BBox", "/Resources", "/Length", "/Filter"})
_NOTHING = re.compile(rb"[\t\n\r ]*(?:% ?DS[A-Za-z]{1,20}[\t\n\r ]*)?")
_OF_A_CLOCK = frozenset(
    {"/Type", "/Filter", "/SubFilter", "/ByteRange", "/Contents", "/M", "/V", "/Prop_Build"}
)
"""What EN 319 142-1 asks of a timestamp over the document, and what Acrobat and others say besides: no name,
no reason, no place, and nothing of what may come after it."""
_DATE = re.compile(r"(?:D:)?[0-9]{4,14}(?:Z|[+-][0-9]{2})?[0-9']{0,6}")
_DEEPEST = 32
"""Fields within fields."""


def check_clock(stamp: Any, name: str) -> None:
    """Raise :class:`Refused` (``pdf.field``) for a timestamp that says more than that it is one.

    Others show a name and a reason as somebody's word; and what allows no changes, or locks fields, would
    close the document for who has yet to sign.
    """
    more = sorted(set(stamp) - _OF_A_CLOCK)
    if not more and "/M" in stamp and not _DATE.fullmatch(str(stamp["/M"])):
        more = ["/M"]
    if more:
        raise Refused(Message("submission.pdf.field", file=name, what=more[0]))


def check_added(reader: PdfFileReader, sealed: int | None, last: int | None, name: str) -> None:
    """Raise :class:`Refused` for fields that came and are for nothing.

    ``sealed`` is the revision that was sealed, if any: what came since is signed, or has neither place nor
    look, and no clock stands in a field that somebody was to sign (``pdf.field``). ``last`` is
    that of the last signature, if any: behind it come timestamps of the document alone, which show nothing
    (``pdf.changed_after``).
    """
    end = reader.total_revisions - 1
    now = _fields(reader.get_historical_resolver(end))
    if sealed is not None:
        before = _fields(reader.get_historical_resolver(sealed))
        odd = any(value is None and not _is_nowhere(field) for field, value in _came(before, now))
        taken = (
            before[place][1] for place, (_, value) in now.items() if place in before and _is_clock(value)
        )
        if odd or not all(map(_is_clock, taken)):
            raise Refused(Message("submission.pdf.field", file=name, what="/V"))
    if last is not None:
        before = _fields(reader.get_historical_resolver(last))
        for field, value in _came(before, now):
            if not _is_clock(value) or not _is_nowhere(field, plain=True):
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


def _is_nowhere(field: Any, *, plain: bool = False) -> bool:
    """Whether it has no place, or one that is a dot, and says nothing of a look.

    What shows ``plain`` nothing may say so as well, as iText, PDFBox and Acrobat do.
    """
    said = {"/AP", "/MK", "/BS", "/Border"}.intersection(field)
    if said and not (plain and all(_says_nothing(key, field[key]) for key in said)):
        return False
    if "/Rect" not in field:
        return True
    corners = _numbers(field.raw_get("/Rect"))
    return len(corners) == 4 and corners[:2] == corners[2:]


def _says_nothing(key: str, value: Any) -> bool:
    if key == "/MK":
        return isinstance(value, generic.DictionaryObject) and not value
    if key == "/Border":
        return _numbers(value) == [0, 0, 0]
    return key == "/AP" and _is_blank(value)


def _is_blank(looks: Any) -> bool:
    """One look, of no size, that draws nothing with nothing."""
    if not isinstance(looks, generic.DictionaryObject) or set(looks) != {"/N"}:
        return False
    form = looks["/N"]
    if not isinstance(form, generic.StreamObject) or set(form) - _OF_A_LOOK:
        return False
    try:
        nothing = _NOTHING.fullmatch(one_reading(form)) is not None
    except ValueError:
        return False
    lent: Any = form.raw_get("/Resources").get_object() if "/Resources" in form else None
    return nothing and not lent and _numbers(form.get("/BBox")) == [0, 0, 0, 0]


def _numbers(row: Any) -> list[float]:
    """Numbers that stand there themselves; none where one is elsewhere."""
    if not isinstance(row, generic.ArrayObject):
        return []
    found = [row.raw_get(at) for at in range(len(row))]
    plain = all(isinstance(one, (generic.NumberObject, generic.FloatObject)) for one in found)
    return found if plain else []


class BlankLooks(FieldMDPRule):
    """A clock that is added may bring the look of nothing: pyHanko takes any look for a form filled in."""

    def apply(self, context: FieldComparisonContext) -> Iterator[tuple[ModificationLevel, FormUpdate]]:
        """Explain what such looks are made of."""
        for called, about in context.field_specs.items():
            field = about.new_field
            if about.old_field_ref is not None or field is None or not {"/AP", "/V"} <= set(field):
                continue
            if not (_is_clock(field["/V"]) and _is_nowhere(field, plain=True)):
                continue
            parts = context.new.collect_dependencies(
                field.raw_get("/AP"), since_revision=context.old.revision + 1
            )
            for part in parts:
                yield (
                    ModificationLevel.LTA_UPDATES,
                    FormUpdate(updated_ref=part, field_name=called, valid_when_locked=True),
                )


class Unseen(SigFieldModificationRule):
    """Who signs in a field may show nothing: with what he signs its place becomes none, and its look nothing.

    PDFBox does so wherever it is given no picture, in a field that was prepared as well. The box stays empty.
    """

    def compare_fields(self, spec: FieldComparisonSpec) -> bool:
        """As pyHanko does; of such a field its place is not compared. Raises SuspiciousModification."""
        old, new = spec.old_field, spec.new_field
        if old is None or new is None or "/V" in old or "/V" not in new:
            return super().compare_fields(spec)
        gone = "/Rect" in new and _numbers(new.raw_get("/Rect")) == [0, 0, 0, 0]
        unseen = gone and "/AP" in new and _is_blank(new["/AP"])
        return _WITHOUT_A_PLACE.compare_fields(spec) if unseen else super().compare_fields(spec)


_WITHOUT_A_PLACE = SigFieldModificationRule(value_update_keys={*VALUE_UPDATE_KEYS, "/Rect"})
