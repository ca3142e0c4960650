"""Which package of a region counts: who follows whom, and where nobody said so.

Any certified official can sign a package that names any region and any package before it. So whoever is
put aside is looked at, however far back in the chain: when one of those who closed it has not closed what
takes its place, a person is told. What only a training certificate signs puts nothing real aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from desktop.base import Message
from desktop.submission.register.ancestry import Ancestry

if TYPE_CHECKING:
    from desktop.submission.register.listing import Entry
    from desktop.submission.register.reading import Signer

NEVER_CAME = -1
"""A package that follows one which is not in the register."""
Kind: TypeAlias = tuple[str, bool, frozenset[tuple[str, str, str, str]]]
Chain: TypeAlias = "tuple[tuple[Kind, Entry], ...]"
Way: TypeAlias = tuple[frozenset[str], frozenset[str], bool]
Kinds: TypeAlias = "Mapping[str, Mapping[Way, Entry]]"
_KINDS = 10
"""Of packages before another one, the nearest and the farthest, by region and who closed them."""


def settle(found: Iterable[Entry]) -> list[Entry]:
    """The entries with what each follows, which one counts for its region, and which contradict it."""
    out = list(found)
    ancestry = Ancestry(out)
    changed = {one.id: one for one in _following(ancestry)}
    regions: dict[str, list[Entry]] = {}
    for one in out:
        if one.genuine:
            regions.setdefault(one.region, []).append(changed[one.id])
    for genuine in regions.values():
        for one in _settled(genuine, ancestry):
            changed[one.id] = one
    return [changed[one.id] for one in out]


def _is_training(one: Entry) -> bool:
    return any(each.test for each in one.signers)


def _puts_aside(one: Entry, other: Entry) -> bool:
    """Whether the one may take the other's place: a training signature never takes that of a real one."""
    return not _is_training(one) or _is_training(other)


# -- who follows whom --------------------------------------------------------------------------------
def _following(ancestry: Ancestry) -> Iterator[Entry]:
    """Each entry with what it follows, and with what is odd about anything genuine before it."""
    chains: dict[int, Chain] = {}
    known: dict[tuple[Kind, int], tuple[Message, ...]] = {}
    for one in ancestry.order:
        before = ancestry.before(one)
        if before is None:
            chains[one.id] = ()
            yield replace(one, follows=NEVER_CAME) if one.previous else one
            continue
        chain = chains[one.id] = _longer(chains.get(before.id, ()), before)
        doubts: tuple[Message, ...] = ()
        if one.genuine:
            # of one kind over one chain: said once, however many there are
            asked = (_kind(one), id(chain))
            if asked not in known:
                known[asked] = tuple(dict.fromkeys(_doubts(one, (each for _, each in chain))))
            doubts = known[asked]
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
    people = ((each.holder, each.organisation, each.issuer, each.certificate) for each in _closed_by(one))
    return one.region, _is_training(one), frozenset(people)


def _doubts(one: Entry, chain: Iterable[Entry]) -> Iterable[Message]:
    """What is odd about anything genuine that it follows, not only about the nearest."""
    for before in chain:
        if _is_training(before) and not _is_training(one):
            continue
        if one.region != before.region:
            yield Message("submission.standing.other_region", region=before.region)
        yield from _other_people(one, before)


def _other_people(one: Entry, before: Entry) -> Iterable[Message]:
    """Told when somebody who closed what was before has not closed this; a name alone is nobody."""
    now, then = _closed_by(one), _closed_by(before)
    certificates, names = {each.certificate for each in now}, {each.holder for each in now}
    gone = [each for each in then if each.certificate not in certificates]
    if any(each.holder not in names for each in gone):
        yield Message("submission.standing.other_signer", now=_names(now), before=_names(then))
    for each in gone:
        if each.holder in names:
            same = [one for one in now if one.holder == each.holder]
            yield Message(
                "submission.standing.other_certificate",
                holder=each.holder, now="; ".join(map(_certificate, same)), before=_certificate(each),
            )  # fmt: skip


def _closed_by(one: Entry) -> tuple[Signer, ...]:
    """Who signed the package as a whole; where nobody had to, who signed its documents."""
    whole = tuple(each for each in one.signers if not each.document)
    return whole or one.signers


def _names(signers: Iterable[Signer]) -> str:
    return ", ".join(sorted({each.holder for each in signers}))


def _certificate(one: Signer) -> str:
    """Whose it is said to be, who issued it, and the end of its fingerprint."""
    said = (one.organisation, one.issuer, f"\N{HORIZONTAL ELLIPSIS}{one.certificate[-8:]}")
    return ", ".join(each for each in said if each)


# -- which one counts --------------------------------------------------------------------------------
def _settled(genuine: list[Entry], ancestry: Ancestry) -> Iterable[Entry]:
    """The newest accepted package counts; others that it does not follow contradict it."""
    accepted = [one for one in genuine if one.accepted]
    if not accepted:
        newest = foremost(genuine)
        doubts = tuple(dict.fromkeys((*newest.doubts, *_of_others(newest, genuine, ancestry))))
        yield replace(newest, doubts=doubts)
        return
    heard = _heard(accepted, ancestry)
    aside, replaced = _put_aside(genuine, heard, ancestry)
    kinds = _kinds_of(genuine)
    again = _again(genuine, [one for one in genuine if one.id in replaced], kinds)
    left = [one for one in accepted if one.id not in aside]
    ends = [one for one in left if one.id not in again] or left
    standing = _uncovered(ends) or ends
    newest = foremost(standing)
    # the same package with another signature added is no second submission
    first = kinds[newest.package][_way(newest)]
    others = {one.id for one in ends if one is not newest and not _same(one, first)}
    others |= {id_ for id_, told in again.items() if told and id_ != newest.id}
    for one in accepted:
        if one is newest:
            copies = {id_ for id_, told in again.items() if not told} - aside
            beside = (each for each in genuine if each.id not in copies and not _is_copy(each, first))
            said = (*one.doubts, *_for_it(one, heard, ancestry), *_beside(one, beside, ancestry))
            doubts = tuple(dict.fromkeys(said))
            rivals = tuple(each.id for each in accepted if each.id in others)
            alike = (each.follows for each in (one, *heard) if each.package == one.package)
            follows = next((each for each in alike if each > 0), one.follows)
            yield replace(one, current=True, rivals=rivals, doubts=doubts, follows=follows)
        elif one.id in others:
            yield replace(one, rivals=(newest.id,))


def foremost(found: Iterable[Entry]) -> Entry:
    """Of those between which nothing else decides: the one signed last, training signatures last of all."""
    return max(found, key=lambda one: (not _is_training(one), one.signed_at, one.created_at))


def _heard(accepted: Iterable[Entry], ancestry: Ancestry) -> list[Entry]:
    """Whose word on what was before is heard: what is passed over itself puts nothing aside.

    Which package was before stands beside a package's content: anybody can write something else there and
    close it himself. So of one sealed package those are heard that no other covers; and what comes after
    itself only where whoever was asked has closed it: a region that seals once more what it had sealed, and
    names that.
    """
    found = list(accepted)
    loose = {one.id for one in ancestry.repeats(found) if not _is_sealed_again(one, ancestry)}
    return _uncovered(one for one in found if one.id not in loose)


def _put_aside(
    genuine: list[Entry], heard: list[Entry], ancestry: Ancestry
) -> tuple[frozenset[int], frozenset[int]]:
    """What anything that is heard comes after; and of that, what another sealed package comes after."""
    real = [one for one in heard if not _is_training(one)]
    training = [one for one in heard if _is_training(one)]
    trained = [one for one in genuine if _is_training(one)]

    def put_aside(*, by_others: bool) -> frozenset[int]:
        # a training signature never takes the place of a real one
        return ancestry.followed(genuine, real, by_others=by_others) | ancestry.followed(
            trained, training, by_others=by_others
        )

    return put_aside(by_others=False), put_aside(by_others=True)


def _is_sealed_again(one: Entry, ancestry: Ancestry) -> bool:
    before = ancestry.before(one)
    return before is not None and before.package == one.package and bool(_asked(one))


def _again(found: Iterable[Entry], followed: Iterable[Entry], kinds: Kinds) -> dict[int, bool]:
    """What is one sealed package with something that another one follows, and so is aside like that.

    Anybody can take a package that was replaced, add a signature of today or close it himself, and send it
    again. True where those who closed it are others, and somebody has to look at it.
    """
    before: dict[str, dict[Way, Entry]] = {}
    for one in followed:
        # the very same may have come before what is followed
        before.setdefault(one.package, {})[_way(one)] = kinds[one.package][_way(one)]
    out: dict[int, bool] = {}
    for one in found:
        known = [each for each in before.get(one.package, {}).values() if _puts_aside(each, one)]
        if any(_adds_nobody(one, each) or _has_its_word(one, each) for each in known):
            out[one.id] = False
        elif any(_covers(each, one) for each in known):
            out[one.id] = True
    return out


def _uncovered(ends: Iterable[Entry]) -> list[Entry]:
    """Those that no other one of the same sealed package covers."""
    found = list(ends)
    kinds = _kinds_of(found)
    return [one for one in found if not any(_covers(other, one) for other in kinds[one.package].values())]


def _way(one: Entry) -> Way:
    """How a package was closed."""
    return _certificates(one), _asked(one), _is_training(one)


def _kinds_of(found: Iterable[Entry]) -> Kinds:
    """Of each sealed package, and each way it was closed, the first that came in."""
    kinds: dict[str, dict[Way, Entry]] = {}
    for one in found:
        same, way = kinds.setdefault(one.package, {}), _way(one)
        known = same.get(way)
        if known is None or (one.first_seen and (not known.first_seen or one.first_seen < known.first_seen)):
            same[way] = one
    return kinds


def _covers(one: Entry, other: Entry) -> bool:
    """Whether both are one sealed package, and this one goes before the other.

    More of those who were asked have closed it; or as many, and nobody besides; or it came first. Anybody can
    take a package that was sent, put away who closed it, and close it himself or beside them, later.
    """
    if one is other or one.package != other.package or not _puts_aside(one, other):
        return False
    mine, its = _asked(one), _asked(other)
    if mine == its:
        # the fewer the better: nobody had asked the others
        mine, its = _certificates(other), _certificates(one)
    if mine <= its or its <= mine:
        return mine > its
    return bool(one.first_seen) and one.first_seen < other.first_seen


def _same(one: Entry, other: Entry) -> bool:
    """One sealed package whose signers differ in nothing but that some were added."""
    return one.package == other.package and (_adds_nobody(one, other) or _adds_nobody(other, one))


def _is_copy(one: Entry, other: Entry) -> bool:
    """Whether one is the same sealed package, closed by nobody whose word the other lacks."""
    return one.package == other.package and _adds_nobody(one, other)


def _adds_nobody(one: Entry, other: Entry) -> bool:
    """Of one sealed package: whether the other has the word of everybody who has closed this one."""
    return _word(one, other) <= _certificates(other)


def _has_its_word(one: Entry, other: Entry) -> bool:
    """Whether whoever closed the other has closed this one too: against them is held who takes its place."""
    word = _word(other, one)
    return bool(word) and word <= _certificates(one)


def _word(one: Entry, other: Entry) -> frozenset[str]:
    """Whose word one has: where the other came before it, closed by somebody asked, that of others is none.

    Of what nobody who was asked has closed it may be the region's own all the same.
    """
    late = bool(other.first_seen) and other.first_seen < one.first_seen
    return _asked(one) or (frozenset() if late and _asked(other) else _certificates(one))


def _asked(one: Entry) -> frozenset[str]:
    """The certificates of those who were asked to close it, and have."""
    return frozenset(each.certificate for each in _closed_by(one) if each.asked)


def _certificates(one: Entry) -> frozenset[str]:
    return frozenset(each.certificate for each in _closed_by(one))


def _of_others(newest: Entry, genuine: Iterable[Entry], ancestry: Ancestry) -> Iterable[Message]:
    """Where nothing counts yet: what nobody has signed who has signed this one may be the region's own."""
    mine = {each.certificate for each in newest.signers}
    for one in genuine:
        if ancestry.comes_after(newest, one) or mine & {each.certificate for each in one.signers}:
            continue
        if not _is_training(one) or _is_training(newest):
            now, beside = _names(_closed_by(newest)), _names(_closed_by(one))
            yield Message("submission.standing.of_others", now=now, beside=beside, file=one.name)


def _for_it(newest: Entry, heard: Iterable[Entry], ancestry: Ancestry) -> Iterable[Message]:
    """What is odd about anything else that puts aside what the newest does not follow: it counts by that."""
    for one in heard:
        before = ancestry.before(one) if one.doubts and _puts_aside(one, newest) else None
        if before is not None and before.id != newest.id and not ancestry.comes_after(newest, before):
            yield from one.doubts


def _beside(newest: Entry, genuine: Iterable[Entry], ancestry: Ancestry) -> Iterable[Message]:
    """A genuine package that is only not complete, of other people: it may be the region's own."""
    for one in genuine:
        if one.accepted or ancestry.comes_after(newest, one) or _certificates(one) & _certificates(newest):
            continue
        if not _is_training(one) or _is_training(newest):
            now, beside = _names(_closed_by(newest)), _names(_closed_by(one))
            yield Message("submission.standing.beside", now=now, beside=beside, file=one.name)
