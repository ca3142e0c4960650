"""Who closed a package, and which one is heard where one sealed package came several times.

Anybody can take a package that was sent, put away who closed it or when, add a signature or a time of a
clock of his own, and send that: other bytes, and the same package. So what came first stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from desktop.submission.register.listing import Entry
    from desktop.submission.register.reading import Signer

Certificates: TypeAlias = frozenset[str]
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


def is_trial(one: Entry) -> bool:
    """Whether nobody closed it but for training."""
    return all(each.test for each in closed_by(one))


def certificates_of(one: Entry) -> Certificates:
    """Of all who closed it, asked or not."""
    return frozenset(each.certificate for each in closed_by(one))


def asked_of(one: Entry) -> Certificates:
    """The certificates of those who were asked to close it, and have."""
    return frozenset(each.certificate for each in really_by(one) if each.asked)


def word_of(one: Entry) -> Certificates:
    """Whose package it is: of nobody who was asked it may be the region's own all the same."""
    return asked_of(one) or frozenset(each.certificate for each in really_by(one))


def heard_of(found: Sequence[Entry]) -> list[Entry]:
    """Of each sealed package what came first of the people who are heard: once for all that they have closed.

    More of those who were asked are heard before fewer; else those whose package came first. Anybody can take
    a package that was sent, put away who closed it, and close it himself or beside them, later.
    """
    out: dict[str, dict[Contents, Entry]] = {}
    for one in sorted(found, key=_arrival):
        heard = out.setdefault(one.package, {})
        first = next(iter(heard.values()), None)
        if first is None or asked_of(one) > asked_of(first):
            out[one.package] = {_contents(one): one}
        elif word_of(one) == word_of(first):
            same = heard.setdefault(_contents(one), one)
            if _proves_more(one, same):
                heard[_contents(one)] = one
    return [one for heard in out.values() for one in heard.values()]


def cut_off(genuine: Sequence[Entry]) -> frozenset[int]:
    """What has fewer signatures than the same that came before it: anybody can take some away.

    Only behind what is heard beside it: not behind what lacks something, or bears a training signature.
    """
    ways: dict[tuple[str, Contents, bool, bool], set[Certificates]] = {}
    out = set[int]()
    for one in sorted(genuine, key=_arrival):
        closed, same, trains = certificates_of(one), (one.package, _contents(one)), is_training(one)
        for accepted in {True, one.accepted}:
            if any(closed < each for each in ways.get((*same, trains, accepted), ())):
                out.add(one.id)
        ways.setdefault((*same, trains, one.accepted), set()).add(closed)
    return frozenset(out)


def _arrival(one: Entry) -> tuple[object, ...]:
    """When it came; of what came at once first what anybody could have made of it least easily.

    Anybody can add a signature or a note to a copy, or take a time away; by its bytes he can choose last of
    all, where everything that is shown is the same.
    """
    people = certificates_of(one), len(asked_of(one)), len(_stamped(one))
    return (
        one.first_seen or "~", -people[1], len(people[0]), len(one.reasons), -people[2],
        one.modified, one.sha256,
    )  # fmt: skip


def _proves_more(late: Entry, first: Entry) -> bool:
    """Whether what is the same, and came later, is heard in its place: a time is proven, and no more is told.

    Anybody can attach a time to a copy, by a clock of his own.
    """
    return (
        certificates_of(late) == certificates_of(first)
        and _stamped(late) > _stamped(first)
        and set(late.reasons) <= set(first.reasons)
        and not any(one.code == "note.timestamp_unknown" for one in late.reasons)
    )


def _contents(one: Entry) -> Contents:
    """What a closing signature covers beside what was sealed: nobody changes it who has not closed it."""
    if all(each.document for each in one.signers):
        return one.previous, frozenset()
    documents = (each for each in one.signers if each.document)
    return one.previous, frozenset((each.document, each.certificate, each.claimed_at) for each in documents)


def _stamped(one: Entry) -> Certificates:
    """The certificates of those whose closing signature bears a time, believed or not."""
    return frozenset(each.certificate for each in closed_by(one) if each.timestamped)
