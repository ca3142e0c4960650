"""What of a region's things a package takes the place of, and what the desk has to hear of beside it.

Nothing that came after a package is replaced by it: the newest of a region is asked about, or told at the
desk. Anybody who is certified can seal a package and name any other as the one before it: of what is refused
he takes the place only where those signed his whom that one asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.submission.register.entry import UNSIGNED, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.heard import arrived
from desktop.submission.verdict import VerdictKind, Weight

_REFUSED = VerdictKind.REFUSED.value
_WHOM = ("signature.", "timestamp.")
"""How the codes of refusals begin that are about whom to believe."""
_MAY_HOLD_A_PACKAGE = frozenset({Sort.ARCHIVE, Sort.PACKED, Sort.LINK, Sort.UNREADABLE})


def replaced_by(first: Entry, here: Iterable[Entry]) -> frozenset[int]:
    """What nobody has to mend any more, as the region's own package took its place.

    That is what it follows, and the same sealed package with fewer signatures. Loose files are asked about as
    long as no package is accepted; where something is odd about this one everything is.
    """
    here = tuple(here)
    if first.doubts or first.rivals or not first.genuine:
        return frozenset()
    sealed = frozenset(each.package for each in _before(first, here))
    return frozenset(
        one.id
        for one in here
        if one is not first and not one.accepted and one.package in sealed and _is_replaced(one, first)
    )


def _is_replaced(one: Entry, first: Entry) -> bool:
    if one.result == _REFUSED:
        return arrived(one) < arrived(first) and _is_taken_up(one, first)
    if one.package == first.package and not _signatures(one) <= _signatures(first):
        return False
    return arrived(one) <= arrived(first)


def has_newer_or_refused(counting: Entry, here: Iterable[Entry]) -> bool:
    """Whether something lies there that may be the region's own, or its newest, beside what counts."""
    here = tuple(here)
    before = {each.id: each for each in _before(counting, here)}
    sealed = frozenset(each.package for each in before.values())
    return any(
        _is_heard_of(one, counting, sealed, here)
        for one in here
        if one is not counting and not one.accepted and one.id not in before
    )


def _is_heard_of(one: Entry, counting: Entry, sealed: frozenset[str], here: Iterable[Entry]) -> bool:
    came, then = arrived(one), arrived(counting)
    if came > then or counting.id in {each.id for each in _chain(one, here)}:
        return True
    if one.result == _REFUSED and one.package:
        return one.package not in sealed or not _is_taken_up(one, counting)
    # of one run nobody knows what came first
    lies = {one.sort, *(Sort(kind) for kind, _ in one.kinds)}
    unread = one.result == _REFUSED or (one.result == UNSIGNED and not _MAY_HOLD_A_PACKAGE.isdisjoint(lies))
    return unread and came == then


def _before(first: Entry, here: Iterable[Entry]) -> Iterator[Entry]:
    """It, and what it follows; but of what is refused only what it may take the place of."""
    for each in _chain(first, here):
        if each.result != _REFUSED or _is_taken_up(each, first):
            yield each


def _chain(first: Entry, here: Iterable[Entry]) -> Iterator[Entry]:
    by_id = {one.id: one for one in here}
    before = by_id.pop(first.id, None)
    while before is not None:
        yield before
        before = by_id.pop(before.follows, None)


def _is_taken_up(refused: Entry, first: Entry) -> bool:
    """Whether those signed this whom the refused one asked, where it is refused for whom to believe."""
    signed = {each.holder for each in first.signers}
    persons: dict[object, set[object]] = {}
    for one in refused.reasons:
        if "person" in (params := one.message.params):
            persons.setdefault(params.get("role"), set()).add(params["person"])
    doubted = (
        one.message.params
        for one in refused.reasons
        if one.weight == Weight.REFUSAL.value and one.code.startswith(_WHOM)
    )
    return not any(
        signed.isdisjoint({params.get("holder"), *persons.get(params.get("role"), ())}) for params in doubted
    )


def _signatures(one: Entry) -> frozenset[tuple[str, str, str]]:
    return frozenset((each.document, each.role, each.certificate) for each in one.signers)
