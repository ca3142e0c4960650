"""The day on which documents count as printed, held against the days on which they were signed.

The sealer's word is which day it is; who holds an office on it stands in every document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from desktop.base import Message, clock
from desktop.guideline.pack import Pack
from desktop.submission.frame.container import OpenPackage
from desktop.submission.inside import strict
from desktop.submission.judging import ONCE_A_DAY, Judge
from desktop.submission.manifest import Manifest
from desktop.submission.persons import is_there
from desktop.submission.printed.printing_day import stated_day
from desktop.submission.signing_days import Days, day_there, signing_days
from desktop.workspace.offices import signed_office
from desktop.workspace.plan_data_form import NAME as DATA_NAME
from desktop.workspace.plan_data_form import Data, PersonPart

_MOST_NAMES = 3
Names: TypeAlias = dict[str, None]
NOBODY = "\N{EN DASH}"


def note_printed_for(manifest: Manifest, judge: Judge) -> None:
    """Documents that count as printed on a day which had not come when they were signed.

    They name who holds an office then, and as done what was still to come. A day is over in Indonesia while
    it has not begun by the clock that signatures go by.
    """
    if not isinstance(manifest.printed_on, str):
        return
    day = dt.date.fromisoformat(manifest.printed_on)
    latest = dt.date.fromisoformat(
        _first(manifest, signing_days(judge.reports, manifest, judge.now), judge)[""][-1]
    )
    if not clock.day_of(manifest.moment, manifest.region.code) <= day <= latest:
        judge.note(Message("submission.note.printed_for", day=day, latest=latest))


def documents_day(package: OpenPackage, judge: Judge) -> dt.date | None:
    """The day on which the documents count as printed: whoever held an office then is named by the package.

    None for packages made before printing had editions: documents were printed by the clock, and nothing
    says of which day.
    """
    manifest = package.manifest
    if not isinstance(manifest.application.printing, int) and not strict(manifest, judge):
        return None
    return stated_day(manifest, package.read(DATA_NAME))


def note_officials_since(
    manifest: Manifest, day: dt.date, data: Data, pack: Pack | None, all_days: Sequence[Days], judge: Judge
) -> None:
    """Officials who went or came between the day of the documents, which name them, and the signing.

    An honest program prints as of the last day before sealing on which anything changed, so there is nothing
    to tell where nothing changes between sealing and signing. Each office by each document signed for it,
    for who signs it has to be whom it names; else by its own first signature, the others by the first of all.
    """
    labels = {role.id: role.label for role in pack.roles} if pack is not None else {}
    agencies = {one.id: one.short_name or _text(one.name, data) for one in data.agencies}
    offices: dict[str, list[PersonPart]] = {}
    for one in data.people:
        if one.name.strip():
            offices.setdefault(one.role or _text(one.office, data), []).append(one)
    first, documents = _first(manifest, all_days, judge), _documents(all_days, judge)
    for role, people in offices.items():
        then = _names(people, day.isoformat(), data, agencies)
        for days in documents.get(role) or [first.get(role, first[""])]:
            since = [_names(people, each, data, agencies) for each in days]
            if then in since:
                continue
            said = {
                "role": labels.get(role) or role or NOBODY,
                "before": _listed(then, since[-1]),
                "after": _listed(since[-1], then),
            }
            latest = dt.date.fromisoformat(days[-1])
            judge.note(Message("submission.note.officials_since", day=day, latest=latest, **said))
            break


def _first(manifest: Manifest, all_days: Sequence[Days], judge: Judge) -> dict[str, Days]:
    """When somebody signed for each office first; empty = for any. Now where nobody has."""
    first: dict[str, Days] = {}
    there = list(zip(judge.reports, all_days, strict=True))
    # anybody can lay a closing of any day over a copy
    asked = [each for each in there if each[0].asked or each[0].file] or there
    for one, days in [each for each in asked if not each[0].test] or asked:
        for role in ("", one.role):
            first[role] = min(first.get(role, days), days, key=lambda each: each[-1])
    if not first:
        judge.turns(judge.now + ONCE_A_DAY)
    return {"": (day_there(judge.now, manifest),), **first}


def _documents(all_days: Sequence[Days], judge: Judge) -> dict[str, list[Days]]:
    """When documents were signed for each office."""
    found: dict[str, set[Days]] = {}
    for one, days in zip(judge.reports, all_days, strict=True):
        if one.file:
            found.setdefault(one.role, set()).add(days)
    return {role: sorted(days) for role, days in found.items()}


def _names(people: Sequence[PersonPart], day: str, data: Data, agencies: Mapping[str, str]) -> Names:
    """Who is there on a day, as documents name them: with how they act, their own office, and agency.

    Once, however many terms of theirs meet on that day. (In the plan's order.)
    """
    found: Names = {}
    for one in people:
        if is_there(one, day):
            office = signed_office(one.acting, _text(one.office, data))
            beside = [each for each in (office, agencies.get(one.agency, one.agency)) if each.strip()]
            found[f"{one.name.strip()} ({', '.join(beside)})" if beside else one.name.strip()] = None
    return found


def _text(texts: Mapping[str, str], data: Data) -> str:
    return texts.get(data.workspace.source_language, "").strip() or next(iter(texts.values()), "").strip()


def _listed(names: Names, other: Names) -> str:
    """All of them, first who is not among the others."""
    found = sorted(names, key=lambda each: each in other)
    some = found[:_MOST_NAMES]
    return ", ".join(some + ["\N{HORIZONTAL ELLIPSIS}"] * (len(found) > len(some))) or NOBODY
