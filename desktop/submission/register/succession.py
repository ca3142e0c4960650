"""Which package of a region counts, and what is said of the others.

Any certified official can sign a package that names any region and any package before it. So a package
stands back without a word only behind one that follows it, or is the same sealed package once more, and that
everybody who closed it has closed as well; of an incomplete one those people alone are enough. Everything
else that is genuine is told: as a doubt where it is followed or incomplete, else as a rival, about which the
region is asked.

Of those who closed a package those are meant who were asked to, where there are any, and of training
certificates none beside real ones: anybody can lay his signature over anything. What nobody closed who was
asked is passed over where somebody asked had closed the same before it came.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from desktop.base import Message
from desktop.submission.register.alike import (
    closed_otherwise,
    told_of_copies,
    told_of_withdrawn,
    withdrawn_in,
)
from desktop.submission.register.ancestry import Ancestry
from desktop.submission.register.dated import last_signed, signed_before
from desktop.submission.register.heard import (
    Certificates,
    Place,
    Places,
    arrived,
    asked_of,
    closed_by,
    copies_of,
    cut_off,
    heard_of,
    is_training,
    is_trial,
    only_trains,
    places_of,
    really_by,
    whose,
    word_of,
)

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry
    from desktop.submission.register.reading import Signer

NEVER_CAME = -1
"""A package that follows one which is not in the register."""
Kind: TypeAlias = tuple[str, frozenset[tuple[str, str, str, str, bool]]]
Chain: TypeAlias = "tuple[tuple[Kind, Entry], ...]"
_KINDS = 10
"""Of packages before another one, the nearest and the farthest, by region and who closed them."""
_NAMED = 3
"""Files judged elsewhere that are named; all are counted."""


def settle(found: Iterable[Entry]) -> list[Entry]:
    """The entries with what each follows, which one counts for its region, and which contradict it."""
    everything = list(found)
    # what nobody here has judged stands against nothing of its region that was
    known = {one.region for one in everything if one.genuine and one.proven}
    heard = [one for one in everything if one.genuine and (one.proven or one.region not in known)]
    ancestry = Ancestry(everything)
    changed = {one.id: one for one in _following(ancestry)}
    regions: dict[str, list[Entry]] = {}
    for one in heard:
        regions.setdefault(one.region, []).append(changed[one.id])
    for genuine in regions.values():
        for one in _settled(genuine, ancestry):
            changed[one.id] = one
    for copies in copies_of(heard):
        since = min(map(arrived, copies))
        for id_, others, doubts in told_of_copies(copies):
            one = changed[id_]
            changed[id_] = replace(one, alike=others, since=since, doubts=(*one.doubts, *doubts))
    withdrawn = withdrawn_in(everything)
    for one in heard if withdrawn else ():
        told = tuple(told_of_withdrawn(one, withdrawn))
        changed[one.id] = replace(changed[one.id], doubts=(*changed[one.id].doubts, *told))
    return list(_with_elsewhere([changed[one.id] for one in everything]))


def _with_elsewhere(found: Sequence[Entry]) -> Iterator[Entry]:
    """The same, and what was judged here says that more is on record that was not: it may count.

    Whatever is said there of what follows what, or lacks what, is the word of whoever wrote the rows. So
    there is no exception: of its region, of the same sealed package, or what something of it follows.
    """
    near: dict[str, set[str]] = {}
    for one in found:
        for key in {one.region, one.package, one.previous} if one.genuine and one.proven else ():
            near.setdefault(key, set()).add(one.region)
    near.pop("", None)
    apart: dict[str, list[Entry]] = {}
    for one in found:
        if one.genuine and not one.proven:
            for region in set[str]().union(
                *(near.get(key, ()) for key in (one.region, one.package, one.sha256))
            ):
                apart.setdefault(region, []).append(one)
    counting = {one.region for one in found if one.current}
    for one in found:
        others = apart.get(one.region, ()) if one.genuine and one.proven else ()
        if others and (one.current or one.rivals or one.region not in counting):
            names = ", ".join(each.name for each in others[:_NAMED])
            told = Message("submission.standing.elsewhere", n=len(others), file=names)
            yield replace(one, doubts=(*one.doubts, told))
        else:
            yield one


def foremost(genuine: Sequence[Entry]) -> Entry:
    """The newest of a region's packages of which none is accepted: a receipt is given for it all the same."""
    return _newest(genuine, _Region(genuine, Ancestry(genuine)))


def _names(signers: Sequence[Signer]) -> str | Message:
    return _marked(", ".join(sorted({each.holder for each in signers})), signers)


def _marked(told: str, signers: Sequence[Signer]) -> str | Message:
    """The same, and that these only train: where anybody is real, he alone is told."""
    if not signers or not all(each.test for each in signers):
        return told
    return Message("submission.signer.marked", holder=told, mark=Message("submission.anchor.test"))


def _certificate(one: Signer) -> str:
    """Whose it is said to be, who issued it, and the end of its fingerprint."""
    said = (one.organisation, one.issuer, f"\N{HORIZONTAL ELLIPSIS}{one.certificate[-8:]}")
    return ", ".join(each for each in said if each)


# -- who follows whom --------------------------------------------------------------------------------
def _following(ancestry: Ancestry) -> Iterator[Entry]:
    """Each entry with what it follows, and with what is odd about anything genuine before it."""
    chains: dict[int, Chain] = {}
    signed: dict[int, tuple[str, str]] = {}
    """When the last of those that each follows was signed, and which that is."""
    known: dict[tuple[Kind, int, bool], tuple[Message, ...]] = {}
    for one in ancestry.order:
        before = ancestry.before(one)
        if before is None:
            chains[one.id] = ()
            yield replace(one, follows=NEVER_CAME) if one.previous else one
            continue
        chain = chains[one.id] = _longer(chains.get(before.id, ()), before)
        signed[one.id] = last_signed(before, signed.get(before.id, ("", "")))
        doubts: tuple[Message, ...] = ()
        if one.genuine:
            # of one kind over one chain: said once, however many there are
            asked = (_kind(one), id(chain), one.proven)
            if asked not in known:
                # what was not judged here is told as that alone
                heard = (each for _, each in chain if each.proven or not one.proven)
                known[asked] = tuple(dict.fromkeys(_doubts(one, heard)))
            doubts = (*known[asked], *signed_before(one, *signed[one.id]))
        yield replace(one, follows=before.id, doubts=doubts)


def _longer(chain: Chain, before: Entry) -> Chain:
    """The chain with one more, the nearest first: one of each kind, so that a long one stays short.

    Who has many certificates can make many kinds. What is farthest stays then: the region's own packages,
    before which nobody can put anything.
    """
    if not before.genuine:
        return chain
    kind = _kind(before)
    if chain and chain[0][0] == kind:
        return chain
    longer = ((kind, before), *(each for each in chain if each[0] != kind))
    return longer if len(longer) <= 2 * _KINDS else (*longer[:_KINDS], *longer[-_KINDS:])


def _kind(one: Entry) -> Kind:
    """All that doubts go by."""
    people = (
        (each.holder, each.organisation, each.issuer, each.certificate, each.test) for each in closed_by(one)
    )
    return one.region, frozenset(people)


def _doubts(one: Entry, chain: Iterable[Entry]) -> Iterable[Message]:
    """What is odd about anything genuine that it follows, not only about the nearest."""
    for before in chain:
        if only_trains(before) and not is_training(one):
            continue
        if one.region != before.region:
            yield Message("submission.standing.other_region", region=before.region)
        yield from _other_people(one, before)


def _other_people(one: Entry, before: Entry) -> Iterable[Message]:
    """Told when somebody who closed what was before has not closed this; a name alone is nobody."""
    now, then = really_by(one), really_by(before)
    certificates, names = whose(places_of(one)), {each.holder for each in now}
    gone = [each for each in then if each.certificate not in certificates]
    if any(each.holder not in names for each in gone):
        yield Message("submission.standing.other_signer", now=_names(now), before=_names(then))
    for each in gone:
        if each.holder in names:
            same = [one for one in now if one.holder == each.holder]
            yield Message(
                "submission.standing.other_certificate",
                holder=each.holder, now=_marked("; ".join(map(_certificate, same)), same),
                before=_marked(_certificate(each), [each]),
            )  # fmt: skip


# -- which one counts --------------------------------------------------------------------------------
class _Places:
    """Packages by their places on a walk through what came before what, and by who closed them."""

    def __init__(self) -> None:
        self._by: dict[Certificates, list[int]] = {}

    def add(self, closed: Certificates, place: int) -> None:
        """One more; once is enough."""
        places = self._by.setdefault(closed, [])
        at = bisect_left(places, place)
        if at == len(places) or places[at] != place:
            places.insert(at, place)

    def after(self, word: Certificates, spans: Iterable[tuple[int, int]]) -> int:
        """How often one that all of these have closed comes after what has these spans."""
        found = [places for closed, places in self._by.items() if word <= closed]
        return sum(
            bisect_right(places, last) - bisect_right(places, first)
            for first, last in spans
            for places in found
        )


class _Region:
    """The genuine packages of one region, by what was sealed."""

    def __init__(self, genuine: Sequence[Entry], ancestry: Ancestry) -> None:
        self.ancestry = ancestry
        self.same: dict[str, list[Entry]] = {}
        self.ways: dict[str, dict[Places, list[int]]] = {}
        """Of each sealed package who closed it, with the places of those."""
        first: dict[str, tuple[str, str]] = {}
        for one in genuine:
            self.same.setdefault(one.package, []).append(one)
            way = self.ways.setdefault(one.package, {}).setdefault(places_of(one), [])
            way.append(ancestry.span(one)[0])
            if one.arrived and asked_of(one) and not is_trial(one):
                first[one.package] = min(arrived(one), first.get(one.package, arrived(one)))
        self.passed_over = {
            one.id for one in genuine if not asked_of(one) and first.get(one.package, ("~~",)) < arrived(one)
        }
        """What others closed whom nobody asked, after the same had come closed by whoever was."""
        self.cut = cut_off(genuine)
        self.copies = {one.id for _, *others in copies_of(genuine) for one in others}
        """The same signatures as in another that is heard."""

    def spans(self, one: Entry) -> tuple[tuple[int, int], ...]:
        """Where everything stands that comes after the same sealed package."""
        return tuple(self.ancestry.span(each) for each in self.same[one.package])

    def by_its_people(self, one: Entry) -> tuple[Entry, ...]:
        """It, and those of the same sealed package whose people have closed this one too."""
        mine = places_of(one)
        others = (each for each in self.same[one.package] if each is not one)
        return (one, *(each for each in others if word_of(each) <= mine))


def _newest(found: Sequence[Entry], region: _Region) -> Entry:
    """Of those that nothing follows the one signed last, training signatures last of all.

    Which one that is decides nothing about what is told.
    """
    real = [one for one in found if not is_training(one)] or found
    heard = heard_of([one for one in real if one.id not in region.cut])
    followed = region.ancestry.followed(heard, heard)
    ends = [one for one in heard if one.id not in followed]
    replaced = _replaced(ends, heard, region)
    left = [one for one in ends if one.id not in replaced] or ends
    return max(left, key=lambda one: (one.signed_at, one.created_at, one.sha256))


def _replaced(ends: Iterable[Entry], heard: Iterable[Entry], region: _Region) -> frozenset[int]:
    """Those that are one sealed package with something which another one of their people follows."""
    everyone, alike = _Places(), dict[str, _Places]()
    for one in heard:
        closed, place = whose(places_of(one)), region.ancestry.span(one)[0]
        everyone.add(closed, place)
        alike.setdefault(one.package, _Places()).add(closed, place)
    known: dict[tuple[str, Certificates], bool] = {}
    out = set[int]()
    for one in ends:
        asked = one.package, whose(word_of(one))
        if asked not in known:
            spans = region.spans(one)
            by_others = everyone.after(asked[1], spans) - alike[one.package].after(asked[1], spans)
            known[asked] = by_others > 0
        if known[asked]:
            out.add(one.id)
    return frozenset(out)


class _Standing:
    """What counts and what is told beside it: behind these another package stands back without a word."""

    def __init__(self, region: _Region, counts: Entry) -> None:
        self._region, self._real = region, not is_trial(counts)
        self._closed: dict[str, set[Places]] = {}
        self._asked = dict[str, set[Places]]()
        """By whom each was closed whom it asks: who signs unasked speaks for no other one closed so."""
        self._places = _Places()
        self.add(counts)

    def add(self, one: Entry) -> None:
        """One more that counts or is told."""
        mine = places_of(one)
        self._closed.setdefault(one.package, set()).add(mine)
        self._asked.setdefault(one.package, set()).add(asked_of(one))
        if one.accepted:
            for closed, places in self._region.ways[one.package].items():
                # anybody can write something else into a copy as the one before: heard of those who closed it
                if closed & mine:
                    for place in places:
                        self._places.add(whose(closed & mine), place)

    def answers(self, one: Entry) -> bool:
        """Whether everybody whose package it is has closed one of these too, and that follows it."""
        word = frozenset[Place]() if self._real and only_trains(one) else word_of(one)
        if any(word <= each for each in self._closed.get(one.package, ())):
            return True
        if one.accepted:
            return self._places.after(whose(word), self._region.spans(one)) > 0
        closed = self._asked if asked_of(one) else self._closed
        others = (each for package, all_ in closed.items() if package != one.package for each in all_)
        return any(whose(word) <= whose(each) for each in others)


def _settled(genuine: Sequence[Entry], ancestry: Ancestry) -> Iterable[Entry]:
    """The package that counts, or gets the receipt, with all that is told of others; then its rivals."""
    region = _Region(genuine, ancestry)
    accepted = [one for one in genuine if one.accepted]
    counts = _newest(accepted, region) if accepted else foremost(genuine)
    own = region.by_its_people(counts)
    doubts = [each for one in own if one is counts or one.id not in region.cut for each in one.doubts]
    doubts += closed_otherwise(counts, region.same[counts.package])
    rivals, named = [], 0
    for one in _unanswered(genuine, counts, region):
        if any(ancestry.comes_after(each, one) for each in own):
            # the nearest stand for many: each is told by its kind already
            doubts += _other_people(counts, one) if named < _KINDS else ()
            named += 1
        elif not one.accepted:
            doubts.append(_beside(counts, one))
        elif whose(word_of(one)) & whose(places_of(counts)) and _follows_the_same(own, one, region):
            doubts += _other_people(counts, one)
        else:
            rivals.append(one)
    follows = next((each.follows for each in own if each.follows > 0), counts.follows)
    yield replace(
        counts, current=counts.accepted, follows=follows, doubts=tuple(dict.fromkeys(doubts)),
        rivals=tuple(one.id for one in rivals),
    )  # fmt: skip
    for one in rivals:
        yield replace(one, rivals=(counts.id,))


def _unanswered(genuine: Iterable[Entry], counts: Entry, region: _Region) -> Iterator[Entry]:
    """Those that do not stand back behind the one that counts, nor behind each other; the newest first."""
    standing = _Standing(region, counts)
    depth = region.ancestry.depth
    for one in sorted(
        genuine, key=lambda one: (not one.accepted, -depth(one), one.id in region.copies, one.sha256)
    ):
        if one is counts or one.id in region.passed_over or standing.answers(one):
            continue
        standing.add(one)
        yield one


def _follows_the_same(own: Iterable[Entry], one: Entry, region: _Region) -> bool:
    return any(region.ancestry.comes_after(each, same) for each in own for same in region.same[one.package])


def _beside(counts: Entry, one: Entry) -> Message:
    """A genuine package of other people that is only not complete: it may be the region's own."""
    told = {"now": _names(really_by(counts)), "beside": _names(really_by(one)), "file": one.name}
    if counts.accepted:
        return Message("submission.standing.beside", **told)
    return Message("submission.standing.of_others", **told)
