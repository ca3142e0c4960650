"""By which ways a revision leads to an object, for pyHanko's comparison of revisions.

It works out each way to each object before it asks for the few that changed since: of a book with hundreds
of pages these are hundreds of thousands, for every revision again. Here only what leads to an object that is
asked for is walked, by pyHanko's own walk; the ways are the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from weakref import WeakKeyDictionary

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DiffResult,
    FormUpdatingRule,
    QualifiedWhitelistRule,
    StandardDiffPolicy,
    SuspiciousModification,
)

_Number = tuple[int, int]
_Ways = set[Any]
_ABOVE = "/Parent"
"""Not followed by that walk either."""
_STARTS: _Number = (0, 0)
"""The trailer, which is no object."""

_Numbers = tuple[_Number, ...]
_LENT: WeakKeyDictionary[PdfFileReader, dict[_Number, _Numbers]] = WeakKeyDictionary()
"""Of a document what each object refers to that is in all later revisions as it is; by numbers, since what
leads to the document itself would keep it."""


class Policy(StandardDiffPolicy):
    """pyHanko's own, which asks for the ways one by one, and lets free what never was (``tables.py``)."""

    def __init__(self, global_rules: list[QualifiedWhitelistRule], form_rule: FormUpdatingRule) -> None:
        super().__init__(global_rules, form_rule, reject_object_freeing=False)

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: Any = None,
        doc_mdp: Any = None,
    ) -> DiffResult:
        """As pyHanko does. Raises SuspiciousModification, and what it raises besides."""
        tables, at = new.reader.xrefs, new.revision
        if tables.refs_freed_in_revision(at) & tables.explicit_refs_in_revision(at):
            raise SuspiciousModification("an object was freed")
        held: Any = old
        if held._indirect_object_access_cache is None:  # noqa: SLF001 - where pyHanko holds all of them
            held._indirect_object_access_cache = Usages(old)  # noqa: SLF001 - as above
        return super().apply(old, new, field_mdp_spec, doc_mdp)


class Usages:
    """Stands in for the table of all ways of a revision."""

    def __init__(self, resolver: HistoricalResolver) -> None:
        self._resolver = resolver
        self._above: dict[_Number, set[_Number]] | None = None
        self._known: dict[_Number, _Ways] = {}

    def __getitem__(self, reference: generic.Reference) -> _Ways:
        """The ways to an object. Raises KeyError where there are none, and what pyHanko raises."""
        asked = _number(reference)
        if asked not in self._known:
            changed = {asked} if self._known else {asked, *map(_number, self._changed())}
            try:
                found = self._ways(changed)
            except KeyError as error:
                # which would be taken for no ways at all
                raise PdfReadError("an object is not as its kind is") from error
            self._known |= {one: found.get(one, set()) for one in changed}
        if not self._known[asked]:
            raise KeyError(reference)
        return self._known[asked]

    def _changed(self) -> set[generic.Reference]:
        """What later revisions give anew: of these each is asked for."""
        xrefs = self._resolver.reader.xrefs
        later = range(self._resolver.revision + 1, xrefs.total_revisions)
        return {one for revision in later for one in xrefs.explicit_refs_in_revision(revision)}

    def _ways(self, asked: set[_Number]) -> dict[_Number, _Ways]:
        if self._above is None:
            self._above = _led_to_by(self._resolver)
        leading, waiting = set(asked), list(asked)
        while waiting:
            for one in self._above.get(waiting.pop(), ()):
                if one not in leading:
                    leading.add(one)
                    waiting.append(one)
        walk: Any = _Leading(self._resolver, leading)
        walk_all: Any = HistoricalResolver._load_reverse_xref_cache  # noqa: SLF001 - pyHanko's, over less
        walk_all(walk)
        return {_number(one): ways for one, ways in walk._indirect_object_access_cache.items()}  # noqa: SLF001


class _Leading:
    """A revision of which nothing is seen but what leads to some objects: to pyHanko's walk it is one."""

    def __init__(self, resolver: HistoricalResolver, leading: set[_Number]) -> None:
        self._resolver, self._leading = resolver, leading
        self._indirect_object_access_cache: dict[generic.Reference, _Ways] | None = None
        self._seen: dict[_Number, Any] = {}
        self.root, self.trailer_view = resolver.root, resolver.trailer_view

    def __call__(self, reference: generic.Reference) -> Any:
        """An object without what leads elsewhere."""
        number = _number(reference)
        if number not in self._seen:
            kept = self._kept(self._resolver(reference)) if number in self._leading else None
            self._seen[number] = generic.NullObject() if kept is None else kept
        return self._seen[number]

    def _kept(self, value: Any) -> Any:
        """What of a value leads there; None for nothing."""
        if isinstance(value, generic.IndirectObject):
            return value if _number(value) in self._leading else None
        if isinstance(value, generic.DictionaryObject):
            entries = {key: self._kept(one) for key, one in value.items()}
            held = {key: one for key, one in entries.items() if one is not None}
            return generic.DictionaryObject(held) if held else None  # type: ignore[no-untyped-call]
        if isinstance(value, generic.ArrayObject):
            row = [self._kept(one) for one in value]
            return _row(row) if any(one is not None for one in row) else None
        return None


def _row(held: list[Any]) -> Any:
    """Each in its place."""
    return generic.ArrayObject(generic.NullObject() if one is None else one for one in held)


def _number(reference: Any) -> _Number:
    return reference.idnum, reference.generation


def _led_to_by(resolver: HistoricalResolver) -> dict[_Number, set[_Number]]:
    """Of each object that a revision leads to, which ones refer to it."""
    lent = _LENT.setdefault(resolver.reader, {})
    above: dict[_Number, set[_Number]] = defaultdict(set)
    waiting = [(_STARTS, _references(resolver.trailer_view))]
    while waiting:
        holder, references = waiting.pop()
        for number in references:
            if number not in above:
                waiting.append((number, _of_object(resolver, number, lent)))
            above[number].add(holder)
    return above


def _of_object(resolver: HistoricalResolver, number: _Number, lent: dict[_Number, _Numbers]) -> _Numbers:
    reader: Any = resolver.reader
    reference = generic.Reference(*number, reader)
    try:
        last = reader.xrefs.get_last_change(reference)
    except KeyError:
        last = None
    if last is None or last > resolver.revision:
        return _references(resolver(reference))
    if number not in lent:
        lent[number] = _references(reader.get_object(reference, transparent_decrypt=False))
    return lent[number]


def _references(value: Any) -> _Numbers:
    """All that a value refers to itself."""
    found: list[_Number] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, generic.IndirectObject):
            found.append(_number(one))
        elif isinstance(one, generic.DictionaryObject):
            waiting += [inside for key, inside in one.items() if key != _ABOVE]
        elif isinstance(one, generic.ArrayObject):
            waiting += one
    return tuple(found)
