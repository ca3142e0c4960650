"""What the desk itself asks of a package: the date, the guideline, a region that exists, a look since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.submission.register.reading import Told
from desktop.submission.register.store import still_holds
from desktop.submission.verdict import VerdictKind, Weight
from desktop.workspace.regions import regions

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry

ACCEPTED = frozenset({VerdictKind.VALID.value, VerdictKind.VALID_WITH_NOTES.value})
"""Verdicts that make a package count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the desk itself asks, and what packages were judged by when it last looked."""

    due: str
    guideline: str
    basis: str
    looked: str
    """When that was."""

    def judged_like(self, row: Any) -> str:
        """By what a row was judged; an empty text where time has made another thing of it since."""
        holds = self.looked and still_holds(row, dt.datetime.fromisoformat(self.looked))
        return str(row.basis) if holds else ""


def by_the_desk(entry: Entry, basis: str | None, asked: Asked) -> Entry:
    """What the desk itself asks: the date, the guideline, a region that exists. Never of cryptography.

    ``basis`` is what it was judged by, empty where that does not stand any more, None where it was not here:
    that is told in any case, whatever a register says that its last run judged by.
    """
    added: list[Told] = []
    late = None
    if asked.due and entry.signed_at:
        limit, signed = dt.datetime.fromisoformat(asked.due), dt.datetime.fromisoformat(entry.signed_at)
        late = signed > limit
        if late:
            added.append(_missing(Message("submission.missing.late", moment=signed, due=limit)))
    if entry.result == VerdictKind.REFUSED.value:
        # of what is refused the desk asks nothing else
        reasons = (*([_ELSEWHERE] if basis is None else []), *sorted(entry.reasons, key=_place))
        return replace(entry, late=late, reasons=reasons)
    wanted_id, _, wanted_version = asked.guideline.partition("@")
    if wanted_id and (
        entry.guideline != wanted_id or (wanted_version and entry.guideline_version != wanted_version)
    ):
        wanted = asked.guideline.replace("@", " ")
        added.append(
            _missing(
                Message("submission.register.other_guideline", found=entry.guideline_name, wanted=wanted)
            )
        )
    elif wanted_version:
        # where the desk names no version, anybody certified could name one that never was
        awaited = any(one.code == "note.guideline_unknown" for one in entry.reasons)
        entry = replace(entry, awaited=awaited)
    if wanted_id:
        # what the package's own guideline asks for is not known to be what the desk's asks for
        entry = replace(entry, reasons=tuple(_wanted(one) for one in entry.reasons))
    if entry.region not in region_names():
        added.append(_missing(Message("submission.register.unknown_region", code=entry.region or "-")))
    if not basis or basis != asked.basis:
        # it lies where the last run did not look, and that one was later, believed others or was elsewhere
        added.append(_ELSEWHERE)
    # what the desk asks stands first: a sender can make as many reasons as he likes
    reasons = (*added, *sorted(entry.reasons, key=_place))
    return replace(entry, late=late, reasons=reasons, result=_weighed(entry.result, reasons))


_NOT_THE_GUIDELINE = frozenset({"note.guideline_differs", "note.guideline_unknown", "note.guideline_unread"})


def _wanted(one: Told) -> Told:
    if one.code not in _NOT_THE_GUIDELINE:
        return one
    return Told(Weight.MISSING.value, one.code, one.message)


def _place(reason: Told) -> tuple[int, bool]:
    weights = (Weight.REFUSAL.value, Weight.MISSING.value, Weight.NOTE.value)
    place = weights.index(reason.weight) if reason.weight in weights else len(weights)
    return place, not reason.code.startswith("register.")


def _weighed(result: str, reasons: Iterable[Told]) -> str:
    """What the desk's own reasons make of an accepted package; its cryptography they never touch."""
    weights = {one.weight for one in reasons}
    if result not in ACCEPTED:
        return result
    if Weight.MISSING.value in weights:
        return VerdictKind.INCOMPLETE.value
    return VerdictKind.VALID_WITH_NOTES.value if Weight.NOTE.value in weights else result


def _missing(message: Message) -> Told:
    return _told(Weight.MISSING, message)


def _told(weight: Weight, message: Message) -> Told:
    return Told(weight.value, message.id.removeprefix("submission."), message)


_ELSEWHERE = _told(Weight.NOTE, Message("submission.register.other_basis"))


@cache
def region_names() -> Mapping[str, str]:
    """Every region by its code."""
    return {each.code: each.name for each in regions()}
