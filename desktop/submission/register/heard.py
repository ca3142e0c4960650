"""Who closed a package, and which one is heard where one sealed package came several times.

Anybody can take a package that was sent, put away who closed it or when, add a signature or a time of a
clock of his own, take away one of a clock that is believed, and send that: other bytes, and the same package.
So of copies of the very same signatures that counts which proves most, then of which least is noted, and of
what others have closed what came first; that they differ is told. Whoever signed twice, for two offices, has
signed for both: within one sealed package people are told apart by certificate and role, which they sign.
From one package to another a certificate alone is the person: roles are called what each guideline likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry
    from desktop.submission.register.reading import Signer

Certificates: TypeAlias = frozenset[str]
Place: TypeAlias = tuple[str, str]
"""A certificate, and the role that it has signed for."""
Places: TypeAlias = frozenset[Place]
OTHER_BASIS = "register.other_basis"
"""The code of what was not judged anew since, or elsewhere: no note of what a file is."""
Contents: TypeAlias = tuple[str, frozenset[tuple[str, str, str]]]


def is_training(one: Entry) -> bool:
    """Whether anything in it is signed for training: it takes the place of nothing real."""
    return any(each.test for each in one.signers)


def closed_by(one: Entry) -> tuple[Signer, ...]:
    """Who signed the package as a whole; where nobody had to, who signed its documents."""
    whole = tuple(each for each in one.signers if not each.document)
    return whole or one.signers


def really_by(one: Entry) -> tuple[Signer, ...]:
    """The same without those who only train: laid over a real package their signature makes it no other."""
    closed = closed_by(one)
    return tuple(each for each in closed if not each.test) or closed


def only_trains(one: Entry) -> bool:
    """Whether nobody real has closed it, asked or not: it stands against nothing real."""
    return all(each.test for each in closed_by(one))


def is_trial(one: Entry) -> bool:
    """Whether a trainee stands in it for somebody real: nobody real whom it asks has closed it.

    He did in the asked one's name, or, in whatever name, for a role that nobody real has closed it for:
    somebody else's real signature beside his makes it no real package.
    """
    closed = closed_by(one)
    real = [each for each in closed if not each.test]
    if any(each.asked for each in real):
        return False
    roles = {each.role for each in real}
    return not real or any(each.test and (each.asked or each.role not in roles) for each in closed)


def whose(places: Places) -> Certificates:
    """The certificates alone."""
    return frozenset(certificate for certificate, _ in places)


def place_of(each: Signer) -> Place:
    """Who signed, and for which role."""
    return each.certificate, each.role


def places_of(one: Entry) -> Places:
    """All who closed it, asked or not."""
    return frozenset(map(place_of, closed_by(one)))


def asked_of(one: Entry) -> Places:
    """Those who were asked to close it, and have."""
    return frozenset(place_of(each) for each in really_by(one) if each.asked)


def roles_asked(one: Entry) -> frozenset[str]:
    """For which roles, however many certificates signed for one."""
    return frozenset(role for _, role in asked_of(one))


def word_of(one: Entry) -> Places:
    """Whose package it is: of nobody who was asked it may be the region's own all the same."""
    return asked_of(one) or frozenset(map(place_of, really_by(one)))


def signatures_of(signers: Iterable[Signer]) -> frozenset[tuple[str, str, str]]:
    """Each signature by itself: somebody may have signed twice for one role, which nobody else can do."""
    return frozenset((*place_of(each), each.claimed_at) for each in signers)


def copies_of(found: Iterable[Entry]) -> list[list[Entry]]:
    """The files by what was signed in them: of each list, which are copies, that which is heard comes first.

    Whoever has no key can write the same signature in another way (n-s for s), and attach lists or times of a
    clock of his own, or take them away. He changes neither who signed, nor what and when by their own word.
    """
    out: dict[tuple[object, ...], list[Entry]] = {}
    for one in found:
        signed = ((each.document, each.role, each.certificate, each.claimed_at) for each in closed_by(one))
        # other programs' packages have no id
        sealed = one.package or one.sha256
        out.setdefault((sealed, _contents(one), is_training(one), frozenset(signed)), []).append(one)
    return [_ranked(each) for each in out.values()]


def arrived(one: Entry) -> tuple[str, str]:
    """When it came: by the run of this computer that read it first; of one run as is said."""
    return one.came or one.arrived or "~", one.arrived or "~"


def first_arrived(one: Entry) -> tuple[str, str]:
    """When the first of its copies came: whoever sends one again makes it no newer."""
    return one.since or arrived(one)


def heard_of(found: Iterable[Entry]) -> list[Entry]:
    """Of each sealed package what came first of the people who are heard: once for all that they have closed.

    For more of what was asked, by the same people and others, is heard before for less; else those whose
    package came first. Anybody can take a package that was sent, put away who closed it, and close it himself
    or beside them, later: a second certificate for one office is nothing more that was asked.
    """
    groups = [(min(map(_arrival, each)), each[0]) for each in copies_of(found)]
    out: dict[str, dict[Contents, Entry]] = {}
    for _, one in sorted(groups, key=lambda group: group[0]):
        heard = out.setdefault(one.package, {})
        first = next(iter(heard.values()), None)
        if first is None or _closes_more(one, first):
            out[one.package] = {_contents(one): one}
        elif word_of(one) == word_of(first):
            heard.setdefault(_contents(one), one)
    return [one for heard in out.values() for one in heard.values()]


def _closes_more(one: Entry, other: Entry) -> bool:
    """Whether it is closed for more of what was asked, with all who closed the other and were asked."""
    return asked_of(one) > asked_of(other) and roles_asked(one) > roles_asked(other)


def cut_off(genuine: Sequence[Entry]) -> frozenset[int]:
    """What has fewer signatures than the same that came before it: anybody can take some away.

    Only behind what is heard beside it: not behind what lacks something, or bears a training signature. What
    is a copy of something that came before that is cut off no more than this one.
    """
    first: dict[int, tuple[object, ...]] = {}
    for copies in copies_of(genuine):
        for accepted in (True, False):
            same = [one for one in copies if one.accepted is accepted]
            first |= dict.fromkeys((one.id for one in same), min(map(_arrival, same), default=()))
    ways: dict[tuple[str, Contents, bool, bool], set[frozenset[tuple[str, ...]]]] = {}
    out = set[int]()
    for one in sorted(genuine, key=lambda one: first[one.id]):
        sealed, trains = (one.package, _contents(one)), is_training(one)
        closed: set[frozenset[tuple[str, ...]]] = {places_of(one), signatures_of(closed_by(one))}
        for accepted in {True, one.accepted}:
            if any(mine < each for each in ways.get((*sealed, trains, accepted), ()) for mine in closed):
                out.add(one.id)
        ways.setdefault((*sealed, trains, one.accepted), set()).update(closed)
    return frozenset(out)


def _arrival(one: Entry) -> tuple[object, ...]:
    """When it came; of what came at once first what anybody could have made of it least easily.

    Anybody can add a signature or a note to a copy; by its bytes he can choose last of all, where everything
    that is shown is the same.
    """
    return (
        *arrived(one), -len(roles_asked(one)), len(places_of(one)), len(one.reasons), one.signed_at,
        one.sha256,
    )  # fmt: skip


def _ranked(copies: Iterable[Entry]) -> list[Entry]:
    """Copies with that first by which most is proven, then of which least is said, then what came first.

    A time of a clock that is believed says what the signer's word alone does not, and whoever likes can take
    it away; one of his own clock, or of whatever is not known, makes the notes more. What was judged
    elsewhere is said to be anything; what was judged here earlier, by what was known then, proves it still.
    """
    copies = list(copies)
    first = min((one.first_seen for one in copies if one.first_seen), default="~")

    def rank(one: Entry) -> tuple[object, ...]:
        noted = sum(each.code != OTHER_BASIS for each in one.reasons)
        return not one.accepted, not one.proven, *_proven(one, first), noted, *arrived(one), one.sha256

    return sorted(copies, key=rank)


def _proven(one: Entry, first: str) -> tuple[int, tuple[str, ...]]:
    """Of how many signatures a believed clock says since when they exist, the most first, and since when.

    But for what any of the copies was read here before (``first``): of that it proves nothing, and whoever
    likes can ask a clock for a time.
    """
    stamps = sorted(each.stamped_at for each in closed_by(one) if "" < each.stamped_at <= first)
    return -len(stamps), tuple(stamps)


def _contents(one: Entry) -> Contents:
    """What a closing signature covers beside what was sealed: nobody changes it who has not closed it."""
    if all(each.document for each in one.signers):
        return one.previous, frozenset()
    documents = (each for each in one.signers if each.document)
    return one.previous, frozenset((each.document, each.certificate, each.claimed_at) for each in documents)
