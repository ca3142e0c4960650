"""What is told of files of one package: with the same signatures and other bytes, or closed otherwise.

Anybody can make such a file of one that was sent: which of them counts is one thing, what is proven by
another one stands all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from desktop.base import Message
from desktop.submission.issuers import WITHDRAWN
from desktop.submission.plainly import plain
from desktop.submission.register.heard import (
    OTHER_BASIS,
    Place,
    Places,
    arrived,
    place_of,
    really_by,
    roles_asked,
    signatures_of,
    whose,
    word_of,
)

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry
    from desktop.submission.register.reading import Signer, Told

Others: TypeAlias = tuple[tuple[str, str], ...]
Withdrawn: TypeAlias = "Mapping[tuple[str, str], Mapping[Message, tuple[Entry, Message]]]"
_OF_NOTHING = frozenset(
    {
        *("note.timestamp_unknown", "note.test_clock", "note.passing_clock", "note.clock_expired_since"),
        *("note.stamped_later", "note.stamped_too_late", "note.timestamp_void"),
        *("note.no_time", "note.only_stamped", "note.expired_since", "note.no_plan", "note.old_rules"),
        *("trust.crl.outdated", "trust.crl.future", "trust.crl.forged"),
        *("trust.path.lent", "note.attached_unused", "note.more", OTHER_BASIS),
    }
)
"""What hangs on what is attached in that very file or not, as a clock's time or a list: anybody can attach it
to a copy, or take it away. Of another file it proves nothing, and he would have it told of the region's own.
And that a file was not judged anew since."""
_SUSPENDED = "trust.path.was_suspended"
_STOLEN = frozenset({"trust.reason.key_compromise", "trust.reason.ca_compromise"})
"""Why a certificate is withdrawn whose key was in other hands: no date saves a signature then."""
_KINDS = 10
"""Sentences by the kinds of reasons, or by who signed otherwise, told beside one file."""
_DIGITS = 16
"""Of a SHA-256 as many are told."""


def told_of_copies(copies: Sequence[Entry]) -> Iterator[tuple[int, Others, tuple[Message, ...]]]:
    """Of each of these, the one that is heard first: the others, and what is to be known of them beside it.

    What came has come, whether it lies there still or not.
    """
    if len(copies) < 2:
        return
    found = _reasons(copies)
    heard, *others = copies
    yield heard.id, tuple((one.path, one.sha256) for one in others), tuple(_besides(heard, found))
    for one in others:
        yield one.id, ((heard.path, heard.sha256),), tuple(_besides(one, found))


def said_alike(one: Entry) -> Iterator[Message]:
    """That there are others, and which is the first: the SHA-256 on a receipt is that of one of them."""
    if one.alike:
        path, sha256 = one.alike[0]
        told = _named(plain(Path(path).name), sha256)
        yield Message("submission.standing.same_signatures", n=len(one.alike), **told)


def _named(name: str, sha256: str) -> dict[str, str]:
    return {"file": name, "sha256": sha256[:_DIGITS]}


def _reasons(copies: Iterable[Entry]) -> dict[Told, Entry]:
    """What is said of any of them and judged here, each with the first of which it is said."""
    out: dict[Told, Entry] = {}
    for one in copies:
        for each in one.reasons if one.proven else ():
            if each.code not in _OF_NOTHING:
                out.setdefault(each, one)
    return out


def _besides(one: Entry, found: dict[Told, Entry]) -> Iterator[Message]:
    """What is not said of this one: of each kind once, so that nobody makes it many.

    Nor a suspension from after this very file is proven.
    """
    own = {(each.code, each.message) for each in one.reasons}
    kinds = set[str]()
    closed = [each.stamped_at for each in one.signers if not each.document]
    there = (one.first_seen, max(closed) if closed and all(closed) else "")
    for each, other in found.items():
        if each.code == _SUSPENDED and not _is_against(each.message, there):
            continue
        if (each.code, each.message) not in own and each.code not in kinds and len(kinds) < _KINDS:
            kinds.add(each.code)
            yield Message(
                "submission.standing.same_noted", **_named(other.name, other.sha256), note=each.message
            )


def withdrawn_in(found: Iterable[Entry]) -> Withdrawn:
    """By sealed package and certificate, how it was withdrawn, and which file proves that.

    The list that says so can be left out of a file; it lay in another one, or on this computer for a while.
    """
    out: dict[tuple[str, str], dict[Message, tuple[Entry, Message]]] = {}
    for one in found:
        for each in one.reasons if one.proven and one.package else ():
            why, certificate = each.message.params.get("reason"), each.message.params.get("certificate")
            if isinstance(why, Message) and why.id in WITHDRAWN and isinstance(certificate, str):
                out.setdefault((one.package, certificate), {}).setdefault(why, (one, each.message))
    return out


def told_of_withdrawn(one: Entry, found: Withdrawn) -> Iterator[Message]:
    """The same, of those who signed this one, of each once.

    But not where this very file is proven from before that: what a clock says of another one is nothing of
    this. The signer's own word saves nothing, for it is his certificate that was withdrawn. A clock over the
    closing of this file proves what it closes.
    """
    told = set[str]()
    closed = tuple(each.stamped_at for each in one.signers if not each.document)
    for each in one.signers:
        there = (one.first_seen, each.stamped_at, *(closed if each.document else ()))
        for why, (other, note) in found.get((one.package, each.certificate), {}).items():
            if each.certificate not in told and _is_against(why, there):
                told.add(each.certificate)
                yield Message("submission.standing.same_noted", **_named(other.name, other.sha256), note=note)


def _is_against(why: Message, there: Iterable[str]) -> bool:
    """Whether none of the times at which it was there for certain lies before the withdrawal."""
    moment, reason = why.params.get("moment"), why.params.get("reason")
    if not isinstance(moment, dt.datetime) or (isinstance(reason, Message) and reason.id in _STOLEN):
        return True
    return not any(dt.datetime.fromisoformat(each) < moment for each in there if each)


# -- closed otherwise ---------------------------------------------------------------------------------
def closed_otherwise(counts: Entry, same: Iterable[Entry]) -> Iterator[Message]:
    """The files of the same sealed package that the people of this one closed too, with others, without some.

    Anybody can take a signature away, and whoever is certified can add his own: nobody can say which is the
    region's own. But that this one is closed for more of what was asked is no contradiction. Who trains
    is nobody here. Each person is told once, for he may sign for as many roles as he likes.
    """
    mine = _real_people(counts)
    added, gone = set[str](), set[str]()
    for one in sorted(same, key=_most_asked) if counts.package else ():
        if not word_of(one) <= mine.keys():
            continue  # told, or passed over, by itself
        theirs = _real_people(one)
        more = _new(theirs.keys() - mine.keys() or _twice(one, counts), added)
        fewer = frozenset[Place]()
        if roles_asked(one) == roles_asked(counts):
            fewer = _new(mine.keys() - theirs.keys() or _twice(counts, one), gone)
        if more:
            names = _people(more, theirs, mine)
            yield Message("submission.standing.closed_by_more", names=names, file=one.name)
        if fewer:
            names = _people(fewer, mine, theirs)
            yield Message("submission.standing.closed_by_fewer", names=names, file=one.name)


def _most_asked(one: Entry) -> tuple[object, ...]:
    return -len(roles_asked(one)), *arrived(one), one.sha256


def _new(places: Iterable[Place], told: set[str]) -> Places:
    """Those of people who were not told yet, of the first few; they are now."""
    new = frozenset(each for each in places if each[0] not in told) if len(told) < _KINDS else frozenset()
    told |= whose(new)
    return new


def _twice(one: Entry, other: Entry) -> Places:
    """Who has signed this once more for the same role, where it has all that the other one has besides."""
    mine, theirs = signatures_of(really_by(one)), signatures_of(really_by(other))
    return frozenset(each[:2] for each in mine - theirs) if theirs < mine else frozenset()


def _real_people(one: Entry) -> dict[Place, Signer]:
    return {place_of(each): each for each in really_by(one)}


def _people(
    places: Iterable[Place],
    signers: Mapping[Place, Signer],
    others: Iterable[Place],
) -> str:
    """The names of these; with the role where the same certificate has signed the other one too."""
    beside = whose(frozenset(others))
    names = {
        f"{signers[each].holder} ({each[1]})" if each[0] in beside else signers[each].holder
        for each in places
    }
    return ", ".join(sorted(names))
