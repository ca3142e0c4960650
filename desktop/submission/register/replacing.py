"""What of a region's things a package takes the place of, and what the desk has to hear of beside it.

Nothing that came after a package is replaced by it: the newest of a region is asked about, or told at the
desk. Anybody who is certified can seal a package and name any other as the one before it: of what is refused
he takes the place only where those signed his whom that one asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.submission.register.entry import Entry
from desktop.submission.register.heard import arrived, first_arrived, is_trial
from desktop.submission.verdict import VerdictKind, Weight

_REFUSED = VerdictKind.REFUSED.value
_WHOM = ("signature.", "timestamp.")
"""How the codes of refusals begin that are about whom to believe."""


def replaced_by(first: Entry, here: Iterable[Entry]) -> frozenset[int]:
    """What nobody has to mend any more, as the region's own package took its place.

    That is what it follows, and the same sealed package with fewer signatures. Loose files are asked about as
    long as no package is accepted; where something is odd about this one everything is.
    """
    here = tuple(here)
    if first.doubts or first.rivals or not first.genuine:
        return frozenset()
    sealed, copies = frozenset(each.package for each in _before(first, here)), _copies(first)
    return frozenset(
        one.id
        for one in here
        if one is not first and not one.accepted and one.package in sealed
        and (one.sha256 in copies or _is_replaced(one, first))
    )  # fmt: skip


def _is_replaced(one: Entry, first: Entry) -> bool:
    """Of the same sealed package, or one that it follows."""
    then = first_arrived(first)
    if one.result == _REFUSED:
        return arrived(one) < then and _is_taken_up(one, first)
    if one.package == first.package and not _signatures(one) <= _signatures(first):
        return False
    return arrived(one) <= then


def has_newer_or_refused(counting: Entry, here: Iterable[Entry]) -> bool:
    """Whether something lies there that may be the region's own, or its newest, beside what counts.

    That is all that neither counts nor is known to have come before: of one run nobody knows what came
    first. But not what the one that counts takes the place of, nor papers that came with it.
    """
    here = tuple(here)
    then, before = first_arrived(counting), {each.id: each for each in _before(counting, here)}
    sealed = frozenset(each.package for each in before.values()) - {""}
    after, copies = _following(counting, here), _copies(counting)

    def is_heard_of(one: Entry) -> bool:
        if one.last_attached > then[0]:
            return True
        if one.accepted or one.id in before or one.sha256 in copies:
            return False
        if one.id in after or arrived(one) > then or was_signed_later(one, counting):
            return True
        behind = one.package in sealed
        if one.result == _REFUSED and one.package:
            return not (behind and _is_taken_up(one, counting))
        goes_with_it = one.papers or (behind and _is_replaced(one, counting))
        return arrived(one) == then and not goes_with_it

    return any(map(is_heard_of, here))


def was_signed_later(one: Entry, counting: Entry) -> bool:
    """Whether a region's own, incomplete, is newer by its signers' word, whichever of the two came first.

    Whoever has an older one that was complete can send that again, after the newer one or in its place, and
    lay a training signature over the newer one before.
    """
    newer = one.package != counting.package and one.signed_at > counting.signed_at
    return newer and one.genuine and not is_trial(one)


def _copies(one: Entry) -> frozenset[str]:
    return frozenset(sha256 for _, sha256 in one.alike)


def _following(first: Entry, here: Iterable[Entry]) -> frozenset[int]:
    """The ids of all that follows it, over whatever lies between."""
    following: dict[int, list[int]] = {}
    for one in here:
        following.setdefault(one.follows, []).append(one.id)
    out, left = set[int](), [first.id]
    while left:
        new = [each for each in following.pop(left.pop(), ()) if each not in out]
        out.update(new)
        left += new
    return frozenset(out)


def _before(first: Entry, here: Iterable[Entry]) -> Iterator[Entry]:
    """It, and what it follows; but of what is refused only what it may take the place of."""
    for each in _chain(first, here):
        if each.result != _REFUSED or _is_taken_up(each, first):
            yield each


def _chain(first: Entry, here: Iterable[Entry]) -> Iterator[Entry]:
    by_id = {one.id: one for one in here}
    by_id.pop(first.id, None)
    # it itself may have gone from the folder
    before: Entry | None = first
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
