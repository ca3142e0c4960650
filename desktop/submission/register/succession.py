"""Which package of a region counts: who follows whom, and where nobody said so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base import Message

if TYPE_CHECKING:
    from desktop.submission.register.listing import Entry

NEVER_CAME = -1
"""A package that follows one which is not in the register."""


def settle(found: Iterable[Entry]) -> list[Entry]:
    """The entries with what each follows, which one counts for its region, and which contradict it."""
    out = list(found)
    by_hash = {one.sha256: one for one in out if one.sha256}
    out = [_follows(one, by_hash) for one in out]
    regions: dict[str, list[Entry]] = {}
    for one in out:
        if one.accepted:
            regions.setdefault(one.region, []).append(one)
    changed: dict[int, Entry] = {}
    for rivals in regions.values():
        for one in _settled(rivals, by_hash):
            changed[one.id] = one
    return [changed.get(one.id, one) for one in out]


def _follows(one: Entry, by_hash: dict[str, Entry]) -> Entry:
    if not one.previous:
        return one
    before = by_hash.get(one.previous)
    if before is None:
        return replace(one, follows=NEVER_CAME)
    return replace(one, follows=before.id, doubts=tuple(_doubts(one, before)))


def _doubts(one: Entry, before: Entry) -> Iterable[Message]:
    """Any certified official can sign a package that names any region and any package before it."""
    if one.region != before.region:
        yield Message("submission.standing.other_region", region=before.region)
    now, then = _closed_by(one), _closed_by(before)
    if now and then and not now & then:
        yield Message(
            "submission.standing.other_signer", now=", ".join(sorted(now)), before=", ".join(sorted(then))
        )


def _closed_by(one: Entry) -> set[str]:
    """Who signed the package as a whole."""
    return {each.holder for each in one.signers if not each.document}


def _settled(accepted: list[Entry], by_hash: dict[str, Entry]) -> Iterable[Entry]:
    """The newest accepted package counts; others that it does not follow contradict it."""
    ends = [one for one in accepted if not _followed(one, accepted, by_hash)]
    # a training signature never takes the place of a real one
    newest = max(
        ends, key=lambda one: (not any(each.test for each in one.signers), one.signed_at, one.created_at)
    )
    # the same package with another signature added is no second submission
    others = tuple(one.id for one in ends if one is not newest and one.package != newest.package)
    for one in accepted:
        current = one is newest
        contradicts = one.id in others
        if current or contradicts:
            rivals = others if current else (newest.id,)
            yield replace(one, current=current, rivals=rivals)


def _followed(one: Entry, accepted: list[Entry], by_hash: dict[str, Entry]) -> bool:
    """Whether an accepted package follows this one, over whatever came between."""
    for each in accepted:
        seen = {each.sha256}
        before = by_hash.get(each.previous)
        while before is not None and before.sha256 not in seen:
            if before.sha256 == one.sha256:
                return True
            seen.add(before.sha256)
            before = by_hash.get(before.previous)
    return False
