"""What of a region's things a package takes the place of, and what the desk has to hear of beside it.

Nothing that came after a package is replaced by it: the newest of a region is asked about, or told at the
desk. Anybody who is certified can seal a package, name any other as the one before it, lay a document into
it that somebody else signed once, and whoever had that other one in hand can sign it too, in any name. So
what is refused is replaced only with the same sealed package, whole, closed by somebody whom that asks: of
all else that is refused nobody knows who closed it. What nobody has closed whom it asks is taken up with the
same sealed package, or where it came before: whoever has it in hand can name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from desktop.submission.register.entry import UNSIGNED, Entry
from desktop.submission.register.heard import (
    arrived,
    first_arrived,
    only_trains,
    really_by,
    whose,
    word_of,
)
from desktop.submission.verdict import VerdictKind, Weight

if TYPE_CHECKING:
    from desktop.submission.register.reading import Signer

_NOBODY_NAMED = frozenset({"note.nobody_named", "note.more"})
_REFUSED = VerdictKind.REFUSED.value


def replaced_by(first: Entry, here: Iterable[Entry]) -> frozenset[int]:
    """What nobody has to mend any more, as the region's own package took its place.

    That is what it follows, and the same sealed package with fewer signatures. Loose files are asked about as
    long as no package is accepted; where something is odd about this one everything is.
    """
    here = tuple(here)
    if first.doubts or first.rivals or not first.genuine:
        return frozenset()
    behind, copies = _Behind(first, here), _copies(first)
    return frozenset(
        one.id
        for one in here
        if one is not first and not one.accepted and one.package in behind.sealed
        and (one.sha256 in copies or behind.is_replaced(one))
    )  # fmt: skip


def has_newer_or_refused(counting: Entry, here: Iterable[Entry]) -> bool:
    """Whether something lies there that may be the region's own, or its newest, beside what counts.

    That is all that neither counts nor is known to have come before: of one run nobody knows what came
    first. But not what the one that counts takes the place of, nor papers that came with it.
    """
    here = tuple(here)
    then, behind = first_arrived(counting), _Behind(counting, here)
    after, copies = _following(counting, here), _copies(counting)

    def is_heard_of(one: Entry) -> bool:
        if one.last_attached > then[0]:
            return True
        if one.accepted or one.id in behind.ids or one.sha256 in copies:
            return False
        if one.id in after or arrived(one) > then or was_signed_later(one, counting):
            return True
        same = one.package in behind.sealed
        if one.result == _REFUSED and one.package:
            return not (same and behind.takes_up(one))
        goes_with_it = one.papers or (same and behind.is_replaced(one))
        at_once = arrived(one) == then or (one.result == UNSIGNED and one.last_attached == then[0])
        return at_once and not goes_with_it

    return any(map(is_heard_of, here))


def was_signed_later(one: Entry, counting: Entry) -> bool:
    """Whether a region's own, incomplete, is newer by its signers' word, whichever of the two came first.

    Whoever has an older one that was complete can send that again, after the newer one or in its place, and
    lay a training signature over the newer one before. Nobody who was asked may have closed either: it is
    the region's own all the same where anybody real did whose package the other one is.
    """
    newer = one.package != counting.package and one.signed_at > counting.signed_at
    really = {each.certificate for each in really_by(one)}
    alike = one.result != _REFUSED and not really.isdisjoint(whose(word_of(counting)))
    return newer and (one.genuine or alike) and not only_trains(one)


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


def _chain(first: Entry, here: Iterable[Entry]) -> Iterator[Entry]:
    by_id = {one.id: one for one in here}
    by_id.pop(first.id, None)
    # it itself may have gone from the folder
    before: Entry | None = first
    while before is not None:
        yield before
        before = by_id.pop(before.follows, None)


class _Behind:
    """A package, and what it follows; but of what nobody vouches for only what it may take the place of."""

    def __init__(self, first: Entry, here: Iterable[Entry]) -> None:
        chain = tuple(_chain(first, here))
        self._first = first
        self._signed: dict[str, set[object]] = {}
        """Who signed each sealed package that somebody closed whom it asks for by name.

        Who only trains does neither, and where nobody is named anybody would do.
        """
        for each in chain:
            real = [one for one in each.signers if not one.test]
            if each.package and any(one.vouches and _is_named(each, one) for one in real):
                self._signed.setdefault(each.package, set()).update(one.holder for one in real)
        before = [each for each in chain if self._is_before(each)]
        self.ids = frozenset(each.id for each in before)
        # whoever has a sealed package in hand can close it himself: that takes up his own file of it alone
        known = [each.package for each in before if each is first or self._is_known(each)]
        self.sealed = frozenset(known) - {""}

    def _is_before(self, one: Entry) -> bool:
        """Whether what it follows, by its own word, is what it may take the place of."""
        if one.result == _REFUSED:
            return self.takes_up(one)
        return one.genuine or self._is_known(one)

    def _is_known(self, one: Entry) -> bool:
        return one.package in self._signed or arrived(one) < first_arrived(self._first)

    def is_replaced(self, one: Entry) -> bool:
        """Whether it takes the place of what is of the same sealed package, or of one that it follows."""
        first, then = self._first, first_arrived(self._first)
        if one.result == _REFUSED:
            return arrived(one) < then and self.takes_up(one)
        if one.package == first.package and not _signatures(one) <= _signatures(first):
            return False
        return arrived(one) <= then

    def takes_up(self, refused: Entry) -> bool:
        """Whether the same sealed package is among these, by those who were doubted there, or asked for.

        By a name alone nothing is: anybody can make a certificate in his own, or has an old one, and so have
        whatever is in his hands doubted.
        """
        persons: dict[object, set[object]] = {}
        for one in refused.reasons:
            if "person" in (params := one.message.params):
                persons.setdefault(params.get("role"), set()).add(params["person"])
        doubted = [
            one.message.params
            for one in refused.reasons
            if one.weight == Weight.REFUSAL.value and "holder" in one.message.params
        ]
        signed = self._signed.get(refused.package, set())
        return bool(signed) and not any(
            signed.isdisjoint({params["holder"], *persons.get(params.get("role"), ())}) for params in doubted
        )


def _is_named(one: Entry, signer: Signer) -> bool:
    """Whether the package says who is to sign there; of very many who sign for nobody not each is told."""
    noted = [each.message.params for each in one.reasons if each.code in _NOBODY_NAMED]
    return not any(each.get("holder", signer.holder) == signer.holder for each in noted)


def _signatures(one: Entry) -> frozenset[tuple[str, str, str]]:
    return frozenset((each.document, each.role, each.certificate) for each in one.signers)
