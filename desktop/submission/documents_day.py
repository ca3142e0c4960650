"""The day on which documents count as printed, held against the days on which they were signed.

The sealer's word is which day it is; who holds an office on it stands in every document.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from desktop.base import Message, clock
from desktop.guideline.pack import Pack
from desktop.submission.container import OpenPackage
from desktop.submission.inside import strict
from desktop.submission.judging import Judge
from desktop.submission.manifest import Manifest
from desktop.submission.persons import EARLIER, around, is_there
from desktop.submission.printing_day import stated_day
from desktop.workspace.offices import signed_office
from desktop.workspace.plan_data_form import NAME as DATA_NAME
from desktop.workspace.plan_data_form import Data, PersonPart

_MOST_NAMES = 3
Moments: TypeAlias = tuple[dt.datetime, ...]
NOBODY = "\N{EN DASH}"


def note_printed_for(manifest: Manifest, judge: Judge) -> None:
    """Documents that count as printed on a day which had not come when they were signed.

    They name who holds an office then, and as done what was still to come. A day is over in Indonesia while
    it has not begun by the clock that signatures go by.
    """
    if not isinstance(manifest.printed_on, str):
        return
    day = dt.date.fromisoformat(manifest.printed_on)
    latest = _first(judge)[""][-1] + dt.timedelta(hours=EARLIER)
    if not clock.day_of(manifest.moment, manifest.region.code) <= day <= latest.date():
        judge.note(Message("submission.note.printed_for", day=day, latest=latest.date()))


def documents_day(package: OpenPackage, judge: Judge) -> dt.date | None:
    """The day on which the documents count as printed: whoever held an office then is named by the package.

    None for packages made before printing had editions: documents were printed by the clock, and nothing
    says of which day.
    """
    manifest = package.manifest
    if not isinstance(manifest.application.printing, int) and not strict(manifest, judge):
        return None
    return stated_day(manifest, package.read(DATA_NAME))


def note_officials_since(day: dt.date, data: Data, pack: Pack | None, judge: Judge) -> None:
    """Officials who went or came between the day of the documents, which name them, and the signing.

    An honest program prints as of the last day before sealing on which anything changed, so there is nothing
    to tell where nothing changes between sealing and signing. Each office by its own first signature, for
    who signs has to be whom the documents name; the others by the first of all.
    """
    labels = {role.id: role.label for role in pack.roles} if pack is not None else {}
    agencies = {one.id: one.short_name or _text(one.name, data) for one in data.agencies}
    offices: dict[str, list[PersonPart]] = {}
    for one in data.people:
        if one.name.strip():
            offices.setdefault(one.role or _text(one.office, data), []).append(one)
    first = _first(judge)
    for role, people in offices.items():
        moments = first.get(role, first[""])
        then = _names(people, day.isoformat(), data, agencies)
        since = [_names(people, each, data, agencies) for each in around(*moments)]
        if then not in since:
            said = {
                "role": labels.get(role) or role or NOBODY,
                "before": _listed(then - since[-1]),
                "after": _listed(since[-1] - then),
            }
            latest = (moments[-1] + dt.timedelta(hours=EARLIER)).date()
            judge.note(Message("submission.note.officials_since", day=day, latest=latest, **said))


def _first(judge: Judge) -> dict[str, Moments]:
    """When somebody signed for each office first, as claimed and as proven, in this order; empty = for any.

    A timestamp may have been added long after a signature: that is told elsewhere. Now where nobody has.
    """
    first: dict[str, Moments] = {}
    for one in judge.reports:
        moments = tuple(sorted(moment for moment in (one.claimed_at, one.proven_at) if moment is not None))
        for role in ("", one.role) if moments else ():
            first[role] = min(first.get(role, moments), moments, key=lambda each: each[-1])
    return {"": (judge.now,), **first}


def _names(people: Sequence[PersonPart], day: str, data: Data, agencies: Mapping[str, str]) -> Counter[str]:
    """Who is there on a day, as documents name them: with how they act, their own office, and agency."""
    found: Counter[str] = Counter()
    for one in people:
        if is_there(one, day):
            office = signed_office(one.acting, _text(one.office, data))
            beside = [each for each in (office, agencies.get(one.agency, one.agency)) if each.strip()]
            found[f"{one.name.strip()} ({', '.join(beside)})" if beside else one.name.strip()] += 1
    return found


def _text(texts: Mapping[str, str], data: Data) -> str:
    return texts.get(data.workspace.source_language, "").strip() or next(iter(texts.values()), "").strip()


def _listed(names: Counter[str]) -> str:
    some = list(names)[:_MOST_NAMES]
    return ", ".join(some + ["\N{HORIZONTAL ELLIPSIS}"] * (len(names) > len(some))) or NOBODY
